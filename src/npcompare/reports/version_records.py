"""The records of texts in several languages: their versions, and where these differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from npcompare.model.version_differences import differences
from npcompare.reports.records import (
    CitationRecord,
    Confidence,
    Record,
    citation_record,
    present,
)

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision, ReportedWording, Text
    from npcompare.model.version_differences import Difference, VersionWording


class TextVersionRecord(Record, frozen=True):
    """A version of the text in one language; its status is that of the file."""

    language: str
    status: str
    complete: bool
    body: str
    source: CitationRecord | None
    note: str | UnsetType = UNSET


class ReportedWordingRecord(Record, frozen=True):
    """Words of a version that a source reports and of which the text was not available."""

    language: str
    limb: str
    field: str
    words: str
    source: CitationRecord | None
    value: str | UnsetType = UNSET
    lacks: str | UnsetType = UNSET
    note: str | UnsetType = UNSET
    confidence: Confidence | UnsetType = UNSET


class VersionWordingRecord(Record, frozen=True):
    """The words of one version, and the values coded for them."""

    language: str
    words: list[str]
    values: list[str]


class VersionDifferenceRecord(Record, frozen=True):
    """Two versions with different elements; without a field, one of them lacks the limb."""

    limb: str | None
    field: str | None
    first: VersionWordingRecord
    second: VersionWordingRecord
    #: The words of the second version as a source reports them, if its text is not available.
    reported: ReportedWordingRecord | UnsetType = UNSET


class SettledRecord(Record, frozen=True):
    """Words that need no coding, and why; the language is absent for the first version."""

    words: str
    note: str
    language: str | UnsetType = UNSET


def settled_words(provision: Provision) -> list[SettledRecord]:
    """Return the records of the words that need no coding."""
    return [
        SettledRecord(settled.words, settled.note, present(settled.language))
        for settled in provision.settled
    ]


def text_versions(corpus: Corpus, provision: Provision) -> list[TextVersionRecord]:
    """Return the records of the versions of a text; none if there is only one text."""
    return [_text_version(corpus, version.text) for version in provision.language_versions]


def _text_version(corpus: Corpus, text: Text) -> TextVersionRecord:
    return TextVersionRecord(
        language=text.language,
        status=text.authority,
        complete=text.complete,
        body=text.body,
        source=citation_record(corpus, text.source),
        note=present(text.note),
    )


def reported_wordings(corpus: Corpus, provision: Provision) -> list[ReportedWordingRecord]:
    """Return the records of the words of versions that are not available."""
    return [_reported(corpus, wording) for wording in provision.reported_wordings]


def _reported(corpus: Corpus, wording: ReportedWording) -> ReportedWordingRecord:
    return ReportedWordingRecord(
        language=wording.language,
        limb=wording.limb,
        field=wording.field,
        words=wording.words,
        source=citation_record(corpus, wording.source),
        value=present(wording.value),
        lacks=present(wording.lacks),
        note=present(wording.note),
        confidence=present(wording.confidence),
    )


def version_differences(corpus: Corpus, provision: Provision) -> list[VersionDifferenceRecord]:
    """Return the records of the differences between the versions of a provision."""
    return [_difference(corpus, difference) for difference in differences(provision)]


def _difference(corpus: Corpus, difference: Difference) -> VersionDifferenceRecord:
    return VersionDifferenceRecord(
        limb=difference.limb or None,
        field=difference.field or None,
        first=_wording(difference.first),
        second=_wording(difference.second),
        reported=_reported(corpus, difference.report) if difference.report else UNSET,
    )


def _wording(wording: VersionWording) -> VersionWordingRecord:
    return VersionWordingRecord(wording.language, list(wording.words), list(wording.values))
