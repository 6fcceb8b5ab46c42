"""Import writes the files of a corpus, all or none; a form made of them is imported again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from conftest import office
from filled_forms import FILES, cell_of, saved, workbook_of

from npcompare.coding.coded_files import write_coded_files
from npcompare.coding.workbook_import import bibliography_text
from npcompare.errors import NpcompareError, ProblemsError
from npcompare.law.corpus import load_corpus
from npcompare.law.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_form_is_written_checked_and_imported(run: Run, folder: Path) -> None:
    ran = run("form", "kenya", "qatar-4", "-o", "coding.xlsx")
    assert (ran.code, ran.out, ran.err) == (
        0,
        "",
        "wrote coding.xlsx; next: fill it in, save it, then npcompare import coding.xlsx\n",
    )
    ran = run("import", "coding.xlsx")
    assert (ran.code, ran.err) == (0, "2 provisions checked; add -o DIR to write them\n")
    ran = run("import", "coding.xlsx", "-o", "corpus")
    assert (ran.code, ran.err) == (
        0,
        "wrote 2 provisions to corpus; next: npcompare validate corpus\n",
    )
    names = ["kenya.yaml", "qatar-4.yaml", "sources.yaml"]
    assert sorted(path.name for path in (folder / "corpus").iterdir()) == names
    imported = load_corpus(folder / "corpus")
    assert imported.problems == ()
    for file in imported.files:
        assert file.canonical_json == FILES[file.header.id].canonical_json


@pytest.mark.slow
def test_nothing_is_overwritten_without_force(run: Run, folder: Path) -> None:
    run("form", "kenya", "-o", "coding.xlsx")
    run("import", "coding.xlsx", "-o", "corpus")
    kenya = folder / "corpus" / "kenya.yaml"
    kenya.write_text(kenya.read_text() + "# mine\n")
    ran = run("import", "coding.xlsx", "-o", "corpus")
    assert ran.code == 2
    assert "kenya.yaml already exists and was not overwritten" in ran.err
    assert kenya.read_text().endswith("# mine\n")
    assert run("import", "coding.xlsx", "-o", "corpus", "--force").code == 0
    assert not kenya.read_text().endswith("# mine\n")
    assert run("form", "kenya", "-o", "coding.xlsx").code == 2


@pytest.mark.slow
def test_bibliography_is_added_to(run: Run, folder: Path) -> None:
    run("form", "kenya", "-o", "kenya.xlsx")
    run("form", "qatar-4", "-o", "qatar.xlsx")
    run("import", "kenya.xlsx", "-o", "corpus")
    sources = folder / "corpus" / "sources.yaml"
    sources.write_text("# our documents\n" + sources.read_text())
    ran = run("import", "qatar.xlsx", "-o", "corpus")
    assert (ran.code, ran.err.splitlines()) == (
        2,
        [
            "npcompare: corpus/sources.yaml already exists and was not overwritten",
            "  hint: add --force to add the documents that it does not have yet; the others stay",
        ],
    )
    assert run("import", "qatar.xlsx", "-o", "corpus", "--force").code == 0
    text = sources.read_text()
    assert text.startswith("# our documents\nbackground-paper:\n")
    assert "\nalmeezan-15-2011:\n" in text
    assert load_corpus(folder / "corpus").problems == ()


NEW = {"b": {"title": "B", "short": "B", "kind": "report"}}
OLD = {"a": {"title": "A", "short": "A", "kind": "report"}}


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("# Ours.\na: {title: A, short: A, kind: report}", True),
        ("{a: {title: A, short: A, kind: report}}\n", False),
        ("  a: {title: A, short: A, kind: report}\n", False),
        ("---\na: {title: A, short: A, kind: report}\n...\n", False),
        ("a: {title: A, short: A, kind: report}\nb: {title: C}\n", False),
    ],
)
def test_bibliography_in_any_layout_is_added_to(text: str, is_kept: bool, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    after = bibliography_text(path, NEW)[path]
    path.write_text(after, encoding="utf-8")
    assert (read_yaml(path).problems, read_yaml(path).data) == ([], {**OLD, **NEW})
    assert after.startswith(text) is is_kept


COMMENTED = """\
# Our documents.
a: {title: A, short: A, kind: report}  # the first

# Ask Ana.
b:  # the second
  # its title
  title: C  # as printed
  url: https://example.org/b
  # its kind
  kind: statute
