"""What pages say to search engines, in the vocabulary of schema.org: the dataset and its laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.reports.annex_records import legislation_records
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.law.corpus import Corpus
    from npcompare.law.dataset_file import Creator, Licence
    from npcompare.model.results import Classification


def dataset_record(corpus: Corpus) -> Iterator[Mapping[str, Any]]:
    """Yield the record of the corpus as a dataset, if it is described as one."""
    dataset = corpus.dataset
    if dataset is None:
        return
    addresses = [f"https://doi.org/{dataset.doi}"] if dataset.doi else []
    optional = {
        "keywords": list(dataset.keywords),
        "dateModified": dataset.released,
        "identifier": addresses,
        "url": dataset.url,
        "sameAs": dataset.repository,
    }
    yield {
        "@type": "Dataset",
        "name": dataset.title,
        "description": fold(dataset.description),
        "version": dataset.version,
        "license": licence_address(dataset.licence) or dataset.licence.name,
        # The licence is that of the coding.
        "copyrightNotice": fold(dataset.quotations),
        "creator": list(map(_creator, dataset.creators)),
        "variableMeasured": [
            dimension.label
            for dimension in corpus.codebook.dimensions.values()
            if not dimension.is_detail
        ],
        **{name: value for name, value in optional.items() if value},
    }


def licence_address(licence: Licence) -> str:
    """Return the address of a licence, or that of its SPDX id; empty if it has neither."""
    return licence.url or (f"https://spdx.org/licenses/{licence.id}" if licence.id else "")


def legislation(result: Classification) -> Iterator[Mapping[str, Any]]:
    """Yield the record of a provision, if a date or an identifier says which law it is part of."""
    for record in legislation_records([result]):
        if record.identifier or record.date or record.coverage or record.url:
            yield {**msgspec.to_builtins(record), "name": fold(record.name)}


def _creator(creator: Creator) -> dict[str, str]:
    if creator.name:
        return {"@type": "Organization", "name": creator.name}
    identifier = {"sameAs": creator.orcid} if creator.orcid else {}
    return {"@type": "Person", "name": creator.full_name, **identifier}
