"""Records that the JSON of several outputs shares: corpus, citation, classes.

Scripts rely on the keys, so each output has its schema in schemas/, which `make schemas` generates
from these classes. The fields of a record are written in their order here; a field of type UNSET is
left out where there is nothing to say. Records of one output alone are defined with its report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, cast

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from npcompare._version import __version__
from npcompare.document import Stream
from npcompare.law.citations import cited
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from npcompare.law.citations import Bibliography
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Citation, Provision
    from npcompare.model.results import Authority, Classification, Classified, LimbValue, Reason

T = TypeVar("T")

#: A number of things.
Count = Annotated[int, Meta(ge=0)]
#: A place in a sequence, counted from 1.
Ordinal = Annotated[int, Meta(ge=1)]
#: The SHA-256 digest of a corpus.
Digest = Annotated[str, Meta(pattern="^sha256:[0-9a-f]{64}$")]
#: Whether a provision was in force on the day whose law is shown; "enacted" if only its enactment
#: or the year of its instrument is known.
InForce = Literal["yes", "enacted", "unknown", "no"]
#: What kind of norm a provision is.
Effect = Annotated[
    str,
    Meta(
        description=(
            "Derived from the form and the kind of the instrument: operative, obligation, "
            "recommendation, model, bill, finding, none (no specific provision) or unknown."
        )
    ),
]
#: How a relation is qualified.
Hedge = Annotated[
    str | None,
    Meta(
        description=(
            "How the relation is qualified, such as “may be”; null if it is not qualified."
        )
    ),
]
#: How certain a source is.
Confidence = Annotated[str, Meta(extra_json_schema={"enum": ["high", "medium"]})]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """An object of the JSON output."""


class ToolRecord(Record, frozen=True):
    """The program that wrote the output."""

    name: Annotated[str, Meta(extra_json_schema={"const": "npcompare"})]
    version: str


#: This program.
TOOL = ToolRecord(name="npcompare", version=__version__)


class Output(Record, frozen=True, tag_field="schema"):
    """A whole output. Its schema's name comes first, then the program that wrote it."""

    tool: ToolRecord


class CorpusRecord(Record, frozen=True):
    """The corpus that the results were made from."""

    digest: Digest
    codebook: str
    provisions: Ordinal
    collection: str
    as_of: str | UnsetType = UNSET
    names: Literal["un"] | UnsetType = UNSET


class ProposedRecord(Record, frozen=True):
    """A text whose coding is proposed by npcompare and not confirmed."""

    id: str
    document: Annotated[str, Meta(description="The name of the file.")]
    section: str | None
    unread: Annotated[list[str], Meta(description="The passages that were not understood.")]


class NoticedOutput(Output, frozen=True, kw_only=True):
    """An output that says which coding in it is only proposed."""

    headnote: Annotated[
        str | UnsetType,
        Meta(description="That a coding is proposed and not confirmed, if any is."),
    ] = UNSET
    proposed: list[ProposedRecord] | UnsetType = UNSET


class CorpusOutput(NoticedOutput, frozen=True):
    """An output made from one corpus."""

    corpus: CorpusRecord


class CitationRecord(Record, frozen=True, kw_only=True):
    """A place in a document of the bibliography, with the citation that readers are shown."""

    ref: str
    paragraph: str | UnsetType = UNSET
    footnote: str | UnsetType = UNSET
    pinpoint: str | UnsetType = UNSET
    cited: str


class ReasonRecord(Record, frozen=True):
    """Why a class was given: the rule that applied, to which limb, based on which words."""

    value: str
    rule: str
    limb: str | None
    evidence: str | None
    source: CitationRecord | None
    authority: CitationRecord | None
    note: str | UnsetType = UNSET
    confidence: Confidence | UnsetType = UNSET
    doubt: Annotated[
        str | UnsetType,
        Meta(description="What the words could also mean, if the reading is doubtful."),
    ] = UNSET
    language: Annotated[
        str | UnsetType,
        Meta(description="The language of the words, if they are of another version."),
    ] = UNSET


class LimbRecord(Record, frozen=True):
    """The classes of one limb in one dimension; null if they are not known."""

    limb: str
    values: list[str] | None
    basis: Basis
    persons: list[str] | UnsetType = UNSET
    categories: list[str] | UnsetType = UNSET
    excluded: list[str] | UnsetType = UNSET


class ClassifiedRecord(Record, frozen=True, kw_only=True):
    """The classes of a provision in one dimension, with the reasons for each."""

    values: list[str]
    basis: Basis
    categories: list[str] | UnsetType = UNSET
    excluded: list[str] | UnsetType = UNSET
    unknown_limbs: list[str] | UnsetType = UNSET
    limbs: list[LimbRecord] | UnsetType = UNSET
    because: list[ReasonRecord]


class ProvisionRecord(Record, frozen=True):
    """The provision that something is said about."""

    id: str
    jurisdiction: str
    citation: str


class ClassificationRecord(ProvisionRecord, frozen=True):
    """A provision with its effect and its classes by dimension."""

    effect: Effect
    dimensions: dict[str, ClassifiedRecord]
    in_force: InForce | UnsetType = UNSET


