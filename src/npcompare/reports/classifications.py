"""Provisions of a corpus with their classes, each worked out when it is asked for.

Hides that of a whole collection their JSON is kept, so that it is not worked out a second time.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.analysis.classification import classify
from npcompare.reports import json_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.errors import Problem
    from npcompare.law.checking import File
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification


class Results:
    """The provisions of some names, or of all the corpus looks at, in their order.

    Each time that they are gone through they are classified anew, so that a large corpus need not
    be held whole; who goes through them several times makes a list of them.
    """

    def __init__(self, corpus: Corpus, names: Sequence[str] = ()) -> None:
        """Choose the provisions; raises as `Corpus.select` and `Corpus.held` do."""
        self._corpus = corpus
        self._named: tuple[Provision, ...] = corpus.select(names) if names else ()
        self._files: tuple[File, ...] = () if names else corpus.held()

    def __iter__(self) -> Iterator[Classification]:
        """Go through the provisions, each with its classes."""
        provisions = self._named or (file.provision for file in self._files)
        return (classify(self._corpus.codebook, one) for one in provisions if one is not None)

    def records(self) -> Iterator[Any]:
        """Yield the record of each provision, as data or as JSON."""
        if self._named:
            yield from (json_output.classification(self._corpus, one) for one in self)
            return
        study = _Records(self._corpus.codebook, self._corpus.documents)
        for entry in self._corpus.worked_out(self._files, study, keep=True):
            yield entry.data


class _Records:
    """The record of a provision's classes, worked out of its file."""

    name = "classes"

    def __init__(self, codebook: Codebook, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self._codebook = codebook
        #: The bibliography, whose short titles stand in the records.
        self.documents = documents
        self.digest = sha256(msgspec.json.encode(documents, order="sorted")).hexdigest()

    def work_out(self, file: File) -> tuple[Iterable[Problem], Any]:
        """Return no findings, and the record."""
        assert file.provision is not None  # noqa: S101 - only files that are sound are studied
        return (), json_output.classification(self, classify(self._codebook, file.provision))
