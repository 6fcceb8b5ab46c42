"""The text of a provision that is to be coded, from a document or from standard input."""

from __future__ import annotations

from pathlib import Path

from npcompare.errors import NpcompareError
from npcompare.files import is_open_pipe, read_text
from npcompare.readers.document_kinds import kind_of_file, read_document
from npcompare.shell import command


def text_to_code(
    name: str, revisions: str = "accepted", section: str = ""
) -> tuple[str, tuple[str, ...]]:
    """Return a text, and what the user should know about how it was read.

    A plain text in UTF-8 is returned letter for letter, and any other document as its numbered
    paragraphs, one a line.

    Args:
        name: The path of the file; "-" for standard input.
        revisions: Whether tracked changes are "accepted" or "rejected".
        section: The section to return alone, such as "12(1)"; empty for the whole document.

    Raises:
        NpcompareError: If the file or the section is missing, or it cannot be read.
    """
    if name == "-" and section:
        raise NpcompareError("--section needs the name of a file", "save the text in a file first")
    path = Path(name)
    if name == "-" or (not section and _is_read_as_it_is(path)):
        return read_text(name), ()
    document = read_document(path, revisions, section)
    notes = list(document.notes)
    if document.left_out:
        kinds = ", ".join(f"{entry.kind} ({entry.count})" for entry in document.left_out)
        options = ("--revisions", revisions) if revisions != "accepted" else ()
        line = command("npcompare", "read", path, *options)
        notes.append(f"left out: {kinds}; to see examples: {line}")
    return document.text, tuple(notes)


def _is_read_as_it_is(path: Path) -> bool:
    if is_open_pipe(path):
        # A pipe can be read only once.
        return True
    kind, is_utf_8 = kind_of_file(path)
    return kind == "a plain text" and is_utf_8
