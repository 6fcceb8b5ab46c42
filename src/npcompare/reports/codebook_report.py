"""The report of `codebook`: dimensions, classes and rules, or the schema of a provision."""

from __future__ import annotations

import json
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from npcompare.document import Document, Table, Tone, cell, columns, flat_table, rows
from npcompare.law import json_schema
from npcompare.law.citations import cited
from npcompare.messages import deferred, message
from npcompare.reports.cells import finished, place, with_place
from npcompare.reports.records import (
    TOOL,
    AuthorityRecord,
    CitationRecord,
    Output,
    Record,
    authority_record,
    citation_record,
    present,
    urn,
)
from npcompare.reports.relation_words import hedged
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension, Rule, Term


class CodebookRecord(Record, frozen=True):
    """The codebook listed."""

    version: str
    title: str


class TermRecord(Record, frozen=True):
    """A word of the vocabulary, and the words that it stands for."""

    word: str
    label: str
    definition: str
    source: CitationRecord | None
    stands_for: list[str] | UnsetType = UNSET


class RuleRecord(Record, frozen=True):
    """A rule that gives a class."""

    id: str
    dimension: str
    when: dict[str, Any]
    then: str
    because: str
    source: CitationRecord | None
    implied: Annotated[
        bool | UnsetType,
        Meta(description="True if the class counts in comparisons only; otherwise absent."),
    ] = UNSET


class DimensionRecord(Record, frozen=True, kw_only=True):
    """A dimension with its classes, their order, and its rules."""

    id: str
    label: str
    question: str
    source: CitationRecord | None
    core: bool
    kind: str
    silence: str
    ladder: list[str] | UnsetType = UNSET
    classes: list[TermRecord]
    order: list[AuthorityRecord] | UnsetType = UNSET
    rules: list[RuleRecord]


class CodebookOutput(Output, frozen=True, tag=urn("codebook-listing")):
    """The output of `codebook`."""

    codebook: CodebookRecord
    dimensions: list[DimensionRecord]
    vocabulary: dict[str, list[TermRecord]]


def codebook(corpus: Corpus, dimensions: Sequence[Dimension]) -> Document:
    """Return dimensions with their classes, orders and rules, and the other vocabulary."""
    book = corpus.codebook
    tables = []
    values = []
    for dimension in dimensions:
        tables.append(_dimension(corpus, dimension))
        if rules_of_dimension := _rules_of(corpus, dimension):
            tables.append(_rules(corpus, dimension, rules_of_dimension))
        values += [_flat_term(corpus, dimension.id, term) for term in dimension.classes.values()]
    is_whole = len(dimensions) == len(book.dimensions)
    own_fields = {dimension.field for dimension in dimensions}
    for name, terms in book.vocabulary.items():
        is_used = any(dimension.scale.vocabulary == name for dimension in dimensions)
        if is_used or (is_whole and name not in own_fields):
            words = VOCABULARY_NAMES.get(name, name.replace("_", " "))
            title = message("Vocabulary: {name}", name=message(words))
            tables.append(_terms(corpus, title, terms.values()))
            values += [_flat_term(corpus, name, term) for term in terms.values()]
    flat = flat_table("Codebook", "list word label definition source", values)
    title = message("Codebook {version}: {title}", version=book.version, title=book.title)
    return finished(corpus, title, tables, flat, _output(corpus, dimensions))


#: The names of the vocabularies; a corpus may add others.
VOCABULARY_NAMES = {
    "jurisdiction_kind": deferred("jurisdiction kind"),
    "instrument_kind": deferred("instrument kind"),
    "form": deferred("form"),
    "effect": deferred("effect"),
    "text_status": deferred("text status"),
    "persons": deferred("persons"),
    "extent": deferred("extent"),
    "category": deferred("category"),
    "link": deferred("link"),
    "graded": deferred("graded"),
    "compulsion": deferred("compulsion"),
    "compelled_by": deferred("compelled by"),
    "tests": deferred("tests"),
    "timing": deferred("timing"),
    "relief": deferred("relief"),
    "liability": deferred("liability"),
    "force": deferred("force of the rule"),
    "duty": deferred("duty"),
    "requires": deferred("requires"),
    "addressee": deferred("addressee"),
    "conditions": deferred("conditions"),
    "status_required": deferred("status required"),
    "status_decider": deferred("status decider"),
    "cooperation": deferred("cooperation"),
    "decision": deferred("decision"),
    "evidence": deferred("evidence"),
    "records": deferred("records"),
    "records_procedure": deferred("records procedure"),
    "records_effect": deferred("records effect"),
    "beneficiaries": deferred("beneficiaries"),
    "raised_by": deferred("raised by"),
    "burden": deferred("burden"),
    "standard": deferred("standard"),
}

#: In place of the paragraph, for what the background paper does not say.
_BEYOND = deferred("beyond the paper")


def _terms(corpus: Corpus, title: str, terms: Iterable[Term], remarks: Sequence[str] = ()) -> Table:
    return Table(
        title,
        columns(word="Word", label="Label", definition="Definition", source="Source"),
        tuple(
            (
                cell(term.word, Tone.STRONG),
                cell(term.label),
                cell(term.definition),
                cell(capitalized(place(corpus, term.source) or message(_BEYOND))),
            )
            for term in terms
        ),
        tuple(remarks),
    )


