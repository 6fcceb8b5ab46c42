"""Read files with limits, and write them atomically; find the files bundled with npcompare."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from npcompare.atomic_files import replace_files
from npcompare.errors import NpcompareError
from npcompare.file_names import SHOW_ENDINGS, YAML_SUFFIXES, check_name, is_coded_text
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.atomic_files import Content

#: No coded file and no text of a law is this large; a larger file is a mistake or an attack.
LARGEST_FILE = 4 * 1024 * 1024

#: How files that are not plain text begin, and what they are called in messages.
_DOCUMENT_SIGNATURES = {
    b"PK\x03\x04": "a Word document",
    b"\xd0\xcf\x11\xe0": "a Word document",
    b"{\\rtf": "a rich-text document",
    b"%PDF": "a PDF document",
}

_FORCE_HINT = "choose another name, or add --force to overwrite it"
_MOVE_HINT = "choose another name, or move the existing file"
_FOLDER_HINT = "choose a new folder"


def bundled(name: str) -> Path:
    """Return a folder bundled with npcompare: inside the package, or beside it in a clone."""
    package = Path(__file__).parent
    folder = package / name
    return folder if folder.is_dir() else package.parent.parent / name


def bundled_schema(name: str) -> bytes:
    """Return the contents of a file in the folder of schemas."""
    return (bundled("schemas") / name).read_bytes()


def show_path(path: Path) -> str:
    """Return a path for messages: relative to the current folder if it is below that folder."""
    try:
        current = os.getcwd()  # noqa: PTH109 - called for thousands of paths, and this is faster
    except OSError:
        return path.as_posix()
    absolute = os.path.join(current, path)  # noqa: PTH118 - as above
    if absolute == current:
        return "."
    relative = absolute.removeprefix(current.rstrip(os.sep) + os.sep)
    return relative.replace(os.sep, "/") if relative != absolute else path.as_posix()


# --- Reading ---------------------------------------------------------------------------------


def read_up_to(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a regular file, at most one more than the limit.

    Raises OSError if the path is not a regular file or cannot be read.
    """
    # This is the fastest way to read thousands of files; a pipe must not make the run wait.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        raw = os.read(descriptor, min(status.st_size, limit) + 1)
        while len(raw) <= limit and (piece := os.read(descriptor, limit + 1 - len(raw))):
            raw += piece
        return raw
    finally:
        os.close(descriptor)


