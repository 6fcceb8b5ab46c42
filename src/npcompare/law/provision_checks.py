"""What a schema cannot see in the data of one provision: its proof, and values that do not fit.

Each quotation must stand in the body, each value rest on something, and the values fit together.
The checks go on in data of the wrong shape, so that one mistake never hides another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code, Problem
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.yaml_reader import mapping, sequence
from npcompare.text import fold, near, suggestion
from npcompare.wording.quotations import MOST_PLACES, Body, any_of, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

_SAID_KEYS = frozenset({"evidence", "source", "confidence", "note"})
_PROOF_KEYS = _SAID_KEYS | {"value", "values"}
_OFFENCE_KEYS = _SAID_KEYS | {"extent", "categories", "excluded"}

#: Texts of which no words are held.
_NOT_HELD = "not_held"


def check(source: YamlFile, codebook: Codebook, documents: Collection[str]) -> Iterator[Problem]:
    """Yield what a schema cannot see in the data of a provision's file."""
    if not isinstance(source.data, dict):
        return
    data = mapping(source.data)
    # A bill is its own source; what is said of any other law must be found somewhere. While the
    # kind is still to be filled in, that is what is asked for first.
    needs_source = mapping(data.get("instrument")).get("kind", "") not in ("bill", None)
    yield from _check_text(source, data, needs_source=needs_source)
    if needs_source and "sources" not in data and not _is_misspelt(data, "sources"):
        message = 'a provision has no "sources"'
        hint = "name the documents it was coded from; only a bill is its own source"
        yield source.problem((), Code.MISSING_KEY, message, hint)
    if not {"limbs", "reported", "notes"} & set(data) and not _is_misspelt(data, "limbs"):
        message = "nothing is coded: the provision has neither limbs nor reported classes"
        hint = "if nothing is known of what it says, say so under notes"
        yield source.problem((), Code.NO_CODING, message, hint)
    body = mapping(data.get("text")).get("body")
    proof = _Proof(source, Body(body) if isinstance(body, str) else None)
    for field, pointer, one in _coded_mappings(data):
        yield from proof.check(field, pointer, one)
    for index, one in enumerate(sequence(data.get("settled"))):
        yield from proof.check_words(("settled", index, "words"), mapping(one).get("words"))
    yield from proof.check_exceptions(codebook)
    yield from _check_limbs(source, data)
    yield from _check_reported(source, data, codebook)
    for pointer, ref in _references((), data):
        if ref not in documents:
            meant = near(ref, documents)
            hint = f'did you mean "{meant}"?' if meant else "add the document to sources.yaml"
            message = f'no document "{ref}" is in the bibliography'
            yield source.problem(pointer, Code.SOURCE_UNKNOWN, message, hint)


def _is_misspelt(data: Mapping[str, Any], key: str) -> bool:
    """Say whether a key that is missing is probably there under a misspelt name."""
    return any(near(other, [key]) for other in data if other != key)


def _check_text(
    source: YamlFile, data: Mapping[str, Any], *, needs_source: bool
) -> Iterator[Problem]:
    text = data.get("text")
    if not isinstance(text, dict):
        return
    pointer: Pointer = ("text",)
    status = text.get("status")
    if status == _NOT_HELD:
        if "body" in text:
            message = "the text is said not to be held, and yet there is a body"
            yield source.problem((*pointer, "status"), Code.CODING_CONFLICT, message)
        return
    for key in ("body", "language", "source") if needs_source else ("body", "language"):
        if key not in text and not _is_misspelt(text, key):
            message = f'the text has no "{key}"'
            hint = "a text that is held needs its body, its language and its source"
            yield source.problem(pointer, Code.MISSING_KEY, message, hint)
    if text.get("complete") is True and status in ("excerpt", "paraphrase"):
        yield source.problem(
            (*pointer, "complete"),
            Code.CODING_CONFLICT,
            f"a text that is {'an' if status == 'excerpt' else 'a'} {status} is not complete",
            "only the law's own words, held in full, let silence count",
        )


