"""Who receives the relief that a sentence names: a victim, or somebody else.

A sentence may mention a victim and give relief to a police officer, a buyer or a witness. For each
relief, the person is found who can be its subject or object: "the witness shall not be prosecuted",
"no penalty shall be imposed on the witness". The phrase book has the words for persons, and the
small words from which their place in a clause is seen. A person of whom the law only speaks, such
as "a person" or "the accused", is a victim unless the sentence has a victim besides: "a person who
harbours a victim".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.coding.person_mentions import Mention, longest_nouns
from npcompare.coding.phrasebook import BENEFICIARIES, CLAUSES, PERSONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from npcompare.coding.passages import Passage, SentenceWords
    from npcompare.coding.phrasebook import Language

#: The rules without a phrase: somebody else than a victim receives a relief, or it is unclear who.
OF_OTHERS, UNCLEAR = "relief-of-others", "relief-of-whom"

_NOUNS = frozenset({*PERSONS, "acts"})

#: Where a noun stands: at the beginning of a sentence or after punctuation, after a word that
#: begins a clause, after "and" or "or", after a preposition, after a word such as "is" or "as", or
#: after another word, of which it is the object.
_START, _CLAUSE, _JOIN, _PLACE, _SAME, _OBJECT = (
    *("start", "clause", "join", "preposition", "identity", "object"),
)
_SUBJECTS = frozenset({_START, _CLAUSE})

#: The kinds of persons who can be the subject of a verb among the words of a relief.
_CALLED = frozenset({"victims", "persons", "pronouns"})

#: The kinds of persons to whom an authority can ensure a relief.
_ENSURED = frozenset({"victims", "persons", "others"})

#: The relief that records and judgments receive, and not persons.
_OF_RECORDS = frozenset({"expungement", "vacatur"})

#: How many words after a relief its object may begin, and how many before a noun its clause may.
_REACH = 12
_TOPIC = 6

#: How many words may be between an act and others than victims who do it or to whom it is done.
_NEAR = 2

#: How far before the words of a relief that is an event "if" may be, in words.
_SHORT_CLAUSE = 6

#: How many adjectives that are not known may be between an article and a noun.
_ADJECTIVES = 2

_PUNCTUATION = re.compile(r"[,;:.()\[\]\u2013\u2014]|\s-\s")


def without_others(
    passages: Sequence[Passage], read_words: Callable[[], SentenceWords], language: Language
) -> list[Passage]:
    """Return the passages without the reliefs that somebody else than a victim receives.

    If there is no other relief, the sentence is not about relief for a victim. Its words are read
    only if there is a relief.
    """
    reliefs = [passage for passage in passages if passage.field == "relief"]
    if not reliefs or any(passage.field == "aside" for passage in passages):
        return [*passages]
    # A link with the trafficking says that a person is a victim.
    has_link = any(passage.field == "link" for passage in passages)
    # The sponsor in "working for other than the sponsor" receives no relief.
    named = [passage for passage in passages if passage.field == "offences.categories"]
    words = read_words()
    sentence = _Sentence(words, language, named, has_link=has_link)
    is_asked = words.is_question
    others = [relief for relief in reliefs if is_asked or not sentence.is_for_victim(relief)]
    if len(others) == len(reliefs):
        is_unclear = is_asked or any(not sentence.is_for_other(relief) for relief in reliefs)
        rule = UNCLEAR if is_unclear else OF_OTHERS
        return [*passages, others[0].as_field("aside", rule=rule)]
    return [passage for passage in passages if passage not in others]


class _Sentence:
    """The mentions of persons in one sentence."""

    def __init__(
        self,
        words: SentenceWords,
        language: Language,
        offences: Sequence[Passage],
        *,
        has_link: bool,
    ) -> None:
        self._text = words.text
        self._tokens = words.tokens
        self._starts = [token.start for token in words.tokens]
        self._has_link = has_link
        self._modal = language.modal
        self._joins = language.joins["and"] | language.joins["or"]
        turns = [mark for mark in words.marks if mark.kind in CLAUSES]
        self._turns = {mark.first for mark in turns}
        self._turn_ends = {mark.end for mark in turns}
        #: By the index after it, the first word of an article or adjective.
        self._before: dict[int, int] = {}
        self._ends: dict[str, set[int]] = {kind: set() for kind in BENEFICIARIES}
        self._receives: list[tuple[int, int]] = []
        nouns: list[tuple[int, int, str]] = []
        for mark in language.beneficiaries(words.tokens):
            kind, first, end = mark.kind, mark.first, mark.end
            self._ends[kind].add(end)
            if kind == "before":
                self._before[end] = min(first, self._before.get(end, first))
            is_in_offence = kind == "others" and any(
                each.start < words.tokens[first].start < each.end for each in offences
            )
            if kind in _NOUNS and not is_in_offence:
                nouns.append((first, end, kind))
            elif kind == "receives":
                self._receives.append((first, end))
        #: The words of which it is known that they are no adjectives.
        self._known = {end - 1 for kind in ("prepositions", "identity") for end in self._ends[kind]}
        self._known |= self._turns | {end - 1 for _, end, _ in nouns}
        self._mentions: list[Mention] = []
        for noun in longest_nouns(nouns):
            self._add(self._mention(*noun))

    def _mention(self, noun: int, end: int, kind: str) -> Mention:
        first = self._without_words_before(noun)
        if first == noun:
            # Other adjectives have an article before them: "the high court".
            for index in range(noun - 1, max(noun - 1 - _ADJECTIVES, 0), -1):
                if self._is_divided(index + 1) or index in self._known:
                    break
                if index in self._before:
                    first = self._without_words_before(index)
                    break
        return Mention(kind, self._role(first, kind), first, noun, end)

    def _add(self, mention: Mention) -> None:
        """Add a mention; a "child victim" is one person."""
        last = self._mentions[-1] if self._mentions else None
        if last and last.kind == "others" and mention.noun in self._turns & {last.end}:
            return  # The "who" of "a trafficker who was compelled" is the trafficker.
        is_same = last and last.end >= mention.first and not self._is_divided(mention.noun)
        if last and is_same and last.kind == "persons" and mention.kind == "victims":
            self._mentions[-1] = replace(mention, role=last.role, first=last.first)
        else:
            self._mentions.append(mention)

    def _without_words_before(self, first: int) -> int:
        """Return the index of the first of the articles and adjectives before a word."""
        while first in self._before and not self._is_divided(first):
            first = self._before[first]
        return first

    def _role(self, first: int, kind: str) -> str:
        if not first or self._is_divided(first):
            return _START
        word = self._tokens[first - 1].word
        if word in self._joins:
            return _JOIN
        if first in self._ends["identity"]:
            return _SAME
        if first in self._turn_ends:
            return _CLAUSE
        if first in self._ends["prepositions"]:
            return _START if self._is_topic(first) else _PLACE
        return _START if kind == "pronouns" else _OBJECT

    def _is_divided(self, index: int) -> bool:
        """Return whether there is punctuation before a word."""
        between = self._text[self._tokens[index - 1].end : self._tokens[index].start]
        return bool(_PUNCTUATION.search(between))

    def _is_topic(self, first: int) -> bool:
        """Return whether a clause begins with the preposition before a noun: "In the case of"."""
        for index in range(first - 1, max(first - _TOPIC, -1), -1):
            if not index or self._is_divided(index):
                return index + 1 in self._ends["prepositions"]
        return False

    def is_for_other(self, relief: Passage) -> bool:
        """Return whether a person who receives a relief is called otherwise than a victim."""
        first, end = self._indexes(relief)
        target = self._target(first, end, receives=self._is_received(first, end))
        return target is not None and target.kind == "others"

    def is_for_victim(self, relief: Passage) -> bool:
        """Return whether a victim receives a relief, or nothing says that somebody else does."""
        first, end = self._indexes(relief)
        if self._is_event(first, end):
            return False
        # Nobody is expunged: "the police shall cause to be removed from the records".
        receives = relief.value not in _OF_RECORDS and self._is_received(first, end)
        target = self._target(first, end, receives=receives)
        if target is None:
            return self._has_subject_victim()
        return self._is_victim(target, receives=receives)

    def _is_event(self, first: int, end: int) -> bool:
        """Return whether a relief is an event: "until the prosecution is discontinued".

        Words such as "shall" and "may" grant it, whatever clause is before them.
        """
        is_granted = any(token.word in self._modal for token in self._tokens[first:end])
        if is_granted or any(self._is_divided(index) for index in range(first + 1, end)):
            return False
        for index in range(first, max(first - _SHORT_CLAUSE, -1), -1):
            if index in self._ends["events"]:
                return not self._has_own_verb(index, first)
            if index and self._is_divided(index):
                return False
        return False

    def _has_own_verb(self, start: int, relief: int) -> bool:
        """Return whether the clause of an event ends before a relief: "when it was done, is not".

        The relief has another verb: in "if the case was begun and is discontinued", it has none.
        """
        between = range(start, relief)
        has_verb = any(index + 1 in self._ends["identity"] for index in between)
        is_joined = self._tokens[relief - 1].word in self._joins
        return has_verb and not is_joined and self._turns.isdisjoint(between)

    def _indexes(self, relief: Passage) -> tuple[int, int]:
        """Return the indexes of the first word of a relief, and after its last word."""
        return bisect_left(self._starts, relief.start), bisect_left(self._starts, relief.end)

    def _is_received(self, first: int, end: int) -> bool:
        """Return whether the subject of a relief receives it: "shall not be punished"."""
        return any(
            start < end and stop > first and not self._has_turn(stop, first)
            for start, stop in self._receives
        )

    def _target(self, first: int, end: int, *, receives: bool) -> Mention | None:
        """Return the person who can be the subject or object of a relief, if there is one."""
        # "That victims are exempt from": the subject is before "are".
        verbs = [start for start, stop in self._receives if start < first < stop]
        subject = self._subject(self._inner_verb(first, end) or min(verbs, default=first))
        if receives and subject and subject.kind == "authorities":
            subject = self._subject_of_ensured(subject, first) or self._object(first, end)
        acts = [each for each in self._mentions if each.kind == "acts"]
        is_first = (each for each in acts if each.first <= first < each.end)
        subject = next((each for each in is_first if each.role != _PLACE), subject)
        is_act = subject is not None and subject.kind == "acts"
        target = subject if receives and subject and not is_act else self._object(first, end)
        if target is None and subject and is_act:
            return self._complement(subject, first)
        return target or subject

    def _subject_of_ensured(self, authority: Mention, place: int) -> Mention | None:
        """Return who receives what an authority ensures: "shall ensure that a victim is not".

        None if that subject is left out: "The States shall ensure that (they) are not detained".
        """
        if place in self._turn_ends:
            return None
        ensured = [
            each
            for each in self._mentions
            if authority.end <= each.first and each.end <= place and each.role == _CLAUSE
        ]
        return next((each for each in reversed(ensured) if each.kind in _ENSURED), authority)

    def _inner_verb(self, first: int, end: int) -> int | None:
        """Return where the verb of a relief is whose subject is among its words: "that he be"."""
        verbs = [start for start, _ in self._receives if first < start < end]
        ends = [
            each.end
            for each in self._mentions
            if first <= each.first and each.kind in _CALLED and each.role != _PLACE
        ]
        return next((verb for verb in verbs if any(end <= verb for end in ends)), None)

    def _has_verb(self, start: int, end: int) -> bool:
        """Return whether a clause turns, or a verb is known, between two places."""
        verbs = self._ends["identity"]
        return any(self._is_turn(index) or index + 1 in verbs for index in range(start, end))

    def _has_turn(self, start: int, end: int) -> bool:
        return any(self._is_turn(index) for index in range(start, end))

    def _is_turn(self, index: int) -> bool:
        return self._is_divided(index) or index in self._turns

    def _subject(self, place: int) -> Mention | None:
        """Return the last mention before a place that can be a subject of the words there."""
        before = [each for each in self._mentions if each.end <= place]
        subjects = [each for each in before if each.role in _SUBJECTS]
        if self._is_second_predicate(place) and subjects and subjects[0].kind == "authorities":
            # "The State shall ensure that victims are treated as such, and are not fined".
            return subjects[-1]
        candidates = [
            each
            for each in before
            if each.role == _START
            or self._is_described(each)
            or (each.role in (_CLAUSE, _JOIN) and not self._has_verb(each.end, place))
            or (each.role in (_CLAUSE, _JOIN) and each.end in self._turns)
        ] or subjects
        if not candidates:
            return None
        last = candidates[-1]
        if last.role == _JOIN and last.kind == "others":
            joined = [each for each in before if each.end == last.first - 1]
            return joined[0] if joined else last
        return last

    def _is_second_predicate(self, place: int) -> bool:
        """Return whether a verb has the subject of a verb before it: ", and are not fined"."""
        is_joined = place > 1 and self._tokens[place - 1].word in self._joins
        return is_joined and self._is_divided(place - 1)

    def _is_described(self, mention: Mention) -> bool:
        """Return whether words say that a person with another name is a victim.

        The name is not known: "apprentices who are victims".
        """
        if mention.kind != "victims" or mention.role != _SAME:
            return False
        reach = range(mention.first - _ADJECTIVES - 1, mention.first)
        turn = max(self._turns.intersection(reach), default=None)
        return turn is not None and all(each.end != turn for each in self._mentions)

    def _object(self, first: int, end: int) -> Mention | None:
        """Return the first mention within a relief, or after it in its clause.

        Others than victims must follow directly, or after a preposition.
        """
        # "Are not punishable for (a long list of offences) the victims": the subject follows.
        is_before = any(
            mention.end <= first and mention.kind != "acts" for mention in self._mentions
        )
        reach = end + _REACH if is_before else len(self._tokens)
        for mention in self._mentions:
            if mention.first < first or mention.kind == "acts":
                continue
            between = range(end, mention.first)
            if mention.first > reach or any(each in self._turns for each in between):
                break
            is_near = mention.first <= end + 1
            is_other = mention.kind == "others" and mention.first > end + _REACH
            is_called = is_other or (is_near and mention.kind != "authorities")
            if mention.kind == "victims" or is_called:
                return mention
        return None

    def _complement(self, act: Mention, place: int) -> Mention | None:
        """Return who an act is done by or to: "proceedings against the victim"."""
        for mention in self._mentions:
            is_victim = mention.kind == "victims"
            is_near = is_victim or mention.first <= act.end + _NEAR
            # "The acts in which are involved the victims".
            is_placed = mention.role == _PLACE or (
                is_victim and self._turns.intersection(range(act.end, mention.first))
            )
            if act.end <= mention.first < place and is_near and is_placed:
                return mention
        return None

    def _is_victim(self, mention: Mention, *, receives: bool) -> bool:
        if mention.kind == "victims":
            return True
        if mention.kind == "authorities":
            return not receives
        if mention.kind == "persons":
            return self._has_link or self._has_subject_victim()
        if mention.kind == "pronouns":
            return self._is_pronoun_of_victim(mention, receives=receives)
        return False

    def _is_pronoun_of_victim(self, mention: Mention, *, receives: bool) -> bool:
        before = [
            each
            for each in self._mentions
            if each.end <= mention.first and each.kind not in ("pronouns", "acts", "authorities")
        ]
        subjects = [each for each in before if each.role in _SUBJECTS] or before[-1:]
        return not subjects or self._is_victim(subjects[0], receives=receives)

    def _has_subject_victim(self) -> bool:
        """Return whether there is no victim who is only an object of what others do."""
        victims = [each for each in self._mentions if each.kind == "victims"]
        return not victims or any(
            each.role not in (_OBJECT, _PLACE) or (each.role == _PLACE and self._is_of_act(each))
            for each in victims
        )

    def _is_of_act(self, mention: Mention) -> bool:
        """Return whether a mention completes an act: "an offence committed by a victim"."""
        kinds = {"acts"}
        if self._mentions[0].kind == "acts":
            # "The offence is not punished where it was committed by a victim".
            kinds.add("pronouns")
        return any(
            each.kind in kinds
            and each.end <= mention.first <= each.end + _TOPIC
            and not self._has_turn(each.end, mention.first)
            for each in self._mentions
        )
