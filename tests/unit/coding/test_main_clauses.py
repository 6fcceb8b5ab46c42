"""A second main clause of a sentence is no part of the rule of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.coding.suggestions import Suggestion
    from npcompare.law.corpus import Corpus

COMPELLED = (
    "A victim of trafficking shall not be held liable for any offence that the victim was "
    "compelled to commit"
)
VALUES = {
    ("persons", "any_victim"),
    ("offences.extent", "any"),
    ("link", "compulsion"),
    ("relief", "no_liability"),
    ("force", "mandatory"),
}
REGARD = (
    "the court shall have regard to the age of the person, the means that were used against the "
    "person, and any other matter that appears to the court to be relevant to the question "
    "whether the person was compelled"
)

#: Second clauses, each with words of it that must be listed.
ENGLISH = {
    "regard": (" and the court shall have regard to the age of the person", "regard"),
    "adjunct": (" and, for the purposes of this subsection, the court shall have regard", "regard"),
    "definition": (f" and, for the purposes of this subsection, {REGARD}", "age of the person"),
    "four times": (f" and, in that event, {REGARD}" * 4, "age of the person"),
    "comma": (", and the Minister may by order prescribe forms", "prescribe forms"),
    "semicolon": ("; the Minister may keep a register", "keep a register"),
    "must": (" and any police officer must keep a register", "keep a register"),
    "two subjects": (
        " and the prosecutor and the court shall keep a register",
        "the prosecutor and",
    ),
    "denial": (" and the victim shall not be required to cooperate with the police", "required"),
    "plural": (" and courts should consider the age of the person", "age of the person"),
}
SPANISH = {
    "modal": " y el tribunal podrá escuchar a la persona",
    "future": " y el juez tendrá en cuenta la edad de la persona",
    "adjunct": " y, en tal caso, la autoridad competente deberá llevar un registro",
    "semicolon": "; el Ministerio dictará el reglamento",
}
FRENCH = {
    "modal": " et le tribunal peut entendre la personne",
    "present": " et le juge tient compte de l'âge de la personne",
    "adjunct": " et, à cette fin, l'autorité compétente doit tenir un registre",
    "semicolon": "; le ministre fixe les modalités",
}


def values(suggestion: Suggestion, limb: int = 1) -> set[tuple[str, str]]:
    return {(each.field, each.value) for each in suggestion.proposals if each.limb == limb}


def unread(suggestion: Suggestion) -> str:
    return " / ".join(suggestion.words(*place) for place in suggestion.unread)


@pytest.mark.parametrize(("clause", "words"), ENGLISH.values(), ids=list(ENGLISH))
def test_rule_keeps_its_own_values(corpus: Corpus, clause: str, words: str) -> None:
    suggestion = suggest(corpus.codebook, f"{COMPELLED}{clause}.", "en")
    assert values(suggestion) == VALUES
    assert words in unread(suggestion)


@pytest.mark.parametrize("clause", SPANISH.values(), ids=list(SPANISH))
def test_rule_keeps_its_values_in_spanish(corpus: Corpus, clause: str) -> None:
    rule = "La víctima de trata no será sancionada por los delitos que haya sido obligada a cometer"
    alone = suggest(corpus.codebook, f"{rule}.", "es")
    suggestion = suggest(corpus.codebook, f"{rule}{clause}.", "es")
    assert ("link", "compulsion") in values(alone)
    assert values(suggestion) == values(alone)
    assert unread(suggestion)


@pytest.mark.parametrize("clause", FRENCH.values(), ids=list(FRENCH))
def test_rule_keeps_its_values_in_french(corpus: Corpus, clause: str) -> None:
    rule = (
        "La victime de la traite n'est pas punie pour les infractions qu'elle a été contrainte de "
        "commettre"
    )
    alone = suggest(corpus.codebook, f"{rule}.", "fr")
    suggestion = suggest(corpus.codebook, f"{rule}{clause}.", "fr")
    assert ("link", "compulsion") in values(alone)
    assert values(suggestion) == values(alone)
    assert unread(suggestion)


def test_no_link_is_concluded_beside_it(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking shall not be punished for any offence and the court shall have "
        "regard to the age of the person."
    )
    suggestion = suggest(corpus.codebook, text, "en")
    assert ("relief", "no_penalty") in values(suggestion)
    assert not {value for field, value in values(suggestion) if field == "link"}


def test_rule_is_read_beside_one_for_the_trafficker(corpus: Corpus) -> None:
    text = "A victim shall not be tried for any offence; the trafficker shall be put to death."
    suggestion = suggest(corpus.codebook, text, "en")
    assert values(suggestion) == {
        ("persons", "any_victim"),
        ("offences.extent", "any"),
        ("relief", "no_prosecution"),
        ("force", "mandatory"),
    }
    assert unread(suggestion) == "the trafficker shall be put to death."


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        (" and any proceedings shall be discontinued", ("relief", "discontinuance")),
        (" and the prosecution shall bear the burden of proof", ("burden", "prosecution")),
        (", and this subsection shall not apply to murder", ("offences.excluded", "scheduled")),
    ],
    ids=["relief", "burden", "exception"],
)
def test_clause_of_the_rule_adds_to_it(corpus: Corpus, clause: str, value: tuple[str, str]) -> None:
    suggestion = suggest(corpus.codebook, f"{COMPELLED}{clause}.", "en")
    assert value in {(each.field, each.value) for each in suggestion.proposals}
    assert ("link", "compulsion") in values(suggestion)


@pytest.mark.parametrize(
    "subject",
    ["the trafficker and any other person may have", "the employer and the agent shall have"],
)
def test_two_subjects_begin_no_clause(corpus: Corpus, subject: str) -> None:
    text = (
        f"A victim of trafficking shall not be punished for an offence that {subject} compelled "
        "the victim to commit."
    )
    assert ("link", "compulsion") in values(suggest(corpus.codebook, text, "en"))


def test_later_subsections_are_read_beside_it(corpus: Corpus) -> None:
    text = (
        f"12. (1) {COMPELLED} and, for the purposes of this subsection, {REGARD}.\n\n"
        f"(2) Subsection (1) does not apply to murder and, for the purposes of this subsection, "
        f"{REGARD}.\n\n(3) The prosecution shall prove beyond reasonable doubt that subsection (1) "
        f"does not apply and, for the purposes of this subsection, {REGARD}.\n"
    )
    suggestion = suggest(corpus.codebook, text, "en")
    assert values(suggestion) == VALUES | {("offences.excluded", "scheduled")}
    assert values(suggestion, 0) == {
        ("burden", "prosecution"),
        ("standard", "beyond_reasonable_doubt"),
    }
    assert unread(suggestion).count("regard") >= 3
    excluded = [each for each in suggestion.proposals if each.field == "offences.excluded"]
    assert [suggestion.words(each.start, each.end) for each in excluded] == ["murder"]


def test_means_that_are_considered_define_nothing(corpus: Corpus) -> None:
    text = f"{COMPELLED}. The court shall have regard to the means that were used and to the age."
    assert "regard to the means" in unread(suggest(corpus.codebook, text, "en"))
    assert "age of the person" in unread(
        suggest(corpus.codebook, f"{COMPELLED}. T{REGARD[1:]}.", "en")
    )


def test_rule_repeated_for_others_is_another_limb(corpus: Corpus) -> None:
    text = f"{COMPELLED}, and the same shall apply to children."
    persons = [
        (proposal.limb, proposal.value)
        for proposal in suggest(corpus.codebook, text).proposals
        if proposal.field == "persons"
    ]
    assert persons == [(1, "any_victim"), (2, "child")]


def test_clause_with_another_force_is_a_rule(corpus: Corpus) -> None:
    text = (
        "No victim shall be detained for a violation of the Immigration Act that resulted from the "
        "trafficking; and the minister may waive any fine imposed on the victim."
    )
    found = {(each.limb, each.value) for each in suggest(corpus.codebook, text).proposals}
    assert {(1, "mandatory"), (1, "immigration"), (2, "discretionary")} <= found
    assert (1, "discretionary") not in found