def _coded_mappings(data: Mapping[str, Any]) -> Iterator[tuple[str, Pointer, Mapping[str, Any]]]:
    """Yield each mapping that codes a value, with its field and its place."""
    for index, limb in enumerate(sequence(data.get("limbs"))):
        for name in FIELDS_OF_LIMB:
            yield from _ones(name, ("limbs", index, name), mapping(limb).get(name))
    for name in FIELDS_OF_PROVISION:
        yield from _ones(name, (name,), data.get(name))


def _ones(
    field: str, pointer: Pointer, value: Any
) -> Iterator[tuple[str, Pointer, Mapping[str, Any]]]:
    if isinstance(value, dict):
        yield field, pointer, value
    for index, one in enumerate(sequence(value)):
        if isinstance(one, dict):
            yield field, (*pointer, index), one


class _Proof:
    """Checks what coded values rest on against the body of one provision."""

    def __init__(self, source: YamlFile, body: Body | None) -> None:
        self._source = source
        self._body = body

    def check(self, field: str, pointer: Pointer, one: Mapping[str, Any]) -> Iterator[Problem]:
        is_offences = field == "offences"
        if set(one) <= (_OFFENCE_KEYS if is_offences else _PROOF_KEYS):
            # With a misspelt key in it, anything may seem to be missing.
            if not is_offences:
                yield from self._check_value(field, pointer, one)
            if "evidence" not in one and "source" not in one:
                message = f"nothing proves this value of {field}"
                hint = "quote the words of the body as evidence, or name a source and its paragraph"
                yield self._source.problem(pointer, Code.NO_PROOF, message, hint)
        if "evidence" in one:
            below = (*pointer, "evidence")
            yield from self.check_words(below, one["evidence"])
            for index, words in enumerate(sequence(one["evidence"])):
                yield from self.check_words((*below, index), words)

    def _check_value(
        self, field: str, pointer: Pointer, one: Mapping[str, Any]
    ) -> Iterator[Problem]:
        if ("value" in one) == ("values" in one):
            has = "both value and values" if "value" in one else "neither value nor values"
            yield self._source.problem(pointer, Code.WRONG_COUNT, f"{field} has {has}")

    def check_words(self, pointer: Pointer, words: Any) -> Iterator[Problem]:
        """Yield a finding unless words stand in the body, in one place."""
        if not isinstance(words, str) or not words.strip():
            return
        if self._body is None:
            text = mapping(mapping(self._source.data).get("text"))
            if text.get("status") == _NOT_HELD:
                message = "words are quoted, and yet no text is held"
                yield self._source.problem(pointer, Code.NO_BODY, message, "name a source instead")
            return
        found = self._body.quote(words)
        if found == 1:
            return
        quoted = f'"{shortened(fold(words))}"'
        if found:
            times = f"more than {MOST_PLACES:,}" if found > MOST_PLACES else str(found)
            message = f"the evidence {quoted} stands {times} times in the body"
            hint = "quote a word or two more, until it can be found in one place only"
            yield self._source.problem(pointer, Code.EVIDENCE_AMBIGUOUS, message, hint)
            return
        hint = self._body.hint_for_missing(words)
        message = f"the evidence {quoted} does not stand in the body"
        yield self._source.problem(pointer, Code.EVIDENCE_NOT_FOUND, message, hint)

    def check_exceptions(self, codebook: Codebook) -> Iterator[Problem]:
        """Yield a warning for each exception word of the body that nothing rests on."""
        text = mapping(mapping(self._source.data).get("text"))
        language = str(text.get("language")).split("-")[0].casefold()
        words = codebook.exception_words.get(language, ())
        if self._body is None or not words:
            return
        pattern = any_of(words)
        bare = list(self._body.unquoted(pattern))
        if not bare:
            return
        start = self._source.problem(("text", "body"), Code.EXCEPTION_UNCODED, "")
        places = list(self._source.places_within(("text", "body"), pattern))
        for nth, found, passage in bare:
            yield Problem(
                self._source.display_path,
                *(places[nth] if nth < len(places) else (start.line, start.column)),
                Code.EXCEPTION_UNCODED,
                f'no coded value rests on "{passage}"',
                f'"{found}" often carries an exception or a condition: code it, or quote '
                "the words under settled with a note of why they need no coding",
            )


