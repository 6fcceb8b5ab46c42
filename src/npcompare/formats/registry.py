"""The table of formats, and the functions that write and read documents in one of them.

A new format needs a module in this folder and a row in _ROWS. The module has one function that
takes a Document and returns text, bytes, or text in pieces:

    def write(document: Document) -> str: ...

It passes every text through `npcompare.text.visible`, and then escapes what the format acts on.

The module of a format is imported only when that format is chosen.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from npcompare.errors import NpcompareError
from npcompare.file_names import check_name
from npcompare.files import check_writable, read_bytes, save_all
from npcompare.messages import ENGLISH_TAG
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from npcompare.atomic_files import Content
    from npcompare.document import Document, FiledAnnex


class Format(NamedTuple):
    """A format. Functions are named as "module:function", with the module in this folder."""

    name: str
    #: The endings of its files; the first one is the usual one.
    suffixes: tuple[str, ...]
    #: What it is for; docs/reference/formats.md contains this.
    summary: str
    #: Takes a Document and returns text, bytes, or text in pieces.
    writer: str
    #: Whether the format is for files only, as bytes cannot be shown on the screen.
    is_binary: bool = False
    #: Makes a second file beside the first: takes a Document and the name of the first file, and
    #: returns the ending to add to that name, and the text of the second file.
    companion: str = ""
    #: How it is written to a screen or pipe that is not in UTF-8: with the codes of JSON, in UTF-8
    #: all the same, or with codes in place of the characters that the other encoding lacks.
    stream: Literal["json", "utf-8", "codes"] = "codes"
    #: Reads an annex back: takes bytes and returns a FiledAnnex.
    reader: str = ""
    #: Whether the program that shows it decides where lines end.
    has_free_lines: bool = False


#: One row for each format.
_ROWS = (
    Format("terminal", (), "the screen", "terminal:write"),
    Format("plain", (".txt",), "mail and plain text", "plain:write"),
    Format("markdown", (".md", ".markdown"), "web pages and notes", "markdown:write"),
    Format(
        "csv",
        (".csv",),
        "spreadsheets: one table with one value in each cell, and a second file that describes the "
        "columns",
        "csv_text:write",
        companion="csv_text:describe",
        stream="utf-8",
    ),
    Format(
        "json",
        (".json",),
        "programs; each output has its schema in `schemas/`",
        "json_text:write",
        stream="json",
        reader="annex_reader:read_json",
    ),
    Format(
        "ndjson",
        (".ndjson", ".jsonl"),
        "one row on each line, for DuckDB or Spark",
        "json_text:write_lines",
        stream="json",
    ),
    Format(
        "docx",
        (".docx",),
        "Word",
        "word:write",
        is_binary=True,
        reader="annex_reader:read_docx",
        has_free_lines=True,
    ),
    Format(
        "xlsx",
        (".xlsx",),
        "Excel: a sheet for each table, and one for tables of the same kind on several provisions; "
        "text, but in columns of numbers numbers; the letters of notes in a column of their own; a "
        "text too long for its row has a sheet of its own",
        "excel:write",
        is_binary=True,
        has_free_lines=True,
    ),
    Format(
        "html",
        (".html", ".htm"),
        "one page that works offline",
        "html_page:write",
        stream="utf-8",
        has_free_lines=True,
    ),
    Format(
        "latex",
        (".tex",),
        "LaTeX, for XeLaTeX and LuaLaTeX; for texts in Latin scripts also pdfLaTeX",
        "latex:write",
        stream="utf-8",
        has_free_lines=True,
    ),
    Format(
        "pdf",
        (".pdf",),
        "PDF; needs the package typst, which is not installed by default",
        "pdf:write",
        is_binary=True,
        has_free_lines=True,
    ),
    Format(
        "svg",
        (".svg",),
        "a figure: see `npcompare figure`; also of an `order`, and of `gaps` of many provisions",
        "figures.selection:write",
        stream="utf-8",
    ),
)

#: The formats by name.
FORMATS = {row.name: row for row in _ROWS}

#: The earliest time that the archives of Word and Excel can store.
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)

#: No annex and no template is nearly as large; a larger file is a mistake or an attack.
LARGEST_FILE = 64 * 1024 * 1024


def choose(name: str | None, output: Path | None) -> Format:
    """Return the format with a name, or else the format of the output file, or the terminal.

    Raises NpcompareError if there is no such format, or if it cannot be written to the output.
    """
    if name is not None:
        return _named(name, output)
    if output is None:
        return FORMATS["terminal"]
    check_name(output)
    if file_format := _of_ending(output):
        return file_format
    suffix = output.suffix.lower()
    endings = [ending for file_format in FORMATS.values() for ending in file_format.suffixes]
    # The endings .doc and .xls are those of older versions of the same formats.
    newer = next((ending for ending in endings if suffix and ending.startswith(suffix)), "")
    hint = f'did you mean "{output.with_suffix(newer).name}"? ' if newer else ""
    raise NpcompareError(
        f'the name "{output.name}" does not say which format to write',
        f"{hint}use one of the endings {', '.join(endings)}, or add --format",
    )


def _named(name: str, output: Path | None) -> Format:
    if name not in FORMATS:
        hint = suggestion(name, "the formats are", FORMATS)
        raise NpcompareError(f'there is no format "{name}"', hint)
    file_format = FORMATS[name]
    if name == "terminal" and output is not None:
        raise NpcompareError("the format terminal is for the screen only", "use --format plain")
    if file_format.is_binary and output is None:
        raise NpcompareError(
            f"the format {name} cannot be shown on the screen",
            f"add -o NAME{file_format.suffixes[0]}",
        )
    usual = _of_ending(output) if output else None
    if output and usual and usual != file_format and (usual.is_binary or file_format.is_binary):
        raise NpcompareError(
            f'"{output.name}" is a name for the format {usual.name}, not {name}',
            f"write -o {output.with_suffix(file_format.suffixes[0]).name}, or leave out --format",
        )
    return file_format


def _of_ending(path: Path) -> Format | None:
    """Return the format of files whose name has the same ending; None if there is none."""
    suffix = path.suffix.lower()
    return next((each for each in FORMATS.values() if suffix in each.suffixes), None)


def render(document: Document, file_format: Format) -> str | bytes:
    """Return a document in a format: text, or bytes if the format is binary."""
    content = _content(document, file_format)
    if isinstance(content, str | bytes):
        return content
    return "".join(piece if isinstance(piece, str) else piece.decode() for piece in content)


def show(document: Document, file_format: Format) -> Iterable[str | bytes]:
    """Return a document for the screen, in pieces of text or of its bytes in UTF-8.

    A binary format has no pieces.
    """
    content = _content(document, file_format)
    if isinstance(content, bytes):
        return ()
    return (content,) if isinstance(content, str) else content


def put(
    document: Document, file_format: Format, path: Path, *, force: bool, has_bom: bool = False
) -> list[Path]:
    """Write a document to a file, and its companion if the format has one; return the paths.

    With `has_bom`, a text begins with a byte order mark.
    """
    # Checked first, so that no work is done for a file that may not be written.
    check_writable(path, force=force)
    content = _content(document, file_format)
    if has_bom and not isinstance(content, bytes):
        content = chain(["\ufeff"], [content] if isinstance(content, str) else content)
    files = {path: content}
    if file_format.companion:
        describe: Callable[[Document, str], tuple[str, str]] = _load(file_format.companion)
        ending, text = describe(document, path.name)
        files[path.with_name(f"{path.name}{ending}")] = text
    save_all(files, force=force)
    return list(files)


def read(path: Path) -> FiledAnnex:
    """Return the annex in a file.

    Raises NpcompareError if the file is missing, or if `export` did not write it.
    """
    parse = _parser(path)
    content = read_bytes(path, LARGEST_FILE)
    try:
        return parse(content)
    except NpcompareError as error:
        message = f"the annex {path} cannot be read: {error.message}"
        raise NpcompareError(message, error.hint) from error


def is_readable(path: Path) -> bool:
    """Return whether the name of a file is that of an annex that can be read back."""
    file_format = _of_ending(path)
    return bool(file_format and file_format.reader)


def reread(document: Document, path: Path) -> FiledAnnex:
    """Return an annex as it would be read back if it were written to a file with this name."""
    parse = _parser(path)
    content = render(document, choose(None, path))
    return parse(content if isinstance(content, bytes) else content.encode())


def timestamp() -> datetime:
    """Return the time to write into files, which is fixed so that files are reproducible.

    It is the time in SOURCE_DATE_EPOCH, if that is set.
    """
    try:
        return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return EPOCH


def date_of(document: Document) -> datetime | None:
    """Return the day of a document, or the time in SOURCE_DATE_EPOCH; None if there is neither."""
    if document.date:
        return datetime.fromisoformat(document.date).replace(tzinfo=UTC)
    moment = timestamp()
    return None if moment == EPOCH else moment


def _content(document: Document, file_format: Format) -> Content:
    write: Callable[[Document], Content] = _load(file_format.writer)
    if document.language != ENGLISH_TAG:
        document = _in_languages(document, file_format)
    return write(document)


def _in_languages(document: Document, file_format: Format) -> Document:
    """Return a document that is not in English as the format writes it."""
    from npcompare.formats.joined_numbers import with_joined_numbers
    from npcompare.formats.language_scripts import in_languages

    return in_languages(with_joined_numbers(document) if file_format.has_free_lines else document)


def _parser(path: Path) -> Callable[[bytes], FiledAnnex]:
    """Return the function that reads the annex in a file, chosen by the ending of its name."""
    file_format = _of_ending(path)
    if file_format and file_format.reader:
        parser: Callable[[bytes], FiledAnnex] = _load(file_format.reader)
        return parser
    readable = [row for row in FORMATS.values() if row.reader]
    endings = " or ".join(ending for row in readable for ending in row.suffixes)
    raise NpcompareError(
        f"an annex cannot be read back from {path}", f"name a file that ends in {endings}"
    )


def _load(place: str) -> Any:
    """Return the function that "module:function" names."""
    module, function = place.split(":")
    return getattr(import_module(f"npcompare.formats.{module}"), function)
