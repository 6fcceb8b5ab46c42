"""How a release is cited: CITATION.cff for readers, and .zenodo.json for the archive.

Both are made from the description of the corpus, so that they never differ. Zenodo reads
.zenodo.json alone if there are both, and takes contributors of a repository for authors unless the
creators are in it. CITATION.cff is of version 1.2, because its validator knows no later one.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.law.yaml_reader import dump_yaml

if TYPE_CHECKING:
    from npcompare.dataset.tables import Release
    from npcompare.law.dataset_file import Creator, Dataset

_DESCRIPTION_HEADER = "# What this corpus is as a dataset.\n"

#: A licence that Zenodo does not know; without one, it would assume a licence that nobody gave.
_OTHER_LICENCE = "other-closed"


def citation_cff(release: Release) -> bytes | None:
    """Return CITATION.cff; None if the corpus does not say what it is."""
    dataset = release.corpus.dataset
    if dataset is None:
        return None
    licence = dataset.licence
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it with the metadata in this file.",
        "type": "dataset",
        "title": dataset.title,
        "abstract": f"{dataset.description.strip()}\n\n{_scope_of_licence(dataset)}",
        "authors": [_author(creator) for creator in dataset.creators],
        "version": dataset.version,
        "date-released": dataset.released,
        "license": licence.id,
        "license-url": licence.url,
        "keywords": list(dataset.keywords),
        "doi": dataset.doi,
        "url": dataset.url,
        "repository": dataset.repository,
    }
    return dump_yaml(_without_empty(fields)).encode()


def dataset_yaml(release: Release) -> bytes | None:
    """Return the description of the corpus as a file that npcompare reads; None if it has none."""
    dataset = release.corpus.dataset
    if dataset is None:
        return None
    data = _without_empty(msgspec.to_builtins(dataset))
    data["creators"] = [_without_empty(creator) for creator in data["creators"]]
    data["licence"] = _without_empty(data["licence"])
    return f"{_DESCRIPTION_HEADER}{dump_yaml(data)}".encode()


def zenodo_json(release: Release) -> bytes | None:
    """Return .zenodo.json; None if the corpus does not say what it is."""
    dataset = release.corpus.dataset
    if dataset is None:
        return None
    fields = {
        "upload_type": "dataset",
        "title": dataset.title,
        "description": _paragraph(dataset.description),
        "creators": [
            _without_empty(
                {
                    "name": creator.listed_name,
                    "affiliation": creator.affiliation,
                    "orcid": creator.orcid.rpartition("/")[2],
                }
            )
            for creator in dataset.creators
        ],
        "version": dataset.version,
        "publication_date": dataset.released,
        "language": "eng",
        # The vocabulary of Zenodo has the ids of SPDX in lower case.
        "license": dataset.licence.id.lower() or _OTHER_LICENCE,
        "keywords": list(dataset.keywords),
        "notes": _paragraph(_scope_of_licence(dataset)),
        "related_identifiers": [
            {"identifier": work.identifier, "relation": work.relation} for work in dataset.related
        ],
    }
    return msgspec.json.format(msgspec.json.encode(_without_empty(fields)), indent=2) + b"\n"


def _author(creator: Creator) -> dict[str, Any]:
    """Return a creator as CITATION.cff has persons and entities."""
    if creator.name:
        # An entity has no affiliation there.
        return _without_empty({"name": creator.name, "orcid": creator.orcid})
    return _without_empty(
        {
            "family-names": creator.family_names,
            "given-names": creator.given_names,
            "affiliation": creator.affiliation,
            "orcid": creator.orcid,
        }
    )


def _scope_of_licence(dataset: Dataset) -> str:
    """Return what the licence applies to, and on what terms words of laws are quoted."""
    licence = dataset.licence
    address = f" ({licence.url})" if licence.url else ""
    return f"Licence of the coding: {licence.name}{address}. {dataset.quotations.strip()}"


def _paragraph(text: str) -> str:
    """Return a text as a paragraph of HTML, which descriptions on Zenodo are."""
    return f"<p>{escape(text.strip(), quote=False)}</p>"


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}
