"""Which rules a sentence is about that names paragraphs: those of the others have no exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

RULES = {
    "en": (
        "A victim of trafficking shall not be prosecuted for any offence.",
        "The court may vacate the conviction of a victim of trafficking for any offence.",
        "The court may exempt a victim of trafficking from punishment for any offence.",
    ),
    "fr": (
        "La victime de la traite n'est pas poursuivie pour une infraction.",
        "Le juge peut annuler la condamnation de la victime pour toute infraction.",
        "Le juge peut dispenser la victime de peine pour toute infraction.",
    ),
    "es": (
        "No se perseguirá a la víctima de trata por ningún delito.",
        "El juez podrá anular la condena de la víctima por cualquier delito.",
        "El juez podrá eximir de pena a la víctima por cualquier delito.",
    ),
}


@pytest.mark.parametrize("label", ["({})", "{}."])
@pytest.mark.parametrize(
    ("language", "limit", "expected"),
    [
        ("en", "Subsection (1) does not apply to murder.", [1]),
        ("en", "Paragraph 2 does not apply to murder.", [2]),
        ("en", "Paragraphs 1 and 3 do not apply to murder.", [1, 3]),
        ("en", "Subsections (1) to (3) do not apply to murder.", [1, 2, 3]),
        ("en", "The second subsection does not apply to murder.", [2]),
        ("en", "Paragraph one does not apply to murder.", [1]),
        ("en", "The preceding paragraph does not apply to murder.", [3]),
        ("en", "The preceding paragraphs do not apply to murder.", [1, 2, 3]),
        ("en", "Murder within paragraph 1 of the Schedule is excluded.", [1, 2, 3]),
        ("en", "Murder within paragraph 12 of the Schedule is excluded.", [1, 2, 3]),
        ("en", "Murder within paragraph 1A of the Schedule is excluded.", [1, 2, 3]),
        ("en", "Murder within paragraphs 1 and 2 of the Schedule is excluded.", [1, 2, 3]),
        ("en", "This section does not apply to murder.", [1, 2, 3]),
        ("fr", "Le paragraphe 1er ne s'applique pas au meurtre.", [1]),
        ("fr", "Le premier alinéa ne s'applique pas au meurtre.", [1]),
        ("fr", "Les paragraphes 2 et 3 ne s'appliquent pas au meurtre.", [2, 3]),
        ("fr", "L'alinéa précédent ne s'applique pas au meurtre.", [3]),
        ("fr", "Le présent article ne s'applique pas au meurtre.", [1, 2, 3]),
        ("es", "Lo dispuesto en el párrafo 1 no se aplica al homicidio.", [1]),
        ("es", "El párrafo segundo no se aplica al homicidio.", [2]),
        ("es", "Lo dispuesto en los numerales 1 a 2 no se aplica al homicidio.", [1, 2]),
        ("es", "Lo dispuesto en el párrafo anterior no se aplica al homicidio.", [3]),
        ("es", "Lo dispuesto en este artículo no se aplica al homicidio.", [1, 2, 3]),
    ],
)
def test_exception_is_of_the_named_paragraphs(
    label: str, language: str, limit: str, expected: list[int], corpus: Corpus
) -> None:
    paragraphs = enumerate((*RULES[language], limit), 1)
    text = "\n".join(f"{label.format(number)} {words}" for number, words in paragraphs)
    proposals = suggest(corpus.codebook, text, language).proposals
    assert [each.limb for each in proposals if each.field == "offences.excluded"] == expected


def test_exception_is_of_the_paragraph_that_it_names(corpus: Corpus) -> None:
    first, second, _ = RULES["en"]
    text = f"(1) {first}\n(2) {second} Subsection (1) does not apply to murder."
    proposals = suggest(corpus.codebook, text).proposals
    assert [each.limb for each in proposals if each.field == "offences.excluded"] == [1]


@pytest.mark.parametrize("labels", [("", "", ""), ("1. ", "2. ", "")])
def test_preceding_paragraph_without_a_label(labels: tuple[str, ...], corpus: Corpus) -> None:
    first, second, _ = RULES["es"]
    limit = "Lo previsto en el párrafo anterior no regirá para los crímenes."
    words = zip(labels, (first, second, limit), strict=True)
    text = "\n\n".join(label + sentence for label, sentence in words)
    proposals = suggest(corpus.codebook, text, "es").proposals
    excluded = [each.limb for each in proposals if each.field == "offences.excluded"]
    assert excluded == ([2] if labels[0] else [1, 2])


def test_exception_is_not_of_a_list_of_other_offences(corpus: Corpus) -> None:
    text = (
        "(1) A victim is not criminally liable for illegal entry, or for any other offence that is "
        "directly related to the trafficking.\n(2) Subsection (1) does not apply to murder.\n"
        "(3) Where a victim is charged in contravention of subsection (1), the prosecutor shall "
        "withdraw the charge."
    )
    proposals = suggest(corpus.codebook, text).proposals
    assert [each.limb for each in proposals if each.field == "offences.excluded"] == [2, 3]
    # Subsection (3) is about both rules; it is not known which link it has.
    assert [each.limb for each in proposals if each.field == "link"] == [1, 2]


def test_number_of_any_length_is_read(corpus: Corpus) -> None:
    first, second, third = RULES["en"]
    limit = f"Subsections (1) to ({'9' * 5000}) do not apply to murder."
    text = f"(1) {first}\n(2) {second}\n(3) {third}\n(4) {limit}"
    proposals = suggest(corpus.codebook, text).proposals
    assert [each.limb for each in proposals if each.field == "offences.excluded"] == [1]
