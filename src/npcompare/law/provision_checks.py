"""Check what a schema cannot: the proof of each value, and values that contradict each other.

Each quotation must be in the body, each value must have evidence or a source, and the values must
be consistent. The checks also run on data of the wrong shape, so that one mistake does not hide
another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.proof_checks import Proof
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.text_checks import check_reported_wordings, check_text, is_misspelt
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.law.value_checks import check_absence, check_doubt, check_field, check_offences
from npcompare.text import near, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

#: The form of a report that a State has no specific provision.
_NONE_SPECIFIC = "none_specific"


def check(file: YamlFile, codebook: Codebook, documents: Collection[str]) -> Iterator[Problem]:
    """Yield the findings about a provision's file that its schema cannot give."""
    if not isinstance(file.data, dict):
        return
    data = mapping(file.data)
    # A bill is its own source; any other law needs one.
    needs_source = mapping(data.get("instrument")).get("kind") != "bill"
    yield from check_text(file, data, needs_source=needs_source)
    if needs_source and "sources" not in data and not is_misspelt(data, "sources"):
        message = 'a provision has no "sources"'
        hint = "name the documents it was coded from; only a bill is its own source"
        yield file.problem((), Code.MISSING_KEY, message, hint)
    if not {"limbs", "reported", "notes"} & set(data) and not is_misspelt(data, "limbs"):
        message = "nothing is coded: the provision has neither limbs nor reported classes"
        hint = "if its contents are not known, say so under notes"
        yield file.problem((), Code.NO_CODING, message, hint)
    proof = Proof(file)
    for field, pointer, value in _coded_fields(data):
        coded_mappings = _mappings(pointer, value)
        for own_pointer, coded in coded_mappings:
            yield from proof.check(field, own_pointer, coded)
            yield from check_absence(file, field, own_pointer, coded)
            yield from check_doubt(file, field, own_pointer, coded)
        yield from check_field(file, field, pointer, [coded for _, coded in coded_mappings])
    yield from proof.check_misprints()
    for index, settled in enumerate(map(mapping, sequence(data.get("settled")))):
        place: Pointer = ("settled", index, "words")
        yield from proof.check_words(place, settled.get("words"), settled.get("language"))
    yield from proof.check_exceptions(codebook)
    yield from _check_limbs(file, data)
    yield from _check_form(file, data)
    yield from _check_reported(file, data, codebook)
    yield from check_reported_wordings(file, proof, codebook)
    yield from unknown_sources(file, documents)


def unknown_sources(file: YamlFile, documents: Collection[str]) -> Iterator[Problem]:
    """Yield a finding for each reference to a document that the bibliography does not have."""
    for pointer, ref in _references((), mapping(file.data)):
        if ref not in documents:
            match = near(ref, documents)
            hint = f'did you mean "{match}"?' if match else _entry_hint(ref)
            message = f'the bibliography has no document "{ref}"'
            yield file.problem(pointer, Code.SOURCE_UNKNOWN, message, hint)


def _entry_hint(ref: str) -> str:
    """Return how a document is described in a bibliography."""
    entry = f"{ref}: {{title: FULL TITLE, short: SHORT TITLE, kind: statute}}"
    return f'add the document to sources.yaml, such as "{entry}"'


def _coded_fields(data: Mapping[str, Any]) -> Iterator[tuple[str, Pointer, Any]]:
    """Yield each coded field with its place and what is under it."""
    for index, limb in enumerate(sequence(data.get("limbs"))):
        for name in FIELDS_OF_LIMB:
            yield name, ("limbs", index, name), mapping(limb).get(name)
    for name in FIELDS_OF_PROVISION:
        yield name, (name,), data.get(name)


def _mappings(pointer: Pointer, value: Any) -> list[tuple[Pointer, Mapping[str, Any]]]:
    """Return each mapping that codes a value of a field, with its place."""
    items: list[tuple[Pointer, Any]] = [(pointer, value)]
    items += [((*pointer, index), item) for index, item in enumerate(sequence(value))]
    return [(place, item) for place, item in items if isinstance(item, dict)]


# --- Values that contradict each other -----------------------------------------------------------


def _check_limbs(file: YamlFile, data: Mapping[str, Any]) -> Iterator[Problem]:
    names: set[str] = set()
    for index, limb in enumerate(sequence(data.get("limbs"))):
        pointer: Pointer = ("limbs", index)
        name = mapping(limb).get("id", str(index + 1))
        if isinstance(name, str) and name in names:
            message = f'a second limb has the id "{name}"'
            yield file.problem((*pointer, "id"), Code.ID_TAKEN, message)
        names.add(str(name))
        offences = mapping(mapping(limb).get("offences"))
        yield from check_offences(file, (*pointer, "offences"), offences)


def _check_form(file: YamlFile, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a finding if rules are coded for a State that is reported to have none."""
    coded = [key for key in ("limbs", "reported", *FIELDS_OF_PROVISION) if key in data]
    if data.get("form") == _NONE_SPECIFIC and coded:
        message = f'the form is "{_NONE_SPECIFIC}", but there is "{coded[0]}"'
        hint = f'delete "{coded[0]}", or name the form of the provision'
        yield file.problem(("form",), Code.CODING_CONFLICT, message, hint)


def _check_reported(
    file: YamlFile, data: Mapping[str, Any], codebook: Codebook
) -> Iterator[Problem]:
    for index, report in enumerate(sequence(data.get("reported"))):
        pointer: Pointer = ("reported", index)
        name = mapping(report).get("dimension")
        if not isinstance(name, str):
            continue
        dimension = codebook.dimensions.get(name)
        if dimension is None:
            hint = suggestion(name, "the dimensions are", codebook.dimensions)
            message = f'"{name}" is not a dimension of the codebook'
            yield file.problem((*pointer, "dimension"), Code.NOT_A_WORD, message, hint)
            continue
        for number, value in enumerate(sequence(report.get("values"))):
            if isinstance(value, str) and value not in dimension.classes:
                message = f'"{value}" is not a class of the dimension {name}'
                hint = f"the classes are: {', '.join(dimension.classes)}"
                yield file.problem((*pointer, "values", number), Code.NOT_A_WORD, message, hint)


def _references(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, str]]:
    """Yield each reference to the bibliography, at any depth."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        if isinstance(part, dict | list):
            yield from _references((*pointer, key), part)
        elif key == "ref" and isinstance(part, str):
            yield (*pointer, key), part
