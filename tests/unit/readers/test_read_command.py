"""The command `read`, in every way it can be asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from builders import heavy_modules
from word_bills import revision, run, word_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


@pytest.fixture
def clause(tmp_path: Path) -> Path:
    """Return the path of a clause in Word, which has a space in it."""
    body = "".join(
        f"<w:p>{content}</w:p>"
        for content in (
            run("12. Non-punishment"),
            run("(1) A victim ") + revision("del", run("may")) + revision("ins", run("shall")),
            run("(2) The court decides."),
        )
    )
    path = tmp_path / "Clause 12.docx"
    path.write_bytes(word_file(body))
    return path


def test_json_has_paragraphs_and_what_is_left_out(clause: Path, run: Callable[..., Ran]) -> None:
    ran = run("read", clause, "--format", "json")
    output = json.loads(ran.out)
    assert (ran.code, ran.err, list(output)) == (
        0,
        "",
        ["schema", "tool", "paragraphs", "left_out"],
    )
    assert output["schema"] == "urn:npcompare:output:read:1"
    assert output["paragraphs"] == [
        {"label": "12.", "depth": 1, "text": "Non-punishment"},
        {"label": "(1)", "depth": 2, "text": "A victim shall"},
        {"label": "(2)", "depth": 2, "text": "The court decides."},
    ]
    assert output["left_out"] == [{"kind": "deleted text", "count": 1, "example": "may"}]


def test_revisions_and_section_are_chosen(clause: Path, run: Callable[..., Ran]) -> None:
    arguments = ("--revisions", "rejected", "--section", "12(1)", "-f", "csv")
    ran = run("read", clause, *arguments)
    assert ran.out.splitlines() == ["label,depth,text", "(1),2,A victim may"]


def test_tables_are_for_readers(clause: Path, run: Callable[..., Ran]) -> None:
    ran = run("read", clause, "-f", "markdown")
    assert "| (1) | A victim shall |" in " ".join(ran.out.split())
    assert "Left out" in ran.out
    assert run("read", clause, "--section", "12(2)").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--section", "14"], "there is no section 14 in "),
        (["--revisions", "accept"], 'tracked changes cannot be read as "accept"'),
    ],
)
def test_wrong_choice_is_a_sentence(
    arguments: list[str], message: str, clause: Path, run: Callable[..., Ran]
) -> None:
    ran = run("read", clause, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_read_imports_only_what_it_uses(clause: Path) -> None:
    assert heavy_modules("read", "--help") - {"difflib"} == set()
    assert heavy_modules("read", str(clause), "-f", "json") - {"difflib"} == {"lxml"}
