"""Comparisons of provisions: the cases of cases/comparisons.yaml, and the bundled pairs."""

from __future__ import annotations

from functools import partial
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import pytest
from builders import CODEBOOK, CONVERSE
from conftest import cases, provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.analysis.coverage_matrix import coverage_matrix, members
from npcompare.law.codebook_parser import parse_codebook
from npcompare.model.results import Classification, Relation

if TYPE_CHECKING:
    from collections.abc import Callable

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Compared, Comparison


def related(corpus: Corpus, left: str, right: str) -> tuple[dict[str, Relation], Relation]:
    """Return the relation of two bundled provisions in each dimension, and overall."""
    comparison = compare(corpus.codebook, classified(corpus, left), classified(corpus, right))
    relations = {dimension.dimension: dimension.relation for dimension in comparison.dimensions}
    return relations, comparison.overall


_CLASSIFICATIONS: dict[str, Classification] = {}


def classified(corpus: Corpus, name: str) -> Classification:
    """Return the classification of a bundled provision, made once."""
    if name not in _CLASSIFICATIONS:
        _CLASSIFICATIONS[name] = classify(corpus.codebook, corpus.find(name))
    return _CLASSIFICATIONS[name]


def with_links(book: Codebook, left: str, right: str) -> tuple[Classification, Classification]:
    """Return two provisions for any victim, each with one link."""
    first, second = (
        classify(book, provision({"limbs": [{"persons": "any_victim", "link": link}]}))
        for link in (left, right)
    )
    return first, second


def in_dimension(comparison: Comparison, name: str) -> Compared:
    """Return the part of a comparison that is about one dimension."""
    return next(entry for entry in comparison.dimensions if entry.dimension == name)


def relations_by_person(outcome: Compared) -> dict[str, Relation]:
    """Return the relation for adults and for children, without how it is qualified."""
    return {person: part.relation for person, part in outcome.by_person.items()}


@pytest.mark.parametrize("case", cases("comparisons"))
def test_case(case: dict[str, Any], corpus: Corpus) -> None:
    book = corpus.codebook
    left = classify(book, provision(case["left"], "left"))
    right = classify(book, provision(case["right"], "right"))
    directions: list[tuple[Classification, Classification, Callable[[Relation], Relation]]] = [
        (left, right, lambda relation: relation),
        (right, left, CONVERSE.__getitem__),
    ]
    for first, second, in_direction in directions:
        comparison = compare(book, first, second)
        relations = {dimension.dimension: dimension.relation for dimension in comparison.dimensions}
        relations["overall"] = comparison.overall
        expected = {name: in_direction(Relation(word)) for name, word in case["expected"].items()}
        assert {name: relations[name] for name in expected} == expected
        if "by_person" in case:
            assert relations_by_person(in_dimension(comparison, "threshold")) == {
                person: in_direction(Relation(word)) for person, word in case["by_person"].items()
            }
        if "hedges" in case:
            hedges = {dimension.dimension: dimension.hedge for dimension in comparison.dimensions}
            hedges["overall"] = comparison.hedge
            assert {name: hedges[name] for name in case["hedges"]} == case["hedges"]
        if "steps" in case:
            assert case["steps"] == [
                f"{step.wider} above {step.narrower}"
                for step in in_dimension(comparison, "threshold").authority
            ]


@pytest.mark.further
@pytest.mark.parametrize(
    ("open_limbs", "expected"), [(6, "narrower"), (7, "unknown"), (60, "unknown")]
)
def test_too_many_limbs_without_persons_are_unknown(
    open_limbs: int, expected: str, corpus: Corpus
) -> None:
    """Each such limb doubles the number of readings, so only a few are tried."""
    limbs = [{"id": str(number), "force": "consideration"} for number in range(open_limbs)]
    limbs.append({"id": "child", "persons": "child", "force": "consideration"})
    book = corpus.codebook
    left = classify(book, provision({"limbs": limbs}, "left"))
    right = classify(book, provision({"limbs": [{"force": "mandatory"}]}, "right"))
    force = in_dimension(compare(book, left, right), "force")
    assert force.relation == Relation(expected)


