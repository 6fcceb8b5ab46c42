"""A new document in the interview: what is asked, its id, its citation, and the bibliography."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interviews import begin, interview, typed

from npcompare.coding.interview_sources import new_id, source_of
from npcompare.errors import NpcompareError
from npcompare.law.bibliography import BibliographyFile
from npcompare.law.yaml_edits import read

GAZETTE = ("n", "Official Gazette of 14 March 2026", "Gazette 2026", "3")
WHOLE = (*GAZETTE, "14 March 2026", "https://gazette.example/5", "section 14")

EXISTING = """\
# Our documents.
report:   # the first
    title: 'A report: of 2020'
    short: Report 2020
    kind: report

# The end.
"""
DOCUMENT = {"title": "Act", "short": "Act 2026", "kind": "statute"}


def test_new_document_is_cited_and_added() -> None:
    dialogue = interview(begin(), "text.source")
    typed(dialogue, *WHOLE)
    assert dialogue.step == "It will be cited as: Gazette 2026, section\u00a014. Is this right?"
    assert dialogue.sources.bibliography.raw is None
    assert typed(dialogue, "y") == [
        "noted: gazette-2026, section 14",
        "the document was added to sources.yaml with the id gazette-2026",
    ]
    value = {"ref": "gazette-2026", "pinpoint": "section 14"}
    assert dialogue.file.value(("text", "source")) == value
    assert dialogue.file.value(("sources",)) == [value]
    assert dialogue.sources.bibliography.raw
    assert read(dialogue.sources.bibliography.raw.decode()).data == {
        "gazette-2026": {
            "title": "Official Gazette of 14 March 2026",
            "short": "Gazette 2026",
            "kind": "statute",
            "date": "14 March 2026",
            "url": "https://gazette.example/5",
        }
    }


def test_what_is_not_known_is_left_out() -> None:
    dialogue = interview(begin(), "text.source")
    typed(dialogue, *GAZETTE, "n", "n", "n", "y")
    assert dialogue.file.value(("text", "source")) == {"ref": "gazette-2026"}
    assert set(dialogue.sources.documents["gazette-2026"]) == {"title", "short", "kind"}


def test_back_goes_to_the_step_before() -> None:
    dialogue = interview(begin(), "text.source")
    typed(dialogue, *WHOLE, "b")
    assert dialogue.keys == ("k", "leave", "b", "s", "x", "?")
    assert dialogue.step.endswith("para. 5. Your answer so far: section 14")
    typed(dialogue, "article 2", "y")
    assert dialogue.file.value(("text", "source", "pinpoint")) == "article 2"


def test_back_leads_out_of_a_new_document() -> None:
    dialogue = interview(begin(), "text.source")
    typed(dialogue, "n", "A title", "b", "b")
    assert dialogue.step == ""
    typed(dialogue, "our-gazette")
    assert dialogue.file.value(("text", "source")) == {"ref": "our-gazette"}


@pytest.mark.parametrize("key", ["s", "x"])
@pytest.mark.parametrize("count", range(1, len(WHOLE) + 1))
def test_document_that_is_left_is_not_added(count: int, key: str) -> None:
    dialogue = interview(begin())
    typed(dialogue, "g text.source", *WHOLE[:count])
    before = dialogue.file.text
    reply = dialogue.answer(key)
    assert reply.is_stopped is (key == "x")
    assert (dialogue.file.text, dialogue.sources.bibliography.raw) == (before, None)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("n", "A"), "type the answer in words; ? shows the keys"),
        (("n", "\x1b[31mGazette"), "the answer contains a control character; type it again"),
        (("n", "\u202eGazette"), "the answer contains a control character; type it again"),
        (("n", "A title", "gazette 2025"), 'another document is cited as "gazette 2025"'),
        (("n", "A title", "Act", "10"), "type a number from 1 to 9"),
        ((*GAZETTE, "2026-13"), '"2026-13" is not a valid date: there is no month 13'),
        ((*GAZETTE, "n", "javascript:x"), "a web address begins with https:// and has no spaces"),
        ((*WHOLE, "n"), "type y to add the document, or b to change it"),
        (("Gazete 2025",), 'there is no document "Gazete 2025" in sources.yaml'),
    ],
)
def test_line_that_does_not_fit_is_refused(lines: tuple[str, ...], message: str) -> None:
    dialogue = interview(begin(), "text.source")
    typed(dialogue, *lines[:-1])
    step = dialogue.step
    assert typed(dialogue, lines[-1])[0] == message
    assert dialogue.step == step


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("first, 3", {"ref": "first", "pinpoint": "3"}),
        ("act 2020", {"ref": "first"}),
        ("Act 2020, Part 2, para. 3", {"ref": "second", "paragraph": "3"}),
        ("Act 2020, Part 3", {"ref": "first", "pinpoint": "Part 3"}),
    ],
)
def test_document_is_found_by_its_short_title(line: str, value: dict[str, str]) -> None:
    documents = {"first": {"short": "Act 2020"}, "second": {"short": "Act 2020, Part 2"}}
    assert source_of(line, documents) == value


def test_short_title_of_several_needs_an_id() -> None:
    documents = {"first": {"short": "Act"}, "second": {"short": "act"}}
    with pytest.raises(NpcompareError, match='several documents have the short title "Act"') as e:
        source_of("Act, section 2", documents)
    assert e.value.hint == "type the id of one of them: first, second"


@pytest.mark.parametrize(
    ("short", "ref"),
    [
        ("Gazette 2026", "gazette-2026-3"),
        ("Loi n\u00b0 2022, «\u00c9tat»", "loi-n-2022-etat"),
        ("الجريدة الرسمية", "document"),
        ("2026", "2026"),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_id_is_made_of_the_short_title(short: str, ref: str) -> None:
    taken: dict[str, dict[str, str]] = {"gazette-2026": {}, "gazette-2026-2": {}}
    assert new_id(short, taken) == ref


@pytest.mark.parametrize(
    "title",
    [
        '"Quoted": it\'s {a} [b] #c',
        "“Act”",
        "- # not a comment",
        "*alias &anchor !tag",
        "yes",
        "null",
        "لا \u200fيُعاقَب",  # noqa: RUF001 - the letters are Arabic
        "=cmd|' /C calc'!A0",
        "\\u001b \\n",
    ],
)
def test_hostile_title_is_text(title: str) -> None:
    dialogue = interview(begin(), "text.source")
    typed(dialogue, "n", title, title, "3", "n", "n", title, "y")
    raw = dialogue.sources.bibliography.raw
    assert raw
    (document,) = read(raw.decode()).data.values()
    assert document == {"title": title, "short": title, "kind": "statute"}


@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=2))
def test_any_title_is_kept_or_refused(title: str) -> None:
    bibliography = BibliographyFile(Path("sources.yaml"), EXISTING.encode())
    try:
        raw = bibliography.with_document("act", {**DOCUMENT, "title": title}).raw
    except NpcompareError:
        # Line separators, overrides of direction and blank titles are not taken.
        return
    assert raw
    assert raw.startswith(EXISTING.encode())
    assert read(raw.decode()).data["act"]["title"] == title


@pytest.mark.parametrize(
    "text",
    [
        EXISTING,
        EXISTING.replace("\n", "\r\n"),
        "\ufeff" + EXISTING,
        EXISTING.rstrip("\n"),
        "---\n" + EXISTING,
        "".join(f"  {line}" for line in EXISTING.splitlines(keepends=True)),
        "# Only a comment.",
        "",
    ],
)
def test_existing_bibliography_is_kept_to_the_letter(text: str) -> None:
    raw = BibliographyFile(Path("sources.yaml"), text.encode()).with_document("act", DOCUMENT).raw
    assert raw
    assert raw.startswith(text.encode())
    assert (b"\r\n" in raw) is ("\r\n" in text)
    assert raw.count(b"\n") == raw.count(b"\r\n") or "\r\n" not in text
    expected = read(text.removeprefix("\ufeff")).data or {}
    assert read(raw.decode("utf-8-sig")).data == {**expected, "act": DOCUMENT}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [\n", "a finding in line 2: the file cannot be read as YAML: a list in [ ] or a "),
        ("a: {title: A}\n", "because it has a finding in line 1: "),
        ("- a\n", "because it has a finding in line 1: "),
        ("{a: {title: A, short: A, kind: report}}\n", "at the end of sources.yaml"),
        ("a: {title: A, short: A, kind: report}\n...\n", "at the end of sources.yaml"),
        ("a: {title: \x1b, short: A, kind: report}\n", "the control character U+001B"),
        ("a: {title: \udcff, short: A, kind: report}\n", "the file is not UTF-8 text"),
    ],
)
def test_bibliography_with_findings_is_refused(text: str, message: str) -> None:
    raw = text.encode("utf-8", "surrogateescape")
    with pytest.raises(NpcompareError) as caught:
        BibliographyFile(Path("sources.yaml"), raw).with_document("act", DOCUMENT)
    assert caught.value.message.startswith("no document can be added")
    assert message in caught.value.message
