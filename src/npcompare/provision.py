"""One provision: from the data of its file to the frozen noun, and the proof of what it codes.

The shape of the data is the schema's affair. What is checked here is what a schema cannot see:
that each quotation stands in the body, that each value rests on something, and that the values fit
together. The checks go on in data of the wrong shape, so that one mistake never hides another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from npcompare.codebook import citation, source_of
from npcompare.errors import Code, Problem
from npcompare.model import (
    Basis,
    Coded,
    Instrument,
    Jurisdiction,
    Limb,
    Note,
    Provision,
    Reported,
    Settled,
    Succession,
    Text,
)
from npcompare.schema import near, suggestion
from npcompare.source import fold, mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from npcompare.codebook import Codebook
    from npcompare.source import Pointer, Source

#: Fields of a limb, in the order they are shown.
FIELDS_OF_LIMB = (
    "persons",
    "offences",
    "link",
    "compulsion",
    "tests",
    "relief",
    "liability",
    "force",
    "addressee",
    "conditions",
)
_PROVISION_FIELDS = ("burden", "standard")
_SAID_KEYS = frozenset({"evidence", "source", "confidence", "note"})
_PROOF_KEYS = _SAID_KEYS | {"value", "values"}
_OFFENCE_KEYS = _SAID_KEYS | {"extent", "categories", "excluded"}

#: Texts that are a source's words about the law, not the law's own.
_DESCRIPTION = "paraphrase"
_NOT_HELD = "not_held"

#: Typographic marks, and the plain ones of a keyboard.
_PLAIN_MARKS = str.maketrans(
    "\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----"
)

#: Words sought times words there are, beyond which looking for the nearest takes too long.
_TOO_LONG = 400_000

#: The same for all the quotations of one file.
_MOST_COMPARED = 10 * _TOO_LONG

#: In how many places words are looked for, and how far about them a passage goes.
_MOST_PLACES, _PASSAGE = 1000, 200

#: How many passages are compared letter by letter when looking for the nearest words.
_CANDIDATES = 60

#: Scripts written without spaces, in which a word does not end where a letter meets a letter.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


# --- From data to the noun ---------------------------------------------------------------------


def build(data: Mapping[str, Any]) -> Provision:
    """Return the provision from data that has no findings."""
    text = _text(data["text"])
    confidence = data.get("confidence", "")
    reader = _Reader(text, confidence)
    jurisdiction = data["jurisdiction"]
    return Provision(
        id=data["id"],
        jurisdiction=Jurisdiction(
            jurisdiction["name"], jurisdiction["code"] or "", jurisdiction["kind"]
        ),
        instrument=_instrument(data["instrument"]),
        form=data["form"] or "",
        text=text,
        aliases=tuple(data.get("aliases", ())),
        pinpoint=data.get("pinpoint") or "",
        identifiers=dict(data.get("identifiers", {})),
        dates=dict(data.get("dates", {})),
        limbs=tuple(
            _limb(limb, index, reader) for index, limb in enumerate(data.get("limbs", ()), 1)
        ),
        coded={name: tuple(reader.coded(data[name])) for name in _PROVISION_FIELDS if name in data},
        reported=tuple(_reported(one, confidence) for one in data.get("reported", ())),
        sources=tuple(citation(one) for one in data.get("sources", ())),
        notes=tuple(_note(one) for one in data.get("notes", ())),
        confidence=confidence,
        version_of=data.get("version_of", ""),
        succeeds=_succession(data["succeeds"]) if "succeeds" in data else None,
        settled=tuple(Settled(fold(one["words"]), one["note"]) for one in data.get("settled", ())),
    )


def renamed(provision: Provision, name: str) -> Provision:
    """Return a provision under another id, where its own would be taken for another's."""
    return replace(provision, id=name)


def _instrument(data: Mapping[str, Any] | None) -> Instrument:
    if data is None:
        return Instrument("", "")
    return Instrument(
        title=data["title"],
        kind=data["kind"],
        number=str(data.get("number", "")),
        year=str(data.get("year", "")),
        languages=tuple(data.get("languages", ())),
    )


def _text(data: Mapping[str, Any]) -> Text:
    return Text(
        status=data["status"],
        complete=data.get("complete", False),
        language=data.get("language", ""),
        body=data.get("body", ""),
        source=source_of(data),
        note=data.get("note", ""),
    )


def _note(data: str | Mapping[str, Any]) -> Note:
    if isinstance(data, str):
        return Note(data)
    return Note(data["note"], data.get("date", ""), source_of(data), data.get("confidence", ""))


