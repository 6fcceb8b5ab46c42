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


def test_bibliography_in_the_folder_of_a_file_applies(corpus_copy: Path, corpus: Corpus) -> None:
    (corpus_copy / "sources.yaml").write_text(
        "gazette: {title: Gazette, short: Gazette, kind: report}\n"
    )
    (corpus_copy / "world").mkdir()
    for folder in (corpus_copy, corpus_copy / "world"):
        text = (corpus_copy / "kenya.yaml").read_text()
        path = folder / "kenya.yaml"
        path.write_text(text.replace("ref: background-paper", "ref: gazette", 1))
        assert check_file(corpus, path) == ()


def test_findings_in_a_bibliography_are_reported(corpus_copy: Path) -> None:
    (corpus_copy / "sources.yaml").write_text("background paper: {title: Paper, kind: report}\n")
    assert [
        (Path(problem.path).name, problem.code) for problem in load_corpus(corpus_copy).problems
    ] == [
        ("sources.yaml", Code.WRONG_FORM),
        ("sources.yaml", Code.MISSING_KEY),
    ]
    with pytest.raises(ProblemsError):
        load_corpus(corpus_copy).find("kenya")
    assert [
        problem.code for problem in check_file(load_corpus(), corpus_copy / "sources.yaml")
    ] == [
        Code.WRONG_FORM,
        Code.MISSING_KEY,
    ]


def test_findings_in_a_codebook_hide_all_others(corpus_copy: Path) -> None:
    (corpus_copy / "codebook.yaml").write_text("version: 1\n")
    with pytest.raises(ProblemsError) as caught:
        load_corpus(corpus_copy)
    assert {Path(problem.path).name for problem in caught.value.problems} == {"codebook.yaml"}
    problems, checked = validate(corpus_copy, [])
    assert (problems, checked) == (caught.value.problems, 1)
    assert sorted(check_file(load_corpus(), corpus_copy / "codebook.yaml")) == list(problems)


def test_files_and_folders_are_checked_together(corpus_copy: Path) -> None:
    (corpus_copy / "kenya.yaml").write_text("id: kenya\n")
    problems, checked = validate(None, [corpus_copy, TESTS / "invalid" / "np203-any.yaml"])
    assert checked == 10
    assert {Path(problem.path).name for problem in problems} == {"kenya.yaml", "np203-any.yaml"}
    fewer, checked_again = validate(None, [corpus_copy, corpus_copy / "kenya.yaml"])
    assert (len(fewer), checked_again) == (len(problems) - 1, 10)
