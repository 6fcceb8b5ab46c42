"""PDF by Typst: hides the package typst, and the template that lays the page out.

The template is fixed. The document goes to it as JSON and comes into the page as strings, so that
no word of a law is ever read as Typst. The file is tagged for those who hear it (PDF/UA-1).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import Run, is_right_to_left
from npcompare.errors import NpcompareError
from npcompare.formats.plain import PAGE_LINE, bracketed, column_shares
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typst

    from npcompare.document import Document, Table

_TEMPLATE = r"""
#let data = json(bytes(sys.inputs.data))
#let (width, height) = (297mm - 40mm, 210mm - 40mm)

#set document(title: data.title, author: "npcompare", description: data.provenance, date: none)
#set page(width: 297mm, height: 210mm, margin: 20mm, numbering: "1")
#set text(
  // The first two come with Typst; the others are for scripts that they lack, if at hand.
  font: (
    "Libertinus Serif", "New Computer Modern", "Amiri", "Noto Naskh Arabic", "Noto Serif CJK SC",
    "FreeSerif", "DejaVu Sans",
  ),
  size: 9pt,
  lang: "en", region: "gb", hyphenate: false,
)
#set par(leading: 0.5em, spacing: 0.55em, justify: false)
#set heading(numbering: none)
#set table(stroke: none, align: start + top, inset: (x: 4pt, y: 4pt))
#set figure(gap: 6pt)
#set figure.caption(position: top, separator: [. ])
#show heading: set text(size: 14pt)
#show heading: set block(below: 12pt)
#show figure: set align(start)
#show figure: set block(breakable: true, above: 14pt, below: 8pt)
#show figure.caption: set text(size: 10pt, weight: "bold")
#show figure.caption: set block(sticky: true)

#let looks = (
  strong: it => text(weight: "bold", it),
  problem: it => text(weight: "bold", it),
  // Scripts that run from right to left have no italics.
  quote: it => context if text.dir == rtl { it } else { text(style: "italic", it) },
  inserted: it => underline(it),
  deleted: it => strike(it),
)
#let shown(run) = {
  let words = text(hyphenate: run.long, run.text)
  if run.lang != none { words = text(lang: run.lang, region: run.region, words) }
  if run.tone in looks { words = (looks.at(run.tone))(words) }
  text(dir: if run.rtl { rtl } else { ltr }, { run.before; words; run.after })
  if run.marks != "" { super(text(lang: "en", dir: ltr, run.marks)) }
}
#let line(one) = one.runs.map(shown).join()
#let inline(lines) = lines.map(line).join(linebreak())
#let paragraphs(lines) = for one in lines {
  if one.runs.len() == 0 { v(0.9em, weak: false) } else {
    set text(dir: if one.rtl { rtl } else { ltr })
    par(line(one))
  }
}

#let row(places, widths) = {
  let bodies = places.map(paragraphs)
  let tallest = bodies.zip(widths).map(((it, room)) => measure(it, width: room - 8pt).height)
  // A row that no page holds has to break; any other goes to the next page as a whole.
  let breakable = calc.max(0pt, ..tallest) > height - 40mm
  bodies.map(it => table.cell(breakable: breakable, it))
}

#let grid-of(one) = context {
  let widths = one.shares.map(share => share * width)
  table(
    columns: widths,
    table.header(
      repeat: true,
      table.hline(stroke: 1pt),
      ..one.heads.map(it => table.cell(text(weight: "bold", paragraphs(it)))),
      table.hline(stroke: 0.6pt),
    ),
    ..one.rows.map(places => row(places, widths)).flatten(),
    ..if one.rows.len() == 0 { (table.cell(colspan: widths.len())[(none)],) },
    table.hline(stroke: 1pt),
  )
}

#if data.number.len() + data.heading.len() > 0 {
  heading(level: 1, {
    if data.number.len() > 0 {
      text(weight: "regular", size: 12pt, inline(data.number))
      if data.heading.len() > 0 { linebreak() }
    }
    inline(data.heading)
  })
}
#for one in data.tables {
  figure(kind: table, caption: inline(one.title), grid-of(one))
  set text(size: 8pt)
  for (letter, note) in one.notes {
    par({ super(letter); [ ]; inline(note) })
  }
  for remark in one.remarks { par(inline(remark)) }
}
#if data.provenance != "" {
  v(10pt)
  text(size: 8pt, par(inline(data.foot)))
}
"""

#: The letters of a word that is broken where no column holds it; the space has no width. A word
#: that is only a few letters too long is divided at a syllable.
_LETTER = r"[\x21-,.-\u024f]"
_SPARE = 4

#: After how many letters a word that is longer still may be broken.
_STEP = 4
_BREAK = "\u200b"

#: How often it is tried with the characters written out for which no font was found.
_ATTEMPTS = 4


def write(document: Document) -> bytes:
    """Return a document as a PDF file."""
    try:
        import typst
    except ImportError as error:
        raise NpcompareError(
            "PDF needs the package typst", "install it with: pip install 'typst>=0.14.8,<0.16'"
        ) from error
    missing: frozenset[str] = frozenset()
    source, fonts = _TEMPLATE.encode(), _fonts()
    for _ in range(_ATTEMPTS):
        inputs = _inputs(document, missing)
        try:
            return typst.compile(
                source, font_paths=fonts, sys_inputs=inputs, format="pdf", pdf_standards="ua-1"
            )
        except typst.TypstError as error:
            missing |= _named(error.diagnostic, document)
    # What no font has is then a box, which the standard forbids.
    inputs = _inputs(document, missing)
    return typst.compile(source, font_paths=fonts, sys_inputs=inputs, format="pdf")


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the machine; looking for them takes longer than setting a page."""
    import typst

    return typst.Fonts()