def _succession(data: Mapping[str, Any]) -> Succession:
    return Succession(data["id"], data["because"], source_of(data))


def _limb(data: Mapping[str, Any], index: int, reader: _Reader) -> Limb:
    coded: dict[str, tuple[Coded, ...]] = {}
    for name in FIELDS_OF_LIMB:
        if name == "offences" and name in data:
            coded.update(reader.offences(data[name]))
        elif name in data:
            coded[name] = tuple(reader.coded(data[name]))
    return Limb(data.get("id", str(index)), coded, data.get("note", ""))


class _Reader(Struct, frozen=True):
    """Reads coded values, with what the provision's file says once for all of them."""

    text: Text
    confidence: str

    def coded(self, data: Any) -> Iterator[Coded]:
        """Yield each value of a field that is coded once or several times."""
        for one in data if isinstance(data, list) else [data]:
            for value in one["values"] if "values" in one else [one["value"]]:
                yield self._proved(value, one)

    def offences(self, data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Coded, ...]]]:
        """Yield the extent and the categories of the offences, each as a field."""
        yield "offences.extent", (self._proved(data["extent"], data),)
        for name in ("categories", "excluded"):
            if name in data:
                yield f"offences.{name}", tuple(self._proved(word, data) for word in data[name])

    def _proved(self, value: str, data: Mapping[str, Any]) -> Coded:
        evidence = tuple(fold(words) for words in _evidence(data))
        from_law = bool(evidence) and self.text.status != _DESCRIPTION
        return Coded(
            value=value,
            basis=Basis.TEXT if from_law else Basis.REPORTED,
            evidence=evidence,
            source=self.text.source if evidence else source_of(data),
            note=fold(data.get("note", "")),
            confidence="" if evidence else data.get("confidence", self.confidence),
        )


def _evidence(data: Mapping[str, Any]) -> list[str]:
    evidence = data.get("evidence", [])
    return [evidence] if isinstance(evidence, str) else evidence


def _reported(data: Mapping[str, Any], confidence: str) -> Reported:
    return Reported(
        dimension=data["dimension"],
        values=tuple(data["values"]),
        persons=tuple(data.get("persons", ())),
        source=citation(data["source"]),
        note=fold(data.get("note", "")),
        confidence=data.get("confidence", confidence),
    )


# --- Its proof ---------------------------------------------------------------------------------


def check(source: Source, codebook: Codebook, documents: Collection[str]) -> Iterator[Problem]:
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
    proof = _Proof(source, fold(body) if isinstance(body, str) else None)
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
    source: Source, data: Mapping[str, Any], *, needs_source: bool
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
    if text.get("complete") is True and status in ("excerpt", _DESCRIPTION):
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
    for name in _PROVISION_FIELDS:
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

    def __init__(self, source: Source, body: str | None) -> None:
        self._source = source
        self._body = body
        self._normal = unicodedata.normalize("NFC", body or "")
        #: The parts of the body that coded values rest on, or that are settled.
        self._covered: list[tuple[int, int]] = []
        #: How many more words may be compared in search of those that were meant.
        self._patience = _MOST_COMPARED
        self._length = self._normal.count(" ") + 1

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
        there = list(islice(_standing(self._normal, _folded(words)), _MOST_PLACES + 1))
        self._covered += [(start, start + len(_folded(words))) for start in there]
        found = len(there)
        if found == 1:
            return
        quoted = f'"{_short(fold(words))}"'
        if found:
            times = f"more than {_MOST_PLACES:,}" if found > _MOST_PLACES else str(found)
            message = f"the evidence {quoted} stands {times} times in the body"
            hint = "quote a word or two more, until it can be found in one place only"
            yield self._source.problem(pointer, Code.EVIDENCE_AMBIGUOUS, message, hint)
            return
        close = nearest(self._body, words) if self._patience > 0 else ""
        self._patience -= min(len(words.split()) * self._length, _TOO_LONG)
        hint = _where_to_look(close, words)
        message = f"the evidence {quoted} does not stand in the body"
        yield self._source.problem(pointer, Code.EVIDENCE_NOT_FOUND, message, hint)

    def check_exceptions(self, codebook: Codebook) -> Iterator[Problem]:
        """Yield a warning for each exception word of the body that nothing rests on."""
        text = mapping(mapping(self._source.data).get("text"))
        language = str(text.get("language")).split("-")[0].casefold()
        words = codebook.exception_words.get(language, ())
        if not self._body or not words:
            return
        pattern = any_of(words)
        bare = dict(self._uncovered(pattern))
        if not bare:
            return
        start = self._source.problem(("text", "body"), Code.EXCEPTION_UNCODED, "")
        places = list(self._source.places_within(("text", "body"), pattern))
        for nth, found in bare.items():
            yield Problem(
                self._source.shown,
                *(places[nth] if nth < len(places) else (start.line, start.column)),
                Code.EXCEPTION_UNCODED,
                f'no coded value rests on "{_around(self._normal, *found.span())}"',
                f'"{found[0]}" often carries an exception or a condition: code it, or quote '
                "the words under settled with a note of why they need no coding",
            )

    def _uncovered(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield each place of words that nothing rests on, with its number among all of them."""
        covered = sorted(self._covered)
        at = reach = 0
        for nth, found in enumerate(pattern.finditer(self._normal)):
            while at < len(covered) and covered[at][0] < found.end():
                reach = max(reach, covered[at][1])
                at += 1
            if reach <= found.start():
                yield nth, found


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some words, whatever white space is in them; of none, nothing."""
    listed = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"\b(?:{listed})\b" if words else "(?!)", re.IGNORECASE)


