"""A pseudo-language: messages in full-width letters, so that what is not translated stands out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import html
from msgspec import Struct, field

from npcompare.law.corpus import load_corpus
from npcompare.messages import Catalogue
from npcompare.model.provision import Citation
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The full-width forms of the letters, which have capitals too.
_WIDE = {code: code + 0xFEE0 for code in (*range(0x41, 0x5B), *range(0x61, 0x7B))}

#: The names of values in a message, and line breaks, which stay as they are.
_VALUE = re.compile(r"(\{[^}]*\})")

#: What is not translated in any language: quoted words, ids, file names, commands, addresses.
_DATA = re.compile(
    r"“[^”]*”|`[^`]*`|https?://\S+|\b[\w./-]+\.(?:yaml|docx|txt|json)\b|\bnpcompare [\d.]+\w*"
    r"|\b\d+(?:bis|ter|quater|quinquies)\b"  # numbers of articles
    r"|\[[^\]]*\]"  # wordings of laws, which `clause` has in brackets
    r"|ｃｏｌｌｅｃｔｉｏｎ \w+"  # noqa: RUF001 - the name of a collection, after a word translated
)


def pseudo(english: str) -> str:
    """Return a message in the pseudo-language."""
    return "".join(
        part if part.startswith("{") else part.translate(_WIDE) for part in _VALUE.split(english)
    )


class PseudoCatalogue(Catalogue, frozen=True, dict=True):
    """A catalogue that has a translation of every message.

    Its language has no Latin letters in dates and in names of States.
    """

    language: str = "ru"
    last_separators: Mapping[str, str] = field(
        default_factory=lambda: {"and": " ＆ ", "or": " ／ "}  # noqa: RUF001 - as wide as letters
    )
    last_strong_separators: Mapping[str, str] = field(
        default_factory=lambda: {"and": "; ＆ ", "or": "; ／ "}  # noqa: RUF001 - as wide as letters
    )

    def text(self, english: str) -> str:
        """Return a message in the pseudo-language."""
        return pseudo(english)

    def counted(self, singular: str, many: str, count: int) -> str:
        """Return a message with a number in the pseudo-language."""
        return pseudo(singular if count == 1 else many)


def citations(structure: Any) -> Iterator[Citation]:
    """Yield the citations in a provision."""
    if isinstance(structure, Citation):
        yield structure
    elif isinstance(structure, Struct):
        for name in structure.__struct_fields__:
            yield from citations(getattr(structure, name))
    elif isinstance(structure, tuple | dict):
        for value in structure.values() if isinstance(structure, dict) else structure:
            yield from citations(value)


@cache
def data_of_corpus() -> re.Pattern[str]:
    """Return a pattern for the names, titles and places of the bundled corpus, longest first."""
    corpus = load_corpus()
    texts: set[str] = set()
    for provision in corpus.all_provisions():
        texts |= {
            *(provision.id, provision.jurisdiction.name, provision.jurisdiction.code),
            *(provision.instrument.title, provision.instrument.number, provision.pinpoint),
            *provision.identifiers.values(),
            *(decision.case for decision in provision.interpreted_by),
            *(citation.pinpoint for citation in citations(provision)),
        }
        texts |= set(re.split(r"(?<=[.;:])\s+", provision.text.body))
    for document in corpus.documents.values():
        texts |= {value for value in document.values() if isinstance(value, str)}
    patterns = (
        r"\s+".join(map(re.escape, text.split())) for text in sorted(texts, key=len, reverse=True)
    )
    return re.compile("|".join(filter(None, patterns)))


def is_part_of_text(words: str) -> bool:
    """Return whether words are part of a text of the bundled corpus, as those of a redline are."""
    words = fold(words.replace(" [sic]", "")).casefold()
    return any(words in body for body in texts_of_corpus())


@cache
def texts_of_corpus() -> tuple[str, ...]:
    """Return the texts of the provisions of the bundled corpus."""
    return tuple(
        fold(provision.text.body).casefold() for provision in load_corpus().all_provisions()
    )


def untranslated(page: str) -> Iterator[str]:
    """Yield the texts of an HTML or SVG page that have words which are not translated."""
    tree = html.fromstring(page.encode())
    for element in tree.iter():
        if element.tag in {"style", "script"} or not isinstance(element.tag, str):
            continue
        for text in (element.text, *(child.tail for child in element)):
            words = re.sub(r"\s+", " ", text or "")
            words = _DATA.sub(" ", data_of_corpus().sub(" ", words))
            if re.search(r"[A-Za-z]{3}", words) and not is_part_of_text(text or ""):
                yield " ".join((text or "").split())