def _inputs(document: Document, missing: frozenset[str]) -> dict[str, str]:
    return {"data": json.dumps(_spelt(_data(document), missing), ensure_ascii=False)}


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": _flat(document.title) or "npcompare",
        "number": _text(document.number),
        "heading": _text(document.title),
        "tables": [_table(table) for table in document.tables],
        "provenance": _flat(document.provenance),
        "foot": _text(document.provenance),
    }


def _named(diagnostic: str, document: Document) -> frozenset[str]:
    """Return the characters of a document that Typst names as those that no font has.

    It names a character by itself or, if it cannot be seen, by its code point.
    """
    used = {one for one in json.dumps(_data(document), ensure_ascii=False) if not one.isascii()}
    return frozenset(
        one for one in used if one in diagnostic or f"\\u{{{ord(one):x}}}" in diagnostic
    )


def _spelt(data: Any, missing: frozenset[str]) -> Any:
    """Return the data with the code points of some characters in their stead."""
    if isinstance(data, dict):
        return {key: _spelt(value, missing) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_spelt(value, missing) for value in data]
    if isinstance(data, str) and not missing.isdisjoint(data):
        return "".join(f"[U+{ord(c):04X}]{_BREAK}" if c in missing else c for c in data)
    return data


def _table(table: Table) -> dict[str, Any]:
    weights = column_shares(table)
    shares = [max(weight, 1) / max(sum(weights), 1) for weight in weights]
    rooms = [max(int(PAGE_LINE * share), 4) for share in shares]
    return {
        "title": _text(table.title),
        "shares": shares,
        "heads": [
            _lines([Run(column.heading)], room)
            for column, room in zip(table.columns, rooms, strict=True)
        ],
        "rows": [
            [_lines(cell.runs, room) for cell, room in zip(row, rooms, strict=True)]
            for row in table.rows
        ],
        "notes": [(visible(letter), _text(note)) for letter, note in table.notes],
        "remarks": [_text(remark) for remark in table.remarks],
    }


def _flat(text: str) -> str:
    return " ".join(visible(text).split())


def _text(text: str) -> list[dict[str, Any]]:
    """Return the lines of a title, a note or a remark; none if it is empty."""
    text = visible(text).strip()
    return _lines([Run(text)], PAGE_LINE) if text else []


def _lines(runs: Iterable[Run], room: int) -> list[dict[str, Any]]:
    """Return the lines of a cell, each with its runs and its direction."""
    lines: list[list[dict[str, Any]]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        for number, text in enumerate([first, *others]):
            if number:
                lines.append([])
            if text:
                lines[-1].append(_run(run, text, room))
        if run.marks:
            marks = visible(", ".join(run.marks))
            lines[-1].append(_run(run, "", room) | {"marks": marks})
    return [
        {"runs": line, "rtl": is_right_to_left("".join(run["text"] for run in line))}
        for line in lines
    ]


def _run(run: Run, text: str, room: int) -> dict[str, Any]:
    words = text.rstrip()
    whole = bracketed(replace(run, text=text))
    before, words, after = whole.partition(words) if words else ("", text, "")
    shown = unicodedata.normalize("NFC", visible(words))
    lang, region = _language(run.language)
    return {
        "text": re.sub(rf"{_LETTER}{{{room + _SPARE},}}", _breakable, shown),
        "long": bool(re.search(rf"{_LETTER}{{{room + 1}}}", shown)),
        "before": before,
        "after": visible(after),
        "tone": run.tone.value,
        "rtl": is_right_to_left(text),
        "lang": lang,
        "region": region,
        "marks": "",
    }


def _breakable(word: re.Match[str]) -> str:
    return re.sub(rf"({_LETTER}{{{_STEP}}})(?={_LETTER})", rf"\1{_BREAK}", word[0])


def _language(tag: str) -> tuple[str | None, str | None]:
    """Return language and region of a BCP 47 tag, as far as Typst knows such."""
    found = re.match(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-|$)", tag.lower())
    return (found[1], found[2]) if found else (None, None)
