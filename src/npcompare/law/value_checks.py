"""Check that the values of a provision do not contradict each other, on any of its readings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.unchecked_data import sequence
from npcompare.model.offences import GENERAL_EXTENTS
from npcompare.model.provision import NONE_REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile

#: The keys with the words of a value, with the offences, and with what proves either.
VALUE_KEYS = frozenset({"value", "values"})
OFFENCE_KEYS = frozenset({"extent", "categories", "excluded", "open"})
PROOF_KEYS = frozenset({"evidence", "source", "confidence", "note", "doubtful"})

#: The keys that describe offences besides their extent, which all of them need.
_LIST_KEYS = ("categories", "excluded", "open")
_NOTE = frozenset({"note"})

#: By field, a word that can only be alone, and why.
_EXCLUSIVE = {
    "link": ("none", "a provision cannot require both a link and no link"),
    "persons": ("any_victim", "any_victim already means adults and children"),
}


def words_of(coded: Mapping[str, Any]) -> list[Any]:
    """Return the words of one coded mapping, whose types are not checked."""
    return [*sequence(coded.get("values")), *([coded["value"]] if "value" in coded else [])]


def check_field(
    file: YamlFile, field: str, pointer: Pointer, mappings: Sequence[Mapping[str, Any]]
) -> Iterator[Problem]:
    """Yield a finding if words that are coded for a field exclude each other."""
    words = [word for coded in mappings for word in words_of(coded)]
    yield from _check_exclusive(file, field, pointer, words)
    if len(mappings) > 1 and NONE_REPORTED in words:
        yield _combined(file, field, pointer, NONE_REPORTED)


def _check_exclusive(
    file: YamlFile, field: str, pointer: Pointer, words: Sequence[Any]
) -> Iterator[Problem]:
    word, reason = _EXCLUSIVE.get(field, ("", ""))
    if word in words and len(words) > 1:
        yield _combined(file, field, pointer, word, reason)


def _combined(file: YamlFile, field: str, pointer: Pointer, word: str, reason: str = "") -> Problem:
    message = f'"{word}" cannot be combined with other words of {field}'
    return file.problem(pointer, Code.CODING_CONFLICT, message, reason)


def check_absence(
    file: YamlFile, field: str, pointer: Pointer, coded: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield a finding unless a source alone reports that there is none, and nothing else."""
    for key in ("value", "values", "categories", "excluded"):
        words = coded.get(key)
        if NONE_REPORTED not in (words if isinstance(words, list) else [words]):
            continue
        if key == "categories" or (isinstance(words, list) and len(words) > 1):
            yield _combined(file, field, (*pointer, key), NONE_REPORTED)
        elif "evidence" in coded and key != "excluded":
            message = f'"{NONE_REPORTED}" cannot be based on words of the body'
            hint = "name the source that reports it"
            yield file.problem((*pointer, key), Code.CODING_CONFLICT, message, hint)


def check_offences(
    file: YamlFile, pointer: Pointer, offences: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield a finding for each part of a set of offences that contradicts another."""
    extent, has_categories = offences.get("extent"), "categories" in offences
    is_general = isinstance(extent, str) and extent in GENERAL_EXTENTS
    excluded = [word for word in sequence(offences.get("excluded")) if isinstance(word, str)]
    for word in excluded:
        if word in sequence(offences.get("categories")):
            message = f'"{word}" is both among the offences and excluded from them'
            yield file.problem((*pointer, "excluded"), Code.CODING_CONFLICT, message)
    if is_general and has_categories:
        message = f'the extent is "{extent}", but categories are named'
        hint = 'write "listed" if only these are covered; use "excluded" if all others are'
        yield file.problem((*pointer, "categories"), Code.CODING_CONFLICT, message, hint)
    if is_general and offences.get("open") is True:
        message = f'the extent is "{extent}", so there is no list that can be open'
        hint = 'delete "open", or write "listed" if the law names offences'
        yield file.problem((*pointer, "open"), Code.CODING_CONFLICT, message, hint)
    if (
        extent == "listed"
        and not has_categories
        and "evidence" in offences
        and set(offences) <= OFFENCE_KEYS | PROOF_KEYS
    ):
        message = 'the extent is "listed", but no categories are named'
        hint = (
            "name the categories of the offences that the quoted words list, such as "
            "[immigration]; for a list in the law itself, [scheduled]"
        )
        yield file.problem(pointer, Code.CODING_CONFLICT, message, hint)


# --- The other reading of doubtful values ---------------------------------------------------------


def check_doubt(
    file: YamlFile, field: str, pointer: Pointer, coded: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the findings about the other reading of one coded mapping, if it has one."""
    other = coded.get("doubtful")
    is_offences = field == "offences"
    # A misspelt key has its own finding.
    allowed = (OFFENCE_KEYS if is_offences else VALUE_KEYS) | _NOTE
    if not isinstance(other, dict) or not set(other) <= allowed:
        return
    place: Pointer = (*pointer, "doubtful")
    if is_offences:
        yield from _check_extent(file, place, other)
        yield from check_offences(file, place, other)
    elif set(other) >= VALUE_KEYS:
        message = f"the other reading of {field} has both value and values"
        yield file.problem(place, Code.WRONG_COUNT, message)
    yield from check_absence(file, field, place, other)
    yield from _check_exclusive(file, field, place, words_of(other))
    reading = _reading(other)
    if reading and reading == _reading(coded):
        message = f"the other reading of {field} is the same as the one that is coded"
        hint = "name what the words could also mean, or leave only the note"
        yield file.problem(place, Code.CODING_CONFLICT, message, hint)


def _check_extent(file: YamlFile, pointer: Pointer, other: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a finding if the other reading describes offences without their extent."""
    named = [key for key in _LIST_KEYS if key in other]
    if named and "extent" not in other:
        message = f'the other reading of offences has "{named[0]}", but no "extent"'
        yield file.problem(pointer, Code.MISSING_KEY, message, 'add "extent:" here')


def _reading(coded: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what one mapping codes, in a form that can be compared; empty if it codes nothing."""
    if "extent" in coded:
        lists = (sorted(map(str, sequence(coded.get(key)))) for key in ("categories", "excluded"))
        return (coded["extent"], *lists, coded.get("open") is True)
    words = words_of(coded)
    return (sorted(map(str, words)),) if words else ()
