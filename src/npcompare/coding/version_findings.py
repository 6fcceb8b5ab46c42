"""Where the versions of a provision in several languages carry different elements.

This is known from the coding, where a value is quoted from some versions only, and from what
`suggest` reads of each version.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from npcompare.coding.coding_doubts import (
    doubts,
    expanded_values,
    is_settled,
    read_version,
    values_stood_for,
)
from npcompare.coding.text_locator import TextLocator
from npcompare.errors import Code
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.model.language_versions import in_language
from npcompare.model.languages import language_name
from npcompare.model.version_differences import Difference, VersionWording, differences
from npcompare.wording.quotations import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.suggestions import Suggestion
    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

_HINT = (
    "check both versions; if they do differ, code each value with the words of the versions that "
    "have it, {{{languages}: ...}}, or quote the words of one version under settled with a note"
)
_CODED_HINT = (
    "check both versions; if they do differ, quote the words of one of them under settled, and "
    "note how the difference is read"
)

_DIFFERS = (
    "the {first} version says {words}, the {second} version {second_words}: {subject} differs"
)
_NO_WORDS = (
    "the {first} version says {words}, the {second} version has no words for it: {subject} differs"
)
_REPORTED = (
    "the {first} version says {words}, the {second} version is reported to say {second_words}: "
    "{subject} differs"
)
_REPORTED_WITHOUT = (
    "the {first} version says {words}, the {second} version is reported to say {second_words}, "
    'without "{lacks}": {subject} may differ'
)

#: The proposals of a version by field and value.
_Proposals = dict[str, dict[str, "Proposal"]]


class _Read(NamedTuple):
    """A version that the phrase book can read."""

    provision: Provision
    pointer: Pointer
    suggestion: Suggestion


def text_findings(
    codebook: Codebook, provision: Provision, read_source: Callable[[], YamlFile]
) -> Iterator[Problem]:
    """Yield the doubts about each version of a text, and the differences between versions."""
    yield from _known_differences(provision, read_source)
    if not provision.language_versions:
        yield from doubts(codebook, provision, read_source)
        return
    versions = list(_readable(codebook, provision))
    reported: dict[str, set[tuple[str, str]]] = defaultdict(set)
    coded = {(each.second.language, each.field) for each in differences(provision)}
    for version in versions[1:]:
        for difference, place in _read_differences(codebook, versions[0], version):
            second = difference.second
            if (second.language, difference.field) not in coded:
                reported[second.language] |= {(difference.field, word) for word in second.values}
                yield _reading_problem(difference, place, (versions[0], version), read_source)
    for version in versions:
        findings = reported[version.provision.text.language]
        yield from doubts(codebook, version.provision, read_source, version.pointer, findings)


def _readable(codebook: Codebook, provision: Provision) -> Iterator[_Read]:
    for index, version in enumerate(provision.language_versions):
        shown_version = in_language(provision, version.text.language)
        if reading := read_version(codebook, shown_version):
            yield _Read(shown_version, ("text", index, "body"), reading.suggestion)


# --- From what is coded -------------------------------------------------------------------------


def _known_differences(
    provision: Provision, read_source: Callable[[], YamlFile]
) -> Iterator[Problem]:
    for difference in differences(provision):
        words = (*difference.first.words, *difference.second.words)
        is_known = difference.report or any(is_settled(provision, each) for each in words)
        file = read_source()
        yield file.problem(
            _pointer(file, provision, difference),
            Code.KNOWN_DIFFERENCE if is_known else Code.VERSIONS_DIFFER,
            _message(difference),
            "" if is_known else _CODED_HINT,
        )


def _pointer(file: YamlFile, provision: Provision, difference: Difference) -> Pointer:
    """Return the place of the field in the file, or of the report on the other version."""
    if difference.report:
        return ("reported_wordings", provision.reported_wordings.index(difference.report))
    field: Pointer = (difference.field.partition(".")[0],) if difference.field else ()
    if not difference.limb:
        return field
    limbs = sequence(mapping(file.data).get("limbs"))
    ids = [str(mapping(limb).get("id", number)) for number, limb in enumerate(limbs, 1)]
    return ("limbs", ids.index(difference.limb), *field)


def _message(difference: Difference) -> str:
    first, second = difference.first, difference.second
    sentence = _DIFFERS
    if not (first.words and second.words):
        sentence, first, second = _NO_WORDS, *((first, second) if first.words else (second, first))
    elif difference.report:
        sentence = _REPORTED_WITHOUT if difference.report.lacks else _REPORTED
    return sentence.format(
        first=language_name(first.language),
        second=language_name(second.language),
        words=_said(first),
        second_words=_said(second),
        lacks=difference.report.lacks if difference.report else "",
        subject=_subject(difference),
    )


def _subject(difference: Difference) -> str:
    field, limb = difference.field.partition(".")[0], difference.limb
    if not field:
        return f"limb {limb}"
    return f"the field {field} of limb {limb}" if limb else f"the field {field}"


def _said(wording: VersionWording) -> str:
    """Return words with the values coded for them: "shall not" (mandatory)."""
    words = ", ".join(f'"{shortened(words)}"' for words in wording.words)
    return f"{words} ({', '.join(wording.values)})" if wording.values else words


# --- From what is read --------------------------------------------------------------------------


def _read_differences(
    codebook: Codebook, first: _Read, second: _Read
) -> Iterator[tuple[Difference, Proposal]]:
    """Yield the fields for which two versions are read with other values, each with a place.

    A value counts as the same in both if it is quoted from both. Where values of a field are
    quoted from the second version, any other value that is read there is a doubt about that coding.
    """
    read, second_read = _by_value(codebook, first), _by_value(codebook, second)
    quoted, second_quoted = _quoted_values(codebook, first), _quoted_values(codebook, second)
    coded = expanded_values(codebook, first.provision)
    for field in dict.fromkeys((*read, *second_read)):
        values = {
            value: proposal
            for value, proposal in read.get(field, {}).items()
            if value not in second_read.get(field, {})
            and value not in second_quoted.get(field, set())
            and value in coded.get(field, set())
        }
        second_values = {
            value: proposal
            for value, proposal in second_read.get(field, {}).items()
            if value not in read.get(field, {})
            and value not in quoted.get(field, set())
            and not second_quoted.get(field)
        }
        if values or second_values:
            place = next(iter((second_values or values).values()))
            wordings = _wording(first, values), _wording(second, second_values)
            yield Difference("", field, *wordings), place


def _by_value(codebook: Codebook, version: _Read) -> _Proposals:
    proposals: _Proposals = {}
    for proposal in version.suggestion.proposals:
        words = version.suggestion.words(proposal.start, proposal.end)
        if not is_settled(version.provision, words):
            values = proposals.setdefault(proposal.field, {})
            for value in values_stood_for(codebook, proposal.field, {proposal.value}):
                values.setdefault(value, proposal)
    return proposals


def _quoted_values(codebook: Codebook, version: _Read) -> Mapping[str, set[str]]:
    """Return the values that are quoted from a version itself, by field."""
    by_field: dict[str, set[str]] = defaultdict(set)
    for _, field, coded in version.provision.coded_values:
        if coded.evidence and not coded.language:
            by_field[field] |= values_stood_for(codebook, field, {coded.value})
    return by_field


def _wording(version: _Read, values: Mapping[str, Proposal]) -> VersionWording:
    words = (version.suggestion.words(proposal.start, proposal.end) for proposal in values.values())
    return VersionWording(
        version.provision.text.language, tuple(dict.fromkeys(words)), tuple(sorted(values))
    )


def _reading_problem(
    difference: Difference,
    place: Proposal,
    versions: tuple[_Read, _Read],
    read_source: Callable[[], YamlFile],
) -> Problem:
    first, second = versions
    version = second if difference.second.words else first
    locator = TextLocator(read_source, version.pointer, version.suggestion)
    languages = ": ..., ".join(each.provision.text.language for each in versions)
    return locator.problem(
        place.start,
        Code.VERSIONS_DIFFER,
        f"as `suggest` reads them, {_message(difference)}",
        _HINT.format(languages=languages),
    )
