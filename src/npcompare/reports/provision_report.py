"""The report of `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.document import (
    Cell,
    Document,
    Notes,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
)
from npcompare.law.citations import cited
from npcompare.messages import deferred, enumerated, in_quotation_marks, message, spoken
from npcompare.model.codebook import note_on_persons
from npcompare.model.provision import Basis, NoteKind
from npcompare.reports.basis_words import basis_label
from npcompare.reports.cells import finished, place, quotation, with_place
from npcompare.reports.doubts import note_with_doubt
from npcompare.reports.fuller_rows import fuller_rows
from npcompare.reports.long_texts import with_texts_apart
from npcompare.reports.proposed_coding import AS_READ, marks_of
from npcompare.reports.provision_notes import confidence_label, dated_note
from npcompare.reports.version_facts import version_facts
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Citation, Provision, Text
    from npcompare.reports.records import Output


def details(corpus: Corpus, provisions: Sequence[Provision]) -> Document:
    """Return everything known of provisions: what they are, their words, their coding."""
    document = finished(
        corpus,
        enumerated([provision.label for provision in provisions]),
        lambda: _details(corpus, provisions),
        lambda: _flat_coding(corpus, provisions),
        lambda: _output(corpus, provisions),
    )
    return with_texts_apart(document)


def _output(corpus: Corpus, provisions: Sequence[Provision]) -> Output:
    from npcompare.reports.provision_records import show_output

    return show_output(corpus, provisions)


def _details(corpus: Corpus, provisions: Iterable[Provision]) -> Iterator[Table]:
    for provision in provisions:
        yield from (_card(corpus, provision), _coding(corpus, provision))


def _flat_coding(corpus: Corpus, provisions: Iterable[Provision]) -> Table:
    """Return a row for each coded value of provisions."""
    values = (
        [provision.id, *_flat_value(value)]
        for provision in provisions
        for value in _values(corpus, provision)
    )
    return flat_table("Coding", "id limb field value basis evidence[|] source note doubt", values)


_NOT_SPECIFIED = deferred("Not specified by the source")
_NOT_KNOWN = deferred("Not known")


def _card(corpus: Corpus, provision: Provision) -> Table:
    return Table(
        provision.label,
        columns(what="Detail", value="As coded"),
        tuple((cell(message(name)), content) for name, content in facts(corpus, provision)),
        subject=provision.label,
        sheet=message("Provisions"),
    )


def facts(corpus: Corpus, provision: Provision) -> list[tuple[str, Cell]]:
    """Return what is known of a provision apart from its coding, each detail with its heading.

    The headings are in English, so that details can be selected by them.
    """
    book, text = corpus.codebook, provision.text
    notes = [no_break(text.note)] * bool(text.note)
    notes += _notes(corpus, provision, NoteKind.READING)
    details = [
        (deferred("Id"), cell(_ids(provision), Tone.STRONG)),
        (deferred("Jurisdiction"), cell(_jurisdiction(book, provision))),
        (deferred("Instrument"), cell(_instrument(book, provision))),
        (deferred("Provision"), cell(no_break(provision.pinpoint) or message(_NOT_SPECIFIED))),
        (deferred("Form"), cell(book.label("form", provision.form) or message(_NOT_KNOWN))),
        (deferred("Effect"), cell(_effect(book, provision))),
        (deferred("Text"), _text(text)),
        (deferred("Text status"), cell(_status(book, provision))),
        *version_facts(corpus, provision),
        (deferred("Source of the text"), cell(cited(corpus, text.source))),
        (deferred("Identifiers"), cell(_pairs(provision.identifiers))),
        (deferred("Dates"), cell(_dates(provision.dates))),
        (deferred("Version of"), cell(provision.version_of)),
        (deferred("Replaces"), cell(_succession(corpus, provision))),
        (deferred("Fuller"), cell(fuller_rows(corpus, provision))),
        (deferred("Interpreted by"), cell("\n".join(_decisions(corpus, provision)))),
        (deferred("Confidence"), cell(confidence_label(provision.confidence))),
        (deferred("Caveats"), cell("\n".join(_notes(corpus, provision, NoteKind.CAVEAT)))),
        (
            deferred("Earlier or later law"),
            cell("\n".join(_notes(corpus, provision, NoteKind.HISTORY))),
        ),
        (deferred("Notes"), cell("\n".join(notes))),
        (
            deferred("Sources"),
            cell("\n".join(cited(corpus, source) for source in provision.sources)),
        ),
    ]
    return [(name, content) for name, content in details if content.runs]


def _text(text: Text) -> Cell:
    words = _quoted(text, text.body.strip()) or message("Not available")
    return Cell((Run(words, Tone.QUOTE, (), text.language if text.authority else ""),))


def _ids(provision: Provision) -> str:
    """Return the id of a provision and its aliases."""
    words = provision.id
    for alias in provision.aliases:
        words = message("{id}, also {alias}", id=words, alias=alias)
    return words


def _jurisdiction(book: Codebook, provision: Provision) -> str:
    jurisdiction = provision.jurisdiction
    kind = book.label("jurisdiction_kind", jurisdiction.kind)
    if not kind:
        return message(_NOT_KNOWN)
    detail = enumerated(list(filter(None, (kind, jurisdiction.code))))
    return message("{name} ({detail})", name=jurisdiction.name, detail=detail)


def _status(book: Codebook, provision: Provision) -> str:
    """Return how much of the text is available, with the definition of its status."""
    if provision.is_proposed:
        return message("{words}.", words=message(AS_READ))
    text = provision.text
    status = book.vocabulary["text_status"][text.status]
    words = {"label": status.label, "definition": status.definition}
    if text.status == "not_held":
        return message("{label}. {definition}", **words)
    if text.complete:
        return message("{label}, full text. {definition}", **words)
    return message("{label}, not the full text. {definition}", **words)


def numbered(number: str) -> str:
    """Return the number of an instrument, with "No." before a figure."""
    return message("No. {number}", number=number) if number.isdecimal() else number


def _pairs(details: Mapping[str, str]) -> str:
    return "\n".join(
        message("{heading}: {words}", heading=name, words=value) for name, value in details.items()
    )


def _dates(dates: Mapping[str, str]) -> str:
    """Return dates with what they are, in the words of files in English."""
    return _pairs({message(_DATES[name]): date for name, date in dates.items()})


#: The names of dates as files have them.
_DATES = {
    "enacted": deferred("enacted"),
    "in_force_from": deferred("in_force_from"),
    "in_force_to": deferred("in_force_to"),
}


def _succession(corpus: Corpus, provision: Provision) -> str:
    succession = provision.succeeds
    if succession is None:
        return ""
    return message(
        "{heading}: {words}",
        heading=succession.id,
        words=with_place(corpus, succession.because, succession.source),
    )


def _effect(book: Codebook, provision: Provision) -> str:
    """Return the effect of a provision with its definition."""
    effect = book.effect(provision)
    term = book.vocabulary["effect"].get(effect)
    if not term:
        return message(_NOT_KNOWN)
    return message(
        "{label}. {definition}", label=term.label.capitalize(), definition=term.definition
    )


def _decisions(corpus: Corpus, provision: Provision) -> list[str]:
    """Return the decisions that change how a provision is read, each with what was held."""
    return [
        message(
            "{heading}: {words}",
            heading=enumerated(
                [decision.case, *([spoken(decision.date)] if decision.date else [])]
            ),
            words=with_place(corpus, no_break(decision.note), decision.source),
        )
        for decision in provision.interpreted_by
    ]


def _notes(corpus: Corpus, provision: Provision, kind: NoteKind) -> list[str]:
    """Return the notes of one kind on a provision, each with its date, source and confidence."""
    notes = []
    for note in (note for note in provision.notes if note.kind is kind):
        words = no_break(note.text)
        if note.source:
            words = message("{name} ({detail})", name=words, detail=cited(corpus, note.source))
        notes.append(dated_note(note, words))
    return notes


def _quoted(text: Text, words: str) -> str:
    """Return words of a text in quotation marks, with its misprints marked."""
    return in_quotation_marks(text.with_sic(words)) if words else ""


def _instrument(book: Codebook, provision: Provision) -> str:
    instrument = provision.instrument
    if not instrument.title:
        return message(_NOT_SPECIFIED)
    parts = [book.label("instrument_kind", instrument.kind).lower()]
    parts += [no_break(numbered(instrument.number))] if instrument.number else []
    parts += [instrument.year] if instrument.year else []
    return message("{name} ({detail})", name=instrument.title, detail=enumerated(parts))


def _coding(corpus: Corpus, provision: Provision) -> Table:
    notes = Notes()
    body = []
    for value in _values(corpus, provision):
        words = [
            run
            for quoted in value.evidence
            for run in (*quotation(provision.text, quoted, value.language), Run(" "))
        ]
        note = note_with_doubt(value.note, value.doubt)
        marks = [notes.mark(note)] if note else []
        body.append(
            (
                cell(value.limb),
                cell(value.field),
                cell(value.value, marks=[*marks, *marks_of(provision)]),
                cell(basis_label(value.basis)),
                Cell((*words, Run(place(corpus, value.source)))),
            )
        )
    headings = columns(limb="Limb", field="Field", value="Value", basis="Basis", words="Based on")
    return Table(
        message("{provision}: coding", provision=provision.label),
        headings,
        tuple(body),
        notes=notes.listed(),
        subject=provision.label,
        sheet=message("Coding"),
    )


class _Value(NamedTuple):
    """A coded value with its limb and field, and the proof of it."""

    limb: str
    field: str
    value: str
    basis: Basis
    evidence: tuple[str, ...]
    source: Citation | None
    note: str
    #: What the words could also mean.
    doubt: str = ""
    #: The language of the words, if they are those of another version.
    language: str = ""


def _values(corpus: Corpus, provision: Provision) -> Iterator[_Value]:
    """Yield each coded value of a provision, then the classes that sources report."""
    for limb, field, coded in provision.coded_values:
        yield _Value(
            limb,
            field,
            coded.value,
            coded.basis,
            coded.evidence,
            coded.source,
            coded.note,
            coded.doubt.note if coded.doubt else "",
            coded.language,
        )
    book = corpus.codebook
    for reported in provision.reported:
        note = note_on_persons(book, reported.persons, reported.note)
        for word in reported.values:
            yield _Value("", reported.dimension, word, Basis.REPORTED, (), reported.source, note)


def _flat_value(value: _Value) -> list[str]:
    return [
        value.limb,
        value.field,
        value.value,
        str(value.basis),
        " | ".join(value.evidence),
        str(value.source or ""),
        value.note,
        value.doubt,
    ]
