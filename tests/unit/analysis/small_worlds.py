"""Small worlds for the tests of coverage: two offences, two stages, and a ladder of two rungs."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

from npcompare.analysis.overlap import Area, Ground, Part, Parts
from npcompare.model.kinds import Ladder
from npcompare.model.offences import Offences
from npcompare.model.provision import Basis
from npcompare.model.results import LimbValue

if TYPE_CHECKING:
    from collections.abc import Iterable

#: An offence with a category, and another without one.
OFFENCES = ("x", "")
STAGES = ("s", "t")
GROUND = Ground(Offences(universe=frozenset("x")), STAGES)
LADDER = Ladder(ladder=("low", "high"))

#: How the offences of a limb are coded, and the sets of offences that this can mean.
SCOPES = {
    "any": [{"x", ""}],
    "listed x": [{"x"}],
    "any but x": [{""}],
    "unknown": [{"x"}, {""}, {"x", ""}],
    "a list": [{"x"}, {""}],
}
#: A limb in short form: the coding of its offences, its stage, and its rung on the ladder.
Short = tuple[str, str, str]
LIMBS: list[Short] = list(product(SCOPES, STAGES, ("low", "high")))
#: Every provision with one limb or two.
PROVISIONS: list[tuple[Short, ...]] = [(limb,) for limb in LIMBS] + list(
    combinations_with_replacement(LIMBS, 2)
)


def scope_value(name: str, owner: str) -> LimbValue:
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


def limb_value(term: str) -> LimbValue:
    return LimbValue("1", Basis.TEXT, frozenset({term}), None)


def parts(provision: Iterable[Short], owner: str) -> Parts:
    """Return the limbs of a provision in short form, each with a different owner."""
    return tuple(
        Part(
            limb_value(rung),
            Area((scope_value(scope, f"{owner}{number}"),), (limb_value(stage),)),
        )
        for number, (scope, stage, rung) in enumerate(provision)
    )
