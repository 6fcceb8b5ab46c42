"""Results to JSON-ready data: the contract that scripts rely on, one function a command.

Each has its schema in schemas/, and the tests hold the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from npcompare import __version__
from npcompare.model import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.codebook import Codebook, Dimension, Rule, Term
    from npcompare.corpus import Corpus
    from npcompare.errors import Problem
    from npcompare.gaps import Assessment
    from npcompare.model import (
        Authority,
        Change,
        Citation,
        Classification,
        Classified,
        Coded,
        Compared,
        Comparison,
        LimbValue,
        Note,
        Provision,
        Reason,
        Succession,
        Text,
    )
    from npcompare.table import Stream

Record = dict[str, Any]


class Shelf(Protocol):
    """What citations are looked up in: a corpus, or what has its bibliography."""

    @property
    def documents(self) -> Mapping[str, Mapping[str, Any]]:
        """The bibliography: title, short title and the rest, by id."""


def envelope(name: str, **content: Any) -> Record:
    """Return what every output begins with, and its content."""
    return {
        "schema": f"urn:npcompare:output:{name}:1",
        "tool": {"name": "npcompare", "version": __version__},
        **content,
    }


def corpus_of(corpus: Corpus) -> Record:
    """Return what the results were made from."""
    return {
        "digest": corpus.digest(),
        "codebook": corpus.codebook.version,
        "provisions": len(corpus.files),
        "collection": corpus.collection,
        **present(as_of=corpus.as_of),
    }


def classifications(corpus: Corpus, every: Stream) -> Record:
    """Return the output of `classify`, of the record of each provision."""
    return envelope("classify", corpus=corpus_of(corpus), classifications=every)


def classification(shelf: Shelf, one: Classification) -> Record:
    """Return a provision with its classes by dimension, and what each rests on."""
    return {
        "id": one.provision.id,
        "jurisdiction": one.provision.jurisdiction.name,
        "citation": one.provision.citation,
        "dimensions": classes(shelf, one),
    }


def classes(shelf: Shelf, one: Classification) -> Record:
    """Return the classes of a provision by dimension, with what each rests on."""
    return {name: classified(shelf, each) for name, each in one.dimensions.items()}


def classified(shelf: Shelf, one: Classified) -> Record:
    """Return a provision's classes in one dimension, with the trail to each."""
    return {
        "values": list(one.values),
        "basis": one.basis,
        **present(
            categories=list(one.categories),
            excluded=list(one.excluded),
            unknown_limbs=list(one.unknown_limbs),
            limbs=[_limb(each) for each in one.differing_limbs],
        ),
        "because": [_reason(shelf, reason) for reason in one.because],
    }


def _limb(one: LimbValue) -> Record:
    return {
        "limb": one.limb,
        "values": None if one.values is None else sorted(one.values),
        "basis": one.basis,
        **present(
            persons=sorted(one.persons or ()),
            categories=sorted(one.categories),
            excluded=sorted(one.excluded),
        ),
    }


def _reason(shelf: Shelf, one: Reason) -> Record:
    return {
        "value": one.value,
        "rule": one.rule,
        "limb": one.limb or None,
        "evidence": one.evidence or None,
        "source": source_of(shelf, one.source),
        "authority": source_of(shelf, one.authority),
        **present(note=one.note, confidence=one.confidence),
    }


def source_of(shelf: Shelf, one: Citation | None) -> Record | None:
    """Return a citation: its document, the place in it, and both as a reader is shown them."""
    if one is None:
        return None
    return {
        "ref": one.ref,
        **present(paragraph=one.paragraph, footnote=one.footnote, pinpoint=one.pinpoint),
        "cited": cited(shelf, one),
    }


def cited(shelf: Shelf, one: Citation | None) -> str:
    """Return a citation for a reader: the document's short title and the place in it."""
    if one is None:
        return ""
    short = shelf.documents.get(one.ref, {}).get("short", one.ref)
    return f"{short}, {one.place}" if one.place else str(short)


def present(**content: Any) -> Record:
    """Return what there is, leaving out what is empty."""
    return {key: value for key, value in content.items() if value}


def comparisons(
    corpus: Corpus,
    results: Sequence[Comparison],
    changes: Sequence[Sequence[Change] | None] | None,
) -> Record:
    """Return the output of `diff`; `changes` holds the redline of each comparison."""
    return envelope(
        "diff",
        corpus=corpus_of(corpus),
        comparisons=[
            {
                "left": one.left.provision.id,
                "right": one.right.provision.id,
                "dimensions": {each.dimension: _compared(corpus, each) for each in one.dimensions},
                "overall": one.overall,
                **({} if changes is None else {"text": _redline(one, changes[place])}),
            }
            for place, one in enumerate(results)
        ],
    )


