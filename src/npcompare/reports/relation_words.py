"""Relations in words that name the party whose provision reaches further."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.messages import current, deferred, enumerated, in_quotation_marks, listed, message
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.results import Relation
from npcompare.reports.cells import in_words
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Compared, Comparison, QualifiedRelation

#: How the words "reaches further" are to be read.
READING = deferred("“Reaches further” means that the provision protects further than the other.")

#: The hedge of the codebook that has sentences of its own. Another one follows in brackets.
_MAY_BE = "may be"

#: Longer names would make the sentence hard to read.
_LONGEST_NAME = 55

#: What is said of each relation in one dimension, as it is and with the hedge.
_REACH = {
    Relation.SAME: (deferred("same"), deferred("may be the same")),
    Relation.BROADER: (deferred("{name} reaches further"), deferred("{name} may reach further")),
    Relation.NARROWER: (deferred("{name} reaches further"), deferred("{name} may reach further")),
    Relation.INCOMPARABLE: (
        deferred("neither covers the other"),
        deferred("it may be that neither covers the other"),
    ),
    Relation.UNKNOWN: (deferred("unknown"), deferred("unknown")),
}

#: The same of incomparable provisions overall.
_OVERALL = (
    deferred("each reaches further in some respect"),
    deferred("it may be that each reaches further in some respect"),
)

#: How the name of a dimension is qualified that has other relations on another reading.
_ON_ONE_READING = (
    deferred("{dimension} (on one reading)"),
    deferred("{dimension} (may, on one reading)"),
)


class Parties(NamedTuple):
    """What the left and the right provision are called in the middle of a sentence."""

    left: str
    right: str


def parties(
    left: Provision,
    right: Provision,
    *,
    first: str = "",
    second: str = "",
) -> Parties:
    """Return the names of two jurisdictions; other words for them if they are equal or too long.

    Args:
        left: The left provision.
        right: The right provision.
        first: What the left provision is called if its jurisdiction does not distinguish it; "the
            first provision" by default.
        second: What the right provision is called in that case.
    """
    first = first or message("the first provision")
    second = second or message("the second provision")
    left_name, right_name = (in_sentence(each.jurisdiction.name) for each in (left, right))
    if left_name == right_name:
        return Parties(first, second)
    return Parties(
        first if len(left_name) > _LONGEST_NAME else left_name,
        second if len(right_name) > _LONGEST_NAME else right_name,
    )


def relation_words(relation: Relation, hedge: str) -> str:
    """Return a relation as programs read it, as it is qualified: "broader", "may be broader"."""
    return f"{hedge} {relation}".lstrip()


def reach(relation: Relation, hedge: str, names: Parties, *, is_overall: bool = False) -> str:
    """Return who reaches further: "Utopia reaches further", "Utopia may reach further"."""
    is_neither = relation is Relation.INCOMPARABLE
    words = _OVERALL if is_overall and is_neither else _REACH[relation]
    return hedged(words, hedge, name=names.left if relation is Relation.BROADER else names.right)


def hedged(words: tuple[str, str], hedge: str, **values: str) -> str:
    """Return a message that is qualified: with the hedge that has its own, or in brackets.

    Args:
        words: The message without a hedge, and with the one that has its own.
        hedge: How the message is qualified; empty if it is certain.
        values: The values of the message.
    """
    if hedge == _MAY_BE:
        return message(words[1], **values)
    certain = message(words[0], **values)
    return qualified(certain, hedge) if hedge else certain


def qualified(words: str, hedge: str) -> str:
    """Return words followed by how they are qualified, in brackets."""
    return message("{words} ({qualification})", words=words, qualification=current().text(hedge))


def protects_further(wider: str, narrower: str, hedge: str) -> str:
    """Return the sentence that one class protects further than another, or may do so."""
    words = (
        deferred("{wider} protects further than {narrower}."),
        deferred("{wider} may be broader than {narrower}."),
    )
    wider, narrower = (in_quotation_marks(each) for each in (capitalized(wider), narrower))
    return hedged(words, hedge, wider=wider, narrower=narrower)


def with_other_readings(
    words: str,
    relations: Sequence[QualifiedRelation],
    names: Parties,
    *,
    is_overall: bool = False,
) -> str:
    """Return the words of a relation, followed by the relations on other readings, if any."""
    if not relations:
        return words
    others = (reach(each.relation, each.hedge, names, is_overall=is_overall) for each in relations)
    listed_others = listed(list(dict.fromkeys(others)), conjunction="or")
    if len(relations) == 1:
        return message(
            "{relation}; {other} on the other reading", relation=words, other=listed_others
        )
    return message("{relation}; {others} on other readings", relation=words, others=listed_others)


def summary(codebook: Codebook, comparison: Comparison, names: Parties) -> str:
    """Return in one sentence who reaches further in which core dimensions, and what is the same.

    Nothing is returned if a jurisdiction is reported to have no provision.
    """
    provisions = (comparison.left.provision, comparison.right.provision)
    if any(each.is_absence for each in provisions):
        return ""
    clauses = enumerated(list(_clauses(codebook, comparison, names)), is_strong=True)
    if any(each.is_proposed for each in provisions):
        return capitalized(message("on the proposed coding, {clauses}.", clauses=clauses))
    return capitalized(message("{clauses}.", clauses=clauses))


def _clauses(codebook: Codebook, comparison: Comparison, names: Parties) -> Iterator[str]:
    by_relation: dict[Relation, list[str]] = {}
    for dimension in codebook.core:
        outcome = comparison.in_dimension(dimension.id)
        by_relation.setdefault(outcome.relation, []).append(_qualified(dimension, outcome))
    dimensions = {relation: listed(each) for relation, each in by_relation.items()}
    further = [
        (name, dimensions[relation])
        for relation, name in ((Relation.BROADER, names.left), (Relation.NARROWER, names.right))
        if relation in dimensions
    ]
    if further:
        yield _further(*further)
    if where := dimensions.get(Relation.INCOMPARABLE):
        yield message("neither covers the other in {dimensions}", dimensions=where)
    if where := dimensions.get(Relation.SAME):
        yield message("same {dimensions}", dimensions=where)
    if where := dimensions.get(Relation.UNKNOWN):
        yield (
            message(
                "too little is known to tell which reaches further in {dimensions}",
                dimensions=where,
            )
            if len(dimensions) == 1
            else message("unknown in {dimensions}", dimensions=where)
        )


def _further(first: tuple[str, str], *second: tuple[str, str]) -> str:
    """Return who reaches further in which dimensions: one party, or one and then the other."""
    name, dimensions = first
    if not second:
        return message("{name} reaches further in {dimensions}", name=name, dimensions=dimensions)
    ((other, other_dimensions),) = second
    return message(
        "{name} reaches further in {dimensions}, {other} in {other_dimensions}",
        name=name,
        dimensions=dimensions,
        other=other,
        other_dimensions=other_dimensions,
    )


def _qualified(dimension: Dimension, outcome: Compared) -> str:
    """Return the name of a dimension, and how the relation in it is qualified."""
    name = in_words([dimension])
    if outcome.other_readings:
        return hedged(_ON_ONE_READING, outcome.hedge, dimension=name)
    if outcome.hedge == _MAY_BE:
        return message("{dimension} (may)", dimension=name)
    return qualified(name, outcome.hedge) if outcome.hedge else name
