"""Two values of one dimension to a relation: the algebra, and nothing else.

Every kind of dimension answers one question, *does a cover b?*, with yes, no or cannot tell. Asked
both ways, the answers give the relation, so that swapping the two gives the converse by
construction:

    yes, yes  same         yes, no  broader        no, no  incomparable
                           no, yes  narrower       anything else  unknown

A value is the tuple of what the limbs hold (`LimbValue`); `values=None` is a limb of which it is
not known. Which word stands above which, and on whose authority, is the codebook's to say.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from npcompare.model.results import LimbValue, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

#: What one limb holds, of which the whole value of a provision is a tuple.
Value = tuple[LimbValue, ...]
Words = frozenset[str]


class Answer(Enum):
    """The answer to "does a cover b?"."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"


class Row(Struct, frozen=True):
    """Which of many one of them covers: a bit for each, and of which it cannot be told neither."""

    yes: int
    no: int

    def answer(self, number: int) -> Answer:
        """Say whether the one of this number is covered."""
        if self.yes >> number & 1:
            return Answer.YES
        return Answer.NO if self.no >> number & 1 else Answer.CANNOT_TELL


class Scale(Struct, frozen=True):
    """What the codebook declares of a dimension: how its words stand to one another."""

    kind: str
    #: Whether a word that is missing is truly missing; if not, two words may mean one thing.
    distinct: bool = True
    #: The words in rising order, for a ladder.
    ladder: tuple[str, ...] = ()
    #: What a word stands for, where that is not itself alone: what it includes, or its parts.
    stands_for: Mapping[str, Words] = field(default_factory=dict)
    #: Pairs of words, the wider first, closed under transitivity.
    wider: frozenset[tuple[str, str]] = frozenset()
    #: The word that stands for "nothing is required".
    empty: str = ""
    #: Every category of offences there is a word for.
    universe: Words = frozenset()
    #: The categories whose line each law draws for itself.
    varying: Words = frozenset()

    def __hash__(self) -> int:
        """Return a hash of what tells one scale from another soon enough."""
        return hash((self.kind, self.ladder, self.universe))


def relate(scale: Scale, a: Value, b: Value) -> Relation:
    """Return how a stands to b: broader means that a protects further."""
    return relation(covers(scale, a, b), covers(scale, b, a))


def overlaps(scale: Scale, a: Value, b: Value) -> bool:
    """Say whether a certainly reaches something of what b reaches; for kinds that are sets."""
    if scale.kind == "any_of":
        return bool(_union(scale, a) & _union(scale, b))
    if scale.kind != "offences":
        return False
    reach_a, reach_b = _reach(scale, a), _reach(scale, b)
    # Offences that are not listed one by one are some of all offences.
    some_of_all = reach_b.is_everything(scale) and reach_a.open_sets
    return bool(reach_a.named & reach_b.named or some_of_all)


def relation(forth: Answer, back: Answer) -> Relation:
    """Return the relation that the two answers give."""
    if Answer.CANNOT_TELL in (forth, back):
        return Relation.UNKNOWN
    if forth is Answer.YES:
        return Relation.SAME if back is Answer.YES else Relation.BROADER
    return Relation.NARROWER if back is Answer.YES else Relation.INCOMPARABLE


def covers(scale: Scale, a: Value, b: Value) -> Answer:
    """Say whether a protects at least as far as b in this dimension."""
    return _KINDS[scale.kind](scale, a, b)


def essence(scale: Scale, value: Value) -> Hashable:
    """Return all that `covers` sees of a value: those of one essence are answered alike."""
    if scale.kind == "any_of":
        return _union(scale, value), _has_gap(value)
    if scale.kind == "offences":
        reach = _reach(scale, value)
        # Only where a reach is not known does it matter that it is the very same one.
        own = frozenset(map(_offences_of, value)) if reach.gap and _is_told(value) else None
        return reach, own
    return frozenset((limb.values, limb.partial) for limb in value)


def rows(scale: Scale, values: Sequence[Value]) -> list[Row]:
    """Return for each value which of them all it covers; each essence is asked about once."""
    places: dict[Hashable, list[int]] = {}
    for number, value in enumerate(values):
        places.setdefault(essence(scale, value), []).append(number)
    groups = [(values[held[0]], mask(held), held) for held in places.values()]
    found = [Row(0, 0)] * len(values)
    for one, _, held in groups:
        answers = [(covers(scale, one, other), theirs) for other, theirs, _ in groups]
        row = Row(
            sum(theirs for answer, theirs in answers if answer is Answer.YES),
            sum(theirs for answer, theirs in answers if answer is Answer.NO),
        )
        for number in held:
            found[number] = row
    return found


