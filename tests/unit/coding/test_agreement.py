"""Agreement of two coders: coefficients of published examples, disagreements and the command."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from fractions import Fraction
from itertools import permutations
from math import nan
from typing import TYPE_CHECKING, Any

import krippendorff
import pytest
from builders import json_output
from conftest import TESTS, cases, provision
from hypothesis import given
from hypothesis import strategies as st

from npcompare.analysis.classification import classify
from npcompare.coding.agreement import CUSTOMARY, Figures, agree, figures, variables
from npcompare.formats.registry import FORMATS
from npcompare.law.provision_parser import parse_provision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.coding.agreement import Agreement, Classes
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

CODERS = TESTS / "coders"
FOLDERS = (CODERS / "first", CODERS / "second")
Pairs = list[tuple["Classes | None", "Classes | None"]]


# --- Published coefficients ---------------------------------------------------------------------


def answer_pairs(rows: list[tuple[str | None, str | None, int]]) -> Pairs:
    """Return the pairs of answers in the rows of a case."""
    return [
        (None if a is None else frozenset({a}), None if b is None else frozenset({b}))
        for a, b, times in rows
        for _ in range(times)
    ]


@pytest.mark.parametrize("case", cases("agreement"))
def test_coefficients_of_cases(case: dict[str, Any]) -> None:
    result = figures(answer_pairs(case["rows"]))
    assert case["from"]
    exact = {
        name: None if number is None else Fraction(number)
        for name, number in case["by_hand"].items()
    }
    assert {name: getattr(result, name) for name in exact} == exact
    for name, printed in case.get("published", {}).items():
        places = len(printed.partition(".")[2])
        assert f"{float(getattr(result, name)):.{places}f}" == printed, name
    assert result.diverge == case["part"]


def test_published_examples_are_included() -> None:
    sources = [
        case.values[0]["from"] for case in cases("agreement") if "published" in case.values[0]
    ]
    for author in ("Krippendorff", "Gwet", "Feinstein"):
        assert any(author in source for source in sources)


# --- Coefficients of random answers -------------------------------------------------------------

ANSWERS = st.none() | st.frozensets(st.sampled_from("xyz"), max_size=2)
UNITS = st.lists(st.tuples(ANSWERS, ANSWERS), max_size=12)


def coefficients_of(result: Figures) -> tuple[Fraction | None, ...]:
    return (result.agreement, result.alpha, result.ac1)


@given(UNITS)
def test_order_of_coders_makes_no_difference(pairs: Pairs) -> None:
    assert coefficients_of(figures(pairs)) == coefficients_of(figures([(b, a) for a, b in pairs]))


@given(UNITS, st.randoms(use_true_random=False))
def test_order_of_units_makes_no_difference(pairs: Pairs, random: Any) -> None:
    shuffled = random.sample(pairs, len(pairs))
    assert figures(shuffled) == figures(pairs)


@given(UNITS)
def test_names_of_classes_make_no_difference(pairs: Pairs) -> None:
    def renamed(answer: Classes | None) -> Classes | None:
        return None if answer is None else frozenset({"-".join(sorted(answer)) + "!"})

    result = figures([(renamed(a), renamed(b)) for a, b in pairs])
    assert coefficients_of(result) == coefficients_of(figures(pairs))


@given(UNITS, st.lists(ANSWERS))
def test_units_with_one_answer_do_not_count(
    pairs: Pairs, single_answers: list[Classes | None]
) -> None:
    assert figures([*pairs, *((answer, None) for answer in single_answers)]) == figures(pairs)


@given(st.lists(st.frozensets(st.sampled_from("xyz")), min_size=1))
def test_coder_agrees_with_the_same_coder(answers: list[Classes]) -> None:
    perfect = Fraction(1)
    expected = (perfect, perfect if len(set(answers)) > 1 else None, perfect)
    assert coefficients_of(figures([(answer, answer) for answer in answers])) == expected


def alpha_by_definition(pairs: Pairs) -> Fraction | None:
    """Return alpha from its definition: 1 - observed / expected disagreement, pair by pair.

    The observed pairs are the answers to one unit; the expected pairs are any two answers.
    """
    units = [(a, b) for a, b in pairs if a is not None and b is not None]
    answers = [answer for unit in units for answer in unit]
    expected = [a != b for a, b in permutations(answers, 2)]
    if not any(expected):
        return None
    observed = Fraction(sum(a != b for a, b in units), len(units))
    return 1 - observed / Fraction(sum(expected), len(expected))


@given(UNITS)
def test_alpha_follows_its_definition(pairs: Pairs) -> None:
    assert figures(pairs).alpha == alpha_by_definition(pairs)


@given(UNITS)
def test_alpha_equals_that_of_krippendorff_package(pairs: Pairs) -> None:
    codes = {answer: code for code, answer in enumerate({a for pair in pairs for a in pair})}
    data = [[nan if a is None else codes[a] for a in coder] for coder in zip(*pairs, strict=True)]
    alpha = figures(pairs).alpha
    if alpha is not None:
        oracle = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        assert float(alpha) == pytest.approx(oracle)


@given(UNITS)
def test_ac1_follows_its_definition(pairs: Pairs) -> None:
    """Chance agreement is the probability of a random answer times 1/q for q answers.

    The probability of a random answer is the spread of the answers, relative to the widest spread.
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
def test_coefficients_diverge_only_across_a_limit(pairs: Pairs) -> None:
    result = figures(pairs)
    if result.diverge:
        assert result.alpha is not None
        assert result.ac1 is not None
        assert result.alpha < result.ac1
        limits = [limit for limit in (0, *CUSTOMARY) if result.alpha <= limit <= result.ac1]
        assert limits
        assert 1 > (result.agreement or 0) > 0
        assert set(result.marginals) >= {result.most_common}


