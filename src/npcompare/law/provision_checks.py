"""Check what a schema cannot: the proof of each value, and values that contradict each other.

Each quotation must be in the body, each value must have evidence or a source, and the values must
be consistent. The checks also run on data of the wrong shape, so that one mistake does not hide
another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.law.value_checks import check_absence, check_doubt, check_field, check_offences
from npcompare.text import fold, near, suggestion
from npcompare.wording.quotations import MOST_PLACES, Body, any_of, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

_COMMON_KEYS = frozenset({"evidence", "source", "confidence", "note", "doubtful"})
_PROOF_KEYS = _COMMON_KEYS | {"value", "values"}
_OFFENCE_KEYS = _COMMON_KEYS | {"extent", "categories", "excluded", "open"}

#: The status of a text that is not available.
_NOT_HELD = "not_held"
_TEXT_HINT = "an available text needs a body, a language and a source"
_SOURCE_HINT = (
    "name the document that the text was copied from by its id in sources.yaml, such as "
    '"source: {ref: gazette-2022, pinpoint: page 4}"; only a bill is its own source'
)

#: The form of a report that a State has no specific provision.
_NONE_SPECIFIC = "none_specific"


def check(file: YamlFile, codebook: Codebook, documents: Collection[str]) -> Iterator[Problem]:
    """Yield the findings about a provision's file that its schema cannot give."""
    if not isinstance(file.data, dict):
        return
    data = mapping(file.data)
    # A bill is its own source; any other law needs one. The finding about an empty kind comes
    # first.
    needs_source = mapping(data.get("instrument")).get("kind", "") not in ("bill", None)
    yield from _check_text(file, data, needs_source=needs_source)
    if needs_source and "sources" not in data and not _is_misspelt(data, "sources"):
        message = 'a provision has no "sources"'
        hint = "name the documents it was coded from; only a bill is its own source"
        yield file.problem((), Code.MISSING_KEY, message, hint)
    if not {"limbs", "reported", "notes"} & set(data) and not _is_misspelt(data, "limbs"):
        message = "nothing is coded: the provision has neither limbs nor reported classes"
        hint = "if its contents are not known, say so under notes"
        yield file.problem((), Code.NO_CODING, message, hint)
    body = mapping(data.get("text")).get("body")
    proof = _Proof(file, Body(body) if isinstance(body, str) else None)
    for field, pointer, value in _coded_fields(data):
        coded_mappings = _mappings(pointer, value)
        for place, coded in coded_mappings:
            yield from proof.check(field, place, coded)
            yield from check_absence(file, field, place, coded)
            yield from check_doubt(file, field, place, coded)
        yield from check_field(file, field, pointer, [coded for _, coded in coded_mappings])
    for index, misprint in enumerate(sequence(mapping(data.get("text")).get("misprints"))):
        yield from proof.check_words(("text", "misprints", index), misprint, "misprint")
    for index, settled in enumerate(sequence(data.get("settled"))):
        yield from proof.check_words(("settled", index, "words"), mapping(settled).get("words"))
    yield from proof.check_exceptions(codebook)
    yield from _check_limbs(file, data)
    yield from _check_form(file, data)
    yield from _check_reported(file, data, codebook)
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


def _is_misspelt(data: Mapping[str, Any], key: str) -> bool:
    """Return whether a missing key is probably present with a misspelt name."""
    return any(near(other, [key]) for other in data if other != key)


def _check_text(
    file: YamlFile, data: Mapping[str, Any], *, needs_source: bool
) -> Iterator[Problem]:
    text = data.get("text")
    if not isinstance(text, dict):
        return
    pointer: Pointer = ("text",)
    status = text.get("status")
    if status == _NOT_HELD:
        if "body" in text:
            message = 'the status is "not_held", but there is a body'
            yield file.problem((*pointer, "status"), Code.CODING_CONFLICT, message)
        return
    for key in ("body", "language", "source") if needs_source else ("body", "language"):
        if key not in text and not _is_misspelt(text, key):
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


class _Proof:
    """Checks the evidence of coded values against the body of one provision."""

    def __init__(self, file: YamlFile, body: Body | None) -> None:
        self._file = file
        self._body = body

    def check(self, field: str, pointer: Pointer, coded: Mapping[str, Any]) -> Iterator[Problem]:
        is_offences = field == "offences"
        if set(coded) <= (_OFFENCE_KEYS if is_offences else _PROOF_KEYS):
            # A misspelt key may be the one that seems to be missing.
            if not is_offences:
                yield from self._check_value(field, pointer, coded)
            if "evidence" not in coded and "source" not in coded:
                message = f"nothing proves this value of {field}"
                hint = "quote words of the body as evidence, or name a source and its paragraph"
                yield self._file.problem(pointer, Code.NO_PROOF, message, hint)
        if "evidence" in coded:
            evidence_pointer = (*pointer, "evidence")
            yield from self.check_words(evidence_pointer, coded["evidence"])
            for index, words in enumerate(sequence(coded["evidence"])):
                yield from self.check_words((*evidence_pointer, index), words)

    def _check_value(
        self, field: str, pointer: Pointer, coded: Mapping[str, Any]
    ) -> Iterator[Problem]:
        if ("value" in coded) == ("values" in coded):
            has = "both value and values" if "value" in coded else "neither value nor values"
            yield self._file.problem(pointer, Code.WRONG_COUNT, f"{field} has {has}")

    def check_words(
        self, pointer: Pointer, words: Any, noun: str = "evidence"
    ) -> Iterator[Problem]:
        """Yield a finding unless the words are in the body exactly once."""
        if not isinstance(words, str) or not words.strip():
            return
        if self._body is None:
            text = mapping(mapping(self._file.data).get("text"))
            if text.get("status") == _NOT_HELD:
                message = "words are quoted, but the text is not available"
                yield self._file.problem(pointer, Code.NO_BODY, message, "name a source instead")
            return
        count = self._body.quote(words)
        if count == 1:
            return
        quoted = f'"{shortened(fold(words))}"'
        if count:
            times = f"more than {MOST_PLACES:,}" if count > MOST_PLACES else str(count)
            message = f"the {noun} {quoted} appears {times} times in the body"
            hint = "quote a few more words, until they appear only once"
            yield self._file.problem(pointer, Code.EVIDENCE_AMBIGUOUS, message, hint)
            return
        hint = self._body.hint_for_missing(words)
        message = f"the {noun} {quoted} is not in the body"
        yield self._file.problem(pointer, Code.EVIDENCE_NOT_FOUND, message, hint)

    def check_exceptions(self, codebook: Codebook) -> Iterator[Problem]:
        """Yield a warning for each exception word of the body that no evidence contains."""
        text = mapping(mapping(self._file.data).get("text"))
        language = str(text.get("language")).split("-")[0].casefold()
        words = codebook.exception_words.get(language, ())
        if self._body is None or not words:
            return
        pattern = any_of(words)
        unquoted = list(self._body.unquoted(pattern))
        if not unquoted:
            return
        start = self._file.problem(("text", "body"), Code.EXCEPTION_UNCODED, "")
        places = list(self._file.places_within(("text", "body"), pattern))
        for number, word, passage in unquoted:
            line, column = places[number] if number < len(places) else (start.line, start.column)
            yield start._replace(
                line=line,
                column=column,
                message=f'no coded value is based on "{passage}"',
                hint=f'"{word}" often introduces an exception or a condition: include it in the '
                "words quoted for a value, or quote it under settled and note why it needs no "
                "coding",
            )


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
