"""A text to phrases: what a reader takes as one, each with what the coding proves by its words.

The coding comes first: words that one field rests on are one phrase. What no field rests on is cut
at its marks, and a few words alone go with the phrase beside them. The phrases together are the
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
from npcompare.wording.quotations import is_unspaced, places
from npcompare.wording.sentences import is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.model.provision import Provision

#: Words of no more letters than this mostly join others: of, and, for.
_SHORT = 3

#: So many words that nothing rests on go with the phrase before them, or with the one after.
_TAIL, _LEAD = 2, 4

_CLOSING = "\"'”’»)]}"  # noqa: RUF001 - closing marks of several scripts
_MARKS = frozenset(",;:.!?—–،؛؟。、；：")  # noqa: RUF001 - other scripts have marks of their own
_STOPS = _MARKS - set(",–،、")  # noqa: RUF001 - the same
_EDGES = "".join(_MARKS) + "([{ )]}"
_LETTER = re.compile(r"\w")
_CHUNK = re.compile(r"[^\s—]+|—+")

#: Spellings of one word, and the plural, each put to one form. What is wrongly put to one form here
#: is still shown as it is written.
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
    """A word as written, with its marks and the space after it, and how it is compared."""

    written: str
    #: Its letters in one case, without marks.
    plain: str
    #: The same in one spelling and the singular.
    form: str

    @property
    def is_short(self) -> bool:
        """Whether it mostly joins other words and says little alone."""
        return len(self.form) <= _SHORT and not is_unspaced(self.form[:1] or " ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together, and the coded fields that rest on them."""

    words: tuple[Word, ...]
    fields: frozenset[str] = frozenset()

    @property
    def ends(self) -> bool:
        """Whether it ends a sentence, or a part of one as long as a sentence."""
        return _mark(self.words[-1]) in _STOPS

    def __add__(self, other: Phrase) -> Phrase:
        """Return two phrases as one."""
        return Phrase(self.words + other.words, self.fields | other.fields)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words from one place up to another that fields rest on."""

    start: int
    end: int
    fields: frozenset[str]

    def shares_most_of(self, other: _Span) -> bool:
        """Say whether two spans cross and share more than half of the shorter one."""
        if self.holds(other) or other.holds(self):
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared > min(self.end - self.start, other.end - other.start)

    def holds(self, other: _Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def phrases(provision: Provision) -> tuple[Phrase, ...]:
    """Return the phrases of the words held of a provision, white space folded; none if not held."""
    body = folded(provision)
    return cut(body, _evidence(provision, body))


def words_of(text: Iterable[Phrase]) -> list[Word]:
    """Return the words of phrases, one after the other."""
    return [word for phrase in text for word in phrase.words]


def folded(provision: Provision) -> str:
    """Return the words held of a provision, white space folded and letters composed (NFC)."""
    return unicodedata.normalize("NFC", fold(provision.text.body))


def _evidence(provision: Provision, body: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each quotation stands in the body, and the field that rests on it."""
    for coded in (*(limb.coded for limb in provision.limbs), provision.coded):
        for field, values in coded.items():
            for quotation in dict.fromkeys(words for one in values for words in one.evidence):
                for start in places(body, quotation)[:1]:
                    end = start + len(unicodedata.normalize("NFC", quotation))
                    yield start, end, field.split(".")[0]


def cut(text: str, coded: Iterable[tuple[int, int, str]] = ()) -> tuple[Phrase, ...]:
    """Return the phrases of a text; `coded` says from where to where a field rests on it."""
    starts = list(_starts(text))
    written = [text[a:b] for a, b in pairwise([*starts, len(text)])]
    words = [_word(one) for one in written]
    spans: dict[tuple[int, int], frozenset[str]] = {}
    for start, end, field in coded:
        inside = [
            number
            for number, at in enumerate(starts)
            if at < end and at + len(written[number]) > start
        ]
        if inside:
            place = (inside[0], inside[-1] + 1)
            spans[place] = spans.get(place, frozenset()) | {field}
    return tuple(_phrases(words, _joined([_Span(*at, fields) for at, fields in spans.items()])))


def _starts(text: str) -> Iterator[int]:
    """Yield where each word begins; marks that stand alone go with the word before them.

    Where a script has no space between words, each character is one.
    """
    first = True
    for chunk in _CHUNK.finditer(text):
        if not (first or _LETTER.search(chunk[0])):
            continue
        yield 0 if first else chunk.start()
        first = False
        if not chunk[0].isascii():
            yield from (
                at
                for at in range(chunk.start() + 1, chunk.end())
                if text[at].isalnum() and (is_unspaced(text[at]) or is_unspaced(text[at - 1]))
            )


@lru_cache(maxsize=8192)
def _word(written: str) -> Word:
    form = written.casefold().strip(_EDGES)
    for pattern, replacement in _FORMS:
        form = pattern.sub(replacement, form)
    return Word(written, bare(written), bare(form))