# --- Values that do not fit together -----------------------------------------------------------


def _check_limbs(source: YamlFile, data: Mapping[str, Any]) -> Iterator[Problem]:
    names: set[str] = set()
    for index, limb in enumerate(sequence(data.get("limbs"))):
        pointer: Pointer = ("limbs", index)
        name = mapping(limb).get("id", str(index + 1))
        if isinstance(name, str) and name in names:
            message = f'a second limb has the id "{name}"'
            yield source.problem((*pointer, "id"), Code.ID_TAKEN, message)
        names.add(str(name))
        yield from _check_offences(source, (*pointer, "offences"), mapping(limb).get("offences"))
        for field, lone, why in (
            ("link", "none", "no link and a link cannot both be asked for"),
            ("persons", "any_victim", "any_victim already means adults and children"),
        ):
            values = _values(mapping(limb).get(field))
            if lone in values and len(values) > 1:
                message = f'"{lone}" stands beside other words of {field}'
                yield source.problem((*pointer, field), Code.CODING_CONFLICT, message, why)


def _check_offences(source: YamlFile, pointer: Pointer, offences: Any) -> Iterator[Problem]:
    if not isinstance(offences, dict):
        return
    extent, named = offences.get("extent"), "categories" in offences
    left_out = [word for word in sequence(offences.get("excluded")) if isinstance(word, str)]
    for word in left_out:
        if word in sequence(offences.get("categories")):
            message = f'"{word}" is both among the offences and excluded from them'
            yield source.problem((*pointer, "excluded"), Code.CODING_CONFLICT, message)
    if extent == "any" and named:
        message = 'the extent is "any", and yet categories are named'
        hint = 'write "listed" if only these are covered; "excluded" if all but these are'
        yield source.problem((*pointer, "categories"), Code.CODING_CONFLICT, message, hint)
    if (
        extent == "listed"
        and not named
        and "evidence" in offences
        and set(offences) <= _OFFENCE_KEYS
    ):
        message = 'the extent is "listed", and yet no categories are named'
        hint = (
            "name the categories of the offences that the quoted words list, such as "
            "[immigration]; for a list of the law's own, [scheduled]"
        )
        yield source.problem(pointer, Code.CODING_CONFLICT, message, hint)


def _values(field: Any) -> list[Any]:
    return [
        value
        for _, _, one in _ones("", (), field)
        for value in [*sequence(one.get("values")), *([one["value"]] if "value" in one else [])]
    ]


def _check_reported(
    source: YamlFile, data: Mapping[str, Any], codebook: Codebook
) -> Iterator[Problem]:
    for index, one in enumerate(sequence(data.get("reported"))):
        pointer: Pointer = ("reported", index)
        name = mapping(one).get("dimension")
        if not isinstance(name, str):
            continue
        dimension = codebook.dimensions.get(name)
        if dimension is None:
            hint = suggestion(name, "the dimensions are", codebook.dimensions)
            message = f'"{name}" is no dimension of the codebook'
            yield source.problem((*pointer, "dimension"), Code.NOT_A_WORD, message, hint)
            continue
        for number, value in enumerate(sequence(one.get("values"))):
            if isinstance(value, str) and value not in dimension.classes:
                message = f'"{value}" is no class of the dimension {name}'
                hint = f"the classes are: {', '.join(dimension.classes)}"
                yield source.problem((*pointer, "values", number), Code.NOT_A_WORD, message, hint)


def _references(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, str]]:
    """Yield each reference into the bibliography, wherever it stands."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in parts:
        if isinstance(below, dict | list):
            yield from _references((*pointer, key), below)
        elif key == "ref" and isinstance(below, str):
            yield (*pointer, key), below
