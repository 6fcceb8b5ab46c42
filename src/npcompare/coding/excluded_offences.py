"""Which offences of a sentence are excluded: by an exception, or as relief is denied for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from npcompare.coding.phrasebook import CLAUSES, SIGNALS
from npcompare.law.provision_parser import FIELDS_OF_PROVISION
from npcompare.model.field_sets import OFFENCE_LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from npcompare.coding.passages import Passage, SentenceWords
    from npcompare.coding.phrasebook import Language
    from npcompare.wording.sentences import Sentence

#: Fields that have the same meaning inside an exception as outside it.
_SAME_IN_EXCEPTION = frozenset(
    {
        *SIGNALS,
        "offences.excluded",
        "relief",
        "force",
        "cooperation",
        "decision",
        *FIELDS_OF_PROVISION,
    }
)

_STATUS = "status_required"

#: How many characters after a comma the next offence of a list may begin.
_NEXT = 20

_CLAUSE_END = re.compile(r"[()]|([,;])(?:\s*(\w+))?")


def with_exceptions(
    text: str, language: Language, sentence: Sentence, passages: Sequence[Passage]
) -> list[Passage]:
    """Return the passages, with the offences that an exception names as excluded."""
    spans, denied = _spans(text, language, sentence, passages)
    gives_relief = any(passage.field == "relief" for passage in passages)
    result = []
    for passage in passages:
        is_offence = passage.field.startswith("offences.")
        is_inside = _is_in(passage, spans) or (is_offence and _is_in(passage, denied))
        if not is_inside or passage.field in _SAME_IN_EXCEPTION:
            result.append(passage)
        elif passage.field == "offences.categories":
            result.append(passage.as_field("offences.excluded"))
        elif not gives_relief and (value := _description(text, language, passage, passages)):
            result.append(passage.as_field("offences.excluded", value))
    return result


def _description(
    text: str, language: Language, offence: Passage, passages: Sequence[Passage]
) -> str:
    """Return what the words after "an offence" call it: "that is triable only on indictment"."""
    for passage in passages:
        is_after = passage.field in OFFENCE_LISTS and passage.start >= offence.end
        if offence.field == "offences.extent" and is_after:
            between = language.tokens(text, offence.end, passage.start)
            if {token.word for token in between} <= language.empty | language.clause_words:
                return passage.value
    return ""


def without_covered_in_exceptions(
    passages: Sequence[Passage],
    sentence: Sentence,
    read_words: Callable[[], SentenceWords],
    language: Language,
) -> list[Passage]:
    """Return the passages, with the offences after a word such as "unless" as excluded.

    They are never covered, even if the words between are not understood. A status that is named
    there is not required: "unless the Minister certifies that".
    """
    fields = {passage.field for passage in passages}
    if not fields & {"offences.categories", _STATUS}:
        return list(passages)
    clauses = list(_clauses(read_words(), sentence, passages, language))
    # "Relief shall not be granted unless" does require what follows.
    grants = "relief" in fields and "denial" not in fields
    return [
        passage.as_field("offences.excluded")
        if passage.field == "offences.categories" and _is_in(passage, clauses)
        else passage
        for passage in passages
        if not (grants and passage.field == _STATUS and _is_in(passage, clauses))
    ]


def _clauses(
    words: SentenceWords, sentence: Sentence, passages: Sequence[Passage], language: Language
) -> Iterator[tuple[int, int]]:
    """Yield the places of the clauses that begin with an exception."""
    for mark in words.marks:
        if mark.kind == "clausal":
            start = words.tokens[mark.end - 1].end
            yield start, _end_of_exception(words.text, language, sentence, start, _places(passages))


def without_denied(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """Return the passages without relief and force that the sentence denies, or says is given.

    "If punishment is not waived, it shall be mitigated" only denies the relief before it.
    """
    denials = [
        (passage.start, passage.end)
        for passage in passages
        if passage.field in ("denial", "further")
    ]
    return [
        passage
        for passage in passages
        if passage.field not in ("relief", "force")
        or not any(
            start <= place < end
            for start, end in denials
            if start < passage.end and passage.start < end
            for place in passage.named_places(language)
        )
    ]


def _is_in(passage: Passage, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= passage.start < end for start, end in spans)


def _places(passages: Sequence[Passage]) -> dict[str, list[int]]:
    """Return where the passages begin that may end an exception."""
    places = {
        field: [passage.start for passage in passages if passage.field == field]
        for field in ("relief", "link", "offences.categories")
    }
    # "No penalty for work other than for the sponsor shall be imposed" ends after its exception.
    places["verb"] = [passage.end for passage in passages if passage.field == "relief"]
    return places


def _spans(
    text: str, language: Language, sentence: Sentence, passages: Sequence[Passage]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the places of the exceptions of a sentence, and of the words after a denial."""
    places = _places(passages)
    has_relief = any(passage.field == "relief" for passage in without_denied(passages, language))
    spans: list[tuple[int, int]] = []
    denied: list[tuple[int, int]] = []
    for passage in passages:
        # "A conviction for murder shall not be vacated" denies relief for murder.
        is_denial = passage.field == "denial" and not places["link"]
        if passage.field == "exception" or is_denial:
            end = _end_of_exception(text, language, sentence, passage.end, places)
            (denied if is_denial else spans).append((passage.start, end))
        if passage.field == "excepted" or (is_denial and not has_relief):
            spans.append((sentence.start, passage.start))
    return spans, denied


