"""A provision to its classes: the small engine that applies the codebook's rules.

It looks at one limb at a time, rolls the limbs up to the provision, and keeps the trail: which rule
fired on which limb, on which words, on whose authority. A rule fires only where its condition is
certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from npcompare.model.codebook import PERSONS, note_on_persons
from npcompare.model.conditions import holds, leaves
from npcompare.model.logic import Answer
from npcompare.model.provision import Basis, Limb
from npcompare.model.results import Classification, Classified, LimbValue, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Citation, Coded, Provision, Reported

#: What stands for the rule where a class is the coded value itself, or a source's statement.
AS_CODED = "as-coded"
AS_REPORTED = "as-reported"


def classify(codebook: Codebook, provision: Provision) -> Classification:
    """Return a provision's classes in every dimension, with the trail to each."""
    return Classification(provision, _Dimensions(codebook, provision))


class _Dimensions(Mapping[str, Classified]):
    """The classes of a provision by dimension, each worked out when it is first asked for.

    Most questions are about a few of them, and a corpus may be large.
    """

    __slots__ = ("_codebook", "_found", "_provision")

    def __init__(self, codebook: Codebook, provision: Provision) -> None:
        self._codebook = codebook
        self._provision = provision
        self._found: dict[str, Classified] = {}

    def __getitem__(self, name: str) -> Classified:
        if name not in self._found:
            dimension = self._codebook.dimensions[name]
            self._found[name] = _classified(self._codebook, dimension, self._provision)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codebook.dimensions)

    def __len__(self) -> int:
        return len(self._codebook.dimensions)


def _classified(codebook: Codebook, dimension: Dimension, provision: Provision) -> Classified:
    reasons: list[Reason] = []
    limbs: list[LimbValue] = []
    for limb in _parts(dimension, provision):
        found = list(_reasons(codebook, dimension, limb))
        reasons += found
        limbs.append(_limb_value(codebook, dimension, provision, limb, found))
    if not reasons:
        values, reasons = _as_reported(codebook, dimension, provision)
        if values:
            limbs = [*(limb for limb in limbs if limb.values is not None), *values]
    given = {reason.value for reason in reasons}
    return Classified(
        dimension=dimension.id,
        values=tuple(word for word in dimension.classes if word in given),
        basis=_basis(limbs, found=bool(reasons)),
        because=tuple(reasons),
        limbs=tuple(limbs) or (LimbValue("", Basis.UNKNOWN, None, None, owner=provision.id),),
        categories=_in_order(codebook, (limb.categories for limb in limbs)),
        excluded=_in_order(codebook, (limb.excluded for limb in limbs)),
    )


def _parts(dimension: Dimension, provision: Provision) -> tuple[Limb, ...]:
    """Return what is classified one by one: the limbs, or the provision as a whole."""
    if dimension.field in provision.coded:
        return (Limb("", provision.coded),)
    return provision.limbs


def _reasons(codebook: Codebook, dimension: Dimension, limb: Limb) -> Iterator[Reason]:
    if dimension.field:
        for one in limb.coded.get(dimension.field, ()):
            authority = dimension.classes[one.value].source or dimension.source
            yield from _proofs(one.value, AS_CODED, limb, (one,), authority)
        return
    for rule in codebook.rules_of(dimension.id):
        answer, used = holds(rule.when, limb.coded)
        if answer is Answer.YES:
            yield from _proofs(rule.then, rule.id, limb, used, rule.source)


def _proofs(
    value: str, rule: str, limb: Limb, used: tuple[Coded, ...], authority: Citation
) -> Iterator[Reason]:
    """Yield one reason for each quotation that a class rests on."""
    for one in used:
        for evidence in one.evidence or ("",):
            yield Reason(
                value=value,
                rule=rule,
                limb=limb.id,
                basis=one.basis,
                evidence=evidence,
                source=one.source,
                authority=authority,
                note=one.note,
                confidence=one.confidence,
            )


