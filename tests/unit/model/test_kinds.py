"""The kinds of dimension, checked on every value of small worlds."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from npcompare.law import json_schema
from npcompare.model.kinds import KINDS, AllOf, AnyOf, Ladder, Nominal
from npcompare.model.logic import Answer, conjunction, relation_from
from npcompare.model.offences import Offences, UnlistedSet, reach
from npcompare.model.provision import Basis
from npcompare.model.results import CONVERSE, LimbValue, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.scale import Scale, Value


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Let each test work out what values reach, without results of earlier tests."""
    reach.cache_clear()


def relate(scale: Scale, a: Value, b: Value) -> Relation:
    return relation_from(scale.covers(a, b), scale.covers(b, a))


def subsets(words: str) -> list[frozenset[str]]:
    every_size = (combinations(words, size) for size in range(len(words) + 1))
    return [frozenset(offences) for offences in chain.from_iterable(every_size)]


def limb(
    values: Iterable[str] | None,
    categories: Iterable[str] = (),
    excluded: Iterable[str] = (),
    owner: str = "",
) -> LimbValue:
    words = None if values is None else frozenset(values)
    named, left_out = frozenset(categories), frozenset(excluded)
    return LimbValue("", Basis.TEXT, words, None, named, left_out, owner)


def pairs(limbs: list[LimbValue]) -> list[Value]:
    """Return every value of one limb and of two."""
    return [(limb_value,) for limb_value in limbs] + list(combinations(limbs, 2))


SETS = pairs([limb(None), *map(limb, subsets("xyz"))])
LADDER = pairs([limb(None), limb(()), *(limb({word}) for word in "xyz")])
OFFENCES = pairs(
    [
        limb(None),
        limb({"status_related"}),
        limb({"status_related"}, "x"),
        limb({"listed_offences"}),
        *(limb({"any_offence"}, (), excluded) for excluded in subsets("xy")),
        *(limb({"listed_offences"}, named) for named in subsets("xy") if named),
        limb({"listed_offences"}, "xy", "y"),
    ]
)
#: As above, but each of two laws has its own list, "v".
OWN_LISTS = pairs(
    [
        limb(None),
        limb({"status_related"}),
        limb({"status_related"}, "v", (), "a"),
        *(
            limb({"any_offence"}, (), excluded, owner)
            for owner, excluded in [("", ""), ("", "x"), *product("ab", ("v", "vx"))]
        ),
        *(
            limb({"listed_offences"}, named, (), owner)
            for owner, named in [("", "x"), *product("ab", ("v", "vx"))]
        ),
        limb({"listed_offences"}, "x", "v", "a"),
    ]
)
WORLDS = {
    "any_of": (AnyOf(), SETS),
    "any_of, words that may mean the same": (AnyOf(distinct=False), SETS),
    "any_of, one word including others": (
        AnyOf(distinct=False, stands_for={"x": frozenset("xyz")}),
        SETS,
    ),
    "any_of, one word the sum of others": (
        AnyOf(stands_for={"x": frozenset("yz")}),
        SETS,
    ),
    "all_of": (AllOf(), SETS),
    "all_of, words that may mean the same": (AllOf(distinct=False), SETS),
    "all_of, with an order": (
        AllOf(distinct=False, wider=frozenset({("x", "y")}), empty="z"),
        SETS,
    ),
    "ladder": (Ladder(ladder=("x", "y", "z")), LADDER),
    "nominal": (Nominal(), LADDER),
    "offences": (Offences(universe=frozenset("xy")), OFFENCES),
    "offences, with lists of the laws' own": (
        Offences(universe=frozenset("xv"), varying=frozenset("v")),
        OWN_LISTS,
    ),
}


@pytest.fixture(params=WORLDS, ids=list(WORLDS))
def world(request: pytest.FixtureRequest) -> tuple[Scale, list[Value]]:
    return WORLDS[request.param]


def is_known(value: Value) -> bool:
    return all(
        limb_value.values is not None
        and (limb_value.values != {"listed_offences"} or limb_value.categories)
        for limb_value in value
    )


def test_schema_lists_every_kind() -> None:
    schema = json_schema.load_schema("codebook")
    assert schema["definitions"]["dimension"]["properties"]["kind"]["enum"] == list(KINDS)


