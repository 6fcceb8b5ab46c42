"""The evidence of provisions as Web Annotations of the W3C: one for each coded value with words.

Each says that a passage of a text has a class: its target is the passage, by its words and by its
place, and its body is the word of the codebook.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from npcompare._version import __version__
from npcompare.errors import NpcompareError
from npcompare.exchange.iris import (
    TERMS,
    TOOL,
    codebook_iri,
    concept_iri,
    provision_iri,
    text_iri,
)
from npcompare.exchange.text_selectors import QuotedText
from npcompare.formats.json_text import format_json
from npcompare.law.citations import cited
from npcompare.messages import ENGLISH_TAG
from npcompare.model.codebook import FIELDS
from npcompare.model.language_versions import in_language, languages
from npcompare.reports.linked_data import licence_address
from npcompare.text import counted, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.law.dataset_file import Creator, Dataset
    from npcompare.model.provision import Coded, CodedValue, Provision, Text

#: The context of the W3C, and the prefix of what it does not define. It is named and not fetched.
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"np": TERMS}]

#: Of more provisions, a label gives the number only.
_MOST_NAMED = 3

_GENERATOR = {"id": TOOL, "type": "Software", "name": f"npcompare {__version__}"}


def write(corpus: Corpus, provisions: Sequence[Provision]) -> str:
    """Return the evidence of provisions as JSON-LD; the corpus must be in English.

    Raises NpcompareError if no coded value of them quotes words of the text.
    """
    codebook = codebook_iri(corpus)
    texts = [
        _CodedText(corpus, codebook, provision, text, values)
        for provision in provisions
        for text, values in _coded_texts(provision)
    ]
    items = [annotation for text in texts for annotation in text.annotations()]
    if not items:
        names = ", ".join(provision.id for provision in provisions)
        raise NpcompareError(
            f"no coded value quotes words of a text: {names}",
            "name provisions with a text; npcompare show ID says whether it is available",
        )
    iri = _collection_iri(corpus, provisions)
    data = {
        "@context": _CONTEXT,
        "id": iri,
        "type": "AnnotationCollection",
        "label": _label(len(items), provisions),
        **(_about(corpus.dataset) if corpus.dataset else {}),
        "generator": _GENERATOR,
        "total": len(items),
        "np:texts": [text.described() for text in texts if text.has_annotations],
        "first": {
            "id": f"{iri}:page",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return f"{format_json(data)}\n"


def has_evidence(provisions: Iterable[Provision]) -> bool:
    """Return whether a coded value of provisions quotes words of a text."""
    return any(
        values for provision in provisions for _, values in _coded_texts(provision) if values
    )


def _collection_iri(corpus: Corpus, provisions: Sequence[Provision]) -> str:
    iris = [provision_iri(corpus, provision) for provision in provisions]
    if len(iris) == 1:
        return f"{iris[0]}:evidence"
    digest = hashlib.sha256("\n".join(iris).encode()).hexdigest()
    return f"{iris[0].rpartition('provision:')[0]}evidence:{digest[:16]}"


def _label(count: int, provisions: Sequence[Provision]) -> str:
    values = counted(count, "coded value")
    if len(provisions) > _MOST_NAMED:
        return f"{values} of {counted(len(provisions), 'provision')}"
    return fold(f"{values}: {'; '.join(provision.label for provision in provisions)}")


def _about(dataset: Dataset) -> dict[str, Any]:
    """Return who made the coding, and on what terms it can be used."""
    licence = dataset.licence
    address = licence_address(licence)
    return {
        "creator": [_creator(creator) for creator in dataset.creators],
        **({"rights": address} if address else {"dc:rights": licence.name}),
    }


def _creator(creator: Creator) -> dict[str, str]:
    kind = "Organization" if creator.name else "Person"
    identifier = {"id": creator.orcid} if creator.orcid else {}
    return {**identifier, "type": kind, "name": creator.full_name}


def _coded_texts(provision: Provision) -> Iterator[tuple[Text, list[CodedValue]]]:
    """Yield each text of a provision with the values that quote it."""
    views = [in_language(provision, language) for language in languages(provision)]
    for view in views or [provision]:
        # Words in another language are those of another version, which has the value too.
        yield (
            view.text,
            [
                value
                for value in view.coded_values
                if value.coded.evidence and not value.coded.language
            ],
        )


class _CodedText:
    """A text with the values that quote it."""

    def __init__(
        self,
        corpus: Corpus,
        codebook: str,
        provision: Provision,
        text: Text,
        values: Sequence[CodedValue],
    ) -> None:
        self._corpus = corpus
        self._codebook = codebook
        self._provision = provision
        self._text = text
        self._values = values
        self._provision_iri = provision_iri(corpus, provision)
        self._iri = text_iri(self._provision_iri, text)
        self._quoted = QuotedText(text.body)

    @property
    def has_annotations(self) -> bool:
        """Whether a value quotes the text."""
        return bool(self._values)

    def described(self) -> dict[str, Any]:
        """Return the text itself, which the positions count, with its source and its terms."""
        text, dataset = self._text, self._corpus.dataset
        status = self._corpus.codebook.vocabulary["text_status"][text.status]
        return {
            **self._named(),
            "value": text.body,
            "np:provision": {"id": self._provision_iri},
            "label": fold(f"{self._provision.jurisdiction.name}: {self._provision.citation}"),
            "np:status": text.status,
            "np:isComplete": text.complete,
            "dc:description": status.definition,
            **({"dc:source": fold(cited(self._corpus, text.source))} if text.source else {}),
            **({"dc:rights": fold(dataset.quotations)} if dataset else {}),
        }

    def annotations(self) -> Iterator[dict[str, Any]]:
        """Yield the annotation of each value."""
        for value in self._values:
            vocabulary = FIELDS[value.field]
            parts = (value.limb or "whole", value.field, value.coded.value)
            targets = [
                {
                    "type": "SpecificResource",
                    "source": self._named(),
                    "selector": self._quoted.selectors(words),
                }
                for words in value.coded.evidence
            ]
            yield {
                "id": concept_iri(self._iri, *parts),
                "type": "Annotation",
                "motivation": "classifying",
                "body": [
                    {
                        "type": "SpecificResource",
                        "purpose": "classifying",
                        "source": concept_iri(self._codebook, vocabulary, value.coded.value),
                        "np:field": value.field,
                    },
                    *self._remarks(value),
                ],
                "target": targets[0] if len(targets) == 1 else targets,
                **({"np:limb": value.limb} if value.limb else {}),
                "np:basis": self._basis(value.coded),
            }

    def _named(self) -> dict[str, Any]:
        """Return the text as the source of a passage."""
        language = {"language": self._text.language} if self._text.language else {}
        return {"id": self._iri, "type": "Text", "format": "text/plain", **language}

    def _basis(self, coded: Coded) -> str:
        return "proposed" if self._provision.is_proposed else str(coded.basis)

    def _remarks(self, value: CodedValue) -> Iterator[Mapping[str, str]]:
        """Yield the coding in words, the note on it, and the doubt about it."""
        label = self._corpus.codebook.label(FIELDS[value.field], value.coded.value)
        texts = {
            "describing": f"{value.field}: {label}",
            "commenting": value.coded.note,
            "questioning": value.coded.doubt.note if value.coded.doubt else "",
        }
        for purpose, text in texts.items():
            if text:
                yield {
                    "type": "TextualBody",
                    "purpose": purpose,
                    "value": text,
                    "format": "text/plain",
                    "language": ENGLISH_TAG,
                }
