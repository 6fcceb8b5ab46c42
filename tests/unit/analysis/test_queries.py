"""Many provisions at once: conditions, counts with the unknown in them, proof."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import provision

from npcompare.analysis import queries
from npcompare.analysis.classification import classify
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.law.corpus import Corpus


# --- Conditions ---------------------------------------------------------------------------------

HELD: dict[str, dict[str, Any]] = {
    "whole": {"text": "verbatim", "limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "part": {"limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "records": {"limbs": [{"link": "compulsion", "relief": "vacatur"}]},
    "causal": {"text": "verbatim", "limbs": [{"link": "direct_result", "relief": "vacatur"}]},
    "nothing": {"limbs": [{"persons": "child"}]},
}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        # those that certainly meet it; as far as is known; those left open; those that fail
        (["threshold=duress"], ["whole part records", "", "nothing", "causal"]),
        (["threshold!=duress"], ["causal", "nothing", "", "whole part records"]),
        (["threshold=duress", "stage!=records"], ["whole", "part", "nothing", "records causal"]),
        (["stage=records"], ["records causal", "", "part nothing", "whole"]),
        ([" Stage != Records "], ["whole", "part nothing", "", "records causal"]),
    ],
)
def test_conditions(asked: list[str], wanted: list[str], corpus: Corpus) -> None:
    book = corpus.codebook
    results = [classify(book, provision(short, name)) for name, short in HELD.items()]
    found = queries.find_matches([queries.parse_condition(book, one) for one in asked], results)
    groups = (found.certain, found.as_far_as_known, found.open, found.failing)
    names = [" ".join(one.provision.id for one in group) for group in groups]
    assert names == wanted


# --- Counts -------------------------------------------------------------------------------------


def test_every_provision_is_counted(corpus: Corpus, run: Callable[..., Ran]) -> None:
    found = json.loads(run("stats", "threshold", "stage", "--collection", "all", "-f", "json").out)
    every = {one.id for one in corpus.all_provisions()}
    assert found["provisions"] == len(every)
    for name in ("threshold", "stage"):
        counted = found["dimensions"][name]
        assert list(counted) == [*corpus.codebook.dimensions[name].classes, "silent", "unknown"]
        assert {one for ids in counted.values() for one in ids} == every
        assert set(counted["unknown"]) == {
            one.id
            for one in corpus.all_provisions()
            if classify(corpus.codebook, one).dimensions[name].basis is Basis.UNKNOWN
        }
    assert {one for cell in found["cross"]["cells"] for one in cell["provisions"]} == every


def test_every_dimension_has_one_basis(corpus: Corpus, run: Callable[..., Ran]) -> None:
    found = json.loads(run("proof", "--collection", "all", "-f", "json").out)["provisions"]
    assert {one["id"] for one in found} == {one.id for one in corpus.all_provisions()}
    for one in found:
        assert sum(one["cells"].values()) == len(corpus.codebook.dimensions)
    kenya = next(one for one in found if one["id"] == "kenya")
    assert kenya["cells"] == {"text": 8, "reported": 0, "silent": 0, "unknown": 5}
    assert kenya["quotations"] == 6