def _around(body: str, start: int, end: int) -> str:
    """Return a passage of the body with the words about it, cut between words."""
    before = body[max(0, start - _PASSAGE) : start].split(" ")[-4:]
    after = body[end : end + _PASSAGE].split(" ")[:6]
    return " ".join(before) + body[start:end] + " ".join(after)


def places(body: str, words: str) -> list[int]:
    """Return where words stand in a folded body, letter for letter and as whole words."""
    return list(_standing(unicodedata.normalize("NFC", body), _folded(words)))


def _standing(haystack: str, needle: str) -> Iterator[int]:
    start = haystack.find(needle)
    while start >= 0:
        end = start + len(needle)
        if not (_is_inside(haystack, start) or _is_inside(haystack, end)):
            yield start
        start = haystack.find(needle, start + 1)


def _where_to_look(close: str, words: str) -> str:
    """Return the hint for words not in the body; a mark that differs alone cannot be seen."""
    if not close:
        return "copy the words from the body, letter for letter"
    if close.translate(_PLAIN_MARKS) == fold(words).translate(_PLAIN_MARKS).rstrip(",.;:"):
        return "a quotation mark or a dash is another in the body: copy it from there"
    return f'the nearest words in the body are "{_short(close)}"'


def nearest(body: str, words: str) -> str:
    """Return the words of the body that come nearest to words that do not stand in it."""
    from difflib import SequenceMatcher

    wanted = _folded(words).split(" ")
    there = body.split(" ")
    if len(wanted) * len(there) > _TOO_LONG:
        return ""
    if len(wanted) == 1:
        lower = {word.casefold().strip(".,;:()"): word for word in reversed(there)}
        return lower.get(near(wanted[0], lower), "")
    count = Counter(word.casefold() for word in wanted)
    windows = [there[at : at + len(wanted)] for at in range(max(1, len(there) - len(wanted) + 1))]
    shared = [sum((count & Counter(word.casefold() for word in one)).values()) for one in windows]
    most = max(shared)
    if most < len(wanted) / 2:
        return ""
    # Of the windows that share most words, give or take one, the one that is spelt most alike.
    close = [
        " ".join(one) for one, number in zip(windows, shared, strict=True) if number + 1 >= most
    ]
    matcher = SequenceMatcher(None, b=" ".join(wanted), autojunk=False)

    def likeness(one: str) -> float:
        matcher.set_seq1(one)
        return matcher.ratio()

    return max(close[:_CANDIDATES], key=likeness).rstrip(",.;:")


def _folded(words: str) -> str:
    return unicodedata.normalize("NFC", fold(words))


def _is_inside(text: str, at: int) -> bool:
    """Say whether a place in a text is inside a word."""
    if not 0 < at < len(text):
        return False
    return all(one.isalnum() and not is_unspaced(one) for one in text[at - 1 : at + 1])


def is_unspaced(character: str) -> bool:
    """Say whether a character is of a script in which no space stands between words."""
    return unicodedata.name(character, "").startswith(_UNSPACED)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57].rstrip() + "..."


# --- Values that do not fit together -----------------------------------------------------------


def _check_limbs(source: Source, data: Mapping[str, Any]) -> Iterator[Problem]:
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


def _check_offences(source: Source, pointer: Pointer, offences: Any) -> Iterator[Problem]:
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
    source: Source, data: Mapping[str, Any], codebook: Codebook
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
