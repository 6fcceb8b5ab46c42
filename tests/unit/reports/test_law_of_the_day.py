"""What tables and JSON say of the law of a day: dated, not dated, superseded."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from builders import json_output

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

LAW = """\
id: {id}
jurisdiction: {{name: {name}, code: null, kind: state}}
instrument: {{title: Penal Code, kind: code{year}}}
form: statutory_defence
text: {{status: not_held}}
{dates}limbs:
  - persons: {{value: any_victim, source: {{ref: background-paper, paragraph: 1}}}}
    offences: {{extent: any, source: {{ref: background-paper, paragraph: 1}}}}
sources:
  - {{ref: background-paper, paragraph: 1}}
"""

NOT_DATED = "Not dated: it is not known whether these were in force on 1 June 2012"
UNDATED_LEFT_OUT = (
    "1 provision is left out, because it is not dated and it is not known whether it was in force "
    "on 1 June 2012: Sylvania."
)
NOT_CERTAIN = (
    "It is not certain that 2 provisions were in force on 1 June 2012, because their exact dates "
    "are not known: Arcadia; Ruritania."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus of laws of which each has other dates."""

    def write(name: str, dates: str = "", year: str = "") -> None:
        text = LAW.format(id=name, name=name.title(), dates=dates, year=year)
        (tmp_path / f"{name}.yaml").write_text(text)

    write("arcadia", year=", year: 2010")
    write("freedonia", "dates: {in_force_from: 2011-01-01}\n")
    write("ruritania", "dates: {in_force_from: 2012-05}\n".replace("2012-05", '"2012"'))
    write("sylvania")
    write("utopia", year=", year: 2013")
    return tmp_path


@pytest.fixture
def ask(folder: Path, run: Callable[..., Ran]) -> Callable[..., Ran]:
    """Run a command for the law of 1 June 2012."""

    def _ask(*arguments: object) -> Ran:
        return run(*arguments, "--corpus", folder, "--as-of", "2012-06-01")

    return _ask


def words(ran: Ran) -> str:
    """Return what was printed, without line breaks in sentences."""
    return " ".join(ran.out.split())


@pytest.mark.parametrize("command", ["classify", "list"])
def test_undated_laws_are_in_a_table_of_their_own(command: str, ask: Callable[..., Ran]) -> None:
    first_part, second_part = ask(command, "-f", "plain").out.split(NOT_DATED)
    ids = [line.split()[0] for line in first_part.split("---\n")[1].splitlines()[:3]]
    assert ids == ["arcadia", "freedonia", "ruritania"]
    assert (
        "Only the date of enactment or the year of the instrument is known, not the date of entry "
        "into force: arcadia. The dates do not show whether these were in force on 1 June 2012: "
        "ruritania."
    ) in " ".join(first_part.split())
    assert "sylvania" in second_part
    assert "utopia" not in first_part + second_part


@pytest.mark.parametrize(
    ("command", "key"), [("classify", "classifications"), ("list", "provisions")]
)
def test_json_says_what_was_in_force(command: str, key: str, ask: Callable[..., Ran]) -> None:
    records = json_output(ask(command, "-f", "json"), command)[key]
    assert {record["id"]: record["in_force"] for record in records} == {
        "arcadia": "enacted",
        "freedonia": "yes",
        "ruritania": "unknown",
        "sylvania": "unknown",
    }


@pytest.mark.parametrize("command", ["classify", "list"])
def test_csv_says_what_was_in_force(command: str, ask: Callable[..., Ran]) -> None:
    rows = csv.DictReader(io.StringIO(ask(command, "-f", "csv").out))
    assert [row["in_force"] for row in rows] == ["enacted", "yes", "unknown", "unknown"]


@pytest.mark.parametrize("command", ["classify", "list"])
def test_key_in_force_needs_a_day(command: str, folder: Path, run: Callable[..., Ran]) -> None:
    for file_format, key in (("json", '"in_force":'), ("csv", ",in_force\r")):
        ran = run(command, "--corpus", folder, "-f", file_format)
        assert ("utopia" in ran.out, key in ran.out) == (True, False)


@pytest.mark.parametrize(
    "command",
    [
        ("order",),
        ("stats", "scope"),
        ("proof",),
        ("nearest", "freedonia"),
        ("classify", "--by", "scope"),
        ("classify", "--explain"),
        ("export",),
        ("export", "--layout", "gaps"),
    ],
)
def test_other_commands_leave_undated_laws_out(
    command: tuple[str, ...], ask: Callable[..., Ran]
) -> None:
    output = words(ask(*command))
    assert UNDATED_LEFT_OUT in output
    assert NOT_CERTAIN in output
    assert "ylvania" not in output.replace(UNDATED_LEFT_OUT, "")


