"""The origin of provisions, for tables that programs read: the State, its region, and the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npcompare.model.provision import Provision

#: The keys of the values of `origin`.
ORIGIN_KEYS = ("code", "kind", "region", "year")


def origin(provision: Provision) -> tuple[str, str, str, str]:
    """Return the ISO code, the kind and the region of a jurisdiction, and the instrument's year.

    The region is one of the largest of the United Nations, such as Africa. Each is empty if there
    is none, or if it is not known.
    """
    from npcompare.law.un_states import united_nations

    jurisdiction = provision.jurisdiction
    regions = united_nations().regions_of(jurisdiction.code or "")
    year = provision.instrument.year or provision.dates.get("enacted", "")[:4]
    return jurisdiction.code, jurisdiction.kind, regions[-1].name if regions else "", year
