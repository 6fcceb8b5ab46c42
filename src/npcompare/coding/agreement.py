"""Agreement of two coders: coefficients for each dimension, and each disagreement.

The unit of analysis is a provision that both coders have under the same id. Each dimension of the
codebook is a variable, and so is each coded field that no dimension shows. A coder's answer is the
set of classes that follows from the coding; "silent" is an answer too. Where a dimension is unknown
to a coder there is no answer: the unit does not count in that dimension, but if the other coder has
an answer it is listed as a disagreement.

The coefficients are exact fractions over the units that both coders answered:

    agreement   units with the same answer / units
    alpha       1 - (n - 1) * sum(o_ck, c != k) / sum(n_c * n_k, c != k)
    AC1         (agreement - e) / (1 - e), with e = sum(p_c * (1 - p_c)) / (q - 1)

o_ck is the number of coincidences of two answers, n_c the number of times that an answer was given
by either coder, n the number of all answers, p_c = n_c / n, and q the number of different answers,
but at least two, because a text may always be silent.

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

from npcompare.analysis.classification import classify
from npcompare.errors import NpcompareError
from npcompare.model.codebook import FIELDS, Dimension
from npcompare.model.kinds import AnyOf
from npcompare.model.provision import Basis, Citation
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified

#: A coder's answer: classes; no class where the text is silent.
Classes = frozenset[str]

#: The customary limits of alpha, for tentative conclusions and for reliance on the data
#: (Krippendorff, Content Analysis, 2nd edition, 2004).
CUSTOMARY = (Fraction(667, 1000), Fraction(8, 10))


class Outcome(StrEnum):
    """The result of comparing two codings of one provision in one dimension."""

    SAME = "same"
    #: The classes are the same, but the offences, the classes of the limbs or the basis differ.
    DETAIL = "detail"
    CLASSES = "classes"
    #: Known to one coder only; it does not count in the coefficients.
    ONE_UNKNOWN = "one_unknown"
    BOTH_UNKNOWN = "both_unknown"

    @property
    def is_disagreement(self) -> bool:
        """Whether the coders have to settle it."""
        return self in {Outcome.DETAIL, Outcome.CLASSES, Outcome.ONE_UNKNOWN}


@dataclass(frozen=True, slots=True)
class Unit:
    """One provision in one dimension, as each of the two coders has coded it."""

    provision: str
    dimension: str
    a: Classified
    b: Classified
    outcome: Outcome
    #: What differs: coded fields, "reported" for statements of sources, "limbs" if the same classes
    #: apply to different victims, "basis" if the classes have a different basis.
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The agreement of two coders in one dimension; None where a coefficient is undefined."""

    #: The number of units that both coders answered.
    units: int
    #: The number of those with the same answer.
    agreed: int
    agreement: Fraction | None
    #: Also None if all answers are the same: 0/0, because there is no variation.
    alpha: Fraction | None
    ac1: Fraction | None
    #: How often coder a and coder b gave each answer.
    marginals: Mapping[Classes, tuple[int, int]]

    @property
    def most_common(self) -> Classes:
        """The answer that was given most often."""
        return max(self.marginals, key=lambda answer: (sum(self.marginals[answer]), sorted(answer)))

    @property
    def diverge(self) -> bool:
        """Whether alpha and AC1 are on different sides of chance or of a customary limit.

        This happens where most answers are the same class: the paradox of high agreement and low
        alpha (Feinstein and Cicchetti, Journal of Clinical Epidemiology 43, 1990).
        """
        if self.alpha is None or self.ac1 is None:
            return False
        is_chance = self.alpha <= 0 < self.ac1
        return is_chance or any(self.alpha < limit <= self.ac1 for limit in CUSTOMARY)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The provisions of two coders, compared."""

    #: The ids that both coders have, and those that only one of them has.
    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    #: By dimension.
    figures: Mapping[str, Figures]
    #: Every shared provision in every dimension, by provision and then in the codebook's order.
    units: tuple[Unit, ...]
    #: Differences outside the coded values, by provision id: the form, the text and others.
    other_differences: Mapping[str, tuple[str, ...]]

    @property
    def disagreements(self) -> tuple[Unit, ...]:
        """The units that the coders have to settle."""
        return tuple(unit for unit in self.units if unit.outcome.is_disagreement)


def variables(codebook: Codebook) -> Codebook:
    """Return the codebook with a dimension for each coded field that no dimension shows.

    This lets the coders be compared in every field they code, such as the addressee.
    """
    shown_fields = {
        field
        for dimension in codebook.dimensions.values()
        for field in _fields(codebook, dimension)
    }
    field_dimensions = {
        field: _dimension_of_field(codebook, field) for field in FIELDS if field not in shown_fields
    }
    return replace(codebook, dimensions={**codebook.dimensions, **field_dimensions})


def _dimension_of_field(codebook: Codebook, field: str) -> Dimension:
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
        is_detail=False,
        scale=AnyOf(),
    )


def _fields(codebook: Codebook, dimension: Dimension) -> tuple[str, ...]:
    """Return the coded fields that a dimension is based on, also those that its scale lists."""
    fields = codebook.fields_of(dimension.id)
    return tuple(dict.fromkeys([*fields, *dimension.scale.list_fields]))


# --- The coefficients --------------------------------------------------------------------------


def figures(answers: Iterable[tuple[Classes | None, Classes | None]]) -> Figures:
    """Return the coefficients for the answers of two coders, unit by unit; None is no answer."""
    pairs = [(a, b) for a, b in answers if a is not None and b is not None]
    units, agreed = len(pairs), sum(a == b for a, b in pairs)
    by_a, by_b = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    totals = by_a + by_b
    return Figures(
        units=units,
        agreed=agreed,
        agreement=Fraction(agreed, units) if units else None,
        alpha=_alpha(units - agreed, totals),
        ac1=_ac1(Fraction(agreed, units), totals) if units else None,
        # Sorted, so that the order of the coders makes no difference.
        marginals={answer: (by_a[answer], by_b[answer]) for answer in sorted(totals, key=sorted)},
    )


def _alpha(disagreed: int, totals: Counter[Classes]) -> Fraction | None:
    """Return Krippendorff's alpha for nominal data, from the coincidences of two coders.

    The coincidence matrix counts each disagreement twice, as c-k and as k-c.
    """
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    return 1 - Fraction((n - 1) * 2 * disagreed, expected) if expected else None


def _ac1(agreement: Fraction, totals: Counter[Classes]) -> Fraction:
    """Return Gwet's AC1; it is always defined, because chance agreement is at most one half."""
    n = totals.total()
    categories = max(2, len(totals))
    spread = sum(Fraction(count, n) * (1 - Fraction(count, n)) for count in totals.values())
    chance = Fraction(spread) / (categories - 1)
    return (agreement - chance) / (1 - chance)


