"""Which provisions are of like effect: only these are ranked together.

A recommendation may go further than any law and still give no victim a right, so laws are compared
with laws, obligations with obligations, and so on. A bill is like the law that it would become.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification

#: The effects of texts that contain no rule: reports that there is none, and findings.
WITHOUT_RULE = ("none", "finding")

#: The effects of provisions that are not like any other: nothing is known, or there is no rule.
_UNLIKE = ("none", "unknown")

#: The effects of provisions that are not ranked.
_UNRANKED = (*WITHOUT_RULE, "unknown")


class EffectGroup(Struct, frozen=True):
    """Provisions of like effect."""

    #: The effects of the members, in the order of the codebook.
    effects: tuple[str, ...]
    members: tuple[Classification, ...]

    @property
    def is_comparable(self) -> bool:
        """Whether there are at least two, and they contain rules."""
        return len(self.members) > 1 and not set(self.effects) & set(_UNRANKED)


def is_like(effect: str, other_effect: str) -> bool:
    """Return whether two effects are alike, so that provisions with them can be ranked."""
    return effect not in _UNLIKE and _family(effect) == _family(other_effect)


def are_alike(effects: Iterable[str]) -> bool:
    """Return whether all of some effects are alike."""
    first_effect, *others = effects
    return all(is_like(first_effect, effect) for effect in (first_effect, *others))


def like_effects(codebook: Codebook, effect: str) -> tuple[str, ...]:
    """Return the effects that are like one, in the order of the codebook."""
    return tuple(word for word in codebook.vocabulary["effect"] if is_like(effect, word))


def groups_by_effect(
    codebook: Codebook, classifications: Iterable[Classification]
) -> Iterator[EffectGroup]:
    """Yield the provisions of each effect, in the order of the codebook; unknown effects last."""
    by_family: dict[str, list[Classification]] = {}
    for classification in classifications:
        by_family.setdefault(_family(classification.effect), []).append(classification)
    words = (*codebook.vocabulary["effect"], "unknown")
    for family in words:
        if members := by_family.get(family):
            present = {member.effect for member in members}
            effects = tuple(word for word in words if word in present)
            yield EffectGroup(effects, tuple(members))


def _family(effect: str) -> str:
    return "operative" if effect == "bill" else effect
