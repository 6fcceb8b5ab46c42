"""The formats: one row each, loaded when asked for; and how a result is put into a file."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.files import held_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from npcompare.table import Document, Filed

    #: What a format is written as.
    _Content = str | bytes | Iterable[str]


class Format(Struct, frozen=True):
    """A format: its name, the ends of its file names, and the function that writes it."""

    name: str
    suffixes: tuple[str, ...]
    summary: str
    #: Where the writer is, as "module:function"; it takes a Document and returns text, bytes, or
    #: text in pieces.
    writer: str
    #: Whether it is for a file alone and not for the screen.
    binary: bool = False
    #: Where what is written beside the file comes from, as "module:function": it takes the
    #: Document and the file's name, and returns the end of the other name and its text.
    beside: str = ""
    #: Where an annex is read back, as "module:function"; it takes bytes and returns a Filed.
    reader: str = ""


FORMATS = {
    one.name: one
    for one in (
        Format("terminal", (), "tables for the screen", "terminal:write"),
        Format("plain", (".txt",), "plain text tables", "text:write"),
        Format("markdown", (".md", ".markdown"), "Markdown tables", "markdown:write"),
        Format(
            "csv",
            (".csv",),
            "one table, a value a cell",
            "flat:write",
            beside="flat:describe",
        ),
        Format(
            "json",
            (".json",),
            "data for programs, with a schema",
            "data:write",
            reader="filed:read_json",
        ),
        Format(
            "ndjson",
            (".ndjson", ".jsonl"),
            "a row a line, to be joined with other data",
            "data:write_lines",
        ),
        Format(
            "docx",
            (".docx",),
            "a Word document, landscape",
            "word:write",
            binary=True,
            reader="filed:read_docx",
        ),
        Format("xlsx", (".xlsx",), "a workbook, a sheet a table", "excel:write", binary=True),
        Format("html", (".html", ".htm"), "one page that needs no network", "web:write"),
        Format("latex", (".tex",), "LaTeX with longtable and booktabs", "latex:write"),
        Format("pdf", (".pdf",), "PDF, tagged; needs typst", "pdf:write", binary=True),
        Format("svg", (".svg",), "the layout matrix, or an order, as a picture", "figure:write"),
    )
}


#: The earliest instant that the archives of Word and Excel can hold.
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)

#: No annex and no template comes near this; a file that does is a mistake or an attack.
LARGEST_FILE = 64 * 1024 * 1024

#: The ends of the names of files that people code by hand.
_CODED = frozenset({".yaml", ".yml"})


def choose(name: str | None, output: Path | None) -> Format:
    """Return the format asked for by name, or by the end of the output's file name."""
    if name is not None:
        if name not in FORMATS:
            raise NpcompareError(
                f'there is no format "{name}"', f"the formats are: {', '.join(FORMATS)}"
            )
        if name == "terminal" and output is not None:
            raise NpcompareError("the terminal format is for the screen", "use --format plain")
        if FORMATS[name].binary and output is None:
            raise NpcompareError(f"the format {name} is for a file", "give -o and a file's name")
        return FORMATS[name]
    if output is None:
        return FORMATS["terminal"]
    suffix = output.suffix.lower()
    ends = [end for one in FORMATS.values() for end in one.suffixes]
    for one in FORMATS.values():
        if suffix in one.suffixes:
            return one
    # Of .doc and .xls what is written is the newer kind, whose name goes on.
    meant = next((end for end in ends if suffix and end.startswith(suffix)), "")
    hint = f'did you mean "{output.with_suffix(meant).name}"? ' if meant else ""
    raise NpcompareError(
        f'the name "{output.name}" does not say which format to write',
        f"{hint}end it in one of {', '.join(ends)}, or give --format",
    )


def render(document: Document, chosen: Format) -> str | bytes:
    """Return a document in a format: text, or bytes of the formats for files alone."""
    content = _written(document, chosen)
    return content if isinstance(content, str | bytes) else "".join(content)


