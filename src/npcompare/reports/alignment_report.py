"""The report of `align`: texts beside one another, phrase by phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, field

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.citations import cited
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.reports.cells import caveats, finished, own_source
from npcompare.reports.proposed_coding import AS_READ, MARK
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
from npcompare.wording.collation import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.wording.collation import Collation, Passage, Reading

_READING = (
    "Each row is one place in the base text, with the words of the other texts there; read from "
    "top to bottom, each text appears word for word. Phrases share a row if they are coded "
    "under the same field, or else if they have words in common. Sharing a row does not mean that "
    "they have the same meaning."
)
_SEE = "“See 6” means that the text addresses this point elsewhere, in row 6."
_DESCRIBED = "“Described” means that this is a source’s description, not the text of the law."
_MARKS = " (the same except for punctuation or capitals)"


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
    """One place of the base text: its readings, and for other texts the rows to see."""

    number: Ordinal
    fields: list[str]
    readings: Annotated[list[ReadingRecord], Meta(min_length=1)]
    other_rows: dict[str, Annotated[list[Ordinal], Meta(min_length=1)]] = field(name="elsewhere")


class AlignOutput(CorpusOutput, frozen=True, tag=urn("align")):
    """The output of `align`."""

    base: str
    texts: list[TextRecord]
    passages: list[PassageRecord]


def alignment(corpus: Corpus, collation: Collation, provisions: Sequence[Provision]) -> Document:
    """Return the words of a base text phrase by phrase, with those of other texts beside them.

    Args:
        corpus: The corpus.
        collation: The texts, aligned.
        provisions: The provisions, with those whose text is not available.
    """
    by_id = {provision.id: provision for provision in provisions}
    base = by_id.pop(collation.base)
    texts = {base.id: base} | {name: by_id[name] for name in sorted(by_id)}
    title = f"The text of {in_sentence(base.label)} beside other texts"
    tables = [_passages(corpus.codebook, collation, texts), _texts(corpus, texts)]
    values = [
        [
            *(str(number), "; ".join(_fields(corpus.codebook, passage.all_fields))),
            *(str(reading.kind), name, reading.words),
        ]
        for number, passage in enumerate(collation.passages, 1)
        for reading in collation.readings(passage)
        for name in reading.names
    ]
    flat = flat_table(title, "passage fields[] kind provision words", values)
    return finished(corpus, title, tables, flat, _output(corpus, collation, texts))


def _fields(book: Codebook, fields: Iterable[str]) -> list[str]:
    """Return coded fields in the order of the codebook, then those without a dimension."""
    names = {book.scope.id if field == "offences" else field for field in fields}
    dimensions = [name for name in book.dimensions if name in names]
    return dimensions + sorted(names - set(dimensions))


def _passages(book: Codebook, collation: Collation, texts: Mapping[str, Provision]) -> Table:
    body = []
    for number, passage in enumerate(collation.passages, 1):
        labels = [
            book.dimensions[name].label if name in book.dimensions else name.capitalize()
            for name in _fields(book, passage.all_fields)
        ]
        body.append(
            (
                cell(str(number)),
                cell("; ".join(labels), marks=_marks(passage, texts)),
                _base_cell(collation, passage, texts),
                _others_cell(collation, passage, texts),
            )
        )
    base = texts[collation.base]
    headings = columns(
        passage="No.",
        fields="Subject",
        base=f"{_name(base)}, base text",
        others="Other texts",
    )
    title = f"The text of {in_sentence(base.label)}, with other texts in the same places"
    remarks = tuple(_remarks(collation, texts))
    return Table(title, headings, tuple(body), remarks)


def _marks(passage: Passage, texts: Mapping[str, Provision]) -> list[str]:
    """Return the mark of a subject that words with a proposed coding may be of."""
    return [MARK for name in passage.words if texts[name].is_proposed and passage.all_fields]


def _remarks(collation: Collation, texts: Mapping[str, Provision]) -> Iterator[str]:
    yield _READING
    names = (collation.base, *collation.witnesses)
    if any(
        _elsewhere(collation, passage, name)
        for passage in collation.passages
        for name in names
        if name not in passage.words
    ):
        yield _SEE
    if any(provision.text.is_description for provision in texts.values()):
        yield _DESCRIBED
    if missing := [name for name, provision in texts.items() if not provision.text.body]:
        yield f"Text not available: {', '.join(missing)}."
    yield from caveats(texts.values(), _name)


def _base_cell(collation: Collation, passage: Passage, texts: Mapping[str, Provision]) -> Cell:
    base = texts[collation.base]
    if collation.base in passage.words:
        return Cell(quoted(passage.words[collation.base], base))
    place = _elsewhere(collation, passage, collation.base)
    return Cell((_absence(place or _nothing(base)),))


def _others_cell(collation: Collation, passage: Passage, texts: Mapping[str, Provision]) -> Cell:
    readings = collation.readings(passage)
    lines = [_line(reading, texts) for reading in readings if reading.kind is not Kind.BASE]
    if collation.base in passage.words:
        lines += _absent(collation, passage, texts)
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n")] * bool(runs)
        runs += line
    return Cell(tuple(runs))


def _line(reading: Reading, texts: Mapping[str, Provision]) -> list[Run]:
    provisions = [texts[name] for name in reading.names]
    names = Run(", ".join(map(_name, provisions)), Tone.STRONG)
    if reading.kind is Kind.SAME:
        return [names, Run(": the same", Tone.SAME)]
    # If a law and a description share the words, they are quoted as those of the law.
    owner = min(provisions, key=lambda provision: provision.text.is_description)
    after = [Run(_MARKS)] if reading.kind is Kind.MARKS else []
    return [names, Run(": "), *quoted(reading.words, owner), *after]


def _absent(
    collation: Collation, passage: Passage, texts: Mapping[str, Provision]
) -> Iterator[list[Run]]:
    """Yield lines for texts without words in this place: first those with words elsewhere."""
    names_by_absence: dict[str, list[str]] = {}
    for name in collation.witnesses:
        if name not in passage.words:
            absence = _elsewhere(collation, passage, name) or _nothing(texts[name])
            names_by_absence.setdefault(absence, []).append(_name(texts[name]))
    for absence in sorted(names_by_absence, key=lambda absence: absence in (_NONE, _UNAVAILABLE)):
        names = ", ".join(names_by_absence[absence])
        yield [Run(names, Tone.STRONG), Run(": "), _absence(absence)]


_NONE, _UNAVAILABLE = "no corresponding words", "not available"


def _nothing(provision: Provision) -> str:
    """Return that a text has no words in a place, or that its full text is not available."""
    return _NONE if provision.text.is_whole else _UNAVAILABLE


def _absence(text: str) -> Run:
    return Run(text, Tone.UNKNOWN if text == _UNAVAILABLE else Tone.SILENT)


def _elsewhere(collation: Collation, passage: Passage, name: str) -> str:
    numbers = collation.elsewhere(passage, name)
    return f"see {', '.join(map(str, numbers))}" if numbers else ""


def quoted(words: str, provision: Provision) -> tuple[Run, ...]:
    """Return words in their language, in quotation marks unless they are a description."""
    if provision.text.is_description:
        return (Run(words, Tone.PLAIN, (), provision.text.language),)
    return (Run(f"“{words}”", Tone.QUOTE, (), provision.text.language),)


def _name(provision: Provision) -> str:
    return f"{provision.id} (described)" if provision.text.is_description else provision.id


def _texts(corpus: Corpus, texts: Mapping[str, Provision]) -> Table:
    """Return the list of the texts, and how much of each is available."""
    body = tuple(
        (
            cell(name, Tone.STRONG),
            cell(provision.jurisdiction.name),
            cell(provision.citation),
            cell(
                _status(corpus.codebook, provision),
                Tone.PLAIN if provision.text.body else Tone.UNKNOWN,
            ),
            cell(_source(corpus, provision)),
        )
        for name, provision in texts.items()
    )
    headings = columns(
        id="Id",
        jurisdiction="Jurisdiction",
        citation="Instrument and provision",
        text="Text available",
        source="Source",
    )
    return Table("Texts", headings, body)


def _source(corpus: Corpus, provision: Provision) -> str:
    if not provision.text.body:
        return ""
    return cited(corpus, provision.text.source) or own_source(provision)


def _status(book: Codebook, provision: Provision) -> str:
    status = book.label("text_status", provision.text.status)
    if provision.is_proposed:
        return AS_READ
    if not provision.text.body:
        return status
    return f"{status}, {'full text' if provision.text.complete else 'not the full text'}"


def _output(corpus: Corpus, collation: Collation, texts: Mapping[str, Provision]) -> AlignOutput:
    return AlignOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        base=collation.base,
        texts=[TextRecord(**text_fields(corpus, provision)) for provision in texts.values()],
        passages=[
            _passage_record(corpus, collation, number, passage)
            for number, passage in enumerate(collation.passages, 1)
        ],
    )


def _passage_record(
    corpus: Corpus, collation: Collation, number: int, passage: Passage
) -> PassageRecord:
    return PassageRecord(
        number=number,
        fields=_fields(corpus.codebook, passage.all_fields),
        readings=[
            ReadingRecord(kind=reading.kind, provisions=list(reading.names), words=reading.words)
            for reading in collation.readings(passage)
        ],
        other_rows={
            name: list(numbers)
            for name in (collation.base, *collation.witnesses)
            if name not in passage.words and (numbers := collation.elsewhere(passage, name))
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
