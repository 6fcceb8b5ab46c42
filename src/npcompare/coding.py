"""The commands for who codes provisions: `suggest` and `new`. Parse, call, write; nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcompare.options import CorpusFolder, Force, FormatName, Language, Output
from npcompare.running import give, load, say


def suggest(
    context: typer.Context,
    path: Annotated[
        str, typer.Argument(metavar="FILE|-", help="A plain text, UTF-8; - reads what is piped in.")
    ],
    language: Language = "",
    corpus: CorpusFolder = None,
    name: FormatName = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Read the words of a provision and propose its coding, each value with its words.

    What no words give is left out, and sentences that were not understood are named.

    Example: npcompare suggest section-14.txt
    """
    from npcompare import suggest as engine
    from npcompare.source import read_text
    from npcompare.views import suggestion

    text = read_text(path)
    held = load(context, corpus)
    reading = engine.suggest(held.codebook, text, language)
    one = engine.classified(held.codebook, reading)
    give(suggestion.suggestions(held, reading, one), name, output, force=force)


def new(
    context: typer.Context,
    provision: Annotated[str, typer.Argument(metavar="ID", help="The id of the provision.")],
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="FILE|-",
            help="Its words, as a plain text; what they propose stands in the file as comments.",
            show_default=False,
        ),
    ] = None,
    language: Language = "",
    corpus: CorpusFolder = None,
    output: Output = None,
) -> None:
    """Begin the file of a provision: its words, what they propose, and what is to be filled in.

    A file that exists is kept, whatever it is.

    Example: npcompare new utopia --text clause-12.txt
    """
    import os.path

    from npcompare import schema, writers
    from npcompare import suggest as engine
    from npcompare.skeleton import skeleton
    from npcompare.source import read_text

    path = output or Path(f"{provision}.yaml")
    held = load(context, corpus)
    reading = engine.suggest(held.codebook, read_text(text), language) if text else None
    where = os.path.relpath(schema.bundled("schemas") / "provision.schema.json", path.parent)
    writers.create(skeleton(held.codebook, provision, reading, where), path)
    say(f"wrote {path}; next: fill in what is empty, then npcompare validate {path}")
