"""Validation: every finding about files and folders, with doubts about their coding."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.coding.double_coding import SETTLED, decision_checks, double_coding_findings
from npcompare.errors import NpcompareError, Problem, ProblemsError, without_remarks
from npcompare.file_names import is_coded_text
from npcompare.files import bundled_schema, no_file, show_path
from npcompare.law.bibliography import documents_near
from npcompare.law.cache import NullCache
from npcompare.law.checking import DEFAULT_OPTIONS, CodebookChecks, SchemaChecks, check_one
from npcompare.law.corpus import load_corpus
from npcompare.law.corpus_checks import circles_through, misnamed
from npcompare.law.corpus_labels import check_label_file, check_labels
from npcompare.law.dataset_file import dataset_findings
from npcompare.law.folders import (
    BIBLIOGRAPHY,
    CODEBOOK,
    DATASET,
    DOUBLE_CODING,
    PROFILES,
    is_label_file,
    is_profile,
    layout,
    path_without_ending,
    profile_files,
)
from npcompare.law.profiles import ProfileChecks
from npcompare.readers.endings import is_text_path
from npcompare.readers.spreadsheets import SHEET_SUFFIXES
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.cache import CacheEntry
    from npcompare.law.checking import CheckedFile, CheckOptions
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook

#: The files that doubts depend on, besides the codebook.
_PHRASE_BOOK = ("phrasebook.yaml", "phrasebook.schema.json")


class Validation(NamedTuple):
    """What was found in files, sorted and without duplicates."""

    problems: tuple[Problem, ...]
    #: How many files were checked.
    checked: int
    #: The findings that state a fact and ask for nothing.
    remarks: tuple[Problem, ...] = ()


def validate(
    corpus_folder: Path | None, paths: Sequence[Path], options: CheckOptions = DEFAULT_OPTIONS
) -> tuple[tuple[Problem, ...], int]:
    """Return every error and warning, and the number of files checked, as `validation` does."""
    result = validation(corpus_folder, paths, options)
    return result.problems, result.checked


def validation(
    corpus_folder: Path | None, paths: Sequence[Path], options: CheckOptions = DEFAULT_OPTIONS
) -> Validation:
    """Return every finding about files and folders.

    A folder is checked as a corpus of its own, and a file against the corpus. Raises NpcompareError
    if a path does not exist.

    Args:
        corpus_folder: The folder of the corpus; None for the bundled one.
        paths: The files and folders to check; if there are none, the corpus is checked.
        options: How the checks are done: with a cache, in parallel, with progress.
    """
    problems: list[Problem] = []
    checked = 0
    paths = [file for path in paths for file in _profiles_or_path(_existing(path))]
    files = [path for path in paths if not path.is_dir()]
    folders: list[Path | None] = [path for path in paths if path.is_dir()]
    for folder in folders if paths else [corpus_folder]:
        corpus_problems, count = _corpus_findings(folder, options)
        problems += corpus_problems
        checked += count
    if files:
        corpus = load_corpus(corpus_folder, options)
        for path in files:
            problems += _findings(corpus, path)
            checked += 1
    ordered = sorted(set(problems))
    remarks = tuple(problem for problem in ordered if problem.is_remark)
    return Validation(without_remarks(ordered), checked, remarks)


def _corpus_findings(folder: Path | None, options: CheckOptions) -> tuple[Sequence[Problem], int]:
    """Return the findings about a corpus, or its double coding alone, and how many files it has."""
    is_double_coding = folder is not None and folder.name == DOUBLE_CODING
    home = _home_of(folder) if folder and is_double_coding else folder
    try:
        corpus = load_corpus(home, options)
    except ProblemsError as error:
        return error.problems, 1
    twice = double_coding_findings(corpus, options)
    if is_double_coding:
        return twice
    if not corpus.problems:
        corpus.require_provisions()
    sound = [file for file in corpus.files if file.is_valid]
    entries = corpus.run_task(sound, _Doubts(corpus.codebook), use_cache=True)
    label_problems, label_count = check_labels(corpus, options)
    doubts = _problems(sound, entries)
    problems = [*corpus.problems, *doubts, *twice.problems, *label_problems]
    return problems, corpus.file_count + twice.checked + label_count


def _home_of(folder: Path) -> Path:
    """Return the corpus that a folder of double coding is in."""
    statutes = folder.resolve().parent
    return statutes.parent if layout(statutes.parent)[0] == statutes else statutes


def _existing(path: Path) -> Path:
    """Return a path, with .yaml or .yml added if only that file exists; raise if none exists.

    A text that is not coded is refused, too, and so is a workbook, which `import` checks.
    """
    if path.suffix.lower() in SHEET_SUFFIXES and path.is_file():
        raise NpcompareError(
            f"{show_path(path)} is a spreadsheet, not a coded file",
            f"check a form that is filled in with: {command('npcompare', 'import', path)}",
        )
    if path.is_file() and is_text_path(path.name) and not is_coded_text(path):
        raise NpcompareError(
            f"{show_path(path)} is a text that is not coded yet, so there is nothing to check",
            f"code it first: {command('npcompare', 'code', path)}, or "
            f"{command('npcompare', 'new', 'ID', '--text', path)}",
        )
    if path.exists():
        return path
    if not (file_name := path_without_ending(str(path))):
        error = no_file(path, show_path(path))
        raise NpcompareError(f"there is no file or folder {show_path(path)}", error.hint)
    return Path(file_name)


def _profiles_or_path(path: Path) -> list[Path]:
    """Return the files in a folder of State profiles; any other path is returned itself."""
    is_folder = path.is_dir() and path.name == PROFILES
    return (profile_files(path.parent)[0] if is_folder else []) or [path]


def check_file(corpus: Corpus, path: Path) -> tuple[Problem, ...]:
    """Return the errors and warnings about one file."""
    return without_remarks(_findings(corpus, path))


def _findings(corpus: Corpus, path: Path) -> tuple[Problem, ...]:
    """Return the findings about one file: a provision, profile, codebook or bibliography."""
    if path.name in {CODEBOOK, BIBLIOGRAPHY}:
        checks = CodebookChecks() if path.name == CODEBOOK else SchemaChecks("sources")
        return check_one(path, checks, NullCache()).problems
    if path.name == DATASET:
        return dataset_findings(path)
    if path.name == SETTLED and path.resolve().parent.name == DOUBLE_CODING:
        return check_one(path, decision_checks(corpus), NullCache()).problems
    if is_profile(path):
        documents = {*corpus.documents, *documents_near(path)}
        profile = check_one(path, ProfileChecks(documents), NullCache())
        return (*profile.problems, *misnamed(profile))
    if is_label_file(path):
        return tuple(check_label_file(path, corpus))
    file = corpus.check_external(path)
    sound = [file] if file.is_valid else []
    doubts = _problems(sound, corpus.run_task(sound, _Doubts(corpus.codebook)))
    circles = circles_through(file, corpus.files)
    return (*file.problems, *misnamed(file), *circles, *doubts)


class _Doubts:
    """The check for doubts, for provisions without errors."""

    name = "doubts"

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self.digest = sha256(b"".join(map(bundled_schema, _PHRASE_BOOK))).hexdigest()

    def run(self, file: CheckedFile) -> tuple[Iterable[Problem], Any]:
        """Return a warning for each doubt about a file, and no other result."""
        from npcompare.coding.version_findings import text_findings

        if file.provision is None or not file.provision.text.body:
            return (), None
        return text_findings(self._codebook, file.provision, lambda: file.yaml_file), None


def _problems(files: Iterable[CheckedFile], entries: Iterable[CacheEntry]) -> Iterator[Problem]:
    """Yield the findings in the results of a check."""
    for file, entry in zip(files, entries, strict=True):
        yield from (Problem(file.display_path, *one) for one in entry.findings)
