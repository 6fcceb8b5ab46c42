"""What the views share: the cells of a classified value, citations, and the provenance line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare._version import __version__
from npcompare.document import Cell, Column, Document, Notes, Role, Run, Table, Tone, cell
from npcompare.law.citations import cited
from npcompare.law.lookup import DEFAULT_COLLECTION
from npcompare.law.versions import period
from npcompare.model.codebook import class_words
from npcompare.model.provision import Basis
from npcompare.reports.records import Output, as_data, proofs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from npcompare.document import Lazy
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Citation, Provision
    from npcompare.model.results import Classification, Classified, Reason

#: More provisions than this in one cell are counted, not named.
MOST_NAMED = 8

#: The dimensions by whose classes a reader of a page can select rows.
_FILTERS = ("scope", "threshold", "stage")

#: Where the words of a bill are from, which alone needs no other source.
ITSELF = "the bill itself"

_SHORT_DIGEST = len("sha256:") + 12


def provenance(corpus: Corpus) -> str:
    """Return the line that says what the results were made with and from."""
    parts = [f"npcompare {__version__}", f"codebook {corpus.codebook.version}"]
    if corpus.collection != DEFAULT_COLLECTION:
        parts.append(f"collection {corpus.collection}")
    if corpus.as_of:
        parts.append(f"as of {corpus.as_of}")
        if undated := len(corpus.undated):
            parts.append(f"{undated} of the collection without dates for that day, kept")
    return "; ".join([*parts, f"corpus {digest(corpus)}"])


def digest(corpus: Corpus) -> str:
    """Return the digest of a corpus, cut short for a reader."""
    return corpus.digest()[:_SHORT_DIGEST]


def dimension_column(dimension: Dimension) -> Column:
    """Return the column of the classes of a dimension."""
    role = Role.FILTER if dimension.id in _FILTERS else Role.TEXT
    return Column(dimension.id, dimension.label, role)


class Cells:
    """Makes the cells of one table, collecting its notes."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.book = corpus.codebook
        self.notes = Notes()

    def classes(self, provision: Provision, one: Classified) -> Cell:
        """Return the classes of a dimension, with a note for all that is not plain text."""
        dimension = self.book.dimensions[one.dimension]
        values = one.values or (str(one.basis),)
        labels = tuple(dimension.label_of(value) for value in values)
        return replace(self._classes(provision, one, dimension), values=labels)

    def _classes(self, provision: Provision, one: Classified, dimension: Dimension) -> Cell:
        if one.basis is Basis.UNKNOWN:
            return cell("unknown", Tone.UNKNOWN)
        if one.basis is Basis.SILENT:
            return cell("silent", Tone.SILENT, [self.notes.mark(dimension.silence)])
        return cell(class_words(self.book, one), marks=self.marks(provision, one))

    def marks(self, provision: Provision, one: Classified, value: str = "") -> list[str]:
        """Return the marks of the notes that a classified value, or one class of it, needs."""
        reasons = [reason for reason in one.because if value in ("", reason.value)]
        marks = [
            self.notes.mark(reported_note(self.corpus, reason))
            for reason in reasons
            if reason.basis is Basis.REPORTED
        ]
        name = provision.jurisdiction.name
        marks += [self.notes.mark(f"{name}: {reason.note}") for reason in reasons if reason.note]
        return marks

    def proofs(self, one: Classified) -> Iterator[Run]:
        """Yield the words that a class rests on, and where they stand."""
        for evidence, source in proofs(one):
            if evidence:
                yield Run(f"\n“{evidence}”", Tone.QUOTE)
            if source is not None:
                yield Run(f"{' ' if evidence else chr(10)}{place(self.corpus, source)}")


def namer(results: Iterable[Classification]) -> Callable[[Provision], str]:
    """Return what tells the name of each provision: with its id, if others have the same label."""
    count = Counter(one.provision.label for one in results)

    def name(one: Provision) -> str:
        return f"{one.label} ({one.id})" if count[one.label] > 1 else one.label

    return name


def citer(results: Iterable[Classification]) -> Callable[[Provision], str]:
    """Return what tells the citation of each provision: with its time, if others have the same."""
    count = Counter(_cited(one.provision) for one in results)

    def cite(one: Provision) -> str:
        is_dated = "in_force_from" in one.dates or "in_force_to" in one.dates
        return (
            f"{one.citation} ({period(one)})"
            if is_dated and count[_cited(one)] > 1
            else one.citation
        )

    return cite


def _cited(one: Provision) -> tuple[str, str]:
    return one.jurisdiction.name, one.citation


def reported_note(corpus: Corpus, reason: Reason) -> str:
    """Return the note that a class is known from a source alone, and how sure that is."""
    by = f" by: {cited(corpus, reason.source)}" if reason.source else ""
    sure = f" (confidence: {reason.confidence})" if reason.confidence else ""
    return f"Reported{by}{sure}; the words of the law are not held."


def place(corpus: Corpus, source: Citation | None) -> str:
    """Return the place in the paper, or the whole citation of another document."""
    if source is None:
        return ""
    numbered = source.paragraph or source.footnote
    return source.place if numbered else cited(corpus, source)


def with_place(corpus: Corpus, sentence: str, source: Citation | None) -> str:
    """Return a sentence with the place it rests on in brackets, if there is one."""
    if source is None:
        return sentence
    return f"{sentence.removesuffix('.')} ({place(corpus, source)})."


def finished(
    corpus: Corpus,
    title: str,
    tables: Lazy[Iterable[Table]],
    flat: Lazy[Table],
    data: Lazy[Output] | None = None,
) -> Document:
    """Return a document that says what it was made with and from."""

    def plain_data() -> Mapping[str, Any]:
        output = data() if callable(data) else data
        return as_data(output) if output else {}

    return Document(title, tables, plain_data, flat, lambda: provenance(corpus))


def in_words(dimensions: Iterable[Dimension]) -> str:
    """Return the names of dimensions as they stand in a sentence."""
    *most, last = [one.label.lower() for one in dimensions]
    return f"{', '.join(most)} and {last}" if most else last
