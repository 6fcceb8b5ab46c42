"""HTML: one page that loads nothing from the network; its style and script are in the page."""

from __future__ import annotations

from functools import cache
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from npcompare.charts import SignTable
from npcompare.document import Role
from npcompare.formats.column_widths import PAGE_LINE, column_shares
from npcompare.formats.headings import is_upright, label, spanners
from npcompare.formats.html_parts import (
    cell_parts,
    environment,
    json_for_script,
    note_parts,
    policy,
)
from npcompare.formats.resources import read_resource
from npcompare.messages import current, message
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Template

    from npcompare.document import Cell, Document, Run, Table

#: How many pieces of the page, each a few characters long, are written together.
_BUFFER = 2**10


#: The place of its words in the script.
_WORDS = "/* words */ {}"

#: With more rows than these, a search is quicker than the eye.
_MANY_ROWS = 8

#: A figure that is higher cannot be read on a printed page.
_HIGHEST = 1250


def write(document: Document) -> Iterator[str]:
    """Yield the tables as one page, in which marks and notes link to each other."""
    from markupsafe import Markup

    script = _script()
    tables = list(document.tables)
    stream = _template().stream(
        language=document.language,
        is_right_to_left=document.is_right_to_left,
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
                headed=table.title != document.title,
                in_right_to_left=document.is_right_to_left,
            )
            | {"figure": _figure(document, number - 1)}
            for number, table in enumerate(tables, 1)
        ],
        provenance=visible(document.provenance, keep_lines=False),
        imprint=document.imprint,
    )
    stream.enable_buffering(_BUFFER)
    return stream


@cache
def _template() -> Template:
    """Return the template of the page."""
    return environment().from_string(read_resource("page.html.j2"))


def _script() -> str:
    """Return the script of the page, with its words in the language in use."""
    words = {
        "caption": message("Rows side by side"),
        "rows": message("{shown} of {all} rows shown"),
        "columns": message("{shown} of {all} columns shown"),
        "one": message("1 row selected; select one or two more"),
        "two": message("2 rows side by side"),
        "three": message("3 rows side by side"),
        "separator": current().strong_separator,
        "sentence": message("{words}."),
    }
    return read_resource("page.js").replace(_WORDS, json_for_script(words))


def _linked_data(document: Document) -> str:
    """Return the linked data as JSON-LD that cannot end its script element early."""
    if not document.linked_data:
        return ""
    graph = {"@context": "https://schema.org", "@graph": list(document.linked_data)}
    return json_for_script(graph)


def _table(table: Table, name: str, *, headed: bool, in_right_to_left: bool) -> dict[str, Any]:
    marks = _Marks(table, name, in_right_to_left=in_right_to_left)
    widths = column_shares(table)
    heads = _heads(table, name)
    has_heading = headed and bool(table.title.strip())
    return {
        "id": name,
        "title": table.title,
        "subject": table.subject,
        "headed": has_heading,
        "headnote": table.headnote,
        "level": 3 if has_heading else 2,
        "columns": table.columns,
        "heads": heads,
        "groups": _groups(table, heads),
        # The widths are more than a line if not even the words fit one.
        "is_wide": sum(widths) > PAGE_LINE,
        "is_searchable": len(table.rows) > _MANY_ROWS,
        "is_overview": isinstance(table.figure, SignTable),
        "widths": [f"{100 * width / sum(widths):.4g}" for width in widths],
        "names": [
            row[0].text.strip().partition("\n")[0] if row else ""
            for place, row in enumerate(table.rows)
            if place not in table.group_rows
        ],
        "group_rows": table.group_rows,
        # Rows and notes are made while the page is written: a note links back to the first of its
        # marks, which is known only once all rows are written.
        "rows": (
            _row(table, row, heads, f"{name}-row-{number}", marks)
            for number, row in enumerate(table.rows, 1)
        ),
        "filters": list(_filters(table)),
        "remarks": [
            note_parts(text, table, in_right_to_left=in_right_to_left) for text in table.remarks
        ],
        "has_notes": bool(table.notes),
        "notes": _notes(table, marks, in_right_to_left=in_right_to_left),
    }


