"""The options of commands, each described once: those that are shared, and those of an annex."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcompare.cli import completion
from npcompare.formats.registry import FORMATS

NO_CACHE = "--no-cache"

*_MOST, _LAST = FORMATS

NoCache = Annotated[
    bool,
    typer.Option(
        NO_CACHE, help="Check every file anew, and keep nothing; or set NPCOMPARE_NO_CACHE."
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
        help="The collection to look at: paper, world or all; after what is named, if anything is.",
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
        help=f"{', '.join(_MOST)} or {_LAST}; else as the file's name ends.",
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
    str, typer.Option(help="By name, date or class, or as given.", autocompletion=completion.orders)
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
