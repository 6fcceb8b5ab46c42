"""What a corpus contains on each Member State of the United Nations."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.provision import Provision
    from npcompare.model.united_nations import Area, UnitedNations


class Coverage(StrEnum):
    """How far the law of a State is known, from the most to the least."""

    #: A value is based on the law's own words.
    TEXT = "text"
    #: Sources report a provision.
    REPORTED = "reported"
    #: Sources report that an Act has no specific provision.
    NONE = "none"
    #: There is no provision of the State in the corpus.
    NOT_EXAMINED = "not_examined"


class StateCoverage(Struct, frozen=True):
    """A State or area with its provisions and those of its parts."""

    area: Area
    provisions: tuple[Provision, ...]

    @property
    def coverage(self) -> Coverage:
        """How far the law of the State is known."""
        if any(map(_is_coded_from_text, self.provisions)):
            return Coverage.TEXT
        if any(not provision.is_absence for provision in self.provisions):
            return Coverage.REPORTED
        return Coverage.NONE if self.provisions else Coverage.NOT_EXAMINED


def _is_coded_from_text(provision: Provision) -> bool:
    """Return whether a coded value is based on the law's own words, not on a description."""
    return any(value.coded.basis is Basis.TEXT for value in provision.coded_values)


def member_states(
    nations: UnitedNations, provisions: Iterable[Provision]
) -> tuple[StateCoverage, ...]:
    """Return the Member States by name, each with its provisions by id."""
    by_code = _by_code(nations, provisions)
    return tuple(StateCoverage(area, tuple(by_code.get(area.code, ()))) for area in nations.members)


def other_areas(
    nations: UnitedNations, provisions: Iterable[Provision]
) -> tuple[StateCoverage, ...]:
    """Return the areas with provisions that are not Member States, by name."""
    member_codes = {area.code for area in nations.members}
    areas = [
        StateCoverage(nations.areas[code], tuple(of_area))
        for code, of_area in _by_code(nations, provisions).items()
        if code and code not in member_codes
    ]
    return tuple(sorted(areas, key=lambda state: state.area.name))


def without_area(nations: UnitedNations, provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return the provisions of organizations, and of jurisdictions without a known code."""
    return tuple(_by_code(nations, provisions).get("", ()))


def _by_code(nations: UnitedNations, provisions: Iterable[Provision]) -> dict[str, list[Provision]]:
    """Return provisions by the code of their State or area, each by id.

    Those without a code, or with one that is not known, are under an empty code.
    """
    by_code: dict[str, list[Provision]] = {}
    for provision in sorted(provisions, key=lambda provision: provision.id):
        area = nations.area_of(provision.jurisdiction.code)
        by_code.setdefault(area.code if area else "", []).append(provision)
    return by_code
