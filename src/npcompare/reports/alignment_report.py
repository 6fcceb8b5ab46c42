"""Texts set side by side, to documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.errors import NpcompareError
from npcompare.law.citations import cited
from npcompare.reports.cells import ITSELF, finished
from npcompare.reports.records import (
    TOOL,
    CitationRecord,
    CorpusOutput,
    Ordinal,
    ProvisionRecord,
    Record,
    citation_record,
    corpus_record,
    naming,
    urn,
)
from npcompare.wording.collation import Kind, collate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.wording.collation import Collation, Passage, Reading

_READING = (
    "Each row is one place of the base text and what the others have in it: read from top to "
    "bottom, each text is there word for word. Phrases stand in one row where the coding says that "
    "they speak to the same, and else where they share words; that they stand together says "
    "nothing of what they mean."
)
_SEE = '"See 6": what the text says on this stands elsewhere in it, in row 6.'
_DESCRIBED = "Described: these are a source's words about the law, not the law's own."
_MARKS = " (the same but for marks or capitals)"


class TextRecord(ProvisionRecord, frozen=True):
    """A provision, and how much of its text is available."""

    status: str
    complete: bool
    language: str | None
    source: CitationRecord | None


class ReadingRecord(Record, frozen=True):
    """Words in one place, and the provisions that have them there."""

    kind: Kind
    provisions: Annotated[list[str], Meta(min_length=1)]
    words: str


class PassageRecord(Record, frozen=True):
    """One place of the base text: its readings, and the rows with what stands elsewhere."""

    number: Ordinal
    fields: list[str]
    readings: Annotated[list[ReadingRecord], Meta(min_length=1)]
    elsewhere: dict[str, Annotated[list[Ordinal], Meta(min_length=1)]]


class AlignOutput(CorpusOutput, frozen=True, tag=urn("align")):
    """The output of `align`."""

    base: str
    texts: list[TextRecord]
    passages: list[PassageRecord]


def alignment(corpus: Corpus, base: Provision, others: Sequence[Provision]) -> Document:
    """Return the words of a base text phrase by phrase, and those of others in their places.

    Raises NpcompareError where there are no others, or no words of the base are held.
    """
    others = [one for one in others if one.id != base.id]
    if not others:
        raise NpcompareError("an alignment needs two provisions or more", "name them")
    if not base.text.body:
        raise NpcompareError(
            f"no words of {base.id} are held, so that nothing can be set beside them",
            "put another provision first, or name it as the --base",
        )
    found = collate(base, others)
    every = {one.id: one for one in (base, *sorted(others, key=lambda one: one.id))}
    title = f"The words of {base.label} beside those of others"
    tables = [_passages(corpus.codebook, found, every), _texts(corpus, every)]
    lines = [
        [str(number), " ".join(_fields(corpus.codebook, passage.all_fields)), *line]
        for number, passage in enumerate(found.passages, 1)
        for reading in found.readings(passage)
        for line in ([str(reading.kind), name, reading.words] for name in reading.names)
    ]
    plain = flat_table(title, "passage fields kind provision words", lines)
    return finished(corpus, title, tables, plain, _output(corpus, found, every))


def _fields(book: Codebook, fields: Iterable[str]) -> list[str]:
    """Return the names of coded fields in the order of the codebook, then of what it ranks not."""
    known = [book.scope.id if one == "offences" else one for one in fields]
    ranked = [name for name in book.dimensions if name in known]
    return ranked + sorted(set(known) - set(ranked))


def _passages(book: Codebook, found: Collation, every: Mapping[str, Provision]) -> Table:
    body = []
    for number, passage in enumerate(found.passages, 1):
        labels = [
            book.dimensions[one].label if one in book.dimensions else one.capitalize()
            for one in _fields(book, passage.all_fields)
        ]
        body.append(
            (
                cell(str(number)),
                cell("; ".join(labels)),
                _base_cell(found, passage, every),
                _others_cell(found, passage, every),
            )
        )
    base = every[found.base]
    heads = columns(
        passage="No.",
        fields="Speaks to",
        base=f"{_name(base)}: the base",
        others="The others",
    )
    lacking = [name for name, one in every.items() if not one.text.body]
    remarks = [_READING]
    sees = (
        _elsewhere(found, each, name)
        for each in found.passages
        for name in (found.base, *found.witnesses)
        if name not in each.words
    )
    remarks += [_SEE] if any(sees) else []
    remarks += [_DESCRIBED] if any(one.text.is_description for one in every.values()) else []
    remarks += [f"No words are held of: {', '.join(lacking)}."] if lacking else []
    title = f"The words of {base.label}, and of others in their places"
    return Table(title, heads, tuple(body), tuple(remarks), weights=(1, 3, 8, 12))


def _base_cell(found: Collation, passage: Passage, every: Mapping[str, Provision]) -> Cell:
    base = every[found.base]
    if found.base in passage.words:
        return Cell(quoted(passage.words[found.base], base))
    return Cell((_lacking(_elsewhere(found, passage, found.base) or _nothing(base)),))


def _others_cell(found: Collation, passage: Passage, every: Mapping[str, Provision]) -> Cell:
    lines = [_line(one, every) for one in found.readings(passage) if one.kind is not Kind.BASE]
    if found.base in passage.words:
        lines += _absent(found, passage, every)
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n")] * bool(runs)
        runs += line
    return Cell(tuple(runs))


def _line(reading: Reading, every: Mapping[str, Provision]) -> list[Run]:
    texts = [every[name] for name in reading.names]
    names = Run(", ".join(map(_name, texts)), Tone.STRONG)
    if reading.kind is Kind.SAME:
        return [names, Run(": the same", Tone.SAME)]
    # What one of them has in its own words may be quoted, whoever describes a law in the same.
    own = min(texts, key=lambda one: one.text.is_description)
    after = [Run(_MARKS)] if reading.kind is Kind.MARKS else []
    return [names, Run(": "), *quoted(reading.words, own), *after]


def _absent(
    found: Collation, passage: Passage, every: Mapping[str, Provision]
) -> Iterator[list[Run]]:
    """Yield lines for those that have nothing in this place: where they speak to it, if at all."""
    said: dict[str, list[str]] = {}
    for name in found.witnesses:
        if name not in passage.words:
            what = _elsewhere(found, passage, name) or _nothing(every[name])
            said.setdefault(what, []).append(_name(every[name]))
    for what in sorted(said, key=lambda one: one.startswith("nothing")):
        yield [Run(", ".join(said[what]), Tone.STRONG), Run(": "), _lacking(what)]


_NOTHING, _NOT_HELD = "nothing here", "nothing held here"


def _nothing(one: Provision) -> str:
    """Return that a text has nothing in a place, or that no more of it is held."""
    return _NOTHING if one.text.is_whole else _NOT_HELD


def _lacking(what: str) -> Run:
    return Run(what, Tone.UNKNOWN if what == _NOT_HELD else Tone.SILENT)


def _elsewhere(found: Collation, passage: Passage, name: str) -> str:
    numbers = found.elsewhere(passage, name)
    return f"see {', '.join(map(str, numbers))}" if numbers else ""


def quoted(words: str, one: Provision) -> tuple[Run, ...]:
    """Return words in their language; those of the law in quotation marks, descriptions without."""
    if one.text.is_description:
        return (Run(words, Tone.PLAIN, (), one.text.language),)
    return (Run(f"“{words}”", Tone.QUOTE, (), one.text.language),)


def _name(one: Provision) -> str:
    return f"{one.id} (described)" if one.text.is_description else one.id


def _texts(corpus: Corpus, every: Mapping[str, Provision]) -> Table:
    """Return what texts these are, and how far they are held."""
    book = corpus.codebook
    body = tuple(
        (
            cell(name, Tone.STRONG),
            cell(one.jurisdiction.name),
            cell(one.citation),
            cell(
                _held(book, one),
                Tone.PLAIN if one.text.body else Tone.UNKNOWN,
            ),
            cell(cited(corpus, one.text.source) or (ITSELF if one.text.body else "")),
        )
        for name, one in every.items()
    )
    heads = columns(
        id="Name",
        jurisdiction="Jurisdiction",
        citation="Instrument and place",
        text="Words held",
        source="From",
    )
    return Table("The texts", heads, body, weights=(3, 4, 7, 4, 4))


def _held(book: Codebook, one: Provision) -> str:
    status = book.label("text_status", one.text.status)
    if not one.text.body:
        return status
    return f"{status}, {'complete' if one.text.complete else 'not complete'}"


def _output(corpus: Corpus, found: Collation, every: Mapping[str, Provision]) -> AlignOutput:
    return AlignOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        base=found.base,
        texts=[TextRecord(**text_fields(corpus, provision)) for provision in every.values()],
        passages=[
            _passage_record(corpus, found, number, passage)
            for number, passage in enumerate(found.passages, 1)
        ],
    )


def _passage_record(
    corpus: Corpus, found: Collation, number: int, passage: Passage
) -> PassageRecord:
    return PassageRecord(
        number=number,
        fields=_fields(corpus.codebook, passage.all_fields),
        readings=[
            ReadingRecord(kind=reading.kind, provisions=list(reading.names), words=reading.words)
            for reading in found.readings(passage)
        ],
        elsewhere={
            name: list(numbers)
            for name in (found.base, *found.witnesses)
            if name not in passage.words and (numbers := found.elsewhere(passage, name))
        },
    )


def text_fields(corpus: Corpus, provision: Provision) -> dict[str, Any]:
    """Return the fields of a record of a provision's text."""
    return {
        **naming(provision),
        "status": provision.text.status,
        "complete": provision.text.complete,
        "language": provision.text.language or None,
        "source": citation_record(corpus, provision.text.source),
    }
