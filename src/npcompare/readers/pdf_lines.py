"""The lines of PDF pages in reading order, without what is printed around the text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from math import inf
from statistics import median
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.readers.pdf_line_numbers import without_line_numbers
from npcompare.readers.pdf_places import SAME_LINE, PageLine
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.readers.paragraphs import LeftOutCounts
    from npcompare.readers.pdf_pages import Page

#: The widest space between two words, and the least gap that is a tab, in font sizes.
_WIDEST_SPACE, _TAB = 1.2, 1.5
#: How much smaller than the text footnotes are.
_SMALL = 0.93

#: How many lines at the top and at the bottom of a page may be heads.
_HEAD_LINES = 3
#: On how many pages of a document with four or more, and on what part of them, heads are repeated.
_LEAST_REPEATED, _REPEATED_PART = 3, 0.4
#: The part of a page at its bottom or top in which a number alone is its number.
_MARGIN = 0.12

#: The least share of the lines of a column that fill it, the part of it that such a line fills, and
#: the least width of a column in the width of the text.
_FULL_LINES, _FULL_LINE, _NARROWEST_COLUMN = 0.5, 0.75, 0.25
_LEAST_LINES = 4
#: The share of lines that may cross the gutter between columns, such as headings; and how often the
#: file may go from one column to the other if it has them one after the other.
_MOST_CROSSING, _MOST_SWITCHES = 0.15, 3

_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|p\.|página|pág\.)\s*)?(?:[A-Z]{1,2}[-\u2013])?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|de|sur|von|-|\u2013)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"(?P<mark>\d{1,3}|[*\u2020\u2021]{1,3})[.)]?\s*(?=[^\W\d_]|[\"\u201c\u2018(])"
)


def text_lines(pages: Sequence[Page], left_out: LeftOutCounts) -> list[PageLine]:
    """Return the lines of text in reading order; count what is left out of them."""
    by_page = [_segments(number, page, left_out) for number, page in enumerate(pages)]
    size = _usual_size(line for lines in by_page for line in lines)
    heights = [page.height for page in pages]
    by_page = _without_heads(by_page, heights, left_out)
    by_page = without_line_numbers(by_page, left_out)
    by_page = [_joined(segments, _WIDEST_SPACE) for segments in by_page]
    result: list[list[PageLine]] = []
    count = 0
    for segments, gutter in zip(by_page, _gutters(by_page), strict=True):
        columns = [
            [replace(line, column=number) for line in _joined(column)]
            for number, column in enumerate(_columns(segments, gutter), count)
        ]
        count += len(columns)
        lines, marks = _without_notes(columns, size, left_out)
        result.append(_without_marks(lines, marks, left_out))
        if marks:
            # A footnote may be on the page after its mark.
            result[-2:-1] = [_without_marks(page, marks, left_out) for page in result[-2:-1]]
    return [line for page in result for line in page]


def _segments(number: int, page: Page, left_out: LeftOutCounts) -> list[PageLine]:
    """Return the runs of a page as segments of lines; leave out what is not read as text."""
    for text in page.outside:
        left_out.add("text outside the page", text)
    for text in page.comments:
        left_out.add("comment", text)
    for is_rotated, runs in groupby(page.runs, key=lambda run: run.is_rotated):
        if is_rotated:
            left_out.add("rotated text", "".join(run.text for run in runs))
    return [
        PageLine(run.text, number, run.left, run.right, run.baseline, run.size, run.is_bold)
        for run in page.runs
        if not run.is_rotated and fold(run.text)
    ]


def _usual_size(lines: Iterable[PageLine]) -> float:
    """Return the font size of most characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _rows(segments: Iterable[PageLine]) -> list[list[PageLine]]:
    """Return segments by the line of the page that they are in, from top to bottom."""
    rows: list[list[PageLine]] = []
    for segment in sorted(segments, key=lambda line: -line.baseline):
        if rows and rows[-1][0].baseline - segment.baseline <= SAME_LINE * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _row_text(row: Iterable[PageLine]) -> str:
    return fold(" ".join(line.text for line in sorted(row, key=lambda line: line.left)))


