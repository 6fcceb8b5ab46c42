"""The files of a corpus beside its provisions: bibliography, State profiles, description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.law.bibliography import load_documents
from npcompare.law.dataset_file import load_dataset
from npcompare.law.folders import BIBLIOGRAPHY
from npcompare.law.profiles import load_profiles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.cache import Cache
    from npcompare.law.checking import CheckedFile
    from npcompare.law.dataset_file import Dataset


class CompanionFiles(Struct, frozen=True):
    """What the files beside the provisions contain, and what was found in them."""

    #: Title, short title and other fields of each document, by id.
    documents: Mapping[str, Mapping[str, Any]]
    profile_files: tuple[CheckedFile, ...]
    #: What the corpus is as a dataset; None if it does not say.
    dataset: Dataset | None
    problems: tuple[Problem, ...]
    #: How many files there are.
    count: int


def load_companions(statutes: Path, cache: Cache) -> CompanionFiles:
    """Return what is beside the provisions in a folder, with the bundled bibliography."""
    documents, document_problems = load_documents(statutes, cache)
    profile_files, profile_problems = load_profiles(statutes, documents, cache)
    dataset, dataset_problems, has_dataset = load_dataset(statutes, cache)
    return CompanionFiles(
        documents=documents,
        profile_files=profile_files,
        dataset=dataset,
        problems=(*document_problems, *profile_problems, *dataset_problems),
        count=len(profile_files) + (statutes / BIBLIOGRAPHY).is_file() + has_dataset,
    )
