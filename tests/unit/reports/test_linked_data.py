"""What pages say to search engines: the dataset, and the laws that are identified."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from npcompare.analysis.classified_corpus import ClassifiedCorpus
from npcompare.law.corpus import load_corpus
from npcompare.reports.linked_data import dataset_record, legislation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

DESCRIPTION = """\
title: A </script> dataset
description: Provisions for the tests.
version: 1.0.0
released: "2026-01-31"
creators:
  - {family_names: Last, given_names: First, orcid: "https://orcid.org/0000-0002-1825-0097"}
  - {name: A group}
licence: {name: Own, url: "https://example.org/licence"}
quotations: Words are quoted under their own terms.
doi: 10.5281/zenodo.0000000
"""


def records_on(path: Path) -> list[dict[str, Any]]:
    """Return the records of a page."""
    (script,) = html.parse(str(path)).xpath("//script[@type='application/ld+json']")
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def test_dataset_is_what_its_file_says(corpus_copy: Path) -> None:
    assert list(dataset_record(load_corpus(corpus_copy))) == []
    (corpus_copy / "dataset.yaml").write_text(DESCRIPTION)
    (record,) = dataset_record(load_corpus(corpus_copy))
    variables = record["variableMeasured"]
    assert variables[:3] == ["Scope", "Threshold", "Stage"]
    assert dict(record) == {
        "@type": "Dataset",
        "name": "A </script> dataset",
        "description": "Provisions for the tests.",
        "version": "1.0.0",
        "license": "https://example.org/licence",
        "copyrightNotice": "Words are quoted under their own terms.",
        "creator": [
            {
                "@type": "Person",
                "name": "First Last",
                "sameAs": "https://orcid.org/0000-0002-1825-0097",
            },
            {"@type": "Organization", "name": "A group"},
        ],
        "variableMeasured": variables,
        "dateModified": "2026-01-31",
        "identifier": ["https://doi.org/10.5281/zenodo.0000000"],
    }


def test_law_is_listed_if_it_is_identified(corpus: Corpus) -> None:
    results = {result.provision.id: result for result in ClassifiedCorpus(corpus, ["kenya-14"])}
    (record,) = legislation(results["kenya-14"])
    assert record == {
        "@type": "Legislation",
        "name": "Counter-Trafficking in Persons Act, section 14",
        "legislationJurisdiction": "KE",
        "legislationDate": "2010-09-13",
        "temporalCoverage": "2012-10-01/..",
    }
    (barbados,) = ClassifiedCorpus(corpus, ["barbados"])
    assert list(legislation(barbados)) == []


@pytest.mark.parametrize("is_split", [False, True])
def test_page_has_the_dataset(
    is_split: bool, corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    (corpus_copy / "dataset.yaml").write_text(DESCRIPTION)
    place = tmp_path / "atlas"
    options = ["--split", place] if is_split else ["-o", f"{place}.html"]
    assert run("--corpus", corpus_copy, "site", *options).code == 0
    (record,) = records_on(place / "index.html" if is_split else tmp_path / "atlas.html")
    assert (record["@type"], record["name"]) == ("Dataset", "A </script> dataset")
