"""Where limbs apply: which offences a limb reaches, as far as that is known."""

from __future__ import annotations

import pytest
from bundled import CODEBOOK

from npcompare.analysis.overlap import (
    FOREIGN,
    Area,
    Atom,
    Ground,
    UnknownOffences,
    _at_named_places,
    at_named_places,
    at_places,
    ground_of,
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


def test_named_places_have_the_stages_of_the_limb() -> None:
    ground = Ground(Offences(universe=frozenset("x")), ("s", "t"))
    at_s = LimbValue("1", Basis.TEXT, frozenset("s"), None, implied=frozenset("t"))
    at_t = LimbValue("1", Basis.TEXT, frozenset("t"), None)
    unknown = LimbValue("1", Basis.UNKNOWN, None, None)
    reach = (limb(LISTED, "x"),)
    # The category, then all other offences, then unlawful acts; each at s, then at t.
    assert at_named_places(ground, Area(reach, (at_s,))) == (YES, YES, NO, NO, NO, NO)
    assert at_named_places(ground, Area(reach, (at_t,))) == (NO, YES, NO, NO, NO, NO)
    assert at_named_places(ground, Area(reach, (at_t, unknown))) == (MAYBE, YES, NO, NO, NO, NO)
    assert at_named_places(ground, Area(reach, None)) == (YES, YES, NO, NO, NO, NO)


def test_any_unlawful_act_is_more_than_offences() -> None:
    assert at_named_places(GROUND, Area((limb(ANY),), None)) == (YES, YES, YES, YES, NO)
    acts = Area((limb("any_unlawful_act"),), None)
    assert at_named_places(GROUND, acts) == (YES, YES, YES, YES, YES)


def test_unknown_offences_of_a_limb_are_a_place() -> None:
    unknown = UnknownOffences("a", "1")
    assert GROUND.unnamed_atoms(limb(None)) == {unknown}
    assert GROUND.unnamed_atoms(limb(LISTED)) == {unknown}
    assert GROUND.unnamed_atoms(limb(LISTED, "xv")) == {OWN}
    assert GROUND.unnamed_atoms(limb(ANY)) == set()


def test_ground_of_a_codebook_is_its_offences_and_stages() -> None:
    stages = ("investigation", "prosecution", "sentencing_liability", "records")
    assert ground_of(CODEBOOK) == Ground(CODEBOOK.offences, stages)
    assert ground_of(CODEBOOK).without_stages().offences == CODEBOOK.offences
    assert len(ground_of(CODEBOOK).without_stages().stages) == 1


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
