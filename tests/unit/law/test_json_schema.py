"""The two schema validators: the full one accepts everything that the fast one accepts."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bundled import CORPUS
from hypothesis import given, settings
from hypothesis import strategies as st

from npcompare.errors import Code
from npcompare.law.json_schema import SchemaChecker, provision_schema
from npcompare.law.yaml_reader import YamlFile
from npcompare.text import is_control

if TYPE_CHECKING:
    from collections.abc import Iterator

PROVISIONS = [file.data() for file in CORPUS.files]
CHECKER = SchemaChecker(provision_schema(CORPUS.codebook))

#: Values that the two validators could treat differently.
ODD_VALUES: list[Any] = [
    *(0, 1, -1, True, False, None, 10**15, "", " ", "\u00a0", "\u2003", "\ufeff", "\u1680", "\n"),
    *(
        "en\n",
        "KE\n",
        "2010-09-13\n",
        "\uff12\uff10\uff11\uff10",
        "é",
        "e\u0301",
        "any\n",
        "ANY",
        "\u017f",
        "\u212a",
    ),
    *([], {}, [1, True], ["a", "a"], [[]], {"": None}, {"value": "any_victim", "values": []}),
]


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place in plain data: its list or mapping, and its number or key."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(items):
        yield data, key
        if isinstance(value, dict | list):
            yield from places(value)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.data())
def test_full_validator_accepts_what_the_fast_one_does(draw: st.DataObject) -> None:
    data = copy.deepcopy(draw.draw(st.sampled_from(PROVISIONS)))
    for _ in range(draw.draw(st.integers(1, 3))):
        container, key = draw.draw(st.sampled_from(list(places(data))))
        value = copy.deepcopy(draw.draw(st.sampled_from(ODD_VALUES)))
        if isinstance(container, dict) and draw.draw(st.booleans()):
            key = draw.draw(st.sampled_from(["values", "note", "excluded", "more", ""]))
        container[key] = value
    assert not CHECKER._fast_validator.is_valid(data) or CHECKER._full_validator.is_valid(data)


#: The other white space is control characters, which the YAML reader reports.
SPACES = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if character.isspace() and not is_control(character)
]


def test_both_validators_refuse_a_blank_name() -> None:
    assert len(SPACES) == 19
    for space in SPACES:
        jurisdiction = PROVISIONS[0]["jurisdiction"] | {"name": space}
        data = PROVISIONS[0] | {"jurisdiction": jurisdiction}
        assert not CHECKER._fast_validator.is_valid(data), ascii(space)
        assert not CHECKER._full_validator.is_valid(data), ascii(space)


def test_both_validators_accept_bundled_provisions() -> None:
    for data in PROVISIONS:
        assert CHECKER._fast_validator.is_valid(data)
        assert CHECKER._full_validator.is_valid(data)


def test_file_with_findings_is_also_fully_validated() -> None:
    # Python counts this character as white space; the fast validator does not.
    source = YamlFile(Path("a.yaml"), "a.yaml", b'id: a\nnotes: ["\\x85"]\n')
    codes = [problem.code for problem in (*source.problems, *CHECKER.check(source))]
    assert Code.CONTROL_CHARACTER in codes
    assert Code.WRONG_COUNT in codes
