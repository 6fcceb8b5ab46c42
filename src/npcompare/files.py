"""Files as bytes: where those of npcompare lie, how a user's are named, how much of one is read."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    #: What is written into a file, perhaps in pieces.
    Content = str | bytes | Iterable[str]

#: No coded file and no text of a law comes near this; one that does is a mistake or an attack.
LARGEST_FILE = 4 * 1024 * 1024

#: How the files of word processors begin: .docx and .odt, .doc, .rtf, and PDF.
_WORD_PROCESSED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")

#: The ends of the names of files that people code by hand.
_CODED = frozenset({".yaml", ".yml"})

_FORCE = "give --force to write over it"


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


def read_up_to(path: Path, most: int = LARGEST_FILE) -> bytes:
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


def read_bytes(path: Path, most: int = LARGEST_FILE, shown: str = "") -> bytes:
    """Return the bytes of a file; raise NpcompareError if it is missing, no file, or too large."""
    if not path.is_file():
        raise no_file(path, shown)
    return _bounded(read_up_to(path, most), most, shown or str(path))


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
        raw = read_bytes(path, shown=shown)
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


def no_file(path: Path, shown: str = "") -> NpcompareError:
    """Return the error for a file that is not there, with the name beside it that is likest."""
    from difflib import get_close_matches

    folder = path.parent
    if not folder.is_dir():
        hint = f"there is no folder {folder} either: is this the folder you meant to be in?"
        return NpcompareError(f"there is no file {shown or path}", hint)
    try:
        beside = {one.name.casefold(): one.name for one in folder.iterdir()}
    except OSError:
        beside = {}
    meant = get_close_matches(path.name.casefold(), beside, n=1, cutoff=0.8)
    hint = f'did you mean "{folder / beside[meant[0]]}"?' if meant else ""
    return NpcompareError(f"there is no file {shown or path}", hint)


# --- Writing


def save(content: str | bytes, path: Path, *, force: bool = False) -> None:
    """Write a file whole or not at all; one that exists is kept unless `force` says otherwise.

    What is no plain file is never written over, nor is a coded file, whatever `force` says. A
    link is followed.
    """
    save_all({path: content}, force=force)


def save_all(files: Mapping[Path, Content], *, force: bool = False) -> None:
    """Write files as `save` does; none of them where any may not be written."""
    targets = {path: check_writable(path, force=force) for path in files}
    for path, content in files.items():
        _write(content, path, targets[path], force=force)


def create_coded_file(content: str, path: Path, *, mark: str = "", force: bool = False) -> None:
    """Write a coded file whole or not at all; one that is there is kept.

    It is written over if `force` says so and one of its lines is the mark of its kind: a provision
    never is, whatever its name.
    """
    if path.suffix.lower() not in _CODED:
        raise NpcompareError(f"{path} would be no coded file", "end its name in .yaml")
    if path.exists() and not (mark and _bears(path, mark)):
        raise NpcompareError(
            f"{path} exists already and is kept", "name another file, or put this one away first"
        )
    _write(content, path, _place(path, force=force), force=force)


def create_files(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Write new files into a folder, all or none, and return their paths.

    The folder and those below it are made where they are missing. Nothing that is there is touched:
    raises NpcompareError where any of the files exists, and leaves nothing behind where one cannot
    be written.
    """
    for name in files:
        path = folder / name
        if os.path.lexists(path):
            raise NpcompareError(f"{path} exists already and is kept", "name a new folder")
        if not path.parent.resolve().is_relative_to(folder.resolve()):
            raise NpcompareError(f"{path.parent} leads out of {folder}", "name a new folder")
    made: list[Path] = []
    try:
        for name, content in files.items():
            _make(content, folder / name, made)
    except BaseException as error:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir() if one.is_dir() else one.unlink()
        if isinstance(error, OSError):
            message = f"{error.filename or folder} cannot be written: {error.strerror}"
            raise NpcompareError(message) from error
        raise
    return [folder / name for name in files]


def _make(content: str, path: Path, made: list[Path]) -> None:
    """Write a new file and the folders it needs, and add to what was made what each one is."""
    for above in [one for one in path.parents if not one.exists()][::-1]:
        above.mkdir()
        made.append(above)
    with path.open("xb") as stream:
        made.append(path)
        stream.write(content.encode())


def _bears(path: Path, mark: str) -> bool:
    return path.is_file() and mark.encode() in path.read_bytes().splitlines()


def _write(content: Content, path: Path, target: Path, *, force: bool) -> None:
    try:
        _put_in_place(content, target, force=force)
    except FileExistsError as error:
        # Another process has written it while this one was at work.
        raise NpcompareError(f"{path} exists already and is kept", _FORCE) from error
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise NpcompareError(message) from error


def check_writable(path: Path, *, force: bool) -> Path:
    """Return the file that is to be written, following a link; raise if it may not be.

    A coded file is never written, under whatever name it is reached: its own, a symbolic link, or a
    second name on the disk (a hard link), of which the other name cannot be seen.
    """
    target = path.resolve() if path.is_symlink() else path
    if _is_coded(path) and not path.is_dir():
        raise NpcompareError(f"{path} would be a coded file, and no format writes one")
    if _is_coded(target):
        raise NpcompareError(
            f"{path} is a link to the coded file {target.name} and was not overwritten",
            "choose another name",
        )
    if target.is_file() and target.stat().st_nlink > 1:
        raise NpcompareError(
            f"{path} is one of several names of the same file (hard links) and was not overwritten",
            "choose another name, or delete this one first",
        )
    return _place(path, force=force)


def _is_coded(path: Path) -> bool:
    """Say whether a name is that of a coded file, also as Windows reads it.

    Windows drops dots and spaces at the end of a name, and reads "law.yaml::$DATA" as "law.yaml".
    """
    name = Path(path.name.partition(":")[0].rstrip(". "))
    return name.suffix.lower() in _CODED


def _place(path: Path, *, force: bool) -> Path:
    if path.is_dir():
        raise NpcompareError(f"{path} is a folder", "name a file in it")
    target = path.resolve() if path.is_symlink() else path
    if target.exists() and not target.is_file():
        raise NpcompareError(f"{path} is no plain file and is kept")
    if path.exists() and not force:
        raise NpcompareError(f"{path} exists already and is kept", _FORCE)
    if not target.parent.is_dir():
        raise NpcompareError(
            f"there is no folder {target.parent}", "make it first, or name a folder that is there"
        )
    return target


def _put_in_place(content: Content, path: Path, *, force: bool) -> None:
    """Write beside the file and move it there, so that no reader ever sees half of it.

    Without `force`, only where nothing stands at that moment.
    """
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in (content,) if isinstance(content, str | bytes) else content:
                stream.write(piece if isinstance(piece, bytes) else piece.encode())
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(_mode(path))
        if force or not _linked(beside, path):
            beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _linked(beside: Path, path: Path) -> bool:
    """Give a file another name if nothing else has it, and say whether the disk can do that.

    Raises FileExistsError if something has it.
    """
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        return False
    beside.unlink()
    return True


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those of any new file."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
