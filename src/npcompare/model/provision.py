"""The nouns: provisions as coded, as classified and as compared. Plain, frozen data."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping


#: Texts that are the law's own words, if perhaps in translation.
_OWN_WORDS = frozenset({"verbatim", "translation"})


class Basis(StrEnum):
    """What a classified value rests on: the four answers that must never be confused."""

    #: Quoted words of the law.
    TEXT = "text"
    #: A source says so.
    REPORTED = "reported"
    #: The complete text is held and says nothing.
    SILENT = "silent"
    #: The text is not held in full, or the value is not coded.
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """How the left value stands to the right: broader means that it protects further."""

    SAME = "same"
    BROADER = "broader"
    NARROWER = "narrower"
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"


#: How the right value stands to the left.
CONVERSE = {
    Relation.SAME: Relation.SAME,
    Relation.BROADER: Relation.NARROWER,
    Relation.NARROWER: Relation.BROADER,
    Relation.INCOMPARABLE: Relation.INCOMPARABLE,
    Relation.UNKNOWN: Relation.UNKNOWN,
}


class Edit(StrEnum):
    """What a redline does with a run of words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


class Change(Struct, frozen=True):
    """A run of words of a redline."""

    edit: Edit
    text: str


class Citation(Struct, frozen=True):
    """A place in a document of the bibliography, by paragraph or footnote as printed."""

    ref: str
    paragraph: str = ""
    footnote: str = ""
    #: The place in a document that numbers no paragraphs, such as "article 2(2)".
    pinpoint: str = ""

    @property
    def place(self) -> str:
        """The place within the document, such as "¶57" or "footnote 12"."""
        parts = [f"¶{self.paragraph}"] if self.paragraph else []
        parts += [f"footnote {self.footnote}"] if self.footnote else []
        parts += [self.pinpoint] if self.pinpoint else []
        return ", ".join(parts)

    def __str__(self) -> str:
        """Return the document's id and the place, such as "background-paper ¶57"."""
        return f"{self.ref} {self.place}".rstrip()


class Coded(Struct, frozen=True):
    """One coded value with what proves it: words of the body, or a source."""

    value: str
    basis: Basis
    #: Words of the body the value rests on; empty where it rests on a source alone.
    evidence: tuple[str, ...]
    #: Where those words, or the statement, are found.
    source: Citation | None
    note: str = ""
    #: How sure the source makes a reported value: high, medium, or empty where nothing is said.
    confidence: str = ""


class Limb(Struct, frozen=True):
    """One operative rule of a provision: its coded values by field, such as "offences.extent"."""

    id: str
    coded: Mapping[str, tuple[Coded, ...]]
    note: str = ""


class Reported(Struct, frozen=True):
    """A class that a source states about a provision, without its words."""

    dimension: str
    values: tuple[str, ...]
    #: The victims the statement is about; empty where it makes no distinction.
    persons: tuple[str, ...]
    source: Citation
    note: str = ""
    confidence: str = ""


class Note(Struct, frozen=True):
    """A remark on a provision as a whole, dated where what it says may change."""

    text: str
    date: str = ""
    source: Citation | None = None
    confidence: str = ""


class Settled(Struct, frozen=True):
    """Words of the body that a check asks about, and why they need no coding."""

    words: str
    note: str


class Succession(Struct, frozen=True):
    """The provision that this one took the place of, and what says so."""

    id: str
    because: str
    source: Citation | None


