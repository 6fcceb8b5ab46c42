"""One page of HTML that asks nothing of the network; all it can do stands in the page itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any

from npcompare.document import Tone, is_right_to_left
from npcompare.formats.plain import bracketed
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from npcompare.document import Cell, Document, Run, Table

#: What a run of a tone stands in; any other stands in a span of its tone's name.
_TAGS = {
    Tone.PLAIN: "",
    Tone.STRONG: "strong",
    Tone.QUOTE: "q",
    Tone.INSERTED: "ins",
    Tone.DELETED: "del",
}

#: The columns that rows can be chosen by, one class at a time.
_CLASS_COLUMNS = ("scope", "threshold", "stage")

#: A language tag as BCP 47 lays it out; what is none is left out, as no reader could use it.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

#: How many pieces of the page, each a few letters long, are handed on together.
_PIECES = 2**10

#: What could end a script's element before its time.
_BREAKING = re.compile("[<>&]")


def write(document: Document) -> Iterator[str]:
    """Yield the tables as one page with its style and script, and notes linked to their marks."""
    from markupsafe import Markup

    script = _beside("page.js")
    tables = list(document.tables)
    only = tables[0] if len(tables) == 1 else None
    page = _template().stream(
        number=document.number,
        title=document.title,
        policy=_policy(script),
        # What follows is our own and no text of a law.
        style=Markup(_beside("page.css")),  # noqa: S704
        script=Markup(script),  # noqa: S704
        linked=Markup(_linked(document)),  # noqa: S704
        tables=[
            _table(
                table, f"table-{number}", headed=table is not only or table.title != document.title
            )
            | {"figure": _figure(document, number - 1)}
            for number, table in enumerate(tables, 1)
        ],
        provenance=document.provenance,
    )
    page.enable_buffering(_PIECES)
    return page


@cache
def _template() -> Template:
    """Return the page, in which whatever is put out is made visible and then escaped."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    def seen(value: Any) -> Any:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True,
        finalize=seen,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    return environment.from_string(_beside("page.html.j2"))


def _beside(name: str) -> str:
    return (files("npcompare.formats") / name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """Return a policy by which no script runs but our own, known by its digest."""
    digest = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _linked(document: Document) -> str:
    """Return the laws as JSON-LD that cannot end the script that it stands in."""
    graph = list(document.data.get("legislation", ()))
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph})
    return _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _table(table: Table, name: str, *, headed: bool) -> dict[str, Any]:
    marks = _Marks(table, name)
    total = sum(table.weights)
    return {
        "id": name,
        "title": table.title,
        "headed": headed and bool(table.title.strip()),
        "level": 3 if headed and table.title.strip() else 2,
        "columns": table.columns,
        "widths": [f"{100 * weight / total:.4g}" for weight in table.weights] if total else [],
        "names": [row[0].text.strip().partition("\n")[0] if row else "" for row in table.rows],
        # Rows and notes are made as the page is written: a note leads back to the first of its
        # marks, and those are known once all rows are written.
        "rows": (_row(table, row, marks) for row in table.rows),
        "choices": list(_choices(table)),
        "remarks": table.remarks,
        "has_notes": bool(table.notes),
        "notes": (
            {
                "id": marks.notes[letter],
                "letter": letter,
                "text": text,
                "back": marks.first.get(letter, ""),
            }
            for letter, text in table.notes
        ),
    }


def _figure(document: Document, number: int) -> str:
    """Return the picture of a table that is a matrix; of any other, nothing."""
    from markupsafe import Markup

    from npcompare.formats.figures import selection

    drawn = selection.whole(document, number)
    # The picture escapes its own texts.
    return Markup(drawn.svg) if drawn else ""  # noqa: S704


class _Marks:
    """Gives each mark of a table an id, and remembers the first mark of each note."""

    def __init__(self, table: Table, name: str) -> None:
        self.notes = {
            letter: f"{name}-note-{number}" for number, (letter, _) in enumerate(table.notes, 1)
        }
        self.first: dict[str, str] = {}
        self._ids = (f"{name}-mark-{number}" for number in count(1))

    def of(self, run: Run) -> list[dict[str, str]]:
        """Return letter, id and note of each mark of a run."""
        found = []
        for letter in run.marks:
            one = {"letter": letter, "id": next(self._ids), "note": self.notes.get(letter, "")}
            self.first.setdefault(letter, one["id"])
            found.append(one)
        return found


def _row(table: Table, row: tuple[Cell, ...], marks: _Marks) -> list[dict[str, Any]]:
    """Return the cells of a row."""
    cells = []
    for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        is_head = number == 0 and len(row) > 1 and cell.text.strip()
        cells.append(
            {
                "tag": "th" if is_head else "td",
                "key": column.key,
                "lines": "\n".join(_lines(cell)) if column.key in _CLASS_COLUMNS else None,
                "runs": [_run(run, marks) for run in cell.runs],
            }
        )
    return cells


def _run(run: Run, marks: _Marks) -> dict[str, Any]:
    """Return a run as what stands in its element, and what stands before and after it."""
    text = bracketed(run)
    words = text.strip()
    at = text.index(words)
    attributes = []
    tag = _TAGS.get(run.tone)
    if tag is None:
        tag = "span"
        attributes.append(("class", str(run.tone)))
    if _LANGUAGE.fullmatch(run.language):
        attributes.append(("lang", run.language))
    if is_right_to_left(run.text):
        attributes.append(("dir", "rtl"))
    elif run.language:
        attributes.append(("dir", "ltr"))
    return {
        "tag": (tag or ("span" if attributes else "")) if words else "",
        "attributes": attributes,
        "before": text[:at],
        "words": words,
        "after": text[at + len(words) :],
        "marks": marks.of(run),
    }


def _choices(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the columns that rows can be chosen by, and the classes that each holds."""
    for number, column in enumerate(table.columns):
        if column.key in _CLASS_COLUMNS:
            lines = (line for row in table.rows for line in _lines(row[number]))
            classes = {part for line in lines for part in line.split("; ")}
            # What one limb of several holds is found under the class itself.
            limbs = {one for one in classes if _without_limb(one) in classes}
            values = sorted(classes - limbs)
            yield {"key": column.key, "heading": column.heading, "values": values}


def _without_limb(line: str) -> str:
    return line.partition(": ")[2]


def _lines(cell: Cell) -> list[str]:
    """Return the classes of a cell, a line each; the words of the law are none."""
    words = "".join(run.text for run in cell.runs if run.tone is not Tone.QUOTE)
    return [line.strip() for line in words.split("\n") if line.strip()]
