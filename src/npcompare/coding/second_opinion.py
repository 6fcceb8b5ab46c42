"""A second opinion on a proposed coding, from a language model: what is asked, and what is kept.

A model answers two prompts. In the first it proposes values without knowing the coding; in the
second it names words that the coding does not explain. Nothing that a model says is taken on trust:
its words must be in the text, once, and its values in the codebook. What only the model says is a
question for the coder, never a value. Nothing of the answers is kept but places in the text and
words of the codebook.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, TypeVar, get_args

import msgspec
from msgspec import Meta, Struct

from npcompare.coding.file_templates import fill_template
from npcompare.errors import NpcompareError
from npcompare.law.provision_parser import FIELDS_OF_PROVISION
from npcompare.model.codebook import FIELDS
from npcompare.model.provision import NONE_REPORTED
from npcompare.text import counted
from npcompare.wording.quotation_places import QuotationPlaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.suggestions import Suggestion
    from npcompare.model.codebook import Codebook

#: The longest text that is sent and the longest answer that is read, in characters.
LONGEST_TEXT, LONGEST_ANSWER = 60_000, 200_000

#: The most values or findings in one answer.
_MOST_ITEMS = 400

#: The longest quotation in an answer, in characters. A model that quotes the whole text has not
#: said on which words a value is based.
_LONGEST_QUOTATION = 600

#: The values that say that the text is silent, by field; "none_reported" does so in every field.
_SILENCE = {("link", "none")}

#: The kinds of findings: words that no value explains, and exceptions and conditions left out.
Kind = Literal["unexplained", "exception", "condition"]

T = TypeVar("T")


class Rejection(StrEnum):
    """Why an answer was rejected."""

    NOT_FOUND = "not_found"
    REPEATED = "repeated"
    TOO_LONG = "too_long"
    NOT_IN_CODEBOOK = "not_in_codebook"
    SILENCE = "silence"


class ModelIdentity(Struct, frozen=True):
    """The model that answered."""

    name: str
    #: The version that the service reports; empty if it reports none.
    version: str
    #: The package through which it was asked, with its version.
    package: str


class Respondent(Protocol):
    """What answers prompts: a model, or in tests a recording of one."""

    @property
    def identity(self) -> ModelIdentity:
        """The model, as far as it is known after the last answer."""

    def answer(self, prompt: str, schema: Mapping[str, Any]) -> str:
        """Return the answer to a prompt; raise NpcompareError if there is none."""


class Prompt(Struct, frozen=True):
    """A prompt, and the JSON Schema of its answer."""

    text: str
    schema: Mapping[str, Any]


class Prompts(Struct, frozen=True):
    """The two prompts for a text."""

    values: Prompt
    findings: Prompt

    @property
    def digest(self) -> str:
        """The SHA-256 digest of both."""
        texts = f"{self.values.text}\0{self.findings.text}"
        return f"sha256:{sha256(texts.encode('utf-8', 'surrogatepass')).hexdigest()}"


class Question(Struct, frozen=True):
    """A value that only the model proposes, and where in the text, in characters, its words are."""

    #: The number of the limb, from 1, as the model counts; 0 for the whole provision.
    limb: int
    field: str
    value: str
    start: int
    end: int


class Finding(Struct, frozen=True):
    """Words that the coding does not explain, according to the model."""

    kind: Kind
    start: int
    end: int


class SecondOpinion(Struct, frozen=True):
    """What remains of the answers of a model after every check."""

    model: ModelIdentity
    prompt: str
    #: The proposals of the phrase book that the model proposes too, for the same words.
    agreed: frozenset[Proposal]
    questions: tuple[Question, ...]
    #: How many answers were rejected, for each reason.
    rejected: Mapping[Rejection, int]
    missing: tuple[Finding, ...]

    @property
    def description(self) -> str:
        """The name of the model, its version, the package and the digest of the prompt."""
        model = self.model
        version = f"version {model.version}" if model.version else "version not reported"
        return f"{model.name} ({version}; {model.package}; prompt {self.prompt})"

    @property
    def summary(self) -> str:
        """How many values are agreed, how many questions there are, and what was rejected."""
        questions = counted(len(self.questions) + len(self.missing), "question")
        answers = counted(self.rejected_count, "rejected answer")
        return f"{counted(len(self.agreed), 'agreed value')}, {questions}, {answers}"

    @property
    def rejected_count(self) -> int:
        """How many answers were rejected."""
        return sum(self.rejected.values())


# --- What is asked -------------------------------------------------------------------------------


def prompts(codebook: Codebook, suggestion: Suggestion) -> Prompts:
    """Return the prompts for a text and its proposed coding.

    Raises NpcompareError if the text is too long.
    """
    text = suggestion.text
    if len(text) > LONGEST_TEXT:
        raise NpcompareError(
            f"the text has {len(text):,} characters; a second opinion reads at most "
            f"{LONGEST_TEXT:,}",
            "give only the sections that matter",
        )
    # The text cannot contain its own digest, so it cannot pretend to end before its end.
    mark = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Prompts(
        _prompt(
            "second-opinion-values.j2",
            _values_schema(),
            fields=_vocabulary(codebook),
            mark=mark,
            text=text,
        ),
        _prompt(
            "second-opinion-findings.j2",
            _findings_schema(),
            proposals=[
                (proposal, _quoted(suggestion.words(proposal.start, proposal.end)))
                for proposal in suggestion.proposals
            ],
            mark=mark,
            text=text,
        ),
    )


def _quoted(words: str) -> str:
    """Return words as JSON, so that they cannot pretend to end before their end."""
    return msgspec.json.encode(words).decode()


def _prompt(template: str, schema: Mapping[str, Any], **values: Any) -> Prompt:
    form = msgspec.json.encode(schema).decode()
    return Prompt(fill_template(template, schema=form, **values), schema)


def _vocabulary(codebook: Codebook) -> list[tuple[str, bool, list[tuple[str, str]]]]:
    """Return each field, whether it is about the whole provision, and its words and definitions.

    The values that say that the text is silent are left out.
    """
    return [
        (
            name,
            name in FIELDS_OF_PROVISION,
            [
                (word, term.definition or term.label)
                for word, term in codebook.vocabulary[FIELDS[name]].items()
                if (name, word) not in _SILENCE
            ],
        )
        for name in FIELDS
    ]


def _values_schema() -> Mapping[str, Any]:
    words = {"type": "string"}
    value = {"limb": {"type": "integer"}, "field": {"type": "string", "enum": list(FIELDS)}}
    return _list_schema("values", value | {"value": words, "words": words})


def _findings_schema() -> Mapping[str, Any]:
    kinds = {"type": "string", "enum": list(get_args(Kind))}
    return _list_schema("findings", {"kind": kinds, "words": {"type": "string"}})


def _list_schema(name: str, properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the JSON Schema of an object that has a list of objects, with all their properties."""
    item = _object_schema(properties)
    return _object_schema({name: {"type": "array", "items": item}})


