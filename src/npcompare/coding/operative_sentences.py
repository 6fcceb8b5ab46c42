"""The operative sentences of a text: which of their words are understood, limb by limb."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.coding.phrase_parts import BARRIER
from npcompare.coding.phrasebook import SIGNALS, Mark
from npcompare.coding.word_accounts import SentenceWords, account
from npcompare.wording.quotations import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.phrasebook import Language
    from npcompare.coding.sentence_reader import Passage, Reader
    from npcompare.wording.sentences import Sentence

#: Signals that are understood only with the content of an exception; and one that never is, because
#: no value says which relief is denied.
_EXCEPTIONS = frozenset({"exception", "excepted"})
_DENIAL = "denial"

#: The fields that can be the content of an exception.
_CONTENTS = frozenset(
    {
        *("offences.excluded", "tests", "conditions", "cooperation", "status_required"),
        *("decision", "raised_by", "burden", "standard"),
    }
)


class Coverage(Struct, frozen=True):
    """The operative sentences of a text, and how many of their words are accounted for."""

    sentences: tuple[tuple[int, int], ...] = ()
    words: int = 0
    covered: int = 0
    empty: int = 0
    #: The places of the passages that are not understood.
    unread: tuple[tuple[int, int], ...] = ()

    @property
    def percent(self) -> int:
        """The words that are understood or empty, of a hundred; 100 only if all of them are."""
        return 100 * (self.covered + self.empty) // self.words if self.words else 100


class _Record(Struct):
    """A sentence with its passages, and the limbs that it makes or adds to."""

    sentence: Sentence
    passages: list[Passage]
    limbs: list[LimbDraft]
    gives_relief: bool


class OperativeSentences:
    """The sentences of one text that give relief or add to a rule."""

    def __init__(
        self, text: str, language: Language, reader: Reader, exception_words: tuple[str, ...]
    ) -> None:
        """Prepare to collect sentences.

        Args:
            text: The text.
            language: Its language.
            reader: The reader of the text.
            exception_words: Words that begin a condition, besides those of the phrase book.
        """
        self._text = text
        self._language = language
        self._reader = reader
        self._exceptions = any_of(exception_words)
        self._records: list[_Record] = []

    def add(
        self,
        sentence: Sentence,
        passages: list[Passage],
        limbs: list[LimbDraft],
        *,
        gives_relief: bool,
    ) -> None:
        """Add a sentence with its passages, and the limbs that it makes or adds to."""
        self._records.append(_Record(sentence, passages, limbs, gives_relief))

    def coverage(self, whole: LimbDraft) -> Coverage:
        """Return the coverage, and mark the limbs whose sentences have words not understood.

        Call it when the values of the limbs, and those of the whole provision, have been decided.
        """
        words = covered = empty = 0
        unread: list[tuple[int, int]] = []
        for record in self._records:
            passages = _understood(record, [*record.limbs, whole])
            result = account(self._words(record.sentence), self._language, passages)
            for limb in record.limbs:
                limb.has_unread = limb.has_unread or bool(result.unread)
                limb.may_be_narrower = limb.may_be_narrower or result.may_narrow
            words += result.words
            covered += result.covered
            empty += result.empty
            unread += result.unread
        sentences = tuple((each.sentence.start, each.sentence.end) for each in self._records)
        return Coverage(sentences, words, covered, empty, tuple(unread))

    def _words(self, sentence: Sentence) -> SentenceWords:
        """Return the words of a sentence with their marks."""
        tokens = [token for token in self._reader.tokens(sentence) if token.word != BARRIER]
        marks = self._language.marks(tokens)
        starts = [token.start for token in tokens]
        for match in self._exceptions.finditer(self._text, sentence.start, sentence.end):
            first, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
            marks.append(Mark("conditional", first, end))
        return SentenceWords(self._text, tokens, marks)


def _understood(record: _Record, limbs: Sequence[LimbDraft]) -> list[Passage]:
    """Return the passages on which a value is based, and the signals that are understood."""
    valued = [
        passage
        for passage in record.passages
        if passage.field not in SIGNALS and any(limb.is_based_on(passage) for limb in limbs)
    ]
    unexplained = {_DENIAL}
    if not any(passage.field in _CONTENTS for passage in valued):
        unexplained |= _EXCEPTIONS
    if record.gives_relief:
        # In a rule, another provision is a limit: "an act under section 5".
        unexplained |= {"about_rule", "about_law"}
    signals = SIGNALS - unexplained
    return [*valued, *(passage for passage in record.passages if passage.field in signals)]
