"""Messages in the language of the output: their forms, numbers, lists, dates and quotation marks.

The code has its messages in English, which needs no data. A catalogue has the translations of
another language by the English text, as gettext does, so that a message which is reworded is in
English until it is translated again, and never in words that say something else.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from babel import Locale

    #: A translation: one text, or one for each plural category of the language.
    Forms = str | Mapping[str, str]

#: The language of the messages in the code.
ENGLISH_TAG = "en"

#: The languages that run from right to left, by the first part of their tags.
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

#: Stands for the terms of the United Nations, which the messages have.
UN_TERMS = "un"


def main_language(tag: str) -> str:
    """Return the language of a tag without its region or script: "fr" for "fr-BE"."""
    return tag.partition("-")[0].casefold()


def runs_right_to_left(tag: str) -> bool:
    """Return whether the language of a BCP 47 tag runs from right to left."""
    return main_language(tag) in _RIGHT_TO_LEFT


class Catalogue(Struct, frozen=True, dict=True):
    """The translations into one language, and how it writes lists and quotations."""

    #: The BCP 47 tag of the language, and its English name.
    language: str = ENGLISH_TAG
    name: str = "English"
    #: Opening and closing marks of a quotation, and of one within it.
    quotation_marks: tuple[str, str] = ("“", "”")
    inner_marks: tuple[str, str] = ("‘", "’")  # noqa: RUF001 - these are the marks
    #: What is between the items of a list in a sentence, and before the last one.
    list_separator: str = ", "
    last_separators: Mapping[str, str] = field(
        default_factory=lambda: {"and": " and ", "or": " or "}
    )
    #: Whether every item but the first has the conjunction, instead of the last alone.
    is_conjunction_repeated: bool = False
    #: Words by which a conjunction is another one: the conjunction, how they begin, and the other.
    other_separators: tuple[tuple[str, str, str], ...] = ()
    #: What replaces the comma between items that have commas themselves, also before the last one.
    strong_separator: str = "; "
    last_strong_separators: Mapping[str, str] = field(
        default_factory=lambda: {"and": "; and ", "or": "; or "}
    )
    #: How a part is written in the number of a place, such as paragraph 3(f).
    part: str = "({part})"
    #: What is between two sentences, and between words and the brackets after them.
    gap: str = " "
    #: The characters before and after a number that stay on its line, in a script without spaces.
    kept_before: str = ""
    kept_after: str = ""
    #: Names of months in dates, if they are not those of the locale.
    months: tuple[str, ...] = ()
    #: How dates begin on the first of a month, if not with the figure.
    first_day: str = ""
    #: Translations by the English text; for a message with a number, by its form for many.
    messages: Mapping[str, Forms] = field(default_factory=dict)
    #: The English texts whose translation has no source.
    proposed: frozenset[str] = frozenset()
    #: The English texts of data that were to be translated so far, and have no translation.
    untranslated: set[str] = field(default_factory=set)
    #: Terms that a body prefers, by the terms that the messages have, and which body that is.
    terms: Mapping[str, str] = field(default_factory=dict)
    body: str = UN_TERMS

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language runs from right to left."""
        return runs_right_to_left(self.language)

    @property
    def locale(self) -> Locale:
        """The rules of the language in the Common Locale Data Repository."""
        from babel import Locale

        return Locale.parse(self.language)

    def has(self, english: str) -> bool:
        """Return whether a text can be said in the language."""
        return english in self.messages or self.language == ENGLISH_TAG

    def text(self, english: str) -> str:
        """Return the translation of a text that has no number; without one, the text itself."""
        forms = self.messages.get(english, english)
        return self._in_terms(forms if isinstance(forms, str) else english)

    def counted(self, singular: str, many: str, count: int) -> str:
        """Return the translation of a text with a number, in the form that it requires."""
        forms = self.messages.get(many)
        if forms is None:
            return self._in_terms(singular if count == 1 else many)
        if isinstance(forms, str):
            return self._in_terms(forms)
        return self._in_terms(forms.get(self.locale.plural_form(count)) or forms["other"])

    def _in_terms(self, text: str) -> str:
        for term, preferred in self.terms.items():
            text = text.replace(term, preferred)
        return text


