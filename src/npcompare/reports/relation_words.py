"""Relations in words that name the party whose provision reaches further."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.messages import listed
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.results import Relation
from npcompare.reports.cells import in_words
from npcompare.reports.proposed_coding import ON_PROPOSED
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Compared, Comparison, QualifiedRelation

#: How the words "reaches further" are to be read.
READING = "“Reaches further” means that the provision protects further than the other."

#: What is said of an incomparable relation in one dimension, and of one overall.
_NEITHER = "neither covers the other"
_EACH = "each reaches further in some respect"

#: Longer names would make the sentence hard to read.
_LONGEST_NAME = 55

#: How the hedge of a relation ends: "may be broader", but "may reach further".
_BE = " be"


class Parties(NamedTuple):
    """What the left and the right provision are called in the middle of a sentence."""

    left: str
    right: str


def parties(
    left: Provision,
    right: Provision,
    *,
    first: str = "the first provision",
    second: str = "the second provision",
) -> Parties:
    """Return the names of two jurisdictions; other words for them if they are equal or too long.

    Args:
        left: The left provision.
        right: The right provision.
        first: What the left provision is called if its jurisdiction does not distinguish it.
        second: What the right provision is called in that case.
    """
    left_name, right_name = (in_sentence(each.jurisdiction.name) for each in (left, right))
    if left_name == right_name:
        return Parties(first, second)
    return Parties(
        first if len(left_name) > _LONGEST_NAME else left_name,
        second if len(right_name) > _LONGEST_NAME else right_name,
    )


def relation_words(relation: Relation, hedge: str) -> str:
    """Return a relation as it is qualified: "broader", or "may be broader"."""
    return f"{hedge} {relation}".lstrip()


def reach(relation: Relation, hedge: str, names: Parties, *, is_overall: bool = False) -> str:
    """Return who reaches further: "Utopia reaches further", "Utopia may reach further"."""
    if relation in {Relation.BROADER, Relation.NARROWER}:
        return _verb(names.left if relation is Relation.BROADER else names.right, hedge)
    if relation is Relation.INCOMPARABLE:
        words = _EACH if is_overall else _NEITHER
        return f"it {hedge} that {words}" if hedge else words
    return f"{hedge} the same" if hedge else str(relation)


def _verb(name: str, hedge: str) -> str:
    if hedge.endswith(_BE):
        return f"{name} {hedge.removesuffix(_BE)} reach further"
    return f"{name} reaches further{f' ({hedge})' if hedge else ''}"


def _qualifier(hedge: str) -> str:
    return hedge.removesuffix(_BE)


def other_readings(
    relations: Sequence[QualifiedRelation], names: Parties, *, is_overall: bool = False
) -> str:
    """Return the relations on other readings after a semicolon, or nothing if there are none."""
    if not relations:
        return ""
    words = (reach(each.relation, each.hedge, names, is_overall=is_overall) for each in relations)
    readings = "the other reading" if len(relations) == 1 else "other readings"
    return f"; {' or '.join(dict.fromkeys(words))} on {readings}"


def summary(codebook: Codebook, comparison: Comparison, names: Parties) -> str:
    """Return in one sentence who reaches further in which core dimensions, and what is the same.

    Nothing is returned if a jurisdiction is reported to have no provision.
    """
    provisions = (comparison.left.provision, comparison.right.provision)
    if any(each.is_absence for each in provisions):
        return ""
    words = "; ".join(_clauses(codebook, comparison, names))
    if any(each.is_proposed for each in provisions):
        words = f"{ON_PROPOSED}, {words}"
    return f"{capitalized(words)}."


def _clauses(codebook: Codebook, comparison: Comparison, names: Parties) -> Iterator[str]:
    by_relation: dict[Relation, list[str]] = {}
    for dimension in codebook.core:
        (outcome,) = (each for each in comparison.dimensions if each.dimension == dimension.id)
        by_relation.setdefault(outcome.relation, []).append(_qualified(dimension, outcome))
    further = [
        (name, listed(by_relation[relation]))
        for relation, name in ((Relation.BROADER, names.left), (Relation.NARROWER, names.right))
        if relation in by_relation
    ]
    if further:
        (name, dimensions), *second = further
        clause = "".join(f", {party} in {where}" for party, where in second)
        yield f"{name} reaches further in {dimensions}{clause}"
    if Relation.INCOMPARABLE in by_relation:
        yield f"{_NEITHER} in {listed(by_relation[Relation.INCOMPARABLE])}"
    if Relation.SAME in by_relation:
        yield f"same {listed(by_relation[Relation.SAME])}"
    if Relation.UNKNOWN in by_relation:
        is_all = len(by_relation) == 1
        verb = "too little is known to tell which reaches further" if is_all else "unknown"
        yield f"{verb} in {listed(by_relation[Relation.UNKNOWN])}"


def _qualified(dimension: Dimension, outcome: Compared) -> str:
    """Return the name of a dimension, and how the relation in it is qualified."""
    qualifiers = [_qualifier(outcome.hedge)] if outcome.hedge else []
    qualifiers += ["on one reading"] if outcome.other_readings else []
    name = in_words([dimension])
    return f"{name} ({', '.join(qualifiers)})" if qualifiers else name