def mask(numbers: Iterable[int]) -> int:
    """Return numbers as bits."""
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def every(answers: Iterable[Answer]) -> Answer:
    """Return the three-valued AND: one no decides, else one cannot-tell does."""
    found = set(answers)
    if Answer.NO in found:
        return Answer.NO
    return Answer.CANNOT_TELL if Answer.CANNOT_TELL in found else Answer.YES


def some(answers: Iterable[Answer]) -> Answer:
    """Return the three-valued OR: one yes decides, else one cannot-tell does."""
    found = set(answers)
    if Answer.YES in found:
        return Answer.YES
    return Answer.CANNOT_TELL if Answer.CANNOT_TELL in found else Answer.NO


def expand(scale: Scale, words: Iterable[str]) -> Words:
    """Return all that words stand for."""
    return frozenset().union(*(scale.stands_for.get(word, {word}) for word in words))


# --- Sets of protections: a provision reaches what any of its limbs reaches --------------------


def _any_of(scale: Scale, a: Value, b: Value) -> Answer:
    reach_a, reach_b = _union(scale, a), _union(scale, b)
    if _has_gap(a):
        return Answer.CANNOT_TELL if reach_b - reach_a or _has_gap(b) else Answer.YES
    if not reach_b <= reach_a:
        return Answer.NO if scale.distinct or reach_a < reach_b else Answer.CANNOT_TELL
    return Answer.CANNOT_TELL if _has_gap(b) else Answer.YES


def _union(scale: Scale, value: Value) -> Words:
    return expand(scale, (word for limb in value for word in limb.values or ()))


def _has_gap(value: Value) -> bool:
    return any(limb.values is None for limb in value)


#: Every offence that no category names.
OTHER = ""


#: A set of offences whose members are not listed: what it is called, and by whom.
OpenSet = tuple[str, Words, Words, str]


class _Reach(Struct, frozen=True):
    """The offences a provision reaches, as far as they can be told apart."""

    named: Words
    #: Those of them that no hole can touch, since a list names them.
    listed: Words
    #: Sets reached whose members are not listed, such as "status-related".
    open_sets: frozenset[OpenSet]
    #: Sets taken off what is named whose members are not listed, such as a law's own schedule.
    holes: frozenset[OpenSet]
    gap: bool

    def is_everything(self, scale: Scale) -> bool:
        """Say whether no offence at all is left out."""
        return scale.universe | {OTHER} <= self.named and not self.holes


def _offences(scale: Scale, a: Value, b: Value) -> Answer:
    if _is_told(a) and {_offences_of(limb) for limb in a} == {_offences_of(limb) for limb in b}:
        return Answer.YES
    reach_a, reach_b = _reach(scale, a), _reach(scale, b)
    answers = [_names(reach_a, reach_b)]
    everything = reach_a.is_everything(scale)
    answers += [
        Answer.YES if everything or one in reach_a.open_sets else Answer.CANNOT_TELL
        for one in reach_b.open_sets
    ]
    if reach_a.holes and reach_b.listed - reach_a.listed:
        answers.append(Answer.CANNOT_TELL)
    if reach_a.holes - reach_b.holes:
        # Something is left out, unless another limb has it; whether what is asked for is, the
        # law's own list would have to show.
        filled = reach_a.gap or reach_a.listed or reach_a.open_sets
        is_short = reach_b.is_everything(scale) and not filled
        answers.append(Answer.NO if is_short else Answer.CANNOT_TELL)
    if reach_b.gap:
        answers.append(Answer.CANNOT_TELL)
    return every(answers)


def _is_told(value: Value) -> bool:
    """Say whether every limb's offences are known, a list with what is on it."""
    return all(
        limb.values is not None and ("listed_offences" not in limb.values or limb.categories)
        for limb in value
    )


def _offences_of(limb: LimbValue) -> tuple[Words | None, Words, Words, str]:
    return limb.values, limb.categories, limb.excluded, limb.owner


def _names(a: _Reach, b: _Reach) -> Answer:
    """Say whether one reach has the offences that another names."""
    missing = b.named - a.named
    if not missing:
        return Answer.YES
    if a.gap:
        return Answer.CANNOT_TELL
    if OTHER in missing:
        # An open set, reached or left out, is never all there is.
        return Answer.NO
    return Answer.CANNOT_TELL if a.open_sets or b.holes else Answer.NO


