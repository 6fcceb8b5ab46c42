"""The source of an HTML page: its encoding, as browsers find it, and its tree, within limits."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from npcompare.readers.paragraphs import LeftOutCounts

#: The most bytes, elements and attributes of a page, and how deep elements may be nested.
_LARGEST = 12 * 1024**2
_MOST_ELEMENTS = 250_000
_MOST_ATTRIBUTES = 500_000
_DEEPEST = 400
_MOST = f"{_MOST_ELEMENTS:,} elements or {_MOST_ATTRIBUTES:,} attributes"

#: How much is parsed at once, and the most parts that a single tag may have.
_PIECE = 64 * 1024
_MOST_PARTS_OF_TAG = 200_000
#: What is before each attribute of a tag.
_BEFORE_ATTRIBUTE = re.compile(r"[\s/\"']")

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

#: Where a page declares its encoding, in its first bytes.
_DECLARED = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*(?P<meta>[\w.:-]+)"
    rb"|\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"'](?P<xml>[\w.:-]+)",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096

#: Names of encodings that mean another one in a browser (WHATWG Encoding Standard).
_IN_BROWSERS = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-32"), "utf-8"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
#: What an encoding is called in a message.
_NAMES = {"cp1252": "Windows-1252", "utf-8": "UTF-8"}

#: Characters that are no text in a page.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def parse_html(
    content: bytes, path: str, left_out: LeftOutCounts
) -> tuple[Element, tuple[str, ...]]:
    """Return the tree of a page without its comments, which are counted, and notes for the user.

    Raises NpcompareError if the page is too large, too complex or too deep.
    """
    from lxml import etree

    if len(content) > _LARGEST:
        raise NpcompareError(
            f"{path} is larger than {_LARGEST // 1024**2} MB",
            "save the part that you need as a page of its own",
        )
    text, notes = _decoded(content, path)
    text = _CONTROLS.sub("", text)
    if not text.strip():
        raise NpcompareError(f"{path} contains no text")
    _check_limits(text, path, left_out)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return etree.fromstring(text.encode(errors="replace"), parser), notes
    except etree.ParserError as error:
        raise NpcompareError(f"{path} contains no text") from error


def _decoded(content: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page, and a note if its encoding is concluded or does not fit."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _read_as(content.removeprefix(mark), encoding, path)
    if declared := _declared_encoding(content[:_DECLARED_WITHIN]):
        return _read_as(content, declared, path)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        text, notes = _read_as(content, "cp1252", path)
        return text, (
            f"{path} is not in UTF-8 and declares no encoding; it was read as Windows-1252",
            *notes,
        )


def _declared_encoding(start: bytes) -> str:
    """Return the encoding that a page declares; empty if there is none or it is not known."""
    if not (match := _DECLARED.search(start)):
        return ""
    name = (match["meta"] or match["xml"]).decode("ascii", "replace")
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return ""
    # Some encodings of Python are not of characters, such as "rot13".
    is_text: bool = getattr(codec, "_is_text_encoding", True)
    return _IN_BROWSERS.get(codec.name, codec.name) if is_text else ""


def _read_as(content: bytes, encoding: str, path: str) -> tuple[str, tuple[str, ...]]:
    text = content.decode(encoding, "replace")
    if not (count := text.count("\ufffd")) or count == _replacements(content, encoding):
        return text, ()
    name = _NAMES.get(encoding, encoding)
    return text, (
        f"{path}: some characters are not in the encoding {name} and are shown as \ufffd",
    )


def _replacements(content: bytes, encoding: str) -> int:
    """Return how often the replacement character is in a page itself."""
    return content.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0


class _Limits:
    """A target of the parser that counts elements, and comments as left out."""

    def __init__(self, path: str, left_out: LeftOutCounts) -> None:
        self._path = path
        self._left_out = left_out
        self._depth = self._elements = self._attributes = 0
        #: How many elements, texts and comments there were.
        self.events = 0

    def start(self, _tag: str, attrib: Mapping[str, str]) -> None:
        """Count an element."""
        self.events += 1
        self._depth += 1
        self._elements += 1
        self._attributes += len(attrib)
        if self._depth > _DEEPEST:
            raise NpcompareError(
                f"{self._path} was not read: its elements are nested too deeply",
                "open it in a browser, copy the provision into a Word document, and read that",
            )
        if self._elements > _MOST_ELEMENTS or self._attributes > _MOST_ATTRIBUTES:
            raise too_complex(self._path, _MOST)

    def end(self, _tag: str) -> None:
        """End an element."""
        self.events += 1
        self._depth -= 1

    def data(self, _text: str) -> None:
        """Pass over text."""
        self.events += 1

    def comment(self, text: str) -> None:
        """Count a comment."""
        self.events += 1
        self._left_out.add("comment", text)

    def close(self) -> None:
        """End the page."""


def too_complex(path: str, limit: str) -> NpcompareError:
    """Return the error for a page that has too many parts."""
    return NpcompareError(
        f"{path} was not read: it has more than {limit}",
        "save the part that you need as a page of its own",
    )


def _check_limits(text: str, path: str, left_out: LeftOutCounts) -> None:
    """Parse a page without building its tree; raise NpcompareError if it is beyond the limits.

    A tag is parsed as a whole, so its parts are counted before it ends.
    """
    from lxml import etree

    limits = _Limits(path, left_out)
    target: Any = limits
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=True)
    parts = 0
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        before = limits.events
        parts += len(_BEFORE_ATTRIBUTE.findall(piece))
        if parts > _MOST_PARTS_OF_TAG:
            raise too_complex(path, _MOST)
        parser.feed(piece.encode(errors="replace"))
        if limits.events > before:
            parts = 0
    parser.close()
