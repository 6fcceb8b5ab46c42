"""The report of `align`: texts beside one another, phrase by phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, field

from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.citations import cited
from npcompare.messages import (
    deferred,
    enumerated,
    in_quotation_marks,
    listed,
    message,
    plural,
    spaced_brackets,
)
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.language_versions import VERSION_STATUSES
from npcompare.reports.cells import caveats, finished, own_source, panels, provision_namer
from npcompare.reports.long_texts import with_texts_apart
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
from npcompare.text import capitalized
from npcompare.wording.collation import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.wording.collation import Collation, Passage

_READING = deferred(
    "Each row is one place in the base text, with the words of the other texts there; read from "
    "top to bottom, each column is one text, word for word. Phrases share a row if they are coded "
    "under the same field, or else if they have words in common. Sharing a row does not mean that "
    "they have the same meaning."
)
_SEE = deferred("“See row\N{NO-BREAK SPACE}6” means that the text addresses this point there.")
_DESCRIBED = deferred(
    "“Described” means that this is a source’s description, not the text of the law."
)

#: The coded fields that have no dimension, in words.
_WITHOUT_DIMENSION = {"addressee": deferred("addressee")}

#: What is said of words that are those of the base.
_SAME = {
    Kind.SAME: deferred("Same as the base text"),
    Kind.MARKS: deferred("Same as the base text except for punctuation or capitals"),
}


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

    More than four texts are divided among several tables, each with the base text. Long passages
    are in tables of their own.

    Args:
        corpus: The corpus.
        collation: The texts, aligned.
        provisions: The provisions, with those whose text is not available.
    """
    by_id = {provision.id: provision for provision in provisions}
    base = by_id.pop(collation.base)
    title = message("The text of {provision} beside other texts", provision=in_sentence(base.label))
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
    tables = list(_tables(corpus, collation, [base, *by_id.values()]))
    texts = {base.id: base} | {name: by_id[name] for name in sorted(by_id)}
    output = _output(corpus, collation, texts)
    return with_texts_apart(finished(corpus, title, tables, flat, output))


def _tables(
    corpus: Corpus, collation: Collation, provisions: Sequence[Provision]
) -> Iterator[Table]:
    """Yield the tables of the base, which comes first, with other texts, and the list of texts."""
    name = provision_namer(provisions)
    base = provisions[0]
    available = [provision for provision in provisions[1:] if provision.text.body]
    missing = [provision for provision in provisions[1:] if not provision.text.body]
    parts = [[base, *part] for part in panels(available)] or [[base]]
    for part in parts:
        among = collation.among({provision.id for provision in part})
        yield _Panel(corpus.codebook, among, part, name).table(missing if part is parts[-1] else [])
    yield _texts(corpus, provisions, name)


def _fields(book: Codebook, fields: Iterable[str]) -> list[str]:
    """Return coded fields in the order of the codebook, then those without a dimension."""
    names = {book.scope.id if field == "offences" else field for field in fields}
    dimensions = [name for name in book.dimensions if name in names]
    return dimensions + sorted(names - set(dimensions))


