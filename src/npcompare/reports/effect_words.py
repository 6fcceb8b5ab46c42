"""The effect of provisions in words: what kind of norm they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.reports.cells import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.model.codebook import Codebook

#: Provisions of each effect, in the middle of a sentence. The codebook of a corpus may add effects.
_PLURALS = {
    "operative": "operative provisions",
    "obligation": "obligations of States",
    "recommendation": "recommendations",
    "model": "model provisions",
    "bill": "bills",
    "finding": "findings",
}


def provisions_of(book: Codebook, effects: Iterable[str]) -> str:
    """Return what provisions of some effects are called, such as "operative provisions"."""
    return listed(
        [
            _PLURALS.get(effect, f"provisions of the effect “{book.label('effect', effect)}”")
            for effect in effects
        ]
    )
