"""Write the files of several provisions, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.files import write_all
from npcompare.law.folders import BIBLIOGRAPHY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_coded_files(files: Mapping[Path, str], *, force: bool = False) -> None:
    """Write coded files, all or none; existing ones are overwritten only with `force`.

    Missing folders are created. Raises NpcompareError if a file exists, is a link or cannot be
    written; then what was there before is there again.
    """
    for path in files:
        _check(path, force=force)
    write_all(files, force=force, is_synced=False)


def _check(path: Path, *, force: bool) -> None:
    """Raise NpcompareError if a coded file must not be written."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise NpcompareError(f"{path} is not a regular file and was not overwritten")
    if path.exists() and not force:
        hint = "choose another folder, or add --force to overwrite it"
        if path.name == BIBLIOGRAPHY:
            hint = "add --force to add the documents that it does not have yet; the others stay"
        raise NpcompareError(f"{path} already exists and was not overwritten", hint)