def show(document: Document, chosen: Format) -> Iterable[str]:
    """Return a document for the screen in pieces: none, of the formats for files alone."""
    content = _written(document, chosen)
    if isinstance(content, bytes):
        return ()
    return (content,) if isinstance(content, str) else content


def _written(document: Document, chosen: Format) -> _Content:
    write: Callable[[Document], _Content] = _found(chosen.writer)
    return write(document)


def read(path: Path) -> Filed:
    """Return the annex that a file holds.

    Raises NpcompareError for a file that is missing, or that `export` did not write.
    """
    chosen = _readable(path)
    parse: Callable[[bytes], Filed] = _found(chosen.reader)
    content = held_in(path, LARGEST_FILE)
    try:
        return parse(content)
    except NpcompareError as error:
        raise NpcompareError(
            f"the annex {path} cannot be read: {error.message}", error.hint
        ) from error


def reread(document: Document, path: Path) -> Filed:
    """Return an annex as it would be read back from a file of that name."""
    chosen = _readable(path)
    content = render(document, chosen)
    parse: Callable[[bytes], Filed] = _found(chosen.reader)
    return parse(content if isinstance(content, bytes) else content.encode())


def _readable(path: Path) -> Format:
    for one in FORMATS.values():
        if one.reader and path.suffix.lower() in one.suffixes:
            return one
    ends = " or ".join(end for one in FORMATS.values() if one.reader for end in one.suffixes)
    raise NpcompareError(
        f"{path} is of no format that is read back", f"name a file that ends in {ends}"
    )


def put(document: Document, chosen: Format, path: Path, *, force: bool) -> list[Path]:
    """Write a document into a file, and beside it what its format needs; return the paths."""
    # For what may not be written nothing is worked out.
    check(path, force=force)
    files = {path: _written(document, chosen)}
    if chosen.beside:
        describe: Callable[[Document, str], tuple[str, str]] = _found(chosen.beside)
        end, text = describe(document, path.name)
        files[path.with_name(f"{path.name}{end}")] = text
    targets = {each: check(each, force=force) for each in files}
    for each, content in files.items():
        _write(content, each, targets[each], force=force)
    return list(files)


def instant() -> datetime:
    """Return what is written where a clock would be, so that the same input gives the same bytes.

    It is the instant that SOURCE_DATE_EPOCH names, if it names one.
    """
    try:
        return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return EPOCH


def _found(place: str) -> Any:
    """Return what "module:function" names, loading the module."""
    module, function = place.split(":")
    return getattr(import_module(f"npcompare.writers.{module}"), function)


def save(content: str | bytes, path: Path, *, force: bool = False) -> None:
    """Write a file whole or not at all; one that exists is kept unless `force` says otherwise.

    What is no plain file is never written over, nor is a coded file, whatever `force` says. A
    link is followed.
    """
    _write(content, path, check(path, force=force), force=force)


def create(content: str, path: Path, *, mark: str = "", force: bool = False) -> None:
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


def create_all(files: Mapping[str, str], folder: Path) -> list[Path]:
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


def _write(content: _Content, path: Path, target: Path, *, force: bool) -> None:
    try:
        _put_in_place(content, target, force=force)
    except FileExistsError as error:
        # Another process has written it while this one was at work.
        raise NpcompareError(f"{path} exists already and is kept", _FORCE) from error
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise NpcompareError(message) from error


_FORCE = "give --force to write over it"


def check(path: Path, *, force: bool) -> Path:
    """Return the file that is to be written, following a link; raise if it may not be."""
    if path.suffix.lower() in _CODED and not path.is_dir():
        raise NpcompareError(f"{path} would be a coded file, and no format writes one")
    return _place(path, force=force)


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


def _put_in_place(content: _Content, path: Path, *, force: bool) -> None:
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
