"""The properties that npcompare defines for linked data, with their meanings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.exchange.iris import TERMS
from npcompare.exchange.rdf import OWL, RDFS, SKOS, Iri, Literal, Resource
from npcompare.messages import ENGLISH_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

CONCEPT = f"{SKOS}Concept"

FURTHER, MAY_FURTHER = f"{TERMS}protectsFurtherThan", f"{TERMS}mayProtectFurtherThan"
IMPLIES, PROPOSED_LABEL = f"{TERMS}implies", f"{TERMS}proposedLabel"


class _Property(NamedTuple):
    """A property: its label, what it says, and its kinds in OWL."""

    label: str
    comment: str
    kinds: tuple[str, ...]
    #: Whether both things are concepts.
    is_between_concepts: bool = False


#: By their names, which begin with TERMS.
_PROPERTIES = {
    "protectsFurtherThan": _Property(
        "protects further than",
        "A provision with the first class protects victims further, in this respect, than one with "
        "the second. This is no relation of meaning: skos:broader does not follow from it.",
        ("ObjectProperty", "TransitiveProperty"),
        is_between_concepts=True,
    ),
    "mayProtectFurtherThan": _Property(
        "may protect further than",
        "As np:protectsFurtherThan, but with a reservation, which the statement on the two classes "
        "gives. It is not transitive, and np:protectsFurtherThan does not follow from it.",
        ("ObjectProperty",),
        is_between_concepts=True,
    ),
    "implies": _Property(
        "implies",
        "A provision that grants the first grants the second too: a victim who is not charged is "
        "not prosecuted either. Two words that imply each other have the same effect.",
        ("ObjectProperty", "TransitiveProperty"),
        is_between_concepts=True,
    ),
    "proposedLabel": _Property(
        "proposed label",
        "A label, also given as skos:prefLabel or skos:altLabel, that was translated for npcompare "
        "and not taken from a published document. It must not be cited as the term of an "
        "organization.",
        ("AnnotationProperty",),
    ),
    "texts": _Property(
        "texts",
        "The texts that the annotations of a collection are about, each with its words as its "
        "value. Positions count the Unicode code points of these words.",
        ("ObjectProperty",),
    ),
    "provision": _Property("provision", "The provision that a text is of.", ("ObjectProperty",)),
    "status": _Property(
        "status",
        "Whose words a text has, as a word of the vocabulary text_status, such as paraphrase.",
        ("DatatypeProperty",),
    ),
    "isComplete": _Property(
        "is complete",
        "Whether a text is the full text of the provision, so that its silence counts.",
        ("DatatypeProperty",),
    ),
    "field": _Property(
        "field",
        "The field that a value is coded in. The same category of offences has another meaning in "
        "offences.excluded than in offences.categories.",
        ("DatatypeProperty",),
    ),
    "limb": _Property(
        "limb",
        "The operative rule of the provision that a value is coded for; without one, it is coded "
        "for the provision as a whole.",
        ("DatatypeProperty",),
    ),
    "basis": _Property(
        "basis",
        "What a value is based on: text (the words of the law), reported (the words of a source "
        "about the law) or proposed (a coding that nobody has confirmed).",
        ("DatatypeProperty",),
    ),
}


def properties(scheme: str) -> Iterator[Resource]:
    """Yield the properties; the file of a concept scheme defines them."""
    for name, entry in _PROPERTIES.items():
        concept = [Iri(CONCEPT)] if entry.is_between_concepts else []
        yield Resource(
            f"{TERMS}{name}",
            tuple(f"{OWL}{kind}" for kind in entry.kinds),
            (
                (f"{RDFS}label", [Literal(entry.label, ENGLISH_TAG)]),
                (f"{RDFS}comment", [Literal(entry.comment, ENGLISH_TAG)]),
                (f"{RDFS}domain", concept),
                (f"{RDFS}range", concept),
                (f"{RDFS}isDefinedBy", [Iri(scheme)]),
            ),
        )
