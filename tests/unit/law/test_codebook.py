"""The codebook: its rules and their examples, its consistency, and how silence is classified."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from builders import CODEBOOK
from conftest import TESTS, provision

from npcompare.analysis.classification import AS_CODED, classify
from npcompare.law import codebook_checks
from npcompare.law.codebook_parser import parse_codebook
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
def test_rule_fires_only_on_its_positive_examples(
    rule: dict[str, Any], example: dict[str, list[str]], fires: bool
) -> None:
    answer, reasons = evaluate(rule["when"], coded(**example))
    assert (answer is Answer.YES) == fires
    assert bool(reasons) == fires


def test_every_class_has_exactly_one_rule(corpus: Corpus) -> None:
    """A dimension has rules, or a field whose values are its classes; force has both."""
    for dimension in corpus.codebook.dimensions.values():
        rules = corpus.codebook.rules_of(dimension.id)
        assert rules or dimension.field
        assert not (rules and dimension.field) or dimension.id == "force"
        if not dimension.field:
            classes = sorted(rule.then for rule in rules)
            assert classes == sorted(dimension.classes), f"the rules of {dimension.id}"


def test_every_limb_has_one_scope_and_one_threshold(corpus: Corpus) -> None:
    """The rules of these two dimensions exclude each other and cover every coding."""
    book = corpus.codebook
    links = list(book.vocabulary["link"])
    for extent, (first, second) in product(book.vocabulary["extent"], product(links, repeat=2)):
        if "none" in (first, second) and first != second:
            continue  # `validate` refuses such a limb.
        fields = coded(offences__extent=[extent], link=list({first: 0, second: 0}))
        for name in ("scope", "threshold"):
            fired = [
                rule.id
                for rule in book.rules_of(name)
                if evaluate(rule.when, fields)[0] is Answer.YES
            ]
            assert len(fired) == 1, (extent, first, second)


def test_every_relief_has_a_stage(corpus: Corpus) -> None:
    for word in corpus.codebook.vocabulary["relief"]:
        classification = classify(corpus.codebook, provision({"limbs": [{"relief": word}]}))
        assert classification.dimensions["stage"].values


def test_condition_on_an_uncoded_field_is_undecided() -> None:
    is_any = {"equals": {"offences.extent": "any"}}
    compelled = {"in": {"link": ["compulsion"]}}
    uncoded = coded()
    assert evaluate(is_any, uncoded)[0] is Answer.UNKNOWN
    assert evaluate(is_any, coded(**{"offences.extent": ["any"]}))[0] is Answer.YES
    assert evaluate(is_any, coded(**{"offences.extent": ["any", "listed"]})) == (Answer.NO, ())
    assert evaluate(is_any, coded(**{"offences.extent": ["an"]})) == (Answer.NO, ())
    assert evaluate({"not": compelled}, uncoded)[0] is Answer.UNKNOWN
    assert evaluate({"not": compelled}, coded(link=["relation"]))[0] is Answer.YES
    assert evaluate({"any": [is_any, compelled]}, coded(link=["compulsion"]))[0] is Answer.YES
    assert evaluate({"all": [is_any, compelled]}, coded(link=["relation"]))[0] is Answer.NO
    assert evaluate({"all": [is_any, compelled]}, coded(link=["compulsion"]))[0] is (Answer.UNKNOWN)


def test_leaves_of_a_condition_name_every_field() -> None:
    link, extent = {"in": {"link": ["none", "relation"]}}, {"equals": {"offences.extent": "any"}}
    expected = [("link", ["none", "relation"]), ("offences.extent", ["any"])]
    assert list(leaves({"any": [link, extent]})) == expected
    assert list(leaves({"all": [link, {"not": extent}]})) == expected


def test_silence_requires_the_full_text_of_the_law(corpus: Corpus) -> None:
    book = corpus.codebook
    for text_status, basis in (
        ("verbatim", Basis.SILENT),
        ("excerpt", Basis.UNKNOWN),
        ("not_held", Basis.UNKNOWN),
    ):
        limbs = [{"force": "mandatory"}]
        dimensions = classify(book, provision({"text": text_status, "limbs": limbs})).dimensions
        assert dimensions["conditions"].basis is basis
        assert dimensions["threshold"].basis is basis
        assert dimensions["force"].basis is Basis.REPORTED


def test_limb_without_a_known_class_is_listed(corpus: Corpus) -> None:
    limbs = [{"id": "a", "link": "compulsion"}, {"id": "b", "relief": "defence"}]
    threshold = classify(corpus.codebook, provision({"limbs": limbs})).dimensions["threshold"]
    assert (threshold.values, threshold.unknown_limbs) == (("duress",), ("b",))


def test_reported_classes_fill_only_gaps_in_the_coding(corpus: Corpus) -> None:
    data = {
        "limbs": [{"link": "compulsion"}],
        "reported": [
            {"dimension": "threshold", "values": ["causation"]},
            {"dimension": "stage", "values": ["records"]},
        ],
    }
    dimensions = classify(corpus.codebook, provision(data)).dimensions
    assert (dimensions["threshold"].values, dimensions["stage"].values) == (
        ("duress",),
        ("records",),
    )
    assert dimensions["stage"].basis is Basis.REPORTED
    assert dimensions["scope"].basis is Basis.UNKNOWN


def test_field_dimension_has_the_coded_value_as_class(corpus: Corpus) -> None:
    classification = classify(corpus.codebook, provision({"limbs": [{"force": "mandatory"}]}))
    (reason,) = classification.dimensions["force"].because
    assert (reason.rule, reason.value, str(reason.authority)) == (
        AS_CODED,
        "mandatory",
        "background-paper, paras.\N{NO-BREAK SPACE}54 and 57",
    )


CIRCLE = """\
    order:
      - {wider: direct_result, narrower: relation, because: x}
      - {wider: relation, narrower: direct_result, because: x}
