"""What is said of a release that was changed or damaged; nothing in it is trusted."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from builders import HOSTILE, HOSTILE_SCALARS, separate

from npcompare.dataset.folder import write_folder
from npcompare.dataset.release import release_contents, release_files, release_of
from npcompare.dataset.release_import import import_release
from npcompare.dataset.release_reader import read_lines, read_tables
from npcompare.dataset.tables import layout
from npcompare.errors import NpcompareError, ProblemsError
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

CODED = [table for table in layout() if not table.is_derived]


@pytest.fixture(scope="module")
def released(varied_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the release of a few provisions once."""
    folder: Path = tmp_path_factory.mktemp("written")
    corpus_folder = folder / "own"
    shutil.copytree(varied_folder / "profiles", corpus_folder / "profiles")
    (corpus_folder / "world").mkdir()
    for name in (
        "ruritania",
        "gambia",
        "us-vacatur-broad",
        "ohchr-principle-7",
        "world/chile-none",
    ):
        shutil.copy(varied_folder / f"{name}.yaml", corpus_folder / f"{name}.yaml")
    shutil.copy(varied_folder / "sources.yaml", corpus_folder)
    # Files that take long to make are left out.
    files = tuple(
        file for file in release_files() if not file.extra and not file.name.endswith(".qdpx")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("npcompare.dataset.release.release_files", lambda: files)
        write_folder(release_contents(release_of(load_corpus(corpus_folder))), folder / "release")
    return folder / "release"


@pytest.fixture
def release(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the release into a folder that a test may spoil."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(released, tmp_path / "data").relative_to(tmp_path)


def change(path: Path, old: str, new: str) -> None:
    """Change the first of a text in a file."""
    raw = path.read_bytes()
    assert old.encode() in raw
    path.write_bytes(raw.replace(old.encode(), new.encode(), 1))


def findings(release: Path) -> list[str]:
    """Return the findings of an import, whether it is refused or not."""
    try:
        problems = import_release(release, None, None).warnings
    except ProblemsError as error:
        problems = error.problems
    return [str(problem) for problem in problems]


# --- What was changed ---------------------------------------------------------------------------


def test_release_as_it_was_written_has_no_findings(release: Path) -> None:
    assert findings(release) == []


@pytest.mark.further
def test_changed_value_is_imported_and_said(run: Callable[..., Ran], release: Path) -> None:
    change(release / "codings.csv", "force,1,mandatory,", "force,1,discretionary,")
    ran = run("import", release, "-o", "again")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "data/codings.csv:9:1 NP607 warning: the row is not one that was released",
        "  hint: if you did not change it, compare it with the release as it was published",
        (
            'data/codings.csv:9:7 NP607 warning: word_id is "force--mandatory", but the other '
            'cells give "force--discretionary"'
        ),
        "  hint: it is not imported, because it follows from them",
        "wrote 5 provisions to again; next: npcompare validate again",
    ]
    provision = load_corpus("again").find("gambia")
    assert provision.limbs[0].coded["force"][0].value == "discretionary"


WARNED = {
    "derived-row": (
        "values.csv",
        ("gambia--force--mandatory,gambia,force,mandatory", "x,gambia,force,discretionary"),
        "values.csv:8:1 NP607 warning: the row is not one that was released",
    ),
    "deleted-row": (
        "notes.csv",
        (
            (
                "chile-none--2,chile-none,,2,reading,The Law gives the Public Ministry duties of "
                "protection and victims a right to temporary residence.,,bcn-cl-ley-20507,,,,\r\n"
            ),
            "",
        ),
        "notes.csv:1:1 NP607 warning: 1 of the released rows is missing",
    ),
    "line-ends": (
        "limbs.csv",
        ("\r\n", "\n"),
        (
            "limbs.csv:1:1 NP607 warning: the file is not the one that was released, but has the "
            "same rows"
        ),
    ),
    "other-file": (
        "README.md",
        ("dataset", "data set"),
        "README.md:1:1 NP607 warning: the file is not the one that was released",
    ),
    "no-such-file": (
        "SHA256SUMS",
        ("README.md", "README.txt"),
        "README.txt:1:1 NP607 warning: the file is not in the folder any more",
    ),
    "path-that-leads-out": ("SHA256SUMS", ("README.md", "../../etc/passwd"), ""),
    "row-checksums": (
        "row-checksums.txt",
        ("limbs.csv", "limbs.csv 00000000"),
        "row-checksums.txt:1:1 NP607 warning: the file is not the one that was released",
    ),
}


@pytest.mark.parametrize("name", WARNED)
def test_change_is_said_and_does_not_stop_import(name: str, release: Path) -> None:
    file, (old, new), expected = WARNED[name]
    change(release / file, old, new)
    assert [finding.removeprefix("data/") for finding in findings(release)] == (
        [expected] if expected else []
    )


@pytest.mark.further
def test_table_saved_by_a_spreadsheet_has_the_same_rows(release: Path) -> None:
    """Excel and LibreOffice write TRUE, a byte order mark and other line ends."""
    path = release / "provisions.csv"
    raw = path.read_bytes().replace(b",false,", b",FALSE,").replace(b"\r\n", b"\n")
    path.write_bytes(b"\xef\xbb\xbf" + raw)
    (finding,) = findings(release)
    assert finding.endswith("the file is not the one that was released, but has the same rows")


@pytest.mark.parametrize("mark", [";", "\t"])
def test_table_saved_in_another_country_is_read(mark: str, release: Path) -> None:
    separate(release / "provisions.csv", mark)
    (finding,) = findings(release)
    assert finding.endswith("the file is not the one that was released, but has the same rows")


@pytest.mark.further
def test_release_without_checksums_says_so(release: Path) -> None:
    (release / "SHA256SUMS").unlink()
    assert findings(release) == [
        (
            "data/SHA256SUMS:1:1 NP607 warning: the release has no checksums, so that nobody can "
            "see what was changed in it"
        )
    ]


# --- What is refused ----------------------------------------------------------------------------

REFUSED = {
    "bars": (
        "limbs.csv",
        ("id,provision_id,number,name,note", "id|provision_id|number|name|note"),
        'limbs.csv:1:1 NP201 there is no column "id|provision_id|number|name|note"',
    ),
    "semicolons-in-the-first-row": (
        "limbs.csv",
        ("id,provision_id,number,name,note", "id;provision_id;number;name;note"),
        "limbs.csv:2:1 NP206 the row has 1 cell, the first row has 5",
    ),
    "renamed-column": (
        "limbs.csv",
        ("id,provision_id,number", "id,provision,number"),
        'limbs.csv:1:2 NP201 there is no column "provision"',
    ),
    "column-twice": (
        "limbs.csv",
        ("id,provision_id,number", "id,provision_id,id"),
        'limbs.csv:1:3 NP104 the column "id" is there twice',
    ),
    "cells-missing": (
        "limbs.csv",
        ("gambia--1,gambia,1,", "gambia--1,gambia,1"),
        "limbs.csv:2:1 NP206 the row has 4 cells, the first row has 5",
    ),
    "empty-cell": (
        "limbs.csv",
        ("gambia--1,gambia,1,", "gambia--1,,1,"),
        "limbs.csv:2:2 NP202 the cell of provision_id is empty",
    ),
    "not-a-number": (
        "limbs.csv",
        ("gambia--1,gambia,1,", "gambia--1,gambia,1.0,"),
        'limbs.csv:2:3 NP204 "1.0" is not a whole number',
    ),
    "not-a-boolean": (
        "provisions.csv",
        (",false,", ",no,"),
        'provisions.csv:2:30 NP204 "no" is not true or false',
    ),
    "no-provision": (
        "limbs.csv",
        ("gambia--1,gambia,1,", "gambia--1,gambie,1,"),
        'limbs.csv:2:2 NP404 provisions.csv has no row "gambie"',
    ),
    "id-taken": (
        "notes.csv",
        ("chile-none--2,", "chile-none--1,"),
        'notes.csv:6:1 NP402 "chile-none--1" is already the id of the row in line 5',
    ),
    "control-character": (
        "notes.csv",
        ("The Law gives", "The \x1b[31mLaw gives"),
        "notes.csv:6:6 NP106 the cell contains the control character U+001B",
    ),
    "not-utf-8": (
        "notes.csv",
        ("The Law gives", "\udce9"),
        "notes.csv:1:1 NP101 the table is not in UTF-8",
    ),
    "unclosed-quotation-mark": (
        "notes.csv",
        ("The Law gives", '"The Law gives'),
        "notes.csv:1:1 NP107 the table cannot be read: unexpected end of data",
    ),
    "word": (
        "codings.csv",
        ("force,1,mandatory,", "force,1,mandatry,"),
        'codings.csv:9:6 NP203 "mandatry" in force of limb 1 is not one of the codebook',
    ),
    "field": (
        "codings.csv",
        ("gambia--1,force,1,", "gambia--1,id,1,"),
        'codings.csv:9:4 NP203 "id" is not a field of a limb',
    ),
    "fact": (
        "facts.csv",
        ("scotland,prosecutor_guidance,", "scotland,id,"),
        'facts.csv:4:3 NP203 "id" is not a fact of a profile',
    ),
    "fact-twice": (
        "facts.csv",
        ("scotland,prosecutor_guidance,", "united-kingdom,police_guidance,"),
        'facts.csv:6:3 NP402 "united-kingdom" already has police_guidance in line 4',
    ),
    "quotation": (
        "quotations.csv",
        ("related to being a victim of trafficking", "related to being a victim of traffic"),
        "quotations.csv:4:7 NP501 ",
    ),
    "two-texts": (
        "texts.csv",
        ("ruritania--2,ruritania,2", "ruritania--2,gambia,2"),
        "texts.csv:5:1 NP206 the provision is not multilingual, but it has several texts",
    ),
    "language-of-some-quotations": (
        "quotations.csv",
        ("--persons--1,1,en,", "--persons--1,1,,"),
        "codings.csv:",
    ),
    "collection": (
        "provisions.csv",
        (",paper,", ",../..,"),
        'provisions.csv:2:3 NP205 "../.." is not the name of a collection',
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_fault_is_a_finding_at_its_cell(name: str, release: Path) -> None:
    file, (old, new), expected = REFUSED[name]
    raw = (release / file).read_bytes()
    assert old.encode() in raw
    (release / file).write_bytes(raw.replace(old.encode(), new.encode(errors="surrogateescape"), 1))
    with pytest.raises(ProblemsError) as refused:
        import_release(release, None, None)
    texts = [str(each) for each in refused.value.problems if not each.is_warning]
    assert any(finding.removeprefix("data/").startswith(expected) for finding in texts), texts


@pytest.mark.further
@pytest.mark.parametrize("name", ["sources", "codebook", "../../evil", "con"])
def test_id_that_is_no_file_name_is_refused(name: str, release: Path) -> None:
    """The id is changed wherever it is, so that nothing else is wrong."""
    for path in release.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"chile-none", name.encode()))
    with pytest.raises(ProblemsError) as refused:
        import_release(release, None, None)
    places = {(each.path, each.line, each.column) for each in refused.value.problems}
    assert ("data/provisions.csv", 6, 1) in places


def test_missing_table_is_refused(release: Path) -> None:
    (release / "settled.csv").unlink()
    assert [finding for finding in findings(release) if "warning" not in finding] == [
        "data/settled.csv:1:1 NP107 the table cannot be read: No such file or directory"
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_link_out_of_the_release_is_not_followed(release: Path, tmp_path: Path) -> None:
    (release / "limbs.csv").rename(tmp_path / "limbs.csv")
    (release / "limbs.csv").symlink_to(tmp_path / "limbs.csv")
    assert [finding for finding in findings(release) if "warning" not in finding] == [
        "data/limbs.csv:1:1 NP107 it is a link that leads out of the release"
    ]


def test_large_table_is_refused(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("npcompare.dataset.release_reader.LARGEST_TABLE", 1024)
    monkeypatch.setattr("npcompare.dataset.release_reader.MOST_ROWS", 2)
    assert "data/codings.csv:1:1 NP107 the table cannot be read: it is larger than 0 MB" in (
        findings(release)
    )
    assert "data/profiles.csv:4:1 NP102 the table has more than 2 rows" in findings(release)


def test_folder_that_is_not_a_release_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("import", tmp_path)
    assert ran.code == 2
    assert "is not a release that npcompare has written" in ran.err


@pytest.mark.parametrize("raw", [b'{"npcompare": "\xff"}', b'{"\xff": 1}', b"[" * 10_000])
def test_damaged_data_package_is_no_release(raw: bytes, release: Path) -> None:
    (release / "datapackage.json").write_bytes(raw)
    with pytest.raises(NpcompareError) as caught:
        import_release(release, None, None)
    assert caught.value.message == "data is not a release that npcompare has written"


@pytest.mark.further
@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "a/" * 3000, "a\x1b[2Jb", "./"])
def test_name_that_no_file_can_have_is_passed_over(name: str, release: Path) -> None:
    with (release / "SHA256SUMS").open("a", encoding="utf-8") as stream:
        stream.write(f"{'0' * 64}  {name}\n")
    assert [finding for finding in findings(release) if not finding.startswith("data:1:1")] == []


def test_release_of_a_later_form_is_refused(run: Callable[..., Ran], release: Path) -> None:
    change(release / "datapackage.json", '"form": 1', '"form": 2')
    ran = run("import", release)
    assert ran.code == 2
    assert "in a form that this one does not read" in ran.err


def test_release_used_as_a_corpus_names_the_import(run: Callable[..., Ran], release: Path) -> None:
    ran = run("list", "--corpus", release)
    assert (ran.code, ran.err.splitlines()) == (
        2,
        [
            "npcompare: data is a dataset, not a corpus",
            "  hint: to make a corpus of it: npcompare import data -o data-corpus",
        ],
    )


@pytest.mark.parametrize("options", [(), ("-o", "again")])
def test_release_without_provisions_is_refused(
    options: tuple[str, ...], run: Callable[..., Ran], release: Path
) -> None:
    for path in release.glob("*.csv"):
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    ran = run("import", release, *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "npcompare: data contains no provision",
        "  hint: its table provisions.csv has no rows",
    ]
    assert [path.name for path in release.parent.iterdir()] == ["data"]


def test_release_is_imported_alone(run: Callable[..., Ran], release: Path) -> None:
    ran = run("import", release, "coding.xlsx")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "npcompare: a release is imported alone")


