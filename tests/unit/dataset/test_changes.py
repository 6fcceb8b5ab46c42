"""`changes`: two small corpora of invented laws, with one change of each kind between them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE, json_output, separate
from conftest import TESTS, check_expected
from markdown_it import MarkdownIt

from npcompare.analysis.edition_changes import edition_changes
from npcompare.analysis.editions import Edition
from npcompare.dataset.edition_files import edition_of
from npcompare.dataset.folder import write_folder
from npcompare.dataset.release import release_contents, release_of
from npcompare.dataset.whats_new_text import whats_new_text
from npcompare.formats import registry
from npcompare.law.checking import DEFAULT_OPTIONS
from npcompare.law.corpus import load_corpus
from npcompare.reports import changes_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.analysis.edition_changes import EditionChanges

    Run = Callable[..., Ran]

DATASET = """\
title: Invented laws
description: For the tests.
version: {version}
creators: [{{name: A group}}]
licence: {{id: CC0-1.0, name: CC0 1.0 Universal}}
quotations: None of these laws exists.
"""
SOURCES = """\
gazette: {title: Gazette, short: Gazette, kind: statute}
reports: {title: Law Reports, short: Law Reports, kind: report}
"""
PROFILE = """\
id: laputa
jurisdiction: {name: Laputa, code: LP, kind: state}
training: {value: none_reported, source: {ref: gazette}}
sources: [{ref: gazette}]
"""
NEW_LAW = """\
id: zenda-2
jurisdiction: {name: Zenda, code: null, kind: state}
instrument: {title: Protection of Victims Act, kind: statute, year: 2027}
pinpoint: section 2
form: statutory_defence
dates: {in_force_from: "2027-01-01"}
succeeds: {id: zenda, because: The Act repeals the Bill., source: {ref: gazette}}
text: {status: not_held, complete: false}
limbs:
  - persons: {value: any_victim, source: {ref: gazette}}
    offences: {extent: any, source: {ref: gazette}}
    link: {value: compulsion, source: {ref: gazette}}
    relief: {value: defence, source: {ref: gazette}}
sources: [{ref: gazette}]
"""

_BODY = "A victim shall not be punished for an offence that was a direct result of being trafficked"
_LINKS = "direct_result, direct_consequence, consequence, direct_relation, "
_OTHER_LINKS = "in_process, at_direction, part_of_scheme, incident"
_RULE = """\
        - in: {link: [%s]}
        - not: {in: {link: [compulsion]}}
