"""How far two coders agree: the figures, dimension by dimension, and each disagreement.

The unit is a provision that both hold under the same id; each dimension of the codebook is a
variable, and so is each coded field that no dimension shows. What a coder answers is the set of
classes that the coding comes to, "silent" among the answers. Where a coder has a dimension as
unknown there is no answer, and the unit does not count in that dimension; where the other coder has
one, it is listed all the same.

The figures are exact fractions of the units that both coders answered:

    agreement   units with the same answer / units
    alpha       1 - (n - 1) * sum(o_ck, c != k) / sum(n_c * n_k, c != k)
    AC1         (agreement - e) / (1 - e), with e = sum(p_c * (1 - p_c)) / (q - 1)

o_ck are the coincidences of two answers, n_c how often an answer was given by either coder, n all
that were given, p_c = n_c / n, and q the number of different answers, two at least, since a text
may always be silent.

Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); Gwet, "Computing inter-rater
reliability and its variance in the presence of high agreement", British Journal of Mathematical and
Statistical Psychology 61 (2008).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.model.codebook import FIELDS, Dimension
from npcompare.model.conditions import leaves
from npcompare.model.kinds import AnyOf
from npcompare.model.provision import Basis, Citation
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified

#: What a coder answers: classes, and none of them where the text is silent.
Classes = frozenset[str]

#: The limits customary for alpha: for tentative conclusions, and for reliance on the data.
#: Krippendorff, Content Analysis, 2nd edition (2004).
CUSTOMARY = (Fraction(667, 1000), Fraction(8, 10))


class Outcome(StrEnum):
    """What becomes of one provision in one dimension."""

    SAME = "same"
    #: The classes are the same; the offences named, what the limbs hold, or the basis is not.
    DETAIL = "detail"
    CLASSES = "classes"
    #: Known to one coder alone; it does not count in the figures.
    ONE_UNKNOWN = "one_unknown"
    BOTH_UNKNOWN = "both_unknown"

    @property
    def is_disagreement(self) -> bool:
        """Whether it is for the coders to settle."""
        return self in {Outcome.DETAIL, Outcome.CLASSES, Outcome.ONE_UNKNOWN}


@dataclass(frozen=True, slots=True)
class Unit:
    """One provision in one dimension, as each of the two coders has it."""

    provision: str
    dimension: str
    a: Classified
    b: Classified
    outcome: Outcome
    #: What differs: coded fields, "reported" for what sources state, "limbs" where the same classes
    #: are held for other victims, "basis" where they rest on something else.
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """How far two coders agree in one dimension; None where a figure is not defined."""

    #: How many units both answered.
    units: int
    #: How many of those have the same answer.
    agreed: int
    agreement: Fraction | None
    #: None also where all answers are the same: 0/0, since nothing varies that could agree.
    alpha: Fraction | None
    ac1: Fraction | None
    #: How often each coder gave each answer.
    marginals: Mapping[Classes, tuple[int, int]]

    @property
    def commonest(self) -> Classes:
        """The answer that was given most often."""
        return max(self.marginals, key=lambda one: (sum(self.marginals[one]), sorted(one)))

    @property
    def part(self) -> bool:
        """Whether alpha and AC1 lie on different sides of chance, or of a customary limit.

        They do where most answers are of one class: the paradox of high agreement and low alpha.
        """
        if self.alpha is None or self.ac1 is None:
            return False
        is_chance = self.alpha <= 0 < self.ac1
        return is_chance or any(self.alpha < limit <= self.ac1 for limit in CUSTOMARY)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders' provisions, held against each other."""

    #: The ids that both hold, and those that one holds alone.
    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    #: By dimension.
    figures: Mapping[str, Figures]
    #: Every shared provision in every dimension, by provision and then as the codebook has them.
    units: tuple[Unit, ...]
    #: What else the two hold differently, by id: the form, the text, the number of limbs.
    unlike: Mapping[str, tuple[str, ...]]

    @property
    def disagreements(self) -> tuple[Unit, ...]:
        """The units that are for the coders to settle."""
        return tuple(one for one in self.units if one.outcome.is_disagreement)


