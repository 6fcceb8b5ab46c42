"""Assessments against a benchmark (cases/gaps.yaml) and against another provision."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS, cases, provision
from msgspec.structs import replace

from npcompare.analysis.classification import classify
from npcompare.analysis.gaps import assess
from npcompare.errors import NpcompareError
from npcompare.law.benchmark import Benchmark, Element, Outcome, Status, secretariat
from npcompare.law.profiles import Fact, Profile
from npcompare.model.provision import Basis, Citation, Instrument, Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from npcompare.analysis.assessment import Assessment
    from npcompare.law.corpus import Corpus


BILL: dict[str, Any] = {"instrument": {"title": "Bill", "kind": "bill"}}
TREATY: dict[str, Any] = {
    "instrument": {"title": "Convention", "kind": "treaty"},
    "form": "state_obligation",
}
RESOLUTION: dict[str, Any] = {
    "instrument": {"title": "Resolution", "kind": "resolution"},
    "form": "recommendation",
}
ABSENCE: dict[str, Any] = {"form": "none_specific"}
FINDING: dict[str, Any] = {"form": "finding"}
RECORDS: dict[str, Any] = {"form": "records_relief"}
NO_RULE = "Without a rule, this point does not arise."
OTHER_RULES = "Other rules may apply."


@pytest.mark.parametrize("case", cases("gaps"))
def test_secretariat_benchmark(
    case: dict[str, Any], run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    (output,) = json.loads(run("gaps", case["name"], "-f", "json").out)["gaps"]
    assert {entry["id"]: entry["status"] for entry in output["elements"]} == case["expected"]
    for entry in output["elements"]:
        assert entry["because"]
        assert entry["source"]["paragraph"]
        if entry["status"] != "not_applicable":
            is_absence = "has no specific provision" in entry["because"]
            has_words = is_absence or entry["status"] in ("met", "partly", "policy_choice")
            assert bool(entry["words"]) == has_words, entry["id"]


def assessments(
    corpus: Corpus, limbs: list[dict[str, Any]], text: str = "verbatim", **changes: Any
) -> dict[str, Assessment]:
    """Return the assessments of a provision, with some fields changed, by element."""
    short: dict[str, Any] = {"text": text}
    if limbs:
        short["limbs"] = limbs
    coded: dict[str, Any] = {
        name: changes.pop(name) for name in ("burden", "standard") if name in changes
    }
    organization = changes.pop("organization", False)
    data = provision({**short, **coded}, "x")
    jurisdiction = (
        Jurisdiction("Union", "", "regional_organization")
        if organization
        else Jurisdiction("Utopia", "UT-1", "state")
    )
    instrument = changes.pop("instrument", None)
    if instrument:
        changes["instrument"] = Instrument(instrument["title"], instrument["kind"])
    data = replace(data, jurisdiction=jurisdiction, **changes)
    book = corpus.codebook
    results = assess(book, classify(book, data), secretariat(book), PROFILES)
    return {assessment.element.id: assessment for assessment in results}


PROFILES = {
    "UT": Profile(
        id="utopia",
        jurisdiction=Jurisdiction("United States of Utopia", "UT", "state"),
        facts={
            "police_guidance": Fact("exists", Citation("gazette"), "It is an order."),
            "training": Fact("none_reported", Citation("gazette"), "", "medium"),
        },
    )
}


@pytest.mark.parametrize(
    ("element", "limbs", "status", "reason"),
    [
        ("arrest-and-detention", [{"relief": ["no_arrest", "no_detention"]}], "met", "from arrest"),
        (
            "arrest-and-detention",
            [{"relief": "no_arrest"}, {"relief": "no_detention"}],
            "met",
            "protects the victim from arrest and detention.",
        ),
        ("arrest-and-detention", [{"relief": "no_arrest"}], "partly", "detention is not shown."),
        ("arrest-and-detention", [{"relief": "no_detention"}], "partly", "arrest is not shown."),
        ("charge", [{"relief": "no_charge"}], "met", "from being charged."),
        ("prosecution", [{"relief": "discontinuance"}], "met", "to be ended."),
        ("prosecution", [{"relief": "no_charge"}], "met", "is not prosecuted."),
        ("liability-and-sentence", [{"relief": "no_prosecution"}], "met", "nor punished."),
        ("liability-and-sentence", [{"relief": "no_imprisonment"}], "partly", "is excluded."),
        ("liability-and-sentence", [{"relief": "no_arrest"}], "not_met", "or punishment."),
        ("mitigation", [{"relief": "mitigation"}], "met", "to be reduced."),
        ("mitigation", [{"relief": "defence"}], "silent", "may apply (para. 46)."),
        (
            "records",
            [{"relief": "vacatur", "records": ["conviction", "charge"]}],
            "met",
            "of convictions to be cleared.",
        ),
        (
            "records",
            [
                {"relief": "vacatur", "records": "conviction"},
                {"relief": "expungement", "records": "charge"},
            ],
            "met",
            "of convictions to be cleared.",
        ),
        (
            "records",
            [{"relief": "vacatur", "records": "conviction"}],
            "partly",
            "charges are not shown to be covered.",
        ),
        (
            "records",
            [{"relief": "expungement", "records": "charge"}],
            "partly",
            "convictions are not shown to be covered.",
        ),
        ("records", [{"relief": "vacatur"}], "partly", "both charges and convictions."),
    ],
)
def test_relief_is_met_in_part_or_in_full(
    element: str, limbs: list[dict[str, Any]], status: str, reason: str, corpus: Corpus
) -> None:
    limbs = [{"force": "mandatory", **limb} for limb in limbs]
    assessment = assessments(corpus, limbs)[element]
    assert assessment.status == status
    assert assessment.because.endswith(reason) or reason in assessment.because


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"force": "discretionary"}, "The relief may, but need not, be granted."),
        ({"force": "consideration"}, "The relief need only be considered."),
        ({}, "This article does not state whether the relief must be granted."),
        (
            {"force": "mandatory", "conditions": "circumstances_justify"},
            "The relief is granted only where the circumstances so justify.",
        ),
        (
            {"force": "mandatory", "conditions": "appropriate_cases"},
            "The relief is granted only in appropriate cases.",
        ),
        (
            {"force": "mandatory", "decision": "higher_approval"},
            "The relief requires the approval of a higher authority.",
        ),
        (
            {"force": "mandatory", "duty": "encouraged"},
            "States are encouraged, but not required, to act.",
        ),
    ],
)
def test_relief_that_is_not_certain_is_partly_met(
    words: dict[str, str], reason: str, corpus: Corpus
) -> None:
    met = "The provision protects the victim from being charged."
    assessment = assessments(corpus, [{"relief": "no_charge", **words}])["charge"]
    assert (assessment.status, assessment.because) == ("partly", f"{met} {reason}")
    assert {reason.value for reason in assessment.reasons} > {"no_charge"} or not words


@pytest.mark.parametrize(
    ("changes", "text"),
    [({}, "the law"), (BILL, "the text"), (TREATY, "the text"), (RESOLUTION, "the text")],
)
def test_description_is_of_a_law_or_of_a_text(
    changes: dict[str, Any], text: str, corpus: Corpus
) -> None:
    limbs = [{"relief": "no_penalty"}]
    assert assessments(corpus, limbs, "paraphrase", **changes)["charge"].because == (
        f"Only a description of {text} was available, and it does not address this point."
    )


def test_sources_have_the_order_of_the_limbs(corpus: Corpus) -> None:
    limbs = [{"id": name, "relief": "no_charge"} for name in ("vacatur", "arrest", "sealing")]
    limbs = [{"force": "mandatory", **limb} for limb in limbs]
    reasons = assessments(corpus, limbs)["charge"].reasons
    assert [reason.limb for reason in reasons] == ["vacatur", "arrest", "sealing"]


def test_unknown_force_is_a_reservation(corpus: Corpus) -> None:
    assessment = assessments(corpus, [{"relief": "no_charge"}], "not_held")["charge"]
    assert assessment.status == "partly"
    assert assessment.because.endswith("It is not known whether the relief must be granted.")


def test_defence_is_certain_without_a_word_of_force(corpus: Corpus) -> None:
    for relief in ("defence", "no_liability"):
        limb = {"relief": relief}
        assert assessments(corpus, [limb], "not_held")["liability-and-sentence"].status == "met"
        limb = {"relief": relief, "force": "consideration"}
        assert assessments(corpus, [limb], "not_held")["liability-and-sentence"].status == "partly"


def test_reservation_counts_for_its_own_limb_only(corpus: Corpus) -> None:
    limbs = [
        {"relief": "no_arrest", "force": "mandatory"},
        {"relief": "no_detention", "force": "discretionary"},
        {"relief": "no_charge", "force": "mandatory"},
        {"relief": "no_charge", "force": "discretionary"},
    ]
    by_element = assessments(corpus, limbs)
    assert by_element["arrest-and-detention"].status == "partly"
    assert by_element["arrest-and-detention"].because.endswith("need not, be granted.")
    assert by_element["charge"].status == "met"
    # A bar to prosecution that may be waived does not exclude punishment.
    limb = {"relief": "no_prosecution", "force": "discretionary"}
    assert assessments(corpus, [limb])["liability-and-sentence"].status == "not_met"


@pytest.mark.parametrize(
    ("limbs", "status"),
    [
        ([{"link": "direct_result"}], "not_applicable"),
        ([{"link": "none"}], "not_applicable"),
        ([{"link": "direct_result"}, {"link": "compulsion"}], "silent"),
        ([{"link": ["compulsion", "direct_result"]}], "silent"),
        ([{"link": "compulsion", "compulsion": "ordinary_duress"}], "not_met"),
        ([{"link": "compulsion", "compulsion": "threats"}], "partly"),
        ([{"link": "compulsion", "compulsion": ["force", "debt"]}], "met"),
        ([{"link": "compulsion", "compelled_by": "circumstances"}], "met"),
        (
            [
                {"persons": "adult", "link": "compulsion", "compulsion": "deception"},
                {"persons": "child", "link": "direct_result"},
            ],
            "met",
        ),
    ],
)
def test_compulsion_counts_where_it_is_required(
    limbs: list[dict[str, Any]], status: str, corpus: Corpus
) -> None:
    assert assessments(corpus, limbs)["compulsion-beyond-duress"].status == status


def test_petition_after_conviction_has_no_burden_at_trial(corpus: Corpus) -> None:
    petition = {"relief": "vacatur", "force": "mandatory", "records_effect": "never_charged"}
    for changes in ({}, RECORDS):
        by_element = assessments(corpus, [petition], burden="accused", **changes)
        assert by_element["prosecution-disproves"].status == "not_applicable"
        assert by_element["court-of-its-own-motion"].status == "not_applicable"
        assert by_element["effect-of-clearing"].status == "met"
        assert not by_element["prosecution-disproves"].is_gap
    limbs = [petition, {"relief": "defence"}]
    assert assessments(corpus, limbs, burden="accused")["prosecution-disproves"].status == "not_met"
    without = [{"relief": "vacatur"}]
    assert assessments(corpus, without)["effect-of-clearing"].status == "not_met"
    assert assessments(corpus, without, "not_held")["effect-of-clearing"].status == "unknown"
    void = [{"relief": "vacatur", "records_effect": "conviction_void"}]
    assert assessments(corpus, void)["effect-of-clearing"].status == "partly"


@pytest.mark.parametrize(
    ("coded", "status"),
    [
        ({"burden": "prosecution", "standard": "beyond_reasonable_doubt"}, "met"),
        ({"burden": ["prosecution", "evidential"], "standard": "beyond_reasonable_doubt"}, "met"),
        ({"burden": "prosecution"}, "partly"),
        ({"burden": "evidential"}, "partly"),
        ({"burden": "accused"}, "not_met"),
        ({}, "silent"),
    ],
)
def test_prosecution_must_disprove(coded: dict[str, Any], status: str, corpus: Corpus) -> None:
    limbs = [{"relief": "defence"}]
    assert assessments(corpus, limbs, **coded)["prosecution-disproves"].status == status


def test_reason_says_who_may_rely_on_it_or_must_act(corpus: Corpus) -> None:
    limb = {"persons": "any_victim"}
    reasons = [
        assessments(corpus, [limb], **changes)["adults-and-children"].because
        for changes in ({}, BILL, TREATY, RESOLUTION)
    ]
    assert reasons == [
        "Both adults and children may rely on the provision.",
        "Both adults and children may rely on the provision.",
        "The obligation covers both adults and children.",
        "The recommendation or guidance covers both adults and children.",
    ]


def test_details_of_paragraphs_56_and_63(corpus: Corpus) -> None:
    limb = {
        "relief": "defence",
        "timing": "victim_at_the_time",
        "evidence": ["means_not_required_for_children", "affidavit_suffices"],
    }
    by_element = assessments(corpus, [limb])
    for element in ("victim-at-the-time", "means-for-children", "evidence-stated"):
        assert by_element[element].status == "met"
    by_element = assessments(corpus, [{"persons": "adult", "relief": "defence"}])
    assert by_element["means-for-children"].status == "not_applicable"
    assert by_element["victim-at-the-time"].status == "silent"
    assert by_element["evidence-stated"].status == "silent"
    by_element = assessments(corpus, [limb], standard="balance_of_probabilities")
    assert by_element["evidence-stated"].status == "met"


@pytest.mark.parametrize(
    ("limbs", "changes", "status"),
    [
        ([{"offences": {"extent": "any"}, "link": "relation"}], {}, "met"),
        ([{"offences": {"extent": "any"}, "relief": "defence"}], {}, "partly"),
        ([{"link": "relation"}], {}, "partly"),
        ([{"relief": "defence"}], {}, "silent"),
        ([{"link": "relation"}], TREATY, "not_met"),
        ([{"link": "relation"}, {"requires": "clear_statement"}], TREATY, "met"),
        ([{"link": "relation", "requires": "guidance"}], RESOLUTION, "not_met"),
    ],
)
def test_principle_is_clearly_stated(
    limbs: list[dict[str, Any]], changes: dict[str, Any], status: str, corpus: Corpus
) -> None:
    is_of_organization = bool(changes)
    by_element = assessments(corpus, limbs, organization=is_of_organization, **changes)
    assert by_element["clearly-stated"].status == status


def test_report_on_the_link_leaves_the_scope_open(corpus: Corpus) -> None:
    by_element = assessments(corpus, [{"link": "none_reported", "relief": "defence"}], "not_held")
    assert by_element["threshold-stated"].status == "silent"
    assert by_element["clearly-stated"].status == "unknown"
    limb = {"link": "none_reported", "offences": {"extent": "any"}, "relief": "defence"}
    assert assessments(corpus, [limb], "not_held")["clearly-stated"].status == "partly"


def test_limb_without_protection_does_not_count(corpus: Corpus) -> None:
    protecting = {"offences": {"extent": "any"}, "link": "relation", "relief": "defence"}
    by_element = assessments(corpus, [protecting, {"requires": "training"}])
    assert by_element["scope-stated"].status == "met"
    assert by_element["threshold-stated"].status == "met"


def test_unknown_limb_may_meet_an_element(corpus: Corpus) -> None:
    book = corpus.codebook
    limbs = [{"relief": "no_arrest"}, {"relief": "no_detention"}]
    results = classify(book, provision({"text": "verbatim", "limbs": limbs}, "x"))
    relief = results.dimensions["relief"]
    unknown = replace(relief.limbs[1], basis=Basis.UNKNOWN, values=None)
    open_relief = replace(relief, because=relief.because[:1], limbs=(relief.limbs[0], unknown))
    open_results = replace(results, dimensions={**results.dimensions, "relief": open_relief})
    statuses = [
        str(gap.status)
        for result in (results, open_results)
        for gap in assess(book, result, secretariat(book))
        if gap.element.id == "charge"
    ]
    assert statuses == ["not_met", "unknown"]


def test_layout_of_gaps_reads_state_profiles(run: Callable[..., Ran]) -> None:
    table = run("export", "united-kingdom", "--layout", "gaps", "-f", "csv").out
    (row,) = [row for row in table.splitlines() if "police-guidance" in row]
    assert ",met," in row


def test_open_list_states_the_scope_in_part(corpus: Corpus) -> None:
    offences = {"extent": "listed", "categories": ["drugs"]}
    assert assessments(corpus, [{"offences": offences}])["scope-stated"].status == "met"
    assessment = assessments(corpus, [{"offences": {**offences, "open": True}}])["scope-stated"]
    assert (assessment.status, assessment.because) == (
        "partly",
        "Some of the offences covered are named; the list is open.",
    )


def test_report_that_there_is_none_is_a_fact(corpus: Corpus) -> None:
    limbs = [{"relief": "defence"}]
    assessment = assessments(corpus, limbs, "not_held", burden="none_reported")[
        "prosecution-disproves"
    ]
    assert assessment.status == "silent"
    assert assessment.because == (
        "This article does not place the burden on the prosecution. This is based on a report; the "
        "text was not available."
    )
    assert [reason.value for reason in assessment.reasons] == ["none_reported"]
    standard = {"burden": "none_reported", "standard": "balance_of_probabilities"}
    by_element = assessments(corpus, limbs, "not_held", **standard)
    assert by_element["prosecution-disproves"].status == "not_met"
    assert assessments(corpus, limbs, "not_held")["prosecution-disproves"].status == "unknown"


def test_absence_and_finding_meet_nothing(corpus: Corpus) -> None:
    absence = "The law that was examined has no specific provision; another law may have one."
    finding = "The text contains no rule."
    limbs = [{"persons": "any_victim", "relief": "defence"}]
    for changes, because in ((ABSENCE, absence), (FINDING, finding)):
        text = "not_held" if changes is ABSENCE else "verbatim"
        by_element = assessments(corpus, limbs, text, **changes)
        of_state = {"police-guidance", "prosecutor-guidance", "training"}
        protecting = {
            *("clearly-stated", "arrest-and-detention", "charge", "prosecution"),
            *("liability-and-sentence", "records"),
        }
        for element, assessment in by_element.items():
            if element in protecting:
                assert assessment.status == "not_met"
                assert assessment.because.startswith(because)
            elif element not in {*of_state, "mitigation"}:
                assert (assessment.status, assessment.because) == ("not_applicable", NO_RULE)
        existing = " Existing defences may apply (para. 34)." if changes is ABSENCE else ""
        assert by_element["liability-and-sentence"].because == f"{because}{existing}"
        mitigation = by_element["mitigation"]
        assert mitigation.status == ("unknown" if changes is ABSENCE else "silent")
        assert mitigation.because == f"{because} General rules of sentencing may apply (para. 46)."
        assert by_element["police-guidance"].status == "partly"


@pytest.mark.parametrize(
    ("when", "status", "because"),
    [
        ({"in": {"effect": ["none", "finding"]}}, "silent", "{} Other rules may apply."),
        ({"in": {"effect": ["none", "finding"]}}, "not_applicable", "Other rules may apply."),
        ({"in": {"effect": ["operative"]}}, "not_met", "{}"),
        ({"not": {"has": {"relief": ["defence"]}}}, "not_met", "{}"),
        ({"all": [{"in": {"effect": ["none"]}}, {"coded": "relief"}]}, "not_met", "{}"),
    ],
)
def test_facts_alone_decide_without_a_rule(
    when: dict[str, Any], status: str, because: str, corpus: Corpus
) -> None:
    book = corpus.codebook
    outcome = Outcome(Status("silent" if status == "not_met" else status), when, OTHER_RULES)
    otherwise = Outcome(Status.SILENT, {}, "The article is silent.")
    element = Element("x", "X", "X.", None, "some_limb", (outcome,), otherwise)
    benchmark = Benchmark("mine", "Mine", (element,))
    for changes, opening in (
        (ABSENCE, "The law that was examined has no specific provision; another law may have one."),
        (FINDING, "The text contains no rule."),
    ):
        classification = classify(book, provision(changes, "x"))
        (assessment,) = assess(book, classification, benchmark)
        assert (assessment.status, assessment.because) == (status, because.format(opening))
        has_source = changes is ABSENCE and status != "not_applicable"
        assert bool(assessment.reasons) is has_source


def test_state_elements_come_from_its_profile(corpus: Corpus) -> None:
    by_element = assessments(corpus, [{"relief": "defence"}])
    of_state = [by_element[f"{name}"] for name in ("police-guidance", "training")]
    whose = "This is reported of the United States of Utopia."
    assert [assessment.because for assessment in of_state] == [
        f"There is guidance for the police. It is an order. {whose}",
        f"The State is reported to have no training. {whose}",
    ]
    assert [str(assessment.status) for assessment in of_state] == ["partly", "not_met"]
    assert [reason.confidence for reason in of_state[1].reasons] == ["medium"]
    guidance = by_element["prosecutor-guidance"]
    assert (guidance.status, guidance.because) == (
        "unknown",
        "No source consulted addresses this point.",
    )
    treaty = assessments(corpus, [{"relief": "defence"}], organization=True, **TREATY)
    assert treaty["training"].status == "not_applicable"


def statuses(corpus: Corpus, left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    book = corpus.codebook
    assessed, benchmark = (classify(book, provision(short, "x")) for short in (left, right))
    return {gap.element.id: str(gap.status) for gap in assess(book, assessed, benchmark)}


CONVENTION = {
    "text": "verbatim",
    "limbs": [
        {
            "persons": "any_victim",
            "offences": {"extent": "any"},
            "link": "compulsion",
            "relief": "no_penalty",
            "force": "discretionary",
        }
    ],
}


@pytest.mark.parametrize(
    ("text", "limb", "expected"),
    [
        ("verbatim", {"persons": "any_victim", "offences": {"extent": "any"}}, {"scope": "met"}),
        ("not_held", {"link": "direct_result", "persons": "any_victim"}, {"threshold": "met"}),
        (
            "verbatim",
            {"offences": {"extent": "listed", "categories": ["drugs"]}},
            {"scope": "partly"},
        ),
        ("not_held", {"offences": {"extent": "status_related"}}, {"scope": "partly"}),
        ("verbatim", {"persons": "child"}, {"persons": "partly"}),
        ("verbatim", {"relief": "no_charge"}, {"stage": "not_met", "relief": "unknown"}),
        ("not_held", {"relief": "no_charge"}, {"stage": "unknown"}),
        ("not_held", {"force": "consideration"}, {"force": "not_met"}),
        ("verbatim", {"relief": "defence"}, {"threshold": "silent", "force": "met"}),
        ("not_held", {"relief": "defence"}, {"threshold": "unknown", "relief": "met"}),
        ("verbatim", {"relief": "no_charge"}, {"force": "silent"}),
        ("not_held", {"relief": "no_charge"}, {"force": "unknown"}),
        ("not_held", {"link": "compulsion"}, {"threshold": "met", "link": "met"}),
        ("not_held", {"link": "direct_result"}, {"link": "met"}),
    ],
)
def test_treaty_as_benchmark(
    text: str, limb: dict[str, Any], expected: dict[str, str], corpus: Corpus
) -> None:
    by_element = statuses(corpus, {"text": text, "limbs": [limb]}, CONVENTION)
    names = ["scope", "threshold", "stage", "persons", "force", "link", "relief"]
    assert list(by_element) == names
    assert {name: by_element[name] for name in expected} == expected


def test_silence_meets_a_requirement_without_conditions(corpus: Corpus) -> None:
    treaty = {"text": "verbatim", "limbs": [{"conditions": "appropriate_cases"}]}
    assert statuses(corpus, {"text": "verbatim", "limbs": [{"relief": "defence"}]}, treaty) == {
        "conditions": "met"
    }


def test_requirement_names_exclusions_of_the_benchmark(corpus: Corpus) -> None:
    book = corpus.codebook
    utopia = classify(book, corpus.find(str(TESTS / "bills" / "utopia.yaml")))
    requirements = {gap.element.id: gap.element.asks for gap in assess(book, utopia, utopia)}
    start = "Protects at least as far as Utopia, clause\N{NO-BREAK SPACE}1.10: "
    assert (
        requirements["scope"]
        == f"{start}adults: any offence other than drug offences; children: any offence."
    )
    assert requirements["persons"] == f"{start}adults; children."


def against(corpus: Corpus, left: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    book = corpus.codebook
    assessed, benchmark = (classify(book, provision(short, "x")) for short in (left, right))
    return {gap.element.id: gap.because for gap in assess(book, assessed, benchmark)}


DURESS = {"limbs": [{"link": "compulsion", "force": "discretionary"}]}
CAUSATION = {"limbs": [{"link": "direct_result", "force": "mandatory"}]}
ORDER = (
    "A causation-based defence may, in practice, be broader than a duress-based one, since it does "
    "not require specific evidence that, but for the compulsion, the crime would not have been "
    "committed (para.\N{NO-BREAK SPACE}62)."
)


def test_threshold_is_hedged_and_decides_the_link(corpus: Corpus) -> None:
    assert against(corpus, CAUSATION, DURESS) == {
        "threshold": f"The provision may protect further. {ORDER}",
        "force": (
            "The provision protects further. On its ordinary meaning, a duty to grant relief "
            "protects further than a discretion to do so."
        ),
        "link": "The threshold decides: the provision may protect further.",
    }
    assert against(corpus, DURESS, CAUSATION) == {
        "threshold": f"The provision may not protect as far. {ORDER}",
        "force": "The provision does not protect as far.",
        "link": "The threshold decides: the provision may not protect as far.",
    }


def test_links_on_one_threshold_are_compared(corpus: Corpus) -> None:
    other = {"limbs": [{"link": "direct_relation"}]}
    assert statuses(corpus, other, CAUSATION)["link"] == "unknown"
    assert statuses(corpus, CAUSATION, CAUSATION)["link"] == "met"
    stricter = {"limbs": [{"link": ["direct_result", "relation"]}]}
    assert statuses(corpus, stricter, CAUSATION)["link"] == "not_met"


def test_details_without_an_order_are_no_elements(corpus: Corpus) -> None:
    limb = {
        "relief": "no_penalty",
        "duty": "shall",
        "decision": "court",
        "compulsion": "threats",
        "requires": "training",
        "records": "conviction",
    }
    by_element = statuses(corpus, CAUSATION, {"limbs": [limb]})
    assert list(by_element) == ["stage", "relief", "requires", "records"]
    assert by_element["requires"] == "not_applicable"


def test_absence_against_a_provision_meets_nothing(corpus: Corpus) -> None:
    book = corpus.codebook
    absent = classify(book, replace(provision({}, "x"), form="none_specific"))
    treaty = classify(book, provision(CONVENTION, "y"))
    gaps = assess(book, absent, treaty)
    assert {(str(gap.status), gap.because) for gap in gaps} == {
        (
            "not_met",
            "The law that was examined has no specific provision; another law may have one.",
        )
    }
    with pytest.raises(NpcompareError) as caught:
        assess(book, treaty, absent)
    assert caught.value.message == "x has no specific provision to compare with"


def test_status_is_based_on_every_limb_that_has_it(corpus: Corpus) -> None:
    book = corpus.codebook
    limbs = [{"link": "compulsion"}, {"link": "direct_result"}, {"relief": "no_charge"}]
    assessments = {
        number: assess(
            book,
            classify(book, provision({"text": "verbatim", "limbs": limbs[:number]}, "x")),
            secretariat(book),
        )
        for number in (2, 3)
    }
    stated = {
        number: next(gap for gap in gaps if gap.element.id == "threshold-stated")
        for number, gaps in assessments.items()
    }
    assert [reason.limb for reason in stated[2].reasons] == ["1", "2"]
    # The third limb does not state a threshold, and the other limbs do not make up for it.
    assert (str(stated[3].status), stated[3].reasons) == ("silent", ())


def test_no_source_was_consulted_for_a_text(run: Callable[..., Ran]) -> None:
    output = json.loads(run("gaps", TESTS / "bills" / "clause-12.txt", "-f", "json").out)
    elements = {one["id"]: one for one in output["gaps"][0]["elements"]}
    assert elements["training"]["because"] == "No source was consulted on this point."