"""
INCONSISTENCIES = [
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
        "ladder: [duress_and_causation, duress, causation, status]",
        "ladder: [duress_and_causation, duress, causation]",
        "NP303",
        "each class once",
    ),
    (
        "ladder: [duress_and_causation, duress, causation, status]",
        "ladder: [duress_and_causation, duress, status, causation]",
        "NP303",
        "needs a reason",
    ),
    (
        "ladder: [duress_and_causation, duress, causation, status]",
        "ladder: [duress_and_causation, duress, causation, none]",
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
    ("    under: threshold\n", "    under: link\n", "NP301", '"under" is circular'),
    (
        "    order: []\n",
        CIRCLE,
        "NP303",
        "the order is circular: each of",
    ),
    (
        "{not: {coded: offences.excluded}}",
        "{not: {coded: excluded}}",
        "NP301",
        '"excluded" is coded',
    ),
    (
        "    proportionality: {label",
        "    none_reported: {label: x, definition: X.}\n    proportionality: {label",
        "NP301",
        '"none_reported" is reserved',
    ),
    ("{any: [{coded: form},", "{any: [{coded: relief},", "NP301", 'cannot depend on "relief"'),
    ("  burden: {court: ", "  burdens: {court: ", "NP301", 'no vocabulary "burdens"'),
    ("  burden: {court: ", "  burden: {accused: ", "NP301", '"accused" has not moved'),
]


@pytest.mark.parametrize(("right", "wrong", "code", "words"), INCONSISTENCIES)
def test_inconsistent_codebook_is_a_finding(right: str, wrong: str, code: str, words: str) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert right in text
    source = YamlFile(
        Path("codebook.yaml"), "codebook.yaml", text.replace(right, wrong, 1).encode()
    )
    problems = codebook_checks.check(source)
    assert any(code == problem.code and words in problem.message for problem in problems), problems


def test_words_that_include_each_other_are_equal() -> None:
    """Forty steps with two words each have a million million paths: each word is met once."""
    data = deepcopy(CODEBOOK)
    relief = data["vocabulary"]["relief"]
    for step in range(40):
        below = [f"left-{step + 1}", f"right-{step + 1}"] if step < 39 else ["left-0"]
        for side in ("left", "right"):
            relief[f"{side}-{step}"] = {"label": side, "definition": side, "includes": below}
    terms = parse_codebook(data).vocabulary["relief"]
    assert len(terms["left-0"].stands_for) == 1 + 39 * 2
    assert terms["left-20"].stands_for == terms["left-0"].stands_for
    assert terms["right-0"].stands_for == terms["left-0"].stands_for | {"right-0"}


def test_every_source_has_a_document_and_a_paragraph(corpus: Corpus) -> None:
    def sources(data: object) -> list[dict[str, str]]:
        if isinstance(data, dict):
            direct = [data["source"]] if "source" in data else []
            return direct + [source for value in data.values() for source in sources(value)]
        if isinstance(data, list):
            return [source for value in data for source in sources(value)]
        return []

    for source in sources(CODEBOOK):
        assert source["ref"] in corpus.documents
        assert source["paragraph"]
