"""JSON and JSON Lines: data for programs."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.document import Stream
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Document

#: Control characters that JSON allows unescaped, and surrogates. Few outputs contain any, and only
#: then is the pattern compiled.
_CONTROLS = "[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"

#: The same characters in UTF-8. To search the bytes is faster than to search the decoded text.
_ENCODED_CONTROLS = rb"\x7f|\xc2[\x80-\x9f]|\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])|\xed[\xa0-\xbf]"

#: The start of a line of a record in a list at the top of the data.
_RECORD_LINE = "\n    "

#: How many records of a stream are written together.
_BATCH = 64


def write(document: Document) -> Iterator[str | bytes]:
    """Yield the data as JSON; characters that could control a terminal are escaped, not lost.

    The records of a stream are written a few at a time, as bytes: to decode and encode a large
    corpus again would take a third of the time.
    """
    separator = "{"
    for key, value in document.data.items():
        yield f"{separator}\n  {format_json(key)}: "
        separator = ","
        if isinstance(value, Stream):
            yield from _stream(value)
        else:
            yield format_json(value, "\n  ")
    yield "\n}\n" if document.data else "{}\n"


def write_lines(document: Document) -> Iterator[str]:
    """Yield each row of the flat table as a line of JSON, with the keys of the columns."""
    keys = [column.key for column in document.flat.columns]
    for row in document.flat.rows:
        record = dict(zip(keys, (visible(cell.text) for cell in row), strict=True))
        yield f"{re.sub(_CONTROLS, _escape, _encode(record).decode())}\n"


def format_json(data: object, line: str = "\n") -> str:
    """Return data as indented JSON, in which every line starts with `line`."""
    try:
        text = _indented(_encode(data)).decode()
    except UnicodeEncodeError:
        # A file name or an argument of the command line may be no valid text.
        import json

        text = json.dumps(msgspec.to_builtins(data), ensure_ascii=False, indent=2)
        text = re.sub(_CONTROLS, _escape, text)
    return text.replace("\n", line)


def _stream(records: Stream) -> Iterator[str | bytes]:
    """Yield the records of a stream as a list at the top of the data."""
    separator = "["
    remaining = iter(records)
    while batch := list(islice(remaining, _BATCH)):
        yield separator
        yield _batch(batch)
        separator = ","
    yield "[]" if separator == "[" else "\n  ]"


def _batch(records: list[Any]) -> bytes:
    """Return records as parts of a list at the top of the data, without its brackets."""
    try:
        # In an object with this list alone, the records have the right indent.
        text = _indented(b'{"":[%b]}' % b",".join(map(_encode, records)))
    except UnicodeEncodeError:
        texts = (f"{_RECORD_LINE}{format_json(record, _RECORD_LINE)}" for record in records)
        return ",".join(texts).encode()
    return text[text.index(b"[") + 1 : text.rindex(b"]")].rstrip()


def _encode(data: object) -> bytes:
    return bytes(data) if isinstance(data, msgspec.Raw) else msgspec.json.encode(data)


def _indented(raw: bytes) -> bytes:
    """Return JSON indented, with the characters that could control a terminal escaped."""
    text = msgspec.json.format(raw, indent=2)
    if re.search(_ENCODED_CONTROLS, raw):
        return re.sub(_CONTROLS, _escape, text.decode()).encode()
    return text


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
