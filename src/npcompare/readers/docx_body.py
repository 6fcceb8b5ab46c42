"""The body of a Word file: paragraphs, tables, revisions, and what is left out of them.

The XML is read as it is parsed, so that a long document takes no more memory than its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.readers.docx_xml import W, child, hides, number, value
from npcompare.readers.outline import Line
from npcompare.readers.symbols import symbol
from npcompare.readers.table_cells import TableCells
from npcompare.readers.text_passages import Passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element as Element

    from npcompare.readers.docx_numbering import Numbering
    from npcompare.readers.docx_styles import Styles
    from npcompare.readers.paragraphs import LeftOutCounts

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_KNOWN_EXTENSIONS = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_DELETED, _INSERTED, _MOVED = "deleted text", "inserted text", "moved text"

#: Which revisions are left out, by what is read: as the document is with them, or without them.
_LEFT_OUT_REVISIONS = {
    "accepted": {"del": _DELETED, "moveFrom": _MOVED},
    "rejected": {"ins": _INSERTED, "moveTo": _MOVED},
}

#: The same for the cells of a table.
_LEFT_OUT_CELLS = {"accepted": ("cellDel", _DELETED), "rejected": ("cellIns", _INSERTED)}

#: Elements with properties; all that is below them is read at their end.
_PROPERTIES = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"),
        *("sectPr", "customXmlPr", "smartTagPr", "rubyPr", "fldData"),
    )
)

#: Elements whose text is left out, by kind.
_ASIDES = {f"{W}txbxContent": "text box", f"{W}rt": "ruby annotation", f"{_MATH}oMath": "formula"}

#: Elements that are white space or a character.
_CHARACTERS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip


class _Mark(Struct, frozen=True):
    """The properties of a paragraph, which Word keeps at its mark."""

    style: str = ""
    list_id: int | None = None
    level: int | None = None
    is_heading: bool = False
    #: Whether the revisions remove the mark, or it is hidden: the next paragraph follows directly.
    is_removed: bool = False
    is_hidden: bool = False


class BodyReader:
    """Reads the elements of a body as lines."""

    def __init__(
        self, styles: Styles, numbering: Numbering, left_out: LeftOutCounts, revisions: str
    ) -> None:
        self.lines: list[Line] = []
        self._styles = styles
        self._numbering = numbering
        self._left_out = left_out
        self._revisions = revisions
        self._passages = Passages(left_out)
        self._properties: Element | None = None
        self._mark = _Mark()
        #: Words of paragraphs without a mark of their own, and the mark that they keep, if any.
        self._carried = ""
        self._carried_mark: _Mark | None = None
        self._tables = 0
        self._cells = TableCells(self.lines)
        #: Whether a branch of each open alternative was taken.
        self._alternatives: list[bool] = []
        self._asides = _ASIDES | {
            W + name: kind for name, kind in _LEFT_OUT_REVISIONS[revisions].items()
        }
        self._starts, self._ends = self._handlers()
        self._plain_mark = self._read_mark(None)

    def read(self, events: Iterable[tuple[str, Element]]) -> list[Line]:
        """Return the lines of a body from the events of parsing it."""
        for event, element in events:
            if event == "start":
                self._start(element)
            else:
                self._end(element)
        self._flush_carried()
        self._passages.finish()
        return self.lines

    def _handlers(
        self,
    ) -> tuple[dict[str, Callable[[Element], None]], dict[str, Callable[[Element], None]]]:
        """Return what is done at the start and at the end of elements."""
        starts = {
            **dict.fromkeys(_PROPERTIES, self._start_properties),
            **dict.fromkeys(_CHARACTERS, self._character),
            **dict.fromkeys(self._asides, self._aside),
            f"{W}p": self._start_paragraph,
            f"{W}r": self._start_run,
            f"{W}tbl": self._start_table,
            f"{W}tr": lambda _: self._cells.start_row(),
            f"{W}tc": lambda _: self._cells.start_cell(),
            f"{W}fldChar": self._field_character,
            f"{W}fldSimple": self._simple_field,
            f"{W}sym": self._symbol,
            f"{_MC}AlternateContent": lambda _: self._alternatives.append(False),
            f"{_MC}Choice": self._choice,
            f"{_MC}Fallback": self._fallback,
        }
        ends = {
            f"{W}p": self._end_paragraph,
            f"{W}r": self._end_run,
            f"{W}tbl": self._end_table,
            f"{W}tr": self._end_row,
            f"{W}tc": self._end_cell,
            f"{W}t": self._text,
            f"{W}delText": self._text,
            f"{W}instrText": self._code,
            f"{W}delInstrText": self._code,
            f"{_MATH}t": self._text,
            f"{W}drawing": self._picture,
            f"{W}pict": self._picture,
            f"{W}object": self._object,
            f"{W}altChunk": lambda _: self._left_out.add(
                "document inserted by reference", "altChunk"
            ),
            f"{W}subDoc": lambda _: self._left_out.add("document inserted by reference", "subDoc"),
            f"{_MC}AlternateContent": self._end_alternative,
        }
        return starts, ends

    def _start(self, element: Element) -> None:
        if self._properties is not None or self._passages.is_duplicate:
            return
        if handle := self._starts.get(str(element.tag)):
            handle(element)

    def _start_properties(self, element: Element) -> None:
        self._properties = element

    def _character(self, element: Element) -> None:
        self._passages.write(_CHARACTERS[str(element.tag)])

    def _aside(self, element: Element) -> None:
        self._passages.set_aside(element, self._asides[str(element.tag)])

    def _end(self, element: Element) -> None:
        if self._properties is not None:
            if element is self._properties:
                self._properties = None
                self._end_properties(element)
            return
        if not self._passages.is_duplicate and (handle := self._ends.get(str(element.tag))):
            handle(element)
        self._passages.end(element)

    # --- Paragraphs ------------------------------------------------------------------------------

    def _start_paragraph(self, _: Element) -> None:
        if self._passages.is_aside:
            self._passages.write(" ")
        else:
            self._mark = self._plain_mark

    def _end_properties(self, element: Element) -> None:
        """Take what properties say about the element that they belong to."""
        parent = element.getparent()
        name, owner = str(element.tag).removeprefix(W), "" if parent is None else str(parent.tag)
        if name == "trPr" and parent is not None:
            self._row_properties(element, parent)
        elif name == "tcPr" and parent is not None:
            self._cell_properties(element, parent)
        elif self._passages.is_aside:
            return
        elif name == "pPr" and owner == f"{W}p":
            self._mark = self._read_mark(element)
        elif name == "rPr" and owner == f"{W}r":
            self._passages.is_hidden = self._is_hidden(element)

    def _read_mark(self, properties: Element | None) -> _Mark:
        """Return the properties of a paragraph, as they were before a revision that is rejected."""
        run_properties = child(properties, "rPr")
        removing = _LEFT_OUT_REVISIONS[self._revisions]
        is_removed = any(child(run_properties, name) is not None for name in removing)
        if self._revisions == "rejected":
            earlier = child(properties, "pPrChange", "pPr")
            properties = properties if earlier is None else earlier
        style = value(properties, "pStyle") or self._styles.default
        list_properties = child(properties, "numPr")
        if self._revisions == "rejected" and child(list_properties, "ins") is not None:
            list_properties = None
        outline_level = number(properties, "outlineLvl")
        return _Mark(
            style=style,
            list_id=number(list_properties, "numId"),
            level=number(list_properties, "ilvl"),
            is_heading=self._styles.is_heading(style)
            if outline_level is None
            else outline_level < 9,
            is_removed=is_removed,
            is_hidden=self._is_hidden(run_properties, style),
        )

    def _is_hidden(self, properties: Element | None, style: str | None = None) -> bool:
        """Return whether run properties, or the styles that they name, hide text."""
        if self._revisions == "rejected":
            earlier = child(properties, "rPrChange", "rPr")
            properties = properties if earlier is None else earlier
        direct = hides(properties)
        if direct is not None:
            return direct
        paragraph_style = self._mark.style if style is None else style
        return self._styles.is_hidden(paragraph_style, value(properties, "rStyle") or "")

    def _end_paragraph(self, element: Element) -> None:
        if not self._passages.is_aside:
            self._finish_paragraph(self._passages.take(), self._mark)
        _forget(element)

    def _finish_paragraph(self, text: str, mark: _Mark) -> None:
        """Add a paragraph, or carry its words over to the next one if it has no mark left."""
        text = self._carried + text
        if mark.is_removed or mark.is_hidden:
            self._carried = text
            # Where the mark is only hidden, the words are shown with the number before them.
            if mark.is_hidden and not mark.is_removed and text.strip() and not self._carried_mark:
                self._carried_mark = mark
            return
        self._add(text, self._carried_mark or mark)
        self._carried, self._carried_mark = "", None

    def _flush_carried(self) -> None:
        """Add words that no paragraph follows in the same cell or document."""
        if self._carried.strip():
            self._add(self._carried, self._carried_mark or self._mark)
        self._carried, self._carried_mark = "", None

    def _add(self, text: str, mark: _Mark) -> None:
        place = self._numbering.place(mark.style, mark.list_id, mark.level)
        line = Line(
            text,
            tables=self._tables,
            row=self._cells.row,
            is_heading=mark.is_heading,
        )
        if place:
            line = replace(
                line,
                label=self._numbering.label(*place),
                look=self._numbering.look(*place),
                place=(self._numbering.definition(place[0]), place[1]),
            )
        self.lines.append(line)

    # --- Runs ------------------------------------------------------------------------------------

    def _start_run(self, _: Element) -> None:
        if not self._passages.is_aside:
            self._passages.is_hidden = self._styles.is_hidden(self._mark.style, "")

    def _end_run(self, _: Element) -> None:
        self._passages.is_hidden = False

    def _text(self, element: Element) -> None:
        text = element.text or ""
        preserves = element.get(_SPACE) or element.getroottree().getroot().get(_SPACE)
        self._passages.write(text if preserves == "preserve" else text.strip(" \t\r\n"))

    def _code(self, element: Element) -> None:
        self._passages.write_code(element.text or "")

    def _field_character(self, element: Element) -> None:
        self._passages.field_character(element.get(f"{W}fldCharType", ""))

    def _simple_field(self, element: Element) -> None:
        if not self._passages.is_aside:
            self._passages.field_code(element.get(f"{W}instr", ""))

    def _symbol(self, element: Element) -> None:
        code, font = element.get(f"{W}char", ""), element.get(f"{W}font", "")
        is_code = 0 < len(code) <= 6 and all(digit in "0123456789abcdefABCDEF" for digit in code)
        character = symbol(int(code, 16), font) if is_code else ""
        if character:
            self._passages.write(character)
        else:
            self._left_out.add("symbol", f"{font} {code}")

    def _picture(self, element: Element) -> None:
        """Count a picture by its description; a shape with a text box is counted as that."""
        if element.find(f".//{W}txbxContent") is not None or self._passages.is_aside:
            return
        described = [
            part.get(name)
            for name in ("descr", "title", "name", "alt")
            for part in element.iter("{*}docPr", "{*}shape", "{*}imagedata")
        ]
        self._left_out.add("picture", next(filter(None, described), "without a description"))

    def _object(self, element: Element) -> None:
        embedded = next(element.iter("{*}OLEObject"), None)
        program = "" if embedded is None else embedded.get("ProgID", "")
        self._left_out.add("embedded object", str(program) or "of unknown kind")

    # --- Tables ----------------------------------------------------------------------------------

    def _start_table(self, _: Element) -> None:
        if not self._passages.is_aside:
            self._flush_carried()
        self._tables += 1

    def _end_table(self, element: Element) -> None:
        self._tables -= 1
        _forget(element)

    def _end_row(self, element: Element) -> None:
        self._cells.end_row()
        _forget(element)

    def _end_cell(self, _: Element) -> None:
        if not self._passages.is_aside:
            self._flush_carried()
        self._cells.end_cell()

    def _row_properties(self, element: Element, row: Element) -> None:
        for name, kind in _LEFT_OUT_REVISIONS[self._revisions].items():
            if child(element, name) is not None:
                self._passages.set_aside(row, kind)

    def _cell_properties(self, element: Element, cell: Element) -> None:
        name, kind = _LEFT_OUT_CELLS[self._revisions]
        if child(element, name) is not None:
            self._passages.set_aside(cell, kind)
        # Word does not show what is in a cell that is joined to the one before it.
        for merge in ("vMerge", "hMerge"):
            if value(element, merge) in {"", "continue"}:
                self._passages.set_aside(cell, "text in merged cells")

    # --- Alternatives ----------------------------------------------------------------------------

    def _choice(self, element: Element) -> None:
        """Take a branch that needs only known extensions, unless another one was taken."""
        extensions = [
            element.nsmap.get(prefix, "") for prefix in element.get("Requires", "").split()
        ]
        is_known = all(name.startswith(_KNOWN_EXTENSIONS) for name in extensions)
        if not self._alternatives or self._alternatives[-1]:
            self._passages.set_aside(element, "")
        elif is_known:
            self._alternatives[-1] = True
        else:
            self._passages.set_aside(element, "content for other programs")

    def _fallback(self, element: Element) -> None:
        if not self._alternatives or self._alternatives[-1]:
            self._passages.set_aside(element, "")

    def _end_alternative(self, _: Element) -> None:
        self._alternatives.pop()


def _forget(element: Element) -> None:
    """Free the memory of an element that was read, and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)