def test_swapping_gives_the_converse(world: tuple[Scale, list[Value]]) -> None:
    scale, values = world
    for a, b in product(values, repeat=2):
        assert relate(scale, b, a) is CONVERSE[relate(scale, a, b)], (a, b)


def test_known_value_is_the_same_as_itself(world: tuple[Scale, list[Value]]) -> None:
    scale, values = world
    for value in values:
        expected = Relation.SAME if is_known(value) else Relation.UNKNOWN
        assert relate(scale, value, value) is expected, value


def test_order_and_repetition_of_limbs_do_not_matter(world: tuple[Scale, list[Value]]) -> None:
    scale, values = world
    for a, b in product(values, repeat=2):
        assert scale.covers(a[::-1] + a, b) is scale.covers(a, b), (a, b)
        assert scale.covers(a[::-1], b) is scale.covers(a, b), (a, b)


def test_further_limb_never_turns_yes_into_no(world: tuple[Scale, list[Value]]) -> None:
    scale, values = world
    single = [value for value in values if len(value) == 1]
    for a, further, b in product(single, single, values):
        if scale.covers(a, b) is Answer.YES:
            # The content of a law's own schedule may leave the answer open.
            assert scale.covers(a + further, b) is not Answer.NO, (a, further, b)


def test_values_with_equal_keys_get_equal_answers(world: tuple[Scale, list[Value]]) -> None:
    scale, values = world
    first = {scale.key(value): value for value in reversed(values)}
    for a, b in product(values, repeat=2):
        answer = scale.covers(first[scale.key(a)], first[scale.key(b)])
        assert answer is scale.covers(a, b), (a, b)


#: The answers from the least to the most favourable.
RISING = (Answer.NO, Answer.UNKNOWN, Answer.YES)


@pytest.mark.parametrize(
    "name", [name for name, (scale, _) in WORLDS.items() if scale.kind != "offences"]
)
def test_further_limb_never_protects_less(name: str) -> None:
    """This is why the fewest and the most possible limbs decide; scope is compared as a whole."""
    scale, values = WORLDS[name]
    limbs = [value for value in values if len(value) == 1]
    for a, b, further in product(values, values, limbs):
        answer = RISING.index(scale.covers(a, b))
        assert RISING.index(scale.covers(a + further, b)) >= answer, (a, b, further)
        assert RISING.index(scale.covers(a, b + further)) <= answer, (a, b, further)


def test_covering_is_transitive(world: tuple[Scale, list[Value]]) -> None:
    scale, values = world
    yes = {
        (i, j)
        for (i, a), (j, b) in product(enumerate(values), repeat=2)
        if scale.covers(a, b) is Answer.YES
    }
    after: dict[int, set[int]] = {}
    for i, j in yes:
        after.setdefault(i, set()).add(j)
    for i, j in yes:
        assert after.get(j, set()) <= after[i], (values[i], values[j])


def test_broader_is_transitive(world: tuple[Scale, list[Value]]) -> None:
    scale, values = world
    after: dict[int, set[int]] = {}
    for (i, a), (j, b) in product(enumerate(values), repeat=2):
        if relate(scale, a, b) is Relation.BROADER:
            after.setdefault(i, set()).add(j)
    for i, narrower in after.items():
        for j in narrower:
            for k in after.get(j, set()):
                # If two words may mean the same, it is certain that a covers c, but not always that
                # a is broader than c.
                assert scale.covers(values[i], values[k]) is Answer.YES
                assert scale.distinct is False or k in narrower, (values[i], values[j], values[k])


#: Small worlds in which a law's own list may include the offence x and at most one other.
OTHERS = ("1", "2", "3")
LISTS = [frozenset((*x, *second)) for x in ("", "x") for second in ("", *OTHERS) if x or second]


