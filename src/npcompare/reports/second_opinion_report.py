"""The part of the report of `suggest` that has the second opinion of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from npcompare.coding.second_opinion import Kind, Rejection
from npcompare.document import Cell, Run, Table, Tone, cell, columns
from npcompare.model.codebook import FIELDS
from npcompare.reports.records import Count, Digest, Ordinal, Record
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.second_opinion import Question, SecondOpinion
    from npcompare.coding.suggestions import Suggestion
    from npcompare.law.corpus import Corpus

#: How the mark on a proposal reads, and the kind of each row of the table.
AGREED, QUESTION = "agreed", "Question"
_KINDS: dict[Kind, str] = {
    "exception": "Exception not coded?",
    "condition": "Condition not coded?",
    "unexplained": "Not explained?",
}

_REMARK = (
    "These are questions of a model, not values. A model can be wrong, and the text can mislead "
    "it: please read the words yourself."
)

#: What was wrong with rejected answers, after their number.
_REASONS = {
    Rejection.NOT_FOUND: "quoted words that are not in the text",
    Rejection.REPEATED: "quoted words that occur more than once",
    Rejection.TOO_LONG: "quoted too many words",
    Rejection.NOT_IN_CODEBOOK: "gave a value that is not in the codebook",
    Rejection.SILENCE: "concluded from silence",
}


#: What only a proposal of the phrase book has: a rule, and whether it is clear and why not.
_NO_RULE = ("", "", "", "")


class ModelRecord(Record, frozen=True):
    """The model that answered, its version if that was reported, and the package in use."""

    name: str
    version: str | None
    package: str


class OpinionRecord(Record, frozen=True):
    """A value that a model proposes; the limb is null if it is about the whole provision."""

    limb: Ordinal | None
    field: str
    value: str
    evidence: str
    start: Count
    end: Count


class MissingRecord(Record, frozen=True):
    """Words that the coding does not explain, according to a model."""

    kind: Kind
    text: str
    start: Count
    end: Count


class SecondOpinionRecord(Record, frozen=True):
    """The second opinion of a model, after every check; it changes no proposal and no class."""

    model: ModelRecord
    prompt: Digest
    agreed: list[OpinionRecord]
    questions: list[OpinionRecord]
    rejected: Annotated[
        dict[str, Count], Meta(description="How many answers were rejected, by the reason.")
    ]
    missing: list[MissingRecord]


def second_opinion_record(suggestion: Suggestion, opinion: SecondOpinion) -> SecondOpinionRecord:
    """Return the second opinion as data."""
    model = opinion.model
    return SecondOpinionRecord(
        model=ModelRecord(name=model.name, version=model.version or None, package=model.package),
        prompt=opinion.prompt,
        agreed=[
            _record(suggestion, proposal)
            for proposal in suggestion.proposals
            if proposal in opinion.agreed
        ],
        questions=[_record(suggestion, question) for question in opinion.questions],
        rejected={str(reason): number for reason, number in opinion.rejected.items()},
        missing=[
            MissingRecord(
                kind=finding.kind,
                text=suggestion.words(finding.start, finding.end),
                start=finding.start,
                end=finding.end,
            )
            for finding in opinion.missing
        ],
    )


def _record(suggestion: Suggestion, value: Proposal | Question) -> OpinionRecord:
    return OpinionRecord(
        limb=value.limb or None,
        field=value.field,
        value=value.value,
        evidence=suggestion.words(value.start, value.end),
        start=value.start,
        end=value.end,
    )


def second_opinion_table(corpus: Corpus, suggestion: Suggestion, opinion: SecondOpinion) -> Table:
    """Return the questions of a model, and how many of its answers were rejected."""
    body = tuple(_rows(corpus, suggestion, opinion))
    proposed = counted(len(suggestion.proposals), "proposed value")
    agreement = f"The model agrees with {len(opinion.agreed)} of {proposed}"
    unclear = [proposal for proposal in suggestion.proposals if not proposal.is_clear]
    confirmed = sum(proposal in opinion.agreed for proposal in unclear)
    of_unclear = f" ({confirmed} of the {len(unclear)} that are not clear)" if unclear else ""
    remarks = (
        f"{agreement}{of_unclear}; agreement is not proof.",
        _rejections(opinion),
        *((_REMARK,) if body else ()),
    )
    headings = columns(
        kind="Kind", line="Line", limb="Limb", field="Field", value="Value", words="Words"
    )
    return Table(
        "Second opinion",
        headings,
        body,
        remarks,
        headnote=f"Model: {opinion.description}",
    )


def question_rows(suggestion: Suggestion, opinion: SecondOpinion) -> Iterator[list[str]]:
    """Yield the questions and findings as rows of the plain table of `suggest`."""
    for question in opinion.questions:
        words = suggestion.words(question.start, question.end)
        place = [words, str(question.start), str(question.end)]
        yield [
            str(question.limb or ""),
            question.field,
            question.value,
            *place,
            *_NO_RULE,
            "question",
        ]
    for finding in opinion.missing:
        words = suggestion.words(finding.start, finding.end)
        yield ["", "", "", words, str(finding.start), str(finding.end), *_NO_RULE, finding.kind]


def _rows(
    corpus: Corpus, suggestion: Suggestion, opinion: SecondOpinion
) -> Iterator[tuple[Cell, ...]]:
    for question in opinion.questions:
        yield (
            cell(QUESTION, Tone.STRONG),
            cell(str(suggestion.places.line(question.start))),
            cell(str(question.limb) if question.limb else "all"),
            cell(question.field.replace(".", ": ")),
            cell(corpus.codebook.label(FIELDS[question.field], question.value)),
            _quoted(suggestion, question.start, question.end),
        )
    for finding in opinion.missing:
        words = _quoted(suggestion, finding.start, finding.end)
        kind = cell(_KINDS[finding.kind], Tone.STRONG)
        line = cell(str(suggestion.places.line(finding.start)))
        yield (kind, line, cell(""), cell(""), cell(""), words)


def _quoted(suggestion: Suggestion, start: int, end: int) -> Cell:
    words = suggestion.words(start, end)
    return Cell((Run(f"“{words}”", Tone.QUOTE, (), suggestion.language),))


def _rejections(opinion: SecondOpinion) -> str:
    """Return how many answers were rejected, and why, as a sentence."""
    if not opinion.rejected_count:
        return "No answer of the model was rejected."
    reasons = [
        f"{number:,} {_REASONS[reason]}" for reason, number in opinion.rejected.items() if number
    ]
    verb = "was" if opinion.rejected_count == 1 else "were"
    return (
        f"{counted(opinion.rejected_count, 'answer')} of the model {verb} rejected: "
        f"{'; '.join(reasons)}."
    )
