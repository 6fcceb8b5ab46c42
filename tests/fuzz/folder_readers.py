"""Properties of what is read from folders: releases, and all the files of a corpus."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from fuzz.packages import new_parts, seed
from fuzz.readers import CONTROLS
from fuzz.sheet_readers import check_files
from fuzz.trees import ROOT
from npcompare.analysis.edition_changes import edition_changes
from npcompare.coding.double_coding import double_coding_findings, load_double_coding
from npcompare.dataset import checksums
from npcompare.dataset.edition_files import edition_of
from npcompare.dataset.folder import write_folder
from npcompare.dataset.metadata import DATA_PACKAGE
from npcompare.dataset.release import release_contents, release_of
from npcompare.dataset.release_import import import_release
from npcompare.dataset.tables import layout
from npcompare.dataset.whats_new_text import whats_new_text
from npcompare.errors import NpcompareError, Problem, ProblemsError, refusals
from npcompare.formats import plain
from npcompare.law import translation
from npcompare.law.checking import DEFAULT_OPTIONS, CheckOptions
from npcompare.law.corpus import load_corpus
from npcompare.law.corpus_labels import check_labels
from npcompare.law.folders import CODEBOOK, DATASET
from npcompare.law.translation import catalogue_of
from npcompare.law.yaml_reader import dump_yaml, read_yaml
from npcompare.reports import changes_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FRESH = CheckOptions(use_cache=False)

#: The files of the released corpus.
_RELEASED = ("gambia", "botswana", "us-vacatur-broad")

#: The files of a release that bytes may replace, in their order: the coded tables come first.
RELEASE_FILES = (
    *(table.file_name for table in sorted(layout(), key=lambda table: table.is_derived)),
    *(DATA_PACKAGE, checksums.ROWS, checksums.FILES, DATASET, CODEBOOK),
)

#: The files of a corpus that bytes may replace.
CORPUS_FILES = (
    *("belgium.yaml", "sources.yaml", "dataset.yaml", "labels/fr.yaml", "profiles/scotland.yaml"),
    *("double-coding/first/belgium.yaml", "double-coding/second/belgium.yaml"),
    "double-coding/settled.yaml",
)


@cache
def _work() -> Path:
    """Return a folder for all runs, which is deleted at the end."""
    folder = tempfile.TemporaryDirectory(prefix="npcompare-fuzz.")
    _KEPT.append(folder)
    return Path(folder.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@cache
def _release() -> Path:
    """Return the folder of a small release, and a copy of it that is changed."""
    statutes, source = ROOT / "statutes", _work() / "corpus"
    source.mkdir()
    for name in (*_RELEASED, "dataset"):
        shutil.copy(statutes / f"{name}.yaml", source)
    _write_sources(source)
    released = release_of(load_corpus(source, _FRESH))
    contents = [
        (name, content)
        for name, content in release_contents(released)
        if name in (*RELEASE_FILES, "README.md")
    ]
    write_folder(contents, _work() / "release")
    shutil.copytree(_work() / "release", _work() / "changed")
    return _work() / "release"


def _write_sources(folder: Path) -> None:
    """Write the documents that the files of a folder name, and no others."""
    words = "".join(path.read_text("utf-8") for path in folder.rglob("*.yaml"))
    documents = read_yaml(ROOT / "statutes" / "sources.yaml").data
    named = {name: document for name, document in documents.items() if name in words}
    (folder / "sources.yaml").write_text(f"# \n{dump_yaml(named)}", encoding="utf-8")


@cache
def _own_corpus() -> Path:
    """Return a folder with a small corpus that has every kind of file beside its provision."""
    statutes, folder = ROOT / "statutes", _work() / "own"
    for name in ("labels", "profiles", "double-coding/first", "double-coding/second"):
        (folder / name).mkdir(parents=True)
    for name in ("belgium", "dataset", "profiles/scotland"):
        shutil.copy(statutes / f"{name}.yaml", folder / f"{name}.yaml")
    for coder in ("first", "second"):
        name = f"double-coding/{coder}/belgium.yaml"
        shutil.copy(statutes / name, folder / name)
    _write_sources(folder)
    labels = read_yaml(statutes / "labels/fr.yaml").data
    labels["proposed"] = dict(list(labels["proposed"].items())[:3])
    settled = read_yaml(statutes / "double-coding/settled.yaml").data
    settled["disagreements"] = [
        entry for entry in settled["disagreements"] if entry["provision"] == "belgium"
    ]
    for name, tree in (("labels/fr", labels), ("double-coding/settled", settled)):
        (folder / f"{name}.yaml").write_text(f"# \n{dump_yaml(tree)}", encoding="utf-8")
    shutil.copytree(folder, _work() / "changed-corpus")
    return folder


def _changed(folder: Path, original: Path, contents: Mapping[str, bytes]) -> Path:
    """Return a copy of a folder with other contents of some files, and of no others."""
    for name in _CHANGED.pop(folder, ()):
        shutil.copy(original / name, folder / name)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    _CHANGED[folder] = tuple(contents)
    return folder


#: Which files of a folder were changed by the run before.
_CHANGED: dict[Path, tuple[str, ...]] = {}


def release(raw: bytes) -> None:
    """Assert that a release with changed files is imported or has findings at their cells."""
    original = _release()
    folder = _changed(_work() / "changed", original, new_parts(raw, RELEASE_FILES))
    try:
        result = import_release(folder, None, None)
    except ProblemsError as error:
        assert refusals(error.problems)
        _check_places(error.problems)
    except NpcompareError:
        return
    else:
        _check_places(result.warnings)
        check_files(result)


def changes(raw: bytes) -> None:
    """Assert that any release is compared with another one, or refused with a sentence."""
    original = _release()
    folder = _changed(_work() / "changed", original, new_parts(raw, RELEASE_FILES))
    try:
        editions = edition_of(original, _FRESH), edition_of(folder, _FRESH)
    except NpcompareError:
        return
    for pair in (editions, editions[::-1]):
        result = edition_changes(*pair)
        document = changes_report.changes(result)
        assert plain.write(document)
        assert json.loads(msgspec.json.encode(document.data))
        assert whats_new_text(result)


def corpus_folder(raw: bytes) -> None:
    """Assert that any corpus is loaded, with its findings at places of its files."""
    original = _own_corpus()
    contents = new_parts(raw, CORPUS_FILES)
    folder = _changed(_work() / "changed-corpus", original, contents)
    try:
        loaded = load_corpus(folder)
    except ProblemsError as error:
        _check_places(error.problems)
        return
    except NpcompareError:
        return
    problems = [*loaded.problems]
    if any(name.startswith("labels") for name in contents):
        problems += check_labels(loaded, DEFAULT_OPTIONS)[0]
        translation._data.cache_clear()
        with suppress(NpcompareError):
            assert catalogue_of("fr", statutes=folder).messages
    if any(name.startswith("double-coding") for name in contents):
        problems += double_coding_findings(loaded, DEFAULT_OPTIONS).problems
        with suppress(NpcompareError):
            assert load_double_coding(loaded, DEFAULT_OPTIONS)
    _check_places(problems)
    with suppress(NpcompareError):
        assert loaded.all_provisions()


def _check_places(problems: Iterable[Problem]) -> None:
    """Assert that findings are at lines of their files and can be printed."""
    for problem in problems:
        path = Path(problem.path)
        raw = path.read_bytes() if path.is_file() else b""
        lines = raw.count(b"\n") + raw.count(b"\r") + 1
        assert 1 <= problem.line <= lines, problem
        assert problem.column >= 1, problem
        assert not CONTROLS.search(str(problem)), problem
        problem.hint.encode()


# --- What the searches begin with ----------------------------------------------------------------


def _files(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names}


def release_seeds() -> list[bytes]:
    """Return a release as its files."""
    parts = _files(_release(), RELEASE_FILES)
    small = {name: content for name, content in parts.items() if len(content) < 10_000}
    files_alone = [seed({name: content}, RELEASE_FILES) for name, content in small.items()]
    return [seed(small, RELEASE_FILES), *files_alone]


def corpus_seeds() -> list[bytes]:
    """Return each file of a corpus alone."""
    parts = _files(_own_corpus(), CORPUS_FILES)
    return [seed({name: b"# \n" + content}, CORPUS_FILES) for name, content in parts.items()]
