"""Write the files of several provisions, all or none."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from npcompare.atomic_files import replace_file
from npcompare.errors import NpcompareError
from npcompare.files import create_files
from npcompare.law.folders import BIBLIOGRAPHY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_coded_files(files: Mapping[Path, str], *, force: bool = False) -> None:
    """Write coded files, all or none; existing ones are overwritten only with `force`.

    Missing folders are created. Raises NpcompareError if a file exists, is a link or cannot be
    written; then what was there before is there again.
    """
    before = {path: path.read_bytes() for path in files if _may_be_written(path, force=force)}
    new: dict[Path, dict[str, str]] = {}
    for path, content in files.items():
        if path not in before:
            new.setdefault(path.parent, {})[path.name] = content
    created: list[Path] = []
    try:
        for path in before:
            replace_file(files[path], path, force=True)
        for folder, contents in new.items():
            created += create_files(contents, folder)
    except BaseException as error:
        _restore(before)
        for path in created:
            path.unlink()
        if isinstance(error, OSError):
            raise NpcompareError(f"{error.filename} cannot be written: {error.strerror}") from error
        raise


def _may_be_written(path: Path, *, force: bool) -> bool:
    """Return whether a file exists that may be overwritten; raise NpcompareError if it may not."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise NpcompareError(f"{path} is not a regular file and was not overwritten")
    if path.exists() and not force:
        hint = "choose another folder, or add --force to overwrite it"
        if path.name == BIBLIOGRAPHY:
            hint = "add --force to add the documents that it does not have yet; the others stay"
        raise NpcompareError(f"{path} already exists and was not overwritten", hint)
    return path.exists()


def _restore(before: Mapping[Path, bytes]) -> None:
    """Write the contents that files had before."""
    for path, content in before.items():
        with suppress(OSError):
            if path.read_bytes() != content:
                replace_file(content, path, force=True)
