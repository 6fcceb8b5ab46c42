"""What a sentence adds to the limbs before it, if it is about the same relief."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage

#: What a rule states of its relief, and not of the facts.
_OF_RULE = ("relief", "force", "duty", "addressee")

#: What the answer to a petition adds to the relief that is asked for.
_OF_ANSWER = ("relief", "addressee", "decision")


def merged(near: list[LimbDraft], limb: LimbDraft, *, is_about_rule: bool) -> list[LimbDraft]:
    """Merge a limb into those before it that are about the same relief; return these, if any."""
    before = near[-1]
    own = limb.values("relief")
    is_of_relaxed = before.is_relaxed and before.section == limb.section
    if own and is_of_relaxed and limb.values("persons") <= before.values("persons"):
        return [_stated(before, limb)]
    if own and not before.values("relief") and limb.refers_back and limb.article == before.article:
        return [_granted(before, limb)]
    reliefs = own or before.values("relief") if limb.is_likewise else own
    if not reliefs & before.values("relief"):
        return []
    if limb.answers(before):
        return _answered(near, limb)
    is_bare = not limb.values("link", "offences.categories") and not limb.certain("offences.extent")
    addressees = before.values("addressee")
    is_of_other = bool(addressees) and not limb.values("addressee") <= addressees
    is_same = not is_of_other and (is_about_rule or not limb.values("persons"))
    if is_bare and is_same and not limb.differs_in_force(before):
        before.add(
            passage
            for name, passages in limb.passages.items()
            for passage in passages
            # "A conviction to which this section applies" is for the offences of the rule before.
            if name != "offences.extent" or not before.values(name)
        )
        return [before]
    return []


def _stated(relaxed: LimbDraft, rule: LimbDraft) -> LimbDraft:
    """Return the rule for children that a later sentence states, and not the rule before it."""
    relaxed.is_relaxed = False
    for name, passages in rule.passages.items():
        relaxed.replace(name, passages)
    return relaxed


def _granted(facts: LimbDraft, rule: LimbDraft) -> LimbDraft:
    """Return the rule on facts that the sentence before it states, and which it refers to.

    "A victim who was deceived may be left with no choice. The prosecutor should therefore consider
    whether to prosecute that offence."
    """
    for name, passages in rule.passages.items():
        if name in _OF_RULE or not facts.values(name):
            facts.replace(name, passages)
    return facts


def _answered(near: list[LimbDraft], answer: LimbDraft) -> list[LimbDraft]:
    """Let words on how a petition is decided complete the last limbs that ask for the relief."""
    asked = [each for each in near if each.is_asked and each.section == near[-1].section]
    for limb in asked:
        limb.is_asked = False
        if limb.takes_persons and answer.values("persons"):
            limb.replace("persons", ())
        for name, passages in answer.passages.items():
            if name in _OF_ANSWER or not limb.values(name):
                limb.add(passages)
    return asked


def extended(near: list[LimbDraft], passages: list[Passage]) -> list[LimbDraft]:
    """Add further relief to the last limbs that have one relief; it follows that relief."""
    limbs = [each for each in near if each.values("relief") == near[-1].values("relief")]
    for limb in limbs:
        limb.add(passage for passage in passages if passage.field == "relief")
    return limbs
