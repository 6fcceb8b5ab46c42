"""What a reader makes of a document: numbered paragraphs, and what was left out of them."""

from __future__ import annotations

import re

from msgspec import Struct

#: White space that is one space to a reader. A no-break space is kept.
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")

#: The most characters of an example of what was left out.
_LONGEST_EXAMPLE = 120
#: How much of a text is looked at for an example.
_MOST_LOOKED_AT = 2000


class Paragraph(Struct, frozen=True):
    """A paragraph: its label as it is shown, its depth, and its words without the label.

    The depth of a numbered paragraph counts the labels that lead to it, with its own: it is 1 for
    "12." and 3 for "(a)" in 12(1)(a). Without a label it is the number of tables around it.
    """

    label: str
    depth: int
    text: str
    #: The names of the labels that lead to it, such as ("12", "1", "a").
    path: tuple[str, ...] = ()
    is_heading: bool = False
    #: What is between the label and the words, such as the dash of "PART I — PRELIMINARY".
    dash: str = ""

    @property
    def words(self) -> str:
        """All that comes after the label."""
        return f"{self.dash}{self.text}"

    @property
    def line(self) -> str:
        """The label and the words."""
        return f"{self.label} {self.words}".strip(" ")


class LeftOut(Struct, frozen=True):
    """What was left out, by kind: how often it occurs, and the first occurrence."""

    kind: str
    count: int
    example: str


class DocumentText(Struct, frozen=True):
    """The text of a document."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...] = ()
    #: What a reader of the result should know, such as the encoding that was assumed.
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs as plain text, one a line, each after its label."""
        return "\n".join(paragraph.line for paragraph in self.paragraphs)


class LeftOutCounts:
    """Counts what is left out, by kind, in the order of the first occurrence."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, str] = {}

    def add(self, kind: str, text: str) -> None:
        """Count a passage; one without words is not counted."""
        if words := one_line(text.lstrip()[:_MOST_LOOKED_AT]):
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._examples.setdefault(kind, _shortened(words))

    def listed(self) -> tuple[LeftOut, ...]:
        """Return what was counted."""
        return tuple(
            LeftOut(kind, count, self._examples[kind]) for kind, count in self._counts.items()
        )


def one_line(text: str) -> str:
    """Return text on one line, with single spaces.

    Soft hyphens are left out, and no-break hyphens are hyphens, so that a word is found as it is
    usually written.
    """
    text = text.replace("\u00ad", "").replace("\u2011", "-")
    return _SPACES.sub(" ", text).strip(" ")


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_EXAMPLE:
        return text
    return f"{text[:_LONGEST_EXAMPLE].rpartition(' ')[0] or text[:_LONGEST_EXAMPLE]} …"
