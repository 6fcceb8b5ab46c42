"""What is held, to documents: lists, single provisions, the codebook, and findings."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare import records, schema
from npcompare.model import Basis
from npcompare.quotation import places
from npcompare.source import fold
from npcompare.table import (
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
from npcompare.views.cells import finished, labels, place, with_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.codebook import Codebook, Dimension, Term
    from npcompare.corpus import Corpus
    from npcompare.errors import Problem
    from npcompare.model import Citation, Provision


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
    data = records.listing(corpus, provisions, matches or {}, **asked)
    return finished(corpus, table.title, [table], table, data)


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
    return finished(corpus, title, tables, plain, records.details(corpus, provisions))


def evidence(corpus: Corpus, provisions: Sequence[Provision]) -> Document:
    """Return the words of provisions with each coded phrase marked, and what it is coded as."""
    tables = []
    flat = []
    for one in provisions:
        tables += [_marked(one), _phrases(one)]
        flat += [
            [one.id, mark, str(start), str(end), phrase, coding]
            for mark, start, end, phrase, codings in _spans(one)
            for coding in codings
        ]
    plain = flat_table("Evidence", "id mark start end words coding", flat)
    title = ", ".join(one.label for one in provisions)
    return finished(corpus, title, tables, plain, records.details(corpus, provisions))


def _spans(one: Provision) -> list[tuple[str, int, int, str, list[str]]]:
    """Return each coded phrase: its mark, where it stands in the folded body, and its codings.

    Phrases come in the order of the body, the longer first where two begin together.
    """
    body = fold(one.text.body)
    coded: dict[tuple[int, int], list[str]] = {}
    parts = [(f"limb {limb.id}, ", limb.coded) for limb in one.limbs] + [("", one.coded)]
    for limb, fields in parts:
        for field, values in fields.items():
            for each in values:
                for words in each.evidence:
                    start = places(body, words)[0]
                    found = coded.setdefault((start, start + len(words)), [])
                    found.append(f"{limb}{field}: {each.value}")
    ordered = sorted(coded, key=lambda span: (span[0], -span[1]))
    notes = Notes()
    return [(notes.mark(str(span)), *span, body[slice(*span)], coded[span]) for span in ordered]


def _marked(one: Provision) -> Table:
    """Return the words, each coded phrase in brackets that bear its letter.

    Phrases may lie within one another or overlap, so both brackets bear it.
    """
    heads = columns(text="Words, with each coded phrase between a[ and ]a, b[ and ]b ...")
    body = fold(one.text.body)
    if not body:
        return Table(one.label, heads, ((cell("no text is held", Tone.UNKNOWN),),))
    spans = _spans(one)
    opening = {at: [span for span in spans if span[1] == at] for _, at, *_ in spans}
    closing = {at: [span for span in spans if span[2] == at] for _, _, at, *_ in spans}
    runs: list[Run] = []
    cuts = sorted({0, len(body), *opening, *closing})
    for start, end in pairwise([*cuts, len(body)]):
        for mark, *_ in reversed(closing.get(start, [])):
            runs.append(Run(f"]{mark}", Tone.STRONG))
        runs += [Run(f"{mark}[", Tone.STRONG) for mark, *_ in opening.get(start, [])]
        if start < end:
            inside = any(left <= start and end <= right for _, left, right, *_ in spans)
            runs.append(Run(body[start:end], Tone.QUOTE if inside else Tone.PLAIN))
    return Table(one.label, heads, ((Cell(tuple(runs)),),))


def _phrases(one: Provision) -> Table:
    body = tuple(
        (cell(mark, Tone.STRONG), cell(f"“{phrase}”", Tone.QUOTE), cell("\n".join(codings)))
        for mark, _, _, phrase, codings in _spans(one)
    )
    heads = columns(mark="Mark", words="Words", coding="Coded as")
    return Table(f"{one.label}: coded phrases", heads, body)


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
        ("From", cell(records.cited(corpus, text.source))),
        ("Identifiers", cell("\n".join(f"{k}: {v}" for k, v in one.identifiers.items()))),
        ("Dates", cell("\n".join(f"{k}: {v}" for k, v in one.dates.items()))),
        ("Version of", cell(one.version_of)),
        ("Succeeds", cell(_succession(corpus, one))),
        ("Confidence", cell(one.confidence)),
        ("Notes", cell("\n".join([text.note] * bool(text.note) + _notes(corpus, one)))),
        ("Sources", cell("\n".join(records.cited(corpus, each) for each in one.sources))),
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
        source = f" ({records.cited(corpus, note.source)})" if note.source else ""
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
        who = labels(book, "persons", reported.persons)
        note = " ".join(part for part in (f"Said of {who}." if who else "", reported.note) if part)
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


def codebook(corpus: Corpus, wanted: Sequence[Dimension]) -> Document:
    """Return the dimensions with their classes, orders and rules, and the other words."""
    book = corpus.codebook
    tables = []
    flat = []
    for dimension in wanted:
        tables.append(_dimension(corpus, dimension))
        rules = book.rules_of(dimension.id)
        if rules:
            tables.append(_rules(corpus, dimension))
        flat += [_flat_term(corpus, dimension.id, term) for term in dimension.classes.values()]
    shown = {one.field for one in wanted}
    for name, terms in book.vocabulary.items():
        is_scope_word = name == "category" and any(one.scale.universe for one in wanted)
        if is_scope_word or (len(wanted) == len(book.dimensions) and name not in shown):
            title = f"Words for {name.replace('_', ' ')}"
            tables.append(_terms(corpus, title, terms.values()))
            flat += [_flat_term(corpus, name, term) for term in terms.values()]
    plain = flat_table("Codebook", "list word label definition source", flat)
    title = f"Codebook {book.version}: {book.title}"
    return finished(corpus, title, tables, plain, records.dimensions(corpus, wanted))


def _terms(corpus: Corpus, title: str, terms: Iterable[Term], remarks: Sequence[str] = ()) -> Table:
    return Table(
        title,
        columns(word="Word", label="Label", definition="Definition", source="Source"),
        tuple(
            (
                cell(term.word, Tone.STRONG),
                cell(term.label),
                cell(term.definition),
                cell(place(corpus, term.source)),
            )
            for term in terms
        ),
        tuple(remarks),
    )


def _dimension(corpus: Corpus, one: Dimension) -> Table:
    remarks = [f"{one.question} ({place(corpus, one.source)})", f"Silence: {one.silence}"]
    for step in one.order:
        why = with_place(corpus, step.because, step.source)
        remarks.append(f"{step.wider} reaches further than {step.narrower}: {why}")
    return _terms(corpus, one.label, one.classes.values(), remarks)


def _rules(corpus: Corpus, one: Dimension) -> Table:
    return Table(
        f"{one.label}: rules",
        columns(rule="Rule", then="Class", when="When", because="Because"),
        tuple(
            (
                cell(rule.id, Tone.STRONG),
                cell(rule.then),
                cell(condition_words(rule.when)),
                cell(with_place(corpus, rule.because, rule.source)),
            )
            for rule in corpus.codebook.rules_of(one.id)
        ),
    )


def condition_words(when: Mapping[str, object]) -> str:
    """Return the condition of a rule as a sentence would put it."""
    ((operator, operand),) = when.items()
    if operator == "not" and isinstance(operand, dict):
        return f"not ({condition_words(operand)})"
    if isinstance(operand, list):
        join = " and " if operator == "all" else " or "
        return join.join(condition_words(part) for part in operand)
    assert isinstance(operand, dict)  # noqa: S101 - the codebook's schema says so
    ((field, words),) = operand.items()
    if operator == "equals":
        return f"{field} is {words}"
    return f"{field} has {' or '.join(words)}"


def _flat_term(corpus: Corpus, name: str, term: Term) -> list[str]:
    return [name, term.word, term.label, term.definition, records.cited(corpus, term.source)]


def problems(found: Sequence[Problem], checked: int) -> Document:
    """Return the findings about files, a row each."""
    values = [
        [one.path, str(one.line), str(one.column), str(one.code), one.message, one.hint]
        for one in found
    ]
    heads = columns(
        path="File", line="Line", column="Column", code="Code", message="Finding", hint="Hint"
    )
    table = Table("Findings", heads, rows(values))
    return Document("Findings", (table,), records.problems(found, checked), table)


def provision_schema(corpus: Corpus) -> Document:
    """Return the JSON Schema of a provision in the words of the corpus's codebook."""
    data = schema.provision_schema(corpus.codebook.vocabulary)
    table = Table(data["title"], columns(schema="Schema"), rows([[json.dumps(data, indent=2)]]))
    return Document(table.title, (table,), data, table)
