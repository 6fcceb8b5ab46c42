"""The names that the United Nations uses for States and areas, and the regions they are in."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.model.provision import Jurisdiction

#: What follows the name of a State in brackets: "United States of America (California)".
_IN_BRACKETS = re.compile(r".+ \((?P<part>.+)\)")


class Membership(StrEnum):
    """What a State or area is to the United Nations."""

    MEMBER = "member"
    OBSERVER = "observer"
    #: Neither: a part of a State, or an area with an entry of its own.
    AREA = "area"


class Region(Struct, frozen=True):
    """A region of the standard M49."""

    code: str
    name: str
    #: The code of the next larger region; empty for the largest.
    within: str


class Area(Struct, frozen=True):
    """A State or area with its code of ISO 3166-1."""

    code: str
    name: str
    #: The code of M49; empty if it has none.
    m49: str
    #: The code of the smallest region that contains it.
    region: str
    membership: Membership
    note: str = ""


class UnitedNations(Struct, frozen=True):
    """States and areas by their code, and regions by theirs, both in the order of their names."""

    areas: Mapping[str, Area]
    regions: Mapping[str, Region]

    @property
    def members(self) -> tuple[Area, ...]:
        """The States Members of the United Nations, by name."""
        return tuple(area for area in self.areas.values() if area.membership is Membership.MEMBER)

    def area_of(self, code: str) -> Area | None:
        """Return the State or area with a code, or with a part that has the code."""
        return self.areas.get(code.partition("-")[0])

    def regions_of(self, code: str) -> tuple[Region, ...]:
        """Return the regions that contain a State, an area or a part of one; smallest first."""
        area = self.area_of(code)
        regions = []
        region_code = area.region if area else ""
        while region_code:
            region = self.regions[region_code]
            regions.append(region)
            region_code = region.within
        return tuple(regions)

    def name_of(self, jurisdiction: Jurisdiction) -> str:
        """Return the name that the United Nations uses for a jurisdiction.

        A part of a State follows its name in brackets. What has no code, such as an organization,
        and what has an unknown code keeps its name.
        """
        area = self.area_of(jurisdiction.code)
        if area is None:
            return jurisdiction.name
        part = self.part_of(jurisdiction)
        return f"{area.name} ({part})" if part else area.name

    def part_of(self, jurisdiction: Jurisdiction) -> str:
        """Return what follows the name of a State in brackets, in English; empty if nothing."""
        area = self.area_of(jurisdiction.code)
        return _part(jurisdiction, area) if area else ""


def _part(jurisdiction: Jurisdiction, area: Area) -> str:
    """Return the part of a State that a jurisdiction is; empty if it is the whole."""
    match = _IN_BRACKETS.fullmatch(jurisdiction.name)
    part = match["part"] if match and jurisdiction.name != area.name else ""
    if jurisdiction.code != area.code:
        return part or jurisdiction.name
    # After the name of a State, brackets contain another name, as in "Myanmar (Burma)", or say
    # which law is meant, as in "(federal)".
    is_group = jurisdiction.kind == "territory" and area.membership is Membership.MEMBER
    return part if is_group or part[:1].islower() else ""
