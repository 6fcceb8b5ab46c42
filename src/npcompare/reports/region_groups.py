"""Provisions by the region of the State, as the United Nations divides the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.law.un_states import united_nations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.model.provision import Jurisdiction
    from npcompare.model.results import Classification

#: The groups by region: by the largest regions, such as Africa, or by the smallest.
REGION_GROUPS = ("region", "subregion")

_ORGANIZATIONS = frozenset({"regional_organization", "international_organization"})

#: The heads of what is in no region, in the order of their tables after those of the regions.
_BODIES = "International and regional organizations"
_NOT_KNOWN = "Region not known"


def by_region(
    results: Sequence[Classification], kind: str
) -> list[tuple[str, list[Classification]]]:
    """Return the name and the provisions of each region, by name, and then what is in none.

    Args:
        results: The provisions.
        kind: One of REGION_GROUPS.
    """
    groups: dict[str, list[Classification]] = {}
    for result in results:
        groups.setdefault(_head(result.provision.jurisdiction, kind), []).append(result)
    last = (_BODIES, _NOT_KNOWN)
    names = sorted(set(groups) - set(last)) + [name for name in last if name in groups]
    return [(name, groups[name]) for name in names]


def _head(jurisdiction: Jurisdiction, kind: str) -> str:
    """Return the name of the region of a jurisdiction, or why it is in none."""
    regions = united_nations().regions_of(jurisdiction.code or "")
    if regions:
        return regions[-1 if kind == "region" else 0].name
    return _BODIES if jurisdiction.kind in _ORGANIZATIONS else _NOT_KNOWN
