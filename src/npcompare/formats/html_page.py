"""HTML: one page that loads nothing from the network; its style and script are in the page."""

from __future__ import annotations

from functools import cache
from itertools import count, groupby
from typing import TYPE_CHECKING, Any

from npcompare.charts import SignTable
from npcompare.document import Role
from npcompare.formats.column_widths import column_shares
from npcompare.formats.html_parts import environment, json_for_script, policy, run_parts
from npcompare.formats.resources import read_resource
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from npcompare.document import Cell, Document, Run, Table

#: How many pieces of the page, each a few characters long, are written together.
_BUFFER = 2**10


def write(document: Document) -> Iterator[str]:
    """Yield the tables as one page, in which marks and notes link to each other."""
    from markupsafe import Markup

    script = read_resource("page.js")
    tables = list(document.tables)
    single = tables[0] if len(tables) == 1 else None
    stream = _template().stream(
        number=document.number,
        title=document.title,
        policy=policy(f"\n{script}"),
        # These three are our own or escaped already.
        style=Markup(read_resource("page.css")),  # noqa: S704
        script=Markup(script),  # noqa: S704
        linked_data=Markup(_linked_data(document)),  # noqa: S704
        tables=[
            _table(
                table,
                f"table-{number}",
                headed=table is not single or table.title != document.title,
            )
            | {"figure": _figure(document, number - 1)}
            for number, table in enumerate(tables, 1)
        ],
        provenance=document.provenance,
    )
    stream.enable_buffering(_BUFFER)
    return stream


@cache
def _template() -> Template:
    """Return the template of the page."""
    return environment().from_string(read_resource("page.html.j2"))


def _linked_data(document: Document) -> str:
    """Return the linked data as JSON-LD that cannot end its script element early."""
    if not document.linked_data:
        return ""
    graph = {"@context": "https://schema.org", "@graph": list(document.linked_data)}
    return json_for_script(graph)


def _table(table: Table, name: str, *, headed: bool) -> dict[str, Any]:
    marks = _Marks(table, name)
    widths = column_shares(table)
    has_heading = headed and bool(table.title.strip())
    return {
        "id": name,
        "title": table.title,
        "subject": table.subject,
        "headed": has_heading,
        "headnote": table.headnote,
        "level": 3 if has_heading else 2,
        "columns": table.columns,
        "groups": _groups(table),
        "is_overview": isinstance(table.figure, SignTable),
        "widths": [f"{100 * width / sum(widths):.4g}" for width in widths],
        "names": [row[0].text.strip().partition("\n")[0] if row else "" for row in table.rows],
        # Rows and notes are made while the page is written: a note links back to the first of its
        # marks, which is known only once all rows are written.
        "rows": (_row(table, row, marks) for row in table.rows),
        "filters": list(_filters(table)),
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


def _groups(table: Table) -> list[tuple[str, int]]:
    """Return the common headings of neighbouring columns, if an overview has any."""
    if not isinstance(table.figure, SignTable) or not any(column.group for column in table.columns):
        return []
    grouped = groupby(table.columns, key=lambda column: column.group)
    return [(group, len(list(columns))) for group, columns in grouped]


def _figure(document: Document, number: int) -> str:
    """Return the figure of a table, or an empty string if it has none."""
    from markupsafe import Markup

    from npcompare.formats.figures import selection

    picture = selection.whole(document, number)
    # The picture escapes its own texts.
    return Markup(picture.svg) if picture else ""  # noqa: S704


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
        marks = []
        for letter in run.marks:
            mark = {"letter": letter, "id": next(self._ids), "note": self.notes.get(letter, "")}
            self.first.setdefault(letter, mark["id"])
            marks.append(mark)
        return marks


def _row(table: Table, row: tuple[Cell, ...], marks: _Marks) -> list[dict[str, Any]]:
    """Return the cells of a row; the first one heads it, unless it is blank or alone."""
    cells = []
    for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        is_head = number == 0 and len(row) > 1 and cell.text.strip()
        is_filter = column.role is Role.FILTER
        cells.append(
            {
                "tag": "th" if is_head else "td",
                "key": column.key,
                "values": "\n".join(map(fold, cell.values)) if is_filter else None,
                "runs": [run_parts(run) | {"marks": marks.of(run)} for run in cell.runs],
                # A sign is read aloud as words.
                "words": cell.words,
            }
        )
    return cells


def _filters(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the columns by which rows can be selected, and the values of each."""
    for number, column in enumerate(table.columns):
        if column.role is Role.FILTER:
            values = {fold(value) for row in table.rows for value in row[number].values}
            yield {"key": column.key, "heading": column.heading, "values": sorted(values)}