def is_file(path: Path | str) -> bool:
    """Return whether a path leads to a file; one that is too long for the system does not."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises an error for such a path


def read_bytes(path: Path, limit: int = LARGEST_FILE, display_path: str = "") -> bytes:
    """Return the bytes of a file; raise NpcompareError if it is missing, special or too large."""
    name = display_path or str(path)
    if is_open_pipe(path):
        return _read_pipe(path, limit, name)
    if not is_file(path):
        raise no_file(path, display_path)
    return _bounded(read_up_to(path, limit), limit, name)


def is_open_pipe(path: Path) -> bool:
    """Return whether a path is that of a pipe which the shell has opened, as for <(command).

    No other pipe is read, because a run would wait for somebody to write into it.
    """
    return path.parts[:2] in {("/", "dev"), ("/", "proc")} and path.is_fifo()


def _read_pipe(path: Path, limit: int, display_path: str) -> bytes:
    """Return what another program writes into a pipe."""
    with path.open("rb") as stream:
        return _bounded(stream.read(limit + 1), limit, display_path)


def _bounded(raw: bytes, limit: int, display_path: str) -> bytes:
    if len(raw) > limit:
        raise NpcompareError(f"{display_path} is larger than {limit // 1024 // 1024} MB")
    return raw


def read_text(name: str) -> str:
    """Return the text of a plain-text file, or of standard input if the name is "-".

    Raises NpcompareError if the file is missing, too large, empty or not plain text in UTF-8.
    """
    if name == "-":
        display_path = "the standard input"
        # The shell may have closed it.
        raw = sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin else b""
        raw = _bounded(raw, LARGEST_FILE, display_path)
    else:
        path = Path(name)
        display_path = show_path(path)
        if path.suffix.lower() in YAML_SUFFIXES or is_coded_text(path):
            hint = "put only the text into a .txt file"
            if is_coded_text(path):
                hint = f"rename it to {path.stem}; {SHOW_ENDINGS}"
            raise NpcompareError(f"{display_path} is a coded file", hint)
        raw = read_bytes(path, display_path=display_path)
    hint = "save it as plain text in the encoding UTF-8 (in Word: Save as, Plain text, .txt)"
    for signature, kind in _DOCUMENT_SIGNATURES.items():
        if raw.startswith(signature):
            raise NpcompareError(f"{display_path} is {kind}, not a plain-text file", hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NpcompareError(f"{display_path} is not plain text in UTF-8", hint) from error
    if not text.strip():
        raise NpcompareError(f"{display_path} contains no text")
    return text


def no_folder(path: Path, display_path: str = "", hint: str = "") -> NpcompareError:
    """Return the error for a missing folder; there may be a file where it should be.

    Args:
        path: The path of the folder.
        display_path: The path as the message shows it, if not as it is.
        hint: What to do if there is nothing.
    """
    for place in (path, *path.parents):
        if is_file(place):
            name = display_path if place == path and display_path else str(place)
            return NpcompareError(f"{name} is a file, not a folder", "choose another folder")
    return NpcompareError(f"there is no folder {display_path or path}", hint)


def no_file(path: Path, display_path: str = "") -> NpcompareError:
    """Return the error for a missing file, with the most similar name in its folder."""
    message = f"there is no file {display_path or path}"
    try:
        if path.is_dir():
            return NpcompareError(f"{display_path or path} is a folder", "add the name of a file")
        if path.exists():
            message = f"{display_path or path} is a device or a pipe, not a file"
            return NpcompareError(message, "save its contents in a file first")
        return NpcompareError(message, _hint_at(path))
    except OSError:  # the name is too long, or its folder cannot be read
        return NpcompareError(message)


def _hint_at(path: Path) -> str:
    """Return a hint at the file that is probably meant by the path of a missing one."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder} either; check that you are in the right folder"
    text = path.with_name(f"{path.name}.txt")
    if text.is_file():
        return f"there is {text}: rename it to {path.name}; {SHOW_ENDINGS}"
    match = near(path.name, [entry.name for entry in folder.iterdir()])
    return f'did you mean "{folder / match}"?' if match else ""


# --- Writing ---------------------------------------------------------------------------------


def save(content: str | bytes, path: Path, *, force: bool = False) -> None:
    """Write a file atomically; an existing one is overwritten only with `force`.

    A link is followed. Special files and coded files are never overwritten.
    """
    save_all({path: content}, force=force)


def save_all(files: Mapping[Path, Content], *, force: bool = False) -> None:
    """Write files as `save` does, or none of them if one of them must not be written."""
    write_all(files, {path: check_writable(path, force=force) for path in files}, force=force)


def write_all(
    files: Mapping[Path, Content],
    targets: Mapping[Path, Path] | None = None,
    *,
    force: bool,
    hint: str = _FORCE_HINT,
    is_synced: bool = True,
) -> None:
    """Write files that were checked, all or none, as `replace_files` does.

    Args:
        files: What is written, by the path that messages have.
        targets: The files that the paths lead to, if they may be links.
        force: Whether files that exist are overwritten.
        hint: What to do if another process has created a file in the meantime.
        is_synced: As for `replace_files`.

    Raises NpcompareError if one of them cannot be written.
    """
    targets = targets or {path: path for path in files}
    contents = {targets[path]: content for path, content in files.items()}
    try:
        replace_files(contents, force=force, is_synced=is_synced)
    except OSError as error:
        paths = {str(target): path for path, target in targets.items()}
        # It may also be a folder.
        path = paths.get(str(error.filename), Path(error.filename))
        if isinstance(error, FileExistsError):
            raise _exists(path, hint) from error
        if isinstance(error, NotADirectoryError):
            raise no_folder(path.parent) from error
        raise NpcompareError(f"{path} cannot be written: {error.strerror}") from error


def create_coded_file(content: str, path: Path) -> None:
    """Write a coded file atomically; an existing one is not overwritten."""
    write_all({path: content}, {path: check_coded_file(path)}, force=False)


