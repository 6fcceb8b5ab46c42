"""benchmarks/acts.py and length.py: rules found, false limbs, and values lost in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acts import Act, ActFigures, errors, figures_of, loss
from length import text_of

from npcompare.coding.suggestions import suggest

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

RULE = "A victim of trafficking shall not be prosecuted for any offence."
TEXT = f"1. {RULE}\n\n2. {RULE}\n\n3. The Minister may make regulations.\n"
LIMB = {
    ("persons", "any_victim"),
    ("offences.extent", "any"),
    ("link", "none"),
    ("relief", "no_prosecution"),
    ("force", "mandatory"),
}


def act(**rules: list[set[tuple[str, str]]]) -> Act:
    """Return an Act with the text above and some rules; their names are "s1" for section 1."""
    return Act("act", TEXT, "en", {name[1:]: limbs for name, limbs in rules.items()})


def test_limb_of_another_section_is_false(corpus: Corpus) -> None:
    reading = suggest(corpus.codebook, TEXT, "en")
    figures = figures_of(act(s1=[LIMB]), reading)
    assert figures == ActFigures(
        rules=1, recognized=1, coded=1, proposed=2, false=1, correct=4, wrong=4, unread=0
    )
    assert [section for section, _ in errors(act(s1=[LIMB]), reading)] == ["2"]


def test_missed_rule_is_silent_if_nothing_is_unread(corpus: Corpus) -> None:
    reading = suggest(corpus.codebook, TEXT, "en")
    figures = figures_of(act(s1=[LIMB], s2=[LIMB], s3=[LIMB]), reading)
    assert (figures.rules, figures.recognized, figures.missed, figures.silent) == (3, 2, 4, 4)


def test_lost_value_is_silent_without_unread_words(corpus: Corpus) -> None:
    clean = suggest(corpus.codebook, TEXT, "en")
    without = suggest(corpus.codebook, TEXT.replace("2. " + RULE, "2. It is so."), "en")
    assert loss(clean, without).silent == loss(clean, without).losses == 5
    assert loss(without, clean).additions == 5
    assert loss(clean, clean).losses == 0


def test_long_text_has_sections_numbered_on() -> None:
    text = text_of(100)
    assert len(text) >= 100_000
    starts = [text.index(f"\n{number}. ") for number in (1, 105, 201, 305)]
    assert starts == sorted(starts)
