"""The text of a PDF with its places on the pages, read by PDFium in a process of its own.

PDFium is not written in Python, and a damaged or hostile file could end it, or let it use any time
and memory. It therefore runs as `python -m npcompare.readers.pdf_pages`, with limits: the file goes
to its standard input, and its standard output is JSON.
"""

from __future__ import annotations

import subprocess
import sys
from ctypes import byref, c_double
from importlib.util import find_spec
from math import tau
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.installation import install_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The most pages and characters that are read.
_MOST_PAGES, _MOST_CHARACTERS = 2000, 4_000_000
#: The most processor time and memory of the process, where the system can limit them; and the most
#: time that it may take on any system, in seconds.
_PROCESSOR_SECONDS, _MEMORY, _SECONDS = 9, 300 * 1024**2, 60

#: A gap between two characters, in widths of the font size, that is no space between words.
_WIDEST_SPACE = 0.6
#: How far the baselines of two characters in one run may be apart, in font sizes.
_SAME_BASELINE = 0.05
#: The weight of a bold font, and the least angle of rotated text.
_BOLD = 600
_ROTATED = 0.05

_LINE_BREAKS = "\r\n"
#: What PDFium gives for a hyphen at the end of a line.
_HYPHENS = frozenset({"\x02", "\ufffe", "\u00ad"})

#: Kinds of annotations whose contents are no words of a commentator: links, pop-ups and fields.
_NO_COMMENTS = (2, 16, 20)

Failure = Literal["password", "damaged", "pages", "characters"]


class Run(Struct, frozen=True, array_like=True):
    """Characters side by side in one size; places are in points from the lower left corner."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool = False
    is_rotated: bool = False


class Page(Struct, frozen=True, array_like=True):
    """A page: its height in points, its runs in the order of the file, and what else is on it."""

    height: float
    runs: tuple[Run, ...]
    #: Text outside the page, which no viewer shows.
    outside: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    has_pictures: bool = False


class Pages(Struct, frozen=True):
    """The pages, or why they were not read."""

    pages: tuple[Page, ...] = ()
    failure: Failure | None = None
    #: How many characters have no known letter.
    unknown: int = 0


def read_pages(content: bytes, path: str) -> Pages:
    """Return the pages of a PDF document.

    Raises NpcompareError if PDFium is not installed, or could not read the file within its limits.
    """
    if find_spec("pypdfium2") is None:
        raise NpcompareError(
            f"{path} is a PDF document; reading it needs the package pypdfium2",
            install_hint("pdf-in"),
        )
    too_much = NpcompareError(
        f"{path} was not read: it takes too much time or memory, or it is damaged",
        "open it in another program, and save the pages that you need in a file of their own",
    )
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "npcompare.readers.pdf_pages"],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        pages = msgspec.json.decode(ran.stdout, type=Pages)
    except (subprocess.TimeoutExpired, msgspec.DecodeError) as error:
        raise too_much from error
    except OSError as error:
        raise NpcompareError(
            f"{path} was not read: the system allows no further process ({error.strerror})",
            "close other programs, and try again",
        ) from error
    if pages.failure:
        raise _refused(pages.failure, path)
    return pages


def _refused(failure: Failure, path: str) -> NpcompareError:
    hint = "save the pages that you need in a file of their own"
    match failure:
        case "password":
            return NpcompareError(
                f"{path} is protected by a password and was not read",
                "open it in a PDF viewer, and save it without the password",
            )
        case "damaged":
            return NpcompareError(
                f"{path} is damaged: it cannot be opened as a PDF document",
                "open it in a PDF viewer, save it under a new name, and try again",
            )
        case "pages":
            return NpcompareError(
                f"{path} was not read: it has more than {_MOST_PAGES:,} pages", hint
            )
        case "characters":
            message = f"{path} was not read: it has more than {_MOST_CHARACTERS:,} characters"
            return NpcompareError(message, hint)


def main() -> None:
    """Read a PDF from standard input, and write its pages to standard output."""
    _limit()
    sys.stdout.buffer.write(msgspec.json.encode(_pages(sys.stdin.buffer.read())))


def _limit() -> None:
    """Limit the processor time and memory of this process; Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _pages(content: bytes) -> Pages:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return Pages(failure="password" if "password" in str(error).lower() else "damaged")
    if count > _MOST_PAGES:
        return Pages(failure="pages")
    pages: list[Page] = []
    characters = unknown = 0
    for number in range(count):
        try:
            page, of_page, of_unknown = _page(document[number])
        except pypdfium2.PdfiumError:
            return Pages(failure="damaged")
        pages.append(page)
        characters += of_page
        unknown += of_unknown
        if characters > _MOST_CHARACTERS:
            return Pages(failure="characters")
    return Pages(tuple(pages), unknown=unknown)


