"""Words that have moved, in every layout that YAML allows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.law import moved_words
from npcompare.law.moved_words import Moving, OpenWord, Renaming
from npcompare.law.yaml_edits import read
from npcompare.law.yaml_splices import UnclearLayoutError, with_plan

MOVED = {
    "form": {"treaty_obligation": "state_obligation"},
    "category": {"narcotics": "drugs"},
    "conditions": {
        "reporting": "cooperation: reporting",
        "cooperation": "cooperation: required",
        "approval": "decision: higher_approval",
        "fitting": "appropriate_cases",
    },
    "burden": {"court": "raised_by: court"},
}
#: The field and the word of every word of `conditions`, as they are to be.
TARGETS = {
    "reporting": ("cooperation", "reporting"),
    "cooperation": ("cooperation", "required"),
    "approval": ("decision", "higher_approval"),
    "fitting": ("conditions", "appropriate_cases"),
    "circumstances": ("conditions", "circumstances"),
    "other_law": ("conditions", "other_law"),
}


def migrated(text: str) -> str:
    """Return a text with the words that have moved in their new places."""
    content = read(text).data
    plan = moved_words.plan_of_provision(content, MOVED)
    new_text = with_plan(text, plan)
    assert read(new_text).data == moved_words.changed(content, plan)
    return new_text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("form: treaty_obligation # x\n", "form: state_obligation # x\n"),
        ("form: 'treaty_obligation'\n", "form: 'state_obligation'\n"),
        ("form: bill\n", "form: bill\n"),
        (
            "limbs:\n- offences: {extent: listed, categories: [x, narcotics]}\n",
            "limbs:\n- offences: {extent: listed, categories: [x, drugs]}\n",
        ),
        (
            "limbs:\n- offences: {extent: any, doubtful: {excluded: [narcotics]}}\n",
            "limbs:\n- offences: {extent: any, doubtful: {excluded: [drugs]}}\n",
        ),
        (
            "limbs:\n- conditions: {value: approval}\n  force: {}\n",
            "limbs:\n- decision: {value: higher_approval}\n  force: {}\n",
        ),
        (
            "limbs:\n- conditions: {value: fitting, doubtful: {value: other_law}}\n",
            "limbs:\n- conditions: {value: appropriate_cases, doubtful: {value: other_law}}\n",
        ),
        (
            "limbs:\n- {conditions: {value: reporting, doubtful: {value: cooperation, note: x}}}\n",
            "limbs:\n- {cooperation: {value: reporting, doubtful: {value: required, note: x}}}\n",
        ),
        (
            "burden:\n- {value: court, evidence: a}\n# b\n- value: accused\nid: x\n",
            "burden:\n# b\n- value: accused\nraised_by:\n- {value: court, evidence: a}\nid: x\n",
        ),
        (
            "limbs:\n- conditions: {values: ['conditions: reporting', approval]}\n",
            (
                "limbs:\n- conditions: {values: ['conditions: reporting']}\n"
                "  decision: {values: [higher_approval]}\n"
            ),
        ),
        (
            "reported:\n- {dimension: burden, values: [court]}\n",
            "reported:\n- {dimension: raised_by, values: [court]}\n",
        ),
    ],
)
def test_words_are_moved(before: str, after: str) -> None:
    assert migrated(before) == after


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        (
            "limbs: [{conditions: {value: approval}, decision: {value: court}}]",
            "approval",
            "decision is coded already",
        ),
        (
            "limbs: [{conditions: {values: [fitting, approval], doubtful: {note: x}}}]",
            "approval",
            "the other reading of the words belongs to one field only",
        ),
        (
            "reported: [{dimension: burden, values: [accused, court]}]",
            "court",
            "the report has words of several dimensions",
        ),
    ],
)
def test_words_are_left_to_a_person(text: str, word: str, reason: str) -> None:
    plan = moved_words.plan_of_provision(read(text).data, MOVED)
    open_words = [each for each in plan.open_words if each.word == word]
    assert [each.reason for each in open_words] == [reason]
    assert with_plan(text, plan) == text


def test_word_of_another_field_is_not_renamed() -> None:
    moved = {"form": {"bill": "instrument_kind: bill"}, "burden": {"court": "decision: court"}}
    content = {"form": "bill", "burden": {"value": "court"}}
    assert moved_words.plan_of_provision(content, moved).open_words == (
        OpenWord(("form",), "bill", "form", "instrument_kind: bill", "it belongs to another field"),
        OpenWord(
            ("burden",),
            "court",
            "burden",
            "decision: court",
            "decision is not a field beside burden",
        ),
    )


def test_plan_of_a_benchmark_has_only_conditions() -> None:
    when = {"all": [{"in": {"burden": ["court"]}}, {"equals": {"conditions": "reporting"}}]}
    content: Any = {"burden": {"value": "court"}, "elements": [{"outcomes": [{"when": when}]}]}
    plan = moved_words.plan_of_benchmark(content, MOVED)
    place = ("elements", 0, "outcomes", 0, "when", "all")
    assert plan.movings == (
        Moving((*place, 0, "in"), "burden", {"raised_by": {"court": "court"}}),
        Moving((*place, 1, "equals"), "conditions", {"cooperation": {"reporting": "reporting"}}),
    )
    assert (plan.renamings, plan.open_words) == ((), ())


def test_words_of_a_report_are_renamed() -> None:
    content: Any = {
        "reported": [{"dimension": "burden", "values": ["court"]}, None, {"dimension": []}]
    }
    plan = moved_words.plan_of_provision(content, MOVED)
    assert plan.renamings == (
        Renaming(("reported", 0, "dimension"), "raised_by"),
        Renaming(("reported", 0, "values", 0), "court"),
    )


@pytest.mark.parametrize("content", [None, [], "x", {"limbs": [None, {"conditions": 1}]}, {}])
def test_data_of_another_shape_is_kept(content: Any) -> None:
    for make in (moved_words.plan_of_provision, moved_words.plan_of_benchmark):
        assert make(content, MOVED) == moved_words.Plan()


WORDS = st.lists(st.sampled_from(sorted(TARGETS)), min_size=1, max_size=5, unique=True)


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[str], str]:
    """Return words under `conditions`, and a file that has them in one of many layouts."""
    words = draw(WORDS)
    quotes = [draw(st.sampled_from(["", "'", '"'])) for _ in words]
    shown = [f"{quote}{word}{quote}" for quote, word in zip(quotes, words, strict=True)]
    comments = [draw(st.sampled_from(["", "  # c", "  # [d] - e"])) for _ in words]
    indent = " " * draw(st.integers(0, 3))
    layout = draw(st.sampled_from(["flow", "block", "items", "flow-items", "limb", "lines"]))
    source = "source: {ref: a, pinpoint: '1'}"
    if layout == "limb":
        return words, (
            f"limbs: [{{id: a, conditions: {{values: [{', '.join(shown)}], {source}}}, "
            "force: {value: x}}]\n"
        )
    lines = {
        "flow": [f"conditions: {{values: [{', '.join(shown)}], {source}}}{comments[0]}"],
        "block": [
            f"conditions:{comments[0]}",
            f"  {source}",
            "  values:",
            *(f"  {indent}- {word}{mark}" for word, mark in zip(shown, comments, strict=True)),
        ],
        "items": [
            f"conditions:{comments[0]}",
            *(
                line
                for word, mark in zip(shown, comments, strict=True)
                for line in (
                    f"{indent}#{mark}",
                    f"{indent}- value: {word}{mark}",
                    f"{indent}  {source}",
                )
            ),
        ],
        "flow-items": [
            "conditions:",
            *(
                f"{indent}- {{value: {word}, {source}}}{mark}"
                for word, mark in zip(shown, comments, strict=True)
            ),
        ],
        "lines": [
            "conditions:",
            f"  values: [{shown[0]},",
            *(f"    {word}," for word in shown[1:]),
            "  ]",
            f"  {source}",
            "  note: |",
            "    One.",
            "",
            "    Two # three.",
        ],
    }[layout]
    before = draw(st.sampled_from(["", "force: {value: x} # f", "force:\n  value: x"])).split("\n")
    after = draw(st.sampled_from(["", "# g", "persons: {value: y}"])).split("\n")
    limb = [line for line in (*before, *lines, *after) if line]
    first, *others = limb
    text = "\n".join(["# head", "limbs:", f"  - {first}", *(f"    {line}" for line in others), ""])
    return words, text


def comments_of(text: str) -> set[str]:
    return set(re.findall(r"#[^\n]*", text))


@given(layouts())
def test_every_layout_is_migrated(drawn: tuple[list[str], str]) -> None:
    words, text = drawn
    try:
        new_text = migrated(text)
    except UnclearLayoutError:
        assert "#" in text
        return
    expected: dict[str, list[str]] = {}
    for word in words:
        field, new_word = TARGETS[word]
        expected.setdefault(field, []).append(new_word)
    (limb,) = read(new_text).data["limbs"]
    assert {field: words_of(limb[field]) for field in expected} == expected
    assert set(limb) - {"id", "force", "persons"} == set(expected)
    assert comments_of(new_text) == comments_of(text)
    assert migrated(new_text) == new_text
    if all(TARGETS[word] == ("conditions", word) for word in words):
        assert new_text == text


@given(layouts())
def test_line_breaks_of_windows_are_kept(drawn: tuple[list[str], str]) -> None:
    _, text = drawn
    assert migrated(text.replace("\n", "\r\n")) == migrated(text).replace("\n", "\r\n")


def words_of(coded: Any) -> list[str]:
    if isinstance(coded, list):
        return [word for part in coded for word in words_of(part)]
    return coded["values"] if "values" in coded else [coded["value"]]
