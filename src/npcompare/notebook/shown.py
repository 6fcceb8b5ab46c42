"""Corpora, classes and comparisons as Python users get them: a notebook shows them as tables.

They are those of the other folders, which know nothing of documents and formats, with the corpus
that they are from.
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, overload

from npcompare.analysis import classification, comparison
from npcompare.coding import coders
from npcompare.errors import NpcompareError
from npcompare.law import corpus as checked
from npcompare.law.checking import DEFAULT_OPTIONS, ProvisionChecks
from npcompare.messages import ENGLISH, current, message, using
from npcompare.model import results
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd
    import polars as pl
    from msgspec import Struct

    from npcompare.document import Document
    from npcompare.law.checking import CheckOptions
    from npcompare.law.outside_files import UncodedText
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: A notebook shows no more provisions of a corpus than these.
_MOST_ROWS = 60


class Corpus(checked.Corpus, eq=False):
    """A corpus that classifies and compares provisions by name."""

    #: The provisions of results that are shown with nothing but their codebook.
    _provisions: tuple[Provision, ...] = ()

    @property
    def proposed(self) -> tuple[Provision, ...]:
        """The provisions found so far whose coding is only proposed."""
        return super().proposed or tuple(part for part in self._provisions if part.is_proposed)

    def classify(self, name: str) -> Classification:
        """Return the classes of a provision, which is named as for `find`, and their reasons.

        Raises NpcompareError as `find` does.
        """
        result = classification.classify(self.codebook, self.find(name))
        return Classification(**_fields(result), origin=self)

    def compare(self, left: str, right: str) -> Comparison:
        """Return the relation of the left provision to the right: "broader" protects further.

        Both are named as for `find`, which raises NpcompareError if there is no such provision.
        """
        sides = self.classify(left), self.classify(right)
        result = comparison.compare(self.codebook, *sides)
        return Comparison(**_fields(result), origin=self)

    @overload
    def to_frame(self, library: Literal["pandas"]) -> pd.DataFrame: ...
    @overload
    def to_frame(self, library: Literal["polars"]) -> pl.DataFrame: ...
    @overload
    def to_frame(self) -> Any: ...

    def to_frame(self, library: str = "") -> Any:
        """Return the cells of the collection as a data frame: a row for each class.

        Its columns are those of the view “cells” of a release. Words of the codebook are in its
        order, and cells with several values are lists.

        Args:
            library: "pandas" or "polars"; by default the one that is installed.
        """
        from npcompare.dataset.named_cells import cells_table
        from npcompare.notebook.frames import data_frame, orders

        table = cells_table(self, self.files_in_view())
        return data_frame(table, orders(self.codebook, self.collections), library)

    def __repr__(self) -> str:
        """Return how many provisions there are, and how many findings if there are any."""
        counts = [counted(len(self.files), "provision")]
        counts += [counted(len(self.problems), "finding")] if self.problems else []
        return f"<Corpus: {', '.join(counts)}; collection {self.collection}>"

    def _repr_html_(self) -> str | None:
        """Return the first provisions of the collection, for a notebook; None with findings."""
        try:
            return _html(self, self._list)
        except NpcompareError:
            return None

    def _list(self) -> Document:
        from npcompare.reports.law_of_the_day import with_remarks
        from npcompare.reports.provision_list import listing

        provisions = self.provisions()
        document = listing(self, provisions[:_MOST_ROWS])
        if len(provisions) <= _MOST_ROWS:
            return document
        rows, count = _MOST_ROWS, len(provisions)
        return with_remarks(
            document, [message("{shown} of {all} rows shown", shown=rows, all=count)]
        )


class Classification(results.Classification, frozen=True, kw_only=True):
    """A provision with its effect and its classes in every dimension of the codebook."""

    #: The corpus that it is from, or the codebook if nothing else is known.
    origin: Corpus | Codebook

    def __repr__(self) -> str:
        """Return the id of the provision, its effect and its core classes."""
        answers = [
            f"{dimension.id}: {', '.join(self.dimensions[dimension.id].answers)}"
            for dimension in _codebook(self.origin).core
        ]
        return f"<Classification of {self.provision.id}: {'; '.join([self.effect, *answers])}>"

    def _repr_html_(self) -> str:
        """Return the classes with their reasons, for a notebook."""
        from npcompare.reports.classification_report import explanation

        corpus = _corpus(self.origin, [self.provision])
        return _html(corpus, partial(explanation, corpus, [self]))


class Comparison(results.Comparison, frozen=True, kw_only=True):
    """Two provisions compared in every dimension and overall."""

    #: The corpus that they are from, or the codebook if nothing else is known.
    origin: Corpus | Codebook

    def __repr__(self) -> str:
        """Return the ids of the provisions and the overall relation."""
        relation = f"{self.hedge} {self.overall}".lstrip()
        left, right = self.left.provision.id, self.right.provision.id
        return f"<Comparison of {left} with {right}: {relation}>"

    def _repr_html_(self) -> str:
        """Return the classes, the words and the relation in each dimension, for a notebook."""
        from npcompare.reports.comparison_report import comparisons

        corpus = _corpus(self.origin, [self.left.provision, self.right.provision])
        return _html(corpus, partial(comparisons, corpus, [self]))


def load_corpus(
    folder: Path | str | None = None, options: CheckOptions = DEFAULT_OPTIONS
) -> Corpus:
    """Load the corpus in a folder, or the one bundled with npcompare.

    Findings do not raise: they are in the corpus's `problems`, and asking for a provision that
    has any raises ProblemsError. A folder that is missing or not a corpus raises NpcompareError.
    """
    corpus = Corpus(**_fields(checked.load_corpus(folder, options)))
    return corpus.reading_texts(partial(_read_text, corpus.codebook))


def load_together(
    folders: Sequence[Path], options: CheckOptions = DEFAULT_OPTIONS
) -> tuple[Corpus, ...]:
    """Load corpora that are to be compared with each other.

    Raises ProblemsError if a file in any of them is refused, and NpcompareError if they are not
    coded in the same codebook.
    """
    return tuple(Corpus(**_fields(each)) for each in coders.load_together(folders, options))


def classify(codebook: Codebook, provision: Provision) -> Classification:
    """Return the classes of a provision in every dimension, with the reasons for each class."""
    result = classification.classify(codebook, provision)
    return Classification(**_fields(result), origin=codebook)


def compare(
    codebook: Codebook, left: results.Classification, right: results.Classification
) -> Comparison:
    """Return the relation of the left provision to the right: "broader" protects further."""
    result = comparison.compare(codebook, left, right)
    origins = [each.origin for each in (left, right) if isinstance(each, Classification)]
    is_of_corpus = len(origins) > 1 and origins[0] is origins[1]
    return Comparison(**_fields(result), origin=origins[0] if is_of_corpus else codebook)


def _fields(struct: Struct) -> dict[str, Any]:
    """Return the fields of a struct by name, as they are."""
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def _codebook(origin: Corpus | Codebook) -> Codebook:
    return origin.codebook if isinstance(origin, Corpus) else origin


def _corpus(origin: Corpus | Codebook, provisions: Sequence[Provision]) -> Corpus:
    """Return the corpus that results are from; with a codebook alone, one without documents."""
    if isinstance(origin, Corpus):
        return origin
    return Corpus(
        codebook=origin,
        documents={},
        files=(),
        profile_files=(),
        file_count=0,
        checks=ProvisionChecks(origin, "", ()),
        codebook_data={},
        _paths=(),
        _options=DEFAULT_OPTIONS,
        _common_problems=(),
        _provisions=tuple(provisions),
    )


def _html(corpus: Corpus, make: Callable[[], Document]) -> str:
    """Return a document as HTML for a notebook, in the language of the corpus."""
    from npcompare.formats import html_fragment

    catalogue = corpus.naming.catalogue
    with using(current() if catalogue == ENGLISH else catalogue):
        return html_fragment.write(make())


def _read_text(codebook: Codebook, path: Path) -> UncodedText:
    """Return the coding proposed for a text; what was not understood in it is a warning."""
    from npcompare.coding.uncoded_texts import TextChoice, read_uncoded

    text, notes = read_uncoded(codebook, path, TextChoice())
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return text
