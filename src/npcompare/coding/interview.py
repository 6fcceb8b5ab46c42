"""The interview: a state machine that turns typed lines into the file of a provision.

It is a Mealy machine (Hopcroft and Ullman, Introduction to Automata Theory, 1979, section 2.7):
each line that is typed leads from one state to the next and gives a reply. The state is the file,
the question, and what has been typed of its answer so far. It reads no keys and writes no file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.fact_answers import fact_value, is_yes, with_fact, without_fact
from npcompare.coding.field_answers import FieldAnswer, Step, sentence
from npcompare.coding.interview_agenda import DETAILS, PASSAGES, Kind, agenda, field_pointer
from npcompare.coding.interview_file import InterviewFile, refusals_of
from npcompare.coding.interview_questions import Questions
from npcompare.coding.interview_sources import NewSource
from npcompare.coding.interview_words import SOURCE
from npcompare.coding.open_passages import open_passages
from npcompare.coding.passage_answers import settled_file
from npcompare.errors import NpcompareError
from npcompare.law.json_schema import SchemaChecker, provision_schema
from npcompare.law.yaml_edits import REMOVED
from npcompare.text import fold, is_control, near

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.coding.interview_agenda import LimbPlace, Materials, Topic
    from npcompare.coding.interview_questions import FindPrecedent, View
    from npcompare.coding.interview_sources import Sources
    from npcompare.coding.open_passages import OpenPassage
    from npcompare.errors import Problem

#: How often a question is left open before it is not asked again in the same run.
_MOST_SKIPS = 2

#: The name of all questions that the text cannot answer.
_FACTS = "facts"


class Reply(Struct, frozen=True):
    """What is said about a line that was typed."""

    messages: tuple[str, ...] = ()
    is_stopped: bool = False


class Progress(Struct, frozen=True):
    """How many questions are answered, and how many are open."""

    answered: int
    open: int


class Interview:
    """An interview on one provision: the question, and what a line does to the file."""

    def __init__(
        self,
        text: str,
        materials: Materials,
        sources: Sources,
        precedent: FindPrecedent,
        only: str = "",
    ) -> None:
        """Begin, or go on, where the file stops.

        Args:
            text: The text of the file.
            materials: The codebook, the questions and the proposals.
            sources: The documents that can be named as sources.
            precedent: Finds a precedent for a class.
            only: The name of the question to ask alone, or of several; empty for the open ones.

        Raises:
            NpcompareError: If no question has that name.
        """
        self.file = InterviewFile(text)
        self._materials = materials
        self.sources = sources
        self._questions = Questions(materials, self.file.body, precedent)
        self._schema = SchemaChecker(provision_schema(materials.codebook))
        self._has_details = only == DETAILS
        self._skips: Counter[str] = Counter()
        #: The words that no answer covers, for the text of a file; they may take long to find.
        self._passages: tuple[str, list[OpenPassage]] = ("", [])
        #: The names of the questions to ask, whether they are answered or not; None for the open.
        self._wanted = None if not only or self._has_details else self._named(only)
        self._topic: Topic | None = None
        self._answer: FieldAnswer | None = None
        self._source: NewSource | None = None
        #: Whether the words of a passage limit the rule, once this is known.
        self._limits: bool | None = None
        self._ask(self._next())

    # --- What is asked -----------------------------------------------------------------------

    @property
    def topic(self) -> Topic | None:
        """The question; None if there is no other one."""
        return self._topic

    @property
    def view(self) -> View | None:
        """What is shown of the question."""
        if self._topic is None:
            return None
        part = self._answer.part if self._answer else ""
        return self._questions.view(self.file, self._topic, part)

    @property
    def step(self) -> str:
        """What is asked next of an answer that is begun; empty for the question itself."""
        texts = self._materials.words.texts
        if self._source:
            return self._source.question
        if self._limits is not None:
            return texts["how" if self._limits else "why_not"]
        if self._answer is None or self._answer.step is Step.CHOOSE:
            return ""
        return texts[str(self._answer.step)].replace("{label}", self._answer.label)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are answers now."""
        going = ("b", "s", "x", "?")
        if self._source:
            return (*self._source.keys, *going)
        if self.step:
            return ("p", *going) if self._answer and self._answer.offered_words else going
        return self.view.keys if self.view else ()

    @property
    def offered_words(self) -> str:
        """The words that the key p takes."""
        return self._answer.offered_words if self._answer else ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons, or the kinds of documents, that can be chosen by number now."""
        if self._source:
            return self._source.choices
        return self._materials.words.reasons if self._limits is False else ()

    @property
    def progress(self) -> Progress:
        """How far the interview has come."""
        topics = self._topics()
        answered = sum(topic.is_answered for topic in topics)
        return Progress(answered, len(topics) - answered)

    def _topics(self) -> list[Topic]:
        """Return the questions: the words that no answer covers only when nothing else is left."""
        topics = agenda(self.file, self._materials, with_details=self._has_details)
        if any(
            topic.kind is not Kind.FACT and not topic.is_answered and not self._skips[topic.name]
            for topic in topics
        ):
            return topics
        return agenda(
            self.file,
            self._materials,
            with_details=self._has_details,
            passages=self._open_passages(),
        )

    def _open_passages(self) -> list[OpenPassage]:
        text, passages = self._passages
        if text != self.file.text:
            book, reading = self._materials.codebook, self._materials.reading
            passages = list(open_passages(book, self.file, reading))
            self._passages = (self.file.text, passages)
        return passages

    def _next(self) -> Topic | None:
        """Return the next question: the first open one, those skipped after all others."""
        if self._wanted is not None:
            by_name = {topic.name: topic for topic in self._all_topics()}
            return next((by_name[name] for name in self._wanted if name in by_name), None)
        topics = self._topics()
        still_open = [
            topic
            for topic in topics
            if not topic.is_answered and self._skips[topic.name] < _MOST_SKIPS
        ]
        return min(still_open, key=lambda topic: self._skips[topic.name], default=None)

    def _ask(self, topic: Topic | None) -> None:
        self._topic = topic
        self._limits = self._source = None
        is_field = topic is not None and topic.kind is Kind.FIELD
        self._answer = (
            FieldAnswer(self._questions, self.file, topic) if topic and is_field else None
        )

    def _go_on(self) -> None:
        if self._wanted and self._topic:
            self._wanted = [name for name in self._wanted if name != self._topic.name]
        self._ask(self._next())

    def _named(self, name: str) -> list[str]:
        """Return the questions with a name: its own, that of a field of each limb, or of a limb."""
        wanted = name.strip().casefold()
        if wanted.startswith(PASSAGES):
            self._open_passages()
        names = [
            topic.name
            for topic in self._all_topics()
            if (wanted == _FACTS and topic.kind is Kind.FACT)
            or wanted in {topic.name, topic.name.rpartition(".")[2]}
            or topic.name.startswith(f"{wanted}.")
        ]
        if not names:
            match = near(wanted, [topic.name for topic in self._all_topics()])
            hint = f'did you mean "{match}"? ' if match else ""
            hint += (
                "a name is shown with each question, such as limb-1.relief or burden; "
                "facts are those that the text cannot answer"
            )
            raise NpcompareError(f'there is no question "{name}"', hint)
        return names

    # --- What a line does --------------------------------------------------------------------

    def answer(self, line: str) -> Reply:
        """Take a line that was typed, and return what is said about it."""
        line = fold(line)
        if any(map(is_control, line)):
            return Reply(("the answer contains a control character; type it again",))
        if self._topic is None or not line:
            return Reply(("type a letter or a number, and then Enter; ? shows the keys",))
        key = line.casefold()
        commands = {"?": self._help, "b": self._back, "s": self._skip, "x": self._stop}
        if key in commands:
            return commands[key]()
        try:
            return self._take(line, key)
        except NpcompareError as error:
            return Reply(tuple(filter(None, (error.message, error.hint))))

    def _take(self, line: str, key: str) -> Reply:
        if not self.step and key == "k" and "k" in self.keys:
            self._go_on()
            return Reply()
        if not self.step and key.startswith("g ") and (reply := self._go_to(line[2:])):
            return reply
        if self._answer:
            self._answer.take(line)
            return self._finish_field() if self._answer.is_complete else Reply()
        return self._take_other(self._topic, line, key) if self._topic else Reply()

    def _take_other(self, topic: Topic, line: str, key: str) -> Reply:
        """Take the answer to a question that is not about a field."""
        if topic.kind is Kind.FACT:
            return self._take_fact(topic, line, key)
        if topic.kind is Kind.PASSAGE and self._limits is not None:
            return self._settle(topic, line)
        return self._take_yes_or_no(topic, key)

    def _help(self) -> Reply:
        words = self._materials.words.keys
        letters = {"1": "1, 2 ...", "no": "n", "unknown": "n", "leave": "n", "new": "n"}
        keys = self.keys if self.step or "g" in self.keys else (*self.keys, "g")
        return Reply(tuple(f"{letters.get(key, key)}: {words[key].help}" for key in keys))

    def _stop(self) -> Reply:
        return Reply(is_stopped=True)

    def _skip(self) -> Reply:
        if self._topic:
            self._skips[self._topic.name] += 1
        self._go_on()
        return Reply()

    def _back(self) -> Reply:
        """Go back to the beginning of the question, or to the question before."""
        if self._source and self._source.go_back():
            return Reply()
        if self.step or (self._answer and self._answer.is_begun):
            self._ask(self._topic)
            return Reply()
        topics = self._topics()
        names = [topic.name for topic in topics]
        name = self._topic.name if self._topic else ""
        index = names.index(name) if name in names else len(names)
        if index == 0:
            return Reply(("this is the first question",))
        self._ask(topics[index - 1])
        return Reply()

    def _go_to(self, name: str) -> Reply | None:
        """Go to a question; return None if the line may be the answer to the one that is asked."""
        try:
            names = self._named(name)
        except NpcompareError as error:
            is_fact = self._topic is not None and self._topic.kind is Kind.FACT
            return None if is_fact else Reply((error.message, error.hint))
        self._ask(next(topic for topic in self._all_topics() if topic.name == names[0]))
        return Reply()

    # --- Answers -----------------------------------------------------------------------------

    def _take_yes_or_no(self, topic: Topic, key: str) -> Reply:
        answer_is_yes = is_yes(key)
        if topic.kind is Kind.PASSAGE:
            self._limits = answer_is_yes
            return Reply()
        if topic.kind is Kind.DETAILS:
            self._has_details = answer_is_yes
        if not answer_is_yes:
            return self._write(self.file.with_answered({topic.name}))
        if topic.kind is Kind.DETAILS:
            return self._write(self.file.with_answered((), without=topic.name))
        limb = topic.limb
        if limb is None:
            limbs = self.file.limbs
            proposed = (each.limb for each in self._materials.suggestion.proposals)
            number = max(*map(_number, limbs), *proposed, len(limbs), 0)
            new_limb = {"id": str(number + 1)}
            return self._write(self.file.with_value(("limbs", len(limbs)), new_limb))
        return self._write(_with_limb(self.file, limb).with_answered((), without=limb.name))

    def _finish_field(self) -> Reply:
        topic, answer = self._topic, self._answer
        if topic is None or answer is None:
            return Reply()
        pointer = field_pointer(topic.field, topic.limb)
        if answer.data is None:
            file = self.file
            if file.value(pointer) is not None:
                file = file.with_value(pointer, REMOVED)
            return self._write(file.with_answered({topic.name}))
        file = _with_limb(self.file, topic.limb) if topic.limb else self.file
        file = file.with_value(pointer, answer.data)
        return self._write(file.with_answered((), without=topic.name))

    def _take_fact(self, topic: Topic, line: str, key: str) -> Reply:
        if self._source:
            self._source.take(line)
            return self._add_source(topic, self._source) if self._source.is_complete else Reply()
        fact = self._materials.words.fact(topic.name)
        view = self.view
        if key == "n" and fact.answer == SOURCE:
            self._source = NewSource(self._materials.words.source, self.sources)
            return Reply()
        if key == "n" and not fact.is_required:
            return self._write(without_fact(self.file, fact))
        if key == "a" and view and view.offers:
            value: Any = view.offers[0].value
        else:
            choices = self._questions.fact_choices(fact)
            value = fact_value(fact, line, choices, self.sources.documents)
        return self._write(with_fact(self.file, fact, value))

    def _add_source(self, topic: Topic, source: NewSource) -> Reply:
        """Take a new document, and the answer that the text comes from it."""
        before, file = self.sources, self.file
        self.sources = source.added()
        reply = self._write(with_fact(file, self._materials.words.fact(topic.name), source.value))
        if self.file is file:
            self.sources = before
            return reply
        return Reply((*reply.messages, source.message))

    def _settle(self, topic: Topic, line: str) -> Reply:
        reasons = self.reasons
        numbers = [str(number) for number in range(1, len(reasons) + 1)]
        reason = reasons[numbers.index(line)] if line in numbers else sentence(line)
        limits = bool(self._limits)
        return self._write(
            settled_file(self.file, self._materials.words, topic, reason, limits=limits)
        )

    def _write(self, file: InterviewFile) -> Reply:
        """Take a file with a new answer, unless it would be refused; then go on."""
        known = {problem.message for problem in self._refusals(self.file)}
        new = [problem for problem in self._refusals(file) if problem.message not in known]
        if new:
            self._ask(self._topic)
            return Reply(tuple(filter(None, (new[0].message, new[0].hint))))
        self.file = file
        name = self._topic.name if self._topic else ""
        written = next((topic for topic in self._all_topics() if topic.name == name), None)
        words = self._questions.answer_words(file, written) if written else ""
        self._go_on()
        return Reply((f"noted: {words}",) if words else ())

    def _all_topics(self) -> list[Topic]:
        """Return all questions: those on details too, and on passages once they were looked for."""
        passages = self._open_passages() if self._passages[0] else ()
        return agenda(self.file, self._materials, with_details=True, passages=passages)

    def _refusals(self, file: InterviewFile) -> list[Problem]:
        documents = self.sources.documents
        return refusals_of(file.text, self._materials.codebook, self._schema, documents)


def _number(limb: Mapping[str, Any]) -> int:
    """Return the number that is the id of a limb; 0 if its id is a name."""
    limb_id = str(limb.get("id"))
    return int(limb_id) if limb_id.isdecimal() else 0


def _with_limb(file: InterviewFile, limb: LimbPlace) -> InterviewFile:
    """Return a file that has a limb."""
    return file if limb.is_in_file else file.with_value(limb.pointer, {"id": limb.id})
