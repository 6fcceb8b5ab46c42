"""Changes since an annex was filed: listed by `verify`, and tracked as revisions."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from conftest import TESTS
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft7Validator
from msgspec.structs import replace

from npcompare.document import Cell, Document, FiledAnnex, Run, Table, Tone, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats.annex_reader import read_docx, read_json
from npcompare.formats.word import write
from npcompare.law import json_schema
from npcompare.reports.annex_layouts import LAYOUTS
from npcompare.reports.annex_recipe import asked, named
from npcompare.reports.annex_revisions import tracked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from conftest import Ran

ANY, STATUS = "{extent: any,", "{extent: status_related,"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- verify -------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["docx", "json"])
def test_annex_is_up_to_date_until_the_law_changes(
    suffix: str, corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / f"annex.{suffix}"
    arguments = ["--columns", "jurisdiction,scope,words", "--sort", "class"]
    assert run("export", "--corpus", corpus_copy, *arguments, "-o", path).code == 0
    ran = run("verify", path, "--corpus", corpus_copy)
    assert (ran.code, "Up to date: every cell" in ran.out) == (0, True)
    edit(corpus_copy / "kenya.yaml", ANY, STATUS)
    ran = run("verify", path, "--corpus", corpus_copy, "-f", "json")
    output = json.loads(ran.out)
    Draft7Validator(json_schema.load_schema("verify")).validate(output)
    assert ran.code == 1
    assert output["changed"] == [
        {
            "table": 1,
            "row": "Kenya",
            "column": "Scope",
            "old": "Any offence",
            "new": "Status-related offences",
        }
    ]
    assert output["made_from"] != output["corpus"]["digest"]


@pytest.mark.slow
@pytest.mark.parametrize("layout", list(LAYOUTS))
@pytest.mark.parametrize("suffix", ["docx", "json"])
def test_every_layout_is_up_to_date_when_made(
    suffix: str, layout: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / f"annex.{suffix}"
    assert run("export", "kenya", "gambia", "coe-26", "--layout", layout, "-o", path).code == 0
    ran = run("verify", path)
    assert (ran.code, "Up to date: every cell" in ran.out) == (0, True)


@pytest.mark.further
@pytest.mark.parametrize("suffix", ["docx", "json"])
def test_changed_note_is_reported(
    suffix: str, corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / f"annex.{suffix}"
    ids = ["kenya", "gambia", "--columns", "jurisdiction,scope"]
    run("export", *ids, "--corpus", corpus_copy, "-o", path)
    edit(corpus_copy / "gambia.yaml", "do not settle the question", "leave it open")
    ran = run("verify", path, "--corpus", corpus_copy, "-f", "json")
    (change,) = json.loads(ran.out)["changed"]
    assert (change["row"], change["column"]) == ("a", "Note")
    assert "do not settle the question" in change["old"]
    assert "leave it open" in change["new"]


@pytest.mark.further
def test_changes_since_an_annex_of_version_0_1(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Some columns have other headings since then; it had no column for force."""
    ids = ["kenya", "jamaica", "gambia", "coe-26"]
    old, new = TESTS / "annexes" / "version-0.1.docx", tmp_path / "new.docx"
    assert run("export", *ids, "--track-changes-from", old, "-o", new).code == 0
    assert run("verify", new).code == 0
    assert [len(docx.Document(str(path)).tables[0].columns) for path in (old, new)] == [8, 8]
    changed = json.loads(run("verify", old, "-f", "json").out)["changed"]
    assert "Force" not in {change["column"] for change in changed}
    columns = ["--columns", "jurisdiction,force"]
    ran = run("export", *ids, *columns, "--track-changes-from", old, "-o", new, "--force")
    assert (ran.code, "the earlier annex has other columns" in ran.err) == (2, True)


