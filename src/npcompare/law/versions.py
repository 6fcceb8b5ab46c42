"""Provisions in time: whether one was in force on a day, and which version of it was.

A date may be a year or a month only. If that leaves open whether a provision was in force, the
answer is unknown. No provision is in force before it is enacted, nor before the year of its
instrument.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.messages import deferred, message, spoken
from npcompare.model.logic import Answer, conjunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from npcompare.model.provision import Provision

#: The words for the time in force of a provision without dates.
_NO_DATES = deferred("no dates given")


def split(name: str) -> tuple[str, str]:
    """Return the name and the day of "name@2020-01-31"; the day may be empty."""
    version_of, _, day = name.rpartition("@")
    return (version_of, valid_day(day)) if version_of else (name, "")


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


class Dates(Struct, frozen=True):
    """The dates of a provision, each a day, a month or a year; empty if it is not known."""

    enacted: str = ""
    in_force_from: str = ""
    #: The last day in force.
    in_force_to: str = ""
    #: The year of the instrument.
    year: str = ""
    #: Whether the instrument is a bill, whose year is not that of an enactment.
    is_bill: bool = False

    @property
    def has_period(self) -> bool:
        """Whether the first or the last day in force is known."""
        return bool(self.in_force_from or self.in_force_to)


class Standing(Enum):
    """Whether a provision was in force on a day, as far as its dates show."""

    IN_FORCE = auto()
    #: The enactment or the year of the instrument is known, but no day of entry into force.
    ENACTED = auto()
    #: The dates are not exact enough, or only the last day is known.
    UNCERTAIN = auto()
    #: Nothing dates the provision.
    UNDATED = auto()
    NOT_IN_FORCE = auto()


def dates_of(provision: Provision) -> Dates:
    """Return the dates of a provision."""
    instrument = provision.instrument
    return dates_from(provision.dates, instrument.year, instrument.kind)


def dates_from(dates: Mapping[str, str], year: str, kind: str) -> Dates:
    """Return dates from those of a provision, and the year and kind of its instrument."""
    return Dates(
        enacted=dates.get("enacted", ""),
        in_force_from=dates.get("in_force_from", ""),
        in_force_to=dates.get("in_force_to", ""),
        year=year,
        is_bill=kind == "bill",
    )


class DatedBy(Enum):
    """Which date of a provision is the first that is known."""

    IN_FORCE = auto()
    ENACTED = auto()
    #: The year of the instrument; an article that was added later is younger.
    INSTRUMENT = auto()


def first_date(dates: Dates) -> tuple[str, DatedBy | None]:
    """Return the day, month or year of a provision, and which date that is.

    It is that of its entry into force, of its enactment, or of its instrument, in this order. If
    none is known, the date is empty.
    """
    for date, dated_by in (
        (dates.in_force_from, DatedBy.IN_FORCE),
        (dates.enacted, DatedBy.ENACTED),
        (dates.year, DatedBy.INSTRUMENT),
    ):
        if date:
            return date, dated_by
    return "", None


def in_force(dates: Dates, day: str) -> Answer:
    """Return whether a provision with these dates was in force on a day.

    A provision with a first day and no last day is taken to be still in force.
    """
    return conjunction([_has_begun(dates, day), _has_not_ended(dates.in_force_to, day)])


def standing(dates: Dates, day: str) -> Standing:
    """Return whether a provision was in force on a day, and if not known, why."""
    answer = in_force(dates, day)
    if answer is not Answer.UNKNOWN:
        return Standing.IN_FORCE if answer is Answer.YES else Standing.NOT_IN_FORCE
    if dates.in_force_from:
        return Standing.UNCERTAIN
    if dates.enacted or (dates.year and not dates.is_bill):
        return Standing.ENACTED
    return Standing.UNCERTAIN if dates.in_force_to else Standing.UNDATED


def _has_begun(dates: Dates, day: str) -> Answer:
    first = dates.in_force_from
    if first and day >= latest(first):
        return Answer.YES
    if first and day < first:
        return Answer.NO
    # The exact day of entry into force is not known.
    is_earlier = day < dates.enacted or (not first and day < dates.year)
    return Answer.NO if is_earlier else Answer.UNKNOWN


def _has_not_ended(last: str, day: str) -> Answer:
    if not last or day < last or day == last == latest(last):
        return Answer.YES
    return Answer.NO if day > latest(last) else Answer.UNKNOWN


def latest(date: str) -> str:
    """Return the latest day that a date may mean, for comparison as text: 2019-12-31 for 2019."""
    return date + "-12-31"[len(date) - len("2019") :]


def overlap(left: Dates, right: Dates) -> bool:
    """Return whether versions with these dates are certainly in force on the same day."""
    first_days = left.in_force_from, right.in_force_from
    if not all(first_days):
        return False
    return any(
        in_force(dates, latest(first_day)) is Answer.YES
        for dates, first_day in ((left, first_days[1]), (right, first_days[0]))
    )


def certainly_before(left: Dates, right: Dates) -> bool:
    """Return whether one provision was in force before another could be, whatever is not known."""
    last = latest(left.in_force_from) if left.in_force_from else ""
    last = last or (latest(left.in_force_to) if left.in_force_to else "")
    first = earliest_start(right)
    return bool(last and first) and last < first


def earliest_start(dates: Dates) -> str:
    """Return the day, month or year before which a provision was not in force; empty if unknown."""
    return max(dates.in_force_from, dates.enacted, "" if dates.is_bill else dates.year)


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


def by_answer(provisions: Iterable[Provision], day: str) -> dict[Answer, list[Provision]]:
    """Return provisions by whether they were in force on a day."""
    answers: dict[Answer, list[Provision]] = {answer: [] for answer in Answer}
    for provision in provisions:
        answers[in_force(dates_of(provision), day)].append(provision)
    return answers


def version_on(provisions: Iterable[Provision], provision: Provision, day: str) -> Provision:
    """Return the version of a provision that was certainly in force on a day.

    Raises NpcompareError if it is not known which one was.
    """
    versions = lineage(provisions, provision)
    answers = by_answer(versions, day)
    if len(answers[Answer.YES]) == 1:
        return answers[Answer.YES][0]
    periods = "; ".join(f"{version.id} {period(dates_of(version))}" for version in versions)
    is_none = versions and len(answers[Answer.NO]) == len(versions)
    raise NpcompareError(
        f"no dated version of {provision.id} was in force on {day}"
        if is_none
        else f"it is not known which version of {provision.id} was in force on {day}",
        f"the versions are: {periods}" if periods else "no version of it has dates",
    )


def period_in_force(provision: Provision) -> str:
    """Return when a provision was in force, in words; empty if no day of this is known."""
    dates = dates_of(provision)
    return period(dates) if dates.has_period else ""


def period(dates: Dates) -> str:
    """Return when a provision with these dates was in force, in words."""
    first, last = dates.in_force_from, dates.in_force_to
    if first and last:
        return message(
            "from {first_day} to {last_day}", first_day=spoken(first), last_day=spoken(last)
        )
    if first:
        return message("from {first_day}", first_day=spoken(first))
    if last:
        return message("to {last_day}", last_day=spoken(last))
    return message(_NO_DATES)
