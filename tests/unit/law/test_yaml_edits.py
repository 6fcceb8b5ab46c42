"""One value in a YAML file is changed, and every other line stays."""

from __future__ import annotations

from typing import Any

import pytest
from builders import HOSTILE_SCALARS
from hypothesis import given
from hypothesis import strategies as st

from npcompare.law.yaml_edits import REMOVED, head, read, set_value

FILE = """\
# A comment at the head.
id: "my-bill"
jurisdiction:
  name:  # the State
  code: KE  # ISO 3166
  kind: state
text:
  status: verbatim

  body: |2-
    One.

    Two # not a comment.

# A comment before the limbs.
limbs:
  # A comment in the list.
  - id: "1"
    persons: {value: adult, evidence: "One"}  # rule
    # A comment in the limb.
    relief:
      - {value: defence, evidence: Two}
      - value: no_penalty
        evidence: Two
    force: {value: mandatory, evidence: Two}

  - id: "2"
# A comment at the end.
"""


@pytest.mark.parametrize(
    ("pointer", "value", "old", "new"),
    [
        (("jurisdiction", "name"), "Utopia", "name:  # the State", "name: Utopia"),
        (("jurisdiction", "name"), "NO", "name:  # the State", 'name: "NO"'),
        (("jurisdiction", "code"), None, "code: KE  # ISO 3166", "code:"),
        (
            ("limbs", 0, "persons"),
            {"value": "child", "evidence": 'a "b"'},
            'persons: {value: adult, evidence: "One"}  # rule',
            'persons: {value: child, evidence: "a \\"b\\""}',
        ),
        (
            ("limbs", 0, "relief"),
            [{"value": "defence"}, {"value": "no_penalty"}],
            """\
      - {value: defence, evidence: Two}
      - value: no_penalty
        evidence: Two
""",
            "      - {value: defence}\n      - {value: no_penalty}\n",
        ),
        (("limbs", 0, "force"), REMOVED, "    force: {value: mandatory, evidence: Two}\n", ""),
        (
            ("limbs", 0, "link"),
            {"value": "none"},
            "    # A comment in the limb.\n",
            "    link: {value: none}\n    # A comment in the limb.\n",
        ),
        (
            ("limbs", 1, "persons"),
            {"value": "child"},
            '  - id: "2"\n',
            '  - id: "2"\n    persons: {value: child}\n',
        ),
        (
            ("limbs", 2),
            {"id": "3", "force": {"value": "mandatory"}},
            '  - id: "2"\n',
            '  - id: "2"\n  - id: "3"\n    force: {value: mandatory}\n',
        ),
        (
            ("settled",),
            [{"words": "Two", "note": "No."}],
            "    Two # not a comment.\n",
            '    Two # not a comment.\nsettled:\n  - {words: Two, note: "No."}\n',
        ),
        (
            ("burden",),
            {"value": "accused"},
            '  - id: "2"\n',
            '  - id: "2"\nburden: {value: accused}\n',
        ),
        (("limbs", 0, "id"), REMOVED, "", ""),
    ],
)
def test_only_the_lines_of_a_value_change(
    pointer: tuple[str | int, ...], value: Any, old: str, new: str
) -> None:
    order = ("text", "settled", "limbs", "persons", "link", "relief")
    edited = set_value(FILE, pointer, value, order)
    if old:
        assert edited == FILE.replace(old, new)
        assert set_value(FILE.replace("\n", "\r\n"), pointer, value, order) == edited.replace(
            "\n", "\r\n"
        )
    else:
        assert "id" not in read(edited).data["limbs"][0]


def test_list_that_is_empty_gets_its_first_item() -> None:
    text = "id: a\nlimbs:\n# - id: proposed\n"
    edited = set_value(text, ("limbs", 0, "force"), {"value": "mandatory"})
    assert edited == "id: a\nlimbs:\n  - force: {value: mandatory}\n# - id: proposed\n"


def test_value_in_flow_style_is_changed() -> None:
    text = "# Head.\nid: a\njurisdiction: {name: A, code: null}  # B\n# C\nform: x\n"
    assert set_value(text, ("jurisdiction", "code"), "KE") == (
        "# Head.\nid: a\njurisdiction: {name: A, code: KE}\n# C\nform: x\n"
    )
    whole = set_value("# Head.\n\n{id: a, form: x}\n", ("form",), "y")
    assert whole == "# Head.\n\nid: a\nform: y\n"


def test_head_is_what_precedes_the_first_key() -> None:
    assert head(FILE) == "# A comment at the head.\n"
    assert head("# only\n") == "# only\n"


SCALARS = st.one_of(
    st.sampled_from([text for text in HOSTILE_SCALARS if "\x1b" not in text]),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.none(),
).filter(lambda value: not isinstance(value, str) or not read(f'"{value!a}"').problems)
DATA = st.recursive(
    SCALARS,
    lambda children: st.one_of(
        st.lists(children, max_size=3),
        st.dictionaries(st.text("abcNO- ", min_size=1, max_size=4), children, max_size=3),
    ),
    max_leaves=6,
)
POINTERS = st.sampled_from(
    [
        ("jurisdiction", "name"),
        ("jurisdiction", "year"),
        ("text", "body"),
        ("limbs", 0),
        ("limbs", 0, "id"),
        ("limbs", 0, "relief"),
        ("limbs", 0, "relief", 1),
        ("limbs", 0, "relief", 1, "value"),
        ("limbs", 1, "new"),
        ("limbs", 2),
        ("limbs",),
        ("new",),
    ]
)


@given(st.lists(st.tuples(POINTERS, DATA), max_size=4), st.booleans())
def test_edited_file_has_the_data(edits: list[tuple[Any, Any]], is_crlf: bool) -> None:
    text = FILE.replace("\n", "\r\n") if is_crlf else FILE
    for pointer, value in edits:
        data = read(text).data
        try:
            for key in pointer[:-1]:
                data = data[key]
            if isinstance(pointer[-1], int):
                data[pointer[-1] : pointer[-1] + 1] = [value]
            else:
                data[pointer[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
        whole = read(text).data
        text = set_value(text, pointer, value)
        assert _at(read(text).data, pointer) == value
        assert list(read(text).data) == list({**whole, **read(text).data})
        assert read(text).problems == []


def _at(data: Any, pointer: tuple[str | int, ...]) -> Any:
    for key in pointer:
        data = data[min(key, len(data) - 1)] if isinstance(key, int) else data[key]
    return data
