"""The formats of other programs: which command writes them, and what other commands answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.cli import exchange_formats
from npcompare.cli.application import COMMANDS
from npcompare.cli.exchange_formats import EXCHANGE_FORMATS, ExchangeFormat, chosen, writer
from npcompare.errors import NpcompareError
from npcompare.formats.registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def test_each_writer_exists_and_belongs_to_a_command() -> None:
    for file_format in EXCHANGE_FORMATS.values():
        for command in file_format.writers:
            assert command in COMMANDS
            assert callable(writer(file_format, command))


def test_no_ending_or_name_belongs_to_two_formats() -> None:
    endings = [ending for row in FORMATS.values() for ending in row.suffixes]
    endings += [ending for row in EXCHANGE_FORMATS.values() for ending in row.suffixes]
    assert FORMATS.keys().isdisjoint(EXCHANGE_FORMATS)
    assert len(set(endings)) == len(endings)


def test_file_has_the_same_bytes_as_the_screen(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "codebook.TTL"
    ran = run("codebook", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {path}\n")
    assert run("codebook", "--format", "turtle").out.encode() == path.read_bytes()
    repeated = run("codebook", "-o", path)
    assert (repeated.code, "already exists" in repeated.err) == (2, True)


@pytest.mark.parametrize("command", ["classify", "export", "diff", "gaps", "show"])
def test_other_command_names_the_one_that_writes(
    command: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = run(command, "kenya", "coe", "-o", tmp_path / "a.ttl")
    assert (ran.code, ran.out) == (2, "")
    assert "this command does not write the format turtle (.ttl)" in ran.err
    assert "npcompare codebook -o NAME.ttl" in ran.err


def test_untranslated_texts_are_a_table(run: Callable[..., Ran]) -> None:
    ran = run("codebook", "--untranslated", "--language", "fr", "--format", "turtle")
    assert (ran.code, "does not write the format turtle" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["threshold"], "leave out the dimension"),
        (["--schema"], "leave out --schema"),
        (["--language", "fr"], "leave out --language"),
        (["--bom"], "leave out --bom"),
    ],
)
def test_options_for_tables_are_refused(
    arguments: list[str], hint: str, run: Callable[..., Ran]
) -> None:
    ran = run("codebook", *arguments, "--format", "turtle")
    assert (ran.code, ran.out) == (2, "")
    assert f"hint: {hint}" in ran.err


def test_bytes_are_not_for_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    row = ExchangeFormat("pack", (".pack",), "a package", {"show": "x:y"}, is_binary=True)
    monkeypatch.setitem(exchange_formats.EXCHANGE_FORMATS, "pack", row)
    with pytest.raises(NpcompareError) as caught:
        chosen("pack", None)
    assert (caught.value.message, caught.value.hint) == (
        "the format pack cannot be shown on the screen",
        "add -o NAME.pack",
    )
