"""Validation of files and folders: provisions, bibliographies and codebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.coding.validation import check_file, validate
from npcompare.errors import Code, ProblemsError
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def test_bibliography_in_the_folder_of_a_file_applies(own: Path, corpus: Corpus) -> None:
    (own / "sources.yaml").write_text("gazette: {title: Gazette, short: Gazette, kind: report}\n")
    (own / "world").mkdir()
    for folder in (own, own / "world"):
        text = (own / "kenya.yaml").read_text()
        path = folder / "kenya.yaml"
        path.write_text(text.replace("ref: background-paper", "ref: gazette", 1))
        assert check_file(corpus, path) == ()


def test_findings_in_a_bibliography_are_reported(own: Path) -> None:
    (own / "sources.yaml").write_text("background paper: {title: Paper, kind: report}\n")
    assert [(Path(problem.path).name, problem.code) for problem in load_corpus(own).problems] == [
        ("sources.yaml", Code.WRONG_FORM),
        ("sources.yaml", Code.MISSING_KEY),
    ]
    with pytest.raises(ProblemsError):
        load_corpus(own).find("kenya")
    assert [problem.code for problem in check_file(load_corpus(), own / "sources.yaml")] == [
        Code.WRONG_FORM,
        Code.MISSING_KEY,
    ]


def test_findings_in_a_codebook_hide_all_others(own: Path) -> None:
    (own / "codebook.yaml").write_text("version: 1\n")
    with pytest.raises(ProblemsError) as caught:
        load_corpus(own)
    assert {Path(problem.path).name for problem in caught.value.problems} == {"codebook.yaml"}
    problems, checked = validate(own, [])
    assert (problems, checked) == (caught.value.problems, 1)
    assert sorted(check_file(load_corpus(), own / "codebook.yaml")) == list(problems)


def test_files_and_folders_are_checked_together(own: Path) -> None:
    (own / "kenya.yaml").write_text("id: kenya\n")
    problems, checked = validate(None, [own, TESTS / "invalid" / "np203-any.yaml"])
    assert checked == 10
    assert {Path(problem.path).name for problem in problems} == {"kenya.yaml", "np203-any.yaml"}
    fewer, checked_again = validate(None, [own, own / "kenya.yaml"])
    assert (len(fewer), checked_again) == (len(problems) - 1, 10)
