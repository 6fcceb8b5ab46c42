"""What the JSON of several outputs shares: the envelope, citations, a provision's classes.

It is a contract that scripts rely on: each output has its schema in schemas/, and the tests hold
the two together. What only one output has stands with its view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from npcompare._version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Citation
    from npcompare.model.results import Authority, Classification, Classified, LimbValue, Reason

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


def proofs(one: Classified) -> list[tuple[str, Citation | None]]:
    """Return each quotation, or source without one, that a class rests on, once."""
    return list(dict.fromkeys((reason.evidence, reason.source) for reason in one.because))


def authority(shelf: Shelf, one: Authority) -> Record:
    """Return why one class reaches further than another."""
    return {
        "wider": one.wider,
        "narrower": one.narrower,
        "because": one.because,
        "source": source_of(shelf, one.source),
    }
