"""The counts of a figure: the same as those of `stats`, with how certain each class is."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran


@pytest.mark.parametrize("collection", ["paper", "all"])
def test_counts_are_those_of_stats(collection: str, run: Callable[..., Ran]) -> None:
    options = ("--collection", collection, "-f", "json")
    rows = json.loads(run("figure", "counts", *options).out)["rows"]
    counted = Counter((row["dimension"], row["class"]) for row in rows)
    for dimension in ("scope", "threshold", "stage", "persons", "force"):
        stats = json.loads(run("stats", dimension, *options).out)["dimensions"][dimension]
        assert {word: counted[dimension, word] for word in stats} == {
            word: len(ids) for word, ids in stats.items()
        }


def test_certainty_is_that_of_the_class(run: Callable[..., Ran]) -> None:
    named = ("kenya", "belgium", "us-vacatur-broad", "barbados")
    rows = json.loads(run("figure", "counts", *named, "-f", "json").out)["rows"]
    certainties = {
        (row["id"], row["class"]): row["certainty"] for row in rows if row["dimension"] == "scope"
    }
    assert certainties == {
        ("kenya", "any_offence"): "text",
        ("belgium", "any_offence"): "reported",
        ("us-vacatur-broad", "listed_offences"): "doubtful",
        ("barbados", "unknown"): "",
    }