def reached(value: Value, lists: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the offences a value reaches in one world, limb by limb."""

    def offences(words: Iterable[str], owner: str) -> frozenset[str]:
        sets = [lists[owner] if word == "v" else frozenset(word) for word in words]
        return frozenset().union(*sets)

    reached_offences: set[str] = set()
    for limb_value in value:
        base = {"x", *OTHERS} if limb_value.values == frozenset({"any_offence"}) else set()
        reached_offences |= (base | offences(limb_value.categories, limb_value.owner)) - offences(
            limb_value.excluded, limb_value.owner
        )
    return frozenset(reached_offences)


def test_own_schedules_get_the_answer_of_every_world() -> None:
    """A yes or a no is right for any content of the schedules."""
    scale, values = WORLDS["offences, with lists of the laws' own"]
    known_values = [
        value
        for value in values
        if all(
            limb_value.values and "status_related" not in limb_value.values for limb_value in value
        )
    ]
    worlds = [{"a": a, "b": b, "": frozenset[str]()} for a, b in product(LISTS, repeat=2)]
    in_worlds = [[reached(value, lists) for lists in worlds] for value in known_values]
    for (a, reach_a), (b, reach_b) in product(zip(known_values, in_worlds, strict=True), repeat=2):
        truths = {there <= here for here, there in zip(reach_a, reach_b, strict=True)}
        answer = scale.covers(a, b)
        if answer is not Answer.UNKNOWN:
            assert truths == {answer is Answer.YES}, (a, b)


@pytest.mark.parametrize("kind", ["any_of", "all_of", "ladder"])
def test_known_answer_is_right_however_gaps_are_filled(kind: str) -> None:
    scale = KINDS[kind](ladder=("x", "y", "z"))
    words = subsets("xyz") if kind != "ladder" else [frozenset(word) for word in "xyz"]
    values: list[Value] = [
        (limb(subset), limb(other_subset)) for subset in words for other_subset in [None, *words]
    ]

    def filled(value: Value) -> list[Value]:
        first_limb, second = value
        return (
            [(first_limb, limb(subset)) for subset in words] if second.values is None else [value]
        )

    for a, b in product(values, repeat=2):
        answer = scale.covers(a, b)
        truths = {
            scale.covers(filled_a, filled_b) for filled_a in filled(a) for filled_b in filled(b)
        }
        assert Answer.UNKNOWN not in truths
        assert answer is Answer.UNKNOWN or truths == {answer}, (a, b)


def test_sets_with_a_gap_give_every_certain_answer() -> None:
    """For sets the answer is unknown only where fillings of the gap disagree."""
    scale = AnyOf()
    words = subsets("xy")
    values: list[Value] = [
        (limb(subset), limb(other_subset)) for subset in words for other_subset in [None, *words]
    ]
    for a, b in product(values, repeat=2):
        fill_a = [(a[0], limb(subset)) for subset in words] if a[1].values is None else [a]
        fill_b = [(b[0], limb(subset)) for subset in words] if b[1].values is None else [b]
        truths = {scale.covers(limb_value, second) for limb_value in fill_a for second in fill_b}
        # A small world has few words and the law has many, so an answer for all words of this
        # world is not certain.
        words_of_a = (a[0].values or frozenset()) | (a[1].values or frozenset())
        if len(truths) == 1 and words_of_a != frozenset("xy"):
            assert scale.covers(a, b) in truths, (a, b)


def test_conjunction_is_what_every_completion_gives() -> None:
    """All 729 combinations of answers in three dimensions, in both directions."""
    one_dimension = list(product(Answer, repeat=2))

    def completions(answer: Answer) -> list[Answer]:
        return [Answer.YES, Answer.NO] if answer is Answer.UNKNOWN else [answer]

    for world in product(one_dimension, repeat=3):
        forward, backward = (
            conjunction(a_covers_b for a_covers_b, _ in world),
            conjunction(b_covers_a for _, b_covers_a in world),
        )
        for answer, answers in (
            (forward, [a_covers_b for a_covers_b, _ in world]),
            (backward, [b_covers_a for _, b_covers_a in world]),
        ):
            truths = {conjunction(filled) for filled in product(*map(completions, answers))}
            expected = truths.pop() if len(truths) == 1 else Answer.UNKNOWN
            assert answer is expected, world
        assert relation_from(backward, forward) is CONVERSE[relation_from(forward, backward)]


@pytest.mark.parametrize(
    ("forward", "backward", "expected"),
    [
        (Answer.YES, Answer.YES, Relation.SAME),
        (Answer.YES, Answer.NO, Relation.BROADER),
        (Answer.NO, Answer.YES, Relation.NARROWER),
        (Answer.NO, Answer.NO, Relation.INCOMPARABLE),
        (Answer.YES, Answer.UNKNOWN, Relation.UNKNOWN),
        (Answer.UNKNOWN, Answer.NO, Relation.UNKNOWN),
        (Answer.UNKNOWN, Answer.UNKNOWN, Relation.UNKNOWN),
    ],
)
def test_two_answers_give_the_relation(
    forward: Answer, backward: Answer, expected: Relation
) -> None:
    assert relation_from(forward, backward) is expected


SET = AnyOf(stands_for={"w": frozenset("xy")})
OFFENCE = Offences(universe=frozenset("xyv"), varying=frozenset("v"))
ANY, LISTED, RELATED = {"any_offence"}, {"listed_offences"}, {"status_related"}


@pytest.mark.parametrize(
    ("scale", "a", "b", "expected"),
    [
        (SET, limb("x"), limb("xy"), True),
        (SET, limb("x"), limb("y"), False),
        (SET, limb("w"), limb("y"), True),
        (SET, limb("z"), limb("w"), False),
        (SET, limb(()), limb("x"), False),
        (SET, limb(None), limb("x"), False),
        (OFFENCE, limb(LISTED, "x"), limb(LISTED, "xy"), True),
        (OFFENCE, limb(LISTED, "x"), limb(LISTED, "y"), False),
        (OFFENCE, limb(LISTED, "x"), limb(ANY), True),
        (OFFENCE, limb(LISTED, "x"), limb(ANY, (), "x"), False),
        (OFFENCE, limb(RELATED), limb(ANY), True),
        (OFFENCE, limb(RELATED), limb(ANY, (), "x"), False),
        (OFFENCE, limb(RELATED), limb(ANY, (), "v", "a"), False),
        (OFFENCE, limb(ANY), limb(RELATED), False),
        (OFFENCE, limb(RELATED), limb(RELATED), False),
        (OFFENCE, limb(LISTED, "v", (), "a"), limb(ANY), True),
        (OFFENCE, limb(None), limb(ANY), False),
        (Ladder(ladder=("x",)), limb("x"), limb("x"), False),
        (AllOf(), limb("x"), limb("x"), False),
    ],
)
def test_overlap_of_two_limbs(scale: Scale, a: LimbValue, b: LimbValue, expected: bool) -> None:
    assert scale.overlaps((a,), (b,)) is expected


OWN = UnlistedSet("own", frozenset("v"), frozenset(), "a")


@pytest.mark.parametrize(
    ("limb_value", "expected"),
    [
        (limb(None), set()),
        (limb(ANY, (), "x", "a"), set()),
        (limb(ANY, (), "vx", "a"), {OWN}),
        (limb(LISTED, "vx", (), "a"), {OWN}),
        (limb(RELATED, owner="a"), {UnlistedSet("status_related", frozenset(), frozenset(), "")}),
        (
            limb(RELATED, "v", "x", "a"),
            {OWN, UnlistedSet("status_related", frozenset("v"), frozenset("x"), "a")},
        ),
    ],
)
def test_unlisted_sets_of_a_limb(limb_value: LimbValue, expected: set[object]) -> None:
    assert OFFENCE.unlisted_sets(limb_value) == expected


def test_different_unlisted_sets_cannot_be_compared() -> None:
    """A codebook may have several, and a source may mention several at once."""
    words = {"status_related", "work_related", "entry_related", "minor"}
    several = (limb({"listed_offences"} | words),)
    for word in words:
        assert OFFENCE.covers(several, (limb({word}),)) is Answer.YES
        for other_word in words - {word}:
            assert OFFENCE.covers((limb({word}),), (limb({other_word}),)) is Answer.UNKNOWN


def test_no_word_is_below_the_ladder() -> None:
    ladder, lowest, no_word = Ladder(ladder=("x", "y")), (limb("x"),), (limb(()),)
    assert relate(ladder, lowest, no_word) is Relation.BROADER
    assert relate(ladder, no_word, lowest) is Relation.NARROWER


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (("p", False), ("pq", False), Answer.YES),
        (("p", True), ("pq", False), Answer.UNKNOWN),
        (("p", False), ("pq", True), Answer.YES),
        (("pq", False), ("p", False), Answer.NO),
        (("pq", True), ("p", False), Answer.NO),
        (("pq", False), ("p", True), Answer.UNKNOWN),
        (("", True), ("", False), Answer.UNKNOWN),
        (("", False), ("", True), Answer.YES),
    ],
)
def test_incomplete_text_may_require_more(
    x: tuple[str, bool], y: tuple[str, bool], expected: Answer
) -> None:
    a, b = (replace(limb(words), partial=partial) for words, partial in (x, y))
    assert AllOf().covers((a,), (b,)) is expected


def test_excluded_schedule_makes_a_list_uncertain() -> None:
    excluding, further = limb(LISTED, "xy", "v", "a"), limb(LISTED, "x")
    assert OFFENCE.covers((excluding,), (further,)) is Answer.UNKNOWN
    assert OFFENCE.covers((further,), (excluding,)) is Answer.UNKNOWN
    assert relate(OFFENCE, (excluding,), (further,)) is Relation.UNKNOWN
    assert OFFENCE.covers((excluding, further), (further,)) is Answer.YES
    assert OFFENCE.covers((excluding,), (excluding,)) is Answer.YES
    assert OFFENCE.covers((limb(LISTED, "xy", "y"),), (further,)) is Answer.YES


def test_exclusion_affects_only_its_own_list() -> None:
    listed, with_exclusion = limb(LISTED, "xy"), limb(LISTED, "xy", "y")
    assert relate(OFFENCE, (listed,), (with_exclusion,)) is Relation.BROADER
    # One limb may reach what another limb excludes, in either order.
    for limbs in ((listed, with_exclusion), (with_exclusion, listed)):
        assert relate(OFFENCE, limbs, (listed,)) is Relation.SAME


MAY_BE_ONE = {kind: KINDS[kind](distinct=False) for kind in ("any_of", "all_of")}


@pytest.mark.parametrize(
    ("scale", "a", "b", "expected"),
    [
        (MAY_BE_ONE["any_of"], limb("x"), limb("y"), Answer.UNKNOWN),
        (MAY_BE_ONE["any_of"], limb("x"), limb("xy"), Answer.NO),
        (MAY_BE_ONE["any_of"], limb("xy"), limb("x"), Answer.YES),
        (MAY_BE_ONE["all_of"], limb("x"), limb("y"), Answer.UNKNOWN),
        (MAY_BE_ONE["all_of"], limb("xy"), limb("x"), Answer.NO),
        (MAY_BE_ONE["all_of"], limb("x"), limb("xy"), Answer.YES),
        (AllOf(), limb(None), limb("x"), Answer.UNKNOWN),
        (AllOf(), limb("x"), limb(None), Answer.UNKNOWN),
        (Nominal(), limb("x"), limb("x"), Answer.YES),
        (Nominal(), limb("x"), limb("y"), Answer.UNKNOWN),
        (OFFENCE, limb(ANY), limb(LISTED, "x"), Answer.YES),
        (OFFENCE, limb(ANY), limb(RELATED), Answer.YES),
        (OFFENCE, limb(RELATED), limb(RELATED), Answer.YES),
        (OFFENCE, limb(LISTED, "x"), limb(RELATED), Answer.UNKNOWN),
        (OFFENCE, limb(ANY, (), "x"), limb(RELATED), Answer.UNKNOWN),
        (OFFENCE, limb(RELATED, "v", (), "a"), limb(RELATED), Answer.UNKNOWN),
        (OFFENCE, limb(ANY, (), "x"), limb(ANY, (), "xy"), Answer.YES),
        (OFFENCE, limb(ANY, (), "xy"), limb(ANY, (), "x"), Answer.NO),
        (OFFENCE, limb(ANY, (), "v", "a"), limb(ANY), Answer.NO),
        (OFFENCE, limb(ANY, (), "v", "a"), limb(LISTED, "x"), Answer.UNKNOWN),
    ],
)
def test_one_limb_covers_another(
    scale: Scale, a: LimbValue, b: LimbValue, expected: Answer
) -> None:
    assert scale.covers((a,), (b,)) is expected
    assert scale.covers((a, limb(None)), (b,)) is not Answer.NO
    assert scale.covers((a,), (b, limb(None))) is not Answer.YES
