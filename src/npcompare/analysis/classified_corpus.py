"""The provisions of a corpus, classified one at a time as they are iterated over."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from npcompare.analysis.classification import classify
from npcompare.errors import NpcompareError
from npcompare.messages import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification


class ClassifiedCorpus:
    """The provisions with the given names, then those of the collection, in their order.

    Each iteration classifies them again, so that a large corpus need not be kept in memory. Make
    a list of them if you need them several times.
    """

    def __init__(
        self,
        corpus: Corpus,
        names: Sequence[str] = (),
        *,
        with_collection: bool = False,
        with_undated: bool = False,
        with_superseded: bool = False,
    ) -> None:
        """Select the provisions.

        Raises as `Corpus.select` and `Corpus.view` do, and NpcompareError if no provision of the
        collection is shown.

        Args:
            corpus: The corpus, restricted to a collection and a day.
            names: The names of provisions.
            with_collection: Whether the collection follows the names; it does if there are none.
            with_undated: Whether the provisions without dates are part of the law of a day.
            with_superseded: Whether rows are included of which there is a fuller one.
        """
        self.corpus = corpus
        self._names = names
        named = corpus.select(names) if names else ()
        #: A provision that is named twice, such as by id and by the code of its State, counts once.
        self.named: tuple[Provision, ...] = _once(named)
        #: Whether the collection is included.
        self.has_collection = with_collection or not names
        #: The files of the collection that were not named.
        self.files: tuple[CheckedFile, ...] = ()
        if self.has_collection:
            named_ids = {provision.id for provision in self.named}
            files = corpus.files_in_view(with_undated=with_undated, with_superseded=with_superseded)
            self.files = tuple(file for file in files if file.header.id not in named_ids)
            if not (files or names or with_undated):
                raise NpcompareError(
                    f"no dated provision was in force on {spoken(corpus.as_of)}",
                    "`npcompare list` shows the provisions without dates",
                )

    @property
    def undated(self) -> frozenset[str]:
        """The ids of those provisions of the collection that are not dated."""
        undated = set(self.corpus.view.undated_files) if self.has_collection else set()
        return frozenset(file.header.id for file in self.files if file in undated)

    @property
    def repeated(self) -> tuple[str, ...]:
        """The names of provisions that are included already, by another name or the same."""
        included: set[int] = set()
        repeated = []
        for name in self._names:
            provision = id(self.corpus.find(name))
            if provision in included:
                repeated.append(name)
            included.add(provision)
        return tuple(repeated)

    def only(self, results: Iterable[Classification]) -> ClassifiedCorpus:
        """Return some of these provisions, in their order."""
        ids = {result.provision.id for result in results}
        part = copy(self)
        part.named = tuple(provision for provision in self.named if provision.id in ids)
        part.files = tuple(file for file in self.files if file.header.id in ids)
        return part

    def provisions(self) -> Iterator[Provision]:
        """Yield the provisions one by one."""
        yield from self.named
        yield from (file.provision for file in self.files if file.provision is not None)

    def __iter__(self) -> Iterator[Classification]:
        """Classify the provisions one by one."""
        return (classify(self.corpus.codebook, provision) for provision in self.provisions())


def _once(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return provisions without those that were named before."""
    by_identity = {id(provision): provision for provision in provisions}
    return tuple(by_identity.values())


def classified_again(
    codebook: Codebook, results: Iterable[Classification]
) -> Iterator[Classification]:
    """Classify provisions again one by one, so that the classes of many are not all kept."""
    return (classify(codebook, result.provision) for result in results)
