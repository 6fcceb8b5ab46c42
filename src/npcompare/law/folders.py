"""Where the files of a corpus lie, and what among them is never opened.

A corpus may come from anywhere. So no link leads from it to files that nobody named, and what
cannot be read or entered is a finding: a law must not be missing unseen.
"""

from __future__ import annotations

import os
from pathlib import Path

from npcompare.errors import Code, NpcompareError, Problem, ProblemsError
from npcompare.files import bundled, show_path

CODEBOOK = "codebook.yaml"
BIBLIOGRAPHY = "sources.yaml"
SUFFIXES = (".yaml", ".yml")
_SCHEMA = "provision.schema.json"

_LINKED_FOLDER = "the folder is a link, and is not followed"
_INSTEAD = "put what it leads to in its place"


def layout(folder: Path | None) -> tuple[Path, Path]:
    """Return where a corpus keeps its provisions, and the codebook they are coded in."""
    ours = bundled("schemas") / CODEBOOK
    if folder is None:
        return bundled("statutes"), ours
    if not folder.is_dir():
        raise NpcompareError(f"there is no folder {show_path(folder)}")
    inside = folder / "statutes"
    statutes = inside if inside.is_dir() else folder
    own = (folder / CODEBOOK, statutes / CODEBOOK, folder / "schemas" / CODEBOOK)
    codebook = next((path for path in own if path.is_file()), ours)
    for path in (statutes, *{codebook} - {ours}):
        if leads_out(path, folder):
            raise ProblemsError((linked_out(path),))
    return statutes, codebook


def schema_for(path: Path) -> str:
    """Return where the schema of a provision lies for a file: in its own corpus, or the bundled."""
    folders = (path.parent / above / "schemas" for above in ("", ".."))
    every = [folder / _SCHEMA for folder in (*folders, bundled("schemas"))]
    found = next((one for one in every if one.is_file()), every[-1])
    return Path(os.path.relpath(found, path.parent)).as_posix()


def provision_files(statutes: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of a corpus, and findings about what in it is not opened."""
    if not os.access(statutes, os.R_OK | os.X_OK):
        raise NpcompareError(f"the folder {show_path(statutes)} cannot be read")
    found: list[str] = []
    closed: list[OSError] = []
    barred: list[Problem] = []
    for folder, below, names in os.walk(statutes, onerror=closed.append):
        below[:] = [name for name in below if not name.startswith(".")]
        linked = [name for name in below if (Path(folder) / name).is_symlink()]
        barred += [_barred(f"{folder}{os.sep}{name}", _LINKED_FOLDER) for name in linked]
        # A folder that is named like a provision has a finding of its own.
        found += [f"{folder}{os.sep}{name}" for name in (*names, *below) if _is_provision(name)]
    for one in closed:
        barred.append(_barred(one.filename, f"the folder cannot be read: {one.strerror}", ""))
    # Part by part and without suffixes, so that a folder stands among the files beside it.
    found.sort(key=lambda one: one[: one.rindex(".")].split(os.sep))  # noqa: PTH206 - quicker
    outside = {one for one in found if _is_link(one) and leads_out(one, statutes)}
    barred += [linked_out(path) for path in sorted(outside)]
    paths = [Path(one) for one in found if one not in outside]
    if not paths and barred:
        raise ProblemsError(tuple(sorted(barred)))
    if not paths:
        raise NpcompareError(
            f"there is no provision in the folder {show_path(statutes)}",
            "a provision is a file that ends in .yaml; `npcompare show kenya` shows one",
        )
    return paths, barred


def leads_out(path: Path | str, folder: Path) -> bool:
    """Say whether a path, its links followed, is outside of a folder."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def linked_out(path: Path | str) -> Problem:
    """Return the finding about a link that leads out of the corpus."""
    return _barred(path, "it is a link that leads out of the corpus, and is not followed")


def _is_link(path: str) -> bool:
    return os.path.islink(path)  # noqa: PTH114 - thousands of files are asked, and this is quicker


def _barred(path: Path | str, why: str, hint: str = _INSTEAD) -> Problem:
    return Problem(show_path(Path(path)), 1, 1, Code.UNREADABLE, why, hint)


def _is_provision(name: str) -> bool:
    is_yaml = name.lower().endswith(SUFFIXES) and not name.startswith(".")
    return is_yaml and name not in (CODEBOOK, BIBLIOGRAPHY)
