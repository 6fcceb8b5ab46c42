"""The text of a provision as Akoma Ntoso 3.0: a portion of a law, with what is known of it.

What is not known is not made up. Where the schema requires a date, an unknown one is 0001-01-01,
and its name says so; the identifiers are those of npcompare, unless the file has public ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from npcompare._version import __version__
from npcompare.errors import NpcompareError
from npcompare.exchange.akn_structure import make, structured, unstructured
from npcompare.exchange.iris import TOOL, document_iri, provision_iri, text_iri
from npcompare.model.languages import language_name, three_letter_code
from npcompare.readers.akn_reader import read_akoma_ntoso
from npcompare.readers.outline import Line, outlined
from npcompare.readers.plain_text import paragraphs_of
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Citation, Provision
    from npcompare.readers.paragraphs import Paragraph

#: In place of a date that is not known; the schema requires one.
_NO_DATE = "0001-01-01"

#: In place of the code of a State, for an organization.
_NO_COUNTRY = "zz"

#: What Akoma Ntoso calls the words of a text, by the status that npcompare gives it.
_STATUS = {
    "verbatim": "verbatim",
    "excerpt": "incomplete",
    "translation": "translated",
    "paraphrase": "editorial",
}

_NOT_FULL = "This is not the full text of the provision."

_NAMING = (
    "The identifiers that begin with urn:npcompare: are names of npcompare and do not follow the "
    "Akoma Ntoso Naming Convention, which requires a date and a number. The date 0001-01-01 stands "
    "for a date that is not known; of a date whose name ends in “-year” or “-month”, only that is "
    f"known. The country {_NO_COUNTRY} stands for an organization."
)


def write(corpus: Corpus, provisions: Sequence[Provision]) -> bytes:
    """Return the text of one provision; the corpus must be in English.

    Raises NpcompareError if there are several provisions, or if the text is not available or would
    not be read back as it is.
    """
    if len(provisions) != 1:
        raise NpcompareError(
            "a file in Akoma Ntoso has one provision", "name one: npcompare show ID -o ID.akn"
        )
    (provision,) = provisions
    lines = paragraphs_of(provision.text.body)
    paragraphs = outlined(Line(visible(words)) for words in lines)
    if not paragraphs:
        raise NpcompareError(
            f"the text of {provision.id} is not available, so it cannot be written",
            "name a provision with a text; npcompare show ID says whether it is available",
        )
    metadata = _Metadata(corpus, provision)
    for nest in (structured, unstructured):
        content = _written(metadata.document(nest(paragraphs, metadata.remark)))
        if _is_read_back(content, paragraphs):
            return content
    raise NpcompareError(
        f"the paragraphs of {provision.id} cannot be written in Akoma Ntoso as they are",
        "write a table instead, such as -o text.docx",
    )


def _is_read_back(content: bytes, paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether a document is read as these paragraphs.

    Labels on one line, as in "12. (1)", are read one by one.
    """
    read = read_akoma_ntoso(content, "", "accepted").paragraphs
    return with_joined_labels(read) == with_joined_labels(paragraphs)


def with_joined_labels(paragraphs: Iterable[Paragraph]) -> list[tuple[str, int, str]]:
    """Return label, depth and words of paragraphs; a label alone is joined with that below it."""
    rows: list[tuple[str, int, str]] = []
    last_depth = 0
    for entry in paragraphs:
        label = re.sub(r"[\s\u2013\u2014-]", "", entry.label) or entry.label
        is_joined = bool(rows and rows[-1][0] and not rows[-1][2] and entry.label)
        if is_joined and entry.depth == last_depth + 1:
            label_before, depth, _ = rows.pop()
            rows.append((label_before + label, depth, entry.text))
        else:
            rows.append((label, entry.depth, entry.text))
        last_depth = entry.depth
    return rows


def _written(root: Any) -> bytes:
    from lxml import etree

    etree.indent(root)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content + b"\n"


