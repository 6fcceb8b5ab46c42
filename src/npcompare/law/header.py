"""The fields of a file that place its provision among others, and its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.law.unchecked_data import mapping
from npcompare.law.versions import dates_from

if TYPE_CHECKING:
    from npcompare.law.versions import Dates


class Header(Struct, frozen=True):
    """The fields that place a provision among others; their types are not checked."""

    id: Any = None
    aliases: Any = None
    jurisdiction: Any = None
    instrument: Any = None
    dates: Any = None
    version_of: Any = None
    succeeds: Any = None
    fuller: Any = None


def header_dates(header: Header) -> Dates:
    """Return the dates of a valid file, with the year of its instrument."""
    instrument = mapping(header.instrument)
    year, kind = str(instrument.get("year", "")), str(instrument.get("kind", ""))
    return dates_from(mapping(header.dates), year, kind)
