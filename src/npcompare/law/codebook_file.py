"""The file of a codebook: without a valid one, nothing else of a corpus can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.errors import ProblemsError
from npcompare.law.cache import Cache
from npcompare.law.checking import CodebookChecks, check_one
from npcompare.law.codebook_parser import parse_codebook
from npcompare.law.folders import layout

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.checking import CheckedFile
    from npcompare.model.codebook import Codebook


def valid_codebook(path: Path, cache: Cache) -> CheckedFile:
    """Return the file of a codebook; raise ProblemsError if it has findings."""
    file = check_one(path, CodebookChecks(), cache)
    if file.problems:
        raise ProblemsError(tuple(sorted(file.problems)))
    return file


def load_codebook(folder: Path | None) -> Codebook:
    """Return the codebook of a corpus, without regard to findings in its other files.

    Raises ProblemsError if the codebook has findings.
    """
    statutes, path = layout(folder)
    return parse_codebook(valid_codebook(path, Cache((statutes, path))).data())
