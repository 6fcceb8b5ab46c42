"""Whether words say that the persons who get a relief are victims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.model.field_sets import REACHED_OFFENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage

#: Categories that name no kind of offence.
_UNNAMED = frozenset({"gravest", "scheduled"})


def names_victims(
    limb: LimbDraft, clause: Iterable[Passage], *, is_act: bool, has_petition: bool
) -> bool:
    """Return whether words say that the persons who get a relief are victims.

    In an Act on many subjects, they must also say what the relief is, and speak of offences:
    victims are relieved of costs, claims and removals, too.

    Args:
        limb: The limb that the words make.
        clause: The words.
        is_act: Whether the text is an Act on many subjects.
        has_petition: Whether a sentence before them in the article says which relief is asked for.
    """
    if not is_act:
        return bool(limb.values("persons", "link"))
    is_named = bool(limb.values("persons") - {"child"} and limb.values("link")) or any(
        passage.field == "persons" and passage.value == "any_victim" for passage in clause
    )
    # A child is protected from prosecution for soliciting whether exploited or not.
    is_for_children = "child" in limb.values("persons")
    is_named |= is_for_children and bool(limb.values("offences.categories") - _UNNAMED)
    is_criminal = "criminal" in limb.values("liability")
    is_criminal |= bool(limb.values("link", *REACHED_OFFENCES))
    return bool(is_named and is_criminal and (limb.values("relief") or has_petition))
