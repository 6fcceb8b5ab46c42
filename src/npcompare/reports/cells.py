"""Parts that the reports share: cells of classes, names and citations, the provenance line."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from npcompare._version import __version__
from npcompare.document import Cell, Column, Document, Notes, Role, Run, Table, Tone, cell
from npcompare.law.citations import cited, cited_in_sentence
from npcompare.law.lookup import DEFAULT_COLLECTION
from npcompare.law.versions import dates_of, period, period_in_force
from npcompare.messages import (
    current,
    deferred,
    enumerated,
    in_quotation_marks,
    listed,
    message,
    spaced_brackets,
)
from npcompare.model.codebook import class_words
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.provision import Basis
from npcompare.model.version_notes import all_caveats
from npcompare.model.version_notes import language as language_in_words
from npcompare.reports.doubts import note_with_doubt, with_meaning
from npcompare.reports.proposed_coding import MARK, marks_of, with_notice
from npcompare.reports.records import as_data, proofs
from npcompare.reports.translation_note import with_note_on_translation
from npcompare.reports.untranslated_notes import with_untranslated_notes
from npcompare.text import capitalized
from npcompare.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from npcompare.document import Lazy
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Citation, Provision, Text
    from npcompare.model.results import Classification, Classified, Reason
    from npcompare.reports.records import Output

T = TypeVar("T")

#: More provisions than this in one cell are counted, not named.
MOST_NAMED = 8

#: The most provisions that are columns of one table; more would be too narrow to read on a page.
_MOST_COLUMNS = 4

#: What is available of a text, by its status, where that alone tells two provisions apart.
_AVAILABILITY = {
    "verbatim": deferred("verbatim"),
    "excerpt": deferred("excerpt"),
    "translation": deferred("translation"),
    "paraphrase": deferred("paraphrase"),
    "not_held": deferred("text not available"),
}

_ONLY_A_PART = deferred(
    "only a part of the text was available; exceptions and conditions that the rest may contain "
    "are not known."
)

#: The source of the text of a bill that needs no other.
BILL_ITSELF = deferred("The bill itself")

#: The dimensions by whose classes readers of a page can filter rows.
_FILTERS = ("scope", "threshold", "stage")

#: Names longer than this have no possessive.
_LONGEST_POSSESSIVE = 40

_SHORT_DIGEST = len("sha256:") + 12


def imprint(corpus: Corpus) -> str:
    """Return the line that says which program and data the results were made with."""
    codebook = message("codebook {version}", version=corpus.codebook.version)
    parts = [f"npcompare {__version__}", codebook]
    if corpus.collection != DEFAULT_COLLECTION:
        parts.append(message("collection {name}", name=corpus.collection))
    if corpus.as_of:
        parts.append(message("as of {date}", date=corpus.as_of))
    if corpus.naming.is_un:
        parts.append(message("names of the United Nations"))
    if corpus.naming.names:
        parts.append(message("with a names file"))
    return enumerated(parts, is_strong=True)


def provenance(corpus: Corpus) -> str:
    """Return the same with the digest of the corpus, which is not printed in a filed document."""
    corpus_words = message("corpus {digest}", digest=digest(corpus))
    return enumerated([imprint(corpus), corpus_words], is_strong=True)


def digest(corpus: Corpus) -> str:
    """Return the digest of a corpus, shortened for readers."""
    return corpus.digest()[:_SHORT_DIGEST]


def dimension_column(dimension: Dimension) -> Column:
    """Return the column of the classes of a dimension."""
    role = Role.FILTER if dimension.id in _FILTERS else Role.TEXT
    return Column(dimension.id, dimension.label, role)


class Cells:
    """Makes the cells of one table and collects its notes.

    A note does not name its provision: its mark is in the row or column of the provision.

    Args:
        corpus: The corpus.
        has_sources: Whether a column says what classes are based on, so that no note has to.
        is_flat: Whether the cells are values for programs, which keep the case of the codebook.
    """

    def __init__(self, corpus: Corpus, *, has_sources: bool = False, is_flat: bool = False) -> None:
        self.corpus = corpus
        self.book = corpus.codebook
        self.notes = Notes()
        self.has_sources = has_sources
        self.is_flat = is_flat
        self._in_case = str if is_flat else capitalized

    def classes(self, provision: Provision, classified: Classified) -> Cell:
        """Return the classes of a dimension, with the notes that they need."""
        dimension = self.book.dimensions[classified.dimension]
        labels = tuple(self._in_case(dimension.label_of(word)) for word in classified.answers)
        return replace(self._classes(provision, classified, dimension), values=labels)

    def _classes(self, provision: Provision, classified: Classified, dimension: Dimension) -> Cell:
        if classified.basis is Basis.UNKNOWN:
            return cell(self._in_case(message("unknown")), Tone.UNKNOWN)
        if classified.basis is Basis.SILENT:
            marks = [self.notes.mark(dimension.silence)]
            return cell(self._in_case(message("silent")), Tone.SILENT, marks)
        words = self._in_case(class_words(self.book, classified))
        return cell(words, marks=self.marks(provision, classified))

    def marks(self, provision: Provision, classified: Classified, value: str = "") -> list[str]:
        """Return the marks of the notes that a classified value, or one class of it, needs."""
        reasons = [reason for reason in classified.because if value in ("", reason.value)]
        notes = [
            reported_note(self.corpus, provision, reason)
            for reason in reasons
            if reason.basis is Basis.REPORTED and not self.has_sources
        ]
        notes += (note_with_doubt(reason.note, reason.doubt) for reason in reasons)
        marks = [self.notes.mark(note) for note in notes if note]
        marks += [MARK] if any(reason.basis is Basis.PROPOSED for reason in reasons) else []
        return marks

    def caveats(self, provision: Provision) -> tuple[str, ...]:
        """Return the marks of the notes that every table with a provision must show."""
        return (
            *map(self.notes.mark, all_caveats(provision, partial(cited, self.corpus))),
            *marks_of(provision),
        )

    def proofs(self, provision: Provision, classified: Classified) -> Iterator[Run]:
        """Yield the words that a class of a provision is based on, each with its place."""
        for evidence, source, language in proofs(classified):
            if evidence:
                yield from quotation(provision.text, evidence, language, before="\n")
            if source is not None:
                yield proof_place(self.corpus, source, follows_words=bool(evidence))


def quotation(text: Text, words: str, language: str, *, before: str = "") -> Iterator[Run]:
    """Yield words in quotation marks and, if they are of another version, their language.

    Args:
        text: The text that is shown.
        words: The words that are quoted.
        language: The language of the words; empty if they are those of the text.
        before: What the words follow, such as a line break.
    """
    tag = language or text.language
    tag = "" if tag == current().language else tag
    yield Run(f"{before}{in_quotation_marks(text.with_sic(words))}", Tone.QUOTE, (), tag)
    if language:
        yield Run(f"{current().gap}{in_language_named(language)}")


def in_language_named(language: str) -> str:
    """Return the remark that words are in another language than the text: "(in French)"."""
    return message("(in {language})", language=language_in_words(language))


def id_and_name(
    cells: Cells, provision: Provision, name: Callable[[Provision], str], separator: str
) -> tuple[Run, ...]:
    """Return the id of a provision and its name, with its marks; only one if they are the same."""
    marks, words = cells.caveats(provision), name(provision)
    if words == provision.id:
        return (Run(words, Tone.STRONG, marks),)
    return Run(provision.id, Tone.STRONG), Run(f"{separator}{words}", marks=marks)


def marked(content: Cell, marks: Iterable[str]) -> Cell:
    """Return a cell with further marks of notes after its words."""
    *runs, last_run = content.runs or (Run(""),)
    all_marks = tuple(dict.fromkeys((*last_run.marks, *marks)))
    return replace(content, runs=(*runs, replace(last_run, marks=all_marks)))


def caveats(
    provisions: Iterable[Provision],
    name: Callable[[Provision], str],
    corpus: Corpus | None = None,
) -> Iterator[str]:
    """Yield the remarks on provisions whose names are not in cells, such as heads of columns.

    One says that a text is only a part, since the rest may limit what is compared.

    With the corpus, they name the sources of what is only reported.
    """
    cite = partial(cited, corpus) if corpus else None
    for provision in provisions:
        parts = (message(_ONLY_A_PART),) if provision.is_excerpt else ()
        for caveat in (*parts, *all_caveats(provision, cite)):
            yield message("{provision}: {remark}", provision=name(provision), remark=caveat)


def quotations(classified: Classified) -> str:
    """Return the words that a class is based on, in one line for machines."""
    return " | ".join(evidence for evidence, _, _ in proofs(classified) if evidence)


def namer(classifications: Iterable[Classification]) -> Callable[[Provision], str]:
    """Return a function that names classified provisions, as `provision_namer` does."""
    return provision_namer(classification.provision for classification in classifications)


def provision_namer(provisions: Iterable[Provision]) -> Callable[[Provision], str]:
    """Return a function that names provisions: with what distinguishes those of the same label."""
    by_label: dict[str, dict[str, Provision]] = {}
    for provision in provisions:
        by_label.setdefault(provision.label, {})[provision.id] = provision

    def name(provision: Provision) -> str:
        label = provision.label
        namesakes = by_label.get(label, {})
        if namesakes.keys() <= {provision.id}:
            return label
        return f"{label}{spaced_brackets(_distinction(provision, namesakes.values()))}"

    return name


def _distinction(provision: Provision, namesakes: Iterable[Provision]) -> str:
    """Return what no other provision of the same label has: its dates, for instance, or its id."""
    for words_of in (period_in_force, _instrument, _version, _availability):
        count = Counter(map(words_of, namesakes))
        if (words := words_of(provision)) and count[words] == 1:
            return words
    return provision.id


def _version(provision: Provision) -> str:
    text = provision.text
    return language_in_words(text.language) if text.authority else ""


def _instrument(provision: Provision) -> str:
    return provision.instrument.title


def _availability(provision: Provision) -> str:
    words = _AVAILABILITY.get(provision.text.status)
    return message(words) if words else ""


def citer(classifications: Iterable[Classification]) -> Callable[[Provision], str]:
    """Return a function that cites provisions: with the dates if another has the same citation."""
    count = Counter(_citation_key(classification.provision) for classification in classifications)

    def cite(provision: Provision) -> str:
        is_dated = "in_force_from" in provision.dates or "in_force_to" in provision.dates
        is_ambiguous = count[_citation_key(provision)] > 1
        if is_dated and is_ambiguous:
            return f"{provision.citation}{spaced_brackets(period(dates_of(provision)))}"
        return provision.citation

    return cite


def _citation_key(provision: Provision) -> tuple[str, str]:
    return provision.jurisdiction.name, provision.citation


def owned(provision: Provision) -> str:
    """Return a phrase such as "Utopia’s provision"."""
    name = in_sentence(provision.jurisdiction.name)
    if provision.is_proposed:
        return message("the provision in {name}", name=name)
    if is_long(name):
        return message("the provision of {name}", name=name)
    if name.endswith("s"):
        return message("{name}’ provision", name=name)
    return message("{name}’s provision", name=name)


def own_source(provision: Provision) -> str:
    """Return the source of the text of a bill that needs no other, or the document read."""
    return provision.proposed.name if provision.proposed else message(BILL_ITSELF)


def is_long(name: str) -> bool:
    """Return whether the possessive of a name would be hard to read."""
    return name.endswith(")") or len(name) > _LONGEST_POSSESSIVE


def reported_note(corpus: Corpus, provision: Provision, reason: Reason) -> str:
    """Return the note that a class is based on a source without the text of the law."""
    source = cited_in_sentence(corpus, reason.source) if reason.source else message("a source")
    if reason.confidence:
        source = f"{source}{spaced_brackets(confidence_words(reason.confidence))}"
    if provision.is_absence:
        return message("Based on {source}.", source=source)
    if corpus.codebook.effect(provision) == "operative":
        return message("Based on {source}; the text of the law was not available.", source=source)
    return message("Based on {source}; the text was not available.", source=source)


#: How reliable a reported value is, in words.
_CONFIDENCE = {"high": deferred("high confidence"), "medium": deferred("medium confidence")}


def confidence_words(confidence: str) -> str:
    """Return how reliable a reported value is, in words."""
    return message(_CONFIDENCE[confidence])


def place(corpus: Corpus, source: Citation | None) -> str:
    """Return the place in the background paper, or the whole citation of another document."""
    if source is None:
        return ""
    is_numbered = source.paragraph or source.footnote
    return source.place if is_numbered else cited(corpus, source)


def proof_place(
    corpus: Corpus, source: Citation, confidence: str = "", *, follows_words: bool
) -> Run:
    """Return the place of a proof: in brackets after the words, or in a line of its own."""
    words = place(corpus, source)
    certainty = confidence_words(confidence) if confidence else ""
    if follows_words:
        parts = list(filter(None, (words, certainty)))
        return Run(spaced_brackets(enumerated(parts, is_strong=True)))
    # The title of a document, such as "legislation.gov.uk", keeps its small letter.
    words = capitalized(words) if words == source.place else words
    return Run(f"\n{words}{spaced_brackets(certainty)}" if certainty else f"\n{words}")


def with_place(corpus: Corpus, sentence: str, source: Citation | None) -> str:
    """Return a sentence with the place that supports it in brackets, if there is one."""
    if source is None:
        return sentence
    return message(
        "{statement} ({place}).", statement=clause(sentence), place=place(corpus, source)
    )


def clause(sentence: str) -> str:
    """Return a sentence without its full stop, which may be that of Chinese."""
    return sentence.rstrip().removesuffix(".").removesuffix("。")


def finished(  # noqa: PLR0913 - the parts of a document
    corpus: Corpus,
    title: str,
    tables: Lazy[Iterable[Table]],
    flat: Lazy[Table],
    output: Lazy[Output] | None = None,
    *,
    has_coding: bool = True,
) -> Document:
    """Return a document with its provenance; `output` is what the JSON writer writes.

    One of texts alone, with nothing that is coded, does not say which coding is only proposed.
    """

    def data() -> Mapping[str, Any]:
        record = output() if callable(output) else output
        return as_data(record) if record else {}

    document = Document(
        title,
        tables,
        data,
        flat,
        lambda: provenance(corpus),
        imprint=lambda: imprint(corpus),
    )
    document = with_untranslated_notes(typeset(with_meaning(with_note_on_translation(document))))
    return with_notice(document, corpus) if has_coding else document


def panels(others: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield what is beside the first provision in parts of nearly the same size."""
    count = -(-len(others) // (_MOST_COLUMNS - 1))
    ends = [len(others) * number // count for number in range(count + 1)] if count else []
    for start, end in pairwise(ends):
        yield others[start:end]


def in_words(dimensions: Iterable[Dimension]) -> str:
    """Return the names of dimensions as a list in a sentence."""
    return listed([dimension.label[0].lower() + dimension.label[1:] for dimension in dimensions])
