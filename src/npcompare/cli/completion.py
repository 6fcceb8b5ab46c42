"""What a shell offers when the user presses the tab key.

Errors in a corpus are ignored here; the command reports them when it runs. Ids come from the names
of files, which anyone may have created, so only names with harmless characters are offered.
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

#: For a corpus with more files than this, only ids are offered, which needs no file to be opened.
_MAX_FILES = 500

_HARMLESS = r"\w[\w.,=!-]*"


def ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids and aliases that begin with what was typed."""
    from npcompare.law.corpus import load_corpus
    from npcompare.law.folders import provision_ids

    names: Iterable[str] = ()
    with suppress(NpcompareError, OSError):
        names = provision_ids(_folder(ctx))
        if len(names) <= _MAX_FILES:
            names = (*names, *load_corpus(_folder(ctx)).names)
    return _beginning(names, incomplete)


def collections(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the collections of the corpus, and the name for all of them."""
    from npcompare.law.corpus import ALL_COLLECTIONS, load_corpus

    with suppress(NpcompareError, OSError):
        return _beginning((*load_corpus(_folder(ctx)).collections, ALL_COLLECTIONS), incomplete)
    return []


def name_styles(incomplete: str) -> list[str]:
    """Return the styles of the names of jurisdictions."""
    from npcompare.law.named_files import NAME_STYLES

    return _beginning(NAME_STYLES, incomplete)


def dimensions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the dimensions of the codebook."""
    book = _codebook(ctx)
    return _beginning(book.dimensions, incomplete) if book else []


def groups(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return what the tables of an annex can be divided by."""
    from npcompare.reports.row_groups import REGION_GROUPS

    return [*dimensions(ctx, incomplete), *_beginning(REGION_GROUPS, incomplete)]


def several_dimensions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return lists of dimensions, separated by commas."""
    book = _codebook(ctx)
    return _lists(book.dimensions, incomplete) if book else []


def classes(dimension: str) -> Callable[[typer.Context, str], list[str]]:
    """Return a function that completes lists of classes of a dimension."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        book = _codebook(ctx)
        return _lists(book.dimension(dimension).classes, incomplete) if book else []

    return complete


def conditions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the fields with an equals sign; after a sign, the words of the field."""
    from npcompare.analysis.query_fields import field_names, query_field

    book = _codebook(ctx)
    if book is None:
        return []
    names = field_names(book)
    name = re.split("!?=", incomplete, maxsplit=1)[0]
    if name == incomplete or name not in names:
        return _beginning((f"{name}=" for name in names), incomplete)
    words = query_field(book, name, {}).words
    conditions = (f"{name}{sign}{word}" for sign in ("=", "!=") for word in words)
    return _beginning(conditions, incomplete)


def effects(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return lists of effects, separated by commas."""
    book = _codebook(ctx)
    return _lists((*book.vocabulary["effect"], "any"), incomplete) if book else []


def formats(incomplete: str) -> list[str]:
    """Return the names of the formats."""
    from npcompare.formats.registry import FORMATS

    return _beginning(FORMATS, incomplete)


def layouts(incomplete: str) -> list[str]:
    """Return the layouts of an annex."""
    from npcompare.reports.annex_layouts import LAYOUTS

    return _beginning(LAYOUTS, incomplete)


def figures(incomplete: str) -> list[str]:
    """Return the names of the figures."""
    from npcompare.reports.figures import FIGURES

    return _beginning(FIGURES, incomplete)


def orders(incomplete: str) -> list[str]:
    """Return the orders of the rows of an annex."""
    from npcompare.reports.annex_layouts import ORDERS

    return _beginning(ORDERS, incomplete)


def columns(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return lists of columns of an annex, separated by commas."""
    from npcompare.reports.annex_tables import columns_of

    book = _codebook(ctx)
    return _lists(columns_of(book), incomplete) if book else []


def languages(incomplete: str) -> list[str]:
    """Return the languages of the phrase book."""
    from npcompare.coding.phrasebook import phrase_book

    return _beginning(phrase_book().languages, incomplete)


def output_languages(incomplete: str) -> list[str]:
    """Return the languages of tables and figures."""
    from npcompare.law.translation import LANGUAGES, SYSTEM

    return _beginning([*LANGUAGES, SYSTEM], incomplete)


def bodies(incomplete: str) -> list[str]:
    """Return the bodies whose terms tables can have."""
    from npcompare.law.translation import BODIES

    return _beginning(BODIES, incomplete)


def revisions(incomplete: str) -> list[str]:
    """Return how tracked changes can be read."""
    from npcompare.readers.document_kinds import REVISIONS

    return _beginning(REVISIONS, incomplete)


def _folder(ctx: typer.Context) -> Path | None:
    """Return the folder that --corpus names so far, after the command or before it."""
    for context in (ctx, ctx.parent):
        if context is not None and (folder := context.params.get("corpus")):
            # Unlike Path.expanduser, this never raises.
            return Path(os.path.expanduser(folder))  # noqa: PTH111
    return None


def _codebook(ctx: typer.Context) -> Codebook | None:
    from npcompare.law.codebook_file import load_codebook

    with suppress(NpcompareError, OSError):
        return load_codebook(_folder(ctx))
    return None


def _lists(words: Iterable[str], incomplete: str) -> list[str]:
    """Return the list typed so far, completed with each word that is not in it yet."""
    before, comma, last = incomplete.rpartition(",")
    listed_words = before.split(",")
    new_words = [word for word in words if word not in listed_words]
    return [f"{before}{comma}{word}" for word in _beginning(new_words, last)]


def _beginning(words: Iterable[str], incomplete: str) -> list[str]:
    """Return the harmless words that begin with what was typed, each once."""
    return [
        word
        for word in dict.fromkeys(words)
        if word.startswith(incomplete) and re.fullmatch(_HARMLESS, word)
    ]
