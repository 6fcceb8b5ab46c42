"""The formats that results are written in, and documents written in the one that is chosen.

The module that writes a format is loaded when that format is chosen, and no other.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.errors import NpcompareError
from npcompare.files import check_writable, read_bytes, save_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from npcompare.document import Document, FiledAnnex
    from npcompare.files import Content


class Format(NamedTuple):
    """A format: its name, the ends of its file names, and the function that writes it."""

    name: str
    suffixes: tuple[str, ...]
    #: What it is for; docs/exports.md is made from it.
    summary: str
    #: Where in `formats` it is written, as "module:function"; it takes a Document and returns text,
    #: bytes, or text in pieces.
    writer: str
    #: Whether it is for a file alone and not for the screen.
    binary: bool = False
    #: Where what is written beside the file comes from, as "module:function": it takes the
    #: Document and the file's name, and returns the end of the other name and its text.
    beside: str = ""
    #: Where an annex is read back, as "module:function"; it takes bytes and returns a FiledAnnex.
    reader: str = ""


#: A format is added by a row here and the function in `formats` that the row names.
FORMATS = {
    one.name: one
    for one in (
        Format("terminal", (), "the screen", "terminal:write"),
        Format("plain", (".txt",), "mail and plain text", "plain:write"),
        Format("markdown", (".md", ".markdown"), "web pages and notes", "markdown:write"),
        Format(
            "csv",
            (".csv",),
            "spreadsheets: one table, a value a cell; "
            "beside it a file that says what each column is",
            "csv_text:write",
            beside="csv_text:describe",
        ),
        Format(
            "json",
            (".json",),
            "programs; each output has its schema in `schemas/`",
            "json_text:write",
            reader="annex_reader:read_json",
        ),
        Format(
            "ndjson",
            (".ndjson", ".jsonl"),
            "a row a line, to be joined with other data in DuckDB or Spark",
            "json_text:write_lines",
        ),
        Format(
            "docx", (".docx",), "Word", "word:write", binary=True, reader="annex_reader:read_docx"
        ),
        Format(
            "xlsx",
            (".xlsx",),
            "Excel: a sheet a table, everything as text; "
            "a text too long for a row has a sheet of its own",
            "excel:write",
            binary=True,
        ),
        Format("html", (".html", ".htm"), "one page that needs no network", "html_page:write"),
        Format("latex", (".tex",), "LaTeX", "latex:write"),
        Format(
            "pdf",
            (".pdf",),
            "PDF; needs `pip install 'typst>=0.14.8,<0.16'`",
            "pdf:write",
            binary=True,
        ),
        Format(
            "svg",
            (".svg",),
            "a picture of the layout `matrix`, or of an `order`",
            "figures.selection:write",
        ),
    )
}

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


def read(path: Path) -> FiledAnnex:
    """Return the annex that a file holds.

    Raises NpcompareError for a file that is missing, or that `export` did not write.
    """
    chosen = _readable(path)
    parse: Callable[[bytes], FiledAnnex] = _found(chosen.reader)
    content = read_bytes(path, LARGEST_FILE)
    try:
        return parse(content)
    except NpcompareError as error:
        raise NpcompareError(
            f"the annex {path} cannot be read: {error.message}", error.hint
        ) from error


def reread(document: Document, path: Path) -> FiledAnnex:
    """Return an annex as it would be read back from a file of that name."""
    chosen = _readable(path)
    content = render(document, chosen)
    parse: Callable[[bytes], FiledAnnex] = _found(chosen.reader)
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
    check_writable(path, force=force)
    files = {path: _written(document, chosen)}
    if chosen.beside:
        describe: Callable[[Document, str], tuple[str, str]] = _found(chosen.beside)
        end, text = describe(document, path.name)
        files[path.with_name(f"{path.name}{end}")] = text
    save_all(files, force=force)
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
    return getattr(import_module(f"npcompare.formats.{module}"), function)
