"""Headings and entries of a list of contents: sentences without a rule, which need not be listed.

Words that may be a rule are listed. A heading must be named in the list of contents, be in capitals
below the number of a Part, or have no value that the rules below it do not have.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from npcompare.coding.phrasebook import SIGNALS
from npcompare.coding.word_accounts import account
from npcompare.readers.contents_list import (
    contents_list,
    is_contents_heading,
    is_like_a_heading,
)
from npcompare.readers.paragraphs import Paragraph
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_content import SentenceContent
    from npcompare.coding.sentence_reader import Reader
    from npcompare.coding.text_divisions import SentencesOnParts
    from npcompare.coding.text_places import TextPlaces
    from npcompare.wording.sentences import Sentence

#: The signals that a heading may have: words that add nothing, or that speak of a rule.
_NEUTRAL = frozenset({"plain", "inserted", "aside"})

_start = attrgetter("start")


class UnreadHeadings:
    """The headings of one text."""

    def __init__(self, reader: Reader, places: TextPlaces, divisions: SentencesOnParts) -> None:
        """Prepare to find the headings among the sentences that a reader reads."""
        self._reader = reader
        self._places = places
        self._divisions = divisions
        self._sentences: list[Sentence] = []

    def add(self, sentence: Sentence) -> None:
        """Add the next sentence of the text."""
        self._sentences.append(sentence)

    def has(self, sentence: Sentence, content: SentenceContent, limbs: Sequence[LimbDraft]) -> bool:
        """Return whether a sentence that is not read is a heading or an entry of contents.

        Args:
            sentence: The sentence.
            content: What it is about.
            limbs: All limbs of the text, in its order.
        """
        if not sentence.is_open or sentence.labels:
            return False
        if sentence.start in self._entries or self._divisions.is_heading(sentence, content):
            return True
        is_named = self._name(sentence) in self._entries.values()
        return content.is_heading and (
            is_named
            or self._is_below_number(sentence)
            or (content.is_short and self._is_title(sentence, self._below(sentence, limbs)))
        )

    @cached_property
    def _entries(self) -> dict[int, str]:
        """The entries of the list of contents, by their place.

        In a short text, a list without a heading may be the rules.
        """
        paragraphs: list[Paragraph] = []
        section = -1
        for sentence in self._sentences:
            # A label is that of the first sentence after it.
            label = sentence.number if sentence.section != section else ""
            section = sentence.section
            path = (label,) if label else ()
            paragraphs.append(Paragraph(label, len(path), self._words(sentence), path))
        contents = contents_list(paragraphs)
        has_heading = any(is_contents_heading(paragraphs[index]) for index in contents)
        return {
            self._sentences[index].start: self._name(self._sentences[index])
            for index in (contents if has_heading or self._places.is_act else ())
            if is_like_a_heading(paragraphs[index])
        }

    def _words(self, sentence: Sentence) -> str:
        return fold(self._reader.text[sentence.start : sentence.end])

    def _name(self, sentence: Sentence) -> str:
        """Return the words of a heading without case, marks at the end and the number of a page."""
        return self._words(sentence).rstrip(" .0123456789\u2026\u2013\u2014-:").casefold()

    def _is_below_number(self, sentence: Sentence) -> bool:
        """Return whether words in capitals are the title below "PART III"."""
        index = bisect_left(self._sentences, sentence.start, key=_start)
        before = self._sentences[index - 1] if index else None
        is_title = before is not None and self._divisions.is_numbered(before)
        return is_title and self._words(sentence).isupper()

    def _below(self, sentence: Sentence, limbs: Sequence[LimbDraft]) -> list[LimbDraft]:
        """Return the limbs of the article below a heading; in an Act, of that directly below it."""
        below = limbs[bisect_left(limbs, sentence.end, key=_start) :]
        if not below:
            return []
        article = below[0].article
        index = bisect_right(self._sentences, sentence.start, key=_start)
        places = [sentence.start, *map(_start, self._sentences[index : index + 1])]
        if self._places.is_act and article not in map(self._places.article, places):
            return []
        return list(takewhile(lambda limb: limb.article == article, below))

    def _is_title(self, sentence: Sentence, limbs: Sequence[LimbDraft]) -> bool:
        """Return whether all words are of values of the limbs below, empty, or nouns of a title."""
        passages = self._reader.passages(sentence)
        if not limbs or not all(_is_repeated(passage, limbs) for passage in passages):
            return False
        language = self._reader.language
        words_of_titles = language.titles | language.empty
        result = account(self._reader.words(sentence), language, passages)
        return all(
            token.word in words_of_titles
            for start, end in result.unread
            for token in language.tokens(self._reader.text, start, end)
        )


def _is_repeated(passage: Passage, limbs: Sequence[LimbDraft]) -> bool:
    """Return whether limbs have the value of a passage."""
    if passage.field in SIGNALS:
        return passage.field in _NEUTRAL
    return any(passage.value in limb.values(passage.field) for limb in limbs)
