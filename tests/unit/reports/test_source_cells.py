"""The column of sources says what classes are based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import annex

from npcompare.law.translation import catalogue_of
from npcompare.messages import using

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

PAPER = "Secretariat background paper"


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("kenya", "scope,words,source", ["Para. 57"]),
        ("jamaica", "scope,words,source", ["Para. 58; text not available"]),
        # The column of texts says that there is none.
        ("barbados", "threshold,words,source", ["Footnote 12"]),
        ("barbados", "threshold,source", ["Footnote 12; text not available"]),
        (
            "us-vacatur-broad",
            "scope,stage,relief,words,source",
            [
                "Para. 51 (scope)",
                "Para. 50 (stage, relief)",
                "Text not available",
            ],
        ),
        (
            "luxembourg-71-2",
            "scope,threshold,words,source",
            [
                (
                    "Article 71-2, para. 2; article 71-2, para. 3 (basis of the classes; high "
                    "confidence)"
                ),
                "Article 71-2, paras. 2 and 3",
            ],
        ),
    ],
)
def test_source_says_what_is_based_on_it(
    name: str, columns: str, expected: list[str], corpus: Corpus
) -> None:
    chosen = ("jurisdiction", *columns.split(","))
    (table,) = annex(corpus, [name], columns=chosen).tables
    assert table.rows[0][-1].text.replace("\N{NO-BREAK SPACE}", " ").split("\n") == expected
    assert not [text for _, text in table.notes if text.startswith("Based on")]


def test_numbers_without_a_place_share_a_line(corpus: Corpus) -> None:
    columns = ("jurisdiction", "scope", "source")
    (table,) = annex(corpus, ["belgium-264", "kenya"], columns=columns).tables
    cell = next(row[-1].text for row in table.rows if row[0].text.startswith("Belgium"))
    assert cell.replace("\N{NO-BREAK SPACE}", " ").split("\n") == [
        "[1], article 264 (basis of the classes; high confidence)",
        "[2], [3], [4], [5], [6]",
        "Text not available",
    ]


def test_sources_are_in_full_once_below_the_table(corpus: Corpus) -> None:
    columns = ("jurisdiction", "scope", "source")
    (single,) = annex(corpus, ["kenya", "jamaica"], columns=columns).tables
    (remark,) = single.remarks
    assert remark == (
        "Source: United Nations Secretariat, Background paper prepared by the Secretariat for the "
        "Working Group on Trafficking in Persons at its tenth meeting."
    )
    (table,) = annex(corpus, ["kenya", "luxembourg-71-2"], columns=columns).tables
    assert [row[-1].text[:4] for row in table.rows] == ["[1],", "[2],"]
    assert [remark[:4] for remark in table.remarks] == ["[1] ", "[2] "]
    assert "Available at http" in table.remarks[1]


def test_source_has_the_comma_of_the_language(corpus: Corpus) -> None:
    columns = ("jurisdiction", "scope", "source")
    catalogue = catalogue_of("ar")
    with using(catalogue):
        arabic = corpus.in_language(catalogue)
        (table,) = annex(arabic, ["kenya", "france-none"], columns=columns).tables
    (cell,) = (row[-1].text for row in table.rows if "225-4-1" in row[-1].text)
    words = cell.replace("\N{NO-BREAK SPACE}", " ")
    assert words.startswith("[1]، المواد من 225-4-1 إلى 225-4-9 (")


def test_earlier_edition_has_the_title_in_each_row(corpus: Corpus) -> None:
    """An annex of the first edition is made again as it was: in verify and tracked changes."""
    names = ["kenya", "coe-26", "osce-2013"]
    (table,) = annex(corpus, names, columns=("jurisdiction", "scope", "source"), edition=1).tables
    assert table.row_keys == ("coe-26", "kenya", "osce-2013")
    assert [row[-1].text.partition(",")[0] for row in table.rows] == [PAPER] * 3
    assert (table.remarks, table.headnote, table.group_rows) == ((), "", ())


def test_without_the_column_a_note_says_it(corpus: Corpus) -> None:
    (table,) = annex(corpus, ["jamaica"], columns=("jurisdiction", "scope", "force")).tables
    assert [text.partition(",")[0] for _, text in table.notes] == [f"Based on the {PAPER}"]
    # One note for one reason: its mark is repeated.
    assert [cell.runs[-1].marks for cell in table.rows[0][1:]] == [("a",), ("a",)]
