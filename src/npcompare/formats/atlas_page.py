"""Atlases as pages in HTML: one page, or a page for each entry beside an index.

A page loads nothing: its style, its script and its data are in it. Without scripts it has the same
lists, tables and parts; the script adds filters, pairs side by side and downloads.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from npcompare.charts import CellAnswer
from npcompare.document import Document, row_anchor
from npcompare.formats.html_parts import (
    environment,
    json_for_script,
    language_attributes,
    policy,
    run_parts,
)
from npcompare.formats.resources import read_resource
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.atlas import Atlas, Entry, Facet, Pairing
    from npcompare.document import Cell, Column, Table

#: A key that can be a part of an anchor and of the name of a file.
_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

#: The sign for each answer.
_SIGNS = {
    CellAnswer.YES: "✓",
    CellAnswer.NO: "–",
    CellAnswer.NOT_SHOWN: "",
    CellAnswer.SILENT: "○",
    CellAnswer.UNKNOWN: "?",
}

#: The characters that stand for numbers in the data: printable, and plain in JSON and in scripts.
_DIGITS = "".join(map(chr, range(35, 127))).translate({ord(sign): None for sign in "&'<>\\"})


def write(atlas: Atlas) -> str:
    """Return an atlas as one page."""
    return _index(atlas, {entry.key: f"#{_anchor(entry)}" for entry in atlas.entries}, parts=True)


def write_pages(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page: the index, then one for each entry."""
    links = {entry.key: f"p-{_anchor(entry)}.html" for entry in atlas.entries}
    yield "index.html", _index(atlas, links, parts=False)
    views = {entry.key: _entry(entry, links) for entry in atlas.entries}
    template = environment().get_template("atlas/entry.html.j2")
    for entry in atlas.entries:
        yield (
            links[entry.key],
            template.render(
                title=atlas.title,
                policy=policy(""),
                style=_own("atlas.css"),
                entry=_with_related(views[entry.key], entry, views),
                linked_data=_linked_data([entry]),
                provenance=atlas.provenance,
            ),
        )


def _own(name: str) -> Any:
    """Return one of our own files as markup, without the spaces at the beginning of lines."""
    from markupsafe import Markup

    text = read_resource(f"atlas/{name}")
    return Markup(re.sub("^ +", "", text, flags=re.MULTILINE))  # noqa: S704


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
        policy=policy(f"\n{script}"),
        style=_own("atlas.css"),
        script=script,
        linked_data=_linked_data(atlas.entries) if parts else "",
        data=Markup(json_for_script(_data(atlas, parts=parts))),  # noqa: S704 - escaped for scripts
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


def _anchor(entry: Entry) -> str:
    """Return the name of an entry in addresses; other names on the page have a low line."""
    return entry.key if _PLAIN.fullmatch(entry.key) else f"x{row_anchor(entry.key)[1:]}"


def _linked_data(entries: Iterable[Entry]) -> Any:
    """Return what entries are in the vocabulary of schema.org, as JSON-LD; empty if nothing."""
    from markupsafe import Markup

    graph = [record for entry in entries for record in entry.linked_data]
    data = {"@context": "https://schema.org", "@graph": graph}
    return Markup(json_for_script(data)) if graph else ""  # noqa: S704 - escaped for scripts


# --- Entries and facets ------------------------------------------------------------------------


def _entry(entry: Entry, links: Mapping[str, str]) -> dict[str, Any]:
    """Return what the templates show of an entry, without its relatives."""
    quotation = entry.quotation
    text = "".join(words for words, _ in quotation.parts) if quotation else ""
    return {
        "key": entry.key,
        "anchor": _anchor(entry),
        "href": links[entry.key],
        "name": entry.name,
        "short_name": entry.short_name,
        "marks": entry.marks,
        "row": list(map(_list_cell, entry.row)),
        "facts": [(name, _runs(cell)) for name, cell in entry.facts],
        "table": _classes(entry.table),
        "citation": entry.citation,
        "sources": entry.sources,
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
    return [run_parts(run) | {"marks": run.marks} for run in cell.runs]


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
                "query": f"{quote(facet.key)}={quote(kind.key)}",
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
        "figure": _figure(table, name, atlas),
        "columns": table.columns,
        "rows": rows,
        "is_list": all(row["entry"] for row in rows),
        "remarks": table.remarks,
        "notes": table.notes,
    }


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


# --- Data for the script -----------------------------------------------------------------------


def _data(atlas: Atlas, *, parts: bool) -> dict[str, Any]:
    """Return the data that the script selects and compares by.

    Without parts, the classes in words are among the data; with them, they are in the parts.
    """
    fragments: dict[str, int] = {}
    return {
        "provenance": visible(atlas.provenance),
        "columns": [column.key for column in atlas.columns if not column.group],
        "facets": [
            [facet.key, facet.heading, [kind.key for kind in facet.kinds]] for facet in atlas.facets
        ],
        "entries": [_entry_data(atlas, entry) for entry in atlas.entries],
        "classes": [] if parts else [_class_data(entry) for entry in atlas.entries],
        "digits": _DIGITS,
        "pairings": [
            [
                visible(pairing.heading),
                [
                    [fragments.setdefault(part, len(fragments)) for part in phrase.split("; ")]
                    for phrase in pairing.phrases
                ],
            ]
            for pairing in atlas.pairings
        ],
        "fragments": list(map(visible, fragments)),
        "pairs": _pairs(atlas.pairings) if atlas.pairings else [],
    }


def _entry_data(atlas: Atlas, entry: Entry) -> list[Any]:
    """Return key, anchor if it is not the key, whether it is counted, and the places of kinds."""
    places = [
        [place for place, kind in enumerate(facet.kinds) if kind.key in entry.kinds[facet.key]]
        for facet in atlas.facets
    ]
    anchor = _anchor(entry)
    return [entry.key, "" if anchor == entry.key else anchor, int(entry.is_counted), places]


def _class_data(entry: Entry) -> list[list[str]]:
    """Return for each question that is a facet its heading and the classes in words."""
    return [
        [visible(row[0].text), visible(row[1].text)]
        for key, row in zip(entry.table.row_keys, entry.table.rows, strict=True)
        if key
    ]


def _pairs(pairings: Sequence[Pairing]) -> list[Any]:
    """Return the numbers of the phrases of all pairs, in digits.

    Most pairs are like others, so the different combinations of phrases come first: for each
    respect the width of a number and the numbers in all combinations. Then come the width and the
    number of the combination of each pair.
    """
    combinations: dict[tuple[int, ...], int] = {}
    numbers = [
        combinations.setdefault(combination, len(combinations))
        for combination in zip(*(pairing.numbers for pairing in pairings), strict=True)
    ]
    return [_digits(column) for column in (*zip(*combinations, strict=True), numbers)]


def _digits(numbers: Sequence[int]) -> tuple[int, str]:
    """Return numbers in digits, and how many digits each of them has."""
    width = len(_in_digits(max(numbers)))
    return width, "".join(_in_digits(number, width) for number in numbers)


def _in_digits(number: int, width: int = 1) -> str:
    """Return a number in our digits, of which the lowest comes first."""
    digits = ""
    while number or len(digits) < width:
        number, digit = divmod(number, len(_DIGITS))
        digits += _DIGITS[digit]
    return digits
