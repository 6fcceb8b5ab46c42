"""Tables of Word files as Word shows them, with every tracked change accepted.

Content controls are looked into, cells that are merged or begin further right are in their places,
and what was deleted or moved away is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.document import Cell, Run
from npcompare.formats.word_anchors import is_group_row, row_names
from npcompare.formats.word_xml import qn
from npcompare.text import JOINER
from npcompare.text import LEFT_TO_RIGHT_MARK as MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Elements around rows, cells and paragraphs that Word shows as if they were not there.
_TRANSPARENT = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"))
)

#: What is not part of the text of a paragraph: what was deleted, and what is in a text box.
_NOT_SHOWN = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent")))

#: The parts of a run that are text; python-docx has its characters for each.
_TEXT_PARTS = frozenset(map(qn, ("w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:ptab")))

#: The brackets that version 0.1 put around the words of a redline, beside their styles.
_DELETED_WORDS = re.compile(r"\[-.*|.*-\]\s*", re.DOTALL)
_INSERTED_BRACKETS = re.compile(r"^\{\+|\+\}(?=\s*$)")

#: A row with more places than Word allows is damaged.
_MOST_PLACES = 63


class RunStyles(NamedTuple):
    """The ids of the styles of runs that are not plain text: marks of notes, and a redline."""

    mark: str = ""
    inserted: str = ""
    deleted: str = ""


class GridRow(NamedTuple):
    """The cells of a row in their places, and the tables and anchors of the rows in it."""

    cells: tuple[Cell, ...]
    names: tuple[tuple[int, str], ...]
    is_merged: bool
    #: Whether it is the head of a group of rows, so that its cells are meant to be merged.
    is_group: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the cells."""
        return tuple(cell.text for cell in self.cells)


def read_rows(table: Any, styles: RunStyles) -> list[GridRow]:
    """Return the rows of a table without those that are deleted.

    Args:
        table: The element of the table.
        styles: The ids of the styles of its runs.
    """
    return [
        _read_row(row, styles)
        for row in _shown(table, qn("w:tr"))
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None
    ]


def read_runs(paragraph: Any, styles: RunStyles) -> Iterator[Run]:
    """Yield the runs of a paragraph that are shown; raised text is the marks of notes.

    Invisible marks of direction at the edges of a run, and where no line ends, are not part of it.
    """
    for run in paragraph.iter(qn("w:r")):
        if any(ancestor.tag in _NOT_SHOWN for ancestor in run.iterancestors()):
            continue
        style = _style(run)
        text = "".join(str(part) for part in run if part.tag in _TEXT_PARTS)
        text = text.removeprefix(MARK).removesuffix(MARK).replace(JOINER, "")
        if _is_mark(run, style, styles):
            # Word may split “a, b” into several runs when it saves an edited file.
            marks = (mark.strip() for mark in text.split(","))
            yield Run("", marks=tuple(filter(None, marks)))
        elif style and style == styles.inserted:
            yield Run(_INSERTED_BRACKETS.sub("", text))
        elif not (style and style == styles.deleted and _DELETED_WORDS.fullmatch(text)):
            yield Run(text)


def paragraph_runs(paragraphs: Iterator[Any], styles: RunStyles) -> Iterator[Run]:
    """Yield the runs of paragraphs, with a line break between two of them."""
    is_broken = False
    for paragraph in paragraphs:
        if is_broken:
            yield Run("\n")
        yield from read_runs(paragraph, styles)
        # A paragraph whose end is deleted goes on with the next.
        is_broken = paragraph.find("/".join(map(qn, ("w:pPr", "w:rPr", "w:del")))) is None


def _read_row(row: Any, styles: RunStyles) -> GridRow:
    cells: list[Cell] = [Cell()] * _count(row, "w:trPr/w:gridBefore", 0)
    is_merged = False
    for place in _shown(row, qn("w:tc")):
        merge = place.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        is_continued = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        paragraphs = (part for part in place.iter(qn("w:p")) if _is_shown(part, place))
        cells.append(Cell() if is_continued else Cell(tuple(paragraph_runs(paragraphs, styles))))
        span = _count(place, "w:tcPr/w:gridSpan", 1)
        cells += [Cell()] * (span - 1)
        is_merged = is_merged or span > 1 or merge is not None
    cells += [Cell()] * _count(row, "w:trPr/w:gridAfter", 0)
    return GridRow(tuple(cells), tuple(row_names(row)), is_merged, is_group_row(row))


def _count(element: Any, path: str, default: int) -> int:
    """Return a number in the properties of a row or cell, as far as Word allows."""
    node = element.find("/".join(map(qn, path.split("/"))))
    value = "" if node is None else node.get(qn("w:val"), "")
    return min(int(value), _MOST_PLACES) if value.isdecimal() else default


def _shown(element: Any, tag: str) -> Iterator[Any]:
    """Yield the children with a tag, also those in content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _shown(child, tag)


def shown_blocks(body: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of a body, also those in content controls."""
    for child in body:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from shown_blocks(child)


def _is_shown(paragraph: Any, place: Any) -> bool:
    """Return whether a paragraph of a cell is not in a text box."""
    for ancestor in paragraph.iterancestors():
        if ancestor is place:
            return True
        if ancestor.tag in _NOT_SHOWN:
            return False
    return True


def _style(run: Any) -> str:
    """Return the id of the style of a run; empty if it has none."""
    style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def _is_mark(run: Any, style: str, styles: RunStyles) -> bool:
    """Return whether a run is the mark of a note; until version 0.1 marks had no style."""
    align = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    is_raised = align is not None and align.get(qn("w:val")) == "superscript"
    return is_raised or bool(style and style == styles.mark)
