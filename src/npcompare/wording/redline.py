"""Two texts to a redline: word by word, what turns the one into the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.model.results import Change, Edit
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.results import Comparison

#: A word, or a single mark of punctuation, with the space after it.
_TOKEN = re.compile(r"(\w+|[^\w\s])(\s*)")


def redlines(results: Iterable[Comparison]) -> list[tuple[Change, ...] | None]:
    """Return for each comparison the redline to its right text, None where one is not held."""
    texts = [(one.left.provision.text.body, one.right.provision.text.body) for one in results]
    return [redline(left, right) if left and right else None for left, right in texts]


def redline(left: str, right: str) -> tuple[Change, ...]:
    """Return the changes, word by word, that turn the left text into the right.

    What is not inserted reads as the left text, what is not deleted as the right one, white space
    aside. A lone word that stays between two changes is shown as changed with them, since a
    reader follows whole phrases.
    """
    from difflib import SequenceMatcher

    old, new = _TOKEN.findall(fold(left)), _TOKEN.findall(fold(right))
    matcher = SequenceMatcher(
        None, [word for word, _ in old], [word for word, _ in new], autojunk=False
    )
    runs: list[tuple[list[tuple[str, str]], list[tuple[str, str]], bool]] = []
    blocks = matcher.get_opcodes()
    for number, (tag, from_old, to_old, from_new, to_new) in enumerate(blocks):
        kept = tag == "equal" and not (to_old - from_old == 1 and 0 < number < len(blocks) - 1)
        if kept or not runs or runs[-1][2]:
            runs.append((old[from_old:to_old], new[from_new:to_new], kept))
        else:
            runs[-1][0].extend(old[from_old:to_old])
            runs[-1][1].extend(new[from_new:to_new])
    return tuple(change for run in runs for change in _changes(*run))


def _changes(
    old: list[tuple[str, str]],
    new: list[tuple[str, str]],
    kept: bool,  # noqa: FBT001
) -> list[Change]:
    if kept:
        pairs = zip(old, new, strict=True)
        # Of two ways to space a word, the one that keeps it apart from the next.
        return [Change(Edit.SAME, _joined([(one, a or b) for (one, a), (_, b) in pairs]))]
    found = [(Edit.DELETED, _joined(old)), (Edit.INSERTED, _joined(new))]
    return [Change(edit, text) for edit, text in found if text]


def _joined(tokens: list[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in tokens)
