"""Words of earlier codebooks in a file: where they are, and what to write in their place.

A codebook lists the words that have moved: to another word of the same field, or to a field of
their own. Nothing else is decided here. A word that cannot be moved without a decision is named as
one that is left to a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.unchecked_data import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.yaml_reader import Pointer

    #: For each vocabulary, what to write in place of a word: a word, or "field: word".
    Moved = Mapping[str, Mapping[str, str]]

#: The operators of a condition whose operand has the words of one field.
_OPERATORS_ON_WORDS = frozenset({"in", "has", "equals"})

#: The words of offences, by the keys that have them.
_OFFENCE_WORDS = {"extent": "extent", "categories": "category", "excluded": "category"}


class Renaming(NamedTuple):
    """A scalar in whose place another word is written."""

    pointer: Pointer
    word: str


class Moving(NamedTuple):
    """An entry of a mapping whose words belong to other fields."""

    #: The place of the mapping, and the key of the entry.
    parent: Pointer
    key: str
    #: For each field that is written in its place, the words that it gets, by what they were.
    words_by_field: dict[str, dict[str, str]]
    #: Whether the entry has several quotations, or a note, of which each may be about one word.
    is_divisible: bool = False

    def targets(self) -> Iterator[tuple[str, str]]:
        """Yield each word that moves, with what the codebook says to write."""
        for field, words in self.words_by_field.items():
            for word, new_word in words.items():
                if field != self.key:
                    yield word, f"{field}: {new_word}"
                elif word != new_word:
                    yield word, new_word


class OpenWord(NamedTuple):
    """A word that has moved and that a person must place."""

    pointer: Pointer
    word: str
    field: str
    #: What the codebook says to write.
    target: str
    #: Why it was not moved, as the rest of a sentence.
    reason: str


class Plan(NamedTuple):
    """What to write in the place of words that have moved."""

    renamings: tuple[Renaming, ...] = ()
    movings: tuple[Moving, ...] = ()
    open_words: tuple[OpenWord, ...] = ()


def plan_of_provision(content: Any, moved: Moved) -> Plan:
    """Return what to write in the file of a provision or of a State profile."""
    planner = _Planner(moved)
    for pointer, vocabulary, word in _single_words(content):
        planner.add_word(pointer, vocabulary, word)
    for pointer, fields in _mappings_of_fields(content):
        planner.add_fields(pointer, _at(content, pointer), fields)
    for number, reported in enumerate(sequence(mapping(content).get("reported"))):
        planner.add_reported(("reported", number), mapping(reported))
    return planner.plan()


def plan_of_benchmark(content: Any, moved: Moved) -> Plan:
    """Return what to write in the conditions of a benchmark."""
    planner = _Planner(moved)
    for pointer, condition in _conditions(content, ()):
        for field in condition:
            planner.add_entry(pointer, condition, field, (*FIELDS_OF_LIMB, *FIELDS_OF_PROVISION))
    return planner.plan(may_divide=False)


def changed(content: Any, plan: Plan) -> Any:
    """Return the content of a file with other words, as a new value."""
    for renaming in plan.renamings:
        content = _with(content, renaming.pointer, renaming.word)
    for moving in plan.movings:
        parent = _at(content, moving.parent)
        entries: dict[str, Any] = {}
        for key, coded in parent.items():
            if key != moving.key:
                entries[key] = coded
                continue
            for field, words in moving.words_by_field.items():
                entries[field] = _part(coded, words)
        content = _with(content, moving.parent, entries)
    return content


class _Planner:
    """Collects what to write in a file."""

    def __init__(self, moved: Moved) -> None:
        self._moved = moved
        self._renamings: list[Renaming] = []
        self._movings: list[Moving] = []
        self._open: list[OpenWord] = []

    def plan(self, *, may_divide: bool = True) -> Plan:
        """Return the plan; an entry with words of several fields is only divided if it may be."""
        movings = []
        for moving in self._movings:
            if may_divide or len(moving.words_by_field) == 1:
                movings.append(moving)
            else:
                reason = "the condition has words of several fields"
                self._leave(moving, reason)
        return Plan(tuple(self._renamings), tuple(movings), tuple(self._open))

    def add_word(self, pointer: Pointer, vocabulary: str, word: str) -> None:
        """Add a word that stands alone, such as a form."""
        target = self._moved.get(vocabulary, {}).get(word)
        if target is None:
            return
        if ": " in target:
            reason = "it belongs to another field"
            self._open.append(OpenWord(pointer, word, vocabulary, target, reason))
        else:
            self._renamings.append(Renaming(pointer, target))

    def add_fields(
        self, pointer: Pointer, parent: Mapping[str, Any], fields: Sequence[str]
    ) -> None:
        """Add the coded fields of a limb, or of a provision as a whole."""
        for field in fields:
            if field in parent:
                self.add_entry(pointer, parent, field, fields)

    def add_entry(
        self, pointer: Pointer, parent: Mapping[str, Any], field: str, fields: Sequence[str]
    ) -> None:
        """Add the words of one field, which may move to another of some fields."""
        moved = self._moved.get(field, {})
        words = list(_words(parent[field]))
        if not any(word in moved for word in words):
            return
        by_field = _by_field(field, words, moved)
        moving = Moving(pointer, field, by_field, _is_divisible(parent[field]))
        if reason := _objection(by_field, parent, field, fields):
            self._leave(moving, reason)
        else:
            self._movings.append(moving)

    def _leave(self, moving: Moving, reason: str) -> None:
        """Leave the words of an entry that have moved to a person."""
        place = (*moving.parent, moving.key)
        self._open += [
            OpenWord(place, word, moving.key, target, reason) for word, target in moving.targets()
        ]

    def add_reported(self, pointer: Pointer, reported: Mapping[str, Any]) -> None:
        """Add a class that a source reports, whose dimension is named like the field."""
        dimension = reported.get("dimension")
        words = [word for word in sequence(reported.get("values")) if isinstance(word, str)]
        moved = self._moved.get(dimension, {}) if isinstance(dimension, str) else {}
        if not isinstance(dimension, str) or not any(word in moved for word in words):
            return
        by_field = _by_field(dimension, words, moved)
        if len(by_field) > 1:
            moving = Moving(pointer, dimension, by_field)
            self._leave(moving, "the report has words of several dimensions")
            return
        ((new_dimension, new_words),) = by_field.items()
        self._renamings.append(Renaming((*pointer, "dimension"), new_dimension))
        for number, word in enumerate(words):
            self._renamings.append(Renaming((*pointer, "values", number), new_words[word]))


def _by_field(
    field: str, words: Iterable[str], moved: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Return the words that are written for those of a field, by the field that each belongs to.

    The words that stay come first.
    """
    by_field: dict[str, dict[str, str]] = {}
    for word in sorted(words, key=lambda word: word in moved):
        target = moved.get(word)
        new_field, colon, new_word = (target or "").partition(": ")
        if not colon:
            new_field, new_word = field, target or word
        by_field.setdefault(new_field, {})[word] = new_word
    return by_field


