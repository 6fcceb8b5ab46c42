"""How the provisions of an atlas compare in pairs: a phrase for each pair that names both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.pairwise import compare_pairs
from npcompare.atlas import Pairing
from npcompare.messages import deferred, enumerated, listed, message, spaced_brackets
from npcompare.model.provision import Basis
from npcompare.model.results import QualifiedRelation, Relation
from npcompare.reports.proposed_coding import MARK
from npcompare.reports.relation_words import hedged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification, Compared, Comparison

#: Of more provisions, the pairs would be too many for one page.
MOST_PAIRED = 250


def pairings(corpus: Corpus, results: Sequence[Classification]) -> tuple[Pairing, ...]:
    """Return the relation of each provision to every later one: by dimension, then overall."""
    book = corpus.codebook
    headings = [*(dimension.label for dimension in book.core), message("Overall")]
    phrases: list[dict[str, int]] = [{} for _ in headings]
    numbers: list[list[int]] = [[] for _ in headings]
    for comparison in compare_pairs(book, results):
        for place, phrase in enumerate(_phrases(book, comparison)):
            numbers[place].append(phrases[place].setdefault(phrase, len(phrases[place])))
    return tuple(
        Pairing(heading, tuple(phrases[place]), tuple(numbers[place]))
        for place, heading in enumerate(headings)
    )


def _phrases(book: Codebook, comparison: Comparison) -> list[str]:
    overall = _phrase(
        QualifiedRelation(comparison.overall, comparison.hedge),
        comparison.overall_other_readings,
    )
    sides = (comparison.left.provision, comparison.right.provision)
    is_known = comparison.overall is not Relation.UNKNOWN
    mark = f" {MARK}" if is_known and any(each.is_proposed for each in sides) else ""
    return [*(_compared(book, outcome) for outcome in comparison.dimensions), f"{overall}{mark}"]


def _compared(book: Codebook, outcome: Compared) -> str:
    """Return the relation in one dimension, its place, and what differs by person and reading."""
    phrase = _phrase(
        QualifiedRelation(outcome.relation, outcome.hedge),
        outcome.other_readings,
        outcome.places,
    )
    by_person = [
        message(
            "for {persons}, {relation}",
            persons=book.label("persons", person),
            relation=_words(part),
        )
        for person, part in outcome.differing_by_person.items()
    ]
    is_known = outcome.relation is not Relation.UNKNOWN
    is_proposed = Basis.PROPOSED in (outcome.left.basis, outcome.right.basis)
    words = enumerated([phrase, *by_person], is_strong=True)
    return f"{words} {MARK}" if is_known and is_proposed else words


def _phrase(
    relation: QualifiedRelation,
    alternatives: Sequence[QualifiedRelation],
    places: Sequence[str] = (),
) -> str:
    words = _words(relation)
    if places:
        words = f"{words}{spaced_brackets(enumerated(places))}"
    others = list(dict.fromkeys(map(_words, alternatives)))
    if not others:
        return words
    values = {"relation": words, "others": listed(others, conjunction="or")}
    if len(alternatives) == 1:
        return message("{relation}; on the other reading, {others}", **values)
    return message("{relation}; on other readings, {others}", **values)


#: What is said of each relation, as it is and if it may be so.
_RELATIONS = {
    Relation.SAME: (deferred("the same"), deferred("may be the same")),
    Relation.BROADER: (deferred("{name} reaches further"), deferred("{name} may reach further")),
    Relation.NARROWER: (deferred("{name} reaches further"), deferred("{name} may reach further")),
    Relation.INCOMPARABLE: (
        deferred("each reaches further in some respect"),
        deferred("each may reach further in some respect"),
    ),
    Relation.UNKNOWN: (deferred("not known"), deferred("not known")),
}


def _words(relation: QualifiedRelation) -> str:
    """Return a relation in words, with {0} and {1} for the names of the two."""
    name = "{0}" if relation.relation is Relation.BROADER else "{1}"
    return hedged(_RELATIONS[relation.relation], relation.hedge, name=name)