"""
_FURTHER_CODING = """\
interpreted_by: [{case: A v B, date: 2027-02-03, note: It was held., source: {ref: reports}}]
notes: [{kind: caveat, note: Not in force.}]
settled: [{words: commit, note: It adds nothing.}]
burden:"""

#: What is different in the newer corpus: the file, the old words and the new ones.
EDITS = (
    # A class and its coded value, with other words behind it.
    ("laputa.yaml", f"{_BODY} and\n    which the victim had no choice but to commit.", f"{_BODY}."),
    ("laputa.yaml", "\n      - {value: compulsion, evidence: had no choice but to commit}", ""),
    # Facts about a provision.
    ("laputa.yaml", "form: statutory", "dates: {in_force_from: 2026-07-01}\nform: statutory"),
    # A value for another one, and one with other proof alone.
    ("freedonia.yaml", "addressee: {value: court, ", "addressee: {value: prosecutor, "),
    ("freedonia.yaml", "evidence: no penalty}", "evidence: impose no penalty}"),
    # A limb, by its name, and a note on it.
    ("lilliput.yaml", "id: children", "id: minors\n    note: Under 18."),
    # What is coded beside the limbs.
    ("freedonia.yaml", "burden:", _FURTHER_CODING),
    ("sources.yaml", "title: Gazette", "title: Official Gazette"),
    ("profiles/laputa.yaml", "none_reported", "exists"),
    ("dataset.yaml", "version: 1.0.0", "version: 1.1.0"),
    # The codebook: a label, and a rule by which alone a class of Ruritania changes.
    ("codebook.yaml", 'version: "2.0"', 'version: "2.1"'),
    ("codebook.yaml", "label: duress-based", "label: under duress"),
    (
        "codebook.yaml",
        _RULE % f"{_LINKS}relation, {_OTHER_LINKS}",
        _RULE % f"{_LINKS}{_OTHER_LINKS}",
    ),
    (
        "codebook.yaml",
        "        - {link: [relation]}\n        - {link: [part_of_scheme]}",
        "        - {link: [part_of_scheme]}",
    ),
)


def make_corpora(folder: Path) -> tuple[Path, Path]:
    """Make the older and the newer corpus in a folder."""
    old, new = folder / "old", folder / "new"
    shutil.copytree(TESTS / "coders" / "first", old)
    shutil.copy(TESTS.parent / "schemas" / "codebook.yaml", old)
    (old / "dataset.yaml").write_text(DATASET.format(version="1.0.0"))
    (old / "sources.yaml").write_text(SOURCES)
    (old / "profiles").mkdir()
    (old / "profiles" / "laputa.yaml").write_text(PROFILE)
    shutil.copytree(old, new)
    for name, before, after in EDITS:
        text = (new / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, (name, before)
        (new / name).write_text(text.replace(before, after), encoding="utf-8")
    (new / "zenda-2.yaml").write_text(NEW_LAW)
    (new / "erewhon.yaml").unlink()
    text = (new / "lilliput.yaml").read_text().replace("id: lilliput", "id: lilliput-12")
    (new / "lilliput.yaml").unlink()
    (new / "lilliput-12.yaml").write_text(
        text.replace("jurisdiction:", "aliases: [lilliput]\njurisdiction:")
    )
    return old, new


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the corpora, and their releases as 1.0 and 1.1."""
    folder: Path = tmp_path_factory.mktemp("changes")
    with pytest.MonkeyPatch.context() as patch:
        # The codebook in PDF takes the most time, and is not compared.
        patch.setattr("npcompare.dataset.release.has_extra", lambda extra: extra != "pdf")
        for corpus_folder, name in zip(make_corpora(folder), ("1.0", "1.1"), strict=True):
            corpus = load_corpus(corpus_folder)
            assert corpus.problems == ()
            write_folder(release_contents(release_of(corpus)), folder / name)
    return folder


@pytest.fixture
def at_releases(releases: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(releases)
    return releases


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("changes.txt", ["-f", "plain"]),
        ("changes.md", ["--whats-new"]),
        ("changes.json", ["-f", "json"]),
    ],
)
@pytest.mark.usefixtures("at_releases")
def test_changes_of_each_kind_are_golden(name: str, options: list[str], run: Run) -> None:
    ran = run("changes", "1.0", "1.1", *options)
    assert (ran.code, ran.err) == (0, "")
    check_expected(TESTS / "golden" / name, ran.out, "golden")


@pytest.mark.further
@pytest.mark.usefixtures("at_releases")
def test_corpora_change_as_their_releases_do(run: Run) -> None:
    def changes(*editions: str) -> Any:
        return json_output(run("changes", *editions, "-f", "json"), "changes")["changes"]

    expected = changes("1.0", "1.1")
    assert changes("old", "new") == expected
    assert changes("1.0", "new") == expected
    # The newer edition is the corpus in use if none is named.
    assert changes("1.0", "--corpus", "new") == expected


def record_of(output: Any, **values: str) -> Any:
    """Return the only change with these values."""
    (record,) = [
        change
        for change in output["changes"]
        if all(change.get(key) == value for key, value in values.items())
    ]
    return record