ENGLISH = Catalogue()

_current: ContextVar[Catalogue] = ContextVar("catalogue", default=ENGLISH)


def current() -> Catalogue:
    """Return the catalogue in use."""
    return _current.get()


def activate(catalogue: Catalogue) -> None:
    """Use a catalogue from now on."""
    _current.set(catalogue)


@contextmanager
def using(catalogue: Catalogue) -> Iterator[None]:
    """Use a catalogue within a block."""
    token = _current.set(catalogue)
    try:
        yield
    finally:
        _current.reset(token)


# --- Messages --------------------------------------------------------------------------------


def deferred(english: str) -> str:
    """Return a text unchanged, and declare that it is translated where it is used."""
    return english


def message(english: str, /, **values: Any) -> str:
    """Return a message in the language in use, with values in place of {their names}."""
    text = _current.get().text(english)
    return text.format_map(_formatted(values)) if values else text


def divided(english: str) -> list[tuple[str, str]]:
    """Return a message in the language in use in parts: words, and the value that follows them.

    It is for values that are no text, such as a field that counts pages. The name of the value is
    empty at the end of a message.
    """
    from string import Formatter

    parts = Formatter().parse(_current.get().text(english))
    return [(words, name or "") for words, name, *_ in parts]


def plural(singular: str, many: str, count: int, /, **values: Any) -> str:
    """Return a message with a number, in the form that it requires; {count} is the number.

    Args:
        singular: The English message for one.
        many: The English message for any other number, by which catalogues have their forms.
        count: The number.
        values: What is put in place of other names in braces.
    """
    text = _current.get().counted(singular, many, count)
    return text.format_map(_formatted({"count": count, **values}))


def _formatted(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: number(value) if isinstance(value, int) else value for name, value in values.items()
    }


# --- Parts of messages -----------------------------------------------------------------------


def number(value: int) -> str:
    """Return a whole number with the separators of the language."""
    catalogue = _current.get()
    if catalogue.language == ENGLISH_TAG:
        return f"{value:,}"
    from babel.numbers import format_decimal

    return format_decimal(value, locale=catalogue.locale)


def decimal(value: float, places: int) -> str:
    """Return a number with decimals, as the language writes it: "0.250", "0,250"."""
    catalogue = _current.get()
    if catalogue.language == ENGLISH_TAG:
        return f"{value:,.{places}f}"
    from babel.numbers import format_decimal

    return format_decimal(value, format=f"#,##0.{'0' * places}", locale=catalogue.locale)


def percentage(share: float, places: int) -> str:
    """Return a share in per cent with decimals, as the language writes it: "95.0%", "95,0 %"."""
    catalogue = _current.get()
    if catalogue.language == ENGLISH_TAG:
        return f"{share * 100:.{places}f}%"
    pattern: str = catalogue.locale.percent_formats[None].pattern
    return pattern.replace("#,##0", decimal(share * 100, places))


def plain_figures(text: str) -> str:
    """Return a number or percentage of the language as English has it, without separators.

    Any other text is returned unchanged.
    """
    catalogue = _current.get()
    group, point = ",", "."
    if catalogue.language != ENGLISH_TAG:
        symbols = catalogue.locale.number_symbols["latn"]
        group, point = symbols["group"], symbols["decimal"]
    pattern = (
        rf"(-?[0-9]{{1,3}}(?:{re.escape(group)}?[0-9]{{3}})*)"
        rf"(?:{re.escape(point)}([0-9]+))?(?:\s?(%))?"
    )
    if not (match := re.fullmatch(pattern, text)):
        return text
    whole, decimals, percent = match.groups("")
    return f"{whole.replace(group, '')}{'.' * bool(decimals)}{decimals}{percent}"


