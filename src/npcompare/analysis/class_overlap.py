"""Which classes of some dimensions provisions have together, as far as this is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.effects import WITHOUT_RULE
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.model.codebook import Dimension
    from npcompare.model.results import Classification


class Combination(Struct, frozen=True):
    """The provisions that have exactly these classes."""

    #: The dimension and the word of each class, in the order of the codebook.
    classes: tuple[tuple[str, str], ...]
    members: tuple[Classification, ...]


class Combinations(Struct, frozen=True):
    """Combinations of classes, the largest first, and the provisions without one."""

    combinations: tuple[Combination, ...]
    #: Provisions of which the classes are not known, or not known to be all.
    unknown: tuple[Classification, ...]
    #: By effect, what contains no rule.
    without_rule: tuple[tuple[str, tuple[Classification, ...]], ...]


def combinations_of(
    dimensions: Sequence[Dimension], results: Iterable[Classification]
) -> Combinations:
    """Return the provisions by the classes that they have together."""
    classes = [(dimension.id, word) for dimension in dimensions for word in dimension.classes]
    by_classes: dict[tuple[tuple[str, str], ...], list[Classification]] = {}
    unknown: list[Classification] = []
    without_rule: dict[str, list[Classification]] = {}
    for result in results:
        if result.effect in WITHOUT_RULE:
            without_rule.setdefault(result.effect, []).append(result)
        elif not all(_is_known(dimension, result) for dimension in dimensions):
            unknown.append(result)
        else:
            key = tuple(
                (dimension, word)
                for dimension, word in classes
                if word in result.dimensions[dimension].values
            )
            by_classes.setdefault(key, []).append(result)
    places = {each: place for place, each in enumerate(classes)}
    combinations = [Combination(key, tuple(members)) for key, members in by_classes.items()]
    combinations.sort(
        key=lambda combination: (
            -len(combination.members),
            [places[each] for each in combination.classes],
        )
    )
    return Combinations(
        tuple(combinations),
        tuple(unknown),
        tuple((effect, tuple(members)) for effect, members in without_rule.items()),
    )


def _is_known(dimension: Dimension, result: Classification) -> bool:
    """Return whether all classes of a provision are known, or that it has none."""
    classified = result.dimensions[dimension.id]
    if classified.basis is Basis.SILENT:
        return dimension.silence_is_none
    is_unknown = classified.basis is Basis.UNKNOWN
    return not (is_unknown or classified.is_open or classified.unknown_limbs)
