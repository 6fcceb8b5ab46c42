"""Charts as elements of the pages of an atlas: maps of tiles, and timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.charts import Look
from npcompare.messages import enumerated, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from npcompare.charts import Moment, TileMap, Timeline


def map_view(chart: TileMap) -> dict[str, Any]:
    """Return what the template shows of a map; tiles of which nothing is known have no keys."""
    keys = [
        {"number": number, "letter": key.letter, "label": key.label}
        for number, key in enumerate(chart.legend)
    ]
    blank = {number for number, key in enumerate(chart.legend) if key.look is Look.NOT_EXAMINED}

    def keys_of(numbers: Iterable[int]) -> list[dict[str, Any]]:
        return [keys[number] for number in numbers if number not in blank]

    return {
        "legend": keys,
        "label": message(
            "A map of {count} tiles. The names are in the lists under Counts.",
            count=len(chart.tiles),
        ),
        "tiles": [
            {
                "row": tile.row + 1,
                "column": tile.column + 1,
                "code": tile.code,
                "name": tile.name,
                "classes": keys_of(tile.keys),
            }
            for tile in chart.tiles
        ],
        "strips": [
            (strip.heading, [(each.name, keys_of(each.keys)) for each in strip.names])
            for strip in chart.strips
        ],
    }


def shades(chart: TileMap) -> str:
    """Return the style of the keys of a map: a shade for each class, the first one the lightest."""
    classes = sum(key.look is Look.CLASS for key in chart.legend)
    rules = []
    for number in range(classes):
        lightness = round(92 - 70 * (number / max(1, classes - 1)) ** 1.6)
        ink = "#fff" if lightness < 50 else "#1a1a1a"
        rules.append(f"b.k{number}{{background:hsl(208 60% {lightness}%);color:{ink}}}")
    for number, key in enumerate(chart.legend):
        if key.look is Look.NOT_EXAMINED:
            rules.append(f"b.k{number}{{background:var(--soft);border:0}}")
    return "".join(rules)


def timeline_view(chart: Timeline, entries: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what the template shows of a timeline: in each lane a line for each mark.

    Args:
        chart: The timeline.
        entries: What templates show of each entry, by its key.
    """
    years = [moment.year for moment in chart.moments]
    years += [moment.last_year for moment in chart.moments if moment.last_year]
    first = min(years, default=0)

    def mark(moment: Moment) -> dict[str, Any]:
        last_year = moment.last_year
        return {
            "entry": entries[moment.key],
            "shape": str(moment.shape),
            "is_vague": moment.is_vague,
            "start": moment.year - first,
            "length": last_year - moment.year if last_year else 0,
            "years": f"{moment.year}–{last_year}" if last_year else str(moment.year),
        }

    return {
        "shapes": [
            *((str(shape), label) for shape, label in chart.shapes),
            ("vague", chart.vague),
        ],
        "bar": chart.bar,
        "length": max(years, default=0) - first + 1,
        "lanes": [
            {
                "name": name,
                "marks": [mark(moment) for moment in chart.moments if moment.lane == number],
            }
            for number, name in enumerate(chart.lanes)
        ],
        "lists": [
            (name_list.heading, enumerated(name_list.names, is_strong=True))
            for name_list in chart.lists
        ],
    }
