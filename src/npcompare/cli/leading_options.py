"""The options that may be before the name of a command.

They are apart from the others, so that the help and the version of npcompare load no formats.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        help="Check every file again and cache nothing; or set NPCOMPARE_NO_CACHE.",
        show_default=False,
    ),
]
_CORPUS_HELP = "The folder of the corpus; or set NPCOMPARE_CORPUS. The bundled one by default."
CorpusFolder = Annotated[
    Path | None,
    typer.Option("--corpus", metavar="DIR", help=_CORPUS_HELP, show_default=False),
]
#: The same option before the name of the command. It alone reads the environment, so that a folder
#: named there is used rather than that of the environment.
DefaultCorpusFolder = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        metavar="DIR",
        envvar="NPCOMPARE_CORPUS",
        show_envvar=False,
        help=_CORPUS_HELP,
        show_default=False,
    ),
]
