"""Find the files of a corpus, and refuse links that lead out of it.

A corpus may come from an untrusted source, so no link is followed to files outside it. A file or
folder that cannot be read is a finding, so that no law is missing without notice.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from npcompare.errors import Code, NpcompareError, Problem, ProblemsError
from npcompare.file_names import SHOW_ENDINGS, YAML_SUFFIXES
from npcompare.files import bundled, is_file, no_folder, show_path
from npcompare.readers.endings import is_text_path
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

CODEBOOK = "codebook.yaml"
BIBLIOGRAPHY = "sources.yaml"
#: The folder of the State profiles; it is not a collection of provisions.
PROFILES = "profiles"

#: What the corpus is as a dataset; it is not a provision either.
DATASET = "dataset.yaml"
#: The folder of the provisions that were coded twice, and of what was decided on them.
DOUBLE_CODING = "double-coding"

#: The folder of translations, in that of a corpus and in that of the schemas.
LABELS = "labels"
_SCHEMA = "provision.schema.json"
#: The folder of the provisions, if there are other folders beside it.
STATUTES = "statutes"

#: A file that every release of a corpus as a dataset has.
_RELEASE_MARK = "datapackage.json"

_TEXT_SUFFIXES = tuple(f"{suffix}.txt" for suffix in YAML_SUFFIXES)

_SAVED_AS_TEXT = "the file was not read, because its name ends in .txt"
_ENDING_HINT = f"rename it without .txt; {SHOW_ENDINGS}"
_IN_A_SUBFOLDER = "the file was not read, because it is in a sub-folder"
_IS_A_FOLDER = "it is a folder, not a file, and was not read"
_LINKED_FOLDER = "the folder is a link and was not followed"
_LINK_HINT = "replace the link with the folder or file itself"


def layout(folder: Path | None) -> tuple[Path, Path]:
    """Return the folder of a corpus's provisions, and the codebook they are coded in."""
    bundled_codebook = bundled("schemas") / CODEBOOK
    if folder is None:
        return bundled("statutes"), bundled_codebook
    if not folder.is_dir():
        raise no_folder(folder, show_path(folder))
    subfolder = folder / STATUTES
    statutes = subfolder if subfolder.is_dir() else folder
    paths = (folder / CODEBOOK, statutes / CODEBOOK, folder / "schemas" / CODEBOOK)
    codebook = next((path for path in paths if path.is_file()), bundled_codebook)
    for path in (statutes, *{codebook} - {bundled_codebook}):
        if leads_out(path, folder):
            raise ProblemsError((linked_out(path),))
    return statutes, codebook


def schema_for(path: Path, name: str = _SCHEMA) -> str:
    """Return the path from a file to a schema in its corpus, or to the bundled one."""
    folders = (path.parent / folder / "schemas" for folder in ("", ".."))
    schemas = [folder / name for folder in (*folders, bundled("schemas"))]
    schema = next((schema for schema in schemas if schema.is_file()), schemas[-1])
    try:
        return Path(os.path.relpath(schema, path.parent)).as_posix()
    except ValueError:
        # On Windows, no relative path leads to another drive.
        return schema.resolve().as_uri()


def subfolder_of(path: Path, statutes: Path) -> str:
    """Return the sub-folder of a corpus that a file is in; empty if it is in none."""
    return next(iter(path.parts[len(statutes.parts) : -1]), "")


