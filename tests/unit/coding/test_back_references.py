"""What a rule takes from the rule before it, to which its words refer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (
            "A victim who committed a crime under threats by the trafficker shall not be punished.",
            "The court shall mitigate the sentence of a victim for a crime under such coercion.",
        ),
        (
            "Une victime qui a commis un acte sous la menace de l'exploiteur n'est pas punie.",
            "Le juge réduit la peine de la victime pour un crime commis sous cette contrainte.",
        ),
        (
            "La víctima que haya cometido un delito bajo amenazas del tratante no será penada.",
            "El juez reducirá la pena de la víctima por un delito cometido bajo esa coacción.",
        ),
    ],
)
def test_such_coercion_is_that_of_the_rule_before(first: str, later: str, corpus: Corpus) -> None:
    proposals = suggest(corpus.codebook, f"(1) {first}\n(2) {later}").proposals
    means = [
        sorted(
            proposal.value
            for proposal in proposals
            if proposal.limb == limb and proposal.field in ("link", "compelled_by")
        )
        for limb in (1, 2)
    ]
    assert means == [["compulsion", "trafficker"]] * 2


def test_list_of_offences_of_another_subsection(corpus: Corpus) -> None:
    text = (
        "(1) A conviction of a victim of trafficking for an offence specified in subsection (2) "
        "shall be treated as spent.\n(2) The offences are\N{EM DASH}\n(a) unlawful entry; and\n"
        "(b) prostitution.\n(3) The police shall remove a conviction to which this section applies "
        "from the records."
    )
    proposals = suggest(corpus.codebook, text).proposals
    offences = [
        each.value for each in proposals if each.limb == 1 and each.field.startswith("offences")
    ]
    assert offences == ["listed", "immigration", "prostitution"]
