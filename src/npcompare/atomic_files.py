"""Files that are written whole or not at all: first beside their place, then under their name."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    #: What is written into a file: as a whole, or piece by piece.
    Content = str | bytes | Iterable[str | bytes]

#: How many letters of its name a temporary file begins with: a name has at most 255 bytes.
_NAMED = 40


def replace_file(content: Content, path: Path, *, force: bool) -> None:
    """Write one file as `replace_files` does."""
    replace_files({path: content}, force=force)


def replace_files(contents: Mapping[Path, Content], *, force: bool) -> None:
    """Write temporary files and rename them, so that no reader sees an incomplete file.

    All are written, or none: if the disk is full, none has its name yet. Raises OSError with the
    path that could not be written as its file name; it is a FileExistsError if the file exists at
    that moment, unless `force` is given.
    """
    temporaries: dict[Path, Path] = {}
    created: list[Path] = []
    path = Path()
    try:
        for path, content in contents.items():
            temporaries[path] = _reserved(path)
            _fill(temporaries[path], content, path)
        for path, temporary in temporaries.items():
            is_new = not path.exists()
            is_renamed = not force and _rename_to_new(temporary, path)
            created += [path] if is_new else []
            if not is_renamed:
                temporary.replace(path)
    except BaseException as error:
        for unfinished in (*temporaries.values(), *created):
            with suppress(OSError):
                unfinished.unlink()
        if isinstance(error, OSError):
            error.filename = str(path)
        raise


def _reserved(path: Path) -> Path:
    """Return a new file beside another one."""
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_NAMED]}.")
    os.close(descriptor)
    return Path(name)


def _fill(temporary: Path, content: Content, path: Path) -> None:
    """Write the content of a file, with the permissions and the owner of the one it replaces."""
    with temporary.open("wb") as stream:
        for piece in (content,) if isinstance(content, str | bytes) else content:
            stream.write(piece if isinstance(piece, bytes) else piece.encode())
        stream.flush()
        os.fsync(stream.fileno())
    _keep_owner(temporary, path)
    temporary.chmod(_mode(path))


def _keep_owner(temporary: Path, path: Path) -> None:
    """Give a file the owner and the group of the one that it replaces, if that is allowed."""
    with suppress(OSError, AttributeError):
        status = path.stat()
        os.chown(temporary, status.st_uid, status.st_gid)


def _rename_to_new(temporary: Path, path: Path) -> bool:
    """Rename a file to a name that is not taken; return False if the disk has no hard links.

    The name then belongs to this process. Raises FileExistsError if it is taken.
    """
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # Only one of several processes can create the file that is replaced next.
        path.touch(exist_ok=False)
        return False
    temporary.unlink()
    return True


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new file."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
