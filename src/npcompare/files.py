"""Files as bytes: where those of npcompare lie, how a user's are named, how much of one is read."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from npcompare.errors import NpcompareError, no_file

#: No coded file and no text of a law comes near this; one that does is a mistake or an attack.
LARGEST_FILE = 4 * 1024 * 1024

#: How the files of word processors begin: .docx and .odt, .doc, .rtf, and PDF.
_WORD_PROCESSED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")


def bundled(name: str) -> Path:
    """Return a folder that travels with npcompare: inside the package, or beside it in a clone."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent.parent / name


def bundled_schema(name: str) -> bytes:
    """Return the bytes of a file that stands with the schemas."""
    return (bundled("schemas") / name).read_bytes()


def show_path(path: Path) -> str:
    """Return a path as the user would write it: below the current folder, relative to it."""
    try:
        here = os.getcwd()  # noqa: PTH109 - thousands of paths are shown, and this is quicker
    except OSError:
        return path.as_posix()
    whole = os.path.join(here, path)  # noqa: PTH118 - the same
    if whole == here:
        return "."
    below = whole.removeprefix(here.rstrip(os.sep) + os.sep)
    return below.replace(os.sep, "/") if below != whole else path.as_posix()


def contents(path: Path, most: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file, up to one more than the most; raise OSError if it has none."""
    # Thousands of files are read, and this is the quickest; a pipe must not keep it waiting.
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is not a file")
        raw = os.read(opened, min(found.st_size, most) + 1)
        while len(raw) <= most and (more := os.read(opened, most + 1 - len(raw))):
            raw += more
        return raw
    finally:
        os.close(opened)


def held_in(path: Path, most: int = LARGEST_FILE, shown: str = "") -> bytes:
    """Return the bytes of a file; raise NpcompareError if it is missing, no file, or too large."""
    if not path.is_file():
        raise no_file(path, shown)
    return _bounded(contents(path, most), most, shown or str(path))


def _bounded(raw: bytes, most: int, shown: str) -> bytes:
    if len(raw) > most:
        raise NpcompareError(f"{shown} is larger than {most // 1024 // 1024} MB")
    return raw


def read_text(name: str) -> str:
    """Return the words in a plain text file, or those piped in where the name is "-".

    Raises NpcompareError for a file that is missing, too large, or not plain text in UTF-8.
    """
    if name == "-":
        # Where the shell has closed the input there is none.
        shown = "what is piped in"
        raw = sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin else b""
        raw = _bounded(raw, LARGEST_FILE, shown)
    else:
        path = Path(name)
        shown = show_path(path)
        if path.suffix.lower() in (".yaml", ".yml"):
            raise NpcompareError(f"{shown} is a coded file", "put the words alone into a .txt file")
        raw = held_in(path, shown=shown)
    hint = 'save it as plain text in the encoding "UTF-8" (in Word: Save as, Plain text, .txt)'
    if raw.startswith(_WORD_PROCESSED):
        raise NpcompareError(f"{shown} is a word processor's file and no plain text", hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NpcompareError(f"{shown} is not plain text in UTF-8", hint) from error
    if not text.strip():
        raise NpcompareError(f"there are no words in {shown}")
    return text
