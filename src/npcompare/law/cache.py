"""What has been checked once, kept: the data of a file and what was found in it.

Hides where it is kept, in which form, and whom it is taken back from. What is promised:

- An entry is found only under a key that is the digest of the file's own bytes together with all
  they were checked against (see `gate`). A changed byte in either is another key, so it is seen.
- Each pack ends in the digest of its bytes. One that is cut short, damaged, of another form or not
  there at all is as none: its files are checked anew and it is written anew. Nothing is said of it.
- On systems with owners, a pack counts only if it is a plain file of the user's own in a folder
  of the user's own, and no one else may write to either. What another user plants is not read.
- It is JSON, read by type: nothing in it is ever run.
- A pack is put in place whole by one renaming, so two processes at once do each other no harm.

It is no defence against who can write as the user: such a person could change the law's files.
There is a pack for each corpus, and one for the doubts of it; the latest 32 are kept. With
NPCOMPARE_NO_CACHE set to anything, nothing is read or written.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from npcompare.errors import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Line, column, code, message and hint of a finding; its path is that of the file.
Finding = tuple[int, int, Code, str, str]

_SUFFIX = ".pack"
_UNFINISHED = ".part"
_MOST_PACKS = 32
_HOUR = 3600

#: How many bytes at the end of a pack are its digest.
_DIGEST = 64


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of one file."""

    key: str
    found: tuple[Finding, ...]
    #: The file's data, as JSON.
    data: msgspec.Raw


class Pack:
    """The entries kept for one corpus, and those that this run adds."""

    def __init__(self, of: Iterable[Path]) -> None:
        """Open the pack of the corpus that lies in these places; an empty one if it has none."""
        self._path: Path | None = None
        self._held: dict[str, Entry] = {}
        self._used: dict[str, Entry] = {}
        if os.environ.get("NPCOMPARE_NO_CACHE"):
            return
        # Where there is no home or no current folder, there is nowhere to keep anything.
        with suppress(RuntimeError, OSError):
            named = "\0".join(os.path.realpath(path) for path in of)
            name = sha256(named.encode("utf-8", "surrogateescape")).hexdigest()
            self._path = _folder() / f"{name}{_SUFFIX}"
            self._held = {one.key: one for one in _read(self._path)}

    def find(self, key: str) -> Entry | None:
        """Return the entry of a key, if there is one."""
        return self._held.get(key)

    def add(self, entry: Entry) -> None:
        """Keep an entry when the pack is saved; one without a key is not kept."""
        if entry.key:
            self._used[entry.key] = entry

    def save(self) -> None:
        """Write the entries that were added, unless they are those on the disk."""
        if self._path is None or self._used.keys() == self._held.keys():
            return
        with suppress(OSError):
            _write(self._path, self._used.values())


class NoPack(Pack):
    """Keeps nothing: for when no cache is wanted."""

    def __init__(self) -> None:
        """Hold no entries and no place to write them to."""
        super().__init__(())
        self._path = None
        self._held = {}


def _folder() -> Path:
    """Return where the platform keeps what programs can make again, for this user."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if given.is_absolute():
        return given / "npcompare"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "npcompare" / "Cache"
    below = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
    return Path.home().joinpath(*below, "npcompare")


def _is_ours(found: os.stat_result) -> bool:
    """Say whether a file or folder is the user's own, and no one else may write to it."""
    if not hasattr(os, "geteuid"):
        return True
    others = stat.S_IWGRP | stat.S_IWOTH
    return found.st_uid == os.geteuid() and not found.st_mode & others


def _read(path: Path) -> list[Entry]:
    """Return the entries of a pack; none if anything about it is not as it was written."""
    try:
        above = path.parent.lstat()
        if not (stat.S_ISDIR(above.st_mode) and _is_ours(above)):
            return []
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _NONBLOCK)
        with os.fdopen(opened, "rb") as stream:
            found = os.fstat(opened)
            if not (stat.S_ISREG(found.st_mode) and _is_ours(found)):
                return []
            return _entries(stream.read())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, _DamagedError):
        return []


#: A pipe in the place of a pack must not keep the run waiting.
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)


class _DamagedError(Exception):
    """A pack does not end in the digest of its bytes."""


def _entries(raw: bytes) -> list[Entry]:
    """Return the entries of a pack, a line each; raise _DamagedError if it is damaged."""
    lines, digest = memoryview(raw)[:-_DIGEST], raw[-_DIGEST:]
    if sha256(lines).hexdigest().encode() != digest:
        raise _DamagedError
    return msgspec.json.Decoder(Entry).decode_lines(lines)


def _write(path: Path, entries: Iterable[Entry]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    above = path.parent.lstat()
    if not (stat.S_ISDIR(above.st_mode) and _is_ours(above)):
        return
    unfinished = path.with_suffix(f".{os.getpid()}-{time.time_ns()}{_UNFINISHED}")
    encode, digest = msgspec.json.Encoder().encode, sha256()
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "wb") as stream:
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
    """Remove all but the latest packs, and what a run that was ended left unfinished."""
    packs = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)
    stale = [
        path
        for path in folder.glob(f"*{_UNFINISHED}")
        if path.stat().st_mtime < time.time() - _HOUR
    ]
    for path in (*packs[:-_MOST_PACKS], *stale):
        path.unlink(missing_ok=True)