@pytest.mark.usefixtures("at_releases")
def test_causes_are_named(run: Run) -> None:
    output = json_output(run("changes", "1.0", "1.1", "-f", "json"), "changes")
    law = record_of(output, kind="class", subject="laputa", field="threshold")
    assert law["cause"] == "law_and_codebook"
    assert law["old"]["values"] == ["duress_and_causation"]
    assert law["new"]["values"] == ["causation"]
    codebook = record_of(output, kind="class", subject="ruritania", field="threshold")
    assert codebook["cause"] == "codebook"
    assert (codebook["old"]["values"], codebook["new"]["values"]) == (["causation"], ["unknown"])
    liability = record_of(output, kind="coding", subject="freedonia", field="addressee")
    assert liability["cause"] == "law"


@pytest.mark.usefixtures("at_releases")
def test_provisions_are_added_removed_and_renamed(run: Run) -> None:
    output = json_output(run("changes", "1.0", "1.1", "-f", "json"), "changes")
    provisions = {
        change["subject"]: (change["action"], change.get("old_subject", ""))
        for change in output["changes"]
        if change["kind"] == "provision"
    }
    assert provisions == {
        "erewhon": ("removed", ""),
        "lilliput-12": ("renamed", "lilliput"),
        "zenda-2": ("added", ""),
    }
    # A provision with another id is compared with itself.
    limb = record_of(output, kind="limb", subject="lilliput-12")
    assert (limb["old"]["values"], limb["new"]["values"]) == (["children"], ["minors"])


@pytest.mark.usefixtures("at_releases")
def test_same_editions_have_no_changes(run: Run) -> None:
    for edition in ("1.0", "new"):
        ran = run("changes", edition, edition, "--exit-code")
        assert (ran.code, ran.err) == (0, "")
        assert "Nothing has changed." in ran.out
    assert "Nothing has changed." in run("changes", "1.0", "old", "--whats-new").out


def test_text_that_becomes_available_is_new(releases: Path, release: Path) -> None:
    """And one that is not available any more has only been there."""
    path = release / "texts.csv"
    rows = [*csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))]
    words, rows[0]["body"] = rows[0]["body"], ""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    without, full = (
        edition_of(release, DEFAULT_OPTIONS),
        edition_of(releases / "1.0", DEFAULT_OPTIONS),
    )
    for old, new, expected in ((without, full, ["–", words]), (full, without, [words, "–"])):
        tables = changes_report.changes(edition_changes(old, new)).tables
        (row,) = next(table.rows for table in tables if table.title == "Texts")
        assert [cell.text for cell in row[-2:]] == expected


@pytest.mark.usefixtures("at_releases")
def test_exit_code_tells_of_changes(run: Run) -> None:
    assert run("changes", "1.0", "1.1").code == 0
    assert run("changes", "1.0", "1.1", "--exit-code").code == 1
    assert run("changes", "1.0", "1.1", "--whats-new", "--exit-code").code == 1


@pytest.mark.usefixtures("at_releases")
def test_screen_lists_relations_on_request(run: Run) -> None:
    short, long = run("changes", "1.0", "1.1").out, run("changes", "1.0", "1.1", "--relations").out
    assert "or --relations lists each pair" in short
    assert "Because of" not in short
    assert "Because of" in long


@pytest.mark.usefixtures("at_releases")
def test_table_for_programs_has_every_change(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("changes", "1.0", "1.1", "-f", "csv").out)))
    output = json_output(run("changes", "1.0", "1.1", "-f", "json"), "changes")
    assert len(rows) == len(output["changes"])
    (row,) = [
        row
        for row in rows
        if (row["kind"], row["subject"], row["field"]) == ("class", "laputa", "threshold")
    ]
    assert row["new_quotations"] == "a direct result of being trafficked"
    counted = sum(sum(actions.values()) for actions in output["counts"].values())
    assert counted == len(rows)


@pytest.mark.usefixtures("at_releases")
def test_sentences_are_written_to_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.md"
    ran = run("changes", "1.0", "1.1", "--whats-new", "-o", path)
    assert (ran.code, ran.err) == (0, f"wrote {path}\n")
    assert path.read_text() == run("changes", "1.0", "1.1", "--whats-new").out
    assert "already exists" in run("changes", "1.0", "1.1", "--whats-new", "-o", path).err
    wrong = run("changes", "1.0", "1.1", "--whats-new", "-f", "json")
    assert wrong.code == 2
    assert "--whats-new writes Markdown, not json" in wrong.err


