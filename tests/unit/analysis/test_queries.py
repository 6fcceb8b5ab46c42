"""Questions about many provisions: conditions, counts, and the basis of each answer."""

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

PROVISIONS: dict[str, dict[str, Any]] = {
    "whole": {"text": "verbatim", "limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "part": {"limbs": [{"link": "compulsion", "relief": "no_penalty"}]},
    "records": {"limbs": [{"link": "compulsion", "relief": "vacatur"}]},
    "causal": {"text": "verbatim", "limbs": [{"link": "direct_result", "relief": "vacatur"}]},
    "nothing": {"limbs": [{"persons": "child"}]},
}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        # provisions that match certainly, match as far as is known, are open, and do not match
        (["threshold=duress"], ["whole part records", "", "nothing", "causal"]),
        (["threshold!=duress"], ["causal", "nothing", "", "whole part records"]),
        (["threshold=duress", "stage!=records"], ["whole", "part", "nothing", "records causal"]),
        (["stage=records"], ["records causal", "", "part nothing", "whole"]),
        ([" Stage != Records "], ["whole", "part nothing", "", "records causal"]),
    ],
)
def test_conditions(conditions: list[str], expected: list[str], corpus: Corpus) -> None:
    book = corpus.codebook
    results = [classify(book, provision(short, name)) for name, short in PROVISIONS.items()]
    matches = queries.find_matches(
        [queries.parse_condition(book, text) for text in conditions], results
    )
    groups = (matches.certain, matches.as_far_as_known, matches.open, matches.failing)
    ids = [" ".join(result.provision.id for result in group) for group in groups]
    assert ids == expected


# --- Counts -------------------------------------------------------------------------------------


def test_every_provision_is_counted(corpus: Corpus, run: Callable[..., Ran]) -> None:
    output = json.loads(run("stats", "threshold", "stage", "--collection", "all", "-f", "json").out)
    provisions = corpus.all_provisions()
    all_ids = {provision.id for provision in provisions}
    assert output["provisions"] == len(all_ids)
    for name in ("threshold", "stage"):
        ids_by_class = output["dimensions"][name]
        assert list(ids_by_class) == [
            *corpus.codebook.dimensions[name].classes,
            "silent",
            "unknown",
        ]
        assert {provision_id for ids in ids_by_class.values() for provision_id in ids} == all_ids
        assert set(ids_by_class["unknown"]) == {
            provision.id
            for provision in provisions
            if classify(corpus.codebook, provision).dimensions[name].basis is Basis.UNKNOWN
        }
    cells = output["cross"]["cells"]
    assert {provision_id for cell in cells for provision_id in cell["provisions"]} == all_ids


def test_every_dimension_has_one_basis(corpus: Corpus, run: Callable[..., Ran]) -> None:
    output = json.loads(run("proof", "--collection", "all", "-f", "json").out)["provisions"]
    assert {entry["id"] for entry in output} == {entry.id for entry in corpus.all_provisions()}
    for entry in output:
        assert sum(entry["cells"].values()) == len(corpus.codebook.dimensions)
    kenya = next(entry for entry in output if entry["id"] == "kenya")
    assert kenya["cells"] == {"text": 8, "reported": 0, "silent": 0, "unknown": 5}
    assert kenya["quotations"] == 6
