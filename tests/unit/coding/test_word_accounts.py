"""Every word of an operative sentence is accounted for; nothing is concluded from unread words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from bundled import CODEBOOK
from conftest import TESTS, yaml_data
from hypothesis import given, settings
from hypothesis import strategies as st

from npcompare.coding.limb_drafts import NO_LINK
from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.suggestions import Suggestion, suggest
from npcompare.text import fold

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

#: The rules for "an offence", which means any offence unless other words narrow it.
WEAK_EXTENTS = {"an-offence", "fr-une-infraction"}


def unread(reading: Suggestion) -> list[str]:
    """Return the words of the operative sentences that are not understood."""
    return [reading.words(*place) for place in reading.coverage.unread]


def values(reading: Suggestion) -> set[tuple[int, str, str]]:
    return {(each.limb, each.field, each.value) for each in reading.proposals}


def concluded(reading: Suggestion) -> set[str]:
    """Return the rules by which values were concluded from silence."""
    return {each.rule for each in reading.proposals} & {NO_LINK, *WEAK_EXTENTS}


# --- Sentences that were once read as if nothing limited them ------------------------------------

PRINCIPLE_7 = (
    "Les victimes de la traite ne doivent pas être détenues, inculpées ou poursuivies pour avoir "
    "pris part à des activités illicites lorsqu'elles y sont réduites par leur condition."
)


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        (
            "A victim of trafficking shall not be prosecuted for any offence",
            "when the exploitation was at its worst",
        ),
        (
            "A victim of trafficking shall not be prosecuted for any offence",
            "if the exploitation left the victim with no other way",
        ),
        (
            "A victim of trafficking shall not be prosecuted for any offence",
            "for which the trafficker is answerable",
        ),
        (
            "Victims of trafficking must not be punished for unlawful activities",
            "when they are reduced to them by their condition as victims",
        ),
    ],
)
def test_clause_that_no_value_explains_is_not_passed_over(
    rule: str, clause: str, corpus: Corpus
) -> None:
    reading = suggest(corpus.codebook, f"{rule} {clause}.")
    assert unread(reading) == [clause]
    assert concluded(reading) == set()
    assert concluded(suggest(corpus.codebook, f"{rule}.")) == {NO_LINK}


def test_principle_7_in_french_has_no_link_by_silence(corpus: Corpus) -> None:
    assert (1, "link", "consequence") in values(suggest(corpus.codebook, PRINCIPLE_7))
    unknown = PRINCIPLE_7.replace("réduites", "cantonnées")
    reading = suggest(corpus.codebook, unknown)
    assert unread(reading)[-1] == "lorsqu'elles y sont cantonnées par leur condition"
    assert concluded(reading) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A victim shall not be tried for any offence (other than murder) she was forced to do.",
            {(1, "link", "compulsion"), (1, "offences.excluded", "scheduled")},
        ),
        (
            "It is a defence to any offence other than murder if the adult victim is compelled.",
            {
                (1, "link", "compulsion"),
                (1, "offences.excluded", "scheduled"),
                (1, "persons", "adult"),
            },
        ),
    ],
)
def test_exception_ends_before_the_clause_of_the_link(
    text: str, expected: set[tuple[int, str, str]], corpus: Corpus
) -> None:
    reading = suggest(corpus.codebook, text)
    fields = {field for _, field, _ in expected}
    assert {value for value in values(reading) if value[1] in fields} == expected
    assert unread(reading) == []


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        # Words in a gap of a phrase are not understood because the phrase matches.
        (
            "No victim of trafficking shall, on a Monday, be prosecuted for any offence.",
            ["Monday"],
        ),
        # A day is no name of a place or an authority.
        ("A victim shall not be punished for any offence on a Tuesday.", ["Tuesday"]),
        # A negation is not understood because it gives force.
        (
            "A victim who is not a citizen shall not be prosecuted.",
            ["who is not a citizen shall not be prosecuted"],
        ),
        ("A victim not a citizen shall not be prosecuted for any offence.", ["not a citizen"]),
        ("A victim forced out shall not be prosecuted for any offence.", ["forced out"]),
        # The content of a condition may follow a comma.
        (
            "A victim shall not be tried for any offence if, in any court, he was compelled to it.",
            [],
        ),
        # A condition with nothing but empty words is a condition.
        ("A victim of trafficking shall not be prosecuted if it is there.", ["if it is there"]),
        # ... also where the phrase of the relief names its first word.
        ("A victim is not guilty of any offence if it is there.", ["if it is there"]),
        # Offences that are not excluded do not explain an exception.
        ("A victim shall not be punished for any offence, only murder.", ["only murder"]),
        # A link does not explain an exception: it would be its opposite.
        (
            "A victim shall not be punished for any offence unless he was compelled to commit it.",
            ["unless he was compelled to commit it"],
        ),
        # Means of compulsion presuppose a link.
        ("A victim shall not be punished for any offence with menaces.", []),
        # In a rule, another provision may be a limit.
        ("A victim shall not be punished for any unlawful act in section 12.", ["section 12"]),
        # Signal words are listed even where a phrase for another field names them.
        (
            "A child, because she was trafficked, shall not be prosecuted for any offence.",
            ["because she was trafficked"],
        ),
        (
            "A victim of trafficking shall not be prosecuted for any offence (see the moon).",
            ["see the moon"],
        ),
        # A passage in brackets is listed with its empty words.
        (
            "A victim of trafficking shall not be prosecuted for any offence (at the moon).",
            ["at the moon"],
        ),
        # Passages with only empty words between them are one; a condition is apart.
        (
            "A victim shall not be prosecuted for any offence on a Monday, or on a Tuesday.",
            ["Monday, or on a Tuesday"],
        ),
        (
            "A victim shall not be prosecuted for any offence on a Monday, if owls bark.",
            ["Monday", "if owls bark"],
        ),
        (
            "A victim shall not be prosecuted for any act on a Monday, if owls bark, if dogs hoot.",
            ["Monday", "if owls bark", "if dogs hoot"],
        ),
    ],
)
def test_words_that_are_not_understood_are_listed(
    text: str, passages: list[str], corpus: Corpus
) -> None:
    reading = suggest(corpus.codebook, text)
    assert unread(reading) == passages
    assert concluded(reading) == set()


@pytest.mark.parametrize(
    "words",
    [
        "in any court of Ruritania",
        "in any court of New Ruritania Islands",
        "whether alone or jointly",
        "by virtue of this section",
        "for any reason whatsoever",
        "with immediate effect",
        "in order to protect the dignity of the victim",
        "regardless of sex, age or nationality",
        "under this Act or any other written law",
        "as the case may be",
    ],
)
def test_neutral_words_leave_the_values_as_they_are(words: str, corpus: Corpus) -> None:
    text = "A victim of trafficking shall not{} be prosecuted for illegal entry."
    expected = values(suggest(corpus.codebook, text.format("")))
    reading = suggest(corpus.codebook, text.format(f", {words},"))
    assert values(reading) == expected
    assert unread(reading) == []


@pytest.mark.parametrize(
    ("text", "is_any"),
    [
        ("A victim is not guilty of an offence that he was compelled to commit.", True),
        ("A victim is not guilty of an offence if he was compelled to do it at dawn.", True),
        # An exception that is about no act narrows the rule, but not the offences.
        ("A victim is not guilty of an offence unless the mayor objects, if compelled.", True),
        ("A victim is not guilty of an offence unless the act was dull, if compelled.", False),
        ("A victim is not guilty of an offence unless it was dull, if compelled.", False),
        (
            "A victim is not guilty of an offence unless it bored, unless I cry, if compelled.",
            False,
        ),
        ("A victim is not guilty of an offence that annoyed the king.", False),
        # The words before the noun narrow it; another clause and a further mention do not.
        ("A victim is not guilty of a dull offence if he was compelled.", False),
        ("If compelled, a victim is not guilty of an offence.", True),
        ("If compelled, a victim is not guilty of an offence; owls bark.", True),
        ("A victim is not guilty of an offence if compelled to do the offence that bored.", True),
        ("If compelled to the offence, a victim is not guilty of an offence that bored.", False),
        # A court of some place is not every court.
        ("If compelled, a victim is not guilty of an offence in the Court of Ruritania.", False),
        ("A victim is not guilty of an offence against the king's peace.", False),
        (
            "A victim is not guilty of an offence, other than a dull one, if he was compelled.",
            False,
        ),
    ],
)
def test_an_offence_is_any_unless_unread_words_narrow_it(
    text: str, is_any: bool, corpus: Corpus
) -> None:
    reading = suggest(corpus.codebook, text)
    assert ((1, "offences.extent", "any") in values(reading)) is is_any


RULE = "A victim of trafficking shall not be punished for illegal entry."
TAKEN_BACK = "Nothing in this Act prevents the prosecution of a victim who lies."
TAKEN_OUT = "Subsection (1) does not apply to a person convicted of trafficking."


@pytest.mark.parametrize(
    ("text", "is_silent"),
    [
        (f"(1) {RULE}", True),
        (f"(1) {RULE} The moon must be full.", False),
        (f"(1) {RULE}\n(2) Owls are birds.", True),
        (f"(1) {RULE}\n(2) Subsection (1) is for Mondays.", False),
        (
            f"(1) {RULE}\n(2) Subsection (1) does not apply to a person convicted of trafficking.",
            False,
        ),
        (
            f"(1) {RULE}\n(2) Nothing in this Act prevents the prosecution of a victim who lies.",
            False,
        ),
        (f"(1) This section applies if the moon is full.\n(2) {RULE}", False),
        (f"(1) Owls are birds.\n(2) {RULE}", True),
        (f"12. (1) {RULE}\n\n13. (1) This section is about owls, except barn owls.", True),
        (f"12. (1) {RULE}\n\n13. (1) Section 12 does not extend to owls.", False),
    ],
)
def test_unread_sentence_about_a_rule_ends_its_silence(
    text: str, is_silent: bool, corpus: Corpus
) -> None:
    assert (NO_LINK in concluded(suggest(corpus.codebook, text))) is is_silent


@pytest.mark.parametrize(
    "text",
    [
        "A victim, which means any old person, shall not be prosecuted for any offence.",
        "A trafficker shall not be prosecuted if he releases the victim of trafficking.",
    ],
)
def test_rule_that_is_not_read_is_named_as_a_whole(text: str, corpus: Corpus) -> None:
    reading = suggest(corpus.codebook, text)
    assert [each for each in reading.proposals if each.limb] == []
    assert reading.unread == ((0, len(text)),)


def test_sentences_of_other_articles_are_left_out(corpus: Corpus) -> None:
    text = f"11. Owls are birds.\n\n12. {RULE} Owls do not bark.\n\n13. The victim barks."
    reading = suggest(corpus.codebook, text)
    assert [reading.words(*place) for place in reading.unread] == [
        "Owls do not bark.",
        "The victim barks.",
    ]


def test_limb_is_no_more_silent_than_the_one_it_repeats(corpus: Corpus) -> None:
    text = (
        "(1) A victim shall not be prosecuted for any offence when the exploitation drove him."
        "\n(2) The court may vacate a conviction for such an offence."
    )
    reading = suggest(corpus.codebook, text)
    assert {limb for limb, _, _ in values(reading)} == {1, 2}
    assert NO_LINK not in concluded(reading)


def test_words_are_covered_empty_or_unread(corpus: Corpus) -> None:
    text = "A victim of trafficking shall not be prosecuted for any offence that annoyed the king."
    coverage = suggest(corpus.codebook, text).coverage
    assert coverage.sentences == ((0, len(text)),)
    assert (coverage.words, coverage.covered, coverage.empty) == (15, 11, 2)
    assert coverage.percent == 86


# --- Any clause in any sentence ------------------------------------------------------------------

CLAUSES = {
    "en": [
        "when the moon is full",
        "if the parrot said so",
        "where the gardener agrees",
        "for which the shepherd is answerable",
        "whose uncle wept",
        "who owns a bicycle",
        "that the weaver ordered",
        "other than arson of haystacks",
        "except on Sundays",
        "unless the mayor yawns",
        "provided that snow has fallen",
        "so long as the harbour is frozen",
        "only in leap years",
        "subject to the custom of the village",
        "driven by hunger",
        "as far as the baker allows",
        "to the extent of one half",
        "in the presence of two beekeepers",
    ],
    "fr": [
        "lorsque la lune est pleine",
        "si le perroquet l'a dit",
        "dont le berger répond",
        "que le tisserand a ordonné",
        "à condition que la neige soit tombée",
        "sauf le dimanche",
        "à moins que le maire ne bâille",
        "hormis les incendies de meules",
        "poussé par la faim",
        "en présence de deux apiculteurs",
    ],
    "es": [
        "cuando la luna está llena",
        "si el loro lo dijo",
        "que el tejedor ordenó",
        "del que responde el pastor",
        "salvo los domingos",
        "siempre que haya nevado",
        "a menos que bostece el alcalde",
        "movida por el hambre",
        "en presencia de dos apicultores",
    ],
}

#: Drafted provisions, with their language.
DRAFTED = [
    (case["text"], case["language"])
    for path in (
        *(TESTS / "cases" / f"drafted-{name}.yaml" for name in ("tune", "report")),
        *(TESTS / "reading" / f"{name}.yaml" for name in ("tune", "figures")),
    )
    for case in yaml_data(path)
    if case["language"] in phrase_book().languages
]


def operative(text: str, language: str) -> list[tuple[int, int]]:
    """Return the sentences of a text that limbs with relief are based on."""
    reading = suggest(CODEBOOK, text, language)
    reliefs = [each.start for each in reading.proposals if each.field == "relief"]
    return [
        (start, end)
        for start, end in reading.coverage.sentences
        if any(start <= place < end for place in reliefs)
    ]


@cache
def operative_sentences(language: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the drafted texts of a language, once for each of their operative sentences."""
    texts = [text for text, other in DRAFTED if other == language]
    return [(text, sentence) for text in texts for sentence in operative(text, language)]


