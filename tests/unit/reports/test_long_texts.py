"""Texts of more than sixty words are in a table of their own, in every format."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import docx
import pytest
from builders import annex
from conftest import TESTS

from npcompare.document import Cell as TableCell
from npcompare.document import Document, Run, Table, Tone, columns, rows
from npcompare.reports.long_texts import MOST_WORDS, is_table_of_texts, with_texts_apart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

LONG = " ".join(["word"] * (MOST_WORDS + 1))


@pytest.fixture
def folder(corpus_copy: Path) -> Path:
    """Return a copy of the corpus in which the text of Kenya is long."""
    path = corpus_copy / "kenya.yaml"
    text = path.read_text("utf-8")
    words = "a direct result of being trafficked"
    assert words in text
    path.write_text(text.replace(words, f"{words}, {LONG}", 1), "utf-8")
    return corpus_copy


def test_long_text_moves_all_texts_to_a_table(folder: Path, run: Callable[..., Ran]) -> None:
    shutil.copy(TESTS.parent / "statutes" / "barbados.yaml", folder)
    ran = run("export", "kenya", "jamaica", "barbados", "--corpus", folder, "-f", "json")
    assert ran.code == 0, ran.err
    output = json.loads(ran.out)
    first, texts = output["tables"]
    assert "Text of the law" not in [column["heading"] for column in first["columns"]]
    assert first["remarks"] == [
        "The texts are in the table “Texts of the law”.",
        (
            "Source: United Nations Secretariat, Background paper prepared by the Secretariat for "
            "the Working Group on Trafficking in Persons at its tenth meeting."
        ),
    ]
    assert [column["heading"] for column in texts["columns"]] == ["Provision", "Text of the law"]
    assert [row[0]["text"].partition("\n")[0] for row in texts["rows"]] == ["Jamaica", "Kenya"]
    assert texts["remarks"] == [
        "Texts not available: Barbados, Instrument not specified.",
        "Fuller rows on the same law as Kenya, section\xa014: kenya-14.",
    ]
    assert output["recipe"]["wish"]["texts"] == "table"


def test_short_texts_stay_in_their_column(corpus: Corpus) -> None:
    (table,) = annex(corpus, ["kenya", "jamaica"]).tables
    assert "Text of the law" in [column.heading for column in table.columns]


@pytest.mark.further
@pytest.mark.parametrize(("collection", "is_apart"), [("paper", False), ("all", True)])
def test_column_that_is_mostly_empty_is_left_out(
    collection: str, is_apart: bool, run: Callable[..., Ran]
) -> None:
    ran = run("export", "--collection", collection, "-f", "markdown")
    assert ("## Table 2. Texts of the law\n" in ran.out) == is_apart
    assert ("| Text not available |" in ran.out) == (not is_apart)
    assert ("\nOther provisions whose texts are not available: " in ran.out) == is_apart
    assert "Texts not available: " not in ran.out


def test_table_of_two_columns_has_room_for_texts(folder: Path, run: Callable[..., Ran]) -> None:
    arguments = ["export", "kenya", "--columns", "jurisdiction,words", "--corpus", folder]
    (table,) = json.loads(run(*arguments, "-f", "json").out)["tables"]
    assert len(table["columns"]) == 2


def test_groups_share_one_table_of_texts(folder: Path, run: Callable[..., Ran]) -> None:
    arguments = ["export", "kenya", "gambia", "--group-by", "stage", "--corpus", folder]
    *groups, texts = json.loads(run(*arguments, "-f", "json").out)["tables"]
    assert len(groups) == 3
    assert len(texts["rows"]) == 2


@pytest.mark.further
def test_texts_are_verified_revised_and_kept(
    folder: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    ids = ["kenya", "jamaica", "--corpus", folder]
    assert run("export", *ids, "--column", "Remarks", "-o", old).code == 0
    first, texts = docx.Document(str(old)).tables
    assert [len(table.columns) for table in (first, texts)] == [9, 2]
    assert run("verify", old, "--corpus", folder).code == 0
    path = folder / "kenya.yaml"
    path.write_text(path.read_text("utf-8").replace(LONG, f"{LONG} more"), "utf-8")
    changed = json.loads(run("verify", old, "--corpus", folder, "-f", "json").out)["changed"]
    assert [(change["table"], change["column"]) for change in changed] == [(2, "Text of the law")]
    ran = run("export", *ids, "--track-changes-from", old, "-o", new)
    assert ran.code == 0, ran.err
    assert run("verify", new, "--corpus", folder).code == 0


def test_annex_with_the_column_keeps_it(
    corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """An annex that was filed with the column is checked and revised with it."""
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    ids = ["kenya", "jamaica", "--corpus", corpus_copy]
    run("export", *ids, "-o", old)
    path = corpus_copy / "kenya.yaml"
    words = "a direct result of being trafficked"
    path.write_text(path.read_text("utf-8").replace(words, f"{words}, {LONG}", 1), "utf-8")
    changed = json.loads(run("verify", old, "--corpus", corpus_copy, "-f", "json").out)["changed"]
    assert [(change["table"], change["column"]) for change in changed] == [(1, "Text of the law")]
    run("export", *ids, "--track-changes-from", old, "-o", new)
    (table,) = docx.Document(str(new)).tables
    assert "Text of the law" in [cell.text for cell in table.rows[0].cells]


def test_long_quotation_leaves_its_first_words() -> None:
    quotation = Run(f"\n“{LONG}”", Tone.QUOTE, ("a",))
    row = (
        *rows([["Scope"]])[0],
        TableCell((Run("Any offence"), quotation)),
        TableCell((quotation,)),
    )
    table = Table("Classes", columns(dimension="Dimension", left="Left", right="Right"), (row,))
    document = Document("Classes", (table,), {}, table)
    first, texts = with_texts_apart(document).tables
    opening = " ".join(["word"] * 12)
    assert first.rows[0][1].text == f"Any offence\n“{opening} …” (text\N{NO-BREAK SPACE}1)"
    assert first.rows[0][1].runs[-1].marks == ("a",)
    assert [[cell.text for cell in row] for row in texts.rows] == [["1", f"“{LONG}”"]]
    assert is_table_of_texts(texts)
