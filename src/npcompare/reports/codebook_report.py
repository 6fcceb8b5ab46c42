"""The codebook to documents: dimensions, classes, rules, and the schema in its words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from npcompare.document import Document, Table, Tone, cell, columns, flat_table, rows
from npcompare.law import json_schema
from npcompare.law.citations import cited
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


def codebook(corpus: Corpus, wanted: Sequence[Dimension]) -> Document:
    """Return the dimensions with their classes, orders and rules, and the other words."""
    book = corpus.codebook
    tables = []
    flat = []
    for dimension in wanted:
        tables.append(_dimension(corpus, dimension))
        rules = book.rules_of(dimension.id)
        if rules:
            tables.append(_rules(corpus, dimension))
        flat += [_flat_term(corpus, dimension.id, term) for term in dimension.classes.values()]
    shown = {one.field for one in wanted}
    for name, terms in book.vocabulary.items():
        is_scope_word = any(one.scale.vocabulary == name for one in wanted)
        if is_scope_word or (len(wanted) == len(book.dimensions) and name not in shown):
            title = f"Words for {name.replace('_', ' ')}"
            tables.append(_terms(corpus, title, terms.values()))
            flat += [_flat_term(corpus, name, term) for term in terms.values()]
    plain = flat_table("Codebook", "list word label definition source", flat)
    title = f"Codebook {book.version}: {book.title}"
    return finished(corpus, title, tables, plain, _output(corpus, wanted))


def _terms(corpus: Corpus, title: str, terms: Iterable[Term], remarks: Sequence[str] = ()) -> Table:
    return Table(
        title,
        columns(word="Word", label="Label", definition="Definition", source="Source"),
        tuple(
            (
                cell(term.word, Tone.STRONG),
                cell(term.label),
                cell(term.definition),
                cell(place(corpus, term.source)),
            )
            for term in terms
        ),
        tuple(remarks),
    )


def _dimension(corpus: Corpus, one: Dimension) -> Table:
    remarks = [f"{one.question} ({place(corpus, one.source)})", f"Silence: {one.silence}"]
    for step in one.order:
        why = with_place(corpus, step.because, step.source)
        remarks.append(f"{step.wider} reaches further than {step.narrower}: {why}")
    return _terms(corpus, one.label, one.classes.values(), remarks)


def _rules(corpus: Corpus, one: Dimension) -> Table:
    return Table(
        f"{one.label}: rules",
        columns(rule="Rule", then="Class", when="When", because="Because"),
        tuple(
            (
                cell(rule.id, Tone.STRONG),
                cell(rule.then),
                cell(_condition(rule.when)),
                cell(with_place(corpus, rule.because, rule.source)),
            )
            for rule in corpus.codebook.rules_of(one.id)
        ),
    )


def _condition(when: Mapping[str, object]) -> str:
    """Return the condition of a rule as a sentence would put it."""
    ((operator, operand),) = when.items()
    if operator == "not" and isinstance(operand, dict):
        return f"not ({_condition(operand)})"
    if isinstance(operand, list):
        join = " and " if operator == "all" else " or "
        return join.join(_condition(part) for part in operand)
    assert isinstance(operand, dict)  # noqa: S101 - the codebook's schema says so
    ((field, words),) = operand.items()
    if operator == "equals":
        return f"{field} is {words}"
    return f"{field} has {' or '.join(words)}"


def _flat_term(corpus: Corpus, name: str, term: Term) -> list[str]:
    return [name, term.word, term.label, term.definition, cited(corpus, term.source)]


def provision_schema(corpus: Corpus) -> Document:
    """Return the JSON Schema of a provision in the words of the corpus's codebook."""
    data = json_schema.provision_schema(corpus.codebook.vocabulary)
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
        rules=[_rule_record(corpus, rule) for rule in corpus.codebook.rules_of(dimension.id)],
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
    )
