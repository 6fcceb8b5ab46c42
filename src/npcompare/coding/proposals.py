"""Proposed values, and which of them are clear: those of a rule that one sentence states.

Words that are not understood seldom make a proposed value wrong; they hide further values. Most
wrong values are of a rule that is put together from several sentences, that names no victim or that
shares its sentence with another one, or are one of several values of a field.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.operative_sentences import OperativeSentences


class Unclear(StrEnum):
    """Why a value is not clear."""

    #: Its words are not in the sentence that gives the relief of its limb.
    OTHER_SENTENCE = "other_sentence"
    #: No sentence gives the relief of its limb.
    NO_RELIEF = "no_relief"
    #: The sentence gives the relief of another limb, too.
    SHARED_SENTENCE = "shared_sentence"
    #: The sentence does not name the persons protected.
    NO_PERSONS = "no_persons"
    #: The limb has another value of the field.
    FURTHER_VALUE = "further_value"
    #: It is a value of the whole provision, of which no limb is the only one.
    WHOLE_PROVISION = "whole_provision"


class Proposal(Struct, frozen=True):
    """A value proposed for a field, and where in the text, in characters, its words are."""

    #: The number of the limb, from 1; 0 for the whole provision.
    limb: int
    field: str
    value: str
    start: int
    end: int
    rule: str
    #: Why it is not clear, as `with_clarity` finds out; None if it is clear.
    unclear: Unclear | None = None
    #: The other limbs whose relief the sentence of its words gives; for a value of the whole
    #: provision, the limbs that state it, unless all do or it is not known which.
    from_limbs: tuple[int, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether one sentence states its rule."""
        return self.unclear is None


def proposals_of(
    limbs: Iterable[LimbDraft], whole: LimbDraft, sentences: OperativeSentences
) -> Iterator[Proposal]:
    """Yield the proposals, limb by limb, and those of the whole provision last.

    Args:
        limbs: The limbs, each with its alternatives.
        whole: The values of the whole provision.
        sentences: The sentences that were read, with the limbs that they are about.
    """
    drafts = [(limb, part) for limb in limbs for part in limb.alternatives()]
    for number, (_, part) in enumerate(drafts, 1):
        for proposal in _values_of(number, part):
            yield replace(proposal, end=sentences.whole_list(proposal.start, proposal.end))
    for proposal in _values_of(0, whole):
        stating = sentences.limbs_stating(proposal.start)
        numbers = tuple(number for number, (limb, _) in enumerate(drafts, 1) if limb in stating)
        yield replace(proposal, from_limbs=numbers if len(numbers) < len(drafts) else ())


def _values_of(number: int, limb: LimbDraft) -> Iterator[Proposal]:
    """Yield each value of a limb once, in the order in which fields are shown."""
    for name in FIELDS:
        passages = limb.passages.get(name, ())
        # A certain passage replaces a weak one for the same value.
        by_certainty = sorted(passages, key=lambda passage: not passage.rule.is_weak)
        for value, passage in {each.value: each for each in by_certainty}.items():
            yield Proposal(number, name, value, passage.start, passage.end, passage.rule.id)


def with_clarity(
    proposals: Iterable[Proposal], sentences: Sequence[tuple[int, int]]
) -> Iterator[Proposal]:
    """Yield proposals, each with why it is not clear, unless it is.

    A value is clear if its words are in the sentence that gives the relief of its limb, this
    sentence gives the relief of no other limb and names the persons protected, and the limb has no
    other value of the field.

    Args:
        proposals: The proposals, limb by limb.
        sentences: The places of the operative sentences, in the order of the text.
    """
    starts = [start for start, _ in sentences]

    def sentence_of(proposal: Proposal) -> int:
        return bisect_right(starts, proposal.start)

    limbs: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        limbs[proposal.limb].append(proposal)
    of_provision = limbs.pop(0, [])
    giving = {
        number: max(
            (sentence_of(proposal) for proposal in limb if proposal.field == "relief"), default=-1
        )
        for number, limb in limbs.items()
    }
    rules: dict[int, list[int]] = defaultdict(list)
    for number, place in giving.items():
        rules[place].append(number)
    for number, limb in limbs.items():
        stated = [proposal for proposal in limb if sentence_of(proposal) == giving[number]]
        reasons = _reasons(limb, stated, is_shared=len(rules[giving[number]]) > 1)
        for proposal, reason in zip(limb, reasons, strict=True):
            is_apart = reason is Unclear.OTHER_SENTENCE
            from_limbs = rules.get(sentence_of(proposal), []) if is_apart else []
            yield replace(proposal, unclear=reason, from_limbs=tuple(from_limbs))
    yield from (replace(each, unclear=Unclear.WHOLE_PROVISION) for each in of_provision)


def _reasons(
    limb: Sequence[Proposal], stated: Sequence[Proposal], *, is_shared: bool
) -> Iterator[Unclear | None]:
    """Yield of each value of a limb why it is not clear, or None if it is.

    Args:
        limb: The values of the limb.
        stated: Those whose words are in the sentence that gives the relief.
        is_shared: Whether that sentence gives the relief of another limb, too.
    """
    values = Counter(proposal.field for proposal in limb)
    for proposal in limb:
        if stated and proposal not in stated and proposal.field != "relief":
            yield Unclear.OTHER_SENTENCE
        elif values[proposal.field] > 1:
            yield Unclear.FURTHER_VALUE
        else:
            yield _unclear_rule(stated, is_shared=is_shared)


def _unclear_rule(stated: Sequence[Proposal], *, is_shared: bool) -> Unclear | None:
    """Return why no value of a limb is clear; None if its single values are."""
    if not stated:
        return Unclear.NO_RELIEF
    if is_shared:
        return Unclear.SHARED_SENTENCE
    # "Is compelled to do so" is the link; that the person is a victim is concluded from it.
    links = [(proposal.start, proposal.end) for proposal in stated if proposal.field == "link"]
    names_persons = any(
        proposal.field == "persons" and (proposal.start, proposal.end) not in links
        for proposal in stated
    )
    return None if names_persons else Unclear.NO_PERSONS
