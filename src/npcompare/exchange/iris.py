"""The IRIs of codebooks and provisions. Unless a corpus says otherwise, they are no web addresses.

Whoever owns a web address can change what is there, and an address that nobody owns can be bought.
So the names begin with urn:npcompare:, as those of the outputs in JSON do. A corpus that owns an
address can name it as the `base` in dataset.yaml. Without one, what is not bundled with npcompare
is below `own:`, so that two corpora never mean the same thing by accident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.exchange.rdf import iri_part
from npcompare.law.codebook_file import load_codebook

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision, Text

BASE = "urn:npcompare:"
_OWN = f"{BASE}own:"

#: The properties that npcompare defines, and the program itself.
TERMS = f"{BASE}terms:"
TOOL = f"{BASE}tool"


def codebook_iri(corpus: Corpus) -> str:
    """Return the IRI of the codebook of a corpus, which must be in English.

    A copy of the bundled codebook is that codebook.
    """
    is_bundled = corpus.codebook == load_codebook(None)
    return f"{BASE if is_bundled else _base(corpus)}codebook"


def concept_iri(codebook: str, *names: str) -> str:
    """Return the IRI of a dimension or a vocabulary, or of a word in it."""
    return ":".join((codebook, *map(iri_part, names)))


def provision_iri(corpus: Corpus, provision: Provision) -> str:
    """Return the IRI of a provision; one that is not in the corpus is below `own:`."""
    is_own = provision.id in corpus.names
    return f"{_base(corpus) if is_own else _OWN}provision:{iri_part(provision.id)}"


def text_iri(provision: str, text: Text) -> str:
    """Return the IRI of the text of a provision in its language, by the IRI of the provision."""
    return ":".join(filter(None, (f"{provision}:text", iri_part(text.language))))


def document_iri(corpus: Corpus, ref: str) -> str:
    """Return the IRI of a document of the bibliography, by its id."""
    return f"{_base(corpus)}document:{iri_part(ref)}"


def _base(corpus: Corpus) -> str:
    return corpus.dataset.base if corpus.dataset and corpus.dataset.base else _OWN