def _notes(table: Table, marks: _Marks, *, in_right_to_left: bool) -> Iterator[dict[str, Any]]:
    for letter, text in table.notes:
        yield {
            "id": marks.notes[letter],
            "letter": letter,
            "runs": note_parts(text, table, in_right_to_left=in_right_to_left),
            "back": marks.first.get(letter, ""),
        }


def _heads(table: Table, name: str) -> list[dict[str, Any]]:
    """Return the heads of columns; with heads above them, each has an id that cells refer to."""
    groups = [
        f"{name}-group-{number}" if group else ""
        for number, (group, size) in enumerate(spanners(table), 1)
        for _ in range(size)
    ]
    has_groups = bool(groups)
    groups = groups or [""] * len(table.columns)
    return [
        {
            "key": column.key,
            "label": label(column) if has_groups else column.heading,
            "is_upright": is_upright(table, column),
            "group": group,
            "id": f"{name}-column-{number}" if has_groups and column.heading else "",
        }
        for number, (column, group) in enumerate(zip(table.columns, groups, strict=True), 1)
    ]


def _groups(table: Table, heads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the heads above those of neighbouring columns; nothing if there are none."""
    members = iter(heads)
    groups = [(text, list(islice(members, size))) for text, size in spanners(table)]
    return [{"text": text, "heads": below, "id": below[0]["group"]} for text, below in groups]


def _figure(document: Document, number: int) -> dict[str, object]:
    """Return the figure of a table, and whether it is too high for a page; nothing if none."""
    from markupsafe import Markup

    from npcompare.formats.figures import selection

    picture = selection.inline(document, number)
    # The picture escapes its own texts.
    if picture is None:
        return {}
    return {"svg": Markup(picture.svg), "is_high": picture.height > _HIGHEST}  # noqa: S704


class _Marks:
    """Gives each mark of a table an id, and remembers the first mark of each note."""

    def __init__(self, table: Table, name: str, *, in_right_to_left: bool) -> None:
        self.notes = {
            letter: f"{name}-note-{number}" for number, (letter, _) in enumerate(table.notes, 1)
        }
        self.first: dict[str, str] = {}
        self._ids = (f"{name}-mark-{number}" for number in count(1))
        self._in_right_to_left = in_right_to_left

    def runs(self, cell: Cell) -> list[dict[str, Any]]:
        """Return the runs of a cell with their marks."""
        parts = cell_parts(cell, in_right_to_left=self._in_right_to_left)
        return [part | {"marks": self._of(run)} for part, run in zip(parts, cell.runs, strict=True)]

    def _of(self, run: Run) -> list[dict[str, str]]:
        """Return letter, id and note of each mark of a run."""
        marks = []
        for letter in run.marks:
            mark = {"letter": letter, "id": next(self._ids), "note": self.notes.get(letter, "")}
            self.first.setdefault(letter, mark["id"])
            marks.append(mark)
        return marks


def _row(
    table: Table, row: tuple[Cell, ...], heads: Sequence[dict[str, Any]], stub: str, marks: _Marks
) -> list[dict[str, Any]]:
    """Return the cells of a row; the first one heads it, unless it is blank or alone.

    Args:
        table: The table.
        row: The row.
        heads: The heads of its columns.
        stub: The id of the cell that heads it.
        marks: Gives the marks their ids.
    """
    cells: list[dict[str, Any]] = []
    has_stub = len(row) > 1 and bool(row[0].text.strip())
    for number, (column, cell, head) in enumerate(zip(table.columns, row, heads, strict=True)):
        is_head = number == 0 and has_stub
        is_filter = column.role is Role.FILTER
        headers = [stub if has_stub else "", head["group"], head["id"]] if head["id"] else []
        cells.append(
            {
                "tag": "th" if is_head else "td",
                "id": stub if is_head and head["id"] else "",
                "headers": " ".join(filter(None, headers)),
                # Where a row is a card, its cells have their heads beside them.
                "label": " ".join(column.heading.split()),
                "key": column.key,
                "values": "\n".join(map(fold, cell.values)) if is_filter else None,
                "runs": marks.runs(cell),
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
