"""The provisions of coders who are compared: folders of coded files, or filled workbooks."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.errors import NpcompareError, ProblemsError, refusals
from npcompare.files import show_path
from npcompare.law.checking import DEFAULT_OPTIONS
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import CODEBOOK, layout
from npcompare.readers.spreadsheets import WORKBOOK_SUFFIXES, read_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from npcompare.law.checking import CheckOptions
    from npcompare.law.corpus import Corpus


def load_together(
    folders: Sequence[Path], options: CheckOptions = DEFAULT_OPTIONS
) -> tuple[Corpus, ...]:
    """Load corpora that are to be compared with each other.

    Raises ProblemsError if a file in any of them is refused, and NpcompareError if they are not
    coded in the same codebook.
    """
    corpora = tuple(load_corpus(folder, options) for folder in folders)
    for corpus in corpora:
        corpus.require_provisions()
    if problems := refusals(problem for corpus in corpora for problem in corpus.problems):
        raise ProblemsError(tuple(sorted(set(problems))))
    for folder, corpus in zip(folders, corpora, strict=True):
        if corpus.codebook != corpora[0].codebook:
            raise NpcompareError(
                f"{show_path(folders[0])} and {show_path(folder)} use different codebooks",
                "put the same codebook.yaml into each folder, or into neither",
            )
    return corpora


def load_coders(paths: Sequence[Path], options: CheckOptions) -> tuple[Corpus, ...]:
    """Load the corpora of coders that are to be compared with each other.

    A workbook is checked as `import` checks it, and its provisions are in a folder only while they
    are loaded. It is coded in the codebook of the first folder among the paths. Raises
    ProblemsError if a provision is refused, and NpcompareError as `load_together` does.
    """
    folder = next((path for path in paths if not _is_workbook(path)), None)
    if not any(map(_is_workbook, paths)):
        return load_together(paths, options)
    with ExitStack() as stack:
        corpus = load_corpus(folder, options)
        folders = [
            _unpacked(path, corpus, folder, stack) if _is_workbook(path) else path for path in paths
        ]
        return load_together(folders, replace(options, use_cache=False))


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in WORKBOOK_SUFFIXES


def _unpacked(path: Path, corpus: Corpus, first_folder: Path | None, stack: ExitStack) -> Path:
    """Return a temporary folder with the provisions of a workbook, and the codebook of a folder."""
    import tempfile

    from npcompare.coding.coded_files import write_coded_files
    from npcompare.coding.workbook_entries import read_entries
    from npcompare.coding.workbook_import import imported

    sheets = [read_spreadsheet(path)]
    form = read_entries(sheets, corpus.codebook)
    ids = {entry.id for entry in form.entries}
    for entry in form.entries:
        _leave_out_references(entry.data, ids)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / path.name
    write_coded_files(imported(form, corpus, folder, sheets).files)
    if first_folder:
        _, codebook = layout(first_folder)
        shutil.copyfile(codebook, folder / CODEBOOK)
    return folder


def _leave_out_references(data: dict[str, Any], ids: Collection[str]) -> None:
    """Leave out references to provisions outside the workbook, which say nothing of its coding."""
    succeeds = data.get("succeeds")
    targets = {
        "version_of": [data.get("version_of")],
        "succeeds": [succeeds.get("id") if isinstance(succeeds, dict) else None],
        "fuller": data.get("fuller", []),
    }
    for key, names in targets.items():
        if not set(names) <= set(ids):
            data.pop(key, None)
