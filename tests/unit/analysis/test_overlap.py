"""Where two provisions meet: every answer stands in every small world that fits what is known."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest

from npcompare.analysis.coverage_matrix import Row
from npcompare.analysis.overlap import Atom, Part, _agreed, _at_named, _reaches, cover, rows
from npcompare.model.kinds import AllOf, AnyOf, Ladder, Nominal
from npcompare.model.logic import Answer
from npcompare.model.offences import Offences, UnlistedSet
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.scale import Scale


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Let each test work out anew where limbs are, whatever was asked before it."""
    _at_named.cache_clear()


#: An offence that has a category, and another that has none.
OFFENCES = ("x", "")
STAGES = ("s", "t")
SCOPE = Offences(universe=frozenset("x"))
LADDER = Ladder(ladder=("low", "high"))
SETS = AnyOf()

#: What is coded of a limb's offences, and which offences that may be.
SCOPES = {
    "any": [{"x", ""}],
    "listed x": [{"x"}],
    "any but x": [{""}],
    "unknown": [{"x"}, {""}, {"x", ""}],
    "a list": [{"x"}, {""}],
}
#: A limb in short: what is coded of its offences, its stage, and its rung.
Short = tuple[str, str, str]
LIMBS: list[Short] = list(product(SCOPES, STAGES, ("low", "high")))
#: Every provision of one limb, and of two.
PROVISIONS = [(one,) for one in LIMBS] + list(combinations_with_replacement(LIMBS, 2))


def scope(name: str, owner: str) -> LimbValue:
    values = {"listed x": {"listed_offences"}, "a list": {"listed_offences"}}.get(
        name, {"any_offence"}
    )
    return LimbValue(
        "1",
        Basis.TEXT,
        None if name == "unknown" else frozenset(values),
        None,
        frozenset("x") if name == "listed x" else frozenset(),
        frozenset("x") if name == "any but x" else frozenset(),
        owner,
    )


def limb(word: str) -> LimbValue:
    return LimbValue("1", Basis.TEXT, frozenset({word}), None)


def parts(provision: Iterable[Short], owner: str) -> tuple[Part, ...]:
    return tuple(
        Part(limb(rung), (scope(name, f"{owner}{number}"),), (limb(stage),))
        for number, (name, stage, rung) in enumerate(provision)
    )


def truths(a: tuple[Short, ...], b: tuple[Short, ...]) -> set[bool]:
    """Return whether a covers b, in every world in which the two meet."""
    found = set()
    for reach_a in product(*(SCOPES[name] for name, _, _ in a)):
        for reach_b in product(*(SCOPES[name] for name, _, _ in b)):
            answers = []
            for offence, stage in product(OFFENCES, STAGES):
                here, there = (
                    [
                        rung
                        for (_, at, rung), reach in zip(limbs, reaches, strict=True)
                        if at == stage and offence in reach
                    ]
                    for limbs, reaches in ((a, reach_a), (b, reach_b))
                )
                if here and there:
                    answers.append("high" in here or "high" not in there)
            if answers:
                found.add(all(answers))
    return found


def test_an_answer_stands_in_every_world() -> None:
    """A sample of all pairs: each of one limb with all, and each of two with every ninth."""
    for number, a in enumerate(PROVISIONS):
        for b in PROVISIONS if len(a) == 1 else PROVISIONS[number % 9 :: 9]:
            possible = truths(a, b)
            answer = cover(LADDER, SCOPE, STAGES, parts(a, "a"), parts(b, "b"))
            known = not {"unknown", "a list"} & {name for name, _, _ in (*a, *b)}
            if answer is not Answer.CANNOT_TELL:
                assert possible <= {answer is Answer.YES}, (a, b)
            elif known:
                assert not possible, (a, b)


def test_a_provision_covers_itself_and_any_part_of_itself() -> None:
    for a in PROVISIONS:
        whole = parts(a, "a")
        assert cover(LADDER, SCOPE, STAGES, whole, whole) is Answer.YES
        assert cover(LADDER, SCOPE, STAGES, whole, whole[:1]) is Answer.YES
        found = rows(LADDER, SCOPE, STAGES, [whole, whole[:1]])
        assert (found[0].yes, found[1].answer(1)) == (0b11, Answer.YES)


def test_whom_no_limb_protects_is_protected_least() -> None:
    some = parts([("any", "s", "low")], "a")
    assert cover(LADDER, SCOPE, STAGES, some, ()) is Answer.YES
    assert cover(LADDER, SCOPE, STAGES, (), some) is Answer.NO
    assert cover(LADDER, SCOPE, STAGES, (), ()) is Answer.YES