def update_coded_files(
    contents: Mapping[Path, str | bytes], known: Mapping[Path, bytes | None]
) -> None:
    """Write coded files again, all or none, if each is still what is known of it.

    None is known of a file that does not exist yet.

    Raises NpcompareError if another program has changed or deleted one in the meantime, or if one
    cannot be written.
    """
    for path in contents:
        present = read_up_to(path) if path.is_file() else None
        if present != known[path]:
            raise NpcompareError(
                f"another program has changed {show_path(path)}",
                "save it there and close it; then run the command again",
            )
    targets = {path: _target(path, force=True) for path in contents}
    write_all(contents, targets, force=any(known[path] is not None for path in contents))


def check_coded_file(path: Path, *, mark: str = "", force: bool = False) -> Path:
    """Return the coded file to write, following a link; raise NpcompareError if there is one.

    The exception, with `force`, is a file that contains the mark as one of its lines: the mark
    says that npcompare wrote the file and that it is not a provision.
    """
    check_name(path)
    if path.suffix.lower() not in YAML_SUFFIXES:
        raise NpcompareError(
            f"{path} does not have the name of a coded file", "choose a name that ends in .yaml"
        )
    if path.exists() and not (mark and _has_line(path, mark)):
        raise _exists(path, _MOVE_HINT)
    return _target(path, force=force)


def create_files(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Create files in a folder, all or none, and return their paths.

    Missing folders are created. Nothing is overwritten: raises NpcompareError if one of the files
    exists or cannot be written.
    """
    paths = {folder / name: content for name, content in files.items()}
    for path in paths:
        if os.path.lexists(path):
            raise _exists(path, _FOLDER_HINT)
        if not path.parent.resolve().is_relative_to(folder.resolve()):
            raise NpcompareError(f"{path.parent} leads out of {folder}", _FOLDER_HINT)
    write_all(paths, force=False, hint=_FOLDER_HINT, is_synced=False)
    return list(paths)


def create_folder(files: Mapping[str, str], folder: Path, *, force: bool = False) -> None:
    """Write files into a folder, all or none; existing ones are overwritten only with `force`.

    Other files in the folder are kept.
    """
    if not (force and folder.is_dir()):
        create_files(files, folder)
        return
    save_all({folder / name: content for name, content in files.items()}, force=True)


def _has_line(path: Path, line: str) -> bool:
    return path.is_file() and line.encode() in path.read_bytes().splitlines()


def _exists(path: Path, hint: str) -> NpcompareError:
    return NpcompareError(f"{path} already exists and was not overwritten", hint)


def check_writable(path: Path, *, force: bool) -> Path:
    """Return the file to write, following a link; raise NpcompareError if it must not be written.

    A coded file is never written under any of its names: its own, a symbolic link, or a hard link,
    whose other names cannot be known.
    """
    check_name(path)
    target = _link_target(path)
    if _has_coded_name(path) and not path.is_dir():
        raise NpcompareError(f"{path} would be a coded file, and no format writes one")
    if _has_coded_name(target):
        raise NpcompareError(
            f"{path} is a link to the coded file {target.name} and was not overwritten",
            "choose another name",
        )
    if target.is_file() and target.stat().st_nlink > 1:
        raise NpcompareError(
            f"{path} is one of several names of the same file (hard links) and was not overwritten",
            "choose another name, or delete this one first",
        )
    return _target(path, force=force)


def _link_target(path: Path) -> Path:
    """Return the file that a link leads to, or the path itself if it is not a link."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError) as error:
        raise NpcompareError(
            f"{path} is a link that leads back to itself", "choose another name"
        ) from error


def _has_coded_name(path: Path) -> bool:
    """Return whether a name is that of a coded file, also on Windows.

    Windows drops dots and spaces at the end of a name, and reads "law.yaml::$DATA" as "law.yaml".
    """
    name = Path(path.name.partition(":")[0].rstrip(". "))
    return name.suffix.lower() in YAML_SUFFIXES


def _target(path: Path, *, force: bool) -> Path:
    """Return the file to write, following a link; raise NpcompareError if it cannot be written."""
    if path.is_dir():
        raise NpcompareError(f"{path} is a folder", "add the name of a file")
    target = _link_target(path)
    if target.exists() and not target.is_file():
        raise NpcompareError(f"{path} is not a regular file and was not overwritten")
    if path.exists() and not force:
        raise _exists(path, _FORCE_HINT)
    if not target.parent.is_dir():
        hint = "create it first, or choose an existing folder"
        raise no_folder(target.parent, hint=hint)
    return target
