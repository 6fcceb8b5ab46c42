"""Word documents, written with python-docx into the styles and the page of styles.docx.

The parts of it: word_package opens and packs the file, word_styles gives it styles and a page,
word_template removes what may not travel with a house template, word_layout measures tables and
word_table writes them, word_text fills paragraphs, word_revisions tracks changes, word_picture adds
pictures and word_footer fills the foot of the pages.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from docx.shared import Cm, Emu, Pt
from msgspec.structs import replace

from npcompare.charts import UPRIGHT_CHARTS
from npcompare.document import TABLE_CAPTION, Cell, Run, cell
from npcompare.formats import word_earlier, word_picture
from npcompare.formats import word_styles as styles
from npcompare.formats.figures import selection
from npcompare.formats.figures.placing import common_scale, part_title
from npcompare.formats.language_scripts import note_runs
from npcompare.formats.registry import date_of
from npcompare.formats.word_anchors import LEGEND, mark_part, number_anchors
from npcompare.formats.word_fields import add_message
from npcompare.formats.word_footer import add_footer
from npcompare.formats.word_language import set_language
from npcompare.formats.word_layout import Area, Form, is_crowded, laid_out
from npcompare.formats.word_package import pack, set_core_properties, set_recipe
from npcompare.formats.word_revisions import (
    common_revision,
    number_revisions,
    track_paragraph_end,
)
from npcompare.formats.word_table import add_table
from npcompare.formats.word_text import add_paragraph, add_run, fill
from npcompare.messages import deferred, message
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from npcompare.document import Document, Table

#: The caption of a figure.
_FIGURE = deferred("Figure {number}. {title}")

#: The height that the caption of a picture needs on its page, and the heading of the document.
_CAPTION_HEIGHT = Cm(1.5)

#: The notes of a table that need no more than this part of a page are on one page.
_KEPT_FOOT = 1 / 2


def write(document: Document) -> bytes:
    """Return a document as a Word file: a new one, or an earlier one that is revised in place.

    Raises NpcompareError if the house template or the earlier file is damaged.
    """
    earlier: list[word_earlier.Block] = []
    is_house_font = bool(document.template)
    if document.template:
        word = styles.open_template(Path(document.template))
        _fit_page(word, document.tables)
    elif document.earlier and word_earlier.is_marked(document.earlier.content):
        word, earlier = word_earlier.open_earlier(document.earlier.content)
        is_house_font = not styles.has_own_font(word)
    else:
        word = styles.open_styles()
    is_turned = document.is_right_to_left
    _Annex(word, is_house_font=is_house_font, is_turned=is_turned).add(document)
    set_language(word, document)
    if earlier and document.earlier:
        word_earlier.weave(word, earlier, keeps_words=document.earlier.keeps_words)
    number_revisions(word.element.body, date_of(document))
    number_anchors(word.element.body)
    add_footer(word, document.imprint, is_right_to_left=is_turned)
    set_core_properties(word, document)
    set_recipe(word, document.recipe)
    return pack(word)


def _fit_page(word: WordDocument, tables: Sequence[Table]) -> None:
    """Turn the page of a house template, or make the text of tables smaller, if they need it."""
    can_turn = not _is_landscape(word)
    form = _turn_for_tables(word, tables, can_turn=can_turn)
    if form[0] < Form.TWO_LINES.value or not styles.make_text_smaller(word):
        return
    if _turn_for_tables(word, tables, can_turn=can_turn) >= form:
        styles.make_text_usual(word)
        _turn_for_tables(word, tables, can_turn=can_turn)


def _turn_for_tables(
    word: WordDocument, tables: Sequence[Table], *, can_turn: bool
) -> tuple[int, bool]:
    """Turn a portrait page if its tables are then easier to read; return the form of the worst."""
    if can_turn and _is_landscape(word):
        styles.turn_page(word)
    form = _worst_form(tables, _area(word, is_house_font=True))
    if not can_turn:
        return form
    styles.turn_page(word)
    turned_form = _worst_form(tables, _area(word, is_house_font=True))
    if turned_form >= form:
        styles.turn_page(word)
    return min(form, turned_form)


def _worst_form(tables: Iterable[Table], area: Area) -> tuple[int, bool]:
    """Return the form that is hardest to read, and whether names in it are crowded."""
    layouts = [(table, laid_out(table, area)) for table in tables]
    return max(
        ((layout.form.value, is_crowded(table, layout, area)) for table, layout in layouts),
        default=(0, False),
    )


def _area(word: WordDocument, *, is_house_font: bool) -> Area:
    """Return the room on the last page of a document."""
    return Area.of(styles.text_area(word), styles.font_size(word), is_house_font=is_house_font)


class _Annex:
    """Adds the headings, captions, tables, notes and pictures of an annex to a Word document."""

    def __init__(self, word: WordDocument, *, is_house_font: bool, is_turned: bool) -> None:
        self._word = word
        self._is_turned = is_turned
        self._is_house_font = is_house_font
        #: How many captions of each kind there are so far.
        self._captions: Counter[str] = Counter()

    def add(self, document: Document) -> None:
        """Add all of a document; a figure is before the table that it shows."""
        first_figure = document.tables[0].figure if document.tables else None
        # An annex, which has a recipe, may be revised in place later: its pages stay as they are.
        is_tall = isinstance(first_figure, UPRIGHT_CHARTS) and not document.recipe
        if is_tall and _is_landscape(self._word):
            styles.turn_page(self._word)
        self._add_heading(document)
        for number, table in enumerate(document.tables):
            self._add_pictures(document, number, below_heading=number == 0)
            if is_tall and number == 0:
                # The figure says on a page or two what the table says over several.
                styles.start_page(self._word)
                if not _is_landscape(self._word):
                    styles.turn_page(self._word)
            self._add_table(table, number + 1)

    def _add_heading(self, document: Document) -> None:
        heading = add_paragraph(self._word, styles.HEADING)
        if document.number:
            heading.add_run(visible(document.number)).add_break()
        heading.add_run(visible(document.title))
        mark_part(heading._p, 0, word_earlier.HEADING)  # noqa: SLF001

    def _add_table(self, table: Table, number: int) -> None:
        caption = self._add_caption("Table", TABLE_CAPTION, table.title)
        mark_part(caption._p, number, word_earlier.CAPTION)  # noqa: SLF001
        for place, text in enumerate(table.revised_headnote or _unrevised([table.headnote])):
            headnote = add_paragraph(self._word, styles.HEADNOTE)
            add_run(headnote, visible(text.text), revision=common_revision([text]))
            track_paragraph_end(headnote._p, common_revision([text]))  # noqa: SLF001
            headnote.paragraph_format.keep_with_next = True
            mark_part(headnote._p, number, word_earlier.HEADNOTE, place)  # noqa: SLF001
        ends_low = True
        if table.rows:
            area = _area(self._word, is_house_font=self._is_house_font)
            added = add_table(self._word, table, number, area, is_turned=self._is_turned)
            ends_low = added.ends_low
            if added.legend:
                paragraph = add_paragraph(self._word, styles.REMARK, visible(added.legend))
                mark_part(paragraph._p, number, LEGEND)  # noqa: SLF001
        else:
            placeholder = add_paragraph(self._word, styles.TEXT, message("(none)"))
            mark_part(placeholder._p, number, word_earlier.GRID)  # noqa: SLF001
        self._add_foot(table, number, ends_low=ends_low)

    def _add_foot(self, table: Table, number: int, *, ends_low: bool) -> None:
        """Add the remarks and notes below a table; few are on one page with a low last row."""
        notes = table.revised_notes or tuple(
            Cell((Run("", marks=(letter,)), *note_runs(text, table)))
            for letter, text in table.notes
        )
        remarks = table.revised_remarks or _unrevised(table.remarks)
        area = _area(self._word, is_house_font=self._is_house_font)
        lines = sum(len(text.text) // area.line + 1 for text in (*remarks, *notes))
        is_kept = ends_low and lines < area.lines * _KEPT_FOOT
        paragraphs = []
        for place, remark in enumerate(remarks):
            paragraph = add_paragraph(self._word, styles.REMARK)
            revision = common_revision([remark])
            runs = (replace(run, revision=revision) for run in note_runs(remark.text, table))
            fill(paragraph, Cell(tuple(runs)))
            track_paragraph_end(paragraph._p, revision)  # noqa: SLF001
            mark_part(paragraph._p, number, word_earlier.REMARK, place)  # noqa: SLF001
            paragraphs.append(paragraph)
        paragraphs += [self._add_note(note, number, place) for place, note in enumerate(notes)]
        for paragraph in paragraphs[:-1] if is_kept else ():
            paragraph.paragraph_format.keep_with_next = True

    def _add_note(self, note: Cell, table: int, place: int) -> Paragraph:
        """Add a note, and return the last of its paragraphs.

        A tab is after its letters, and before each of its further lines.
        """
        first = add_paragraph(self._word, styles.NOTE)
        letters = [run for run in note.runs if run.marks]
        words = [run for run in note.runs if not run.marks]
        words[:1] = [replace(run, text=run.text.lstrip(" ")) for run in words[:1]]
        fill(first, Cell(tuple(letters)))
        if letters:
            add_run(first, "\t", revision=common_revision([note]))
        last = fill(first, Cell(tuple(words)), start="\t")
        track_paragraph_end(last._p, common_revision([note]))  # noqa: SLF001
        mark_part(first._p, table, word_earlier.NOTE, place)  # noqa: SLF001
        return last

    def _add_pictures(
        self, document: Document, number: int, *, below_heading: bool = False
    ) -> None:
        """Add the pictures of a table that can be one, as large as a page allows them all."""
        width, height = styles.text_area(self._word)
        height -= _CAPTION_HEIGHT * (2 if below_heading else 1)
        is_upright = width < height
        pictures = selection.pages(document, number, is_upright=is_upright)
        if not pictures:
            return
        scale = int(common_scale(pictures, (Emu(width).pt, Emu(height).pt)) * Pt(1))
        for place, picture in enumerate(pictures):
            caption = self._add_caption("Figure", _FIGURE, part_title(document, number, picture))
            mark_part(caption._p, number + 1, word_earlier.FIGURE, 2 * place)  # noqa: SLF001
            word_picture.add(self._word, picture, scale)
            paragraph = self._word.paragraphs[-1]
            mark_part(paragraph._p, number + 1, word_earlier.FIGURE, 2 * place + 1)  # noqa: SLF001

    def _add_caption(self, kind: str, words: str, title: str) -> Paragraph:
        """Add a caption whose number is a field, so that Word counts it again after an edit.

        Args:
            kind: The name of the numbering in Word.
            words: The English message with {number} and {title}.
            title: The title.
        """
        self._captions[kind] += 1
        caption = add_paragraph(self._word, styles.CAPTION)
        # Whatever the style of a house says, a caption is on the page of its table or figure.
        caption.paragraph_format.keep_with_next = True
        fields = {"number": (f"SEQ {kind} \\* ARABIC", str(self._captions[kind]))}
        add_message(caption, words, fields, title=visible(title))
        return caption


def _unrevised(texts: Iterable[str]) -> list[Cell]:
    return [cell(text) for text in texts if text]


def _is_landscape(word: WordDocument) -> bool:
    width, height = styles.text_area(word)
    return width > height
