"""The files of a release for linked data: what is in them, and when one is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from npcompare.dataset import release
from npcompare.dataset.release import release_files
from npcompare.dataset.tables import Release
from npcompare.exchange.skos import write_turtle
from npcompare.exchange.web_annotations import has_evidence

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def content(corpus: Corpus, name: str) -> bytes | None:
    """Return a file of a release that is made from the corpus alone."""
    (file,) = (file for file in release_files() if file.name == name)
    return file.make(Release(corpus, {}, frozenset()))


def test_vocabulary_and_evidence_are_in_a_release(corpus: Corpus) -> None:
    assert content(corpus, "codebook.ttl") == write_turtle(corpus).encode()
    evidence = json.loads(content(corpus, "evidence.jsonld") or b"")
    with_evidence = [each for each in corpus.all_provisions() if has_evidence([each])]
    assert len(evidence["np:texts"]) == len(with_evidence)
    assert evidence["label"].endswith(f"of {len(corpus.all_provisions())} provisions")


def test_evidence_without_texts_is_left_out(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not has_evidence([corpus.find("zambia-24")])
    monkeypatch.setattr("npcompare.exchange.web_annotations.has_evidence", lambda _: False)
    assert content(corpus, "evidence.jsonld") is None


@pytest.mark.slow
def test_evidence_of_very_many_provisions_is_left_out(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "MOST_ANNOTATED", 100)
    assert content(corpus, "evidence.jsonld") is None
    monkeypatch.setattr(release, "release_files", tuple)
    readme = dict(release.release_contents(release.release_of(corpus)))["README.md"].decode()
    assert (
        "There is no `evidence.jsonld`, because there are more than 100 provisions; "
        "`values.csv` has all words quoted."
    ) in readme
