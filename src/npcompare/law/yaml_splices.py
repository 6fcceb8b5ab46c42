"""Write other words into a YAML text and keep every other character of it.

Where words of one field move to several fields, the lines of the field are repeated under each
new name with the words that belong there: the quotation, the source and the note are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.law.yaml_edits import child_node, end_of, end_of_line
from npcompare.law.yaml_reader import compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.law.moved_words import Moving, Plan
    from npcompare.law.yaml_reader import Pointer

#: The keys of a coded value that have its words.
_KEYS_OF_WORDS = frozenset({"value", "values", "doubtful"})


class UnclearLayoutError(Exception):
    """The words cannot be divided without a loss, such as that of a comment."""


class Splice(NamedTuple):
    """Another text between two places."""

    start: int
    end: int
    text: str


def with_plan(text: str, plan: Plan) -> str:
    """Return a text with other words.

    Raises UnclearLayoutError if that could lose a comment.
    """
    if "\r\n" in text and text.count("\n") == text.count("\r\n"):
        return with_plan(text.replace("\r\n", "\n"), plan).replace("\n", "\r\n")
    root = compose(text)
    splices = [
        _renamed(_node_at(root, renaming.pointer), renaming.word) for renaming in plan.renamings
    ]
    for moving in plan.movings:
        splices += _moved(text, _node_at(root, moving.parent), moving)
    return _spliced(text, splices)


def _node_at(root: Any, pointer: Pointer) -> Any:
    for key in pointer:
        root = child_node(root, key)
    return root


def _spliced(text: str, splices: Sequence[Splice], offset: int = 0) -> str:
    """Return a text with all splices made; their places count from an offset."""
    pieces: list[str] = []
    position = 0
    for splice in sorted(splices):
        pieces += text[position : splice.start - offset], splice.text
        position = splice.end - offset
    return "".join((*pieces, text[position:]))


def _renamed(node: Any, word: str) -> Splice:
    """Return the splice that writes another word with the quotation marks of the first."""
    mark = node.style if node.style in {"'", '"'} else ""
    return Splice(node.start_mark.index, node.end_mark.index, f"{mark}{word}{mark}")


def _moved(text: str, parent: Any, moving: Moving) -> list[Splice]:
    """Return the splices for the entry of a mapping whose words belong to other fields."""
    key_node, node = next(pair for pair in parent.value if pair[0].value == moving.key)
    start, end = key_node.start_mark.index, end_of(text, node)
    if not parent.flow_style:
        # With a comment that follows.
        end = end_of_line(text, end)
    copies = []
    for field, words in moving.words_by_field.items():
        splices = [*([] if field == moving.key else [_renamed(key_node, field)])]
        splices += _part(text, node, words) or ()
        if len(moving.words_by_field) == 1:
            return splices
        copies.append(_spliced(text[start:end], splices, start))
    between = ", " if parent.flow_style else "\n" + " " * key_node.start_mark.column
    return [Splice(start, end, between.join(copies))]


def _part(text: str, node: Any, words: Mapping[str, str]) -> list[Splice] | None:
    """Return the splices that leave only some words, each as it is now; None if none is left."""
    if node.id == "scalar":
        word = words.get(node.value)
        if word is None:
            return None
        return [] if word == node.value else [_renamed(node, word)]
    if node.id == "sequence":
        parts = [(child, _part(text, child, words)) for child in node.value]
        if all(splices is None for _, splices in parts):
            return None
        divide = _divided_flow if node.flow_style else _divided_block
        return list(divide(text, node, parts))
    splices: list[Splice] = []
    for key_node, child in node.value:
        if key_node.value in _KEYS_OF_WORDS:
            part = _part(text, child, words)
            if part is None:
                return None
            splices += part
    return splices


def _divided_flow(
    text: str, node: Any, parts: Sequence[tuple[Any, list[Splice] | None]]
) -> Iterator[Splice]:
    """Yield the splices for a list in brackets, of which some parts are left."""
    left_parts = [(child, splices) for child, splices in parts if splices is not None]
    if len(left_parts) == len(parts):
        for _, splices in left_parts:
            yield from splices
        return
    start, end = node.start_mark.index, node.end_mark.index
    if "#" in text[start:end]:
        raise UnclearLayoutError
    items = (
        _spliced(text[_start(child) : child.end_mark.index], splices, _start(child))
        for child, splices in left_parts
    )
    yield Splice(start, end, f"[{', '.join(items)}]")


def _start(node: Any) -> int:
    start: int = node.start_mark.index
    return start


def _divided_block(
    text: str, _node: Any, parts: Sequence[tuple[Any, list[Splice] | None]]
) -> Iterator[Splice]:
    """Yield the splices for a list with a line for each part, of which some are left.

    What is above a part, such as a comment, belongs to it.
    """
    line_end = text.rfind("\n", 0, _start(parts[0][0]))
    for child, splices in parts:
        start, line_end = line_end, end_of_line(text, end_of(text, child))
        if splices is None:
            yield Splice(start, line_end, "")
        else:
            yield from splices
