"""Many provisions for an overview: in blocks of like effect, and those that have no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.effects import WITHOUT_RULE, groups_by_effect
from npcompare.law.named_files import row_key
from npcompare.messages import ENGLISH_TAG, current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from npcompare.model.codebook import Codebook
    from npcompare.model.results import Classification


class Block(Struct, frozen=True):
    """Provisions of like effect, in their order."""

    #: The effects of the provisions, in the order of the codebook; none if the corpus has none.
    effects: tuple[str, ...]
    members: tuple[Classification, ...]


class Blocks(Struct, frozen=True):
    """Provisions in blocks, and those without a row."""

    blocks: tuple[Block, ...]
    #: The provisions of which too little is available.
    too_little: tuple[Classification, ...]
    #: By effect, what contains no rule: reports that there is none, and findings.
    without_rule: tuple[tuple[str, tuple[Classification, ...]], ...]

    @property
    def members(self) -> tuple[Classification, ...]:
        """The provisions in blocks."""
        return tuple(member for block in self.blocks for member in block.members)


def blocks_by_effect(
    codebook: Codebook,
    classifications: Iterable[Classification],
    rank: Callable[[Classification], tuple[int, ...]],
    has_enough: Callable[[Classification], bool],
) -> Blocks:
    """Return provisions in blocks of like effect.

    Args:
        codebook: The codebook.
        classifications: The provisions.
        rank: By which the provisions of a block are sorted, the highest first, and then by name.
        has_enough: Whether enough is known of a provision for a row.
    """

    def key(classification: Classification) -> tuple[object, ...]:
        opposite = tuple(-number for number in rank(classification))
        return opposite, *_name_key(classification)

    blocks, too_little, without_rule = [], [], []
    for group in groups_by_effect(codebook, classifications):
        members = sorted(group.members, key=key)
        if group.effects[0] in WITHOUT_RULE:
            without_rule.append((group.effects[0], tuple(members)))
            continue
        too_little += [member for member in members if not has_enough(member)]
        if shown := tuple(filter(has_enough, members)):
            present = {member.effect for member in shown}
            effects = tuple(effect for effect in group.effects if effect in present)
            blocks.append(Block(effects, shown))
    named = tuple(sorted(too_little, key=_name_key))
    return Blocks(tuple(blocks), named, tuple(without_rule))


def _name_key(classification: Classification) -> tuple[object, ...]:
    provision, language = classification.provision, current().language
    name = provision.label if language == ENGLISH_TAG else provision.jurisdiction.name
    return row_key(name, language), provision.id
