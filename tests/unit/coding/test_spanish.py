"""Proposals for sentences in Spanish: rules for victims, and sentences that resemble them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import cases
from reading import coded

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


@pytest.mark.parametrize("case", [*cases("spanish"), *cases("spanish-wordings")])
def test_spanish_sentences_are_read(case: dict[str, Any], corpus: Corpus) -> None:
    reading = suggest(corpus.codebook, case["text"])
    assert reading.language == "es"
    values = {(each.limb, each.field, each.value) for each in reading.proposals}
    assert values == coded(case)


def test_persons_of_an_age_are_not_any_victim(corpus: Corpus) -> None:
    text = (
        "Las personas menores de dieciocho años víctimas de trata no serán sancionadas por los "
        "delitos que hayan cometido."
    )
    proposals = suggest(corpus.codebook, text).proposals
    assert [each.value for each in proposals if each.field == "persons"] == ["child"]


def test_negation_within_an_offence_gives_no_force(corpus: Corpus) -> None:
    text = (
        "La víctima de trata sentenciada por un delito que no sea de los que ameritan prisión "
        "preventiva oficiosa podrá solicitar la anulación de la sentencia. El tribunal podrá "
        "acordar lo solicitado."
    )
    proposals = suggest(corpus.codebook, text).proposals
    assert [each.value for each in proposals if each.field == "force"] == ["discretionary"]


def test_offences_of_a_law_refer_to_no_limb(corpus: Corpus) -> None:
    text = (
        "No se ejercerá acción penal contra la víctima de trata por los delitos cometidos bajo "
        "amenaza. Las víctimas de los delitos a que se refiere esta Ley no serán detenidas."
    )
    proposals = suggest(corpus.codebook, text).proposals
    links = [(each.limb, each.value) for each in proposals if each.field == "link"]
    assert links == [(1, "compulsion"), (2, "none")]


def test_item_for_children_limits_no_other_item(corpus: Corpus) -> None:
    text = (
        "El Ministerio Público determinará el no ejercicio de la acción penal respecto de la "
        "víctima de trata:\n"
        "I. Cuando el delito haya sido ordenado por el tratante;\n"
        "II. Cuando dicho delito forme parte de la trata; y\n"
        "III. Tratándose de adolescentes, en todos los casos."
    )
    proposals = suggest(corpus.codebook, text).proposals
    persons = [(each.limb, each.value) for each in proposals if each.field == "persons"]
    assert persons == [(1, "any_victim"), (2, "any_victim"), (3, "child")]


def test_items_for_other_authorities_are_rules(corpus: Corpus) -> None:
    text = (
        "Tratándose de víctimas de trata acusadas de delitos contra la salud: I. El Ministerio "
        "Público solicitará el sobreseimiento, y II. El juez podrá anular la sentencia."
    )
    proposals = suggest(corpus.codebook, text).proposals
    addressees = [(each.limb, each.value) for each in proposals if each.field == "addressee"]
    assert addressees == [(1, "prosecutor"), (2, "court")]
