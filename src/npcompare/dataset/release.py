"""The folder of a release: which files it has, and how each is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.dataset.csv_table import csv_bytes
from npcompare.dataset.tables import layout, release_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from npcompare.dataset.tables import Table
    from npcompare.law.corpus import Corpus


class Release(Struct, frozen=True):
    """What every file of a release is made from."""

    corpus: Corpus
    #: The tables by name, in their order.
    tables: Mapping[str, Table]


class ReleaseFile(Struct, frozen=True):
    """A file of a release: its name, what the README says it is, and what makes it."""

    name: str
    description: str
    #: Returns the bytes; None if this release does not have the file.
    make: Callable[[Release], bytes | None]


def release_files() -> tuple[ReleaseFile, ...]:
    """Return the files of every release, in the order of its README.

    The README itself and the checksums are made from the others, and are not among them.
    """
    return tuple(
        ReleaseFile(table.file_name, table.description, partial(_table, table.name))
        for table in layout()
    )


def release_of(corpus: Corpus) -> Release:
    """Return what the release of a corpus is made from."""
    return Release(corpus, {table.name: table for table in release_tables(corpus)})


def release_contents(release: Release) -> dict[str, bytes]:
    """Return the bytes of each file of a release by its name."""
    contents = ((file.name, file.make(release)) for file in release_files())
    return {name: raw for name, raw in contents if raw is not None}


def _table(name: str, release: Release) -> bytes:
    return csv_bytes(release.tables[name])
