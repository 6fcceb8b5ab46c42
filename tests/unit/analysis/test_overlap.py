"""Where limbs apply: which offences a limb reaches, as far as that is known."""

from __future__ import annotations

import pytest

from npcompare.analysis.overlap import (
    FOREIGN,
    Area,
    Atom,
    Ground,
    UnknownOffences,
    _at_named_places,
    at_named_places,
    at_places,
    presence_by_place,
)
from npcompare.model.offences import Offences, UnlistedSet
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

GROUND = Ground(Offences(universe=frozenset("xyv"), varying=frozenset("v")), ("",))
ANY, LISTED, RELATED = "any_offence", "listed_offences", "status_related"
OWN = UnlistedSet("own", frozenset("v"), frozenset(), "a")
STATUS = UnlistedSet(RELATED, frozenset(), frozenset(), "")
YES, NO, MAYBE = True, False, None


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Let each test work out where limbs apply, without results of earlier tests."""
    _at_named_places.cache_clear()
    presence_by_place.cache_clear()


def limb(extent: str | None, included: str = "", excluded: str = "") -> LimbValue:
    values = None if extent is None else frozenset({extent})
    return LimbValue("1", Basis.TEXT, values, None, frozenset(included), frozenset(excluded), "a")


@pytest.mark.parametrize(
    ("extent", "included", "excluded", "expected"),
    [
        # x, y, an offence without a category, the law's own schedule, offences related to a
        # status, and the unknown offences of this limb
        (ANY, "", "", (YES, YES, YES, YES, YES, YES)),
        (ANY, "", "x", (NO, YES, YES, MAYBE, MAYBE, MAYBE)),
        (ANY, "", "v", (MAYBE, MAYBE, YES, NO, MAYBE, MAYBE)),
        (LISTED, "x", "", (YES, NO, NO, MAYBE, MAYBE, MAYBE)),
        (LISTED, "xy", "y", (YES, NO, NO, MAYBE, MAYBE, MAYBE)),
        (LISTED, "x", "v", (MAYBE, NO, NO, MAYBE, MAYBE, MAYBE)),
        (LISTED, "v", "", (MAYBE, MAYBE, MAYBE, YES, MAYBE, MAYBE)),
        (LISTED, "v", "x", (MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)),
        (LISTED, "", "", (MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, YES)),
        (RELATED, "", "", (MAYBE, MAYBE, MAYBE, MAYBE, YES, MAYBE)),
        (None, "", "", (MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, YES)),
    ],
)
def test_offences_that_a_limb_reaches(
    extent: str | None, included: str, excluded: str, expected: tuple[bool | None, ...]
) -> None:
    atoms: tuple[Atom, ...] = ("x", "y", "", OWN, STATUS, UnknownOffences("a", "1"))
    area = Area((limb(extent, included, excluded),), None)
    assert at_places(GROUND, area, atoms) == expected


def test_limb_of_another_law_treats_a_set_as_foreign() -> None:
    for extent, included, excluded in ((ANY, "", "x"), (LISTED, "x", ""), (RELATED, "", "")):
        area = Area((limb(extent, included, excluded),), None)
        own_set = UnlistedSet("own", frozenset("v"), frozenset(), "b")
        assert at_places(GROUND, area, [FOREIGN]) == at_places(GROUND, area, [own_set])


def test_stage_and_offence_must_both_apply() -> None:
    ground = Ground(GROUND.offences, ("s", "t"))
    at_s = LimbValue("1", Basis.TEXT, frozenset("s"), None)
    unknown = LimbValue("1", Basis.UNKNOWN, None, None)
    reach = (limb(LISTED, "x"),)
    assert at_places(ground, Area(reach, (at_s,)), ["x", "y"]) == (YES, NO, NO, NO)
    assert at_places(ground, Area(reach, (unknown,)), ["x", "y"]) == (MAYBE, MAYBE, NO, NO)
    assert at_places(ground, Area(reach, None), ["x", "y"]) == (YES, YES, NO, NO)


def test_equal_places_are_merged() -> None:
    listed, related = Area((limb(LISTED, "x"),), None), Area((limb(RELATED),), None)
    # The categories v, x and y, then all other offences, then unlawful acts that are no offences.
    assert at_named_places(GROUND, listed) == (NO, YES, NO, NO, NO)
    assert presence_by_place(GROUND, (listed, related)) == {
        (YES, MAYBE),
        (NO, MAYBE),
        (MAYBE, YES),
        (NO, NO),
    }
