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
    ("conditions", "expected"),
    [
        # those that certainly meet it; as far as is known; those left open; those that fail
        (["threshold=duress"], ["whole part records", "", "nothing", "causal"]),
        (["threshold!=duress"], ["causal", "nothing", "", "whole part records"]),
        (["threshold=duress", "stage!=records"], ["whole", "part", "nothing", "records causal"]),
        (["stage=records"], ["records causal", "", "part nothing", "whole"]),
        ([" Stage != Records "], ["whole", "part nothing", "", "records causal"]),
    ],
)
def test_conditions(conditions: list[str], expected: list[str], corpus: Corpus) -> None:
    book = corpus.codebook
    results = [classify(book, provision(short, name)) for name, short in HELD.items()]
    output = queries.find_matches(
        [queries.parse_condition(book, text) for text in conditions], results
    )
    groups = (output.certain, output.as_far_as_known, output.open, output.failing)
    names = [" ".join(entry.provision.id for entry in group) for group in groups]
    assert names == expected


# --- Counts -------------------------------------------------------------------------------------


def test_every_provision_is_counted(corpus: Corpus, run: Callable[..., Ran]) -> None:
    output = json.loads(run("stats", "threshold", "stage", "--collection", "all", "-f", "json").out)
    every = {entry.id for entry in corpus.all_provisions()}
    assert output["provisions"] == len(every)
    for name in ("threshold", "stage"):
        counted = output["dimensions"][name]
        assert list(counted) == [*corpus.codebook.dimensions[name].classes, "silent", "unknown"]
        assert {entry for ids in counted.values() for entry in ids} == every
        assert set(counted["unknown"]) == {
            entry.id
            for entry in corpus.all_provisions()
            if classify(corpus.codebook, entry).dimensions[name].basis is Basis.UNKNOWN
        }
    assert {entry for cell in output["cross"]["cells"] for entry in cell["provisions"]} == every


def test_every_dimension_has_one_basis(corpus: Corpus, run: Callable[..., Ran]) -> None:
    output = json.loads(run("proof", "--collection", "all", "-f", "json").out)["provisions"]
    assert {entry["id"] for entry in output} == {entry.id for entry in corpus.all_provisions()}
    for entry in output:
        assert sum(entry["cells"].values()) == len(corpus.codebook.dimensions)
    kenya = next(entry for entry in output if entry["id"] == "kenya")
    assert kenya["cells"] == {"text": 8, "reported": 0, "silent": 0, "unknown": 5}
    assert kenya["quotations"] == 6
