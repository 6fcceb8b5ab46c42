"""What may come next on a command line, for the shell that asks when the tab key is pressed.

Hides where the words are looked up, and that whatever is wrong with a corpus is passed over in
silence: this is not the time to speak of it. Names are those of files that anybody may have made,
so that one with more in it than letters, digits and a few marks is never handed to a shell.
"""

from __future__ import annotations

import os.path
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from npcompare.model.codebook import Codebook

#: Of a corpus with more files than these, the ids alone are offered, for which none is opened.
_MOST = 500

_HARMLESS = re.compile(r"\w[\w.,=!-]*")


def ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids and aliases that begin so."""
    from npcompare.law.corpus import load_corpus, stems

    found: Iterable[str] = ()
    with suppress(NpcompareError, OSError):
        found = stems(_folder(ctx))
        if len(found) <= _MOST:
            found = (*found, *load_corpus(_folder(ctx)).names)
    return _beginning(found, incomplete)


def collections(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the collections of the corpus, and the word for all of them."""
    from npcompare.law.corpus import ALL, load_corpus

    with suppress(NpcompareError, OSError):
        return _beginning((*load_corpus(_folder(ctx)).collections, ALL), incomplete)
    return []


def dimensions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the dimensions of the codebook."""
    book = _codebook(ctx)
    return _beginning(book.dimensions, incomplete) if book else []


def several_dimensions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the dimensions of the codebook, with commas between."""
    book = _codebook(ctx)
    return _listed(book.dimensions, incomplete) if book else []


def classes(dimension: str) -> Callable[[typer.Context, str], list[str]]:
    """Return what completes the classes of a dimension, with commas between."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        book = _codebook(ctx)
        return _listed(book.dimension(dimension).classes, incomplete) if book else []

    return complete


def conditions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return conditions: each dimension with its sign, and with that each of its classes."""
    book = _codebook(ctx)
    if book is None:
        return []
    name = re.split("!?=", incomplete, maxsplit=1)[0]
    if name == incomplete or name not in book.dimensions:
        return _beginning((f"{one}=" for one in book.dimensions), incomplete)
    words = book.dimensions[name].classes
    return _beginning((f"{name}{sign}{one}" for sign in ("=", "!=") for one in words), incomplete)


def formats(incomplete: str) -> list[str]:
    """Return the formats."""
    from npcompare.formats.registry import FORMATS

    return _beginning(FORMATS, incomplete)


def layouts(incomplete: str) -> list[str]:
    """Return the layouts of an annex."""
    from npcompare.reports.annex_layouts import LAYOUTS

    return _beginning(LAYOUTS, incomplete)


def orders(incomplete: str) -> list[str]:
    """Return the orders that provisions can stand in."""
    from npcompare.reports.annex_layouts import ORDERS

    return _beginning(ORDERS, incomplete)


def columns(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the columns of an annex, with commas between."""
    from npcompare.reports.annex_layouts import columns_of

    book = _codebook(ctx)
    return _listed(columns_of(book), incomplete) if book else []


def languages(incomplete: str) -> list[str]:
    """Return the languages of the phrase book."""
    from npcompare.coding.phrasebook import phrase_book

    return _beginning(phrase_book().languages, incomplete)


def _folder(ctx: typer.Context) -> Path | None:
    """Return the corpus that the line names so far, before the command or after it."""
    for one in (ctx, ctx.parent):
        if one is not None and (named := one.params.get("corpus")):
            return Path(os.path.expanduser(named))  # noqa: PTH111 - it leaves what it cannot expand
    return None


def _codebook(ctx: typer.Context) -> Codebook | None:
    from npcompare.law.corpus import load_codebook

    with suppress(NpcompareError, OSError):
        return load_codebook(_folder(ctx))
    return None


def _listed(words: Iterable[str], incomplete: str) -> list[str]:
    """Return lists with commas between that go on with one word more."""
    before, comma, last = incomplete.rpartition(",")
    taken = before.split(",")
    more = [one for one in words if one not in taken]
    return [f"{before}{comma}{one}" for one in _beginning(more, last)]


def _beginning(words: Iterable[str], incomplete: str) -> list[str]:
    every = dict.fromkeys(words)
    return [one for one in every if one.startswith(incomplete) and _HARMLESS.fullmatch(one)]
