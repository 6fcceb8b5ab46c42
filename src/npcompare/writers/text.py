"""Text formats: plain, Markdown, CSV and JSON. Each escapes in its own way."""

from __future__ import annotations

import csv
import json
import os
import re
from itertools import islice
from string import punctuation
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from npcompare.errors import visible
from npcompare.table import Cell, Stream, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from npcompare.table import Document, Run, Table

_PLAIN_LINE = 100

#: How many characters stand on a line of a landscape page, near enough to share it out.
PAGE_LINE = 150

#: The longest word that a column is kept wide enough for.
_LONGEST_WORD = 34

#: The redline without colour: as word-by-word comparisons have long been printed.
_BRACKETS = {Tone.DELETED: ("[-", "-]"), Tone.INSERTED: ("{+", "+}")}

#: What a spreadsheet takes for a formula.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")

#: Controls that JSON does not escape of itself, and halves of characters.
_STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

#: Where a cell that is too long is best broken: after a sentence, else after a word.
_SENTENCE, _WORD = re.compile(r"(?<=[.;:]) "), re.compile(" ")

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")

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


def bracketed(run: Run) -> str:
    """Return a run's text, with brackets around what is deleted or inserted."""
    before, after = _BRACKETS.get(run.tone, ("", ""))
    words = run.text.rstrip()
    return f"{before}{words}{after}{run.text[len(words) :]}" if words else run.text


def plain_text(cell: Cell) -> str:
    """Return a cell as plain text, its marks in square brackets."""
    return visible("".join(bracketed(run) + _marks(run) for run in cell.runs))


def _marks(run: Run) -> str:
    return "".join(f" [{mark}]" for mark in run.marks)


