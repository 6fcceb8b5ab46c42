"""The options of an annex, and the recipe stored in its file, from which it is made again."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from npcompare.errors import NpcompareError
from npcompare.law.translation import catalogue_of
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.messages import ENGLISH_TAG, UN_TERMS, current
from npcompare.reports.bill_files import BillFileRecord, bill_files, is_below_here
from npcompare.reports.records import Digest, Record, present
from npcompare.shell import command
from npcompare.text import did_you_mean, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.messages import Catalogue
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

#: By layout, the columns of an annex whose recipe does not name them: those that it had without
#: --columns when such recipes were written.
_FORMER_COLUMNS = {
    "annex": (
        *("jurisdiction", "instrument", "scope", "threshold", "stage", "relief", "words", "source"),
    ),
    "matrix": ("scope", "threshold", "stage"),
}

#: Where an annex has the texts of the law: in a column, or in a table after it. In annexes made
#: before there was such a table they are in a column, and what classes are based on is in notes.
COLUMN: Final = "column"
TABLE: Final = "table"
FORMER: Final = "former"

#: The edition of the layouts. Annexes of the first, which do not record it, have no groups of rows,
#: a row for each provision of which nothing is known, and the title of the source in each row.
EDITION: Final = 2

#: The options that decide the contents of the cells.
_FIELDS = ("layout", "group_by", "sort", "title", "number", "collection", "as_of", "names")


class Wish(Struct, frozen=True):
    """The options of an annex."""

    layout: str = "annex"
    #: The columns in their order; the default columns of the layout if empty.
    columns: tuple[str, ...] = ()
    #: The dimension by whose classes the table is divided; none if empty.
    group_by: str = ""
    #: "name", "date", "class" or "given".
    sort: str = "name"
    title: str = ""
    number: str = ""
    #: The path of a Word file whose styles are used.
    template: str = ""
    #: The collection, if no provision was named, and the day whose law is shown.
    collection: str = ""
    as_of: str = ""
    #: The style of the names of jurisdictions; those of the files if empty.
    names: str = ""
    #: The language of the annex, and whose terms it has.
    language: str = ENGLISH_TAG
    terms: str = UN_TERMS
    #: Conditions that the provisions meet.
    where: tuple[str, ...] = ()
    #: Whether dimensions in which nothing is known are shown, too.
    detail: bool = False
    #: The headings of the columns that the drafter writes in.
    own_columns: tuple[str, ...] = ()
    #: COLUMN, TABLE or FORMER; if it is empty, the length of the texts decides.
    texts: str = ""
    #: Names of jurisdictions from a names file, by id, alias or code.
    display_names: Mapping[str, str] = field(default_factory=dict)
    #: The edition of the layout; an earlier one if an annex of that edition is made again.
    edition: int = EDITION
    #: The language of texts in several languages; that of the table if empty.
    text_language: str = ""


class WishRecord(Record, frozen=True):
    """The options that decide the contents of the cells."""

    columns: list[str]
    layout: str
    group_by: str
    sort: str
    title: str
    number: str
    collection: str
    as_of: str
    names: str
    where: list[str]
    detail: bool
    texts: Annotated[
        Literal["column", "table"] | UnsetType,
        Meta(description="Where the texts of the law are; absent in annexes made before."),
    ] = UNSET
    edition: Annotated[
        int | UnsetType,
        Meta(description="The edition of the layout; absent in annexes of the first edition."),
    ] = UNSET
    own_columns: list[str] | UnsetType = UNSET
    display_names: dict[str, str] | UnsetType = UNSET
    text_language: str | UnsetType = UNSET
    language: Annotated[
        str | UnsetType, Meta(description="The language of the annex; absent for English.")
    ] = UNSET
    terms: Annotated[
        str | UnsetType,
        Meta(description="Whose terms it has; absent for those of the United Nations."),
    ] = UNSET


class RecipeRecord(Record, frozen=True):
    """How an annex is made again: the corpus, the provisions, the options."""

    digest: Digest
    ids: list[str]
    wish: WishRecord
    files: Annotated[
        list[BillFileRecord] | UnsetType,
        Meta(description="The files of provisions that the ids do not lead to."),
    ] = UNSET
    proposed: Annotated[
        list[str] | UnsetType,
        Meta(description="The documents whose coding is proposed and not confirmed."),
    ] = UNSET


def recipe_record(corpus: Corpus, results: Sequence[Classification], wish: Wish) -> RecipeRecord:
    """Return how an annex is made again."""
    return RecipeRecord(
        digest=corpus.digest(),
        ids=[_name(corpus, result.provision) for result in results],
        wish=WishRecord(
            columns=list(wish.columns),
            **{name: getattr(wish, name) for name in _FIELDS},
            where=list(wish.where),
            detail=wish.detail,
            texts=_recorded_place(wish.texts),
            edition=wish.edition if wish.edition > 1 else UNSET,
            own_columns=present(list(wish.own_columns)),
            text_language=present(wish.text_language),
            display_names=present(_used_names(corpus, results)),
            language=wish.language if wish.language != ENGLISH_TAG else UNSET,
            terms=wish.terms if wish.terms != UN_TERMS else UNSET,
        ),
        files=present(bill_files(corpus, results)),
        proposed=present([_document(each) for each in corpus.proposed if each.proposed]),
    )


def _used_names(corpus: Corpus, results: Sequence[Classification]) -> dict[str, str]:
    """Return the names of a names file that an annex has, by their keys."""
    keys = {corpus.naming.key_of(result.provision) for result in results} - {""}
    return {key: corpus.naming.names[key] for key in sorted(keys)}


def asked(recipe: Mapping[str, Any]) -> tuple[list[str], Wish]:
    """Return the ids and the options that an annex was made from.

    Raises NpcompareError if the recipe is not one that `export` writes: it comes from a file that
    anyone may have written. The template is not part of a recipe.
    """
    ids, wish = recipe.get("ids"), recipe.get("wish")
    if not (isinstance(ids, list) and ids and isinstance(wish, dict)):
        raise NpcompareError("the file does not record how it was made")
    fields = {name: str(wish.get(name, "")) for name in _FIELDS}
    where, own_columns = (
        tuple(map(str, sequence(wish.get(name)))) for name in ("where", "own_columns")
    )
    recorded = {str(mapping(record).get("name")) for record in sequence(recipe.get("files"))}
    safe_ids = [name for name in map(str, ids) if is_below_here(name) or name in recorded]
    detail = wish.get("detail") is True
    display_names = mapping(wish.get("display_names")).items()
    return safe_ids, Wish(
        columns=columns_of(recipe),
        where=where,
        own_columns=own_columns,
        display_names={str(key): str(name) for key, name in display_names},
        detail=detail,
        language=str(wish.get("language", ENGLISH_TAG)),
        terms=str(wish.get("terms", UN_TERMS)),
        texts=_place_of_texts(wish),
        edition=EDITION if wish.get("edition") == EDITION else 1,
        text_language=str(wish.get("text_language", "")),
        **fields,
    )


def catalogue_of_annex(recipe: Mapping[str, Any], corpus: Corpus | None = None) -> Catalogue:
    """Return the catalogue of an annex: with the translations of the corpus, if one is given.

    Raises NpcompareError if there are no tables in its language.
    """
    wish = mapping(recipe.get("wish"))
    language, terms = str(wish.get("language", ENGLISH_TAG)), str(wish.get("terms", UN_TERMS))
    return catalogue_of(language, terms, corpus.folder if corpus else None)


def require_language(recipe: Mapping[str, Any]) -> None:
    """Raise NpcompareError if an earlier annex is not in the language and terms in use."""
    earlier, catalogue = catalogue_of_annex(recipe), current()
    if (earlier.language, earlier.body) == (catalogue.language, catalogue.body):
        return
    option = f"--language {earlier.language}"
    if earlier.language == catalogue.language:
        option = f"--terms {earlier.body}"
        raise NpcompareError("the earlier annex has the terms of another body", f"add {option}")
    raise NpcompareError(
        f"the earlier annex is in {earlier.name}, this one in {catalogue.name}", f"add {option}"
    )


def _recorded_place(texts: str) -> Literal["column", "table"] | UnsetType:
    if texts == TABLE:
        return TABLE
    return COLUMN if texts == COLUMN else UNSET


def _place_of_texts(wish: Mapping[str, Any]) -> str:
    return str(wish["texts"]) if wish.get("texts") in (COLUMN, TABLE) else FORMER


def columns_of(recipe: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns that an annex was made with, besides those of the drafter's own."""
    wish = mapping(recipe.get("wish"))
    columns = tuple(map(str, sequence(wish.get("columns"))))
    return columns or _FORMER_COLUMNS.get(str(wish.get("layout")), ())