def test_many_undated_laws_are_counted(folder: Path, ask: Callable[..., Ran]) -> None:
    for number in range(8):
        name = f"state-{number}"
        text = LAW.format(id=name, name=name, dates="", year="")
        (folder / f"{name}.yaml").write_text(text)
    assert (
        "9 provisions are left out, because they are not dated and it is not known whether they "
        "were in force on 1 June 2012."
    ) in words(ask("order"))


@pytest.mark.parametrize("options", [("--by", "scope"), ("--explain",)])
def test_json_of_other_tables_has_undated_laws_too(
    options: tuple[str, ...], ask: Callable[..., Ran]
) -> None:
    records = json_output(ask("classify", *options, "-f", "json"), "classify")["classifications"]
    assert [record["id"] for record in records] == ["arcadia", "freedonia", "ruritania", "sylvania"]


@pytest.mark.further
def test_named_laws_have_remarks_on_their_dates(ask: Callable[..., Ran]) -> None:
    remarks = (
        "Only the date of enactment or the year of the instrument is known, not the date of entry "
        "into force: arcadia. Not dated, so that it is not known whether in force on 1 June 2012: "
        "sylvania. Not in force on 1 June 2012: utopia."
    )
    for command in (("classify", "--explain"), ("diff",), ("gaps",), ("order",)):
        assert remarks in words(ask(*command, "arcadia", "sylvania", "utopia"))
    output = words(ask("export", "sylvania", "utopia"))
    assert "in force on 1 June 2012: Sylvania. Not in force on 1 June 2012: Utopia." in output


def test_remarks_in_a_file_have_names_not_ids(ask: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "classes.txt"
    for options in ((), ("--explain",), ("--by", "scope")):
        ask("classify", "sylvania", "utopia", *options, "-o", path, "--force")
        text = " ".join(path.read_text().split())
        assert "Not in force on 1 June 2012: Utopia." in text


def test_named_laws_are_always_shown(ask: Callable[..., Ran]) -> None:
    ran = ask("classify", "utopia", "sylvania", "freedonia")
    assert "Not in force on 1 June 2012: utopia." in words(ran)
    assert NOT_DATED in words(ran)
    records = json.loads(ask("classify", "utopia", "sylvania", "-f", "json").out)["classifications"]
    assert [(record["id"], record["in_force"]) for record in records] == [
        ("utopia", "no"),
        ("sylvania", "unknown"),
    ]
    for command in (("order",), ("export",), ("show",), ("proof",)):
        output = ask(*command, "utopia", "sylvania").out
        assert ("topia" in output, "ylvania" in output) == (True, True)


def test_collection_follows_the_named_laws_once(ask: Callable[..., Ran]) -> None:
    ran = ask("classify", "sylvania", "--collection", "paper", "-f", "json")
    records: list[Any] = json.loads(ran.out)["classifications"]
    assert [record["id"] for record in records] == [
        "sylvania",
        "arcadia",
        "freedonia",
        "ruritania",
    ]


def test_day_before_all_laws_leaves_nothing_to_order(folder: Path, run: Callable[..., Ran]) -> None:
    for command in ("order", "stats", "export", "proof"):
        ran = run(command, "--corpus", folder, "--as-of", "1900-01-01")
        assert ran.code == 2
        assert ran.err == (
            "npcompare: no dated provision was in force on 1 January 1900\n"
            "  hint: `npcompare list` shows the provisions without dates\n"
        )
    ran = run("classify", "--corpus", folder, "--as-of", "1900-01-01", "-f", "plain")
    assert ran.out.startswith("Not dated: it is not known")
    for options in (("--explain",), ("--by", "scope")):
        ran = run("classify", "--corpus", folder, "--as-of", "1900-01-01", *options)
        assert "1 provision is left out" in ran.out


def test_condition_is_put_to_undated_laws_too(ask: Callable[..., Ran]) -> None:
    ran = ask("list", "--where", "scope=any_offence")
    assert "Of 4 provisions," in words(ran)
    assert "sylvania" in ran.out.split(NOT_DATED)[1]


# --- Fuller rows -------------------------------------------------------------------------------


@pytest.fixture
def two_collections(folder: Path) -> Path:
    """Return the corpus with a row of which two versions are in another collection."""
    world = folder / "world"
    world.mkdir()
    for name, dates in (
        ("ruritania-5", "dates: {in_force_from: 2015-01-01, in_force_to: 2019-12-31}\n"),
        ("ruritania-6", "dates: {in_force_from: 2020-01-01}\n"),
    ):
        versions = f"{dates}version_of: sylvania\n"
        text = LAW.format(id=name, name="Sylvania", dates=versions, year="")
        (world / f"{name}.yaml").write_text(text)
    row = (folder / "sylvania.yaml").read_text()
    (folder / "sylvania.yaml").write_text(row + "fuller: [ruritania-5, ruritania-6]\n")
    return folder


ROWS = (
    "Fuller rows on the same law as Sylvania: Sylvania (ruritania-5, from 1 January 2015 to 31 "
    "December 2019); Sylvania (ruritania-6, from 1 January 2020)."
)
LEFT_OUT = "Sylvania: a row with less detail is left out, because the same law is shown more fully."


def ids_of_sylvania(run: Callable[..., Ran], *arguments: object) -> list[str]:
    """Return the ids of one jurisdiction that `classify` shows."""
    records = json.loads(run("classify", *arguments, "-f", "json").out)["classifications"]
    return [record["id"] for record in records if record["jurisdiction"] == "Sylvania"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "ids"),
    [
        ("2012-01-01", ["sylvania"]),
        ("2014-12-31", ["sylvania"]),
        ("2015-01-01", ["ruritania-5"]),
        ("2019-12-31", ["ruritania-5"]),
        ("2020-01-01", ["ruritania-6"]),
        ("2030-01-01", ["ruritania-6"]),
    ],
)
def test_law_with_fuller_rows_is_shown_once_on_a_day(
    day: str, ids: list[str], two_collections: Path, run: Callable[..., Ran]
) -> None:
    options = ("--corpus", two_collections, "--collection", "all", "--as-of", day)
    assert ids_of_sylvania(run, *options) == ids
    for command in ("classify", "list", "stats", "order", "export"):
        output = words(run(command, *options))
        assert (LEFT_OUT in output) is (ids != ["sylvania"]), command
    undated_part = run("classify", *options, "-f", "plain").out.partition("Not dated")[2]
    assert ("sylvania" in undated_part) is (ids == ["sylvania"])


