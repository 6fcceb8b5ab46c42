"""Sentences that tell a coder why a proposed value is not clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.coding.proposals import Unclear
from npcompare.messages import deferred, listed, message, sentences

if TYPE_CHECKING:
    from npcompare.coding.proposals import Proposal

#: The reasons that need no number of a limb or a line.
_REASONS = {
    Unclear.OTHER_SENTENCE: deferred(
        "The words are not in the sentence that gives the relief of the limb."
    ),
    Unclear.NO_RELIEF: deferred("No words that give the relief of the limb were found."),
    Unclear.SHARED_SENTENCE: deferred("The sentence also gives the relief of another limb."),
    Unclear.NO_PERSONS: deferred("The sentence that gives the relief does not name the victims."),
    Unclear.FURTHER_VALUE: deferred("More than one value of this field is proposed for the limb."),
    Unclear.WHOLE_PROVISION: deferred(
        "It is proposed for the whole provision: check that it applies to every limb."
    ),
}


def why_unclear(proposal: Proposal, line: int = 0) -> str:
    """Return why a proposal is not clear, as a sentence; empty if it is clear.

    Args:
        proposal: The proposal.
        line: The line of its words, if the reader can find it by its number.
    """
    if proposal.unclear is None:
        return ""
    if proposal.from_limbs:
        return _why_of_limbs(proposal)
    if line and proposal.unclear is Unclear.OTHER_SENTENCE:
        return message(
            "The words are in line {line}, not in the sentence that gives the relief of the limb.",
            line=str(line),
        )
    return message(_REASONS[proposal.unclear])


def _why_of_limbs(proposal: Proposal) -> str:
    numbers = [str(number) for number in proposal.from_limbs]
    if proposal.unclear is Unclear.OTHER_SENTENCE:
        return message(
            "The words are in the sentence of limb {limb}, from which this limb takes the value.",
            limb=numbers[0],
        )
    if len(numbers) == 1:
        limbs = message("limb {limb}", limb=numbers[0])
    else:
        limbs = message("limbs {limbs}", limbs=listed(numbers))
    return message(
        "The words are about {limbs} only: check that the value applies to every limb.",
        limbs=limbs,
    )


def check_request(proposal: Proposal) -> str:
    """Return the request to check a proposal that is not clear, and why; empty if it is clear."""
    if proposal.is_clear:
        return ""
    request = message("Not clear: check it against the quoted words.")
    return sentences(request, why_unclear(proposal))
