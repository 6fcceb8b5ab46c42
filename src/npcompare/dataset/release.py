"""The folder of a release: which files it has, and how each is made."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare._version import __version__
from npcompare.coding.file_templates import fill_template
from npcompare.dataset import checksums, metadata
from npcompare.dataset.corpus_rows import references_left_out
from npcompare.dataset.csv_table import csv_bytes
from npcompare.dataset.documents import DOCUMENTS
from npcompare.dataset.parquet_files import parquet_bytes
from npcompare.dataset.relation_rows import MOST_PAIRED
from npcompare.dataset.sqlite_file import sqlite_bytes
from npcompare.dataset.tables import Release, layout, release_tables
from npcompare.exchange import web_annotations
from npcompare.exchange.coding_frame import write_codebook
from npcompare.exchange.refi_project import write_project
from npcompare.exchange.skos import write_turtle
from npcompare.files import show_path
from npcompare.installation import EXTRAS, has_extra, install_hint
from npcompare.law.corpus import ALL_COLLECTIONS
from npcompare.law.folders import CODEBOOK, DATASET
from npcompare.law.yaml_reader import dump_yaml
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.law.corpus import Corpus

README = "README.md"

#: The database, and the folder of the tables as Parquet.
SQLITE = "npcompare.sqlite"
PARQUET = "parquet/"

#: The evidence for programs that read linked data, and the most provisions whose evidence is
#: written; the table of values has that of all others, too.
EVIDENCE = "evidence.jsonld"
MOST_ANNOTATED = 10_000

#: The file for programs of qualitative analysis, and the most provisions that it may have: with
#: more, making it would take longer than everything else.
PROJECT = "codings.qdpx"
MOST_IN_PROJECT = 500

_CODEBOOK_HEADER = "# The codebook in which the provisions of this release are coded.\n"


class ReleaseFile(Struct, frozen=True):
    """A file of a release: its name, what the README says it is, and what makes it."""

    name: str
    description: str
    #: Returns the bytes; None if this release does not have the file.
    make: Callable[[Release], bytes | None]
    #: The extra of npcompare that it needs; without it, the release does not have the file.
    extra: str = ""


def release_files() -> tuple[ReleaseFile, ...]:
    """Return the files of every release, in the order of its README.

    The README itself and the checksums are made from the others, and are not among them.
    """
    return (
        *(
            ReleaseFile(table.file_name, table.description, partial(_table, table.name))
            for table in layout()
        ),
        *(
            ReleaseFile(name, description, make, "pdf" if name.endswith(".pdf") else "")
            for name, description, make in DOCUMENTS
        ),
        ReleaseFile(
            metadata.CSVW,
            "The tables and their columns as CSV on the Web, and as a dataset of CLDF.",
            metadata.csvw_metadata,
        ),
        ReleaseFile(
            metadata.DATA_PACKAGE,
            "The same for programs that read Frictionless data packages.",
            metadata.data_package,
        ),
        ReleaseFile(CODEBOOK, "The codebook, as npcompare reads it.", _codebook),
        ReleaseFile(
            checksums.ROWS,
            "A checksum of each row, by which `npcompare import` names the rows that were changed.",
            lambda release: checksums.row_checksums(release.tables.values()),
        ),
        *_files_for_other_programs(),
        *_files_for_queries(),
    )


def _files_for_other_programs() -> Iterator[ReleaseFile]:
    """Yield the codebook and the coded words in the formats of other programs."""
    yield ReleaseFile(
        "codebook.qdc",
        "The codebook for NVivo, MAXQDA, ATLAS.ti and QualCoder (REFI-QDA).",
        lambda release: write_codebook(release.corpus),
    )
    yield ReleaseFile(
        PROJECT,
        "The texts with their coded words, for the same programs.",
        _project,
    )
    yield ReleaseFile(
        "codebook.ttl",
        "The codebook as a vocabulary in SKOS, with labels in six languages.",
        lambda release: write_turtle(release.corpus).encode(),
    )
    yield ReleaseFile(
        EVIDENCE,
        "The words behind each coded value as Web Annotations, which refer to that vocabulary.",
        _evidence,
    )


def _files_for_queries() -> Iterator[ReleaseFile]:
    """Yield the files with the tables for query engines."""
    yield ReleaseFile(
        SQLITE,
        "All tables in one SQLite file, with keys, indexes, and views with names.",
        lambda release: sqlite_bytes(tuple(release.tables.values()), _about(release)),
    )
    for table in layout():
        name = f"{PARQUET}{table.name}.parquet"
        make = partial(_parquet, table.name)
        yield ReleaseFile(name, table.description, make, extra="parquet")


def notes_on_missing_files(corpus: Corpus) -> list[str]:
    """Return which files a release does not have here, and what is to be done for them."""
    notes = []
    if corpus.dataset is None:
        path = show_path(corpus.folder / DATASET)
        notes.append(
            "CITATION.cff, .zenodo.json and dataset.yaml were left out, as the corpus has no title "
            f"and no creators; to have them, describe it in {path}"
        )
    missing: dict[str, list[str]] = {}
    for file in release_files():
        if file.extra and not has_extra(file.extra):
            folder, slash, name = file.name.rpartition("/")
            missing.setdefault(file.extra, []).append(f"{folder}{slash}" or name)
    return notes + [
        f"{names[0]} was left out, as {EXTRAS[extra].partition('>')[0]} is not installed; "
        f"{install_hint(extra)}"
        for extra, names in missing.items()
    ]


def release_of(corpus: Corpus, collection: str = ALL_COLLECTIONS) -> Release:
    """Return what the release of a corpus, or of one of its collections, is made from.

    Raises ProblemsError if a file of the corpus is refused, and NpcompareError if there is no such
    collection.
    """
    corpus = corpus.restricted(collection)
    corpus.require_provisions()
    if collection != ALL_COLLECTIONS:
        files = tuple(file for file in corpus.files if file.collection == collection)
        corpus = replace(corpus, files=files)
    tables = {table.name: table for table in release_tables(corpus)}
    return Release(corpus, tables, frozenset(file.name for file in release_files()))


def release_contents(release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file of a release, one by one."""
    digests: dict[str, str] = {}
    files = []
    for file in release_files():
        raw = None if file.extra and not has_extra(file.extra) else file.make(release)
        if raw is not None:
            files.append(file)
            digests[file.name] = sha256(raw).hexdigest()
            yield file.name, raw
    readme = _readme(release, files)
    digests[README] = sha256(readme).hexdigest()
    yield README, readme
    lines = (f"{digests[name]}  {name}\n" for name in sorted(digests))
    yield checksums.FILES, "".join(lines).encode()


