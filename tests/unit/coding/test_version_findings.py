"""What `validate` says of versions of a text that carry different elements."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.coding.interview_file import checked_file
from npcompare.errors import NpcompareError
from npcompare.law.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

BILL = TESTS / "bills" / "ruritania.yaml"

LINK = (
    'the English version says "as a direct consequence of being a victim" (direct_consequence), '
    'the French version "en conséquence du fait qu’elle est une victime" (consequence): '
    "the field link of limb general differs"
)
RELIEF = (
    'the French version says "n’est ni poursuivie" (no_prosecution), the English version has no '
    "words for it: the field relief of limb general differs"
)
SETTLED = """\
settled:
  - {words: as a direct consequence of being a victim, note: The committee was told.}
  - {words: n’est ni poursuivie, language: fr, note: The committee was told.}
"""


def test_values_of_one_version_are_warnings(run: Callable[..., Ran]) -> None:
    ran = run("validate", BILL)
    lines = [line for line in ran.out.splitlines() if not line.startswith("  hint")]
    assert [line.split(" ", 1)[1] for line in lines] == [
        f"NP604 warning: {LINK}",
        f"NP604 warning: {RELIEF}",
    ]
    assert (ran.code, run("validate", "--strict", BILL).code) == (0, 1)


def test_settled_differences_are_remarks(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "ruritania.yaml"
    path.write_text(BILL.read_text(encoding="utf-8") + SETTLED, encoding="utf-8")
    ran = run("validate", "--strict", path)
    assert (ran.code, ran.out) == (0, "")
    assert f"NP605 remark: {LINK}\n" in ran.err
    assert f"NP605 remark: {RELIEF}\n" in ran.err
    data = json.loads(run("validate", "--format", "json", path).out)
    assert data["problems"] == []
    assert [remark["severity"] for remark in data["remarks"]] == ["remark", "remark"]


def test_doubt_about_quoted_words_is_of_the_coding(run: Callable[..., Ran], tmp_path: Path) -> None:
    text = (TESTS / "invalid" / "np604-versions.yaml").read_text(encoding="utf-8")
    path = tmp_path / "np604-versions.yaml"
    path.write_text(
        text.replace(
            "evidence: as a direct consequence of being a victim",
            "evidence: {en: as a direct consequence of being a victim, fr: en conséquence du fait}",
        ),
        encoding="utf-8",
    )
    out = run("validate", path).out
    assert "NP604" not in out
    assert 'NP602 warning: `suggest` reads "en conséquence du" as link: consequence' in out


@pytest.mark.parametrize("language", ["ar", "de"])
def test_language_that_cannot_be_read_has_no_doubts(
    run: Callable[..., Ran], tmp_path: Path, language: str
) -> None:
    text = (TESTS / "invalid" / "np604-versions.yaml").read_text(encoding="utf-8")
    path = tmp_path / "np604-versions.yaml"
    path.write_text(text.replace("language: fr", f"language: {language}"), encoding="utf-8")
    assert run("validate", path).out == ""


def test_interview_is_about_one_text(corpus: Corpus) -> None:
    with pytest.raises(NpcompareError, match="the interview asks about one text"):
        checked_file(corpus, BILL)


@pytest.mark.further
def test_form_has_a_row_for_each_version(run: Callable[..., Ran], tmp_path: Path) -> None:
    form, folder = tmp_path / "coding.xlsx", tmp_path / "imported"
    assert run("form", BILL, "-o", form).code == 0
    assert run("import", form, "-o", folder).code == 0
    assert read_yaml(folder / "ruritania.yaml").data == read_yaml(BILL).data


@pytest.mark.further
def test_reported_wordings_are_in_the_form(run: Callable[..., Ran], tmp_path: Path) -> None:
    form, folder = tmp_path / "coding.xlsx", tmp_path / "imported"
    assert run("form", "ohchr-principle-7", "-o", form).code == 0
    assert run("import", form, "-o", folder).code == 0
    path = TESTS.parent / "statutes" / "ohchr-principle-7.yaml"
    assert read_yaml(folder / path.name).data == read_yaml(path).data


@pytest.mark.further
def test_principle_7_has_no_direct_in_french(run: Callable[..., Ran]) -> None:
    data = json.loads(run("validate", "--format", "json").out)
    assert data["problems"] == []
    (remark,) = data["remarks"]
    assert remark["message"].endswith(
        ', without "direct": the field link of limb unlawful-activities may differ'
    )