@pytest.mark.slow
def test_every_bundled_pair_has_its_converse(corpus: Corpus) -> None:
    ids = [entry.id for entry in corpus.provisions()]
    for left, right in combinations_with_replacement(ids, 2):
        forward, overall = related(corpus, left, right)
        backward, overall_back = related(corpus, right, left)
        assert backward == {name: CONVERSE[word] for name, word in forward.items()}
        assert overall_back is CONVERSE[overall]


@pytest.mark.slow
def test_overall_is_a_partial_order_on_the_corpus(corpus: Corpus) -> None:
    """A matrix has all pairs; test_coverage_matrix.py compares its answers with those of a pair."""
    core = corpus.codebook.core
    ids = [entry.id for entry in corpus.all_provisions()]
    coded = [
        result
        for result in map(partial(classified, corpus), ids)
        if all(
            limb.values is not None
            for dimension in core
            for limb in result.dimensions[dimension.id].limbs
        )
    ]
    assert len(coded) > len(cases("core"))
    rows = [row.yes for row in coverage_matrix(corpus.codebook, core, coded)]
    assert all(row >> number & 1 for number, row in enumerate(rows))
    # What a covered provision covers is covered.
    assert all(not rows[number] & ~row for row in rows for number in members(row))


def test_authority_is_the_order_of_the_two_classes(corpus: Corpus) -> None:
    assert steps(corpus, "none", "compulsion") == [("status", "duress")]


def test_authority_names_every_step_between(corpus: Corpus) -> None:
    book = corpus.codebook
    left, right = (
        classify(book, provision({"limbs": [{"relief": "no_penalty", "force": word}]}))
        for word in ("mandatory", "consideration")
    )
    authority = in_dimension(compare(book, left, right), "force").authority
    assert [(step.wider, step.narrower) for step in authority] == [
        ("discretionary", "consideration"),
        ("mandatory", "discretionary"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "hedge"),
    [
        ("direct_result", "compulsion", "may be"),
        ("compulsion", "direct_result", "may be"),
        ("none", "compulsion", ""),
        ("none", "direct_result", ""),
        ("direct_result", "relation", ""),
    ],
)
def test_causation_over_duress_is_hedged(left: str, right: str, hedge: str, corpus: Corpus) -> None:
    comparison = compare(corpus.codebook, *with_links(corpus.codebook, left, right))
    assert in_dimension(comparison, "threshold").hedge == hedge


ANY_DEFENCE = {"persons": "any_victim", "offences": {"extent": "any"}, "relief": "defence"}
DRUGS = {**ANY_DEFENCE, "offences": {"extent": "listed", "categories": ["drugs"]}}


@pytest.mark.parametrize(
    ("left", "right", "relation", "hedge"),
    [
        # The overall relation depends on paragraph 62 only if nothing else decides it.
        ({**ANY_DEFENCE, "link": "direct_result"}, {**DRUGS, "link": "compulsion"}, "broader", ""),
        (
            {**ANY_DEFENCE, "link": "direct_result"},
            {**ANY_DEFENCE, "link": "compulsion"},
            "broader",
            "may be",
        ),
        (
            {**DRUGS, "link": "direct_result"},
            {**ANY_DEFENCE, "link": "compulsion"},
            "incomparable",
            "may be",
        ),
    ],
)
def test_overall_is_hedged_if_it_depends_on_a_hedge(
    left: dict[str, Any], right: dict[str, Any], relation: str, hedge: str, corpus: Corpus
) -> None:
    book = corpus.codebook
    comparison = compare(
        book,
        classify(book, provision({"limbs": [left]}, "left")),
        classify(book, provision({"limbs": [right]}, "right")),
    )
    assert (comparison.overall, comparison.hedge) == (relation, hedge)


def test_provision_is_the_same_as_itself(corpus: Corpus) -> None:
    for parsed in corpus.all_provisions():
        classified = classify(corpus.codebook, parsed)
        comparison = compare(corpus.codebook, classified, classified)
        assert comparison.overall is Relation.SAME
        assert {part.relation for part in comparison.dimensions} == {Relation.SAME}


def steps(corpus: Corpus, left: str, right: str) -> list[tuple[str, str]]:
    """Return the steps of the ladder that a comparison of two links is based on."""
    comparison = compare(corpus.codebook, *with_links(corpus.codebook, left, right))
    return [(step.wider, step.narrower) for step in in_dimension(comparison, "threshold").authority]


