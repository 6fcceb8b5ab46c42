"""Check data against a JSON Schema, and report errors in the words of a person who codes law."""

from __future__ import annotations

import copy
import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.errors import Code, Problem, ProblemsError
from npcompare.files import bundled_schema
from npcompare.model.codebook import FIELDS
from npcompare.model.provision import NONE_REPORTED
from npcompare.text import did_you_mean, foreign, near, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

#: What the types of JSON Schema are called in findings.
_TYPE_NAMES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Return a bundled schema, such as "provision" or "diff"."""
    schema: dict[str, Any] = msgspec.json.decode(bundled_schema(f"{name}.schema.json"))
    return schema


def provision_schema(codebook: Codebook) -> dict[str, Any]:
    """Return the schema of a provision with the words of a codebook as its enumerations."""
    schema = copy.deepcopy(load_schema("provision"))
    definitions = schema["definitions"]
    for name, terms in codebook.vocabulary.items():
        absence = [NONE_REPORTED] if name in _WITH_ABSENCE else []
        definitions[name] = {
            "title": name,
            "description": f"A value of the codebook for {name}. Written by `make schemas`.",
            "enum": [*terms, *absence],
        }
        if moved := codebook.moved.get(name):
            definitions[name]["moved"] = dict(moved)
    for field, name in FIELDS.items():
        if not field.startswith("offences."):
            definitions |= _coded_value(name)
    return schema


#: The vocabularies with a word for what a source reports not to exist.
_WITH_ABSENCE = frozenset(FIELDS.values()) - {"persons", "extent"}


def _coded_value(name: str) -> dict[str, Any]:
    """Return the definitions of one coded value of a vocabulary, and of one or several."""
    word = {"$ref": f"#/definitions/{name}"}
    words = {"type": "array", "minItems": 1, "uniqueItems": True, "items": word}
    prose = {"$ref": "#/definitions/prose"}
    values = {"value": word, "values": words}
    one = {
        "title": "a coded value",
        "type": "object",
        "properties": {
            **values,
            "evidence": {"$ref": "#/definitions/quotation"},
            "source": {"$ref": "#/definitions/citation"},
            "confidence": {"$ref": "#/definitions/confidence"},
            "note": prose,
            "doubtful": {
                "title": "the other reading",
                "type": "object",
                "properties": {**values, "note": prose},
                "additionalProperties": False,
                "required": ["note"],
                "description": "Another reading of the words, where the one coded is doubtful.",
            },
        },
        "additionalProperties": False,
    }
    reference = {"$ref": f"#/definitions/one_{name}"}
    several = {
        "if": {"type": "array"},
        "then": {"minItems": 1, "items": reference},
        "else": reference,
    }
    return {f"one_{name}": one, f"coded_{name}": several}


class SchemaChecker:
    """Checks many files against one schema.

    A validator that only accepts or refuses is asked first, because it is a hundred times faster.
    What it refuses is checked by the slower one, which gives the errors for the findings. So is a
    file that already has findings: the two validators treat control characters differently.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        """Prepare the validators for a JSON Schema (draft 7)."""
        from jsonschema_rs import Draft7Validator

        self._schema = schema
        self._fast_validator = Draft7Validator(dict(schema))

    def check(self, file: YamlFile) -> list[Problem]:
        """Return every finding about the shape of a file's data."""
        if not file.problems and self._fast_validator.is_valid(file.data):
            return []
        return [
            problem
            for error in self._full_validator.iter_errors(file.data)
            for problem in _problems(file, error)
        ]

    @cached_property
    def _full_validator(self) -> Any:
        from jsonschema import Draft7Validator, validators

        extend: Any = validators.extend
        keywords = {
            "pattern": _validate_pattern,
            "properties": _validate_properties,
            "required": _validate_required,
        }
        return extend(Draft7Validator, keywords)(self._schema)


