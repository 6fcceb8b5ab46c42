"""Provisions as they are coded: plain, frozen data."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from npcompare.messages import ENGLISH, listed, message, plural, subdivided, using
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


#: Texts that are the law's own words, if perhaps in translation.
_OWN_WORDS = frozenset({"verbatim", "translation"})


class Basis(StrEnum):
    """What a class is based on. The five cases must not be confused."""

    #: Quoted words of the law.
    TEXT = "text"
    #: A statement of a source about the law.
    REPORTED = "reported"
    #: The full text is available and is silent.
    SILENT = "silent"
    #: The full text is not available, or the value is not coded.
    UNKNOWN = "unknown"
    #: Words of a text whose coding npcompare proposes and nobody has confirmed.
    PROPOSED = "proposed"


class Citation(Struct, frozen=True):
    """A place in a document of the bibliography, by paragraph or footnote as printed."""

    ref: str
    paragraph: str = ""
    footnote: str = ""
    #: The place in a document that numbers no paragraphs, such as "article 2(2)".
    pinpoint: str = ""

    @property
    def place(self) -> str:
        """The place in the document: "para. 57", "paras. 40–43", "footnote 12", "article 4"."""
        parts = [_paragraphs(self.paragraph)] if self.paragraph else []
        parts += [_footnotes(self.footnote)] if self.footnote else []
        parts += [no_break(self.pinpoint)] if self.pinpoint else []
        return ", ".join(parts)

    def __str__(self) -> str:
        """Return the document's id and the place in English: "background-paper, para. 57"."""
        with using(ENGLISH):
            return ", ".join(filter(None, (self.ref, self.place)))


def _paragraphs(numbers: str) -> str:
    """Return paragraphs as the United Nations cites them: "paras. 54 and 57"."""
    return plural(
        "para.\N{NO-BREAK SPACE}{numbers}",
        "paras.\N{NO-BREAK SPACE}{numbers}",
        _count(numbers),
        numbers=_listed(numbers),
    )


def _footnotes(numbers: str) -> str:
    return plural(
        "footnote\N{NO-BREAK SPACE}{numbers}",
        "footnotes\N{NO-BREAK SPACE}{numbers}",
        _count(numbers),
        numbers=_listed(numbers),
    )


def _count(numbers: str) -> int:
    """Return how many numbers there are, without those in brackets after others."""
    return len(re.findall("[0-9]+", re.sub(r"\([^)]*\)", "", numbers)))


def _listed(numbers: str) -> str:
    return listed(subdivided(re.sub(r"(?<=[0-9)])-(?=[0-9(])", "–", numbers)).split(", "))


#: The word of every field for what a source reports not to exist, such as a further test.
NONE_REPORTED = "none_reported"


class Doubt(Struct, frozen=True):
    """Another reading of the words that a value is based on."""

    #: The values on the other reading, by field; empty if it cannot be coded.
    values: Mapping[str, tuple[str, ...]]
    note: str
    #: Whether, on the other reading, the offences listed are only examples of a longer list.
    is_open: bool = False


class Coded(Struct, frozen=True):
    """One coded value and its proof: words of the body, or a source."""

    value: str
    basis: Basis
    #: The words of the text that prove the value; empty if it is based on a source only.
    evidence: tuple[str, ...]
    #: The source of the words or, without words, of the value.
    source: Citation | None
    note: str = ""
    #: How reliable a reported value is: "high", "medium", or empty if the file does not say.
    confidence: str = ""
    #: The other reading, where the reading coded is doubtful.
    doubt: Doubt | None = None
    #: The language of the words, if they are those of another version than the text.
    language: str = ""


class Limb(Struct, frozen=True):
    """One operative rule of a provision: its coded values by field, such as "offences.extent"."""

    id: str
    coded: Mapping[str, tuple[Coded, ...]]
    note: str = ""
    #: Whether the offences listed are only examples of a longer list.
    is_open: bool = False


class Reported(Struct, frozen=True):
    """A class that a source gives to a provision without quoting it."""

    dimension: str
    values: tuple[str, ...]
    #: The victims that the statement is about; empty if it makes no distinction.
    persons: tuple[str, ...]
    source: Citation
    note: str = ""
    confidence: str = ""
    #: Whether there may be more classes than these.
    is_open: bool = False


class NoteKind(StrEnum):
    """What a note on a provision as a whole is for."""

    #: What every reader of a table with the provision must know.
    CAVEAT = "caveat"
    #: Earlier or later law.
    HISTORY = "history"
    #: How the words were read.
    READING = "reading"


class Note(Struct, frozen=True):
    """A remark on a provision as a whole, with a date if the facts in it may change."""

    text: str
    kind: NoteKind = NoteKind.READING
    date: str = ""
    source: Citation | None = None
    confidence: str = ""


class Settled(Struct, frozen=True):
    """Words of the body that give rise to a warning, and why they need no coding."""

    words: str
    note: str
    #: The language of the version that has the words; empty for the first.
    language: str = ""


class Interpretation(Struct, frozen=True):
    """A decision of a court that changes how a provision is read."""

    case: str
    date: str
    #: What was held.
    note: str
    source: Citation | None


class Succession(Struct, frozen=True):
    """The provision that this one replaced, and the source for that."""

    id: str
    because: str
    source: Citation | None


