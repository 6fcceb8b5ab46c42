"""The sentences of tests/reading/misleading*.yaml: no wrong value, nothing missed in silence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from bundled import CODEBOOK
from conftest import TESTS, yaml_data

from npcompare.coding.suggestions import suggest
from npcompare.text import fold

if TYPE_CHECKING:
    from npcompare.coding.suggestions import Suggestion

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((TESTS / "reading").glob("misleading*.yaml"))
    for case in yaml_data(path)
]


@cache
def reading_of(text: str, language: str) -> Suggestion:
    return suggest(CODEBOOK, text, language)


def suggestion_of(case: dict[str, Any]) -> Suggestion:
    return reading_of(case["text"], case["language"])


def values(suggestion: Suggestion) -> set[str]:
    return {f"{each.field}: {each.value}" for each in suggestion.proposals}


@pytest.fixture(params=CASES, ids=[case["name"] for case in CASES])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    sentence: dict[str, Any] = request.param
    return sentence


def test_no_misleading_value_is_proposed(case: dict[str, Any]) -> None:
    proposed = values(suggestion_of(case))
    for unwanted in case["must_not"]:
        field, value = unwanted.split(": ")
        if value == "*":
            field = "relief" if field == "limb" else field
            assert not {each for each in proposed if each.startswith(f"{field}: ")}
        else:
            assert unwanted not in proposed


def test_nothing_is_missed_in_silence(case: dict[str, Any]) -> None:
    suggestion = suggestion_of(case)
    assert suggestion.unread or set(case["must"]) <= values(suggestion)


def test_words_that_matter_are_quoted_or_listed(case: dict[str, Any]) -> None:
    suggestion = suggestion_of(case)
    named = [(each.start, each.end) for each in suggestion.proposals]
    passages = [suggestion.words(start, end) for start, end in (*named, *suggestion.unread)]
    if any(each.field == "relief" for each in suggestion.proposals):
        for words in case.get("must_name", ()):
            assert any(fold(words) in passage for passage in passages)
