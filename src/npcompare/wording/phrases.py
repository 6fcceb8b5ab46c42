"""Phrases of a text, as a reader sees them, with the coded fields that each is evidence for.

Words that are evidence for the same field are one phrase. All other words are divided at
punctuation, and a few words alone are added to the phrase beside them. The phrases together are the
text, letter for letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from npcompare.text import fold
from npcompare.wording.abbreviations import is_abbreviation
from npcompare.wording.quotations import is_unspaced, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.model.provision import Provision

#: Words of no more letters than this are mostly function words: of, and, for.
_SHORT = 3

#: How many uncoded words are added to the phrase before them, and to the phrase after them.
_TAIL, _LEAD = 2, 4

_CLOSING = "\"'”’»)]}"
_MARKS = frozenset(",;:.!?—–،؛؟。、；：")  # noqa: RUF001 - other scripts have marks of their own
_STOPS = _MARKS - set(",–،、")
_EDGES = "".join(_MARKS) + "([{ )]}"
_LETTER = re.compile(r"\w")
_CHUNK = re.compile(r"[^\s—]+|—+")

#: Replacements that reduce spelling variants and plurals to one form, as a stemmer does. A word
#: that is reduced wrongly is still shown as it is written.
_FORMS = (
    (re.compile(r"[\u2019']s?$"), ""),
    (re.compile(r"(?<=...)is(?=(e|ed|es|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=...)our(?=(s|ed|ing|able|ably)?$)"), "or"),
    (re.compile(r"(?<=...)ence(?=s?$)"), "ense"),
    (re.compile(r"(?<=dg)e(?=ments?$)"), ""),
    (re.compile(r"(?<=..)ies$"), "y"),
    (re.compile(r"(?<=..[^su])s$"), ""),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, with its punctuation and the space after it, and as it is compared."""

    original: str
    #: Its letters in lower case, without punctuation.
    plain: str
    #: The same in standard spelling and in the singular.
    form: str

    @property
    def is_short(self) -> bool:
        """Whether it is probably a function word."""
        return len(self.form) <= _SHORT and not is_unspaced(self.form[:1] or " ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words, and the coded fields that they are evidence for."""

    words: tuple[Word, ...]
    fields: frozenset[str] = frozenset()

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends a sentence, or a part as long as a sentence."""
        return _mark(self.words[-1]) in _STOPS

    def __add__(self, following: Phrase) -> Phrase:
        """Return two phrases as one."""
        return Phrase(self.words + following.words, self.fields | following.fields)


@dataclass(frozen=True, slots=True)
class _Span:
    """The words from one index up to another, and the fields that they are evidence for."""

    start: int
    end: int
    fields: frozenset[str]

    def overlaps_mostly(self, span: _Span) -> bool:
        """Return whether spans cross each span and share more than half of the shorter one."""
        if self.contains(span) or span.contains(self):
            return False
        shared = min(self.end, span.end) - max(self.start, span.start)
        return 2 * shared > min(self.end - self.start, span.end - span.start)

    def contains(self, span: _Span) -> bool:
        return self.start <= span.start and span.end <= self.end


def phrases(provision: Provision) -> tuple[Phrase, ...]:
    """Return the phrases of the text of a provision; none if the text is not available."""
    body = folded(provision)
    return cut(body, _evidence(provision, body))


def words_of(text: Iterable[Phrase]) -> list[Word]:
    """Return the words of phrases, in order."""
    return [word for phrase in text for word in phrase.words]


def folded(provision: Provision) -> str:
    """Return the text of a provision with white space folded and letters composed (NFC)."""
    return unicodedata.normalize("NFC", fold(provision.text.body))


def _evidence(provision: Provision, body: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end of each quotation in the body, and the field it is evidence for."""
    for coded in (*(limb.coded for limb in provision.limbs), provision.coded):
        for field, values in coded.items():
            for quotation in dict.fromkeys(words for value in values for words in value.evidence):
                for start, end in spans(body, quotation)[:1]:
                    yield start, end, field.split(".")[0]


def cut(text: str, coded: Iterable[tuple[int, int, str]] = ()) -> tuple[Phrase, ...]:
    """Return the phrases of a text.

    Args:
        text: The text, with white space folded.
        coded: The start and end in characters of each quotation, and the field it is evidence for.
    """
    starts = list(_word_starts(text))
    originals = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    words = [_word(word) for word in originals]
    spans: dict[tuple[int, int], frozenset[str]] = {}
    for start, end, field in coded:
        inside = [
            number
            for number, word_start in enumerate(starts)
            if word_start < end and word_start + len(originals[number]) > start
        ]
        if inside:
            bounds = (inside[0], inside[-1] + 1)
            spans[bounds] = spans.get(bounds, frozenset()) | {field}
    merged = _merged([_Span(*bounds, fields) for bounds, fields in spans.items()])
    return tuple(_phrases(words, merged))


def _word_starts(text: str) -> Iterator[int]:
    """Yield where each word begins; punctuation alone belongs to the word before it.

    In a script without spaces between words, each character is a word.
    """
    is_first = True
    for chunk in _CHUNK.finditer(text):
        if not (is_first or _LETTER.search(chunk[0])):
            continue
        yield 0 if is_first else chunk.start()
        is_first = False
        if not chunk[0].isascii():
            yield from (
                position
                for position in range(chunk.start() + 1, chunk.end())
                if text[position].isalnum()
                and (is_unspaced(text[position]) or is_unspaced(text[position - 1]))
            )


@lru_cache(maxsize=8192)
def _word(original: str) -> Word:
    form = original.casefold().strip(_EDGES)
    for pattern, replacement in _FORMS:
        form = pattern.sub(replacement, form)
    return Word(original, letters_of(original), letters_of(form))


def letters_of(word: str) -> str:
    """Return the letters, digits and accents of a word in lower case."""
    return "".join(char for char in word.casefold() if unicodedata.category(char)[0] in "LMN")


def _merged(spans: list[_Span]) -> list[_Span]:
    """Return the spans, those that mostly overlap merged into one."""
    merged: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        overlapping = next((each for each in merged if each.overlaps_mostly(span)), None)
        if overlapping is None:
            merged.append(span)
            continue
        merged.remove(overlapping)
        start, end = min(overlapping.start, span.start), max(overlapping.end, span.end)
        merged.append(_Span(start, end, overlapping.fields | span.fields))
    return merged


def _phrases(words: Sequence[Word], spans: Sequence[_Span]) -> Iterator[Phrase]:
    """Yield phrases: each word belongs to the shortest span that contains it."""
    owners = _owners(words, spans)
    pieces: list[Phrase] = []
    for owner, group in groupby(range(len(words)), key=lambda index: owners[index]):
        run = tuple(words[index] for index in group)
        if owner is None:
            pieces += _clauses(run)
        else:
            pieces.append(Phrase(run, owner.fields))
    yield from _attach_uncoded(pieces)


def _owners(words: Sequence[Word], spans: Sequence[_Span]) -> list[_Span | None]:
    """Return for each word the shortest span that contains it."""
    owners: list[_Span | None] = [None] * len(words)
    for span in _longest_first(spans):
        owners[span.start : span.end] = [span] * (span.end - span.start)
    start = 0
    for owner, group in groupby(list(owners)):
        length = len(list(group))
        is_remainder = owner is not None and length < owner.end - owner.start
        # "or" between two quotations that a third contains is not a phrase of the third.
        if is_remainder and all(word.is_short for word in words[start : start + length]):
            owners[start : start + length] = [None] * length
        start += length
    return owners


def _longest_first(spans: Sequence[_Span]) -> list[_Span]:
    """Return spans, the longest first.

    If the quotations inside a span cover all of it, its fields are added to the last of them:
    "shall not be" and "criminally liable" cover "shall not be criminally liable".
    """
    ordered = sorted(spans, key=lambda span: (span.start - span.end, span.start))
    for number, span in enumerate(ordered):
        inside = [
            index for index in range(number + 1, len(ordered)) if span.contains(ordered[index])
        ]
        covered_words = {
            position
            for index in inside
            for position in range(ordered[index].start, ordered[index].end)
        }
        if inside and len(covered_words) == span.end - span.start:
            last = max(inside, key=lambda index: ordered[index].end)
            inner = ordered[last]
            ordered[last] = _Span(inner.start, inner.end, inner.fields | span.fields)
    return ordered


def _clauses(words: Sequence[Word]) -> list[Phrase]:
    """Return uncoded words divided at punctuation, but not into single words."""
    clauses: list[Phrase] = []
    current: list[Word] = []
    for word in words:
        current.append(word)
        mark = _mark(word)
        if mark in _STOPS or (mark and len(current) >= _LEAD):
            clauses.append(Phrase(tuple(current)))
            current = []
    return [*clauses, Phrase(tuple(current))] if current else clauses


def _mark(word: Word) -> str:
    """Return the punctuation mark that ends a clause after a word, if any."""
    original = word.original.rstrip().rstrip(_CLOSING)
    return original[-1:] if original[-1:] in _MARKS and not is_abbreviation(original) else ""


def _attach_uncoded(pieces: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases, with a few uncoded words added to the coded phrase beside them.

    Words that end with punctuation belong to the phrase before them ("shall,"), others to the
    phrase after them ("on" victims). Neighbours that are evidence for the same fields are one
    phrase.
    """
    result: list[Phrase] = []
    lead: Phrase | None = None
    for number, piece in enumerate(pieces):
        phrase = lead + piece if lead else piece
        lead = None
        last = result[-1] if result else None
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        if not phrase.fields and last and last.fields and _is_tail(last, phrase):
            result[-1] = last + phrase
            continue
        if not phrase.fields and following and following.fields:
            phrase, lead = _split_lead(phrase)
            if not phrase.words:
                continue
        if last and last.fields and last.fields == phrase.fields:
            result[-1] = last + phrase
        else:
            result.append(phrase)
    return result


def _is_tail(last: Phrase, phrase: Phrase) -> bool:
    """Return whether words complete the phrase before them."""
    ends_clause = _mark(phrase.words[-1]) and not _mark(last.words[-1])
    return bool(ends_clause) and len(phrase.words) <= _TAIL


def _split_lead(phrase: Phrase) -> tuple[Phrase, Phrase | None]:
    """Return a phrase without the words that lead to the phrase after it, and those words."""
    words = phrase.words
    end = len(words)
    if len(words) <= _LEAD and not phrase.ends_sentence:
        end = 0
    while end and words[end - 1].is_short and not _mark(words[end - 1]):
        end -= 1
    return Phrase(words[:end]), Phrase(words[end:]) if end < len(words) else None
