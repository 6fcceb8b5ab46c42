"""The classes of provisions by State: what a map of one dimension shows, and what it leaves out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.law.named_files import row_key
from npcompare.messages import current
from npcompare.model.provision import NONE_REPORTED
from npcompare.model.united_nations import Membership

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification
    from npcompare.model.united_nations import Area, UnitedNations

#: Why a provision is on no map: it is not in force as law, or contains no rule.
_LEFT_OUT = ("bill", "finding")


class Kind(StrEnum):
    """What an entry of a map is about, in the order of the map."""

    MEMBER = "member"
    PART = "part"
    OBSERVER = "observer"
    AREA = "area"
    ORGANIZATION = "organization"
    OTHER = "other"


class Gap(StrEnum):
    """Why an entry has no provisions of its own."""

    #: Only parts of the State have provisions here.
    PARTS = "parts"
    #: The corpus has provisions, but not among those shown.
    NOT_SHOWN = "not_shown"
    #: The corpus has none.
    NOT_EXAMINED = "not_examined"


class Entry(Struct, frozen=True):
    """A State, a part of one, an area or an organization, with its provisions."""

    kind: Kind
    name: str
    #: The code of ISO 3166, or an empty text.
    code: str
    results: tuple[Classification, ...]
    #: Why there are no provisions; None if there are some.
    gap: Gap | None = None

    @property
    def is_absence(self) -> bool:
        """Whether it is only reported that there is no specific provision."""
        return bool(self.results) and all(result.provision.is_absence for result in self.results)

    def answers(self, dimension: Dimension) -> tuple[str, ...]:
        """Return the classes of all provisions, then "silent", "none_reported" and "unknown"."""
        answers = {
            answer
            for result in self.results
            if not result.provision.is_absence
            for answer in result.dimensions[dimension.id].answers
        }
        words = (*dimension.classes, "silent", NONE_REPORTED, "unknown")
        return tuple(word for word in words if word in answers)


class ClassMap(Struct, frozen=True):
    """The entries of a map by kind and name, and the provisions that it does not show."""

    entries: tuple[Entry, ...]
    #: Provisions that others on the map have replaced.
    replaced: tuple[Provision, ...]
    #: Bills, and texts without a rule.
    left_out: tuple[Provision, ...]


def class_map(
    nations: UnitedNations, results: Sequence[Classification], known_codes: Collection[str]
) -> ClassMap:
    """Return the provisions by State.

    Args:
        nations: The States Members of the United Nations, and the other areas.
        results: The provisions to be shown.
        known_codes: The codes of all jurisdictions that the corpus has provisions of.
    """
    replaced_ids = {result.provision.succeeds.id for result in results if result.provision.succeeds}
    #: By kind, code and name; one that has a name of its own is known by its code alone.
    by_entry: dict[tuple[Kind, str, str], list[Classification]] = {}
    replaced, left_out = [], []
    for result in results:
        provision = result.provision
        if provision.id in replaced_ids:
            replaced.append(provision)
        elif result.effect in _LEFT_OUT:
            left_out.append(provision)
        else:
            by_entry.setdefault(_key(nations, provision), []).append(result)
    entries = [
        Entry(kind, name or _name(nations, code, members), code, tuple(members))
        for (kind, code, name), members in by_entry.items()
    ]
    entries += _without_provisions(nations, entries, known_codes)
    order, language = list(Kind), current().language
    entries.sort(
        key=lambda entry: (order.index(entry.kind), row_key(entry.name, language), entry.code)
    )
    return ClassMap(tuple(entries), tuple(replaced), tuple(left_out))


def _key(nations: UnitedNations, provision: Provision) -> tuple[Kind, str, str]:
    """Return the kind and the code of the entry of a provision; its name if several share these."""
    jurisdiction = provision.jurisdiction
    code, name = jurisdiction.code, jurisdiction.name
    area = nations.area_of(code)
    if jurisdiction.is_organization:
        return Kind.ORGANIZATION, "", name
    if area is None:
        return Kind.OTHER, code, name
    if area.membership is Membership.AREA:
        return Kind.AREA, code, "" if code == area.code else name
    # Several parts of a State, such as "various states", have the code of the State.
    if code != area.code or jurisdiction.kind == "territory":
        return Kind.PART, code, name
    return _kind(area), code, ""


def _name(nations: UnitedNations, code: str, members: Iterable[Classification]) -> str:
    """Return the name of a State or an area: the one that its provisions have in common.

    It is that of the United Nations if their names begin with it, such as that of a federation, or
    if they have none in common.
    """
    names = sorted({member.provision.jurisdiction.name for member in members}, key=len)
    name_of_nations, shortest = nations.areas[code].name, names[0]
    has_own_name = not shortest.startswith(name_of_nations)
    is_common = all(name.startswith(shortest) for name in names)
    return shortest if has_own_name and is_common else name_of_nations


def _kind(area: Area) -> Kind:
    return Kind.MEMBER if area.membership is Membership.MEMBER else Kind.OBSERVER


def _without_provisions(
    nations: UnitedNations, entries: Iterable[Entry], known_codes: Collection[str]
) -> Iterator[Entry]:
    """Yield the member and observer States that have no provision of their own to show."""
    codes = {entry.code for entry in entries if entry.kind in (Kind.MEMBER, Kind.OBSERVER)}
    parts = {_state_code(entry.code) for entry in entries if entry.kind is Kind.PART}
    known = set(map(_state_code, known_codes))
    for area in nations.areas.values():
        if area.membership is Membership.AREA or area.code in codes:
            continue
        gap = Gap.NOT_SHOWN if area.code in known else Gap.NOT_EXAMINED
        if area.code in parts:
            gap = Gap.PARTS
        yield Entry(_kind(area), area.name, area.code, (), gap)


def _state_code(code: str) -> str:
    return code.partition("-")[0]
