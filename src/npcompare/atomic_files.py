"""Files and folders that are written whole or not at all.

All are written beside their places first, and are renamed when all are complete, so that no reader
sees an incomplete one.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    #: What is written into a file: as a whole, or piece by piece.
    Content = str | bytes | Iterable[str | bytes]

#: How many letters of its name a temporary file begins with: a name has at most 255 bytes.
_NAMED = 40


def replace_files(contents: Mapping[Path, Content], *, force: bool, is_synced: bool = True) -> None:
    """Write files and the folders that they need, all or none.

    After a failure, the files that were there before are there again.

    Args:
        contents: What is written, by the path of the file. A link is not followed.
        force: Whether files that exist are replaced. They keep their permissions and their owner.
        is_synced: Whether new files survive a power cut at once, which takes time for each. What
            replaces a file always does, because the older one is lost.

    Raises OSError with the path that could not be written as its file name; it is a FileExistsError
    if the file exists at that moment and may not be replaced.
    """
    temporaries: dict[Path, Path] = {}
    backups: dict[Path, Path] = {}
    place = Path()
    with ExitStack() as cleanup, ExitStack() as undo:
        try:
            for path, content in contents.items():
                missing = takewhile(lambda folder: not folder.exists(), path.parents)
                for place in reversed(tuple(missing)):
                    place.mkdir()
                    undo.callback(_try, place.rmdir)
                place, is_old = path, path.exists()
                temporaries[path] = _beside(path, content, undo, is_synced=is_synced or is_old)
                if is_old and len(contents) > 1:
                    backups[path] = _beside(path, path.read_bytes(), cleanup, is_synced=False)
            for place, temporary in temporaries.items():
                _rename(temporary, place, backups.get(place), undo, force=force)
        except OSError as error:
            error.filename = str(place)
            raise
        undo.pop_all()


def replace_folder(contents: Iterable[tuple[str, bytes]], folder: Path) -> int:
    """Write files into a new folder, all or none, and return their number.

    It takes the place of a folder with the same name. Raises OSError if it cannot be written.
    """
    import shutil
    import tempfile

    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    new, old = temporary / "new", temporary / "old"
    try:
        new.mkdir()
        count = 0
        for name, content in contents:
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)
            count += 1
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(temporary, ignore_errors=True)
    return count


def _try(step: Callable[[], object]) -> None:
    """Undo a step, or delete what is left over, if that is possible."""
    with suppress(OSError):
        step()


def _beside(path: Path, content: Content, stack: ExitStack, *, is_synced: bool) -> Path:
    """Return a new file beside another, with the permissions and the owner of that one."""
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_NAMED]}.")
    temporary = Path(name)
    stack.callback(_try, temporary.unlink)
    with os.fdopen(descriptor, "wb") as stream:
        for piece in (content,) if isinstance(content, str | bytes) else content:
            stream.write(piece if isinstance(piece, bytes) else piece.encode())
        if is_synced:
            stream.flush()
            os.fsync(stream.fileno())
    # The owner is kept if that is allowed.
    with suppress(OSError, AttributeError):
        status = path.stat()
        os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(_mode(path))
    return temporary


def _rename(
    temporary: Path, path: Path, backup: Path | None, undo: ExitStack, *, force: bool
) -> None:
    """Give a file its name; raise FileExistsError if that is taken, unless with `force`."""
    is_new = not path.exists()
    is_renamed = not force and _rename_to_new(temporary, path)
    if is_new:
        undo.callback(_try, path.unlink)
    elif backup:
        undo.callback(_try, partial(backup.replace, path))
    if not is_renamed:
        temporary.replace(path)


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
