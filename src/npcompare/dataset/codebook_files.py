"""The codebook of a release, for readers: as Markdown, and as PDF where Typst is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.formats.registry import FORMATS, render
from npcompare.messages import ENGLISH, enumerated, using
from npcompare.reports.codebook_report import codebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.dataset.tables import Release
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus


def codebook_markdown(release: Release) -> bytes:
    """Return the codebook as Markdown."""
    return _codebook(release.corpus, "markdown")


def codebook_pdf(release: Release) -> bytes:
    """Return the codebook as PDF."""
    return _codebook(release.corpus, "pdf")


def _codebook(corpus: Corpus, format_name: str) -> bytes:
    with using(ENGLISH):
        document = codebook(corpus, list(corpus.codebook.dimensions.values()))
        content = render(_with_headnote(document, corpus), FORMATS[format_name])
    return content if isinstance(content, bytes) else content.encode()


def _with_headnote(document: Document, corpus: Corpus) -> Document:
    """Return the codebook with the title of the document whose paragraphs it cites by number."""
    refs = dict.fromkeys(_numbered_refs(corpus.codebook_data))
    titles = [str(corpus.documents[ref]["title"]) for ref in refs if ref in corpus.documents]
    if not titles:
        return document
    first, *tables = document.tables
    headnote = f"Paragraphs and footnotes are those of: {enumerated(titles, is_strong=True)}."
    return document.replace(tables=(replace(first, headnote=headnote), *tables))


def _numbered_refs(data: Any) -> Iterator[str]:
    """Yield the id of each document of which a paragraph or a footnote is cited, at any depth."""
    if isinstance(data, dict):
        if "ref" in data and {"paragraph", "footnote"} & set(data):
            yield str(data["ref"])
        data = list(data.values())
    for part in data if isinstance(data, list) else ():
        yield from _numbered_refs(part)
