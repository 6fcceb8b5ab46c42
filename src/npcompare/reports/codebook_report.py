"""The codebook to documents: dimensions, classes, rules, and the schema in its words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from npcompare.document import Document, Table, Tone, cell, columns, flat_table, rows
from npcompare.law import json_schema
from npcompare.reports import json_output
from npcompare.reports.cells import finished, place, with_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension, Rule, Term


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
    return finished(corpus, title, tables, plain, _data(corpus, wanted))


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
    return [name, term.word, term.label, term.definition, json_output.cited(corpus, term.source)]


def provision_schema(corpus: Corpus) -> Document:
    """Return the JSON Schema of a provision in the words of the corpus's codebook."""
    data = json_schema.provision_schema(corpus.codebook.vocabulary)
    table = Table(data["title"], columns(schema="Schema"), rows([[json.dumps(data, indent=2)]]))
    return Document(table.title, (table,), data, table)


# --- As data ------------------------------------------------------------------------------------


def _data(corpus: Corpus, wanted: Iterable[Dimension]) -> json_output.Record:
    """Return the output of `codebook`."""
    book = corpus.codebook
    return json_output.envelope(
        "codebook-listing",
        codebook={"version": book.version, "title": book.title},
        dimensions=[_dimension_data(corpus, book, one) for one in wanted],
        vocabulary={
            name: [_term_data(corpus, term) for term in terms.values()]
            for name, terms in book.vocabulary.items()
        },
    )


def _dimension_data(corpus: Corpus, book: Codebook, one: Dimension) -> json_output.Record:
    return {
        "id": one.id,
        "label": one.label,
        "question": one.question,
        "source": json_output.source_of(corpus, one.source),
        "core": one.core,
        "kind": one.scale.kind,
        "silence": one.silence,
        **json_output.present(ladder=list(one.scale.ladder)),
        "classes": [_term_data(corpus, term) for term in one.classes.values()],
        **json_output.present(order=[json_output.authority(corpus, each) for each in one.order]),
        "rules": [_rule_data(corpus, rule) for rule in book.rules_of(one.id)],
    }


def _term_data(corpus: Corpus, one: Term) -> json_output.Record:
    return {
        "word": one.word,
        "label": one.label,
        "definition": one.definition,
        "source": json_output.source_of(corpus, one.source),
        **json_output.present(stands_for=sorted(one.stands_for - {one.word})),
    }


def _rule_data(corpus: Corpus, one: Rule) -> json_output.Record:
    return {
        "id": one.id,
        "dimension": one.dimension,
        "when": dict(one.when),
        "then": one.then,
        "because": one.because,
        "source": json_output.source_of(corpus, one.source),
    }