def test_release_is_not_imported_into_another(run: Callable[..., Ran], release: Path) -> None:
    shutil.copytree(release, "other")
    ran = run("import", release, "-o", "other")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "npcompare: other is a release, not a corpus\n  hint: choose another folder\n"
    )


@pytest.mark.slow
def test_existing_corpus_keeps_its_files(run: Callable[..., Ran], release: Path) -> None:
    assert run("import", release, "-o", "again").code == 0
    ran = run("import", release, "-o", "again")
    assert ran.code == 2
    assert "already exists and was not overwritten" in ran.err
    assert run("import", release, "-o", "again", "--force").code == 0


@pytest.mark.further
def test_other_codebook_is_refused(run: Callable[..., Ran], release: Path) -> None:
    assert run("import", release, "-o", "again").code == 0
    change(release / "codebook.yaml", "title: ", "title: Our own, ")
    ran = run("import", release, "-o", "again", "--force")
    assert ran.code == 2
    assert "data has another codebook than the corpus in again" in ran.err


# --- The tables alone ---------------------------------------------------------------------------

LIMBS = "id,provision_id,number,name,note\n"
REPORTED = (
    "id,provision_id,number,dimension_id,classes,persons,is_open,source_id,paragraph,footnote,"
    "pinpoint,note,confidence\n"
)
COLUMNS = "the columns are: id, provision_id, number, name, note"


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a release whose coded tables have no rows, except for one provision and one source."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    folder.mkdir()
    for table in CODED:
        names = [column.name for column in table.columns]
        lines = [",".join(names)]
        if table.name in {"provisions", "sources"}:
            texts = {
                column.name: "true" if column.datatype == "boolean" else "kenya"
                for column in table.columns
                if column.is_required
            }
            lines.append(",".join(texts.get(name, "") for name in names))
        (folder / table.file_name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder.relative_to(tmp_path)


def read(tables: Path) -> list[tuple[str, str]]:
    """Return the findings about the tables, each with its hint."""
    return [
        (str(problem).removeprefix("data/"), problem.hint)
        for problem in read_tables(tables).problems
    ]


def test_values_of_a_row_have_their_types(tables: Path) -> None:
    row = "r,kenya,12,threshold,duress;causation,,TRUE,kenya,,,,,\n"
    (tables / "reported.csv").write_text(REPORTED + row, encoding="utf-8")
    read_back = read_tables(tables)
    assert read_back.problems == []
    (reported,) = read_back.rows["reported"]
    assert [reported.cells[name] for name in ("id", "number", "classes", "is_open")] == [
        "r",
        12,
        ("duress", "causation"),
        True,
    ]
    assert [reported.cells[name] for name in ("persons", "paragraph")] == [(), None]
    assert (reported.text("paragraph"), reported.text("number")) == ("", "12")
    assert reported.place("number") == ("data/reported.csv", 2, 3)
    assert reported.place() == ("data/reported.csv", 2, 1)
    assert set(read_back.rows) == {table.name for table in CODED}


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "limbs.csv",
            "",
            [
                (f'limbs.csv:1:1 NP202 the column "{name}" is missing', COLUMNS)
                for name in ("id", "provision_id", "number", "name", "note")
            ],
        ),
        (
            "limbs.csv",
            LIMBS.replace(",number", ",numbers"),
            [
                (
                    'limbs.csv:1:3 NP201 there is no column "numbers"',
                    f'did you mean "number"? {COLUMNS}',
                ),
                ('limbs.csv:1:1 NP202 the column "number" is missing', COLUMNS),
            ],
        ),
        (
            "limbs.csv",
            LIMBS.replace(",note", ",note;,xyz,id"),
            [
                (
                    'limbs.csv:1:5 NP201 there is no column "note;"',
                    f'did you mean "note"? {COLUMNS}',
                ),
                ('limbs.csv:1:6 NP201 there is no column "xyz"', COLUMNS),
                ('limbs.csv:1:7 NP104 the column "id" is there twice', ""),
                ('limbs.csv:1:1 NP202 the column "note" is missing', COLUMNS),
            ],
        ),
        (
            "limbs.csv",
            LIMBS + "a,kenya,1\n\nb,,x,\x1b,\n",
            [
                ("limbs.csv:2:1 NP206 the row has 3 cells, the first row has 5", ""),
                ("limbs.csv:3:1 NP206 the row has 0 cells, the first row has 5", ""),
                ("limbs.csv:4:2 NP202 the cell of provision_id is empty", "The provision."),
                ('limbs.csv:4:3 NP204 "x" is not a whole number', ""),
                ("limbs.csv:4:4 NP106 the cell contains the control character U+001B", "delete it"),
            ],
        ),
        (
            "limbs.csv",
            LIMBS + f'a,kenya,{"9" * 50},"b\nc",\nd,kenya,-1,,\n',
            [
                (f'limbs.csv:2:3 NP204 "{"9" * 40}" is not a whole number', ""),
                ('limbs.csv:4:3 NP204 "-1" is not a whole number', ""),
            ],
        ),
        (
            "reported.csv",
            REPORTED + "r,kenya,1,threshold,duress;;x,,maybe,kenya,,,,,\n",
            [
                ("reported.csv:2:5 NP205 an item of classes is empty", ""),
                ('reported.csv:2:7 NP204 "maybe" is not true or false', ""),
            ],
        ),
        (
            "limbs.csv",
            LIMBS + "a,kenya,1,,\nb,kenia,1,,\na,kenya,1,,\n",
            [
                (
                    'limbs.csv:4:1 NP402 "a" is already the id of the row in line 2',
                    "choose another id",
                ),
                ('limbs.csv:3:2 NP404 provisions.csv has no row "kenia"', 'did you mean "kenya"?'),
            ],
        ),
        (
            "provisions.csv",
            None,
            [
                (
                    "provisions.csv:1:1 NP107 the table cannot be read: No such file or directory",
                    "a release has a file provisions.csv, even if it has no rows",
                ),
            ],
        ),
        (
            "limbs.csv",
            LIMBS + "\udcff",
            [
                ("limbs.csv:1:1 NP101 the table is not in UTF-8", "save it as CSV in UTF-8"),
            ],
        ),
        (
            "limbs.csv",
            "a," * 1000 + "a",
            [
                (
                    "limbs.csv:1:1 NP107 the table cannot be read: it has more than 1,000 columns",
                    "",
                ),
            ],
        ),
        (
            "limbs.csv",
            LIMBS + '"x"y,kenya,1,,',
            [
                ("limbs.csv:1:1 NP107 the table cannot be read: ',' expected after '\"'", ""),
            ],
        ),
        (
            "limbs.csv",
            LIMBS + "".join(f"a{n},xyz,1,,\n" for n in range(300)),
            [
                (
                    f'limbs.csv:{n + 2}:2 NP404 provisions.csv has no row "xyz"',
                    "add a row for it to provisions.csv",
                )
                for n in range(200)
            ],
        ),
        (
            "limbs.csv",
            LIMBS + "".join(f"a{n},,1,,\n" for n in range(300)),
            [
                (f"limbs.csv:{n + 2}:2 NP202 the cell of provision_id is empty", "The provision.")
                for n in range(201)
            ],
        ),
        (
            "limbs.csv",
            LIMBS + "".join(f"a{n},kenia,1,,\n" for n in range(12)),
            [
                (
                    f'limbs.csv:{n + 2}:2 NP404 provisions.csv has no row "kenia"',
                    'did you mean "kenya"?' if n < 10 else "add a row for it to provisions.csv",
                )
                for n in range(12)
            ],
        ),
    ],
)
def test_findings_about_a_table(
    file: str, text: str | None, expected: list[tuple[str, str]], tables: Path
) -> None:
    if text is None:
        (tables / file).unlink()
    else:
        (tables / file).write_bytes(text.encode(errors="surrogateescape"))
    assert read(tables) == expected


