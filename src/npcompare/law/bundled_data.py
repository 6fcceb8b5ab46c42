"""Data in YAML files that come with npcompare: checked once, and then taken from the cache.

The largest of them take longer to read than all else that a command does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import ProblemsError
from npcompare.files import bundled
from npcompare.law.cache import Cache
from npcompare.law.checking import SchemaChecks, check_one

if TYPE_CHECKING:
    from pathlib import Path


def bundled_data(name: str, schema: str = "") -> Any:
    """Return the data of a file in the folder of schemas; raise ProblemsError if it has findings.

    Args:
        name: The name of the file, without its ending.
        schema: The name of its schema, if it is another.
    """
    return checked_data(bundled("schemas") / f"{name}.yaml", SchemaChecks(schema or name))


def checked_data(path: Path, checks: SchemaChecks) -> Any:
    """Return the data of a file; raise ProblemsError if it has findings."""
    cache = Cache((path,))
    file = check_one(path, checks, cache)
    cache.save()
    if file.problems:
        raise ProblemsError(tuple(sorted(file.problems)))
    return file.data()