# --- Unit by unit ------------------------------------------------------------------------------


def agreement_of_corpora(
    loaded: tuple[Corpus, Corpus],
) -> tuple[tuple[Corpus, Corpus], Agreement]:
    """Return two coders' corpora with a dimension for every coded field, and their agreement.

    Raises NpcompareError if they share no provision, ProblemsError if a file is refused.
    """
    book = variables(loaded[0].codebook)
    first, second = (replace(corpus, codebook=book) for corpus in loaded)
    classifications = (
        [classify(book, provision) for provision in corpus.all_provisions()]
        for corpus in (first, second)
    )
    return (first, second), agree(book, *classifications)


def agree(
    codebook: Codebook, a: Sequence[Classification], b: Sequence[Classification]
) -> Agreement:
    """Return the agreement of two coders on the provisions that both have classified.

    Raises NpcompareError if they share no provision.

    Args:
        codebook: The `variables` of a codebook, in which both coders' provisions are classified.
        a: The classifications of coder a.
        b: The classifications of coder b.
    """
    left = {classification.provision.id: classification for classification in a}
    right = {classification.provision.id: classification for classification in b}
    shared = tuple(name for name in left if name in right)
    if not shared:
        raise NpcompareError(
            "the two folders have no provision in common",
            "the same provision must have the same id in both folders",
        )
    units = tuple(
        _unit(codebook, dimension, left[name], right[name])
        for name in shared
        for dimension in codebook.dimensions.values()
    )
    differences = {
        name: tuple(_other_differences(left[name].provision, right[name].provision))
        for name in shared
    }
    return Agreement(
        shared=shared,
        only_a=tuple(name for name in left if name not in right),
        only_b=tuple(name for name in right if name not in left),
        figures={
            name: figures(
                (answer(unit.a), answer(unit.b)) for unit in units if unit.dimension == name
            )
            for name in codebook.dimensions
        },
        units=units,
        other_differences={name: items for name, items in differences.items() if items},
    )


