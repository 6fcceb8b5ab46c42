"""Files of version 0.1.0 are brought into the form of today, and nothing else in them changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, check_expected

from npcompare.coding import migration as migrations
from npcompare.coding.validation import validate
from npcompare.errors import NpcompareError, refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

OLD = TESTS / "migrations" / "version-0.1"
BENCHMARK = TESTS / "migrations" / "own.benchmark.yaml"
#: The file of which some words are left to a person.
OPEN = "brobdingnag.yaml"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy a corpus of version 0.1.0 into the current folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(OLD, "old")
    return Path("old")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_changes_are_shown_and_nothing_is_written(old: Path, run: Callable[..., Ran]) -> None:
    before = contents(old)
    ran = run("migrate", old)
    assert (ran.code, contents(old)) == (1, before)
    check_expected(TESTS / "migrations" / "old.diff", ran.out, "golden")
    check_expected(TESTS / "migrations" / "old.findings.txt", ran.err, "golden")


def test_migrated_corpus_is_valid(old: Path, run: Callable[..., Ran]) -> None:
    (old / OPEN).unlink()
    findings = {str(problem).split()[1] for problem in refusals(validate(old, [])[0])}
    assert findings == {"NP203"}
    ran = run("migrate", old, "--write")
    assert ran.code == 0
    assert ran.err.splitlines()[:3] == [
        "changed old/coe-26.yaml",
        "changed old/greece-187b.yaml",
        "changed old/laputa.yaml",
    ]
    assert ran.err.splitlines()[-1] == "next: npcompare validate old"
    assert refusals(validate(old, [])[0]) == ()


def test_second_run_changes_nothing(old: Path, run: Callable[..., Ran]) -> None:
    run("migrate", old, "--write")
    after = contents(old)
    ran = run("migrate", old, "--write")
    assert (ran.code, ran.out, contents(old)) == (1, "", after)
    (old / OPEN).unlink()
    ran = run("migrate", old)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "4 files checked: nothing to migrate from 0.1.0 or 0.2.0\n"


def test_difference_can_be_applied(old: Path, run: Callable[..., Ran]) -> None:
    """The lines that are shown are the ones that are written."""
    shown = run("migrate", old).out
    before = contents(old)
    run("migrate", old, "--write")
    removed = [line[1:] for line in shown.splitlines() if line[:1] == "-" and line[:3] != "---"]
    added = [line[1:] for line in shown.splitlines() if line[:1] == "+" and line[:3] != "+++"]
    for name, content in contents(old).items():
        for line in content.decode().splitlines():
            assert line in before[name].decode().splitlines() or line in added
        for line in before[name].decode().splitlines():
            assert line in content.decode().splitlines() or line in removed


def test_findings_have_the_places_of_what_was_written(old: Path, run: Callable[..., Ran]) -> None:
    before = run("migrate", old).err
    assert "old/greece-187b.yaml:49:7 NP608" in before
    written = run("migrate", old, "--write").err
    assert "old/greece-187b.yaml:37:5 NP608" not in written
    assert "old/greece-187b.yaml:55:7 NP608" in written
    lines = (old / "greece-187b.yaml").read_text().splitlines()
    assert lines[54].strip() == "extent: any"


def test_benchmark_is_migrated(
    tmp_path: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(BENCHMARK, tmp_path)
    ran = run("migrate", BENCHMARK.name, "--write")
    assert ran.code == 1
    assert ran.err == (
        "changed own.benchmark.yaml\n"
        'own.benchmark.yaml:18:29 NP203 "court" in burden has moved: the condition has words of '
        "several fields\n  hint: write raised_by: court in its place\n"
        "1 of 1 file changed; 1 word to move by hand\n"
    )
    text = BENCHMARK.read_text()
    for old_words, new_words in (
        ("{burden: [court]}  #", "{raised_by: [court]}  #"),
        ("{conditions: [reporting, founded", "{cooperation: [reporting, founded"),
    ):
        text = text.replace(old_words, new_words)
    assert Path(BENCHMARK.name).read_text() == text


@pytest.mark.further
def test_corpus_of_today_is_not_changed(run: Callable[..., Ran]) -> None:
    folder = TESTS.parent / "statutes"
    migrated = migrations.migration(folder, [])
    assert (migrated.changes, migrated.problems) == ((), ())
    assert migrated.checked > 150
    for path in (*(TESTS / "bills").glob("*.yaml"), *(TESTS / "invalid").glob("*.yaml")):
        assert migrations.migration(None, [path]).changes == ()
    assert run("migrate", TESTS / "bills", "--exit-code").code == 0


@pytest.mark.further
def test_exit_code_is_1_for_changes_if_asked(old: Path, run: Callable[..., Ran]) -> None:
    (old / OPEN).unlink()
    assert run("migrate", old).code == 0
    assert run("migrate", old, "--exit-code").code == 1
    assert run("migrate", old, "--write").code == 0
    assert run("migrate", old, "--exit-code").code == 0


def test_codings_to_read_again_are_listed_on_request(old: Path, run: Callable[..., Ran]) -> None:
    """A file without words that have moved may be older than codebook 2, or not."""
    run("migrate", old, "--write")
    ran = run("migrate", old / "coe-26.yaml")
    assert ran.err == "1 file checked: nothing to migrate from 0.1.0 or 0.2.0\n"
    ran = run("migrate", old / "coe-26", "--read-again")
    assert [line.split(" NP608 ")[0] for line in ran.err.splitlines() if "NP608" in line] == [
        "old/coe-26.yaml:23:15",
        "old/coe-26.yaml:30:7",
    ]


def test_files_need_a_name(run: Callable[..., Ran]) -> None:
    ran = run("migrate")
    assert ran.code == 2
    assert ran.err == (
        "npcompare: migrate needs the files that it is to examine\n"
        "  hint: name the folder of your corpus: npcompare migrate my-corpus\n"
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("annex.docx", "an annex keeps its form: npcompare verify annex.docx"),
        ("coding.xlsx", "a form is read as it is: npcompare import coding.xlsx"),
        ("notes.md", "name files that end in .yaml, or folders"),
    ],
)
def test_other_files_are_refused(old: Path, run: Callable[..., Ran], name: str, hint: str) -> None:
    assert old.is_dir()
    Path(name).write_text("x")
    ran = run("migrate", name)
    assert ran.code == 2
    assert ran.err == f"npcompare: {name} is not a coded file\n  hint: {hint}\n"


def test_missing_file_is_named(old: Path, run: Callable[..., Ran]) -> None:
    ran = run("migrate", old / "laputta.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no file or folder old/laputta.yaml" in ran.err
    assert "laputa.yaml" in ran.err


def test_invalid_yaml_is_reported_and_kept(old: Path, run: Callable[..., Ran]) -> None:
    path = old / "laputa.yaml"
    path.write_text(f"{path.read_text()}form: treaty_obligation\n")
    before = path.read_bytes()
    ran = run("migrate", path, "--write")
    assert (ran.code, path.read_bytes()) == (1, before)
    assert "NP104" in ran.err


def test_mark_and_line_breaks_of_windows_are_kept(old: Path) -> None:
    plain = old / "greece-187b.yaml"
    windows = old / "windows.yaml"
    windows.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes().replace(b"\n", b"\r\n"))
    changes = migrations.migration(None, [plain, windows]).changes
    assert changes[1].after == b"\xef\xbb\xbf" + changes[0].after.replace(b"\n", b"\r\n")


def test_link_is_not_changed(old: Path, run: Callable[..., Ran], tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    shutil.move(old / "laputa.yaml", outside)
    before = outside.read_bytes()
    (old / "laputa.yaml").symlink_to(outside)
    ran = run("migrate", old, "--write")
    assert "it is a link that leads out of the corpus and was not followed" in ran.err
    assert "changed old/greece-187b.yaml" in ran.err
    ran = run("migrate", old / "laputa.yaml", "--write")
    assert ran.code == 2
    assert "old/laputa.yaml is a link and was not changed" in ran.err
    assert outside.read_bytes() == before


def test_second_name_of_a_file_is_not_changed(old: Path, run: Callable[..., Ran]) -> None:
    """All files are kept if one of them must not be written."""
    os.link(old / "laputa.yaml", "elsewhere")
    before = contents(old)
    ran = run("migrate", old, "--write")
    assert ran.code == 2
    assert "is one of several names of the same file (hard links) and was not changed" in ran.err
    assert contents(old) == before


def test_link_within_the_corpus_is_followed_once(old: Path, run: Callable[..., Ran]) -> None:
    (old / OPEN).unlink()
    (old / "other-name.yaml").symlink_to("laputa.yaml")
    assert run("migrate", old, "--write").code == 0
    assert (old / "other-name.yaml").is_symlink()
    assert "raised_by" in (old / "laputa.yaml").read_text()


def test_all_are_kept_if_one_changed_meanwhile(old: Path) -> None:
    changes = migrations.migration(None, [old]).changes
    changes[-1].path.write_text("id: coe-26\n")
    before = contents(old)
    with pytest.raises(NpcompareError, match="another program has changed"):
        migrations.write(changes)
    assert contents(old) == before


def test_own_codebook_of_0_1_is_named(old: Path, run: Callable[..., Ran]) -> None:
    """Its words are the ones that its corpus is coded in, so that no word has moved."""
    shutil.copy(TESTS.parent / "schemas" / "codebook.yaml", old)
    text = (old / "codebook.yaml").read_text().replace('version: "2.0"', 'version: "1.1"')
    head, _, tail = text.partition("\neffects:")
    (old / "codebook.yaml").write_text(head + "\n\nmoved:" + tail.partition("\nmoved:")[2])
    ran = run("migrate", old)
    assert (
        "old/codebook.yaml:1:1 NP608 warning: the corpus has its own codebook, 1.1; that of "
        "npcompare is now 2.0\n  hint: to use that of npcompare, move this file away and run the "
        "command again\n"
    ) in ran.err
