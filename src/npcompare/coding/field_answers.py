"""The answer to the question on one field, as it is typed: classes, their words, and doubts.

The question on offences has up to three parts: the extent, the kinds of offences that are listed,
and those that are excluded. The answer is complete when all of them are.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.interview_agenda import (
    OFFENCES,
    coded_data,
    parts_of,
    single_fields,
    words_of_part,
)
from npcompare.errors import NpcompareError
from npcompare.model.field_sets import OFFENCE_LISTS
from npcompare.text import counted
from npcompare.wording.quotations import MOST_PLACES, Body, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.coding.interview_agenda import Topic
    from npcompare.coding.interview_file import InterviewFile
    from npcompare.coding.interview_questions import Choice, Questions

#: Quotation marks around words that are typed or pasted.
_MARKS = '"“”«»„'

_SEPARATOR = re.compile(r"[\s,]+")

_CATEGORIES, _EXCLUDED = OFFENCE_LISTS

#: The extent whose kinds of offences are asked for.
_LISTED = "listed"


class Step(StrEnum):
    """What is typed next."""

    CHOOSE = "choose"
    QUOTE = "quote"
    OTHER = "other"
    DOUBT = "doubt"


class RefusedError(NpcompareError):
    """A line that is not an answer; the message says why."""


class _Value(Struct):
    """A class that was chosen, with the words that are quoted for it."""

    part: str
    word: str
    words: str = ""


class FieldAnswer:
    """The answer to one question on a field, built line by line."""

    def __init__(self, questions: Questions, file: InterviewFile, topic: Topic) -> None:
        """Begin the answer to a question."""
        self._questions = questions
        self._file = file
        self._topic = topic
        self._parts = parts_of(topic.field)
        self.part = self._parts[0]
        self.step = Step.CHOOSE
        self._values: list[_Value] = []
        #: The class whose words are doubtful, its other reading, and why.
        self._doubtful = ""
        self._other = ""
        self._note = ""
        self.is_complete = False

    @property
    def is_begun(self) -> bool:
        """Whether anything has been typed that is not written yet."""
        return self.step is not Step.CHOOSE or self.part != self._parts[0]

    @property
    def label(self) -> str:
        """The class whose words are asked for."""
        value = self._without_words()
        return self._questions.label(value.part, value.word) if value else ""

    @property
    def offered_words(self) -> str:
        """The words that the key p takes; empty if none are proposed."""
        value = self._without_words()
        if value is None or self.step is not Step.QUOTE:
            return ""
        offers = self._questions.offers(self._topic, value.part)
        same = [offer for offer in offers if offer.value == value.word]
        return next((offer.words for offer in (*same, *offers)), "")

    def take(self, line: str) -> None:
        """Take a line as the next part of the answer; raise RefusedError if it is not one."""
        steps = {
            Step.CHOOSE: self._choose,
            Step.QUOTE: self._quote,
            Step.OTHER: self._take_other,
            Step.DOUBT: self._take_note,
        }
        steps[self.step](line)

    # --- The classes ------------------------------------------------------------------------

    def _choose(self, line: str) -> None:
        is_first = self.part == self._parts[0]
        if line.casefold() == "n":
            self._choose_nothing(is_first=is_first)
            return
        tokens = [token for token in _SEPARATOR.split(line.casefold()) if token]
        key = tokens.pop(0) if tokens and tokens[0] in {"q", "d"} else ""
        if key == "d" and not is_first:
            raise RefusedError("a doubt cannot be noted here; go back and use d for the first part")
        words = self._chosen(line, tokens, key)
        if len(words) > 1 and self.part in (*single_fields(), self._extent):
            raise RefusedError("this question has one answer; type one number")
        if key == "d":
            words = self._doubt(words, is_named=bool(tokens))
        self._values += [_Value(self.part, word, self._known_words(word, key)) for word in words]
        self._go_on()

    @property
    def _extent(self) -> str:
        return self._parts[0] if self._topic.field == OFFENCES else ""

    def _choose_nothing(self, *, is_first: bool) -> None:
        if self.part == _CATEGORIES:
            raise RefusedError("a list of offences needs at least one kind of offence")
        if is_first:
            self.is_complete = True
        else:
            self._go_on()

    def _chosen(self, line: str, tokens: Sequence[str], key: str) -> list[str]:
        """Return the classes that a line names, in the order of the codebook."""
        choices = self._questions.choices(self.part)
        named = [choice.word for choice in choices if line.casefold() in _names(choice)]
        if named:
            return named
        if not tokens and key:
            return self._base_words(key)
        if not tokens:
            raise RefusedError("type a letter or the number of a class")
        words: set[str] = set()
        if len(set(tokens)) < len(tokens):
            raise RefusedError("type each number or letter once")
        for mark in tokens:
            words |= self._words_of(mark, choices)
        return [choice.word for choice in choices if choice.word in words]

    def _words_of(self, mark: str, choices: Sequence[Choice]) -> set[str]:
        if mark == "a":
            offers = self._questions.offers(self._topic, self.part)
            if not offers:
                raise RefusedError("nothing is proposed here that could be accepted")
            return {offer.value for offer in offers}
        for choice in choices:
            if mark == str(choice.number):
                return {choice.word}
        if mark.isdecimal():
            raise RefusedError(f"there is no class {mark}; the last one is {len(choices)}")
        raise RefusedError("this is not an answer; to quote words, type q first")

    def _base_words(self, key: str) -> list[str]:
        """Return the classes of the file or, without any, those proposed; in codebook order."""
        current = self._current_words()
        offered = [offer.value for offer in self._questions.offers(self._topic, self.part)]
        if not current and not offered:
            raise RefusedError(f"type the number of a class too, such as {key} 2")
        choices = self._questions.choices(self.part)
        return [choice.word for choice in choices if choice.word in (current or offered)]

    def _doubt(self, words: list[str], *, is_named: bool) -> list[str]:
        """Note that the words of one class are doubtful, and return all classes of the answer."""
        if len(words) > 1:
            raise RefusedError("name the class that is doubtful, such as d 2")
        self._doubtful = words[0]
        base = self._base_words("d") if is_named and self._has_base else words
        return base if self._doubtful in base else words

    @property
    def _has_base(self) -> bool:
        return bool(self._current_words() or self._questions.offers(self._topic, self.part))

    def _current_words(self) -> list[str]:
        coded = coded_data(self._file, self._topic.field, self._topic.limb)
        return [word for item in coded for word in words_of_part(item, self.part)]

    def _known_words(self, word: str, key: str) -> str:
        """Return the words that are known for a class; empty if they must be typed."""
        if key == "q":
            return ""
        if key == "d" and self._topic.field != OFFENCES:
            for item in coded_data(self._file, self._topic.field, self._topic.limb):
                evidence = item.get("evidence")
                if word in words_of_part(item, self.part) and evidence:
                    return str(evidence if isinstance(evidence, str) else evidence[0])
        offers = self._questions.offers(self._topic, self.part)
        return next((offer.words for offer in offers if offer.value == word), "")

    # --- The words --------------------------------------------------------------------------

    def _without_words(self) -> _Value | None:
        return next((value for value in self._values if not value.words), None)

    def _quote(self, line: str) -> None:
        value = self._without_words()
        if line.casefold() == "p":
            words = self.offered_words
            if not words:
                raise RefusedError("no words are proposed here; type or paste them")
        else:
            words = quotation(self._questions.body, line)
        if value:
            value.words = words
        self._go_on()

    # --- The other reading -------------------------------------------------------------------

    def _take_other(self, line: str) -> None:
        if line != "0":
            words = self._chosen(line, _SEPARATOR.split(line.casefold()), "")
            if len(words) > 1:
                raise RefusedError("type the number of one class")
            if words[0] in [value.word for value in self._values if value.part == self.part]:
                raise RefusedError("the other reading is another class than those that you chose")
            self._other = words[0]
        self.step = Step.DOUBT

    def _take_note(self, line: str) -> None:
        self._note = sentence(line)
        self._go_on()

    def _go_on(self) -> None:
        """Go on to what is still needed of the answer."""
        if self._without_words():
            self.step = Step.QUOTE
        elif self._doubtful and not self._note:
            self.step = Step.OTHER
        else:
            self.step = Step.CHOOSE
            following = self._following_part()
            self.is_complete = not following
            self.part = following or self.part

    def _following_part(self) -> str:
        if self._topic.field != OFFENCES or self.part == _EXCLUDED:
            return ""
        is_listed = any(value.word == _LISTED for value in self._values)
        return _CATEGORIES if is_listed and self.part == self._parts[0] else _EXCLUDED

    # --- The result --------------------------------------------------------------------------

    @property
    def data(self) -> Any:
        """What to write into the file; None if the text does not answer the question."""
        if not self._values:
            return None
        if self._topic.field == OFFENCES:
            return self._offences()
        entries: list[Mapping[str, Any]] = []
        for value in self._values:
            entry: dict[str, Any] = {"value": value.word, "evidence": value.words}
            if value.word == self._doubtful:
                other = {"value": self._other} if self._other else {}
                entry["doubtful"] = {**other, "note": self._note}
            entries.append(entry)
        return entries if len(entries) > 1 else entries[0]

    def _offences(self) -> Mapping[str, Any]:
        data: dict[str, Any] = {}
        for part in self._parts:
            words = [value.word for value in self._values if value.part == part]
            if words:
                name = part.removeprefix("offences.")
                data[name] = words[0] if part == self._extent else words
        quotations = list(dict.fromkeys(value.words for value in self._values))
        data["evidence"] = quotations if len(quotations) > 1 else quotations[0]
        if self._doubtful:
            other = {"extent": self._other} if self._other else {}
            data["doubtful"] = {**other, "note": self._note}
        return data


def _names(choice: Choice) -> set[str]:
    """Return what a class can be called instead of its number; no single letter."""
    return {name for name in (choice.word.casefold(), choice.label.casefold()) if len(name) > 1}


def quotation(body: Body, line: str) -> str:
    """Return quoted words; raise RefusedError unless the text has them in exactly one place."""
    words = line.strip(_MARKS + " ")
    is_key = len(words) == 1 and words.isascii()
    if is_key or not any(char.isalpha() for char in words):
        raise RefusedError("type or paste the words")
    count = body.quote(words)
    if count == 1:
        return words
    quoted = f"“{shortened(words)}”"
    if count:
        times = (
            f"more than {MOST_PLACES:,} places" if count > MOST_PLACES else counted(count, "place")
        )
        raise RefusedError(
            f"the text has {quoted} in {times}", "quote a few more words, until it has them once"
        )
    raise RefusedError(
        f"the text does not have {quoted}, letter for letter", body.hint_for_missing(words)
    )


def sentence(line: str) -> str:
    """Return a reason as a sentence; raise RefusedError if it is too short to be one."""
    if len(line) < 3:
        raise RefusedError("type a sentence; b goes back")
    return line if line.endswith((".", "?", "!")) else f"{line}."
