"""Provisions drawn by chance, with what laws really have: several limbs, gaps, and open lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import Limb, random_limb, random_limb_with_gaps
from bundled import CODEBOOK
from conftest import provision

from npcompare.analysis.classification import classify

if TYPE_CHECKING:
    import random

    from npcompare.model.results import Classification

#: Offences that the random limbs of `builders` do not have: unknown ones, exclusions, and the own
#: lists and sets of a law.
FURTHER_OFFENCES = (
    {"extent": "status_related"},
    {"extent": "listed"},
    {"extent": "listed", "categories": ["scheduled"]},
    {"extent": "any", "excluded": ["scheduled"]},
    {"extent": "any", "excluded": ["scheduled", "drugs"]},
)


FORCES = ("mandatory", "discretionary", "consideration")


def random_provision(chance: random.Random, name: str) -> Classification:
    """Return a provision of one to four limbs, some with unknown persons, gaps or open lists."""
    return _classified(chance, [_limb(chance) for _ in range(chance.choice((1, 2, 3, 4)))], name)


def related_provisions(chance: random.Random, number: int) -> list[Classification]:
    """Return provisions of which half differ in one field, or in one limb, from one before them."""
    drawn: list[list[Limb]] = []
    for _ in range(number):
        limbs = [_limb(chance) for _ in range(chance.choice((1, 1, 2, 3)))]
        if drawn and chance.random() < 0.7:
            limbs = [dict(limb) for limb in chance.choice(drawn)]
            if chance.random() < 0.3:
                limbs.append(_limb(chance))
            else:
                chance.choice(limbs).update([chance.choice([*_limb(chance).items()])])
        drawn.append(limbs)
    return [_classified(chance, limbs, f"p{place}") for place, limbs in enumerate(drawn)]


def _limb(chance: random.Random) -> Limb:
    limb = chance.choice((random_limb, random_limb_with_gaps))(chance)
    if chance.random() < 0.3:
        limb["offences"] = chance.choice(FURTHER_OFFENCES)
    if chance.random() < 0.2 and len(limb) > 1:
        limb.pop("persons", None)
    if chance.random() < 0.3:
        limb["conditions"] = chance.choice(("appropriate_cases", "subject_to_domestic_law"))
    if chance.random() < 0.3:
        limb["force"] = chance.choice(FORCES)
    return limb


def _classified(chance: random.Random, limbs: list[Limb], name: str) -> Classification:
    text = chance.choice(("verbatim", "excerpt", "not_held"))
    return classify(CODEBOOK, provision({"text": text, "limbs": limbs}, name))
