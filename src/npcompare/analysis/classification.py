"""The classification of a provision: the codebook's rules applied to what is coded.

Rules are applied to one limb at a time, and the classes of the limbs together are those of the
provision. Every class has its reasons: which rule gave it, from which limb, on the basis of which
words, and on whose authority. A rule gives its class only if its condition is certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.analysis.readings import doubts, on_other_reading
from npcompare.model.codebook import PERSONS, note_on_persons
from npcompare.model.conditions import evaluate
from npcompare.model.logic import Answer
from npcompare.model.provision import NONE_REPORTED, Basis, Limb
from npcompare.model.results import Classification, Classified, LimbValue, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Citation, Coded, Doubt, Provision, Reported

#: Stands in place of a rule where the class is the coded value itself, or a source's statement.
AS_CODED = "as-coded"
AS_REPORTED = "as-reported"


def classify(codebook: Codebook, provision: Provision) -> Classification:
    """Return a provision's effect, and its classes in every dimension with their reasons."""
    dimensions = _LazyDimensions(codebook, provision)
    return Classification(provision, dimensions, codebook.effect(provision))


class _LazyDimensions(Mapping[str, Classified]):
    """The classes of a provision by dimension, each computed on first use.

    Most commands use only a few dimensions, and a corpus may be large.
    """

    __slots__ = ("_classified", "_codebook", "_provision")

    def __init__(self, codebook: Codebook, provision: Provision) -> None:
        self._codebook = codebook
        self._provision = provision
        self._classified: dict[str, Classified] = {}

    def __getitem__(self, name: str) -> Classified:
        if name not in self._classified:
            dimension = self._codebook.dimensions[name]
            self._classified[name] = _in_dimension(self._codebook, dimension, self._provision)
        return self._classified[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codebook.dimensions)

    def __len__(self) -> int:
        return len(self._codebook.dimensions)


def _in_dimension(codebook: Codebook, dimension: Dimension, provision: Provision) -> Classified:
    """Return a provision's classes in one dimension, with those doubts that concern it."""
    classified = _as_coded(codebook, dimension, provision)
    if not any(reason.doubt for reason in classified.because):
        return classified
    notes = {
        doubt.note
        for doubt in doubts(provision)
        if _concerns(codebook, dimension, provision, classified, doubt)
    }
    reasons = (
        reason if reason.doubt in notes else replace(reason, doubt="")
        for reason in classified.because
    )
    return replace(classified, because=tuple(dict.fromkeys(reasons)))


def _concerns(
    codebook: Codebook,
    dimension: Dimension,
    provision: Provision,
    classified: Classified,
    doubt: Doubt,
) -> bool:
    """Return whether the other reading changes the classes in a dimension.

    If it cannot be coded, the doubt concerns the dimensions that are a question of its own field.
    """
    if not doubt.values:
        return doubt in doubts(provision, codebook.fields_of(dimension.id))
    other = _as_coded(codebook, dimension, on_other_reading(provision, doubt))
    return (other.values, other.limbs) != (classified.values, classified.limbs)


def _as_coded(codebook: Codebook, dimension: Dimension, provision: Provision) -> Classified:
    """Return a provision's classes in one dimension, with the doubts about all values used."""
    if provision.is_absence and dimension.core:
        return _absence(dimension, provision)
    reasons: list[Reason] = []
    limbs: list[LimbValue] = []
    for limb in _limbs(dimension, provision):
        # Two words coded together have one and the same reason.
        limb_reasons = list(dict.fromkeys(_reasons(codebook, dimension, limb)))
        reasons += limb_reasons
        limbs.append(_limb_value(codebook, dimension, provision, limb, limb_reasons))
    is_coded = bool(reasons)
    if not is_coded:
        reported_values, reasons = _as_reported(codebook, dimension, provision)
        if reported_values:
            limbs = [*(limb for limb in limbs if limb.values is not None), *reported_values]
    classes = {reason.value for reason in reasons}
    return Classified(
        dimension=dimension.id,
        values=tuple(word for word in dimension.classes if word in classes),
        basis=_basis(limbs, has_reasons=bool(reasons)),
        because=tuple(reasons),
        limbs=tuple(limbs) or (LimbValue("", Basis.UNKNOWN, None, None, owner=provision.id),),
        categories=_in_codebook_order(codebook, (limb.categories for limb in limbs)),
        excluded=_in_codebook_order(codebook, (limb.excluded for limb in limbs)),
        is_open=any(limb.is_open for limb in limbs)
        or (not is_coded and any(report.is_open for report in _reports(dimension, provision))),
    )


