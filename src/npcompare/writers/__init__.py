"""A document in the format asked for; the module that writes it is loaded then, and no other."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from npcompare.errors import NpcompareError
from npcompare.files import held_in
from npcompare.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from npcompare.formats import Format
    from npcompare.saving import Content
    from npcompare.table import Document, Filed


#: The earliest instant that the archives of Word and Excel can hold.
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)

#: No annex and no template comes near this; a file that does is a mistake or an attack.
LARGEST_FILE = 64 * 1024 * 1024


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


def _written(document: Document, chosen: Format) -> Content:
    write: Callable[[Document], Content] = _found(chosen.writer)
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
    from npcompare import saving

    # For what may not be written nothing is worked out.
    saving.check(path, force=force)
    files = {path: _written(document, chosen)}
    if chosen.beside:
        describe: Callable[[Document, str], tuple[str, str]] = _found(chosen.beside)
        end, text = describe(document, path.name)
        files[path.with_name(f"{path.name}{end}")] = text
    saving.save_all(files, force=force)
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