def test_authority_names_no_other_step(corpus: Corpus) -> None:
    assert steps(corpus, "direct_result", "compulsion") == [("causation", "duress")]
    assert steps(corpus, "none", "relation") == [("status", "causation")]
    assert steps(corpus, "compulsion", "compulsion") == []


def test_comparison_contains_both_classifications(corpus: Corpus) -> None:
    kenya, treaty = (classified(corpus, name) for name in ("kenya", "coe-26"))
    comparison = compare(corpus.codebook, kenya, treaty)
    assert (comparison.left, comparison.right) == (kenya, treaty)
    assert {
        dimension.dimension: (dimension.left, dimension.right)
        for dimension in comparison.dimensions
    } == {
        name: (kenya.dimensions[name], treaty.dimensions[name])
        for name in corpus.codebook.dimensions
    }


def test_note_names_the_persons_a_source_mentions(corpus: Corpus) -> None:
    reports = [
        {"dimension": "threshold", "values": ["duress"], "persons": ["adult"], "note": "Note."},
        {"dimension": "threshold", "values": ["status"], "persons": ["child"]},
    ]
    threshold = classify(corpus.codebook, provision({"reported": reports})).dimensions["threshold"]
    assert [reason.note for reason in threshold.because] == [
        "Applies to adults: Note.",
        "Applies to children only.",
    ]
    for_all = [{"dimension": "threshold", "values": ["duress"], "note": "Note."}]
    threshold = classify(corpus.codebook, provision({"reported": for_all})).dimensions["threshold"]
    assert [reason.note for reason in threshold.because] == ["Note."]


def test_provision_without_matching_limb_is_narrower(corpus: Corpus) -> None:
    adults = {"persons": "adult", "offences": {"extent": "any"}}
    left = classify(corpus.codebook, provision({"limbs": [adults]}))
    right = classify(corpus.codebook, provision({"limbs": [adults, {"persons": "child"}]}))
    scope = in_dimension(compare(corpus.codebook, left, right), "scope")
    assert relations_by_person(scope) == {"adult": Relation.SAME, "child": Relation.NARROWER}


def compared_threshold(book: Codebook, left: dict[str, Any], right: dict[str, Any]) -> Compared:
    comparison = compare(book, *(classify(book, provision(short)) for short in (left, right)))
    return in_dimension(comparison, "threshold")


def test_unknown_relation_has_no_authority(corpus: Corpus) -> None:
    partly_known = {
        "limbs": [{"persons": "any_victim", "link": "compulsion"}, {"persons": "any_victim"}]
    }
    fully_known = {"limbs": [{"persons": "any_victim", "link": "relation"}]}
    threshold = compared_threshold(corpus.codebook, partly_known, fully_known)
    assert (threshold.relation, threshold.authority) == (Relation.UNKNOWN, ())


def test_difference_in_persons_has_no_authority(corpus: Corpus) -> None:
    """Neither has a threshold, and each protects persons that the other does not protect."""
    adults, children = ({"limbs": [{"persons": person}]} for person in ("adult", "child"))
    threshold = compared_threshold(corpus.codebook, adults, children)
    assert (threshold.relation, threshold.authority) == (Relation.INCOMPARABLE, ())


def test_order_in_another_codebook_is_the_authority() -> None:
    declared = {"wider": "consequence", "narrower": "direct_result", "because": "A reason."}
    link = CODEBOOK["dimensions"]["link"] | {"order": [declared]}
    book = parse_codebook(CODEBOOK | {"dimensions": CODEBOOK["dimensions"] | {"link": link}})

    def authority(left: str, right: str) -> tuple[Relation, list[str]]:
        result = in_dimension(compare(book, *with_links(book, left, right)), "link")
        return result.relation, [step.because for step in result.authority]

    assert authority("consequence", "direct_result") == (Relation.BROADER, ["A reason."])
    assert authority("direct_result", "consequence") == (Relation.NARROWER, ["A reason."])
    assert authority("none", "consequence") == (Relation.BROADER, [])
    assert authority("consequence", "relation") == (Relation.UNKNOWN, [])
