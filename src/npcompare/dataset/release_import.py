"""Import of a release: from its folder to the files of a corpus, or findings at its rows."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from npcompare.coding.workbook_checks import CellChecks, CellFile, yaml_text
from npcompare.coding.workbook_entries import fault_of_name
from npcompare.coding.workbook_import import Imported, bibliography_text, coded_text
from npcompare.dataset.coded_rows import provision_rows
from npcompare.dataset.folder import has_later_form, is_release
from npcompare.dataset.release_changes import changes
from npcompare.dataset.release_entries import (
    ProvisionEntries,
    bibliography_entry,
    fact_findings,
    profile_entries,
)
from npcompare.dataset.release_reader import read_tables
from npcompare.dataset.tables import layout
from npcompare.errors import Code, NpcompareError, Problem, ProblemsError, refusals
from npcompare.file_names import check_name
from npcompare.files import bundled, read_up_to, show_path
from npcompare.law import folders
from npcompare.law.cache import NullCache
from npcompare.law.checking import CodebookChecks, ProvisionChecks, check_one
from npcompare.law.codebook_parser import parse_codebook
from npcompare.law.dataset_file import dataset_findings
from npcompare.law.folders import (
    BIBLIOGRAPHY,
    CODEBOOK,
    DATASET,
    LABELS,
    PROFILES,
    leads_out,
    schema_for,
)
from npcompare.law.lookup import DEFAULT_COLLECTION
from npcompare.law.profiles import ProfileChecks
from npcompare.law.provision_parser import parse_provision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.coding.workbook_entries import Entry
    from npcompare.dataset.coded_rows import Cells
    from npcompare.dataset.release_reader import ReadRow
    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook

_COLLECTION = re.compile(r"\w([\w .-]*\w)?")


class RowFile(CellFile):
    """The data of a file from the rows of a release."""

    hints: ClassVar[Mapping[str, str]] = {
        "add the document to sources.yaml": "add the document to sources.csv",
        'a provision always needs one; add "text:" here': (
            "add a row for it to texts.csv; if the text is not available, the status is not_held"
        ),
        "if its contents are not known, say so under notes": (
            "add a row for it to limbs.csv, or say in notes.csv that nothing is known"
        ),
    }


class _RowChecks(CellChecks):
    """Checks the data from rows as files are checked."""

    file_type = RowFile


def import_release(source: Path, corpus: Corpus | None, folder: Path | None) -> Imported:
    """Return the files that a release makes in a folder.

    Raises ProblemsError with all findings if there are any that refuse a provision, and
    NpcompareError if the folder to read is not a release or is coded in another codebook.

    Args:
        source: The folder of the release.
        corpus: The corpus to which the provisions are added; None if it is a new one.
        folder: Where they are to be written; None if they are only checked.
    """
    if not is_release(source):
        raise NpcompareError(
            f"{show_path(source)} is not a release that npcompare has written",
            "name the folder with the file datapackage.json, or a workbook",
        )
    if has_later_form(source):
        raise NpcompareError(
            f"{show_path(source)} was written by another version of npcompare, in a form that this "
            "one does not read",
            "install the newest version",
        )
    return _Import(source, corpus, folder).result()


class _Import:
    """The import of one release."""

    def __init__(self, source: Path, corpus: Corpus | None, folder: Path | None) -> None:
        self._source = source
        self._corpus = corpus
        self._statutes = (
            folders.layout(folder)[0] if folder and folder.is_dir() else folder or Path()
        )
        self._warnings = list(changes(source))

    def result(self) -> Imported:
        tables = read_tables(self._source)
        problems = list(tables.problems)
        self._stop_at(problems)
        codebook, key, files = self._codebook()
        provisions = ProvisionEntries(tables.rows)
        rows = list(provisions.entries())
        paths = dict(self._paths(rows, problems))
        bibliography = bibliography_entry(tables.rows["sources"])
        profiles = {
            self._statutes / PROFILES / f"{entry.id}.yaml": entry
            for entry in profile_entries(tables.rows)
        }
        checks = ProvisionChecks(codebook, key, bibliography.data)
        problems += provisions.problems
        problems += fact_findings(tables.rows["facts"])
        problems += _RowChecks(checks, bibliography).problems(paths, self._neighbours(paths))
        problems += _profile_problems(profiles, bibliography.data)
        self._stop_at(problems)
        if not paths:
            raise NpcompareError(
                f"{show_path(self._source)} contains no provision",
                "its table provisions.csv has no rows",
            )
        collections = [(row.text("collection"), entry) for row, entry in rows]
        problems += _not_imported(codebook, tables.rows, collections)
        files |= {path: coded_text(path, entry.data) for path, entry in paths.items()}
        files |= {path: _profile_text(path, entry) for path, entry in profiles.items()}
        files |= bibliography_text(self._statutes / BIBLIOGRAPHY, bibliography.data)
        files |= self._description()
        return Imported(files, len(paths), tuple(sorted({*self._warnings, *problems})), [])

    def _stop_at(self, problems: Iterable[Problem]) -> None:
        """Raise ProblemsError if there are findings that refuse a row."""
        if refusals(problems):
            raise ProblemsError(tuple(sorted({*self._warnings, *problems})))

    def _codebook(self) -> tuple[Codebook, str, dict[Path, str]]:
        """Return the codebook of the release, its key, and its file if it has to be written."""
        path = self._source / CODEBOOK
        if leads_out(path, self._source):
            raise NpcompareError(f"{show_path(path)} is a link that leads out of the release")
        file = check_one(path, CodebookChecks(), NullCache())
        if file.problems:
            raise ProblemsError(tuple(sorted({*self._warnings, *file.problems})))
        data = file.data()
        codebook = parse_codebook(data)
        if self._corpus is not None:
            if self._corpus.codebook != codebook:
                raise NpcompareError(
                    f"{show_path(self._source)} has another codebook than the corpus in "
                    f"{show_path(self._corpus.folder)}",
                    "import it into a new folder",
                )
            return codebook, file.cache_key, {}
        bundled_file = check_one(bundled("schemas") / CODEBOOK, CodebookChecks(), NullCache())
        if bundled_file.data() == data:
            return codebook, file.cache_key, {}
        text = read_up_to(path).decode("utf-8-sig")
        return codebook, file.cache_key, {self._statutes / CODEBOOK: text}

    def _description(self) -> dict[Path, str]:
        """Return what the release says of itself as a dataset, unless the corpus has that."""
        path, target = self._source / DATASET, self._statutes / DATASET
        if target.exists() or not path.is_file():
            return {}
        if leads_out(path, self._source):
            raise NpcompareError(f"{show_path(path)} is a link that leads out of the release")
        self._stop_at(dataset_findings(path))
        return {target: read_up_to(path).decode("utf-8-sig")}

    def _paths(
        self, rows: Iterable[tuple[ReadRow, Entry]], problems: list[Problem]
    ) -> Iterator[tuple[Path, Entry]]:
        """Yield each provision with the path of its file, and add findings about its name."""
        existing = {file.path.stem: file.path for file in self._own_files()}
        for row, entry in rows:
            if fault := fault_of_name(entry.id):
                problems.append(row.place().problem(Code.WRONG_FORM, fault, "choose another id"))
            collection = row.text("collection")
            if fault := _fault_of_collection(collection):
                hint = "write the name of a folder, or paper"
                problems.append(row.place("collection").problem(Code.WRONG_FORM, fault, hint))
            folder = "" if collection == DEFAULT_COLLECTION else collection
            yield existing.get(entry.id, self._statutes / folder / f"{entry.id}.yaml"), entry

    def _own_files(self) -> tuple[CheckedFile, ...]:
        return self._corpus.files if self._corpus is not None else ()

    def _neighbours(self, paths: Mapping[Path, Entry]) -> list[CheckedFile]:
        return [file for file in self._own_files() if file.path not in paths]


def _fault_of_collection(name: str) -> str:
    """Return why a folder cannot have the name of a collection; empty if it can."""
    if name.casefold() in (PROFILES, LABELS) or not _COLLECTION.fullmatch(name):
        return f'"{name[:40]}" is not the name of a collection'
    try:
        check_name(PurePath(name), on_windows=True)
    except NpcompareError as error:
        return error.message
    return ""


def _profile_problems(
    profiles: Mapping[Path, Entry], documents: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the findings about profiles, among them two of one State."""
    checks = ProfileChecks(documents)
    codes: dict[str, Path] = {}
    for path, entry in profiles.items():
        file = RowFile(path, entry)
        yield from file.own_problems()
        if file.is_readable:
            yield from checks.find(file)
        code = entry.data["jurisdiction"]["code"]
        if codes.setdefault(code, path) != path:
            message = f'"{code}" is already the code of the State in another row'
            yield file.problem(("jurisdiction", "code"), Code.ID_TAKEN, message)


