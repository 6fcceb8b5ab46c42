"""Keep the results of checking a file, so that an unchanged file is not checked again.

A corpus has one cache file, and one for each task that is computed for its files. Guarantees:

- The key of an entry is the digest of the file's bytes and of all that they were checked against
  (see `checking`). A change in either gives another key.
- A cache file ends in the digest of its bytes. A damaged, incomplete or missing one counts as
  empty: its files are checked again, and it is written again without a message.
- On systems with file owners, a cache file is read only if it is a regular file that belongs to
  the user, in a folder that belongs to the user, and nobody else may write to either.
- It contains JSON, decoded by type; nothing in it is executed.
- It is replaced atomically, so two processes do not disturb each other.

This is no protection against a program that runs as the user; such a program could change the law's
files as well. The latest 32 cache files are kept. If NPCOMPARE_NO_CACHE is set, nothing is read or
written.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from npcompare.errors import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Line, column, code, message and hint of a finding; the path is that of the file.
CachedFinding = tuple[int, int, Code, str, str]

_SUFFIX = ".pack"
_UNFINISHED_SUFFIX = ".part"
_MAX_FILES = 32
_SECONDS_PER_HOUR = 3600

#: How many bytes at the end of a cache file are its digest.
_DIGEST_LENGTH = 64

#: A pipe in the place of a cache file must not make the run wait.
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)


#: Whether nothing is kept, besides what options say.
_is_off: ContextVar[bool] = ContextVar("cache is off", default=False)


@contextmanager
def without_cache(*, is_wanted: bool = True) -> Iterator[None]:
    """Within a block, keep nothing and use nothing that was kept, if that is wanted."""
    token = _is_off.set(is_wanted)
    try:
        yield
    finally:
        _is_off.reset(token)


class CacheEntry(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of one file."""

    key: str
    findings: tuple[CachedFinding, ...]
    #: The file's data, as JSON.
    data: msgspec.Raw


class Cache:
    """The entries stored for one corpus, and those that this run uses."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Open the cache of the corpus in these places; it is empty if there is none."""
        self._path: Path | None = None
        self._stored: dict[str, CacheEntry] = {}
        self._current: dict[str, CacheEntry] = {}
        if _is_off.get() or os.environ.get("NPCOMPARE_NO_CACHE"):
            return
        # Without a home or a current folder there is no place for a cache.
        with suppress(RuntimeError, OSError):
            places = "\0".join(os.path.realpath(path) for path in paths)
            name = sha256(places.encode("utf-8", "surrogateescape")).hexdigest()
            self._path = _folder() / f"{name}{_SUFFIX}"
            self._stored = {entry.key: entry for entry in _read(self._path)}

    def find(self, key: str) -> CacheEntry | None:
        """Return the entry with this key, or None."""
        return self._stored.get(key)

    def add(self, entry: CacheEntry) -> None:
        """Store an entry when the cache is saved, unless its key is empty."""
        if entry.key:
            self._current[entry.key] = entry

    def save(self) -> None:
        """Write the entries of this run, unless exactly these are stored already."""
        if self._path is None or self._current.keys() == self._stored.keys():
            return
        with suppress(OSError):
            _write(self._path, self._current.values())


class NullCache(Cache):
    """Stores nothing: for runs without a cache."""

    def __init__(self) -> None:
        """Create a cache without entries and without a file."""
        super().__init__(())
        self._path = None
        self._stored = {}


def _folder() -> Path:
    """Return the user's cache folder for npcompare, by the convention of the platform."""
    xdg_folder = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if xdg_folder.is_absolute():
        return xdg_folder / "npcompare"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "npcompare" / "Cache"
    parts = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
    home = Path.home()
    if not home.is_absolute():
        # The cache would be in the current folder.
        raise RuntimeError("the home folder has no absolute path")
    return home.joinpath(*parts, "npcompare")


def _is_private(status: os.stat_result) -> bool:
    """Return whether a file or folder belongs to the user and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True
    writable_by_others = stat.S_IWGRP | stat.S_IWOTH
    return status.st_uid == os.geteuid() and not status.st_mode & writable_by_others


def _is_private_folder(folder: Path) -> bool:
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and _is_private(status)


def _read(path: Path) -> list[CacheEntry]:
    """Return the entries of a cache file; an empty list if anything is wrong with it."""
    try:
        if not _is_private_folder(path.parent):
            return []
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _NONBLOCK)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            if not (stat.S_ISREG(status.st_mode) and _is_private(status)):
                return []
            return _decode(stream.read())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return []


def _decode(raw: bytes) -> list[CacheEntry]:
    """Return the entries of a cache file, one a line; an empty list if it is damaged."""
    lines, digest = memoryview(raw)[:-_DIGEST_LENGTH], raw[-_DIGEST_LENGTH:]
    if sha256(lines).hexdigest().encode() != digest:
        return []
    # The data of an entry is decoded only when it is used, where nothing could be done about it.
    str(lines, "utf-8")
    return msgspec.json.Decoder(CacheEntry).decode_lines(lines)


def _write(path: Path, entries: Iterable[CacheEntry]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_private_folder(path.parent):
        return
    unfinished = path.with_suffix(f".{os.getpid()}-{time.time_ns()}{_UNFINISHED_SUFFIX}")
    encode, digest = msgspec.json.Encoder().encode, sha256()
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for entry in entries:
                line = encode(entry) + b"\n"
                digest.update(line)
                stream.write(line)
            stream.write(digest.hexdigest().encode())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _prune(path.parent)


def _prune(folder: Path) -> None:
    """Delete all but the latest cache files, and files that an interrupted run left unfinished."""
    cache_files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)
    an_hour_ago = time.time() - _SECONDS_PER_HOUR
    stale = [
        path for path in folder.glob(f"*{_UNFINISHED_SUFFIX}") if path.stat().st_mtime < an_hour_ago
    ]
    for path in (*cache_files[:-_MAX_FILES], *stale):
        path.unlink(missing_ok=True)
