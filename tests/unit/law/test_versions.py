"""Versions in time: the days a law is in force, versions by name, and what a version replaced."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from npcompare.coding.validation import check_file
from npcompare.errors import Code, NpcompareError
from npcompare.law import versions
from npcompare.law.corpus import load_corpus
from npcompare.law.versions import Dates, Standing
from npcompare.model.logic import Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("first", "last", "day", "answer"),
    [
        ("2019-07-01", "2026-04-07", "2019-06-30", NO),
        ("2019-07-01", "2026-04-07", "2019-07-01", YES),
        ("2019-07-01", "2026-04-07", "2026-04-07", YES),
        ("2019-07-01", "2026-04-07", "2026-04-08", NO),
        ("2019-07-01", "", "2099-12-31", YES),
        ("2019-07", "", "2019-06-30", NO),
        ("2019-07", "", "2019-07-15", UNKNOWN),
        ("2019-07", "", "2019-07-31", YES),
        ("2019", "", "2019-12-30", UNKNOWN),
        ("2019", "2020", "2019-12-31", YES),
        ("2019", "2020", "2020-06-01", UNKNOWN),
        ("2019", "2020", "2021-01-01", NO),
        ("", "2020-05-01", "2020-05-01", UNKNOWN),
        ("", "2020-05-01", "2020-05-02", NO),
        ("", "", "2020-05-02", UNKNOWN),
    ],
)
def test_law_is_in_force_from_its_first_to_its_last_day(
    first: str, last: str, day: str, answer: Answer
) -> None:
    dates = Dates(in_force_from=first, in_force_to=last)
    assert versions.in_force(dates, day) is answer


@pytest.mark.parametrize(
    ("enacted", "first", "year", "day", "standing"),
    [
        ("", "", "2010", "2009-12-31", Standing.NOT_IN_FORCE),
        ("", "", "2010", "2010-01-01", Standing.ENACTED),
        ("2012-03-05", "", "2012", "2012-03-04", Standing.NOT_IN_FORCE),
        ("2012-03-05", "", "2012", "2012-03-05", Standing.ENACTED),
        ("2012-03", "", "1867", "2012-02-29", Standing.NOT_IN_FORCE),
        ("2012-03", "", "1867", "2012-03-01", Standing.ENACTED),
        # A year given for the instrument does not date a provision with a first day.
        ("", "2012-03-05", "2020", "2012-03-05", Standing.IN_FORCE),
        ("", "2012-03-05", "1867", "2012-03-04", Standing.NOT_IN_FORCE),
        ("2012-06-01", "2012", "2012", "2012-05-31", Standing.NOT_IN_FORCE),
        ("2012-06-01", "2012", "2012", "2012-06-01", Standing.UNCERTAIN),
        ("2012-06-01", "2012", "2012", "2012-12-31", Standing.IN_FORCE),
        ("", "", "", "2012-06-01", Standing.UNDATED),
    ],
)
def test_law_is_not_in_force_before_enactment(
    enacted: str, first: str, year: str, day: str, standing: Standing
) -> None:
    dates = Dates(enacted=enacted, in_force_from=first, year=year)
    assert versions.standing(dates, day) is standing


@pytest.mark.parametrize(
    ("dates", "standing"),
    [
        (Dates(in_force_to="2012-06-01"), Standing.UNCERTAIN),
        (Dates(in_force_to="2012-05-31"), Standing.NOT_IN_FORCE),
        (Dates(in_force_to="2012-06-01", year="1990"), Standing.ENACTED),
        (Dates(year="2011", is_bill=True), Standing.UNDATED),
        (Dates(year="2013", is_bill=True), Standing.NOT_IN_FORCE),
        (Dates(enacted="2011", year="2011", is_bill=True), Standing.ENACTED),
    ],
)
def test_standing_by_last_day_and_of_bills(dates: Dates, standing: Standing) -> None:
    assert versions.standing(dates, "2012-06-01") is standing


def test_overlap_requires_a_day_certainly_in_both() -> None:
    def dates(first: str, last: str) -> Dates:
        return Dates(in_force_from=first, in_force_to=last)

    assert not versions.overlap(dates("2019-07-01", "2026-04-07"), dates("2026-04-08", ""))
    assert versions.overlap(dates("2019-07-01", "2026-04-08"), dates("2026-04-08", ""))
    assert versions.overlap(dates("2019-07-01", ""), dates("2026-04-08", ""))
    assert not versions.overlap(dates("2019", "2020"), dates("2020", "2021"))
    assert not versions.overlap(Dates(), dates("2020", ""))
    spans = [dates("2001", "2005"), dates("2003", ""), dates("2006", "2007")]
    for left, right in product(spans, repeat=2):
        assert versions.overlap(left, right) is versions.overlap(right, left)


@pytest.mark.parametrize(
    "day", ["", "2020", "2020-1-1", "20200101", "2020-02-30", "2020-W01-1", "x"]
)
def test_invalid_day_is_refused(day: str) -> None:
    with pytest.raises(NpcompareError):
        versions.valid_day(day)


LAW = """\
id: {id}
jurisdiction: {{name: Utopia, code: null, kind: state}}
instrument: {{title: Penal Code, kind: code}}
form: statutory_defence
text: {{status: not_held}}
{dates}{extra}limbs:
  - persons: {{value: any_victim, source: {{ref: background-paper, paragraph: 1}}}}
    offences: {{extent: any{exception}, source: {{ref: background-paper, paragraph: 1}}}}