def provision_files(statutes: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of a corpus, and findings about links and folders that are not opened."""
    if not os.access(statutes, os.R_OK | os.X_OK):
        raise NpcompareError(f"the folder {show_path(statutes)} cannot be read")
    paths, problems = _files(statutes, PROFILES, LABELS, DOUBLE_CODING)
    if not paths and problems:
        raise ProblemsError(tuple(sorted(problems)))
    if not paths and not _is_corpus(statutes):
        raise NpcompareError(
            f"the folder {show_path(statutes)} contains no provisions",
            "a provision is a file that ends in .yaml; `npcompare show kenya` shows one",
        )
    return paths, problems


def provision_ids(folder: Path | None) -> tuple[str, ...]:
    """Return the ids of a corpus by the names of its files, without opening any."""
    return tuple(path.stem for path in provision_files(layout(folder)[0])[0])


def _is_corpus(statutes: Path) -> bool:
    """Return whether a folder without provisions is nevertheless the beginning of a corpus."""
    names = (BIBLIOGRAPHY, CODEBOOK, DATASET)
    return statutes.name == STATUTES or any((statutes / name).is_file() for name in names)


def no_provisions(statutes: Path) -> NpcompareError:
    """Return the error for a corpus that has no provisions yet."""
    folder = statutes.parent if statutes.name == STATUTES else statutes
    if (folder / _RELEASE_MARK).is_file():
        new_corpus = command("npcompare", "import", folder, "-o", f"{folder}-corpus")
        message = f"{show_path(folder)} is a dataset, not a corpus"
        return NpcompareError(message, f"to make a corpus of it: {new_corpus}")
    path = statutes / "my-provision.yaml"
    new = command("npcompare", "new", path.stem, "--corpus", folder, "-o", path)
    return NpcompareError(
        f"the corpus {show_path(folder)} has no provisions yet", f"to start one: {new}"
    )


def profile_files(statutes: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of a corpus's State profiles, and findings as `provision_files` does."""
    folder = statutes / PROFILES
    # The finding about a folder that is a link is among those of the provisions.
    return _files(folder) if folder.is_dir() and not folder.is_symlink() else ([], [])


def is_profile(path: Path) -> bool:
    """Return whether a file is in a folder of State profiles."""
    return path.resolve().parent.name == PROFILES


def label_files(statutes: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of a corpus's translations, and findings as `provision_files` does."""
    folder = statutes / LABELS
    return _files(folder) if folder.is_dir() and not folder.is_symlink() else ([], [])


def is_label_file(path: Path) -> bool:
    """Return whether a file is in a folder of translations."""
    return path.resolve().parent.name == LABELS


def _files(folder: Path, *excluded: str) -> tuple[list[Path], list[Problem]]:
    """Return the YAML files in a folder and below it, except in some folders, and findings."""
    names, problems = _walk(folder, excluded)
    # By parts and without suffixes, so that a folder is sorted among the files beside it.
    names.sort(key=lambda name: name[: name.rindex(".")].split(os.sep))  # noqa: PTH206 - faster
    outside = {name for name in names if _is_link(name) and leads_out(name, folder)}
    problems += [linked_out(name) for name in sorted(outside)]
    return [Path(name) for name in names if name not in outside], problems


def _walk(top: Path, excluded: tuple[str, ...]) -> tuple[list[str], list[Problem]]:
    """Return the names of all files and folders that are named like provisions, and findings."""
    names: list[str] = []
    errors: list[OSError] = []
    problems: list[Problem] = []
    for folder, subfolders, files in os.walk(top, onerror=errors.append):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        links = [name for name in subfolders if (Path(folder) / name).is_symlink()]
        if Path(folder) == top:
            subfolders[:] = [name for name in subfolders if name not in excluded]
        problems += [_not_opened(f"{folder}{os.sep}{name}", _LINKED_FOLDER) for name in links]
        problems += [
            _not_opened(f"{folder}{os.sep}{name}", _SAVED_AS_TEXT, _ENDING_HINT)
            for name in files
            if name.lower().endswith(_TEXT_SUFFIXES) and not name.startswith(".")
        ]
        problems += _misplaced(Path(folder), subfolders, files, top)
        # A folder that is named like a provision gets a finding when it is read.
        names += [
            f"{folder}{os.sep}{name}" for name in (*files, *subfolders) if _is_provision(name)
        ]
    problems += [
        _not_opened(error.filename, f"the folder cannot be read: {error.strerror}", "")
        for error in errors
    ]
    return names, problems


def _misplaced(
    folder: Path, subfolders: Iterable[str], files: Collection[str], top: Path
) -> list[Problem]:
    """Return the findings about a bibliography or description that no command reads.

    A codebook or a description in a sub-folder may be that of a release.
    """
    problems = [
        _not_opened(folder / name, _IS_A_FOLDER, "rename the folder, or move it away")
        for name in subfolders
        if name in (BIBLIOGRAPHY, CODEBOOK, DATASET)
    ]
    for name in (BIBLIOGRAPHY, DATASET):
        if name in files and folder != top and _RELEASE_MARK not in files:
            hint = f"move what it has to {show_path(top / name)}"
            problems.append(_not_opened(folder / name, _IN_A_SUBFOLDER, hint))
    return problems


def leads_out(path: Path | str, folder: Path) -> bool:
    """Return whether a path is outside a folder after its links are followed."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def linked_out(path: Path | str) -> Problem:
    """Return the finding about a link that leads out of the corpus."""
    return _not_opened(path, "it is a link that leads out of the corpus and was not followed")


def _is_link(path: str) -> bool:
    return os.path.islink(path)  # noqa: PTH114 - called for thousands of files, and this is faster


def _not_opened(path: Path | str, reason: str, hint: str = _LINK_HINT) -> Problem:
    return Problem(show_path(Path(path)), 1, 1, Code.UNREADABLE, reason, hint)


def _is_provision(name: str) -> bool:
    is_yaml = name.lower().endswith(YAML_SUFFIXES) and not name.startswith(".")
    return is_yaml and name not in (CODEBOOK, BIBLIOGRAPHY, DATASET)


def fault_of_file_name(name: str) -> str:
    """Return why a provision cannot be in a file with a name; empty if it can.

    In a file of another kind it would not be found among the provisions.
    """
    kinds = {BIBLIOGRAPHY: "bibliography", CODEBOOK: "codebook", DATASET: "description"}
    kind = kinds.get(name.casefold(), "")
    return f"{name.casefold()} is the file of the {kind}" if kind else ""


def is_path(name: str) -> bool:
    """Return whether a name is the path of a file, not the id or name of a provision."""
    has_ending = name.lower().endswith(YAML_SUFFIXES) or is_text_path(name)
    return has_ending or "/" in name or "\\" in name


def path_without_ending(name: str) -> str:
    """Return the path of the YAML file with this name and an ending, or an empty string."""
    return next((name + suffix for suffix in YAML_SUFFIXES if is_file(name + suffix)), "")
