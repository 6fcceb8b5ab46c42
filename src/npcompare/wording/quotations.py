"""Quotations: where quoted words occur in a body, what was probably meant, and what is not quoted.

Two texts have the same words if they differ only in white space and in the Unicode composition of
accents. Quotations match whole words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from npcompare.text import fold, near

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How many occurrences are counted, and how many characters around a word are shown.
MOST_PLACES, _CONTEXT = 1000, 200

#: Typographic marks, and their plain forms on a keyboard.
_PLAIN_MARKS = str.maketrans(
    "\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----"
)

#: Soft hyphens, joiners, direction marks and other characters that are not visible.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")

#: The limit of the words sought times the words of the body for fuzzy matching, which is slow.
_MOST_COMPARED = 400_000

#: The same limit for all quotations of one file.
_MOST_COMPARED_IN_FILE = 10 * _MOST_COMPARED

#: How many passages are compared character by character in fuzzy matching.
_CANDIDATES = 60

#: The names of scripts without spaces between words, in which any letter may end a word.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


class Body:
    """The body of a provision, with a record of what has been quoted from it."""

    def __init__(self, text: str) -> None:
        """Prepare to look up quotations."""
        self._folded = fold(text)
        self._normal = unicodedata.normalize("NFC", self._folded)
        #: The parts that have been quoted.
        self._quoted: list[tuple[int, int]] = []
        #: How much fuzzy matching is still allowed.
        self._budget = _MOST_COMPARED_IN_FILE
        self._word_count = self._normal.count(" ") + 1

    @property
    def length(self) -> int:
        """How many characters are searched for a quotation."""
        return len(self._normal)

    def quote(self, words: str) -> int:
        """Record a quotation; return how often it occurs, but at most MOST_PLACES + 1."""
        quotation = normal_form(words)
        starts = list(islice(_occurrences(self._normal, quotation), MOST_PLACES + 1))
        self._quoted += [(start, start + len(quotation)) for start in starts]
        return len(starts)

    def has(self, words: str) -> bool:
        """Return whether words occur, without recording a quotation."""
        return next(_occurrences(self._normal, normal_form(words)), None) is not None

    def hint_for_missing(self, words: str) -> str:
        """Return a hint for a quotation that does not occur: what was probably meant."""
        nearest = _nearest(self._folded, words) if self._budget > 0 else ""
        self._budget -= min(len(words.split()) * self._word_count, _MOST_COMPARED)
        if not nearest:
            return "copy the words from the body, letter for letter"
        if invisible := _invisible_difference(nearest, words):
            return invisible
        # If only a mark differs, the two would look the same in the message.
        if nearest.translate(_PLAIN_MARKS) == fold(words).translate(_PLAIN_MARKS).rstrip(",.;:"):
            return "the body has a different quotation mark or dash: copy it from there"
        return f'the nearest words in the body are "{shortened(nearest)}"'

    def unquoted(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
        """Yield the matches of a pattern outside all quotations.

        Each is its number among all matches of the pattern, its words, and its context.
        """
        quoted = sorted(self._quoted)
        index = quoted_until = 0
        for number, match in enumerate(pattern.finditer(self._normal)):
            while index < len(quoted) and quoted[index][0] < match.end():
                quoted_until = max(quoted_until, quoted[index][1])
                index += 1
            if quoted_until <= match.start():
                yield number, match[0], _context(self._normal, *match.span())


def places(body: str, words: str) -> list[int]:
    """Return where words occur in a folded body, letter for letter and as whole words."""
    return list(_occurrences(unicodedata.normalize("NFC", body), normal_form(words)))


def spans(body: str, words: str) -> list[tuple[int, int]]:
    """Return the starts and ends of words in a folded body in its normal form."""
    length = len(normal_form(words))
    return [(start, start + length) for start in places(body, words)]


def occurs_once(body: str, words: str) -> bool:
    """Return whether words occur once in a body in its normal form."""
    return len(list(islice(_occurrences(body, normal_form(words)), 2))) == 1


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that matches any of some words or phrases, with any white space in them."""
    if not words:
        return re.compile("(?!)")
    alternatives = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    # The first letter alone excludes most words of a text.
    letters = re.escape("".join(sorted({word.split()[0][0] for word in words})))
    return re.compile(rf"\b(?=[{letters}])(?:{alternatives})\b", re.IGNORECASE)


