"""The README and docs/ do what they say: real outputs, files that are valid, nothing left out."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS
from test_writers import without_digest

from npcompare.cli import app
from npcompare.writers import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

ROOT = TESTS.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
PAGES = sorted([README, *(ROOT / "docs").glob("*.md")])
WRITES = os.environ.get("NPCOMPARE_GOLDEN") == "write"

#: A command with what it says.
CONSOLE = re.compile(r"```console\n\$ ([^\n]*)\n(.*?)```", flags=re.DOTALL)
#: A file that the commands after it use: its name ends the paragraph before it.
FILE = re.compile(r"`([\w./-]+)`:\n\n```(?:yaml|text|python)\n(.*?)```", flags=re.DOTALL)


def said(ran: Ran) -> str:
    return without_digest(ran.out + ran.err).rstrip("\n") + "\n"


def settle(folder: Path) -> None:
    """Put into a folder what the pages take for granted: two coders, and the example's program."""
    for path in (TESTS / "coders").glob("*/*.yaml"):
        if path.stem in ("erewhon", "freedonia", "laputa"):
            (folder / path.parent.name).mkdir(exist_ok=True)
            shutil.copy(path, folder / path.parent.name)
    shutil.copy(ROOT / "docs" / "example.py", folder)


def spoil(bill: str, path: Path) -> None:
    """Write a bill with the two mistakes that the pages speak of."""
    for right, wrong in (
        ("id: my-bill", "id: my-misspelt-bill"),
        ("evidence: being a victim}", "evidence: being a victm}"),
        ("value: vacatur", "value: vacature"),
    ):
        assert right in bill
        bill = bill.replace(right, wrong)
    path.write_text(bill, encoding="utf-8")


def program(*arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert not ran.stderr
    return ran.stdout


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_output_is_real(
    page: Path, run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path)
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    for name, content in FILE.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
        if name == "my-bill.yaml":
            spoil(content, tmp_path / "my-misspelt-bill.yaml")

    def real(found: re.Match[str]) -> str:
        name, *arguments = shlex.split(found[1])
        assert name in ("npcompare", "python"), found[1]
        output = said(run(*arguments)) if name == "npcompare" else program(*arguments)
        return f"```console\n$ {found[1]}\n{output}```"

    shown = CONSOLE.sub(real, text)
    if WRITES:
        page.write_text(shown, encoding="utf-8")
    assert shown == page.read_text(encoding="utf-8")


def test_the_pages_show_outputs() -> None:
    shown = {page.name: len(CONSOLE.findall(page.read_text(encoding="utf-8"))) for page in PAGES}
    assert shown["README.md"] >= 6
    assert shown["api.md"] == 1


def test_the_two_commands_come_first() -> None:
    assert TEXT.index("make demo") < TEXT.index("make test") < TEXT.index("## A tour")


def test_every_command_and_format_is_in_the_readme(run: Callable[..., Ran]) -> None:
    commands = re.findall(
        r"^  ([a-z]+) ", run("--help").out.split("Commands:")[1], flags=re.MULTILINE
    )
    assert len(commands) == len(app.registered_commands)
    for command in commands:
        assert f"| `{command}` |" in TEXT
    rows = re.findall(r"^\| ([a-z]+) \| (.*?) ?\| ", TEXT, flags=re.MULTILINE)
    assert {name: ends for name, ends in rows if name in FORMATS} == {
        one.name: ", ".join(one.suffixes) for one in FORMATS.values()
    }


def test_the_format_help_names_every_format(run: Callable[..., Ran]) -> None:
    words = " ".join(run("list", "--help").out.split())
    for name in FORMATS:
        assert name in words


def test_every_make_target_explains_itself() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", text, flags=re.MULTILINE)
    assert set(targets) >= {"setup", "demo", "test", "lint", "types", "check", "schemas", "bench"}
    for target in targets:
        assert re.search(rf"^{target}:.*## \S", text, flags=re.MULTILINE), target
    phony = re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(targets)


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("C*.md")], ids=lambda page: page.name)
def test_files_named_in_the_documents_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:src|statutes|schemas|tests|benchmarks|docs)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\(([\w./-]+)[)#]", text):
        assert (page.parent / path).exists(), path
