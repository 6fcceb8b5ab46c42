"""The report of `suggest`: the proposed coding, the resulting classes, and unread passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from npcompare.coding.clarity_words import why_unclear
from npcompare.coding.proposals import Unclear
from npcompare.document import Cell, Notes, Run, Table, Tone, cell, columns, flat_table
from npcompare.messages import deferred, in_quotation_marks, message, plural
from npcompare.model.codebook import FIELDS, class_words
from npcompare.reports.cells import finished
from npcompare.reports.folding import remarks_on_folded, shown
from npcompare.reports.records import (
    TOOL,
    ClassifiedRecord,
    Count,
    Ordinal,
    Output,
    Record,
    dimension_records,
    urn,
)
from npcompare.reports.second_opinion_report import (
    AGREED,
    SecondOpinionRecord,
    question_rows,
    second_opinion_record,
    second_opinion_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.coding.proposals import Proposal
    from npcompare.coding.second_opinion import SecondOpinion
    from npcompare.coding.suggestions import Suggestion
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

_REMARK = deferred(
    "These values are proposed, not confirmed: check each of them. Values that the text does not "
    "express in words are left out."
)
_CLEAR = deferred(
    "A value is clear if one sentence states its limb by itself and names the victims, and no "
    "other value of its field is proposed for the limb. The other values are wrong more often."
)
_NOTHING = deferred("No rule on acts of victims was found in this text.")
_UNREAD = deferred(
    "These passages are not fully understood, so nothing was concluded from what their rules do "
    "not say; please read them yourself."
)

#: The columns of the proposals for other programs.
_KEYS = "limb field value evidence start end rule clear unclear from_limbs[]"


class ProposalRecord(Record, frozen=True):
    """A proposed value. The limb is null if the value holds for the whole provision.

    A value that is not clear has the reason and, if its words are those of other limbs, the limbs.
    """

    limb: Ordinal | None
    field: str
    value: str
    evidence: str
    start: Count
    end: Count
    rule: str
    clear: bool
    unclear: Unclear | None
    from_limbs: list[Ordinal]


class PassageRecord(Record, frozen=True):
    """A passage of the text, by its first character and the one after its last."""

    text: str
    start: Count
    end: Count
    #: The line, from 1, and the labels that lead to the passage, such as 12(1)(a); may be empty.
    line: Ordinal
    subsection: str


class CoverageRecord(Record, frozen=True):
    """The words of the operative sentences: named by a phrase of a value, or empty, or unread."""

    words: Count
    covered: Count
    empty: Count
    unread: list[PassageRecord]


class SuggestOutput(Output, frozen=True, tag=urn("suggest")):
    """The output of `suggest`."""

    codebook: str
    language: str
    proposals: list[ProposalRecord]
    unread: list[PassageRecord]
    coverage: CoverageRecord
    dimensions: dict[str, ClassifiedRecord]
    second_opinion: SecondOpinionRecord | UnsetType = UNSET


def suggestions(
    corpus: Corpus,
    suggestion: Suggestion,
    classification: Classification,
    opinion: SecondOpinion | None = None,
) -> Document:
    """Return the coding proposed for a text, with the words that each value is based on."""
    classes = [_classes(corpus, classification)] if suggestion.proposals else []
    tables = [_proposals(corpus, suggestion), *classes, _unread(suggestion)]
    title, keys = tables[0].title, _KEYS
    values = [
        [
            str(proposal.limb or ""),
            proposal.field,
            proposal.value,
            suggestion.words(proposal.start, proposal.end),
            str(proposal.start),
            str(proposal.end),
            proposal.rule,
            "yes" if proposal.is_clear else "",
            proposal.unclear or "",
            "; ".join(map(str, proposal.from_limbs)),
        ]
        for proposal in suggestion.proposals
    ]
    output = _output(corpus, suggestion, classification)
    if opinion:
        marks = [AGREED if one in opinion.agreed else "" for one in suggestion.proposals]
        tables[0] = _marked(tables[0], marks)
        tables.append(second_opinion_table(corpus, suggestion, opinion))
        values = [[*row, mark] for row, mark in zip(values, marks, strict=True)]
        values += question_rows(suggestion, opinion)
        keys += " second_opinion"
        output = replace(output, second_opinion=second_opinion_record(suggestion, opinion))
    return finished(corpus, title, tables, flat_table(title, keys, values), output)


def _marked(table: Table, marks: list[str]) -> Table:
    """Return the table of the proposals with the marks of a second opinion."""
    return replace(
        table,
        columns=(*table.columns, *columns(second_opinion="Second opinion")),
        rows=tuple((*row, cell(mark)) for row, mark in zip(table.rows, marks, strict=True)),
    )


def _output(
    corpus: Corpus, suggestion: Suggestion, classification: Classification
) -> SuggestOutput:
    return SuggestOutput(
        tool=TOOL,
        codebook=corpus.codebook.version,
        language=suggestion.language,
        proposals=[
            ProposalRecord(
                limb=proposal.limb or None,
                field=proposal.field,
                value=proposal.value,
                evidence=suggestion.words(proposal.start, proposal.end),
                start=proposal.start,
                end=proposal.end,
                rule=proposal.rule,
                clear=proposal.is_clear,
                unclear=proposal.unclear,
                from_limbs=list(proposal.from_limbs),
            )
            for proposal in suggestion.proposals
        ],
        unread=_passages(suggestion, suggestion.unread),
        coverage=CoverageRecord(
            words=suggestion.coverage.words,
            covered=suggestion.coverage.covered,
            empty=suggestion.coverage.empty,
            unread=_passages(suggestion, suggestion.coverage.unread),
        ),
        dimensions=dimension_records(corpus, classification),
    )


def _passages(suggestion: Suggestion, places: Iterable[tuple[int, int]]) -> list[PassageRecord]:
    return [
        PassageRecord(
            text=suggestion.words(start, end),
            start=start,
            end=end,
            line=suggestion.places.line(start),
            subsection=suggestion.places.subsection(start),
        )
        for start, end in places
    ]


def _proposals(corpus: Corpus, suggestion: Suggestion) -> Table:
    headings = columns(
        limb="Limb", field="Field", value="Value", clear="Clear?", words="Words", rule="Rule"
    )
    book, notes = corpus.codebook, Notes()
    body = tuple(
        (
            cell(str(proposal.limb) if proposal.limb else message("all"), Tone.STRONG),
            cell(proposal.field.replace(".", ": ")),
            cell(book.label(FIELDS[proposal.field], proposal.value)),
            _clear(suggestion, proposal, notes),
            Cell((_quoted(suggestion, proposal),)),
            cell(proposal.rule),
        )
        for proposal in suggestion.proposals
    )
    remarks = (message(_REMARK), message(_CLEAR)) if body else (message(_NOTHING),)
    return Table(message("Proposed coding"), headings, body, remarks, notes.listed())


def _clear(suggestion: Suggestion, proposal: Proposal, notes: Notes) -> Cell:
    """Return whether a proposal is clear, with a note on the reason if it is not."""
    if proposal.is_clear:
        return cell(message("yes"))
    reason = why_unclear(proposal, suggestion.places.line(proposal.start))
    return cell(message("no"), marks=(notes.mark(reason),))


def _quoted(suggestion: Suggestion, proposal: Proposal) -> Run:
    words = suggestion.words(proposal.start, proposal.end)
    return Run(in_quotation_marks(words), Tone.QUOTE, (), suggestion.language)


def _classes(corpus: Corpus, classification: Classification) -> Table:
    dimensions = list(corpus.codebook.dimensions.values())
    body = tuple(
        (
            cell(dimension.label, Tone.STRONG),
            cell(class_words(corpus.codebook, classification.dimensions[dimension.id])),
        )
        for dimension in shown(dimensions, [classification], detail=False)
    )
    return Table(
        message("Resulting classes, if the coding is confirmed"),
        columns(dimension="Dimension", classes="Class"),
        body,
        tuple(remarks_on_folded(dimensions, [classification], detail=False)),
    )


def _unread(suggestion: Suggestion) -> Table:
    body = tuple(
        (
            cell(str(passage.line)),
            cell(passage.subsection),
            Cell((Run(passage.text, Tone.QUOTE, (), suggestion.language),)),
        )
        for passage in _passages(suggestion, suggestion.unread)
    )
    coverage = suggestion.coverage
    share = plural(
        "Read: {percent} % of the words of {count} operative sentence",
        "Read: {percent} % of the words of {count} operative sentences",
        len(coverage.sentences),
        percent=coverage.percent,
    )
    title = message("Not understood: nothing")
    if body:
        title = plural(
            "Not understood: {count} passage", "Not understood: {count} passages", len(body)
        )
    return Table(
        title,
        columns(line="Line", subsection="Subsection", words="Words"),
        body,
        (message(_UNREAD),) if body else (),
        headnote=share if coverage.sentences else "",
    )