@lru_cache(maxsize=2**12)
def _reach(scale: Scale, value: Value) -> _Reach:
    listed: set[str] = set()
    unlisted: set[OpenSet] = set()
    gap = _has_gap(value)
    for limb in value:
        for extent in limb.values or ():
            if extent == "listed_offences":
                if not limb.categories or limb.excluded & scale.varying:
                    # A list of which no member is known may hold anything; of one off which the law
                    # takes what it lists itself, no member is sure.
                    gap = True
                    continue
                named = expand(scale, limb.categories - scale.varying)
                listed |= named - expand(scale, limb.excluded)
                unlisted |= _own(scale, limb, limb.categories)
            elif extent != "any_offence":
                unlisted.add(_unlisted(scale, limb, extent))
    rest, holes, differ = _all_but(scale, value)
    named = frozenset(listed) | rest
    return _Reach(named, frozenset(listed), frozenset(unlisted), holes, gap or differ)


def _all_but(scale: Scale, value: Value) -> tuple[Words, frozenset[OpenSet], bool]:
    """Return what the limbs for any offence name, the holes in it, and whether it is more.

    What one of these limbs leaves out another may reach; where both leave out lists of their own,
    how much that is cannot be told.
    """
    limbs = [limb for limb in value if "any_offence" in (limb.values or ())]
    if not limbs:
        return frozenset(), frozenset(), False
    left_out = [expand(scale, limb.excluded - scale.varying) for limb in limbs]
    holes = [_own(scale, limb, limb.excluded) for limb in limbs]
    everything = scale.universe | {OTHER}
    if len(set(holes)) == 1:
        return everything - frozenset.intersection(*left_out), holes[0], False
    if any(not words and not hole for words, hole in zip(left_out, holes, strict=True)):
        return everything, frozenset(), False
    return everything - frozenset.union(*left_out), frozenset.union(*holes), True


def open_sets(scale: Scale, limb: LimbValue) -> frozenset[OpenSet]:
    """Return the sets that a limb reaches or leaves out whose members are not listed."""
    found = _own(scale, limb, limb.categories | limb.excluded)
    for extent in (limb.values or frozenset()) - {"any_offence", "listed_offences"}:
        found |= {_unlisted(scale, limb, extent)}
    return found


def _unlisted(scale: Scale, limb: LimbValue, extent: str) -> OpenSet:
    owner = limb.owner if (limb.categories | limb.excluded) & scale.varying else ""
    return (extent, limb.categories, limb.excluded, owner)


def _own(scale: Scale, limb: LimbValue, words: Words) -> frozenset[OpenSet]:
    """Return those categories of a limb whose line its own law draws."""
    return frozenset(
        ("own", frozenset({word}), frozenset[str](), limb.owner) for word in words & scale.varying
    )


# --- One value a limb: every limb of b must find its match in a --------------------------------


def _by_limb(one: Callable[[Scale, LimbValue, LimbValue], Answer]) -> Callable[..., Answer]:
    """Lift a comparison of single limbs to several: each limb of b needs its match in a."""

    def lifted(scale: Scale, a: Value, b: Value) -> Answer:
        def covered(x: LimbValue, y: LimbValue) -> Answer:
            unknown = x.values is None or y.values is None
            return Answer.CANNOT_TELL if unknown else one(scale, x, y)

        return every(some(covered(x, y) for x in a) for y in b)

    return lifted


def _fewer_requirements(scale: Scale, x: LimbValue, y: LimbValue) -> Answer:
    needs_x, needs_y = _words(x) - {scale.empty}, _words(y) - {scale.empty}
    if _met(scale, needs_x, needs_y):
        # More may be required where the text is not held in full.
        return Answer.CANNOT_TELL if x.partial else Answer.YES
    # If y asks for less whatever the words mean, x does not cover it; otherwise the two lists
    # may come to the same.
    if y.partial:
        return Answer.CANNOT_TELL
    return Answer.NO if scale.distinct or _met(scale, needs_y, needs_x) else Answer.CANNOT_TELL


def _met(scale: Scale, needs: Words, given: Words) -> bool:
    """Say whether whoever meets `given` meets each of `needs`."""
    return all(
        any(word == other or (word, other) in scale.wider for other in given) for word in needs
    )


def _as_high(scale: Scale, x: LimbValue, y: LimbValue) -> Answer:
    return Answer.YES if _rung(scale, _words(x)) >= _rung(scale, _words(y)) else Answer.NO


def _rung(scale: Scale, words: Words) -> int:
    """Return the highest rung; no word at all stands below the ladder."""
    return max((scale.ladder.index(word) for word in words), default=-1)


def _equal(_scale: Scale, x: LimbValue, y: LimbValue) -> Answer:
    return Answer.YES if _words(x) == _words(y) else Answer.CANNOT_TELL


def _words(limb: LimbValue) -> Words:
    return limb.values or frozenset()


_KINDS: dict[str, Callable[[Scale, Value, Value], Answer]] = {
    "any_of": _any_of,
    "offences": _offences,
    "all_of": _by_limb(_fewer_requirements),
    "ladder": _by_limb(_as_high),
    "nominal": _by_limb(_equal),
}
