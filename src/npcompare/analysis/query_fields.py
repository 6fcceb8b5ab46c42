"""The fields of provisions that conditions ask about, and what is known of each.

A field is a dimension of the codebook, a coded field that no dimension shows, or a fact about the
instrument or the jurisdiction.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.messages import deferred, message
from npcompare.model.codebook import FIELDS
from npcompare.model.logic import Answer
from npcompare.model.provision import NONE_REPORTED, Basis
from npcompare.shell import command
from npcompare.text import did_you_mean, near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Coded, Provision
    from npcompare.model.results import Classification

#: The field of the collection that a provision belongs to.
COLLECTION = "collection"

#: More words than this are not listed in a hint.
_MOST_LISTED = 40

#: Other names of fields: those that the files use.
_ALIASES = {
    "text": "text_status",
    "instrument_kind": "kind",
    "jurisdiction": "code",
    "country": "code",
    "state": "code",
}

#: Codes that ISO 3166-1 reserves beside its own, with the code of the same State.
_RESERVED_CODES = {"UK": "GB"}


class Known(Struct, frozen=True):
    """The words of a field that a provision is known to have."""

    words: frozenset[str]
    #: Whether it is known to have no others.
    is_all: bool = True

    def answer(self, word: str) -> Answer:
        """Return whether the provision has a word."""
        if word in self.words:
            return Answer.YES
        return Answer.NO if self.is_all else Answer.UNKNOWN


#: What is known if nothing is.
NOTHING = Known(frozenset(), is_all=False)


class QueryField(Struct, frozen=True, eq=False):
    """A field that conditions may ask about."""

    name: str
    label: str
    #: Each word with its label.
    words: Mapping[str, str]
    known: Callable[[Classification], Known]
    #: Returns a further word that a text means, or an empty string.
    further_word: Callable[[str], str] = lambda _: ""
    #: What to write, if the words cannot be listed.
    hint: str = ""
    #: Whether the part of a text that is not available may add words.
    is_coded: bool = False
    #: Whether the words can be compared with < and >.
    is_ordered: bool = False
    #: Whether the words are the classes of a dimension.
    is_dimension: bool = False

    def word(self, text: str) -> str:
        """Return the word that a text means: the word itself or its label.

        Raises NpcompareError if there is none.
        """
        key = normal(text)
        for word, label in self.words.items():
            if key in (normal(word), normal(label)):
                return word
        if further_word := self.further_word(text.strip()):
            return further_word
        kind = "class" if self.is_dimension else "word"
        hint = self._words_like(text)
        if self.is_dimension and key in {Basis.SILENT, Basis.UNKNOWN}:
            line = command("npcompare", "classify", "--by", self.name)
            hint = f"to list the provisions under each class, also those that are {key}: {line}"
        raise NpcompareError(f'"{text}" is not a {kind} of {self.name}', hint)

    def _words_like(self, text: str) -> str:
        if not self.words and not self.hint:
            return f"the codebook of this corpus has no words for {self.name}"
        by_label = {normal(label): word for word, label in self.words.items()}
        match = near(normal(text), [*self.words, *by_label])
        match = by_label.get(match, match)
        if len(self.words) <= _MOST_LISTED and not self.hint:
            kind = "classes" if self.is_dimension else "words"
            return did_you_mean(text, match, f"the {kind} are", self.words)
        return f'did you mean "{match}" ({self.words[match]})? {self.hint}' if match else self.hint


def normal(text: str) -> str:
    """Return a word or label as it is compared: in small letters, joined by underscores."""
    return re.sub(r"[\s_-]+", "_", text.strip().casefold().replace("’", "'"))


def field_names(book: Codebook) -> tuple[str, ...]:
    """Return the names of all fields, dimensions first."""
    return (*book.dimensions, *_FACTS, *_coded_fields(book))


def _coded_fields(book: Codebook) -> Iterator[str]:
    """Yield the coded fields that no dimension shows."""
    shown = {dimension.field for dimension in book.dimensions.values()}
    for name in FIELDS:
        if name not in shown and name not in book.dimensions and "." not in name:
            yield name


def query_field(book: Codebook, name: str, collections: Mapping[str, str]) -> QueryField:
    """Return a field by its name.

    Args:
        book: the codebook.
        name: the name; spaces and hyphens are read as underscores.
        collections: the collection of each provision by its id.

    Raises NpcompareError if there is no such field.

    """
    key = normal(name)
    key = _ALIASES.get(key, key)
    if key in book.dimensions:
        return _dimension_field(book.dimensions[key])
    if key == COLLECTION:
        return _collection(collections)
    if key in _FACTS:
        return _FACTS[key](book)
    if key in _coded_fields(book):
        label = message(_WITHOUT_DIMENSION.get(key, key.replace("_", " ").capitalize()))
        words = _labels(book, FIELDS[key]) | {NONE_REPORTED: message("none reported")}
        return QueryField(key, label, words, _coded(key), is_coded=True)
    names = field_names(book)
    # A coder may use the name of the field in the file, such as "offences".
    is_scope = any(field.startswith(f"{key}.") for field in FIELDS)
    match = "scope" if is_scope else near(key, names)
    hint = did_you_mean(name, match, "the fields are", names)
    raise NpcompareError(f'there is no field "{name}"', hint)


#: The labels of the coded fields that no dimension shows.
_WITHOUT_DIMENSION = {"addressee": deferred("Addressee")}


def _labels(book: Codebook, vocabulary: str) -> dict[str, str]:
    return {word: term.label for word, term in book.vocabulary.get(vocabulary, {}).items()}


# --- What is coded -------------------------------------------------------------------------------


def _dimension_field(dimension: Dimension) -> QueryField:
    words = {word: term.label for word, term in dimension.classes.items()}
    return QueryField(
        dimension.id,
        dimension.label,
        words | {NONE_REPORTED: message("none reported")},
        lambda classification: _known_classes(dimension, classification),
        is_coded=True,
        is_dimension=True,
    )


def _known_classes(dimension: Dimension, classification: Classification) -> Known:
    """Return the classes; one that is the sum of others, such as any victim, equals all of them."""
    classified = classification.dimensions[dimension.id]
    if classified.is_none_reported:
        return Known(frozenset({NONE_REPORTED}))
    sums = {
        word: term.stands_for
        for word, term in dimension.classes.items()
        if len(term.stands_for) > 1 and word not in term.stands_for
    }
    words = set(classified.values).union(*(sums.get(word, ()) for word in classified.values))
    words |= {word for word, parts in sums.items() if parts <= words}
    is_clear = classified.basis is not Basis.UNKNOWN and not classified.unknown_limbs
    return Known(frozenset(words), is_all=classification.provision.text.is_whole and is_clear)


def _coded(name: str) -> Callable[[Classification], Known]:
    """Return how the words of a coded field that no dimension shows are known."""

    def known(classification: Classification) -> Known:
        provision = classification.provision
        parts = (provision.coded, *(limb.coded for limb in provision.limbs))
        coded: list[Coded] = [value for part in parts for value in part.get(name, ())]
        words = frozenset(value.value for value in coded)
        is_none_reported = words == {NONE_REPORTED}
        return Known(words, is_all=provision.text.is_whole or is_none_reported)

    return known


# --- Facts about the instrument and the jurisdiction ---------------------------------------------


def _fact(read: Callable[[Provision], str]) -> Callable[[Classification], Known]:
    def known(classification: Classification) -> Known:
        word = read(classification.provision)
        return Known(frozenset({word})) if word else NOTHING

    return known


def _effect(book: Codebook) -> QueryField:
    def known(classification: Classification) -> Known:
        effect = classification.effect
        return NOTHING if effect == Basis.UNKNOWN else Known(frozenset({effect}))

    return QueryField("effect", message("Effect"), _labels(book, "effect"), known)


def _form(book: Codebook) -> QueryField:
    read = _fact(lambda provision: provision.form)
    return QueryField("form", message("Form"), _labels(book, "form"), read)


def _kind(book: Codebook) -> QueryField:
    read = _fact(lambda provision: provision.instrument.kind)
    return QueryField("kind", message("Kind of instrument"), _labels(book, "instrument_kind"), read)


def _jurisdiction_kind(book: Codebook) -> QueryField:
    words = _labels(book, "jurisdiction_kind")
    read = _fact(lambda provision: provision.jurisdiction.kind)
    return QueryField("jurisdiction_kind", message("Kind of jurisdiction"), words, read)


def _text_status(book: Codebook) -> QueryField:
    read = _fact(lambda provision: provision.text.status)
    return QueryField("text_status", message("Text"), _labels(book, "text_status"), read)


def _year(_: Codebook) -> QueryField:
    def year(text: str) -> str:
        return text if re.fullmatch("[0-9]{4}", text) else ""

    read = _fact(lambda provision: year(provision.instrument.year))
    hint = "write four digits, such as 2015"
    return QueryField("year", message("Year"), {}, read, year, hint, is_ordered=True)


def _code(_: Codebook) -> QueryField:
    from npcompare.law.un_states import united_nations

    nations = united_nations()

    def known(classification: Classification) -> Known:
        code = classification.provision.jurisdiction.code
        if not code:
            return _without_code(classification)
        # A law of California is a law of the United States of America.
        return Known(frozenset({code, code.partition("-")[0]}))

    def further_word(text: str) -> str:
        code = text.upper()
        if code in _RESERVED_CODES:
            return _RESERVED_CODES[code]
        # Codes with X are those that anyone may assign.
        is_known = nations.area_of(code) or code.startswith("X")
        return code if is_known and re.fullmatch("[A-Z]{2}(-[A-Z0-9]{1,3})?", code) else ""

    words = {code: area.name for code, area in nations.areas.items()}
    hint = "write a code of ISO 3166, such as KE or US-CA"
    return QueryField("code", message("Jurisdiction"), words, known, further_word, hint)


def _region(_: Codebook) -> QueryField:
    from npcompare.law.un_states import united_nations

    nations = united_nations()

    def known(classification: Classification) -> Known:
        regions = nations.regions_of(classification.provision.jurisdiction.code)
        if not regions:
            return _without_code(classification)
        return Known(frozenset(normal(region.name) for region in regions))

    def further_word(text: str) -> str:
        region = nations.regions.get(text)
        return normal(region.name) if region else ""

    words = {normal(region.name): region.name for region in nations.regions.values()}
    return QueryField("region", message("Region"), words, known, further_word)


def _without_code(classification: Classification) -> Known:
    """Return what is known of the code and the regions of a jurisdiction without a code."""
    is_place = classification.provision.jurisdiction.kind in {"state", "territory"}
    return NOTHING if is_place else Known(frozenset())


def _collection(collections: Mapping[str, str]) -> QueryField:
    def known(classification: Classification) -> Known:
        # A file outside the corpus is in no collection.
        collection = collections.get(classification.provision.id)
        return Known(frozenset({collection} if collection else ()))

    words = {name: name for name in dict.fromkeys(collections.values())}
    return QueryField(COLLECTION, message("Collection"), words, known)


#: The fields that are facts, by name.
_FACTS: dict[str, Callable[[Codebook], QueryField]] = {
    "effect": _effect,
    "form": _form,
    "kind": _kind,
    "jurisdiction_kind": _jurisdiction_kind,
    "code": _code,
    "region": _region,
    "year": _year,
    COLLECTION: lambda _: _collection({}),
    "text_status": _text_status,
}
