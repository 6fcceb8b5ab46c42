"""Check dates: each is a day, month or year that exists, and none contradicts another."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.unchecked_data import mapping
from npcompare.law.versions import latest
from npcompare.messages import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

#: The keys of a date, and of a mapping of dates.
_DATE_KEY, _DATES_KEY = "date", "dates"

#: Dates of which the second cannot be before the first, with the words for them.
_SEQUENCES = (
    ("in_force_from", "in_force_to", "the last day in force is before the first"),
    ("enacted", "in_force_from", "the first day in force is before the enactment"),
    ("enacted", "in_force_to", "the last day in force is before the enactment"),
)

_WORDS_OF_DATES = {
    "enacted": "the enactment",
    "in_force_from": "the first day in force",
    "in_force_to": "the last day in force",
}


def check_dates(file: YamlFile) -> Iterator[Problem]:
    """Yield a finding for each date in a file that does not exist, and each that is reversed."""
    data = file.data if isinstance(file.data, dict) else {}
    for pointer, date in _dates((), data):
        if reason := _impossible(date):
            yield file.problem(pointer, Code.WRONG_FORM, f'"{date}" is not a valid date: {reason}')
    yield from _before_instrument(file, data)
    dates = mapping(data.get(_DATES_KEY))
    for earlier_key, later_key, message in _SEQUENCES:
        earlier, later = str(dates.get(earlier_key, "")), str(dates.get(later_key, ""))
        if _is_possible(earlier) and _is_possible(later) and latest(later) < earlier:
            hint = f"{later_key} is {spoken(later)}, and {earlier_key} is {spoken(earlier)}"
            pointer = (_DATES_KEY, later_key)
            yield file.problem(pointer, Code.CODING_CONFLICT, message, hint)


def _before_instrument(file: YamlFile, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a finding for each date of a provision that is before the year of its instrument."""
    instrument, dates = mapping(data.get("instrument")), mapping(data.get(_DATES_KEY))
    year = str(instrument.get("year", ""))
    if not _is_possible(year) or instrument.get("kind") == "bill":
        # A bill is older than the law that it becomes.
        return
    for key, words in _WORDS_OF_DATES.items():
        date = str(dates.get(key, ""))
        if _is_possible(date) and latest(date) < year:
            message = f"{words} is before the year of the instrument, {year}"
            hint = f"{key} is {spoken(date)}; the year is that of the law, not of an edition of it"
            yield file.problem((_DATES_KEY, key), Code.CODING_CONFLICT, message, hint)


def _dates(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, str]]:
    """Yield each value with the form of a date under a key for dates, at any depth."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        if isinstance(part, dict | list):
            yield from _dates((*pointer, key), part)
        elif key == _DATE_KEY or _DATES_KEY in pointer:
            text = str(part)
            if _DATE.fullmatch(text):
                yield (*pointer, key), text


def _impossible(date: str) -> str:
    """Return why a date with the right form does not exist; empty if it does."""
    match = _DATE.fullmatch(date)
    assert match  # noqa: S101 - only such dates are asked about
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        return f"there is no year {match[1]}"
    if month is not None and not 1 <= month <= 12:
        return f"there is no month {match[2]}"
    if day is not None and month is not None:
        days = monthrange(year, month)[1]
        if not 1 <= day <= days:
            return f"{spoken(date[: len('2019-07')])} has the days 1 to {days}"
    return ""


def date_mistake(text: str) -> str:
    """Return why a text with the form of a date is not one; empty for any other text."""
    return _impossible(text) if _DATE.fullmatch(text) else ""


def _is_possible(date: str) -> bool:
    return bool(_DATE.fullmatch(date)) and not _impossible(date)
