"""CITATION.cff and .zenodo.json: one description, two files."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import needed

from npcompare.dataset.citation_files import citation_cff, dataset_yaml, zenodo_json
from npcompare.dataset.tables import Release
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus

HOSTILE = """\
title: "A: {b} <script>alert(1)</script> # 'c' & \\"d\\""
description: "First line\\n\\nSecond: - item\\n& <b>"
version: "1.0"
released: "2026-01-31"
creators:
  - {family_names: "O'Neil: x", given_names: "@a", affiliation: "#1 [b]"}
  - {name: "yes", orcid: "https://orcid.org/0000-0002-1825-0097"}
keywords: ["no", "1.10", "2026-01-31", "a: b"]
licence: {name: "Own terms {x}", url: "https://example.org/terms#a"}
quotations: "Words <quoted>: their own terms."
doi: 10.5281/zenodo.0000000
url: https://example.org/a?b=c&d=e
repository: https://example.org/r.git
related: [{identifier: "https://example.org/a?b=1&c=2", relation: isSupplementTo}]
"""


@pytest.fixture
def hostile(corpus_copy: Path) -> Release:
    (corpus_copy / "dataset.yaml").write_text(HOSTILE)
    corpus = load_corpus(corpus_copy)
    assert corpus.problems == ()
    return Release(corpus, {}, frozenset())


def cff_of(release: Release) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(citation_cff(release) or b"")
    return data


def zenodo_of(release: Release) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(zenodo_json(release) or b"")
    return data


def test_bundled_corpus_is_cited(corpus: Corpus) -> None:
    citation = cff_of(Release(corpus, {}, frozenset()))
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    assert citation["authors"] == [{"name": "npcompare contributors"}]
    assert citation["license"] == "MIT"
    assert "nothing is claimed over them" in citation["abstract"]
    # What does not exist is not invented.
    assert not {"doi", "url", "repository", "date-released", "identifiers"} & set(citation)


def test_archive_gets_the_same_description(corpus: Corpus) -> None:
    release = Release(corpus, {}, frozenset())
    citation, archive = cff_of(release), zenodo_of(release)
    for key in ("title", "version", "keywords"):
        assert archive[key] == citation[key]
    # Otherwise, the contributors of a repository would be taken for the authors.
    assert archive["creators"] == [{"name": "npcompare contributors"}]
    assert (archive["upload_type"], archive["license"]) == ("dataset", "mit")
    assert not {"doi", "publication_date", "related_identifiers"} & set(archive)


def test_hostile_words_stay_words(hostile: Release) -> None:
    dataset = hostile.corpus.dataset
    assert dataset
    citation, archive = cff_of(hostile), zenodo_of(hostile)
    assert citation["title"] == archive["title"] == dataset.title
    assert citation["keywords"] == archive["keywords"] == list(dataset.keywords)
    assert citation["version"] == archive["version"] == "1.0"
    assert str(citation["date-released"]) == archive["publication_date"] == "2026-01-31"
    assert citation["authors"] == [
        {"family-names": "O'Neil: x", "given-names": "@a", "affiliation": "#1 [b]"},
        {"name": "yes", "orcid": "https://orcid.org/0000-0002-1825-0097"},
    ]
    assert archive["creators"] == [
        {"name": "O'Neil: x, @a", "affiliation": "#1 [b]"},
        {"name": "yes", "orcid": "0000-0002-1825-0097"},
    ]
    assert archive["description"].endswith("&amp; &lt;b&gt;</p>")
    assert "<quoted>" not in archive["notes"]


def test_description_is_read_back(hostile: Release) -> None:
    folder = hostile.corpus.folder
    (folder / "dataset.yaml").write_bytes(dataset_yaml(hostile) or b"")
    corpus = load_corpus(folder)
    assert corpus.problems == ()
    assert corpus.dataset == hostile.corpus.dataset


def test_licence_without_an_id_gives_nothing_away(hostile: Release) -> None:
    """Without a licence, the archive would assume one that nobody gave."""
    assert zenodo_of(hostile)["license"] == "other-closed"
    assert "Own terms {x} (https://example.org/terms#a)" in zenodo_of(hostile)["notes"]
    citation = cff_of(hostile)
    assert citation["license-url"] == "https://example.org/terms#a"
    assert "license" not in citation


def test_corpus_without_a_description_is_not_cited(corpus_copy: Path) -> None:
    release = Release(load_corpus(corpus_copy), {}, frozenset())
    assert citation_cff(release) is None
    assert zenodo_json(release) is None
    assert dataset_yaml(release) is None


@pytest.mark.slow
def test_cffconvert_accepts_the_citations(corpus: Corpus, hostile: Release, tmp_path: Path) -> None:
    for name, release in (("bundled", Release(corpus, {}, frozenset())), ("hostile", hostile)):
        path = tmp_path / f"{name}.cff"
        path.write_bytes(citation_cff(release) or b"")
        command = [needed("cffconvert"), "--validate", "-i", path.name]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout + ran.stderr) == (
            0,
            "Citation metadata are valid according to schema version 1.2.0.\n",
        )
