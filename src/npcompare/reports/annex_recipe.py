"""What is asked of an annex, and the recipe that is filed with it, by which it is made again."""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.law.yaml_reader import mapping, sequence
from npcompare.reports.records import Digest, Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

#: What of a wish decides what stands in the cells.
_FIELDS = ("layout", "group_by", "sort", "title", "number", "collection", "as_of")


class Wish(Struct, frozen=True):
    """What a drafter asks of an annex."""

    layout: str = "annex"
    #: The columns wanted, in their order; the layout's own if empty.
    columns: tuple[str, ...] = ()
    #: The dimension whose classes part the table; none if empty.
    group_by: str = ""
    #: "name", "date", "class" or "given".
    sort: str = "name"
    title: str = ""
    number: str = ""
    #: The path of a file of the house whose styles are taken over.
    template: str = ""
    #: The collection it is of, where no provision was named, and the day whose law it shows.
    collection: str = ""
    as_of: str = ""


class WishRecord(Record, frozen=True):
    """The options of an annex that decide the contents of its cells."""

    columns: list[str]
    layout: str
    group_by: str
    sort: str
    title: str
    number: str
    collection: str
    as_of: str


class RecipeRecord(Record, frozen=True):
    """How an annex is made again: the corpus, the provisions, the options."""

    digest: Digest
    ids: list[str]
    wish: WishRecord


def recipe(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> RecipeRecord:
    """Return how an annex is made again."""
    return RecipeRecord(
        digest=corpus.digest(),
        ids=[_name(corpus, result.provision) for result in results],
        wish=WishRecord(
            columns=list(wish.columns), **{name: getattr(wish, name) for name in _FIELDS}
        ),
    )


def asked(recipe: Mapping[str, Any]) -> tuple[list[str], Wish]:
    """Return the ids and the wish that an annex was made from.

    The recipe comes from a file that anybody may have written; raises NpcompareError if it is not
    what `export` writes. The style of the house has no part in it.
    """
    ids, wish = recipe.get("ids"), recipe.get("wish")
    if not (isinstance(ids, list) and isinstance(wish, dict)):
        raise NpcompareError("the file does not record how it was made")
    chosen = wish.get("columns")
    known = {name: str(wish.get(name, "")) for name in _FIELDS}
    named = tuple(map(str, chosen)) if isinstance(chosen, list) else ()
    return [str(one) for one in ids if _stays_here(str(one))], Wish(columns=named, **known)


def named(recipe: Mapping[str, Any]) -> list[str]:
    """Return the names of all provisions that an annex was made from; of a collection, none."""
    is_whole = bool(mapping(recipe.get("wish")).get("collection"))
    return [] if is_whole else list(map(str, sequence(recipe.get("ids"))))


def _name(corpus: Corpus, one: Provision) -> str:
    """Return the name of a provision for a recipe: a path only if it leads below this folder."""
    name = corpus.name_of(one)
    return name if _stays_here(name) else one.id


def _stays_here(name: str) -> bool:
    """Say whether a name leads to no file but one below the current folder."""
    parts = PurePath(name.replace("\\", "/"))
    return not (parts.is_absolute() or PureWindowsPath(name).drive or ".." in parts.parts)
