"""JSON, and lines of JSON: data for programs."""

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

#: Controls that JSON does not escape of itself, and halves of characters.
_STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

#: What a new line of a record begins with, in a list at the top of the data.
_WITHIN = "\n    "

#: How many records of a stream are written together.
_TOGETHER = 64


def write(document: Document) -> Iterator[str]:
    """Yield the data as JSON; what could steer a terminal is escaped, and so not lost.

    The records of a stream are written one by one.
    """
    before = "{"
    for key, value in document.data.items():
        yield f"{before}\n  {in_lines(key)}: "
        before = ","
        if isinstance(value, Stream):
            yield from _listed(value)
        else:
            yield in_lines(value, "\n  ")
    yield "\n}\n" if document.data else "{}\n"


def _listed(records: Stream) -> Iterator[str]:
    """Yield a list of records as it stands at the top of the data."""
    before = "["
    left = iter(records)
    while some := list(islice(left, _TOGETHER)):
        yield before + _together(some)
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _together(records: list[Any]) -> str:
    """Return records as they stand in a list at the top of the data, without its brackets."""
    try:
        # Set where they will stand, they are laid out as they will be.
        laid = _laid_out(b'{"":[%b]}' % b",".join(map(_raw, records)))
    except UnicodeEncodeError:
        return ",".join(f"\n    {in_lines(one, _WITHIN)}" for one in records)
    return laid[laid.index("[") + 1 : laid.rindex("]")].rstrip()


def write_lines(document: Document) -> Iterator[str]:
    """Yield each row of the flat table as JSON on a line of its own, by the columns' names."""
    keys = [column.key for column in document.flat.columns]
    for row in document.flat.rows:
        record = dict(zip(keys, (visible(cell.text) for cell in row), strict=True))
        yield f"{_STEERING.sub(_escaped, _raw(record).decode())}\n"


def in_lines(data: object, line: str = "\n") -> str:
    """Return data as JSON in lines, each begun in the same way."""
    try:
        text = _laid_out(_raw(data))
    except UnicodeEncodeError:
        # The name of a file, or what is said on the command line, need not be text.
        import json

        text = json.dumps(msgspec.to_builtins(data), ensure_ascii=False, indent=2)
        text = _STEERING.sub(_escaped, text)
    return text.replace("\n", line)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _raw(data: object) -> bytes:
    return bytes(data) if isinstance(data, msgspec.Raw) else msgspec.json.encode(data)


def _laid_out(raw: bytes) -> str:
    """Return JSON in lines, with what could steer a terminal escaped."""
    text = msgspec.json.format(raw, indent=2).decode()
    # What is printed as it stands steers nothing; that is seen sooner than each sign looked for.
    return text if raw.decode().isprintable() else _STEERING.sub(_escaped, text)
