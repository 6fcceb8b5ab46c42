"""The column of sources: what the text and the classes of a provision are based on."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.document import Cell, cell
from npcompare.messages import deferred, enumerated, message, spaced_brackets
from npcompare.model.provision import Basis
from npcompare.reports.cells import confidence_words, own_source
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Citation, Provision
    from npcompare.model.results import Classification

_NOT_AVAILABLE = deferred("text not available")
_BASIS_OF_ALL = deferred("basis of the classes")

#: The number of a document in the list below a table.
_NUMBER = re.compile(r"\[\d+\]")


class SourceList:
    """The documents that a table is based on: short in its cells, and in full below it.

    A single document needs no number. The place in it is in each cell.
    """

    def __init__(
        self, corpus: Corpus, results: Iterable[Classification], dimensions: Sequence[Dimension]
    ) -> None:
        citations = [
            citation for result in results for citation in _all_sources(result, dimensions)
        ]
        self._documents = corpus.documents
        self._numbers = {
            ref: number
            for number, ref in enumerate(dict.fromkeys(each.ref for each in citations), 1)
        }
        self._is_single = len(self._numbers) == 1 and all(each.place for each in citations)

    def cite_in_cell(self, citation: Citation) -> str:
        """Return a citation for a line of a cell."""
        return capitalized(self.cite(citation))

    def cite(self, citation: Citation) -> str:
        """Return a citation: the place, after the number of the document if there are several."""
        if self._is_single:
            return citation.place
        number = f"[{self._numbers[citation.ref]}]"
        if not citation.place:
            return number
        return message("{document}, {place}", document=number, place=citation.place)

    def remarks(self) -> Iterator[str]:
        """Yield the documents in full, each with its number if there are several."""
        for ref, number in self._numbers.items():
            words = in_full(self._documents.get(ref, {}), ref)
            if self._is_single:
                yield message("Source: {document}", document=words)
            else:
                yield f"[{number}] {words}"


def in_full(document: Mapping[str, Any], ref: str) -> str:
    """Return a document with its author, its title and where it is, as a list of sources has it."""
    title = str(document.get("title") or ref).removesuffix(".")
    author = str(document.get("author") or "")
    words = title if author in title else f"{author}, {title}"
    if url := document.get("url"):
        return message("{document}. Available at {address}.", document=words, address=url)
    return message("{document}.", document=words)


def _all_sources(result: Classification, dimensions: Iterable[Dimension]) -> Iterator[Citation]:
    yield from _text_sources(result.provision)
    for dimension in dimensions:
        for reason in result.dimensions[dimension.id].because:
            if reason.basis is Basis.REPORTED and reason.source:
                yield reason.source


def _text_sources(provision: Provision) -> Sequence[Citation]:
    return [provision.text.source] if provision.text.source else provision.sources


def sources_of_text(provision: Provision, cite: Callable[[Citation], str]) -> list[str]:
    """Return the citations of a provision's text or, if there is none, of the provision."""
    return list(dict.fromkeys(map(cite, _text_sources(provision)))) or [own_source(provision)]


def source_cell(
    cite: Callable[[Citation], str],
    result: Classification,
    dimensions: Sequence[Dimension],
    *,
    is_text_shown: bool,
) -> Cell:
    """Return the sources of a provision, with what is based on a source and not on the text.

    Args:
        cite: Returns a citation.
        result: The provision with its classes.
        dimensions: The dimensions whose classes are in the same row.
        is_text_shown: Whether the row also shows the text, or that it is not available.
    """
    provision = result.provision
    citations = sources_of_text(provision, cite)
    reported = list(_reported(cite, result, dimensions))
    if not reported:
        return cell("\n".join(_numbers_together(citations)))
    says_so = not provision.is_absence and (bool(provision.text.body) or not is_text_shown)
    single, *further = reported
    if not further and single.is_basis_of_all and {single.citation} == set(citations):
        parts = [f"{single.citation}{_in_brackets('', single.confidence)}"]
        parts += [message(_NOT_AVAILABLE)] * says_so
        return cell(enumerated(parts, is_strong=True))
    citations_used = {source.citation for source in reported}
    lines = _numbers_together(each for each in citations if each not in citations_used)
    lines = [*map(_line, reported), *lines, *[capitalized(message(_NOT_AVAILABLE))] * says_so]
    return cell("\n".join(lines))


def _numbers_together(citations: Iterable[str]) -> list[str]:
    """Return citations, with the numbers of documents in one line if no place follows them."""
    lines: list[str] = []
    for is_number, group in groupby(citations, lambda each: bool(_NUMBER.fullmatch(each))):
        alike = list(group)
        lines += [enumerated(alike)] if is_number else alike
    return lines


class _Reported(NamedTuple):
    """Places in a document that report the same classes with the same confidence."""

    citation: str
    confidence: str
    labels: tuple[str, ...]
    is_basis_of_all: bool


def _reported(
    cite: Callable[[Citation], str], result: Classification, dimensions: Sequence[Dimension]
) -> Iterator[_Reported]:
    """Yield the sources without the text that classes in a row are based on."""
    labels: dict[tuple[Citation, str], dict[str, None]] = {}
    with_class: dict[str, None] = {}
    is_text_quoted = False
    for dimension in dimensions:
        for reason in result.dimensions[dimension.id].because:
            with_class[dimension.label.lower()] = None
            if reason.basis is Basis.REPORTED and reason.source:
                key = reason.source, reason.confidence
                labels.setdefault(key, {})[dimension.label.lower()] = None
            else:
                is_text_quoted = True
    places: dict[tuple[str, str, tuple[str, ...]], list[Citation]] = {}
    for (source, confidence), names in labels.items():
        places.setdefault((source.ref, confidence, tuple(names)), []).append(source)
    for (_, confidence, reported), (first, *further) in places.items():
        parts = [cite(first), *(source.place for source in further)]
        citation = enumerated(parts, is_strong=True)
        covers_all = not is_text_quoted and len(reported) == len(with_class)
        yield _Reported(citation, confidence, reported, covers_all)


def _line(source: _Reported) -> str:
    labels = (message(_BASIS_OF_ALL),) if source.is_basis_of_all else source.labels
    return f"{source.citation}{_in_brackets(enumerated(labels), source.confidence)}"


def _in_brackets(words: str, confidence: str = "") -> str:
    """Return words and a confidence in brackets after a space, or nothing if there are none."""
    if confidence:
        parts = list(filter(None, (words, confidence_words(confidence))))
        words = enumerated(parts, is_strong=True)
    return spaced_brackets(words) if words else ""