def test_each_of_many_is_told_of_each() -> None:
    low, high = (parts([("any", "s", rung)], rung) for rung in ("low", "high"))
    # A bit for each, the first one last.
    assert rows(LADDER, SCOPE, STAGES, [low, (), high]) == [
        Row(0b011, 0b100),
        Row(0b010, 0b101),
        Row(0b111, 0b000),
    ]


def test_who_has_every_limb_of_another_is_where_that_is_whatever_is_known() -> None:
    """Of no limb is it known which offences it is for; of the same one it is the same offences."""
    low, high = parts([("unknown", "s", "low"), ("unknown", "s", "high")], "a")
    other = parts([("unknown", "s", "low")], "b")
    sides = [(low,), (high, low), (high,), (high, *other)]
    assert rows(LADDER, SCOPE, STAGES, sides) == [
        Row(0b0001, 0b0100),
        Row(0b0111, 0b0000),
        Row(0b1111, 0b0000),
        Row(0b1101, 0b0000),
    ]


@pytest.mark.parametrize(
    ("provisions", "wanted"),
    [
        # Whatever offences a limb is for, one for any offence is for them too.
        (
            ([("unknown", "s", "low"), ("a list", "t", "high")], [("any", "s", "low")]),
            [Row(0b11, 0b00), Row(0b11, 0b00)],
        ),
        (
            ([("unknown", "t", "low")], [("any", "t", "high"), ("a list", "t", "low")]),
            [Row(0b01, 0b10), Row(0b11, 0b00)],
        ),
        (
            (
                [("any", "t", "high"), ("listed x", "s", "low")],
                [("unknown", "t", "low"), ("a list", "s", "low")],
            ),
            [Row(0b11, 0b00), Row(0b10, 0b01)],
        ),
        # They act at other stages, so they are set against each other as a whole.
        (
            ([("any", "t", "low"), ("any but x", "t", "low")], [("unknown", "s", "high")]),
            [Row(0b01, 0b10), Row(0b11, 0b00)],
        ),
        # What only the first one may be for is no place where the other two meet.
        (
            (
                [("unknown", "s", "high")],
                [("listed x", "s", "low"), ("any but x", "t", "high")],
                [("listed x", "t", "low"), ("any but x", "t", "high")],
            ),
            [Row(0b111, 0b000), Row(0b110, 0b000), Row(0b110, 0b000)],
        ),
        (
            (
                [("listed x", "t", "high")],
                [("any", "t", "high"), ("unknown", "t", "high")],
                [("any", "t", "low"), ("a list", "s", "high")],
            ),
            [Row(0b111, 0b000), Row(0b111, 0b000), Row(0b100, 0b011)],
        ),
    ],
)
def test_where_limbs_meet_of_which_not_all_is_known(
    provisions: tuple[list[Short], ...], wanted: list[Row]
) -> None:
    sides = [parts(one, f"p{number}-") for number, one in enumerate(provisions)]
    assert rows(LADDER, SCOPE, STAGES, sides) == wanted


def test_many_at_once_are_answered_as_each_pair() -> None:
    some = PROVISIONS[::7]
    sides = [(), *(parts(one, f"p{number}-") for number, one in enumerate(some))]
    for a, row in zip(sides, rows(LADDER, SCOPE, STAGES, sides), strict=True):
        for number, b in enumerate(sides):
            assert row.answer(number) is cover(LADDER, SCOPE, STAGES, a, b), (a, b)


def test_any_number_of_open_limbs_is_told_where_they_agree() -> None:
    one = parts([("any", "s", "high"), ("any", "s", "low")], "b")
    for rungs, wanted in (("high", Answer.YES), ("high low", Answer.CANNOT_TELL)):
        many = [("unknown", "s", rung) for rung in rungs.split() for _ in range(20)]
        distinct = tuple(
            Part(
                LimbValue(str(number), Basis.TEXT, part.value.values, None), part.scope, part.stage
            )
            for number, part in enumerate(parts(many, "a"))
        )
        assert cover(LADDER, SCOPE, STAGES, distinct, one) is wanted


#: Words of one limb, by scale: none known, none at all, and all others.
VALUES: list[tuple[Scale, list[set[str] | None]]] = [
    (Ladder(ladder=("low", "high")), [None, {"low"}, {"high"}]),
    (AnyOf(), [None, set(), {"x"}, {"y"}, {"x", "y"}]),
    (AnyOf(distinct=False), [None, {"x"}, {"y"}, {"x", "y"}]),
    (AllOf(), [None, set(), {"x"}, {"x", "y"}]),
    (Nominal(), [None, {"x"}, {"y"}]),
]


def groups(values: list[set[str] | None], most: int) -> list[tuple[LimbValue, ...]]:
    """Return every group of so many limbs of these values or fewer."""
    limbs = [
        LimbValue(str(at), Basis.TEXT, None if one is None else frozenset(one), None)
        for at, one in enumerate(values)
    ]
    return [one for size in range(most + 1) for one in combinations(limbs, size)]


