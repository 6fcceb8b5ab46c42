"""Which Member States the corpus covers: from the text, from reports, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from builders import json_output
from conftest import provision
from msgspec.structs import replace

from npcompare.analysis.state_coverage import (
    Coverage,
    member_states,
    other_areas,
    without_area,
)
from npcompare.law.un_states import united_nations
from npcompare.model.provision import Basis, Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

NATIONS = united_nations()


def of(name: str, code: str, kind: str = "state", form: str = "statutory_defence") -> Provision:
    """Return a reported provision of a jurisdiction."""
    reported = provision({"limbs": [{"link": "compulsion"}]}, name)
    return replace(reported, jurisdiction=Jurisdiction(name, code, kind), form=form)


def from_text(reported: Provision) -> Provision:
    """Return a provision with its values based on its own words."""
    (limb,) = reported.limbs
    coded = {
        field: tuple(replace(value, basis=Basis.TEXT) for value in values)
        for field, values in limb.coded.items()
    }
    return replace(reported, limbs=(replace(limb, coded=coded),))


PROVISIONS = [
    from_text(of("kenya-text", "KE")),
    of("kenya-reported", "KE"),
    of("scotland", "GB-SCT", "territory"),
    of("rest-of-uk-none", "GB", form="none_specific"),
    of("ireland-none", "IE", form="none_specific"),
    of("taiwan", "TW", "territory"),
    of("council", "", "regional_organization"),
    of("utopia", "", "state"),
]


def test_coverage_of_each_member_state() -> None:
    states = member_states(NATIONS, PROVISIONS)
    assert len(states) == 193
    known = {state.area.code: state for state in states if state.provisions}
    assert {code: state.coverage for code, state in known.items()} == {
        "IE": Coverage.NONE,
        "KE": Coverage.TEXT,
        "GB": Coverage.REPORTED,
    }
    ids = {code: [part.id for part in state.provisions] for code, state in known.items()}
    assert ids == {
        "IE": ["ireland-none"],
        "KE": ["kenya-reported", "kenya-text"],
        "GB": ["rest-of-uk-none", "scotland"],
    }
    others = {state.coverage for state in states if not state.provisions}
    assert others == {Coverage.NOT_EXAMINED}


def test_other_jurisdictions_are_apart() -> None:
    assert [
        (state.area.name, [part.id for part in state.provisions])
        for state in other_areas(NATIONS, PROVISIONS)
    ] == [("Taiwan Province of China", ["taiwan"])]
    assert [part.id for part in without_area(NATIONS, PROVISIONS)] == ["council", "utopia"]


def states_output(run: Callable[..., Ran], *arguments: str) -> dict[str, Any]:
    output: dict[str, Any] = json_output(
        run("stats", "--states", *arguments, "-f", "json"), "states"
    )
    return output


def test_states_of_the_corpus(run: Callable[..., Ran], corpus: Corpus) -> None:
    output = states_output(run)
    assert output["corpus"]["collection"] == "all"
    assert sum(output["counts"].values()) == len(output["states"]) == 193
    states = {state["code"]: state for state in output["states"]}
    coverage = {code: state["coverage"] for code, state in states.items()}
    assert [coverage[code] for code in ("KE", "GM", "JM", "DE", "GB")] == [
        *("text", "text", "reported", "reported", "reported")
    ]
    assert states["KE"]["regions"] == ["Eastern Africa", "Sub-Saharan Africa", "Africa"]
    assert {"id": "us-22-usc-7101", "effect": "finding"} in states["US"]["provisions"]
    # Every provision with a code is on one line.
    listed = [
        part["id"]
        for state in (*output["states"], *output["other_areas"])
        for part in state["provisions"]
    ]
    with_code = [part.id for part in corpus.all_provisions() if part.jurisdiction.code]
    assert sorted(listed) == sorted(with_code)
    paper = states_output(run, "--collection", "paper")
    assert paper["counts"]["not_examined"] > output["counts"]["not_examined"]


def test_table_names_what_is_not_a_law(run: Callable[..., Ran]) -> None:
    text = " ".join(run("stats", "--states", "-f", "markdown").out.split())
    assert "us-22-usc-7101 (finding)" in text
    assert "Taiwan Province of China, which is not a Member State: taiwan-27." in text
    assert "It does not mean that the State has none." in text


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["threshold"], "a dimension"),
        (["--where", "effect=operative"], "--where"),
        (["--as-of", "2020-01-01"], "--as-of"),
    ],
)
def test_states_are_counted_without_other_options(
    arguments: list[str], name: str, run: Callable[..., Ran]
) -> None:
    ran = run("stats", "--states", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"--states and {name} cannot be used together" in ran.err