def _without_heads(
    pages: Sequence[list[PageLine]], heights: Sequence[float], left_out: LeftOutCounts
) -> list[list[PageLine]]:
    """Return the segments of each page without running heads, feet and page numbers."""
    rows_by_page = [_rows(segments) for segments in pages]
    repeated: Counter[tuple[str, int]] = Counter()
    for rows in rows_by_page:
        repeated.update({_head_key(row) for row in _outer(rows)})
    least = 2 if len(pages) < 4 else max(_LEAST_REPEATED, int(_REPEATED_PART * len(pages)))
    result = []
    for segments, rows, height in zip(pages, rows_by_page, heights, strict=True):
        heads: list[PageLine] = []
        for row in _outer(rows):
            text = _row_text(row)
            is_number = _PAGE_NUMBER.fullmatch(text) and _is_in_margin(row[0], height)
            is_repeated = repeated[_head_key(row)] >= least and _is_in_margin(row[0], height)
            if is_number or is_repeated:
                left_out.add("page number" if is_number else "page head or foot", text)
                heads += row
        ids = set(map(id, heads))
        result.append([segment for segment in segments if id(segment) not in ids])
    return result


def _outer(rows: Sequence[list[PageLine]]) -> list[list[PageLine]]:
    """Return the first and the last lines of a page."""
    return [*rows[:_HEAD_LINES], *rows[max(_HEAD_LINES, len(rows) - _HEAD_LINES) :]]


