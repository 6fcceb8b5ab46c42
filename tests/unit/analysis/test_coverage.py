"""Whether one provision covers another: the plain path, checked in every small world."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any

import pytest
from conftest import provision
from small_worlds import GROUND, LADDER, OFFENCES, PROVISIONS, SCOPES, STAGES, Short, parts

from npcompare.analysis.classification import classify
from npcompare.analysis.coverage import (
    Present,
    coverage,
    covers_at_place,
    covers_where_both_apply,
    has_every_limb,
    if_persons_unstated,
    shortfalls,
)
from npcompare.analysis.overlap import Area, Ground, Part
from npcompare.model.kinds import AllOf, AnyOf, Ladder, Nominal
from npcompare.model.logic import Answer
from npcompare.model.offences import Offences
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.scale import Scale, Value

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


# --- At every place where both apply -------------------------------------------------------------


def answers_in_every_world(a: tuple[Short, ...], b: tuple[Short, ...]) -> set[bool]:
    """Return the answers to whether a covers b, over all worlds in which both apply somewhere.

    A world states for each limb which offences it reaches.
    """
    answers = set()
    for a_reach in product(*(SCOPES[scope] for scope, _, _ in a)):
        for b_reach in product(*(SCOPES[scope] for scope, _, _ in b)):
            by_place = [
                "high" in a_rungs or "high" not in b_rungs
                for place in product(OFFENCES, STAGES)
                if (a_rungs := rungs_at(place, a, a_reach))
                and (b_rungs := rungs_at(place, b, b_reach))
            ]
            if by_place:
                answers.add(all(by_place))
    return answers


def rungs_at(
    place: tuple[str, str], limbs: tuple[Short, ...], reach: tuple[set[str], ...]
) -> list[str]:
    offence, stage = place
    return [
        rung
        for (_, applied_at, rung), reached in zip(limbs, reach, strict=True)
        if applied_at == stage and offence in reached
    ]


@pytest.mark.parametrize("step", [45, pytest.param(9, marks=pytest.mark.slow)])
def test_answer_is_the_same_in_every_world(step: int) -> None:
    """Compare each provision with one in `step`; in a slow run, one of a single limb with all."""
    for number, a in enumerate(PROVISIONS):
        for b in PROVISIONS if len(a) == 1 and step == 9 else PROVISIONS[number % step :: step]:
            possible = answers_in_every_world(a, b)
            answer = covers_where_both_apply(LADDER, GROUND, parts(a, "a"), parts(b, "b"))
            is_known = not {"unknown", "a list"} & {scope for scope, _, _ in (*a, *b)}
            if answer is not UNKNOWN:
                assert possible <= {answer is YES}, (a, b)
            elif is_known:
                assert not possible, (a, b)


def test_provision_covers_itself_and_its_parts() -> None:
    for a in PROVISIONS:
        limbs = parts(a, "a")
        assert covers_where_both_apply(LADDER, GROUND, limbs, limbs) is YES
        assert covers_where_both_apply(LADDER, GROUND, limbs, limbs[:1]) is YES


def test_provision_without_limbs_covers_nothing() -> None:
    limbs = parts([("any", "s", "low")], "a")
    assert covers_where_both_apply(LADDER, GROUND, limbs, ()) is YES
    assert covers_where_both_apply(LADDER, GROUND, (), limbs) is NO
    assert covers_where_both_apply(LADDER, GROUND, (), ()) is YES


def test_many_possible_limbs_decide_if_they_agree() -> None:
    certain_limbs = parts([("any", "s", "high"), ("any", "s", "low")], "b")
    for rungs, expected in (("high", YES), ("high low", UNKNOWN)):
        shorts = [("unknown", "s", rung) for rung in rungs.split() for _ in range(20)]
        possible_limbs = tuple(
            Part(LimbValue(str(number), Basis.TEXT, part.value.values, None), part.area)
            for number, part in enumerate(parts(shorts, "a"))
        )
        assert covers_where_both_apply(LADDER, GROUND, possible_limbs, certain_limbs) is expected


ANY, LISTED, RELATED = "any_offence", "listed_offences", "status_related"
OWN_LISTS = Ground(Offences(universe=frozenset("xyv"), varying=frozenset("v")), STAGES)
SETS = AnyOf()


def part(terms: str, extent: str, included: str = "", excluded: str = "", owner: str = "a") -> Part:
    """Return a limb that has some terms for some offences."""
    scope = LimbValue(
        "1", Basis.TEXT, frozenset({extent}), None, frozenset(included), frozenset(excluded), owner
    )
    return Part(LimbValue("1", Basis.TEXT, frozenset(terms), None), Area((scope,), None))


def test_limb_without_terms_still_applies() -> None:
    """Whether or not the law's own schedule has x, one limb has the term y and the other none."""
    without_terms = part("", ANY, excluded="v")
    with_term = part("y", LISTED, "x", owner="b")
    assert covers_where_both_apply(SETS, OWN_LISTS, (without_terms,), (with_term,)) is NO
    assert covers_where_both_apply(SETS, OWN_LISTS, (with_term,), (without_terms,)) is YES


