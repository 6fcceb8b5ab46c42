"""Markdown, as GitHub reads it."""

from __future__ import annotations

import re
from string import punctuation
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Role, Tone
from npcompare.formats.plain import bracketed
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Cell, Column, Document, Run, Table

#: The characters that Markdown or HTML would act on.
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")

#: The emphasis of a tone: its delimiter, and the HTML element that does the same.
_EMPHASIS = {
    Tone.STRONG: ("**", "strong"),
    Tone.INSERTED: ("**", "strong"),
    Tone.DELETED: ("~~", "del"),
}

#: A piece of Markdown in a cell and its tone, and the piece at either end of a cell.
_Piece = tuple[str, Tone]
_EDGE: _Piece = ("", Tone.PLAIN)

#: The rules below the headings of columns that are centred, or end on the right.
_RULES = {Role.ANSWER: ":---:", Role.NUMBER: "---:"}

#: The start of a paragraph that would make a list or a heading of it.
_BLOCK_START = re.compile(r"^(\d*)([-+=.)])")


def write(document: Document) -> str:
    """Return the tables in Markdown."""
    heading = ": ".join(filter(None, map(_line, (document.number, document.title))))
    parts = [f"# {heading}"] if heading else []
    for place, table in enumerate(document.tables):
        caption = document.caption(place)
        parts += filter(None, _table("" if caption == document.title else caption, table))
    if provenance := _line(document.imprint):
        parts.append(f"*{provenance}*")
    return "\n\n".join(parts) + "\n"


def _table(caption: str, table: Table) -> Iterator[str]:
    yield f"## {_line(caption)}" if _line(caption) else ""
    # A line of its own with a break would begin a block of HTML, in which nothing is escaped.
    yield "<br>\n".join(filter(None, map(_paragraph, table.headnote.split("\n"))))
    head = [_heading(column) for column in table.columns]
    rule = [_RULES.get(column.role, "---") for column in table.columns]
    body = [[_cell(cell) for cell in row] for row in table.rows]
    lines = [head, rule, *body]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    yield from map(_paragraph, table.remarks)
    if table.notes:
        yield "<br>\n".join(f"<sup>{letter}</sup> {escaped(text)}" for letter, text in table.notes)


def _heading(column: Column) -> str:
    """Return a heading; the one that columns share is in a line above it."""
    lines = (column.group, column.short) if column.group and column.short else (column.heading,)
    return "<br>".join(map(escaped, lines))


def _paragraph(text: str) -> str:
    return _BLOCK_START.sub(r"\1\\\2", _line(text))


def _line(text: str) -> str:
    return escaped(visible(text).strip())


def _cell(cell: Cell) -> str:
    pieces = [piece for run in cell.runs for piece in _pieces(run) if piece[0]]
    neighbours = [_EDGE, *pieces, _EDGE]
    return "".join(map(_emphasized, pieces, neighbours, neighbours[2:]))


def _pieces(run: Run) -> Iterator[_Piece]:
    """Yield the words of a run in its tone; the space around them and its marks are plain."""
    words = run.text.strip()
    before, _, after = run.text.partition(words) if words else (run.text, "", "")
    yield escaped(before), Tone.PLAIN
    yield escaped(bracketed(replace(run, text=words))), run.tone
    yield f"<sup>{', '.join(run.marks)}</sup>" if run.marks else "", Tone.PLAIN
    yield escaped(after), Tone.PLAIN


def _emphasized(piece: _Piece, previous: _Piece = _EDGE, following: _Piece = _EDGE) -> str:
    """Return a piece with its emphasis, as HTML if its neighbours would defeat a delimiter."""
    text, tone = piece
    if not text or tone not in _EMPHASIS:
        return text
    delimiter, element = _EMPHASIS[tone]
    adjacent = (previous[0][-1:], following[0][:1])
    is_clear = all(not sign or sign.isspace() or sign in punctuation for sign in adjacent)
    nearby = {_EMPHASIS[tone][0] for _, tone in (previous, following) if tone in _EMPHASIS}
    if is_clear and delimiter not in nearby:
        return f"{delimiter}{text}{delimiter}"
    return f"<{element}>{text}</{element}>"


def escaped(text: str) -> str:
    """Return text with nothing in it that Markdown or HTML would act on."""
    escaped = _ACTIVE.sub(r"\\\1", visible(text)).replace("\t", " ")
    # GitHub would make links of addresses.
    for sign, code in (("://", ":&#47;/"), ("www.", "www&#46;"), ("@", "&#64;")):
        escaped = escaped.replace(sign, code)
    return escaped.replace("\n", "<br>")