def bare(word: str) -> str:
    """Return a word in one case, without marks and space; vowel signs and accents are letters."""
    return "".join(one for one in word.casefold() if unicodedata.category(one)[0] in "LMN")


def _joined(spans: list[_Span]) -> list[_Span]:
    """Return spans, those that cross and share most of their words made one."""
    found: list[_Span] = []
    for one in sorted(spans, key=lambda span: (span.start, span.end)):
        near = next((each for each in found if each.shares_most_of(one)), None)
        if near is not None:
            found.remove(near)
            start, end = min(near.start, one.start), max(near.end, one.end)
            found.append(_Span(start, end, near.fields | one.fields))
        else:
            found.append(one)
    return found


def _phrases(words: Sequence[Word], spans: Sequence[_Span]) -> Iterator[Phrase]:
    """Yield phrases: words belong to the shortest span about them, and lone ones beside it."""
    owners = _owners(words, spans)
    pieces: list[Phrase] = []
    for owner, group in groupby(range(len(words)), key=lambda at: owners[at]):
        run = tuple(words[at] for at in group)
        if owner is None:
            pieces += _clauses(run)
        else:
            pieces.append(Phrase(run, owner.fields))
    yield from _beside(pieces)


def _owners(words: Sequence[Word], spans: Sequence[_Span]) -> list[_Span | None]:
    """Return for each word the shortest span about it."""
    owners: list[_Span | None] = [None] * len(words)
    for span in _inward(spans):
        owners[span.start : span.end] = [span] * (span.end - span.start)
    at = 0
    for owner, group in groupby(list(owners)):
        length = len(list(group))
        rest = owner is not None and length < owner.end - owner.start
        # "or" between two quotations that lie within a third is no phrase of the third.
        if rest and all(word.is_short for word in words[at : at + length]):
            owners[at : at + length] = [None] * length
        at += length
    return owners


def _inward(spans: Sequence[_Span]) -> list[_Span]:
    """Return spans, the longest first.

    Where the quotations within a span leave it no word, its fields go with the last of them: "shall
    not be" and "criminally liable" leave nothing of "shall not be criminally liable".
    """
    found = sorted(spans, key=lambda one: (one.start - one.end, one.start))
    for number, span in enumerate(found):
        inside = [at for at in range(number + 1, len(found)) if span.holds(found[at])]
        taken = {at for one in inside for at in range(found[one].start, found[one].end)}
        if inside and len(taken) == span.end - span.start:
            last = max(inside, key=lambda at: found[at].end)
            one = found[last]
            found[last] = _Span(one.start, one.end, one.fields | span.fields)
    return found


def _clauses(words: Sequence[Word]) -> list[Phrase]:
    """Return words that nothing rests on, cut at their marks, but not into a word or two."""
    found: list[Phrase] = []
    begun: list[Word] = []
    for word in words:
        begun.append(word)
        mark = _mark(word)
        if mark in _STOPS or (mark and len(begun) >= _LEAD):
            found.append(Phrase(tuple(begun)))
            begun = []
    return [*found, Phrase(tuple(begun))] if begun else found


def _mark(word: Word) -> str:
    """Return the mark that a word ends a clause with, if any."""
    written = word.written.rstrip().rstrip(_CLOSING)
    return written[-1:] if written[-1:] in _MARKS and not is_abbreviation(written) else ""


def _beside(pieces: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases, a few words that nothing rests on put to the coded ones beside them.

    What ends with a mark goes with the phrase before it ("shall,"), all else with the one after
    it ("on" victims). Neighbours that the same fields rest on are one.
    """
    found: list[Phrase] = []
    ahead: Phrase | None = None
    for number, each in enumerate(pieces):
        one = ahead + each if ahead else each
        ahead = None
        last = found[-1] if found else None
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        if not one.fields and last and last.fields and _is_tail(last, one):
            found[-1] = last + one
            continue
        if not one.fields and following and following.fields:
            one, ahead = _led(one)
            if not one.words:
                continue
        if last and last.fields and last.fields == one.fields:
            found[-1] = last + one
        else:
            found.append(one)
    return found


def _is_tail(last: Phrase, one: Phrase) -> bool:
    """Say whether words end what a phrase before them has begun."""
    ends = _mark(one.words[-1]) and not _mark(last.words[-1])
    return bool(ends) and len(one.words) <= _TAIL


def _led(one: Phrase) -> tuple[Phrase, Phrase | None]:
    """Return words parted from those at their end that lead on to a phrase after them."""
    words = one.words
    cut = len(words)
    if len(words) <= _LEAD and not one.ends:
        cut = 0
    while cut and words[cut - 1].is_short and not _mark(words[cut - 1]):
        cut -= 1
    return Phrase(words[:cut]), Phrase(words[cut:]) if cut < len(words) else None
