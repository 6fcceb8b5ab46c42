"""Which dimensions and rows a table leaves out because nothing is known, and the line on them.

What is silent is known, and is shown. Details are shown only where a provision has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.messages import deferred, enumerated, message, plural
from npcompare.model.provision import Basis
from npcompare.reports.cells import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification


def shown(
    dimensions: Iterable[Dimension], provisions: Sequence[Classification], *, detail: bool
) -> list[Dimension]:
    """Return the dimensions in which something is known of a provision; with detail, all."""
    return [
        dimension
        for dimension in dimensions
        if detail or any(_is_shown(dimension, provision) for provision in provisions)
    ]


def remarks_on_folded(
    dimensions: Sequence[Dimension], provisions: Sequence[Classification], *, detail: bool
) -> Iterator[str]:
    """Yield which dimensions are left out; details are not named one by one."""
    kept = {dimension.id for dimension in shown(dimensions, provisions, detail=detail)}
    folded = [dimension for dimension in dimensions if dimension.id not in kept]
    if unknown := [dimension for dimension in folded if not dimension.is_detail]:
        words = _NOT_KNOWN.get(len(provisions), _NOT_KNOWN_OF_MANY)
        yield message(words, dimensions=in_words(unknown))
    if len(unknown) < len(folded):
        yield message("Further details are shown only where a provision is known to address them.")


_NOT_KNOWN = {
    1: deferred("Not known: {dimensions}."),
    2: deferred("Not known on either side: {dimensions}."),
}
_NOT_KNOWN_OF_MANY = deferred("Not known of any of the provisions: {dimensions}.")


def _is_shown(dimension: Dimension, classification: Classification) -> bool:
    classified = classification.dimensions[dimension.id]
    if not dimension.is_detail:
        return classified.basis is not Basis.UNKNOWN
    return classified.has_answer and not classification.provision.is_absence


def is_known(result: Classification, dimensions: Iterable[Dimension]) -> bool:
    """Return whether anything is known of a provision in these dimensions."""
    return any(result.dimensions[part.id].basis is not Basis.UNKNOWN for part in dimensions)


def remarks_on_unknown(dimensions: Sequence[Dimension], names: Sequence[str]) -> Iterator[str]:
    """Yield the names of the provisions without a row, of which nothing is known."""
    if names:
        yield plural(
            "Nothing is known of the {dimensions} of {count} provision: {provisions}.",
            "Nothing is known of the {dimensions} of {count} provisions: {provisions}.",
            len(names),
            dimensions=in_words(dimensions),
            provisions=enumerated(names, is_strong=True),
        )


#: What is said once below a table that has the words in a cell, and no note with the source.
NONE_REPORTED_MEANS = deferred(
    "“None reported” means that a source reports that there is nothing of the kind."
)


def remarks_on_absences(
    dimensions: Sequence[Dimension], results: Iterable[Classification]
) -> Iterator[str]:
    """Yield what "none reported" means, if a source reports it in these dimensions."""
    classified = (result.dimensions[dimension.id] for result in results for dimension in dimensions)
    if any(answer.is_none_reported for answer in classified):
        yield message(NONE_REPORTED_MEANS)
