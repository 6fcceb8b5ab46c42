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


def test_json_of_a_typology_has_undated_laws_too(ask: Callable[..., Ran]) -> None:
    ran = ask("classify", "--by", "scope", "-f", "json")
    records = json_output(ran, "classify")["classifications"]
    assert [record["id"] for record in records] == ["arcadia", "freedonia", "ruritania", "sylvania"]


def test_explanation_says_that_a_law_is_not_dated(ask: Callable[..., Ran]) -> None:
    assert (
        "Not dated, so that it is not known whether in force on 1 June 2012: sylvania."
    ) in words(ask("classify", "--explain"))


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


def test_condition_is_put_to_undated_laws_too(ask: Callable[..., Ran]) -> None:
    ran = ask("list", "--where", "scope=any_offence")
    assert "Of 4 provisions," in words(ran)
    assert "sylvania" in ran.out.split(NOT_DATED)[1]