@pytest.mark.usefixtures("at_releases")
def test_labels_are_translated(run: Run) -> None:
    out = run("changes", "1.0", "1.1", "--language", "fr", "-f", "plain").out
    assert "Tableau 1. Vue d’ensemble\nTraduction non officielle." in out
    assert "Seuil" in out


#: Columns that place rows; without them, no row would be that of a provision.
_PLACING = ("id", "provision_id", "dimension_id", "left_id", "right_id", "value_id", "coding_id")


@pytest.fixture(scope="module")
def hostile_changes(releases: Path) -> EditionChanges:
    """Return the changes to a release with anything in its cells, also in those of the codebook."""
    old = edition_of(releases / "1.0", DEFAULT_OPTIONS)
    words = cycle(HOSTILE)
    tables = {
        table: [
            {
                column: cell if column in _PLACING or isinstance(cell, tuple) else next(words)
                for column, cell in row.items()
            }
            for row in rows
        ]
        for table, rows in old.tables.items()
    }
    result = edition_changes(old, Edition("=1+1", "<b>", "|", tables, old.columns))
    assert result.changes
    return result


@pytest.mark.parametrize("name", ["plain", "markdown", "csv", "json", "html", "latex"])
def test_hostile_words_reach_no_format(name: str, hostile_changes: EditionChanges) -> None:
    document = changes_report.changes(hostile_changes)
    assert "\x1b" not in str(registry.render(document, registry.FORMATS[name]))


def test_hostile_words_reach_no_sentence(hostile_changes: EditionChanges) -> None:
    text = whats_new_text(hostile_changes)
    html = MarkdownIt("commonmark").enable("strikethrough").render(text)
    assert not re.search(r"<(?!/?(?:h1|h2|ul|li|strong|code|p|del|ins|em)\b)", html)


# --- What cannot be compared ---------------------------------------------------------------------


@pytest.fixture
def release(releases: Path, tmp_path: Path) -> Path:
    """Return a copy of a release that a test may damage."""
    shutil.copytree(releases / "1.0", tmp_path / "damaged")
    return tmp_path / "damaged"


def changes_of(run: Run, *editions: Path) -> Any:
    """Return the changes in the JSON of a comparison."""
    return json_output(run("changes", *editions, "-f", "json"), "changes")["changes"]


def error_of(run: Run, *editions: object) -> tuple[str, str]:
    """Return the error of a comparison and its hint."""
    ran = run("changes", *editions)
    assert (ran.code, ran.out) == (2, "")
    error, hint = ran.err.splitlines()
    return error.removeprefix("npcompare: "), hint.removeprefix("  hint: ")


def test_foreign_folders_are_refused(run: Run, releases: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"\xff")
    old = releases / "1.0"
    for name, message in (
        ("photos", "is neither a release nor a corpus"),
        ("photos/cat.jpg", "is not a folder"),
    ):
        error, hint = error_of(run, old, tmp_path / name)
        assert error == f"{tmp_path / name} {message}"
        assert "the folder of a release" in hint or "`npcompare release`" in hint
    assert error_of(run, tmp_path / "nowhere", old)[0] == f"there is no folder {tmp_path}/nowhere"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (b"", "its first row does not have the names of the columns, each once"),
        (b"id,id\r\n", "its first row does not have the names of the columns, each once"),
        (b"provision_id,value\r\na,b\r\n", "its first row has no column id"),
        (b"id|value\r\na|b\r\n", "its first row has no column id"),
        (b"id;value\r\na\r\n", "the row in line 2 does not have 2 cells"),
        (b"id,value\r\na\r\n", "the row in line 2 does not have 2 cells"),
        (b'id,value\r\na,"b\r\n', "unexpected end of data"),
        (b"id,value\r\n\xff,b\r\n", "it is not in UTF-8"),
    ],
)
def test_damaged_table_is_refused(damage: bytes, reason: str, run: Run, release: Path) -> None:
    (release / "values.csv").write_bytes(damage)
    error, hint = error_of(run, release, release)
    assert error == f"the table {release}/values.csv cannot be read: {reason}"
    assert hint.startswith("write the release again")


