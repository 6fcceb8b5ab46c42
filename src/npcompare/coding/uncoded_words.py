"""Words of a body that its coding does not explain: what a coder may have overlooked."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from npcompare.coding.operative_sentences import understood
from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.word_accounts import account
from npcompare.messages import main_language
from npcompare.text import fold
from npcompare.wording.quotations import spans
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.coding.passages import Passage
    from npcompare.coding.suggestions import Reading
    from npcompare.model.provision import Provision

_WORD = re.compile(r"[^\W_]+")


def uncoded_passages(
    provision: Provision, coded: Mapping[str, set[str]], reading: Reading
) -> Iterator[tuple[int, int]]:
    """Yield the passages of operative sentences that the coding does not explain.

    A word is explained if it is quoted as evidence or as settled, if it can carry no condition, or
    if a phrase names it for a value that is coded anyway. A sentence is operative if words of it
    are quoted as evidence or if `suggest` reads it so.

    Args:
        provision: The provision; its language is in the phrase book.
        coded: The values of each field, with those that they stand for.
        reading: What is read in the body; the text is in normal form C.
    """
    text, clean, reader = reading.suggestion.text, reading.clean, reading.reader
    evidence = _places(text, _evidence(provision))
    quotations = [*evidence, *_places(text, (each.words for each in provision.settled))]
    operative = [*reading.suggestion.coverage.sentences, *evidence]

    def is_coded(passage: Passage) -> bool:
        values = coded.get(passage.field, set())
        return bool(values) if passage.gives_way else passage.value in values

    for sentence in reading.sentences:
        start, end = clean.published(sentence.start, sentence.end)
        if not any(start <= place < end for place, _ in operative):
            continue
        passages = reading.passages.get(sentence.start) or reader.passages(sentence)
        valued = [passage for passage in passages if is_coded(passage)]
        gives_relief = any(passage.field == "relief" for passage in passages)
        words = reader.words(sentence)
        quoted = {
            token.start
            for token in words.tokens
            if _is_within(clean.published(token.start, token.end)[0], quotations)
        }
        known = understood(passages, valued, gives_relief=gives_relief)
        yield from clean.published_places(account(words, reader.language, known, quoted).unread)


def unquoted_passages(provision: Provision) -> list[str]:
    """Return the passages of a body that are neither evidence nor settled, in order.

    Empty words at their ends are left out, if the phrase book has the language.
    """
    text = unicodedata.normalize("NFC", provision.text.body)
    language = phrase_book().languages.get(main_language(provision.text.language))
    quoted = [*_evidence(provision), *(each.words for each in provision.settled)]
    quotations = _places(text, quoted)
    passages: list[str] = []
    for sentence in divide(text):
        start = end = 0
        for match in _WORD.finditer(text, sentence.start, sentence.end):
            if _is_within(match.start(), quotations):
                passages.append(text[start:end])
                start = end = 0
            elif not (language and language.normalize(match[0]) in language.empty):
                start, end = start if end else match.start(), match.end()
        passages.append(text[start:end])
    return [fold(passage) for passage in passages if passage]


def _is_within(place: int, passages: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in passages)


def coded_values(provision: Provision) -> dict[str, set[str]]:
    """Return the values that a provision codes for each field."""
    by_field: dict[str, set[str]] = defaultdict(set)
    for _, field, coded in provision.coded_values:
        by_field[field].add(coded.value)
    return by_field


def _evidence(provision: Provision) -> Iterator[str]:
    for value in provision.coded_values:
        yield from value.coded.evidence


def _places(text: str, quotations: Iterable[str]) -> list[tuple[int, int]]:
    """Return the places of quoted words in a text that has not been folded."""
    folded = fold(text)
    offsets: list[int] = []
    for match in re.finditer(r"\S+", text):
        if offsets:
            offsets.append(match.start() - 1)
        offsets += range(*match.span())
    return [
        (offsets[start], offsets[end - 1] + 1)
        for words in {unicodedata.normalize("NFC", fold(each)) for each in quotations}
        for start, end in spans(folded, words)
    ]
