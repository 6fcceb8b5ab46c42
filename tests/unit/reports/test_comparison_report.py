"""The tables of `diff`, and its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from conftest import cases, provision
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.analysis.readings import other_readings
from npcompare.formats import plain
from npcompare.model.provision import Succession
from npcompare.reports.comparison_report import comparisons
from npcompare.text import capitalized, no_break

if TYPE_CHECKING:
    from npcompare.document import Document, Table
    from npcompare.law.corpus import Corpus


def limb(**fields: Any) -> dict[str, Any]:
    """Return a provision with one limb in which the core is known, in short form."""
    known = {
        "persons": "any_victim",
        "offences": {"extent": "any"},
        "link": "direct_result",
        "relief": "no_penalty",
        "force": "mandatory",
    }
    return {"limbs": [known | fields]}


def diff(corpus: Corpus, left: dict[str, Any], right: dict[str, Any]) -> Document:
    """Return the report on two provisions in short form, of Utopia and Arcadia."""
    book = corpus.codebook
    first = classify(book, provision(left, "utopia"))
    second = classify(book, provision(right, "arcadia"))
    return comparisons(corpus, [compare(book, first, second)])


def relations(table: Table) -> dict[str, str]:
    """Return the words of the relation in each row of a table."""
    return {row[0].text: row[2].text for row in table.rows}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("direct_result", "compulsion", "Utopia may reach further (para. 62)"),
        ("compulsion", "direct_result", "Arcadia may reach further (para. 62)"),
        ("none", "direct_result", "Utopia reaches further (para. 21)"),
        ("none", "compulsion", "Utopia reaches further"),
    ],
)
def test_hedged_step_is_hedged_in_words(
    left: str, right: str, expected: str, corpus: Corpus
) -> None:
    (table,) = diff(corpus, limb(link=left), limb(link=right)).tables
    assert relations(table)["Threshold"] == expected.replace("para. ", "para.\N{NO-BREAK SPACE}")


def test_hedge_is_kept_for_adults_and_children(corpus: Corpus) -> None:
    limbs = [{"persons": "adult", "link": "compulsion"}, {"persons": "child", "link": "relation"}]
    (table,) = diff(corpus, {"limbs": limbs}, limb()).tables
    note = "Threshold: for adults, Arcadia may reach further; for children, same."
    assert note in dict(table.notes).values()


def test_differences_of_a_successor_are_hedged(corpus: Corpus) -> None:
    book = corpus.codebook
    earlier = provision(limb(link="compulsion", force="consideration"), "earlier")
    succession = Succession("earlier", "The Act replaced it.", None)
    later = replace(provision(limb(), "later"), succeeds=succession)
    comparison = compare(book, classify(book, earlier), classify(book, later))
    (table,) = comparisons(corpus, [comparison]).tables
    assert (
        "Later replaced Earlier: The Act replaced it. The later provision may be broader in "
        "threshold and is broader in force." in table.remarks
    )


def test_overall_is_hedged_if_a_hedge_decides(corpus: Corpus) -> None:
    document = diff(corpus, limb(), limb(link="compulsion"))
    (table,) = document.tables
    assert relations(table)["Overall"] == "Utopia may reach further"
    assert table.remarks[1] == (
        "Taking scope, threshold, stage, persons and force together, Utopia’s provision protects "
        "further wherever the two differ, subject to the qualification as regards threshold "
        "“Utopia may reach further”."
    )


DRUGS = {"extent": "listed", "categories": ["drugs"]}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            limb(),
            limb(link="compulsion", offences=DRUGS),
            (
                "Utopia’s provision protects further wherever the two differ, subject to the "
                "qualification as regards threshold “Utopia may reach further”."
            ),
        ),
        (
            limb(force="discretionary"),
            limb(link="compulsion", offences=DRUGS),
            (
                "each protects further than the other in some respect. This does not depend on the "
                "qualification as regards threshold “Utopia may reach further”."
            ),
        ),
    ],
)
def test_certain_overall_names_the_qualified_row(
    left: dict[str, Any], right: dict[str, Any], expected: str, corpus: Corpus
) -> None:
    (table,) = diff(corpus, left, right).tables
    assert "may be" not in relations(table)["Overall"]
    core = "Taking scope, threshold, stage, persons and force together, "
    assert table.remarks[1] == core + expected


def test_hedge_of_an_unknown_row_has_its_place(corpus: Corpus) -> None:
    """For children the link of the left provision is unknown, for adults it decides."""
    adults = limb(persons="adult", link="compulsion")["limbs"]
    children = limb(persons="child")["limbs"]
    del children[0]["link"]
    (table,) = diff(corpus, {"limbs": adults + children}, limb(offences=DRUGS)).tables
    words = relations(table)
    assert (words["Threshold"], words["Overall"]) == (
        "Unknown",
        "It may be that each reaches further in some respect",
    )
    assert table.remarks[1].endswith(
        "subject to the qualification as regards threshold (para.\N{NO-BREAK SPACE}62)."
    )


def test_place_is_that_of_the_steps_that_decide(corpus: Corpus) -> None:
    """Both steps are explained; the place of the qualified one is given only if it decides."""
    immigration = {"extent": "listed", "categories": ["immigration"]}
    with_exception = {
        "limbs": [*limb(link="none", offences=immigration)["limbs"], *limb()["limbs"]]
    }
    (table,) = diff(corpus, limb(link="compulsion"), with_exception).tables
    assert relations(table)["Threshold"] == "Arcadia reaches further"
    notes = [note for _, note in table.notes if "than “duress-based”" in note]
    assert [note.partition(". ")[0] for note in notes] == [
        "“Causation-based” may be broader than “duress-based”",
        "“Status-based” protects further than “duress-based”",
    ]
    mixed = {
        "limbs": [
            *limb(link="none", offences=immigration)["limbs"],
            *limb(link="compulsion")["limbs"],
        ]
    }
    (table,) = diff(corpus, mixed, limb()).tables
    assert (
        relations(table)["Threshold"]
        == "It may be that neither covers the other (para.\N{NO-BREAK SPACE}62)"
    )


def test_implied_stage_is_explained(corpus: Corpus) -> None:
    (table,) = diff(corpus, limb(), limb(relief="no_prosecution")).tables
    (stage,) = (row for row in table.rows if row[0].text == "Stage")
    (mark,) = stage[2].runs[-1].marks
    assert stage[2].text == "Arcadia reaches further"
    assert dict(table.notes)[mark] == (
        "Arcadia: The provision also covers sentencing and liability. Where the victim must not be "
        "prosecuted, there is neither liability nor sentence (paras.\N{NO-BREAK SPACE}39 and 46)."
    )


def test_records_have_effect_and_hedge(corpus: Corpus) -> None:
    (record,) = diff(
        corpus,
        limb(link="direct_result"),
        limb(link="compulsion") | {"kind": "treaty", "form": "state_obligation"},
    ).data["comparisons"]
    assert (record.left_effect, record.right_effect) == ("operative", "obligation")
    assert record.hedge == "may be"
    assert record.dimensions["threshold"].hedge == "may be"
    assert record.dimensions["scope"].hedge is None


# --- Effects ------------------------------------------------------------------------------------


ALL_THE_SAME = "Same scope, threshold, stage, persons and force."


@pytest.mark.parametrize("case", cases("effect-notes"))
def test_case_of_different_effects(case: dict[str, Any], corpus: Corpus) -> None:
    (table,) = diff(corpus, limb() | case["left"], limb() | case["right"]).tables
    assert table.headnote.removeprefix(ALL_THE_SAME).strip() == case["expected"]


def test_summary_and_effects_are_under_the_title(corpus: Corpus) -> None:
    text = plain.write(diff(corpus, limb(), limb() | {"kind": "treaty"}))
    title, summary, line, *_ = text.splitlines()
    assert (title, summary) == ("Utopia, compared with Arcadia", ALL_THE_SAME)
    assert line.startswith("The two are of different effect: Utopia’s provision is operative law;")


# --- Doubtful readings --------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("readings"))
def test_case_of_doubtful_readings(case: dict[str, Any], corpus: Corpus) -> None:
    document = diff(corpus, case["left"], case["right"])
    words = relations(document.tables[0])
    labels = {name: part.label for name, part in corpus.codebook.dimensions.items()}
    expected = {
        (labels | {"overall": "Overall"})[name]: capitalized(no_break(text))
        for name, text in case["expected"].items()
    }
    assert {name: words[name] for name in expected} == expected


def doubtful(value: str, other: str) -> dict[str, Any]:
    """Return a doubtful value in short form."""
    return {"value": value, "doubtful": {"value": other, "note": "It may be otherwise."}}


def test_other_readings_are_in_the_record(corpus: Corpus) -> None:
    left = limb(force=doubtful("mandatory", "discretionary"))
    (record,) = diff(corpus, left, limb()).data["comparisons"]
    assert record.dimensions["force"].other_readings == ["narrower"]
    assert record.overall_other_readings == ["narrower"]
    certain = msgspec.to_builtins(record.dimensions["scope"])
    assert "other_readings" not in certain
    (record,) = diff(corpus, limb(), limb()).data["comparisons"]
    assert "overall_other_readings" not in msgspec.to_builtins(record)


def test_record_has_the_hedges_of_other_readings(corpus: Corpus) -> None:
    link = {"values": ["compulsion", "direct_result"], "note": "Both may be required."}
    left = limb(link={"value": "compulsion", "doubtful": link})
    document = diff(corpus, left, limb())
    (record,) = document.data["comparisons"]
    threshold = record.dimensions["threshold"]
    assert (threshold.hedge, threshold.other_readings, threshold.other_hedges) == (
        "may be",
        ["narrower"],
        [None],
    )
    assert (record.overall_other_readings, record.overall_other_hedges) == (["narrower"], [None])
    left = limb(link=doubtful("direct_result", "compulsion"))
    document = diff(corpus, left, limb())
    (record,) = document.data["comparisons"]
    assert record.dimensions["threshold"].other_hedges == ["may be"]
    assert (record.overall_other_readings, record.overall_other_hedges) == (
        ["narrower"],
        ["may be"],
    )
    words = {row[2].text: row[-1].text for row in document.flat.rows}
    assert words["threshold"] == "may be narrower"


def test_doubt_outside_the_core_changes_no_overall(corpus: Corpus) -> None:
    left = limb(link="compulsion") | {"burden": doubtful("accused", "prosecution")}
    (record,) = diff(corpus, left, limb() | {"burden": "accused"}).data["comparisons"]
    assert (record.overall, record.hedge) == ("narrower", "may be")
    assert record.dimensions["burden"].other_readings == ["unknown"]
    assert "overall_other_readings" not in msgspec.to_builtins(record)


def test_doubt_is_a_note(corpus: Corpus) -> None:
    doubt = {"note": "The text says so."} | doubtful("mandatory", "discretionary")
    (table,) = diff(corpus, limb(force=doubt), limb()).tables
    note = "The text says so. Doubtful: It may be otherwise."
    assert note in dict(table.notes).values()


def test_provision_equals_itself_on_any_reading(corpus: Corpus) -> None:
    book = corpus.codebook
    itself = classify(book, provision(limb(force=doubtful("mandatory", "discretionary"))))
    comparison = compare(book, itself, itself)
    assert comparison.overall_other_readings == ()
    assert not any(outcome.other_readings for outcome in comparison.dimensions)


def test_equal_doubts_of_two_limbs_are_one() -> None:
    force = doubtful("mandatory", "discretionary")
    (other,) = other_readings(provision({"limbs": [{"force": force}, {"force": force}]}))
    assert [limb.coded["force"][0].value for limb in other.limbs] == ["discretionary"] * 2


def test_each_doubt_makes_one_reading() -> None:
    limbs = [
        {"force": doubtful("mandatory", "discretionary"), "link": doubtful("none", "relation")}
    ]
    readings = other_readings(provision({"limbs": limbs}))
    assert [
        (reading.limbs[0].coded["force"][0].value, reading.limbs[0].coded["link"][0].value)
        for reading in readings
    ] == [("mandatory", "relation"), ("discretionary", "none")]
