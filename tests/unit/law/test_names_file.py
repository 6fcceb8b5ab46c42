"""`--names-file`: names of jurisdictions as the drafter wants to read them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

YAML = "coe-26: CoE\nKE: Republic of Kenya\nNO: Norge\n"
CSV = "Code;Name\r\nCOE-26;CoE\r\nke;Republic of Kenya\r\n"


UNKNOWN = "NP404 there is no provision and no State with the id or code"
HINT = "write the id of a provision or the code of a State; the name of a bill is in its own file"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(name: str, text: str | bytes) -> str:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("names.yaml", YAML),
        ("names.csv", CSV),
        ("names.csv", f"\ufeff{CSV}"),
        ("names.csv", CSV.replace(";", ",").replace("Code,Name\r\n", "")),
        ("names.csv", CSV.replace(";", "\t")),
    ],
)
def test_tables_and_notes_have_the_names(name: str, text: str, run: Callable[..., Ran]) -> None:
    command = ("kenya", "coe-26", "gambia", "--columns", "jurisdiction,threshold")
    ran = run("export", *command, "--names-file", written(name, text), "-f", "plain")
    lines = [line.partition("  ")[0] for line in ran.out.splitlines()[6:11]]
    assert lines == ["Gambia", "Republic of Kenya", "Organizations", "CoE", "Obligation"]
    assert "[b] Paragraph" in ran.out
    assert "with a names file" in ran.out


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["classify"],
        ["diff", "kenya", "coe-26"],
        ["order"],
        ["nearest", "kenya"],
        ["gaps", "kenya"],
    ],
    ids=lambda command: command[0],
)
def test_every_command_has_the_names(command: list[str], run: Callable[..., Ran]) -> None:
    ran = run(*command, "--names-file", written("names.yaml", YAML), "-f", "markdown")
    assert (ran.code, "Republic of Kenya" in ran.out) == (0, True)


def test_names_take_the_place_of_those_of_the_un(run: Callable[..., Ran]) -> None:
    names = written("names.yaml", "TZ: Tanzania\n")
    command = ("list", "--collection", "all", "--names", "un", "--names-file", names, "-f", "csv")
    rows = csv.DictReader(io.StringIO(run(*command).out))
    jurisdictions = {row["jurisdiction"] for row in rows}
    assert {"Tanzania", "Türkiye"} - jurisdictions <= {"Türkiye"}
    assert "United Republic of Tanzania" not in jurisdictions


@pytest.mark.parametrize("suffix", ["docx", "json"])
def test_verify_knows_the_names(suffix: str, run: Callable[..., Ran]) -> None:
    names = written("names.yaml", YAML)
    path = f"annex.{suffix}"
    run("export", "kenya", "coe-26", "--names-file", names, "-o", path)
    Path(names).unlink()
    ran = run("verify", path)
    assert (ran.code, "Up to date" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("name", "text", "findings"),
    [
        (
            "names.csv",
            "KE,Kenya\nkenia,x\nke,\n",
            [
                f'names.csv:2:1 {UNKNOWN} "kenia"',
                f'  hint: did you mean "kenya"? {HINT}',
                'names.csv:3:1 NP104 "ke" already has a name in line 1',
                'names.csv:3:1 NP205 "ke" has no name',
            ],
        ),
        (
            "names.csv",
            "KE,a\u202eb\n",
            [
                'names.csv:1:1 NP106 the name of "KE" contains a control character',
                "  hint: type the name again",
            ],
        ),
        (
            "names.csv",
            "KE,Côte\n".encode("cp1252"),
            [
                "names.csv:1:1 NP101 the file is not in UTF-8",
                "  hint: in Excel, save it as CSV UTF-8",
            ],
        ),
        (
            "names.csv",
            "Code,Name\nMD,Moldova, the\n",
            [
                'names.csv:2:1 NP206 the row has 3 values: "the" is neither the key nor the name',
                '  hint: write a name with such a mark in quotation marks: MD,"Moldova, the"',
            ],
        ),
        (
            "names.csv",
            'MD,"Moldova\nKE,Kenia\n',
            ["names.csv:1:1 NP205 the file is not CSV: unexpected end of data"],
        ),
        (
            "names.yaml",
            "- Kenya\n",
            [
                "names.yaml:1:1 NP204 the file is not a list of keys with names",
                "  hint: write a line such as CZ: Czech Republic",
            ],
        ),
        (
            "names.yaml",
            "KE: [a]\n",
            [
                "names.yaml:1:5 NP204 the name of KE is not a text",
                "  hint: write a line such as CZ: Czech Republic",
            ],
        ),
    ],
)
def test_mistakes_are_findings(
    name: str, text: str | bytes, findings: list[str], run: Callable[..., Ran]
) -> None:
    ran = run("list", "--names-file", written(name, text))
    assert ran.code in {1, 2}
    assert (ran.out, ran.err.splitlines()[:-1]) == ("", findings)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("names.txt", "KE: Kenya", "names.txt is not a file of names"),
        ("names.csv", "Code,Name\n", "names.csv contains no names"),
    ],
)
def test_other_files_are_refused(
    name: str, text: str, message: str, run: Callable[..., Ran]
) -> None:
    ran = run("list", "--names-file", written(name, text))
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"npcompare: {message}")


def test_missing_file_is_named(run: Callable[..., Ran]) -> None:
    ran = run("list", "--names-file", "names.yaml")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "npcompare: there is no file names.yaml")


def test_similar_keys_are_looked_for_a_few_times(run: Callable[..., Ran]) -> None:
    text = "".join(f"kenya{number:02},Kenya\n" for number in range(60))
    ran = run("list", "--names-file", written("names.csv", text))
    assert (ran.err.count("NP404"), ran.err.count("did you mean")) == (60, 50)