def _objection(
    by_field: Mapping[str, Any], parent: Mapping[str, Any], field: str, fields: Sequence[str]
) -> str:
    """Return why the words of an entry are not moved; empty if they can be."""
    for new_field in by_field:
        if new_field != field and new_field in parent:
            return f"{new_field} is coded already"
        if new_field not in fields:
            return f"{new_field} is not a field beside {field}"
    if len(by_field) > 1 and _has_doubt(parent[field]):
        return "the other reading of the words belongs to one field only"
    return ""


def _has_doubt(coded: Any) -> bool:
    return any("doubtful" in mapping(value) for value in (coded, *sequence(coded)))


def _is_divisible(coded: Any) -> bool:
    return isinstance(mapping(coded).get("evidence"), list | dict) or "note" in mapping(coded)


def _words(coded: Any) -> Iterator[str]:
    """Yield the words of a coded field, with those of other readings."""
    if isinstance(coded, str):
        yield coded
    elif isinstance(coded, list):
        for part in coded:
            yield from _words(part)
    else:
        for key in ("value", "values", "doubtful"):
            if key in mapping(coded):
                yield from _words(coded[key])


def _part(coded: Any, words: Mapping[str, str]) -> Any:
    """Return a coded field with only some of its words, each as it is now; None if none is left."""
    if isinstance(coded, str):
        return words.get(coded)
    if isinstance(coded, list):
        parts = (_part(part, words) for part in coded)
        return [part for part in parts if part is not None] or None
    if not isinstance(coded, dict):
        return coded
    part = dict(coded)
    for key in {"value", "values", "doubtful"} & set(coded):
        part[key] = _part(coded[key], words)
        if part[key] is None:
            return None
    return part


# --- Where words are ------------------------------------------------------------------------------


def _single_words(content: Any) -> Iterator[tuple[Pointer, str, str]]:
    """Yield the words that stand alone: their place, their vocabulary and the word."""
    places: list[tuple[Pointer, str]] = [
        (("form",), "form"),
        (("jurisdiction", "kind"), "jurisdiction_kind"),
        (("instrument", "kind"), "instrument_kind"),
        (("text", "status"), "text_status"),
    ]
    for number, limb in enumerate(sequence(mapping(content).get("limbs"))):
        offences: Pointer = ("limbs", number, "offences")
        for pointer in (offences, (*offences, "doubtful")):
            for key, vocabulary in _OFFENCE_WORDS.items():
                words = mapping(_at(limb, pointer[2:])).get(key)
                places.append(((*pointer, key), vocabulary))
                places += [
                    ((*pointer, key, position), vocabulary)
                    for position in range(len(sequence(words)))
                ]
    for pointer, vocabulary in places:
        word = _at(content, pointer)
        if isinstance(word, str):
            yield pointer, vocabulary, word


def _mappings_of_fields(content: Any) -> Iterator[tuple[Pointer, Sequence[str]]]:
    """Yield the place of each mapping that has coded fields, with the fields that it can have."""
    if isinstance(content, dict):
        yield (), FIELDS_OF_PROVISION
        for number, limb in enumerate(sequence(content.get("limbs"))):
            if isinstance(limb, dict):
                yield ("limbs", number), FIELDS_OF_LIMB


def _conditions(content: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Yield each mapping from a field to the words that a condition looks for."""
    numbered = content.items() if isinstance(content, dict) else enumerate(sequence(content))
    for key, part in numbered:
        if key in _OPERATORS_ON_WORDS and isinstance(part, dict):
            yield (*pointer, key), part
        else:
            yield from _conditions(part, (*pointer, key))


def _at(content: Any, pointer: Pointer) -> Any:
    """Return what is in a place, or None."""
    for key in pointer:
        try:
            content = content[key]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def _with(content: Any, pointer: Pointer, replacement: Any) -> Any:
    """Return a copy with something else in one place, which exists."""
    if not pointer:
        return replacement
    key, *further = pointer
    copy = content.copy()
    copy[key] = _with(content[key], tuple(further), replacement)
    return copy
