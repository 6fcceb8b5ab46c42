"""Provisions of a corpus with their classes, each worked out when it is asked for.

Hides that of a whole collection their JSON is kept, so that it is not worked out a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, overload

import msgspec

from npcompare import records
from npcompare.classify import classify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.codebook import Codebook
    from npcompare.corpus import Corpus
    from npcompare.errors import Problem
    from npcompare.gate import File
    from npcompare.model import Classification, Provision


class Results(Sequence["Classification"]):
    """The provisions of some names, or of all the corpus looks at, in their order."""

    def __init__(self, corpus: Corpus, names: Sequence[str] = ()) -> None:
        """Choose the provisions; raises as `Corpus.select` and `Corpus.held` do."""
        self._corpus = corpus
        self._named: tuple[Provision, ...] = corpus.select(names) if names else ()
        self._files: tuple[File, ...] = () if names else corpus.held()
        self._classified: dict[int, Classification] = {}

    def __len__(self) -> int:
        """Return how many provisions there are."""
        return len(self._named or self._files)

    @overload
    def __getitem__(self, at: int) -> Classification: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Classification]: ...
    def __getitem__(self, at: int | slice) -> Classification | Sequence[Classification]:
        """Return the provision at a place, or those of a stretch, classified."""
        places = range(len(self))[at]
        return self._at(places) if isinstance(places, int) else [self._at(one) for one in places]

    def _at(self, place: int) -> Classification:
        if place not in self._classified:
            provision = self._named[place] if self._named else self._files[place].provision
            assert provision is not None  # noqa: S101 - `held` has none that is refused
            self._classified[place] = classify(self._corpus.codebook, provision)
        return self._classified[place]

    def records(self) -> Iterator[Any]:
        """Yield the record of each provision, as data or as JSON."""
        if self._named:
            yield from (records.classification(self._corpus, one) for one in self)
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
        return (), records.classification(self, classify(self._codebook, file.provision))
