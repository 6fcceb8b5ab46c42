"""Caveats: every table in which a provision appears has them as notes or remarks."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from conftest import provision

from npcompare.document import Notes, cell
from npcompare.reports.cells import caveats, marked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

CAVEAT = "The words were seen in a draft only."

BILL = """
id: draft
jurisdiction: {name: Utopia, code: null, kind: state}
instrument: {title: Draft Act, kind: bill}
pinpoint: section 1
form: statutory_defence
text:
  status: excerpt
  language: en
  source: {ref: background-paper, paragraph: 57}
  body: A victim is not liable for an offence that is a direct result of being trafficked.
limbs:
  - persons: {value: any_victim, evidence: A victim}
    offences: {extent: any, evidence: an offence}
    link: {value: direct_result, evidence: a direct result of being trafficked}
    relief: {value: no_liability, evidence: is not liable}
sources: [{ref: background-paper, paragraph: 57}]
notes:
  - {kind: caveat, note: The words were seen in a draft only.}
"""

COMMANDS = {
    "list": ["list", "--corpus", "{folder}"],
    "classify": ["classify", "{bill}", "kenya"],
    "by": ["classify", "{bill}", "kenya", "--by", "scope"],
    "explain": ["classify", "{bill}", "--explain"],
    "evidence": ["show", "{bill}", "--evidence"],
    "diff": ["diff", "{bill}", "kenya"],
    "redline": ["export", "{bill}", "kenya", "--layout", "redline"],
    "no redline": ["diff", "kenya", "jamaica", "{bill}", "--text"],
    "gaps": ["gaps", "{bill}"],
    "order": ["order", "{bill}", "kenya"],
    "nearest to it": ["nearest", "{bill}"],
    "near": ["nearest", "kenya", "--corpus", "{folder}"],
    "align": ["align", "kenya", "{bill}"],
    "clause": ["clause", "{bill}", "kenya", "--threshold", "causation"],
    "annex": ["export", "{bill}", "kenya"],
    "annex of classes": ["export", "{bill}", "kenya", "--columns", "scope,threshold"],
    "matrix": ["export", "{bill}", "kenya", "--layout", "matrix"],
    "typology": ["export", "{bill}", "kenya", "--layout", "typology"],
    "side by side": ["export", "kenya", "{bill}", "--layout", "side-by-side"],
    "gaps layout": ["export", "{bill}", "--layout", "gaps"],
}


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    """Write a bill with a caveat."""
    path = tmp_path / "draft.yaml"
    path.write_text(BILL, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_every_table_has_the_caveat(
    name: str, bill: Path, corpus_copy: Path, run: Callable[..., Ran]
) -> None:
    if "{folder}" in COMMANDS[name]:
        (corpus_copy / bill.name).write_text(BILL, encoding="utf-8")
    places = {"{bill}": bill, "{folder}": corpus_copy}
    ran = run(*(places.get(word, word) for word in COMMANDS[name]), "-f", "plain")
    assert (ran.code, CAVEAT in " ".join(ran.out.split())) == (0, True), ran.out


def test_same_caveat_is_one_note(bill: Path, run: Callable[..., Ran]) -> None:
    out = run("classify", bill, "--by", "stage", "-f", "plain").out
    assert out.count("seen in a draft only") == 1


def test_caveat_has_a_mark_at_the_name(bill: Path, run: Callable[..., Ran]) -> None:
    for command in (["export", bill], ["classify", bill]):
        out = run(*command, "-f", "markdown").out
        assert "section 1<sup>a</sup>" in out.replace("\N{NO-BREAK SPACE}", " ")


def test_remarks_name_the_provision() -> None:
    notes = [{"kind": "caveat", "note": "One."}, {"kind": "history", "note": "Two."}, "Three."]
    example = provision({"notes": notes}, "utopia")
    assert list(caveats([example, provision({})], lambda part: part.label)) == ["Utopia: One."]


@pytest.mark.parametrize("status", ["excerpt", "verbatim", "paraphrase", "not_held"])
def test_remarks_say_that_a_text_is_only_a_part(status: str) -> None:
    remarks = list(caveats([provision({"text": status}, "utopia")], lambda part: part.label))
    part = (
        "Utopia: only a part of the text was available; exceptions and conditions that the rest "
        "may contain are not known."
    )
    assert remarks == ([part] if status == "excerpt" else [])


def test_marks_follow_those_of_the_cell() -> None:
    letters = Notes()
    marks = [letters.mark("One."), letters.mark("Two."), letters.mark("One.")]
    assert marked(cell("words", marks=["c"]), marks).runs[-1].marks == ("c", "a", "b")
    assert marked(cell(""), ["a"]).runs[-1].marks == ("a",)


def test_classes_for_programs_have_effects(bill: Path, run: Callable[..., Ran]) -> None:
    for command in (["classify", bill], ["list", "--corpus", bill.parent]):
        (row,) = csv.DictReader(io.StringIO(run(*command, "-f", "csv").out))
        assert (row["id"], row["effect"]) == ("draft", "bill")
