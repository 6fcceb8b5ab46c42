"""The codebook: its rules on their own examples, its consistency, and what it says of silence."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from builders import CODEBOOK
from conftest import TESTS, provision

from npcompare.analysis.classification import AS_CODED, classify
from npcompare.law import codebook_checks
from npcompare.law.yaml_reader import YamlFile
from npcompare.model.conditions import evaluate, leaves
from npcompare.model.logic import Answer
from npcompare.model.provision import Basis, Coded

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

PATH = TESTS.parent / "schemas" / "codebook.yaml"
EXAMPLES = [
    pytest.param(rule, example, kind == "fires", id=f"{rule['id']}-{kind}-{number}")
    for rule in CODEBOOK["rules"]
    for kind in ("fires", "must_not")
    for number, example in enumerate(rule["examples"][kind])
]


def coded(**words: list[str]) -> dict[str, tuple[Coded, ...]]:
    return {
        field.replace("__", "."): tuple(Coded(word, Basis.TEXT, (), None) for word in values)
        for field, values in words.items()
    }


@pytest.mark.parametrize(("rule", "example", "fires"), EXAMPLES)
def test_a_rule_keeps_to_its_examples(
    rule: dict[str, Any], example: dict[str, list[str]], fires: bool
) -> None:
    answer, used = evaluate(rule["when"], coded(**example))
    assert (answer is Answer.YES) == fires
    assert bool(used) == fires


def test_every_class_is_reached_and_no_two_rules_agree(corpus: Corpus) -> None:
    """Over every limb that fills the fields of the rules, each class has exactly one rule."""
    for dimension in corpus.codebook.dimensions.values():
        rules = corpus.codebook.rules_of(dimension.id)
        assert bool(rules) != bool(dimension.field)
        if rules:
            assert {rule.then for rule in rules} == set(dimension.classes)
            assert len(rules) == len(dimension.classes)


def test_scope_and_threshold_have_one_class_a_limb(corpus: Corpus) -> None:
    """Whatever is coded, a limb has one scope and one threshold."""
    book = corpus.codebook
    links = list(book.vocabulary["link"])
    for extent, (first, second) in product(book.vocabulary["extent"], product(links, repeat=2)):
        if "none" in (first, second) and first != second:
            continue  # a limb that `validate` refuses
        fields = coded(offences__extent=[extent], link=list({first: 0, second: 0}))
        for name in ("scope", "threshold"):
            fired = [
                rule.id
                for rule in book.rules_of(name)
                if evaluate(rule.when, fields)[0] is Answer.YES
            ]
            assert len(fired) == 1, (extent, first, second)


def test_every_relief_reaches_a_stage(corpus: Corpus) -> None:
    for word in corpus.codebook.vocabulary["relief"]:
        one = provision({"limbs": [{"relief": word}]})
        assert classify(corpus.codebook, one).dimensions["stage"].values


def test_a_condition_on_what_is_not_coded_is_neither_true_nor_false() -> None:
    is_any = {"equals": {"offences.extent": "any"}}
    compelled = {"in": {"link": ["compulsion"]}}
    nothing = coded()
    assert evaluate(is_any, nothing)[0] is Answer.CANNOT_TELL
    assert evaluate(is_any, coded(**{"offences.extent": ["any"]}))[0] is Answer.YES
    assert evaluate(is_any, coded(**{"offences.extent": ["any", "listed"]})) == (Answer.NO, ())
    assert evaluate(is_any, coded(**{"offences.extent": ["an"]})) == (Answer.NO, ())
    assert evaluate({"not": compelled}, nothing)[0] is Answer.CANNOT_TELL
    assert evaluate({"not": compelled}, coded(link=["relation"]))[0] is Answer.YES
    assert evaluate({"any": [is_any, compelled]}, coded(link=["compulsion"]))[0] is Answer.YES
    assert evaluate({"all": [is_any, compelled]}, coded(link=["relation"]))[0] is Answer.NO
    assert evaluate({"all": [is_any, compelled]}, coded(link=["compulsion"]))[0] is (
        Answer.CANNOT_TELL
    )


def test_a_condition_looks_at_every_field_in_it() -> None:
    link, extent = {"in": {"link": ["none", "relation"]}}, {"equals": {"offences.extent": "any"}}
    both = [("link", ["none", "relation"]), ("offences.extent", ["any"])]
    assert list(leaves({"any": [link, extent]})) == both
    assert list(leaves({"all": [link, {"not": extent}]})) == both


def test_silence_needs_the_complete_words_of_the_law(corpus: Corpus) -> None:
    book = corpus.codebook
    for held, wanted in (
        ("verbatim", Basis.SILENT),
        ("excerpt", Basis.UNKNOWN),
        ("not_held", Basis.UNKNOWN),
    ):
        one = classify(book, provision({"text": held, "limbs": [{"force": "mandatory"}]}))
        assert one.dimensions["conditions"].basis is wanted
        assert one.dimensions["threshold"].basis is wanted
        assert one.dimensions["force"].basis is Basis.REPORTED


def test_a_limb_that_is_not_known_is_named(corpus: Corpus) -> None:
    limbs = [{"id": "a", "link": "compulsion"}, {"id": "b", "relief": "defence"}]
    one = classify(corpus.codebook, provision({"limbs": limbs}))
    threshold = one.dimensions["threshold"]
    assert (threshold.values, threshold.unknown_limbs) == (("duress",), ("b",))


def test_what_sources_report_fills_only_what_is_open(corpus: Corpus) -> None:
    short = {
        "limbs": [{"link": "compulsion"}],
        "reported": [
            {"dimension": "threshold", "values": ["causation"]},
            {"dimension": "stage", "values": ["records"]},
        ],
    }
    one = classify(corpus.codebook, provision(short)).dimensions
    assert (one["threshold"].values, one["stage"].values) == (("duress",), ("records",))
    assert one["stage"].basis is Basis.REPORTED
    assert one["scope"].basis is Basis.UNKNOWN


def test_fields_are_classed_as_coded(corpus: Corpus) -> None:
    one = classify(corpus.codebook, provision({"limbs": [{"force": "mandatory"}]}))
    (reason,) = one.dimensions["force"].because
    assert (reason.rule, reason.value, str(reason.authority)) == (
        AS_CODED,
        "mandatory",
        "background-paper, paras.\N{NO-BREAK SPACE}54 and 57",
    )


SPOILT = [
    ("    kind: offences\n", "    kind: nominal\n", "NP301", 'a core dimension "scope"'),
    (
        "    label: Stage\n",
        "    label: Stage\n    under: treshold\n",
        "NP301",
        'unknown dimension "treshold"',
    ),
    ("    kind: all_of\n", "    kind: offences\n", "NP301", 'not "link"'),
    ("means: [adult, child]", "means: [adult, minor]", "NP301", 'unknown word "minor"'),
    ("    field: persons\n", "", "NP301", "needs a field or classes"),
    ("    field: persons\n", "    field: people\n", "NP301", 'the unknown field "people"'),
    (
        "ladder: [duress, causation, status]",
        "ladder: [duress, causation]",
        "NP303",
        "each class once",
    ),
    (
        "ladder: [duress, causation, status]",
        "ladder: [duress, status, causation]",
        "NP303",
        "needs a reason",
    ),
    (
        "ladder: [duress, causation, status]",
        "ladder: [duress, causation, none]",
        "NP303",
        "is not a class",
    ),
    ("      - wider: causation\n", "      - wider: cause\n", "NP303", '"cause" is not a class'),
    ("    then: duress\n", "    then: compulsion\n", "NP301", 'gives "compulsion"'),
    ("    dimension: scope\n", "    dimension: scop\n", "NP301", 'which is not a class of "scop"'),
    ("  - id: scope-listed-offences\n", "  - id: scope-any-offence\n", "NP301", "two rules have"),
    ("when: {equals: {link: none}}", "when: {equals: {link: nothing}}", "NP301", '"nothing"'),
    ("when: {equals: {link: none}}", "when: {equals: {links: none}}", "NP301", '"links"'),
    (
        "        - {link: [relation]}\n        - {off",
        "        - {link: [none]}\n        - {off",
        "NP302",
        "fires on",
    ),
    ("        - {link: [in_process]}\n", "        - {link: [none]}\n", "NP302", "does not fire on"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "words"), SPOILT)
def test_an_inconsistent_codebook_is_found(right: str, wrong: str, code: str, words: str) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert right in text
    source = YamlFile(
        Path("codebook.yaml"), "codebook.yaml", text.replace(right, wrong, 1).encode()
    )
    found = codebook_checks.check(source)
    assert any(code == one.code and words in one.message for one in found), found


def test_every_source_of_the_codebook_is_a_paragraph_of_the_paper(corpus: Corpus) -> None:
    def sources(data: object) -> list[dict[str, str]]:
        if isinstance(data, dict):
            own = [data["source"]] if "source" in data else []
            return own + [one for below in data.values() for one in sources(below)]
        return [one for below in data for one in sources(below)] if isinstance(data, list) else []

    for source in sources(CODEBOOK):
        assert source["ref"] in corpus.documents
        assert source["paragraph"]
