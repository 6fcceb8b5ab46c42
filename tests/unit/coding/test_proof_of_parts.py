"""Who proves one rule of a sentence, and how, is said of that rule; in doubt, of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

DEFENCE = "It is a defence for an adult to prove on the balance of probabilities that "
CHILD = "a child victim shall not be punished for any offence"


TWO_RULES = {
    "en-adult": f"{DEFENCE}the trafficker compelled him to commit the offence, and {CHILD}.",
    "es-adult": "La víctima adulta no será sancionada por los delitos si prueba que fue obligada a "
    "cometerlos, y la víctima menor de edad no será procesada por ningún delito.",
    "fr-adult": "La victime adulte n'est pas punie pour les infractions si elle prouve qu'elle a "
    "été contrainte de les commettre, et la victime mineure n'est pas poursuivie pour l'entrée "
    "irrégulière.",
    "within the second": "A victim of trafficking shall not be prosecuted for illegal entry, nor "
    "punished for an offence that he proves on the balance of probabilities that he was compelled "
    "to commit.",
    "after both": "A victim of trafficking shall not be prosecuted for illegal entry, and may not "
    "be punished for any offence that the victim was compelled to commit, which the prosecution "
    "must disprove beyond reasonable doubt.",
    "before both": "A victim of trafficking who proves on the balance of probabilities that he was "
    "trafficked shall not be prosecuted for illegal entry, nor punished for an offence that he was "
    "compelled to commit.",
}


@pytest.mark.parametrize(
    ("text", "limbs"),
    [
        ("en-adult", (1,)),
        ("es-adult", (1,)),
        ("fr-adult", (1,)),
        ("within the second", (2,)),
        ("after both", ()),
        ("before both", ()),
    ],
)
def test_proof_is_of_the_rule_of_its_clause(
    text: str, limbs: tuple[int, ...], corpus: Corpus
) -> None:
    proposals = suggest(corpus.codebook, TWO_RULES[text]).proposals
    assert {each.limb for each in proposals} == {0, 1, 2}
    assert {each.from_limbs for each in proposals if not each.limb} == {limbs}
