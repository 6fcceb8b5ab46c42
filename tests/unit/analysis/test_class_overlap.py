"""Which classes provisions have together, and which provisions are not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conftest import provision
from msgspec.structs import replace

from npcompare.analysis.class_overlap import combinations_of
from npcompare.analysis.classification import classify

if TYPE_CHECKING:
    from npcompare.analysis.class_overlap import Combinations
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

RELIEF = {"relief": ["no_penalty"]}


def law(name: str, *limbs: dict[str, Any], **short: Any) -> Provision:
    return provision({"limbs": limbs, **short}, name)


def found(corpus: Corpus, *provisions: Provision) -> Combinations:
    dimensions = [corpus.codebook.dimension(name) for name in ("stage", "threshold")]
    return combinations_of(dimensions, [classify(corpus.codebook, each) for each in provisions])


def test_largest_combination_is_first(corpus: Corpus) -> None:
    result = found(
        corpus,
        law("a", {"link": "compulsion", **RELIEF}),
        law("b", {"link": "direct_result", **RELIEF}),
        law("c", {"link": "direct_result", **RELIEF}),
        law("d", {"link": "direct_result", **RELIEF}, {"link": "compulsion", **RELIEF}),
    )
    stage = ("stage", "sentencing_liability")
    duress, causation = ("threshold", "duress"), ("threshold", "causation")
    assert [
        (each.classes, [member.provision.id for member in each.members])
        for each in result.combinations
    ] == [
        ((stage, causation), ["b", "c"]),
        ((stage, duress), ["a"]),
        ((stage, duress, causation), ["d"]),
    ]


def test_what_is_not_known_to_be_all_is_not_counted(corpus: Corpus) -> None:
    result = found(
        corpus,
        law("no-stage", {"link": "compulsion"}),
        law("no-threshold", RELIEF),
        law("one-limb", {"link": "compulsion", **RELIEF}, RELIEF),
        law("silent", RELIEF, text="verbatim"),
    )
    assert not result.combinations
    assert [each.provision.id for each in result.unknown] == [
        *("no-stage", "no-threshold", "one-limb", "silent")
    ]


def test_silence_that_means_none_is_known(corpus: Corpus) -> None:
    result = found(corpus, law("no-relief", {"link": "compulsion"}, text="verbatim"))
    (combination,) = result.combinations
    assert combination.classes == (("threshold", "duress"),)


def test_what_contains_no_rule_is_apart(corpus: Corpus) -> None:
    finding = replace(law("finding"), form="finding")
    result = found(corpus, finding, replace(law("none"), form="none_specific"))
    assert [effect for effect, _ in result.without_rule] == ["finding", "none"]
    assert not result.unknown
