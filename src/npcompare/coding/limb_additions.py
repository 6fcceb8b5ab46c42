"""What sentences without relief add to the limbs that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.coding.sentence_content import proven_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage
    from npcompare.coding.text_divisions import Divisions

#: The field, the value and the weakness of passages, of which a limb keeps one each.
_Values = frozenset[tuple[str, str, bool]]


class LimbAdditions:
    """What sentences add to limbs, and what all limbs of a Part have been given."""

    def __init__(self) -> None:
        #: What sentences about all limbs of some divisions have added to these.
        self._given: dict[Divisions, set[_Values]] = {}

    def forget(self) -> None:
        """Forget what has been given: limbs with new values may take what they could not before."""
        self._given.clear()

    def add_to_all(
        self,
        divisions: Divisions,
        limbs: list[LimbDraft],
        passages: Sequence[Passage],
        added: Sequence[Passage],
    ) -> None:
        """Add values to all limbs of a Part, unless a sentence with the same values has done so.

        Otherwise the time would grow with the product of sentences and limbs.

        Args:
            divisions: The divisions that the sentence is about.
            limbs: Their limbs.
            passages: The passages of the sentence.
            added: Those that it adds.
        """
        proven = proven_link(list(passages))
        given = self._given.get(divisions, set())
        values = _values(added) | _values(proven)
        if values not in given:
            if proven:
                self.forget()
            self._given.setdefault(divisions, set()).add(values)
            self.add_to(limbs, limbs, passages, added)

    def add_to(
        self,
        limbs: list[LimbDraft],
        addressed: Sequence[LimbDraft],
        passages: Sequence[Passage],
        added: Sequence[Passage],
        section: int = -1,
    ) -> None:
        """Add values to limbs, and these to the limbs that a sentence adds to or may limit.

        Args:
            limbs: The limbs that it adds to or may limit.
            addressed: Those that it is about.
            passages: The passages of the sentence.
            added: Those that it adds.
            section: The sub-section whose limbs have the link that it says must be proven.
        """
        proven, known = proven_link(list(passages)), set(limbs)
        leaving = [limb for limb in addressed if limb.leaves_prosecution][:1] if added else []
        are_all_listed = all(limb.listed for limb in addressed)
        of_section = section if section >= 0 or not addressed else addressed[-1].section
        for limb in addressed:
            if limb.section == of_section and not limb.values("link"):
                limb.add(proven)
            values = [
                passage
                for passage in added
                if limb.may_take(passage, leaving)
                and (are_all_listed or not limb.listed or not _names_others(passage))
            ]
            limb.add(values)
            if values and limb not in known:
                limbs.append(limb)


def _values(passages: Sequence[Passage]) -> _Values:
    return frozenset((passage.field, passage.value, passage.rule.is_weak) for passage in passages)


def _names_others(passage: Passage) -> bool:
    """Return whether an exception names offences that a list of others does not have.

    "Does not apply to murder" is of the rule for any offence, and not of that for illegal entry.
    """
    return passage.field == "offences.excluded" and passage.value != "gravest"
