"""Two coders: the figures against published examples, the disagreements, and their adjudication."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections import Counter
from fractions import Fraction
from itertools import permutations
from math import nan
from typing import TYPE_CHECKING, Any

import krippendorff
import pytest
import yaml
from builders import json_output
from conftest import TESTS, cases, provision
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from npcompare.analysis.classification import classify
from npcompare.coding.agreement import CUSTOMARY, Figures, agree, figures, variables
from npcompare.formats.registry import FORMATS
from npcompare.law import json_schema
from npcompare.law.provision_parser import parse_provision
from npcompare.law.yaml_reader import dump_yaml, read_yaml

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
    assert found.diverge == case["part"]


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
def test_alpha_equals_that_of_krippendorff_package(pairs: Pairs) -> None:
    codes = {answer: code for code, answer in enumerate({a for pair in pairs for a in pair})}
    data = [[nan if a is None else codes[a] for a in coder] for coder in zip(*pairs, strict=True)]
    alpha = figures(pairs).alpha
    if alpha is not None:
        oracle = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        assert float(alpha) == pytest.approx(oracle)


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
    if found.diverge:
        assert found.alpha is not None
        assert found.ac1 is not None
        assert found.alpha < found.ac1
        limits = [one for one in (0, *CUSTOMARY) if found.alpha <= one <= found.ac1]
        assert limits
        assert 1 > (found.agreement or 0) > 0
        assert set(found.marginals) >= {found.most_common}


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
    quoted = parse_provision(
        {**whole, "limbs": [{"force": {"value": "mandatory", "evidence": "shall not"}}]}
    )
    stated = parse_provision(
        {**whole, "limbs": [{"force": {"value": "mandatory", "source": said}}]}
    )
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
    assert compared(corpus, a, b).other_differences == {
        "example": ("status of the text", "whether the text is complete", "number of limbs")
    }


# --- The command --------------------------------------------------------------------------------


def test_json(run: Callable[..., Ran]) -> None:
    found = json_output(run("agree", *FOLDERS, "-f", "json"), "agree")
    assert [one["name"] for one in found["coders"].values()] == ["first", "second"]
    assert found["shared"] == ["erewhon", "freedonia", "laputa", "lilliput", "ruritania"]
    assert (found["only_a"], found["only_b"]) == (["zenda"], ["barataria"])
    assert found["unlike"] == {"lilliput": ["number of limbs"], "ruritania": ["form"]}
    # mandatory seven times and discretionary once: alpha is 1 - 7 * 2 / (2 * 7 * 1)
    assert found["dimensions"]["force"] == {
        "units": 4,
        "agreed": 3,
        "agreement": 0.75,
        "alpha": 0.0,
        "ac1": 0.68,
        "parted": True,
        "marginals": [
            {"classes": ["discretionary"], "a": 0, "b": 1},
            {"classes": ["mandatory"], "a": 4, "b": 3},
        ],
    }
    assert found["dimensions"]["liability"]["alpha"] is None
    differ = [
        (one["provision"], one["dimension"], one["outcome"]) for one in found["disagreements"]
    ]
    assert differ == [
        ("freedonia", "addressee", "classes"),
        ("laputa", "threshold", "classes"),
        ("laputa", "link", "classes"),
        ("lilliput", "stage", "detail"),
        ("lilliput", "relief", "detail"),
        ("lilliput", "force", "classes"),
        ("ruritania", "scope", "detail"),
        ("ruritania", "force", "one_unknown"),
    ]
    threshold = found["disagreements"][1]
    quotes = [[one["evidence"] for one in threshold[each]["because"]] for each in "ab"]
    assert quotes == [
        ["had no choice but to commit"],
        ["a direct result of being trafficked"],
    ]


def test_the_table_for_machines_holds_the_data_of_the_figures(run: Callable[..., Ran]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("agree", *FOLDERS, "-f", "csv").out)))
    found = json_output(run("agree", *FOLDERS, "-f", "json"), "agree")
    for name, wanted in found["dimensions"].items():
        pairs: Pairs = []
        for row in rows:
            if row["dimension"] == name:
                a, b = (
                    None if row[f"{one}_basis"] == "unknown" else frozenset({row[f"{one}_classes"]})
                    for one in "ab"
                )
                pairs.append((a, b))
        again = figures(pairs)
        printed = [None if one is None else round(float(one), 12) for one in coefficients(again)]
        assert printed == [wanted["agreement"], wanted["alpha"], wanted["ac1"]]


def test_a_folder_agrees_with_itself(run: Callable[..., Ran], corpus: Corpus) -> None:
    statutes = TESTS.parent / "statutes"
    found = json_output(run("agree", statutes, statutes, "--exit-code", "-f", "json"), "agree")
    assert found["disagreements"] == []
    assert sorted(found["shared"]) == sorted(one.id for one in corpus.all_provisions())
    assert {one["agreement"] for one in found["dimensions"].values()} == {1.0}
    assert "The coding of the two coders does not differ." in run("agree", statutes, statutes).out


def test_exit_codes(run: Callable[..., Ran], tmp_path: Path) -> None:
    first, second = FOLDERS
    assert run("agree", first, second).code == 0
    assert run("agree", first, second, "--exit-code").code == 1
    settled = CODERS / "settled.yaml"
    assert run("agree", *FOLDERS, "--adjudicated", settled, "--exit-code").code == 1
    ran = run("agree", first, TESTS / "bills")
    assert (ran.code, ran.out) == (2, "")
    assert "the two folders have no provision in common" in ran.err
    assert run("agree", first, tmp_path / "nowhere").code == 2
    assert run("agree", first).code == 2


def test_the_findings_of_both_folders_are_shown(run: Callable[..., Ran], tmp_path: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(folder, tmp_path / folder.name)
        path = tmp_path / folder.name / "laputa.yaml"
        path.write_text(path.read_text().replace("evidence: A victim", "evidence: A victm"))
    ran = run("agree", tmp_path / "first", tmp_path / "second")
    assert ran.code == 1
    assert ran.err.count("NP501") == 2
    assert "2 findings in 2 files" in ran.err


def test_two_codebooks_are_not_compared(run: Callable[..., Ran], tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(FOLDERS[0], own)
    ours = (TESTS.parent / "schemas" / "codebook.yaml").read_text()
    (own / "codebook.yaml").write_text(ours.replace('version: "1.1"', 'version: "1.2"'))
    ran = run("agree", own, FOLDERS[1])
    assert ran.code == 2
    assert "different codebooks" in ran.err


def test_folders_of_one_name_are_told_apart(run: Callable[..., Ran], tmp_path: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(folder, tmp_path / folder.name / "coding")
    a, b = (tmp_path / folder.name / "coding" for folder in FOLDERS)
    found = json_output(run("agree", a, b, "-f", "json"), "agree")
    assert [one["name"] for one in found["coders"].values()] == [str(a), str(b)]


@pytest.mark.parametrize("chosen", [one for one in FORMATS.values() if one.suffixes])
def test_every_format_takes_it(chosen: Any, run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / f"agreement{chosen.suffixes[0]}"
    ran = run("agree", *FOLDERS, "-o", path)
    # The picture is of the layout matrix alone.
    assert (ran.code, path.is_file()) == ((2, False) if chosen.name == "svg" else (0, True))


# --- Adjudication -------------------------------------------------------------------------------


def written(run: Callable[..., Ran], path: Path, *more: object) -> dict[str, Any]:
    """Return the file of adjudication that a command wrote."""
    ran = run("agree", *FOLDERS, "--adjudicate", path, *more)
    assert (ran.code, ran.err) == (0, f"wrote {path}\n")
    source = read_yaml(path)
    assert source.problems == []
    Draft7Validator(json_schema.load_schema("adjudication")).validate(source.data)
    found: dict[str, Any] = source.data
    return found


def filled(path: Path, **decisions: tuple[Any, Any]) -> None:
    """Fill in decisions by hand: dimension, then decision and reason."""
    held = read_yaml(path).data
    for one in held["disagreements"]:
        if one["dimension"] in decisions:
            one["decision"], one["reason"] = decisions[one["dimension"]]
    path.write_text(dump_yaml(held), encoding="utf-8")


def states(run: Callable[..., Ran], path: Path) -> dict[str, str]:
    ran = run("agree", *FOLDERS, "--adjudicated", path, "-f", "json")
    found = json_output(ran, "agree")["disagreements"]
    return {f"{one['provision']}.{one['dimension']}": one["state"] for one in found}


def test_the_file_to_fill_in(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    written(run, path)
    golden = TESTS / "golden" / "adjudication.yaml"
    if os.environ.get("NPCOMPARE_GOLDEN") == "write":
        golden.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_it_names_both_codings_and_their_words(run: Callable[..., Ran], tmp_path: Path) -> None:
    found = written(run, tmp_path / "settle.yaml")
    one = next(each for each in found["disagreements"] if each["dimension"] == "threshold")
    assert one == {
        "provision": "laputa",
        "dimension": "threshold",
        "differs": "classes",
        "fields": ["link"],
        "a": {
            "classes": ["duress"],
            "basis": "text",
            "words": [{"class": "duress", "limb": "1", "evidence": "had no choice but to commit"}],
        },
        "b": {
            "classes": ["causation"],
            "basis": "text",
            "words": [
                {
                    "class": "causation",
                    "limb": "1",
                    "evidence": "a direct result of being trafficked",
                }
            ],
        },
        "choices": "duress, causation, status, silent, unknown",
        "decision": None,
        "reason": None,
    }


def test_decisions_are_read_back(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    written(run, path)
    assert set(states(run, path).values()) == {"open"}
    filled(path, threshold=("a", "No choice is compulsion."), stage=(["records"], "Neither."))
    found = states(run, path)
    assert [name for name, one in found.items() if one == "settled"] == [
        "laputa.threshold",
        "lilliput.stage",
    ]
    out = " ".join(run("agree", *FOLDERS, "--adjudicated", path, "-f", "plain").out.split())
    assert "Of 8 disagreements: 2 settled, 6 open" in out
    assert "by first" in out
    every = {one["dimension"]: ("b", "So it is.") for one in read_yaml(path).data["disagreements"]}
    filled(path, **every)
    assert run("agree", *FOLDERS, "--adjudicated", path, "--exit-code").code == 0


def test_a_decision_on_coding_that_has_changed_is_made_again(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "settle.yaml"
    written(run, path)
    filled(path, force=("a", "Shall is shall."), threshold=("b", "As quoted."))
    text = path.read_text().replace("- discretionary\n", "- consideration\n")
    path.write_text(text)
    assert states(run, path)["lilliput.force"] == "outdated"
    assert states(run, path)["laputa.threshold"] == "settled"
    out = " ".join(run("agree", *FOLDERS, "--adjudicated", path, "-f", "csv").out.split())
    assert "As quoted." in out
    # Written anew, what holds stays, and what has to be decided again is kept beside its place.
    for _ in range(2):
        again = written(run, path, "--adjudicated", path, "--force")["disagreements"]
        one = {(each["provision"], each["dimension"]): each for each in again}
        assert one["laputa", "threshold"]["decision"] == "b"
        assert one["laputa", "threshold"]["reason"] == "As quoted."
        assert one["lilliput", "force"]["decision"] is None
        assert one["lilliput", "force"]["earlier"] == {
            "decision": "a",
            "reason": "Shall is shall.",
        }
    assert states(run, path)["lilliput.force"] == "outdated"


@pytest.mark.parametrize(
    ("decision", "reason", "said"),
    [
        ("dures", "Why.", '"dures" is not a valid decision on threshold'),
        (["duress", "a"], "Why.", '"a" cannot be combined'),
        (["silent", "duress"], "Why.", '"silent" cannot be combined'),
        (["duress", "duress"], "Why.", "contains the same item twice"),
        ("a", None, "the decision on threshold of laputa gives no reason"),
        (["duress"], " ", "the decision on threshold of laputa gives no reason"),
        (1, "Why.", "must be text or a list or null"),
    ],
)
def test_what_is_no_decision_is_a_finding(
    decision: Any, reason: Any, said: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "settle.yaml"
    written(run, path)
    filled(path, threshold=(decision, reason))
    ran = run("agree", *FOLDERS, "--adjudicated", path)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_findings_in_the_file_have_their_place(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "settle.yaml"
    written(run, path)
    held = read_yaml(path).data
    held["disagreements"] = [held["disagreements"][1]] * 2
    held["disagreements"].append({**held["disagreements"][0], "dimension": "treshold"})
    path.write_text(dump_yaml(held))
    ran = run("agree", *FOLDERS, "--adjudicated", path)
    assert ran.code == 1
    assert "there is already a decision on threshold of laputa" in ran.err
    assert 'did you mean "threshold"?' in ran.err
    path.write_text("- no adjudication\n")
    assert run("agree", *FOLDERS, "--adjudicated", path).code == 1
    assert run("agree", *FOLDERS, "--adjudicated", tmp_path / "none.yaml").code == 2


def test_the_file_is_written_where_it_harms_nothing(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    shutil.copytree(CODERS / "first", tmp_path / "first")
    mine = tmp_path / "bill.yaml"
    mine.write_text("id: bill\n")
    kept = tmp_path / "settle.yaml"
    written(run, kept)
    before = kept.read_text()
    for path, said in (
        (kept, "already exists and was not overwritten"),
        (tmp_path / "settle.txt", "does not have the name of a coded file"),
        (tmp_path / "first" / "settle.yaml", "would be read as a provision"),
        (tmp_path / "none" / "settle.yaml", "there is no folder"),
    ):
        ran = run("agree", tmp_path / "first", FOLDERS[1], "--adjudicate", path)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
    ran = run("agree", *FOLDERS, "--adjudicate", mine, "--force")
    assert ran.code == 2
    assert "already exists and was not overwritten" in ran.err
    assert mine.read_text() == "id: bill\n"
    assert kept.read_text() == before
    written(run, kept, "--force")
    # No other result is ever written over coded files.
    assert run("agree", *FOLDERS, "-o", tmp_path / "x.yaml", "-f", "json", "--force").code == 2


def test_hostile_law_in_the_file_of_adjudication(run: Callable[..., Ran], tmp_path: Path) -> None:
    hostile = "- NO: \"1.10\" & 'x' # !!python/object {a: [b]} | > ~ *star* 2010-09-13"
    for folder in FOLDERS:
        (tmp_path / folder.name).mkdir()
        held = yaml.safe_load((folder / "laputa.yaml").read_text())
        held["text"]["body"] = f"{held['text']['body']} {hostile} \u00a0end"
        for one in held["limbs"][0]["link"]:
            one["evidence"] = hostile
            one["note"] = hostile
        (tmp_path / folder.name / "laputa.yaml").write_text(dump_yaml(held), encoding="utf-8")
    path = tmp_path / "=settle me.yaml"
    ran = run("agree", tmp_path / "first", tmp_path / "second", "--adjudicate", path)
    assert ran.code == 0, ran.err
    found = read_yaml(path)
    assert found.problems == []
    (threshold, _link) = found.data["disagreements"]
    assert [one["evidence"] for one in threshold["a"]["words"]] == [hostile]
    assert {one["note"] for one in threshold["b"]["words"]} == {hostile}


def test_where_the_result_cannot_be_written_there_is_no_file_to_fill_in_either(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "settle.yaml"
    ran = run("agree", *FOLDERS, "--adjudicate", path, "-o", tmp_path / "result.yaml")
    assert (ran.code, ran.out, list(tmp_path.iterdir())) == (2, "", [])
