"""Word documents, written with python-docx into the styles and the page of styles.docx.

The parts of it: word_package opens and packs the file, word_styles gives it styles and a page,
word_template removes what may not travel with a house template, word_table lays tables, word_text
fills paragraphs, word_revisions tracks changes and word_picture adds pictures.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from docx.shared import Cm, Pt

from npcompare.charts import SignTable
from npcompare.document import Cell, Run
from npcompare.formats import word_earlier, word_picture
from npcompare.formats import word_styles as styles
from npcompare.formats.figures import selection
from npcompare.formats.word_anchors import mark_part, number_anchors
from npcompare.formats.word_package import pack, set_core_properties, set_recipe
from npcompare.formats.word_revisions import (
    common_revision,
    number_revisions,
    track_paragraph_end,
)
from npcompare.formats.word_table import add_table, characters, fits
from npcompare.formats.word_text import fill
from npcompare.formats.word_xml import element
from npcompare.text import visible

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from npcompare.document import Document, Table

#: How many rows of a matrix go into one picture, so that it can be read in print.
_PICTURE_ROWS = 16

#: The height that the caption of a picture needs on its page, and the heading of the document.
_CAPTION_HEIGHT = Cm(1.5)


def write(document: Document) -> bytes:
    """Return a document as a Word file: a new one, or an earlier one that is revised in place."""
    earlier: list[word_earlier.Block] = []
    is_house_font = bool(document.template)
    if document.template:
        word = styles.open_template(Path(document.template))
        width, height = styles.text_area(word)
        line = characters(width, is_house_font=True)
        if width < height and not all(fits(table, line) for table in document.tables):
            styles.turn_page(word)
    elif document.earlier and word_earlier.is_marked(document.earlier.content):
        word, earlier = word_earlier.open_earlier(document.earlier.content)
        is_house_font = not styles.has_own_font(word)
    else:
        word = styles.open_styles()
    _Annex(word, is_house_font=is_house_font).add(document)
    if earlier and document.earlier:
        word_earlier.weave(word, earlier, keeps_words=document.earlier.keeps_words)
    number_revisions(word.element.body)
    number_anchors(word.element.body)
    set_core_properties(word, document)
    set_recipe(word, document.recipe)
    return pack(word)


class _Annex:
    """Adds the headings, captions, tables, notes and pictures of an annex to a Word document."""

    def __init__(self, word: WordDocument, *, is_house_font: bool) -> None:
        self._word = word
        self._is_house_font = is_house_font
        #: How many captions of each kind there are so far.
        self._captions: Counter[str] = Counter()

    def add(self, document: Document) -> None:
        """Add all of a document."""
        first_figure = document.tables[0].figure if document.tables else None
        # An annex, which has a recipe, may be revised in place later: its pages stay as they are.
        is_tall = isinstance(first_figure, SignTable) and not document.recipe
        is_landscape = _is_landscape(self._word)
        if is_tall and is_landscape:
            styles.turn_page(self._word)
        self._add_heading(document)
        if is_tall:
            # The figure says on a page or two what the table says over several.
            self._add_pictures(document, 0, below_heading=True)
            styles.start_page(self._word)
            if not _is_landscape(self._word):
                styles.turn_page(self._word)
        for number, table in enumerate(document.tables):
            self._add_table(table, number + 1)
            if number or not is_tall:
                self._add_pictures(document, number)
        if document.provenance:
            line = self._word.add_paragraph(visible(document.provenance), styles.NOTE)
            mark_part(line._p, 0, word_earlier.MADE_WITH)  # noqa: SLF001

    def _add_heading(self, document: Document) -> None:
        heading = self._word.add_paragraph(style=styles.HEADING)
        if document.number:
            heading.add_run(visible(document.number)).add_break()
        heading.add_run(visible(document.title))
        mark_part(heading._p, 0, word_earlier.HEADING)  # noqa: SLF001

    def _add_table(self, table: Table, number: int) -> None:
        caption = self._add_caption("Table", table.title)
        mark_part(caption._p, number, word_earlier.CAPTION)  # noqa: SLF001
        if table.headnote:
            headnote = self._word.add_paragraph(visible(table.headnote), styles.NOTE)
            headnote.paragraph_format.keep_with_next = True
            headnote.paragraph_format.space_after = Pt(4)
            mark_part(headnote._p, number, word_earlier.HEADNOTE)  # noqa: SLF001
        width, _ = styles.text_area(self._word)
        if table.rows:
            line = characters(width, is_house_font=self._is_house_font)
            add_table(self._word, table, number, width, line)
        else:
            placeholder = self._word.add_paragraph("(none)", styles.TEXT)
            mark_part(placeholder._p, number, word_earlier.GRID)  # noqa: SLF001
        for place, note in enumerate(table.revised_notes or map(_note, table.notes)):
            self._add_note(note, number, place)
        for place, remark in enumerate(table.remarks):
            paragraph = self._word.add_paragraph(visible(remark), styles.NOTE)
            mark_part(paragraph._p, number, word_earlier.REMARK, place)  # noqa: SLF001

    def _add_note(self, note: Cell, table: int, place: int) -> None:
        first = self._word.add_paragraph(style=styles.NOTE)
        last = fill(first, note)
        track_paragraph_end(last._p, common_revision([note]))  # noqa: SLF001
        mark_part(first._p, table, word_earlier.NOTE, place)  # noqa: SLF001

    def _add_pictures(
        self, document: Document, number: int, *, below_heading: bool = False
    ) -> None:
        """Add the pictures of a table that can be one, each as large as a page allows."""
        width, height = styles.text_area(self._word)
        height -= _CAPTION_HEIGHT * (2 if below_heading else 1)
        is_upright = width < height
        pictures = selection.pages(document, number, _PICTURE_ROWS, is_upright=is_upright)
        for place, picture in enumerate(pictures):
            title = f"{document.tables[number].title}: {picture.part}"
            caption = self._add_caption("Figure", title)
            mark_part(caption._p, number + 1, word_earlier.FIGURE, 2 * place)  # noqa: SLF001
            word_picture.add(self._word, picture, (width, height))
            paragraph = self._word.paragraphs[-1]
            mark_part(paragraph._p, number + 1, word_earlier.FIGURE, 2 * place + 1)  # noqa: SLF001

    def _add_caption(self, kind: str, title: str) -> Paragraph:
        """Add a caption whose number is a field, so that Word counts it again after an edit."""
        self._captions[kind] += 1
        caption = self._word.add_paragraph(style=styles.CAPTION)
        caption.add_run(f"{kind} ")
        _add_field(caption, f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))
        caption.add_run(f". {visible(title)}")
        return caption


def _is_landscape(word: WordDocument) -> bool:
    width, height = styles.text_area(word)
    return width > height


def _add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """Add a field and the result that it has until Word updates it."""
    field = element("w:fldSimple", instr=f" {code} ")
    field.append(paragraph.add_run(result)._r)  # noqa: SLF001
    paragraph._p.append(field)  # noqa: SLF001


def _note(note: tuple[str, str]) -> Cell:
    letter, text = note
    return Cell((Run("", marks=(letter,)), Run(f" {text}")))
