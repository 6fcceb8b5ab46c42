"""Bring files that were written for an earlier version into the form of today.

Only what needs no decision is changed: words that a codebook lists as moved. Everything else in a
file is kept as it is, character by character. What a person must decide is a finding.
"""

from __future__ import annotations

import codecs
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from npcompare.coding.changed_meanings import changed_meanings
from npcompare.errors import Code, NpcompareError, Problem
from npcompare.file_names import YAML_SUFFIXES
from npcompare.files import no_file, read_up_to, show_path, update_coded_files
from npcompare.law import moved_words, yaml_edits, yaml_splices
from npcompare.law.codebook_file import load_codebook
from npcompare.law.folders import (
    BIBLIOGRAPHY,
    CODEBOOK,
    DATASET,
    DOUBLE_CODING,
    is_label_file,
    layout,
    no_provisions,
    path_without_ending,
    profile_files,
    provision_files,
)
from npcompare.law.unchecked_data import mapping
from npcompare.law.yaml_reader import YamlFile, unreadable_file
from npcompare.readers.endings import is_text_path
from npcompare.readers.spreadsheets import SHEET_SUFFIXES
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.law.moved_words import OpenWord, Plan
    from npcompare.model.codebook import Codebook

#: Files of a corpus that have no words of the codebook.
_WITHOUT_WORDS = frozenset({CODEBOOK, BIBLIOGRAPHY, DATASET})

_UNCLEAR = "a comment stands between the words"


class ChangedFile(NamedTuple):
    """A file with other words."""

    path: Path
    #: Its bytes as they are, and as they are to be.
    before: bytes
    after: bytes


class Migration(NamedTuple):
    """What is to be written, and what is left to a person."""

    changes: tuple[ChangedFile, ...]
    problems: tuple[Problem, ...]
    #: How many files were read.
    checked: int
    #: Whether one of them is a benchmark, which `validate` does not check.
    has_benchmark: bool = False


class _MigratedFile(NamedTuple):
    """A file that was read, with its change and its findings."""

    file: YamlFile
    codebook: Codebook
    change: ChangedFile | None
    problems: tuple[Problem, ...]

    @property
    def is_of_earlier_codebook(self) -> bool:
        """Whether the file has a word that has moved."""
        return self.change is not None or bool(self.problems)


def migration(
    corpus_folder: Path | None,
    paths: Sequence[Path],
    *,
    read_again: bool = False,
    is_written: bool = False,
) -> Migration:
    """Return what is to be changed in files and in the files of folders.

    Args:
        corpus_folder: The corpus whose codebook applies to files; None for the bundled one. It is
            examined itself if no path is given.
        paths: Files, and folders that are corpora of their own.
        read_again: Whether codings whose meaning has changed are named, too. They always are where
            any of the files has a word that has moved.
        is_written: Whether findings have their places in the files as they are to be.

    Raises NpcompareError if there is nothing to read, and ProblemsError if a codebook has findings.
    """
    if not paths and corpus_folder is None:
        hint = f"name the folder of your corpus: {command('npcompare', 'migrate', 'my-corpus')}"
        raise NpcompareError("migrate needs the files that it is to examine", hint)
    files: dict[Path, Codebook] = {}
    problems: list[Problem] = []
    for path in map(_existing, paths or [corpus_folder or Path()]):
        if path.is_dir():
            codebook = load_codebook(path)
            paths_below, findings = _files_of_corpus(path)
            if not paths_below:
                raise no_provisions(layout(path)[0])
            problems += findings
            files |= dict.fromkeys(paths_below, codebook)
        else:
            files[path] = load_codebook(corpus_folder)
    migrated = [
        _migrated(path, codebook, is_written=is_written) for path, codebook in files.items()
    ]
    if read_again or any(each.is_of_earlier_codebook for each in migrated):
        problems += _to_read_again(migrated)
    problems += [problem for each in migrated for problem in (*each.file.problems, *each.problems)]
    changes = tuple(each.change for each in migrated if each.change)
    has_benchmark = any(_is_benchmark(each.file) for each in migrated)
    return Migration(changes, tuple(sorted(set(problems))), len(files), has_benchmark)


def write(changes: Sequence[ChangedFile]) -> None:
    """Write files, all or none.

    Raises NpcompareError before anything is written if one of them must not be written, and if
    another program has changed a file in the meantime.
    """
    for change in changes:
        _refuse_links(change.path)
    update_coded_files(
        {change.path: change.after for change in changes},
        {change.path: change.before for change in changes},
    )


def _refuse_links(path: Path) -> None:
    """Raise NpcompareError if a file has other names, under which it would not be changed."""
    if path.is_symlink():
        message = f"{show_path(path)} is a link and was not changed"
        raise NpcompareError(message, f"name the file itself: {show_path(path.resolve())}")
    if path.stat().st_nlink > 1:
        message = f"{show_path(path)} is one of several names of the same file (hard links)"
        raise NpcompareError(f"{message} and was not changed", "delete the other names first")


# --- Which files ----------------------------------------------------------------------------------


def _existing(path: Path) -> Path:
    """Return a path, with its ending if that was left out; raise NpcompareError if it is no use."""
    if not path.exists() and (name := path_without_ending(str(path))):
        return Path(name)
    if not path.exists():
        error = no_file(path, show_path(path))
        raise NpcompareError(f"there is no file or folder {show_path(path)}", error.hint)
    if path.is_dir() or path.suffix.lower() in YAML_SUFFIXES:
        return path
    raise NpcompareError(f"{show_path(path)} is not a coded file", _hint_for(path))