def _object_schema(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


# --- What is kept --------------------------------------------------------------------------------


class _Value(Struct, frozen=True, forbid_unknown_fields=True):
    """A value in an answer."""

    limb: Annotated[int, Meta(ge=0, le=_MOST_ITEMS)]
    field: str
    value: str
    words: str


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding in an answer."""

    kind: Kind
    words: str


class _Values(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to the first prompt."""

    values: Annotated[list[_Value], Meta(max_length=_MOST_ITEMS)]


class _Findings(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to the second prompt."""

    findings: Annotated[list[_Words], Meta(max_length=_MOST_ITEMS)]


def consult(
    codebook: Codebook, suggestion: Suggestion, both: Prompts, model: Respondent
) -> SecondOpinion:
    """Return the second opinion of a model on the coding proposed for a text.

    Each prompt is put once. Raises NpcompareError if the model does not answer both, or not in the
    form that the prompt requires.

    Args:
        codebook: The codebook of the values.
        suggestion: The text and its proposed coding.
        both: The prompts for them.
        model: What answers.
    """
    value_answers = _answers(model, both.values, _Values).values
    finding_answers = _answers(model, both.findings, _Findings).findings
    check = _Check(codebook, suggestion)
    questions, agreed = check.values(value_answers)
    return SecondOpinion(
        model=model.identity,
        prompt=both.digest,
        agreed=agreed,
        questions=questions,
        missing=tuple(check.findings(finding_answers)),
        rejected={reason: check.rejected[reason] for reason in Rejection},
    )


def _answers(model: Respondent, prompt: Prompt, form: type[T]) -> T:
    """Return the answer to a prompt; raise NpcompareError if it does not have the right form."""
    answer = model.answer(prompt.text, prompt.schema)
    if len(answer) > LONGEST_ANSWER:
        raise NpcompareError(
            f"the answer of the model is longer than {LONGEST_ANSWER:,} characters"
        )
    try:
        return msgspec.json.decode(answer, type=form)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NpcompareError(
            "the answer of the model is not JSON of the form that the prompt requires",
            "choose a model that supports schemas: llm models --schemas",
        ) from error


class _Check:
    """Checks answers against the text, the codebook and the proposals of the phrase book."""

    def __init__(self, codebook: Codebook, suggestion: Suggestion) -> None:
        self._codebook = codebook
        self._proposals = suggestion.proposals
        self._places = QuotationPlaces(suggestion.text)
        self.rejected: Counter[Rejection] = Counter()

    def values(self, answers: list[_Value]) -> tuple[tuple[Question, ...], frozenset[Proposal]]:
        """Return the values that only the model proposes, and the proposals that it agrees with."""
        questions: dict[Question, None] = {}
        agreed: set[Proposal] = set()
        for answer in dict.fromkeys(answers):
            value = self._value(answer)
            if isinstance(value, Rejection):
                self.rejected[value] += 1
            elif equal := set(self._equal_proposals(value)):
                agreed |= equal
            else:
                questions[value] = None
        return tuple(questions), frozenset(agreed)

    def findings(self, answers: list[_Words]) -> Iterator[Finding]:
        """Yield the findings whose words are in the text."""
        for answer in dict.fromkeys(answers):
            place = self._place(answer.words)
            if isinstance(place, Rejection):
                self.rejected[place] += 1
            else:
                yield Finding(answer.kind, *place)

    def _value(self, answer: _Value) -> Question | Rejection:
        name, value = answer.field, answer.value
        if value == NONE_REPORTED or (name, value) in _SILENCE:
            return Rejection.SILENCE
        if name not in FIELDS or value not in self._codebook.vocabulary[FIELDS[name]]:
            return Rejection.NOT_IN_CODEBOOK
        place = self._place(answer.words)
        if isinstance(place, Rejection):
            return place
        limb = 0 if name in FIELDS_OF_PROVISION else answer.limb
        return Question(limb, name, value, *place)

    def _place(self, words: str) -> tuple[int, int] | Rejection:
        """Return the only place of words in the text."""
        if len(words) > _LONGEST_QUOTATION:
            return Rejection.TOO_LONG
        places = self._places.find(words)
        if len(places) != 1:
            return Rejection.REPEATED if places else Rejection.NOT_FOUND
        return places[0]

    def _equal_proposals(self, question: Question) -> Iterator[Proposal]:
        """Yield the proposals of the same value for words that overlap, in any limb.

        The limbs are not compared, since a model may divide a text in another way.
        """
        for proposal in self._proposals:
            is_equal = (proposal.field, proposal.value) == (question.field, question.value)
            if is_equal and proposal.start < question.end and question.start < proposal.end:
                yield proposal