def variables(codebook: Codebook) -> Codebook:
    """Return the codebook with each coded field that no dimension shows as a dimension of its own.

    So the coders are compared in all that they code, such as the addressee.
    """
    shown = {field for one in codebook.dimensions.values() for field in _fields(codebook, one)}
    left = {field: _bare(codebook, field) for field in FIELDS if field not in shown}
    return replace(codebook, dimensions={**codebook.dimensions, **left})


def _bare(codebook: Codebook, field: str) -> Dimension:
    return Dimension(
        id=field,
        label=field.replace(".", ", ").capitalize(),
        question="",
        source=Citation(""),
        core=False,
        field=field,
        classes=codebook.vocabulary[FIELDS[field]],
        silence_is_none=False,
        silence="No dimension of the codebook shows this field.",
        order=(),
        open_ended=True,
        under="",
        scale=AnyOf(),
    )


def _fields(codebook: Codebook, dimension: Dimension) -> tuple[str, ...]:
    """Return the coded fields that a dimension rests on."""
    if dimension.field:
        return (dimension.field,)
    used = [field for rule in codebook.rules_of(dimension.id) for field, _ in leaves(rule.when)]
    return tuple(dict.fromkeys([*used, *dimension.scale.list_fields]))


# --- The figures -------------------------------------------------------------------------------


def figures(pairs: Iterable[tuple[Classes | None, Classes | None]]) -> Figures:
    """Return the figures for what two coders answered, unit by unit; None is no answer."""
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    units, agreed = len(both), sum(a == b for a, b in both)
    by_a, by_b = Counter(a for a, _ in both), Counter(b for _, b in both)
    given = by_a + by_b
    # In a fixed order, whichever coder comes first.
    marginals = {one: (by_a[one], by_b[one]) for one in sorted(given, key=sorted)}
    return Figures(
        units=units,
        agreed=agreed,
        agreement=Fraction(agreed, units) if units else None,
        alpha=_alpha(units - agreed, given),
        ac1=_ac1(Fraction(agreed, units), given) if units else None,
        marginals=marginals,
    )


def _alpha(disagreed: int, given: Counter[Classes]) -> Fraction | None:
    """Return Krippendorff's alpha for nominal data, from the coincidences of two coders.

    A unit on which they disagree stands in the matrix of coincidences twice, as c-k and as k-c.
    """
    n = given.total()
    expected = n * n - sum(count * count for count in given.values())
    return 1 - Fraction((n - 1) * 2 * disagreed, expected) if expected else None


def _ac1(agreement: Fraction, given: Counter[Classes]) -> Fraction:
    """Return Gwet's AC1; chance agrees in at most half of the units, so that it is defined."""
    n = given.total()
    categories = max(2, len(given))
    spread = sum(Fraction(count, n) * (1 - Fraction(count, n)) for count in given.values())
    chance = Fraction(spread) / (categories - 1)
    return (agreement - chance) / (1 - chance)


# --- Unit by unit ------------------------------------------------------------------------------


def agree(
    codebook: Codebook, a: Sequence[Classification], b: Sequence[Classification]
) -> Agreement:
    """Return how far two coders agree on the provisions that both have classified.

    Both must be classified in `variables` of one codebook. Raises NpcompareError where they share
    no provision.
    """
    left, right = ({one.provision.id: one for one in each} for each in (a, b))
    shared = tuple(name for name in left if name in right)
    if not shared:
        raise NpcompareError(
            "the two folders share no provision", "a provision is the same if its id is"
        )
    units = tuple(
        _unit(codebook, dimension, left[name], right[name])
        for name in shared
        for dimension in codebook.dimensions.values()
    )
    unlike = {name: tuple(_unlike(left[name].provision, right[name].provision)) for name in shared}
    return Agreement(
        shared=shared,
        only_a=tuple(name for name in left if name not in right),
        only_b=tuple(name for name in right if name not in left),
        figures={
            name: figures((held(one.a), held(one.b)) for one in units if one.dimension == name)
            for name in codebook.dimensions
        },
        units=units,
        unlike={name: said for name, said in unlike.items() if said},
    )


