"""Two coders: the figures against published examples, the disagreements, and their adjudication."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS, cases, provision
from hypothesis import given
from hypothesis import strategies as st

from npcompare.agree import CUSTOMARY, Figures, agree, figures, variables
from npcompare.classify import classify
from npcompare.provision import build

if TYPE_CHECKING:
    from npcompare.agree import Agreement, Classes
    from npcompare.corpus import Corpus
    from npcompare.model import Provision

CODERS = TESTS / "coders"
FOLDERS = (CODERS / "first", CODERS / "second")
Pairs = list[tuple["Classes | None", "Classes | None"]]


# --- The figures, as published ------------------------------------------------------------------


def answered(rows: list[tuple[str | None, str | None, int]]) -> Pairs:
    """Return the pairs of answers that the rows of a case stand for."""
    return [
        (None if a is None else frozenset({a}), None if b is None else frozenset({b}))
        for a, b, times in rows
        for _ in range(times)
    ]


@pytest.mark.parametrize("case", cases("agreement"))
def test_figures(case: dict[str, Any]) -> None:
    found = figures(answered(case["rows"]))
    assert case["from"]
    exact = {name: None if one is None else Fraction(one) for name, one in case["by_hand"].items()}
    assert {name: getattr(found, name) for name in exact} == exact
    for name, printed in case.get("published", {}).items():
        places = len(printed.partition(".")[2])
        assert f"{float(getattr(found, name)):.{places}f}" == printed, name
    assert found.part == case["part"]


def test_the_published_examples_are_named() -> None:
    named = [case.values[0]["from"] for case in cases("agreement") if "published" in case.values[0]]
    for author in ("Krippendorff", "Gwet", "Feinstein"):
        assert any(author in one for one in named)


# --- The figures, in small worlds ---------------------------------------------------------------

ANSWERS = st.none() | st.frozensets(st.sampled_from("xyz"), max_size=2)
UNITS = st.lists(st.tuples(ANSWERS, ANSWERS), max_size=12)


def coefficients(one: Figures) -> tuple[Fraction | None, ...]:
    return (one.agreement, one.alpha, one.ac1)


@given(UNITS)
def test_neither_coder_comes_first(pairs: Pairs) -> None:
    assert coefficients(figures(pairs)) == coefficients(figures([(b, a) for a, b in pairs]))


@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(pairs: Pairs, random: Any) -> None:
    shuffled = random.sample(pairs, len(pairs))
    assert figures(shuffled) == figures(pairs)


@given(UNITS)
def test_the_names_of_the_classes_change_nothing(pairs: Pairs) -> None:
    def renamed(one: Classes | None) -> Classes | None:
        return None if one is None else frozenset({"-".join(sorted(one)) + "!"})

    found = figures([(renamed(a), renamed(b)) for a, b in pairs])
    assert coefficients(found) == coefficients(figures(pairs))


@given(UNITS, st.lists(ANSWERS))
def test_what_is_unknown_to_one_never_counts(pairs: Pairs, more: list[Classes | None]) -> None:
    assert figures([*pairs, *((one, None) for one in more)]) == figures(pairs)


@given(st.lists(st.frozensets(st.sampled_from("xyz")), min_size=1))
def test_one_who_agrees_with_himself(one: list[Classes]) -> None:
    found = figures([(each, each) for each in one])
    whole = Fraction(1)
    assert coefficients(found) == (whole, whole if len(set(one)) > 1 else None, whole)


def pairwise(pairs: Pairs) -> Fraction | None:
    """Return alpha from its definition: 1 - observed / expected disagreement, pair by pair.

    Observed are the two answers to one unit, expected any two of all that were given.
    """
    units = [(a, b) for a, b in pairs if a is not None and b is not None]
    given_at_all = [one for unit in units for one in unit]
    drawn = [a != b for a, b in permutations(given_at_all, 2)]
    if not any(drawn):
        return None
    observed = Fraction(sum(a != b for a, b in units), len(units))
    return 1 - observed / Fraction(sum(drawn), len(drawn))


@given(UNITS)
def test_alpha_is_what_its_definition_says(pairs: Pairs) -> None:
    assert figures(pairs).alpha == pairwise(pairs)


@given(UNITS)
def test_ac1_is_what_its_definition_says(pairs: Pairs) -> None:
    """Chance agrees where a unit is answered at random, and with one of q answers it is 1/q.

    The propensity to answer at random is the spread of the answers against the widest there is.
    """
    units = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not units:
        return
    shares = [
        Fraction(number, 2 * len(units))
        for number in Counter(x for unit in units for x in unit).values()
    ]
    q = max(2, len(shares))
    at_random = (1 - sum(share * share for share in shares)) / (1 - Fraction(1, q))
    chance = at_random / q
    agreement = Fraction(sum(a == b for a, b in units), len(units))
    assert figures(pairs).ac1 == (agreement - chance) / (1 - chance)


@given(UNITS)
def test_they_part_only_where_a_limit_is_between_them(pairs: Pairs) -> None:
    found = figures(pairs)
    if found.part:
        assert found.alpha is not None
        assert found.ac1 is not None
        assert found.alpha < found.ac1
        limits = [one for one in (0, *CUSTOMARY) if found.alpha <= one <= found.ac1]
        assert limits
        assert 1 > (found.agreement or 0) > 0
        assert set(found.marginals) >= {found.commonest}


# --- Unit by unit -------------------------------------------------------------------------------


def compared(corpus: Corpus, a: Provision, b: Provision) -> Agreement:
    book = variables(corpus.codebook)
    return agree(book, [classify(book, a)], [classify(book, b)])


def outcomes(found: Agreement) -> dict[str, tuple[str, ...]]:
    return {one.dimension: (str(one.outcome), *one.fields) for one in found.disagreements}


DURESS = {"persons": "adult", "link": "compulsion"}
CAUSAL = {"persons": "child", "link": "direct_result"}
LISTED = {"offences": {"extent": "listed", "categories": ["drugs", "forgery"]}}


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        # The same, however the limbs are cut and called.
        ({"limbs": [DURESS, CAUSAL]}, {"limbs": [{**CAUSAL, "id": "c"}, DURESS]}, {}),
        (
            {"limbs": [{"persons": ["adult", "child"], "link": "relation"}]},
            {"limbs": [{"persons": one, "link": "relation"} for one in ("child", "adult")]},
            {},
        ),
        # Other classes.
        (
            {"limbs": [{"link": "compulsion"}]},
            {"limbs": [{"link": "relation"}]},
            {"threshold": ("classes", "link"), "link": ("classes", "link")},
        ),
        # The same class by another word.
        (
            {"limbs": [{"link": "direct_result"}]},
            {"limbs": [{"link": "relation"}]},
            {"link": ("classes", "link")},
        ),
        # The same classes for other victims.
        (
            {"limbs": [DURESS, CAUSAL]},
            {"limbs": [{**DURESS, "persons": "child"}, {**CAUSAL, "persons": "adult"}]},
            {"threshold": ("detail", "limbs"), "link": ("detail", "limbs")},
        ),
        # The same class with other offences in it.
        (
            {"limbs": [LISTED]},
            {"limbs": [{"offences": {"extent": "listed", "categories": ["drugs"]}}]},
            {"scope": ("detail", "offences.categories")},
        ),
        (
            {"limbs": [{"offences": {"extent": "any", "excluded": ["drugs"]}}]},
            {"limbs": [{"offences": {"extent": "any"}}]},
            {"scope": ("detail", "offences.excluded")},
        ),
        # Known to one.
        (
            {"limbs": [{"link": "relation", "force": "mandatory"}]},
            {"limbs": [{"link": "relation"}]},
            {"force": ("one_unknown", "force")},
        ),
        # Silent is an answer, and unknown is none.
        (
            {"text": "verbatim", "limbs": [{"persons": "child"}], "burden": "accused"},
            {"text": "verbatim", "limbs": [{"persons": "child"}]},
            {"burden": ("classes", "burden")},
        ),
        # What sources state.
        (
            {"reported": [{"dimension": "threshold", "values": ["duress"]}]},
            {"reported": [{"dimension": "threshold", "values": ["duress"], "persons": ["adult"]}]},
            {"threshold": ("detail", "reported", "limbs")},
        ),
        # A field that no dimension shows.
        (
            {"limbs": [{"addressee": "court"}]},
            {"limbs": [{"addressee": "police"}]},
            {"addressee": ("classes", "addressee")},
        ),
    ],
)
def test_outcomes(
    a: dict[str, Any], b: dict[str, Any], wanted: dict[str, tuple[str, ...]], corpus: Corpus
) -> None:
    one, other = provision(a), provision(b)
    assert outcomes(compared(corpus, one, other)) == wanted
    # In either order; what both have is the same.
    assert outcomes(compared(corpus, other, one)) == wanted
    for each in (one, other):
        assert outcomes(compared(corpus, each, each)) == {}


def test_the_same_class_on_another_basis(corpus: Corpus) -> None:
    said = {"ref": "background-paper", "paragraph": 1}
    whole = {
        "id": "example",
        "jurisdiction": {"name": "Example", "code": None, "kind": "state"},
        "instrument": {"title": "Example Act", "kind": "statute"},
        "form": "statutory_defence",
        "text": {"status": "excerpt", "complete": False, "body": "shall not", "source": said},
        "sources": [said],
    }
    quoted = build({**whole, "limbs": [{"force": {"value": "mandatory", "evidence": "shall not"}}]})
    stated = build({**whole, "limbs": [{"force": {"value": "mandatory", "source": said}}]})
    found = compared(corpus, quoted, stated)
    assert outcomes(found) == {"force": ("detail", "basis")}
    assert found.figures["force"].agreement == 1


def test_every_coded_field_is_compared(corpus: Corpus) -> None:
    book = variables(corpus.codebook)
    assert list(book.dimensions) == [*corpus.codebook.dimensions, "addressee"]
    assert book.dimensions["addressee"].classes == corpus.codebook.vocabulary["addressee"]


def test_what_stands_beside_the_coding_is_compared(corpus: Corpus) -> None:
    a = provision({"limbs": [{"link": "relation"}]})
    b = provision({"text": "verbatim", "limbs": [{"link": "relation"}, {"link": "relation"}]})
    assert compared(corpus, a, b).unlike == {
        "example": ("status of the text", "whether the text is complete", "number of limbs")
    }