# --- Unit by unit -------------------------------------------------------------------------------


def compared(corpus: Corpus, a: Provision, b: Provision) -> Agreement:
    book = variables(corpus.codebook)
    return agree(book, [classify(book, a)], [classify(book, b)])


def outcomes(agreement: Agreement) -> dict[str, tuple[str, ...]]:
    return {unit.dimension: (str(unit.outcome), *unit.fields) for unit in agreement.disagreements}


DURESS = {"persons": "adult", "link": "compulsion"}
CAUSAL = {"persons": "child", "link": "direct_result"}
LISTED = {"offences": {"extent": "listed", "categories": ["drugs", "forgery"]}}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # The same, with other limbs and ids.
        ({"limbs": [DURESS, CAUSAL]}, {"limbs": [{**CAUSAL, "id": "c"}, DURESS]}, {}),
        (
            {"limbs": [{"persons": ["adult", "child"], "link": "relation"}]},
            {"limbs": [{"persons": person, "link": "relation"} for person in ("child", "adult")]},
            {},
        ),
        # Other classes.
        (
            {"limbs": [{"link": "compulsion"}]},
            {"limbs": [{"link": "relation"}]},
            {"threshold": ("classes", "link"), "link": ("classes", "link")},
        ),
        # The same class from another value.
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
            {"scope": ("classes", "offences.excluded")},
        ),
        # Known to one coder only.
        (
            {"limbs": [{"link": "relation", "force": "mandatory"}]},
            {"limbs": [{"link": "relation"}]},
            {"force": ("one_unknown", "force")},
        ),
        # Silent is an answer, unknown is not.
        (
            {"text": "verbatim", "limbs": [{"persons": "child"}], "burden": "accused"},
            {"text": "verbatim", "limbs": [{"persons": "child"}]},
            {"burden": ("classes", "burden")},
        ),
        # Statements of sources.
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
def test_outcomes_of_two_codings(
    a: dict[str, Any], b: dict[str, Any], expected: dict[str, tuple[str, ...]], corpus: Corpus
) -> None:
    left, right = provision(a), provision(b)
    assert outcomes(compared(corpus, left, right)) == expected
    # In either order, and no difference from itself.
    assert outcomes(compared(corpus, right, left)) == expected
    for coding in (left, right):
        assert outcomes(compared(corpus, coding, coding)) == {}


def test_different_basis_is_a_difference_in_detail(corpus: Corpus) -> None:
    source = {"ref": "background-paper", "paragraph": 1}
    data = {
        "id": "example",
        "jurisdiction": {"name": "Example", "code": None, "kind": "state"},
        "instrument": {"title": "Example Act", "kind": "statute"},
        "form": "statutory_defence",
        "text": {"status": "excerpt", "complete": False, "body": "shall not", "source": source},
        "sources": [source],
    }
    quoted = parse_provision(
        {**data, "limbs": [{"force": {"value": "mandatory", "evidence": "shall not"}}]}
    )
    stated = parse_provision(
        {**data, "limbs": [{"force": {"value": "mandatory", "source": source}}]}
    )
    agreement = compared(corpus, quoted, stated)
    assert outcomes(agreement) == {"force": ("detail", "basis")}
    assert agreement.figures["force"].agreement == 1


def test_every_coded_field_is_compared(corpus: Corpus) -> None:
    book = variables(corpus.codebook)
    assert list(book.dimensions) == [*corpus.codebook.dimensions, "addressee"]
    assert book.dimensions["addressee"].classes == corpus.codebook.vocabulary["addressee"]


def test_attributes_other_than_the_coding_are_compared(corpus: Corpus) -> None:
    a = provision({"limbs": [{"link": "relation"}]})
    b = provision({"text": "verbatim", "limbs": [{"link": "relation"}, {"link": "relation"}]})
    assert compared(corpus, a, b).other_differences == {
        "example": ("status of the text", "whether the text is complete", "number of limbs")
    }


# --- The command --------------------------------------------------------------------------------