def _compared(corpus: Corpus, one: Compared) -> Record:
    return {
        "left": list(one.left.values),
        "right": list(one.right.values),
        "relation": one.relation,
        "left_basis": one.left.basis,
        "right_basis": one.right.basis,
        **present(
            left_categories=list(one.left.categories),
            right_categories=list(one.right.categories),
            left_excluded=list(one.left.excluded),
            right_excluded=list(one.right.excluded),
        ),
        "left_words": _words(corpus, one.left),
        "right_words": _words(corpus, one.right),
        **present(
            authority=[_authority(corpus, each) for each in one.authority],
            by_person=by_person(one),
        ),
    }


def by_person(one: Compared) -> dict[str, str]:
    """Return the relation for adults and for children, where it is not the same for both."""
    if len(set(one.by_person.values())) < 2:
        return {}
    return {person: str(relation) for person, relation in one.by_person.items()}


def _words(corpus: Corpus, one: Classified) -> list[Record]:
    return [
        {"evidence": evidence or None, "source": source_of(corpus, source)}
        for evidence, source in proofs(one)
    ]


def proofs(one: Classified) -> list[tuple[str, Citation | None]]:
    """Return each quotation, or source without one, that a class rests on, once."""
    return list(dict.fromkeys((reason.evidence, reason.source) for reason in one.because))


def _authority(corpus: Corpus, one: Authority) -> Record:
    return {
        "wider": one.wider,
        "narrower": one.narrower,
        "because": one.because,
        "source": source_of(corpus, one.source),
    }


def _redline(one: Comparison, pieces: Sequence[Change] | None) -> Record:
    return {
        "left_status": one.left.provision.text.status,
        "right_status": one.right.provision.text.status,
        "changes": None
        if pieces is None
        else [{"op": piece.edit, "text": piece.text} for piece in pieces],
    }


def assessments(
    corpus: Corpus,
    benchmark: tuple[str, str],
    results: Iterable[tuple[Classification, Sequence[Assessment]]],
) -> Record:
    """Return the output of `gaps`; the benchmark is its id and its title."""
    name, title = benchmark
    return envelope(
        "gaps",
        corpus=corpus_of(corpus),
        benchmark={"id": name, "title": title},
        gaps=[
            {
                "id": one.provision.id,
                "jurisdiction": one.provision.jurisdiction.name,
                "citation": one.provision.citation,
                "elements": [_assessment(corpus, each) for each in found],
            }
            for one, found in results
        ],
    )


def _assessment(corpus: Corpus, one: Assessment) -> Record:
    return {
        "id": one.element.id,
        "label": one.element.label,
        "asks": one.element.asks,
        "source": source_of(corpus, one.element.source),
        "status": one.status,
        "because": one.because,
        "words": [
            {
                "value": reason.value,
                "basis": reason.basis,
                "limb": reason.limb or None,
                "evidence": reason.evidence or None,
                "source": source_of(corpus, reason.source),
            }
            for reason in one.reasons
        ],
    }


def verification(corpus: Corpus, made_from: str, changed: Iterable[Sequence[str]]) -> Record:
    """Return the output of `verify`: table, row, column, old and new text of each changed cell.

    Of a note the row is its letter, and the column "Note".
    """
    return envelope(
        "verify",
        corpus=corpus_of(corpus),
        made_from=made_from,
        changed=[
            {"table": int(table), "row": row, "column": column, "old": old, "new": new}
            for table, row, column, old, new in changed
        ],
    )


def statistics(
    corpus: Corpus,
    results: Sequence[Classification],
    counted: Mapping[str, Mapping[str, Sequence[str]]],
    cross: Record | None,
) -> Record:
    """Return the output of `stats`: the ids under each class, and under each pair of classes."""
    return envelope(
        "stats",
        corpus=corpus_of(corpus),
        provisions=len(results),
        dimensions={
            name: {word: list(ids) for word, ids in classes.items()}
            for name, classes in counted.items()
        },
        cross=cross,
    )


def proof(corpus: Corpus, lines: Iterable[tuple[str, Mapping[Basis, int], int]]) -> Record:
    """Return the output of `proof`: for each id how its cells are proved, and quotations found."""
    every = [
        {
            "id": name,
            "cells": {basis: cells.get(basis, 0) for basis in Basis},
            "quotations": quotations,
        }
        for name, cells, quotations in lines
    ]
    return envelope("proof", corpus=corpus_of(corpus), provisions=every)


def problems(found: Iterable[Problem], checked: int) -> Record:
    """Return the output of `validate`."""
    return envelope(
        "validate",
        problems=[
            {
                "path": one.path,
                "line": one.line,
                "column": one.column,
                "code": one.code,
                "message": one.message,
                "hint": one.hint,
                "severity": "warning" if one.is_warning else "error",
            }
            for one in found
        ],
        checked=checked,
    )