def answer(classified: Classified) -> Classes | None:
    """Return a coder's answer in a dimension; None if it is unknown."""
    return None if classified.basis is Basis.UNKNOWN else frozenset(classified.values)


def _unit(
    codebook: Codebook, dimension: Dimension, left: Classification, right: Classification
) -> Unit:
    a, b = left.dimensions[dimension.id], right.dimensions[dimension.id]
    details = tuple(_differing_details(dimension, a, b))
    outcome = _outcome(a, b, details_differ=bool(details))
    fields: tuple[str, ...] = ()
    if outcome.is_disagreement:
        fields = tuple(_differing_fields(codebook, dimension, left.provision, right.provision))
    if outcome is Outcome.DETAIL:
        fields += details
    return Unit(left.provision.id, dimension.id, a, b, outcome, tuple(dict.fromkeys(fields)))


def _outcome(a: Classified, b: Classified, *, details_differ: bool) -> Outcome:
    answers = [answer(a), answer(b)]
    if answers == [None, None]:
        return Outcome.BOTH_UNKNOWN
    if None in answers:
        return Outcome.ONE_UNKNOWN
    if answers[0] != answers[1]:
        return Outcome.CLASSES
    return Outcome.DETAIL if details_differ else Outcome.SAME


def _differing_details(dimension: Dimension, a: Classified, b: Classified) -> Iterator[str]:
    """Yield what differs apart from the classes.

    The coders may divide the law into limbs differently, as long as the same applies to adults and
    the same to children.
    """
    differs = {
        "basis": a.basis != b.basis,
        "offences.categories": a.categories != b.categories,
        "offences.excluded": a.excluded != b.excluded,
    }
    yield from (name for name, is_different in differs.items() if is_different)
    # The classes of the dimension "persons" are themselves the persons of the limbs.
    if dimension.field != "persons" and not any(differs.values()):
        left, right = _by_person(a), _by_person(b)
        if any(left[person] != right[person] for person in left if person in right):
            yield "limbs"


def _by_person(classified: Classified) -> dict[str, set[tuple[object, ...]]]:
    """Return the content of the limbs for adults and for children; "" for unknown persons."""
    contents: dict[str, set[tuple[object, ...]]] = {}
    for limb in classified.limbs:
        for person in limb.persons or [""]:
            content = (limb.basis, limb.values, limb.categories, limb.excluded)
            contents.setdefault(person, set()).add(content)
    return contents


def _differing_fields(
    codebook: Codebook, dimension: Dimension, left: Provision, right: Provision
) -> Iterator[str]:
    for field in _fields(codebook, dimension):
        if _values(left, field) != _values(right, field):
            yield field
    reported = [
        {
            (statement.values, statement.persons)
            for statement in provision.reported
            if statement.dimension == dimension.id
        }
        for provision in (left, right)
    ]
    if reported[0] != reported[1]:
        yield "reported"


def _values(provision: Provision, field: str) -> set[str]:
    parts = [provision.coded, *(limb.coded for limb in provision.limbs)]
    return {value.value for coded in parts for value in coded.get(field, ())}


def _other_differences(left: Provision, right: Provision) -> Iterator[str]:
    """Yield what two codings of a provision have differently apart from the coded values."""
    attributes = {
        "jurisdiction": (left.jurisdiction, right.jurisdiction),
        "instrument": (left.instrument, right.instrument),
        "pinpoint": (left.pinpoint, right.pinpoint),
        "form": (left.form, right.form),
        "status of the text": (left.text.status, right.text.status),
        "whether the text is complete": (left.text.complete, right.text.complete),
        "words of the text": (fold(left.text.body), fold(right.text.body)),
        "number of limbs": (len(left.limbs), len(right.limbs)),
    }
    yield from (name for name, (a, b) in attributes.items() if a != b)
