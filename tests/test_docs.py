"""The README does what it says: real outputs, a valid bill, complete tables."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS
from test_writers import without_digest

from npcompare.writers import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

README = TESTS.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")
CONSOLE = re.compile(r"```console\n\$ npcompare ([^\n]*)\n(.*?)```", flags=re.DOTALL)
CLAUSE = re.search(r"```text\n(.*?)```", TEXT, flags=re.DOTALL)
BILL = re.search(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)


def test_every_output_is_real(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BILL
    assert CLAUSE
    (tmp_path / "my-clause.txt").write_text(CLAUSE[1], encoding="utf-8")
    (tmp_path / "my-bill.yaml").write_text(BILL[1], encoding="utf-8")
    spoilt = BILL[1].replace("id: my-bill", "id: my-misspelt-bill")
    spoilt = spoilt.replace("evidence: being a victim}", "evidence: being a victm}")
    spoilt = spoilt.replace("value: vacatur", "value: vacature")
    (tmp_path / "my-misspelt-bill.yaml").write_text(spoilt, encoding="utf-8")
    for path in (TESTS / "coders").glob("*/*.yaml"):
        if path.stem in ("erewhon", "freedonia", "laputa"):
            (tmp_path / path.parent.name).mkdir(exist_ok=True)
            shutil.copy(path, tmp_path / path.parent.name)
    monkeypatch.chdir(tmp_path)
    text = README.read_text(encoding="utf-8")
    if os.environ.get("NPCOMPARE_GOLDEN") == "write":

        def real(found: re.Match[str]) -> str:
            return f"```console\n$ npcompare {found[1]}\n{said(run(*found[1].split()))}```"

        text = CONSOLE.sub(real, text)
        README.write_text(text, encoding="utf-8")
    shown = CONSOLE.findall(text)
    assert len(shown) >= 6
    for command, output in shown:
        assert output == said(run(*command.split())), command


def said(ran: Ran) -> str:
    return without_digest(ran.out + ran.err).rstrip("\n") + "\n"


def test_the_two_commands_come_first() -> None:
    assert TEXT.index("make demo") < TEXT.index("make test") < TEXT.index("## A tour")


def test_every_command_and_format_is_in_the_readme(run: Callable[..., Ran]) -> None:
    commands = re.findall(
        r"^  ([a-z]+) ", run("--help").out.split("Commands:")[1], flags=re.MULTILINE
    )
    assert len(commands) == 16
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
    text = (TESTS.parent / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", text, flags=re.MULTILINE)
    assert set(targets) >= {"setup", "demo", "test", "lint", "types", "check", "schemas", "bench"}
    for target in targets:
        assert re.search(rf"^{target}:.*## \S", text, flags=re.MULTILINE), target
    phony = re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(targets)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_files_named_in_the_documents_exist(name: str) -> None:
    text = (TESTS.parent / name).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:src|statutes|schemas|tests|benchmarks)/[\w./-]*)`", text):
        assert (TESTS.parent / path).exists(), path
