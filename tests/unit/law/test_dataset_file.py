"""The description of a corpus as a dataset: read, checked, and never taken for a provision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import TESTS

from npcompare import __version__
from npcompare.coding.file_templates import read_template
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import provision_ids
from npcompare.law.json_schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

DESCRIPTION = """\
title: A dataset of examples
description: Provisions for the tests.
version: 1.0.0
released: "2026-01-31"
creators:
  - {family_names: Last, given_names: First, affiliation: A group}
  - {name: The others}
keywords: [examples]
licence: {id: CC0-1.0, name: CC0 1.0 Universal}
quotations: Words are quoted under their own terms.
doi: 10.5281/zenodo.0000000
related: [{identifier: https://example.org/report, relation: isSupplementTo}]
"""


@pytest.fixture
def folder(corpus_copy: Path) -> Path:
    (corpus_copy / "dataset.yaml").write_text(DESCRIPTION)
    return corpus_copy


def test_description_is_read(folder: Path) -> None:
    corpus = load_corpus(folder)
    assert corpus.problems == ()
    dataset = corpus.dataset
    assert dataset
    assert dataset.title == "A dataset of examples"
    assert dataset.version == "1.0.0"
    assert dataset.released == "2026-01-31"
    assert [creator.listed_name for creator in dataset.creators] == ["Last, First", "The others"]
    assert (dataset.licence.id, dataset.licence.text) == ("CC0-1.0", "")
    assert [work.relation for work in dataset.related] == ["isSupplementTo"]


def test_description_is_not_a_provision(folder: Path) -> None:
    corpus = load_corpus(folder)
    assert "dataset" not in provision_ids(folder)
    (folder / "dataset.yaml").unlink()
    without = load_corpus(folder)
    assert without.dataset is None
    assert without.names == corpus.names
    assert without.digest() == corpus.digest()
    assert without.file_count == corpus.file_count - 1


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("title: A", "titel: A", '1:1 NP201 "titel" is not a key of the description'),
        ("version: 1.0.0\n", "", '1:1 NP202 the description of the dataset has no "version"'),
        ("2026-01-31", "2026-02-31", '4:11 NP205 "2026-02-31" is not a valid date'),
        ("2026-01-31", "January", '4:11 NP205 "January" in released does not have the required'),
        ("given_names: First, ", "", "6:5 NP304 a creator has either a name, or family names"),
        ("{name: The", "{given_names: A, name: The", "7:5 NP304 a creator has either a name"),
        ("{id: CC0-1.0, ", "{", '9:10 NP202 it is not said where the licence "CC0 1.0 Universal"'),
        ("id: CC0-1.0", "id: CC-0", '9:15 NP203 "CC-0" in licence.id is not one of the words'),
        ("doi: 10", "doi: https://doi.org/10", '11:6 NP205 "https://doi.org/10.5281/zenodo'),
        ("isSupplementTo", "supplements", '12:62 NP203 "supplements" in related.relation'),
        ("creators:\n", "creators: []\nx:\n", "5:11 NP206 creators is empty"),
    ],
)
def test_mistakes_have_findings(
    old: str, new: str, finding: str, folder: Path, run: Callable[..., Ran]
) -> None:
    assert DESCRIPTION.count(old) == 1
    path = folder / "dataset.yaml"
    path.write_text(DESCRIPTION.replace(old, new))
    for paths in ((), (path,)):
        ran = run("validate", *paths, "--corpus", folder)
        assert ran.code == 1
        assert f"\n{path}:{finding}" in f"\n{ran.out}"
    # What is coded can still be used.
    assert load_corpus(folder).dataset is None


def test_link_that_leads_out_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "dataset.yaml").rename(tmp_path / "elsewhere.yaml")
    (folder / "dataset.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    corpus = load_corpus(folder)
    assert corpus.dataset is None
    assert [problem.code for problem in corpus.problems] == ["NP107"]


def test_template_is_valid_with_and_without_comments(corpus_copy: Path) -> None:
    template = read_template("dataset.yaml")
    (corpus_copy / "dataset.yaml").write_text(template)
    untouched = load_corpus(corpus_copy)
    assert (untouched.problems, untouched.dataset) == ((), None)
    first, *lines = template.splitlines()
    uncommented = [first, *(line.removeprefix("# ") for line in lines)]
    (corpus_copy / "dataset.yaml").write_text("\n".join(uncommented))
    corpus = load_corpus(corpus_copy)
    assert corpus.problems == ()
    assert corpus.dataset
    data = yaml.safe_load("\n".join(uncommented))
    assert set(data) == set(load_schema("dataset")["properties"])


def test_bundled_description_has_the_repository_licence(corpus: Corpus) -> None:
    dataset = corpus.dataset
    assert dataset
    assert dataset.version == __version__
    assert dataset.licence.text == (TESTS.parent / "LICENSE").read_text(encoding="utf-8")
    assert [creator.name for creator in dataset.creators] == ["npcompare contributors"]
    assert [dataset.doi, dataset.url, dataset.repository, dataset.related] == ["", "", "", ()]
