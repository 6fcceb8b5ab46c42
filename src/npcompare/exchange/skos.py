"""A codebook as a concept scheme in SKOS, the Simple Knowledge Organization System of the W3C.

Each word and each class is a concept; each dimension and each other vocabulary is a collection of
them. That one class protects further than another is no relation of SKOS: skos:broader says that
one meaning includes the other, as that of “any victim” includes “children”. It has a property of
its own, and a second one where the codebook says only that a class may protect further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.exchange.concept_texts import ConceptTexts
from npcompare.exchange.iris import TERMS, codebook_iri, concept_iri
from npcompare.exchange.rdf import (
    DCT,
    OWL,
    RDF,
    RDFS,
    SKOS,
    Iri,
    Literal,
    Resource,
    json_ld,
    turtle,
)
from npcompare.exchange.terms import (
    CONCEPT,
    FURTHER,
    IMPLIES,
    MAY_FURTHER,
    PROPOSED_LABEL,
    properties,
)
from npcompare.messages import ENGLISH_TAG, deferred
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension, Term
    from npcompare.model.provision import Citation
    from npcompare.model.results import Authority

    Terms = Mapping[str, Term]
    Statement = tuple[str, Sequence[Iri | Literal]]

#: The vocabularies in which a word that includes another has the wider meaning. In others, it says
#: what a provision grants: a victim who is not charged is not prosecuted either.
_CATEGORIES = frozenset({"persons", "beneficiaries", "category"})

#: Said of a dimension, with the sentence of the codebook.
_IF_SILENT = deferred("If the full text is silent: {sentence}")

#: Said of a category of offences whose content each law defines for itself.
_VARIES = (
    "Each law defines this category for itself, so that the lists of two laws are never treated as "
    "the same."
)


def write_turtle(corpus: Corpus) -> str:
    """Return the codebook of a corpus in English as Turtle."""
    scheme = _Scheme(corpus)
    return turtle(scheme.resources(), scheme.prefixes)


def write_json_ld(corpus: Corpus) -> str:
    """Return the codebook of a corpus in English as JSON-LD."""
    scheme = _Scheme(corpus)
    return json_ld(scheme.resources(), scheme.prefixes)


class _Scheme:
    """A codebook as resources."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._book = corpus.codebook
        self._texts = ConceptTexts(corpus.folder)
        self._iri = codebook_iri(corpus)
        #: The concepts by the name of their vocabulary, or of the dimension whose rules give them.
        self._groups = _groups(self._book)
        namespaces = {"skos": SKOS, "dct": DCT, "owl": OWL, "rdf": RDF, "rdfs": RDFS}
        self.prefixes = {**namespaces, "np": TERMS, "cb": f"{self._iri}:"}

    def resources(self) -> Iterator[Resource]:
        """Yield the scheme, its properties, collections, concepts and the order of concepts."""
        yield self._concept_scheme()
        yield from properties(self._iri)
        dimensions = {_group_of(each, self._book): each for each in self._book.dimensions.values()}
        for name, dimension in dimensions.items():
            yield self._collection(name, self._about_dimension(dimension))
        for name in self._groups:
            if name not in dimensions:
                yield self._collection(name, self._labels(name.replace("_", " ")))
        for name, terms in self._groups.items():
            for term in terms.values():
                yield self._concept(name, term)
        for name, dimension in dimensions.items():
            for step in dimension.order:
                yield self._step(name, step)

    def _concept_scheme(self) -> Resource:
        tops = [
            Iri(concept_iri(self._iri, name, word))
            for name, terms in self._groups.items()
            for word in terms
            if not _wider_words(name, terms, word)
        ]
        return Resource(
            self._iri,
            (f"{SKOS}ConceptScheme",),
            (
                (f"{DCT}title", self._texts.of(self._book.title)),
                *self._labels(self._book.title),
                (f"{OWL}versionInfo", [Literal(self._book.version)]),
                (f"{SKOS}hasTopConcept", tops),
            ),
        )

    def _collection(self, name: str, statements: Iterable[Statement]) -> Resource:
        members = [Iri(concept_iri(self._iri, name, word)) for word in self._groups[name]]
        return Resource(
            concept_iri(self._iri, name),
            (f"{SKOS}Collection",),
            (
                (f"{SKOS}inScheme", [Iri(self._iri)]),
                (f"{SKOS}notation", [Literal(name)]),
                *statements,
                (f"{SKOS}member", members),
            ),
        )

    def _about_dimension(self, dimension: Dimension) -> list[Statement]:
        return [
            *self._labels(dimension.label, dimension.question),
            (f"{SKOS}scopeNote", self._texts.of(dimension.silence, _IF_SILENT)),
            (f"{DCT}source", self._source(dimension.source)),
        ]

    def _concept(self, name: str, term: Term) -> Resource:
        terms = self._groups[name]
        wider = _wider_words(name, terms, term.word)
        narrower = [word for word in terms if term.word in _wider_words(name, terms, word)]
        implied = [] if name in _CATEGORIES else sorted(term.stands_for - {term.word})
        steps = self._steps(name, term.word)
        return Resource(
            concept_iri(self._iri, name, term.word),
            (CONCEPT,),
            (
                (f"{SKOS}inScheme", [Iri(self._iri)]),
                (f"{SKOS}topConceptOf", [] if wider else [Iri(self._iri)]),
                (f"{SKOS}notation", [Literal(f"{name}:{term.word}")]),
                *self._labels(term.label, term.definition, term.excluded_label),
                (f"{SKOS}scopeNote", self._scope_notes(name, term)),
                (f"{DCT}source", self._source(term.source)),
                (f"{SKOS}broader", self._concepts(name, wider)),
                (f"{SKOS}narrower", self._concepts(name, narrower)),
                (IMPLIES, self._concepts(name, implied)),
                (
                    FURTHER,
                    self._concepts(name, [step.narrower for step in steps if not step.hedge]),
                ),
                (
                    MAY_FURTHER,
                    self._concepts(name, [step.narrower for step in steps if step.hedge]),
                ),
            ),
        )

    def _steps(self, name: str, word: str) -> list[Authority]:
        """Return the declared steps from a class to those that it protects further than."""
        return [
            step
            for dimension in self._book.dimensions.values()
            if _group_of(dimension, self._book) == name
            for step in dimension.order
            if step.wider == word
        ]

    def _step(self, name: str, step: Authority) -> Resource:
        """Return the statement that a class protects further, with its reason and source."""
        wider, narrower = self._concepts(name, [step.wider, step.narrower])
        return Resource(
            concept_iri(self._iri, name, step.wider, "than", step.narrower),
            (f"{RDF}Statement",),
            (
                (f"{RDF}subject", [wider]),
                (f"{RDF}predicate", [Iri(MAY_FURTHER if step.hedge else FURTHER)]),
                (f"{RDF}object", [narrower]),
                (f"{RDFS}comment", self._texts.of(step.because)),
                (f"{SKOS}editorialNote", self._texts.note_on({"comment": step.because})),
                (f"{DCT}source", self._source(step.source)),
            ),
        )

    def _scope_notes(self, name: str, term: Term) -> list[Literal]:
        """Return when a class is given, and what is said of the word."""
        reasons = [
            rule.because
            for dimension in self._book.dimensions.values()
            if not dimension.field and _group_of(dimension, self._book) == name
            for rule in self._book.rules_of(dimension.id)
            if rule.then == term.word
        ]
        notes = [note for reason in dict.fromkeys(reasons) for note in self._texts.of(reason)]
        return [*notes, *([Literal(_VARIES, ENGLISH_TAG)] if term.varies else [])]

    def _labels(self, label: str, definition: str = "", other_label: str = "") -> list[Statement]:
        """Return labels and a definition in each language, and which of them are proposed."""
        labels = self._texts.of(label)
        other_label = "" if other_label == label else other_label
        other_labels = [text for text in self._texts.of(other_label) if text not in labels]
        proposed = [*self._texts.proposed(label), *self._texts.proposed(other_label)]
        english = {"label": label, "definition": definition, "other label": other_label}
        return [
            (f"{SKOS}prefLabel", labels),
            (f"{SKOS}altLabel", other_labels),
            (PROPOSED_LABEL, list(dict.fromkeys(proposed))),
            (f"{SKOS}definition", self._texts.of(definition)),
            (f"{SKOS}editorialNote", self._texts.note_on(english)),
        ]

    def _source(self, citation: Citation | None) -> list[Literal]:
        """Return the full title of a document and the place in it."""
        if citation is None:
            return []
        title = str(self._corpus.documents.get(citation.ref, {}).get("title", citation.ref))
        return [Literal(fold(f"{title}, {citation.place}"), ENGLISH_TAG)]

    def _concepts(self, name: str, words: Iterable[str]) -> list[Iri]:
        return [Iri(concept_iri(self._iri, name, word)) for word in words]


def _groups(book: Codebook) -> dict[str, Terms]:
    by_rules = {
        _group_of(dimension, book): dimension.classes
        for dimension in book.dimensions.values()
        if not dimension.field
    }
    return {**by_rules, **book.vocabulary}


def _group_of(dimension: Dimension, book: Codebook) -> str:
    """Return the name of the group that has the classes of a dimension."""
    if dimension.field:
        return dimension.field
    return f"{dimension.id}.class" if dimension.id in book.vocabulary else dimension.id


def _wider_words(name: str, terms: Terms, word: str) -> list[str]:
    """Return the words whose meaning includes that of a word, without those above them again."""
    if name not in _CATEGORIES:
        return []
    wider = [other for other in terms if other != word and word in terms[other].stands_for]
    return [
        candidate
        for candidate in wider
        if not any(between in terms[candidate].stands_for - {candidate} for between in wider)
    ]