def test_unlisted_sets_of_offences_are_places() -> None:
    """A limb for any offence also reaches all offences related to a status."""
    limbs = (part("x", LISTED, "x", owner="b"), part("xy", RELATED, owner="b"))
    assert covers_where_both_apply(SETS, OWN_LISTS, (part("y", ANY),), limbs) is NO
    assert covers_where_both_apply(SETS, OWN_LISTS, (part("y", ANY),), limbs[1:]) is NO
    assert covers_where_both_apply(SETS, OWN_LISTS, (part("xy", ANY),), limbs) is YES


def test_shortfall_is_where_both_certainly_apply() -> None:
    a, b = part("x", LISTED, "x"), part("xy", ANY)
    both = Present((a.value,), ()), Present((b.value,), ())
    assert list(shortfalls(SETS, OWN_LISTS, (a,), (b,))) == [both]
    assert list(shortfalls(SETS, OWN_LISTS, (b,), (a,))) == []


def test_shortfall_is_anywhere_if_both_only_may_apply() -> None:
    """Where one applies for certain and the other perhaps, it is unknown whether they meet."""
    unknown_scope = LimbValue("1", Basis.UNKNOWN, None, None)
    a = Part(LimbValue("1", Basis.TEXT, frozenset("x"), None), Area((unknown_scope,), None))
    b = part("y", LISTED, "x")
    anywhere = Present((), (a.value,)), Present((), (b.value,))
    assert list(shortfalls(SETS, OWN_LISTS, (a,), (b,))) == [anywhere]


def test_limbs_are_all_there_if_their_values_are_known() -> None:
    first, second = part("x", ANY), part("y", ANY)
    unknown = Part(LimbValue("1", Basis.UNKNOWN, None, None), first.area)
    assert has_every_limb((first, second), (first,))
    assert has_every_limb((first,), (first,))
    assert not has_every_limb((first,), (first, second))
    assert not has_every_limb((first, unknown), (first, unknown))


# --- At one place -------------------------------------------------------------------------------

#: The terms that one limb may have, by scale; None if they are unknown.
TERMS: list[tuple[Scale, list[set[str] | None]]] = [
    (Ladder(ladder=("low", "high")), [None, {"low"}, {"high"}]),
    (AnyOf(), [None, set(), {"x"}, {"y"}, {"x", "y"}]),
    (AnyOf(distinct=False), [None, {"x"}, {"y"}, {"x", "y"}]),
    (AllOf(), [None, set(), {"x"}, {"x", "y"}]),
    (Nominal(), [None, {"x"}, {"y"}]),
]


def subsets(limbs: Value, largest: int) -> list[Value]:
    """Return every subset of limbs up to the largest size."""
    sizes = range(min(largest, len(limbs)) + 1)
    return list(chain.from_iterable(combinations(limbs, size) for size in sizes))