class AuthorityRecord(Record, frozen=True):
    """Why one class reaches further than another."""

    wider: str
    narrower: str
    because: str
    source: CitationRecord | None


def urn(name: str) -> str:
    """Return the name by which an output refers to its schema."""
    return f"urn:npcompare:output:{name}:1"


def stream(make: Callable[[], Iterable[T]]) -> list[T]:
    """Return records that are made one by one as they are written.

    They are typed as the list that they are in JSON.
    """
    return cast("list[T]", Stream(make))


def as_data(output: Output) -> dict[str, Any]:
    """Return an output as plain data; streams at its top stay streams."""
    config = output.__struct_config__
    data: dict[str, Any] = {str(config.tag_field): config.tag}
    for name, key in zip(output.__struct_fields__, output.__struct_encode_fields__, strict=True):
        value = getattr(output, name)
        if value is not UNSET:
            data[key] = value if isinstance(value, Stream) else msgspec.to_builtins(value)
    return data


def as_plain(records: list[Any]) -> Any:
    """Return records as plain data."""
    return msgspec.to_builtins(records)


def present(value: T | None) -> T | UnsetType:
    """Return a value, or UNSET if it is empty, so that its key is left out."""
    return value or UNSET


def corpus_record(corpus: Corpus) -> CorpusRecord:
    """Return the record of the corpus that results were made from."""
    return CorpusRecord(
        digest=corpus.digest(),
        codebook=corpus.codebook.version,
        provisions=len(corpus.files),
        collection=corpus.collection,
        as_of=present(corpus.as_of),
        names="un" if corpus.naming.is_un else UNSET,
    )


def provision_record(provision: Provision) -> ProvisionRecord:
    """Return the record that names a provision."""
    return ProvisionRecord(**naming(provision))


def naming(provision: Provision) -> dict[str, str]:
    """Return the fields of a record that name a provision."""
    return {
        "id": provision.id,
        "jurisdiction": provision.jurisdiction.name,
        "citation": provision.citation,
    }


def classification_record(
    bibliography: Bibliography,
    classification: Classification,
    in_force: InForce | UnsetType = UNSET,
) -> ClassificationRecord:
    """Return the record of a provision's classes by dimension."""
    return ClassificationRecord(
        **naming(classification.provision),
        effect=classification.effect,
        dimensions=dimension_records(bibliography, classification),
        in_force=in_force,
    )


def dimension_records(
    bibliography: Bibliography, classification: Classification
) -> dict[str, ClassifiedRecord]:
    """Return the records of a provision's classes by dimension."""
    return {
        name: classified_record(bibliography, classified)
        for name, classified in classification.dimensions.items()
    }


def classified_record(bibliography: Bibliography, classified: Classified) -> ClassifiedRecord:
    """Return the record of a provision's classes in one dimension."""
    return ClassifiedRecord(
        values=list(classified.values),
        basis=classified.basis,
        categories=present(list(classified.categories)),
        excluded=present(list(classified.excluded)),
        unknown_limbs=present(list(classified.unknown_limbs)),
        limbs=present([_limb_record(limb) for limb in classified.differing_limbs]),
        because=[_reason_record(bibliography, reason) for reason in classified.because],
    )


def _limb_record(limb: LimbValue) -> LimbRecord:
    return LimbRecord(
        limb=limb.limb,
        values=None if limb.values is None else sorted(limb.values),
        basis=limb.basis,
        persons=present(sorted(limb.persons or ())),
        categories=present(sorted(limb.categories)),
        excluded=present(sorted(limb.excluded)),
    )


def _reason_record(bibliography: Bibliography, reason: Reason) -> ReasonRecord:
    return ReasonRecord(
        value=reason.value,
        rule=reason.rule,
        limb=reason.limb or None,
        evidence=reason.evidence or None,
        source=citation_record(bibliography, reason.source),
        authority=citation_record(bibliography, reason.authority),
        note=present(reason.note),
        confidence=present(reason.confidence),
        doubt=present(reason.doubt),
        language=present(reason.language),
    )


def citation_record(bibliography: Bibliography, citation: Citation | None) -> CitationRecord | None:
    """Return the record of a citation, if there is one."""
    if citation is None:
        return None
    return CitationRecord(
        ref=citation.ref,
        paragraph=present(citation.paragraph),
        footnote=present(citation.footnote),
        pinpoint=present(citation.pinpoint),
        cited=cited(bibliography, citation),
    )


def authority_record(bibliography: Bibliography, authority: Authority) -> AuthorityRecord:
    """Return the record of why one class reaches further than another."""
    return AuthorityRecord(
        wider=authority.wider,
        narrower=authority.narrower,
        because=authority.because,
        source=citation_record(bibliography, authority.source),
    )


def proofs(classified: Classified) -> list[tuple[str, Citation | None, str]]:
    """Return each different quotation that a class is based on, with its source and language.

    The language is empty if the words are those of the text that is shown.
    """
    return list(
        dict.fromkeys(
            (reason.evidence, reason.source, reason.language) for reason in classified.because
        )
    )