@pytest.mark.parametrize("mark", [";", "\t"])
def test_tables_of_other_countries_are_compared(
    mark: str, run: Run, releases: Path, release: Path
) -> None:
    """In many countries, Excel separates the cells with semicolons; in all, it writes TRUE."""
    old, new = releases / "1.0", releases / "1.1"
    for path in sorted(release.glob("*.csv")):
        raw = path.read_bytes().replace(b",true,", b",TRUE,").replace(b",false,", b",FALSE,")
        path.write_bytes(raw)
        separate(path, mark)
    assert changes_of(run, old, release) == []
    assert changes_of(run, release, new) == changes_of(run, old, new) != []


def test_missing_table_is_refused(run: Run, release: Path) -> None:
    (release / "values.csv").unlink()
    assert "values.csv cannot be read: No such file" in error_of(run, release, release)[0]
    package = json.loads((release / "datapackage.json").read_text())
    package["resources"] = [each for each in package["resources"] if each["name"] != "values"]
    (release / "datapackage.json").write_text(json.dumps(package))
    assert error_of(run, release, release)[0] == f"the release {release} has no table values"


def test_table_outside_the_release_is_not_read(run: Run, release: Path, tmp_path: Path) -> None:
    (release / "values.csv").rename(tmp_path / "elsewhere.csv")
    (release / "values.csv").symlink_to(tmp_path / "elsewhere.csv")
    error = error_of(run, release, release)[0]
    assert error.endswith("values.csv cannot be read: it is a link that leads out of the release")


def test_release_of_a_later_form_is_refused(run: Run, release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text())
    package["npcompare"]["form"] = 99
    (release / "datapackage.json").write_text(json.dumps(package))
    error, hint = error_of(run, release, release)
    assert error == f"the release {release} was written by a later version of npcompare"
    assert hint == "install that version"


def test_repeated_ids_are_refused(run: Run, release: Path) -> None:
    path = release / "provisions.csv"
    text = path.read_bytes()
    path.write_bytes(text + text.splitlines(keepends=True)[-1])
    error = error_of(run, release, release)[0]
    assert error == f"provisions of the release {release} have no id of their own"


def test_release_without_provisions_is_refused(run: Run, releases: Path, release: Path) -> None:
    path = release / "provisions.csv"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    for editions in ((release, releases / "1.0"), (releases / "1.0", release), (release, release)):
        error, hint = error_of(run, *editions)
        assert error == f"the release {release} has no provisions"
        assert hint.startswith("write the release again")


def test_columns_of_one_release_alone_are_named(run: Run, releases: Path, release: Path) -> None:
    """A release of another version of npcompare may lack a table or a column."""
    package = json.loads((release / "datapackage.json").read_text())
    package["resources"] = [each for each in package["resources"] if each["name"] != "wordings"]
    package["resources"].append({"name": "../../etc/passwd"})
    (release / "datapackage.json").write_text(json.dumps(package))
    path = release / "limbs.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line.rpartition(",")[0] for line in lines) + "\n")
    output = json_output(run("changes", release, releases / "1.0", "-f", "json"), "changes")
    assert output["not_compared"] == ["limbs.note", "wordings"]
    assert output["changes"] == []
    assert "limbs.note, wordings" in run("changes", release, releases / "1.0").out


def test_corpus_with_findings_is_refused(run: Run, releases: Path, tmp_path: Path) -> None:
    shutil.copytree(releases / "old", tmp_path / "old")
    (tmp_path / "old" / "laputa.yaml").write_text("id: laputa\n")
    ran = run("changes", releases / "1.0", tmp_path / "old")
    assert ran.code == 1
    assert "NP202" in ran.err
