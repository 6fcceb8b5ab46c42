"""The table of commands: groups, summaries and defaults, and what an unknown name leads to."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from typer.core import TyperOption
from typer.models import OptionInfo

from npcompare.cli.application import ALIASES, COMMANDS, GROUPS, LAYOUT_NAMES, _build
from npcompare.cli.option_groups import expand_options
from npcompare.reports.annex_layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

#: Room for a summary in 80 columns, beside the longest name.
SUMMARY_WIDTH = 66


@pytest.mark.parametrize("name", COMMANDS)
def test_summary_is_first_line_of_docstring(name: str) -> None:
    command = COMMANDS[name]
    module, _, function = command.place.partition(":")
    callback = getattr(import_module(f"npcompare.cli.{module}"), function)
    assert (inspect.getdoc(callback) or "").splitlines()[0] == command.summary


def test_help_shows_each_summary_on_one_line(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("--help").out.splitlines()
    for heading, commands in GROUPS.items():
        assert f"{heading}:" in lines
        for name, command in commands.items():
            assert f"  {name:8}  {command.summary}" in lines
            assert len(command.summary) <= SUMMARY_WIDTH


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_begins_with_its_summary(name: str, run: Callable[..., Ran]) -> None:
    usage, empty, summary, *lines = run(name, "--help").out.splitlines()
    assert usage.startswith(f"Usage: npcompare {name} ")
    assert (empty, summary) == ("", f"  {COMMANDS[name].summary}")
    assert f"    npcompare {name}" in "\n".join(lines)


@pytest.mark.parametrize("name", COMMANDS)
def test_options_like_their_metavar_are_named(name: str) -> None:
    """Typer 0.27 gives such an option, without a name of its own, a name in capitals."""
    module, _, function = COMMANDS[name].place.partition(":")
    command = expand_options(getattr(import_module(f"npcompare.cli.{module}"), function))
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        options = [
            option
            for option in getattr(parameter.annotation, "__metadata__", ())
            if isinstance(option, OptionInfo) and option.metavar == parameter.name.upper()
        ]
        # The first name is where a default is without annotations.
        assert all(str(option.default).startswith("--") for option in options), parameter.name


def test_compare_is_another_name_of_diff(run: Callable[..., Ran]) -> None:
    assert ALIASES == {"compare": "diff"}
    arguments = ("kenya", "jamaica", "-f", "json")
    assert run("compare", *arguments).out == run("diff", *arguments).out
    assert "Usage: npcompare compare " in run("compare", "--help").out


def test_layouts_that_are_not_commands_are_known() -> None:
    assert tuple(name for name in LAYOUTS if name not in COMMANDS) == LAYOUT_NAMES


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("lsit", ' Did you mean "list"?'),
        ("comapre", ' Did you mean "compare"?'),
        ("redline", ' "redline" is a layout of tables: npcompare export --layout redline ...'),
        ("xyz", ""),
    ],
)
def test_unknown_command_gets_a_suggestion(
    typed: str, suggestion: str, run: Callable[..., Ran]
) -> None:
    ran = run(typed, "list")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f'Error: There is no command "{typed}".{suggestion}\n')


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list", "kenya", "--corpus", "."], "npcompare: list takes no names of provisions"),
        (["suggest", "Kenya"], "npcompare: there is no file Kenya"),
    ],
)
def test_name_of_a_provision_leads_to_show(
    arguments: list[str], message: str, run: Callable[..., Ran]
) -> None:
    hints = {
        "list": "show provisions by their names with npcompare show kenya",
        "suggest": "Kenya is the name of a provision: npcompare show Kenya",
    }
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"{message}\n  hint: {hints[arguments[0]]}\n"


@pytest.mark.parametrize("arguments", [["list", "annex.docx"], ["codebook", "force", "kenya"]])
def test_other_surplus_words_are_only_refused(
    arguments: list[str], run: Callable[..., Ran]
) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.err.endswith(f"({arguments[-1]})\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-cache", "list"],
        ["list", "--no-cache"],
        ["validate", "--no-cache"],
        ["compare", "kenya", "jamaica", "--no-cache"],
        ["--no-cache", "compare", "kenya", "jamaica"],
    ],
)
def test_no_cache_before_or_after_the_command(
    arguments: list[str], run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert run(*arguments, "--format", "json").code == 0
    assert not list(tmp_path.iterdir())


def test_option_name_after_two_dashes_is_an_id(run: Callable[..., Ran]) -> None:
    ran = run("show", "--", "--no-cache")
    assert (ran.code, 'no provision "--no-cache"' in ran.err) == (2, True)


def options_with_one_value(name: str) -> list[str]:
    """Return the longest names of the options of a command that take one value."""
    return [
        max(parameter.opts, key=len)
        for parameter in _build(name).params
        if isinstance(parameter, TyperOption) and not (parameter.is_flag or parameter.multiple)
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_two_values_of_one_option_are_refused(name: str, run: Callable[..., Ran]) -> None:
    for option in options_with_one_value(name):
        ran = run(name, option, "a.csv", f"{option}=b.csv")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f'npcompare: {option} takes one value, not "a.csv" and "b.csv"\n')
        assert f"  hint: write {option} once" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (
            ["list", "-o", "a.csv", "-ob.csv"],
            '--output takes one value, not "a.csv" and "b.csv"',
            "write --output once",
        ),
        (
            ["list", "--format=x", "-f", "y", "--format", "z"],
            '--format takes one value, not "x" and "y" and "z"',
            "write --format once",
        ),
        (
            ["order", "--by", "scope", "--by", "stage"],
            '--by takes one value, not "scope" and "stage"',
            "write --by once, with commas: --by scope,stage",
        ),
        (
            ["--corpus", "a", "--corpus", "b", "list"],
            '--corpus takes one value, not "a" and "b"',
            "write --corpus once",
        ),
        (
            ["export", "--title", "", "--title", "A"],
            '--title takes one value, not "" and "A"',
            "write --title once",
        ),
    ],
)
def test_two_values_are_named(
    arguments: list[str], message: str, hint: str, run: Callable[..., Ran]
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"npcompare: {message}\n  hint: {hint}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--format", "json", "--format", "json"],
        ["list", "--format", "json", "--no-cache", "--no-cache"],
        ["list", "--format", "json", "--where", "scope=any_offence", "--where", "effect=operative"],
        ["export", "-o", "a.csv", "-o", "b.csv", "--help"],
    ],
)
def test_harmless_repetitions_are_accepted(arguments: list[str], run: Callable[..., Ran]) -> None:
    assert run(*arguments).code == 0


def test_completion_ignores_repeated_options(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_NPCOMPARE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "npcompare list -f csv --format js")
    monkeypatch.setenv("COMP_CWORD", "5")
    assert run().out.split() == ["json"]


def test_nearest_corpus_option_wins(
    corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the command, before it, in the environment: the first of these is used."""
    missing = tmp_path / "missing"
    assert run("--corpus", missing, "list", "--corpus", corpus_copy).code == 0
    assert run("--corpus", corpus_copy, "list", "--corpus", missing).code == 2
    monkeypatch.setenv("NPCOMPARE_CORPUS", str(missing))
    assert run("list").code == 2
    assert run("--corpus", corpus_copy, "list").code == 0
    assert run("list", "--corpus", corpus_copy).code == 0


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("verify", "annex.docx", "-o", "annex.docx"), "annex.docx"),
        (("verify", "annex.docx", "-o", "./annex.docx"), "annex.docx"),
        (("suggest", "clause.html", "-o", "clause.html"), "clause.html"),
        (("diff", "clause.html", "kenya", "-o", "clause.html"), "clause.html"),
        (("export", "kenya", "--template", "annex.docx", "-o", "annex.docx"), "annex.docx"),
        (("list", "--names-file", "names.csv", "-o", "names.csv"), "names.csv"),
        (("import", "release", "-o", "release"), "release"),
    ],
)
def test_output_is_not_what_is_read(
    arguments: tuple[str, ...],
    name: str,
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "release").mkdir()
    for file in ("annex.docx", "clause.html", "names.csv", "release/datapackage.json"):
        (tmp_path / file).write_bytes(b"mine")
    for options in ((), ("--force",)):
        ran = run(*arguments, *options)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            f"npcompare: {name} would be overwritten, but this command reads it\n"
            "  hint: choose another name after --output\n"
        )
    assert (tmp_path / "annex.docx").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        (("--format", "JSON"), 'there is no format "JSON"', 'did you mean "json"? the formats'),
        (("-f", "exel"), 'there is no format "exel"', "the formats are: terminal, plain"),
        (
            ("--collection", "worlds"),
            'there is no collection "worlds"',
            'did you mean "world"? the collections are: paper, world, all',
        ),
    ],
)
def test_misspelt_word_of_an_option_is_guessed(
    options: tuple[str, str], message: str, hint: str, run: Callable[..., Ran]
) -> None:
    ran = run("list", *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"npcompare: {message}\n  hint: {hint}")
