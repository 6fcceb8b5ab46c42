"""Results on a stream that is not in UTF-8, as on Windows, and on one that nobody reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, needed

if TYPE_CHECKING:
    from pathlib import Path

#: A character that no other encoding has, one that Windows-1252 has, and one of a plane beyond.
WORDS = "\N{CYRILLIC SMALL LETTER ZHE} é \N{GRINNING FACE}"


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    text = (TESTS / "bills" / "utopia.yaml").read_text(encoding="utf-8")
    path = tmp_path / "utopia.yaml"
    path.write_text(text.replace("An adult who is", f"An adult {WORDS} who is"), encoding="utf-8")
    return path


def shown(path: Path, form: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    """Run `show` with another encoding, in which Python is not told to prefer UTF-8."""
    return subprocess.run(
        [sys.executable, "-m", "npcompare", "show", path, "-f", form],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_json_is_valid_in_every_encoding(bill: Path, form: str, encoding: str) -> None:
    ran = shown(bill, form, encoding)
    first = ran.stdout if form == "json" else ran.stdout.splitlines()[0]
    assert WORDS in json.dumps(json.loads(first), ensure_ascii=False)
    assert (ran.stdout.isascii(), ran.stderr) == (True, b"")


@pytest.mark.further
@pytest.mark.parametrize("form", ["csv", "html", "latex"])
def test_file_formats_are_in_utf8_in_a_pipe(bill: Path, form: str) -> None:
    ran = shown(bill, form, "cp1252")
    word = "é" if form == "latex" else WORDS
    assert word in ran.stdout.decode("utf-8")
    assert ran.stderr == b""


@pytest.mark.parametrize("form", ["plain", "markdown", "terminal"])
def test_lost_characters_are_mentioned(bill: Path, form: str) -> None:
    ran = shown(bill, form, "cp1252")
    assert all(code in ran.stdout for code in (b"\\u0436", b"\xe9", b"\\U0001f600"))
    assert b"\\u2500" not in ran.stdout
    assert ran.stderr.decode() == (
        "characters that are not in cp1252 are shown by their codes; "
        "-o FILE writes them as they are\n"
    )


def piped(command: str) -> int:
    """Return the exit code of a command whose output nobody reads to the end."""
    words = f"'{sys.executable}' -m npcompare {command} | head -c 1 >/dev/null"
    script = f"{words}; exit ${{PIPESTATUS[0]}}"
    return subprocess.run(
        [needed("bash"), "-c", script], capture_output=True, check=False
    ).returncode


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("export -f csv", 0),
        ("export -f json", 0),
        ("export --help", 0),
        (f"validate '{TESTS}/invalid/np203-any.yaml'", 1),
        ("diff kenya jamaica --exit-code -f csv", 1),
    ],
)
def test_exit_code_does_not_depend_on_the_reader(command: str, code: int) -> None:
    assert piped(command) == code
