"""Change documents in the text of a bibliography and keep its comments and its layout."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from npcompare.law.yaml_edits import (
    REMOVED,
    end_of,
    end_of_line,
    head,
    indented,
    inserted,
    lines_of,
    read,
    with_lines,
)
from npcompare.law.yaml_reader import compose, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Documents = Mapping[str, Mapping[str, Any]]

_COMMENT = re.compile("#[^\r\n]*")


def with_documents(text: str, present: Documents, documents: Documents) -> str:
    """Return the text of a bibliography with documents: those that it has are replaced.

    Further ones are added at its end.

    Args:
        text: The text of a bibliography without findings.
        present: The documents in it.
        documents: Documents that differ from those in it, or are not in it.
    """
    replacements = {name: document for name, document in documents.items() if name in present}
    additions = {name: document for name, document in documents.items() if name not in present}
    edited = _with_changed(text, present, replacements) if replacements else text
    if additions:
        edited = f"{edited.rstrip()}\n{dump_yaml(additions)}"
    expected = {**present, **documents}
    # A bibliography in braces, or one that is indented or marked as ended, has no such places.
    file = read(edited)
    is_right = not file.problems and file.data == expected
    return edited if is_right else head(text) + dump_yaml(expected)


def lost_comments(before: str, after: str) -> list[str]:
    """Return the comments of YAML text that another one does not have."""
    return list((Counter(_comments(before)) - Counter(_comments(after))).elements())


def _comments(text: str) -> Iterator[str]:
    """Yield the comments of YAML text: they are between its tokens."""
    import yaml

    if "#" not in text:
        return
    place = 0
    for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        yield from _COMMENT.findall(text, place, max(place, token.start_mark.index))
        place = token.end_mark.index


def _with_changed(text: str, present: Documents, replacements: Documents) -> str:
    root = compose(text)
    if root is None or root.flow_style:
        return text
    # From the end, so that the places before a change stay as they are.
    for key, node in reversed(root.value):
        name = key.value
        if name in replacements:
            text = _with_fields(text, (key, node), present[name], replacements[name])
    return text


def _with_fields(
    text: str, entry: tuple[Any, Any], present: Mapping[str, Any], document: Mapping[str, Any]
) -> str:
    """Return a text with other fields of one document, whose key and value are nodes."""
    key, node = entry
    if node.flow_style or not node.value:
        return _replaced(text, key, node, lines_of(key.value, dict(document)))
    column = node.value[0][0].start_mark.column
    lines = [
        line
        for name, value in document.items()
        if name not in present
        for line in indented(lines_of(name, value), column)
    ]
    text = inserted(text, node.value[-1][1], lines) if lines else text
    for field, value in reversed(node.value):
        new = document.get(field.value, REMOVED)
        if new != present[field.value]:
            text = _replaced(text, field, value, lines_of(field.value, new))
    return text


def _replaced(text: str, key: Any, node: Any, lines: Sequence[str]) -> str:
    """Return a text with other lines for a key and its value; a comment after these stays."""
    end = end_of(text, node)
    tail = text[end : end_of_line(text, end)]
    if lines and tail.lstrip().startswith("#"):
        lines = [f"{lines[0]}{tail}", *lines[1:]]
    edited = with_lines(text, key.start_mark, node, lines)
    return text if edited is None else edited
