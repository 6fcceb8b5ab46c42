"""Check that a codebook is consistent: words, dimensions, orders, rules and examples."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.codebook_parser import parse_codebook
from npcompare.model.codebook import FIELDS
from npcompare.model.conditions import evaluate, leaves
from npcompare.model.kinds import KINDS
from npcompare.model.logic import Answer
from npcompare.model.provision import NONE_REPORTED, Basis, Coded
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile

#: Dimensions that the comparison needs, each with its kind, and its field if it has one.
_NEEDED = (("scope", "offences", None), ("stage", "any_of", None), ("persons", "any_of", "persons"))

#: What results say where there is no class, so that no class can be called so.
_RESERVED = frozenset({NONE_REPORTED, str(Basis.SILENT), str(Basis.UNKNOWN)})

#: What the effect of a provision can depend on.
_FIELDS_OF_EFFECTS = ("form", "instrument_kind")


def check(file: YamlFile) -> list[Problem]:
    """Return the findings about a codebook that satisfies its schema."""
    data = file.data
    problems = [*_check_parts(file, data["vocabulary"]), *_check_needed(file)]
    problems += [*_check_reserved(file), *_check_effects(file), *_check_moved(file)]
    for name, dimension in data["dimensions"].items():
        problems += _check_dimension(file, name, dimension)
    ids: set[str] = set()
    for index, rule in enumerate(data["rules"]):
        problems += _check_rule(file, index, rule, ids)
        ids.add(rule["id"])
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


def _check_reserved(file: YamlFile) -> Iterator[Problem]:
    """Yield a finding for each word or class with a name that results use for something else."""
    terms_by_place: dict[Pointer, Any] = {
        ("vocabulary", name): terms for name, terms in file.data["vocabulary"].items()
    }
    for name, dimension in file.data["dimensions"].items():
        terms_by_place["dimensions", name, "classes"] = dimension.get("classes", {})
    for place, terms in terms_by_place.items():
        for word in _RESERVED.intersection(terms):
            message = f'"{word}" is reserved: results use it where there is no class'
            yield file.problem((*place, word), Code.RULE_REFERENCE, message, "choose another word")


def _check_moved(file: YamlFile) -> Iterator[Problem]:
    """Yield a finding for each word that is said to have moved, but is in use or never was."""
    vocabulary = file.data["vocabulary"]
    for name, words in file.data.get("moved", {}).items():
        pointer: Pointer = ("moved", name)
        if name not in vocabulary:
            match = near(name, vocabulary)
            hint = f'did you mean "{match}"?' if match else ""
            message = f'there is no vocabulary "{name}" from which words have moved'
            yield file.problem(pointer, Code.RULE_REFERENCE, message, hint)
        for word in set(words).intersection(vocabulary.get(name, ())):
            message = f'"{word}" has not moved: it is a word of "{name}"'
            yield file.problem((*pointer, word), Code.RULE_REFERENCE, message)


def _check_effects(file: YamlFile) -> Iterator[Problem]:
    vocabulary = file.data["vocabulary"]
    for number, effect in enumerate(file.data.get("effects", ())):
        pointer: Pointer = ("effects", number)
        if effect["effect"] not in vocabulary.get("effect", {}):
            message = f'"{effect["effect"]}" is not an effect of the vocabulary'
            yield file.problem((*pointer, "effect"), Code.RULE_REFERENCE, message)
        for field, words in leaves(effect["when"]):
            if field not in _FIELDS_OF_EFFECTS:
                message = f'an effect cannot depend on "{field}"'
                hint = f"it can depend on: {', '.join(_FIELDS_OF_EFFECTS)}"
                yield file.problem((*pointer, "when"), Code.RULE_REFERENCE, message, hint)
                continue
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
    yield from _check_parent(file, name)
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
    else:
        yield from _check_order(file, pointer, data)


def _check_parent(file: YamlFile, name: str) -> Iterator[Problem]:
    """Yield a finding unless the dimension that one is under exists, and is not under it."""
    dimensions = file.data["dimensions"]
    parent = dimensions[name].get("under", name)
    pointer: Pointer = ("dimensions", name, "under")
    if parent not in dimensions:
        message = f'the dimension "{name}" is under the unknown dimension "{parent}"'
        yield file.problem(pointer, Code.RULE_REFERENCE, message)
    elif name in _parents(dimensions, name):
        message = f'"under" is circular: it leads from "{name}" back to it'
        yield file.problem(pointer, Code.RULE_REFERENCE, message)


def _parents(dimensions: Mapping[str, Any], name: str) -> list[str]:
    """Return the dimensions that one is under, directly or not; none of them twice."""
    parents: list[str] = []
    while (name := dimensions.get(name, {}).get("under", "")) and name not in parents:
        parents.append(name)
    return parents


def _check_order(file: YamlFile, pointer: Pointer, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a finding if the steps of an order lead from a class back to it."""
    narrower: dict[str, set[str]] = {}
    for step in data.get("order", ()):
        narrower.setdefault(step["wider"], set()).add(step["narrower"])
    try:
        TopologicalSorter(narrower).prepare()
    except CycleError as error:
        circle = ", ".join(f'"{name}"' for name in reversed(error.args[1]))
        message = f"the order is circular: each of {circle} is wider than the next"
        yield file.problem((*pointer, "order"), Code.ORDER, message)


def _check_ladder(
    file: YamlFile, pointer: Pointer, data: Mapping[str, Any], words: Mapping[str, Any]
) -> Iterator[Problem]:
    ladder = data.get("ladder", [])
    if set(ladder) != set(words):
        message = "a ladder must contain each class once"
        yield file.problem((*pointer, "ladder"), Code.ORDER, message)
    named = [(step["narrower"], step["wider"]) for step in data.get("order", ())]
    first = {name: place for place, name in reversed(list(enumerate(ladder)))}
    last = {name: place for place, name in enumerate(ladder)}
    is_upward = all(
        first.get(narrower, len(ladder)) < last.get(wider, -1) for narrower, wider in named
    )
    steps = set(pairwise(ladder))
    if [step for step in named if step in steps] != list(pairwise(ladder)) or not is_upward:
        message = "each step of a ladder needs a reason under order, from the lowest to the highest"
        yield file.problem((*pointer, "order"), Code.ORDER, message)


def _check_rule(
    file: YamlFile, index: int, rule: Mapping[str, Any], earlier: Collection[str]
) -> Iterator[Problem]:
    """Yield the findings about a rule, after others with these ids."""
    pointer: Pointer = ("rules", index)
    name = rule["id"]
    if name in earlier:
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
        if field not in FIELDS and not words:
            message = f'the rule "{name}" asks whether the unknown field "{field}" is coded'
            yield file.problem((*pointer, "when"), Code.RULE_REFERENCE, message)
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