class Text(Struct, frozen=True):
    """The words of the provision as far as they are held."""

    status: str
    #: Whether the body is the whole of the provision, so that silence is a fact of law.
    complete: bool
    language: str = ""
    body: str = ""
    source: Citation | None = None
    note: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether these are the law's own words in full, so that their silence is the law's."""
        return self.complete and self.status in _OWN_WORDS

    @property
    def is_description(self) -> bool:
        """Whether these are a source's words about the law, and not the law's own."""
        return self.status == "paraphrase"


class Jurisdiction(Struct, frozen=True):
    """Whose law it is."""

    name: str
    #: ISO 3166-1 alpha-2 or 3166-2; empty for organizations.
    code: str
    kind: str


class Instrument(Struct, frozen=True):
    """The act, code, treaty or other document that the provision is part of.

    Title and kind are empty where the source names none.
    """

    title: str
    kind: str
    number: str = ""
    year: str = ""
    languages: tuple[str, ...] = ()


class Provision(Struct, frozen=True):
    """One article of one instrument of one jurisdiction."""

    id: str
    jurisdiction: Jurisdiction
    instrument: Instrument
    form: str
    text: Text
    aliases: tuple[str, ...] = ()
    pinpoint: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    limbs: tuple[Limb, ...] = ()
    #: Fields coded for the provision as a whole: burden and standard.
    coded: Mapping[str, tuple[Coded, ...]] = field(default_factory=dict)
    reported: tuple[Reported, ...] = ()
    sources: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    #: How sure the reported values are where they do not say so themselves.
    confidence: str = ""
    #: The provision that this is one version in time of; empty where it stands for itself.
    version_of: str = ""
    succeeds: Succession | None = None
    settled: tuple[Settled, ...] = ()

    @property
    def citation(self) -> str:
        """The instrument and the place in it, such as "Criminal Code, article 4"."""
        title = self.instrument.title or "no instrument named"
        return f"{title}, {self.pinpoint}" if self.pinpoint else title

    @property
    def label(self) -> str:
        """The jurisdiction and the place, for the head of a column."""
        name = self.jurisdiction.name
        return f"{name}, {self.pinpoint}" if self.pinpoint else name


class Reason(Struct, frozen=True):
    """Why a class was given: the rule that fired, on which limb, resting on which words."""

    value: str
    rule: str
    limb: str
    basis: Basis
    #: The words quoted; empty where a source alone says so.
    evidence: str
    source: Citation | None
    #: The authority of the rule itself.
    authority: Citation | None
    note: str = ""
    confidence: str = ""


class LimbValue(Struct, frozen=True):
    """What one limb holds in one dimension; `values` is None where that is not known."""

    limb: str
    basis: Basis
    values: frozenset[str] | None
    #: The victims the limb protects; None where that is not known.
    persons: frozenset[str] | None
    #: For the scope: the categories named and those excluded.
    categories: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    #: Whose limb it is: categories whose line each law draws for itself are this law's own.
    owner: str = ""
    #: Whether more may stand in the part of the text that is not held.
    partial: bool = False


class Classified(Struct, frozen=True):
    """A provision's classes in one dimension, with the trail that leads to them."""

    dimension: str
    #: The classes, in the codebook's order; empty where silent or unknown.
    values: tuple[str, ...]
    basis: Basis
    because: tuple[Reason, ...]
    #: What each limb holds, for comparison.
    limbs: tuple[LimbValue, ...]
    categories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def unknown_limbs(self) -> tuple[str, ...]:
        """The limbs whose class is not known although that of others is."""
        if not self.values:
            return ()
        return tuple(one.limb for one in self.limbs if one.limb and one.basis is Basis.UNKNOWN)

    @property
    def differing_limbs(self) -> tuple[LimbValue, ...]:
        """The limbs one by one, where they do not all hold the same."""
        held = {(one.values, one.categories, one.excluded) for one in self.limbs}
        return self.limbs if len(held) > 1 else ()


class Classification(Struct, frozen=True):
    """A provision with its classes in every dimension of the codebook."""

    provision: Provision
    dimensions: Mapping[str, Classified]


class Authority(Struct, frozen=True):
    """Why one class reaches further than another, and who says so."""

    wider: str
    narrower: str
    because: str
    source: Citation | None


class Compared(Struct, frozen=True):
    """Two provisions in one dimension."""

    dimension: str
    left: Classified
    right: Classified
    relation: Relation
    #: The declared orders the relation rests on.
    authority: tuple[Authority, ...] = ()
    #: The relation for adults and for children; empty for the dimension of persons itself.
    by_person: Mapping[str, Relation] = field(default_factory=dict)


class Comparison(Struct, frozen=True):
    """Two provisions, dimension by dimension and in all."""

    left: Classification
    right: Classification
    dimensions: tuple[Compared, ...]
    overall: Relation