def printed_columns(recipe: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns that the first table of an annex has, besides those of one's own."""
    columns = columns_of(recipe)
    has_texts_apart = _place_of_texts(mapping(recipe.get("wish"))) == TABLE
    return tuple(name for name in columns if not (has_texts_apart and name == "words"))


def require_confirmed(recipe: Mapping[str, Any], path: str) -> None:
    """Raise NpcompareError if an annex has cells whose coding is only proposed.

    No corpus has the data that these could match, so the annex is never up to date.
    """
    if documents := list(map(str, sequence(recipe.get("proposed")))):
        raise NpcompareError(
            f"{path} has a coding that is proposed and not confirmed: {'; '.join(documents)}",
            f"code the text first{_how_to_code(documents[0])}; then make the annex again",
        )


def _document(provision: Provision) -> str:
    """Return the document of a proposed coding: with its path if that leads below this folder."""
    if not provision.proposed:
        return ""
    folder = PurePosixPath(provision.id).parent
    name = provision.proposed.name
    return str(folder / name) if is_below_here(provision.id) else name


def _how_to_code(document: str) -> str:
    """Return how to code a document, which has its section after a comma.

    In an annex that was made before, and in other folders, its path is not known.
    """
    name, _, section = document.rpartition(", ")
    if not name or _is_file(document):
        name, section = document, ""
    options = ("--section", section) if section else ()
    if _is_file(name):
        return f": {command('npcompare', 'code', Path(name), *options)}"
    line = command("npcompare", "code", PurePosixPath(name).name, *options)
    return f", in the folder where it is: {line}"


def _is_file(name: str) -> bool:
    """Return whether a name that anyone may have written is that of a file below this folder."""
    return is_below_here(name) and "\0" not in name and Path(name).is_file()


def named(recipe: Mapping[str, Any]) -> list[str]:
    """Return the names of the provisions that an annex was made from; none for a collection."""
    is_collection = bool(mapping(recipe.get("wish")).get("collection"))
    return [] if is_collection else list(map(str, sequence(recipe.get("ids"))))


#: What the words of a vocabulary are often called.
_OTHER_NAMES = {"country": "jurisdiction", "state": "jurisdiction"}


def known_word(kind: str, word: str, vocabulary: Iterable[str]) -> str:
    """Return a word of a vocabulary; raise NpcompareError with a suggestion for any other."""
    words = list(vocabulary)
    if word not in words:
        meant = _OTHER_NAMES.get(word.casefold(), "")
        match = meant if meant in words else near(word, words)
        hint = did_you_mean(word, match, "there are", words)
        raise NpcompareError(f'there is no {kind} "{word}"', hint)
    return word


def _name(corpus: Corpus, provision: Provision) -> str:
    """Return the name of a provision for a recipe: a path only if it leads below this folder."""
    name = provision.proposed.name if provision.proposed else corpus.name_of(provision)
    return name if is_below_here(name) else provision.id