class Text(Struct, frozen=True):
    """The words of the provision, as far as they are available."""

    status: str
    #: Whether the body is the whole provision, so that silence is a fact of law.
    complete: bool
    language: str = ""
    body: str = ""
    source: Citation | None = None
    note: str = ""
    #: Words of the body that its source misprints.
    misprints: tuple[str, ...] = ()
    #: For one of several versions: "authentic", "official", "translation" or "paraphrase".
    authority: str = ""

    def with_sic(self, words: str) -> str:
        """Return words of the body for readers, with “[sic]” after each misprint."""
        for misprint in self.misprints:
            pattern = r"\s+".join(map(re.escape, misprint.split()))
            words = re.sub(rf"\b{pattern}\b", "\\g<0> [sic]", words)
        return words

    @property
    def is_whole(self) -> bool:
        """Whether this is the full text in the law's own words: its silence is a fact of law."""
        return self.complete and self.status in _OWN_WORDS

    @property
    def is_description(self) -> bool:
        """Whether these are a source's words about the law, and not the law's own."""
        return self.status == "paraphrase"


class LanguageVersion(Struct, frozen=True):
    """A version of a provision in one language: its text, and the coding of that text."""

    text: Text
    limbs: tuple[Limb, ...]
    coded: Mapping[str, tuple[Coded, ...]]


class ReportedWording(Struct, frozen=True):
    """Words of a version that a source reports and of which the text was not available."""

    language: str
    #: The limb and the field that the words are about.
    limb: str
    field: str
    words: str
    source: Citation
    #: The value that the words carry; empty if it is not coded.
    value: str = ""
    #: Words of the text for which the reported words have no equivalent.
    lacks: str = ""
    note: str = ""
    confidence: str = ""


class Jurisdiction(Struct, frozen=True):
    """The State, part of a State, or organization to which a law belongs."""

    name: str
    #: ISO 3166-1 alpha-2 or 3166-2; empty for organizations.
    code: str
    kind: str

    @property
    def is_organization(self) -> bool:
        """Whether it is a regional or an international organization."""
        return self.kind in {"regional_organization", "international_organization"}


class Instrument(Struct, frozen=True):
    """The act, code, treaty or other document that the provision is part of.

    Title and kind are empty if the source does not give them.
    """

    title: str
    kind: str
    number: str = ""
    year: str = ""
    languages: tuple[str, ...] = ()


class ProposedCoding(Struct, frozen=True):
    """The document from which npcompare proposes a coding that nobody has confirmed."""

    #: The name of its file.
    document: str
    #: The section that was read, such as "12(1)"; empty for the whole document.
    section: str = ""
    #: The passages that were not understood.
    unread: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The document and the section, such as "Clause 12.docx, 12(1)"."""
        return ", ".join(filter(None, (self.document, self.section)))


class CodedValue(NamedTuple):
    """A coded value, with its limb, which is empty for the provision as a whole, and its field."""

    limb: str
    field: str
    coded: Coded


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
    #: Fields coded for the provision as a whole: who raises the matter, burden and standard.
    coded: Mapping[str, tuple[Coded, ...]] = field(default_factory=dict)
    reported: tuple[Reported, ...] = ()
    sources: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    #: How reliable those reported values are that do not have a confidence of their own.
    confidence: str = ""
    #: The provision of which this is a version in time; empty if it is not a version.
    version_of: str = ""
    succeeds: Succession | None = None
    settled: tuple[Settled, ...] = ()
    #: The provisions that describe the same law more fully.
    fuller: tuple[str, ...] = ()
    interpreted_by: tuple[Interpretation, ...] = ()
    #: Where the coding is from, if it is only proposed; None for a coded file.
    proposed: ProposedCoding | None = None
    #: The versions in several languages, one of which is `text`; empty if there is only one text.
    language_versions: tuple[LanguageVersion, ...] = ()
    reported_wordings: tuple[ReportedWording, ...] = ()

    @property
    def is_proposed(self) -> bool:
        """Whether the coding is only proposed by npcompare: nobody has confirmed it."""
        return self.proposed is not None

    @property
    def is_excerpt(self) -> bool:
        """Whether its text is the law's own words, and its other words may limit what they say.

        Nobody has said yet whether a text that is not coded is the whole provision.
        """
        is_own = self.text.status == "excerpt" or self.text.status in _OWN_WORDS
        return is_own and not self.text.is_whole and not self.is_proposed

    @property
    def is_absence(self) -> bool:
        """Whether the jurisdiction is reported to have no specific provision."""
        return self.form == "none_specific"

    @property
    def caveats(self) -> tuple[str, ...]:
        """The caveats among its notes; `all_caveats` has those on versions of the text, too."""
        return tuple(note.text for note in self.notes if note.kind is NoteKind.CAVEAT)

    @property
    def coded_values(self) -> Iterator[CodedValue]:
        """The coded values, limb by limb, and then those of the provision as a whole."""
        parts = [*((limb.id, limb.coded) for limb in self.limbs), ("", self.coded)]
        for limb, by_field in parts:
            for name, values in by_field.items():
                for coded in values:
                    yield CodedValue(limb, name, coded)

    @property
    def citation(self) -> str:
        """The instrument and the place in it, such as "Criminal Code, article 4"."""
        title = self.instrument.title or message("Instrument not specified")
        if not self.pinpoint:
            return title
        pinpoint = no_break(self.pinpoint)
        return message("{instrument}, {pinpoint}", instrument=title, pinpoint=pinpoint)

    @property
    def label(self) -> str:
        """The jurisdiction and the place, for the head of a column."""
        name = self.jurisdiction.name
        if not self.pinpoint:
            return name
        pinpoint = no_break(self.pinpoint)
        return message("{jurisdiction}, {pinpoint}", jurisdiction=name, pinpoint=pinpoint)
