"""Surveys with a row for each jurisdiction and a column for each question, read by a mapping."""

from __future__ import annotations

import io
import shutil
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from conftest import TESTS

from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

SURVEY = TESTS / "surveys" / "vacatur.csv"
MAPPING = TESTS / "surveys" / "vacatur-mapping.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(SURVEY, tmp_path)
    shutil.copy(MAPPING, tmp_path / "mapping.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_survey_becomes_provisions(run: Run, folder: Path) -> None:
    ran = run("import", "vacatur.csv", "--mapping", "mapping.yaml", "-o", "corpus")
    assert (ran.code, ran.err.splitlines()) == (
        0,
        [
            "columns not in the mapping: “Notes”",
            "wrote 2 provisions to corpus; next: npcompare validate corpus",
        ],
    )
    corpus = load_corpus(folder / "corpus")
    assert corpus.problems == ()
    data = {file.header.id: file.data() for file in corpus.files}
    survey = {"ref": "vacatur-survey"}
    assert data["utopia-vacatur"]["limbs"] == [
        {
            "relief": {
                "value": "vacatur",
                "source": {**survey, "pinpoint": "§ 12(1)"},
                "note": "The court decides.",
            },
            "offences": {
                "extent": "listed",
                "categories": ["prostitution", "drugs"],
                "source": {**survey, "pinpoint": "§ 12(2)"},
            },
            "force": {"value": "mandatory", "source": survey},
        }
    ]
    assert data["erewhon-vacatur"]["limbs"] == [
        {
            "offences": {"extent": "any", "source": {**survey, "pinpoint": "§ 3"}},
            "force": {"value": "discretionary", "source": survey},
        }
    ]
    assert data["erewhon-vacatur"]["dates"] == {"in_force_from": "2020-01-01"}


def test_survey_can_be_a_sheet_of_a_workbook(run: Run, folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Data")
    for line in SURVEY.read_text(encoding="utf-8").splitlines():
        sheet.append(line.split(","))
    stream = io.BytesIO()
    book.save(stream)
    (folder / "survey.xlsx").write_bytes(stream.getvalue())
    edit(folder / "mapping.yaml", "id:", "sheet: Data\nid:")
    ran = run("import", "survey.xlsx", "--mapping", "mapping.yaml")
    assert (ran.code, ran.err.splitlines()[-1]) == (
        0,
        "2 provisions checked; add -o DIR to write them",
    )
    book.create_sheet("Key")["A1"] = "Yes means a duty"
    book.save(folder / "survey.xlsx")
    ran = run("import", "survey.xlsx", "--mapping", "mapping.yaml")
    assert ran.err.startswith("the sheet “Key” of survey.xlsx was not read\n")
    edit(folder / "mapping.yaml", "sheet: Data", "sheet: Date")
    ran = run("import", "survey.xlsx", "--mapping", "mapping.yaml")
    assert ran.err.splitlines()[0] == 'npcompare: survey.xlsx has no sheet "Date"'


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (",Yes,x", ",Maybe,x", 'vacatur.csv:2:10 NP203 the mapping has no answer "Maybe" for this'),
        ("US-CA", "California", 'vacatur.csv:3:2 NP205 "California" in jurisdiction.code does not'),
        ("2020-01-01", "1 Jan 2020", 'vacatur.csv:3:4 NP205 "1 Jan 2020" in dates.in_force_from'),
        ("Erewhon", "Utopia", 'vacatur.csv:3:1 NP402 "utopia-vacatur" is the id of a row above'),
        ("Erewhon", "Côte", 'vacatur.csv:3:1 NP205 "Côte-vacatur" cannot be made into an id'),
        ("Safe Harbor Act", "", 'vacatur.csv:3:3 NP202 the instrument has no "title"'),
        (
            "Notes",
            "Citation 1",
            "vacatur.csv:1:11 NP104 a second column has the heading “Citation 1”, which",
        ),
        (",Yes,x", ",Yes,x,y", "vacatur.csv:2:12 NP201 the column of this cell has no heading"),
    ],
)
def test_finding_is_at_the_cell_of_the_survey(
    run: Run, folder: Path, old: str, new: str, finding: str
) -> None:
    edit(folder / "vacatur.csv", old, new)
    ran = run("import", "vacatur.csv", "--mapping", "mapping.yaml", "-o", "corpus")
    assert ran.code == 1
    assert ran.err.startswith(finding)
    assert not (folder / "corpus").exists()


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("{ISO}", "{IS0}", 'mapping.yaml:4:9 NP201 vacatur.csv has no column "IS0"'),
        ("field: force", "field: farce", 'mapping.yaml:35:12 NP203 "farce" is not a coded field'),
        (
            "In force from:",
            "In force since:",
            'mapping.yaml:9:3 NP201 "In force since" is not a heading of the sheets',
        ),
        ('"No": null', '"No": [x]', "mapping.yaml:22:37 NP204 questions.answers.No must be text"),
        ('id: "{State}-vacatur"', "", 'mapping.yaml:2:1 NP202 a mapping has no "id"'),
        (
            "kind: database",
            "kind: databases",
            'mapping.yaml:15:3 NP203 "databases" in vacatur-survey.kind is not one of',
        ),
        (
            '"No": discretionary',
            '"yes": discretionary',
            'mapping.yaml:36:33 NP104 the answer "yes" already means mandatory',
        ),
        (
            "kind: database",
            "kind: database\n    yaer: x",
            'mapping.yaml:19:5 NP201 a document has no "yaer"',
        ),
        (
            "kind: database",
            "kind: database\n    url: [a]",
            'mapping.yaml:19:10 NP204 "url" of a document must',
        ),
    ],
)
def test_finding_is_in_the_mapping(
    run: Run, folder: Path, old: str, new: str, finding: str
) -> None:
    edit(folder / "mapping.yaml", old, new)
    ran = run("import", "vacatur.csv", "--mapping", "mapping.yaml")
    assert ran.code == 1
    assert ran.err.startswith(finding)