def is_unspaced(character: str) -> bool:
    """Return whether a character belongs to a script without spaces between words."""
    return unicodedata.name(character, "").startswith(_UNSPACED)


def shortened(words: str) -> str:
    """Return words as a message quotes them: no more than 60 characters."""
    return words if len(words) <= 60 else words[:57].rstrip() + "..."


def _invisible_difference(nearest: str, words: str) -> str:
    """Return a hint that names the character that is not visible, if only such ones differ."""
    texts = {"the body": nearest, "the evidence": fold(words)}
    without = {_INVISIBLE.sub("", text).rstrip(",.;:") for text in texts.values()}
    characters = [
        (place, match[0]) for place, text in texts.items() for match in _INVISIBLE.finditer(text)
    ]
    if len(without) > 1 or not characters:
        return ""
    place, character = characters[0]
    name = unicodedata.name(character, "a character").lower()
    shown = shortened(_INVISIBLE.sub(lambda match: f"<U+{ord(match[0]):04X}>", texts[place]))
    return f'{place} has a character that is not visible, {name}: delete it in "{shown}"'


def _context(body: str, start: int, end: int) -> str:
    """Return a part of the body with some words before and after it."""
    before = body[max(0, start - _CONTEXT) : start].split(" ")[-4:]
    after = body[end : end + _CONTEXT].split(" ")[:6]
    return " ".join(before) + body[start:end] + " ".join(after)


def _occurrences(body: str, words: str) -> Iterator[int]:
    start = body.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_is_inside_word(body, start) or _is_inside_word(body, end)):
            yield start
        start = body.find(words, start + 1)


def _nearest(body: str, words: str) -> str:
    """Return the words of the body that are most like some words; empty if none are.

    This is fuzzy matching in two steps: of all passages of the same length, those that share most
    words; of these, the one with the highest similarity by gestalt pattern matching (Ratcliff and
    Metzener, "Pattern Matching: The Gestalt Approach", Dr. Dobb's Journal, 1988).
    """
    from difflib import SequenceMatcher

    wanted_words, available = normal_form(words).split(" "), body.split(" ")
    if len(wanted_words) * len(available) > _MOST_COMPARED:
        return ""
    if len(wanted_words) == 1:
        lower = {word.casefold().strip(".,;:()"): word for word in reversed(available)}
        return lower.get(near(wanted_words[0], lower), "")
    last_start = max(0, len(available) - len(wanted_words))
    windows = [available[start : start + len(wanted_words)] for start in range(last_start + 1)]
    shared = _shared_words(wanted_words, windows)
    most_shared = max(shared)
    if most_shared < len(wanted_words) / 2:
        return ""
    candidates = [
        " ".join(windows[number])
        for number in sorted(range(len(windows)), key=shared.__getitem__, reverse=True)
        if shared[number] + 1 >= most_shared
    ]
    matcher = SequenceMatcher(None, b=" ".join(wanted_words), autojunk=False)

    def similarity(candidate: str) -> float:
        matcher.set_seq1(candidate)
        return matcher.ratio()

    return max(candidates[:_CANDIDATES], key=similarity).rstrip(",.;:")


def _shared_words(words: list[str], windows: list[list[str]]) -> list[int]:
    """Return how many words each window shares with some words."""
    counts = Counter(word.casefold() for word in words)
    return [
        sum((counts & Counter(word.casefold() for word in window)).values()) for window in windows
    ]


def normal_form(words: str) -> str:
    """Return words in the form in which they are compared."""
    return unicodedata.normalize("NFC", fold(words))


def _is_inside_word(text: str, position: int) -> bool:
    """Return whether a position in a text is inside a word."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if not (_is_of_word(before) and _is_of_word(after)):
        return False
    # A vowel sign belongs to the letter before it, in every script.
    return is_mark(after) or not (is_unspaced(before) or is_unspaced(after))


def _is_of_word(character: str) -> bool:
    return character.isalnum() or is_mark(character)


def is_mark(character: str) -> bool:
    """Return whether a character belongs to the letter before it: an accent or a vowel sign.

    These are the characters that extend a word by the rules of Unicode (UAX 29): marks, and the
    joiners without a width.
    """
    return character in "\u200c\u200d" or unicodedata.category(character)[0] == "M"