def with_clause(
    text: str, sentence: tuple[int, int], clause: str, how: str, word: int
) -> tuple[str, int]:
    """Return a text with a clause in one of its sentences, and where the clause is."""
    start, end = sentence
    spaces = [match.start() for match in re.finditer(r"\s", text[start:end])]
    place = start + spaces[word % len(spaces)] if spaces else end
    if how == "append":
        place = start + len(text[start:end].rstrip(" .;:\u201d\u00bb"))
    before, after = {"append": (" ", ""), "insert": (", ", ","), "wrap": (" (", ")")}[how]
    return text[:place] + before + clause + after + text[place:], place + len(before)


INVENTED = st.one_of(
    st.sampled_from([(tag, clause) for tag, clauses in CLAUSES.items() for clause in clauses]),
    # Random words: none of them is in the phrase book.
    st.tuples(
        st.sampled_from(sorted(CLAUSES)),
        st.lists(st.text("bcdfgjkqvwxz", min_size=4, max_size=8), min_size=1, max_size=4).map(
            " ".join
        ),
    ),
)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.data(), INVENTED, st.sampled_from(["append", "insert", "wrap"]), st.integers(0, 500))
def test_unread_clause_anywhere_ends_silence_and_is_named(
    data: st.DataObject, invented: tuple[str, str], how: str, word: int
) -> None:
    language, clause = invented
    text, sentence = data.draw(st.sampled_from(operative_sentences(language)))
    changed, place = with_clause(text, sentence, clause, how, word)
    reading = suggest(CODEBOOK, changed, language)
    end = place + len(clause)
    empty = phrase_book().languages[language].empty
    content = [
        match.span()
        for match in re.finditer(r"[^\W_]+", changed)
        if place <= match.start() < end and match[0] not in empty
    ]
    named = [
        span
        for span in content
        if any(start <= span[0] and span[1] <= stop for start, stop in reading.unread)
    ]
    assert named, fold(changed)
    in_rule = [
        each
        for each in reading.proposals
        if each.rule == NO_LINK and sentence[0] <= each.start < sentence[1] + len(clause) + 4
    ]
    assert in_rule == [], fold(changed)


