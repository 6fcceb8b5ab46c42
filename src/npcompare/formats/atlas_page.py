"""Atlases as pages in HTML: one page, or a page for each entry beside an index.

A page loads nothing: its style, its script and its data are in it. Without scripts it has the same
lists, tables and parts; the script adds filters, pairs side by side and downloads.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from npcompare.charts import CellAnswer, TileMap, Timeline
from npcompare.document import Document
from npcompare.formats import atlas_charts
from npcompare.formats.atlas_data import anchor, script_data
from npcompare.formats.html_parts import (
    cell_parts,
    environment,
    json_for_script,
    language_attributes,
    policy,
)
from npcompare.formats.resources import read_resource
from npcompare.messages import current, deferred, divided

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.atlas import Atlas, Entry, Facet
    from npcompare.document import Cell, Column, Table

#: The sign for each answer.
_SIGNS = {
    CellAnswer.YES: "✓",
    CellAnswer.NO: "–",
    CellAnswer.NOT_SHOWN: "",
    CellAnswer.SILENT: "○",
    CellAnswer.UNKNOWN: "?",
}

#: The command that compares entries, with and without pairs on the page.
_COMMAND = deferred(
    "Without scripts, and with every question, the command {command} shows the same."
)
_COMMAND_ALONE = deferred("The command {command} compares two of them.")

#: The charts that are elements of the page; SVG would take ten times as many bytes.
_OWN_CHARTS = (TileMap, Timeline)


def write(atlas: Atlas) -> str:
    """Return an atlas as one page."""
    return _index(atlas, {entry.key: f"#{anchor(entry)}" for entry in atlas.entries}, parts=True)


def write_pages(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page: the index, then one for each entry."""
    links = {entry.key: f"p-{anchor(entry)}.html" for entry in atlas.entries}
    yield "index.html", _index(atlas, links, parts=False)
    views = {entry.key: _entry(entry, links) for entry in atlas.entries}
    template = environment().get_template("atlas/entry.html.j2")
    for entry in atlas.entries:
        yield (
            links[entry.key],
            template.render(
                title=atlas.title,
                **_language(),
                policy=policy(""),
                style=_own("atlas.css"),
                entry=_with_related(views[entry.key], entry, views),
                linked_data=_linked_data([entry]),
                provenance=atlas.provenance,
            ),
        )


def _own(name: str) -> Any:
    """Return one of our own files as markup, without comments and the spaces before lines."""
    from markupsafe import Markup

    text = re.sub(r"^ *//.*\n|^ *\n|^ +", "", read_resource(f"atlas/{name}"), flags=re.MULTILINE)
    return Markup(text)  # noqa: S704


def _index(atlas: Atlas, links: Mapping[str, str], *, parts: bool) -> str:
    """Return the page with all lists and tables.

    Args:
        atlas: The atlas.
        links: For each entry the address of its part.
        parts: Whether the page has the parts on the entries, too.
    """
    from markupsafe import Markup

    script = _own("atlas.js")
    views = {entry.key: _entry(entry, links) for entry in atlas.entries}
    entries = [_with_related(views[entry.key], entry, views) for entry in atlas.entries]
    template = environment().get_template("atlas/index.html.j2")
    return template.render(
        atlas=atlas,
        **_language(),
        command=[
            (words, bool(value))
            for words, value in divided(_COMMAND if atlas.pairings else _COMMAND_ALONE)
        ],
        policy=policy(f"\n{script}"),
        style=_own("atlas.css") + "".join(map(_shades, atlas.tables)),
        script=script,
        linked_data=_linked_data(
            [atlas, *(each for each in atlas.entries if each.is_counted and parts)]
        ),
        data=Markup(json_for_script(script_data(atlas, has_parts=parts))),  # noqa: S704 - escaped for scripts
        facets=[_facet(atlas, facet, views) for facet in atlas.facets],
        tables=[
            _table(table, f"_table{number}", atlas, views)
            for number, table in enumerate(atlas.tables)
        ],
        groups=_groups(atlas.columns),
        legend=[(_SIGNS.get(answer, label), label) for answer, label in atlas.legend],
        entries=entries,
        counted=[entry for entry in entries if entry["is_counted"]],
        others=[entry for entry in entries if not entry["is_counted"]],
        has_parts=parts,
    )


def _language() -> dict[str, Any]:
    """Return the language of the page, and whether it runs from right to left."""
    return {"language": current().language, "is_right_to_left": current().is_right_to_left}


def _linked_data(parts: Iterable[Atlas | Entry]) -> Any:
    """Return what these are in the vocabulary of schema.org, as JSON-LD; empty if nothing."""
    from markupsafe import Markup

    graph = [record for part in parts for record in part.linked_data]
    data = {"@context": "https://schema.org", "@graph": graph}
    return Markup(json_for_script(data)) if graph else ""  # noqa: S704 - escaped for scripts


# --- Entries and facets ------------------------------------------------------------------------