def test_categories_may_have_a_question_each(run: Run, folder: Path) -> None:
    question = """  - column: Notes
    field: offences.categories
    answers: {x: immigration}
"""
    edit(folder / "mapping.yaml", "questions:\n", f"questions:\n{question}")
    ran = run("import", "vacatur.csv", "--mapping", "mapping.yaml", "-o", "corpus")
    assert ran.code == 0
    corpus = load_corpus(folder / "corpus")
    data = {file.header.id: file.data() for file in corpus.files}
    offences = data["utopia-vacatur"]["limbs"][0]["offences"]
    assert offences["categories"] == ["immigration", "prostitution", "drugs"]


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        ("field: force\n    answers: {x: mandatory}", ""),
        (
            "field: force\n    answers: {x: discretionary}",
            '10 NP304 “Force” of this row is already "discretionary", and not "mandatory"',
        ),
        (
            "field: offences.excluded\n    answers: {x: gravest}\n    source: vacatur-survey",
            '9 NP304 “Offences: source” of this row is already "vacatur-survey", and not',
        ),
    ],
)
def test_second_text_in_a_column_is_a_finding(
    run: Run, folder: Path, question: str, finding: str
) -> None:
    edit(
        folder / "mapping.yaml", "questions:\n", f"questions:\n  - column: Notes\n    {question}\n"
    )
    ran = run("import", "vacatur.csv", "--mapping", "mapping.yaml")
    assert ran.code == (1 if finding else 0)
    assert ran.err.startswith(f"vacatur.csv:2:{finding}" if finding else "2 provisions checked")


def test_table_without_mapping_is_no_form(run: Run, folder: Path) -> None:  # noqa: ARG001
    ran = run("import", "vacatur.csv")
    assert ran.code == 2
    assert "add --mapping FILE" in ran.err


def test_notes_of_answers_that_are_not_coded_are_named(run: Run, folder: Path) -> None:
    edit(folder / "vacatur.csv", ",no,,,", ",no,,On application.,")
    ran = run("import", "vacatur.csv", "--mapping", "mapping.yaml")
    note = "“Caution 1” was not read in row 3, because nothing is coded for the answer there"
    assert (ran.code, ran.err.splitlines()[0]) == (0, note)
    # Another question with the note is coded.
    answers = 'answers: {"Yes": mandatory, "No": discretionary}'
    edit(folder / "mapping.yaml", answers, f'{answers}\n    note: "{{Caution 1}}"')
    ran = run("import", "vacatur.csv", "--mapping", "mapping.yaml")
    assert ran.err.splitlines()[0] == "columns not in the mapping: “Notes”"


def test_survey_is_one_file(run: Run, folder: Path) -> None:
    shutil.copy(folder / "vacatur.csv", folder / "more.csv")
    ran = run("import", "vacatur.csv", "more.csv", "--mapping", "mapping.yaml")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "npcompare: a survey is one table, and 2 files were named",
    )


def test_uncertain_cells_of_a_survey_are_findings(run: Run, folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for line in SURVEY.read_text(encoding="utf-8").splitlines():
        sheet.append(line.split(","))
    # The instrument, the date, a citation, an answer and a column that is not in the mapping.
    sheet["C2"], sheet["D2"], sheet["F2"] = 4.1, date(2019, 7, 1), date(2026, 12, 1)
    sheet["J2"] = sheet["K3"] = "=A1"
    sheet.merge_cells("H2:H3")
    book.save(folder / "survey.xlsx")
    ran = run("import", "survey.xlsx", "--mapping", "mapping.yaml")
    assert ran.err.startswith("survey.xlsx:Sheet!H2 NP205 the cells H2:H3 are merged")
    sheet.unmerge_cells("H2:H3")
    book.save(folder / "survey.xlsx")
    ran = run("import", "survey.xlsx", "--mapping", "mapping.yaml")
    lines = [line for line in ran.err.splitlines() if " NP204 " in line]
    assert ran.code == 1
    assert [line.removeprefix("survey.xlsx:Sheet!")[:32] for line in lines] == [
        "C2 NP204 the cell contains the n",
        "F2 NP204 the spreadsheet has mad",
        "J2 NP204 the formula of this cel",
    ]
