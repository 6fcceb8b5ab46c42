"""The body of an HTML page as lines: its paragraphs, lists, tables and headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.readers import html_kinds
from npcompare.readers.html_lists import LISTS, HtmlLists
from npcompare.readers.html_source import too_complex
from npcompare.readers.html_survey import Survey, survey
from npcompare.readers.html_walk import walk
from npcompare.readers.outline import Line
from npcompare.readers.paragraphs import one_line
from npcompare.readers.plain_text import paragraphs_of
from npcompare.readers.table_cells import TableCells
from npcompare.readers.typed_labels import typed_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from npcompare.readers.paragraphs import LeftOutCounts

#: White space of the source, which is one space on the page.
_SOURCE_SPACES = re.compile(r"[ \t\r\n\f]+")
#: Signs without width, and control characters, which come from references such as &#1;.
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
#: A no-break space beside other white space only makes a gap.
_GAP = re.compile(r"[ \u00a0]*(?: \u00a0|\u00a0 |\u00a0\u00a0)[ \u00a0]*")
#: A line break, as it is kept until the paragraph ends.
_BREAK = "\n"

#: The most paragraphs of a page.
_MOST_LINES = 100_000
#: The most characters of a label, and what may follow a bare number, directly or after a gap.
_LONGEST_LABEL = 40
_AFTER_NUMBER = re.compile(r"(?:[ \u00a0]*\u00a0[ \u00a0]*)?[A-Z\u00c0-\u00dd(\u201c\"\u2018]")
_BARE = re.compile(r"\d{1,4}[A-Z]{0,2}")
_LETTER = re.compile(r"[^\W_]|[(\u201c\"\u2018]")


class HtmlBody:
    """Reads the elements of a body as lines."""

    def __init__(self, path: str, left_out: LeftOutCounts, *, accepts: bool) -> None:
        self._path = path
        self.lines: list[Line] = []
        self.lists = HtmlLists()
        self._left_out = left_out
        self._accepts = accepts
        self._survey = Survey()
        self._words: list[str] = []
        #: Whether an element that is a label, such as a number in bold type, has just block.
        self._after_label = False
        #: The label of an item whose words have not come yet.
        self._label: Line | None = None
        self._preformatted = self._headings = self._tables = 0
        self._cells = TableCells(self.lines)
        #: The parent of a paragraph that is a label alone, and the row that it is joined in.
        self._joining: tuple[Element, int] | None = None
        self._starts: dict[str, Callable[[Element], None]] = {
            **dict.fromkeys(LISTS, self._start_list),
            "li": self._start_item,
            "br": self._break,
            "table": self._start_table,
            "q": lambda _: self._words.append("\u201c"),
            "tr": lambda _: self._cells.start_row(),
            **dict.fromkeys(("td", "th"), lambda _: self._cells.start_cell()),
        }
        self._ends: dict[str, Callable[[Element], None]] = {
            **dict.fromkeys(LISTS, lambda _: self.lists.end()),
            "li": self._end_item,
            "table": self._end_table,
            "q": lambda _: self._words.append("\u201d"),
            "tr": lambda _: self._cells.end_row(),
            **dict.fromkeys(("td", "th"), lambda _: self._cells.end_cell()),
        }

    def read(self, root: Element) -> list[Line]:
        """Return the lines of a page."""
        self._survey = survey(root, accepts=self._accepts)
        for event, element in walk(root, self._survey.left_out.__contains__):
            if event == "start":
                self._start(element)
                self._write(element.text, element)
                continue
            if event == "end":
                self._end(element)
            else:
                self._leave_out(element)
            if element is not root:
                self._write(element.tail, element.getparent())
        self._flush()
        return self.lines

    def _leave_out(self, element: Element) -> None:
        """Count an element that is not read."""
        if html_kinds.is_block(element):
            self._flush()
        if kind := self._survey.left_out[element]:
            words = html_kinds.words_of(element).strip()
            if not words and kind != html_kinds.OUTSIDE:
                words = html_kinds.description_of(element)
            self._left_out.add(kind, words)

    def _start(self, element: Element) -> None:
        tag = html_kinds.tag_of(element)
        if html_kinds.is_block(element):
            self._flush()
            self._preformatted += tag in html_kinds.PREFORMATTED
            self._headings += html_kinds.is_heading(element)
        if handle := self._starts.get(tag):
            handle(element)

    def _end(self, element: Element) -> None:
        tag = html_kinds.tag_of(element)
        if html_kinds.is_block(element):
            self._flush(element)
            self._preformatted -= tag in html_kinds.PREFORMATTED
            self._headings -= html_kinds.is_heading(element)
        elif self._is_label_so_far():
            if html_kinds.names_a_number(element):
                self._words.append("\t")
            self._after_label = True
        if self._joining and self._joining[0] is element:
            self._joining = None
        if handle := self._ends.get(tag):
            handle(element)

    # --- Words -----------------------------------------------------------------------------------

    def _write(self, text: str | None, around: Element | None) -> None:
        """Add text to the paragraph; text around the main part is left out."""
        if not text:
            return
        if around in self._survey.around:
            self._left_out.add(html_kinds.OUTSIDE, text)
            return
        text = _NO_WIDTH.sub("", text)
        if not self._preformatted:
            text = _SOURCE_SPACES.sub(" ", text)
        if self._after_label and self._continues_label(text):
            self._words.append("\t")
        self._after_label = False
        self._words.append(text)

    def _continues_label(self, text: str) -> bool:
        """Return whether text is the words after a label, though no space is between them."""
        is_bare = _BARE.fullmatch("".join(self._words).strip())
        return bool((_AFTER_NUMBER if is_bare else _LETTER).match(text))

    def _is_label_so_far(self) -> bool:
        """Return whether the paragraph consists of labels so far."""
        if len(self._words) > _LONGEST_LABEL or sum(map(len, self._words)) > _LONGEST_LABEL * 2:
            return False
        return is_label("".join(self._words))

    def _break(self, _: Element) -> None:
        self._words.append(_BREAK)

    def _flush(self, block: Element | None = None) -> None:
        """End the paragraph, if there is one."""
        if not self._words:
            return
        text = "".join(self._words)
        self._words.clear()
        for paragraph in self._paragraphs(text):
            self._add(paragraph, block)

    def _paragraphs(self, text: str) -> Iterator[str]:
        """Yield the paragraphs of a text with line breaks."""
        if self._preformatted:
            yield from filter(None, paragraphs_of(text))
            return
        rows: list[str] = []
        has_words, before = False, ""
        for row in text.split(_BREAK):
            if has_words and row.strip() and (not before.strip() or _has_label(row)):
                yield " ".join(rows)
                rows = []
            rows.append(row)
            has_words = has_words or bool(row.strip())
            before = row
        if one_line(paragraph := " ".join(rows)):
            yield paragraph

    def _add(self, text: str, block: Element | None) -> None:
        text = _GAP.sub(" ", text)
        row = self._cells.row
        line = Line(text, tables=self._tables, row=row, is_heading=self._headings > 0)
        if self._joining and not row:
            line = replace(line, row=self._joining[1])
        self._joining = None
        if self._label:
            line = replace(
                line, label=self._label.label, look=self._label.look, place=self._label.place
            )
            self._label = None
        elif block is not None and is_label(text, needs_sign=not html_kinds.names_a_number(block)):
            line = self._label_alone(line, block)
        self.lines.append(line)
        if len(self.lines) > _MOST_LINES:
            raise too_complex(self._path, f"{_MOST_LINES:,} paragraphs")

    def _label_alone(self, line: Line, block: Element) -> Line:
        """Return a paragraph that is a label alone; the next one beside it has its words."""
        parent = block.getparent()
        if parent is None:
            return line
        if not line.row:
            line = replace(line, row=self._cells.new_row())
        self._joining = (parent, line.row)
        return replace(line, is_alone=True)

    # --- Lists -----------------------------------------------------------------------------------

    def _start_list(self, element: Element) -> None:
        structure = self._survey.structure
        count, is_typed = structure.counts[element], element in structure.typed
        self.lists.start(element, count, is_typed=is_typed)

    def _start_item(self, element: Element) -> None:
        self._end_label()
        if element in self._survey.structure.gone:
            return
        if marker := self.lists.item(element):
            self._label = Line("", marker.label, marker.look, marker.place)

    def _end_item(self, _: Element) -> None:
        self._end_label()

    def _end_label(self) -> None:
        """Add the number of an item that has no words of its own; a bullet alone says nothing."""
        if self._label and any(map(str.isalnum, self._label.label)):
            self.lines.append(self._label)
        self._label = None

    # --- Tables ----------------------------------------------------------------------------------

    def _start_table(self, element: Element) -> None:
        self._tables += element not in self._survey.structure.layout_tables

    def _end_table(self, element: Element) -> None:
        self._tables -= element not in self._survey.structure.layout_tables


def is_label(text: str, *, needs_sign: bool = False) -> bool:
    """Return whether text is a typed label and nothing else.

    Where a label needs a sign, such as a full stop, "12" may be a page number and "Article 12" is a
    heading.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST_LABEL:
        return False
    labels = list(typed_labels(text))
    if not labels or labels[-1].end != len(text) or not labels[0].name:
        return False
    return not needs_sign or not (_BARE.fullmatch(text) or (text[0].isalpha() and " " in text))


def _has_label(row: str) -> bool:
    label = next(typed_labels(row.lstrip()), None)
    return label is not None and bool(label.name)
