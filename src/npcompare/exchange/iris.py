"""The IRIs of codebooks and provisions. They are names, not web addresses.

Nobody else can own a name that begins with urn:npcompare:, as the outputs in JSON have them, while
the owner of a web address can change. What npcompare does not have itself is below `own:`, so that
two corpora with the same words never mean the same thing by accident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.exchange.rdf import iri_part
from npcompare.law.codebook_file import load_codebook

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

_BASE = "urn:npcompare:"
_OWN = f"{_BASE}own:"

#: The properties and classes that npcompare defines.
TERMS = f"{_BASE}terms:"


def codebook_iri(corpus: Corpus) -> str:
    """Return the IRI of the codebook of a corpus in English."""
    is_bundled = corpus.codebook == load_codebook(None)
    return f"{_BASE if is_bundled else _OWN}codebook"


def concept_iri(codebook: str, *names: str) -> str:
    """Return the IRI of a dimension or a vocabulary, or of a word in it."""
    return ":".join((codebook, *map(iri_part, names)))