def _limb_value(
    codebook: Codebook,
    dimension: Dimension,
    provision: Provision,
    limb: Limb,
    reasons: list[Reason],
) -> LimbValue:
    persons = limb.coded.get("persons")
    protected = _people(codebook, (one.value for one in persons)) if persons else None
    if reasons:
        included, excluded = (
            _words(limb, name) for name in dimension.scale.list_fields or ("", "")
        )
        return LimbValue(
            limb.id,
            _worst(reason.basis for reason in reasons),
            _shared(frozenset(reason.value for reason in reasons)),
            protected,
            included,
            excluded,
            provision.id,
            dimension.open_ended and not provision.text.is_whole,
        )
    if _is_silent(codebook, dimension, provision, limb):
        values: frozenset[str] | None = frozenset() if dimension.silence_is_none else None
        return LimbValue(limb.id, Basis.SILENT, values, protected, owner=provision.id)
    return LimbValue(limb.id, Basis.UNKNOWN, None, protected, owner=provision.id)


def _people(codebook: Codebook, words: Iterable[str]) -> frozenset[str]:
    """Return the victims that words stand for: adults, children, or both."""
    known = codebook.vocabulary["persons"]
    return _shared(frozenset().union(*(known[word].stands_for for word in words)))


@lru_cache(maxsize=2**12)
def _shared(words: frozenset[str]) -> frozenset[str]:
    """Return words as one and the same set: in a large corpus there are a million, all alike."""
    return words


def _worst(bases: Iterable[Basis]) -> Basis:
    """Return reported if anything is: a chain is as strong as its weakest link."""
    return Basis.REPORTED if Basis.REPORTED in set(bases) else Basis.TEXT


def _is_silent(codebook: Codebook, dimension: Dimension, provision: Provision, limb: Limb) -> bool:
    """Say whether the law's own complete words hold nothing that the dimension asks for."""
    if not provision.text.is_whole:
        return False
    fields = (
        [dimension.field]
        if dimension.field
        else [field for rule in codebook.rules_of(dimension.id) for field, _ in leaves(rule.when)]
    )
    # A field that is coded but fits no rule is a gap in the codebook, not a silence of the law.
    return not any(field in limb.coded for field in fields)


def _words(limb: Limb, field: str) -> frozenset[str]:
    return _shared(frozenset(one.value for one in limb.coded.get(field, ())))


def _as_reported(
    codebook: Codebook, dimension: Dimension, provision: Provision
) -> tuple[list[LimbValue], list[Reason]]:
    """Return what sources state of a provision in a dimension that its limbs leave open."""
    values: list[LimbValue] = []
    reasons: list[Reason] = []
    spoken_of: frozenset[str] = frozenset()
    for one in provision.reported:
        if one.dimension != dimension.id:
            continue
        # A statement that makes no distinction of age is one about adults and children.
        persons = _people(codebook, one.persons) if one.persons else frozenset(PERSONS)
        spoken_of |= persons
        held = frozenset(one.values)
        values.append(LimbValue("", Basis.REPORTED, held, persons, owner=provision.id))
        reasons += [
            Reason(
                value=value,
                rule=AS_REPORTED,
                limb="",
                basis=Basis.REPORTED,
                evidence="",
                source=one.source,
                authority=dimension.classes[value].source,
                note=_said_of(codebook, one, persons),
                confidence=one.confidence,
            )
            for value in one.values
        ]
    if values and (others := frozenset(PERSONS) - spoken_of):
        # What is said of adults alone says nothing about children.
        values.append(LimbValue("", Basis.UNKNOWN, None, others, owner=provision.id))
    return values, reasons


def _said_of(codebook: Codebook, one: Reported, persons: frozenset[str]) -> str:
    if persons == frozenset(PERSONS):
        return one.note
    return note_on_persons(codebook, one.persons, one.note)


def _basis(limbs: list[LimbValue], *, found: bool) -> Basis:
    if found:
        return _worst(limb.basis for limb in limbs)
    if limbs and all(limb.basis is Basis.SILENT for limb in limbs):
        return Basis.SILENT
    return Basis.UNKNOWN


def _in_order(codebook: Codebook, sets: Iterable[frozenset[str]]) -> tuple[str, ...]:
    named = frozenset().union(*sets)
    return tuple(word for word in codebook.vocabulary["category"] if word in named)
