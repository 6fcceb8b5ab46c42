"""Provisions in time: days in and out of force, versions by name, and what one took over from."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from npcompare.errors import Code, NpcompareError
from npcompare.law import versions
from npcompare.law.corpus import load_corpus
from npcompare.model.logic import Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

YES, NO, CANNOT_TELL = Answer.YES, Answer.NO, Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("first", "last", "day", "wanted"),
    [
        ("2019-07-01", "2026-04-07", "2019-06-30", NO),
        ("2019-07-01", "2026-04-07", "2019-07-01", YES),
        ("2019-07-01", "2026-04-07", "2026-04-07", YES),
        ("2019-07-01", "2026-04-07", "2026-04-08", NO),
        ("2019-07-01", "", "2099-12-31", YES),
        ("2019-07", "", "2019-06-30", NO),
        ("2019-07", "", "2019-07-15", CANNOT_TELL),
        ("2019-07", "", "2019-07-31", YES),
        ("2019", "", "2019-12-30", CANNOT_TELL),
        ("2019", "2020", "2019-12-31", YES),
        ("2019", "2020", "2020-06-01", CANNOT_TELL),
        ("2019", "2020", "2021-01-01", NO),
        ("", "2020-05-01", "2020-05-01", CANNOT_TELL),
        ("", "2020-05-01", "2020-05-02", NO),
        ("", "", "2020-05-02", CANNOT_TELL),
    ],
)
def test_in_force(first: str, last: str, day: str, wanted: Answer) -> None:
    dates = {"in_force_from": first, "in_force_to": last}
    assert versions.in_force({k: v for k, v in dates.items() if v}, day) is wanted


def test_two_versions_overlap_only_if_a_day_is_certainly_in_both() -> None:
    def dates(first: str, last: str) -> dict[str, str]:
        return {"in_force_from": first, "in_force_to": last} if last else {"in_force_from": first}

    assert not versions.overlap(dates("2019-07-01", "2026-04-07"), dates("2026-04-08", ""))
    assert versions.overlap(dates("2019-07-01", "2026-04-08"), dates("2026-04-08", ""))
    assert versions.overlap(dates("2019-07-01", ""), dates("2026-04-08", ""))
    assert not versions.overlap(dates("2019", "2020"), dates("2020", "2021"))
    assert not versions.overlap({}, dates("2020", ""))
    for one, other in product([("2001", "2005"), ("2003", ""), ("2006", "2007")], repeat=2):
        assert versions.overlap(dates(*one), dates(*other)) is versions.overlap(
            dates(*other), dates(*one)
        )


@pytest.mark.parametrize(
    ("date", "wanted"),
    [("2026-04-08", "8 April 2026"), ("2026-04", "April 2026"), ("2026", "2026")],
)
def test_dates_are_spoken(date: str, wanted: str) -> None:
    assert versions.spoken(date) == wanted


@pytest.mark.parametrize(
    "day", ["", "2020", "2020-1-1", "20200101", "2020-02-30", "2020-W01-1", "x"]
)
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(NpcompareError):
        versions.valid_day(day)


LAW = """\
id: {id}
jurisdiction: {{name: Utopia, code: null, kind: state}}
instrument: {{title: Penal Code, kind: code}}
form: statutory_defence
text: {{status: not_held}}
{dates}{more}limbs:
  - persons: {{value: any_victim, source: {{ref: background-paper, paragraph: 1}}}}
    offences: {{extent: any{but}, source: {{ref: background-paper, paragraph: 1}}}}
