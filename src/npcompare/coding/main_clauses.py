"""The main clauses of a sentence: which of them are no part of the rule that it states.

"A victim shall not be punished for such an offence and, for the purposes of this section, the court
shall have regard to the age of the victim": the second clause has a subject and a verb of its own,
so its force and its authority are not those of the rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.coding.phrase_parts import BARRIER
from npcompare.coding.phrasebook import CLAUSES, MAIN
from npcompare.coding.sentence_content import SentenceContent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.coding.patterns import Token
    from npcompare.coding.phrasebook import Mark
    from npcompare.coding.sentence_reader import Reader
    from npcompare.wording.sentences import Sentence

#: The fewest words of a subordinate clause with a verb: after "that the employer and" follows
#: another subject of the same clause.
_SHORTEST = 4


def main_clauses(reader: Reader, sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence without the main clauses that are no part of its rule, and each of these.

    The first clause is part of it, and so are those that give relief or refer to the rule. One that
    repeats the rule for others, such as "the same shall apply to children", is a rule of its own,
    and so is one that gives relief with another force, if the clause before it has its own limits.
    """
    bounds = _bounds(reader, sentence)
    begin, is_apart, is_own = sentence.start, False, False
    ends = [end for end, _ in bounds[1:]]
    for (end, start), next_end in zip(bounds, (*ends, sentence.end), strict=False):
        content = _content(reader, sentence, start, next_end)
        was_apart, is_apart = is_apart, not content.is_of_rule
        before = _content(reader, sentence, begin, end)
        was_own, is_own = is_own, "likewise" in content.fields or content.is_other_rule(before)
        if is_apart or was_apart or is_own or was_own:
            yield replace(_part(sentence, begin, end), is_apart=was_apart)
            begin = start
    yield replace(_part(sentence, begin, sentence.end), is_apart=is_apart)


def _bounds(reader: Reader, sentence: Sentence) -> list[tuple[int, int]]:
    """Return where main clauses end, before a conjunction, and where the next ones begin.

    The first clause must say what it does: in "the prosecutor and the court shall", another subject
    of the same clause follows. A list is a part of one clause.
    """
    tokens = reader.tokens(sentence)
    last_label = sentence.labels[-1][1] if sentence.labels else sentence.start
    bounds: list[tuple[int, int]] = []
    read, first, end = sentence.start, 0, 0
    for mark in _beginnings(reader, tokens):
        place = tokens[mark.first].start
        # "The prosecutor and the court shall" are two subjects of one verb.
        is_same = mark.end == end or _is_subordinate(reader, tokens[first : mark.first])
        if is_same or place <= last_label or _is_in_brackets(reader.text, sentence, place):
            continue
        if bounds or _content(reader, sentence, read, place).is_clause:
            bounds.append((tokens[mark.first - 2].end, place))
            first, end = mark.first, mark.end
        read = place
    return bounds


def _beginnings(reader: Reader, tokens: Sequence[Token]) -> list[Mark]:
    """Return the beginnings of main clauses after a conjunction or a semicolon."""
    joins = {*reader.language.joins["and"], BARRIER}
    places = [place for place in range(2, len(tokens)) if tokens[place - 1].word in joins]
    return [mark for mark in reader.language.marks(tokens, places) if mark.kind == MAIN]


def _is_in_brackets(text: str, sentence: Sentence, place: int) -> bool:
    before = text[sentence.start : place]
    return before.count("(") > before.count(")")


def _is_subordinate(reader: Reader, tokens: Sequence[Token]) -> bool:
    """Return whether words end with the subject of a subordinate clause: "that he and"."""
    marks = [mark.first for mark in reader.language.marks(tokens) if mark.kind in CLAUSES]
    return bool(marks) and len(tokens) - marks[-1] - 2 < _SHORTEST


def _content(reader: Reader, sentence: Sentence, start: int, end: int) -> SentenceContent:
    passages = reader.passages(_part(sentence, start, end))
    return SentenceContent.of(passages, is_open=False, is_short=False)


def _part(sentence: Sentence, start: int, end: int) -> Sentence:
    """Return a part of a sentence, with the labels that are in it."""
    kept = [index for index, (place, _) in enumerate(sentence.labels) if start <= place < end]
    return replace(
        sentence,
        start=start,
        end=end,
        labels=tuple(sentence.labels[index] for index in kept),
        items=tuple(sentence.items[index] for index in kept),
        depths=tuple(sentence.depths[index] for index in kept),
    )
