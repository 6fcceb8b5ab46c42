"""Comparisons as law (cases/comparisons.yaml), and the bundled pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from builders import CODEBOOK, CONVERSE
from conftest import cases, provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.law.codebook_parser import parse_codebook
from npcompare.model.results import Classification, Relation

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Compared


def related(corpus: Corpus, left: str, right: str) -> tuple[dict[str, Relation], Relation]:
    one, other = (_classified(corpus, name) for name in (left, right))
    comparison = compare(corpus.codebook, one, other)
    return {
        compared.dimension: compared.relation for compared in comparison.dimensions
    }, comparison.overall


_KNOWN: dict[str, Classification] = {}


def _classified(corpus: Corpus, name: str) -> Classification:
    if name not in _KNOWN:
        _KNOWN[name] = classify(corpus.codebook, corpus.find(name))
    return _KNOWN[name]


@pytest.mark.parametrize("case", cases("comparisons"))
def test_case(case: dict[str, Any], corpus: Corpus) -> None:
    book = corpus.codebook
    left = classify(book, provision(case["left"], "left"))
    right = classify(book, provision(case["right"], "right"))
    for one, other, turn in ((left, right, lambda it: it), (right, left, CONVERSE.__getitem__)):
        comparison = compare(book, one, other)
        relations = {compared.dimension: compared.relation for compared in comparison.dimensions}
        relations["overall"] = comparison.overall
        expected = {name: turn(Relation(word)) for name, word in case["expected"].items()}
        assert {name: relations[name] for name in expected} == expected
        if "by_person" in case:
            threshold = next(
                compared for compared in comparison.dimensions if compared.dimension == "threshold"
            )
            by_person = {who: turn(Relation(word)) for who, word in case["by_person"].items()}
            assert threshold.by_person == by_person


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
    (force,) = [one for one in compare(book, left, right).dimensions if one.dimension == "force"]
    assert force.relation == Relation(expected)


def test_every_bundled_pair_has_its_converse(corpus: Corpus) -> None:
    ids = [one.id for one in corpus.provisions()]
    for left in ids:
        for right in ids:
            forward, overall = related(corpus, left, right)
            backward, overall_back = related(corpus, right, left)
            assert backward == {name: CONVERSE[word] for name, word in forward.items()}
            assert overall_back is CONVERSE[overall]


def test_overall_is_a_partial_order_on_the_corpus(corpus: Corpus) -> None:
    core = [one.id for one in corpus.codebook.dimensions.values() if one.core]
    ids = [
        one.id
        for one in corpus.all_provisions()
        if all(
            limb.values is not None
            for name in core
            for limb in classify(corpus.codebook, one).dimensions[name].limbs
        )
    ]
    assert len(ids) > len(cases("core"))
    covered = {
        (a, b)
        for a in ids
        for b in ids
        if related(corpus, a, b)[1] in (Relation.SAME, Relation.BROADER)
    }
    assert {(a, a) for a in ids} <= covered
    assert {(a, d) for a, b in covered for c, d in covered if b == c} <= covered


def test_authority_names_every_step_between(corpus: Corpus) -> None:
    book = corpus.codebook
    status = classify(book, provision({"limbs": [{"persons": "any_victim", "link": "none"}]}))
    duress = classify(book, provision({"limbs": [{"persons": "any_victim", "link": "compulsion"}]}))
    comparison = next(
        one for one in compare(book, status, duress).dimensions if one.dimension == "threshold"
    )
    assert [(one.wider, one.narrower, str(one.source)) for one in comparison.authority] == [
        ("causation", "duress", "background-paper, para.\N{NO-BREAK SPACE}62"),
        ("status", "causation", "background-paper, para.\N{NO-BREAK SPACE}21"),
    ]


def steps(corpus: Corpus, left: str, right: str) -> list[tuple[str, str]]:
    """Return the steps of the ladder that a comparison of two links is based on."""
    book = corpus.codebook
    one, other = (
        classify(book, provision({"limbs": [{"persons": "any_victim", "link": link}]}))
        for link in (left, right)
    )
    comparison = next(
        compared
        for compared in compare(book, one, other).dimensions
        if compared.dimension == "threshold"
    )
    return [(step.wider, step.narrower) for step in comparison.authority]


def test_authority_names_no_other_step(corpus: Corpus) -> None:
    assert steps(corpus, "direct_result", "compulsion") == [("causation", "duress")]
    assert steps(corpus, "none", "relation") == [("status", "causation")]
    assert steps(corpus, "compulsion", "compulsion") == []


def test_comparison_contains_both_classifications(corpus: Corpus) -> None:
    one, other = (_classified(corpus, name) for name in ("kenya", "coe-26"))
    comparison = compare(corpus.codebook, one, other)
    assert (comparison.left, comparison.right) == (one, other)
    assert {
        compared.dimension: (compared.left, compared.right) for compared in comparison.dimensions
    } == {
        name: (one.dimensions[name], other.dimensions[name]) for name in corpus.codebook.dimensions
    }


def test_note_names_the_persons_a_source_mentions(corpus: Corpus) -> None:
    reports = [
        {"dimension": "threshold", "values": ["duress"], "persons": ["adult"], "note": "Note."},
        {"dimension": "threshold", "values": ["status"], "persons": ["child"]},
    ]
    comparison = classify(corpus.codebook, provision({"reported": reports})).dimensions["threshold"]
    assert [reason.note for reason in comparison.because] == [
        "Applies to adults: Note.",
        "Applies to children only.",
    ]
    every = [{"dimension": "threshold", "values": ["duress"], "note": "Note."}]
    comparison = classify(corpus.codebook, provision({"reported": every})).dimensions["threshold"]
    assert [reason.note for reason in comparison.because] == ["Note."]


def test_provision_without_matching_limb_is_narrower(
    corpus: Corpus,
) -> None:
    adults = {"persons": "adult", "offences": {"extent": "any"}}
    left = classify(corpus.codebook, provision({"limbs": [adults]}))
    right = classify(corpus.codebook, provision({"limbs": [adults, {"persons": "child"}]}))
    (scope,) = (
        one for one in compare(corpus.codebook, left, right).dimensions if one.dimension == "scope"
    )
    assert scope.by_person == {"adult": Relation.SAME, "child": Relation.NARROWER}


def threshold(book: Codebook, left: dict[str, Any], right: dict[str, Any]) -> Compared:
    comparison = compare(book, *(classify(book, provision(one)) for one in (left, right)))
    return next(compared for compared in comparison.dimensions if compared.dimension == "threshold")


def test_unknown_relation_has_no_authority(corpus: Corpus) -> None:
    some = {"limbs": [{"persons": "any_victim", "link": "compulsion"}, {"persons": "any_victim"}]}
    all_known = {"limbs": [{"persons": "any_victim", "link": "relation"}]}
    comparison = threshold(corpus.codebook, some, all_known)
    assert (comparison.relation, comparison.authority) == (Relation.UNKNOWN, ())


def test_difference_in_persons_has_no_authority(corpus: Corpus) -> None:
    """Neither has a threshold; each protects persons whom the other does not."""
    adults, children = ({"limbs": [{"persons": who}]} for who in ("adult", "child"))
    comparison = threshold(corpus.codebook, adults, children)
    assert (comparison.relation, comparison.authority) == (Relation.INCOMPARABLE, ())


def test_order_in_another_codebook_is_the_authority() -> None:
    own = {"wider": "consequence", "narrower": "direct_result", "because": "So it is held."}
    link = CODEBOOK["dimensions"]["link"] | {"order": [own]}
    book = parse_codebook(CODEBOOK | {"dimensions": CODEBOOK["dimensions"] | {"link": link}})

    def named(left: str, right: str) -> tuple[Relation, list[str]]:
        one, other = (
            classify(book, provision({"limbs": [{"persons": "any_victim", "link": word}]}))
            for word in (left, right)
        )
        (comparison,) = (
            one for one in compare(book, one, other).dimensions if one.dimension == "link"
        )
        return comparison.relation, [compared.because for compared in comparison.authority]

    assert named("consequence", "direct_result") == (Relation.BROADER, ["So it is held."])
    assert named("direct_result", "consequence") == (Relation.NARROWER, ["So it is held."])
    assert named("none", "consequence") == (Relation.BROADER, [])
    assert named("consequence", "relation") == (Relation.UNKNOWN, [])