@pytest.mark.parametrize("mark", [";", "\t"])
def test_table_with_other_separators_is_read(mark: str, tables: Path) -> None:
    row = 'a,kenya,1,,"b; c\td, e"\n'.replace(",", mark).replace(f"d{mark}", "d,")
    (tables / "limbs.csv").write_text(LIMBS.replace(",", mark) + row, encoding="utf-8")
    assert [texts for _, texts in read_lines(tables / "limbs.csv")][1:] == [
        ["a", "kenya", "1", "", "b; c\td, e"]
    ]
    assert read(tables) == []


def test_line_that_names_the_separator_is_no_row(tables: Path) -> None:
    text = "sep=;\r\n" + LIMBS.replace(",", ";") + "a;kenya;1;;\n"
    (tables / "limbs.csv").write_text(text, encoding="utf-8", newline="")
    assert list(read_lines(tables / "limbs.csv"))[1] == (3, ["a", "kenya", "1", "", ""])
    assert read(tables) == []


def test_table_with_unknown_separators_says_so(tables: Path) -> None:
    (tables / "limbs.csv").write_text(LIMBS.replace(",", "|"), encoding="utf-8")
    assert {hint for _, hint in read(tables)} == {"save the file with commas between the cells"}


def test_items_that_no_row_has_are_found_one_by_one(tables: Path) -> None:
    path = tables / "provisions.csv"
    table = next(table for table in CODED if table.name == "provisions")
    place = [column.name for column in table.columns].index("fuller")
    head, row = path.read_text(encoding="utf-8").splitlines()
    cells = row.split(",")
    cells[place] = "kenya;kenia"
    path.write_text(f"{head}\n{','.join(cells)}\n", encoding="utf-8")
    assert read(tables) == [
        (
            f'provisions.csv:2:{place + 1} NP404 provisions.csv has no row "kenia"',
            "add a row for it to provisions.csv",
        )
    ]


