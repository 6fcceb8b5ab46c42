"""Check the text of a provision or its versions, and the reported wordings of further versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.proof_checks import NOT_HELD
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.model.codebook import FIELDS
from npcompare.text import fold, near, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.proof_checks import Proof
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

_TEXT_HINT = "an available text needs a body, a language and a source"
_SOURCE_HINT = (
    "name the document that the text was copied from by its id in sources.yaml, such as "
    '"source: {ref: gazette-2022, pinpoint: page 4}"; only a bill is its own source'
)


def is_misspelt(data: Mapping[str, Any], key: str) -> bool:
    """Return whether a missing key is probably present with a misspelt name."""
    return any(near(other, [key]) for other in data if other != key)


def check_text(file: YamlFile, data: Mapping[str, Any], *, needs_source: bool) -> Iterator[Problem]:
    """Yield the findings about the text of a provision, or about each of its versions."""
    text = data.get("text")
    if isinstance(text, list):
        yield from _check_versions(file, text, needs_source=needs_source)
    elif isinstance(text, dict):
        keys = ("body", "language", "source") if needs_source else ("body", "language")
        yield from _check_one(file, ("text",), text, keys)


def _check_versions(file: YamlFile, texts: list[Any], *, needs_source: bool) -> Iterator[Problem]:
    languages: set[str] = set()
    for index, text in enumerate(texts):
        pointer: Pointer = ("text", index)
        yield from _check_one(file, pointer, mapping(text), ("source",) if needs_source else ())
        language = mapping(text).get("language")
        if isinstance(language, str) and language.casefold() in languages:
            message = f'a second version is in "{language}"'
            hint = "each version has a language of its own; add a region, such as fr-BE"
            yield file.problem((*pointer, "language"), Code.ID_TAKEN, message, hint)
        languages.add(str(language).casefold())


def _check_one(
    file: YamlFile, pointer: Pointer, text: Mapping[str, Any], keys: tuple[str, ...]
) -> Iterator[Problem]:
    """Yield the findings about one text, which needs some keys if it is available."""
    status = text.get("status")
    if status == NOT_HELD:
        if "body" in text:
            message = 'the status is "not_held", but there is a body'
            yield file.problem((*pointer, "status"), Code.CODING_CONFLICT, message)
        return
    for key in keys:
        if key not in text and not is_misspelt(text, key):
            message = f'the text has no "{key}"'
            hint = _SOURCE_HINT if key == "source" else _TEXT_HINT
            yield file.problem(pointer, Code.MISSING_KEY, message, hint)
    if text.get("complete") is True and status in ("excerpt", "paraphrase"):
        yield file.problem(
            (*pointer, "complete"),
            Code.CODING_CONFLICT,
            f"{'an' if status == 'excerpt' else 'a'} {status} is not the full text",
            "only silence in the full text of the law itself has a meaning",
        )


def check_reported_wordings(file: YamlFile, proof: Proof, codebook: Codebook) -> Iterator[Problem]:
    """Yield the findings about words of versions of which the text is not available."""
    data = mapping(file.data)
    limbs = [mapping(limb) for limb in sequence(data.get("limbs"))]
    ids = [str(limb.get("id", number)) for number, limb in enumerate(limbs, 1)]
    for index, wording in enumerate(map(mapping, sequence(data.get("reported_wordings")))):
        pointer: Pointer = ("reported_wordings", index)
        language, limb = wording.get("language"), wording.get("limb")
        if isinstance(language, str) and language in proof.languages:
            message = f'the version in "{language}" is available, so its words are not reported'
            hint = f"quote them as evidence of the value: {{{language}: ...}}"
            yield file.problem((*pointer, "language"), Code.CODING_CONFLICT, message, hint)
        if isinstance(limb, str) and limb not in ids:
            message = f'there is no limb "{limb}"'
            hint = suggestion(limb, "the limbs are", ids)
            yield file.problem((*pointer, "limb"), Code.NOT_A_WORD, message, hint)
        yield from _check_value(file, pointer, wording, codebook)
        yield from proof.check_words((*pointer, "lacks"), wording.get("lacks"), noun="wording")


def _check_value(
    file: YamlFile, pointer: Pointer, wording: Mapping[str, Any], codebook: Codebook
) -> Iterator[Problem]:
    field, value = wording.get("field"), wording.get("value")
    if not isinstance(field, str):
        return
    if field not in FIELDS:
        message = f'"{field}" is not a field of a limb'
        hint = suggestion(field, "the fields are", FIELDS)
        yield file.problem((*pointer, "field"), Code.NOT_A_WORD, message, hint)
        return
    words = codebook.vocabulary[FIELDS[field]]
    if isinstance(value, str) and value not in words:
        message = f'"{fold(value)}" is not a value of {field}'
        hint = suggestion(value, "the values are", words)
        yield file.problem((*pointer, "value"), Code.NOT_A_WORD, message, hint)
