"""PDF files, set with Typst: the page is page.typ, into which the document goes as JSON.

The text of a document is only ever a string of Typst, never its code. The files are tagged for
screen readers (PDF/UA-1).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from npcompare.charts import SignTable
from npcompare.document import TABLE_CAPTION, Run
from npcompare.errors import NpcompareError
from npcompare.formats.column_widths import PAGE_LINE, column_shares
from npcompare.formats.headings import heading_rows, is_upright, label, spanners
from npcompare.formats.language_scripts import Script, directions, language_of, note_runs
from npcompare.installation import install_hint
from npcompare.messages import deferred, divided, message
from npcompare.text import is_right_to_left, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typst

    from npcompare.document import Document, Table

#: A letter of a word that may be broken where it is too long for a column: not a space or a hyphen.
_LETTER = r"[\x21-,.-\u024f]"

#: A word that has fewer letters too many than this is broken at a syllable, and not anywhere.
_HYPHENATED = 4

#: A word with more is broken after any of so many letters, at a space without width.
_STEP = 4
_BREAK = "\u200b"

#: The areas for a picture below its caption, on a page and on an upright one, in points.
_AREA, _UPRIGHT_AREA = (728, 385), (481, 615)

#: How often the page is set again after a character was replaced that no font has.
_ATTEMPTS = 4

#: The most characters of the foot of a page; the properties of the file have the whole text.
_LONGEST_FOOT = 400

#: The letters of a word that may be too long for the foot.
_FOOT_LINE = 60


def write(document: Document) -> bytes:
    """Return a document as a PDF file; raise NpcompareError if Typst is not installed."""
    try:
        import typst
    except ImportError as error:
        raise NpcompareError("PDF needs the package typst", install_hint("pdf")) from error
    page, fonts = _page(), _fonts()
    missing: frozenset[str] = frozenset()
    for _ in range(_ATTEMPTS):
        inputs = _inputs(document, missing)
        try:
            return typst.compile(
                page, font_paths=fonts, sys_inputs=inputs, format="pdf", pdf_standards="ua-1"
            )
        except typst.TypstError as error:
            missing |= _characters_in(error.diagnostic, document)
    # A character that no font has is now printed as a box, which PDF/UA does not allow.
    inputs = _inputs(document, missing)
    return typst.compile(page, font_paths=fonts, sys_inputs=inputs, format="pdf")


@cache
def _page() -> bytes:
    return (files("npcompare.formats") / "page.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that are installed; the search takes longer than setting a page."""
    import typst

    return typst.Fonts()


def _inputs(document: Document, missing: frozenset[str]) -> dict[str, str]:
    """Return what page.typ reads from `sys.inputs`."""
    data = _with_code_points(_document_data(document), missing)
    return {"data": json.dumps(data, ensure_ascii=False)}


def _characters_in(diagnostic: str, document: Document) -> frozenset[str]:
    """Return the characters of a document that a message of Typst names: those without a font.

    Typst shows the character itself or, if it is invisible, its code point.
    """
    text = json.dumps(_document_data(document), ensure_ascii=False)
    return frozenset(
        character
        for character in set(text)
        if not character.isascii()
        and (character in diagnostic or f"\\u{{{ord(character):x}}}" in diagnostic)
    )


def _with_code_points(data: Any, missing: frozenset[str]) -> Any:
    """Return data in which code points replace the characters that no font has."""
    if isinstance(data, dict):
        return {key: _with_code_points(value, missing) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_with_code_points(value, missing) for value in data]
    if isinstance(data, str) and not missing.isdisjoint(data):
        return "".join(
            f"[U+{ord(character):04X}]{_BREAK}" if character in missing else character
            for character in data
        )
    return data


def _document_data(document: Document) -> dict[str, Any]:
    """Return a document as page.typ takes it; each text is a list of lines, as in `_lines`."""
    language = language_of(document.language)
    tag, region = _language_and_region(language.tag)
    data = {
        "lang": tag,
        "region": region,
        "rtl": document.is_right_to_left,
        "fonts": language.serif,
        "cjk": language.script is Script.EAST_ASIAN,
        "title": _on_one_line(document.title) or "npcompare",
        "number": _text(document.number),
        "heading": _text(document.title),
        "tables": [
            _table_data(table) | {"pictures": _pictures(document, number)}
            for number, table in enumerate(document.tables)
        ],
        "provenance": _on_one_line(document.provenance),
        "foot": _foot(document.imprint),
        "words": {
            "none": message("(none)"),
            "figure": divided(deferred("Figure {number}. {title}")),
            "table": divided(TABLE_CAPTION),
            "page": divided(deferred("Page {number} of {count}")),
        },
    }
    return _turned(data) if document.is_right_to_left else data


