"""Where the files of an annex are that are not part of its corpus, such as bills.

A filed annex must not show the folders of a computer more than it has to, and whoever wrote one
must not choose which files `verify` opens. So a file below the current folder is recorded by its
path, and any other also with the digest of its bytes: it is opened only if it still has them, or if
the user names it.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path, PurePath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from npcompare.file_names import YAML_SUFFIXES
from npcompare.files import read_up_to
from npcompare.law.folders import is_path, leads_out
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.reports.records import Digest, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification


class BillFileRecord(Record, frozen=True):
    """A file outside the corpus: its name among the ids, its path and the digest of its bytes."""

    name: str
    path: str
    digest: Digest


def is_below_here(name: str) -> bool:
    """Return whether a name cannot lead to a file outside the current folder, not through links."""
    parts = PurePath(name.replace("\\", "/"))
    if parts.is_absolute() or PureWindowsPath(name).anchor or ".." in parts.parts:
        return False
    return not is_path(name) or "\0" in name or not leads_out(name, Path())


def bill_files(corpus: Corpus, results: Iterable[Classification]) -> list[BillFileRecord]:
    """Return the files of an annex that its ids do not lead to."""
    records = []
    for provision in (result.provision for result in results):
        path = corpus.name_of(provision)
        if path == provision.id or is_below_here(path) or provision.proposed:
            continue
        digest = _digest(Path(path))
        if digest:
            records.append(BillFileRecord(name=provision.id, path=_recorded(path), digest=digest))
    return records


def located(recipe: Mapping[str, Any], names: Sequence[str], named: Sequence[Path]) -> list[str]:
    """Return the names of provisions, with the paths of those that are in files.

    A file that may not be opened has an empty name, so that no other of the same name is taken.

    Args:
        recipe: The recipe of the annex.
        names: The names of its provisions.
        named: Files that the user names; they are taken for those of the same name.
    """
    paths = dict(_safe_paths(recipe))
    given = {path.stem.casefold(): str(path) for path in named}
    stems = {name: PurePath(name).stem for name in names}
    places = {name: name for name in names}
    for record in map(mapping, sequence(recipe.get("files"))):
        name = str(record.get("name"))
        stems[name] = PurePath(str(record.get("path"))).stem
        places[name] = paths.get(name, "")
    return [given.get(stems[name].casefold(), places[name]) for name in names]


def _safe_paths(recipe: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each file that may be opened."""
    for record in map(mapping, sequence(recipe.get("files"))):
        name, path, digest = (str(record.get(key, "")) for key in ("name", "path", "digest"))
        is_from_home = path.startswith("~/")
        rest = path[2:] if is_from_home else path
        if not path.lower().endswith(YAML_SUFFIXES) or _is_remote(rest):
            continue
        place = Path.home() / rest if is_from_home else Path(path)
        if (is_below_here(path) and not is_from_home) or (digest and _digest(place) == digest):
            yield name, str(place) if is_from_home else path


def _is_remote(path: str) -> bool:
    """Return whether a path could lead to another computer or to a device."""
    return path.replace("\\", "/").startswith(("//", "/??/")) or "\0" in path


def _digest(path: Path) -> str:
    """Return the digest of a file; empty if it cannot be read."""
    try:
        return f"sha256:{sha256(read_up_to(path)).hexdigest()}"
    except (OSError, ValueError, RuntimeError):
        return ""


def _recorded(path: str) -> str:
    """Return a path from the current folder, or from the user's own if that says less."""
    absolute = Path(path).absolute()
    home, here = Path.home(), Path.cwd()
    if absolute.is_relative_to(home) and not here.is_relative_to(home):
        return f"~/{absolute.relative_to(home).as_posix()}"
    try:
        return Path(os.path.relpath(absolute, here)).as_posix()
    except ValueError:
        # The file is on another drive.
        return absolute.as_posix()
