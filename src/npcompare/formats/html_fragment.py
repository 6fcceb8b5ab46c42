"""HTML for a notebook: one element with the tables, which takes its colours from the page.

It has no script, no ids and no links, so several of them can be in one notebook. What is important
is also legible where a notebook removes the style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.document import Tone
from npcompare.formats.html_parts import environment, run_parts
from npcompare.formats.language_scripts import in_languages
from npcompare.formats.resources import read_resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Cell, Document, Run, Table


def write(document: Document) -> str:
    """Return the tables as one element of HTML."""
    from markupsafe import Markup

    document = in_languages(document)
    is_right_to_left = document.is_right_to_left
    template = environment().from_string(read_resource("fragment.html.j2"))
    return template.render(
        language=document.language,
        is_right_to_left=is_right_to_left,
        style=Markup(read_resource("fragment.css")),  # noqa: S704 - our own
        tables=[
            {
                "title": document.caption(place),
                "headnote": table.headnote,
                "columns": table.columns,
                "rows": list(_rows(table, in_right_to_left=is_right_to_left)),
                "group_rows": table.group_rows,
                "remarks": table.remarks,
                "notes": table.notes,
            }
            for place, table in enumerate(document.tables)
        ],
        imprint=document.imprint,
    )


def _rows(table: Table, *, in_right_to_left: bool) -> Iterator[list[dict[str, Any]]]:
    """Yield the cells of each row; the first one heads it, unless it is blank or alone."""
    for row in table.rows:
        has_head = len(row) > 1 and bool(row[0].text.strip())
        yield [
            {
                "is_head": place == 0 and has_head,
                "runs": _runs(cell, in_right_to_left=in_right_to_left),
                # A sign is explained where a pointer is over it.
                "words": cell.words,
            }
            for place, cell in enumerate(row)
        ]


def _runs(cell: Cell, *, in_right_to_left: bool) -> list[dict[str, Any]]:
    return [_parts(run, in_right_to_left=in_right_to_left) for run in cell.runs]


def _parts(run: Run, *, in_right_to_left: bool) -> dict[str, Any]:
    """Return the element of a run; words quoted have their quotation marks already.

    The element of a quotation would add further ones where the style is removed.
    """
    parts = run_parts(run, in_right_to_left=in_right_to_left) | {"marks": run.marks}
    if run.tone is Tone.QUOTE and parts["tag"]:
        parts["tag"] = "span" if parts["attributes"] else ""
    return parts
