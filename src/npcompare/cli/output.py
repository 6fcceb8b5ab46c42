"""What every command does: load the corpus, classify, write the result, say what was done."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from npcompare.files import check_writable
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import typer

    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.document import Document
    from npcompare.errors import Problem
    from npcompare.law.cache import Entry
    from npcompare.law.checking import Means
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification


def load(
    context: typer.Context,
    folder: Path | None,
    collection: str | None = None,
    as_of: str | None = None,
) -> Corpus:
    """Return the corpus that the options name, or the bundled one."""
    from npcompare.law.corpus import load_corpus

    found = load_corpus(folder or context.obj[0], means(context))
    return found.restricted(collection or "", as_of or "")


def means(context: typer.Context) -> Means:
    """Return by what means files are checked from the command line: all there are."""
    from npcompare.law.checking import Means, cores

    _, no_cache = context.obj
    return Means(keep=not no_cache, cores=cores(), watch=_watched)


def _watched(steps: Iterable[Entry], total: int) -> Iterable[Entry]:
    """Show how far the checks have come; where every file is known there are none to show."""
    from npcompare.cli.progress import watched

    return watched(steps, total)


def named(held: Corpus, names: Sequence[str] | None, collection: str | None) -> list[str]:
    """Return the names given, and beside them those of the collection if one is named as well."""
    first = list(names or ())
    if not (first and collection):
        return first
    there = {one.id for one in held.select(first)}
    return first + [one.id for one in held.provisions() if one.id not in there]


def results(held: Corpus, names: Sequence[str] | None) -> ClassifiedCorpus:
    """Return provisions by name, or all, to be classified as they are gone through."""
    from npcompare.analysis.classified_corpus import ClassifiedCorpus

    return ClassifiedCorpus(held, names or ())


def classified(held: Corpus, names: Sequence[str] | None) -> list[Classification]:
    """Return provisions by name, or all, classified."""
    return list(results(held, names))


def ready(name: str | None, output: Path | None, *, force: bool) -> None:
    """Raise NpcompareError if `give` would refuse to write, before anything else is written."""
    from npcompare.formats import registry

    registry.choose(name, output)
    if output is not None:
        check_writable(output, force=force)


def give(document: Document, name: str | None, output: Path | None, *, force: bool) -> None:
    """Write a document to the file or the screen."""
    from npcompare.formats import registry

    chosen = registry.choose(name, output)
    if output is not None:
        for path in registry.put(document, chosen, output, force=force):
            say(f"wrote {path}")
        return
    for piece in registry.show(document, chosen):
        sys.stdout.write(piece)


def say(text: str) -> None:
    """Say to the standard error what is no result."""
    sys.stderr.write(f"{visible(text, keep_lines=False)}\n")


def print_problems(found: Iterable[Problem], stream: Any) -> None:
    """Print findings to a stream, a line each, with what to do about it below."""
    for problem in found:
        stream.write(f"{problem}\n")
        if problem.hint:
            stream.write(f"  hint: {visible(problem.hint, keep_lines=False)}\n")
