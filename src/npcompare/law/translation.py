"""Catalogues of translations, and data in the language of a catalogue.

The labels of a language are in `schemas/labels/LANG.yaml`; a corpus may have translations of its
own notes and words in `labels/LANG.yaml` beside its provisions.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from npcompare.errors import NpcompareError, ProblemsError
from npcompare.files import bundled
from npcompare.law.bundled_data import checked_data
from npcompare.law.catalogue_checks import LabelChecks
from npcompare.law.folders import LABELS, leads_out, linked_out
from npcompare.law.places import place_in
from npcompare.messages import ENGLISH, ENGLISH_TAG, UN_TERMS, Catalogue
from npcompare.model.codebook import english_words
from npcompare.model.provision import Limb
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    T = TypeVar("T")

#: The languages of output: the official languages of the United Nations.
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")

#: Stands for the language of the system.
SYSTEM = "auto"

#: Whose terms are used: those of the United Nations, of the European Union or of the Council of
#: Europe.
BODIES = (UN_TERMS, "eu", "coe")

#: The fields of data that are prose of npcompare or of a coder, and not words of a law or title.
_PROSE = frozenset(
    {
        *("label", "excluded_label", "definition", "question", "because", "silence", "asks"),
        *("short", "group", "note"),
    }
)

#: Fields that are prose in these structures only.
_PROSE_IN = {"Note": "text", "Codebook": "title", "Benchmark": "title"}


def catalogue_of(language: str, body: str = BODIES[0], statutes: Path | None = None) -> Catalogue:
    """Return the catalogue of a language with the terms of a body.

    Args:
        language: One of LANGUAGES, in any case, or with a region, such as "fr-CA".
        body: One of BODIES.
        statutes: The folder of a corpus that may have translations of its own.

    Raises NpcompareError for a language or a body that is not known, and ProblemsError if a
    catalogue has findings.
    """
    tag, language = language, _main_language(language)
    if language not in LANGUAGES:
        hint = suggestion(tag, "the languages of tables are", LANGUAGES)
        raise NpcompareError(f'there are no tables in the language "{tag}"', hint)
    body = body.casefold()
    if body not in BODIES:
        hint = suggestion(body, "write one of", BODIES)
        raise NpcompareError(f'there are no terms of "{body}"', hint)
    if language == ENGLISH_TAG and body == BODIES[0]:
        return ENGLISH
    data = _data(bundled("schemas") / LABELS / f"{language}.yaml", "labels")
    messages: dict[str, Any] = {}
    proposed: set[str] = set()
    for catalogue_data in [data, *_corpus_data(statutes, language)]:
        messages |= _messages(catalogue_data)
        proposed = (proposed | {*catalogue_data.get("proposed", {})}) - _found(catalogue_data)
    return Catalogue(
        language=language,
        name=data["name"],
        quotation_marks=tuple(data["quotation_marks"]),
        inner_marks=tuple(data["inner_marks"]),
        months=tuple(data.get("months", ())),
        first_day=data.get("first_day", ""),
        part=data.get("part", "({part})"),
        kept_before=data.get("kept_before", ""),
        kept_after=data.get("kept_after", ""),
        messages=messages,
        proposed=frozenset(proposed),
        terms=data.get("bodies", {}).get(body, {}),
        body=body,
        **_lists(data["lists"]),
    )


def _lists(lists: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a language writes lists, from its catalogue."""
    strong = lists["strong"]
    conjunctions = {name: lists[name] for name in ("and", "or")}
    return {
        "list_separator": lists["separator"],
        "last_separators": conjunctions,
        "other_separators": tuple(
            (separator["conjunction"], separator["before"], separator["text"])
            for separator in lists.get("others", ())
        ),
        "strong_separator": strong,
        "last_strong_separators": {
            name: lists.get(f"strong_{name}", f"{strong}{words.lstrip()}")
            for name, words in conjunctions.items()
        },
        "is_conjunction_repeated": lists.get("repeated", False),
        "gap": lists.get("gap", " "),
    }


