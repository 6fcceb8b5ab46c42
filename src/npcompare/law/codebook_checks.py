"""Whether the parts of a codebook fit together: words, dimensions, orders, rules and examples."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.codebook_parser import parse_codebook
from npcompare.model.codebook import FIELDS
from npcompare.model.conditions import evaluate, leaves
from npcompare.model.kinds import KINDS
from npcompare.model.logic import Answer
from npcompare.model.provision import Basis, Coded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile

#: Dimensions that the comparison itself rests on, each with its kind and the field it has, if any.
_NEEDED = (("scope", "offences", None), ("stage", "any_of", None), ("persons", "any_of", "persons"))


def check(source: YamlFile) -> list[Problem]:
    """Return what is inconsistent in a codebook that has passed its schema."""
    data = source.data
    found = [*_check_parts(source, data["vocabulary"]), *_check_needed(source)]
    for name, dimension in data["dimensions"].items():
        found += _check_dimension(source, name, dimension)
    for index, rule in enumerate(data["rules"]):
        found += _check_rule(source, index, rule)
    if not found:
        found += _check_examples(source)
    return found


def _check_needed(source: YamlFile) -> Iterator[Problem]:
    dimensions = source.data["dimensions"]
    for name, kind, field in _NEEDED:
        one = dimensions.get(name, {})
        if (one.get("kind"), one.get("field"), one.get("core")) != (kind, field, True):
            said = f'with the field "{field}"' if field else "with classes"
            message = f'there must be a core dimension "{name}" of the kind {kind}, {said}'
            yield source.problem(("dimensions", name), Code.RULE_REFERENCE, message)
    for name, one in dimensions.items():
        if KINDS[one["kind"]].list_fields and name != "scope":
            message = f'only the dimension "scope" can be of the kind {one["kind"]}, not "{name}"'
            yield source.problem(("dimensions", name, "kind"), Code.RULE_REFERENCE, message)


def _check_parts(source: YamlFile, vocabulary: Mapping[str, Any]) -> Iterator[Problem]:
    for name, terms in vocabulary.items():
        for word, term in terms.items():
            for key in ("includes", "means"):
                for part in term.get(key, ()):
                    if part not in terms:
                        pointer: Pointer = ("vocabulary", name, word, key)
                        message = f'"{word}" {key} the unknown word "{part}"'
                        yield source.problem(pointer, Code.RULE_REFERENCE, message)


def _check_dimension(source: YamlFile, name: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    pointer: Pointer = ("dimensions", name)
    field = data.get("field")
    if (field is None) == ("classes" not in data):
        message = f'the dimension "{name}" needs a field or classes, and not both'
        yield source.problem(pointer, Code.RULE_REFERENCE, message)
        return
    if field is not None and field not in FIELDS:
        message = f'the dimension "{name}" rests on the unknown field "{field}"'
        hint = f"the fields are: {', '.join(FIELDS)}"
        yield source.problem((*pointer, "field"), Code.RULE_REFERENCE, message, hint)
        return
    words = source.data["vocabulary"][FIELDS[field]] if field else data["classes"]
    above = data.get("under", name)
    if above not in source.data["dimensions"]:
        message = f'the dimension "{name}" is under "{above}", which there is not'
        yield source.problem((*pointer, "under"), Code.RULE_REFERENCE, message)
    ladder = data.get("ladder", [])
    for key, used in (
        ("ladder", ladder),
        ("order", [one[end] for one in data.get("order", ()) for end in ("wider", "narrower")]),
    ):
        for word in used:
            if word not in words:
                message = f'"{word}" is no class of the dimension "{name}"'
                yield source.problem((*pointer, key), Code.ORDER, message)
    if KINDS[data["kind"]].is_ranked:
        yield from _check_ladder(source, pointer, data, words)


def _check_ladder(
    source: YamlFile, pointer: Pointer, data: Mapping[str, Any], words: Mapping[str, Any]
) -> Iterator[Problem]:
    ladder = data.get("ladder", [])
    if set(ladder) != set(words):
        message = "a ladder must hold each class once"
        yield source.problem((*pointer, "ladder"), Code.ORDER, message)
    named = [(one["narrower"], one["wider"]) for one in data.get("order", ())]
    if named != list(pairwise(ladder)):
        message = "each step of a ladder needs its reason under order, from the lowest up"
        yield source.problem((*pointer, "order"), Code.ORDER, message)


def _check_rule(source: YamlFile, index: int, rule: Mapping[str, Any]) -> Iterator[Problem]:
    pointer: Pointer = ("rules", index)
    name = rule["id"]
    if any(rule["id"] == other["id"] for other in source.data["rules"][:index]):
        yield source.problem(
            (*pointer, "id"), Code.RULE_REFERENCE, f'a second rule is named "{name}"'
        )
    dimension = source.data["dimensions"].get(rule["dimension"], {})
    if rule["then"] not in dimension.get("classes", {}):
        message = f'the rule "{name}" gives "{rule["then"]}", no class of "{rule["dimension"]}"'
        yield source.problem((*pointer, "then"), Code.RULE_REFERENCE, message)
    examples = rule["examples"]["fires"] + rule["examples"]["must_not"]
    for field, words in [
        *leaves(rule["when"]),
        *((field, words) for example in examples for field, words in example.items()),
    ]:
        known = source.data["vocabulary"].get(FIELDS.get(field, ""), {})
        for word in words:
            if word not in known:
                message = f'the rule "{name}" looks for "{word}" in "{field}", where it cannot be'
                yield source.problem((*pointer, "when"), Code.RULE_REFERENCE, message)


def _check_examples(source: YamlFile) -> Iterator[Problem]:
    codebook = parse_codebook(source.data)
    for index, rule in enumerate(codebook.rules):
        examples = source.data["rules"][index]["examples"]
        for kind, wanted in (("fires", True), ("must_not", False)):
            for number, example in enumerate(examples[kind]):
                coded = {
                    field: tuple(Coded(word, Basis.TEXT, (), None) for word in words)
                    for field, words in example.items()
                }
                if (evaluate(rule.when, coded)[0] is Answer.YES) != wanted:
                    said = "does not fire on" if wanted else "fires on"
                    yield source.problem(
                        ("rules", index, "examples", kind, number),
                        Code.RULE_EXAMPLE,
                        f'the rule "{rule.id}" {said} this example',
                    )
