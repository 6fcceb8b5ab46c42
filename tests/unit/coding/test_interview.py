"""The interview as a state machine: what it asks next, and what an answer does to the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews import CLAUSE, begin, codebook, interview, typed

from npcompare.coding.interview_agenda import Kind
from npcompare.coding.interview_excerpts import excerpt
from npcompare.coding.interview_file import InterviewFile, refusals_of
from npcompare.coding.interview_words import interview_words
from npcompare.errors import NpcompareError
from npcompare.law.json_schema import SchemaChecker, provision_schema
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.yaml_edits import read
from npcompare.model.codebook import FIELDS
from npcompare.model.conditions import leaves
from npcompare.reports.interview_text import excerpt_text

if TYPE_CHECKING:
    from npcompare.coding.interview import Interview


def test_every_field_has_a_question() -> None:
    words = interview_words()
    assert set(words.fields) == set(FIELDS)
    for field in words.fields.values():
        for name, values in leaves(field.when) if field.when else ():
            vocabulary = FIELDS.get(name, name)
            assert set(values) <= set(codebook().vocabulary[vocabulary])


def test_accepted_values_are_in_the_file() -> None:
    dialogue = interview(begin())
    assert typed(dialogue, "y", "a") == ["noted: any victim: “A victim of trafficking”"]
    assert dialogue.file.limbs == [
        {"id": "1", "persons": {"value": "any_victim", "evidence": "A victim of trafficking"}}
    ]
    assert dialogue.topic
    assert dialogue.topic.name == "limb-1.offences"


def test_answers_are_asked_once() -> None:
    dialogue = interview(begin())
    names = []
    while dialogue.topic and dialogue.topic.kind is not Kind.FACT:
        names.append(dialogue.topic.name)
        typed(dialogue, "n", *(["3"] if dialogue.topic.kind is Kind.PASSAGE else []))
    assert names == [
        *("limb-1", "limb-2", "further", "raised_by", "burden", "standard"),
        *("passages.6", "passages.77", "passages.169", "passages.214"),
    ]
    resumed = interview(dialogue.file.text)
    assert resumed.topic
    assert resumed.topic.name == "jurisdiction.name"


POOL = [
    *("a", "n", "y", "s", "b", "k", "q", "p", "d", "0", "?", "", "1", "2", "3", "9", "1 3", "a 2"),
    *("q 2", "d 2", "g burden", "g limb-2.relief", "g nothing", "d 1 2", "2 2", "mandatory"),
    *("shall not be prosecuted", "an offence", "the victim", "conviction for such an offence"),
    *("The words are unclear", "Utopia", "2026", "2026-05", "KE", "en", "bill", "our-gazette, 4"),
    *("\x1b[31m", "a: b", "# not a comment", '"', "لا يُعاقَب", "x" * 500),
]


@given(st.lists(st.sampled_from(POOL), max_size=40), st.booleans())
def test_any_answers_leave_a_file_that_resumes(lines: list[str], is_blind: bool) -> None:
    dialogue = interview(begin(), is_blind=is_blind)
    for line in lines:
        before, name = dialogue.file, dialogue.topic.name if dialogue.topic else ""
        dialogue.answer(line)
        file = read(dialogue.file.text)
        assert (file.problems, file.is_readable) == ([], True)
        assert dialogue.file.body == before.body
        for pointer, value in values(before).items():
            assert values(dialogue.file).get(pointer) == value or pointer == name
    resumed = interview(dialogue.file.text, is_blind=is_blind)
    assert values(resumed.file) == values(dialogue.file)
    answered = [topic.name for topic in resumed._topics() if topic.is_answered]
    assert resumed.topic is None or resumed.topic.name not in answered


def values(file: InterviewFile) -> dict[str, Any]:
    """Return each coded value of a file by the name of its question."""
    coded: dict[str, Any] = {}
    for index, limb in enumerate(file.limbs, 1):
        limb_id = str(limb.get("id", index))
        prefix = f"limb-{limb_id}" if limb_id.isdecimal() else limb_id
        coded |= {f"{prefix}.{name}": value for name, value in limb.items()}
    coded |= {name: file.data[name] for name in FIELDS_OF_PROVISION if name in file.data}
    return {name: value for name, value in coded.items() if not name.endswith(".id")}


@pytest.mark.parametrize("name", ["limb-3", "burdens", "limb-1.burden"])
def test_unknown_question_is_refused(name: str) -> None:
    with pytest.raises(NpcompareError, match="there is no question"):
        interview(begin(), name)


def test_questions_follow_the_order_of_the_fields() -> None:
    assert list(interview_words().fields)[:2] == ["persons", "beneficiaries"]
    fields = [name.partition(".")[0] for name in interview_words().fields]
    assert list(dict.fromkeys(fields)) == [*FIELDS_OF_LIMB, *FIELDS_OF_PROVISION]


def test_clause_is_unchanged_by_the_file() -> None:
    assert InterviewFile(begin()).body == CLAUSE.strip("\n")


# --- Answers on fields ----------------------------------------------------------------------------

EVIDENCE = "A victim of trafficking"


@pytest.mark.parametrize(
    ("only", "lines", "data"),
    [
        ("limb-1.persons", ["2", "p"], {"value": "adult", "evidence": EVIDENCE}),
        ("limb-1.persons", ["adults", "p"], {"value": "adult", "evidence": EVIDENCE}),
        ("limb-1.persons", ["q", "“trafficking  shall”"], {"evidence": "trafficking shall"}),
        ("limb-1.persons", ["n"], None),
        (
            "limb-1.persons",
            ["d", "2", "It may mean adults"],
            {"doubtful": {"value": "adult", "note": "It may mean adults."}},
        ),
        ("limb-1.persons", ["d 1", "0", "Why?"], {"doubtful": {"note": "Why?"}}),
        ("limb-2.relief", ["a, 5", "vacate"], ["discontinuance", "vacatur"]),
        ("limb-1.relief", ["d 4", "0", "Unclear"], ["no_prosecution", "no_liability"]),
        (
            "limb-1.offences",
            ["3", "convicted of", "1 5", "an offence that", "that the victim", "8", "violent"],
            {
                "extent": "listed",
                "categories": ["immigration", "drugs"],
                "excluded": ["violent"],
                "evidence": ["convicted of", "an offence that", "that the victim", "violent"],
            },
        ),
        ("limb-1.offences", ["d", "1", "Or any act", "n"], {"extent": "any"}),
        ("burden", ["q 2", "court may"], {"value": "prosecution", "evidence": "court may"}),
    ],
)
def test_answer_is_written(only: str, lines: list[str], data: Any) -> None:
    dialogue = interview(begin(), only)
    typed(dialogue, *lines)
    written = values(dialogue.file).get(only)
    if isinstance(written, list):
        assert [item["value"] for item in written] == data
    elif written is None:
        assert (data, only in dialogue.file.answered) == (None, True)
    else:
        assert {key: written[key] for key in data} == data


@pytest.mark.parametrize(
    ("only", "lines", "message"),
    [
        (
            "limb-1.persons",
            ["1 2", "p"],
            '"any_victim" cannot be combined with other words of persons',
        ),
        ("limb-1.persons", ["4"], "there is no class 4; the last one is 3"),
        ("limb-1.persons", ["1 1"], "type each number or letter once"),
        ("limb-1.persons", ["the victim"], "this is not an answer; to quote words, type q first"),
        ("limb-1.persons", ["a a"], "type each number or letter once"),
        ("limb-1.persons", [","], "type a letter or the number of a class"),
        ("limb-1.persons", [""], "type a letter or a number, and then Enter; ? shows the keys"),
        ("limb-1.persons", ["\x1b"], "the answer contains a control character; type it again"),
        ("limb-1.persons", ["q", "a"], "type or paste the words"),
        ("limb-1.persons", ["q", "12"], "type or paste the words"),
        ("limb-1.persons", ["q", "victim"], "the text has “victim” in 3 places"),
        (
            "limb-1.persons",
            ["q", "A victim of trafficing"],
            "the text does not have “A victim of trafficing”, letter for letter",
        ),
        (
            "limb-1.persons",
            ["d", "1"],
            "the other reading is another class than those that you chose",
        ),
        (
            "limb-1.persons",
            ["d", "2", "x y"],
            "noted: any victim (doubtful): “A victim of trafficking”",
        ),
        ("limb-1.relief", ["d"], "name the class that is doubtful, such as d 2"),
        ("limb-1.force", ["1 2"], "this question has one answer; type one number"),
        ("limb-1.offences", ["1 2"], "this question has one answer; type one number"),
        (
            "limb-1.offences",
            ["3", "p", "n"],
            "a list of offences needs at least one kind of offence",
        ),
        (
            "limb-1.offences",
            ["a", "d 1"],
            "a doubt cannot be noted here; go back and use d for the first part",
        ),
        ("burden", ["q"], "type the number of a class too, such as q 2"),
        ("burden", ["a"], "nothing is proposed here that could be accepted"),
        ("burden", ["2", "p"], "no words are proposed here; type or paste them"),
        ("form", ["99"], "type a number from 1 to 10"),
        ("text.status", ["n"], "type a number from 1 to 4"),
        ("instrument.year", ["26"], "a year has four digits, such as 2010"),
        ("instrument.title", ["A"], "type the answer in words; ? shows the keys"),
        ("text.complete", ["perhaps"], "type y for yes or n for no"),
        ("text.source", ["our-gazete, 4"], 'there is no document "our-gazete" in sources.yaml'),
        ("further", ["a"], "type y for yes or n for no"),
    ],
)
def test_line_that_is_no_answer_is_refused(only: str, lines: list[str], message: str) -> None:
    dialogue = interview(begin(), only)
    typed(dialogue, *lines[:-1])
    assert typed(dialogue, lines[-1])[0] == message


@pytest.mark.parametrize(
    ("only", "line", "pointer", "value"),
    [
        ("jurisdiction.name", "Council of Europe", ("jurisdiction", "name"), "Council of Europe"),
        ("jurisdiction.code", "us-ny", ("jurisdiction", "code"), "US-NY"),
        (
            "jurisdiction.kind",
            "regional organization",
            ("jurisdiction", "kind"),
            "regional_organization",
        ),
        ("instrument.kind", "n", ("instrument",), None),
        ("instrument.year", "2026", ("instrument", "year"), 2026),
        ("form", "n", ("form",), None),
        ("pinpoint", "g 20", ("pinpoint",), "g 20"),
        ("text.complete", "no", ("text", "complete"), False),
        ("text.status", "2", ("text", "complete"), False),
        ("text.status", "1", ("text", "complete"), None),
        ("text.source", "our-gazette", ("sources",), [{"ref": "our-gazette"}]),
        (
            "text.source",
            "our-gazette, para. 4",
            ("text", "source"),
            {"ref": "our-gazette", "paragraph": "4"},
        ),
        ("dates.in_force_from", "2026-05", ("dates", "in_force_from"), "2026-05"),
    ],
)
def test_fact_is_written(only: str, line: str, pointer: tuple[str, ...], value: Any) -> None:
    dialogue = interview(begin(), only)
    typed(dialogue, line)
    assert dialogue.file.value(pointer) == value


def test_name_of_a_state_proposes_its_code() -> None:
    dialogue = interview(begin(), "jurisdiction")
    typed(dialogue, "Kenya", "a", "a")
    assert dialogue.file.data["jurisdiction"] == {"name": "Kenya", "code": "KE", "kind": "state"}


# --- The way through the questions ----------------------------------------------------------------


def name_of(dialogue: Interview) -> str:
    """Return the name of the question that is asked."""
    return dialogue.topic.name if dialogue.topic else ""


def test_one_of_several_proposals_is_not_accepted_by_a() -> None:
    text = (
        "(1) No criminal proceedings shall be instituted or continued against a trafficked person "
        "for an offence relating to immigration, where the offence was committed in the course of, "
        "or as a direct result of, being trafficked.\n\n(2) Where proceedings have been begun, "
        "the Director of Public Prosecutions may discontinue them.\n"
    )
    dialogue = interview(begin(text), "limb-2.force")
    assert dialogue.view
    assert [offer.value for offer in dialogue.view.offers] == ["mandatory", "discretionary"]
    assert dialogue.keys == ("1", "q", "d", "n", "b", "s", "x", "?")


def test_skipped_questions_come_last_and_once() -> None:
    dialogue = interview(begin(), is_blind=True)
    typed(dialogue, "s")
    names = []
    while name_of(dialogue) != "limb-1.persons":
        names.append(name_of(dialogue))
        typed(dialogue, "s")
    assert (names[0], names[-1]) == ("limb-1.offences", "dates.in_force_from")
    while dialogue.topic:
        names.append(name_of(dialogue))
        typed(dialogue, "s")
    assert len(names) == 2 * len(set(names)) - 1
    assert dialogue.progress.open == len(set(names))


def test_back_leads_through_answered_questions() -> None:
    dialogue = interview(begin())
    typed(dialogue, "y", "a", "b", "b")
    assert name_of(dialogue) == "limb-1"
    assert typed(dialogue, "b") == ["this is the first question"]
    typed(dialogue, "y")
    assert name_of(dialogue) == "limb-1.offences"
    typed(dialogue, "a")
    view = dialogue.view
    assert view
    assert view.heading == "Limb 1: offences: excluded"
    typed(dialogue, "b")
    assert name_of(dialogue) == "limb-1.offences"
    assert "limb-1.offences" not in values(dialogue.file)


def test_only_asks_what_is_named() -> None:
    dialogue = interview(begin(), "relief")
    typed(dialogue, "a")
    assert name_of(dialogue) == "limb-2.relief"
    typed(dialogue, "a")
    assert dialogue.topic is None
    assert typed(dialogue, "a") == ["type a letter or a number, and then Enter; ? shows the keys"]


def test_further_rule_is_a_limb() -> None:
    dialogue = interview(begin(), "further")
    typed(dialogue, "y")
    assert dialogue.file.limbs == [{"id": "3"}]


def test_details_are_asked_after_a_yes() -> None:
    dialogue = interview(begin("A victim shall not be punished."), "details")
    assert name_of(dialogue) == "limb-1.persons"
    without_details = interview(begin("A victim shall not be punished."))
    assert dialogue.progress.open - without_details.progress.open == 8


def test_blind_interview_shows_no_proposal() -> None:
    dialogue = interview(begin(), is_blind=True)
    shown = []
    while dialogue.topic and dialogue.topic.kind is not Kind.FACT:
        view = dialogue.view
        assert view
        assert (view.offers, view.leads_to, view.precedent, "a" in view.keys) == (
            (),
            (),
            None,
            False,
        )
        assert not any(run.is_marked for run in view.excerpt) or dialogue.topic.kind is Kind.PASSAGE
        shown.append(dialogue.topic.name)
        typed(dialogue, "n", *(["1"] if dialogue.topic.kind is Kind.PASSAGE else []))
    assert "limb-2" not in " ".join(shown)


def test_caveat_says_how_words_limit_the_rule() -> None:
    dialogue = interview(begin(), "passages")
    assert typed(dialogue, "g passages.214", "y", "Dangerous applicants are left out") == []
    assert dialogue.file.data["notes"] == [
        {
            "kind": "caveat",
            "note": (
                "The words “unless the offence is a violent offence or the applicant is dangerous” "
                "limit the rule and are not coded: Dangerous applicants are left out."
            ),
        }
    ]
    (settled,) = dialogue.file.data["settled"]
    assert settled["note"] == "The words limit the rule and are not coded; the notes say so."


def test_words_in_several_places_are_settled_by_name() -> None:
    rule = "A victim shall not be punished, unless the court so decides. "
    dialogue = interview(begin("\n\n".join([rule] * 8)), "passages")
    name = next(
        f"passages.{each.start}" for each in dialogue._open_passages() if not each.is_unique
    )
    typed(dialogue, f"g {name}", "n", "1")
    assert dialogue.file.answered == {name}
    assert "settled" not in dialogue.file.data


def test_adjacent_marks_have_the_space_between_them() -> None:
    text = "A victim was compelled to act as a result of it."
    runs = excerpt(text, [(0, len(text))], [(9, 29), (30, 47)])
    assert excerpt_text(runs) == "A victim >>was compelled to act<< >>as a result of it<<."


@pytest.mark.parametrize(
    ("key", "value", "finding"),
    [
        ("jurisdiction", "Utopia", 'jurisdiction must be a mapping, not the text "Utopia"'),
        ("jurisdiction", "[Utopia]", "jurisdiction must be a mapping, not a list"),
        ("instrument", "Victims Act", "instrument must be a mapping"),
        ("text", "A victim.", "text must be a mapping"),
    ],
)
def test_fact_in_another_shape_is_a_finding(key: str, value: str, finding: str) -> None:
    file = re.sub(rf"^{key}:\n(?: .*\n|\n)+", f"{key}: {value}\n", begin(), flags=re.MULTILINE)
    schema = SchemaChecker(provision_schema(codebook()))
    messages = [problem.message for problem in refusals_of(file, codebook(), schema, ())]
    assert any(message.startswith(finding) for message in messages), messages
