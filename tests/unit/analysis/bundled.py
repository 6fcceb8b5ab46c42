"""The bundled corpus, for test modules that need it while they are being imported."""

from __future__ import annotations

from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus

CORPUS = load_corpus(None, CheckOptions(use_cache=False))
CODEBOOK = CORPUS.codebook
#: The ids of the dimensions that are compared by default.
CORE = [dimension.id for dimension in CODEBOOK.core]
