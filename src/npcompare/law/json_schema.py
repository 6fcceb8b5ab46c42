"""Plain data to findings in the words of someone who codes law: hides JSON Schema."""

from __future__ import annotations

import copy
import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.errors import Code, Problem, ProblemsError
from npcompare.files import bundled_schema
from npcompare.text import did_you_mean, foreign, near, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from npcompare.law.yaml_reader import Pointer, YamlFile

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


@cache
def load(name: str) -> dict[str, Any]:
    """Return a bundled schema, such as "provision" or "diff"."""
    schema: dict[str, Any] = msgspec.json.decode(bundled_schema(f"{name}.schema.json"))
    return schema


def provision_schema(vocabulary: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return the schema of a provision with the words of a codebook as its enumerations."""
    schema = copy.deepcopy(load("provision"))
    for name, words in vocabulary.items():
        schema["definitions"][name]["enum"] = list(words)
    return schema


class Checker:
    """Checks many files against one schema, which is prepared once.

    A validator that only says yes or no goes first, as it is a hundred times faster. What it lets
    pass has no findings; all else goes to the one whose errors the findings are made from. So does
    what the reader has findings on: of control characters the two do not think alike.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        """Prepare a JSON Schema (draft 7)."""
        from jsonschema_rs import Draft7Validator

        self._schema = schema
        self._quick = Draft7Validator(dict(schema))

    def check(self, source: YamlFile) -> list[Problem]:
        """Return every finding about the shape of a file's data."""
        if not source.problems and self._quick.is_valid(source.data):
            return []
        found: list[Problem] = []
        for error in self._thorough.iter_errors(source.data):
            found += _translate(source, error)
        return found

    @cached_property
    def _thorough(self) -> Any:
        from jsonschema import Draft7Validator, validators

        extend: Any = validators.extend
        return extend(Draft7Validator, {"pattern": _matched})(self._schema)


def _matched(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[Any]:
    """Yield an error unless a text matches; to JSON Schema "$" is its end, and no line break's."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def require(
    source: YamlFile, name: str, further: Callable[[YamlFile], Iterable[Problem]] | None = None
) -> None:
    """Raise ProblemsError with what is found in a file: in its shape, or else by a further check.

    `name` is that of a bundled schema.
    """
    found = list(source.problems)
    if source.is_readable:
        found += Checker(load(name)).check(source)
        if further and not found:
            found += further(source)
    if found:
        raise ProblemsError(tuple(sorted(found)))


def _translate(source: YamlFile, error: Any) -> list[Problem]:
    pointer = tuple(error.absolute_path)
    translate = _WORDS.get(error.validator)
    if translate:
        return translate(source, pointer, error)
    return [source.problem(pointer, Code.WRONG_FORM, f"{_name(pointer)}: {error.message}")]


def _unknown_keys(source: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    allowed = list(error.schema.get("properties", ()))
    title = _title(error)
    found = []
    for key in error.instance:
        if key in allowed:
            continue
        meant = near(key, [word for word in allowed if word not in error.instance])
        found.append(
            source.problem(
                (*pointer, key),
                Code.UNKNOWN_KEY,
                f'"{key}" is no part of {title}',
                did_you_mean(key, meant, f"{title} can have", allowed),
                key=True,
            )
        )
    return found


def _missing_key(source: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    allowed = error.schema.get("properties", {})
    missing = next(key for key in error.validator_value if f"'{key}' is" in error.message)
    if any(key not in allowed and near(key, [missing]) for key in error.instance):
        # The key is there, misspelt, and has its own finding.
        return []
    message = f'{_title(error)} has no "{missing}"'
    hint = f'{_title(error)} always needs it; add "{missing}:" here'
    return [source.problem(pointer, Code.MISSING_KEY, message, hint)]


def _not_a_word(source: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    words = [str(word) for word in error.validator_value]
    if error.instance is None:
        return _empty(source, pointer, error, f"the words are: {', '.join(words)}")
    if isinstance(error.instance, list | dict):
        message = f"{_name(pointer)} must be one word, not {_kind(error.instance)}"
        hint = 'one word goes under "value", a list of words under "values"'
        return [source.problem(pointer, Code.WRONG_TYPE, message, hint)]
    said = error.instance if isinstance(error.instance, str) else _as_json(error.instance)
    vocabulary = error.schema.get("title")
    of = f"the codebook's words for {vocabulary}" if vocabulary else "the words allowed here"
    return [
        source.problem(
            pointer,
            Code.NOT_A_WORD,
            f'"{said}" in {_name(pointer)} is not one of {of}',
            suggestion(said, "the words are", words),
        )
    ]


def _wrong_type(source: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    wanted = error.validator_value
    if error.instance is None:
        return _empty(source, pointer, error)
    names = [_TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    message = f"{_name(pointer)} must be {' or '.join(names)}, not {_kind(error.instance)}"
    hint = ""
    if "text" in names and isinstance(error.instance, bool | int):
        hint = "put it in quotation marks"
    elif wanted == "object":
        known = error.schema.get("properties", ())
        keys = error.schema.get("required") or [
            key for key in ("value", "evidence") if key in known
        ]
        hint = f"write it as {{{', '.join(f'{key}: ...' for key in keys)}}}" if keys else ""
    return [source.problem(pointer, Code.WRONG_TYPE, message, hint)]


def _wrong_form(source: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    if not error.instance.strip():
        return _empty(source, pointer, error)
    message = f'"{error.instance}" in {_name(pointer)} is not written as it must be'
    hint, letter = str(error.schema.get("description", "")), foreign(error.instance)
    if letter:
        hint = f"{hint.rstrip('.')}; {letter}" if hint else letter
    return [source.problem(pointer, Code.WRONG_FORM, message, hint)]


def _out_of_range(source: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    message = f"{error.instance} in {_name(pointer)} is out of range"
    return [source.problem(pointer, Code.WRONG_FORM, message)]


def _empty(
    source: YamlFile, pointer: Pointer, _error: Any, hint: str = "fill it in, or take it out"
) -> list[Problem]:
    message = f"{_name(pointer)} is empty"
    if pointer == ("limbs",):
        # So it stands in a file that is begun, above the proposals.
        hint = 'take the "# " away before each proposal that you confirm, or write the limbs here'
    return [source.problem(pointer, Code.WRONG_COUNT, message, hint)]


def _too_many(source: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    most = error.validator_value
    message = f"{_name(pointer)} can have {most} only, and has {len(error.instance)}"
    return [source.problem(pointer, Code.WRONG_COUNT, message)]


def _repeated(source: YamlFile, pointer: Pointer, _error: Any) -> list[Problem]:
    return [source.problem(pointer, Code.WRONG_COUNT, f"{_name(pointer)} names a thing twice")]


_WORDS: dict[str, Callable[[YamlFile, Pointer, Any], list[Problem]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "enum": _not_a_word,
    "type": _wrong_type,
    "pattern": _wrong_form,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minLength": _empty,
    "minItems": _empty,
    "minProperties": _empty,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "uniqueItems": _repeated,
}


def _as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _title(error: Any) -> str:
    return str(error.schema.get("title", "this mapping"))


def _kind(value: Any) -> str:
    """Return what a value is, in plain words."""
    if isinstance(value, str):
        return f'the text "{value}"' if len(value) < 40 else "text"
    if value is None or isinstance(value, bool | int):
        return _as_json(value)
    return "a list" if isinstance(value, list) else "a mapping"


def _name(pointer: Pointer) -> str:
    """Return where a value stands, such as "link of limb 2"."""
    parts = list(pointer)
    named = ""
    if parts[:1] == ["limbs"] and len(parts) > 1:
        named = f" of limb {int(parts[1]) + 1}"
        parts = parts[2:]
    words = [str(part) for part in parts if isinstance(part, str)]
    if words[-1:] in (["value"], ["values"]) and len(words) > 1:
        words.pop()
    return (".".join(words) or "this") + named if parts or not named else named.removeprefix(" of ")
