"""The options of commands, each described once: those that are shared, and those of an annex."""

from __future__ import annotations

import os
from copy import copy
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from npcompare import completion

_NO_CACHE = "--no-cache"

#: How many spaces of a file's name are thought of.
_MOST_SPACES = 8


class Group(TyperGroup):
    """The commands; an option of all of them may stand after the command's name too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Bring the option before the name; what follows "--" is left as it is."""
        ended = args.index("--") if "--" in args else len(args)
        if _NO_CACHE in args[:ended]:
            kept = [one for one in args[:ended] if one != _NO_CACHE]
            args = [_NO_CACHE, *kept, *args[ended:]]
        return super().parse_args(ctx, args)


def narrowed(app: typer.Typer, arguments: list[str]) -> typer.Typer:
    """Return an application with no command but the one that is asked for, where one is.

    To build them all takes longer than most of them run.
    """
    name = _command_of(arguments)
    chosen = [
        one
        for one in app.registered_commands
        if one.callback and name == (one.name or one.callback.__name__)
    ]
    if not chosen:
        return app
    alone = copy(app)
    alone.registered_commands = chosen
    return alone


def _command_of(arguments: list[str]) -> str:
    """Return the first argument that is no option and no option's value."""
    left = iter(arguments)
    for one in left:
        if one == "--corpus":
            next(left, "")
        elif not one.startswith("-"):
            return one
    return ""


def slip(arguments: list[str]) -> str:
    """Return what to do about a command line as a word processor leaves it; nothing if it is none.

    It turns quotation marks and hyphens into others, and names with spaces fall apart without them.
    """
    for one in arguments:
        if one[:1] in {"\u201c", "\u201d", "\u201e", "\u00ab", "\u2018", "\u2019"}:
            return f'quote with the straight mark ": in {one} it is a typographic one'
        if one[:1] in {"\u2013", "\u2014"}:
            return f'begin an option with two hyphens: "--{one[1:]}"'
    for start in range(len(arguments)):
        for end in range(start + 2, min(start + 2 + _MOST_SPACES, len(arguments) + 1)):
            name = " ".join(arguments[start:end])
            is_new = (
                arguments[start - 1] in {"-o", "--output"} and not Path(arguments[start]).suffix
            )
            if os.path.isfile(name) or (is_new and Path(name).suffix):  # noqa: PTH113 - never raises
                return f'put a name with spaces in quotation marks: "{name}"'
    return ""


NoCache = Annotated[
    bool,
    typer.Option(
        _NO_CACHE, help="Check every file anew, and keep nothing; or set NPCOMPARE_NO_CACHE."
    ),
]
Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[IDS]...",
        help="Ids, aliases, country codes or paths of YAML files; all of the corpus if none.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
SomeIds = Annotated[
    list[str],
    typer.Argument(
        metavar="IDS...",
        help="Ids or paths of YAML files, such as your bill's.",
        autocompletion=completion.ids,
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        metavar="ID|FILE",
        help="A provision, or a benchmark file, instead of the Secretariat's benchmark.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
CorpusFolder = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        metavar="DIR",
        envvar="NPCOMPARE_CORPUS",
        help="The folder of the corpus, instead of the bundled one.",
        show_default=False,
    ),
]
CollectionName = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help="The collection to look at where no id is given: paper, world or all.",
        show_default=False,
        autocompletion=completion.collections,
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The law of that day, such as 2020-01-31.",
        show_default=False,
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="terminal, plain, markdown, csv, json, ndjson, docx, xlsx, html, latex, pdf or svg; "
        "else as the file's name ends.",
        show_default=False,
        autocompletion=completion.formats,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that exists.")]
Language = Annotated[
    str,
    typer.Option(
        metavar="TAG",
        help="The language of the text: en or fr; else it is told by its words.",
        show_default=False,
        autocompletion=completion.languages,
    ),
]

Layout = Annotated[
    str,
    typer.Option(
        help="annex, matrix, typology, side-by-side, gaps, redline or align.",
        autocompletion=completion.layouts,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="Columns, or dimensions, with commas between: jurisdiction,scope,words.",
        show_default=False,
        autocompletion=completion.columns,
    ),
]
GroupBy = Annotated[
    str,
    typer.Option(
        metavar="DIMENSION",
        help="A table for each class.",
        show_default=False,
        autocompletion=completion.dimensions,
    ),
]
Sort = Annotated[
    str, typer.Option(help="By name, date or class.", autocompletion=completion.orders)
]
Title = Annotated[str, typer.Option(help="The title above the table.", show_default=False)]
Number = Annotated[
    str, typer.Option(help='The number above the title: "Annex II".', show_default=False)
]
Template = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="A Word file of the house to take styles from.", show_default=False
    ),
]
EarlierAnnex = Annotated[
    Path | None,
    typer.Option(
        "--track-changes-from",
        metavar="OLD.docx|OLD.json",
        help="An earlier annex: what has changed becomes Word insertions and deletions.",
        show_default=False,
    ),
]