def _entry(entry: Entry, links: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates show of an entry, without its relatives."""
    quotation = entry.quotation
    text = "".join(words for words, _ in quotation.parts) if quotation else ""
    return {
        "key": entry.key,
        "anchor": anchor(entry),
        "href": links[entry.key],
        "name": entry.name,
        "short_name": entry.short_name,
        "marks": entry.marks,
        "row": list(map(_list_cell, entry.row)),
        "facts": [(name, _runs(cell)) for name, cell in entry.facts],
        "table": _classes(entry.table),
        "citation": entry.citation,
        "sources": entry.sources,
        "has_numbers": _has_numbers(entry),
        "group": entry.group,
        "separator": current().strong_separator,
        "warnings": entry.warnings,
        "is_counted": entry.is_counted,
        "quotation": {
            "parts": quotation.parts,
            "introduction": quotation.introduction,
            "attributes": language_attributes(text, quotation.language),
        }
        if quotation
        else None,
    }


def _has_numbers(entry: Entry) -> bool:
    """Return whether a source of an entry is referred to by its number."""
    cells = (*(row[-1] for row in entry.table.rows), *(cell for _, cell in entry.facts))
    return len(entry.sources) > 1 or any("[1]" in cell.text for cell in cells)


def _with_related(
    view: dict[str, Any], entry: Entry, views: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """Return what the templates show of an entry, with its relatives."""
    related = [
        (heading, [(views[key], words) for key, words in members])
        for heading, members in entry.related
    ]
    return view | {"related": related}


def _classes(table: Table) -> dict[str, Any]:
    """Return the table of the classes of an entry; the keys of its rows are those of facets."""
    keys = table.row_keys or ("",) * len(table.rows)
    return {
        "title": table.title,
        "columns": [column.heading for column in table.columns],
        "rows": [
            {"facet": key, "cells": [_runs(cell) for cell in row]}
            for key, row in zip(keys, table.rows, strict=True)
        ],
        "remarks": table.remarks,
        "notes": table.notes,
    }


def _runs(cell: Cell) -> list[dict[str, Any]]:
    is_turned = current().is_right_to_left
    parts = cell_parts(cell, in_right_to_left=is_turned)
    return [part | {"marks": run.marks} for part, run in zip(parts, cell.runs, strict=True)]


def _facet(atlas: Atlas, facet: Facet, views: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a facet with the entries of each of its kinds."""
    return {
        "key": facet.key,
        "heading": facet.heading,
        "question": facet.question,
        "is_listed": facet.is_listed,
        "kinds": [
            {
                "key": kind.key,
                "id": f"c_{facet.key}_{number}",
                "label": kind.label,
                "definition": kind.definition,
                "details": kind.details,
                "members": [
                    (views[entry.key], entry.kinds[facet.key][kind.key])
                    for entry in atlas.entries
                    if entry.is_counted and kind.key in entry.kinds[facet.key]
                ],
            }
            for number, kind in enumerate(facet.kinds)
        ],
    }


# --- Tables ------------------------------------------------------------------------------------


def _table(
    table: Table, name: str, atlas: Atlas, views: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """Return a table, whose rows link to entries, and its figure."""
    keys = table.row_keys or ("",) * len(table.rows)
    rows = [
        {"entry": views.get(key), "cells": list(map(_runs, row))}
        for key, row in zip(keys, table.rows, strict=True)
    ]
    return {
        "id": name,
        "title": table.title,
        "headnote": table.headnote,
        "map": atlas_charts.map_view(table.figure) if isinstance(table.figure, TileMap) else None,
        "timeline": atlas_charts.timeline_view(table.figure, views)
        if isinstance(table.figure, Timeline)
        else None,
        "figure": "" if isinstance(table.figure, _OWN_CHARTS) else _figure(table, name, atlas),
        "columns": table.columns,
        "rows": rows,
        "is_list": all(row["entry"] for row in rows),
        "remarks": table.remarks,
        "notes": table.notes,
    }


def _shades(table: Table) -> str:
    return atlas_charts.shades(table.figure) if isinstance(table.figure, TileMap) else ""


def _list_cell(cell: Cell) -> dict[str, Any]:
    """Return a cell of the list: with a sign and marks if it is an answer."""
    return {
        "sign": None if cell.answer is None else _SIGNS.get(cell.answer, cell.text),
        "marks": [mark for run in cell.runs for mark in run.marks],
        "runs": _runs(cell),
    }


def _groups(columns: Iterable[Column]) -> list[tuple[str, int]]:
    """Return the common headings of neighbouring columns."""
    grouped = groupby(columns, key=lambda column: column.group)
    return [(group, len(list(members))) for group, members in grouped]


def _figure(table: Table, name: str, atlas: Atlas) -> Any:
    """Return the figure of a table, or an empty string if it has none."""
    from markupsafe import Markup

    from npcompare.formats.figures import selection

    document = Document(atlas.title, (table,), {}, table)
    picture = selection.whole(document, 0)
    # The picture escapes its own texts. Its ids must not be those of another picture.
    return Markup(picture.svg.replace("npcompare-figure-0", f"{name}-figure")) if picture else ""  # noqa: S704
