"""Files and folders to their findings: a provision, a bibliography and a codebook by themselves."""

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


def test_the_bibliography_beside_a_file_counts(own: Path, corpus: Corpus) -> None:
    (own / "sources.yaml").write_text("gazette: {title: Gazette, short: Gazette, kind: report}\n")
    (own / "world").mkdir()
    for folder in (own, own / "world"):
        text = (own / "kenya.yaml").read_text()
        path = folder / "kenya.yaml"
        path.write_text(text.replace("ref: background-paper", "ref: gazette", 1))
        assert check_file(corpus, path) == ()


def test_a_spoilt_bibliography_is_found(own: Path) -> None:
    (own / "sources.yaml").write_text("background paper: {title: Paper, kind: report}\n")
    assert [(Path(one.path).name, one.code) for one in load_corpus(own).problems] == [
        ("sources.yaml", Code.WRONG_FORM),
        ("sources.yaml", Code.MISSING_KEY),
    ]
    with pytest.raises(ProblemsError):
        load_corpus(own).find("kenya")
    assert [one.code for one in check_file(load_corpus(), own / "sources.yaml")] == [
        Code.WRONG_FORM,
        Code.MISSING_KEY,
    ]


def test_a_spoilt_codebook_is_all_that_is_said(own: Path) -> None:
    (own / "codebook.yaml").write_text("version: 1\n")
    with pytest.raises(ProblemsError) as caught:
        load_corpus(own)
    assert {Path(one.path).name for one in caught.value.problems} == {"codebook.yaml"}
    found, checked = validate(own, [])
    assert (found, checked) == (caught.value.problems, 1)
    assert sorted(check_file(load_corpus(), own / "codebook.yaml")) == list(found)


def test_files_and_folders_are_validated_together(own: Path) -> None:
    (own / "kenya.yaml").write_text("id: kenya\n")
    found, checked = validate(None, [own, TESTS / "invalid" / "np203-any.yaml"])
    assert checked == 10
    assert {Path(one.path).name for one in found} == {"kenya.yaml", "np203-any.yaml"}
    again, once = validate(None, [own, own / "kenya.yaml"])
    assert (len(again), once) == (len(found) - 1, 10)
