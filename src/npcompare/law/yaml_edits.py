"""Change one value in a YAML file and keep every other line: comments, order and layout.

The lines of the value are replaced by their places. The result is read again: if it does not have
the data that it should have, the lines of the value above are replaced instead, at last the whole
file, of which then only the comments at its head remain. So an edit may lose a comment, but never
data.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcompare.law.yaml_reader import YamlFile, compose, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.law.yaml_reader import Pointer

#: In place of a value: the key is to be deleted.
REMOVED = object()

#: A word that every reader of YAML takes as text.
_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9_-]*")
_NOT_PLAIN = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def read(text: str) -> YamlFile:
    """Return YAML text as it is read."""
    return YamlFile(Path(), "", text.encode("utf-8", "surrogatepass"))


def set_value(text: str, pointer: Pointer, value: Any, order: Sequence[str] = ()) -> str:
    """Return YAML text in which one value is another one, or is deleted if it is `REMOVED`.

    Args:
        text: The text of a file without findings, whose data is a mapping.
        pointer: The place of the value. Its last part may be missing in the file: a new key, or the
            position after the last item of a list.
        value: The value, of the types that `read_yaml` returns.
        order: The order of keys, for the place of a new one.
    """
    if "\r\n" in text and text.count("\n") == text.count("\r\n"):
        edited = set_value(text.replace("\r\n", "\n"), pointer, value, order)
        return edited.replace("\n", "\r\n")
    expected = _with_value(read(text).data, pointer, value)
    for length in range(len(pointer), 0, -1):
        part = pointer[:length]
        edited_text = _replaced(text, part, _value_at(expected, part), order)
        if edited_text is not None and _has_data(edited_text, expected):
            return edited_text
    return head(text) + dump_yaml(expected)


def head(text: str) -> str:
    """Return the comments at the head of YAML text, before its first key."""
    root = compose(text)
    # The first key may be indented.
    end = len(text) if root is None else root.start_mark.index - root.start_mark.column
    lines = text[:end].splitlines()
    return "".join(f"{line}\n" for line in lines if line.lstrip()[:1] in {"#", ""})


def _has_data(text: str, expected: Any) -> bool:
    file = read(text)
    return not file.problems and file.is_readable and file.data == expected


def _with_value(data: Any, pointer: Pointer, value: Any) -> Any:
    """Return a copy of data with another value in one place."""
    if not pointer:
        return copy.deepcopy(value)
    key, *rest = pointer
    if isinstance(key, int):
        items = list(data or ())
        items[key : key + 1] = [_with_value((*items, None)[key], tuple(rest), value)]
        return items
    mapping = dict(data or {})
    if not rest and value is REMOVED:
        mapping.pop(key, None)
    else:
        mapping[key] = _with_value(mapping.get(key), tuple(rest), value)
    return mapping


def _value_at(data: Any, pointer: Pointer) -> Any:
    """Return the value in a place, or `REMOVED` if there is none."""
    for key in pointer:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return REMOVED
    return data


# --- The lines of a value -------------------------------------------------------------------------


def _replaced(text: str, pointer: Pointer, value: Any, order: Sequence[str]) -> str | None:
    """Return a text with other lines for one value, or None if they cannot be told."""
    parent = compose(text)
    for key in pointer[:-1]:
        parent = child_node(parent, key)
    if parent is None or parent.id == "scalar" or parent.flow_style or not parent.value:
        return None
    key = pointer[-1]
    if parent.id == "sequence":
        return _with_item(text, parent, key, value) if isinstance(key, int) else None
    entries = {key_node.value: (key_node, node) for key_node, node in parent.value}
    if key in entries:
        key_node, node = entries[key]
        return with_lines(text, key_node.start_mark, node, lines_of(str(key), value))
    if value is REMOVED:
        return text
    column = parent.value[0][0].start_mark.column
    before = _key_before(str(key), list(entries), order)
    return inserted(text, entries[before][1], indented(lines_of(str(key), value), column))


def child_node(node: Any, key: str | int) -> Any:
    """Return a node below another one, or None."""
    if node is None or node.id == "scalar":
        return None
    if node.id == "sequence":
        return node.value[key] if isinstance(key, int) and key < len(node.value) else None
    return next((value for key_node, value in node.value if key_node.value == key), None)


def _key_before(key: str, keys: Sequence[str], order: Sequence[str]) -> str:
    """Return the key after which a new one belongs: the last one before it in the order."""
    before = order[: order.index(key)] if key in order else ()
    return next((present for present in reversed(keys) if present in before), keys[-1])


def _with_item(text: str, parent: Any, index: int, value: Any) -> str | None:
    """Return a text with another item in a list, or with one more at its end."""
    if value is REMOVED or not isinstance(value, dict) or not value:
        return None
    lines = _block(value)
    if index < len(parent.value):
        return with_lines(text, parent.value[index].start_mark, parent.value[index], lines)
    return inserted(text, parent.value[-1], _as_item(lines, parent.start_mark.column))


def with_lines(text: str, mark: Any, node: Any, lines: Sequence[str]) -> str | None:
    """Return a text with other lines from a place to the end of a value, or without them.

    None if something else is on the line that is deleted.
    """
    start, end = mark.index, end_of_line(text, end_of(text, node))
    first, *further = lines or [""]
    if not lines:
        start -= mark.column
        if text[start : mark.index].strip():
            return None
        return text[:start] + text[end + 1 :]
    return text[:start] + "\n".join([first, *indented(further, mark.column)]) + text[end:]


def inserted(text: str, node: Any, lines: Sequence[str]) -> str:
    """Return a text with further lines below a value."""
    end = end_of_line(text, end_of(text, node))
    return "\n".join([text[:end], *lines]) + (text[end:] or "\n")


def end_of(text: str, node: Any) -> int:
    """Return where the characters of a value end."""
    if node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(text, last[1] if node.id == "mapping" else last)
    end: int = node.end_mark.index
    # A block scalar ends where the next key begins.
    return len(text[:end].rstrip()) if node.id == "scalar" and node.style in ("|", ">") else end


def end_of_line(text: str, position: int) -> int:
    """Return where a line ends, without its line break."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end


