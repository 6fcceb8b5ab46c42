"""Workbooks made to harm a reader: each ends in a sentence, fast, and without much memory."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from sheet_files import WORKBOOK, S, packed, parts, worksheet

from npcompare.errors import NpcompareError
from npcompare.readers.csv_reader import read_csv
from npcompare.readers.xlsx_reader import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: What a hostile file may take, in seconds of processor time and in megabytes.
SECONDS, MEGABYTES = 10, 300

HEADINGS = (
    '<row r="1"><c t="inlineStr"><is><t>Provision</t></is></c>'
    '<c t="inlineStr"><is><t>Jurisdiction</t></is></c></row>'
)

WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (lambda: packed(parts(" " * 60_000_000)), "is larger than 24 MB"),
    "packed": (
        lambda: packed(parts(strings=f"<sst {S}>{'<si/>' * 800_000}</sst>")),
        "times larger",
    ),
    "entities": (
        lambda: packed(parts(strings='<!DOCTYPE x [<!ENTITY a "b">]><sst>&a;</sst>')),
        "declares a document type",
    ),
    "outside": (
        lambda: packed(parts(sheet='<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')),
        "declares a document type",
    ),
    "deep": (lambda: packed(parts("<a>" * 100_000)), "nested too deeply"),
    "truncated": (lambda: packed(parts())[:-30], "is damaged"),
    "missing text": (
        lambda: packed(parts('<row><c t="s"><v>99999999999999999999</v></c></row>')),
        "refers to a text that is missing",
    ),
    "shared text": (
        lambda: packed(
            parts(
                "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 900)),
                strings=f"<sst {S}><si><t>{'word ' * 6000}</t></si></sst>",
            )
        ),
        "more than 20,000,000 characters",
    ),
    "not XML": (lambda: packed(parts(sheet="<x")), "is not well-formed XML"),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_hostile_workbook_ends_in_a_sentence(name: str) -> None:
    make, message = WORKBOOKS[name]
    content = make()
    start = time.process_time()
    with pytest.raises(NpcompareError, match=message):
        read_xlsx(content, "a.xlsx")
    assert time.process_time() - start < SECONDS


def test_more_sheets_than_allowed_are_refused() -> None:
    sheet = '<sheet name="A" r:id="rId1"/>'
    many = WORKBOOK.replace(sheet, sheet * 101)
    with pytest.raises(NpcompareError, match="more than 100 sheets"):
        read_xlsx(packed(parts(workbook=many)), "a.xlsx")


def test_too_many_separated_values_are_refused() -> None:
    with pytest.raises(NpcompareError, match="more than 500,000 cells"):
        read_csv(b"a" + b"," * 500_001, "a.csv")


@pytest.mark.parametrize("seed", range(3))
def test_changed_bytes_end_in_a_sentence(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    content = packed(parts(HEADINGS))
    for _ in range(60):
        mutated = bytearray(content)
        for _ in range(chance.choice([1, 4, 40])):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        with suppress(NpcompareError):
            read_xlsx(bytes(mutated), "a.xlsx")


MEASURED = """
import atexit, re, sys, time
from pathlib import Path
from npcompare.cli.main import main

def report():
    status = Path("/proc/self/status").read_text()
    kilobytes = re.search(r"VmHWM:\\s*(\\d+)", status)[1]
    print("MEASURED", time.process_time(), kilobytes, file=sys.stderr)

atexit.register(report)
main()
"""


def lines(count: int, cell: str) -> str:
    return "".join(f'<row r="{number}">{cell}</row>' for number in range(2, count))


#: Files that are large within the limits, or beyond them.
LARGE: dict[str, Callable[[], bytes]] = {
    "rows": lambda: packed(parts(HEADINGS + lines(190_000, "<c><v>1</v></c>"))),
    "same ids": lambda: packed(parts(HEADINGS + lines(4_990, "<c><v>1</v></c>"))),
    "merged": lambda: packed(
        parts(sheet=worksheet(HEADINGS, "".join(
            f'<mergeCells><mergeCell ref="A{number}:A{number + 1}"/></mergeCells>'
            for number in range(2, 150_000)
        )))
    ),
    "headings": lambda: packed(parts(HEADINGS.replace("</row>", "".join(
        f"<c t='inlineStr'><is><t>Jurisdictio{number}</t></is></c>" for number in range(16_000)
    ) + "</row>"))),
    "ids": lambda: packed(parts(HEADINGS + "".join(
        f'<row r="{number}"><c t="inlineStr"><is><t>a{number}</t></is></c></row>'
        for number in range(2, 4_990)
    ))),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux reports it")
@pytest.mark.parametrize("name", LARGE)
def test_large_workbook_takes_little_time_and_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(LARGE[name]())
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, "import", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (1, 2), ran.stderr[-300:]
    assert "Traceback" not in ran.stderr
    seconds, kilobytes = map(float, ran.stderr.split("MEASURED")[-1].split())
    assert seconds < SECONDS
    assert kilobytes / 1024 < MEGABYTES
