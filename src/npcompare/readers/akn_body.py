"""The elements of an Akoma Ntoso document as lines: numbers, headings, words, quoted parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.readers.outline import Line
from npcompare.readers.paragraphs import one_line
from npcompare.readers.table_cells import TableCells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from npcompare.readers.paragraphs import LeftOutCounts

#: The elements of the hierarchy, which may have a number.
_HIERARCHY = """alinea article blockList book chapter clause division hcontainer indent item level
    list paragraph part point proviso recital rule section subchapter subclause subdivision sublist
    subparagraph subpart subrule subsection subtitle title tome transitional citation"""
#: Those of them that have a name by their id, also without a number.
_NAMED = """article clause item paragraph point rule section subclause subparagraph subrule
    subsection"""
#: Elements in a line of text; all others are paragraphs of their own, or contain such.
_INLINE = """a abbr affectedDocument argument b br change concept courtType date decoration def del
    docAuthority docCommittee docDate docIntroducer docJurisdiction docNumber docProponent
    docPurpose docStage docStatus docTitle docType docketNumber embeddedText entity eol eop event
    fillIn i inline ins judge lawyer legislature location mmod mod mref neutralCitation object
    omissis opinion organization outcome party person placeholder process quantity quotedText
    recordedTime ref relatedDocument rmod role rref session shortTitle signature span sub sup
    term time u vote witness"""
_HIERARCHY_NAMES, _NAMED_NAMES, _INLINE_NAMES = (
    frozenset(names.split()) for names in (_HIERARCHY, _NAMED, _INLINE)
)
_HEADINGS = frozenset({"heading", "subheading", "crossHeading"})

#: Elements whose text is left out, by kind; without a kind, it is no text of the document.
_ASIDES = {
    "authorialNote": "footnote",
    "note": "note",
    "noteRef": "footnote reference",
    "remark": "editorial remark",
    "toc": "table of contents",
    "img": "picture",
    "foreign": "formula",
    "meta": "",
}

#: The name of a part of an identifier: "12" in "sec_12", and in "sec12" of version 2.
_NAME = re.compile(
    r"(?:_(?P<three>\d[^\W_]*(?:[.-][^\W_]+)*|[^\W\d_]{1,5})|[a-z](?P<two>\d[^\W_]*))\Z"
)
_ONLY_MARKS = re.compile(r"[.,;:\u201d\u2019\"')\]\s]*")

#: The most elements, how deep they may be nested, and the most paragraphs.
_MOST_ELEMENTS = 250_000
_DEEPEST = 200
_MOST_LINES = 100_000


class _Level(Struct):
    """An element of the hierarchy: its name by its id, and whether its label was read."""

    element: str
    name: str
    is_labelled: bool = False


class _Aside(Struct):
    """An element whose text is left out."""

    depth: int
    kind: str
    pieces: list[str]


class AknBody:
    """Takes the elements and texts of a document as a parser gives them."""

    def __init__(self, path: str, left_out: LeftOutCounts, *, accepts: bool) -> None:
        self.lines: list[Line] = []
        #: How many elements and texts there were.
        self.events = 0
        self._path = path
        self._left_out = left_out
        self._revision = ("del", "deleted text") if accepts else ("ins", "inserted text")
        self._depth = self._elements = self._tables = self._headings = 0
        self._words: list[str] = []
        self._levels: list[_Level] = []
        self._aside: _Aside | None = None
        #: The number of an element, as it is read, and the label whose words have not come yet.
        self._number: list[str] | None = None
        self._label: Line | None = None
        #: A quotation mark before the next words, and the marks that end what is quoted.
        self._quote = ""
        self._end_quotes: list[str] = []
        self._cells = TableCells(self.lines)
        self._starts: dict[str, Callable[[], None]] = {
            "tr": self._cells.start_row,
            "td": self._cells.start_cell,
            "th": self._cells.start_cell,
            "num": self._start_number,
            "li": self._start_item,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "tr": self._cells.end_row,
            "td": self._cells.end_cell,
            "th": self._cells.end_cell,
            "num": self._end_number,
        }

    # --- What the parser calls -------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self.events += 1
        self._depth += 1
        self._elements += 1
        self._check_limits()
        name = tag.rpartition("}")[2]
        if self._aside:
            self._aside.pieces.append(" " if name not in _INLINE_NAMES else "")
        elif name == self._revision[0]:
            self._aside = _Aside(self._depth, self._revision[1], [])
        elif name in _ASIDES or "/Math/" in tag:
            description = attributes.get("alt") or attributes.get("src") or ""
            self._aside = _Aside(self._depth, _ASIDES.get(name, "formula"), [description])
        else:
            self._begin(name, attributes)

    def data(self, text: str) -> None:
        """Take text."""
        self.events += 1
        if self._aside:
            self._aside.pieces.append(text)
        elif self._number is not None:
            self._number.append(text)
        else:
            self._words.append(text)

    def end(self, tag: str) -> None:
        """End an element."""
        self.events += 1
        name = tag.rpartition("}")[2]
        if self._aside:
            if self._aside.depth == self._depth:
                self._end_aside(self._aside)
        else:
            self._finish(name)
        self._depth -= 1

    def comment(self, text: str) -> None:
        """Count a comment."""
        self.events += 1
        self._left_out.add("comment", text)

    def doctype(self, _name: str, _public: str, _system: str) -> None:
        """Refuse a document type declaration."""
        raise NpcompareError(
            f"{self._path} was not read: it declares a document type, which could hide other files "
            "in it"
        )

    def close(self) -> list[Line]:
        """Return the lines of the document."""
        self._flush()
        self._end_label()
        return self.lines

    def _check_limits(self) -> None:
        if self._depth > _DEEPEST:
            raise NpcompareError(f"{self._path} was not read: it is nested too deeply")
        if self._elements > _MOST_ELEMENTS or len(self.lines) > _MOST_LINES:
            raise NpcompareError(
                f"{self._path} was not read: it has more than {_MOST_ELEMENTS:,} elements or "
                f"{_MOST_LINES:,} paragraphs",
                "save the part that you need in a file of its own",
            )

    # --- Elements --------------------------------------------------------------------------------

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"quotedText", "embeddedText"}:
            self.data(attributes.get("startQuote", ""))
            self._end_quotes.append(attributes.get("endQuote", ""))
            return
        if name in _INLINE_NAMES:
            self._words.append(" " if name in {"br", "eol"} else "")
            return
        self._flush()
        if name in {"quotedStructure", "embeddedStructure"}:
            self._quote = attributes.get("startQuote", "")
            self._end_quotes.append(attributes.get("endQuote", ""))
        elif name in _HIERARCHY_NAMES:
            identifier = attributes.get("eId") or attributes.get("id") or ""
            match = _NAME.search(identifier) if name in _NAMED_NAMES else None
            short = match["three"] or match["two"] if match else ""
            self._levels.append(_Level(name, short.casefold()))
        self._headings += name in _HEADINGS
        self._tables += name == "table"
        if handle := self._starts.get(name):
            handle()

    def _finish(self, name: str) -> None:
        if name in {"quotedText", "embeddedText"}:
            self.data(self._end_quotes.pop())
        if name in _INLINE_NAMES:
            return
        self._flush()
        if name in {"quotedStructure", "embeddedStructure"}:
            self._end_label()
            self._add_to_last(self._end_quotes.pop())
        elif name in _HIERARCHY_NAMES:
            self._end_label()
            self._levels.pop()
        self._headings -= name in _HEADINGS
        self._tables -= name == "table"
        if handle := self._ends.get(name):
            handle()

    def _end_aside(self, aside: _Aside) -> None:
        if aside.kind:
            words = "".join(aside.pieces)
            self._left_out.add(aside.kind, words if words.strip() else "without a description")
        self._aside = None

    def _start_number(self) -> None:
        self._number = []

    def _end_number(self) -> None:
        """Take the number of the element that is open as the label of the words that come next."""
        label = one_line("".join(self._number or []))
        self._number = None
        if not label:
            return
        self._end_label()
        if self._levels:
            self._levels[-1].is_labelled = True
        name = ""
        if self._levels and not any(map(str.isalnum, label)):
            name = self._levels[-1].name
        self._label = self._labelled(self._quote + label, name)
        self._quote = ""

    def _labelled(self, label: str, name: str) -> Line:
        """Return the line of a label, at the depth of its element."""
        level = sum(level.is_labelled for level in self._levels)
        look = self._levels[-1].element if self._levels else ""
        return Line("", label, look, (1, level), name=name)

    def _start_item(self) -> None:
        self._end_label()
        self._label = Line("", "•", "•", (1, len(self._levels) + 1))

    # --- Words -----------------------------------------------------------------------------------

    def _flush(self) -> None:
        """End the paragraph, if there is one."""
        text = one_line("".join(self._words))
        self._words.clear()
        if not text:
            return
        if not self._label and self.lines and _ONLY_MARKS.fullmatch(text):
            self._add_to_last(text)
            return
        self._name_by_id()
        row, quote = self._cells.row, self._quote
        self._quote = ""
        line = Line(quote + text, tables=self._tables)
        if self._label:
            line = replace(self._label, text=quote + text)
            self._label = None
        self.lines.append(replace(line, row=row, is_heading=self._headings > 0))

    def _name_by_id(self) -> None:
        """Give an element without a number the name that its identifier has."""
        for level in self._levels:
            if not level.is_labelled and level.name and not self._label:
                level.is_labelled = True
                if level is self._levels[-1]:
                    self._label = self._labelled("", level.name)
                else:
                    self.lines.append(self._labelled("", level.name))

    def _end_label(self) -> None:
        """Add a label that has no words of its own."""
        if self._label and any(map(str.isalnum, self._label.label)):
            self.lines.append(self._label)
        self._label = None

    def _add_to_last(self, marks: str) -> None:
        """Add marks that end what is quoted to the words before them."""
        if marks and self.lines:
            self.lines[-1] = replace(self.lines[-1], text=self.lines[-1].text + marks)