def _dimension(corpus: Corpus, dimension: Dimension) -> Table:
    question_place = place(corpus, dimension.source) or message(_BEYOND)
    remarks = [
        message("{name} ({detail})", name=dimension.question, detail=question_place),
        message("If the full text is silent: {sentence}", sentence=dimension.silence),
    ]
    for step in dimension.order:
        why = with_place(corpus, step.because, step.source)
        words = (
            deferred("{wider} protects further than {narrower}: {reason}"),
            deferred("{wider} may protect further than {narrower}: {reason}"),
        )
        remarks.append(
            hedged(words, step.hedge, wider=step.wider, narrower=step.narrower, reason=why)
        )
    return _terms(corpus, dimension.label, dimension.classes.values(), remarks)


def _rules_of(corpus: Corpus, dimension: Dimension) -> tuple[Rule, ...]:
    """Return the rules of a dimension; those of classes that are not shown come last."""
    book = corpus.codebook
    return book.rules_of(dimension.id) + book.implied_rules_of(dimension.id)


def _rules(corpus: Corpus, dimension: Dimension, rules_of_dimension: Sequence[Rule]) -> Table:
    return Table(
        message("{dimension}: rules", dimension=dimension.label),
        columns(rule="Rule", then="Class", when="Condition", because="Reason"),
        tuple(
            (
                cell(rule.id, Tone.STRONG),
                cell(
                    message("{class_} (in comparisons only)", class_=rule.then)
                    if rule.is_implied
                    else rule.then
                ),
                cell(condition_words(rule.when)),
                cell(with_place(corpus, rule.because, rule.source)),
            )
            for rule in rules_of_dimension
        ),
    )


def condition_words(when: Mapping[str, object]) -> str:
    """Return the condition of a rule in words."""
    ((operator, operand),) = when.items()
    if isinstance(operand, str):
        return message("{field} is coded", field=operand)
    if operator == "not" and isinstance(operand, dict):
        return message("not ({condition})", condition=condition_words(operand))
    if isinstance(operand, list):
        both = deferred("{first} and {second}")
        joined = both if operator == "all" else deferred("{first} or {second}")
        return reduce(
            lambda first, second: message(joined, first=first, second=second),
            map(condition_words, operand),
        )
    assert isinstance(operand, dict)  # noqa: S101 - the codebook's schema says so
    ((field, words),) = operand.items()
    if operator == "equals":
        return message("{field} is {word}", field=field, word=words)
    alternatives = reduce(
        lambda first, second: message("{first} or {second}", first=first, second=second), words
    )
    return message("{field} has {words}", field=field, words=alternatives)


def _flat_term(corpus: Corpus, name: str, term: Term) -> list[str]:
    return [name, term.word, term.label, term.definition, cited(corpus, term.source)]


def provision_schema(corpus: Corpus) -> Document:
    """Return the JSON Schema of a provision with the vocabulary of the codebook."""
    data = json_schema.provision_schema(corpus.codebook)
    table = Table(data["title"], columns(schema="Schema"), rows([[json.dumps(data, indent=2)]]))
    return Document(table.title, (table,), data, table)


# --- As data ------------------------------------------------------------------------------------


def _output(corpus: Corpus, dimensions: Iterable[Dimension]) -> CodebookOutput:
    book = corpus.codebook
    return CodebookOutput(
        tool=TOOL,
        codebook=CodebookRecord(version=book.version, title=book.title),
        dimensions=[_dimension_record(corpus, dimension) for dimension in dimensions],
        vocabulary={
            name: [_term_record(corpus, term) for term in terms.values()]
            for name, terms in book.vocabulary.items()
        },
    )


def _dimension_record(corpus: Corpus, dimension: Dimension) -> DimensionRecord:
    return DimensionRecord(
        id=dimension.id,
        label=dimension.label,
        question=dimension.question,
        source=citation_record(corpus, dimension.source),
        core=dimension.core,
        kind=dimension.scale.kind,
        silence=dimension.silence,
        ladder=present(list(dimension.scale.ladder)),
        classes=[_term_record(corpus, term) for term in dimension.classes.values()],
        order=present([authority_record(corpus, step) for step in dimension.order]),
        rules=[_rule_record(corpus, rule) for rule in _rules_of(corpus, dimension)],
    )


def _term_record(corpus: Corpus, term: Term) -> TermRecord:
    return TermRecord(
        word=term.word,
        label=term.label,
        definition=term.definition,
        source=citation_record(corpus, term.source),
        stands_for=present(sorted(term.stands_for - {term.word})),
    )


def _rule_record(corpus: Corpus, rule: Rule) -> RuleRecord:
    return RuleRecord(
        id=rule.id,
        dimension=rule.dimension,
        when=dict(rule.when),
        then=rule.then,
        because=rule.because,
        source=citation_record(corpus, rule.source),
        implied=present(rule.is_implied),
    )
