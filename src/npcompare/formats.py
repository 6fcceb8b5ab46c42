"""The formats that results are written in: a row each, and nothing loaded."""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """A format: its name, the ends of its file names, and the function that writes it."""

    name: str
    suffixes: tuple[str, ...]
    #: What it is for; docs/exports.md is made from it.
    summary: str
    #: Where in `writers` it is written, as "module:function"; it takes a Document and returns text,
    #: bytes, or text in pieces.
    writer: str
    #: Whether it is for a file alone and not for the screen.
    binary: bool = False
    #: Where what is written beside the file comes from, as "module:function": it takes the
    #: Document and the file's name, and returns the end of the other name and its text.
    beside: str = ""
    #: Where an annex is read back, as "module:function"; it takes bytes and returns a Filed.
    reader: str = ""


#: A format is added by a row here and the function in `writers` that the row names.
FORMATS = {
    one.name: one
    for one in (
        Format("terminal", (), "the screen", "terminal:write"),
        Format("plain", (".txt",), "mail and plain text", "text:write"),
        Format("markdown", (".md", ".markdown"), "web pages and notes", "markdown:write"),
        Format(
            "csv",
            (".csv",),
            "spreadsheets: one table, a value a cell; "
            "beside it a file that says what each column is",
            "flat:write",
            beside="flat:describe",
        ),
        Format(
            "json",
            (".json",),
            "programs; each output has its schema in `schemas/`",
            "data:write",
            reader="filed:read_json",
        ),
        Format(
            "ndjson",
            (".ndjson", ".jsonl"),
            "a row a line, to be joined with other data in DuckDB or Spark",
            "data:write_lines",
        ),
        Format("docx", (".docx",), "Word", "word:write", binary=True, reader="filed:read_docx"),
        Format(
            "xlsx",
            (".xlsx",),
            "Excel: a sheet a table, everything as text; "
            "a text too long for a row has a sheet of its own",
            "excel:write",
            binary=True,
        ),
        Format("html", (".html", ".htm"), "one page that needs no network", "web:write"),
        Format("latex", (".tex",), "LaTeX", "latex:write"),
        Format(
            "pdf",
            (".pdf",),
            "PDF; needs `pip install 'typst>=0.14.8,<0.16'`",
            "pdf:write",
            binary=True,
        ),
        Format(
            "svg", (".svg",), "a picture of the layout `matrix`, or of an `order`", "figure:write"
        ),
    )
}
