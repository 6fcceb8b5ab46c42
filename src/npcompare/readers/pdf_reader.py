"""PDF documents: pages become lines, and lines become paragraphs with their labels."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.readers.outline import Line, outlined
from npcompare.readers.paragraphs import DocumentText, LeftOutCounts
from npcompare.readers.pdf_lines import text_lines
from npcompare.readers.pdf_pages import read_pages
from npcompare.readers.typed_labels import typed_labels
from npcompare.text import FIRST_PARTS, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.readers.pdf_pages import Pages
    from npcompare.readers.pdf_places import PageLine
    from npcompare.readers.typed_labels import TypedLabel

#: How much larger than the text a heading is, and how many words it has at most.
_LARGE, _LONGEST_HEADING = 1.1, 20
#: A distance between lines that separates paragraphs, in usual distances.
_WIDE_PITCH = 1.25
#: How far lines may begin from each other in one paragraph, in font sizes.
_SAME_LEFT = 0.4
#: The part of a column that a line may leave free in text that is not justified.
_RAGGED = 0.2
#: The share of characters without a known letter with which a text is not usable.
_MOST_UNKNOWN = 0.05
#: A page with fewer letters and a picture is a picture of a page.
_FEWEST_LETTERS = 20

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
    | {"\ufb05": "st", "\ufb06": "st"}
)

_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: Words after which a label is a reference, as "(2) of section 4" is after "under subsection"; and
#: words after which it can be one.
_REFERS = re.compile(
    r"(?:(?:sub)?-?(?:sections?|paragraphs?|articles?|clauses?|items?|points?|rules?|schedules?)"
    r"|paras?\.|arts?\.|párrafos?|artículos?|incisos?|paragraphes?|alinéas?|no\.|n°|to|of|in|under"
    r"|by|\()\Z",
    re.IGNORECASE,
)
_JOINS = re.compile(r"(?<![;,:.] )\b(?:and|or|y|o|et|ou)\Z")
_ENDS = re.compile(r"[.;:!?\u2014\u2013,][\"\u201d\u2019)\]]*\Z|\b(?:and|or|y|o|et|ou)\Z")
_SENTENCE_END = re.compile(r"[.;:!?\u2014\u2013][\"\u201d\u2019)\]]*\Z")


def read_pdf(content: bytes, path: str, _revisions: str) -> DocumentText:
    """Return the paragraphs of a PDF document.

    Running heads, numbers of pages and lines, footnotes, comments and rotated text are left out.

    Raises NpcompareError if it is a scan, damaged, protected or too large, or PDFium is missing.
    """
    pages = read_pages(content, path)
    left_out = LeftOutCounts()
    lines = text_lines(pages.pages, left_out)
    notes = tuple(_notes(pages, path))
    words, size = _words(lines), _usual_size(lines)
    paragraphs = outlined(
        Line(_text(paragraph, words), is_heading=_is_heading(paragraph, size))
        for paragraph in _paragraphs(lines)
    )
    return DocumentText(paragraphs, left_out.listed(), notes)


def _notes(pages: Pages, path: str) -> Iterator[str]:
    """Yield what the user should know; raise NpcompareError if there is no usable text."""
    letters = [sum(len(run.text.strip()) for run in page.runs) for page in pages.pages]
    scanned = [
        number
        for number, (page, count) in enumerate(zip(pages.pages, letters, strict=True), 1)
        if page.has_pictures and count < _FEWEST_LETTERS
    ]
    if scanned and len(scanned) == len(
        [page for page in pages.pages if page.runs or page.has_pictures]
    ):
        raise NpcompareError(
            f"{path} is a scan: its pages are pictures and contain no text",
            "recognize the text first: open it in Word, which offers to convert it, or in a PDF "
            "program that recognizes text (OCR); then check the words against the original",
        )
    if pages.unknown > _MOST_UNKNOWN * sum(letters):
        raise NpcompareError(
            f"the letters of {path} are not known: its fonts do not say what they mean",
            "open it in Word, which offers to convert it, or recognize its text (OCR)",
        )
    if scanned:
        numbers = ", ".join(map(str, scanned))
        yield (
            f"{counted(len(scanned), 'page')} of {path} contain a picture and no text, and were "
            f"left out: {numbers}"
        )


def _usual_size(lines: Sequence[PageLine]) -> float:
    return median([line.size for line in lines for _ in line.text.split()] or [0])


def _paragraphs(lines: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    """Yield the lines of each paragraph."""
    pitch = _usual_pitch(lines)
    edges: defaultdict[int, float] = defaultdict(float)
    for line in lines:
        edges[line.column] = max(edges[line.column], line.right)
    paragraph: list[PageLine] = []
    for line in lines:
        if paragraph and not _continues(paragraph, line, pitch, edges[paragraph[-1].column]):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _usual_pitch(lines: Sequence[PageLine]) -> float:
    """Return the usual distance of two lines, in font sizes."""
    distances = [
        (above.baseline - below.baseline) / below.size
        for above, below in pairwise(lines)
        if above.column == below.column and above.baseline > below.baseline
    ]
    return median(distances) if distances else 1.2


def _continues(paragraph: Sequence[PageLine], line: PageLine, pitch: float, edge: float) -> bool:
    """Return whether a line belongs to the paragraph before it; the edge is that of its lines."""
    before = paragraph[-1]
    words = line.text.strip()
    is_divided = _HYPHEN.search(before.text.strip()) and words[0].islower()
    if is_divided or _is_label_alone(paragraph):
        return True
    is_other = abs(line.size - before.size) > (_LARGE - 1) * before.size
    is_row = "\t" in line.text and "\t" in before.text
    if is_other or is_row or line.is_bold != before.is_bold:
        return False
    if label := next(typed_labels(words), None):
        is_full = before.right + _width_of_first_word(line) > edge
        return _is_reference(label, words, paragraph, is_full=is_full)
    is_end = bool(_SENTENCE_END.search(before.text.strip()))
    goes_on = words[0].islower() and not is_end
    free = edge - before.right
    may_be_full = goes_on and free < _RAGGED * (edge - paragraph[0].left)
    if free > _width_of_first_word(line) and not may_be_full:
        return False
    if line.column != before.column:
        return words[0].islower() or not is_end
    distance = (before.baseline - line.baseline) / line.size
    is_near = 0 < distance <= _WIDE_PITCH * pitch
    return is_near and (not is_end or _is_aligned(paragraph, line))


def _is_label_alone(paragraph: Sequence[PageLine]) -> bool:
    """Return whether a paragraph has a label and no words yet."""
    text = paragraph[0].text.strip()
    ends = [label.end for label in typed_labels(text) if label.name]
    return len(paragraph) == 1 and ends[-1:] == [len(text)]


def _is_reference(
    label: TypedLabel, words: str, paragraph: Sequence[PageLine], *, is_full: bool
) -> bool:
    """Return whether a label at the beginning of a line belongs to the sentence before it."""
    text = paragraph[-1].text.strip()
    if _REFERS.search(text):
        return True
    is_dash = not label.name and words[0] in "-\u2013\u2014" and not _ENDS.search(text)
    may_refer = bool(is_dash or _JOINS.search(text))
    return is_full and may_refer and not _is_next(label, paragraph[0])


def _is_next(label: TypedLabel, line: PageLine) -> bool:
    """Return whether a label follows one at the beginning of a line: (b) after (a)."""
    return any(
        (look, value - 1) in before.readings
        for before in typed_labels(line.text.strip())
        for look, value in label.readings
    )


def _is_aligned(paragraph: Sequence[PageLine], line: PageLine) -> bool:
    """Return whether a line begins where the lines of a paragraph after the first one begin."""
    tolerance = _SAME_LEFT * line.size
    if len(paragraph) > 1:
        return abs(line.left - paragraph[-1].left) <= tolerance
    is_labelled = next(typed_labels(paragraph[0].text.strip()), None) is not None
    return is_labelled or line.left <= paragraph[0].left + tolerance


def _width_of_first_word(line: PageLine) -> float:
    text = line.text.strip()
    return (line.right - line.left) / len(text) * (len(text.split(None, 1)[0]) + 1)


class _Words(Struct, frozen=True):
    """The words of a document, and those with a hyphen that are on one line."""

    whole: frozenset[str]
    compounds: frozenset[str]


def _words(lines: Sequence[PageLine]) -> _Words:
    text = "\n".join(line.text for line in lines).casefold()
    return _Words(
        frozenset(re.findall(r"[^\W\d_]+", text)),
        frozenset(re.findall(r"[^\W\d_]+-[^\W\d_]+", text)),
    )


def _text(paragraph: Sequence[PageLine], words: _Words) -> str:
    """Return the words of a paragraph; a hyphen at the end of a line may divide a word."""
    text = ""
    for line in paragraph:
        after = line.text.strip().translate(_LIGATURES)
        first, second = _HYPHEN.search(text), _FIRST_WORD.match(after)
        if first and second:
            is_kept = _keeps_hyphen(first[1], second[0], words)
            text = f"{text[: first.end(1)]}{'-' if is_kept else ''}{after}"
        else:
            text = f"{text} {after}" if text else after
    return text


def _keeps_hyphen(first: str, second: str, words: _Words) -> bool:
    """Return whether the hyphen between two parts at the end of a line belongs to the word."""
    before, after = first.casefold(), second.casefold()
    if before + after in words.whole:
        return False
    is_name = second[0].isupper() and not first[-1].isupper()
    return f"{before}-{after}" in words.compounds or before in FIRST_PARTS or is_name


def _is_heading(paragraph: Sequence[PageLine], size: float) -> bool:
    """Return whether a paragraph is set as a heading: large or bold, short, and no sentence."""
    text = " ".join(line.text for line in paragraph).strip()
    is_set_apart = paragraph[0].size >= _LARGE * size or all(line.is_bold for line in paragraph)
    return is_set_apart and len(text.split()) <= _LONGEST_HEADING and not _ENDS.search(text)