def _absence(dimension: Dimension, provision: Provision) -> Classified:
    """Return that a source reports that a State has no specific provision."""
    source = provision.sources[0] if provision.sources else None
    reason = Reason(
        value=NONE_REPORTED,
        rule=AS_REPORTED,
        limb="",
        basis=Basis.REPORTED,
        evidence="",
        source=source,
        authority=dimension.source,
        confidence=provision.confidence,
    )
    value = LimbValue("", Basis.UNKNOWN, None, None, owner=provision.id)
    return Classified(dimension.id, (), Basis.REPORTED, (reason,), (value,))


def _limbs(dimension: Dimension, provision: Provision) -> tuple[Limb, ...]:
    """Return the limbs, or the provision as one limb if the field is coded for it as a whole."""
    if dimension.field in provision.coded:
        return (Limb("", provision.coded),)
    return provision.limbs


# --- What is coded ------------------------------------------------------------------------------


def _reasons(codebook: Codebook, dimension: Dimension, limb: Limb) -> Iterator[Reason]:
    """Yield the reasons for the classes of one limb: its coded values, or the rules that apply."""
    coded_values = limb.coded.get(dimension.field, ())
    for coded in coded_values:
        term = dimension.classes.get(coded.value)
        authority = (term.source if term else None) or dimension.source
        yield from _reasons_from(coded.value, AS_CODED, limb, (coded,), authority)
    if coded_values:
        return
    has_class = False
    for rule in codebook.rules_of(dimension.id):
        answer, decisive = evaluate(rule.when, limb.coded)
        if answer is Answer.YES:
            has_class = True
            yield from _reasons_from(rule.then, rule.id, limb, decisive, rule.source)
    # That no exclusion is reported is no class of the scope, which has one already.
    for field in () if has_class else codebook.fields_of(dimension.id):
        for coded in limb.coded.get(field, ()):
            if coded.value == NONE_REPORTED:
                yield from _reasons_from(NONE_REPORTED, AS_CODED, limb, (coded,), dimension.source)


def _reasons_from(
    value: str, rule: str, limb: Limb, coded_values: tuple[Coded, ...], authority: Citation | None
) -> Iterator[Reason]:
    """Yield one reason for each quotation that a class is based on."""
    for coded in coded_values:
        for evidence in coded.evidence or ("",):
            yield Reason(
                value=value,
                rule=rule,
                limb=limb.id,
                basis=coded.basis,
                evidence=evidence,
                source=coded.source,
                authority=authority,
                note=coded.note,
                confidence=coded.confidence,
                doubt=coded.doubt.note if coded.doubt else "",
                language=coded.language,
            )


def _limb_value(
    codebook: Codebook,
    dimension: Dimension,
    provision: Provision,
    limb: Limb,
    reasons: Sequence[Reason],
) -> LimbValue:
    """Return what a limb provides in a dimension, and for which persons, for comparison."""
    coded_persons = limb.coded.get("persons")
    persons = (
        _persons(codebook, (coded.value for coded in coded_persons)) if coded_persons else None
    )
    if reasons:
        included, excluded = (
            _words(limb, name) for name in dimension.scale.list_fields or ("", "")
        )
        words = frozenset(reason.value for reason in reasons)
        return LimbValue(
            limb=limb.id,
            basis=_weakest(reason.basis for reason in reasons),
            values=_shared(words - {NONE_REPORTED}),
            persons=persons,
            categories=included,
            excluded=excluded,
            owner=provision.id,
            partial=dimension.open_ended
            and not provision.text.is_whole
            and NONE_REPORTED not in words,
            is_open=bool(included) and limb.is_open,
            implied=_implied(codebook, dimension, limb),
        )
    if _is_silent(codebook, dimension, provision, limb):
        values: frozenset[str] | None = frozenset() if dimension.silence_is_none else None
        return LimbValue(limb.id, Basis.SILENT, values, persons, owner=provision.id)
    return LimbValue(limb.id, Basis.UNKNOWN, None, persons, owner=provision.id)