def test_json_output(run: Callable[..., Ran]) -> None:
    output = json_output(run("agree", *FOLDERS, "-f", "json"), "agree")
    assert [coder["name"] for coder in output["coders"].values()] == ["first", "second"]
    assert output["shared"] == ["erewhon", "freedonia", "laputa", "lilliput", "ruritania"]
    assert (output["only_a"], output["only_b"]) == (["zenda"], ["barataria"])
    assert output["unlike"] == {"lilliput": ["number of limbs"], "ruritania": ["form"]}
    # Mandatory nine times and discretionary once: alpha is 1 - 9 * 2 / (2 * 9 * 1)
    assert output["dimensions"]["force"] == {
        "units": 5,
        "agreed": 4,
        "agreement": 0.8,
        "alpha": 0.0,
        "ac1": 0.756097560976,
        "parted": True,
        "marginals": [
            {"classes": ["discretionary"], "a": 0, "b": 1},
            {"classes": ["mandatory"], "a": 5, "b": 4},
        ],
    }
    assert output["dimensions"]["liability"]["alpha"] is None
    differ = [
        (unit["provision"], unit["dimension"], unit["outcome"]) for unit in output["disagreements"]
    ]
    assert differ == [
        ("freedonia", "addressee", "classes"),
        ("laputa", "threshold", "classes"),
        ("laputa", "link", "classes"),
        ("lilliput", "stage", "detail"),
        ("lilliput", "force", "classes"),
        ("lilliput", "relief", "detail"),
        ("ruritania", "scope", "detail"),
    ]
    threshold = output["disagreements"][1]
    quotes = [[reason["evidence"] for reason in threshold[coder]["because"]] for coder in "ab"]
    assert quotes == [
        ["had no choice but to commit", "a direct result of being trafficked"],
        ["a direct result of being trafficked"],
    ]


def test_csv_has_the_data_of_the_coefficients(run: Callable[..., Ran]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("agree", *FOLDERS, "-f", "csv").out)))
    output = json_output(run("agree", *FOLDERS, "-f", "json"), "agree")
    for name, expected in output["dimensions"].items():
        pairs: Pairs = []
        for row in rows:
            if row["dimension"] == name:
                a, b = (
                    None
                    if row[f"{coder}_basis"] == "unknown"
                    else frozenset({row[f"{coder}_classes"]})
                    for coder in "ab"
                )
                pairs.append((a, b))
        recomputed = figures(pairs)
        printed = [
            None if number is None else round(float(number), 12)
            for number in coefficients_of(recomputed)
        ]
        assert printed == [expected["agreement"], expected["alpha"], expected["ac1"]]


@pytest.mark.slow
def test_folder_agrees_with_itself(run: Callable[..., Ran], corpus: Corpus) -> None:
    statutes = TESTS.parent / "statutes"
    output = json_output(run("agree", statutes, statutes, "--exit-code", "-f", "json"), "agree")
    assert output["disagreements"] == []
    assert sorted(output["shared"]) == sorted(each.id for each in corpus.all_provisions())
    assert {dimension["agreement"] for dimension in output["dimensions"].values()} == {1.0}
    assert "The coding of the two coders does not differ." in run("agree", statutes, statutes).out


def test_exit_codes(run: Callable[..., Ran], tmp_path: Path) -> None:
    first, second = FOLDERS
    assert run("agree", first, second).code == 0
    assert run("agree", first, second, "--exit-code").code == 1
    settled = CODERS / "settled.yaml"
    assert run("agree", *FOLDERS, "--adjudicated", settled, "--exit-code").code == 1
    (tmp_path / "bills").mkdir()
    shutil.copy(TESTS / "bills" / "utopia.yaml", tmp_path / "bills")
    ran = run("agree", first, tmp_path / "bills")
    assert (ran.code, ran.out) == (2, "")
    assert "the two folders have no provision in common" in ran.err
    assert run("agree", first, tmp_path / "nowhere").code == 2
    assert run("agree", first).code == 2


def test_findings_of_both_folders_are_shown(run: Callable[..., Ran], tmp_path: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(folder, tmp_path / folder.name)
        path = tmp_path / folder.name / "laputa.yaml"
        path.write_text(path.read_text().replace("evidence: A victim", "evidence: A victm"))
    ran = run("agree", tmp_path / "first", tmp_path / "second")
    assert ran.code == 1
    assert ran.err.count("NP501") == 2
    assert "2 findings in 2 files" in ran.err


def test_different_codebooks_are_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(FOLDERS[0], folder)
    codebook = (TESTS.parent / "schemas" / "codebook.yaml").read_text()
    (folder / "codebook.yaml").write_text(codebook.replace('version: "2.0"', 'version: "2.1"'))
    ran = run("agree", folder, FOLDERS[1])
    assert ran.code == 2
    assert "different codebooks" in ran.err


@pytest.mark.further
def test_folders_with_the_same_name_show_their_paths(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    for folder in FOLDERS:
        shutil.copytree(folder, tmp_path / folder.name / "coding")
    a, b = (tmp_path / folder.name / "coding" for folder in FOLDERS)
    output = json_output(run("agree", a, b, "-f", "json"), "agree")
    assert [coder["name"] for coder in output["coders"].values()] == [str(a), str(b)]


@pytest.mark.parametrize("writer", [each for each in FORMATS.values() if each.suffixes])
def test_agreement_in_every_format(writer: Any, run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / f"agreement{writer.suffixes[0]}"
    ran = run("agree", *FOLDERS, "-o", path)
    # Only the layout matrix can be a picture.
    assert (ran.code, path.is_file()) == ((2, False) if writer.name == "svg" else (0, True))