def _hint_for(path: Path) -> str:
    """Return what to do with a file that is not a coded one."""
    if path.suffix.lower() in SHEET_SUFFIXES:
        return f"a form is read as it is: {command('npcompare', 'import', path)}"
    if is_text_path(path.name):
        return f"an annex keeps its form: {command('npcompare', 'verify', path)}"
    return "name files that end in .yaml, or folders"


def _files_of_corpus(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of a corpus that have words of the codebook, and findings about others."""
    statutes, codebook = layout(folder)
    paths, problems = provision_files(statutes)
    for more_paths, more_problems in (profile_files(statutes), _double_coding(statutes)):
        paths += more_paths
        problems += more_problems
    problems += _of_earlier_codebook(folder, codebook)
    # Of the names of one file in a corpus, that of the file itself is enough.
    return [path for path in paths if not path.is_symlink()], problems


def _double_coding(statutes: Path) -> tuple[list[Path], list[Problem]]:
    folder = statutes / DOUBLE_CODING
    is_there = folder.is_dir() and not folder.is_symlink()
    paths, problems = provision_files(folder) if is_there else ([], [])
    return [path for path in paths if path.parent != folder], problems


def _of_earlier_codebook(folder: Path, path: Path) -> Iterator[Problem]:
    """Yield a warning if a corpus has a codebook of its own that is one of npcompare's earlier."""
    if not path.resolve().is_relative_to(folder.resolve()):
        return
    own_codebook, codebook = load_codebook(folder), load_codebook(None)
    if own_codebook.title == codebook.title and not own_codebook.effects:
        version = own_codebook.version
        message = f"the corpus has its own codebook, {version}; that of npcompare is now"
        hint = "to use that of npcompare, move this file away and run the command again"
        place = (show_path(path), 1, 1, Code.MEANING_CHANGED)
        yield Problem(*place, f"{message} {codebook.version}", hint)


# --- What is changed ------------------------------------------------------------------------------


def _migrated(path: Path, codebook: Codebook, *, is_written: bool) -> _MigratedFile:
    """Return a file as it was read, with what is to be changed in it."""
    try:
        raw = read_up_to(path)
    except OSError as error:
        return _MigratedFile(unreadable_file(path, error), codebook, None, ())
    file = YamlFile(path, show_path(path), raw)
    if file.problems or path.name in _WITHOUT_WORDS or is_label_file(path):
        # What is not valid YAML is not touched.
        return _MigratedFile(file, codebook, None, ())
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    text = raw.removeprefix(mark).decode()
    plan, left = _feasible(text, file, _plan(file, codebook))
    after = mark + (_changed(text, file, plan) or text).encode()
    placed = YamlFile(path, file.display_path, after) if is_written else file
    problems = [_left(placed, open_word) for open_word in (*plan.open_words, *left)]
    problems += _copied(placed, plan, is_written=is_written)
    change = ChangedFile(path, raw, after) if after != raw else None
    return _MigratedFile(placed, codebook, change, tuple(problems))


def _plan(file: YamlFile, codebook: Codebook) -> Plan:
    is_benchmark = _is_benchmark(file)
    make = moved_words.plan_of_benchmark if is_benchmark else moved_words.plan_of_provision
    return make(file.data, codebook.moved)


def _is_benchmark(file: YamlFile) -> bool:
    return "elements" in mapping(file.data)


def _feasible(text: str, file: YamlFile, plan: Plan) -> tuple[Plan, list[OpenWord]]:
    """Return what of a plan loses nothing in a text, and the words that are left to a person."""
    movings = [
        moving
        for moving in plan.movings
        if _changed(text, file, plan._replace(renamings=(), movings=(moving,))) is not None
    ]
    left = [
        moved_words.OpenWord((*moving.parent, moving.key), word, moving.key, target, _UNCLEAR)
        for moving in plan.movings
        if moving not in movings
        for word, target in moving.targets()
    ]
    return plan._replace(movings=tuple(movings)), left


def _changed(text: str, file: YamlFile, plan: Plan) -> str | None:
    """Return a text with other words; None if that could lose anything."""
    try:
        new_text = yaml_splices.with_plan(text, plan)
    except yaml_splices.UnclearLayoutError:
        return None
    new_file = yaml_edits.read(new_text)
    is_right = not new_file.problems and new_file.data == moved_words.changed(file.data, plan)
    return new_text if is_right else None


def _left(file: YamlFile, open_word: OpenWord) -> Problem:
    """Return the finding about a word that is left to a person."""
    message = f'"{open_word.word}" in {open_word.field} has moved: {open_word.reason}'
    hint = f"write {open_word.target} in its place"
    return file.problem(open_word.pointer, Code.NOT_A_WORD, message, hint)


def _copied(file: YamlFile, plan: Plan, *, is_written: bool) -> Iterator[Problem]:
    """Yield a warning for each entry whose quotations or note are now in several fields."""
    for moving in plan.movings:
        if len(moving.words_by_field) > 1 and moving.is_divisible:
            message = f"{' and '.join(moving.words_by_field)} have what {moving.key} had"
            hint = "leave in each the quotations and the note that are about it"
            field = next(iter(moving.words_by_field)) if is_written else moving.key
            place = (*moving.parent, field)
            yield file.problem(place, Code.MEANING_CHANGED, message, hint)


def _to_read_again(migrated: Iterable[_MigratedFile]) -> Iterator[Problem]:
    """Yield the warnings about codings that are still valid and have another meaning."""
    # The files of one corpus follow one another.
    for _, group in groupby(migrated, lambda file: id(file.codebook)):
        files = list(group)
        sound = (each.file for each in files if not each.file.problems)
        yield from changed_meanings(sound, files[0].codebook)