def _turned(data: Any) -> Any:
    """Return data in which lines run from right to left, unless they are quotations that do not.

    Words without Arabic letters among them run from left to right, as quotations do.
    """
    if isinstance(data, list | tuple):
        return [_turned(value) for value in data]
    if not isinstance(data, dict):
        return data
    if "runs" in data:
        words = [run for run in data["runs"] if run["text"]]
        is_quotation = bool(words) and all(run["lang"] for run in words)
        runs = [part for run in data["runs"] for part in _parts(run)]
        return {"runs": runs, "rtl": data["rtl"] or not is_quotation}
    return {key: _turned(value) for key, value in data.items()}


def _parts(run: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a run in parts of one direction each; a quotation is one part."""
    if run["lang"] or not run["text"]:
        return [run]
    parts = [
        run | {"text": words, "rtl": is_turned, "after": ""}
        for words, is_turned in directions(run["text"])
    ]
    parts[-1]["after"] = run["after"]
    return parts


def _table_data(table: Table) -> dict[str, Any]:
    widths = column_shares(table)
    shares = [width / sum(widths) for width in widths]
    widths = [max(int(PAGE_LINE * share), 4) for share in shares]
    return {
        "title": _text(table.title),
        "headnote": _text(table.headnote),
        "shares": shares,
        "centred": isinstance(table.figure, SignTable),
        "spans": [{"text": _text(group), "size": size} for group, size in spanners(table)],
        "headings": [
            {
                "lines": _lines([Run(label(column))], width),
                "upright": is_upright(table, column),
            }
            for column, width in zip(table.columns, widths, strict=True)
        ],
        "rows": [
            [_lines(cell.runs, width) for cell, width in zip(row, widths, strict=True)]
            for row in table.rows
        ],
        "groups": list(table.group_rows),
        "heads": sorted(heading_rows(table)),
        "notes": [(visible(letter), _note(note, table)) for letter, note in table.notes],
        "remarks": [_note(remark, table) for remark in table.remarks],
    }


def _pictures(document: Document, number: int) -> list[dict[str, Any]]:
    """Return the pictures of a table, which are set before it."""
    if document.tables[number].figure is None:
        return []
    from npcompare.formats.figures import selection
    from npcompare.formats.figures.placing import part_title, placing

    pictures = selection.pages(document, number)
    is_upright, scale = placing(pictures, _AREA, _UPRIGHT_AREA)
    return [
        {
            "caption": _text(part_title(document, number, picture)),
            "svg": picture.svg,
            "width": picture.width,
            "height": picture.height,
            "words": _on_one_line(picture.description),
            "upright": is_upright,
            "scale": scale,
        }
        for picture in pictures
    ]


def _on_one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _foot(text: str) -> str:
    """Return the words of the foot of each page, which are cut if they are very long."""
    words = _on_one_line(text)
    if len(words) > _LONGEST_FOOT:
        words = f"{words[:_LONGEST_FOOT].rstrip()}…"
    return _divisible(words, _FOOT_LINE)


def _text(text: str) -> list[dict[str, Any]]:
    """Return the lines of a title, a note or a remark; an empty one has none."""
    text = visible(text).strip()
    return _lines([Run(text)], PAGE_LINE) if text else []


def _note(text: str, table: Table) -> list[dict[str, Any]]:
    """Return the lines of a note or remark of a table; an empty one has none."""
    text = visible(text).strip()
    return _lines(note_runs(text, table), PAGE_LINE) if text else []


def _lines(runs: Iterable[Run], width: int) -> list[dict[str, Any]]:
    """Return the lines of a cell, each with its runs and its direction.

    Args:
        runs: The runs of the cell, whose texts may have line breaks.
        width: The width of its column, in characters.
    """
    lines: list[list[dict[str, Any]]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append(_run_data(run, text, width))
        if run.marks:
            marks = visible(run.mark_text)
            lines[-1].append(_run_data(run, "", width) | {"marks": marks})
    return [
        {"runs": line, "rtl": is_right_to_left("".join(run["text"] for run in line))}
        for line in lines
    ]


def _run_data(run: Run, text: str, width: int) -> dict[str, Any]:
    """Return one line of a run; `after` is the space after its words."""
    words = text.rstrip() or text
    after = text[len(words) :]
    words = unicodedata.normalize("NFC", visible(words))
    language, region = _language_and_region(run.language)
    return {
        "text": _divisible(words, width + _HYPHENATED),
        "long": bool(re.search(rf"{_LETTER}{{{width + 1}}}", words)),
        "after": visible(after),
        "tone": run.tone.value,
        "rtl": is_right_to_left(text),
        "lang": language,
        "region": region,
        "marks": "",
    }


def _divisible(text: str, width: int) -> str:
    """Return a text with places at which each word of so many letters may be broken."""
    place = re.compile(rf"({_LETTER}{{{_STEP}}})(?={_LETTER})")
    return re.sub(rf"{_LETTER}{{{width},}}", lambda word: place.sub(rf"\1{_BREAK}", word[0]), text)


def _language_and_region(tag: str) -> tuple[str | None, str | None]:
    """Return the language and the region in a BCP 47 tag, where Typst accepts them."""
    match = re.match(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-|$)", tag.lower())
    return (match[1], match[2]) if match else (None, None)
