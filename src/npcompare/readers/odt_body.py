"""The body of an OpenDocument text: paragraphs, lists, tables, revisions, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.readers.docx_xml import whole_number
from npcompare.readers.odt_lists import OdtLists
from npcompare.readers.odt_styles import DRAW, OFFICE, STYLE_NAME, TABLE, TEXT
from npcompare.readers.outline import Line
from npcompare.readers.paragraphs import one_line
from npcompare.readers.table_cells import TableCells
from npcompare.readers.text_passages import Passages

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

    from npcompare.readers.odt_styles import OdtStyles
    from npcompare.readers.paragraphs import LeftOutCounts

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")

#: Elements whose text is left out, by kind; without a kind, it is no text that a reader would see.
_ASIDES = {
    f"{OFFICE}annotation": "comment",
    f"{TEXT}ruby-text": "ruby annotation",
    f"{TEXT}script": "field code",
    f"{TABLE}covered-table-cell": "text in merged cells",
    f"{_DUBLIN_CORE}creator": "",
    f"{_DUBLIN_CORE}date": "",
    f"{TEXT}number": "",
    f"{TEXT}tracked-changes": "",
    f"{OFFICE}forms": "",
}

#: Elements that are white space.
_SPACES = {f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"}


def words_of(element: Element) -> str:
    """Return the text in an element."""
    from lxml import etree

    text = ""
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            text += (" " if part.tag in _SPACES else "") + (part.text or "")
        elif part is not element:
            text += part.tail or ""
    return text


def _style_name(element: Element) -> str:
    return element.get(STYLE_NAME, "")


class OdtBody:
    """Reads the elements of a body as lines."""

    def __init__(self, styles: OdtStyles, left_out: LeftOutCounts, revisions: str) -> None:
        self.lines: list[Line] = []
        self._styles = styles
        self._left_out = left_out
        self._accepts = revisions == "accepted"
        self._passages = Passages(left_out)
        #: The kind of each change by id, and what was deleted.
        self._changes: dict[str, Element] = {}
        #: The change that the text belongs to, if it is an insertion that is rejected.
        self._insertion: Element | None = None
        self._lists = OdtLists(styles)
        self._carried = ""
        self._in_paragraph = 0
        self._is_hidden_paragraph = self._has_words_before = False
        #: Whether a paragraph was restored; OpenDocument does not always keep its place in a list.
        self.has_restored = False
        self._paragraph: Element | None = None
        self._tables = 0
        self._cells = TableCells(self.lines)
        self._starts, self._ends = self._handlers()

    def read(self, body: Element) -> list[Line]:
        """Return the lines of a body."""
        from lxml import etree

        self._read_changes(body)
        for event, element in etree.iterwalk(body, events=("start", "end")):
            if event == "start":
                self._start(element)
                self._write(element.text)
            else:
                self._end(element)
                self._write(element.tail)
        self._flush_carried()
        self._passages.finish()
        return self.lines

    def _handlers(
        self,
    ) -> tuple[dict[str, Callable[[Element], None]], dict[str, Callable[[Element], None]]]:
        """Return what is done at the start and at the end of elements."""
        starts: dict[str, Callable[[Element], None]] = {
            f"{TEXT}p": self._start_paragraph,
            f"{TEXT}h": self._start_paragraph,
            f"{TEXT}s": lambda _: self._passages.write(" "),
            f"{TEXT}tab": lambda _: self._passages.write("\t"),
            f"{TEXT}line-break": lambda _: self._passages.write("\n"),
            f"{TEXT}span": self._span,
            f"{TEXT}note": self._note,
            f"{TEXT}section": self._section,
            f"{TEXT}hidden-text": self._hidden_text,
            f"{TEXT}hidden-paragraph": self._hidden_text,
            f"{TEXT}list": self._lists.start,
            f"{TEXT}list-item": self._start_item,
            f"{TEXT}change": self._change,
            f"{TEXT}change-start": self._start_change,
            f"{TEXT}change-end": self._end_change,
            f"{TABLE}table": self._start_table,
            f"{TABLE}table-row": lambda _: self._cells.start_row(),
            f"{TABLE}table-cell": lambda _: self._cells.start_cell(),
        }
        ends: dict[str, Callable[[Element], None]] = {
            f"{TEXT}p": self._end_paragraph,
            f"{TEXT}h": self._end_paragraph,
            f"{TEXT}list": lambda _: self._lists.end(),
            f"{TABLE}table": self._end_table,
            f"{TABLE}table-row": lambda _: self._cells.end_row(),
            f"{TABLE}table-cell": lambda _: self._cells.end_cell(),
        }
        return starts, ends

    def _write(self, text: str | None) -> None:
        """Add text; outside paragraphs there is only white space between elements."""
        if text and (self._in_paragraph or self._passages.is_aside):
            self._passages.write(text)

    def _start(self, element: Element) -> None:
        tag = str(element.tag)
        if self._passages.is_duplicate:
            return
        if tag in _ASIDES or (tag.startswith(TEXT) and tag.endswith("-source")):
            self._passages.set_aside(element, _ASIDES.get(tag, ""))
        elif tag.startswith(DRAW) and not self._passages.is_aside:
            self._drawing(element)
        elif handle := self._starts.get(tag):
            handle(element)

    def _end(self, element: Element) -> None:
        if not self._passages.is_duplicate and (handle := self._ends.get(str(element.tag))):
            handle(element)
        self._passages.end(element)

    # --- Paragraphs ------------------------------------------------------------------------------

    def _start_paragraph(self, element: Element) -> None:
        if self._passages.is_aside and not self._insertion_is_aside():
            self._passages.write(" ")
            return
        self._in_paragraph += 1
        self._paragraph = element
        hides = element.find(f".//{TEXT}hidden-paragraph[@{TEXT}is-hidden='true']") is not None
        if hides or self._styles.is_hidden("paragraph", _style_name(element)):
            self._passages.set_aside(element, "hidden text")
            self._is_hidden_paragraph = True

    def _insertion_is_aside(self) -> bool:
        """Whether text is left out only because its insertion is rejected."""
        return self._insertion is not None and self._passages.depth == 1

    def _end_paragraph(self, element: Element) -> None:
        self._passages.end(element)
        if self._passages.is_aside and not self._insertion_is_aside():
            return
        self._in_paragraph = max(self._in_paragraph - 1, 0)
        if self._is_hidden_paragraph:
            self._is_hidden_paragraph = False
            return
        text = self._carried + self._passages.take()
        if self._insertion is not None:
            # The end of the paragraph was inserted, too.
            self._carried = text
            return
        self._carried = ""
        self._add(text, element)

    def _flush_carried(self) -> None:
        text = self._carried + self._passages.take()
        if text.strip():
            self.lines.append(Line(text))

    def _add(self, text: str, element: Element) -> None:
        is_heading = str(element.tag) == f"{TEXT}h"
        line = Line(
            text,
            tables=self._tables,
            row=self._cells.row,
            is_heading=is_heading,
        )
        if self._lists.is_open:
            line = self._lists.labelled(line, _style_name(element))
        elif is_heading:
            line = self._lists.heading(line, element)
        self.lines.append(line)

    # --- Runs ------------------------------------------------------------------------------------

    def _span(self, element: Element) -> None:
        if self._styles.is_hidden("text", _style_name(element)):
            self._passages.set_aside(element, "hidden text")

    def _hidden_text(self, element: Element) -> None:
        hidden = element.get(f"{TEXT}string-value", "")
        if element.get(f"{TEXT}is-hidden") == "true":
            self._left_out.add("hidden text", hidden)
            self._passages.set_aside(element, "")

    def _note(self, element: Element) -> None:
        is_endnote = element.get(f"{TEXT}note-class") == "endnote"
        citation = element.find(f"{TEXT}note-citation")
        if citation is not None:
            citation.text = ""
        self._passages.set_aside(element, "endnote" if is_endnote else "footnote")

    def _section(self, element: Element) -> None:
        is_hidden = element.get(f"{TEXT}is-hidden") == "true"
        if element.get(f"{TEXT}display") == "none" or is_hidden:
            self._passages.set_aside(element, "hidden text")

    def _drawing(self, element: Element) -> None:
        """Leave out a drawing: it is a text box if it has words, else a picture."""
        words = [words_of(part) for part in element.iter(*_PARAGRAPHS)]
        if not one_line(" ".join(words)):
            described = [words_of(part) for part in element.iter("{*}desc", "{*}title")] + [
                element.get(f"{DRAW}name", "")
            ]
            description = next(filter(None, described), "without a description")
            self._left_out.add("picture", description)
        else:
            self._left_out.add("text box", " ".join(words))
        self._passages.set_aside(element, "")

    # --- Revisions -------------------------------------------------------------------------------

    def _read_changes(self, body: Element) -> None:
        """Take the changes of a body; what was deleted is kept apart from it."""
        for region in body.iter(f"{TEXT}changed-region"):
            for name in (_ID, f"{TEXT}id"):
                if identifier := region.get(name):
                    self._changes[identifier] = region

    def _region(self, element: Element) -> Element | None:
        """Return the change whose place, beginning or end an element is."""
        return self._changes.get(element.get(f"{TEXT}change-id", ""))

    def _change(self, element: Element) -> None:
        """Take what was deleted at a place: count it, or put it back."""
        region = self._region(element)
        deletion = None if region is None else region.find(f"{TEXT}deletion")
        if deletion is None or self._passages.is_aside:
            return
        paragraphs = list(deletion.iter(*_PARAGRAPHS))
        words = [words_of(paragraph) for paragraph in paragraphs]
        if self._accepts:
            self._left_out.add("deleted text", " ".join(words))
            return
        self._has_words_before = self._passages.has_words
        for index, text in enumerate(words):
            if index:
                self._end_restored(paragraphs[index - 1], begins_here=index == 1)
            self._passages.write(text)

    def _end_restored(self, paragraph: Element, *, begins_here: bool) -> None:
        """End a paragraph whose end had been deleted.

        It is the current one if words of that come first, else an item of the list in which it was.
        """
        self.has_restored = True
        text = self._carried + self._passages.take()
        self._carried = ""
        if begins_here and self._has_words_before and self._paragraph is not None:
            was_item = self._lists.is_item
            self._add(text, self._paragraph)
            # The words after it were an item of their own.
            if was_item:
                self._lists.start_item()
            return
        self.lines.append(self._lists.restored(Line(text, tables=self._tables), paragraph))

    def _start_change(self, element: Element) -> None:
        if self._accepts or self._insertion is not None or self._passages.is_aside:
            return
        region = self._region(element)
        if region is not None and region.find(f"{TEXT}insertion") is not None:
            self._insertion = region
            self._passages.set_aside(region, "inserted text")

    def _end_change(self, element: Element) -> None:
        region = self._region(element)
        if region is not None and region is self._insertion:
            self._passages.end(region)
            self._insertion = None

    def _start_item(self, element: Element) -> None:
        self._lists.start_item(whole_number(element.get(f"{TEXT}start-value")))

    # --- Tables ----------------------------------------------------------------------------------

    def _start_table(self, _: Element) -> None:
        self._tables += 1

    def _end_table(self, _: Element) -> None:
        self._tables -= 1
