"""Which rule of a sentence says who proves it, and how: one of several, or all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.law.provision_parser import FIELDS_OF_PROVISION
from npcompare.model.field_sets import OF_ACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.coding.passages import Passage


def of_one_part(parts: Sequence[Sequence[Passage]], number: int) -> Iterator[Passage]:
    """Yield the passages on proof that are about one part of a sentence only.

    "It is a defence for an adult to prove that he was compelled, and a child shall not be punished"
    is such a sentence. Words before the first relief, and those after all words of the last part,
    may be about each part: "which the accused must prove".

    Args:
        parts: The passages of each part.
        number: The number of the part, from 0.
    """
    part = parts[number]
    elsewhere = {passage for passages in parts if passages is not part for passage in passages}
    reliefs = [passage.start for passage in part if passage.field == "relief"]
    limits = [passage.end for passage in part if passage.field in OF_ACTS]
    is_last = number == len(parts) - 1
    for passage in part:
        is_own = passage.field in FIELDS_OF_PROVISION and passage not in elsewhere
        is_before = not passage.item and passage.start < min(reliefs, default=passage.end)
        is_after = is_last and passage.end > max(limits, default=0)
        if is_own and not is_before and not is_after:
            yield passage