def test_the_ends_tell_what_all_that_may_be_tells() -> None:
    """Of the limbs that may be there only the ends are tried: here all are."""
    for scale, values in VALUES:
        few, more = groups(values, 1), groups(values, 2)
        for sure_a, open_a, sure_b, open_b in product(few, more, few, more):
            if not (sure_a or open_a) or not (sure_b or open_b):
                continue
            found = {
                scale.covers((*sure_a, *more_a), (*sure_b, *more_b))
                for more_a, more_b in product(subsets(open_a), subsets(open_b))
                if (sure_a or more_a) and (sure_b or more_b)
            }
            wanted = found.pop() if len(found) == 1 else Answer.CANNOT_TELL
            assert _agreed(scale, sure_a, open_a, sure_b, open_b) is wanted


def subsets(limbs: tuple[LimbValue, ...]) -> list[tuple[LimbValue, ...]]:
    return [one for size in range(len(limbs) + 1) for one in combinations(limbs, size)]


BOOK = Offences(universe=frozenset("xyv"), varying=frozenset("v"))
ANY, LISTED, RELATED = "any_offence", "listed_offences", "status_related"
OWN = UnlistedSet("own", frozenset("v"), frozenset(), "a")
STATUS = UnlistedSet(RELATED, frozenset(), frozenset(), "")
YES, NO, PERHAPS = Answer.YES, Answer.NO, Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("extent", "named", "but", "wanted"),
    [
        # x, y, an offence without a category, the law's own list, offences of a status, its gap
        (ANY, "", "", (YES, YES, YES, YES, YES, YES)),
        (ANY, "", "x", (NO, YES, YES, PERHAPS, PERHAPS, PERHAPS)),
        (ANY, "", "v", (PERHAPS, PERHAPS, YES, NO, PERHAPS, PERHAPS)),
        (LISTED, "x", "", (YES, NO, NO, PERHAPS, PERHAPS, PERHAPS)),
        (LISTED, "xy", "y", (YES, NO, NO, PERHAPS, PERHAPS, PERHAPS)),
        (LISTED, "x", "v", (PERHAPS, NO, NO, PERHAPS, PERHAPS, PERHAPS)),
        (LISTED, "v", "", (PERHAPS, PERHAPS, PERHAPS, YES, PERHAPS, PERHAPS)),
        (LISTED, "v", "x", (PERHAPS, PERHAPS, PERHAPS, PERHAPS, PERHAPS, PERHAPS)),
        (LISTED, "", "", (PERHAPS, PERHAPS, PERHAPS, PERHAPS, PERHAPS, YES)),
        (RELATED, "", "", (PERHAPS, PERHAPS, PERHAPS, PERHAPS, YES, PERHAPS)),
        (None, "", "", (PERHAPS, PERHAPS, PERHAPS, PERHAPS, PERHAPS, YES)),
    ],
)
def test_what_a_limb_reaches(
    extent: str | None, named: str, but: str, wanted: tuple[Answer, ...]
) -> None:
    values = None if extent is None else frozenset({extent})
    limb = LimbValue("1", Basis.TEXT, values, None, frozenset(named), frozenset(but), "a")
    atoms: tuple[Atom, ...] = ("x", "y", "", OWN, STATUS, ("gap", "a", "1"))
    assert tuple(_reaches(BOOK, limb, atom) for atom in atoms) == wanted


def reaching(words: str, extent: str, named: str = "", but: str = "", owner: str = "a") -> Part:
    """Return a limb that gives some words for some offences."""
    some = frozenset({extent}), None, frozenset(named), frozenset(but), owner
    given = LimbValue("1", Basis.TEXT, frozenset(words), None)
    return Part(given, (LimbValue("1", Basis.TEXT, *some),), None)


def test_a_limb_that_gives_nothing_is_there_all_the_same() -> None:
    """Whether x is on the law's own list or not, the one gives y and the other nothing."""
    nothing, given = reaching("", ANY, but="v"), reaching("y", LISTED, "x", owner="b")
    assert cover(SETS, BOOK, STAGES, (nothing,), (given,)) is Answer.NO
    assert cover(SETS, BOOK, STAGES, (given,), (nothing,)) is Answer.YES


def test_sets_of_offences_that_are_not_listed_are_places_too() -> None:
    """Offences of a status, whichever these are, are reached by a limb for any offence as well."""
    any_offence = reaching("y", ANY)
    more = (reaching("x", LISTED, "x", owner="b"), reaching("xy", RELATED, owner="b"))
    assert cover(SETS, BOOK, STAGES, (any_offence,), more) is Answer.NO
    assert cover(SETS, BOOK, STAGES, (any_offence,), more[1:]) is Answer.NO
    assert cover(SETS, BOOK, STAGES, (reaching("xy", ANY),), more) is Answer.YES
