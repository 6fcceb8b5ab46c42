"""The labels of sections, subsections and list items in legal texts.

A label has a style: its kind of number or letter, and the marks around it. The labels of one list
have one style and follow one another: (a), (b), (c). Whether (i) is a letter or a Roman numeral
depends on the labels before it, so that it has both values.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.text import roman_value
from npcompare.wording.lines import is_deliberate, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.wording.lines import Line

#: The style of a section that is named by a word: "Article 5", "§ 5"; and of a schedule.
SECTION, SCHEDULE = "Article 1", "Schedule"

#: The style of a part of an article that is named by a word: "§ 1er" of "Art. 5".
PARAGRAPH = "Paragraph 1"

#: The style of a number without any mark, and of several numbers with a full stop: "22-61-101.".
BARE, COMPOUND = "1", "1.1."

_SECTION_WORD = (
    r"§{1,2}|(?i:art[ií]culo|article|art\.?|section|secci[oó]n|sec\.?|principle|principe|principio"
    r"|guideline|recommendation|paragraphe?|para\.?|p[aá]rrafo|rule|r[èe]gle)"
)
_SECTION_NUMBER = (
    r"\(?(?:[LRD]\.\s?)?\d{1,5}(?:[.\u2013-]\d{1,4})*(?:-?[A-Z]{1,2}(?![A-Za-z])|[a-z](?![a-z]))?"
    r"(?:(?i:er|re)|[°º])?"
    r"(?:\s(?i:bis|ter|qu[aá]ter|quinquies|sexies|septies|octies|nonies|decies)\b)?\)?"
    r"|(?i:premier|premi[èe]re|primero)\b|[IVXLC]{1,7}(?!\w)"
)
_PARAGRAPH = re.compile("para|p[aá]rrafo", re.IGNORECASE)
_LETTER = r"[^\W\d_]"
_DASH = r"(?:\s?[\u2013\u2014-])?"

#: A label with brackets, and one with a mark after it.
_BRACKETED = rf"\((?P<bracketed>\d{{1,3}}[A-Za-z]{{0,2}}|[ivxlIVXL]{{1,6}}|{_LETTER}{{1,2}})\)"
_MARKED = (
    rf"(?P<marked>\d{{1,4}}(?:[.-]\d{{1,4}}){{0,3}}[A-Za-z]{{0,2}}|[ivxlIVXL]{{1,6}}|{_LETTER}{{1,2}})"
    r"\s?(?P<mark>[.)°º]|[\u2013/-](?=\s))(?:(?<=[°º])\.)?"
)
_FOLLOWED = r"(?=[\s(\"\u201c\u00ab]|\Z)"

#: The labels that a line may begin with, after a quotation mark.
_AT_LINE_START = re.compile(
    rf"(?P<word>{_SECTION_WORD})\s?(?P<number>{_SECTION_NUMBER})"
    r"(?P<after>\s?[.:]?(?:\s?[\u2013\u2014-]){0,2})"
    r"|(?P<schedule>(?:[A-Z]+\s)?(?:SCHEDULE|Schedule|ANNEXE?|Annexe?|ANEXO|Anexo)(?:\s\w{1,4})?)\s*\Z"
    rf"|{_BRACKETED}(?![,;.)]){_DASH}"
    rf"|{_MARKED}{_DASH}{_FOLLOWED}"
    r"|(?P<sign>[\u2022\u25e6\u25aa\u25a0\u25cf\u25cb\u2023\u00b7*\u25ba\u27a2\uf0b7\uf0a7])"
    r"|(?P<dash>[\u2013\u2014\u2212-])(?=\s)"
    r"|(?P<bare>\d{1,4}(?:\.\d{1,3})?[A-Z]{0,2})(?=\s|\Z)",
)

#: A label that follows another directly: "12.—(1)", "Art. 3. – I. –".
_AFTER_LABEL = re.compile(
    rf"[\s\u2013\u2014-]*(?:{_BRACKETED}(?![,;.)]){_DASH}"
    rf"|(?P<marked>\d{{1,3}}|[IVXL]{{1,6}}|[a-z](?=\)))\s?(?P<mark>[.)°º]){_DASH}{_FOLLOWED}"
    rf"|(?P<word>(?i:paragraphe|p[aá]rrafo))\s(?P<number>\d{{1,3}}(?:er|[°º])?)\s?[.:]?{_DASH}"
    r"(?=\s[«\u201c\"]?[^\W\d_a-z]))"
)

#: The labels that may be in the middle of a line.
_INLINE = re.compile(
    rf"(?:(?<!\S)(?:[\u00ab\u201c]\s?)?|(?<=[.:;\u2013\u2014])){_BRACKETED}(?=\s)"
    rf"|(?<!\S){_MARKED}{_DASH}(?=\s)"
)

#: The words before a number or letter that make it a reference.
_REFERENCE = re.compile(
    r"\b(?:(?:(?:sub-?)?(?:section|paragraph|article|clause|item)|schedule|point|part|chapter|title"
    r"|rule|regulation|annex|appendix|number"
    r"|paragraphe|alin[eé]a|chapitre|titre|lettre|annexe|num[ée]ro"
    r"|art[ií]culo|inciso|apartado|p[aá]rrafo|numeral|literal|fracci[oó]n|letra|cap[ií]tulo"
    r"|n[uú]mero)(?:e?s)?"
    r"|(?:sec|art|para|cl|no|n[°ºr]|s|p|ch|cap|reg|vol|al|n[uú]m)s?\.?|ss\.?|pp\.?)\s+"
    r"(?P<more>(?:\(?(?:\d{1,4}[A-Za-z]?|[a-z]|[ivx]{1,5})\)?,?\s*"
    r"(?:(?:and|or|et|ou|to|[aà]|y|o)\s+)?){0,6})\Z",
    re.IGNORECASE,
)

#: Numbers that a conjunction without a comma joins to those in the next line.
_JOINED = re.compile(r"[\w)]\s+(?:and|or|et|ou|to|[aà]|y|o)\s*\Z", re.IGNORECASE)

#: What is before an item "a)" or "1°", and before a subsection "2." or "II.", within a line.
_BEFORE_ITEM = re.compile(r"(?:[.:;,\u2013\u2014)]|\b(?:and|or|et|ou|y|o))\s\Z")
_BEFORE_SUBSECTION = re.compile(r"(?:\w{3}[.:;]|[\u2013\u2014)]\.?)\s\Z")

#: The ending of an ordinal number: "1er", "7°".
_ORDINAL = re.compile(r"(?<=\d)(?:er|re|[°º])\Z", re.IGNORECASE)

#: How many characters before a label are examined.
_CONTEXT = 40


class Label(Struct, frozen=True):
    """A label: its place, and its style and value; several if they depend on the labels before."""

    start: int
    end: int
    #: The number or letter alone.
    name: str
    readings: tuple[tuple[str, int], ...]
    #: Whether it begins a line, or follows a label that does.
    begins_line: bool = True

    @property
    def styles(self) -> set[str]:
        """Its possible styles."""
        return {style for style, _ in self.readings}

    @property
    def is_section(self) -> bool:
        """Whether it can only be the label of a section or schedule."""
        return self.readings[0][0] in (SECTION, PARAGRAPH, SCHEDULE)


def labels(text: str) -> Iterator[Label]:
    """Yield the labels of a text in order."""
    inline = _inline(text)
    following = next(inline, None)
    for label in _at_line_starts(text):
        while following and following.start < label.start:
            yield following
            following = next(inline, None)
        yield label
        while following and following.start < label.end:
            following = next(inline, None)
    while following:
        yield following
        following = next(inline, None)


def _at_line_starts(text: str) -> Iterator[Label]:
    """Yield the labels at the beginning of lines, and those that follow them directly."""
    rows = list(lines(text))
    #: The last value of each style: a number that follows it is a label, whatever is before it.
    values: dict[str, int] = {}
    last_row = -1
    for number, row in enumerate(rows):
        match = _AT_LINE_START.match(text, row.start + _opening(row.words), row.end)
        label = _label(match, row.start) if match else None
        if not match or not label:
            continue
        follows = any(values.get(style) == max(value - 1, 0) for style, value in label.readings)
        is_in_contents = follows and last_row == number - 1
        if not is_in_contents and not _is_label(text, rows, number, match, follows=follows):
            continue
        last_row = number
        next_label: Label | None = label
        while next_label:
            yield next_label
            values |= dict(next_label.readings)
            following = _AFTER_LABEL.match(text, next_label.end, row.end)
            next_label = _label(following, following.start()) if following else None


def _opening(words: str) -> int:
    """Return how many characters an opening quotation mark takes, with the space after it."""
    return len(words) - len(words.lstrip('\u00ab\u201c" \u00a0'))


def _label(match: re.Match[str], start: int, *, begins_line: bool = True) -> Label | None:
    """Return the label of a match; it may begin before the match, with a quotation mark."""
    groups = {name: words for name, words in match.groupdict().items() if words}
    readings: tuple[tuple[str, int], ...]
    if "word" in groups:
        name = _ORDINAL.sub("", groups["number"].strip("()"))
        style = PARAGRAPH if _PARAGRAPH.match(groups["word"]) else SECTION
        readings = ((style, _number(name)),)
    elif "schedule" in groups:
        name, readings = " ".join(groups["schedule"].split()), ((SCHEDULE, 0),)
    elif "sign" in groups or "dash" in groups:
        name = groups.get("sign", "-")
        readings = ((name, 0),)
    elif "bare" in groups:
        name = groups["bare"]
        readings = ((BARE, _number(name)),)
    else:
        name = groups.get("bracketed") or groups["marked"]
        mark = groups.get("mark", "()")
        readings = tuple((f"{kind}{mark}", value) for kind, value in _readings(name))
    return Label(start, match.end(), name, readings, begins_line) if readings else None


def _readings(name: str) -> Iterator[tuple[str, int]]:
    """Yield the kinds of number or letter that a label can be, each with its value."""
    if name[0].isdigit():
        yield "1" if name.isalnum() else "1.1", _number(name)
    elif not name.isascii():
        if len(name) > 1:
            return
        # The order of other alphabets, with their obsolete letters, differs from list to list.
        script = unicodedata.name(name[0]).partition(" ")[0]
        yield "a" if script == "LATIN" else script + str(name.isupper()), 0
    else:
        if len(set(name)) == 1 and len(name) <= 2:
            yield ("a" if name.islower() else "A") * len(name), ord(name[0].lower()) - ord("a") + 1
        if value := roman_value(name):
            yield "i" if name.islower() else "I", value


def _number(name: str) -> int:
    """Return the last number of a label: 3 for "12.3A"; 1 for a word such as "premier"."""
    digits = re.search(r"\d+(?=\D*\Z)", name)
    return int(digits[0]) if digits else roman_value(name) or 1


def _is_label(
    text: str, rows: Sequence[Line], number: int, match: re.Match[str], *, follows: bool
) -> bool:
    """Return whether words at the start of a line are a label, and not part of a sentence.

    Args:
        text: The text.
        rows: Its lines.
        number: The number of the line.
        match: The words.
        follows: Whether they follow a label before them, as 2 follows 1.
    """
    row = rows[number]
    before = rows[number - 1] if number else None
    is_free = (
        not before
        or row.begins_paragraph
        or before.ends_clause
        or is_deliberate(rows, number - 1)
        # A heading in capitals is no part of the words below it.
        or (before.words.isupper() and not before.is_continued and not row.words.isupper())
    )
    if match["schedule"]:
        return True
    if not is_free and is_reference(text[max(row.start - _CONTEXT, 0) : row.start]):
        return False
    if match["bracketed"] or match["mark"] == ")" or match["sign"]:
        return True
    if not match["word"] and not match["bare"]:
        return follows or is_free or bool(before and before.is_continued)
    rest = text[match.end() : row.end].lstrip()
    begins_anew = not rest or not (rest[0].islower() or rest[0] in ",;)")
    if match["bare"]:
        return begins_anew and (follows or is_free)
    is_named = match["word"][0].isupper() or match["word"][0] == "§"
    return is_free and is_named and (begins_anew or bool(match["after"].strip()))


def _inline(text: str) -> Iterator[Label]:
    """Yield the labels in the middle of lines."""
    for match in _INLINE.finditer(text):
        before = text[max(match.start() - _CONTEXT, 0) : match.start()]
        if not _is_inline_label(text, match, before) or is_reference(before):
            continue
        if label := _label(match, match.start(), begins_line=False):
            yield label


def _is_inline_label(text: str, match: re.Match[str], before: str) -> bool:
    """Return whether the marks of a label in the middle of a line suffice to distinguish it."""
    name, mark = match["bracketed"] or match["marked"], match["mark"]
    if not mark and not name.isupper():
        return True
    if mark in (None, ")", "°", "º"):
        return bool(_BEFORE_ITEM.search(before))
    if mark != "." or name.islower():
        return False
    rest = text[match.end() : match.end() + 3].lstrip()
    return bool(_BEFORE_SUBSECTION.search(before)) and rest[:1].isupper()


def is_reference(before: str) -> bool:
    """Return whether words lead to a number or letter that they refer to: "under section "."""
    match = _REFERENCE.search(before)
    if not match:
        return False
    is_at_line_start = "\n" in before[len(before.rstrip()) :]
    # "Within paragraph (a), or" is followed by an item; "under section 4 or" by a reference.
    return not is_at_line_start or not match["more"].strip() or bool(_JOINED.search(before))
