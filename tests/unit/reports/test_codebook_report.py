"""The listing of the codebook: every rule, and which classes count in comparisons only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from npcompare.reports.codebook_report import codebook

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


def test_every_rule_is_listed(corpus: Corpus) -> None:
    book = corpus.codebook
    document = codebook(corpus, tuple(book.dimensions.values()))
    tables = [table for table in document.tables if table.title.endswith(": rules")]
    listed = {row[0].text for table in tables for row in table.rows}
    assert listed == {rule.id for rule in book.rules}


def test_implied_class_is_marked(corpus: Corpus) -> None:
    document = codebook(corpus, (corpus.codebook.stage,))
    classes = {row[0].text: row[1].text for row in document.tables[1].rows}
    assert classes["stage-prosecution"] == "prosecution"
    assert classes["stage-bar-covers-prosecution"] == "prosecution (in comparisons only)"
    (stage,) = msgspec.to_builtins(document.data)["dimensions"]
    implied = {rule["id"]: rule.get("implied") for rule in stage["rules"]}
    assert implied["stage-bar-covers-sentence"] is True
    assert implied["stage-records"] is None


def test_question_without_a_source_says_so(corpus: Corpus) -> None:
    document = codebook(corpus, (corpus.codebook.dimension("cooperation"),))
    assert document.tables[0].remarks[0] == (
        "Must the victim report or cooperate? (beyond the paper)"
    )
