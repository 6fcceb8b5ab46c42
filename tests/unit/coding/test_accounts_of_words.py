"""What a sentence leaves unread, by the values that its passages are evidence of."""

from __future__ import annotations

import pytest

from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.sentence_reader import Reader
from npcompare.coding.word_accounts import account
from npcompare.wording.sentences import divide

PUNISHED = "A victim shall not be punished for"
GUILTY = "A victim is not guilty of an offence"


def unread(text: str, field: str = "") -> tuple[list[str], int, int, bool]:
    """Return the words of a sentence that are not understood, and the rest of its account.

    All its passages are understood: each for its own value, or for one of the field that is given.
    """
    language = phrase_book().languages["en"]
    reader = Reader(text, language, {})
    (sentence,) = divide(text)
    passages = reader.passages(sentence)
    if field:
        passages = [passage.as_field(field) for passage in passages]
    words = account(reader.words(sentence), language, passages)
    places = [text[start:end] for start, end in words.unread]
    return places, words.covered, words.empty, words.may_narrow


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        # A value for the relief, the force or another provision explains no signal of a condition.
        (
            "A victim compelled to steal shall not be punished.",
            "relief",
            (["compelled", "steal"], 7, 0, False),
        ),
        (
            f"{PUNISHED} theft resulting from her trafficking.",
            "relief",
            (["resulting"], 10, 1, False),
        ),
        (
            f"{PUNISHED} any offence except murder.",
            "relief",
            (["except murder"], 9, 1, True),
        ),
        (
            f"{GUILTY} if she was compelled to commit it.",
            "relief",
            (["if she was compelled to commit it"], 12, 1, False),
        ),
        (
            "This section does not apply to a class A felony.",
            "relief",
            (["does not apply"], 7, 0, True),
        ),
        (
            f"{PUNISHED} any offence except where she was compelled to commit it.",
            "link",
            (["where she was compelled to commit it"], 11, 5, False),
        ),
        ("No victim shall be punished for illegal entry.", "force", (["No"], 6, 1, False)),
        (
            f"{GUILTY} other than an act listed in section 5.",
            "reference",
            (["other than an act listed in section 5"], 14, 1, True),
        ),
    ],
)
def test_values_explain_only_words_of_their_kind(
    text: str, field: str, expected: tuple[list[str], int, int, bool]
) -> None:
    assert unread(text, field) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{GUILTY} if she was compelled to commit it.",
            ([], 14, 1, False),
        ),
        ("A refusal is subject to review by the court.", ([], 7, 2, False)),
        # What an exception leaves out is known, or narrows the offences.
        (
            f"{PUNISHED} an offence other than a violent crime as listed in section 5.",
            (["other than a violent crime as listed in section 5"], 15, 3, False),
        ),
        (
            f"{GUILTY} other than murder, unless the act was dull, if compelled.",
            (["unless the act was dull"], 16, 1, True),
        ),
        # Names of places are read where a place may be, unless many words are names.
        ("In Ruritania, no victim shall be punished.", ([], 5, 2, False)),
        ("In New Ruritania Islands no victim is punished hereby.", ([], 4, 5, False)),
        # A further mention of an offence counts, but the words of a condition do not narrow it.
        (
            f"{GUILTY} if compelled by the king, an offence that bored.",
            (["if compelled by the king", "that bored"], 12, 2, True),
        ),
        (
            f"{GUILTY} if compelled, unless it bored, on a Monday.",
            (["unless it bored, on a Monday"], 10, 3, True),
        ),
        # A person is no content of an exception to a relief.
        ("No victim shall be punished unless a child.", (["unless a child"], 6, 1, False)),
        (
            f"{GUILTY} if owls bark, if frogs bark.",
            (["if owls bark", "if frogs bark"], 8, 0, False),
        ),
        (
            f"{PUNISHED} an offence on a Monday, if she was compelled, if owls bark.",
            (["Monday", "if owls bark"], 11, 4, True),
        ),
        # What is inserted into a condition is apart from its content, which follows.
        (
            f"{PUNISHED} theft if, on a Monday, she was compelled to commit it.",
            (["if, on a Monday"], 12, 4, False),
        ),
        (
            f"{PUNISHED} theft if, when it is there, she was compelled to commit it.",
            (["if"], 13, 5, False),
        ),
        # A relative clause has its preposition, but no other word before it.
        (
            f"{PUNISHED} an offence for which owls bark.",
            (["for which owls bark"], 8, 2, True),
        ),
        (
            f"{PUNISHED} an offence and who barks.",
            (["who barks"], 8, 2, True),
        ),
        (
            "No victim shall be punished, owls bark, frogs croak.",
            (["owls bark, frogs croak"], 5, 0, False),
        ),
        (
            "Schedule 1 lists the offences to which this section does not apply.",
            (["1 lists"], 9, 1, False),
        ),
    ],
)
def test_sentence_leaves_unread_what_nothing_explains(
    text: str, expected: tuple[list[str], int, int, bool]
) -> None:
    assert unread(text) == expected
