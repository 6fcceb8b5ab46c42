"""Markdown, with nothing in it that Markdown or HTML would act on but what is meant."""

from __future__ import annotations

import re
from string import punctuation
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Tone
from npcompare.formats.plain import bracketed
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.document import Cell, Document, Run, Table

#: What Markdown or HTML acts on.
_ACTING = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")

#: How a tone stands out in Markdown, by signs or by an element of HTML.
_SIGNS = {
    Tone.STRONG: ("**", "strong"),
    Tone.INSERTED: ("**", "strong"),
    Tone.DELETED: ("~~", "del"),
}

#: A piece of a cell in Markdown, and its tone; and what stands at either end of a cell.
_Part = tuple[str, Tone]
_NOWHERE: _Part = ("", Tone.PLAIN)

#: What would make a list or a heading of a paragraph that begins with it.
_OPENING = re.compile(r"^(\d*)([-+=.)])")


def write(document: Document) -> str:
    """Return the tables as GitHub Markdown."""
    parts = [part for table in document.tables for part in _table(table) if part]
    if provenance := _escaped(visible(document.provenance).strip()):
        parts.append(f"*{provenance}*")
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> Iterable[str]:
    yield _standing_out((_escaped(visible(table.title).strip()), Tone.STRONG))
    head = [_escaped(column.heading) for column in table.columns]
    body = [[_cell(cell) for cell in row] for row in table.rows]
    lines = [head, ["---"] * len(head), *body]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    for remark in table.remarks:
        yield _OPENING.sub(r"\1\\\2", _escaped(visible(remark).strip()))
    if table.notes:
        yield "<br>\n".join(f"<sup>{letter}</sup> {_escaped(text)}" for letter, text in table.notes)


def _cell(cell: Cell) -> str:
    parts = [part for run in cell.runs for part in _run(run) if part[0]]
    around = [_NOWHERE, *parts, _NOWHERE]
    return "".join(map(_standing_out, parts, around, around[2:]))


def _run(run: Run) -> Iterator[_Part]:
    """Yield the words of a run in its tone, and in none the space around them and its marks."""
    words = run.text.strip()
    before, _, after = run.text.partition(words) if words else (run.text, "", "")
    yield _escaped(before), Tone.PLAIN
    yield _escaped(bracketed(replace(run, text=words))), run.tone
    yield "".join(f"<sup>{mark}</sup>" for mark in run.marks), Tone.PLAIN
    yield _escaped(after), Tone.PLAIN


def _standing_out(part: _Part, before: _Part = _NOWHERE, after: _Part = _NOWHERE) -> str:
    """Return a part with the signs of its tone; as HTML where a neighbour would undo the signs."""
    text, tone = part
    if not text or tone not in _SIGNS:
        return text
    sign, tag = _SIGNS[tone]
    beside = (before[0][-1:], after[0][:1])
    is_clear = all(not one or one.isspace() or one in punctuation for one in beside)
    if is_clear and sign not in {_SIGNS[one[1]][0] for one in (before, after) if one[1] in _SIGNS}:
        return f"{sign}{text}{sign}"
    return f"<{tag}>{text}</{tag}>"


def _escaped(text: str) -> str:
    """Return text with nothing in it that Markdown or HTML would act on."""
    escaped = _ACTING.sub(r"\\\1", visible(text)).replace("\t", " ")
    # An address would become a link of its own accord.
    for sign, code in (("://", ":&#47;/"), ("www.", "www&#46;"), ("@", "&#64;")):
        escaped = escaped.replace(sign, code)
    return escaped.replace("\n", "<br>")
