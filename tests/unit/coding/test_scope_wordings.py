"""Wordings of parts of a rule, each tried in a frame: `reading/wordings-of-scope.yaml`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS, yaml_data

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

GROUPS = [
    pytest.param(group, id=group["name"])
    for group in yaml_data(TESTS / "reading" / "wordings-of-scope.yaml")
]


def values_of_only_limb(corpus: Corpus, text: str) -> dict[str, set[str]]:
    """Return the values of the only rule that is read in a text; none if there are more."""
    limbs: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for proposal in suggest(corpus.codebook, text, "en").proposals:
        if proposal.limb:
            limbs[proposal.limb][proposal.field].add(proposal.value)
    return limbs[1] if len(limbs) == 1 else {}


@pytest.mark.parametrize("group", GROUPS)
def test_wording_has_the_values_of_its_group(group: dict[str, Any], corpus: Corpus) -> None:
    expected = {field: set(values) for field, values in group["expected"].items()}
    wrong = []
    for wording in group["wordings"]:
        text = group["frame"].format(wording)
        read = values_of_only_limb(corpus, text[0].upper() + text[1:])
        if {field: read.get(field) for field in expected} != expected:
            wrong.append(wording)
    assert wrong == []