def listing(
    corpus: Corpus, provisions: Iterable[Provision], matches: Mapping[str, str], **asked: Any
) -> Record:
    """Return the output of `list`; `matches` says of each id how it meets the conditions."""
    return envelope(
        "list",
        corpus=corpus_of(corpus),
        **asked,
        provisions=[
            {
                **present(match=matches.get(one.id)),
                "id": one.id,
                "aliases": list(one.aliases),
                "jurisdiction": one.jurisdiction.name,
                "code": one.jurisdiction.code or None,
                "instrument": one.instrument.title or None,
                "pinpoint": one.pinpoint or None,
                "form": one.form or None,
                "text_status": one.text.status,
                "complete": one.text.complete,
                **present(dates=dict(one.dates), version_of=one.version_of),
            }
            for one in provisions
        ],
    )


def details(corpus: Corpus, provisions: Iterable[Provision]) -> Record:
    """Return the output of `show`."""
    return envelope(
        "show",
        corpus=corpus_of(corpus),
        provisions=[_provision(corpus, one) for one in provisions],
    )


def _provision(corpus: Corpus, one: Provision) -> Record:
    jurisdiction, instrument = one.jurisdiction, one.instrument
    return {
        "id": one.id,
        "aliases": list(one.aliases),
        "jurisdiction": {
            "name": jurisdiction.name,
            "code": jurisdiction.code or None,
            "kind": jurisdiction.kind,
        },
        "instrument": {
            "title": instrument.title or None,
            "kind": instrument.kind or None,
            **present(
                number=instrument.number,
                year=instrument.year,
                languages=list(instrument.languages),
            ),
        },
        "pinpoint": one.pinpoint or None,
        "form": one.form or None,
        **present(identifiers=dict(one.identifiers), dates=dict(one.dates)),
        "text": _text(corpus, one.text),
        "limbs": [
            {"id": limb.id, "coded": _fields(corpus, limb.coded), **present(note=limb.note)}
            for limb in one.limbs
        ],
        **present(
            coded=_fields(corpus, one.coded),
            reported=[
                {
                    "dimension": each.dimension,
                    "values": list(each.values),
                    **present(persons=list(each.persons)),
                    "source": source_of(corpus, each.source),
                    **present(note=each.note, confidence=each.confidence),
                }
                for each in one.reported
            ],
        ),
        "sources": [source_of(corpus, each) for each in one.sources],
        **_beside(corpus, one),
    }


def _beside(corpus: Corpus, one: Provision) -> Record:
    """Return what is said of a provision beside its words and their coding."""
    return present(
        notes=[_note(corpus, each) for each in one.notes],
        confidence=one.confidence,
        version_of=one.version_of,
        succeeds=one.succeeds and _succession(corpus, one.succeeds),
        settled=[{"words": each.words, "note": each.note} for each in one.settled],
    )


def _note(corpus: Corpus, one: Note) -> Record:
    source = source_of(corpus, one.source)
    return {
        "note": one.text,
        **present(date=one.date, source=source, confidence=one.confidence),
    }


def _succession(corpus: Corpus, one: Succession) -> Record:
    source = source_of(corpus, one.source)
    return {"id": one.id, "because": one.because, **present(source=source)}


def _text(corpus: Corpus, one: Text) -> Record:
    return {
        "status": one.status,
        "complete": one.complete,
        "language": one.language or None,
        "body": one.body or None,
        "source": source_of(corpus, one.source),
        **present(note=one.note),
    }


def _fields(corpus: Corpus, coded: Mapping[str, tuple[Coded, ...]]) -> Record:
    return {
        field: [
            {
                "value": one.value,
                "basis": one.basis,
                "evidence": list(one.evidence),
                "source": source_of(corpus, one.source),
                **present(note=one.note, confidence=one.confidence),
            }
            for one in values
        ]
        for field, values in coded.items()
    }


def dimensions(corpus: Corpus, wanted: Iterable[Dimension]) -> Record:
    """Return the output of `codebook`."""
    book = corpus.codebook
    return envelope(
        "codebook-listing",
        codebook={"version": book.version, "title": book.title},
        dimensions=[_dimension(corpus, book, one) for one in wanted],
        vocabulary={
            name: [_term(corpus, term) for term in terms.values()]
            for name, terms in book.vocabulary.items()
        },
    )


def _dimension(corpus: Corpus, book: Codebook, one: Dimension) -> Record:
    return {
        "id": one.id,
        "label": one.label,
        "question": one.question,
        "source": source_of(corpus, one.source),
        "core": one.core,
        "kind": one.scale.kind,
        "silence": one.silence,
        **present(ladder=list(one.scale.ladder)),
        "classes": [_term(corpus, term) for term in one.classes.values()],
        **present(order=[_authority(corpus, each) for each in one.order]),
        "rules": [_rule(corpus, rule) for rule in book.rules_of(one.id)],
    }


def _term(corpus: Corpus, one: Term) -> Record:
    return {
        "word": one.word,
        "label": one.label,
        "definition": one.definition,
        "source": source_of(corpus, one.source),
        **present(stands_for=sorted(one.stands_for - {one.word})),
    }


def _rule(corpus: Corpus, one: Rule) -> Record:
    return {
        "id": one.id,
        "dimension": one.dimension,
        "when": dict(one.when),
        "then": one.then,
        "because": one.because,
        "source": source_of(corpus, one.source),
    }
