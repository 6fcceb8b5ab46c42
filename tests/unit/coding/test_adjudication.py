"""Adjudication: the file of disagreements, and the decisions that are read from it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from builders import json_output
from conftest import TESTS, check_expected
from jsonschema_rs import Draft7Validator

from npcompare import files
from npcompare.law import json_schema
from npcompare.law.yaml_reader import dump_yaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

CODERS = TESTS / "coders"
FOLDERS = (CODERS / "first", CODERS / "second")


def write_adjudication(run: Callable[..., Ran], path: Path, *options: object) -> dict[str, Any]:
    """Run `agree --adjudicate` and return the file that it writes."""
    ran = run("agree", *FOLDERS, "--adjudicate", path, *options)
    assert (ran.code, ran.err) == (0, f"wrote {path}\n")
    source = read_yaml(path)
    assert source.problems == []
    Draft7Validator(json_schema.load_schema("adjudication")).validate(source.data)
    data: dict[str, Any] = source.data
    return data


def fill_in(path: Path, **decisions: tuple[Any, Any]) -> None:
    """Fill in a decision and a reason by dimension, as a person would."""
    data = read_yaml(path).data
    for entry in data["disagreements"]:
        if entry["dimension"] in decisions:
            entry["decision"], entry["reason"] = decisions[entry["dimension"]]
    path.write_text(dump_yaml(data), encoding="utf-8")


def states_of(run: Callable[..., Ran], path: Path) -> dict[str, str]:
    ran = run("agree", *FOLDERS, "--adjudicated", path, "-f", "json")
    units = json_output(ran, "agree")["disagreements"]
    return {f"{unit['provision']}.{unit['dimension']}": unit["state"] for unit in units}


def test_adjudication_file_is_golden(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    expected = TESTS / "golden" / "adjudication.yaml"
    check_expected(expected, path.read_text(encoding="utf-8"), "golden")


def test_entry_has_both_codings_and_their_words(run: Callable[..., Ran], tmp_path: Path) -> None:
    data = write_adjudication(run, tmp_path / "settle.yaml")
    entry = next(each for each in data["disagreements"] if each["dimension"] == "threshold")
    assert entry == {
        "provision": "laputa",
        "dimension": "threshold",
        "differs": "classes",
        "fields": ["link"],
        "a": {
            "classes": ["duress_and_causation"],
            "basis": "text",
            "words": [
                {"class": "duress_and_causation", "limb": "1", "evidence": words}
                for words in (
                    "had no choice but to commit",
                    "a direct result of being trafficked",
                )
            ],
        },
        "b": {
            "classes": ["causation"],
            "basis": "text",
            "words": [
                {
                    "class": "causation",
                    "limb": "1",
                    "evidence": "a direct result of being trafficked",
                }
            ],
        },
        "choices": "duress_and_causation, duress, causation, status, silent, unknown",
        "decision": None,
        "reason": None,
    }


def test_decisions_are_read_from_the_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    assert set(states_of(run, path).values()) == {"open"}
    fill_in(path, threshold=("a", "No choice is compulsion."), stage=(["records"], "Neither."))
    states = states_of(run, path)
    assert [name for name, state in states.items() if state == "settled"] == [
        "laputa.threshold",
        "lilliput.stage",
    ]
    out = " ".join(run("agree", *FOLDERS, "--adjudicated", path, "-f", "plain").out.split())
    assert "Of 7 disagreements: 2 settled, 5 open" in out
    assert "by first" in out
    decisions = {
        entry["dimension"]: ("b", "So it is.") for entry in read_yaml(path).data["disagreements"]
    }
    fill_in(path, **decisions)
    assert run("agree", *FOLDERS, "--adjudicated", path, "--exit-code").code == 0


@pytest.mark.further
def test_decision_is_outdated_if_the_coding_has_changed(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    fill_in(path, force=("a", "Shall is shall."), threshold=("b", "As quoted."))
    text = path.read_text().replace("- discretionary\n", "- consideration\n")
    path.write_text(text)
    assert states_of(run, path)["lilliput.force"] == "outdated"
    assert states_of(run, path)["laputa.threshold"] == "settled"
    out = " ".join(run("agree", *FOLDERS, "--adjudicated", path, "-f", "csv").out.split())
    assert "As quoted." in out
    # Written again, valid decisions stay, and outdated ones are listed as earlier decisions.
    for _ in range(2):
        rewritten = write_adjudication(run, path, "--adjudicated", path, "--force")["disagreements"]
        entries = {(each["provision"], each["dimension"]): each for each in rewritten}
        assert entries["laputa", "threshold"]["decision"] == "b"
        assert entries["laputa", "threshold"]["reason"] == "As quoted."
        assert entries["lilliput", "force"]["decision"] is None
        assert entries["lilliput", "force"]["earlier"] == {
            "decision": "a",
            "reason": "Shall is shall.",
        }
    assert states_of(run, path)["lilliput.force"] == "outdated"


@pytest.mark.parametrize(
    ("decision", "reason", "message"),
    [
        ("dures", "Why.", '"dures" is not a valid decision on threshold'),
        (["duress", "a"], "Why.", '"a" cannot be combined'),
        (["silent", "duress"], "Why.", '"silent" cannot be combined'),
        (["duress", "duress"], "Why.", "contains the same item twice"),
        ("a", None, "the decision on threshold of laputa gives no reason"),
        (["duress"], " ", "the decision on threshold of laputa gives no reason"),
        (None, "Why.", "there is a reason but no decision on threshold of laputa"),
        (1, "Why.", "must be text or a list or null"),
    ],
)
def test_invalid_decision_is_a_finding(
    decision: Any, reason: Any, message: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    fill_in(path, threshold=(decision, reason))
    ran = run("agree", *FOLDERS, "--adjudicated", path)
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err


def test_findings_in_the_adjudication_file_are_reported(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    data = read_yaml(path).data
    data["disagreements"] = [data["disagreements"][1]] * 2
    data["disagreements"].append({**data["disagreements"][0], "dimension": "treshold"})
    path.write_text(dump_yaml(data))
    ran = run("agree", *FOLDERS, "--adjudicated", path)
    assert ran.code == 1
    assert "there is already a decision on threshold of laputa" in ran.err
    assert 'did you mean "threshold"?' in ran.err
    path.write_text("- not an adjudication\n")
    assert run("agree", *FOLDERS, "--adjudicated", path).code == 1
    assert run("agree", *FOLDERS, "--adjudicated", tmp_path / "none.yaml").code == 2


@pytest.mark.further
def test_adjudication_file_overwrites_no_other_file(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    shutil.copytree(CODERS / "first", tmp_path / "first")
    bill = tmp_path / "bill.yaml"
    bill.write_text("id: bill\n")
    settled = tmp_path / "settle.yaml"
    write_adjudication(run, settled)
    before = settled.read_text()
    for path, message in (
        (settled, "already exists and was not overwritten"),
        (tmp_path / "settle.txt", "does not have the name of a coded file"),
        (tmp_path / "first" / "settle.yaml", "would be read as a provision"),
        (tmp_path / "none" / "settle.yaml", "there is no folder"),
    ):
        ran = run("agree", tmp_path / "first", FOLDERS[1], "--adjudicate", path)
        assert (ran.code, ran.out) == (2, "")
        assert message in ran.err
    ran = run("agree", *FOLDERS, "--adjudicate", bill, "--force")
    assert ran.code == 2
    assert "already exists and was not overwritten" in ran.err
    assert bill.read_text() == "id: bill\n"
    assert settled.read_text() == before
    write_adjudication(run, settled, "--force")
    # No other result overwrites a coded file.
    assert run("agree", *FOLDERS, "-o", tmp_path / "x.yaml", "-f", "json", "--force").code == 2


def test_decisions_are_never_overwritten(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    fill_in(path, force=("a", "Shall is shall."))
    before = path.read_text()
    ran = run("agree", *FOLDERS, "--adjudicate", path, "--force")
    assert ran.code == 2
    assert "has decisions that would be lost: force of lilliput" in ran.err
    assert f"hint: add --adjudicated {path} to keep them" in ran.err
    assert path.read_text() == before
    write_adjudication(run, path, "--adjudicated", path, "--force")
    assert "Shall is shall." in path.read_text()


def test_file_of_decisions_is_checked_once(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second check of the same file could have another answer."""
    checked: list[str] = []
    has_line = files._has_line

    def count(path: Path, line: str) -> bool:
        checked.append(path.name)
        return has_line(path, line)

    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    monkeypatch.setattr(files, "_has_line", count)
    write_adjudication(run, path, "--force")
    assert checked == ["settle.yaml"]