@pytest.mark.further
def test_row_with_less_detail_needs_its_own_collection(
    two_collections: Path, run: Callable[..., Ran]
) -> None:
    options = ("--corpus", two_collections, "--collection")
    assert ids_of_sylvania(run, *options, "all") == ["ruritania-5", "ruritania-6"]
    assert ids_of_sylvania(run, *options, "paper") == ["sylvania"]
    assert ids_of_sylvania(run, *options, "world") == ["ruritania-5", "ruritania-6"]
    assert LEFT_OUT in words(run("list", *options, "all"))
    assert LEFT_OUT not in words(run("list", *options, "paper"))


def test_row_is_named_whatever_the_fuller_are_called(
    two_collections: Path, run: Callable[..., Ran]
) -> None:
    """The fuller rows on the law of a State may be those of its parts."""
    for name in ("ruritania-5", "ruritania-6"):
        path = two_collections / "world" / f"{name}.yaml"
        path.write_text(path.read_text().replace("Sylvania", "North Sylvania"))
    row = two_collections / "sylvania.yaml"
    row.write_text(row.read_text().replace("name: Sylvania", "name: Sylvania as a Whole"))
    options = ("--corpus", two_collections, "--collection", "all")
    remark = "Sylvania as a Whole: a row with less detail is left out"
    for command in ("classify", "list", "stats", "order", "export"):
        assert remark in words(run(command, *options)), command
    condition = ("--where", "year=1800")
    assert remark not in words(run("list", *options, *condition))