sources:
  - {{ref: background-paper, paragraph: 1}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus of a law, two versions of it, and a law without dates."""

    def write(
        name: str, first: str = "", last: str = "", extra: str = "", exception: str = ""
    ) -> None:
        dates = [f"in_force_from: {first}"] * bool(first) + [f"in_force_to: {last}"] * bool(last)
        date_line = f"dates: {{{', '.join(dates)}}}\n" if dates else ""
        text = LAW.format(id=name, dates=date_line, extra=extra, exception=exception)
        (tmp_path / f"{name}.yaml").write_text(text)

    write("law")
    write("old", "2001-01-01", "2009-12-31", "version_of: law\n")
    succeeds = "succeeds: {id: old, because: The code was replaced}\n"
    write("new", "2010-01-01", "", f"version_of: law\n{succeeds}", ", excluded: [drugs]")
    write("undated")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "provision_id"),
    [
        ("law", "law"),
        ("law@2005-06-01", "old"),
        ("LAW@2010-01-01", "new"),
        ("old@2020-01-01", "new"),
        ("new@2009-12-31", "old"),
    ],
)
def test_day_in_a_name_chooses_the_version(name: str, provision_id: str, folder: Path) -> None:
    assert load_corpus(folder).find(name).id == provision_id


@pytest.mark.parametrize("path", ["new.yaml", "./new.yaml", "NEW.YML"])
def test_file_name_cannot_be_combined_with_a_day(path: str, folder: Path) -> None:
    with pytest.raises(NpcompareError, match=f"{path} is one version") as caught:
        load_corpus(folder).find(f"{path}@2020-01-01")
    assert caught.value.hint == "leave out @2020-01-01, or use the id of a provision"
    (folder / "a@b").mkdir()
    (folder / "new.yaml").rename(folder / "a@b" / "new.yaml")
    assert load_corpus(folder).find(str(folder / "a@b" / "new.yaml")).version_of == "law"


def test_day_before_all_versions_lists_the_versions(folder: Path) -> None:
    with pytest.raises(NpcompareError, match="no dated version of law") as caught:
        load_corpus(folder).find("law@1999-01-01")
    periods = "old from 1 January 2001 to 31 December 2009; new from 1 January 2010"
    assert caught.value.hint == f"the versions are: {periods}"


def test_as_of_leaves_out_laws_not_in_force(folder: Path) -> None:
    corpus = load_corpus(folder)
    restricted = corpus.restricted(as_of="2005-01-01")
    assert [provision.id for provision in restricted.provisions()] == ["old"]
    with_undated = restricted.provisions(with_undated=True)
    assert [provision.id for provision in with_undated] == ["law", "old", "undated"]
    assert [file.header.id for file in restricted.view.undated_files] == ["law", "undated"]
    assert corpus.view.undated_files == ()
    assert restricted.find("law").id == "old"
    assert restricted.find("undated").id == "undated"
    ids = [provision.id for provision in corpus.provisions()]
    assert ids == ["law", "new", "old", "undated"]


def test_comparison_of_versions_gives_date_and_reason(
    folder: Path, run: Callable[..., Ran]
) -> None:
    ran = run("--corpus", folder, "diff", "law@2005-01-01", "law@2015-01-01")
    assert (
        "Utopia (from 1 January 2010) replaced Utopia (from 1 January 2001 to 31 December 2009) "
        "from 1 January 2010: The code was replaced. The later provision is narrower in scope."
    ) in " ".join(ran.out.split())
    assert ran.out.startswith(
        "Utopia (from 1 January 2001 to 31 December 2009), compared with Utopia (from 1 January "
        "2010)\n"
    )
    reverse = run("--corpus", folder, "diff", "new", "old")
    assert "The later provision is narrower in scope." in " ".join(reverse.out.split())


def test_tables_with_several_versions_distinguish_them(
    folder: Path, run: Callable[..., Ran]
) -> None:
    ran = run("--corpus", folder, "export", "old", "new", "law", "--columns", "instrument")
    rows = [line.strip() for line in ran.out.splitlines() if "Penal Code" in line]
    assert rows == [
        "Penal Code",
        "Penal Code (from 1 January 2010)",
        "Penal Code (from 1 January 2001 to 31 December 2009)",
    ]
    # In a row that has the id, the name is enough.
    ran = run("--corpus", folder, "order", "old", "new", "--by", "scope", "-f", "markdown")
    assert ("**old**: Utopia<br>" in ran.out, "Utopia (" in ran.out) == (True, False)
    ran = run("--corpus", folder, "export", "old", "--columns", "instrument")
    assert "Penal Code\n" in ran.out
    for command in ("classify", "gaps"):
        options = ["--explain"] if command == "classify" else []
        ran = run("--corpus", folder, command, "old", "new", *options)
        assert "Utopia (from 1 January 2001 to 31 December 2009)" in ran.out
        assert "Utopia (from 1 January 2010)" in ran.out


def test_overlapping_and_unknown_versions_are_findings(folder: Path) -> None:
    text = (folder / "new.yaml").read_text()
    (folder / "new.yaml").write_text(text.replace("2010-01-01", "2009-12-31"))
    (problem,) = load_corpus(folder).problems
    assert (problem.code, problem.line) == (Code.VERSIONS_OVERLAP, 6)
    (folder / "new.yaml").write_text(
        text.replace("version_of: law", "version_of: lw").replace("id: old", "id: olf")
    )
    assert [(problem.code, problem.line) for problem in load_corpus(folder).problems] == [
        (Code.VERSION_UNKNOWN, 7),
        (Code.VERSION_UNKNOWN, 8),
    ]


def test_each_version_has_one_finding_of_an_overlap(folder: Path) -> None:
    text = (folder / "new.yaml").read_text()
    for number in range(20):
        newer = text.replace("id: new", f"id: newer-{number}", 1)
        (folder / f"newer-{number}.yaml").write_text(newer)
    problems = load_corpus(folder).problems
    assert [problem.code for problem in problems] == [Code.VERSIONS_OVERLAP] * 20
    assert {problem.message.split()[-1] for problem in problems} == {"new"}


@pytest.mark.further
@pytest.mark.parametrize(
    ("old_line", "new_line", "line", "message"),
    [
        ("version_of: law", "version_of: new", 7, 'be named under its own "version_of"'),
        ("{id: old,", "{id: new,", 8, 'be named under its own "succeeds"'),
    ],
)
def test_reference_to_itself_is_a_finding(
    old_line: str, new_line: str, line: int, message: str, folder: Path
) -> None:
    new = folder / "new.yaml"
    new.write_text(new.read_text().replace(old_line, new_line))
    (problem,) = load_corpus(folder).problems
    assert (problem.code, problem.line) == (Code.CIRCULAR_REFERENCE, line)
    assert problem.message == f"a provision cannot {message}"


def test_fuller_rows_are_all_there_or_none(folder: Path) -> None:
    law = folder / "law.yaml"
    text = law.read_text()
    law.write_text(text.replace("text:", "fuller: [law-4]\ntext:"))
    assert load_corpus(folder).problems == ()
    law.write_text(text.replace("text:", "fuller: [new, law-4]\ntext:"))
    (problem,) = load_corpus(folder).problems
    assert problem.code == Code.VERSION_UNKNOWN
    assert problem.message == 'there is no provision "law-4" in the corpus'


def test_circular_versions_are_findings(folder: Path) -> None:
    law = folder / "law.yaml"
    law.write_text(law.read_text().replace("text:", "version_of: new\ntext:"))
    problems = load_corpus(folder).problems
    assert [(problem.path[-8:], problem.code, problem.message) for problem in problems] == [
        (
            "law.yaml",
            Code.CIRCULAR_REFERENCE,
            '"version_of" is circular: it leads from new back to this provision',
        ),
        (
            "new.yaml",
            Code.CIRCULAR_REFERENCE,
            '"version_of" is circular: it leads from law back to this provision',
        ),
    ]


def test_circular_successions_are_findings(folder: Path) -> None:
    for name, earlier in (("law", "undated"), ("undated", "law")):
        path = folder / f"{name}.yaml"
        succession = f"succeeds: {{id: {earlier}, because: It was replaced}}\n"
        path.write_text(path.read_text() + succession)
    problems = load_corpus(folder).problems
    assert {problem.code for problem in problems} == {Code.CIRCULAR_REFERENCE}
    assert [problem.path.rpartition("/")[2] for problem in problems] == [
        "law.yaml",
        "undated.yaml",
    ]


def test_fuller_rows_must_exist_and_be_others(folder: Path) -> None:
    law = folder / "law.yaml"
    law.write_text(law.read_text() + "fuller: [odl, law]\n")
    assert [
        (problem.code, problem.column, problem.message, problem.hint)
        for problem in load_corpus(folder).problems
    ] == [
        (
            Code.VERSION_UNKNOWN,
            10,
            'there is no provision "odl" in the corpus',
            'did you mean "old"?',
        ),
        (Code.CIRCULAR_REFERENCE, 15, 'a provision cannot be named under its own "fuller"', ""),
    ]


def test_hint_leaves_out_the_own_name(folder: Path) -> None:
    law = folder / "law.yaml"
    law.write_text(law.read_text() + "fuller: [undated, laws]\n")
    (problem,) = load_corpus(folder).problems
    assert problem.message == 'there is no provision "laws" in the corpus'
    assert problem.hint == "write the id of a provision"


def test_circular_fuller_rows_are_findings(folder: Path) -> None:
    for name, fuller in (("law", "undated, old"), ("undated", "law")):
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text() + f"fuller: [{fuller}]\n")
    assert [problem.message for problem in load_corpus(folder).problems] == [
        '"fuller" is circular: it leads from undated back to this provision',
        '"fuller" is circular: it leads from law back to this provision',
    ]


def test_successor_cannot_come_first(folder: Path) -> None:
    new = folder / "new.yaml"
    new.write_text(new.read_text().replace("2010-01-01", "2000-01-01, in_force_to: 2000-12-31"))
    (problem,) = load_corpus(folder).problems
    assert (problem.code, problem.line, problem.message) == (
        Code.CODING_CONFLICT,
        8,
        "this provision was in force before old, which it succeeds",
    )
    assert problem.hint == "old was in force from 1 January 2001 to 31 December 2009"


@pytest.mark.parametrize(
    ("earlier", "later", "is_reversed"),
    [
        # Only the last day of the successor is known.
        (Dates(in_force_from="2015"), Dates(in_force_to="2014"), True),
        (Dates(in_force_from="2015"), Dates(in_force_to="2015"), False),
        # Only the enactment, or the year, of what it succeeds.
        (Dates(enacted="2015-03"), Dates(in_force_from="2015-02"), True),
        (Dates(enacted="2015-03"), Dates(in_force_from="2015"), False),
        (Dates(year="2015"), Dates(in_force_from="2014-12-31"), True),
        (Dates(year="2015", is_bill=True), Dates(in_force_from="2014-12-31"), False),
        (Dates(in_force_from="2015", enacted="2015-06"), Dates(in_force_from="2015-05"), True),
        # The successor may have come into force at any later time.
        (Dates(in_force_from="2015"), Dates(enacted="2014"), False),
        (Dates(), Dates(in_force_from="2014"), False),
        (Dates(in_force_from="2015"), Dates(), False),
    ],
)
def test_successor_is_reversed_by_any_date(
    earlier: Dates, later: Dates, *, is_reversed: bool
) -> None:
    assert versions.certainly_before(later, earlier) is is_reversed


def test_successor_before_an_enactment_is_a_finding(folder: Path) -> None:
    old, new = folder / "old.yaml", folder / "new.yaml"
    dates = "dates: {in_force_from: 2001-01-01, in_force_to: 2009-12-31}"
    assert dates in old.read_text()
    old.write_text(old.read_text().replace(dates, "dates: {enacted: 2011-05-02}"))
    (problem,) = load_corpus(folder).problems
    assert problem.path == new.as_posix()
    assert problem.message == "this provision was in force before old, which it succeeds"
    assert problem.hint == "old was not in force before 2 May 2011"


def test_version_of_a_version_is_a_finding(folder: Path) -> None:
    """Only what names the same provision is found among its versions."""
    new = folder / "new.yaml"
    new.write_text(new.read_text().replace("version_of: law", "version_of: old"))
    (problem,) = load_corpus(folder).problems
    assert (problem.code, problem.line) == (Code.CODING_CONFLICT, 7)
    assert problem.message == '"old" is itself a version of "law"'
    assert problem.hint == 'write "version_of: law": all versions of a law name the same provision'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("version_of: alone", 'a provision cannot be named under its own "version_of"'),
        (
            "succeeds: {id: alone, because: It was replaced}",
            'a provision cannot be named under its own "succeeds"',
        ),
        ("fuller: [alone]", 'a provision cannot be named under its own "fuller"'),
        ("version_of: law", '"version_of" is circular: it leads from law back to this provision'),
    ],
)
def test_circles_of_a_file_alone_are_findings(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, line: str, message: str
) -> None:
    """References of a bill to other files beside it are not checked, for it has no corpus."""
    alone = tmp_path_factory.mktemp("elsewhere") / "alone.yaml"
    text = LAW.format(id="alone", dates="", extra="", exception="")
    alone.write_text(text.replace("text:", "succeeds: {id: beside, because: x}\ntext:"))
    corpus = load_corpus(folder)
    assert check_file(corpus, alone) == ()
    law = folder / "law.yaml"
    law.write_text(law.read_text().replace("text:", "version_of: alone\ntext:"))
    corpus = load_corpus(folder)
    alone.write_text(text.replace("text:", f"{line}\ntext:"))
    (problem,) = check_file(corpus, alone)
    assert (problem.code, problem.message) == (Code.CIRCULAR_REFERENCE, message)


def test_base_provision_may_not_overlap_its_versions(folder: Path) -> None:
    (folder / "old.yaml").unlink()
    dates = "dates: {in_force_from: 2001-01-01, in_force_to: 2010-01-01}\n"
    law = folder / "law.yaml"
    law.write_text(LAW.format(id="law", dates=dates, extra="", exception=""))
    new = folder / "new.yaml"
    new.write_text(new.read_text().replace("id: old", "id: law"))
    (problem,) = load_corpus(folder).problems
    assert (problem.code, problem.message) == (
        Code.VERSIONS_OVERLAP,
        "two versions are in force on the same day: this one and law",
    )
    law.write_text(law.read_text().replace("2010-01-01", "2009-12-31"))
    assert load_corpus(folder).problems == ()


def test_reference_to_a_refused_file_is_not_a_finding(folder: Path) -> None:
    (folder / "old.yaml").write_text("id: old\n<<<<<<< ours\n")
    problems = load_corpus(folder).problems
    assert {problem.path.rpartition("/")[2] for problem in problems} == {"old.yaml"}


def test_versions_known_by_enactment_only(folder: Path) -> None:
    for name, enacted in (("old", 2001), ("new", 2010)):
        path = folder / f"{name}.yaml"
        lines = path.read_text().splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith("dates"))
        path.write_text(f'{text}dates: {{enacted: "{enacted}"}}\n')
    corpus = load_corpus(folder)
    assert corpus.restricted(as_of="2005-01-01").find("law").id == "old"
    assert corpus.restricted(as_of="2015-01-01").find("law").id == "law"
    assert corpus.restricted(as_of="2015-01-01").find("new").id == "new"
    with pytest.raises(NpcompareError, match="not known which version of law was in force"):
        corpus.find("law@2005-01-01")


def test_name_without_version_on_the_day_finds_itself(folder: Path) -> None:
    corpus = load_corpus(folder).restricted(as_of="1999-01-01")
    assert [provision.id for provision in corpus.select(["law", "old"])] == ["law", "old"]
    assert corpus.provisions() == ()
