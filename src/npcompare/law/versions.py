"""Provisions in time: what was in force on a day, and which version of a provision that is.

Hides how dates are written. A date may leave its day or its month open; where that leaves open
whether a provision was in force, the answer is that it cannot be told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.model.logic import Answer, conjunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from npcompare.model.provision import Provision

#: Spelt out, since what the library calls them depends on the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_AT_DAY = re.compile(r"(?P<name>.+)@(?P<day>[^@]*)")


def split(name: str) -> tuple[str, str]:
    """Return a name and the day asked for, of "name@2020-01-31"; no day if there is none."""
    found = _AT_DAY.fullmatch(name)
    return (found["name"], checked(found["day"])) if found else (name, "")


def checked(day: str) -> str:
    """Return a day that is written as it must be; raise NpcompareError if it is not."""
    from datetime import date

    try:
        found = date.fromisoformat(day).isoformat()
    except ValueError:
        found = ""
    # The library reads other ways of writing a day too.
    if not day or found != day:
        raise NpcompareError(f'"{day}" is not a day', "write it as 2020-01-31")
    return day


def in_force(dates: Mapping[str, str], day: str) -> Answer:
    """Say whether a provision of these dates was in force on a day.

    Where there is a first day and no last one, it is taken to be in force still.
    """
    first, last = dates.get("in_force_from", ""), dates.get("in_force_to", "")
    return conjunction([_has_begun(first, day), _has_not_ended(last, day)])


def _has_begun(first: str, day: str) -> Answer:
    if not first:
        return Answer.CANNOT_TELL
    if day >= _latest(first):
        return Answer.YES
    return Answer.NO if day < first else Answer.CANNOT_TELL


def _has_not_ended(last: str, day: str) -> Answer:
    if not last or day < last or day == last == _latest(last):
        return Answer.YES
    return Answer.NO if day > _latest(last) else Answer.CANNOT_TELL


def _latest(date: str) -> str:
    """Return the latest day that a date may mean, as text sorts: 2019-12-31 for 2019."""
    return date + "-12-31"[len(date) - len("2019") :]


def overlap(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether two versions are certainly in force on one and the same day."""
    starts = [dates.get("in_force_from", "") for dates in (one, other)]
    if not all(starts):
        return False
    return any(
        in_force(dates, _latest(start)) is Answer.YES
        for dates, start in ((one, starts[1]), (other, starts[0]))
    )


def lineage(provisions: Iterable[Provision], of: Provision) -> list[Provision]:
    """Return the versions in time of the provision that one is, or is a version of, by date."""
    root = of.version_of or of.id
    found = [
        one
        for one in provisions
        if one.version_of == root or (one.id == root and "in_force_from" in one.dates)
    ]
    return sorted(found, key=lambda one: (one.dates.get("in_force_from", ""), one.id))


def spoken(date: str) -> str:
    """Return a date as it is spoken: "8 April 2026" for 2026-04-08."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return " ".join([*(str(int(day)) for day in rest[1:]), month, year])


def period(provision: Provision) -> str:
    """Return when a provision was in force, in words."""
    first = provision.dates.get("in_force_from", "")
    last = provision.dates.get("in_force_to", "")
    if not first and not last:
        return "no dates held"
    parts = [f"from {spoken(first)}"] * bool(first) + [f"to {spoken(last)}"] * bool(last)
    return " ".join(parts)