def _head_key(row: Sequence[PageLine]) -> tuple[str, int]:
    """Return what running heads have in common: their words without numbers, and their height."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", _row_text(row)), round(row[0].baseline / 4)


def _is_in_margin(line: PageLine, height: float) -> bool:
    return not _MARGIN * height < line.baseline < (1 - _MARGIN) * height


def _columns(segments: list[PageLine], gutter: float | None) -> list[list[PageLine]]:
    """Return the segments of a page by its columns, which are read one after the other."""
    if gutter is None:
        return [segments]
    columns: list[list[PageLine]] = []
    block: list[list[PageLine]] = [[], []]
    for row in _rows(segments):
        if any(line.left < gutter < line.right for line in row):
            columns += [part for part in block if part]
            block = [[], []]
            columns.append(sorted(row, key=lambda line: line.left))
        else:
            for line in sorted(row, key=lambda line: line.left):
                block[line.left > gutter].append(line)
    return columns + [part for part in block if part]


def _gutters(pages: Sequence[Sequence[PageLine]]) -> list[float | None]:
    """Return where the gutter between two columns of text is on each page, if there is one.

    A page with little text has that of the others.
    """
    gutters = [_gutter(segments) for segments in pages]
    known = [gutter for gutter in gutters if gutter is not None]
    if not known:
        return gutters
    usual = median(known)
    return [
        usual
        if gutter is None and not any(line.left < usual < line.right for line in segments)
        else gutter
        for segments, gutter in zip(pages, gutters, strict=True)
    ]


def _gutter(segments: Sequence[PageLine]) -> float | None:
    """Return where the gutter between two columns of a page is; None if it has one column."""
    if not segments:
        return None
    left, right = min(line.left for line in segments), max(line.right for line in segments)
    margin = _NARROWEST_COLUMN * (right - left)
    places = sorted({line.left - 1 for line in segments})
    for place in (place for place in places if left + margin < place < right - margin):
        sides = [line.left > place for line in segments if not line.left < place < line.right]
        if len(segments) - len(sides) > _MOST_CROSSING * len(segments):
            continue
        switches = sum(before != after for before, after in pairwise(sides))
        before = _rows(line for line in segments if line.right <= place)
        after = _rows(line for line in segments if line.left >= place)
        if min(len(before), len(after)) < _LEAST_LINES:
            continue
        are_full = _is_full(before, place - left) and _is_full(after, right - place)
        # The file has one column after the other, or both are full.
        if switches <= _MOST_SWITCHES or are_full:
            return place
    return None


def _is_full(rows: Sequence[Sequence[PageLine]], width: float) -> bool:
    """Return whether rows fill a column, as lines of text do and cells of a table do not."""
    widths = [max(line.right for line in row) - min(line.left for line in row) for row in rows]
    return sum(each > _FULL_LINE * width for each in widths) >= _FULL_LINES * len(rows)


def _joined(segments: Sequence[PageLine], widest: float = inf) -> list[PageLine]:
    """Return the lines of a column, in the order of the file, each with its segments.

    Gaps that are wider, in font sizes, are left.
    """
    lines: list[PageLine] = []
    for segment in segments:
        before = lines[-1] if lines else None
        if before and _is_same_line(before, segment, widest):
            lines[-1] = _with(before, segment)
        else:
            lines.append(segment)
    return lines


def _is_same_line(line: PageLine, segment: PageLine, widest: float) -> bool:
    size = max(line.size, segment.size)
    is_level = abs(line.baseline - segment.baseline) <= SAME_LINE * size
    return is_level and -size <= segment.left - line.right <= widest * size


def _with(line: PageLine, segment: PageLine) -> PageLine:
    """Return a line with another segment; a wide gap is a tab."""
    gap = segment.left - line.right
    size = max(line.size, segment.size)
    between = "\t" if gap > _TAB * size else " " if gap > 0.2 * size else ""
    if line.text[-1:].isspace() or segment.text[:1].isspace():
        between = "\t" if between == "\t" else ""
    is_main = len(line.text) >= len(segment.text)
    main = line if is_main else segment
    return replace(
        main,
        text=f"{line.text}{between}{segment.text}",
        left=line.left,
        right=max(line.right, segment.right),
    )


def _without_notes(
    columns: Sequence[list[PageLine]], size: float, left_out: LeftOutCounts
) -> tuple[list[PageLine], list[str]]:
    """Return the lines of a page without its footnotes, and the marks of these."""
    notes = [line for column in columns for line in _notes_of(column, size)]
    ids = set(map(id, notes))
    lines = [line for column in columns for line in column if id(line) not in ids]
    return lines, _count_notes(notes, left_out)


def _without_marks(
    lines: Sequence[PageLine], marks: list[str], left_out: LeftOutCounts
) -> list[PageLine]:
    """Return lines without the marks of footnotes, and remove those that occur from the list."""
    kept = []
    for line in lines:
        text = line.text
        for mark in [mark for mark in marks if mark in text]:
            pattern = rf"(?<=[^\W\d_]|[.,;:)\u201d\u2019\"]){re.escape(mark)}(?![\w.)])"
            text, count = re.subn(pattern, "", text, count=1)
            if count:
                left_out.add("footnote number", mark)
                marks.remove(mark)
        kept.append(line if text == line.text else replace(line, text=text))
    return kept


def _notes_of(column: Sequence[PageLine], size: float) -> list[PageLine]:
    """Return the lines at the bottom of a column that are its footnotes."""
    usual = [line for line in column if line.size > _SMALL * size]
    lowest = min((line.baseline for line in usual), default=0.0)
    small = sorted(
        (line for line in column if line.size <= _SMALL * size and line.baseline < lowest),
        key=lambda line: -line.baseline,
    )
    starts = [index for index, line in enumerate(small) if _FOOTNOTE.match(line.text.strip())]
    return small[starts[0] :] if starts else []


def _count_notes(notes: Sequence[PageLine], left_out: LeftOutCounts) -> list[str]:
    """Count footnotes, each with all its lines, and return their marks."""
    texts: list[str] = []
    marks: list[str] = []
    for line in notes:
        if match := _FOOTNOTE.match(line.text.strip()):
            marks.append(match["mark"])
            texts.append(line.text)
        elif texts:
            texts[-1] += f" {line.text}"
    for text in texts:
        left_out.add("footnote", text)
    return marks
