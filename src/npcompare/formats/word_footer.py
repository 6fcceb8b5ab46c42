"""The foot of each page in Word: its number, and what the annex was made with.

The foot of a house template is never changed; only an empty one is filled. The line on what the
annex was made with is named by a hidden bookmark, so that a revised annex has the current one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.formats import word_styles as styles
from npcompare.formats.word_anchors import mark_part, part_names, text_digest
from npcompare.formats.word_earlier import MADE_WITH
from npcompare.formats.word_fields import add_message
from npcompare.formats.word_language import turn
from npcompare.formats.word_xml import qn
from npcompare.messages import deferred
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.section import Section, _Footer

#: What a reader sees in a foot.
_CONTENT = tuple(
    map(
        qn,
        (
            *("w:drawing", "w:pict", "w:object", "w:fldChar", "w:fldSimple", "w:sym", "w:tbl"),
            *("w:pgNum", "w:ptab", "m:oMath"),
        ),
    )
)

#: The number of the bookmark, before those that are in the body.
_NUMBER = "6999"


def add_footer(word: WordDocument, provenance: str, *, is_right_to_left: bool = False) -> None:
    """Add page numbers and a provenance line to every page, unless its foot has other content.

    The provenance line of an earlier annex is replaced, unless people have changed its words.
    """
    if not provenance:
        return
    own_lines = [line for footer in _defined_footers(word) for line in _own_lines(footer)]
    for line, is_reworded in own_lines:
        if not is_reworded:
            _replace_text(line, visible(provenance))
    footers = list(_defined_footers(word))
    if own_lines or any(map(_has_content, footers)):
        return
    section = word.sections[0]
    _leave_room(section)
    for footer in _shown_footers(word, section):
        _fill(footer, visible(provenance))
        if is_right_to_left:
            turn(word, footer._element)  # noqa: SLF001


def _shown_footers(word: WordDocument, section: Section) -> Iterator[_Footer]:
    """Yield the footers that the pages of a section show."""
    yield section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_footer
    if word.settings.odd_and_even_pages_header_footer:
        yield section.even_page_footer


def _defined_footers(word: WordDocument) -> Iterator[_Footer]:
    for section in word.sections:
        for footer in (section.footer, section.first_page_footer, section.even_page_footer):
            if not footer.is_linked_to_previous:
                yield footer


def _has_content(footer: _Footer) -> bool:
    root = footer._element  # noqa: SLF001
    texts = (node.text or "" for node in root.iter(qn("w:t")))
    return bool("".join(texts).strip()) or next(root.iter(*_CONTENT), None) is not None


def _own_lines(footer: _Footer) -> Iterator[tuple[Any, bool]]:
    """Yield the provenance lines of an earlier annex, and whether their words were changed."""
    for paragraph in footer._element.iter(qn("w:p")):  # noqa: SLF001
        for name in part_names(paragraph):
            if name.kind == MADE_WITH:
                yield paragraph, name.digest != text_digest(paragraph)


def _leave_room(section: Section) -> None:
    """Move a foot that begins at the edge of the paper up, to where printers print."""
    margin = section.bottom_margin or 0
    if not section.footer_distance:
        section.footer_distance = margin // 2


def _fill(footer: _Footer, provenance: str) -> None:
    footer.is_linked_to_previous = False
    number = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
    number.style = styles.FOOTER
    fields = {"number": ("PAGE", "1"), "count": ("NUMPAGES", "1")}
    add_message(number, deferred("Page {number} of {count}"), fields)
    line = footer.add_paragraph(provenance, styles.PROVENANCE)
    _mark(line._p)  # noqa: SLF001


def _replace_text(paragraph: Any, text: str) -> None:
    for child in paragraph:
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
    run = paragraph.add_r()
    run.text = text
    _mark(paragraph)


def _mark(paragraph: Any) -> None:
    mark_part(paragraph, 0, MADE_WITH)
    for mark in paragraph.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        mark.set(qn("w:id"), _NUMBER)
