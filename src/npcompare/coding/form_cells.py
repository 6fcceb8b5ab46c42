"""The text of a cell of a coding form for a value of the data, and the value for a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from npcompare.coding.sheet_columns import Kind
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_YES = {"yes": True, "no": False, "true": True, "false": False}
_SPACES = re.compile(r"[ \t\n\N{NO-BREAK SPACE}]+")
#: Words quoted from a version in one language.
_IN_LANGUAGE = re.compile(r"\[([A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})*)\]\s+(\S.*)", re.DOTALL)
#: What an editor may leave around a text, beside white space.
AROUND = " \t\n\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"
_REF = re.compile(r"([^,;\n]*)[,;]?")
_PARAGRAPH = re.compile(r"paras?\.\s*(.+)", re.DOTALL)
_FOOTNOTE = re.compile(r"(?:footnotes?|fn\.)\s+(.+)", re.DOTALL)

_LIKE_A_PLACE = re.compile(r"\s*(?:paras?\.|footnotes?\b|fn\.|at\s)")


def to_text(kind: Kind, value: Any) -> str:
    """Return a value as the text of a cell; a value that is missing or null is empty."""
    if value is None:
        return ""
    if kind is Kind.YES:
        return "yes" if value else "no"
    if kind is Kind.CITATION:
        return _citation_text(value)
    if kind is Kind.CITATIONS:
        return "\n".join(map(_citation_text, value))
    if kind in (Kind.QUOTATIONS, Kind.PASSAGES):
        return " | ".join(words.replace("|", "||") for words in _listed_quotations(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _listed_quotations(value: Any) -> list[str]:
    """Return quotations, from a text in several languages with the tag: "[fr] ni punie"."""
    if isinstance(value, dict):
        return [
            f"[{language}] {words}"
            for language, quoted in value.items()
            for words in ([quoted] if isinstance(quoted, str) else quoted)
        ]
    return [value] if isinstance(value, str) else value


def _citation_text(citation: Mapping[str, Any]) -> str:
    parts = [str(citation["ref"])]
    if "paragraph" in citation:
        parts.append(f"para. {_escaped(citation['paragraph'])}")
    if "footnote" in citation:
        parts.append(f"footnote {_escaped(citation['footnote'])}")
    if pinpoint := _escaped(citation.get("pinpoint", "")):
        # It could be taken for a paragraph.
        parts.append(f"at {pinpoint}" if _LIKE_A_PLACE.match(pinpoint) else pinpoint)
    return "; ".join(parts)


def _escaped(place: Any) -> str:
    """Return a place on one line, with each semicolon, which would end it, written twice."""
    return fold(str(place)).replace(";", ";;")


def to_value(kind: Kind, text: str, words: Mapping[str, str]) -> Any:
    """Return the value of a text that is not empty.

    What does not have the form that its kind requires stays text, so that the checks report it.

    Args:
        kind: How the text is read.
        text: The text of a cell, without what is around it.
        words: The words of its vocabulary by what may be typed for them; see `spellings`.
    """
    if kind in (Kind.WORDS, Kind.CODED):
        return _words(text, words)
    if kind is Kind.WORD:
        return _word(text, words)
    read = _READERS.get(kind)
    return read(text) if read else text


def _year(text: str) -> int | str:
    return int(text) if text.isdecimal() and len(text) < 10 else text


def _citations(text: str) -> list[dict[str, str]]:
    return [_citation(line) for line in text.split("\n") if line.strip(AROUND)]


def _quotations(text: str) -> dict[str, Any] | list[str] | str:
    quotations = _parts(text, "|")
    in_languages = [_IN_LANGUAGE.fullmatch(words) for words in quotations]
    if quotations and all(in_languages):
        return _by_language(match for match in in_languages if match)
    return quotations[0] if len(quotations) == 1 else quotations or text


def _by_language(quotations: Iterable[re.Match[str]]) -> dict[str, Any]:
    """Return the words quoted from each version, by its language."""
    by_language: dict[str, list[str]] = {}
    for match in quotations:
        by_language.setdefault(match[1], []).append(match[2])
    return {
        language: words[0] if len(words) == 1 else words for language, words in by_language.items()
    }


def _parts(text: str, separator: str) -> list[str]:
    """Return the parts of a text that are not empty; a doubled separator is part of the text."""
    single = text.replace(2 * separator, "\0").split(separator)
    parts = (part.strip(AROUND).replace("\0", separator) for part in single)
    return [part for part in parts if part]


def tidy(kind: Kind, text: str) -> str:
    """Return the text of a cell without what does not belong to it.

    Line ends are those of Unix. Around a text, white space is removed; in ids, words and dates,
    each run of white space is one space. The text of a law is not changed otherwise.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind is Kind.BODY:
        return text if text.strip(AROUND) else ""
    text = text.strip(AROUND)
    if kind in (Kind.TEXT, Kind.QUOTATIONS, Kind.PASSAGES, Kind.CITATION, Kind.CITATIONS):
        return text
    return _SPACES.sub(" ", text)


def spellings(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a vocabulary by what may be typed for them.

    These are the word itself and its label, without regard to case; a label that two words share
    is not among them.
    """
    labels = [label.casefold() for label in words.values()]
    by_label = {
        label.casefold(): word
        for word, label in words.items()
        if labels.count(label.casefold()) == 1
    }
    return {
        **by_label,
        **{word.casefold().replace("_", " "): word for word in words},
        **{word.casefold(): word for word in words},
    }


def _word(text: str, words: Mapping[str, str]) -> str:
    return words.get(_SPACES.sub(" ", text).casefold(), text)


def _words(text: str, words: Mapping[str, str]) -> list[str]:
    if text.casefold() in words:
        return [_word(text, words)]
    parts = (part.strip(AROUND) for part in re.split("[,;\n]", text))
    return [_word(part, words) for part in parts if part] or [text]


def _citation(text: str) -> dict[str, str]:
    """Return a citation: the id of a document, then the place in it."""
    match = _REF.match(text)
    end = match.end() if match else 0
    citation = {"ref": match[1].strip(AROUND) if match else ""}
    pinpoint = []
    for place in _parts(text[end:], ";"):
        paragraph, footnote = _PARAGRAPH.fullmatch(place), _FOOTNOTE.fullmatch(place)
        if paragraph and "paragraph" not in citation:
            citation["paragraph"] = paragraph[1]
        elif footnote and "footnote" not in citation:
            citation["footnote"] = footnote[1]
        else:
            pinpoint.append(place.removeprefix("at "))
    return citation | ({"pinpoint": "; ".join(pinpoint)} if pinpoint else {})


#: How texts are read that are not words of a vocabulary; others are their own value.
_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.YES: lambda text: _YES.get(text.casefold(), text),
    Kind.YEAR: _year,
    Kind.CITATION: _citation,
    Kind.CITATIONS: _citations,
    Kind.QUOTATIONS: _quotations,
    Kind.PASSAGES: lambda text: _parts(text, "|"),
    Kind.IDS: lambda text: _words(text, {}),
}
