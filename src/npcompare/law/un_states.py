"""Read the names and regions of the United Nations from `schemas/un-states.yaml`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from npcompare.law.bundled_data import bundled_data
from npcompare.model.united_nations import Area, Membership, Region, UnitedNations
from npcompare.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The key of the States and areas of each membership.
_KEYS = {
    Membership.MEMBER: "members",
    Membership.OBSERVER: "observers",
    Membership.AREA: "areas",
}


@cache
def united_nations() -> UnitedNations:
    """Return the bundled names and regions; raise ProblemsError if the file has findings."""
    data: Mapping[str, Any] = bundled_data("un-states")
    areas = [
        Area(
            code,
            area["name"],
            area.get("m49", ""),
            area["region"],
            membership,
            area.get("note", ""),
        )
        for membership, key in _KEYS.items()
        for code, area in data[key].items()
    ]
    areas.sort(key=lambda area: alphabetical(area.name))
    regions = [
        Region(code, region["name"], region.get("within", ""))
        for code, region in data["regions"].items()
    ]
    regions.sort(key=lambda region: alphabetical(region.name))
    return UnitedNations(
        {area.code: area for area in areas}, {region.code: region for region in regions}
    )