class _Metadata:
    """What is known of the text of a provision."""

    def __init__(self, corpus: Corpus, provision: Provision) -> None:
        self._corpus = corpus
        self._provision = provision
        self._iri = provision_iri(corpus, provision)
        self._text_iri = text_iri(self._iri, provision.text)

    def document(self, body: Any) -> Any:
        """Return the whole document."""
        meta = make(
            "meta",
            make(
                "identification",
                make("FRBRWork", *self._work()),
                make("FRBRExpression", *self._expression()),
                make("FRBRManifestation", *self._manifestation()),
                source="#npcompare",
            ),
            make("references", *self._references(), source="#npcompare"),
            make("notes", *self._notes(), source="#npcompare"),
        )
        status = {} if self._provision.is_proposed else {"status": _STATUS[self._status]}
        portion = make(
            "portion", meta, make("portionBody", body, **status), includedIn="#instrument"
        )
        return make("akomaNtoso", portion)

    @property
    def remark(self) -> str:
        """What a reader of the text alone must know; empty for the full words of the law."""
        text = self._provision.text
        if self._provision.is_proposed or (text.complete and text.status == "verbatim"):
            return ""
        status = self._corpus.codebook.vocabulary["text_status"][text.status]
        extent = "" if text.complete else f" {_NOT_FULL}"
        return f"{status.label.capitalize()}. {status.definition}{extent}"

    @property
    def _status(self) -> str:
        return self._provision.text.status

    # --- Identification ---------------------------------------------------------------------------

    def _work(self) -> Iterator[Any]:
        provision = self._provision
        instrument = provision.instrument
        yield from self._names(self._iri)
        for kind, identifier in provision.identifiers.items():
            yield make("FRBRalias", value=identifier, name=kind)
        dates = {"enacted": provision.dates.get("enacted", ""), "instrument": instrument.year}
        yield from self._dates(dates)
        yield make("FRBRauthor", href="#jurisdiction")
        name = provision.jurisdiction.name
        code = provision.jurisdiction.code.lower() or _NO_COUNTRY
        yield make("FRBRcountry", value=code, showAs=name)
        values = {
            "FRBRsubtype": instrument.kind,
            "FRBRnumber": instrument.number,
            "FRBRname": instrument.title,
        }
        for element, value in values.items():
            if value:
                yield make(element, value=fold(value))

    def _expression(self) -> Iterator[Any]:
        provision = self._provision
        yield from self._names(self._text_iri)
        dates = {name: provision.dates.get(name, "") for name in ("in_force_from", "in_force_to")}
        yield from self._dates(dates)
        has_source = provision.is_proposed or provision.text.source is not None
        is_own = self._status != "paraphrase" and not provision.is_proposed
        author = "#text-source" if has_source and not is_own else "#jurisdiction"
        yield make("FRBRauthor", href=author)
        yield make("FRBRauthoritative", value="false")
        yield make("FRBRlanguage", language=three_letter_code(provision.text.language))
        if self._status == "translation":
            languages = provision.instrument.languages
            original = languages[0] if len(languages) == 1 else ""
            yield make(
                "FRBRtranslation", href="#instrument", fromLanguage=three_letter_code(original)
            )

    def _manifestation(self) -> Iterator[Any]:
        yield from self._names(f"{self._text_iri}:akn")
        yield from self._dates({})
        yield make("FRBRauthor", href="#npcompare")
        yield make("FRBRformat", value="application/akn+xml")

    def _names(self, iri: str) -> Iterator[Any]:
        yield make("FRBRthis", value=iri)
        yield make("FRBRuri", value=iri)

    def _dates(self, dates: Mapping[str, str]) -> Iterator[Any]:
        """Yield dates with their names, which say how much of each is known."""
        known_dates = {name: date for name, date in dates.items() if date}
        for name, date in known_dates.items():
            precision = {4: "-year", 7: "-month"}.get(len(date), "")
            full = (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]
            yield make("FRBRdate", date=full, name=f"{name.replace('_', '-')}{precision}")
        if not known_dates:
            yield make("FRBRdate", date=_NO_DATE, name="unknown")

    # --- References and notes ---------------------------------------------------------------------

    def _references(self) -> Iterator[Any]:
        provision = self._provision
        identifiers = provision.identifiers
        address = identifiers.get("akn") or identifiers.get("eli") or identifiers.get("url")
        yield make(
            "original",
            eId="instrument",
            href=address or f"{self._iri}:instrument",
            showAs=fold(provision.citation),
        )
        name = provision.jurisdiction.name
        yield self._reference("TLCOrganization", "jurisdiction", f"{self._iri}:jurisdiction", name)
        yield self._reference("TLCObject", "npcompare", TOOL, f"npcompare {__version__}")
        if provision.proposed:
            name = provision.proposed.name
            yield self._source("text-source", f"{self._iri}:document", name)
        elif provision.text.source:
            yield self._source("text-source", *self._cited(provision.text.source))
        for number, source in enumerate(provision.sources, 1):
            yield self._source(f"source-{number}", *self._cited(source))

    def _cited(self, citation: Citation) -> tuple[str, str]:
        """Return the address of a document, and its title with the place in it."""
        document = self._corpus.documents.get(citation.ref, {})
        title = str(document.get("title") or citation.ref)
        address = document.get("url") or document_iri(self._corpus, citation.ref)
        return str(address), fold(", ".join(filter(None, (title, citation.place))))

    def _source(self, identifier: str, address: str, words: str) -> Any:
        return self._reference("TLCReference", identifier, address, words, name="source")

    def _reference(
        self, element: str, identifier: str, address: str, words: str, **attributes: str
    ) -> Any:
        return make(element, eId=identifier, href=address, showAs=words, **attributes)

    def _notes(self) -> Iterator[Any]:
        dataset = self._corpus.dataset
        notes = {"text": self._note_on_text(), "naming": _NAMING}
        if dataset and not self._provision.is_proposed:
            notes["terms"] = fold(dataset.quotations)
        for name, note in notes.items():
            yield make("note", make("p", note), eId=f"note-{name}")

    def _note_on_text(self) -> str:
        """Return whose words the text has, and that it is not the whole law."""
        provision, text = self._provision, self._provision.text
        if provision.proposed:
            return f"The text of a document, as npcompare reads it: {provision.proposed.name}."
        status = self._corpus.codebook.vocabulary["text_status"][text.status]
        extent = (
            "This is the full text of the provision, which is a part of the instrument."
            if text.complete
            else _NOT_FULL
        )
        language = f" Language: {language_name(text.language)}." if text.language else ""
        note = f" {fold(text.note)}" if text.note else ""
        return f"{status.label.capitalize()}. {status.definition} {extent}{language}{note}"
