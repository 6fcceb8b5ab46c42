"""Redlines: the changes, word by word, that turn one text into another."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from npcompare.messages import main_language
from npcompare.model.results import Change, Edit
from npcompare.text import fold
from npcompare.wording.quotations import is_mark, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.provision import Text
    from npcompare.model.results import Comparison

#: A word or a single mark, with the space after it.
_TOKEN = re.compile(r"(\w+|[^\w\s])(\s*)")

#: Where a paragraph begins: at an empty line, or at a line with a number such as (1) or 2.
_PARAGRAPH = re.compile(r"\s*\n(?:\s*\n\s*|\s*(?=\(?[0-9A-Za-z]{1,4}[.)]\s))")

#: The end of a paragraph as a word, and as a change shows it.
_END, _PILCROW = "\n", "\N{PILCROW SIGN}"

#: A word, and the space after it.
Token = tuple[str, str]


class _Run(NamedTuple):
    """Consecutive words of the old and the new text, the same in both or changed."""

    old: list[Token]
    new: list[Token]
    is_same: bool


def redlines(comparisons: Iterable[Comparison]) -> list[tuple[Change, ...] | None]:
    """Return the redline for each comparison.

    It is None if one of the texts is not available, or if the two are in different languages.
    """
    texts = [
        (comparison.left.provision.text, comparison.right.provision.text)
        for comparison in comparisons
    ]
    return [
        redline(left.body, right.body) if _are_comparable(left, right) else None
        for left, right in texts
    ]


def _are_comparable(left: Text, right: Text) -> bool:
    """Return whether two texts are available and, as far as is known, in one language."""
    languages = {main_language(text.language) for text in (left, right)} - {""}
    return bool(left.body and right.body) and len(languages) < 2


def redline(left: str, right: str) -> tuple[Change, ...]:
    """Return the changes, word by word, that turn the left text into the right.

    In a script without spaces, every letter is a word. A paragraph that is divided or joined to
    another is a change of its mark. Apart from white space and these marks, the text without
    insertions is the left text, and the text without deletions is the right text. A single
    unchanged word between two changes is shown as changed with them, because whole phrases are
    easier to read.

    Common words are found by gestalt pattern matching (Ratcliff and Metzener, "Pattern Matching:
    The Gestalt Approach", Dr. Dobb's Journal, 1988), as in difflib: the longest common run of words
    first, then the runs on either side of it. Of texts that repeat themselves very often, not all
    common runs are found.
    """
    from npcompare.wording.bounded_matching import BoundedMatcher

    old, new = _tokens(left), _tokens(right)
    # Accents may be written as letters of their own.
    old_words, new_words = (
        [unicodedata.normalize("NFC", word) for word, _ in tokens] for tokens in (old, new)
    )
    matcher = BoundedMatcher(old_words, new_words)
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


def _tokens(text: str) -> list[Token]:
    """Return the words of a text, with a mark at the end of each paragraph but the last."""
    tokens: list[Token] = []
    for paragraph in _PARAGRAPH.split(text.strip()):
        if tokens:
            tokens.append((_END, " "))
        for word, space in _TOKEN.findall(fold(paragraph)):
            if word.isascii() and (not tokens or tokens[-1][1] or tokens[-1][0].isascii()):
                tokens.append((word, space))
            else:
                _add_letters(tokens, word, space)
    return tokens


def _add_letters(tokens: list[Token], word: str, space: str) -> None:
    """Add a word that has other letters than ASCII; a vowel sign belongs to the word before it."""
    for letter in word if any(map(is_unspaced, word)) else (word,):
        before, gap = tokens[-1] if tokens else ("", " ")
        is_rest = is_mark(before[-1:] or " ") and letter[0].isalnum()
        joins = is_mark(letter[0]) or (is_rest and not is_unspaced(letter[0]))
        if joins and not gap and before != _END:
            tokens[-1] = (before + letter, "")
        else:
            tokens.append((letter, ""))
    tokens[-1] = (tokens[-1][0], space)


def _changes(run: _Run) -> list[Change]:
    if run.is_same:
        # Where only one text has a space after a word, keep the space.
        tokens = [
            (word, old_space or new_space)
            for (word, old_space), (_, new_space) in zip(run.old, run.new, strict=True)
        ]
        # A mark is shown only where it is a change.
        same = _text([token for token in tokens if token[0] != _END])
        return [Change(Edit.SAME, same)] if same else []
    changes = [Change(Edit.DELETED, _text(run.old)), Change(Edit.INSERTED, _text(run.new))]
    return [change for change in changes if change.text]


def _text(tokens: list[Token]) -> str:
    return "".join((_PILCROW if word == _END else word) + space for word, space in tokens)