def _end_of_exception(
    text: str, language: Language, sentence: Sentence, start: int, places: dict[str, list[int]]
) -> int:
    """Return where an exception ends: at its bracket, a semicolon, or a comma before a clause.

    An exception before the relief ends at its first comma that no named offence follows, or where
    the verb of the relief is. A link is part of the rule that gives relief, so the exception ends
    at the clause of the link. Between the items of its own list it does not end.
    """
    reliefs, links, named = places["relief"], places["link"], places["offences.categories"]
    depth, end = 0, sentence.end
    for match in _CLAUSE_END.finditer(text, start, end):
        if _is_in_list(text, language, sentence, start, match):
            continue
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        is_before_relief = bool(reliefs) and min(reliefs) > match.start()
        is_listed = any(0 <= place - match.start(2) < _NEXT for place in named)
        is_clause = bool(match[2]) and (
            (is_before_relief and not is_listed) or language.is_hinge(match[2])
        )
        if depth < 0 or match[1] == ";" or is_clause:
            end = match.start()
            break
    links_inside = [link for link in links if start <= link < end]
    if reliefs and links_inside:
        end = _start_of_clause(text, language, start, min(links_inside))
    later = [place for place in (*reliefs, *places["verb"]) if start < place <= end]
    verb = _verb_before(text, language, start, min(later)) if later else None
    return end if verb is None else verb


def _is_in_list(
    text: str, language: Language, sentence: Sentence, start: int, match: re.Match[str]
) -> bool:
    """Return whether a mark is of a label, or before an item of the list of an exception.

    Args:
        text: The text.
        language: The language of the text.
        sentence: The sentence.
        start: Where an exception begins; its list begins after it.
        match: The mark: a bracket, or a comma or semicolon with the word after it.
    """
    labels, place = sentence.labels, match.start()
    number = bisect_right(labels, (place, sentence.end))
    if number and place < labels[number - 1][1]:
        return True
    if number == len(labels) or match[1] != ";":
        return False
    joins = language.joins["or"] | language.joins["and"]
    between = language.tokens(text, match.end(1), labels[number][0])
    first = bisect_right(labels, (start, 0))
    # The first dash of a list that has no colon before it is not a label.
    is_own = not first or sentence.depths[number] in sentence.depths[first:number]
    return is_own and all(token.word in joins for token in between)


def _verb_before(text: str, language: Language, start: int, relief: int) -> int | None:
    """Return where the verb of a relief is after an exception: "other than murder may move to".

    A verb in a clause that the exception contains is none of the relief.
    """
    tokens = language.tokens(text, start, relief)
    clauses = [mark.first for mark in language.marks(tokens) if mark.kind in CLAUSES]
    before_clauses = tokens[: min(clauses, default=len(tokens))]
    return next((token.start for token in before_clauses if token.word in language.modal), None)


def _start_of_clause(text: str, language: Language, start: int, place: int) -> int:
    """Return where the clause of a place begins, not before a start."""
    tokens = language.tokens(text, start, place)
    marks = [mark for mark in language.marks(tokens) if mark.kind in CLAUSES]
    return tokens[marks[-1].first].start if marks else place
