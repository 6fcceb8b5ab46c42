"""The wordings of `tests/reading/wordings.yaml`: each gives the value under which it is listed."""

from __future__ import annotations

import pytest
from bundled import CODEBOOK
from conftest import TESTS

from npcompare.coding.suggestions import suggest
from npcompare.law.yaml_reader import read_yaml

CASES = [
    (group["sentence"], field, value, words)
    for group in read_yaml(TESTS / "reading" / "wordings.yaml").data
    for field, words_by_value in group.items()
    if field != "sentence"
    for value, words in words_by_value.items()
]


IDS = [f"{number}-{value}" for number, (_, _, value, _) in enumerate(CASES)]


@pytest.mark.parametrize(("sentence", "field", "value", "wordings"), CASES, ids=IDS)
def test_wording_has_its_value(sentence: str, field: str, value: str, wordings: list[str]) -> None:
    read = {
        words: {
            proposal.value
            for proposal in suggest(CODEBOOK, sentence.replace("{}", words)).proposals
            if proposal.field == field
        }
        for words in wordings
    }
    assert {words: values for words, values in read.items() if values != {value}} == {}
