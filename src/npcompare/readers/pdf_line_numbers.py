"""Numbers beside the lines of PDF pages, as bills have them: 5, 10, 15."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from npcompare.readers.pdf_places import SAME_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.readers.paragraphs import LeftOutCounts
    from npcompare.readers.pdf_places import PageLine

_NUMBER = re.compile(r"\s*\d{1,4}\s*")

#: How many line numbers a page has at least, if each line has one or only some; and the share of
#: lines and of distances that they count.
_LEAST_NUMBERS = (5, 3)
_NUMBERED_PART, _REGULAR_PART = 0.6, 0.7

#: How far apart two edges may be that are the same, in points.
_SAME_EDGE = 1.5


def without_line_numbers(
    pages: Sequence[list[PageLine]], left_out: LeftOutCounts
) -> list[list[PageLine]]:
    """Return the segments of each page without line numbers.

    On a page with few lines, numbers are line numbers if other pages have them at the same place.
    """
    candidates = [_candidates(segments) for segments in pages]
    edges = [
        edge
        for segments, columns in zip(pages, candidates, strict=True)
        for edge, numbers in columns
        if _counts_lines(numbers, segments)
    ]
    result = []
    for segments, columns in zip(pages, candidates, strict=True):
        removed: dict[int, PageLine] = {}
        for edge, numbers in columns:
            if any(abs(edge - known) <= _SAME_EDGE for known in edges) and _step(numbers):
                removed |= {id(line): line for line in numbers}
        for line in sorted(removed.values(), key=lambda line: -line.baseline):
            left_out.add("line number", line.text)
        result.append([line for line in segments if id(line) not in removed])
    return result


def _candidates(segments: Iterable[PageLine]) -> list[tuple[float, list[PageLine]]]:
    """Return numbers that are alone, in columns with the same left or right edge."""
    alone = [line for line in segments if _NUMBER.fullmatch(line.text)]
    return [
        *_aligned(alone, lambda line: line.left),
        *((-edge, numbers) for edge, numbers in _aligned(alone, lambda line: line.right)),
    ]


def _aligned(
    lines: Iterable[PageLine], edge: Callable[[PageLine], float]
) -> Iterator[tuple[float, list[PageLine]]]:
    """Yield lines with the same edge together, from top to bottom, with this edge."""
    ordered = sorted(lines, key=edge)
    starts = [
        0,
        *(
            index
            for index, (before, line) in enumerate(pairwise(ordered), 1)
            if edge(line) - edge(before) > _SAME_EDGE
        ),
    ]
    for start, end in pairwise([*starts, len(ordered)]):
        column = ordered[start:end]
        if column:
            yield edge(column[0]), sorted(column, key=lambda line: -line.baseline)


def _step(numbers: Sequence[PageLine]) -> int:
    """Return by how much numbers increase from top to bottom; 0 if they do not do so regularly."""
    values = [int(line.text) for line in numbers]
    steps = {after - before for before, after in pairwise(values)} or {1}
    return max(steps.pop(), 0) if len(steps) == 1 else 0


def _counts_lines(numbers: Sequence[PageLine], segments: Sequence[PageLine]) -> bool:
    """Return whether numbers from top to bottom count the lines beside them, by one or by five."""
    step = _step(numbers)
    if not step or len(numbers) < _LEAST_NUMBERS[step > 1]:
        return False
    words = [line for line in segments if not _NUMBER.fullmatch(line.text)]
    baselines = {round(line.baseline) for line in _lines_beside(numbers, words)}
    counts = [
        sum(below.baseline + 1 < baseline <= above.baseline + 1 for baseline in baselines)
        for above, below in pairwise(numbers)
    ]
    is_whole = len(numbers) * step >= _NUMBERED_PART * len(baselines)
    return is_whole and sum(count == step for count in counts) >= _REGULAR_PART * len(counts)


def _lines_beside(numbers: Sequence[PageLine], words: Sequence[PageLine]) -> Iterator[PageLine]:
    """Yield the lines of the column of text that is nearest to a column of numbers."""
    nearest = []
    for number in numbers:
        level = [
            line for line in words if abs(line.baseline - number.baseline) <= SAME_LINE * line.size
        ]
        nearest += sorted(
            level, key=lambda line: max(line.left - number.right, number.left - line.right)
        )[:1]
    left = min((line.left for line in nearest), default=0.0)
    right = max((line.right for line in nearest), default=0.0)
    for line in words:
        if left <= (line.left + line.right) / 2 <= right:
            yield line
