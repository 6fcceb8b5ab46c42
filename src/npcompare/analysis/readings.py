"""The other readings of a provision: each doubtful value replaced by what it may mean instead.

Every doubt makes one reading, in which all else is as coded. Values that are doubtful for the same
reason, such as those of one list, are replaced together. A doubt whose other reading cannot be
coded makes none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from npcompare.model.provision import Coded, Doubt, Limb, Provision

Fields = dict[str, tuple["Coded", ...]]

_OFFENCES = "offences."


def other_readings(provision: Provision) -> tuple[Provision, ...]:
    """Return a provision on each of its other readings, in the order of its doubts."""
    different: list[Doubt] = []
    for doubt in doubts(provision):
        if doubt.values and doubt not in different:
            different.append(doubt)
    return tuple(on_other_reading(provision, doubt) for doubt in different)


def doubts(provision: Provision, fields: Container[str] | None = None) -> list[Doubt]:
    """Return the doubts about the values of a provision, in some fields or in all."""
    return [
        coded.doubt
        for _, field, coded in provision.coded_values
        if coded.doubt and (fields is None or field in fields)
    ]


def on_other_reading(provision: Provision, doubt: Doubt) -> Provision:
    """Return a provision on the other reading that one doubt is about."""
    return replace(
        provision,
        limbs=tuple(_limb(limb, doubt) for limb in provision.limbs),
        coded=_fields(provision.coded, doubt),
    )


def _limb(limb: Limb, doubt: Doubt) -> Limb:
    """Return a limb on the other reading; which offences it lists may be open only there."""
    doubtful = _doubtful_values(limb.coded, doubt)
    about_offences = any(field.startswith(_OFFENCES) for field in doubtful)
    is_open = doubt.is_open if about_offences else limb.is_open
    return replace(limb, coded=_fields(limb.coded, doubt), is_open=is_open)


def _fields(coded: Mapping[str, tuple[Coded, ...]], doubt: Doubt) -> Fields:
    """Return coded fields with the doubtful values replaced by those of the other reading."""
    doubtful = _doubtful_values(coded, doubt)
    if not doubtful:
        return dict(coded)
    proof = next(iter(doubtful.values()))[0]
    fields: Fields = {}
    for field in dict.fromkeys((*coded, *doubt.values)):
        certain = (value for value in coded.get(field, ()) if value.doubt != doubt)
        other = (replace(proof, value=word, doubt=None) for word in doubt.values.get(field, ()))
        if values := (*certain, *other):
            fields[field] = values
    return fields


def _doubtful_values(
    coded: Mapping[str, Iterable[Coded]], doubt: Doubt
) -> dict[str, tuple[Coded, ...]]:
    """Return the values that a doubt is about, by field."""
    values = {
        field: tuple(value for value in part if value.doubt == doubt)
        for field, part in coded.items()
    }
    return {field: part for field, part in values.items() if part}