def system_language() -> str:
    """Return the language of the system if there are tables in it, else English."""
    from locale import getlocale

    # The names of locales that are set, whether or not they are installed; Windows sets none.
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = _main_language(next(filter(None, names), getlocale()[0] or ""))
    return language if language in LANGUAGES else ENGLISH_TAG


def _main_language(tag: str) -> str:
    """Return the language of a tag or locale, without its region: "fr" for "fr_CA.UTF-8"."""
    return re.split("[-_.@]", tag, maxsplit=1)[0].casefold()


def _corpus_data(statutes: Path | None, language: str) -> Iterator[Mapping[str, Any]]:
    """Yield the data of the bundled corpus's catalogue and of a corpus's own, if there is one.

    A note that a corpus has in the words of a bundled one has its translation. Raises ProblemsError
    for a link that leads out of the corpus.
    """
    folders = () if statutes is None else dict.fromkeys((bundled("statutes"), statutes))
    for folder in folders:
        path = folder / LABELS / f"{language}.yaml"
        if leads_out(path, folder):
            raise ProblemsError((linked_out(path),))
        if path.is_file():
            yield _data(path, "corpus-labels")


@cache
def _data(path: Path, schema: str) -> Mapping[str, Any]:
    """Return the data of a catalogue; raise ProblemsError if it has findings."""
    return cast("Mapping[str, Any]", checked_data(path, LabelChecks(schema)))


def _found(data: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(text for labels in data.get("found", {}).values() for text in labels)


def _messages(data: Mapping[str, Any]) -> dict[str, Any]:
    messages = dict(data.get("proposed", {}))
    for labels in data.get("found", {}).values():
        messages |= labels
    return messages


# --- Data ------------------------------------------------------------------------------------


def translated(structure: T, catalogue: Catalogue) -> T:
    """Return data, such as a codebook or a provision, with its prose in another language.

    What has no translation stays in English. Words of the law, titles and names stay as they are.
    """
    return cast("T", _translated(structure, catalogue))


def prose(structure: Any) -> Iterator[str]:
    """Yield the prose in data that `translated` translates."""
    if isinstance(structure, Struct):
        yield from _prose_of(structure)
    elif isinstance(structure, dict):
        for value in structure.values():
            yield from prose(value)
    elif isinstance(structure, tuple):
        for value in structure:
            yield from prose(value)


def _prose_of(structure: Struct) -> Iterator[str]:
    if isinstance(structure, Limb) and not structure.id.isdecimal():
        yield english_words(structure.id)
    prose_fields = _prose_fields(structure)
    for name in structure.__struct_fields__:
        value = getattr(structure, name)
        if name in prose_fields and isinstance(value, str):
            yield from filter(None, [value])
        else:
            yield from prose(value)


def _prose_fields(structure: Struct) -> frozenset[str]:
    field = _PROSE_IN.get(type(structure).__name__)
    return _PROSE | {field} if field else _PROSE


def _prose_in(english: str, catalogue: Catalogue) -> str:
    """Return prose in the language of a catalogue, which remembers what it lacks."""
    if english and not catalogue.has(english):
        catalogue.untranslated.add(english)
    return catalogue.text(english)


def _translated(value: Any, catalogue: Catalogue) -> Any:
    if isinstance(value, Struct):
        prose_fields = _prose_fields(value)
        changes = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            is_prose = name in prose_fields and isinstance(old, str)
            if name == "pinpoint" and isinstance(old, str):
                new = place_in(old, catalogue)
            else:
                new = _prose_in(old, catalogue) if is_prose else _translated(old, catalogue)
            if new is not old:
                changes[name] = new
        return replace(value, **changes) if changes else value
    if isinstance(value, dict):
        entries = {key: _translated(each, catalogue) for key, each in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    if isinstance(value, tuple):
        items = [_translated(each, catalogue) for each in value]
        is_changed = any(new is not old for new, old in zip(items, value, strict=True))
        if not is_changed:
            return value
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value
