"""Plain text in UTF-8, UTF-16 or Windows-1252, with one paragraph a line or with broken lines."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.readers.outline import Line, outlined
from npcompare.readers.paragraphs import DocumentText
from npcompare.readers.typed_labels import typed_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The marks at the beginning of a text, and its encoding. The longer ones come first.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

#: Characters that no text has.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

#: A text in Windows-1252 has few letters outside ASCII; one in another encoding of bytes, such as
#: that of Cyrillic, has almost no others.
_MOST_SPECIAL = 0.25

#: The widest lines of a text that is broken into lines, and the least width that lines may have.
_WIDEST, _NARROWEST = 110, 60

_HINT = "save it as plain text in the encoding UTF-8 (in Word: Save as, Plain text, .txt)"


def read_plain_text(content: bytes, path: str, _revisions: str) -> DocumentText:
    """Return the paragraphs of a plain text; raise NpcompareError if it is not a text."""
    text, encoding = decoded(content, path)
    if _CONTROLS.search(text):
        raise NpcompareError(f"{path} is not a text: it contains control characters", _HINT)
    notes = (f"{path} is not in UTF-8; it was read as {encoding}",) if encoding else ()
    return DocumentText(outlined(Line(words) for words in paragraphs_of(text)), notes=notes)


def decoded(content: bytes, path: str) -> tuple[str, str]:
    """Return a text, and its encoding if that is not certain; raise NpcompareError if unknown."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strictly(content.removeprefix(mark), encoding, path), ""
    if b"\0" in content:
        # Most letters of a text in UTF-16 have a zero as their second or as their first byte.
        is_little = content[1::2].count(0) > content[::2].count(0)
        encoding = "utf-16-le" if is_little else "utf-16-be"
        return _strictly(content, encoding, path), "UTF-16"
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = _strictly(content, "cp1252", path)
    letters = [letter for letter in text if letter.isalpha()]
    special = sum(not letter.isascii() for letter in letters)
    if special > _MOST_SPECIAL * len(letters):
        raise NpcompareError(f"the encoding of {path} is not known", _HINT)
    return text, "Windows-1252"


def _strictly(content: bytes, encoding: str, path: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NpcompareError(f"the encoding of {path} is not known", _HINT) from error


def paragraphs_of(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text; a form feed, which ends a page, is a line break."""
    rows = [row.strip() for row in re.split(r"\r\n|[\r\n\f\v]", text)]
    longest = max(map(len, rows))
    width = max(longest, _NARROWEST) if longest <= _WIDEST else 0
    paragraph: list[str] = []
    for before, row in zip(["", *rows], rows, strict=False):
        if width and before and _continues(before, row, width):
            paragraph.append(row)
            continue
        yield " ".join(paragraph)
        paragraph = [row]
    yield " ".join(paragraph)


def _continues(before: str, row: str, width: int) -> bool:
    """Return whether a row goes on where the one before ends because it is full."""
    if not row or next(typed_labels(row), None):
        return False
    return len(before) + 1 + len(row.split(None, 1)[0]) > width
