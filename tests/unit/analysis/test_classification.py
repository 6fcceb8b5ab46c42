"""The reasons of a classification in full: coded, reported, silent and unknown dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from builders import CODEBOOK
from conftest import provision
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.law.codebook_parser import parse_codebook
from npcompare.law.provision_parser import parse_provision
from npcompare.model.provision import Basis, Citation
from npcompare.model.results import Classified, LimbValue, Reason

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

BODY = "A child victim shall not be punished for illegal entry, save murder."
CHILD, NONE = frozenset({"child"}), frozenset[str]()


def paper(paragraph: int | str) -> Citation:
    return Citation("background-paper", str(paragraph))


def cited(paragraph: int) -> dict[str, Any]:
    return {"ref": "background-paper", "paragraph": paragraph}


UTOPIA: dict[str, Any] = {
    "id": "utopia",
    "jurisdiction": {"name": "Utopia", "code": None, "kind": "state"},
    "instrument": {"title": "Example Act", "kind": "statute"},
    "form": "statutory_defence",
    "text": {"status": "verbatim", "complete": True, "body": BODY, "source": cited(7)},
    "limbs": [
        {
            "id": "only",
            "persons": {"value": "child", "evidence": "A child victim"},
            "offences": {
                "extent": "listed",
                "categories": ["immigration"],
                "excluded": ["scheduled"],
                "evidence": ["illegal entry", "save murder"],
            },
            "relief": {
                "value": "no_penalty",
                "evidence": "shall not be punished",
                "note": "A note.",
            },
            "force": {"value": "mandatory", "source": cited(9), "confidence": "low"},
        }
    ],
    "reported": [
        {
            "dimension": "threshold",
            "values": ["causation", "duress"],
            "persons": ["adult"],
            "source": cited(61),
            "note": "A report.",
            "confidence": "high",
        }
    ],
    "burden": {"value": "prosecution", "source": cited(64)},
}


def silent(values: frozenset[str] | None) -> tuple[Any, ...]:
    return ((), Basis.SILENT, (), (LimbValue("only", Basis.SILENT, values, CHILD, owner="utopia"),))


def value(limb: str, basis: Basis, *values: str, persons: frozenset[str] | None) -> LimbValue:
    return LimbValue(limb, basis, frozenset(values), persons, owner="utopia")


TEXT, REPORTED = Basis.TEXT, Basis.REPORTED
RULE = "scope-listed-offences"
REPORT_NOTE = "Applies to adults: A report."
EXPECTED: dict[str, tuple[Any, ...]] = {
    "scope": (
        ("listed_offences",),
        TEXT,
        tuple(
            Reason("listed_offences", RULE, "only", TEXT, words, paper(7), paper(58))
            for words in ("illegal entry", "save murder")
        ),
        (
            LimbValue(
                "only",
                TEXT,
                frozenset({"listed_offences"}),
                CHILD,
                frozenset({"immigration"}),
                frozenset({"scheduled"}),
                "utopia",
            ),
        ),
        ("immigration",),
        ("scheduled",),
    ),
    "threshold": (
        ("duress", "causation"),
        REPORTED,
        (
            Reason(
                "causation",
                "as-reported",
                "",
                REPORTED,
                "",
                paper(61),
                paper(61),
                REPORT_NOTE,
                "high",
            ),
            Reason(
                "duress", "as-reported", "", REPORTED, "", paper(61), paper(59), REPORT_NOTE, "high"
            ),
        ),
        (
            value("", REPORTED, "duress", "causation", persons=frozenset({"adult"})),
            LimbValue("", Basis.UNKNOWN, None, CHILD, owner="utopia"),
        ),
    ),
    "stage": (
        ("sentencing_liability",),
        TEXT,
        (
            Reason(
                "sentencing_liability",
                "stage-sentencing-liability",
                "only",
                TEXT,
                "shall not be punished",
                paper(7),
                paper(46),
                "A note.",
            ),
        ),
        (value("only", TEXT, "sentencing_liability", persons=CHILD),),
    ),
    "force": (
        ("mandatory",),
        REPORTED,
        (
            Reason(
                "mandatory", "as-coded", "only", REPORTED, "", paper(9), paper("54, 57"), "", "low"
            ),
        ),
        (value("only", REPORTED, "mandatory", persons=CHILD),),
    ),
    "burden": (
        ("prosecution",),
        REPORTED,
        (Reason("prosecution", "as-coded", "", REPORTED, "", paper(64), paper(65)),),
        (value("", REPORTED, "prosecution", persons=None),),
    ),
    "liability": silent(None),
    "conditions": silent(NONE),
}


@pytest.mark.parametrize("name", list(EXPECTED))
def test_reasons_name_rule_limb_and_words(name: str, corpus: Corpus) -> None:
    classified = classify(corpus.codebook, parse_provision(UTOPIA)).dimensions[name]
    assert classified == Classified(name, *EXPECTED[name])


def test_excerpt_is_never_silent(corpus: Corpus) -> None:
    excerpt = UTOPIA | {"text": {"status": "excerpt", "complete": False, "body": BODY}}
    classified = classify(corpus.codebook, parse_provision(excerpt)).dimensions
    unknown = (LimbValue("only", Basis.UNKNOWN, None, CHILD, owner="utopia"),)
    assert classified["liability"] == Classified("liability", (), Basis.UNKNOWN, (), unknown)


def test_uncoded_provision_is_unknown(corpus: Corpus) -> None:
    bare = {key: UTOPIA[key] for key in ("id", "jurisdiction", "instrument", "form")}
    classified = classify(
        corpus.codebook, parse_provision(bare | {"text": {"status": "not_held"}})
    ).dimensions
    no_limb = (LimbValue("", Basis.UNKNOWN, None, None, owner="utopia"),)
    assert classified["scope"] == Classified("scope", (), Basis.UNKNOWN, (), no_limb)


def test_value_without_a_rule_is_not_silence(corpus: Corpus) -> None:
    """The law states its relief; the missing rule for its stage is a gap in the codebook."""
    rules = tuple(rule for rule in corpus.codebook.rules if rule.id != "stage-sentencing-liability")
    classified = classify(
        replace(corpus.codebook, rules=rules), parse_provision(UTOPIA)
    ).dimensions["stage"]
    assert (classified.values, classified.basis) == ((), Basis.UNKNOWN)
    (limb,) = UTOPIA["limbs"]
    without_relief = UTOPIA | {"limbs": [{key: limb[key] for key in limb if key != "relief"}]}
    assert (
        classify(corpus.codebook, parse_provision(without_relief)).dimensions["stage"].basis
        is Basis.SILENT
    )


def test_note_uses_the_labels_of_the_codebook() -> None:
    """Another codebook may distinguish further groups."""
    in_care = {"label": "children in care", "definition": "A child in care.", "means": ["child"]}
    persons = CODEBOOK["vocabulary"]["persons"] | {"in_care": in_care}
    book = parse_codebook(CODEBOOK | {"vocabulary": CODEBOOK["vocabulary"] | {"persons": persons}})
    report = {**UTOPIA["reported"][0], "persons": ["child", "in_care"]}
    classified = classify(book, parse_provision(UTOPIA | {"reported": [report]})).dimensions[
        "threshold"
    ]
    assert {reason.note for reason in classified.because} == {
        "Applies to children, children in care: A report."
    }


def test_exclusion_reported_absent_is_no_scope(corpus: Corpus) -> None:
    """It answers which offences are excluded, not which are covered."""
    limb = {"offences": {"extent": "any", "excluded": ["none_reported"]}}
    classified = classify(corpus.codebook, provision({"limbs": [limb]}))
    scope, exclusions = (classified.dimensions[name] for name in ("scope", "exclusions"))
    assert [reason.value for reason in scope.because] == ["any_offence"]
    assert scope.excluded == ()
    assert exclusions.answers == ("none_reported",)


def test_relief_reported_absent_is_no_stage(corpus: Corpus) -> None:
    """What a source reports of the relief answers the question of its stage."""
    limb = {"relief": "none_reported"}
    stage = classify(corpus.codebook, provision({"limbs": [limb]})).dimensions["stage"]
    assert stage.because == (
        Reason("none_reported", "as-coded", "1", REPORTED, "", paper(1), paper("39-51")),
    )


def test_words_coded_together_have_one_reason(corpus: Corpus) -> None:
    limb = {"link": ["compulsion", "direct_result"]}
    threshold = classify(corpus.codebook, provision({"limbs": [limb]})).dimensions["threshold"]
    assert [reason.value for reason in threshold.because] == ["duress_and_causation"]


def test_defence_is_mandatory_by_default(corpus: Corpus) -> None:
    def force(limb: dict[str, Any]) -> list[tuple[str, str]]:
        classified = classify(corpus.codebook, provision({"limbs": [limb]}))
        return [(each.value, each.rule) for each in classified.dimensions["force"].because]

    assert force({"relief": "defence"}) == [("mandatory", "force-defence")]
    assert force({"relief": "defence", "force": "consideration"}) == [("consideration", "as-coded")]
    assert force({"relief": "no_prosecution"}) == []


def test_absence_answers_the_core_questions_only(corpus: Corpus) -> None:
    classified = classify(corpus.codebook, provision({"form": "none_specific"}))
    none_reported = [
        name for name, part in classified.dimensions.items() if part.answers == ("none_reported",)
    ]
    assert none_reported == [dimension.id for dimension in corpus.codebook.core]
    assert classified.effect == "none"


@pytest.mark.parametrize("sources", [(), (5, 6)])
def test_absence_is_based_on_the_first_source(sources: tuple[int, ...], corpus: Corpus) -> None:
    absent = {key: UTOPIA[key] for key in ("id", "jurisdiction", "instrument")} | {
        "form": "none_specific",
        "text": {"status": "not_held"},
        "confidence": "low",
        "sources": [cited(paragraph) for paragraph in sources],
    }
    force = classify(corpus.codebook, parse_provision(absent)).dimensions["force"]
    source = paper(5) if sources else None
    reason = Reason(
        "none_reported", "as-reported", "", REPORTED, "", source, paper("15-16, 54, 57"), "", "low"
    )
    no_limb = LimbValue("", Basis.UNKNOWN, None, None, owner="utopia")
    assert force == Classified("force", (), REPORTED, (reason,), (no_limb,))


@pytest.mark.parametrize(
    ("persons", "protected", "note"),
    [
        ([], {"adult", "child"}, "A report."),
        (["adult", "child"], {"adult", "child"}, "A report."),
        (["adult"], {"adult"}, "Applies to adults: A report."),
    ],
)
def test_open_report_leaves_the_rest_unknown(
    persons: list[str], protected: set[str], note: str, corpus: Corpus
) -> None:
    """A source that names offences as examples does not say which others are covered."""
    report = {**UTOPIA["reported"][0], "persons": persons, "open": True}
    classified = classify(corpus.codebook, parse_provision(UTOPIA | {"reported": [report]}))
    threshold = classified.dimensions["threshold"]
    adults = frozenset(protected)
    unknown = (
        [] if len(adults) == 2 else [LimbValue("", Basis.UNKNOWN, None, CHILD, owner="utopia")]
    )
    assert threshold.is_open
    assert [reason.note for reason in threshold.because] == [note, note]
    assert list(threshold.limbs) == [
        value("", REPORTED, "duress", "causation", persons=adults),
        LimbValue("", Basis.UNKNOWN, None, adults, owner="utopia"),
        *unknown,
    ]


def test_open_report_on_what_is_coded_is_not_used(corpus: Corpus) -> None:
    report = {"dimension": "force", "values": ["mandatory"], "source": cited(61), "open": True}
    classified = classify(corpus.codebook, parse_provision(UTOPIA | {"reported": [report]}))
    assert not classified.dimensions["force"].is_open
    assert not classified.dimensions["threshold"].is_open


def test_each_limb_gives_its_reasons(corpus: Corpus) -> None:
    limbs = [{"link": "compulsion"}, {"link": "direct_result"}]
    threshold = classify(corpus.codebook, provision({"limbs": limbs})).dimensions["threshold"]
    assert [(reason.limb, reason.value) for reason in threshold.because] == [
        ("1", "duress"),
        ("2", "causation"),
    ]


def test_list_of_examples_is_open(corpus: Corpus) -> None:
    def is_open(**offences: object) -> tuple[bool, list[bool]]:
        limb = {"offences": {"extent": "listed", "open": True, **offences}}
        scope = classify(corpus.codebook, provision({"limbs": [limb]})).dimensions["scope"]
        return scope.is_open, [each.is_open for each in scope.limbs]

    assert is_open(categories=["immigration"]) == (True, [True])
    assert is_open(categories=["immigration"], open=False) == (False, [False])
    assert is_open() == (False, [False])


@pytest.mark.parametrize(
    ("status", "word", "is_partial"),
    [
        ("excerpt", "cooperation", True),
        ("excerpt", "none_reported", False),
        ("verbatim", "cooperation", False),
    ],
)
def test_excerpt_may_have_further_conditions(
    status: str, word: str, is_partial: bool, corpus: Corpus
) -> None:
    short = {"text": status, "limbs": [{"conditions": word, "force": "mandatory"}]}
    dimensions = classify(corpus.codebook, provision(short)).dimensions
    assert [limb.partial for limb in dimensions["conditions"].limbs] == [is_partial]
    # Only one word can say whether relief must be granted.
    assert [limb.partial for limb in dimensions["force"].limbs] == [False]


def doubtful(value: str, other: str = "") -> dict[str, Any]:
    """Return a value in short form that is doubtful, with what it may be if that can be coded."""
    reading = {"value": other} if other else {}
    return {"value": value, "doubtful": {"note": "It may be otherwise."} | reading}


@pytest.mark.parametrize(
    ("limb", "expected"),
    [
        # Both reliefs are about records, so the stage is the same on either reading.
        ({"relief": doubtful("vacatur", "expungement")}, {"relief"}),
        ({"relief": doubtful("no_prosecution", "no_charge")}, {"relief", "stage"}),
        ({"link": doubtful("direct_result", "relation")}, {"link"}),
        ({"link": doubtful("direct_result", "compulsion")}, {"link", "threshold"}),
        # If the other reading cannot be coded, it may change whatever is a question of the field.
        ({"link": doubtful("direct_result")}, {"link", "threshold"}),
        ({"relief": doubtful("defence")}, {"relief", "stage"}),
        ({"persons": doubtful("adult", "any_victim")}, {"persons"}),
        (
            {
                "offences": {
                    "extent": "any",
                    "excluded": ["drugs"],
                    "doubtful": {"extent": "any", "note": "It may be otherwise."},
                }
            },
            {"scope"},
        ),
    ],
)
def test_doubt_concerns_the_dimensions_it_changes(
    limb: dict[str, Any], expected: set[str], corpus: Corpus
) -> None:
    dimensions = classify(corpus.codebook, provision({"limbs": [limb]})).dimensions
    doubts = {
        name: {reason.doubt for reason in classified.because}
        for name, classified in dimensions.items()
        if classified.because
    }
    assert {name for name in doubts if doubts[name] == {"It may be otherwise."}} == expected
    assert all(doubts[name] == {""} for name in doubts if name not in expected)
