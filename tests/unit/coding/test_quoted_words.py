"""The words that proposals quote: a list ends with its last item, or before a conjunction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

EN = "A victim of trafficking shall not be punished for"
ES = "La víctima de trata no es responsable"
FR = "Les victimes de la traite"

JOINS = {"and", "or", "y", "o", "et", "ou", "ni"}


@pytest.mark.parametrize(
    ("language", "text", "quoted"),
    [
        ("en", f"{EN} trespass or for the use of a name.", "trespass"),
        ("en", f"{EN} an act done in the course of, or by reason of, it.", "in the course of"),
        ("en", f"{EN} begging or any other offence that he had to commit.", "any other offence"),
        ("en", "Nor shall a victim of trafficking be punished for any offence.", "Nor shall"),
        ("es", f"{ES} por la estancia irregular o por el trabajo.", "estancia irregular"),
        ("es", f"{ES}, penal ni administrativamente, por ningún delito.", "responsable, penal"),
        ("fr", f"{FR} ne sont ni détenues, ni poursuivies.", "ne sont ni détenues"),
        ("fr", f"{FR} ne sont pas punies dans la mesure où elles ont agi.", "dans la mesure où"),
    ],
)
def test_quotation_has_no_conjunction_at_its_ends(
    language: str, text: str, quoted: str, corpus: Corpus
) -> None:
    reading = suggest(corpus.codebook, text, language)
    quotations = {reading.words(each.start, each.end) for each in reading.proposals}
    assert quoted in quotations
    assert not {each for each in quotations if {each.split()[0], each.split()[-1]} & JOINS}
