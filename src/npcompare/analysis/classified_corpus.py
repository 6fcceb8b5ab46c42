"""The provisions of a corpus, classified one at a time as they are iterated over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.classification import classify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification


class ClassifiedCorpus:
    """The provisions with the given names, or all provisions in view, in their order.

    Each iteration classifies them again, so that a large corpus need not be kept in memory. Make
    a list of them if you need them several times.
    """

    def __init__(self, corpus: Corpus, names: Sequence[str] = ()) -> None:
        """Select the provisions; raises as `Corpus.select` and `Corpus.files_in_force` do."""
        self._corpus = corpus
        self._named: tuple[Provision, ...] = corpus.select(names) if names else ()
        #: The files of the provisions; none if provisions were named.
        self.files: tuple[CheckedFile, ...] = () if names else corpus.files_in_force()

    def __iter__(self) -> Iterator[Classification]:
        """Classify the provisions one by one."""
        provisions = self._named or (file.provision for file in self.files)
        return (
            classify(self._corpus.codebook, provision)
            for provision in provisions
            if provision is not None
        )


def classified_again(
    codebook: Codebook, results: Iterable[Classification]
) -> Iterator[Classification]:
    """Classify provisions again one by one, so that the classes of many are not all kept."""
    return (classify(codebook, result.provision) for result in results)
