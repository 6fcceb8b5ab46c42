"""The interview as a state machine: what is asked next, and what an answer does to the file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews import CLAUSE, begin, codebook, interview, typed

from npcompare.coding.interview_agenda import Kind
from npcompare.coding.interview_file import InterviewFile
from npcompare.coding.interview_words import interview_words
from npcompare.errors import NpcompareError
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.yaml_edits import read
from npcompare.model.codebook import FIELDS
from npcompare.model.conditions import leaves


def test_every_field_has_a_question() -> None:
    words = interview_words()
    assert set(words.fields) == set(FIELDS)
    for field in words.fields.values():
        for name, values in leaves(field.when) if field.when else ():
            vocabulary = FIELDS.get(name, name)
            assert set(values) <= set(codebook().vocabulary[vocabulary])


def test_accepted_values_are_in_the_file() -> None:
    asked = interview(begin())
    assert typed(asked, "y", "a") == ["noted: any victim: “A victim of trafficking”"]
    assert asked.file.limbs == [
        {"id": "1", "persons": {"value": "any_victim", "evidence": "A victim of trafficking"}}
    ]
    assert asked.topic
    assert asked.topic.name == "limb-1.offences"


def test_answers_are_asked_once() -> None:
    asked = interview(begin())
    names = []
    while asked.topic and asked.topic.kind is not Kind.FACT:
        names.append(asked.topic.name)
        typed(asked, "n", *(["3"] if asked.topic.kind is Kind.PASSAGE else []))
    assert names == [
        *("limb-1", "limb-2", "further", "raised_by", "burden", "standard"),
        *("passages.6", "passages.77", "passages.169", "passages.214"),
    ]
    again = interview(asked.file.text)
    assert again.topic
    assert again.topic.name == "jurisdiction.name"


POOL = [
    *("a", "n", "y", "s", "b", "k", "q", "p", "d", "0", "?", "", "1", "2", "3", "9", "1 3", "a 2"),
    *("q 2", "d 2", "g burden", "g limb-2.relief", "g nothing", "d 1 2", "2 2", "mandatory"),
    *("shall not be prosecuted", "an offence", "the victim", "conviction for such an offence"),
    *("The words are unclear", "Utopia", "2026", "2026-05", "KE", "en", "bill", "our-gazette, 4"),
    *("\x1b[31m", "a: b", "# not a comment", '"', "لا يُعاقَب", "x" * 500),
]


@given(st.lists(st.sampled_from(POOL), max_size=40), st.booleans())
def test_any_answers_leave_a_file_that_resumes(lines: list[str], is_blind: bool) -> None:
    asked = interview(begin(), is_blind=is_blind)
    for line in lines:
        before, name = asked.file, asked.topic.name if asked.topic else ""
        asked.answer(line)
        file = read(asked.file.text)
        assert (file.problems, file.is_readable) == ([], True)
        assert asked.file.body == before.body
        for pointer, value in values(before).items():
            assert values(asked.file).get(pointer) == value or pointer == name
    again = interview(asked.file.text, is_blind=is_blind)
    assert values(again.file) == values(asked.file)
    answered = [topic.name for topic in again._topics() if topic.is_answered]
    assert again.topic is None or again.topic.name not in answered


def values(file: InterviewFile) -> dict[str, Any]:
    """Return each coded value of a file by the name of its question."""
    coded = {f"limb-{limb['id']}.{name}": limb[name] for limb in file.limbs for name in limb}
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
