"""Provisions in time: whether one was in force on a day, and which version of it was.

A date may be a year or a month only. If that leaves open whether a provision was in force, the
answer is unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.model.logic import Answer, conjunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from npcompare.model.provision import Provision

#: Written out, because the library's names depend on the language of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_NAME_AND_DAY = re.compile(r"(?P<name>.+)@(?P<day>[^@]*)")


def split(name: str) -> tuple[str, str]:
    """Return the name and the day of "name@2020-01-31"; the day may be empty."""
    match = _NAME_AND_DAY.fullmatch(name)
    return (match["name"], valid_day(match["day"])) if match else (name, "")


def valid_day(day: str) -> str:
    """Return a day written as 2020-01-31; raise NpcompareError for any other text."""
    from datetime import date

    try:
        parsed = date.fromisoformat(day).isoformat()
    except ValueError:
        parsed = ""
    # The library accepts other ways of writing a day too.
    if not day or parsed != day:
        raise NpcompareError(f'"{day}" is not a valid day', "write it as 2020-01-31")
    return day


def in_force(dates: Mapping[str, str], day: str) -> Answer:
    """Return whether a provision with these dates was in force on a day.

    A provision with a first day and no last day is taken to be still in force.
    """
    first, last = dates.get("in_force_from", ""), dates.get("in_force_to", "")
    return conjunction([_has_begun(first, day), _has_not_ended(last, day)])


def _has_begun(first: str, day: str) -> Answer:
    if not first:
        return Answer.UNKNOWN
    if day >= _latest(first):
        return Answer.YES
    return Answer.NO if day < first else Answer.UNKNOWN


def _has_not_ended(last: str, day: str) -> Answer:
    if not last or day < last or day == last == _latest(last):
        return Answer.YES
    return Answer.NO if day > _latest(last) else Answer.UNKNOWN


def _latest(date: str) -> str:
    """Return the latest day that a date may mean, for comparison as text: 2019-12-31 for 2019."""
    return date + "-12-31"[len(date) - len("2019") :]


def overlap(left: Mapping[str, str], right: Mapping[str, str]) -> bool:
    """Return whether versions with these dates are certainly in force on the same day."""
    first_days = [dates.get("in_force_from", "") for dates in (left, right)]
    if not all(first_days):
        return False
    return any(
        in_force(dates, _latest(first_day)) is Answer.YES
        for dates, first_day in ((left, first_days[1]), (right, first_days[0]))
    )


def lineage(provisions: Iterable[Provision], provision: Provision) -> list[Provision]:
    """Return all dated versions of the law that a provision is a version of, by date."""
    root = provision.version_of or provision.id
    versions = [
        candidate
        for candidate in provisions
        if candidate.version_of == root
        or (candidate.id == root and "in_force_from" in candidate.dates)
    ]
    return sorted(
        versions, key=lambda version: (version.dates.get("in_force_from", ""), version.id)
    )


def spoken(date: str) -> str:
    """Return a date in words: "8 April 2026" for 2026-04-08."""
    year, *month_and_day = date.split("-")
    if not month_and_day:
        return year
    month = _MONTHS[int(month_and_day[0]) - 1]
    return " ".join([*(str(int(day)) for day in month_and_day[1:]), month, year])


def period(provision: Provision) -> str:
    """Return when a provision was in force, in words."""
    first = provision.dates.get("in_force_from", "")
    last = provision.dates.get("in_force_to", "")
    if not first and not last:
        return "no dates given"
    parts = [f"from {spoken(first)}"] * bool(first) + [f"to {spoken(last)}"] * bool(last)
    return " ".join(parts)
