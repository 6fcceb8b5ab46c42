"""Who acts, who decides, and which sentences give no relief to a victim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

FOR_ANY_OFFENCE = "for any offence committed as a direct result of being trafficked"


def read_values(corpus: Corpus, text: str, *fields: str) -> set[tuple[int, str, str]]:
    """Return limb, field and value of the proposals for some fields."""
    proposals = suggest(corpus.codebook, text, "en").proposals
    return {(each.limb, each.field, each.value) for each in proposals if each.field in fields}


@pytest.mark.parametrize(
    ("rule", "decides"),
    [
        ("The court may discharge a victim of trafficking without penalty", {"court"}),
        ("The court shall vacate the conviction of a victim of trafficking", {"court"}),
        ("The prosecutor shall consider not prosecuting a victim of trafficking", {"prosecutor"}),
        # An authority that is only forbidden to act decides nothing.
        ("No court shall punish a victim of trafficking", set()),
        ("A police officer shall not arrest a victim of trafficking", set()),
        ("Each Party may refrain from punishing a victim of trafficking", set()),
    ],
)
def test_authority_that_is_to_act_decides(rule: str, decides: set[str], corpus: Corpus) -> None:
    text = f"{rule} {FOR_ANY_OFFENCE}."
    assert len(read_values(corpus, text, "addressee")) == 1
    assert {value for _, _, value in read_values(corpus, text, "decision")} == decides
