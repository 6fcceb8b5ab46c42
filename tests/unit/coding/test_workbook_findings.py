"""Findings about filled forms: each is at the cell to change, and all are shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bundled import CODEBOOK, CORPUS
from filled_forms import (
    FILES,
    changed,
    column_of,
    data_of,
    findings,
    named,
    put,
    saved,
    sheets_of,
    workbook_of,
)
from msgspec.structs import replace

from npcompare.coding import workbook_entries
from npcompare.coding.workbook_entries import read_entries
from npcompare.coding.workbook_import import imported
from npcompare.errors import Code, ProblemsError
from npcompare.readers.sheet_cells import CellKind, SheetCell
from npcompare.readers.xlsx_reader import read_xlsx
from npcompare.text import cell_name

if TYPE_CHECKING:
    from filled_forms import Edit

    from npcompare.readers.sheet_cells import Sheet, SheetFile


def test_form_without_mistakes_has_no_findings() -> None:
    assert findings("gambia", "qatar-4", edits=[]) == []


@pytest.mark.parametrize(
    ("edit", "finding"),
    [
        (put("Coding", "Force", "compulsory"), 'NP203 "compulsory" in force of limb 1 is not one'),
        (
            put("Coding", "Force: words of the law", "shall never be"),
            'NP501 the evidence "shall never be" is not in the body',
        ),
        (
            put("Provisions", "Sources", "paper; para. 54"),
            'NP403 the bibliography has no document "paper"',
        ),
        (put("Provisions", "Jurisdiction", ""), 'NP202 the jurisdiction has no "name"'),
        (put("Provisions", "Instrument", ""), 'NP202 the instrument has no "title"'),
        (put("Provisions", "Year", "20O7"), "NP204 instrument.year must be a whole number"),
        (
            put("Provisions", "Enacted", "1 July 2007"),
            'NP205 "1 July 2007" in dates.enacted does not have the required form',
        ),
        (
            put("Provisions", "Pinpoint", SheetCell("2026-05-04", CellKind.DATE)),
            "NP204 the spreadsheet has made a date of this cell, 2026-05-04",
        ),
        (
            put("Provisions", "Pinpoint", SheetCell("14.1", CellKind.DECIMAL)),
            "NP204 the cell contains the number 14.1, which may have lost digits",
        ),
        (
            put("Provisions", "Pinpoint", SheetCell("", CellKind.UNCOMPUTED)),
            "NP204 the formula of this cell has no result in the file",
        ),
        (
            put("Provisions", "Pinpoint", SheetCell("#REF!", CellKind.ERROR)),
            "NP204 the formula of this cell has the result #REF!",
        ),
        (put("Texts", "Complete", "perhaps"), "NP204 text.complete must be true or false"),
        (put("Texts", "Complete", "yes"), "NP304 an excerpt is not the full text"),
        (put("Texts", "Text", ""), 'NP202 the text has no "body"'),
        (
            put("Texts", "Provision", "gambbia"),
            'NP404 the sheet “Provisions” has no provision "gambbia"',
        ),
        (put("Coding", "Limb", "first"), 'NP204 "first" is not a number of a row'),
        (put("Bibliography", "Title", ""), 'NP202 a document has no "title"'),
        (
            put("Coding", "Force", "man\u202edatory"),
            "NP106 the cell contains the control character U+202E",
        ),
    ],
)
def test_finding_is_at_the_cell(edit: Edit, finding: str) -> None:
    lines = findings("gambia", edits=[edit])
    cell = edited_cell(edit)
    assert [line for line in lines if line.startswith(f"{cell} {finding}")]


def edited_cell(edit: Edit) -> str:
    """Return the name of the cell that an edit changes."""
    before, after = sheets_of("gambia"), sheets_of("gambia")
    edit(after)
    ((name, row, column),) = [
        (old.name, row, column)
        for old, new in zip(before.sheets, after.sheets, strict=True)
        for row in new.rows
        for column in {*old.rows.get(row, {}), *new.rows[row]}
        if old.rows.get(row, {}).get(column) != new.rows[row].get(column)
    ]
    return f"{name}!{cell_name(row, column)}"


def test_missing_proof_is_at_the_value() -> None:
    sheet = named(sheets_of("gambia"), "Coding")
    force = column_of(sheet, "Force")
    (line,) = findings("gambia", edits=[put("Coding", "Force: words of the law", "")])
    assert line == f"Coding!{cell_name(2, force)} NP503 nothing proves this value of force"


def test_hints_speak_of_sheets() -> None:
    sheets = sheets_of("gambia")
    put("Provisions", "Sources", "not-listed")(sheets)
    for name in ("Texts", "Coding"):
        named(sheets, name).rows.pop(2)
    with pytest.raises(ProblemsError) as raised:
        imported(read_entries([sheets], CODEBOOK), CORPUS, None, [sheets])
    hints = {problem.code: problem.hint for problem in raised.value.problems}
    assert hints == {
        Code.MISSING_KEY: "add a row for it to the sheet Texts; if the text is not available, "
        "the status is not_held",
        Code.NO_CODING: "add a row for it to the sheet Coding, or say on the sheet Notes that "
        "nothing is known",
        Code.SOURCE_UNKNOWN: "add the document to the sheet Bibliography",
    }


def test_row_source_proves_values_without_words() -> None:
    edits = [
        put("Coding", "Force: words of the law", ""),
        put("Coding", "Source of values without words", "background-paper; para. 54"),
    ]
    assert findings("gambia", edits=edits) == []


def test_row_without_provision_is_a_finding() -> None:
    assert findings("gambia", edits=[put("Coding", "Force", "mandatory", row=3)]) == [
        "Coding!A3 NP202 the row has no id of a provision"
    ]


def test_row_twice_is_a_finding() -> None:
    edits = [put("Coding", "Provision", "gambia", row=3), put("Coding", "Limb", "1", row=3)]
    edits += [put("Provisions", "Provision", "gambia", row=3)]
    assert findings("gambia", edits=edits) == [
        "Coding!A3 NP206 limb 2 is empty",
        "Coding!B3 NP402 number 1 of this provision is in row 2, too",
        'Provisions!A3 NP402 "gambia" is the id of a row above',
    ]


def test_all_findings_are_shown_in_the_order_of_sheets() -> None:
    edits = [
        put("Texts", "Complete", "perhaps"),
        put("Coding", "Force", "compulsory", row=3),
        put("Coding", "Link", "loose"),
        put("Notes", "Kind of note", "aside"),
    ]
    lines = findings("gambia", "qatar-4", edits=edits)
    assert [(line.split("!")[0], line.split()[1]) for line in lines] == [
        ("Coding", "NP203"),
        ("Coding", "NP203"),
        ("Texts", "NP204"),
        ("Notes", "NP203"),
    ]


def test_changed_cell_changes_its_value_alone() -> None:
    sheets = sheets_of("gambia", "qatar-4")
    put("Coding", "Force", "discretionary")(sheets)
    gambia, qatar = data_of("gambia", "qatar-4")
    gambia["limbs"][0]["force"]["value"] = "discretionary"
    assert changed(sheets) == {"gambia": gambia, "qatar-4": qatar}


def test_hidden_sheet_cannot_change_what_cells_say() -> None:
    sheets = sheets_of("gambia")
    texts = ("gambia", '["limbs",0,"force","value"]', '"mandatory"', '"discretionary"')
    rows = named(sheets, "Spelling").rows
    rows[2] = {number: SheetCell(text) for number, text in enumerate(texts, 1)}
    assert changed(sheets)["gambia"]["limbs"][0]["force"]["value"] == "mandatory"


@pytest.mark.parametrize("place", ["", "{", "[1]", '["limbs",9]', '["id","x"]', "[[]]", "[" * 5000])
def test_damaged_hidden_sheet_changes_nothing(place: str) -> None:
    sheets = sheets_of("kenya")
    named(sheets, "Spelling").rows[2] = {
        number: SheetCell(text) for number, text in enumerate(("kenya", place, '"x"', '"y"'), 1)
    }
    assert changed(sheets)["kenya"]["id"] == "kenya"


def test_rows_can_be_sorted_and_removed() -> None:
    sheets = sheets_of("gambia", "qatar-4", "kenya")
    for name in ("Coding", "Provisions", "Texts"):
        rows = named(sheets, name).rows
        remaining = [cells for row, cells in rows.items() if row > 1 and cells[1].text != "gambia"]
        for row in [row for row in rows if row > 1]:
            del rows[row]
        rows |= dict(enumerate(reversed(remaining), 5))
    assert changed(sheets) == {name: data_of(name)[0] for name in ("qatar-4", "kenya")}


@pytest.mark.further
def test_columns_can_be_moved_and_sheets_renamed() -> None:
    book = workbook_of("gambia")
    sheet = book["Provisions"]
    sheet.insert_cols(1, 2)
    for row in (1, 2):
        sheet.cell(row, 1).value = sheet.cell(row, 7).value
        sheet.cell(row, 2).value = ("My own", "remark")[row - 1]
    sheet.delete_cols(7)
    sheet.column_dimensions["A"].hidden = True
    sheet.title = "Tabelle 1"
    read = read_entries([read_xlsx(saved(book), "form.xlsx")], CODEBOOK)
    assert (read.problems, read.entries[0].data) == ([], FILES["gambia"].data())
    assert read.notes == [
        "columns of your own in the sheet “Tabelle 1” of form.xlsx were not read: “My own”"
    ]


def test_misspelt_heading_is_a_finding() -> None:
    column = column_of(named(sheets_of("gambia"), "Coding"), "Force")

    def edit(sheets: SheetFile) -> None:
        named(sheets, "Coding").rows[1][column] = SheetCell("Forcee")

    (line, *_) = findings("gambia", edits=[edit])
    assert line.endswith(" NP201 “Forcee” is not a heading of the form")


def test_value_without_heading_is_a_finding() -> None:
    def edit(sheets: SheetFile) -> None:
        named(sheets, "Texts").rows[2][40] = SheetCell("words")

    assert findings("gambia", edits=[edit]) == [
        "Texts!AN2 NP201 the column of this cell has no heading"
    ]


def test_merged_cells_are_a_finding() -> None:
    sheets = sheets_of("gambia", "qatar-4")
    merged = [
        replace(sheet, merged=("A3:A4",)) if sheet.name == "Coding" else sheet
        for sheet in sheets.sheets
    ]
    read = read_entries([replace(sheets, sheets=tuple(merged))], CODEBOOK)
    (problem,) = read.problems
    assert str(problem).startswith("form.xlsx:Coding!A3 NP205 the cells A3:A4 are merged")


def test_merged_cells_may_begin_in_another_column() -> None:
    sheets = sheets_of("gambia")
    sheet = named(sheets, "Coding")
    force = column_of(sheet, "Force")
    sheet.rows[1][force - 1] = SheetCell("Remarks")
    area = f"{cell_name(2, force - 1)}:{cell_name(2, force)}"
    merged = [replace(each, merged=(area,) if each is sheet else ()) for each in sheets.sheets]
    read = read_entries([replace(sheets, sheets=tuple(merged))], CODEBOOK)
    (problem,) = read.problems
    assert str(problem).startswith(f"form.xlsx:Coding!{cell_name(2, force)} NP205 the cells {area}")


@pytest.mark.parametrize("name", ["Coding", "Notes", "Bibliography"])
def test_sheet_without_its_first_heading_is_a_finding(name: str) -> None:
    sheets = sheets_of("gambia")
    heading = named(sheets, name).rows[1][1].text
    lines = findings("gambia", edits=[lambda sheets: rename(named(sheets, name))])
    assert f"{name}!A1 NP202 the sheet “{name}” has no column with the heading “{heading}”" in lines


def rename(sheet: Sheet) -> None:
    sheet.rows[1][1] = SheetCell("Id")


def test_title_above_headings_is_a_finding() -> None:
    def edit(sheets: SheetFile) -> None:
        sheet = named(sheets, "Coding")
        rows = {1: {1: SheetCell("Coded in May")}}
        rows |= {number + 1: cells for number, cells in sheet.rows.items()}
        sheet.rows.clear()
        sheet.rows.update(rows)

    lines = findings("gambia", edits=[edit])
    assert "Coding!A1 NP202 the sheet “Coding” has no column with the heading “Provision”" in lines


@pytest.mark.parametrize(
    ("sheet", "heading", "typed", "path", "value"),
    [
        ("Provisions", "Year", "2007", ("instrument", "year"), 2007),
        ("Provisions", "Pinpoint", " article\u00a049 \n", ("pinpoint",), "article 49"),
        ("Provisions", "Form", "Statutory defence", ("form",), "statutory_defence"),
        ("Texts", "Complete", "No", ("text", "complete"), False),
        ("Texts", "Text", "one\r\ntwo\n", ("text", "body"), "one\ntwo\n"),
        ("Coding", "Note on the limb", "  “So”\r\nit is. ", ("limbs", 0, "note"), "“So”\nit is."),
        ("Coding", "Relief 2", "no Penalty", ("limbs", 0, "relief", 1, "value"), "no_penalty"),
    ],
)
def test_what_is_typed_is_tidied(
    sheet: str, heading: str, typed: str, path: tuple[Any, ...], value: Any
) -> None:
    sheets = sheets_of("gambia")
    put(sheet, heading, typed)(sheets)
    data: Any = changed(sheets)["gambia"]
    for part in path:
        data = data[part]
    assert (data, type(data)) == (value, type(value))


def test_further_values_have_columns_of_their_own() -> None:
    sheets = sheets_of("kenya")
    put("Coding", "Relief 2", "No penalty, no charge")(sheets)
    put("Coding", "Relief 2: words of the law", "one | two")(sheets)
    relief = changed(sheets)["kenya"]["limbs"][0]["relief"]
    assert relief[1] == {"values": ["no_penalty", "no_charge"], "evidence": ["one", "two"]}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sources", "sources.yaml is the file of the bibliography"),
        ("codebook", "codebook.yaml is the file of the codebook"),
        ("dataset", "dataset.yaml is the file of the description"),
        ("con", '"con.yaml" is the name of a device on Windows, not of a file'),
    ],
)
def test_id_that_no_file_can_have_is_a_finding(name: str, message: str) -> None:
    edits = [put(sheet, "Provision", name) for sheet in ("Provisions", "Texts", "Coding")]
    assert f"Provisions!A2 NP205 {message}" in findings("gambia", edits=edits)


def test_similar_ids_are_looked_for_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[str] = []

    def near(word: str, _: object) -> str:
        words.append(word)
        return ""

    monkeypatch.setattr(workbook_entries, "near", near)
    edits = [put("Notes", "Provision", f"gambi{n}", row=n) for n in range(2, 200)]
    lines = findings("gambia", edits=edits)
    assert (len(lines), len(words)) == (198, 50)
