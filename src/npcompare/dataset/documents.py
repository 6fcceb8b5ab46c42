"""The files of a release that people read, and those that archives and reference managers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.dataset.agreement_file import agreement_csv
from npcompare.dataset.bibtex import sources_bib
from npcompare.dataset.cautions import cautions
from npcompare.dataset.citation_files import citation_cff, dataset_yaml, zenodo_json
from npcompare.dataset.codebook_files import codebook_markdown, codebook_pdf
from npcompare.dataset.licences import licences
from npcompare.dataset.whats_new import whats_new

if TYPE_CHECKING:
    from collections.abc import Callable

    from npcompare.dataset.tables import Release

#: Each file with its description and what makes it.
DOCUMENTS: tuple[tuple[str, str, Callable[[Release], bytes | None]], ...] = (
    (
        "CAUTIONS.md",
        "What to know before counting or comparing, with counts of what is unknown or doubtful.",
        cautions,
    ),
    (
        "codebook.md",
        "The codebook: dimensions, classes, their order and their rules.",
        codebook_markdown,
    ),
    ("codebook.pdf", "The codebook for printing.", codebook_pdf),
    ("WHATS-NEW.md", "What changed in law in each version.", whats_new),
    (
        "LICENCES.md",
        "The licence of the coding and, apart from it, the terms of the words of laws.",
        licences,
    ),
    (
        "CITATION.cff",
        "How to cite the dataset, for people and for reference managers.",
        citation_cff,
    ),
    (
        ".zenodo.json",
        "The same for the archive Zenodo, which prefers it to CITATION.cff.",
        zenodo_json,
    ),
    ("dataset.yaml", "What both are made from, as npcompare reads it.", dataset_yaml),
    (
        "sources.bib",
        "The bibliography in BibTeX; its keys are the ids of sources.csv.",
        sources_bib,
    ),
    (
        "agreement.csv",
        "The provisions that were coded twice: in each dimension, the answer of each coder.",
        agreement_csv,
    ),
)