# --- Changes that mean nothing -------------------------------------------------------------------


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(
    st.permutations(["arrested", "detained", "charged with", "prosecuted for"]),
    st.permutations(["prostitution", "illegal entry", "the use of a forged passport"]),
)
def test_values_do_not_depend_on_the_order_of_items(
    reliefs: list[str], offences: list[str]
) -> None:
    def text(reliefs: list[str], offences: list[str]) -> str:
        first, second = (
            "; or ".join(f"({letter}) {item}" for letter, item in zip("abcd", items, strict=False))
            for items in (reliefs, offences)
        )
        return f"No victim shall be: {first}.\n\nNo victim shall be punished for: {second}."

    expected = suggest(CODEBOOK, text(sorted(reliefs), sorted(offences)))
    assert len(values(expected)) == 14
    assert values(suggest(CODEBOOK, text(reliefs, offences))) == values(expected)


NUMBERED = [(text, language) for text, language in DRAFTED if re.search(r"\(\d\)", text)]


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(st.sampled_from(NUMBERED), st.integers(1, 60))
def test_values_do_not_depend_on_numbers(drafted: tuple[str, str], more: int) -> None:
    text, language = drafted
    renumbered = re.sub(r"\((\d)\)", lambda number: f"({int(number[1]) + more})", text)
    expected, reading = (suggest(CODEBOOK, each, language) for each in (text, renumbered))
    assert values(reading) == values(expected)
    # A heading above a paragraph that is not the first stays listed.
    assert len(reading.unread) >= len(expected.unread)


NAMED = [
    (case["text"], case["language"], case["manner"])
    for name in ("tune", "figures")
    for case in yaml_data(TESTS / "reading" / f"{name}.yaml")
    if case["language"] in phrase_book().languages and case["manner"] in case["text"]
]


@pytest.mark.further
@pytest.mark.parametrize("name", ["Ruritania", "Zyx", "Saint Bartleby Islands"])
def test_values_do_not_depend_on_the_name_of_the_state(name: str) -> None:
    assert len(NAMED) == 4
    for text, language, old in NAMED:
        expected = suggest(CODEBOOK, text, language)
        reading = suggest(CODEBOOK, text.replace(old, name), language)
        assert values(reading) == values(expected)
