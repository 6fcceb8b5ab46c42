"""Differences between data that say the same, such as `value: adult` and `values: [adult]`.

Cells cannot show them. A form keeps them on a sheet of its own, so that what is imported is written
as it was. They apply only where a cell still says what it said.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from npcompare.coding.form_cells import AROUND
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.law.yaml_reader import Pointer

#: Stands for a place that data do not have.
_MISSING: Final = object()

#: What says nothing, and is the same as no value.
_EMPTY: Final[tuple[Any, ...]] = ("", [], {})


class Spelling(Struct, frozen=True):
    """How one place is written: what is read from the cells, and what is in the file.

    In a mapping, these are the keys that differ.
    """

    place: tuple[str | int, ...]
    read: Any
    original: Any


def spellings_of(read: Any, original: Any, place: Pointer = ()) -> Iterator[Spelling]:
    """Yield the differences between the data read from cells and those of the file."""
    if isinstance(read, dict) and isinstance(original, dict):
        for key in read:
            if key in original:
                yield from spellings_of(read[key], original[key], (*place, key))
        only_read = {key: read[key] for key in read if key not in original}
        only_written = {key: original[key] for key in original if key not in read}
        if only_read or only_written:
            yield Spelling(place, only_read, only_written)
    elif isinstance(read, list) and isinstance(original, list) and len(read) == len(original):
        for index, item in enumerate(read):
            yield from spellings_of(item, original[index], (*place, index))
    elif read != original or type(read) is not type(original):
        yield Spelling(place, read, original)


def respell(data: dict[str, Any], spellings: Iterable[Spelling]) -> dict[str, Any]:
    """Return data in which each place that still says the same is written as in the file.

    A spelling that would change what is said is not applied, so that a workbook cannot hide one.
    """
    spelt: dict[str, Any] = copy.deepcopy(data)
    for spelling in spellings:
        _respell(spelt, spelling)
    return spelt if normal(spelt) == normal(data) else data


def normal(data: Any) -> Any:
    """Return data in a form in which two spellings of the same are equal."""
    if isinstance(data, bool) or data is None:
        return data
    if isinstance(data, list):
        items = [item for item in map(normal, data) if item not in _EMPTY]
        return items[0] if len(items) == 1 else items
    if not isinstance(data, dict):
        return fold(str(data).strip(AROUND))
    values = {"values" if key == "value" else key: normal(value) for key, value in data.items()}
    values = {key: value for key, value in values.items() if value not in _EMPTY}
    return values["note"] if values.keys() == {"note"} else values


def _respell(data: dict[str, Any], spelling: Spelling) -> None:
    parent: Any = None
    current: Any = data
    for part in spelling.place:
        parent, current = current, _at(current, part)
        if current is _MISSING:
            return
    if isinstance(spelling.read, dict) and isinstance(spelling.original, dict):
        _respell_keys(current, spelling.read, spelling.original)
    elif parent is not None and _is_equal(current, spelling.read):
        parent[spelling.place[-1]] = spelling.original


def _respell_keys(current: Any, read: dict[str, Any], original: dict[str, Any]) -> None:
    if not isinstance(current, dict) or any(key in current for key in original):
        return
    if all(_is_equal(current.get(key, _MISSING), value) for key, value in read.items()):
        for key in read:
            del current[key]
        current.update(original)


def _is_equal(value: Any, expected: Any) -> bool:
    return value == expected and type(value) is type(expected)


def _at(parent: Any, part: str | int) -> Any:
    if isinstance(parent, dict):
        return parent.get(part, _MISSING)
    is_item = isinstance(parent, list) and isinstance(part, int) and 0 <= part < len(parent)
    return parent[part] if is_item else _MISSING
