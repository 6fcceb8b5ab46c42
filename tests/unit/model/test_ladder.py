"""Orders of words: steps that only may be higher, the highest rung, authority, and gaps."""

from __future__ import annotations

import pytest

from npcompare.model.kinds import AllOf, AnyOf, Ladder
from npcompare.model.logic import Answer
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
RUNGS = ("w", "x", "y", "z")
LADDER = Ladder(ladder=RUNGS, declared=frozenset({("z", "x"), ("y", "x")}))
DOUBTED = frozenset({("z", "x")})
CAUTIOUS = Ladder(ladder=RUNGS, qualified=DOUBTED, is_cautious=True)
BOLD = Ladder(ladder=RUNGS, qualified=DOUBTED)


def limb(words: str) -> LimbValue:
    return LimbValue("", Basis.TEXT, frozenset(words), None)


@pytest.mark.parametrize(
    ("scale", "a", "b", "expected"),
    [
        (CAUTIOUS, "x", "z", UNKNOWN),
        (CAUTIOUS, "wx", "yz", UNKNOWN),
        (CAUTIOUS, "y", "z", NO),
        (CAUTIOUS, "x", "y", NO),
        (CAUTIOUS, "", "z", NO),
        (CAUTIOUS, "z", "x", YES),
        (BOLD, "x", "z", NO),
    ],
)
def test_doubtful_step_leaves_the_answer_open(
    scale: Ladder, a: str, b: str, expected: Answer
) -> None:
    assert scale.covers((limb(a),), (limb(b),)) is expected


ORDER = frozenset({("x", "y"), ("u", "w")})
DOUBTED_ORDER = AllOf(wider=ORDER, qualified=frozenset({("x", "y")}), is_cautious=True)


@pytest.mark.parametrize(
    ("scale", "a", "b", "expected"),
    [
        (DOUBTED_ORDER, "x", "y", YES),
        (DOUBTED_ORDER, "y", "x", UNKNOWN),
        (DOUBTED_ORDER, "w", "u", NO),
        (DOUBTED_ORDER, "wy", "ux", UNKNOWN),
        (DOUBTED_ORDER, "x", "p", NO),
        (AllOf(wider=ORDER), "y", "x", NO),
    ],
)
def test_doubtful_order_leaves_the_answer_open(
    scale: AllOf, a: str, b: str, expected: Answer
) -> None:
    assert scale.covers((limb(a),), (limb(b),)) is expected


def test_gap_of_a_set_adds_words_only() -> None:
    unknown = LimbValue("", Basis.UNKNOWN, None, None)
    assert AnyOf().covers((limb("xy"), unknown), (limb("x"),)) is YES
    assert AnyOf().covers((limb("x"), unknown), (limb("xy"),)) is UNKNOWN
    assert AnyOf().covers((limb("x"), unknown), (limb("x"), unknown)) is UNKNOWN
    assert AnyOf().covers((limb("x"),), (limb("x"), unknown)) is UNKNOWN
    assert AnyOf().covers((limb("x"),), (limb("xy"), unknown)) is NO


def test_provision_without_limbs_covers_no_unknown_limb() -> None:
    unknown = LimbValue("", Basis.UNKNOWN, None, None)
    assert LADDER.covers((), (unknown,)) is NO
    assert LADDER.covers((limb("z"),), (unknown,)) is UNKNOWN
    assert LADDER.covers((), ()) is YES


def test_highest_rung_of_all_limbs() -> None:
    assert LADDER.highest((limb("x"), limb("wy"))) == ("y",)
    assert LADDER.highest((limb("w"),)) == ("w",)
    assert LADDER.highest((limb("z"),)) == ("z",)
    assert LADDER.highest((limb(""),)) == ()
    assert LADDER.highest(()) == ()


def test_key_is_what_the_comparison_uses() -> None:
    unknown = LimbValue("", Basis.UNKNOWN, None, None)
    words = frozenset("xy")
    assert AnyOf().key((limb("x"), limb("y"))) == (words, False)
    assert AnyOf().key((limb("xy"), unknown)) == (words, True)
    assert LADDER.key((limb("xy"), unknown)) == frozenset({(words, False), (None, False)})


def test_rungs_are_counted_from_one() -> None:
    assert LADDER.steps(("z", "w")) == {"w": 1, "z": 4}
    assert AnyOf().steps(("z", "w")) == {}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("x",), ("z",), "xz"),
        (("z",), ("x",), "xz"),
        (("w",), ("z",), "wxyz"),
        (("x", "y"), ("z",), "xz"),
        (("w",), ("y",), "wxy"),
        (("y",), (), "y"),
        ((), (), ""),
    ],
)
def test_authority_is_the_declared_pair_or_all_between(
    left: tuple[str, ...], right: tuple[str, ...], expected: str
) -> None:
    assert LADDER.authority_words(left, right) == frozenset(expected)


def test_authority_of_a_set_is_every_word() -> None:
    assert AnyOf().authority_words(("x", "y"), ("z",)) == frozenset("xyz")
    assert AnyOf().authority_words((), ()) == frozenset()