def listed(names: Sequence[str], *, conjunction: str = "and", is_strong: bool = False) -> str:
    """Return names as a list in a sentence: "scope, threshold and stage".

    Args:
        names: The names, at least one.
        conjunction: "and" or "or".
        is_strong: Whether semicolons separate them, because they have commas themselves.
    """
    catalogue = _current.get()
    *first_names, last_name = names
    if not first_names:
        return last_name
    separator = catalogue.strong_separator if is_strong else catalogue.list_separator
    lasts = catalogue.last_strong_separators if is_strong else catalogue.last_separators
    last = lasts[conjunction]
    for word, start, other in catalogue.other_separators:
        if word == conjunction and re.match(start, last_name, re.IGNORECASE):
            last = f"{separator}{other.lstrip()}" if is_strong else other
    if catalogue.is_conjunction_repeated:
        separator = last
    return f"{separator.join(first_names)}{last}{last_name}"


def enumerated(names: Sequence[str], *, is_strong: bool = False) -> str:
    """Return names one after the other, without a conjunction: "scope, threshold, stage"."""
    catalogue = _current.get()
    separator = catalogue.strong_separator if is_strong else catalogue.list_separator
    return separator.join(names)


def subdivided(number: str) -> str:
    """Return the number of a place with its parts as the language writes them: "3(f)", "3 f)"."""
    pattern = _current.get().part
    parts = re.sub(r"\(([^()\s]{1,9})\)", lambda part: pattern.format(part=part[1]), number)
    return re.sub(r"(?<=[\s\u2013-])\s+", "", parts)


def in_brackets(words: str) -> str:
    """Return words in brackets."""
    return message("({words})", words=words)


def spaced_brackets(words: str) -> str:
    """Return words in brackets, to follow others, with the space that is before them."""
    return f"{_current.get().gap}{in_brackets(words)}"


def sentences(*parts: str) -> str:
    """Return sentences one after the other, without those that are empty."""
    text = ""
    for part in filter(None, parts):
        # A sentence in Latin letters, such as a note without a translation, keeps its space.
        is_wide = east_asian_width(text[-1:] or " ") in "FW"
        text += part if not text else f"{_current.get().gap if is_wide else ' '}{part}"
    return text


def in_quotation_marks(words: str) -> str:
    """Return words in quotation marks, with inner ones for those that are in the words."""
    catalogue = _current.get()
    (opening, closing), (inner, inner_closing) = catalogue.quotation_marks, catalogue.inner_marks
    nested = words.replace("“", inner).replace("”", inner_closing)
    return f"{opening}{nested}{closing}"


def spoken(date: str) -> str:
    """Return a date in words: "8 April 2026" for 2026-04-08; a year or month may be all."""
    year, *parts = date.split("-")
    if not parts:
        return year
    catalogue = _current.get()
    months = ENGLISH_MONTHS if catalogue.language == ENGLISH_TAG else catalogue.months
    if not months:
        return _localized(catalogue, year, *parts)
    return " ".join([*(str(int(each)) for each in parts[1:]), months[int(parts[0]) - 1], year])


#: Written out, because the names of the standard library depend on the language of the machine.
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def _localized(catalogue: Catalogue, year: str, month: str, day_of_month: str = "") -> str:
    """Return a date as the locale writes it, with or without its day."""
    from datetime import date

    from babel.dates import format_date, format_skeleton

    value = date(int(year), int(month), int(day_of_month or 1))
    if day_of_month:
        words = format_date(value, "long", locale=catalogue.locale)
        is_first = value.day == 1 and catalogue.first_day
        return f"{catalogue.first_day}{words.removeprefix('1')}" if is_first else words
    return format_skeleton("yMMMM", value, locale=catalogue.locale)
