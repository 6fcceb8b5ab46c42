"""Proposed values, and which of them are clear: those of a rule that one sentence states.

Words that are not understood seldom make a proposed value wrong; they hide further values. Most
wrong values are of a rule that is put together from several sentences, that names no victim or that
shares its sentence with another one, or are one of several values of a field.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Proposal(Struct, frozen=True):
    """A value proposed for a field, and where in the text, in characters, its words are."""

    #: The number of the limb, from 1; 0 for the whole provision.
    limb: int
    field: str
    value: str
    start: int
    end: int
    rule: str
    #: Whether one sentence states its rule, as `with_clarity` finds out.
    is_clear: bool = False


def with_clarity(
    proposals: Iterable[Proposal], sentences: Sequence[tuple[int, int]]
) -> Iterator[Proposal]:
    """Yield proposals, each with whether it is clear.

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
    giving = {
        number: max(
            (sentence_of(proposal) for proposal in limb if proposal.field == "relief"), default=-1
        )
        for number, limb in limbs.items()
    }
    rules = Counter(giving.values())
    for number, limb in limbs.items():
        stated = [proposal for proposal in limb if sentence_of(proposal) == giving[number]]
        names_persons = any(proposal.field == "persons" for proposal in stated)
        is_whole = rules[giving[number]] == 1 and names_persons
        values = Counter(proposal.field for proposal in limb)
        for proposal in limb:
            is_clear = is_whole and proposal in stated and values[proposal.field] == 1
            yield replace(proposal, is_clear=is_clear)
