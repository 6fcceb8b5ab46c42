"""Redlines: the changes, word by word, that turn one text into another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from npcompare.model.results import Change, Edit
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.results import Comparison

#: A word or a single punctuation mark, with the space after it.
_TOKEN = re.compile(r"(\w+|[^\w\s])(\s*)")

#: A word, and the space after it.
Token = tuple[str, str]


class _Run(NamedTuple):
    """Consecutive words of the old and the new text, the same in both or changed."""

    old: list[Token]
    new: list[Token]
    is_same: bool


def redlines(comparisons: Iterable[Comparison]) -> list[tuple[Change, ...] | None]:
    """Return the redline for each comparison; None if one of its texts is not available."""
    texts = [
        (comparison.left.provision.text.body, comparison.right.provision.text.body)
        for comparison in comparisons
    ]
    return [redline(left, right) if left and right else None for left, right in texts]


def redline(left: str, right: str) -> tuple[Change, ...]:
    """Return the changes, word by word, that turn the left text into the right.

    Apart from white space, the text without insertions is the left text, and the text without
    deletions is the right text. A single unchanged word between two changes is shown as changed
    with them, because whole phrases are easier to read.

    Common words are found by gestalt pattern matching (Ratcliff and Metzener, "Pattern Matching:
    The Gestalt Approach", Dr. Dobb's Journal, 1988), as in difflib: the longest common run of words
    first, then the runs on either side of it.
    """
    from difflib import SequenceMatcher

    old, new = _TOKEN.findall(fold(left)), _TOKEN.findall(fold(right))
    matcher = SequenceMatcher(
        None, [word for word, _ in old], [word for word, _ in new], autojunk=False
    )
    runs: list[_Run] = []
    blocks = matcher.get_opcodes()
    for number, (tag, old_start, old_end, new_start, new_end) in enumerate(blocks):
        is_single_word = old_end - old_start == 1 and 0 < number < len(blocks) - 1
        is_same = tag == "equal" and not is_single_word
        if is_same or not runs or runs[-1].is_same:
            runs.append(_Run(old[old_start:old_end], new[new_start:new_end], is_same))
        else:
            runs[-1].old.extend(old[old_start:old_end])
            runs[-1].new.extend(new[new_start:new_end])
    return tuple(change for run in runs for change in _changes(run))


def _changes(run: _Run) -> list[Change]:
    if run.is_same:
        # Where only one text has a space after a word, keep the space.
        tokens = [
            (word, old_space or new_space)
            for (word, old_space), (_, new_space) in zip(run.old, run.new, strict=True)
        ]
        return [Change(Edit.SAME, _text(tokens))]
    changes = [Change(Edit.DELETED, _text(run.old)), Change(Edit.INSERTED, _text(run.new))]
    return [change for change in changes if change.text]


def _text(tokens: list[Token]) -> str:
    return "".join(word + space for word, space in tokens)