def _profile_text(path: Path, entry: Entry) -> str:
    schema = schema_for(path, "profile.schema.json")
    return f"# yaml-language-server: $schema={schema}\n{yaml_text(entry.data)}"


def _not_imported(
    codebook: Codebook, rows: Mapping[str, list[ReadRow]], entries: Iterable[tuple[str, Entry]]
) -> Iterator[Problem]:
    """Yield a warning for each cell that follows from others and says something else."""
    followed: dict[tuple[str, str], Cells] = {}
    for collection, entry in entries:
        effect = codebook.effect(parse_provision(entry.data))
        for name, cells in provision_rows(codebook, entry.data, collection, effect):
            followed[name, str(cells["id"])] = cells
    for table in layout():
        names = {column.name for column in table.columns if column.is_derived}
        for row in rows[table.name] if names and not table.is_derived else ():
            cells = followed.get((table.name, row.text("id")), row.cells)
            different = [
                name for name in cells if (cells[name] or None) != (row.cells[name] or None)
            ]
            # If others differ, too, another row has the id now, and its cells say nothing of this.
            for column in different if names.issuperset(different) else ():
                value = cells[column] or ""
                message = f'{column} is "{row.text(column)}", but the other cells give "{value}"'
                hint = "it is not imported, because it follows from them"
                yield row.place(column).problem(Code.RELEASE_CHANGED, message, hint)