def _validate_pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[Any]:
    """Yield an error unless a text matches; in JSON Schema "$" is the end of the text only."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _validate_properties(
    validator: Any, properties: Mapping[str, Any], instance: Any, schema: Mapping[str, Any]
) -> Iterator[Any]:
    """Yield the errors of the values, which say whether their key is required."""
    from jsonschema import Draft7Validator

    for error in Draft7Validator.VALIDATORS["properties"](validator, properties, instance, schema):
        if len(error.path) == 1:
            error.is_required = error.path[0] in schema.get("required", ())
        yield error


def _validate_required(_: Any, required: list[str], instance: Any, __: Any) -> Iterator[Any]:
    """Yield one error for all the required keys that are missing."""
    from jsonschema import ValidationError

    if isinstance(instance, dict) and not instance.keys() >= set(required):
        yield ValidationError(f"{instance!r} needs {required!r}")


def require_valid(
    file: YamlFile, name: str, check: Callable[[YamlFile], Iterable[Problem]] | None = None
) -> None:
    """Raise ProblemsError if a file has findings.

    Args:
        file: The file as it was read.
        name: The name of a bundled schema.
        check: A further check, made if the file satisfies the schema.
    """
    problems = list(file.problems)
    if file.is_readable:
        problems += SchemaChecker(load_schema(name)).check(file)
        if check and not problems:
            problems += check(file)
    if problems:
        raise ProblemsError(tuple(sorted(problems)))


# --- From errors of the validator to findings ------------------------------------------------


def _problems(file: YamlFile, error: Any) -> list[Problem]:
    pointer = tuple(error.absolute_path)
    translate = _TRANSLATIONS.get(error.validator)
    if translate:
        return translate(file, pointer, error)
    return [file.problem(pointer, Code.WRONG_FORM, f"{_name(pointer)}: {error.message}")]


def _unknown_keys(file: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    allowed = list(error.schema.get("properties", ()))
    unused = [key for key in allowed if key not in error.instance]
    title = _title(error)
    return [
        file.problem(
            (*pointer, key),
            Code.UNKNOWN_KEY,
            f'"{key}" is not a key of {title}',
            did_you_mean(key, near(key, unused), f"{title} can have", allowed),
            key=True,
        )
        for key in error.instance
        if key not in allowed
    ]


def _missing_keys(file: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    title = _title(error)
    allowed = error.schema.get("properties", {})
    unknown = [key for key in error.instance if key not in allowed]
    return [
        file.problem(
            pointer,
            Code.MISSING_KEY,
            f'{title} has no "{key}"',
            f'{title} always needs one; add "{key}:" here',
        )
        for key in error.validator_value
        # A misspelt key has its own finding.
        if key not in error.instance and not any(near(word, [key]) for word in unknown)
    ]


def _not_a_word(file: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    words = [str(word) for word in error.validator_value]
    if error.instance is None:
        return _empty(file, pointer, error, f"the words are: {', '.join(words)}")
    if isinstance(error.instance, list | dict):
        message = f"{_name(pointer)} must be one word, not {_description(error.instance)}"
        hint = 'one word goes under "value", a list of words under "values"'
        return [file.problem(pointer, Code.WRONG_TYPE, message, hint)]
    word = error.instance if isinstance(error.instance, str) else _as_json(error.instance)
    title = error.schema.get("title")
    allowed = f"the codebook's words for {title}" if title else "the words allowed here"
    message = f'"{word}" in {_name(pointer)} is not one of {allowed}'
    if moved := error.schema.get("moved", {}).get(word):
        hint = f"in this version of the codebook, write {moved}"
    else:
        hint = suggestion(word, "the words are", words)
    return [file.problem(pointer, Code.NOT_A_WORD, message, hint)]


def _wrong_type(file: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    expected = error.validator_value
    if error.instance is None:
        return _empty(file, pointer, error)
    types = [expected] if isinstance(expected, str) else expected
    names = " or ".join(_TYPE_NAMES[name] for name in types)
    message = f"{_name(pointer)} must be {names}, not {_description(error.instance)}"
    hint = ""
    if "string" in types and isinstance(error.instance, bool | int):
        hint = "put it in quotation marks"
    elif expected == "object":
        properties = error.schema.get("properties", ())
        coded = [key for key in ("value", "evidence") if key in properties]
        keys = error.schema.get("required") or coded
        hint = f"write it as {{{', '.join(f'{key}: ...' for key in keys)}}}" if keys else ""
    return [file.problem(pointer, Code.WRONG_TYPE, message, hint)]


def _wrong_form(file: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    if not error.instance.strip():
        return _empty(file, pointer, error)
    message = f'"{error.instance}" in {_name(pointer)} does not have the required form'
    hint, letter = str(error.schema.get("description", "")), foreign(error.instance)
    if letter:
        hint = f"{hint.rstrip('.')}; {letter}" if hint else letter
    return [file.problem(pointer, Code.WRONG_FORM, message, hint)]


def _out_of_range(file: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    message = f"{error.instance} in {_name(pointer)} is out of range"
    return [file.problem(pointer, Code.WRONG_FORM, message)]


def _empty(file: YamlFile, pointer: Pointer, error: Any, hint: str = "") -> list[Problem]:
    if not hint:
        is_required = getattr(error, "is_required", False)
        hint = "fill it in" if is_required else "fill it in, or delete it"
    if pointer == ("limbs",):
        # A new file begins with empty limbs above its proposals.
        hint = 'remove the "# " before each proposal that you confirm, or write the limbs here'
    return [file.problem(pointer, Code.WRONG_COUNT, f"{_name(pointer)} is empty", hint)]


def _too_many(file: YamlFile, pointer: Pointer, error: Any) -> list[Problem]:
    limit, count = error.validator_value, len(error.instance)
    message = f"{_name(pointer)} can have at most {limit}, but has {count}"
    return [file.problem(pointer, Code.WRONG_COUNT, message)]


def _repeated(file: YamlFile, pointer: Pointer, _error: Any) -> list[Problem]:
    message = f"{_name(pointer)} contains the same item twice"
    return [file.problem(pointer, Code.WRONG_COUNT, message)]


#: What makes findings of an error, by the keyword of JSON Schema that is not satisfied.
_TRANSLATIONS: dict[str, Callable[[YamlFile, Pointer, Any], list[Problem]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
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


def _description(value: Any) -> str:
    """Return what kind of value this is, in plain words."""
    if isinstance(value, str):
        return f'the text "{value}"' if len(value) < 40 else "text"
    if value is None or isinstance(value, bool | int):
        return _as_json(value)
    return "a list" if isinstance(value, list) else "a mapping"


def _name(pointer: Pointer) -> str:
    """Return the name of a value by its place, such as "link of limb 2"."""
    parts = list(pointer)
    limb = ""
    if parts[:1] == ["limbs"] and len(parts) > 1:
        limb = f"limb {int(parts[1]) + 1}"
        parts = parts[2:]
        if not parts:
            return limb
    words = [str(part) for part in parts if isinstance(part, str)]
    if words[-1:] in (["value"], ["values"]) and len(words) > 1:
        words.pop()
    name = ".".join(words) or "this"
    return f"{name} of {limb}" if limb else name
