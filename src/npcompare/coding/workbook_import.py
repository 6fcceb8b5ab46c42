"""Import: from spreadsheets to the files of a corpus, or findings at cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.coding.workbook_checks import CellChecks, yaml_text
from npcompare.coding.workbook_entries import read_entries
from npcompare.errors import NpcompareError, Problem, ProblemsError, refusals
from npcompare.files import show_path
from npcompare.law.bibliography_edits import lost_comments, with_documents
from npcompare.law.checking import SchemaChecks
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import BIBLIOGRAPHY, layout, provision_files, schema_for
from npcompare.law.yaml_reader import dump_yaml, read_yaml
from npcompare.readers.spreadsheets import read_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.coding.workbook_entries import ReadForm
    from npcompare.law.checking import CheckedFile, CheckOptions
    from npcompare.law.corpus import Corpus
    from npcompare.readers.sheet_cells import SheetFile

#: The first line of a coded file, by which editors find its schema.
_SCHEMA_LINE = "# yaml-language-server: $schema={}\n"


class Imported(NamedTuple):
    """The files of a corpus that spreadsheets make, warnings, and notes for the user."""

    #: The text of each file by its path.
    files: dict[Path, str]
    #: How many of them are provisions.
    provisions: int
    warnings: tuple[Problem, ...]
    notes: list[str]


def corpus_for(folder: Path | None, options: CheckOptions) -> Corpus | None:
    """Return the corpus in the folder to write to; None if there is none yet."""
    if folder is None or not folder.is_dir():
        return None
    try:
        provision_files(layout(folder)[0])
    except ProblemsError:
        raise
    except NpcompareError:
        return None
    return load_corpus(folder, options)


def import_spreadsheets(
    paths: Sequence[Path], corpus: Corpus, folder: Path | None, mapping: Path | None = None
) -> Imported:
    """Return the files that spreadsheets make in a folder.

    Raises ProblemsError with all findings if there are any that refuse a provision.

    Args:
        paths: A workbook, or files with separated values, one for each sheet.
        corpus: What the provisions are checked against; the corpus in the folder if there is one.
        folder: Where they are to be written; None if they are only checked.
        mapping: A file that says what the columns of a survey mean; None for a form.
    """
    sheets = [read_spreadsheet(path) for path in paths]
    if mapping is not None:
        from npcompare.coding.survey import read_survey

        return imported(read_survey(sheets, mapping, corpus.codebook), corpus, folder, sheets)
    return imported(read_entries(sheets, corpus.codebook), corpus, folder, sheets)


def imported(
    form: ReadForm, corpus: Corpus, folder: Path | None, sheets: Sequence[SheetFile]
) -> Imported:
    """Return the files that the data of a form make in a folder; see `import_spreadsheets`."""
    statutes = layout(folder)[0] if folder and folder.is_dir() else folder or Path()
    # A new folder has no other provisions to refer to.
    existing = {
        file.path.stem: file
        for file in corpus.files
        if folder is None or file.path.is_relative_to(statutes)
    }
    paths = {
        existing[entry.id].path if entry.id in existing else statutes / f"{entry.id}.yaml": entry
        for entry in form.entries
    }
    neighbours: list[CheckedFile] = [file for file in existing.values() if file.path not in paths]
    checks = CellChecks(corpus.checks, form.bibliography)
    problems = [*form.problems, *checks.problems(paths, neighbours)]
    ordered = _in_order(problems, sheets)
    if refusals(ordered):
        raise ProblemsError(ordered)
    if not paths:
        raise NpcompareError(f"{sheets[0].path} contains no provision", "fill in at least one row")
    files = {path: coded_text(path, entry.data) for path, entry in paths.items()}
    files |= bibliography_text(statutes / BIBLIOGRAPHY, form.bibliography.data)
    return Imported(files, len(paths), ordered, form.notes)


def _in_order(problems: Sequence[Problem], sheets: Sequence[SheetFile]) -> tuple[Problem, ...]:
    """Return findings without duplicates, in the order of files, sheets, rows and columns."""
    places = {
        (file.path, sheet.name): (number, position)
        for number, file in enumerate(sheets)
        for position, sheet in enumerate(file.sheets)
    }
    last = (len(sheets), 0)
    return tuple(
        sorted(
            set(problems),
            key=lambda problem: (places.get((problem.path, problem.sheet), last), problem),
        )
    )


def coded_text(path: Path, data: Mapping[str, object]) -> str:
    """Return the text of the file of a provision."""
    return _SCHEMA_LINE.format(schema_for(path)) + yaml_text(data)


def bibliography_text(path: Path, documents: Mapping[str, Any]) -> dict[Path, str]:
    """Return the bibliography if it has to be written: without documents that it has already.

    Raises ProblemsError if it cannot be read, and NpcompareError if a comment in it would be lost.
    """
    if not path.is_file():
        return {path: dump_yaml(dict(documents))} if documents else {}
    file = read_yaml(path)
    is_mapping = file.data is None or isinstance(file.data, dict)
    if problems := file.problems or ([] if is_mapping else SchemaChecks("sources").find(file)):
        raise ProblemsError(tuple(problems))
    present = file.data or {}
    new = {name: value for name, value in documents.items() if present.get(name) != value}
    if not new:
        return {}
    before = path.read_text(encoding="utf-8-sig")
    text = with_documents(before, present, new)
    if comments := lost_comments(before, text):
        raise NpcompareError(
            f'{show_path(path)} has a comment that would be lost: "{comments[0]}"',
            "write each document on lines of its own, without braces, and the comment above them",
        )
    return {path: text}