class _Panel:
    """The base text and those that are beside it in one table."""

    def __init__(
        self,
        book: Codebook,
        collation: Collation,
        provisions: Sequence[Provision],
        name: Callable[[Provision], str],
    ) -> None:
        self._book = book
        self._collation = collation
        self._provisions = provisions
        self._name = name

    def table(self, missing: Sequence[Provision]) -> Table:
        """Return the table, with remarks that name provisions whose text is not available."""
        base, *witnesses = self._provisions
        names = [in_sentence(self._name(witness)) for witness in witnesses]
        return Table(
            _title(in_sentence(self._name(base)), names),
            (
                *columns(passage="No.", fields="Subject"),
                *(Column(provision.id, self._heading(provision)) for provision in self._provisions),
            ),
            tuple(
                (
                    cell(str(number)),
                    self._subject(passage),
                    *(self._words(passage, provision) for provision in self._provisions),
                )
                for number, passage in enumerate(self._collation.passages, 1)
            ),
            tuple(self._remarks(missing)),
        )

    def _heading(self, provision: Provision) -> str:
        kinds = [message("described")] * provision.text.is_description
        kinds += [message("base text")] * (provision is self._provisions[0])
        if not kinds:
            return self._name(provision)
        return f"{self._name(provision)}{spaced_brackets(enumerated(kinds, is_strong=True))}"

    def _subject(self, passage: Passage) -> Cell:
        """Return the coded fields of a passage, marked if a proposed coding is among them."""
        labels = [
            self._book.dimensions[name].label
            if name in self._book.dimensions
            else message(_WITHOUT_DIMENSION.get(name, name))
            for name in _fields(self._book, passage.all_fields)
        ]
        is_proposed = any(
            provision.is_proposed and provision.id in passage.words
            for provision in self._provisions
        )
        small_labels = [label[:1].lower() + label[1:] for label in labels]
        subject = capitalized(enumerated(small_labels, is_strong=True))
        return cell(subject, marks=[MARK] if is_proposed else [])

    def _words(self, passage: Passage, provision: Provision) -> Cell:
        """Return the words of a text in a place, or where else or why it has none."""
        if provision.id not in passage.words:
            return self._absence(passage, provision)
        words = passage.words[provision.id]
        (kind,) = (
            reading.kind
            for reading in self._collation.readings(passage)
            if provision.id in reading.names
        )
        asides = (Run("\n"), Run(message(_SAME[kind]), Tone.ASIDE)) if kind in _SAME else ()
        return Cell((*quoted(words, provision), *asides))

    def _absence(self, passage: Passage, provision: Provision) -> Cell:
        if numbers := self._collation.elsewhere(passage, provision.id):
            reference = plural(
                "See row\N{NO-BREAK SPACE}{rows}",
                "See rows\N{NO-BREAK SPACE}{rows}",
                len(numbers),
                rows=listed(list(map(str, numbers))),
            )
            return cell(reference, Tone.SILENT)
        if provision.text.is_whole:
            return cell(message("No corresponding words"), Tone.SILENT)
        return cell(message("Not available"), Tone.UNKNOWN)

    def _remarks(self, missing: Sequence[Provision]) -> Iterator[str]:
        yield message(_READING)
        if any(
            self._collation.elsewhere(passage, provision.id)
            for passage in self._collation.passages
            for provision in self._provisions
            if provision.id not in passage.words
        ):
            yield message(_SEE)
        if any(provision.text.is_description for provision in self._provisions):
            yield message(_DESCRIBED)
        if missing:
            names = enumerated(list(map(self._name, missing)), is_strong=True)
            yield message("Text not available: {provisions}.", provisions=names)
        yield from caveats((*self._provisions, *missing), self._name)


def _title(base: str, names: Sequence[str]) -> str:
    if not names:
        return message("The text of {base}", base=base)
    return plural(
        "The text of {base}, beside that of {others}",
        "The text of {base}, beside those of {others}",
        len(names),
        base=base,
        others=listed(names, is_strong=True),
    )


def quoted(words: str, provision: Provision) -> tuple[Run, ...]:
    """Return words of a text in their language, in quotation marks unless they are a description.

    Misprints are marked; a description begins with a capital.
    """
    text = provision.text
    words = text.with_sic(words)
    if text.is_description:
        return (Run(capitalized(words), Tone.PLAIN, (), text.language),)
    return (Run(in_quotation_marks(words), Tone.QUOTE, (), text.language),)


def _texts(
    corpus: Corpus, provisions: Sequence[Provision], name: Callable[[Provision], str]
) -> Table:
    """Return the list of the texts, and how much of each is available."""
    body = tuple(
        (
            cell(name(provision), Tone.STRONG),
            cell(provision.citation),
            cell(
                capitalized(_status(corpus.codebook, provision)),
                Tone.PLAIN if provision.text.body else Tone.UNKNOWN,
            ),
            cell(capitalized(_source(corpus, provision))),
        )
        for provision in provisions
    )
    headings = columns(
        provision="Provision",
        citation="Instrument and provision",
        text="Text available",
        source="Source",
    )
    return Table(message("Sources of the texts"), headings, body)


def _source(corpus: Corpus, provision: Provision) -> str:
    if not provision.text.body:
        return ""
    return cited(corpus, provision.text.source) or own_source(provision)


def _status(book: Codebook, provision: Provision) -> str:
    authority = provision.text.authority
    status = book.label("text_status", provision.text.status)
    status = message(VERSION_STATUSES[authority]) if authority else status
    if provision.is_proposed:
        return message(AS_READ)
    if not provision.text.body:
        return status
    if provision.text.complete:
        return message("{status}, full text", status=status)
    return message("{status}, not the full text", status=status)


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
