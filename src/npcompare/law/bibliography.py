"""The documents that a corpus cites: those of the bundled bibliography, and its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.files import bundled
from npcompare.law.checking import SchemaChecks, check_one
from npcompare.law.folders import BIBLIOGRAPHY, leads_out, linked_out
from npcompare.law.unchecked_data import mapping

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.cache import Cache


def load_documents(
    statutes: Path, cache: Cache
) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    """Return the documents of the bundled bibliography and the corpus's own, and findings."""
    documents: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    bibliographies = {bundled("statutes") / BIBLIOGRAPHY, statutes / BIBLIOGRAPHY}
    for path in sorted(path for path in bibliographies if path.is_file()):
        if leads_out(path, path.parent):
            problems.append(linked_out(path))
            continue
        file = check_one(path, SchemaChecks("sources"), cache)
        problems += file.problems
        # A document with a finding is known all the same.
        documents |= {name: mapping(document) for name, document in mapping(file.data()).items()}
    return documents, problems


def documents_near(path: Path) -> dict[str, Mapping[str, Any]]:
    """Return the documents of a bibliography in the folder of a file, or one folder up, by id."""
    from npcompare.law.yaml_reader import read_yaml

    for folder in (path.parent, path.parent / ".."):
        bibliography = folder / BIBLIOGRAPHY
        if bibliography.is_file() and not leads_out(bibliography, folder):
            documents = mapping(read_yaml(bibliography).data)
            return {name: mapping(document) for name, document in documents.items()}
    return {}