@pytest.mark.slow
@pytest.mark.parametrize(("scale", "terms"), TERMS)
def test_extremes_decide_for_all_combinations(scale: Scale, terms: list[set[str] | None]) -> None:
    """The code tries only the extremes of the possible limbs; this test tries all combinations."""
    limbs = tuple(
        LimbValue(str(number), Basis.TEXT, None if values is None else frozenset(values), None)
        for number, values in enumerate(terms)
    )
    certain_sets, possible_sets = subsets(limbs, 1), subsets(limbs, 2)
    sides = (certain_sets, possible_sets)
    for a_certain, a_possible, b_certain, b_possible in product(*sides, *sides):
        if not (a_certain or a_possible) or not (b_certain or b_possible):
            continue
        answers = {
            scale.covers((*a_certain, *a_added), (*b_certain, *b_added))
            for a_added, b_added in product(subsets(a_possible, 2), subsets(b_possible, 2))
            if (a_certain or a_added) and (b_certain or b_added)
        }
        expected = answers.pop() if len(answers) == 1 else UNKNOWN
        a, b = Present(a_certain, a_possible), Present(b_certain, b_possible)
        assert covers_at_place(scale, a, b) is expected


# --- For adults and for children ----------------------------------------------------------------


def test_no_is_uncertain_if_persons_are_unstated() -> None:
    assert if_persons_unstated([YES, NO]) == (YES, UNKNOWN)
    assert if_persons_unstated([NO, UNKNOWN]) == (UNKNOWN, UNKNOWN)
    assert if_persons_unstated([NO, NO]) == (NO, NO)
    assert if_persons_unstated([YES, YES]) == (YES, YES)


def test_too_many_limbs_without_persons_give_no_answer(corpus: Corpus) -> None:
    """A gap table compares in one direction only; an untried case must not count as a yes."""
    codebook, force = corpus.codebook, corpus.codebook.dimensions["force"]
    limbs = [{"id": str(number), "force": "consideration"} for number in range(7)]
    limbs.append({"id": "child", "persons": "child", "force": "consideration"})
    many_limbs = classify(codebook, provision({"limbs": limbs}, "many"))
    one_limb = classify(codebook, provision({"limbs": [{"force": "mandatory"}]}, "one"))
    assert coverage(codebook, force, many_limbs, one_limb) == (UNKNOWN, UNKNOWN)
    assert coverage(codebook, force, one_limb, many_limbs) == (UNKNOWN, UNKNOWN)


ANY_ACT = {"persons": "any_victim", "offences": {"extent": "any"}}
#: A discretion for any offence: coded in a limb, or reported by a source.
CODED = {"limbs": [ANY_ACT | {"force": "discretionary"}]}
REPORTED = {"limbs": [ANY_ACT], "reported": [{"dimension": "force", "values": ["discretionary"]}]}


@pytest.mark.parametrize("discretion", [CODED, REPORTED])
@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (["prosecution"], YES),
        (["sentencing_liability"], NO),
        (["prosecution", "sentencing_liability"], NO),
        (["sentencing_liability", "prosecution"], NO),
    ],
)
def test_limb_applies_at_the_reported_stages(
    discretion: dict[str, Any], stages: list[str], expected: Answer, corpus: Corpus
) -> None:
    """At the prosecution the other law leaves a discretion, too; at the sentence it does not."""
    reports = [{"dimension": "stage", "values": [stage]} for stage in stages]
    reported = discretion | {"reported": [*discretion.get("reported", ()), *reports]}
    by_stage = [
        ANY_ACT | {"relief": "no_prosecution", "force": "discretionary"},
        ANY_ACT | {"relief": "no_penalty", "force": "mandatory"},
    ]
    codebook, force = corpus.codebook, corpus.codebook.dimensions["force"]
    a = classify(codebook, provision(reported, "a"))
    b = classify(codebook, provision({"limbs": by_stage}, "b"))
    assert coverage(codebook, force, a, b) == (expected, expected)
