"""The column of sources says what classes are based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import annex

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

PAPER = "Secretariat background paper"


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("kenya", "scope,words,source", [f"{PAPER}, para. 57"]),
        ("jamaica", "scope,words,source", [f"{PAPER}, para. 58; text not available"]),
        # The column of texts says that there is none.
        ("barbados", "threshold,words,source", [f"{PAPER}, footnote 12"]),
        ("barbados", "threshold,source", [f"{PAPER}, footnote 12; text not available"]),
        (
            "us-vacatur-broad",
            "scope,stage,relief,words,source",
            [
                f"{PAPER}, para. 51 (scope)",
                f"{PAPER}, para. 50 (stage, relief)",
                "Text not available",
            ],
        ),
        (
            "luxembourg-71-2",
            "scope,threshold,words,source",
            [
                (
                    "Legilux, Code pénal, article 71-2, para. 2; article 71-2, para. 3 (basis of "
                    "the classes; high confidence)"
                ),
                "Legilux, Code pénal, article 71-2, paras. 2 and 3",
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


def test_without_the_column_a_note_says_it(corpus: Corpus) -> None:
    (table,) = annex(corpus, ["jamaica"], columns=("jurisdiction", "scope", "force")).tables
    assert [text.partition(",")[0] for _, text in table.notes] == [f"Based on the {PAPER}"]
    # One note for one reason: its mark is repeated.
    assert [cell.runs[-1].marks for cell in table.rows[0][1:]] == [("a",), ("a",)]