@pytest.fixture
def former_matrix(run: Callable[..., Ran], tmp_path: Path) -> Path:
    """Return a matrix with the words that the cells of the first edition had."""
    path = tmp_path / "former.json"
    run("export", "kenya", "jamaica", "--layout", "matrix", "-o", path)
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["recipe"]["wish"]["edition"]
    for table in data["tables"]:
        for row in table["rows"]:
            for place in row:
                place["text"] = f"former {place['text']}"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_cells_of_a_former_form_are_not_listed(
    former_matrix: Path, run: Callable[..., Ran]
) -> None:
    ran = run("verify", former_matrix, "-f", "plain")
    words = " ".join(ran.out.split())
    assert ran.code == 1
    assert "All Form of an earlier release Present form" in words
    assert "the layout matrix has another form now" in words
    assert "with `npcompare export kenya jamaica --layout matrix`" in words
    assert "former" not in ran.out
    output = json.loads(run("verify", former_matrix, "-f", "json").out)
    Draft7Validator(json_schema.load_schema("verify")).validate(output)
    assert (output["changed"], output["has_former_form"]) == ([], True)


def test_changes_since_a_former_form_are_refused(
    former_matrix: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    wish = ("export", "kenya", "jamaica", "--layout", "matrix")
    ran = run(*wish, "--track-changes-from", former_matrix, "-o", tmp_path / "new.docx")
    assert ran.code == 2
    assert "the layout matrix has another form now" in ran.err
    assert "hint: leave out --track-changes-from; Word can compare the two files" in ran.err


@pytest.mark.further
def test_matrix_of_before_has_no_force(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Its recipe does not name the dimensions that it had."""
    old, new = tmp_path / "old.json", tmp_path / "new.docx"
    wish = ("export", "kenya", "jamaica", "--layout", "matrix")
    run(*wish, "--columns", "scope,threshold,stage", "-o", old)
    data = json.loads(old.read_text(encoding="utf-8"))
    data["recipe"]["wish"]["columns"] = []
    old.write_text(json.dumps(data), encoding="utf-8")
    assert run("verify", old).code == 0
    assert run(*wish, "--track-changes-from", old, "-o", new).code == 0
    assert len(docx.Document(str(new)).tables[0].columns) == 14
    run(*wish, "-o", new, "--force")
    assert len(docx.Document(str(new)).tables[0].columns) == 17


def test_changes_since_an_annex_with_its_own_columns(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    run("export", "kenya", "--columns", "jurisdiction,scope", "-o", old)
    assert run("export", "kenya", "--track-changes-from", old, "-o", new).code == 0
    (table,) = docx.Document(str(new)).tables
    assert [place.text for place in table.rows[0].cells] == ["Jurisdiction", "Scope"]
    run("export", "kenya", "-o", old, "--force")
    assert run("export", "kenya", "--track-changes-from", old, "-o", new, "--force").code == 0
    assert len(docx.Document(str(new)).tables[0].columns) == 9


def test_edited_cell_is_reported(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    run("export", "kenya", "jamaica", "-o", path)
    word = docx.Document(str(path))
    word.tables[0].rows[1].cells[2].text = "any offence whatever"
    word.save(str(path))
    ran = run("verify", path)
    assert (ran.code, "these cells were edited" in ran.out) == (1, True)
    assert "any offence whatever" in ran.out


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("annex.docx", b"", "it is not a Word file"),
        ("annex.docx", b"PK", "it is not a Word file"),
        ("annex.docx", b"no word file", "it is not a Word file"),
        ("annex.json", b"", "it was not written by `npcompare export`"),
        ("annex.json", b"[]", "it was not written by `npcompare export`"),
        (
            "annex.json",
            b'{"recipe": {}, "tables": [1]}',
            "it was not written by `npcompare export`",
        ),
        ("annex.json", b'{"recipe": {}, "tables": []}', "the file does not record how it was made"),
        (
            "annex.json",
            b'{"recipe": {"ids": [], "wish": {}}, "tables": []}',
            "the file does not record how it was made",
        ),
        ("annex.json", b"[" * 100_000, "it was not written by `npcompare export`"),
    ],
)
def test_other_file_is_not_an_annex(
    name: str, content: bytes, message: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    path = tmp_path / name
    ran = run("verify", path)
    prefix = "" if "how it was made" in message else f"the annex {path} cannot be read: "
    assert (ran.code, ran.err) == (2, f"npcompare: {prefix}{message}\n")


def test_missing_file_or_other_format_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("verify", tmp_path / "annex.docx")
    assert (ran.code, "there is no file" in ran.err) == (2, True)
    ran = run("verify", tmp_path / "annex.pdf")
    assert (ran.code, "name a file that ends in .json or .docx" in ran.err) == (2, True)


def test_other_word_file_is_not_an_annex(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    docx.Document().save(str(path))
    ran = run("verify", path)
    assert (ran.code, "does not record how it was made" in ran.err) == (2, True)


@pytest.mark.parametrize("recipe", [{}, {"ids": 1, "wish": {}}, {"ids": [], "wish": []}])
def test_recipe_is_not_trusted(recipe: dict[str, object]) -> None:
    with pytest.raises(NpcompareError):
        asked(recipe)


def test_bill_named_by_path_is_found_again(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bill = (TESTS / "bills" / "arcadia.yaml").read_text(encoding="utf-8")
    (tmp_path / "bills").mkdir()
    (tmp_path / "bills" / "arcadia.yaml").write_text(bill, encoding="utf-8")
    assert run("export", "bills/arcadia.yaml", "coe-26", "-o", "annex.docx").code == 0
    assert run("verify", "annex.docx").code == 0
    renamed = bill.replace("Arcadia", "New Arcadia")
    (tmp_path / "bills" / "arcadia.yaml").write_text(renamed, encoding="utf-8")
    ran = run("verify", "annex.docx")
    assert ran.code == 1
    assert "New Arcadia" in ran.out


def test_bill_not_found_in_this_folder_is_named(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bill = (TESTS / "bills" / "arcadia.yaml").read_text(encoding="utf-8")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "arcadia.yaml").write_text(bill, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "there")
    run("export", "arcadia.yaml", "coe-26", "-o", "annex.docx")
    assert run("verify", "annex.docx").code == 0
    monkeypatch.chdir(tmp_path)
    ran = run("verify", "there/annex.docx")
    assert ran.code == 1
    assert (
        "Not found in this folder and therefore left out: arcadia.yaml. Run verify in the folder "
        "in which export was run."
    ) in " ".join(ran.out.split())
    assert "The corpus has changed" not in ran.out


def test_long_cell_is_shown_around_the_change(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    run("export", "coe-26", "-o", path)
    word = docx.Document(str(path))
    words = word.tables[0].rows[1].cells[7]
    assert words.text.startswith("\u201cEach Party shall, in accordance")
    words.text = words.text.replace("not imposing penalties", "imposing penalties")
    word.save(str(path))
    rows = [
        line
        for line in run("verify", path, "-f", "csv").out.splitlines()
        if "Text of the law" in line
    ]
    (row,) = csv.reader(rows)
    before = "\u2026 the basic principles of its legal system, provide for the possibility of"
    after = (
        "imposing penalties on victims for their involvement in unlawful activities, to the \u2026"
    )
    assert row[3:5] == [f"{before} {after}", f"{before} not {after}"]
    (change,) = json.loads(run("verify", path, "-f", "json").out)["changed"]
    assert change["new"].startswith("\u201cEach Party shall")


@pytest.mark.further
def test_named_annex_is_not_revised_from_a_collection(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path, revised = tmp_path / "annex.docx", tmp_path / "revised.docx"
    run("export", "kenya", "coe-26", "-o", path)
    ran = run("export", "--track-changes-from", path, "-o", revised)
    message = "the earlier annex covers named provisions, this one a whole collection"
    hint = "name the same provisions: kenya coe-26"
    assert (ran.code, ran.err) == (2, f"npcompare: {message}\n  hint: {hint}\n")
    assert not revised.exists()
    asked_for = ("--collection", "paper", "--track-changes-from", path, "-o", revised)
    assert run("export", *asked_for).code == 0


@pytest.mark.parametrize(
    "name", ["/etc/bill.yaml", "../bill.yaml", "a/../../bill.yaml", "C:\\bill.yaml", "..\\b.yaml"]
)
def test_recipe_opens_only_files_below_this_folder(name: str) -> None:
    assert asked({"ids": [name, "below/bill.yaml", "kenya"], "wish": {}})[0] == [
        "below/bill.yaml",
        "kenya",
    ]


def test_annex_contains_no_absolute_path(
    run: Callable[..., Ran],
) -> None:
    ran = run("export", TESTS / "bills" / "arcadia.yaml", "coe-26", "-f", "json")
    assert json.loads(ran.out)["recipe"]["ids"] == ["arcadia", "coe-26"]
    assert str(TESTS) not in ran.out


@pytest.mark.parametrize("recipe", [{"wish": ["x"], "ids": 1}, {"wish": 1}, {"ids": {"a": 1}}])
def test_names_in_a_recipe_are_not_trusted(recipe: dict[str, object]) -> None:
    assert named(recipe) == []


# --- Tracked changes ----------------------------------------------------------------------------


def reading(content: bytes, left_out: str) -> tuple[list[Any], list[Any]]:
    """Return the cells and the notes with every revision of one kind, "ins" or "del", left out."""
    word = docx.Document(io.BytesIO(content))
    cells = [
        [said(place._tc, left_out) for place in row.cells]
        for table in word.tables
        for row in table.rows
        if stays(row._tr, left_out)
    ]
    notes = [
        said(paragraph._p, left_out)
        for paragraph in word.paragraphs
        if paragraph.style is not None
        and paragraph.style.name == "Table note"
        and stays(paragraph._p, left_out)
    ]
    return cells, [note for note in notes if note.startswith("[")]


def said(element: Any, left_out: str) -> str:
    words = ""
    for paragraph in element.iter(qn("w:p")):
        for node in paragraph.iter(qn("w:t"), qn("w:delText")):
            if left_out not in {one.tag.split("}")[1] for one in node.iterancestors()}:
                is_mark = (
                    node.getparent().find(f".//{qn('w:rStyle')}[@{qn('w:val')}='NoteMark']")
                    is not None
                )
                words += f"[{node.text}]" if is_mark else node.text
        words += "\n" if stays(paragraph, left_out) else ""
    return "\n".join(" ".join(line.split()) for line in words.split("\n")).strip()


def stays(element: Any, left_out: str) -> bool:
    return not element.xpath(f"./w:trPr/w:{left_out} | ./w:pPr/w:rPr/w:{left_out}")


def remarks(content: bytes, left_out: str) -> list[tuple[str, str]]:
    """Return the style and the words of each headnote and remark."""
    return [
        (paragraph.style.name, said(paragraph._p, left_out))
        for paragraph in docx.Document(io.BytesIO(content)).paragraphs
        if paragraph.style is not None
        and paragraph.style.name in {"Table headnote", "Table remark"}
        and stays(paragraph._p, left_out)
    ]


def spelt_out(result: tuple[list[Any], list[Any]]) -> tuple[list[Any], list[str]]:
    """Return cells with the notes themselves in place of their letters, and the notes sorted."""
    rows, listed_notes = result
    notes = {note[: note.index("]") + 1]: note.partition("]")[2].strip() for note in listed_notes}
    lettered = re.compile(r"\[([a-z]+(, [a-z]+)*)\]")

    def words(marks: re.Match[str]) -> str:
        letters = [f"[{mark}]" for mark in marks[1].split(", ")]
        return " ".join(sorted(notes.get(mark, mark) for mark in letters))

    cells = [[lettered.sub(words, text) for text in row] for row in rows]
    return cells, sorted(notes.values())


def accepted(content: bytes) -> tuple[list[Any], list[Any]]:
    return reading(content, "del")


def rejected(content: bytes) -> tuple[list[Any], list[Any]]:
    return reading(content, "ins")


@pytest.mark.parametrize("suffix", ["docx", "json"])
def test_revised_annex_contains_old_and_new_text(
    suffix: str, corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    old, new, fresh = (tmp_path / f"{name}.docx" for name in ("old", "new", "fresh"))
    before = [*("kenya", "jamaica", "coe-26", "belgium"), "--corpus", corpus_copy]
    run("export", *before, "-o", old)
    run("export", *before, "-o", tmp_path / "old.json")
    edit(corpus_copy / "kenya.yaml", ANY, STATUS)
    after = [*("kenya", "jamaica", "gambia", "belgium"), "--corpus", corpus_copy]
    earlier = tmp_path / f"old.{suffix}"
    assert run("export", *after, "--track-changes-from", earlier, "-o", new).code == 0
    run("export", *after, "-o", fresh)
    assert spelt_out(accepted(new.read_bytes())) == spelt_out(accepted(fresh.read_bytes()))
    assert rejected(new.read_bytes()) == accepted(old.read_bytes())


@pytest.mark.parametrize(
    ("options", "before", "after"),
    [
        ("", "kenya uganda-11-1 gambia jamaica france-none", "kenya uganda-11-1 gambia qatar"),
        pytest.param("", "kenya qatar", "cyprus-29 qatar egypt", marks=pytest.mark.slow),
        pytest.param("", "egypt-21 malawi-42 kenya", "kenya", marks=pytest.mark.slow),
        pytest.param("--language fr", "gambia kenya", "kenya france-none", marks=pytest.mark.slow),
        pytest.param("--layout matrix", "kenya", "gambia kenya jamaica", marks=pytest.mark.slow),
        pytest.param("--layout typology", "gambia qatar", "egypt kenya", marks=pytest.mark.slow),
    ],
)
def test_all_of_an_annex_is_accepted_or_rejected(
    options: str, before: str, after: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    """The sources and explanations below a table are those of the cells above them."""
    old, new, fresh = (tmp_path / f"{name}.docx" for name in ("old", "new", "fresh"))
    run("export", *before.split(), *options.split(), "-o", old)
    run("export", *after.split(), *options.split(), "-o", fresh)
    since = ("--track-changes-from", old, "-o", new)
    assert run("export", *after.split(), *options.split(), *since).code == 0
    revised, earlier, present = (path.read_bytes() for path in (new, old, fresh))
    assert remarks(revised, "ins") == remarks(earlier, "ins")
    assert remarks(revised, "del") == remarks(present, "del")
    assert rejected(revised) == accepted(earlier)
    assert spelt_out(accepted(revised)) == spelt_out(accepted(present))


@pytest.mark.further
def test_revised_file_is_read_as_accepted(
    corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    run("export", "kenya", "jamaica", "--corpus", corpus_copy, "-o", old)
    ids = ["kenya", "gambia", "--corpus", corpus_copy]
    run("export", *ids, "--track-changes-from", old, "-o", new)
    ran = run("verify", new, "--corpus", corpus_copy)
    assert (ran.code, "Up to date: every cell" in ran.out) == (0, True)


@pytest.mark.slow
def test_unchanged_annex_has_no_revisions(run: Callable[..., Ran], tmp_path: Path) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    run("export", "--layout", "matrix", "-o", old)
    run("export", "--layout", "matrix", "--track-changes-from", old, "-o", new)
    xml = zipfile.ZipFile(new).read("word/document.xml").decode()
    assert "<w:ins " not in xml
    assert "<w:del " not in xml


def annex(
    rows: list[tuple[str, str]], notes: list[str], remarks: Iterable[str] = (), headnote: str = ""
) -> Document:
    """Return an annex of names and words; a word that ends in a star has the first note."""
    body = tuple(
        (cell(name), cell(words, Tone.QUOTE, ["a"] if words.endswith("*") else []))
        for name, words in rows
    )
    letters = tuple(zip("abcdefgh", notes, strict=False))
    headings = columns(name="Name", words="Words")
    table = Table("T", headings, body, tuple(remarks), letters, headnote=headnote)
    return Document("T", (table,), {}, table, recipe={"ids": []})


WORDS = st.lists(st.sampled_from(["shall", "may", "not", "be", "(a)", "liable,", "*"]), max_size=8)
ROWS = st.lists(st.tuples(st.sampled_from("ABCD"), WORDS.map(" ".join)), min_size=1, max_size=4)
NOTES = st.lists(st.sampled_from(["One.", "Two.", "Three."]), unique=True)
REMARKS = st.lists(st.sampled_from(["[1] Act.", "[2] Act.", "[1] Code."]), unique=True)
ANNEXES = st.builds(annex, ROWS, NOTES, REMARKS, st.sampled_from(["", "One.", "Two\nlines."]))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)  # Each writes four Word files.
@given(ANNEXES, ANNEXES)
def test_rejecting_restores_and_accepting_updates(old: Document, new: Document) -> None:
    revised = write(tracked(new, read_docx(write(old))))
    assert spelt_out(accepted(revised)) == spelt_out(accepted(write(new)))
    assert rejected(revised) == accepted(write(old))
    assert remarks(revised, "del") == remarks(write(new), "del")
    assert remarks(revised, "ins") == remarks(write(old), "ins")


def test_removed_table_is_deleted_in_place() -> None:
    (table,) = annex([("A", "may")], ["One."]).tables
    tables = [replace(table, title=title) for title in ("First", "Second", "Third")]
    old = FiledAnnex({}, tuple(tables))
    new = Document("T", (tables[0], tables[2]), {}, table, recipe={"ids": []})
    revised = write(tracked(new, old))
    assert rejected(revised)[1] == ["[a]One."] * 3
    assert rejected(revised)[0] == [["Name", "Words"], ["A", "may"]] * 3
    assert accepted(revised)[1] == ["[a]One."] * 2


def test_quotations_keep_style_and_language() -> None:
    old = annex([("A", "shall not be")], [])
    law = Run("may be", Tone.QUOTE, language="fr-BE")
    (table,) = old.tables
    new = old.replace(tables=(replace(table, rows=((cell("A"), Cell((law,))),)),))
    (revised,) = tracked(new, read_docx(write(old))).tables
    assert revised.rows[0][1].runs == (
        Run("shall not ", revision=Tone.DELETED),
        Run("may ", Tone.QUOTE, language="fr-BE", revision=Tone.INSERTED),
        Run("be", Tone.QUOTE, language="fr-BE"),
    )


def lines(*texts: str) -> Document:
    """Return an annex of one row, its words in lines."""
    return annex([("A", "\n".join(texts))], ["One."])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["one", "two", "three"], ["two", "three"]),
        (["one", "two", "three"], ["one", "three"]),
        (["one", "two", "three"], ["one", "two"]),
        (["two"], ["one", "two", "three"]),
        (["one", "two"], ["three"]),
        (["one of them", "two"], ["two", "one of these", "three*"]),
        (["one", "two*"], ["one", "", "two"]),
    ],
)
def test_lines_are_revised_with_their_breaks(old: list[str], new: list[str]) -> None:
    before, after = lines(*old), lines(*new)
    revised = write(tracked(after, read_docx(write(before))))
    assert accepted(revised) == accepted(write(after))
    assert rejected(revised) == accepted(write(before))


def test_very_many_lines_are_paired_in_order() -> None:
    """Comparing every pair of lines would take minutes."""
    before = lines(*(f"alpha{number}" for number in range(100)))
    after = lines(*(f"beta{number}" for number in range(101)))
    (revised,) = tracked(after, read_docx(write(before))).tables
    assert [(run.text, run.revision) for run in revised.rows[0][1].runs[:5]] == [
        ("alpha0", Tone.DELETED),
        ("beta0", Tone.INSERTED),
        ("\n", None),
        ("alpha1", Tone.DELETED),
        ("beta1", Tone.INSERTED),
    ]


def test_deleted_line_leaves_the_next_unchanged() -> None:
    old = lines(
        "compulsion; relation", "\u201cby force\u201d", "\u201cin it\u201d", "\u201cin this\u201d"
    )
    new = lines("compulsion", "\u201cby force\u201d", "\u201cin this\u201d")
    (revised,) = tracked(new, read_docx(write(old))).tables
    assert [(run.text, run.revision) for run in revised.rows[0][1].runs] == [
        ("compulsion", None),
        ("; relation", Tone.DELETED),
        ("\n", None),
        ("\u201cby force\u201d", None),
        ("\n", Tone.DELETED),
        ("\u201cin it\u201d", Tone.DELETED),
        ("\n", None),
        ("\u201cin this\u201d", None),
    ]


def test_mark_stays_at_its_line() -> None:
    law = Run("\n\u201cshall\u201d", Tone.QUOTE)
    document = lines("class")
    (table,) = document.tables
    old, new = (
        document.replace(
            tables=(replace(table, rows=((cell("A"), Cell((Run(text, marks=("a",)), law))),)),)
        )
        for text in ("narrower", "same")
    )
    (revised,) = tracked(new, read_docx(write(old))).tables
    assert [(run.text, run.marks, run.revision) for run in revised.rows[0][1].runs] == [
        ("narrower", (), Tone.DELETED),
        ("same", (), Tone.INSERTED),
        ("", ("a",), None),
        ("\n", (), None),
        ("\u201cshall\u201d", (), None),
    ]


def test_new_numbered_row_changes_no_other_row() -> None:
    old = annex([("1", "shall, see 2"), ("2", "may"), ("3", "may")], [])
    new = annex([("1", "not"), ("2", "shall, see 3"), ("3", "may"), ("4", "may")], [])
    document = tracked(new, read_docx(write(old)))
    assert accepted(write(document)) == accepted(write(new))
    assert rejected(write(document)) == accepted(write(old))
    (revised,) = document.tables
    revisions = [[run.text for run in row[1].runs if run.revision] for row in revised.rows]
    assert revisions == [["not"], ["2", "3"], [], []]


def test_identical_rows_are_numbered() -> None:
    old = annex([("A", "may"), ("A", "may"), ("B", "not")], [])
    new = annex([("A", "may"), ("A", "may"), ("A", "may"), ("B", "not")], [])
    revised = write(tracked(new, read_docx(write(old))))
    assert spelt_out(accepted(revised)) == spelt_out(accepted(write(new)))
    assert rejected(revised) == accepted(write(old))
    assert revised_rows(revised) == 1


def revised_rows(content: bytes) -> int:
    word = docx.Document(io.BytesIO(content))
    return sum(bool(row._tr.xpath("./w:trPr/w:ins")) for row in word.tables[0].rows)


def test_removed_and_added_provisions_are_listed(
    corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    collection, named = tmp_path / "whole.json", tmp_path / "named.json"
    columns = ["--columns", "jurisdiction", "--corpus", corpus_copy]
    run("export", *columns, "-o", collection)
    run("export", "kenya", "qatar", *columns, "-o", named)
    (corpus_copy / "kenya.yaml").unlink()
    for path in (collection, named):
        ran = run("verify", path, "--corpus", corpus_copy, "-f", "json")
        (change,) = json.loads(ran.out)["changed"]
        assert (ran.code, change["old"], change["new"]) == (1, "Kenya", "")
    text = (corpus_copy / "qatar.yaml").read_text(encoding="utf-8")
    text = text.replace("id: qatar", "id: utopia").replace("name: Qatar", "name: Utopia")
    (corpus_copy / "utopia.yaml").write_text(text, encoding="utf-8")
    changes = json.loads(run("verify", collection, "--corpus", corpus_copy, "-f", "json").out)[
        "changed"
    ]
    assert [(change["old"], change["new"]) for change in changes] == [("Kenya", ""), ("", "Utopia")]


def test_annex_with_another_layout_cannot_be_tracked(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    run("export", "kenya", "gambia", "--layout", "typology", "-o", old)
    ran = run("export", "kenya", "gambia", "--track-changes-from", old, "-o", new)
    assert (ran.code, "the earlier annex has the layout typology" in ran.err) == (2, True)


def test_other_columns_and_redlines_cannot_be_tracked(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    run("export", "kenya", "coe-26", "-o", old)
    since = ["--track-changes-from", old, "-o", new]
    ran = run("export", "kenya", "coe-26", "--columns", "jurisdiction,scope", *since)
    assert (ran.code, "the earlier annex has other columns: Juris" in ran.err) == (2, True)
    ran = run("export", "kenya", "coe-26", "--layout", "redline", *since)
    assert (ran.code, "a redline cannot show revisions as well" in ran.err) == (2, True)
    ran = run("export", "--track-changes-from", old, "-o", tmp_path / "new.html")
    assert (ran.code, "works only for a Word file" in ran.err) == (2, True)
    assert not new.exists()


def test_json_reads_back_to_the_same_tables(run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "gambia", "-f", "json")
    filed = read_json(ran.out.encode())
    (table,) = filed.tables
    assert [one.heading for one in table.columns][:2] == [
        "Jurisdiction",
        "Instrument and provision",
    ]
    assert [row[0].text for row in table.rows] == ["Gambia", "Kenya"]
    assert table.rows[0][2].runs == (Run("Status-related offences", marks=("a",)),)
    assert filed.recipe["ids"] == ["kenya", "gambia"]
