"""Properties of what is written of a codebook: every label is in it, and it is read again."""

from __future__ import annotations

import io
import re
import tempfile
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
from lxml import etree

from fuzz.readers import corpus as bundled_corpus
from fuzz.trees import ROOT
from npcompare.dataset.codebook_files import codebook_markdown, codebook_pdf
from npcompare.dataset.tables import Release
from npcompare.errors import NpcompareError
from npcompare.exchange import coding_frame, skos
from npcompare.law.corpus import load_corpus
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook


@cache
def _kenya() -> bytes:
    return (ROOT / "statutes" / "kenya.yaml").read_bytes()


def _loaded(raw: bytes) -> Corpus | None:
    """Return a corpus with a codebook, or None if it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "codebook.yaml").write_bytes(raw)
        (Path(folder) / "kenya.yaml").write_bytes(_kenya())
        try:
            return load_corpus(folder)
        except NpcompareError:
            return None


def _labels(book: Codebook) -> Iterator[str]:
    for dimension in book.dimensions.values():
        yield dimension.label
        yield from (term.label for term in dimension.classes.values())


def _is_changed(book: Codebook) -> bool:
    return book != bundled_corpus().codebook


def codebook_files(raw: bytes) -> None:
    """Assert that a REFI-QDA codebook, SKOS and Markdown have every label of a codebook."""
    from rdflib import Graph

    corpus = _loaded(raw)
    if corpus is None or not _is_changed(corpus.codebook):
        return
    labels = {fold(visible(label)) for label in _labels(corpus.codebook)}
    root = etree.fromstring(coding_frame.write_codebook(corpus))
    names = " ".join(fold(element.get("name", "")) for element in root.iter("{*}Code"))
    assert {label for label in labels if label.casefold() not in names.casefold()} == set()
    graph = Graph().parse(data=skos.write_turtle(corpus), format="turtle")
    literals = {fold(visible(str(literal))) for literal in graph.objects()}
    assert labels <= literals
    page = re.sub(r"\\(.)", r"\1", codebook_markdown(Release(corpus, {}, frozenset())).decode())
    words = Counter(re.findall(r"\w+", page))
    assert not Counter(re.findall(r"\w+", " ".join(labels))) - words


def codebook_print(raw: bytes) -> None:
    """Assert that no letter of a label is lost in print."""
    corpus = _loaded(raw)
    if corpus is None or not _is_changed(corpus.codebook):
        return
    content = codebook_pdf(Release(corpus, {}, frozenset()))
    assert content is not None
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    printed = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in pages))
    labels = unicodedata.normalize("NFKC", "".join(map(visible, _labels(corpus.codebook))))
    letters = Counter(re.findall("[A-Za-z0-9]", labels))
    assert letters - Counter(re.findall("[A-Za-z0-9]", printed)) == {}
