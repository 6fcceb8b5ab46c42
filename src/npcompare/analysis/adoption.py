"""When provisions were adopted, as far as their dates show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.effects import WITHOUT_RULE
from npcompare.law.versions import DatedBy, dates_of, first_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.results import Classification

#: The effects of what is not adopted law or a rule.
_LEFT_OUT = (*WITHOUT_RULE, "bill")


class Adoption(Struct, frozen=True):
    """A provision with its first date and its last day in force, if these are known."""

    result: Classification
    #: A day, a month or a year; empty if no date is known.
    date: str
    dated_by: DatedBy | None
    #: The last day in force, or its month or year; empty if none is known.
    until: str

    @property
    def year(self) -> int:
        """The year of the first date."""
        return _year(self.date)

    @property
    def last_year(self) -> int | None:
        """The last year in force, if it is known."""
        return _year(self.until) if self.until else None


class Adoptions(Struct, frozen=True):
    """Provisions by date, those without one, and what was not adopted, by effect."""

    dated: tuple[Adoption, ...]
    undated: tuple[Adoption, ...]
    left_out: tuple[tuple[str, tuple[Classification, ...]], ...]


def adoptions(results: Iterable[Classification]) -> Adoptions:
    """Return provisions with their dates; the earliest first, and otherwise in their order.

    Bills and texts whose coding is only proposed are not adopted law, and reports that there is no
    provision and findings contain no rule.
    """
    dated: list[Adoption] = []
    undated: list[Adoption] = []
    left_out: dict[str, list[Classification]] = {}
    for result in results:
        effect = "bill" if result.provision.is_proposed else result.effect
        if effect in _LEFT_OUT:
            left_out.setdefault(effect, []).append(result)
            continue
        dates = dates_of(result.provision)
        date, dated_by = first_date(dates)
        adoption = Adoption(result, date, dated_by, dates.in_force_to)
        (dated if date else undated).append(adoption)
    dated.sort(key=lambda adoption: adoption.date)
    return Adoptions(
        tuple(dated),
        tuple(undated),
        tuple((effect, tuple(members)) for effect, members in left_out.items()),
    )


def _year(date: str) -> int:
    return int(date.partition("-")[0])
