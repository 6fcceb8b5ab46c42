"""Text in Word: the runs of a cell with their styles, languages, note marks and revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from npcompare.document import Tone
from npcompare.formats import word_styles as styles
from npcompare.formats.word_revisions import track_paragraph_end, track_run
from npcompare.formats.word_xml import append_block, element, run_of
from npcompare.messages import main_language
from npcompare.text import is_right_to_left, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument
    from docx.table import _Cell as TableCell

    from npcompare.document import Cell, Run

_TONE_STYLES = {
    Tone.STRONG: styles.STRONG,
    Tone.QUOTE: styles.LAW,
    Tone.ASIDE: styles.ASIDE,
    Tone.INSERTED: styles.INSERTED,
    Tone.DELETED: styles.DELETED,
}

#: The tones of a redline, which are tracked changes in Word.
_REVISIONS = frozenset({Tone.INSERTED, Tone.DELETED})

#: Languages whose characters are those of East Asian fonts; their scripts have no italics.
_EAST_ASIAN = frozenset({"zh", "ja", "ko"})

#: The region by which Word knows a language whose tag has none.
_REGIONS = {"zh": "zh-CN", "ja": "ja-JP", "ko": "ko-KR", "en": "en-GB"}

#: What follows the direction of a paragraph in its properties.
AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
    "w:pPrChange",
)


def add_paragraph(word: WordDocument, style: str, text: str = "") -> Paragraph:
    """Add a paragraph at the end of a document, and return it."""
    paragraph = Paragraph(element("w:p"), word._body)  # noqa: SLF001
    append_block(word.element.body, paragraph._p)  # noqa: SLF001
    styles.set_style(paragraph, style)
    if text:
        add_run(paragraph, text)
    return paragraph


def add_run(
    paragraph: Paragraph,
    text: str,
    style: str = "",
    properties: Iterable[Any] = (),
    *,
    revision: Tone | None = None,
) -> None:
    """Add a run at the end of a paragraph.

    Args:
        paragraph: The paragraph.
        text: The text, without characters that XML does not allow.
        style: The name of its style, if it has one.
        properties: Its further properties, in the order that Word requires.
        revision: Whether it is inserted or deleted, if its changes are tracked.
    """
    run = run_of(text, [*styles.run_style(paragraph, style), *properties])
    paragraph._p.append(run)  # noqa: SLF001
    track_run(run, revision)


def fill_cell(place: TableCell, cell: Cell, style: str, *, is_first: bool) -> None:
    """Put a cell into its place in a table; one at the start of a row may be the row's stub."""
    paragraph = place.paragraphs[0]
    if is_first and cell.runs and all(run.tone is Tone.STRONG for run in cell.runs):
        styles.set_style(paragraph, styles.STUB)
        # The style of the paragraph is bold, and bold within bold is not bold in Word.
        cell = cell.map_runs(lambda run: replace(run, tone=Tone.PLAIN))
    else:
        styles.set_style(paragraph, style)
    fill(paragraph, cell)


def fill(paragraph: Paragraph, cell: Cell, start: str = "") -> Paragraph:
    """Put a cell into a paragraph and, for each line break, one more; return the last.

    Each further paragraph begins with `start`.
    """
    words = ""
    for run in cell.runs:
        revision = _revision(run)
        for number, line in enumerate(run.text.split("\n")):
            if number:
                _set_direction(paragraph, words)
                words = ""
                track_paragraph_end(paragraph._p, revision)  # noqa: SLF001
                paragraph = _following(paragraph)
                if start:
                    add_run(paragraph, start, revision=revision)
            if line:
                words += line
                _add_text(paragraph, replace(run, text=line))
        if run.marks:
            add_run(paragraph, visible(run.mark_text), styles.MARK, revision=run.revision)
    _set_direction(paragraph, words)
    return paragraph


def _revision(run: Run) -> Tone | None:
    """Return how a run is tracked: since an earlier annex, or as part of a redline."""
    return run.revision or (run.tone if run.tone in _REVISIONS else None)


def _following(paragraph: Paragraph) -> Paragraph:
    """Return a new paragraph of the same style after another one."""
    following = Paragraph(element("w:p"), paragraph._parent)  # noqa: SLF001
    paragraph._p.addnext(following._p)  # noqa: SLF001
    following._p.style = paragraph._p.style  # noqa: SLF001
    return following


def _set_direction(paragraph: Paragraph, words: str) -> None:
    """Let a paragraph run from right to left if its words do."""
    if is_right_to_left(words):
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        properties.insert_element_before(element("w:bidi"), *AFTER_BIDI)


def _add_text(paragraph: Paragraph, run: Run) -> None:
    """Add one line of a run to a paragraph."""
    language = main_language(run.language)
    style = _TONE_STYLES.get(run.tone, "")
    if style == styles.LAW and language in _EAST_ASIAN:
        style = styles.UPRIGHT_LAW
    properties = []
    if language in _EAST_ASIAN:
        # Quotation marks, which other scripts have too, are printed in the same font.
        properties.append(element("w:rFonts", hint="eastAsia"))
    if is_right_to_left(run.text):
        properties.append(element("w:rtl"))
    if run.language:
        properties.append(_language(run.language, run.text))
    add_run(paragraph, visible(run.text), style, properties, revision=_revision(run))


def _language(tag: str, text: str) -> Any:
    """Return the element that names the language of a text in the script that it is in."""
    if main_language(tag) in _EAST_ASIAN:
        attribute = "eastAsia"
    else:
        attribute = "bidi" if is_right_to_left(text) else "val"
    return element("w:lang", **{attribute: _REGIONS.get(tag, tag)})
