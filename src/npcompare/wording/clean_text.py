"""A text as published, in the form in which it is read.

Printers, web pages and scanners add marks that are not part of the law, and write its letters in
several ways. They are removed or made uniform here, each kind by a function of its own. What is
found in the clean text can be quoted from the text as published.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from npcompare.text import FIRST_PARTS, is_control
from npcompare.wording.misprints import footnote_numbers, misread_letters
from npcompare.wording.page_heads import page_heads
from npcompare.wording.rewriting import Replacement, RewrittenText
from npcompare.wording.short_forms import written_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.wording.misprints import Vocabulary

#: The number of a footnote as HTML has it; the beginning or end of an element; and the elements
#: that begin a line.
_TAG = re.compile(
    r"<sup>\s?\[?\d{1,3}\]?\s?</sup>"
    r"|<(?P<end>/?)(?P<name>a|abbr|article|b|blockquote|br|center|dd|div|dl|dt|em|font|h[1-6]|hr|i"
    r"|li|ol|p|section|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {
        *("article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "hr", "ol", "p", "section", "table", "td", "th", "tr", "ul"),
    }
)

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

#: Characters without a width; the soft hyphen, except at the end of a line; and marks that are
#: written in place of an apostrophe within a word.
_INVISIBLE = "[\u200b-\u200f\u2060\ufeff\u061c]+"
_SOFT_HYPHEN = "\u00ad+(?![^\\S\\n]*\\n)"
_APOSTROPHE = "(?<=[^\\W\\d_])[\u00b4\u0060\u02bc\u2032\uff07](?=[^\\W\\d_])"

#: A hyphen at the end of a line, with the number of a footnote before it; the space after a word in
#: the next line; and a word with a hyphen.
_LINE_END = re.compile(r"(?<=[^\W\d_])\d{0,3}(?P<hyphen>[\u00ad\u2010-])[^\S\n]*\n\s*(?=[^\W\d_])")
_SPACE_AFTER = re.compile(r"[^\s\u00ad]{1,80}(?P<space>[^\S\n])")
_HYPHENATED = re.compile(r"(?<![^\W_])[^\W\d_]+[-\u2010\u2011][^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")

_SOFT = "\u00ad"

#: The most letters of a word.
_LONGEST = 40


def clean_text(text: str, vocabulary: Vocabulary) -> RewrittenText:
    """Return a text in the form in which it is read."""
    steps: tuple[Callable[[str], Iterator[Replacement]], ...] = (
        _tags,
        _entities,
        _heads,
        _letters,
        lambda words: _line_ends(words, vocabulary),
        lambda words: footnote_numbers(words, vocabulary),
        lambda words: misread_letters(words, vocabulary),
        lambda words: written_out(words, vocabulary.short_forms),
    )
    clean = RewrittenText(text, text)
    for edits in steps:
        clean = clean.rewritten(edits(clean.text))
    return clean


def _tags(text: str) -> Iterator[Replacement]:
    """Yield the line breaks that HTML tags stand for, and nothing for other tags."""
    for match in _TAG.finditer(text):
        name = (match["name"] or "").lower()
        is_item = name == "li" and not match["end"]
        replacement = "\n\u2022 " if is_item else "\n" if name in _BLOCKS else ""
        yield Replacement(match.start(), match.end(), replacement)


def _entities(text: str) -> Iterator[Replacement]:
    """Yield the characters that HTML entities stand for: & for &amp;."""
    for match in _ENTITY.finditer(text):
        characters = html.unescape(match[0])
        if characters != match[0]:
            readable = "".join(" " if is_control(each) else each for each in characters)
            yield Replacement(match.start(), match.end(), readable)


def _heads(text: str) -> Iterator[Replacement]:
    """Yield nothing for page numbers and running heads."""
    return (Replacement(start, end) for start, end in page_heads(text))


def _letters(text: str) -> Iterator[Replacement]:
    """Yield letters with their accents (NFC), apostrophes, and nothing for invisible characters."""
    if text.isascii():
        return
    patterns = [_INVISIBLE, _SOFT_HYPHEN, _APOSTROPHE]
    if accents := sorted(char for char in set(text) if unicodedata.combining(char)):
        marks = "".join(map(re.escape, accents))
        patterns.append(f"[^{marks}][{marks}]+")
    for match in re.finditer("|".join(patterns), text):
        words = match[0]
        if unicodedata.combining(words[-1]):
            letters = unicodedata.normalize("NFC", words)
            if letters != words:
                yield Replacement(match.start(), match.end(), letters)
        else:
            is_apostrophe = words in "\u00b4\u0060\u02bc\u2032\uff07"
            yield Replacement(match.start(), match.end(), "\u2019" if is_apostrophe else "")


def _line_ends(text: str, vocabulary: Vocabulary) -> Iterator[Replacement]:
    """Yield nothing for hyphens at the end of lines, or a hyphen where it is part of the word."""
    matches = list(_LINE_END.finditer(text))
    if not matches:
        return
    whole = {match[0].casefold() for match in _WORD.finditer(text)}
    compounds = {match[0].casefold() for match in _HYPHENATED.finditer(text)}
    for match in matches:
        context = text[max(match.start() - _LONGEST, 0) : match.start()]
        first = _WORD_BEFORE.search(context)
        second = _WORD.match(text, match.end(), match.end() + _LONGEST)
        if not first or not second:
            continue
        before, after = first[0].casefold(), second[0].casefold()
        is_word = before + after in whole or vocabulary.has_word(before + after)
        is_compound = f"{before}-{after}" in compounds or before in FIRST_PARTS
        is_name = second[0][0].isupper() and not first[0].isupper()
        keeps_hyphen = match["hyphen"] != _SOFT and not is_word and (is_compound or is_name)
        yield Replacement(match.start(), match.end(), "-" if keeps_hyphen else "")
        # The line ends after the word instead, so that lines keep their width.
        if space := _SPACE_AFTER.match(text, match.end()):
            yield Replacement(*space.span("space"), "\n")
