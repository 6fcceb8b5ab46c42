"""Editions of a dataset from folders: a release as it was written, or a corpus as it would be.

Nothing in a release is trusted. A release of another version of npcompare may have other tables and
columns; what is not readable at all ends in one error.
"""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from npcompare.analysis.editions import Edition
from npcompare.dataset.csv_table import cell_texts
from npcompare.dataset.folder import is_release
from npcompare.dataset.metadata import DATA_PACKAGE, FORM, MARK
from npcompare.dataset.release_reader import read_lines
from npcompare.dataset.tables import layout, release_tables
from npcompare.errors import NpcompareError, ProblemsError
from npcompare.files import read_up_to, show_path
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import leads_out
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from npcompare.analysis.editions import Cell, Row
    from npcompare.dataset.tables import Column, Table
    from npcompare.law.checking import CheckOptions
    from npcompare.law.corpus import Corpus

#: The tables without which nothing can be compared.
_NEEDED = ("provisions", "dimensions", "values")

#: The most limbs that the schema of a provision allows; each is compared with all others.
MOST_LIMBS = 200


class _Content(NamedTuple):
    """The columns and rows of a table."""

    columns: tuple[str, ...]
    rows: Sequence[Row]


_NONE = _Content((), ())

_HINT = "write the release again, or compare the corpus that it was made from"


def edition_of(folder: Path, options: CheckOptions) -> Edition:
    """Return the edition in a folder: that of a release, or of a corpus.

    Raises NpcompareError if the folder is neither, or if the release is damaged, and ProblemsError
    if a file of the corpus is refused.
    """
    name = show_path(folder)
    if not folder.is_dir():
        message = f"{name} is not a folder" if folder.exists() else f"there is no folder {name}"
        raise NpcompareError(message, "name the folder of a release, or that of a corpus")
    if is_release(folder):
        return _release(folder, name)
    try:
        corpus = load_corpus(folder, options)
        corpus.require_provisions()
    except ProblemsError:
        raise
    except NpcompareError as error:
        raise NpcompareError(
            f"{name} is neither a release nor a corpus",
            "name a folder that `npcompare release` has written, or one with coded files",
        ) from error
    return corpus_edition(corpus, name)


def corpus_edition(corpus: Corpus, name: str) -> Edition:
    """Return a corpus as the edition that its release would be."""
    contents = {}
    for table in release_tables(corpus):
        header = [column.name for column in table.columns]
        lines = enumerate(cell_texts(table, row) for row in table.rows)
        contents[table.name] = _content(table, header, lines)
    version = corpus.dataset.version if corpus.dataset else ""
    return _edition(name, version, corpus.codebook.version, contents)


def _edition(name: str, version: str, codebook: str, contents: Mapping[str, _Content]) -> Edition:
    return Edition(
        name=name,
        version=version,
        codebook=codebook,
        tables={table: content.rows for table, content in contents.items()},
        columns={table: content.columns for table, content in contents.items()},
    )


def _release(folder: Path, name: str) -> Edition:
    """Return the edition in the folder of a release."""
    package: Any = msgspec.json.decode(read_up_to(folder / DATA_PACKAGE))
    mark = package[MARK] if isinstance(package[MARK], dict) else {}
    form = mark.get("form")
    if isinstance(form, int) and form > FORM:
        message = f"the release {name} was written by a later version of npcompare"
        raise NpcompareError(message, "install that version")
    declared = _table_names(package)
    contents = {table.name: _read(folder, table) for table in layout() if table.name in declared}
    if missing := [table for table in _NEEDED if table not in contents]:
        raise NpcompareError(f"the release {name} has no table {missing[0]}", _HINT)
    ids = [row.get("id") for row in contents["provisions"].rows]
    if not ids:
        raise NpcompareError(f"the release {name} has no provisions", _HINT)
    if not all(ids) or len(set(ids)) < len(ids):
        raise NpcompareError(f"provisions of the release {name} have no id of their own", _HINT)
    limbs = Counter(row.get("provision_id", "") for row in contents.get("limbs", _NONE).rows)
    if max(limbs.values(), default=0) > MOST_LIMBS:
        message = f"a provision of the release {name} has more than {MOST_LIMBS} limbs"
        raise NpcompareError(message, _HINT)
    return _edition(name, _text(package.get("version")), _text(mark.get("codebook")), contents)


def _table_names(package: Mapping[str, Any]) -> set[str]:
    """Return the names of the tables that a data package declares."""
    resources = package.get("resources")
    listed = resources if isinstance(resources, list) else []
    return {_text(each.get("name")) for each in listed if isinstance(each, dict)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _read(folder: Path, table: Table) -> _Content:
    """Return the content of a table in the folder of a release."""
    path = folder / table.file_name
    if leads_out(path, folder):
        raise _damaged(path, "it is a link that leads out of the release")
    try:
        lines = read_lines(path)
        return _content(table, next(lines, (1, []))[1], lines)
    except UnicodeDecodeError as error:
        raise _damaged(path, "it is not in UTF-8") from error
    except csv.Error as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise _damaged(path, error.strerror or "unknown reason") from error


def _damaged(path: Path, reason: str) -> NpcompareError:
    return NpcompareError(f"the table {show_path(path)} cannot be read: {reason}", _HINT)


def _content(
    table: Table, header: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]]
) -> _Content:
    """Return the content of a table from its first row and the texts of the others.

    Raises csv.Error if it is not a table.
    """
    if not header or len(set(header)) < len(header):
        raise csv.Error("its first row does not have the names of the columns, each once")
    if missing := [name for name in table.primary_key if name not in header]:
        raise csv.Error(f"its first row has no column {missing[0]}")
    columns = {column.name: column for column in table.columns}
    rows = []
    for line, cells in lines:
        if len(cells) != len(header):
            raise csv.Error(f"the row in line {line} does not have {counted(len(header), 'cell')}")
        rows.append(
            {name: _cell(cell, columns.get(name)) for name, cell in zip(header, cells, strict=True)}
        )
    return _Content(tuple(header), rows)


def _cell(text: str, column: Column | None) -> Cell:
    """Return the value of a cell in a column, which another version of npcompare may have made."""
    if column is None:
        return text
    if column.datatype == "boolean":
        # Spreadsheets write TRUE.
        return text.lower()
    if column.separator:
        return tuple(text.split(column.separator)) if text else ()
    return text
