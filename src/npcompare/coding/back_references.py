"""What words refer back to: what a limb takes from the limb before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.coding.limb_drafts import CUSTODY
from npcompare.model.field_sets import OF_ACTS, OF_LINK, REACHED_OFFENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage

#: What ends the names of the rules for "on the same grounds", which takes the conditions too.
SAME_TERMS = "on-the-same-terms"

#: What ends the names of the rules for "under such coercion", which takes its means.
SUCH_COERCION = "such-coercion"

#: The relief that exempts from a liability, so that it takes the liability too.
_OF_LIABILITY = frozenset({"no_liability", "no_penalty", "defence"})

#: What a limb that says "the same shall apply" takes from the limb before it.
_REPEATED = ("relief", "force", "addressee", "liability", "conditions", "decision")


def taken(limb: LimbDraft, before: LimbDraft) -> Iterator[str]:
    """Yield the fields that a limb takes from the limb before it, if it has no values of its own.

    "They shall be discontinued" is about the offences before; a rule for others is not.
    """
    # "If the victim has already been convicted, the conviction shall be set aside".
    is_later = limb.follows(before)
    names_own = bool(limb.values("persons", *REACHED_OFFENCES))
    is_custody = limb.values("relief") <= CUSTODY and limb.section != before.section
    is_of_its_own = (names_own and not is_later) or (is_custody and not limb.is_of_case)
    yield "persons"
    if limb.refers_to_compulsion and "compulsion" in before.values("link"):
        yield from OF_LINK
    if limb.takes_persons:
        # "A person recognized as a victim ... He or she shall also be exempt".
        yield "status_required"
    if limb.is_likewise:
        yield from _REPEATED
    if limb.refers_back or limb.is_likewise or not is_of_its_own:
        takes_link = (limb.refers_back or not limb.is_likewise) and not limb.values("link")
        if takes_link and "compulsion" in before.values("link"):
            yield from (name for name in OF_LINK if name != "link")
        # What is excluded can hardly be one of the offences that the limb lists.
        left_out = {"link": limb.is_relaxed, "offences.excluded": bool(limb.listed)}
        yield from (name for name in OF_ACTS if not left_out.get(name))
        if limb.is_on_same_terms:
            yield "conditions"
        if limb.values("relief") & _OF_LIABILITY:
            yield "liability"


def references_of(clause: Iterable[Passage]) -> list[Passage]:
    """Return the words that refer back to a rule, and not only to its compulsion."""
    return [
        passage
        for passage in clause
        if passage.field == "reference" and not passage.rule.id.endswith(SUCH_COERCION)
    ]


def refers_to_offences(clause: Iterable[Passage]) -> bool:
    """Return whether words for an offence refer back: "such acts"."""
    passages = list(clause)
    references = references_of(passages)
    return any(
        offence.rule.is_weak and any(ref.start <= offence.start < ref.end for ref in references)
        for offence in passages
        if offence.field == "offences.extent"
    )