def _page(page: Any) -> tuple[Page, int, int]:
    """Return a page, and how many characters it has, and how many of them have no known letter."""
    from pypdfium2 import raw

    left, bottom, right, top = page.get_cropbox()
    text_page = page.get_textpage()
    inside: list[Run] = []
    outside: list[str] = []
    for run in _runs(text_page, text_page.count_chars()):
        is_inside = left <= (run.left + run.right) / 2 <= right and bottom <= run.baseline <= top
        if is_inside:
            inside.append(
                Run(
                    run.text,
                    run.left - left,
                    run.right - left,
                    run.baseline - bottom,
                    run.size,
                    run.is_bold,
                    run.is_rotated,
                )
            )
        elif run.text.strip():
            outside.append(run.text)
    pictures = any(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4))
    unknown = sum(run.text.count("\ufffd") for run in inside)
    count = sum(len(run.text) for run in inside)
    result = Page(
        top - bottom, tuple(inside), tuple(outside), tuple(_comments(page)), has_pictures=pictures
    )
    page.close()
    return result, count, unknown


class _Character(Struct, frozen=True):
    """A character and its place; one that PDFium generated has none."""

    text: str
    left: float = 0.0
    right: float = 0.0
    baseline: float = 0.0
    size: float = 1.0
    is_bold: bool = False
    is_rotated: bool = False
    is_generated: bool = False

    def follows(self, before: _Character) -> bool:
        """Return whether it is beside another one of the same size."""
        size = before.size
        return (
            abs(self.baseline - before.baseline) <= _SAME_BASELINE * size
            and abs(self.size - size) <= _SAME_BASELINE * size
            and -size <= self.left - before.right <= _WIDEST_SPACE * size
        )


def _runs(text_page: Any, count: int) -> Iterator[Run]:
    """Yield the characters of a page in runs, in the order of the file."""
    run: list[_Character] = []
    for character in _characters(text_page, count):
        placed = [each for each in run if not each.is_generated][-1:]
        is_break = character.text in _LINE_BREAKS
        if is_break or (placed and not character.is_generated and not character.follows(placed[0])):
            yield from _run(run)
            run = []
        if not is_break and (run or not character.is_generated):
            run.append(character)
    yield from _run(run)


def _run(characters: list[_Character]) -> Iterator[Run]:
    placed = [character for character in characters if not character.is_generated]
    if not placed:
        return
    first = placed[0]
    yield Run(
        "".join(character.text for character in characters),
        first.left,
        max(character.right for character in placed),
        first.baseline,
        first.size,
        all(character.is_bold for character in placed),
        first.is_rotated,
    )


def _characters(text_page: Any, count: int) -> Iterator[_Character]:
    from pypdfium2 import raw

    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    edges = tuple(byref(edge) for edge in (left, right, bottom, top))
    for index in range(count):
        text = _letter(text_page, index)
        if not text:
            continue
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            yield _Character(text, is_generated=True)
            continue
        raw.FPDFText_GetCharBox(text_page, index, *edges)
        raw.FPDFText_GetCharOrigin(text_page, index, byref(x), byref(y))
        yield _Character(
            text,
            left.value,
            right.value,
            y.value,
            abs(raw.FPDFText_GetFontSize(text_page, index)) or 1.0,
            raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD,
            _ROTATED < abs(raw.FPDFText_GetCharAngle(text_page, index)) < tau - _ROTATED,
        )


def _letter(text_page: Any, index: int) -> str:
    """Return a character; a hyphen that PDFium found at the end of a line is "-"."""
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text_page, index)
    if raw.FPDFText_HasUnicodeMapError(text_page, index) == 1 or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    character = chr(code) if code < 0x110000 else "\ufffd"
    if character in _HYPHENS and raw.FPDFText_IsHyphen(text_page, index) == 1:
        return "-"
    if character in _LINE_BREAKS or character == "\t":
        return character.replace("\t", " ")
    return "" if code < 0x20 else character


def _comments(page: Any) -> Iterator[str]:
    """Yield the words of the comments on a page."""
    from pypdfium2 import raw

    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) in _NO_COMMENTS:
            raw.FPDFPage_CloseAnnot(annotation)
            continue
        size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        if size > 2:
            buffer = (raw.FPDF_WCHAR * (size // 2))()
            raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
            yield bytes(buffer)[:-2].decode("utf-16-le", "replace")
        raw.FPDFPage_CloseAnnot(annotation)


if __name__ == "__main__":
    main()