sources:
  - {{ref: background-paper, paragraph: 1}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a law, its two versions in time, and one without dates."""

    def write(name: str, first: str = "", last: str = "", more: str = "", but: str = "") -> None:
        dates = [f"in_force_from: {first}"] * bool(first) + [f"in_force_to: {last}"] * bool(last)
        held = f"dates: {{{', '.join(dates)}}}\n" if dates else ""
        text = LAW.format(id=name, dates=held, more=more, but=but)
        (tmp_path / f"{name}.yaml").write_text(text)

    write("law")
    write("old", "2001-01-01", "2009-12-31", "version_of: law\n")
    succeeds = "succeeds: {id: old, because: The code was replaced}\n"
    write("new", "2010-01-01", "", f"version_of: law\n{succeeds}", ", excluded: [drugs]")
    write("undated")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("law", "law"),
        ("law@2005-06-01", "old"),
        ("LAW@2010-01-01", "new"),
        ("old@2020-01-01", "new"),
        ("new@2009-12-31", "old"),
    ],
)
def test_a_version_is_named_by_its_day(name: str, wanted: str, folder: Path) -> None:
    assert load_corpus(folder).find(name).id == wanted


@pytest.mark.parametrize("path", ["new.yaml", "./new.yaml", "NEW.YML"])
def test_a_file_is_one_version(path: str, folder: Path) -> None:
    with pytest.raises(NpcompareError, match=f"{path} is one version") as caught:
        load_corpus(folder).find(f"{path}@2020-01-01")
    assert caught.value.hint == "leave out @2020-01-01, or use the id of a provision"
    (folder / "a@b").mkdir()
    (folder / "new.yaml").rename(folder / "a@b" / "new.yaml")
    assert load_corpus(folder).find(str(folder / "a@b" / "new.yaml")).version_of == "law"


def test_a_day_before_all_versions_says_what_is_held(folder: Path) -> None:
    with pytest.raises(NpcompareError, match="which version of law") as caught:
        load_corpus(folder).find("law@1999-01-01")
    held = "old from 1 January 2001 to 31 December 2009; new from 1 January 2010"
    assert caught.value.hint == f"the versions are: {held}"


def test_as_of_leaves_out_what_was_not_in_force(folder: Path) -> None:
    corpus = load_corpus(folder)
    then = corpus.restricted(as_of="2005-01-01")
    assert [one.id for one in then.provisions()] == ["law", "old", "undated"]
    assert then.undated == ("law", "undated")
    assert corpus.undated == ()
    assert then.find("law").id == "old"
    assert then.find("undated").id == "undated"
    assert [one.id for one in corpus.provisions()] == ["law", "new", "old", "undated"]


def test_the_comparison_says_from_when_and_why(folder: Path, run: Callable[..., Ran]) -> None:
    ran = run("--corpus", folder, "diff", "law@2005-01-01", "law@2015-01-01")
    assert (
        "Utopia (new) replaced Utopia (old) from 1 January 2010: The code was replaced. "
        "The later provision is narrower in scope."
    ) in " ".join(ran.out.split())
    assert ran.out.startswith("Utopia (old), compared with Utopia (new)\n")
    back = run("--corpus", folder, "diff", "new", "old")
    assert "The later provision is narrower in scope." in " ".join(back.out.split())


def test_versions_are_told_apart_wherever_they_stand_together(
    folder: Path, run: Callable[..., Ran]
) -> None:
    ran = run("--corpus", folder, "export", "old", "new", "law", "--columns", "instrument")
    rows = [line.strip() for line in ran.out.splitlines() if "Penal Code" in line]
    assert rows == [
        "Penal Code",
        "Penal Code (from 1 January 2010)",
        "Penal Code (from 1 January 2001 to 31 December 2009)",
    ]
    # Beside the id itself the name is enough.
    ran = run("--corpus", folder, "order", "old", "new", "--by", "scope", "-f", "markdown")
    assert ("**old**: Utopia |" in ran.out, "Utopia (" in ran.out) == (True, False)
    ran = run("--corpus", folder, "export", "old", "--columns", "instrument")
    assert "Penal Code\n" in ran.out
    for command in ("classify", "gaps"):
        asked = ["--explain"] if command == "classify" else []
        ran = run("--corpus", folder, command, "old", "new", *asked)
        assert [one in ran.out for one in ("Utopia (old)", "Utopia (new)")] == [True, True]


def test_versions_that_do_not_fit_are_found(folder: Path) -> None:
    text = (folder / "new.yaml").read_text()
    (folder / "new.yaml").write_text(text.replace("2010-01-01", "2009-12-31"))
    (found,) = load_corpus(folder).problems
    assert (found.code, found.line) == (Code.VERSIONS_OVERLAP, 6)
    (folder / "new.yaml").write_text(
        text.replace("version_of: law", "version_of: lw").replace("id: old", "id: olf")
    )
    assert [(one.code, one.line) for one in load_corpus(folder).problems] == [
        (Code.VERSION_UNKNOWN, 7),
        (Code.VERSION_UNKNOWN, 8),
    ]


def test_the_provision_that_others_are_versions_of_is_one_itself(folder: Path) -> None:
    (folder / "old.yaml").unlink()
    dates = "dates: {in_force_from: 2001-01-01, in_force_to: 2010-01-01}\n"
    law = folder / "law.yaml"
    law.write_text(LAW.format(id="law", dates=dates, more="", but=""))
    new = folder / "new.yaml"
    new.write_text(new.read_text().replace("id: old", "id: law"))
    (found,) = load_corpus(folder).problems
    assert (found.code, found.message) == (
        Code.VERSIONS_OVERLAP,
        "two versions are in force on the same day: this one and law",
    )
    law.write_text(law.read_text().replace("2010-01-01", "2009-12-31"))
    assert load_corpus(folder).problems == ()


def test_a_version_whose_other_is_refused_is_not_said_to_lack_it(folder: Path) -> None:
    (folder / "old.yaml").write_text("id: old\n<<<<<<< ours\n")
    assert {one.path.rpartition("/")[2] for one in load_corpus(folder).problems} == {"old.yaml"}


def test_what_has_no_dates_is_said_to_be_kept(folder: Path, run: Callable[..., Ran]) -> None:
    said = " ".join(run("--corpus", folder, "list", "--as-of", "2005-01-01").out.split())
    assert "as of 2005-01-01; 2 provisions without dates included;" in said