def _table(name: str, release: Release) -> bytes:
    return csv_bytes(release.tables[name])


def _project(release: Release) -> bytes | None:
    """Return the texts as a project; None if there are more than anybody would code in one."""
    if len(release.corpus.files) > MOST_IN_PROJECT:
        return None
    return write_project(release.corpus, release.corpus.all_provisions())


def _about(release: Release) -> dict[str, str]:
    """Return what is said of a release in a file that may be without the others."""
    dataset = release.corpus.dataset
    facts = {
        "title": release.title,
        "version": dataset.version if dataset else "",
        "codebook": release.corpus.codebook.version,
        "written by": f"npcompare {__version__}",
        "licence of the coding": dataset.licence.name if dataset else "",
        "terms of the words quoted": dataset.quotations if dataset else "",
        "caution": "Neither an unknown value nor an empty cell means no. CAUTIONS.md has more.",
    }
    return {name: value for name, value in facts.items() if value}


def _parquet(name: str, release: Release) -> bytes:
    return parquet_bytes(release.tables[name])


def _readme(release: Release, files: Sequence[ReleaseFile]) -> bytes:
    provisions = release.tables["provisions"].rows
    left_out = references_left_out(release.corpus)
    text = fill_template(
        "README.md.j2",
        room="dataset",
        title=release.title,
        version=__version__,
        codebook=release.corpus.codebook.version,
        provisions=counted(len(provisions), "provision"),
        tables=[file for file in files if file.name.endswith(".csv")],
        counts={table.file_name: len(table.rows) for table in release.tables.values()},
        has_parquet=any(file.name.startswith(PARQUET) for file in files),
        files=[file for file in files if not file.name.endswith((".csv", ".parquet"))],
        left_out=counted(left_out, "reference") if left_out else "",
        is_paired=bool(release.tables["relations"].rows) or len(provisions) < 2,
        most_paired=counted(MOST_PAIRED, "provision"),
        project=PROJECT,
        is_in_project=len(provisions) <= MOST_IN_PROJECT,
        most_in_project=counted(MOST_IN_PROJECT, "provision"),
        evidence=EVIDENCE,
        is_annotated=len(provisions) <= MOST_ANNOTATED,
        most_annotated=counted(MOST_ANNOTATED, "provision"),
    )
    return text.encode()


def _evidence(release: Release) -> bytes | None:
    """Return the evidence, if there is any and a program can read so much at once."""
    provisions = release.corpus.all_provisions()
    if len(provisions) > MOST_ANNOTATED or not web_annotations.has_evidence(provisions):
        return None
    return web_annotations.write(release.corpus, provisions).encode()


def _codebook(release: Release) -> bytes:
    return f"{_CODEBOOK_HEADER}{dump_yaml(release.corpus.codebook_data)}".encode()
