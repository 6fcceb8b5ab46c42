"""Columns of the drafter's own: empty when made, kept by row, and never lost without a word."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import docx
import pytest
from builders import HOSTILE
from jsonschema_rs import Draft7Validator

from npcompare.law import json_schema
from npcompare.reports.annex_layouts import LAYOUTS
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Ran

FORMATS = ["plain", "markdown", "csv", "json", "ndjson", "html", "latex"]


def heads(path: Path) -> list[str]:
    return [place.text for place in docx.Document(str(path)).tables[0].rows[0].cells]


def cells(path: Path, heading: str) -> dict[str, str]:
    """Return the words in a column of the first table, by the first cell of the row."""
    table = docx.Document(str(path)).tables[0]
    column = heads(path).index(heading)
    return {row.cells[0].text: row.cells[column].text for row in table.rows[1:]}


def write_in(path: Path, words: dict[str, str], heading: str = "Remarks") -> None:
    """Write words into a column of the first table, by the first cell of the row."""
    word = docx.Document(str(path))
    column = heads(path).index(heading)
    for row in word.tables[0].rows[1:]:
        if row.cells[0].text in words:
            row.cells[column].text = words[row.cells[0].text]
    word.save(str(path))


def change(path: Path, edit: Callable[[Any], None]) -> None:
    word = docx.Document(str(path))
    edit(word)
    word.save(str(path))


@pytest.fixture
def annex(run: Callable[..., Ran], tmp_path: Path) -> Path:
    """Return an annex of three provisions with remarks on two of them."""
    path = tmp_path / "annex.docx"
    ids = ["kenya", "jamaica", "gambia", "--columns", "jurisdiction,scope"]
    assert run("export", *ids, "--column", "Remarks", "-o", path).code == 0
    write_in(path, {"Kenya": "See our letter.", "Jamaica": "Ask Kingston.\nBy May."})
    return path


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize(
    "layout", [name for name, layout in LAYOUTS.items() if "own_columns" in layout.takes]
)
def test_every_format_has_the_column(layout: str, output: str, run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "coe-26", "--layout", layout, "--column", "Remarks", "-f", output)
    is_missing = layout == "typology" and output in {"csv", "ndjson"}
    assert (ran.code, "Remarks" in ran.out) == (0, not is_missing)


@pytest.mark.parametrize("layout", ["redline", "align"])
def test_layout_without_rows_to_remark_on_refuses_it(layout: str, run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "coe-26", "--layout", layout, "--column", "Remarks")
    assert (ran.code, ran.err) == (
        2,
        (
            f"npcompare: the layout {layout} does not take --column\n"
            "  hint: the layouts that take it are: annex, matrix, typology, side-by-side, gaps\n"
        ),
    )


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (["Remarks", "remarks "], 'the column "remarks" is named twice'),
        ([" "], "a column of your own needs a heading of 1 to 100 characters"),
        (["x" * 101], "a column of your own needs a heading of 1 to 100 characters"),
        (["a\x1bb"], '"a<U+001B>b" cannot be a heading'),
        (["source"], 'the annex already has a column "source"'),
        (["Scope"], 'the annex already has a column "Scope"'),
    ],
)
def test_heading_that_cannot_be_one_is_refused(
    headings: list[str], message: str, run: Callable[..., Ran]
) -> None:
    options = [part for heading in headings for part in ("--column", heading)]
    ran = run("export", "kenya", *options)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"npcompare: {message}")


def test_words_stay_with_their_row_and_are_accepted(
    annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    assert run("verify", annex).code == 0
    revised = tmp_path / "revised.docx"
    ids = ["qatar", "jamaica", "kenya", "gambia"]
    ran = run("export", *ids, "--track-changes-from", annex, "-o", revised)
    assert (ran.code, "no longer" in ran.err) == (0, False)
    # The words of the row that was inserted are not among those that are read here.
    assert cells(revised, "Remarks") == {
        "": "",
        "Gambia": "",
        "Jamaica": "Ask Kingston.\nBy May.",
        "Kenya": "See our letter.",
    }
    assert run("verify", revised).code == 0


@pytest.mark.parametrize("suffix", ["docx", "json"])
def test_words_are_carried_into_another_format(
    suffix: str, annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    source = annex
    ids = ["kenya", "jamaica", "gambia", "--columns", "jurisdiction,scope"]
    if suffix == "json":
        source = tmp_path / "annex.json"
        run("export", *ids, "--columns-from", annex, "-o", source)
        output = json.loads(source.read_text(encoding="utf-8"))
        Draft7Validator(json_schema.load_schema("export")).validate(output)
        assert output["tables"][0]["row_keys"] == ["gambia", "jamaica", "kenya"]
        assert run("verify", source).code == 0
    ran = run("export", *ids, "--columns-from", source, "-f", "csv")
    assert [[*row[:3], row[-1]] for row in csv.reader(io.StringIO(ran.out))][1:] == [
        ["gambia", "Gambia", "status-related offences", ""],
        [
            "jamaica",
            "Jamaica",
            "listed offences: immigration, prostitution",
            "Ask Kingston.\nBy May.",
        ],
        ["kenya", "Kenya", "any offence", "See our letter."],
    ]


@pytest.mark.further
def test_template_takes_the_place_of_the_earlier_file(
    annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    house, revised = tmp_path / "house.docx", tmp_path / "revised.docx"
    docx.Document().save(str(house))
    change(annex, lambda word: word.add_paragraph("Typed below."))
    command = ["kenya", "jamaica", "gambia", "--track-changes-from", annex, "-o", revised]
    ran = run("export", *command, "--template", house)
    assert f"{annex}: with --template, what is around its tables is not in the new file." in ran.err
    assert cells(revised, "Remarks")["Kenya"] == "See our letter."
    assert run("export", *command, "--force", "--columns-from", annex).code == 0
    texts = [paragraph.text for paragraph in docx.Document(str(revised)).paragraphs]
    assert texts[-1] == "Typed below."


def test_columns_that_are_not_chosen_again_are_no_edits(
    annex: Path, run: Callable[..., Ran]
) -> None:
    ids = ["kenya", "jamaica", "gambia"]
    ran = run("export", *ids, "--columns", "jurisdiction", "--columns-from", annex, "-f", "csv")
    assert (ran.code, str(annex) in ran.err) == (0, False)


def test_row_that_disappears_is_told_with_its_words(
    annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = run("export", "kenya", "gambia", "--track-changes-from", annex, "-o", tmp_path / "r.docx")
    message = "the row is no longer in the annex: “Jamaica”, Remarks: “Ask Kingston. / By May.”"
    assert f"{annex}: {message}\n" in ran.err


def test_words_follow_a_row_into_another_group(
    corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path, revised = tmp_path / "annex.docx", tmp_path / "revised.docx"
    command = ["kenya", "gambia", "--corpus", corpus_copy, "--columns", "jurisdiction,scope"]
    command += ["--group-by", "scope"]
    run("export", *command, "--column", "Remarks", "-o", path)
    write_in(path, {"Kenya": "Watch this."})
    law = corpus_copy / "kenya.yaml"
    text = law.read_text(encoding="utf-8")
    law.write_text(text.replace("{extent: any,", "{extent: status_related,"), encoding="utf-8")
    ran = run("export", *command, "--columns-from", path, "-o", revised)
    assert (ran.code, "no longer" in ran.err) == (0, False)
    assert cells(revised, "Remarks") == {"Gambia": "", "Kenya": "Watch this."}


def test_file_with_words_is_not_overwritten(annex: Path, run: Callable[..., Ran]) -> None:
    ids = ["kenya", "jamaica", "gambia"]
    ran = run("export", *ids, "-o", annex, "--force")
    assert (ran.code, ran.err) == (
        2,
        (
            f"npcompare: {annex} has words in a column of your own (Remarks) and was not "
            "overwritten\n"
            f"  hint: add {command('--columns-from', annex)} to keep them, or move the file\n"
        ),
    )
    assert run("export", *ids, "--columns-from", annex, "-o", annex, "--force").code == 0
    assert cells(annex, "Remarks")["Kenya"] == "See our letter."


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(
    words: str, annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    if any(ord(letter) < 32 and letter != "\n" for letter in words):
        words = words.replace("\x1b", "").replace("\x07", "")
    write_in(annex, {"Kenya": words})
    revised = tmp_path / "revised.docx"
    run("export", "kenya", "--columns-from", annex, "--columns", "jurisdiction", "-o", revised)
    assert cells(revised, "Remarks")["Kenya"] in {words, words.replace("\u202e", "<U+202E>")}
    command = ["export", "kenya", "--columns-from", annex, "--columns", "jurisdiction", "-f"]
    rows = list(csv.reader(io.StringIO(run(*command, "csv").out)))
    assert rows[1][-1].lstrip("'") == words.replace("\u202e", "<U+202E>").lstrip("'")
    assert rows[1][-1][0] not in "=+-@"
    assert (
        "<script>" not in run(*command, "html").out.partition("<table")[2].partition("</table")[0]
    )


# --- Files that were edited by hand ------------------------------------------------------------


def delete_column(word: Any, column: int) -> None:
    for row in word.tables[0].rows:
        row._tr.remove(row._tr.tc_lst[column])


def rename_column(word: Any, column: int, name: str) -> None:
    word.tables[0].rows[0].cells[column].paragraphs[0].runs[0].text = name


def move_last_column(word: Any) -> None:
    for row in word.tables[0].rows:
        row._tr.insert(row._tr.index(row._tr.tc_lst[0]), row._tr.tc_lst[-1])


def split_table(word: Any) -> None:
    from copy import deepcopy

    first = word.tables[0]._tbl
    second = deepcopy(first)
    first.addnext(second)
    first.remove(first.tr_lst[-1])
    for row in second.tr_lst[:-1]:
        second.remove(row)
    second.addprevious(word.add_paragraph()._p)


def merge_cells(word: Any) -> None:
    row = word.tables[0].rows[1]
    row.cells[0].merge(row.cells[1])


def add_table(word: Any) -> None:
    table = word.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text = "Contacts"
    word.tables[0]._tbl.addprevious(table._tbl)


EDITS: list[tuple[str, Callable[[Any], None], int, str]] = [
    (
        "column deleted",
        lambda word: delete_column(word, 1),
        1,
        "Table 1: the column “Scope” is missing from the file.",
    ),
    (
        "own column deleted",
        lambda word: delete_column(word, 2),
        0,
        "Table 1: the column “Remarks” is missing from the file.",
    ),
    (
        "column renamed",
        lambda word: rename_column(word, 1, "Reach"),
        1,
        "Table 1: the column “Scope” is headed “Reach” in the file.",
    ),
    (
        "own column renamed",
        lambda word: rename_column(word, 2, "Comments"),
        0,
        "Table 1: the column “Remarks” is headed “Comments” in the file.",
    ),
    ("own column moved", move_last_column, 0, "Up to date: every cell matches the current data."),
    (
        "row deleted",
        lambda word: word.tables[0]._tbl.remove(word.tables[0]._tbl.tr_lst[2]),
        1,
        "Table 1: these rows are missing from the file: “Jamaica”.",
    ),
    ("table divided", split_table, 0, "Table 1 was divided; its parts are read as one table."),
    (
        "cells merged",
        merge_cells,
        1,
        "Cells were merged in table 1, in these rows: “Gambia Status-related offences”.",
    ),
    ("table added", add_table, 0, "A table that is not part of the annex is left out: “Contacts”."),
]


@pytest.mark.parametrize(
    ("edit", "code", "remark"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS]
)
def test_edit_by_hand_is_told_for_what_it_is(
    edit: Callable[[Any], None], code: int, remark: str, annex: Path, run: Callable[..., Ran]
) -> None:
    change(annex, edit)
    ran = run("verify", annex, "-f", "plain")
    assert (ran.code, remark in " ".join(ran.out.split())) == (code, True), ran.out


@pytest.mark.parametrize(
    "name", ["own column renamed", "own column moved", "table divided", "table added"]
)
def test_words_are_kept_in_spite_of_the_edit(
    name: str, annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    change(annex, next(row[1] for row in EDITS if row[0] == name))
    revised = tmp_path / "revised.docx"
    ids: Sequence[str] = ["kenya", "jamaica", "gambia"]
    columns = ["--columns", "jurisdiction,scope", "--column", "Remarks"]
    ran = run("export", *ids, *columns, "--columns-from", annex, "-o", revised)
    assert (ran.code, cells(revised, "Remarks")) == (
        0,
        {"Gambia": "", "Jamaica": "Ask Kingston.\nBy May.", "Kenya": "See our letter."},
    ), ran.err


def test_column_added_by_hand_is_not_dropped(run: Callable[..., Ran], tmp_path: Path) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    ids = ["kenya", "gambia"]
    run("export", *ids, "--columns", "jurisdiction,scope", "-o", old)

    def add_column(word: Any) -> None:
        from docx.shared import Cm

        places = word.tables[0].add_column(Cm(3)).cells
        for place, text in zip(places, ["Advice", "Wait.", "Agree."], strict=True):
            place.text = text

    change(old, add_column)
    ran = run("export", *ids, "--track-changes-from", old, "-o", new)
    assert (ran.code, ran.err) == (
        2,
        (
            'npcompare: the earlier annex has a column that was added by hand: "Advice"\n'
            '  hint: to keep its words, add --column "Advice"\n'
        ),
    )
    ran = run("export", *ids, "--column", "Advice", "--track-changes-from", old, "-o", new)
    assert (ran.code, cells(new, "Advice")) == (0, {"Gambia": "Wait.", "Kenya": "Agree."})


@pytest.mark.parametrize("heading", ["Advice", "Notes"])
def test_words_below_a_changed_heading_are_kept(
    heading: str, annex: Path, run: Callable[..., Ran]
) -> None:
    def rename(word: Any) -> None:
        (column,) = (cell for cell in word.tables[0].rows[0].cells if cell.text == "Remarks")
        column.text = heading

    before = cells(annex, "Remarks")
    change(annex, rename)
    export = ["export", "kenya", "jamaica", "gambia", "-o", annex, "--force"]
    for options in ([], ["--columns-from", annex]):
        ran = run(*export, *options)
        assert (ran.code, cells(annex, heading)) == (2, before)
        assert command("--columns-from", annex, "--column", heading) in ran.err
    ran = run(*export, "--columns-from", annex, "--column", heading)
    assert (ran.code, cells(annex, heading)) == (0, before)


def remove_headings(word: Any) -> None:
    row = word.tables[0].rows[0]._tr
    row.getparent().remove(row)


def test_words_are_kept_without_the_row_of_headings(
    annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    write_in(annex, {"Gambia": "First."})
    before = cells(annex, "Remarks")
    change(annex, remove_headings)
    export = ["export", "kenya", "jamaica", "gambia", "--columns", "jurisdiction,scope"]
    ran = run(*export, "-o", annex, "--force")
    assert (ran.code, ran.err) == (
        2,
        (
            f"npcompare: {annex} has words in a column of your own (Remarks) and was not "
            "overwritten\n"
            f"  hint: add {command('--columns-from', annex)} to keep them, or move the file\n"
        ),
    )
    ran = run(*export, "--columns-from", annex, "-o", tmp_path / "new.docx")
    assert (ran.code, cells(tmp_path / "new.docx", "Remarks")) == (0, before)
    said = [line for line in ran.err.splitlines() if line.startswith(str(annex))]
    assert said == [
        (
            f"{annex}: Table 1: the row of headings is missing from the file; its columns are "
            "read by their places."
        )
    ]


def test_words_without_any_heading_are_not_lost(
    annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """A column was deleted, too, so that nobody can tell which are the drafter's own."""

    def spoil(word: Any) -> None:
        remove_headings(word)
        for row in word.tables[0].rows:
            row._tr.remove(row._tr.tc_lst[1])

    change(annex, spoil)
    before = annex.read_bytes()
    hint = "put the row of headings back in the file, or choose another name"
    columns = f"{annex} has columns of your own (Remarks) whose headings were deleted"
    for options, consequence in (
        (["-o", annex, "--force"], "it was not overwritten"),
        (["--columns-from", annex, "-o", annex, "--force"], "their words cannot be kept"),
        (["--columns-from", annex, "-o", tmp_path / "new.docx"], "their words cannot be kept"),
    ):
        ran = run("export", "kenya", "jamaica", "gambia", *options)
        assert (ran.code, ran.err) == (
            2,
            f"npcompare: {columns}; {consequence}\n  hint: {hint}\n",
        )
    assert annex.read_bytes() == before


def test_words_below_a_changed_heading_are_told(
    annex: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    change(annex, lambda word: rename_column(word, 2, "Advice"))
    new = tmp_path / "new.docx"
    ran = run("export", "kenya", "jamaica", "gambia", "--columns-from", annex, "-o", new)
    assert ran.code == 0
    words = {"Jamaica": "Ask Kingston. / By May.", "Kenya": "See our letter."}
    for row, text in words.items():
        sentence = f"the column is no longer in the annex: “{row}”, Advice: “{text}”"
        assert f"{annex}: {sentence}" in ran.err.splitlines()