# the last
c:
  title: C
  short: C
  kind: report
"""


def test_comments_of_changed_documents_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(COMMENTED, encoding="utf-8")
    documents = {
        **NEW,
        "a": {"title": "A", "short": "A", "kind": "statute"},
        "d": {"title": "D", "short": "D", "kind": "report"},
    }
    after = bibliography_text(path, documents)[path]
    assert after == (
        COMMENTED.replace("kind: report}  #", "kind: statute}  #")
        .replace("title: C  #", "title: B  #")
        .replace("  url: https://example.org/b\n", "")
        .replace("  kind: statute\n#", "  kind: report\n  short: B\n#")
        + "d:\n  title: D\n  short: D\n  kind: report\n"
    )


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("{a: {title: A, short: A, kind: report}, # ours\n}\n", "# ours"),
        ("a: {title: A, short: A, kind: report}\nb: {title: C, # ours\n short: B}\n", "# ours"),
    ],
)
def test_comment_that_would_be_lost_is_named(text: str, comment: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NpcompareError) as raised:
        bibliography_text(path, NEW)
    assert raised.value.message == f'{path} has a comment that would be lost: "{comment}"'
    assert raised.value.hint.startswith("write each document on lines of its own")


@pytest.mark.parametrize("raw", [b"[a]\n", b"a\n", b"a: [\n", "a: é\n".encode("cp1252")])
def test_bibliography_that_is_none_is_a_finding(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_bytes(raw)
    with pytest.raises(ProblemsError):
        bibliography_text(path, NEW)


@pytest.mark.further
def test_findings_are_printed_with_their_cells(run: Run, folder: Path) -> None:
    book = workbook_of("gambia")
    book["Texts"]["B2"].value = "verbatimm"
    (folder / "coding.xlsx").write_bytes(saved(book))
    ran = run("import", "coding.xlsx", "-o", "corpus")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        'coding.xlsx:Texts!B2 NP203 "verbatimm" in text.status is not one of the codebook\'s words '
        "for text_status\n"
        '  hint: did you mean "verbatim"? the words are: verbatim, excerpt, translation, '
        "paraphrase, not_held\n"
        "npcompare: 1 finding in 1 file; fix them first\n"
    )
    assert not (folder / "corpus").exists()


def test_form_for_another_kind_of_file_is_refused(run: Run, folder: Path) -> None:  # noqa: ARG001
    ran = run("form", "-o", "coding.csv")
    message = (
        "npcompare: coding.csv is not the name of a workbook\n"
        "  hint: choose a name that ends in .xlsx\n"
    )
    assert (ran.code, ran.err) == (2, message)


@pytest.mark.further
def test_empty_form_has_nothing_to_import(run: Run, folder: Path) -> None:  # noqa: ARG001
    assert run("form", "-o", "my form.xlsx").err.endswith('npcompare import "my form.xlsx"\n')
    ran = run("import", "my form.xlsx")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "npcompare: my form.xlsx contains no provision",
    )


@pytest.mark.parametrize("names", [("a.yaml", "new/b.yaml"), ("new/b.yaml", "a.yaml")])
def test_files_are_written_all_or_none(
    names: tuple[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.yaml").write_text("old")
    (folder / "a.yaml").chmod(0o640)
    replace = Path.replace

    def fail_for_second(path: Path, target: Path) -> Path:
        if target == folder / names[1] and path.read_text() == "new":
            raise OSError(28, "No space left on device", str(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_for_second)
    with pytest.raises(NpcompareError) as refused:
        write_coded_files({folder / name: "new" for name in names}, force=True)
    message = f"{folder / names[1]} cannot be written: No space left on device"
    assert refused.value.message == message
    assert [path.name for path in folder.iterdir()] == ["a.yaml"]
    status = (folder / "a.yaml").stat()
    assert ((folder / "a.yaml").read_text(), status.st_mode & 0o777) == ("old", 0o640)


def test_files_are_replaced_with_force(folder: Path) -> None:
    for content in ("old", "new"):
        files = {folder / name: content for name in ("a.yaml", "new/b.yaml")}
        write_coded_files(files, force=True)
        assert [path.read_text() for path in sorted(folder.rglob("*.yaml"))] == [content] * 2
    assert sorted(path.name for path in folder.rglob("*")) == ["a.yaml", "b.yaml", "new"]


def test_link_is_not_written_through(folder: Path) -> None:
    (folder / "target").write_text("old")
    (folder / "a.yaml").symlink_to(folder / "target")
    with pytest.raises(NpcompareError, match="is not a regular file"):
        write_coded_files({folder / "a.yaml": "new"}, force=True)
    assert (folder / "target").read_text() == "old"


@pytest.mark.further
def test_workbook_is_not_validated_as_a_file(run: Run, folder: Path) -> None:  # noqa: ARG001
    run("form", "-o", "coding.xlsx")
    ran = run("validate", "coding.xlsx")
    assert (ran.code, ran.err.splitlines()) == (
        2,
        [
            "npcompare: coding.xlsx is a spreadsheet, not a coded file",
            "  hint: check a form that is filled in with: npcompare import coding.xlsx",
        ],
    )


@pytest.mark.slow
def test_whole_collection_is_filled_in(run: Run, folder: Path) -> None:
    run("form", "qatar-4", "--collection", "paper", "-o", "paper.xlsx")
    sheet = openpyxl.load_workbook(folder / "paper.xlsx", read_only=True)["Provisions"]
    ids = [str(row[0]) for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True)]
    paper = [name for name, file in FILES.items() if file.collection == "paper"]
    assert ids == ["qatar-4", *paper]
    assert run("form", "--collection", "papper", "-o", "b.xlsx").code == 2


# --- Two coders ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_workbooks_of_two_coders_are_compared(run: Run, folder: Path) -> None:
    run("form", "gambia", "kenya", "belgium-264", "-o", "a.xlsx")
    book = openpyxl.load_workbook(folder / "a.xlsx")
    cell_of(book, "Coding", "Force").value = "discretionary"
    book.save(folder / "b.xlsx")
    ran = run("agree", "a.xlsx", "b.xlsx", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    output = json.loads(ran.out)
    assert [
        (each["provision"], each["dimension"], each["a"]["values"], each["b"]["values"])
        for each in output["disagreements"]
    ] == [("gambia", "force", ["mandatory"], ["discretionary"])]
    run("form", "gambia", "kenya", "-o", "c.xlsx")
    run("import", "c.xlsx", "-o", "folder")
    assert run("agree", "b.xlsx", "folder", "--exit-code").code == 1


@pytest.mark.slow
def test_workbook_with_findings_is_not_compared(run: Run, folder: Path) -> None:
    run("form", "kenya", "-o", "a.xlsx")
    run("form", "kenya", "--uncoded", "-o", "b.xlsx")
    ran = run("agree", "a.xlsx", "b.xlsx")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("b.xlsx:Coding!A2 NP206 limb 1 is empty\n")
    assert sorted(path.name for path in folder.iterdir()) == ["a.xlsx", "b.xlsx"]


# --- Separated values ---------------------------------------------------------------------------


@pytest.mark.further
def test_sheets_saved_as_csv_are_imported(run: Run, folder: Path) -> None:
    book = workbook_of("gambia", "qatar-4")
    for sheet in book.worksheets:
        with (folder / f"{sheet.title}.csv").open("w", newline="", encoding="utf-8-sig") as stream:
            csv.writer(stream, delimiter=";").writerows(sheet.iter_rows(values_only=True))
    ran = run("import", *sorted(folder.glob("*.csv")), "-o", "corpus")
    assert ran.code == 0, ran.err
    for file in load_corpus(folder / "corpus").files:
        assert file.canonical_json == FILES[file.header.id].canonical_json
    texts = folder / "Texts.csv"
    texts.write_text(texts.read_text("utf-8-sig").replace("excerpt", "exzerpt"), "utf-8")
    ran = run("import", *(path.name for path in sorted(folder.glob("*.csv"))))
    assert ran.err.startswith('Texts.csv:2:2 NP203 "exzerpt" in text.status')


@pytest.mark.office
def test_form_saved_by_libreoffice_is_imported(run: Run, folder: Path) -> None:
    run("form", "--collection", "all", "-o", "all.xlsx")
    (saved_file,) = office("xlsx", folder, folder / "all.xlsx")
    ran = run("import", saved_file, "-o", "corpus")
    assert ran.code == 0, ran.err
    imported = load_corpus(folder / "corpus").files
    assert len(imported) == len(FILES)
    for file in imported:
        assert file.canonical_json == FILES[file.header.id].canonical_json