def test_limits_of_a_table_are_exact(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tables / "limbs.csv"
    path.write_text(LIMBS + "a,kenya,1,,\nb,kenya,1,,\n", encoding="utf-8")
    size = path.stat().st_size
    monkeypatch.setattr("npcompare.dataset.release_reader.MOST_ROWS", 2)
    monkeypatch.setattr("npcompare.dataset.release_reader.MOST_COLUMNS", 5)
    assert len(list(read_lines(path))) == 3
    monkeypatch.setattr("npcompare.dataset.release_reader.LARGEST_TABLE", size)
    assert list(read_lines(path))[2] == (3, ["b", "kenya", "1", "", ""])
    monkeypatch.setattr("npcompare.dataset.release_reader.LARGEST_TABLE", size - 1)
    with pytest.raises(csv.Error, match="it is larger than 0 MB"):
        list(read_lines(path))
    monkeypatch.setattr("npcompare.dataset.release_reader.LARGEST_TABLE", 1024 * 1024)
    path.write_bytes(b"a" * (1024 * 1024 + 1))
    with pytest.raises(csv.Error, match="it is larger than 1 MB"):
        list(read_lines(path))


def test_table_may_be_larger_than_a_file_of_law(tables: Path) -> None:
    """A whole law may be one cell, and all laws are one table."""
    path = tables / "limbs.csv"
    path.write_text(f"{LIMBS}a,kenya,1,,{'x' * 3_000_000}\nb,kenya,1,,{'y' * 3_000_000}\n")
    assert [len(texts[4]) for _, texts in read_lines(path)] == [4, 3_000_000, 3_000_000]


def test_row_with_a_fault_is_left_out(tables: Path) -> None:
    path = tables / "limbs.csv"
    path.write_text(f"{LIMBS}a,,1,,\nb,kenya,1,,\n", encoding="utf-8")
    assert [row.text("id") for row in read_tables(tables).rows["limbs"]] == ["b"]
    path.write_text("id\n", encoding="utf-8")
    assert {hint for _, hint in read(tables)} == {COLUMNS}


# --- Any damage ---------------------------------------------------------------------------------

LISTED = ["", "1", "-1", "true", "a;b", "a\nb", "gambia--1", "id", "text", "offences.", "x" * 5000]


@pytest.mark.slow
def test_any_damage_is_a_finding(release: Path) -> None:
    """Whatever is in the cells, the import is refused with findings or goes on."""
    chance = random.Random(20)  # noqa: S311 - nothing is secret here
    texts = [*HOSTILE, *HOSTILE_SCALARS, *LISTED]
    tables = {table.file_name: (release / table.file_name).read_bytes() for table in CODED}
    for _ in range(80):
        name = chance.choice(list(tables))
        rows = list(csv.reader(io.StringIO(tables[name].decode(), newline="")))
        for _ in range(chance.choice([1, 1, 3])):
            row = rows[0] if chance.random() < 0.1 else chance.choice(rows)
            row[chance.randrange(len(row))] = chance.choice(texts)
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(rows)
        (release / name).write_bytes(stream.getvalue().encode(errors="replace"))
        with contextlib.suppress(NpcompareError):
            import_release(release, None, None)
        (release / name).write_bytes(tables[name])
