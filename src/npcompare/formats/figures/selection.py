"""Figures of tables, as SVG: the format `svg`, and figures inside other formats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from npcompare.charts import (
    MAX_BOXES,
    MAX_INTERSECTIONS,
    MAX_LINES,
    MAX_LISTED,
    MAX_MOMENTS,
    MAX_STRIP_NAMES,
    AnswerOverview,
    Diagram,
    DotPlot,
    HeatMap,
    Profile,
    SetOverlap,
    StepBars,
    TileMap,
    Timeline,
)
from npcompare.errors import NpcompareError
from npcompare.formats.figures import (
    answer_overview,
    dot_plot,
    hasse_diagram,
    heat_map,
    profile,
    set_overlap,
    step_bars,
    tile_map,
    timeline,
)
from npcompare.formats.figures.block_figure import block_drawer
from npcompare.formats.figures.mirroring import in_language
from npcompare.formats.figures.row_figure import Drawer, Page, row_drawer

if TYPE_CHECKING:
    from npcompare.document import Document
    from npcompare.formats.figures.canvas import Picture

_ID = "npcompare-figure"

#: What draws each kind of chart.
_DRAWERS = {
    AnswerOverview: row_drawer(answer_overview.figure_of),
    DotPlot: row_drawer(dot_plot.figure_of),
    HeatMap: row_drawer(heat_map.figure_of),
    Profile: row_drawer(profile.figure_of),
    StepBars: row_drawer(step_bars.figure_of),
    Diagram: Drawer(hasse_diagram.whole, hasse_diagram.pages),
    SetOverlap: block_drawer(set_overlap.figure_of),
    TileMap: block_drawer(tile_map.figure_of),
    Timeline: block_drawer(timeline.figure_of),
}

#: How large the charts can be that may be too large.
_LIMITS = {
    Diagram: (
        f"a figure has at most {MAX_BOXES} boxes, {MAX_LINES} lines and {MAX_LISTED} other names"
    ),
    SetOverlap: f"an overlap has at most {MAX_INTERSECTIONS} columns",
    TileMap: f"a map has at most {MAX_STRIP_NAMES} names without a tile",
    Timeline: f"a timeline has at most {MAX_MOMENTS} marks",
}


def write(document: Document) -> str:
    """Return the figure of the first table that has one.

    Raises NpcompareError if no table has a figure, or if one is too large to be read.
    """
    for table in document.tables:
        chart = table.figure
        if isinstance(chart, Diagram | SetOverlap | TileMap | Timeline) and not chart.is_readable:
            raise NpcompareError(
                "the figure would be too large to read",
                f"name fewer: {_LIMITS[type(chart)]}; or choose another format",
            )
    for number in range(len(document.tables)):
        if picture := whole(document, number):
            return picture.svg
    if any(table.figure for table in document.tables):
        raise NpcompareError(
            "there is nothing to draw", "choose another format: its table says what is known"
        )
    raise NpcompareError(
        "this output has no figure", "run `npcompare figure`, or choose another format"
    )


def whole(document: Document, number: int) -> Picture | None:
    """Return the figure of a table, or None if it has none."""
    chart = document.tables[number].figure
    picture = _DRAWERS[type(chart)].whole(document, number, _name(number)) if chart else None
    return _in_language(picture, document) if picture else None


def inline(document: Document, number: int) -> Picture | None:
    """Return the figure of a table without titles and remarks, or None if it has none.

    The page around it prints them.
    """
    chart = document.tables[number].figure
    if not chart:
        return None
    pictures = _DRAWERS[type(chart)].pages(document, number, _name(number), Page.SCREEN)
    return _in_language(pictures[0], document) if pictures else None


def pages(document: Document, number: int, *, is_upright: bool = True) -> list[Picture]:
    """Return the figure of a table in parts for pages: a diagram, or some rows each.

    Titles and provenance are printed by the pages. Returns nothing if the table has no figure.
    """
    chart = document.tables[number].figure
    if not chart:
        return []
    page = Page.UPRIGHT if is_upright else Page.LOW
    pictures = _DRAWERS[type(chart)].pages(document, number, _name(number), page)
    return [_in_language(picture, document) for picture in pictures]


def _in_language(picture: Picture, document: Document) -> Picture:
    return replace(picture, svg=in_language(picture.svg, document))


def _name(number: int) -> str:
    """Return the name with which the ids of the figure of a table begin."""
    return f"{_ID}-{number}"
