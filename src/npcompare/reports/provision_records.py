"""The records of `list` and `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

from msgspec import UNSET, Meta, UnsetType, field

from npcompare.model.provision import Basis, NoteKind
from npcompare.reports.law_of_the_day import in_force_word
from npcompare.reports.records import (
    TOOL,
    CitationRecord,
    Confidence,
    CorpusOutput,
    Effect,
    InForce,
    Record,
    citation_record,
    corpus_record,
    present,
    stream,
    urn,
)
from npcompare.reports.version_records import (
    ReportedWordingRecord,
    SettledRecord,
    TextVersionRecord,
    VersionDifferenceRecord,
    reported_wordings,
    settled_words,
    text_versions,
    version_differences,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import (
        Coded,
        Doubt,
        Interpretation,
        Limb,
        Note,
        Provision,
        Reported,
        Succession,
        Text,
    )

Match = Literal["yes", "as far as is known"]


class ListedRecord(Record, frozen=True, kw_only=True):
    """A provision of the list."""

    match: Match | UnsetType = UNSET
    id: str
    aliases: list[str]
    jurisdiction: str
    code: str | None
    instrument: str | None
    pinpoint: str | None
    form: str | None
    effect: Effect
    text_status: str
    complete: bool
    dates: dict[str, str] | UnsetType = UNSET
    version_of: str | UnsetType = UNSET
    in_force: InForce | UnsetType = UNSET
    text_languages: Annotated[
        list[str] | UnsetType,
        Meta(description="The languages of a text that is available in several."),
    ] = UNSET


class ListOutput(CorpusOutput, frozen=True, kw_only=True, tag=urn("list")):
    """The output of `list`; `open` lists the ids for which the answer is unknown."""

    conditions: list[str] | UnsetType = field(name="where", default=UNSET)
    unknown_ids: list[str] | UnsetType = field(name="open", default=UNSET)
    provisions: list[ListedRecord]


def list_output(
    corpus: Corpus,
    provisions: Sequence[Provision],
    matches: Mapping[str, str],
    conditions: list[str] | UnsetType = UNSET,
    unknown_ids: list[str] | UnsetType = UNSET,
) -> ListOutput:
    """Return the output of `list`; `matches` gives for each id how it meets the conditions."""
    return ListOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        conditions=conditions,
        unknown_ids=unknown_ids,
        provisions=stream(
            lambda: (
                _listed(corpus, provision, cast("Match | None", matches.get(provision.id)))
                for provision in provisions
            )
        ),
    )


def _listed(corpus: Corpus, provision: Provision, match: Match | None) -> ListedRecord:
    return ListedRecord(
        match=present(match),
        id=provision.id,
        aliases=list(provision.aliases),
        jurisdiction=provision.jurisdiction.name,
        code=provision.jurisdiction.code or None,
        instrument=provision.instrument.title or None,
        pinpoint=provision.pinpoint or None,
        form=provision.form or None,
        effect=corpus.codebook.effect(provision),
        text_status=provision.text.status,
        complete=provision.text.complete,
        dates=present(dict(provision.dates)),
        version_of=present(provision.version_of),
        in_force=in_force_word(corpus, provision),
        text_languages=present([each.text.language for each in provision.language_versions]),
    )


# --- One provision in full ---------------------------------------------------------------------


class JurisdictionRecord(Record, frozen=True):
    """A jurisdiction; the code is that of ISO 3166."""

    name: str
    code: str | None
    kind: str


class InstrumentRecord(Record, frozen=True):
    """The instrument that the provision is part of."""

    title: str | None
    kind: str | None
    number: str | UnsetType = UNSET
    year: str | UnsetType = UNSET
    languages: list[str] | UnsetType = UNSET


class FullTextRecord(Record, frozen=True):
    """The text of the provision as far as it is available."""

    status: str
    complete: bool
    language: str | None
    body: str | None
    source: CitationRecord | None
    note: str | UnsetType = UNSET
    authority: Annotated[
        str | UnsetType,
        Meta(description="The status of the version, if the text is in several languages."),
    ] = UNSET


class DoubtRecord(Record, frozen=True):
    """What words could also mean: the values by field, if these can be coded."""

    note: str
    values: dict[str, list[str]] | UnsetType = UNSET


class CodedRecord(Record, frozen=True):
    """A coded value with its proof."""

    value: str
    basis: Basis
    evidence: list[str]
    source: CitationRecord | None
    note: str | UnsetType = UNSET
    confidence: Confidence | UnsetType = UNSET
    doubtful: DoubtRecord | UnsetType = UNSET
    language: Annotated[
        str | UnsetType,
        Meta(description="The language of the words, if they are of another version."),
    ] = UNSET


class CodedLimbRecord(Record, frozen=True):
    """A limb with its coded values by field."""

    id: str
    coded: dict[str, list[CodedRecord]]
    note: str | UnsetType = UNSET
    is_open: Annotated[
        bool | UnsetType,
        Meta(description="True if the offences listed are only examples; otherwise absent."),
    ] = field(name="open", default=UNSET)


class ReportedRecord(Record, frozen=True, kw_only=True):
    """A class that a source reports without quoting the law."""

    dimension: str
    values: list[str]
    persons: list[str] | UnsetType = UNSET
    source: CitationRecord | None
    note: str | UnsetType = UNSET
    confidence: Confidence | UnsetType = UNSET
    is_open: Annotated[
        bool | UnsetType,
        Meta(description="True if there may be more classes than these; otherwise absent."),
    ] = field(name="open", default=UNSET)


class NoteRecord(Record, frozen=True, kw_only=True):
    """A note on the provision as a whole."""

    kind: NoteKind
    note: str
    date: str | UnsetType = UNSET
    source: CitationRecord | UnsetType = UNSET
    confidence: Confidence | UnsetType = UNSET


class SuccessionRecord(Record, frozen=True):
    """The provision that this one replaced."""

    id: str
    because: str
    source: CitationRecord | UnsetType = UNSET


class InterpretationRecord(Record, frozen=True):
    """A decision of a court that changes how the provision is read."""

    case: str
    date: str | None
    note: str
    source: CitationRecord | None


class ShownRecord(Record, frozen=True, kw_only=True):
    """All that is known of a provision."""

    id: str
    aliases: list[str]
    jurisdiction: JurisdictionRecord
    instrument: InstrumentRecord
    pinpoint: str | None
    form: str | None
    effect: Effect
    identifiers: dict[str, str] | UnsetType = UNSET
    dates: dict[str, str] | UnsetType = UNSET
    text: FullTextRecord
    limbs: list[CodedLimbRecord]
    coded: dict[str, list[CodedRecord]] | UnsetType = UNSET
    reported: list[ReportedRecord] | UnsetType = UNSET
    sources: list[CitationRecord]
    notes: list[NoteRecord] | UnsetType = UNSET
    confidence: Confidence | UnsetType = UNSET
    version_of: str | UnsetType = UNSET
    succeeds: SuccessionRecord | UnsetType = UNSET
    settled: list[SettledRecord] | UnsetType = UNSET
    fuller: list[str] | UnsetType = UNSET
    interpreted_by: list[InterpretationRecord] | UnsetType = UNSET
    text_versions: list[TextVersionRecord] | UnsetType = UNSET
    reported_wordings: list[ReportedWordingRecord] | UnsetType = UNSET
    version_differences: list[VersionDifferenceRecord] | UnsetType = UNSET


class ShowOutput(CorpusOutput, frozen=True, tag=urn("show")):
    """The output of `show`."""

    provisions: list[ShownRecord]


def show_output(corpus: Corpus, provisions: Iterable[Provision]) -> ShowOutput:
    """Return the output of `show`."""
    return ShowOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        provisions=stream(lambda: (_shown(corpus, provision) for provision in provisions)),
    )


def _shown(corpus: Corpus, provision: Provision) -> ShownRecord:
    jurisdiction, instrument = provision.jurisdiction, provision.instrument
    return ShownRecord(
        id=provision.id,
        aliases=list(provision.aliases),
        jurisdiction=JurisdictionRecord(
            name=jurisdiction.name, code=jurisdiction.code or None, kind=jurisdiction.kind
        ),
        instrument=InstrumentRecord(
            title=instrument.title or None,
            kind=instrument.kind or None,
            number=present(instrument.number),
            year=present(instrument.year),
            languages=present(list(instrument.languages)),
        ),
        pinpoint=provision.pinpoint or None,
        form=provision.form or None,
        effect=corpus.codebook.effect(provision),
        identifiers=present(dict(provision.identifiers)),
        dates=present(dict(provision.dates)),
        text=_text(corpus, provision.text),
        limbs=[_limb(corpus, limb) for limb in provision.limbs],
        coded=present(_fields(corpus, provision.coded)),
        reported=present([_reported(corpus, reported) for reported in provision.reported]),
        sources=_citations(corpus, provision),
        notes=present([_note(corpus, note) for note in provision.notes]),
        confidence=present(provision.confidence),
        version_of=present(provision.version_of),
        succeeds=_succession(corpus, provision.succeeds) if provision.succeeds else UNSET,
        settled=present(settled_words(provision)),
        fuller=present(list(provision.fuller)),
        interpreted_by=present(
            [_interpretation(corpus, decision) for decision in provision.interpreted_by]
        ),
        text_versions=present(text_versions(corpus, provision)),
        reported_wordings=present(reported_wordings(corpus, provision)),
        version_differences=present(version_differences(corpus, provision)),
    )


def _citations(corpus: Corpus, provision: Provision) -> list[CitationRecord]:
    records = (citation_record(corpus, source) for source in provision.sources)
    return [record for record in records if record]


def _text(corpus: Corpus, text: Text) -> FullTextRecord:
    return FullTextRecord(
        status=text.status,
        complete=text.complete,
        language=text.language or None,
        body=text.body or None,
        source=citation_record(corpus, text.source),
        note=present(text.note),
        authority=present(text.authority),
    )


def _limb(corpus: Corpus, limb: Limb) -> CodedLimbRecord:
    return CodedLimbRecord(
        id=limb.id,
        coded=_fields(corpus, limb.coded),
        note=present(limb.note),
        is_open=present(limb.is_open),
    )


def _fields(corpus: Corpus, coded: Mapping[str, tuple[Coded, ...]]) -> dict[str, list[CodedRecord]]:
    return {name: [_coded(corpus, value) for value in values] for name, values in coded.items()}


def _coded(corpus: Corpus, coded: Coded) -> CodedRecord:
    return CodedRecord(
        value=coded.value,
        basis=coded.basis,
        evidence=list(coded.evidence),
        source=citation_record(corpus, coded.source),
        note=present(coded.note),
        confidence=present(coded.confidence),
        doubtful=_doubt(coded.doubt) if coded.doubt else UNSET,
        language=present(coded.language),
    )


def _doubt(doubt: Doubt) -> DoubtRecord:
    values = {field: list(words) for field, words in doubt.values.items()}
    return DoubtRecord(values=present(values), note=doubt.note)


def _reported(corpus: Corpus, reported: Reported) -> ReportedRecord:
    return ReportedRecord(
        dimension=reported.dimension,
        values=list(reported.values),
        persons=present(list(reported.persons)),
        source=citation_record(corpus, reported.source),
        note=present(reported.note),
        confidence=present(reported.confidence),
        is_open=present(reported.is_open),
    )


def _note(corpus: Corpus, note: Note) -> NoteRecord:
    return NoteRecord(
        kind=note.kind,
        note=note.text,
        date=present(note.date),
        source=present(citation_record(corpus, note.source)),
        confidence=present(note.confidence),
    )


def _interpretation(corpus: Corpus, decision: Interpretation) -> InterpretationRecord:
    return InterpretationRecord(
        case=decision.case,
        date=decision.date or None,
        note=decision.note,
        source=citation_record(corpus, decision.source),
    )


def _succession(corpus: Corpus, succession: Succession) -> SuccessionRecord:
    return SuccessionRecord(
        id=succession.id,
        because=succession.because,
        source=present(citation_record(corpus, succession.source)),
    )