# --- Data to lines --------------------------------------------------------------------------------


def lines_of(key: str, value: Any) -> list[str]:
    """Return a key with its value as lines of YAML; no lines for what is deleted."""
    if value is REMOVED:
        return []
    if value is None:
        return [f"{_scalar(key)}:"]
    if _is_flat(value):
        return [f"{_scalar(key)}: {_flow(value)}"]
    lines = [f"{_scalar(key)}:"]
    if isinstance(value, dict):
        return lines + indented(_block(value), 2)
    for item in value:
        lines += _as_item(_block(item) if _is_limb(item) else [_flow(item)], 2)
    return lines


def _block(value: dict[str, Any]) -> list[str]:
    return [line for key, item in value.items() for line in lines_of(key, item)]


def _is_limb(item: Any) -> bool:
    """Return whether an item of a list has fields with values, each on a line of its own."""
    return isinstance(item, dict) and (
        "id" in item or (bool(item) and all(isinstance(value, dict) for value in item.values()))
    )


def _as_item(lines: Sequence[str], column: int) -> list[str]:
    """Return lines as an item of a list, whose hyphen is in a column."""
    return [f"{' ' * column}- {lines[0]}", *indented(lines[1:], column + 2)]


def indented(lines: Sequence[str], column: int) -> list[str]:
    """Return lines that begin in a column, counted from 0."""
    return [" " * column + line for line in lines]


def _is_flat(value: Any, depth: int = 0) -> bool:
    """Return whether a value is written on one line."""
    if isinstance(value, dict):
        return depth < 2 and all(_is_flat(item, depth + 1) for item in value.values())
    if isinstance(value, list):
        return not any(isinstance(item, dict | list) for item in value)
    return True


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        items = (f"{_scalar(key)}: {_flow(item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Return a scalar as YAML: a plain word, or a JSON string, which is valid YAML."""
    if not isinstance(value, str):
        return "null" if value is None else json.dumps(value)
    if _PLAIN.fullmatch(value) and value.casefold() not in _NOT_PLAIN:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(char) for char in quoted)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
