"""Provisions to documents: what there are, and all that is known of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.document import (
    Cell,
    Column,
    Document,
    Notes,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
    rows,
)
from npcompare.law.citations import cited
from npcompare.model.codebook import note_on_persons
from npcompare.model.provision import Basis
from npcompare.reports.cells import finished, place, with_place
from npcompare.reports.provision_records import list_output, show_output

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Citation, Provision


def listing(
    corpus: Corpus,
    provisions: Sequence[Provision],
    matches: Mapping[str, str] | None = None,
    remarks: Sequence[str] = (),
    **asked: Any,
) -> Document:
    """Return what provisions there are, a row each.

    `matches` says of each id how it meets the conditions that were asked.
    """
    heads = columns(
        id="Id",
        jurisdiction="Jurisdiction",
        citation="Instrument and place",
        form="Form",
        text="Text",
    )
    book = corpus.codebook
    body = [
        [
            one.id,
            one.jurisdiction.name,
            one.citation,
            book.label("form", one.form),
            book.label("text_status", one.text.status),
        ]
        for one in provisions
    ]
    if matches is not None:
        heads = (heads[0], Column("match", "Match"), *heads[1:])
        body = [[name, matches[name], *line] for name, *line in body]
    table = Table(f"{book.title}: provisions", heads, rows(body), tuple(remarks))
    output = list_output(corpus, provisions, matches or {}, **asked)
    return finished(corpus, table.title, [table], table, output)


def details(corpus: Corpus, provisions: Sequence[Provision]) -> Document:
    """Return all that is known of provisions: what they are, their words, their coding."""
    tables = []
    flat = []
    for one in provisions:
        tables += [_card(corpus, one), _coding(corpus, one)]
        flat += [[one.id, *_flat_line(line)] for line in _coded(corpus, one)]
    keys = "id limb field value basis evidence source note"
    plain = flat_table("Coding", keys, flat)
    title = ", ".join(one.label for one in provisions)
    return finished(corpus, title, tables, plain, show_output(corpus, provisions))


def _card(corpus: Corpus, one: Provision) -> Table:
    book, text = corpus.codebook, one.text
    completeness = "complete" if text.complete else "not complete"
    status = book.vocabulary["text_status"][text.status]
    held = "" if text.status == "not_held" else f", {completeness}"
    kind = book.label("jurisdiction_kind", one.jurisdiction.kind)
    code = f", {one.jurisdiction.code}" if one.jurisdiction.code else ""
    lines = [
        ("Id", cell(", also ".join([one.id, *one.aliases]), Tone.STRONG)),
        ("Jurisdiction", cell(f"{one.jurisdiction.name} ({kind}{code})")),
        ("Instrument", cell(_instrument(book, one))),
        ("Place", cell(one.pinpoint or "not named by the source")),
        ("Form", cell(book.label("form", one.form) or "not known")),
        ("Words", cell(f"“{text.body.strip()}”" if text.body else "not held", Tone.QUOTE)),
        ("Status", cell(f"{status.label}{held}. {status.definition}")),
        ("From", cell(cited(corpus, text.source))),
        ("Identifiers", cell("\n".join(f"{k}: {v}" for k, v in one.identifiers.items()))),
        ("Dates", cell("\n".join(f"{k}: {v}" for k, v in one.dates.items()))),
        ("Version of", cell(one.version_of)),
        ("Succeeds", cell(_succession(corpus, one))),
        ("Confidence", cell(one.confidence)),
        ("Notes", cell("\n".join([text.note] * bool(text.note) + _notes(corpus, one)))),
        ("Sources", cell("\n".join(cited(corpus, each) for each in one.sources))),
    ]
    return Table(
        one.label,
        columns(what="What", value="As coded"),
        tuple((cell(name), value) for name, value in lines if value.runs),
    )


def _succession(corpus: Corpus, one: Provision) -> str:
    if one.succeeds is None:
        return ""
    return f"{one.succeeds.id}: {with_place(corpus, one.succeeds.because, one.succeeds.source)}"


def _notes(corpus: Corpus, one: Provision) -> list[str]:
    """Return the notes on a provision, each with its date and what it rests on."""
    found = []
    for note in one.notes:
        dated = f"{note.date}: " if note.date else ""
        source = f" ({cited(corpus, note.source)})" if note.source else ""
        sure = f" Confidence: {note.confidence}." if note.confidence else ""
        found.append(f"{dated}{note.text}{source}{sure}")
    return found


def _instrument(book: Codebook, one: Provision) -> str:
    instrument = one.instrument
    if not instrument.title:
        return "not named by the source"
    parts = [book.label("instrument_kind", instrument.kind).lower()]
    parts += [f"No. {instrument.number}"] if instrument.number else []
    parts += [instrument.year] if instrument.year else []
    return f"{instrument.title} ({', '.join(parts)})"


def _coding(corpus: Corpus, one: Provision) -> Table:
    notes = Notes()
    body = []
    for line in _coded(corpus, one):
        words = [Run(f"“{each}” ", Tone.QUOTE) for each in line.evidence]
        body.append(
            (
                cell(line.limb),
                cell(line.field),
                cell(line.value, marks=[notes.mark(line.note)] if line.note else []),
                cell(line.basis),
                Cell((*words, Run(place(corpus, line.source)))),
            )
        )
    heads = columns(limb="Limb", field="Field", value="Value", basis="Basis", words="Rests on")
    return Table(f"{one.label}: coding", heads, tuple(body), notes=notes.listed())


class _Line(NamedTuple):
    """One coded value with where it stands and what it rests on."""

    limb: str
    field: str
    value: str
    basis: Basis
    evidence: tuple[str, ...]
    source: Citation | None
    note: str


def _coded(corpus: Corpus, one: Provision) -> Iterator[_Line]:
    """Yield each coded value of a provision, then what sources report of it."""
    parts = [(limb.id, limb.coded) for limb in one.limbs] + [("", one.coded)]
    for limb, coded in parts:
        for field, values in coded.items():
            for each in values:
                yield _Line(
                    limb, field, each.value, each.basis, each.evidence, each.source, each.note
                )
    book = corpus.codebook
    for reported in one.reported:
        note = note_on_persons(book, reported.persons, reported.note)
        for value in reported.values:
            yield _Line("", reported.dimension, value, Basis.REPORTED, (), reported.source, note)


def _flat_line(line: _Line) -> list[str]:
    words = " | ".join(line.evidence)
    return [
        line.limb,
        line.field,
        line.value,
        str(line.basis),
        words,
        str(line.source or ""),
        line.note,
    ]