def test_row_with_less_detail_than_one_left_out_is_named(
    two_collections: Path, run: Callable[..., Ran]
) -> None:
    text = (two_collections / "sylvania.yaml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith(("id", "fuller"))]
    name = "name: Ruritania"
    row = "\n".join(["id: ruritania", *lines, "fuller: [sylvania]\n"])
    (two_collections / "ruritania.yaml").write_text(row.replace("name: Sylvania", name))
    output = words(run("list", "--corpus", two_collections, "--collection", "all"))
    assert "Ruritania and Sylvania: rows with less detail are left out" in output


@pytest.mark.further
@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("collection=paper", ["sylvania"]),
        ("not collection=world", ["sylvania"]),
        ("collection=world", ["ruritania-5", "ruritania-6"]),
        ("collection=paper,world", ["ruritania-5", "ruritania-6"]),
        ("Collection=paper", ["sylvania"]),
    ],
)
def test_condition_on_the_collection_finds_all_its_rows(
    condition: str, ids: list[str], two_collections: Path, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    options = ("--corpus", two_collections, "--where", condition)
    assert ids_of_sylvania(run, *options) == ids
    assert (LEFT_OUT in words(run("list", *options))) is ("," in condition)
    filed = tmp_path / "annex.docx"
    assert run("export", *options, "-o", filed).code == 0
    assert run("verify", filed, "--corpus", two_collections).code == 0


def test_undated_row_does_not_replace_a_dated_one(
    two_collections: Path, run: Callable[..., Ran]
) -> None:
    for name in ("ruritania-5", "ruritania-6"):
        path = two_collections / "world" / f"{name}.yaml"
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith("dates")))
    options = ("--corpus", two_collections, "--collection", "all", "--as-of", "2012-06-01")
    assert ids_of_sylvania(run, *options) == ["ruritania-5", "ruritania-6"]
    row = two_collections / "sylvania.yaml"
    row.write_text(row.read_text() + "dates: {in_force_from: 2001-01-01}\n")
    assert ids_of_sylvania(run, *options) == ["ruritania-5", "ruritania-6", "sylvania"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("diff", "sylvania", "utopia"),
        ("diff", "utopia", "sylvania", "--text"),
        ("classify", "sylvania"),
        ("classify", "sylvania", "--explain"),
        ("classify", "sylvania", "--by", "scope"),
        ("gaps", "sylvania"),
        ("nearest", "sylvania"),
        ("order", "sylvania", "utopia"),
        ("align", "sylvania", "utopia"),
    ],
)
def test_named_row_points_to_fuller_ones(
    arguments: tuple[str, ...], two_collections: Path, run: Callable[..., Ran]
) -> None:
    body = "{status: excerpt, language: en, body: Any offence, source: {ref: background-paper}}"
    for name in ("sylvania", "utopia"):
        path = two_collections / f"{name}.yaml"
        path.write_text(path.read_text().replace("{status: not_held}", body))
    assert words(run("--corpus", two_collections, *arguments)).count(ROWS) == 1


def test_show_names_the_fuller_rows(two_collections: Path, run: Callable[..., Ran]) -> None:
    ran = run("--corpus", two_collections, "show", "sylvania", "-f", "csv")
    assert ran.code == 0
    output = words(run("--corpus", two_collections, "show", "sylvania"))
    assert "Fuller ruritania-5 (from 1 January 2015 to 31 December 2019)," in output
    shown = run("--corpus", two_collections, "show", "sylvania", "-f", "json")
    (record,) = json_output(shown, "show")["provisions"]
    assert record["fuller"] == ["ruritania-5", "ruritania-6"]


@pytest.mark.further
def test_export_prints_how_to_use_the_fuller_rows(
    two_collections: Path, run: Callable[..., Ran]
) -> None:
    ran = run("--corpus", two_collections, "export", "sylvania")
    use = "To use a fuller row, type ruritania-5 or ruritania-6 in place of sylvania."
    assert ran.err == f"{ROWS}\n{use}\n"


@pytest.mark.further
@pytest.mark.parametrize("layout", ["annex", "matrix", "typology", "side-by-side", "gaps"])
def test_annex_itself_names_the_fuller_rows(
    layout: str, two_collections: Path, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    """Readers of an annex do not see the terminal and do not know the ids."""
    options = ("--corpus", two_collections, "sylvania", "utopia")
    on_page = run("export", *options, "--layout", layout, "-f", "plain").out
    without_ids = ROWS.replace("ruritania-5, ", "").replace("ruritania-6, ", "")
    assert " ".join(on_page.split()).count(without_ids) == 1
    filed = tmp_path / "annex.docx"
    assert run("export", *options, "--layout", layout, "-o", filed).code == 0
    assert run("verify", filed, "--corpus", two_collections).code == 0


def test_annex_names_left_out_rows_of_its_own_law(
    two_collections: Path, run: Callable[..., Ran]
) -> None:
    path = two_collections / "world" / "ruritania-6.yaml"
    path.write_text(path.read_text().replace("kind: code", "kind: code, year: 2020"))
    options = ("--corpus", two_collections, "--collection", "all", "--where")
    assert LEFT_OUT in words(run("export", *options, "year=2020"))
    assert LEFT_OUT not in words(run("export", *options, "year=2013"))


def test_only_an_order_names_the_fuller_row_it_shows(
    two_collections: Path, run: Callable[..., Ran]
) -> None:
    ran = run("--corpus", two_collections, "diff", "sylvania", "ruritania-6")
    assert "Fuller" not in ran.out
    ran = run("--corpus", two_collections, "order", "sylvania", "--collection", "all")
    assert ("Fuller" in ran.out, LEFT_OUT in words(ran)) == (True, False)
    assert "sylvania" in ran.out