def column_widths(table: Table, line: int, measure: Callable[[str], int] = len) -> list[int] | None:
    """Return how wide each column is so that the table fits a line and no word is cut.

    What a column needs beyond its longest word is shared out by how much each could use. Returns
    None where even the longest words do not fit.
    """
    least, most = [], []
    for number, column in enumerate(table.columns):
        lines = [column.heading]
        for row in table.rows:
            lines += plain_text(row[number]).split("\n")
        most.append(max(measure(one) for one in lines))
        words = [word for one in lines for word in one.split()]
        least.append(max((min(measure(word), _LONGEST_WORD) for word in words), default=1))
    spare = line - sum(least)
    if spare < 0:
        return None
    wanted = sum(most) - sum(least)
    if wanted <= spare:
        return most
    return [low + (high - low) * spare // wanted for low, high in zip(least, most, strict=True)]


def column_shares(table: Table) -> list[int]:
    """Return what share of a printed page's line each column gets: by weight, or by its texts.

    No word of a head is broken where the widest column has room to give.
    """
    if not table.weights:
        return column_widths(table, PAGE_LINE) or [1] * len(table.columns)
    shares = [PAGE_LINE * weight // sum(table.weights) for weight in table.weights]
    for number, column in enumerate(table.columns):
        # A head is bold, and there is room at both sides of it.
        longest = 2 + max(map(len, re.split(r"[\s-]", column.heading)))
        widest = shares.index(max(shares))
        given = min(longest - shares[number], shares[widest] - PAGE_LINE // len(shares))
        if given > 0:
            shares[number] += given
            shares[widest] -= given
    return shares


def pieces(cell: Cell, line: int, most: int, measure: Callable[[str], int] = len) -> Iterator[Cell]:
    """Yield a cell in pieces of about as many lines as may be, for formats that break no row.

    `line` is what a line holds, by the measure given. Pieces end after a sentence, else a word;
    the line break that a piece would begin with is left out.
    """
    held: list[Run] = []
    full = used = 0
    for run in cell.runs:
        is_begun = False
        for text in _parts(run.text, max(line * most // 4, line), measure):
            is_break = text == "\n"
            more = 0 if is_break else measure(text)
            if held and full + (used + more) // line + is_break >= most:
                yield Cell(tuple(held))
                held, full, used, is_begun = [], 0, 0, False
                if is_break:
                    continue
            if is_break:
                full, used = full + used // line + 1, 0
            used += more
            before = held.pop().text if is_begun else ""
            held.append(replace(run, text=before + text, marks=()))
            is_begun = True
        if run.marks:
            held.append(replace(run, text=""))
    yield Cell(tuple(held))


def _parts(text: str, most: int, measure: Callable[[str], int]) -> Iterator[str]:
    """Yield a text in parts that, but for the line breaks, are no longer than that."""
    for part in re.split("(\n)", text):
        rest = part
        while measure(rest) > most:
            window = rest[: max(most * len(rest) // measure(rest), 1)]
            ends = [
                found.end()
                for pattern in (_WORD, _SENTENCE)
                for found in pattern.finditer(window, len(window) // 2)
            ]
            at = ends[-1] if ends else len(window)
            yield rest[:at]
            rest = rest[at:]
        if rest:
            yield rest


def write_plain(document: Document) -> str:
    """Return the tables as plain text, wrapped, with rules of hyphens."""
    parts = [_plain_table(table) for table in document.tables]
    if document.provenance:
        parts.append(visible(document.provenance))
    return "\n\n".join(parts) + "\n"


def _plain_table(table: Table) -> str:
    from tabulate import tabulate

    lines = [visible(table.title), ""]
    if table.rows:
        # Two spaces stand between columns; a table of many columns is wider than the line.
        room = _PLAIN_LINE - 2 * (len(table.columns) - 1)
        widths = column_widths(table, room) or [_LONGEST_WORD] * len(table.columns)
        lines.append(
            tabulate(
                [[plain_text(cell) for cell in row] for row in table.rows],
                headers=[visible(column.heading) for column in table.columns],
                tablefmt="simple",
                # Section 1.10 is not the number 1.1.
                disable_numparse=True,
                maxcolwidths=widths,
            )
        )
    else:
        lines.append("(nothing)")
    below = [*table.remarks, *(f"[{letter}] {text}" for letter, text in table.notes)]
    if below:
        lines += ["", *(_wrapped(line) for line in below)]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n"))


def _wrapped(line: str) -> str:
    import textwrap

    return textwrap.fill(visible(line), _PLAIN_LINE, break_long_words=False, break_on_hyphens=False)


def write_markdown(document: Document) -> str:
    """Return the tables as GitHub Markdown."""
    parts = [part for table in document.tables for part in _markdown_table(table) if part]
    if provenance := _markdown(visible(document.provenance).strip()):
        parts.append(f"*{provenance}*")
    return "\n\n".join(parts) + "\n"


def _markdown_table(table: Table) -> Iterable[str]:
    yield _standing_out((_markdown(visible(table.title).strip()), Tone.STRONG))
    head = [_markdown(column.heading) for column in table.columns]
    body = [[_markdown_cell(cell) for cell in row] for row in table.rows]
    lines = [head, ["---"] * len(head), *body]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)
    for remark in table.remarks:
        yield _OPENING.sub(r"\1\\\2", _markdown(visible(remark).strip()))
    if table.notes:
        yield "<br>\n".join(
            f"<sup>{letter}</sup> {_markdown(text)}" for letter, text in table.notes
        )


def _markdown_cell(cell: Cell) -> str:
    parts = [part for run in cell.runs for part in _markdown_run(run) if part[0]]
    around = [_NOWHERE, *parts, _NOWHERE]
    return "".join(map(_standing_out, parts, around, around[2:]))


def _markdown_run(run: Run) -> Iterator[_Part]:
    """Yield the words of a run in its tone, and in none the space around them and its marks."""
    words = run.text.strip()
    before, _, after = run.text.partition(words) if words else (run.text, "", "")
    yield _markdown(before), Tone.PLAIN
    yield _markdown(bracketed(replace(run, text=words))), run.tone
    yield "".join(f"<sup>{mark}</sup>" for mark in run.marks), Tone.PLAIN
    yield _markdown(after), Tone.PLAIN


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


def _markdown(text: str) -> str:
    """Return text with nothing in it that Markdown or HTML would act on."""
    escaped = _MARKDOWN.sub(r"\\\1", visible(text)).replace("\t", " ")
    # An address would become a link of its own accord.
    for sign, code in (("://", ":&#47;/"), ("www.", "www&#46;"), ("@", "&#64;")):
        escaped = escaped.replace(sign, code)
    return escaped.replace("\n", "<br>")


def write_csv(document: Document) -> Iterator[str]:
    """Yield the flat table as CSV; what a spreadsheet would compute gets a leading '."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([column.key for column in document.flat.columns])
    for row in document.flat.rows:
        writer.writerow([_harmless(plain_text(cell)) for cell in row])
        yield from lines.taken()
    yield from lines.taken()


class _Lines:
    """Takes what the csv module writes, for it to be handed on."""

    def __init__(self) -> None:
        self._held: list[str] = []

    def write(self, text: str) -> None:
        self._held.append(text)

    def taken(self) -> list[str]:
        """Return what was written since this was last asked."""
        held, self._held = self._held, []
        return held


def describe_csv(document: Document, name: str) -> tuple[str, str]:
    """Return the CSVW metadata of a CSV file: what its columns are and what it was made from."""
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": quote(os.fsencode(name)),
        "dc:title": document.title,
        "dc:provenance": document.provenance,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {
                    "name": re.sub(r"\W", "_", column.key, flags=re.ASCII),
                    "titles": column.key,
                    "datatype": "string",
                }
                for column in document.flat.columns
            ]
        },
    }
    return "-metadata.json", f"{_json(described)}\n"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def write_json(document: Document) -> Iterator[str]:
    """Yield the data as JSON; what could steer a terminal is escaped, and so not lost.

    The records of a stream are written one by one.
    """
    before = "{"
    for key, value in document.data.items():
        yield f"{before}\n  {_json(key)}: "
        before = ","
        if isinstance(value, Stream):
            yield from _listed(value)
        else:
            yield _json(value, "\n  ")
    yield "\n}\n" if document.data else "{}\n"


def _listed(records: Stream) -> Iterator[str]:
    """Yield a list of records as it stands at the top of the data."""
    before = "["
    left = iter(records)
    while some := list(islice(left, _TOGETHER)):
        yield before + _together(some)
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _together(records: list[Any]) -> str:
    """Return records as they stand in a list at the top of the data, without its brackets."""
    try:
        # Set where they will stand, they are laid out as they will be.
        laid = _laid_out(b'{"":[%b]}' % b",".join(map(_raw, records)))
    except UnicodeEncodeError:
        return ",".join(f"\n    {_json(one, _WITHIN)}" for one in records)
    return laid[laid.index("[") + 1 : laid.rindex("]")].rstrip()


#: What a new line of a record begins with, in a list at the top of the data.
_WITHIN = "\n    "

#: How many records of a stream are written together.
_TOGETHER = 64


def write_ndjson(document: Document) -> Iterator[str]:
    """Yield each row of the flat table as JSON on a line of its own, by the columns' names."""
    keys = [column.key for column in document.flat.columns]
    for row in document.flat.rows:
        record = dict(zip(keys, (visible(cell.text) for cell in row), strict=True))
        yield f"{_STEERING.sub(_escaped, _raw(record).decode())}\n"


def _json(data: object, line: str = "\n") -> str:
    """Return data as JSON in lines, each begun in the same way."""
    try:
        text = _laid_out(_raw(data))
    except UnicodeEncodeError:
        # The name of a file, or what is said on the command line, need not be text.
        text = json.dumps(msgspec.to_builtins(data), ensure_ascii=False, indent=2)
        text = _STEERING.sub(_escaped, text)
    return text.replace("\n", line)


def _raw(data: object) -> bytes:
    return bytes(data) if isinstance(data, msgspec.Raw) else msgspec.json.encode(data)


def _laid_out(raw: bytes) -> str:
    """Return JSON in lines, with what could steer a terminal escaped."""
    text = msgspec.json.format(raw, indent=2).decode()
    # It is looked for where the lines are not indented yet: there is half as much.
    return _STEERING.sub(_escaped, text) if _STEERING.search(raw.decode()) else text
