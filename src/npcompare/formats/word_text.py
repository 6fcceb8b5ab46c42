"""Text in Word: the runs of a cell with their styles, languages, note marks and revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from msgspec.structs import replace

from npcompare.document import Tone, is_right_to_left
from npcompare.formats import word_styles as styles
from npcompare.formats.plain import bracketed
from npcompare.formats.word_revisions import track_paragraph_end, track_run
from npcompare.formats.word_xml import element
from npcompare.text import visible

if TYPE_CHECKING:
    from docx.table import _Cell as TableCell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run as WordRun

    from npcompare.document import Cell, Run

_TONE_STYLES = {
    Tone.STRONG: styles.STRONG,
    Tone.QUOTE: styles.LAW,
    Tone.INSERTED: styles.INSERTED,
    Tone.DELETED: styles.DELETED,
}


def fill_cell(place: TableCell, cell: Cell, *, is_first: bool) -> None:
    """Put a cell into its place in a table; one at the start of a row may be the row's stub."""
    paragraph = place.paragraphs[0]
    if is_first and cell.runs and all(run.tone is Tone.STRONG for run in cell.runs):
        paragraph.style = styles.STUB
        # The style of the paragraph is bold, and bold within bold is not bold in Word.
        cell = replace(cell, runs=tuple(replace(run, tone=Tone.PLAIN) for run in cell.runs))
    else:
        paragraph.style = styles.TEXT
    fill(paragraph, cell)


def fill(paragraph: Paragraph, cell: Cell) -> Paragraph:
    """Put a cell into a paragraph and, for each line break, one more; return the last."""
    for run in cell.runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                track_paragraph_end(paragraph._p, run.revision)  # noqa: SLF001
                paragraph = _following(paragraph)
            if line:
                _add_text(paragraph, replace(run, text=line))
        if run.marks:
            marks = paragraph.add_run(", ".join(map(visible, run.marks)), styles.MARK)
            track_run(marks._r, run.revision)  # noqa: SLF001
    return paragraph


def _following(paragraph: Paragraph) -> Paragraph:
    """Return a new paragraph of the same style, at the end of the cell or document."""
    following: Paragraph = paragraph._parent.add_paragraph(style=paragraph.style)  # type: ignore[attr-defined]  # noqa: SLF001
    return following


def _add_text(paragraph: Paragraph, run: Run) -> None:
    """Add one line of a run to a paragraph."""
    word_run = paragraph.add_run(visible(bracketed(run)), _TONE_STYLES.get(run.tone))
    is_rtl = is_right_to_left(run.text)
    if run.language:
        _set_language(word_run, run.language, is_rtl=is_rtl)
    if is_rtl:
        word_run.font.rtl = True
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        if properties.find(qn("w:bidi")) is None:
            properties.append(element("w:bidi"))
    track_run(word_run._r, run.revision)  # noqa: SLF001


def _set_language(run: WordRun, language: str, *, is_rtl: bool) -> None:
    attribute = "bidi" if is_rtl else "val"
    run._r.get_or_add_rPr().append(element("w:lang", **{attribute: language}))  # noqa: SLF001