def held(one: Classified) -> Classes | None:
    """Return what a coder answers in a dimension; None where it is unknown."""
    return None if one.basis is Basis.UNKNOWN else frozenset(one.values)


def _unit(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> Unit:
    a, b = left.dimensions[dimension.id], right.dimensions[dimension.id]
    detail = tuple(_detail(dimension, a, b))
    outcome = _outcome(a, b, detail=bool(detail))
    fields: tuple[str, ...] = ()
    if outcome.is_disagreement:
        fields = tuple(_differing(codebook, dimension, left.provision, right.provision))
    if outcome is Outcome.DETAIL:
        fields += detail
    return Unit(left.provision.id, dimension.id, a, b, outcome, tuple(dict.fromkeys(fields)))


def _outcome(a: Classified, b: Classified, *, detail: bool) -> Outcome:
    known = [held(one) is not None for one in (a, b)]
    if not any(known):
        return Outcome.BOTH_UNKNOWN
    if not all(known):
        return Outcome.ONE_UNKNOWN
    if held(a) != held(b):
        return Outcome.CLASSES
    return Outcome.DETAIL if detail else Outcome.SAME


def _detail(dimension: Dimension, a: Classified, b: Classified) -> Iterator[str]:
    """Yield what differs beyond the classes.

    However the coders cut the law into limbs, it must hold the same for adults, and for children.
    """
    differs = {
        "basis": a.basis != b.basis,
        "offences.categories": a.categories != b.categories,
        "offences.excluded": a.excluded != b.excluded,
    }
    yield from (name for name, found in differs.items() if found)
    # Whom a limb protects is itself what the dimension of persons is about.
    if dimension.field != "persons" and not any(differs.values()):
        left, right = _by_person(a), _by_person(b)
        if any(left[one] != right[one] for one in left if one in right):
            yield "limbs"


def _by_person(one: Classified) -> dict[str, set[tuple[object, ...]]]:
    """Return what the limbs hold for adults and for children; under "" where that is unknown."""
    found: dict[str, set[tuple[object, ...]]] = {}
    for limb in one.limbs:
        for person in limb.persons or [""]:
            content = (limb.basis, limb.values, limb.categories, limb.excluded)
            found.setdefault(person, set()).add(content)
    return found


def _differing(
    codebook: Codebook, dimension: Dimension, left: Provision, right: Provision
) -> Iterator[str]:
    for field in _fields(codebook, dimension):
        if _words(left, field) != _words(right, field):
            yield field
    said = [
        {(one.values, one.persons) for one in each.reported if one.dimension == dimension.id}
        for each in (left, right)
    ]
    if said[0] != said[1]:
        yield "reported"


def _words(provision: Provision, field: str) -> set[str]:
    every = [provision.coded, *(limb.coded for limb in provision.limbs)]
    return {one.value for coded in every for one in coded.get(field, ())}


def _unlike(left: Provision, right: Provision) -> Iterator[str]:
    """Yield what two codings of a provision hold differently beside their coded values."""
    beside = {
        "jurisdiction": (left.jurisdiction, right.jurisdiction),
        "instrument": (left.instrument, right.instrument),
        "pinpoint": (left.pinpoint, right.pinpoint),
        "form": (left.form, right.form),
        "status of the text": (left.text.status, right.text.status),
        "whether the text is complete": (left.text.complete, right.text.complete),
        "words of the text": (fold(left.text.body), fold(right.text.body)),
        "number of limbs": (len(left.limbs), len(right.limbs)),
    }
    yield from (name for name, (a, b) in beside.items() if a != b)
