"""The two validators: what the quick one lets pass, the thorough one has nothing to say of."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from npcompare.errors import Code
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus
from npcompare.law.json_schema import SchemaChecker, provision_schema
from npcompare.law.yaml_reader import YamlFile
from npcompare.text import is_control

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = load_corpus(None, CheckOptions(use_cache=False))
HELD = [file.data() for file in CORPUS.files]
CHECKER = SchemaChecker(provision_schema(CORPUS.codebook.vocabulary))

#: Values that the two might take for each other, or read differently.
ODD: list[Any] = [
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
    """Yield each place in plain data: what holds it and its key or number."""
    below = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(below):
        yield data, key
        if isinstance(value, dict | list):
            yield from places(value)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_passes_quickly_has_no_findings(draw: st.DataObject) -> None:
    data = copy.deepcopy(draw.draw(st.sampled_from(HELD)))
    for _ in range(draw.draw(st.integers(1, 3))):
        holder, key = draw.draw(st.sampled_from(list(places(data))))
        odd = copy.deepcopy(draw.draw(st.sampled_from(ODD)))
        if isinstance(holder, dict) and draw.draw(st.booleans()):
            holder[draw.draw(st.sampled_from(["values", "note", "excluded", "more", ""]))] = odd
        else:
            holder[key] = odd
    assert not CHECKER._fast_validator.is_valid(data) or CHECKER._full_validator.is_valid(data)


#: The others are controls, on which the reader has findings.
SPACES = [
    one for one in map(chr, range(sys.maxunicode + 1)) if one.isspace() and not is_control(one)
]


def test_a_name_of_nothing_but_spaces_passes_neither() -> None:
    assert len(SPACES) == 19
    for one in SPACES:
        data = HELD[0] | {"jurisdiction": HELD[0]["jurisdiction"] | {"name": one}}
        assert not CHECKER._fast_validator.is_valid(data), ascii(one)
        assert not CHECKER._full_validator.is_valid(data), ascii(one)


def test_the_bundled_provisions_pass_both() -> None:
    for data in HELD:
        assert CHECKER._fast_validator.is_valid(data)
        assert CHECKER._full_validator.is_valid(data)


def test_what_the_reader_has_findings_on_goes_to_the_thorough_one() -> None:
    # This is white space to Python, and none to the quick validator.
    source = YamlFile(Path("a.yaml"), "a.yaml", b'id: a\nnotes: ["\\x85"]\n')
    codes = [one.code for one in (*source.problems, *CHECKER.check(source))]
    assert Code.CONTROL_CHARACTER in codes
    assert Code.WRONG_COUNT in codes