def _persons(codebook: Codebook, words: Iterable[str]) -> frozenset[str]:
    """Return the persons that words stand for: adults, children, or both."""
    terms = codebook.vocabulary["persons"]
    return _shared(frozenset().union(*(terms[word].stands_for for word in words)))


def _words(limb: Limb, field: str) -> frozenset[str]:
    words = frozenset(coded.value for coded in limb.coded.get(field, ()))
    return _shared(words - {NONE_REPORTED})


def _implied(codebook: Codebook, dimension: Dimension, limb: Limb) -> frozenset[str]:
    """Return the classes that follow from what a limb grants."""
    rules = codebook.implied_rules_of(dimension.id)
    return frozenset(
        rule.then for rule in rules if evaluate(rule.when, limb.coded)[0] is Answer.YES
    )


@lru_cache(maxsize=2**12)
def _shared(words: frozenset[str]) -> frozenset[str]:
    """Return one object for equal sets: a large corpus has a million of them, mostly alike."""
    return words


def _is_silent(codebook: Codebook, dimension: Dimension, provision: Provision, limb: Limb) -> bool:
    """Return whether the full text is available and does not address the dimension."""
    if not provision.text.is_whole:
        return False
    # A field that is coded but matches no rule is a gap in the codebook, not a silence of the law.
    return not any(field in limb.coded for field in codebook.fields_of(dimension.id))


# --- What sources report ------------------------------------------------------------------------


def _as_reported(
    codebook: Codebook, dimension: Dimension, provision: Provision
) -> tuple[list[LimbValue], list[Reason]]:
    """Return what sources report about a provision in a dimension that its limbs leave open."""
    values: list[LimbValue] = []
    reasons: list[Reason] = []
    for reported in _reports(dimension, provision):
        # A report that does not distinguish by age is about adults and children.
        persons = _persons(codebook, reported.persons) if reported.persons else frozenset(PERSONS)
        classes = frozenset(reported.values)
        values.append(LimbValue("", Basis.REPORTED, classes, persons, owner=provision.id))
        if reported.is_open:
            values.append(LimbValue("", Basis.UNKNOWN, None, persons, owner=provision.id))
        reasons += _reported_reasons(codebook, dimension, reported, persons)
    mentioned = frozenset().union(*(limb.persons or () for limb in values))
    if values and (unmentioned := frozenset(PERSONS) - mentioned):
        # A report about adults says nothing about children.
        values.append(LimbValue("", Basis.UNKNOWN, None, unmentioned, owner=provision.id))
    return values, reasons


def _reports(dimension: Dimension, provision: Provision) -> Iterator[Reported]:
    return (each for each in provision.reported if each.dimension == dimension.id)


def _reported_reasons(
    codebook: Codebook, dimension: Dimension, reported: Reported, persons: frozenset[str]
) -> Iterator[Reason]:
    """Yield one reason for each class that a source reports."""
    is_about_all = persons == frozenset(PERSONS)
    note = (
        reported.note
        if is_about_all
        else note_on_persons(codebook, reported.persons, reported.note)
    )
    for value in reported.values:
        yield Reason(
            value=value,
            rule=AS_REPORTED,
            limb="",
            basis=Basis.REPORTED,
            evidence="",
            source=reported.source,
            authority=dimension.classes[value].source,
            note=note,
            confidence=reported.confidence,
        )


# --- All limbs together -------------------------------------------------------------------------


def _basis(limbs: Sequence[LimbValue], *, has_reasons: bool) -> Basis:
    if has_reasons:
        return _weakest(limb.basis for limb in limbs)
    if limbs and all(limb.basis is Basis.SILENT for limb in limbs):
        return Basis.SILENT
    return Basis.UNKNOWN


#: What is weaker than the words of the law, the weakest first.
_WEAK = (Basis.PROPOSED, Basis.REPORTED)


def _weakest(bases: Iterable[Basis]) -> Basis:
    """Return "proposed" if any value is only proposed, "reported" if any is, else "text"."""
    weakest = set(bases)
    return next((each for each in _WEAK if each in weakest), Basis.TEXT)


def _in_codebook_order(codebook: Codebook, sets: Iterable[frozenset[str]]) -> tuple[str, ...]:
    words = frozenset().union(*sets)
    return tuple(word for word in codebook.vocabulary["category"] if word in words)
