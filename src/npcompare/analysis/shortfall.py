"""Why one provision does not cover another in a dimension, and how certain that is.

On a ladder, the rungs of the two wherever both apply decide, not the highest and lowest rungs of
the whole provisions. A provision that requires nothing for immigration offences and compulsion for
others falls short of one that requires a causal link only for the others.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.analysis.coverage import coverage, readings, shortfalls
from npcompare.analysis.overlap import ground_of
from npcompare.model.codebook import PERSONS
from npcompare.model.kinds import Ladder
from npcompare.model.logic import Answer, conjunction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Authority, Classification
    from npcompare.model.scale import Words


class Covering(Struct, frozen=True):
    """Whether one provision covers another in a dimension, and the reasons if it does not."""

    #: The answers for adults and for children, or the one answer where these are not distinguished.
    answers: tuple[Answer, ...]
    #: The same if a qualified step leaves open that the lower class covers the higher one.
    cautious_answers: tuple[Answer, ...]
    #: The declared orders because of which it does not cover the other.
    steps: tuple[Authority, ...] = ()
    #: How an answer "no" is qualified that depends on qualified steps, such as "may be".
    hedge: str = ""

    @property
    def qualification(self) -> str:
        """How it is qualified that the other is not covered for all persons; empty for most."""
        is_certain = conjunction(self.answers) is conjunction(self.cautious_answers)
        return "" if is_certain else self.hedge

    @property
    def by_person(self) -> tuple[Covering, ...]:
        """The same for adults and for children separately."""
        return tuple(
            Covering((answer,), (cautious_answer,), self.steps, self.hedge)
            for answer, cautious_answer in zip(self.answers, self.cautious_answers, strict=True)
        )


#: A provision covers itself, even where it is unknown how far it protects.
IDENTITY = Covering((Answer.YES,), (Answer.YES,))


def covering(
    codebook: Codebook, dimension: Dimension, a: Classification, b: Classification
) -> Covering:
    """Return whether a covers b in a dimension, with the reasons if it does not."""
    answers = coverage(codebook, dimension, a, b)
    if Answer.NO not in answers or not dimension.order:
        return Covering(answers, answers)
    cautious_answers = answers
    if dimension.scale.qualified:
        scale = replace(dimension.scale, is_cautious=True)
        cautious_answers = coverage(codebook, replace(dimension, scale=scale), a, b)
    decisive = set(_decisive_words(codebook, dimension, a, b, answers))
    steps = tuple(
        step
        for step in dimension.order
        if any({step.wider, step.narrower} <= words for words in decisive)
    )
    hedges = (step.hedge for step in (*steps, *dimension.order) if step.hedge)
    hedge = "" if cautious_answers == answers else next(hedges)
    return Covering(answers, cautious_answers, steps, hedge)


def _decisive_words(
    codebook: Codebook,
    dimension: Dimension,
    a: Classification,
    b: Classification,
    answers: tuple[Answer, ...],
) -> Iterator[Words]:
    """Yield the classes whose order decides that a does not cover b: on a ladder, by place."""
    scale = dimension.scale
    if not isinstance(scale, Ladder):
        yield scale.authority_words(
            a.dimensions[dimension.id].values, b.dimensions[dimension.id].values
        )
        return
    ground = ground_of(codebook)
    persons = [
        person for person, answer in zip(PERSONS, answers, strict=True) if answer is Answer.NO
    ]
    for person in persons:
        for a_parts, b_parts in product(
            readings(codebook, dimension, a, person), readings(codebook, dimension, b, person)
        ):
            for a_here, b_here in shortfalls(scale, ground, a_parts, b_parts):
                for limbs in b_here.fewest:
                    yield scale.authority_words(scale.highest(a_here.all), scale.highest(limbs))
