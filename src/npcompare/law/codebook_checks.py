"""Check that a codebook is consistent: words, dimensions, orders, rules and examples."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.codebook_parser import parse_codebook
from npcompare.model.codebook import FIELDS
from npcompare.model.conditions import evaluate, leaves
from npcompare.model.kinds import KINDS
from npcompare.model.logic import Answer
from npcompare.model.provision import NONE_REPORTED, Basis, Coded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile

#: Dimensions that the comparison needs, each with its kind, and its field if it has one.
_NEEDED = (("scope", "offences", None), ("stage", "any_of", None), ("persons", "any_of", "persons"))


def check(file: YamlFile) -> list[Problem]:
    """Return the findings about a codebook that satisfies its schema."""
    data = file.data
    problems = [*_check_parts(file, data["vocabulary"]), *_check_needed(file)]
    problems += _check_effects(file)
    for name, dimension in data["dimensions"].items():
        problems += _check_dimension(file, name, dimension)
    for index, rule in enumerate(data["rules"]):
        problems += _check_rule(file, index, rule)
    if not problems:
        problems += _check_examples(file)
    return problems


def _check_needed(file: YamlFile) -> Iterator[Problem]:
    dimensions = file.data["dimensions"]
    for name, kind, field in _NEEDED:
        dimension = dimensions.get(name, {})
        if (dimension.get("kind"), dimension.get("field"), dimension.get("core")) != (
            kind,
            field,
            True,
        ):
            requirement = f'with the field "{field}"' if field else "with classes"
            message = f'there must be a core dimension "{name}" of the kind {kind}, {requirement}'
            yield file.problem(("dimensions", name), Code.RULE_REFERENCE, message)
    for name, dimension in dimensions.items():
        if KINDS[dimension["kind"]].list_fields and name != "scope":
            kind = dimension["kind"]
            message = f'only the dimension "scope" can be of the kind {kind}, not "{name}"'
            yield file.problem(("dimensions", name, "kind"), Code.RULE_REFERENCE, message)


def _check_parts(file: YamlFile, vocabulary: Mapping[str, Any]) -> Iterator[Problem]:
    for name, terms in vocabulary.items():
        for word, term in terms.items():
            for key in ("includes", "means"):
                for part in term.get(key, ()):
                    if part not in terms:
                        pointer: Pointer = ("vocabulary", name, word, key)
                        message = f'"{word}" {key} the unknown word "{part}"'
                        yield file.problem(pointer, Code.RULE_REFERENCE, message)


def _check_effects(file: YamlFile) -> Iterator[Problem]:
    vocabulary = file.data["vocabulary"]
    for number, effect in enumerate(file.data.get("effects", ())):
        pointer: Pointer = ("effects", number)
        if effect["effect"] not in vocabulary.get("effect", {}):
            message = f'"{effect["effect"]}" is not an effect of the vocabulary'
            yield file.problem((*pointer, "effect"), Code.RULE_REFERENCE, message)
        for field, words in leaves(effect["when"]):
            for word in words:
                if word not in vocabulary.get(field, {}):
                    message = f'an effect looks for "{word}", which "{field}" cannot have'
                    yield file.problem((*pointer, "when"), Code.RULE_REFERENCE, message)


def _check_dimension(file: YamlFile, name: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    pointer: Pointer = ("dimensions", name)
    field = data.get("field")
    if (field is None) == ("classes" not in data):
        message = f'the dimension "{name}" needs a field or classes, and not both'
        yield file.problem(pointer, Code.RULE_REFERENCE, message)
        return
    if field is not None and field not in FIELDS:
        message = f'the dimension "{name}" uses the unknown field "{field}"'
        hint = f"the fields are: {', '.join(FIELDS)}"
        yield file.problem((*pointer, "field"), Code.RULE_REFERENCE, message, hint)
        return
    words = file.data["vocabulary"].get(FIELDS[field], {}) if field else data["classes"]
    parent = data.get("under", name)
    if parent not in file.data["dimensions"]:
        message = f'the dimension "{name}" is under the unknown dimension "{parent}"'
        yield file.problem((*pointer, "under"), Code.RULE_REFERENCE, message)
    ladder = data.get("ladder", [])
    for key, words_used in (
        ("ladder", ladder),
        ("order", [step[end] for step in data.get("order", ()) for end in ("wider", "narrower")]),
    ):
        for word in words_used:
            if word not in words:
                message = f'"{word}" is not a class of the dimension "{name}"'
                yield file.problem((*pointer, key), Code.ORDER, message)
    if KINDS[data["kind"]].is_ranked:
        yield from _check_ladder(file, pointer, data, words)


def _check_ladder(
    file: YamlFile, pointer: Pointer, data: Mapping[str, Any], words: Mapping[str, Any]
) -> Iterator[Problem]:
    ladder = data.get("ladder", [])
    if set(ladder) != set(words):
        message = "a ladder must contain each class once"
        yield file.problem((*pointer, "ladder"), Code.ORDER, message)
    named = [(step["narrower"], step["wider"]) for step in data.get("order", ())]
    upward = set(combinations(ladder, 2))
    if [step for step in named if step in set(pairwise(ladder))] != list(pairwise(ladder)) or not (
        upward >= set(named)
    ):
        message = "each step of a ladder needs a reason under order, from the lowest to the highest"
        yield file.problem((*pointer, "order"), Code.ORDER, message)


def _check_rule(file: YamlFile, index: int, rule: Mapping[str, Any]) -> Iterator[Problem]:
    pointer: Pointer = ("rules", index)
    name = rule["id"]
    if any(rule["id"] == other["id"] for other in file.data["rules"][:index]):
        yield file.problem((*pointer, "id"), Code.RULE_REFERENCE, f'two rules have the id "{name}"')
    dimension = file.data["dimensions"].get(rule["dimension"], {})
    classes = file.data["vocabulary"].get(dimension.get("field"), dimension.get("classes", {}))
    if rule["then"] not in classes:
        message = (
            f'the rule "{name}" gives "{rule["then"]}", '
            f'which is not a class of "{rule["dimension"]}"'
        )
        yield file.problem((*pointer, "then"), Code.RULE_REFERENCE, message)
    examples = rule["examples"]["fires"] + rule["examples"]["must_not"]
    for field, words in [
        *leaves(rule["when"]),
        *((field, words) for example in examples for field, words in example.items()),
    ]:
        known_words = {NONE_REPORTED, *file.data["vocabulary"].get(FIELDS.get(field, ""), {})}
        for word in words:
            if word not in known_words:
                message = f'the rule "{name}" looks for "{word}", which "{field}" cannot have'
                yield file.problem((*pointer, "when"), Code.RULE_REFERENCE, message)


def _check_examples(file: YamlFile) -> Iterator[Problem]:
    codebook = parse_codebook(file.data)
    for index, rule in enumerate(codebook.rules):
        examples = file.data["rules"][index]["examples"]
        for kind, expected in (("fires", True), ("must_not", False)):
            for number, example in enumerate(examples[kind]):
                coded = {
                    field: tuple(Coded(word, Basis.TEXT, (), None) for word in words)
                    for field, words in example.items()
                }
                if (evaluate(rule.when, coded)[0] is Answer.YES) != expected:
                    verb = "does not fire on" if expected else "fires on"
                    yield file.problem(
                        ("rules", index, "examples", kind, number),
                        Code.RULE_EXAMPLE,
                        f'the rule "{rule.id}" {verb} this example',
                    )
