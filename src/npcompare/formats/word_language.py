"""The language of a Word file: the tag of its own text and, for Arabic, its direction.

Word has the direction of text in many places: of tables, of paragraphs, of runs and of sections. In
a paragraph from right to left, words in Latin letters are runs of their own.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from npcompare.formats import word_styles as styles
from npcompare.formats.language_scripts import (
    Language,
    Script,
    directions,
    has_loose_edge,
    is_left_to_right,
    language_of,
)
from npcompare.formats.word_text import AFTER_BIDI
from npcompare.formats.word_xml import element, qn
from npcompare.text import JOINER, is_right_to_left
from npcompare.text import LEFT_TO_RIGHT_MARK as MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from npcompare.document import Document

#: The properties of a run in a script such as Arabic, and those for other scripts that they repeat.
_COMPLEX = {"b": "bCs", "sz": "szCs"}

#: How much larger Arabic type is, in half points, as its letters are smaller in type of one size.
_LARGER = 2

#: What follows in the properties of a table and of a section.
_AFTER_VISUAL = (
    *("w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblCellSpacing"),
    *("w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"),
    *("w:tblCaption", "w:tblDescription", "w:tblPrChange"),
)
_AFTER_SECTION_BIDI = ("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")

_TEXTS = (qn("w:t"), qn("w:delText"))

#: A number and the characters that are joined to it.
_JOINED = re.compile(f"(.{JOINER}[0-9]+(?:{JOINER}.)?|[0-9]+{JOINER}.)")

#: The tag of no language in Word.
_NO_LANGUAGE = "x-none"

#: The styles of what is below a table.
_BELOW = (styles.NOTE, styles.REMARK)


def set_language(word: WordDocument, document: Document) -> None:
    """Give the new text of a file the language and the direction of its document."""
    language = language_of(document.language)
    is_new = not (document.template or document.earlier)
    if is_new:
        _set_default(word, language)
    if document.is_right_to_left:
        _turn_styles(word, larger=_LARGER if is_new else 0)
        turn(word, word.element.body)
        for section in word.sections:
            _turn_section(section._sectPr)  # noqa: SLF001
    if language.script is Script.EAST_ASIAN:
        for run in _own_words(word, word.element.body):
            # Quotation marks, which other scripts have too, are printed in the same font.
            run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
            _keep_numbers(run)
    if not has_language(word, language):
        for run in _own_runs(word.element.body):
            run.get_or_add_rPr().append(element("w:lang", **{language.script: language.tag}))


def _keep_numbers(run: Any) -> None:
    """Let the joined numbers of a run without a language be runs in no language.

    LibreOffice has rules of its own for the ends of lines in Chinese, which ignore joiners.
    """
    texts = run.findall(qn("w:t"))
    if len(texts) != 1 or len(run) - (run.rPr is not None) != 1 or JOINER not in texts[0].text:
        return
    parts = _JOINED.split(texts[0].text)
    for place, words in enumerate(parts):
        if not words:
            continue
        part = deepcopy(run)
        _set_words(part, words)
        run.addprevious(part)
        if place % 2:
            part.get_or_add_rPr().append(element("w:lang", eastAsia=_NO_LANGUAGE))
    run.getparent().remove(run)


def has_language(word: WordDocument, language: Language) -> bool:
    """Return whether text without a language is in this one."""
    path = f"w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:{language.script}"
    return bool(word.styles.element.xpath(path) == [language.tag])


def turn(word: WordDocument, part: Any) -> None:
    """Let the tables, paragraphs and runs of a part of a file run from right to left."""
    for table in part.iter(qn("w:tbl")):
        table.tblPr.insert_element_before(element("w:bidiVisual"), *_AFTER_VISUAL)
    for paragraph in part.iter(qn("w:p")):
        _turn_paragraph(word, paragraph)


def _own_runs(part: Any) -> Iterator[Any]:
    """Yield the runs without a language: those of our own text."""
    for run in list(part.iter(qn("w:r"))):
        if run.rPr is None or run.rPr.find(qn("w:lang")) is None:
            yield run


def _own_words(word: WordDocument, part: Any) -> Iterator[Any]:
    """Yield the runs of our own text other than the letters of notes, which are Latin."""
    mark = word.styles[styles.MARK].style_id
    for run in _own_runs(part):
        if run.style != mark:
            yield run


def _set_default(word: WordDocument, language: Language) -> None:
    """Let the styles of a new file be for a language."""
    if language.script is not Script.SIMPLE:
        _embolden(word)
    (default,) = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    default.set(qn(f"w:{language.script}"), language.tag)


def _embolden(word: WordDocument) -> None:
    """Let styles that are italic be bold, in a script that has no italics."""
    for name, bold in (("w:i", "w:b"), ("w:iCs", "w:bCs")):
        for italic in list(word.styles.element.iter(qn(name))):
            if italic.get(qn("w:val")) is None:
                italic.tag = qn(bold)


def _turn_section(properties: Any) -> None:
    if properties.find(qn("w:bidi")) is None:
        properties.insert_element_before(element("w:bidi"), *_AFTER_SECTION_BIDI)


def _turn_styles(word: WordDocument, larger: int) -> None:
    """Give styles the properties for Arabic letters that they have for Latin ones.

    Args:
        word: The file.
        larger: How much larger Arabic letters become, in half points.
    """
    for properties in word.styles.element.iter(qn("w:rPr")):
        for name, complex_name in _COMPLEX.items():
            simple = properties.find(qn(f"w:{name}"))
            if simple is not None and properties.find(qn(f"w:{complex_name}")) is None:
                counterpart = deepcopy(simple)
                counterpart.tag = qn(f"w:{complex_name}")
                simple.addnext(counterpart)
        for size in properties.findall(qn("w:szCs")):
            if size.get(qn("w:val"), "").isdecimal():
                size.set(qn("w:val"), str(int(size.get(qn("w:val"))) + larger))


def _turn_paragraph(word: WordDocument, paragraph: Any) -> None:
    """Let a paragraph run from right to left, unless it is a quotation that does not."""
    properties = paragraph.get_or_add_pPr()
    texts = "".join(text.text or "" for text in paragraph.iter(*_TEXTS))
    own_runs = list(_own_words(word, paragraph))
    own = "".join(text for run in own_runs for text in _words(run))
    # A note that is not translated stays beside its letter.
    is_below = paragraph.style in {word.styles[name].style_id for name in _BELOW}
    is_quotation = bool(texts.strip()) and not own.strip() and not is_below
    if properties.find(qn("w:bidi")) is None and (not is_quotation or is_right_to_left(texts)):
        properties.insert_element_before(element("w:bidi"), *AFTER_BIDI)
    for run in own_runs:
        _turn_run(run)
    if not is_quotation:
        for run in list(paragraph.iter(qn("w:r"))):
            _isolate(run)


def _isolate(run: Any) -> None:
    """Keep the signs at both ends of a quotation beside it, in a paragraph from right to left."""
    is_quoted = run.rPr is not None and run.rPr.find(qn("w:lang")) is not None
    if is_quoted and is_left_to_right(words := "".join(_words(run))) and has_loose_edge(words):
        # Word has an element for this, which LibreOffice does not read.
        texts = list(run.iter(*_TEXTS))
        texts[0].text = f"{MARK}{texts[0].text}"
        texts[-1].text = f"{texts[-1].text}{MARK}"


def _words(run: Any) -> Iterator[str]:
    return (text.text or "" for text in run.iter(*_TEXTS))


def _turn_run(run: Any) -> None:
    """Let a run run from right to left; words in Latin letters become runs of their own."""
    content = [child for child in run if child.tag != qn("w:rPr")]
    if len(content) != 1 or content[0].tag not in _TEXTS:
        run.get_or_add_rPr().get_or_add_rtl()
        return
    parts = list(directions(content[0].text or ""))
    last = run
    for number, (words, is_turned) in enumerate(parts):
        part = run if number == len(parts) - 1 else deepcopy(run)
        if part is not run:
            last.addprevious(part)
        is_marked = not is_turned and has_loose_edge(words)
        _set_words(part, f"{MARK}{words}{MARK}" if is_marked else words)
        properties = part.get_or_add_rPr()
        properties._remove_rtl()  # noqa: SLF001
        if is_turned:
            properties.get_or_add_rtl()


def _set_words(run: Any, words: str) -> None:
    (text,) = run.iter(*_TEXTS)
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
