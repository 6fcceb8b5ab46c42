"""Open lists of offences, unlawful acts that are not offences, and the steps of both."""

from __future__ import annotations

import pytest

from npcompare.model.logic import Answer
from npcompare.model.offences import Offences, Reach, UnlistedSet
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

SCOPE = Offences(universe=frozenset("xy"))


def scope(
    extent: str,
    categories: str = "",
    excluded: str = "",
    *,
    owner: str = "a",
    is_open: bool = False,
) -> LimbValue:
    return LimbValue(
        "",
        Basis.TEXT,
        frozenset({extent}),
        None,
        frozenset(categories),
        frozenset(excluded),
        owner,
        is_open=is_open,
    )


LIST = scope("listed_offences", "x")
BOTH = scope("listed_offences", "xy")
OPEN = scope("listed_offences", "x", is_open=True)
OPEN_ELSEWHERE = scope("listed_offences", "x", owner="b", is_open=True)
RELATED = scope("status_related", "x")
ANY = scope("any_offence")
ANY_ACT = scope("any_unlawful_act")
UNKNOWN = LimbValue("", Basis.UNKNOWN, None, None)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((LIST,), (OPEN,), Answer.NO),
        ((OPEN,), (LIST,), Answer.YES),
        ((OPEN,), (OPEN,), Answer.YES),
        ((OPEN,), (OPEN_ELSEWHERE,), Answer.UNKNOWN),
        ((OPEN,), (BOTH,), Answer.UNKNOWN),
        ((BOTH,), (OPEN,), Answer.UNKNOWN),
        ((LIST, RELATED), (OPEN,), Answer.UNKNOWN),
        ((LIST, UNKNOWN), (OPEN,), Answer.UNKNOWN),
        ((LIST,), (RELATED,), Answer.UNKNOWN),
        ((ANY,), (OPEN,), Answer.YES),
        ((OPEN,), (ANY,), Answer.NO),
    ],
)
def test_open_list_reaches_an_offence_besides_its_own(
    a: tuple[LimbValue, ...], b: tuple[LimbValue, ...], expected: Answer
) -> None:
    assert SCOPE.covers(a, b) is expected


def test_open_list_is_an_unlisted_set() -> None:
    further = UnlistedSet("further", frozenset("x"), frozenset(), "a")
    assert SCOPE.unlisted_sets(OPEN) == {further}
    assert SCOPE.unlisted_sets(LIST) == frozenset()


def test_unlawful_acts_are_offences_and_more() -> None:
    assert SCOPE.covers((ANY_ACT,), (ANY,)) is Answer.YES
    assert SCOPE.covers((ANY,), (ANY_ACT,)) is Answer.NO
    assert SCOPE.covers((ANY_ACT,), (LIST,)) is Answer.YES
    assert SCOPE.covers((LIST,), (ANY_ACT,)) is Answer.NO
    assert SCOPE.covers((UNKNOWN, ANY), (ANY_ACT,)) is Answer.UNKNOWN


def test_equal_reach_gives_one_key() -> None:
    excluding = scope("listed_offences", "xy", "y")
    assert SCOPE.key((excluding,)) == SCOPE.key((LIST,))
    assert SCOPE.key((UNKNOWN,)) == SCOPE.key((UNKNOWN, UNKNOWN))
    assert SCOPE.key((LIST,)) != SCOPE.key((BOTH,))


OWN_LISTS = Offences(universe=frozenset("xyv"), varying=frozenset("v"))
ALL = frozenset({"x", "y", "v", ""})
OWN_LIST = UnlistedSet("own", frozenset("v"), frozenset(), "a")


@pytest.mark.parametrize(
    ("excluded", "named", "exclusions", "has_gap"),
    [
        (["v"], ALL, {OWN_LIST}, False),
        (["x", "xy"], ALL - {"x"}, set(), False),
        (["v", ""], ALL, set(), False),
        (["", "xv"], ALL, set(), False),
        (["v", "x"], ALL - {"x"}, {OWN_LIST}, True),
        (["vx", "y"], ALL - {"x", "y"}, {OWN_LIST}, True),
    ],
)
def test_limb_may_reach_what_another_excludes(
    excluded: list[str], named: frozenset[str], exclusions: set[UnlistedSet], has_gap: bool
) -> None:
    limbs = tuple(scope("any_but_excluded", "", words) for words in excluded)
    expected = Reach(named, frozenset(), frozenset(), frozenset(exclusions), has_gap)
    assert OWN_LISTS.reach(limbs) == expected


def test_key_has_the_limbs_of_which_the_reach_is_unknown() -> None:
    """Each covers itself, but not the second, although their reach is described alike."""
    scale = OWN_LISTS
    first, second = scope("listed_offences", "x", "v"), scope("listed_offences", "xy", "v")
    assert scale.reach((first,)) == scale.reach((second,))
    assert scale.key((first,)) != scale.key((second,))
    assert scale.key((first, first)) == scale.key((first,))
    assert [scale.covers((first,), (each,)) for each in (first, second)] == [
        Answer.YES,
        Answer.UNKNOWN,
    ]


def test_steps_of_scope_rise_to_any_unlawful_act() -> None:
    classes = ("any_offence", "any_unlawful_act", "listed_offences", "status_related")
    assert SCOPE.steps(classes) == {
        "any_offence": 2,
        "any_unlawful_act": 3,
        "listed_offences": 1,
        "status_related": 1,
    }
