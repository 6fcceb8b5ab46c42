"""The operative sentences of a text: which of their words are understood, limb by limb."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.coding.phrase_parts import BARRIER
from npcompare.coding.phrasebook import SIGNALS
from npcompare.coding.word_accounts import CONTENTS_OF_EXCEPTION, account
from npcompare.law.provision_parser import FIELDS_OF_PROVISION
from npcompare.model.field_sets import OFFENCE_LISTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_reader import Reader
    from npcompare.coding.word_accounts import WordAccount
    from npcompare.wording.sentences import Sentence

#: Signals that are understood only with the content of an exception; and one only with the offences
#: for which relief is denied, because no value says which relief that is.
_EXCEPTIONS = frozenset({"exception", "excepted"})
_DENIAL = "denial"


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

    @property
    def offences(self) -> list[Passage]:
        """The passages that name categories of offences."""
        return [passage for passage in self.passages if passage.field in OFFENCE_LISTS]


class _Limbs:
    """The limbs that sentences are about, and the whole provision: which values they have."""

    def __init__(self, limbs: list[LimbDraft], whole: LimbDraft) -> None:
        self._limbs = limbs
        self._whole = whole
        #: What has been noted of all limbs: words that are not understood, or may narrow offences.
        self._noted: set[tuple[bool, bool]] = set()

    @cached_property
    def _values(self) -> Mapping[str, Collection[str]]:
        """The values of each field."""
        values: dict[str, set[str]] = defaultdict(set)
        for limb in (*self._limbs, self._whole):
            for name in limb.passages:
                values[name] |= limb.values(name)
        return values

    @cached_property
    def _of_links(self) -> frozenset[Passage]:
        """The passages of the links of limbs that have several, with their means and tests."""
        return frozenset(passage for limb in self._limbs for link in limb.links for passage in link)

    @cached_property
    def are_scoped(self) -> bool:
        """Whether another sentence says of each which offences its article covers."""
        return all(limb.is_scoped for limb in self._limbs)

    @cached_property
    def lack_requirements(self) -> bool:
        """Whether one refers to a requirement that is not stated."""
        return any(limb.lacks_requirements for limb in self._limbs)

    def are_based_on(self, passage: Passage) -> bool:
        """Return whether a value is based on a passage, or on another one for that value.

        A passage that gives way is compatible with any other value of its field.
        """
        values = self._values.get(passage.field, ())
        is_own = bool(values) if passage.gives_way else passage.value in values
        return is_own or passage in self._of_links

    def note(self, result: WordAccount) -> None:
        """Note of each that words are not understood, or may narrow its offences."""
        noted = bool(result.unread), result.may_narrow
        if noted not in self._noted:
            self._noted.add(noted)
            for limb in self._limbs:
                limb.has_unread = limb.has_unread or noted[0]
                limb.may_be_narrower = limb.may_be_narrower or noted[1]


class OperativeSentences:
    """The sentences of one text that give relief or add to a rule."""

    def __init__(self, reader: Reader) -> None:
        """Prepare to collect sentences, which the reader has read."""
        self._reader = reader
        self._records: list[_Record] = []
        #: The records of the sentences with an offence, by its place.
        self._of_offence: dict[tuple[int, int], list[_Record]] = defaultdict(list)
        self._unread: list[Sentence] = []
        #: The limbs that some words on proof are about, of several in their sentence.
        self._tied: dict[Passage, list[LimbDraft]] = {}

    def add(
        self,
        sentence: Sentence,
        passages: list[Passage],
        limbs: list[LimbDraft],
        *,
        gives_relief: bool,
    ) -> None:
        """Add a sentence with its passages, and the limbs that it makes or adds to."""
        record = _Record(sentence, passages, limbs, gives_relief)
        self._records.append(record)
        for place in {(offence.start, offence.end) for offence in record.offences}:
            self._of_offence[place].append(record)

    def tie(self, passage: Passage, limbs: list[LimbDraft]) -> None:
        """Note which limbs of its sentence a passage on proof is about."""
        if limbs:
            self._tied[passage] = limbs

    def is_plain(self, sentence: Sentence, passages: list[Passage]) -> bool:
        """Return whether a sentence has only words that add nothing to any value."""
        known = understood(passages, (), gives_relief=False)
        words = self._reader.words(sentence)
        return not account(words, self._reader.language, known).unread

    def add_unread(self, sentence: Sentence) -> None:
        """Add a sentence that is not read and may limit a rule."""
        self._unread.append(sentence)

    def without_value(self) -> set[tuple[int, int]]:
        """Return the places of the rules of which a value is missing."""
        return {
            (record.sentence.start, record.sentence.end)
            for record in self._records
            if record.gives_relief and any(limb.lacks_value for limb in record.limbs)
        }

    def limbs_stating(self, place: int) -> frozenset[LimbDraft]:
        """Return the limbs that state a value of the whole provision, by the place of its words.

        These are the limbs of each sentence, or part of one, that has the value; none if one of
        these sentences is about no limb.
        """
        stating = [
            (record, passage)
            for record in self._records
            for passage in record.passages
            if passage.field in FIELDS_OF_PROVISION
        ]
        values = {
            (passage.field, passage.value) for _, passage in stating if passage.start == place
        }
        # Sentences about all limbs of a Part share their list.
        lists = [
            self._tied.get(passage, record.limbs)
            for record, passage in stating
            if (passage.field, passage.value) in values
        ]
        of_sentences = {id(limbs): limbs for limbs in lists}.values()
        return frozenset().union(*of_sentences) if all(of_sentences) else frozenset()

    def whole_list(self, start: int, end: int) -> int:
        """Return where a list of offences ends of which a value quotes the first: "murder, rape".

        Only articles and conjunctions are between the offences, and all give the same value.
        """
        records = self._of_offence.get((start, end), ())
        return max((self._end_of_list(record, start, end) for record in records), default=end)

    def _end_of_list(self, record: _Record, start: int, end: int) -> int:
        """Return where a list of a sentence ends whose first offence is at a place."""
        joins, empty = self._reader.language.joins, self._reader.language.empty
        listing = joins["or"] | joins["and"] | empty
        offences = record.offences
        first = next(
            passage for passage in offences if (passage.start, passage.end) == (start, end)
        )
        tokens = [token for token in self._reader.tokens(record.sentence) if token.word != BARRIER]
        starts = [token.start for token in tokens]
        for offence in sorted(offences, key=lambda offence: offence.start):
            between = tokens[bisect_left(starts, end) : bisect_left(starts, offence.start)]
            if not all(token.word in listing for token in between):
                break
            is_alike = (offence.field, offence.value) == (first.field, first.value)
            if is_alike and offence.start >= start:
                end = max(end, offence.end)
        return end

    def coverage(self, whole: LimbDraft) -> Coverage:
        """Return the coverage, and mark the limbs whose sentences have words not understood.

        Call it when the values of the limbs, and those of the whole provision, have been decided.
        """
        words = covered = empty = 0
        unread: list[tuple[int, int]] = []
        groups: dict[int, _Limbs] = {}
        for record in self._records:
            # Sentences about all limbs of a Part share their list.
            limbs = groups.setdefault(id(record.limbs), _Limbs(record.limbs, whole))
            valued = [passage for passage in record.passages if limbs.are_based_on(passage)]
            passages = understood(record.passages, valued, gives_relief=record.gives_relief)
            if not limbs.are_scoped:
                passages = [passage for passage in passages if passage.field != "defined"]
            if limbs.lack_requirements:
                passages = [passage for passage in passages if passage.field != "required"]
            words_of_sentence = self._reader.words(record.sentence)
            result = account(words_of_sentence, self._reader.language, passages)
            limbs.note(result)
            words += result.words
            covered += result.covered
            empty += result.empty
            unread += result.unread
        for sentence in self._unread:
            tokens = self._reader.words(sentence).tokens
            words += len(tokens)
            empty += sum(token.word in self._reader.language.empty for token in tokens)
            unread.append((sentence.start, sentence.end))
        sentences = [*(record.sentence for record in self._records), *self._unread]
        places = sorted((sentence.start, sentence.end) for sentence in sentences)
        return Coverage(tuple(places), words, covered, empty, tuple(sorted(unread)))


def understood(
    passages: Sequence[Passage], valued: Sequence[Passage], *, gives_relief: bool
) -> list[Passage]:
    """Return the passages of a sentence that a value is based on, and the understood signals.

    Args:
        passages: The passages of the sentence.
        valued: Those on which a value is based.
        gives_relief: Whether the sentence gives relief. Another provision that it names is then
            not understood, because it may be a limit: "an act under section 5".
    """
    unexplained = {"about_part"}
    if not any(passage.field == "offences.excluded" for passage in valued):
        unexplained.add(_DENIAL)
    contents = [each.end for each in valued if each.field in CONTENTS_OF_EXCEPTION]
    if not contents:
        unexplained |= _EXCEPTIONS
    if gives_relief:
        unexplained |= {"about_rule", "about_article", "about_law"}
    signals = SIGNALS - unexplained
    return [
        *valued,
        *(
            passage
            for passage in passages
            # In a rule, the content of an exception is among its words, or follows them.
            if passage.field in signals
            and not (gives_relief and passage.field == "exception" and max(contents) < passage.end)
        ),
    ]
