"""Labels that were typed at the beginning of a paragraph: "12.", "(1)", "Article 26"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.text import roman_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = (
    r"article|art\.|section|sec\.|clause|rule|principle|regulation|guideline|recommendation"
    r"|paragraph|para\.|part|chapter|title|schedule|annex|appendix"
    r"|art[ií]culo|secci[oó]n|p[aá]rrafo|principio|cap[ií]tulo|t[ií]tulo|anexo"
    r"|principe|paragraphe|chapitre|titre|annexe"
)
_NUMBER = r"\d{1,4}(?:[.\u2013-]\d{1,4})*(?:-?[A-Z]{1,2}|[a-z])?"

#: A label that is named by a word; the words after it begin anew, for it is no reference.
_NAMED = re.compile(
    rf"(?P<word>(?i:{_WORDS}))\s+(?P<name>{_NUMBER}|[IVXLC]{{1,7}}|[A-Z])(?!\w)"
    r"(?:\s?[.:](?=\s|\Z)|(?=\s*\Z|\s+[A-Z\u00c0-\u00dd(\u2013\u2014-]))"
)
_PARAGRAPH_SIGN = re.compile(rf"§{{1,2}}\s?(?P<name>{_NUMBER})\.?(?=\s|\Z)")

_BRACKETED = re.compile(
    r"\((?P<name>\d{1,3}[A-Za-z]{0,2}|[ivxlc]{1,6}|[IVXLC]{1,6}|[^\W\d_]{1,2})\)(?=[\s(\u2014]|\Z)"
)
_MARKED = re.compile(
    r"(?P<name>\d{1,4}(?:\.\d{1,4}){0,4}[A-Z]{0,2}|[ivxlc]{1,6}|[IVXLC]{1,6}|[^\W\d_])"
    r"(?P<mark>\.?\)|[.°º])(?=[\s(\u2013\u2014]|\Z)"
)
_COMPOUND = re.compile(r"(?P<name>\d{1,4}(?:\.\d{1,4}){1,4})(?=\s|\Z)")
_BARE = re.compile(r"(?P<name>\d{1,4}[A-Z]{0,2})(?=\t|\s*\Z)")
_SIGN = re.compile(
    r"(?P<name>[\u2022\u25e6\u25aa\u25a0\u25cf\u25cb\u2023\u00b7\u2013\u2014-])(?=\s)"
)

_FIRST = (_NAMED, _PARAGRAPH_SIGN, _BRACKETED, _MARKED, _COMPOUND, _BARE, _SIGN)
#: What may follow a label directly: "12.—(1)", "12. (1)".
_SECOND = (_BRACKETED,)
_BETWEEN = re.compile(r"[\s\u2013\u2014.-]*")


class TypedLabel(Struct, frozen=True):
    """A label: where it ends, its name, and what it can be.

    Each reading is its look, such as "(a)" for all single letters in brackets, and its value. The
    label (i) can be a Roman numeral or a letter.
    """

    end: int
    name: str
    readings: tuple[tuple[str, int], ...]


def typed_labels(text: str) -> Iterator[TypedLabel]:
    """Yield the labels at the beginning of a text: usually none or one, two for "12. (1)"."""
    label = _label(text, 0, _FIRST)
    while label:
        yield label
        between = _BETWEEN.match(text, label.end)
        label = _label(text, between.end() if between else label.end, _SECOND)


def label_names(text: str) -> tuple[str, ...]:
    """Return the names in a label or a reference: "12", "1" and "a" for "section 12(1)(a)"."""
    text = re.sub(rf"\A\s*(?:(?:{_WORDS}|ss?\.|§)\s*)+", "", text, flags=re.IGNORECASE)
    return tuple(name.strip(".-\u2013").casefold() for name in re.findall(r"[\w.\u2013-]*\w", text))


def _label(text: str, start: int, patterns: tuple[re.Pattern[str], ...]) -> TypedLabel | None:
    for pattern in patterns:
        if match := pattern.match(text, start):
            name = match["name"]
            before = text[match.start() : match.start("name")]
            after = text[match.end("name") : match.end()]
            if pattern in {_NAMED, _PARAGRAPH_SIGN}:
                return TypedLabel(match.end(), name, ((before.strip().casefold(), 0),))
            if pattern is _SIGN:
                return TypedLabel(match.end(), "", ((name, 0),))
            mark = match.groupdict().get("mark") or after.strip()
            looks = tuple((f"{before}{look}{mark}", value) for look, value in _readings(name))
            return TypedLabel(match.end(), name, looks) if looks else None
    return None


def _readings(name: str) -> Iterator[tuple[str, int]]:
    """Yield what a name can be, as the first of its kind, with its value."""
    if name[0].isdigit():
        parts = name.split(".")
        digits = re.match(r"\d+", parts[-1])
        yield ".".join("1" for _ in parts), int(digits[0]) if digits else 0
        return
    if value := roman_value(name):
        yield ("i" if name.islower() else "I"), value
    if len(set(name)) == 1:
        is_latin = name.isascii()
        first = ("a" if name.islower() else "A") if is_latin else "letter"
        yield first, ord(name[0].lower()) - ord("a") + 1 + 26 * (len(name) - 1) if is_latin else 0
