"""The folder of a release: when it may be written, and never over files of somebody else."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.atomic_files import replace_folder
from npcompare.dataset import checksums
from npcompare.dataset.metadata import DATA_PACKAGE, FORM, MARK
from npcompare.errors import NpcompareError
from npcompare.file_names import YAML_SUFFIXES
from npcompare.files import no_folder, read_up_to, show_path
from npcompare.law.folders import CODEBOOK, DATASET, leads_out
from npcompare.text import is_control

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The files of a release that are named like coded ones.
_OWN_CODED = frozenset({CODEBOOK, DATASET})

#: No list of files, and no name in it, is this long; a longer one is not that of a release.
_LONGEST_LIST, _LONGEST_NAME = 1024 * 1024, 200


def is_release(folder: Path) -> bool:
    """Return whether a folder has a data package that npcompare has written."""
    return _mark(folder) is not None


def has_later_form(folder: Path) -> bool:
    """Return whether a release was written in a form that this npcompare does not know."""
    mark = _mark(folder)
    return isinstance(mark, dict) and mark.get("form") != FORM


def _mark(folder: Path) -> Any:
    """Return what npcompare has written into the data package of a release; None if nothing."""
    path = folder / DATA_PACKAGE
    if leads_out(path, folder):
        return None
    try:
        package = msgspec.json.decode(read_up_to(path))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return package.get(MARK) if isinstance(package, dict) else None


def files_with_checksums(folder: Path) -> dict[str, str]:
    """Return the checksum of each file that a release lists, by its name.

    What is not the name of a file in the folder is left out. Raises OSError if there is no list.
    """
    path = folder / checksums.FILES
    if leads_out(path, folder):
        raise OSError(errno.ELOOP, "it is a link that leads out of the release")
    text = read_up_to(path, _LONGEST_LIST).decode(errors="replace")
    pairs = (line.split("  ", 1) for line in text.splitlines()[:1000] if "  " in line)
    return {name: checksum for checksum, name in pairs if _is_inside(name)}


def _is_inside(name: str) -> bool:
    """Return whether a name is that of a file in a folder, or in a folder within it."""
    if len(name) > _LONGEST_NAME or any(map(is_control, name)):
        return False
    path = Path(name)
    return (
        not path.is_absolute() and ".." not in path.parts and ":" not in name and "\\" not in name
    )


def check_replaceable(folder: Path, *, force: bool) -> None:
    """Raise NpcompareError if a folder exists that must not be replaced.

    Only a release may be replaced, and only with `force`: nothing else in it would be kept.
    """
    name = show_path(folder)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NpcompareError(f"{name} is not a folder and was not overwritten")
    if not folder.parent.is_dir():
        raise no_folder(folder.parent, show_path(folder.parent), "create it first")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not is_release(folder):
        raise NpcompareError(
            f"{name} is a folder with other files and was not overwritten",
            "choose the name of a new folder",
        )
    if not force:
        raise NpcompareError(
            f"{name} already exists and was not overwritten",
            "choose another name, or add --force to replace the release in it",
        )
    try:
        listed = {checksums.FILES, *files_with_checksums(folder)}
    except OSError:
        listed = {checksums.FILES}
    files = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    # Anyone may have written the list, so it makes no coded file one of the release.
    foreign = [
        path
        for path in files
        if path.is_symlink()
        or path.relative_to(folder).as_posix() not in listed
        or (
            path.suffix.lower() in YAML_SUFFIXES
            and path.relative_to(folder).as_posix() not in _OWN_CODED
        )
    ]
    if foreign:
        raise NpcompareError(
            f"{show_path(foreign[0])} is not a file of the release, so {name} was not replaced",
            "move it to another folder, or choose another name for the release",
        )


def write_folder(
    contents: Iterable[tuple[str, bytes]], folder: Path, *, force: bool = False
) -> int:
    """Write files into a new folder, all or none, and return their number.

    Raises NpcompareError as `check_replaceable` does, and if they cannot be written.
    """
    check_replaceable(folder, force=force)
    try:
        return replace_folder(contents, folder)
    except OSError as error:
        message = f"{show_path(folder)} cannot be written: {error.strerror}"
        raise NpcompareError(message) from error