@pytest.mark.further
def test_decision_on_no_disagreement_is_named(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    write_adjudication(run, path)
    fill_in(path, force=("a", "Shall is shall."))
    path.write_text(path.read_text().replace("provision: lilliput", "provision: liliput"))
    ran = run("agree", *FOLDERS, "--adjudicated", path)
    assert ran.code == 0
    assert ran.err == (
        f"{path}: the coders do not disagree on this, so not used: force of liliput\n"
    )


def test_hostile_text_in_the_adjudication_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    hostile = "- NO: \"1.10\" & 'x' # !!python/object {a: [b]} | > ~ *star* 2010-09-13"
    for folder in FOLDERS:
        (tmp_path / folder.name).mkdir()
        data = yaml.safe_load((folder / "laputa.yaml").read_text())
        data["text"]["body"] = f"{data['text']['body']} {hostile} \u00a0end"
        for value in data["limbs"][0]["link"]:
            value["evidence"] = hostile
            value["note"] = hostile
        (tmp_path / folder.name / "laputa.yaml").write_text(dump_yaml(data), encoding="utf-8")
    path = tmp_path / "=settle me.yaml"
    ran = run("agree", tmp_path / "first", tmp_path / "second", "--adjudicate", path)
    assert ran.code == 0, ran.err
    source = read_yaml(path)
    assert source.problems == []
    (threshold, _link) = source.data["disagreements"]
    assert {entry["evidence"] for entry in threshold["a"]["words"]} == {hostile}
    assert {entry["note"] for entry in threshold["b"]["words"]} == {hostile}


def test_no_adjudication_file_if_the_result_fails(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    ran = run("agree", *FOLDERS, "--adjudicate", path, "-o", tmp_path / "result.yaml")
    assert (ran.code, ran.out, list(tmp_path.iterdir())) == (2, "", [])
