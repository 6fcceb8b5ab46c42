"""Projects of coded texts: every selection has exactly its words, and nothing else is on words."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE
from conftest import TESTS
from hypothesis import given, settings
from hypothesis import strategies as st
from qda_project import Coding, Project

from npcompare.exchange.coded_passages import one_line
from npcompare.exchange.coding_frame import coding_frame
from npcompare.exchange.refi_project import write_project
from npcompare.law.corpus import load_corpus
from npcompare.law.provision_parser import parse_provision
from npcompare.model.language_versions import in_language, languages
from npcompare.text import fold
from npcompare.wording.quotations import normal_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

CORPUS, RULES, PROPOSAL = "npcompare corpus", "npcompare rules", "npcompare suggest"


def project_of(corpus: Corpus, *names: str) -> Project:
    """Return the project of provisions, read back."""
    return Project(write_project(corpus, corpus.select(names)))


@pytest.fixture(scope="module")
def whole_project(corpus: Corpus) -> Project:
    """Return the project of the bundled corpus, read back."""
    return Project(write_project(corpus, corpus.all_provisions()))


# --- Words ----------------------------------------------------------------------------------------


def test_kenya_is_coded_word_by_word(corpus: Corpus) -> None:
    codings = project_of(corpus, "kenya").codings()
    assert {coding.text for coding in codings} == {"Kenya, section 14"}
    assert [coding[1:] for coding in codings] == [
        ("a victim of trafficking in persons", "Beneficiaries: victims of trafficking", CORPUS),
        ("a victim of trafficking in persons", "Persons: any victim", CORPUS),
        ("shall not be criminally liable", "Relief: no liability", CORPUS),
        ("shall not be criminally liable", "Stage: sentencing and liability", RULES),
        ("shall not be", "Force: mandatory", CORPUS),
        ("criminally liable", "Liability: criminal", CORPUS),
        ("any criminal act", "Offences covered: any offence", CORPUS),
        ("any criminal act", "Scope: any offence", RULES),
        ("a direct result of being trafficked", "Link: direct result", CORPUS),
        ("a direct result of being trafficked", "Threshold: causation-based", RULES),
    ]


@pytest.mark.further
def test_every_quotation_of_the_corpus_is_coded(corpus: Corpus, whole_project: Project) -> None:
    frame = coding_frame(corpus)
    expected = {
        (normal_form(words), frame.words[value.field, value.coded.value].name)
        for provision in corpus.all_provisions()
        for value in provision.coded_values
        for words in value.coded.evidence
    }
    codings = whole_project.codings()
    assert Counter(coding.user for coding in codings) == {
        CORPUS: 131,
        RULES: 57,
        "First coder": 28,
        "Second coder": 26,
    }
    by_corpus = [coding for coding in codings if coding.user == CORPUS]
    assert {(normal_form(coding.words), coding.code) for coding in by_corpus} == expected


def test_each_text_is_one_line_of_its_provision(corpus: Corpus, whole_project: Project) -> None:
    bodies = [
        fold(in_language(provision, language).text.body)
        for provision in corpus.all_provisions()
        for language in languages(provision)
    ]
    assert [whole_project.text_of(source) for source in whole_project.all("TextSource")] == bodies
    assert len(bodies) == 19
    assert (
        len(whole_project.all("Case"))
        == len(whole_project.all("Note"))
        == len(corpus.all_provisions())
    )


def test_value_without_words_is_in_the_note_alone(corpus: Corpus) -> None:
    project = project_of(corpus, "germany-154c")
    assert project.codings() == []
    assert project.all("TextSource") == []
    note = project.notes()["Germany, section 154c(2)"]
    assert "Values for which this project has no words:\r\nPersons: any victim. Source: " in note


def test_limb_note_and_doubt_are_beside_the_words(varied: Corpus) -> None:
    project = project_of(varied, "ohchr-1999-note", "gambia", "asean-14-7")
    remarks = [project.description(element) for element in project.all("PlainTextSelection")]
    assert any("Doubtful: " in remark for remark in remarks)


def test_each_language_version_is_a_text(varied: Corpus) -> None:
    project = project_of(varied, "ruritania")
    names = [source.get("name") for source in project.all("TextSource")]
    assert names == ["Ruritania, clause 9 [en]", "Ruritania, clause 9 [fr]"]
    links = {coding[:3] for coding in project.codings() if coding.code.startswith("Link")}
    assert links == {
        (names[0], "as a direct consequence of being a victim", "Link: direct consequence"),
        (names[1], "en conséquence du fait qu’elle est une victime", "Link: consequence"),
    }


def test_paraphrase_is_marked_in_the_name(corpus: Corpus) -> None:
    (source,) = (project := project_of(corpus, "jamaica")).all("TextSource")
    assert source.get("name") == "Jamaica, section 8 [paraphrase]"
    assert "not its words" in project.description(source)


def test_coders_of_the_corpus_are_users_of_its_texts(tmp_path: Path) -> None:
    folder = tmp_path / "twice"
    shutil.copytree(TESTS / "coders" / "first", folder)
    for name in ("first", "second"):
        shutil.copytree(TESTS / "coders" / name, folder / "double-coding" / name)
    corpus = load_corpus(folder)
    project = Project(write_project(corpus, corpus.all_provisions()))
    users = [user.get("name", "") for user in project.all("User")]
    assert users == [CORPUS, RULES, "First coder", "Second coder"]
    codings = {
        user: {coding[:3] for coding in project.codings() if coding.user == user} for user in users
    }
    assert codings["First coder"] == codings[CORPUS]
    assert codings["Second coder"]
    assert codings["Second coder"] != codings["First coder"]


def test_proposed_coding_is_by_the_program(run: Callable[..., Ran], tmp_path: Path) -> None:
    clause = tmp_path / "clause.txt"
    clause.write_text("A victim of trafficking shall not be prosecuted\nfor any offence.\n")
    path = tmp_path / "clause.qdpx"
    assert run("export", clause, "-o", path).code == 0
    project = Project(path.read_bytes())
    assert {coding.user for coding in project.codings()} == {PROPOSAL}
    assert Coding("clause.txt [proposed]", "any offence", "Scope: any offence", PROPOSAL) in (
        project.codings()
    )
    assert "not confirmed" in project.notes()["clause.txt"]
    assert str(tmp_path) not in project.files["project.qde"].decode()


# --- Cases ----------------------------------------------------------------------------------------


def test_case_has_the_classes_and_what_they_are_based_on(corpus: Corpus) -> None:
    project = project_of(corpus, "kenya", "germany-154c")
    kenya, germany = project.all("Case")
    values_of_kenya = project.values(kenya)
    assert values_of_kenya["ISO code"] == "KE"
    assert values_of_kenya["Threshold"] == "causation-based"
    assert values_of_kenya["Threshold: basis"] == "text"
    assert "Burden" not in values_of_kenya
    assert project.values(germany)["Threshold"] == "unknown"
    assert project.values(germany)["Threshold: basis"] == "unknown"
    (source,) = project.all("TextSource")
    assert project.values(source)["Text: Threshold"] == "causation-based"
    assert project.values(source)["Text: Language"] == "English"


def test_collections_are_sets(whole_project: Project) -> None:
    sets = {each.get("name"): len(each) for each in whole_project.all("Set")}
    assert list(sets) == ["Collection: paper", "Collection: world"]
    assert sum(sets.values()) == len(whole_project.all("TextSource")) + len(
        whole_project.all("Note")
    )


def test_names_differ_and_can_be_names_of_files(whole_project: Project) -> None:
    for tag in ("Case", "TextSource", "Note", "Variable", "Code"):
        names = [element.get("name", "") for element in whole_project.all(tag)]
        assert len({name.casefold() for name in names}) == len(names)
        if tag == "TextSource":
            assert not set('/\\:*?"<>|') & set("".join(names))
            assert max(len(f"{name}.txt".encode()) for name in names) <= 255


# --- The file -------------------------------------------------------------------------------------


def test_identifiers_are_unique_and_none_dangles(whole_project: Project) -> None:
    elements = list(whole_project.root.iter())
    guids = [element.get("guid") for element in elements if element.get("guid")]
    assert len(set(guids)) == len(guids)
    for key in ("targetGUID", "creatingUser", "creatingUserGUID"):
        assert {element.get(key) for element in elements} - {None} <= set(guids)


def test_same_provisions_give_the_same_bytes(corpus: Corpus) -> None:
    provisions = corpus.select(["kenya", "jamaica", "kenya"])
    content = write_project(corpus, provisions)
    assert content == write_project(corpus, provisions)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "project.qde"
    names = [entry.filename for entry in entries[1:]]
    assert names == sorted(names)
    assert {(entry.date_time, entry.create_system) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3)
    }


def test_options_of_annexes_are_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "a.qdpx"
    for options in (["--layout", "matrix"], ["--column", "X"], ["--columns-from", path]):
        ran = run("export", "kenya", *options, "-o", path)
        assert (ran.code, ran.out) == (2, "")
        assert f"{options[0]} is for annexes only" in ran.err
        assert not path.exists()


# --- Hostile texts --------------------------------------------------------------------------------

#: Markup, a letter with its accent apart, a syllable in parts, letters of two units in UTF-16, and
#: characters that XML cannot have.
SPECIAL = ["]]>", "e\u0301", "\u1100\u1161", "\U0001d50f", "\ufeff", "\ud800", "\x00", "\ufffe"]
WORDS = st.one_of(
    st.sampled_from([*HOSTILE, *SPECIAL]),
    st.text(min_size=1, max_size=12),
)
SPACES = st.sampled_from([" ", "\n", "\r\n", "\t", "\u2028", "\x85", "\u00a0", "  "])


@st.composite
def hostile_provisions(draw: st.DrawFn) -> Provision:
    """Draw a provision whose text, quotations and names are hostile."""
    pieces = draw(st.lists(WORDS, min_size=1, max_size=12))
    body = "".join(piece + draw(SPACES) for piece in pieces)
    words = fold(body).split(" ")
    evidence = []
    for _ in range(3):
        start = draw(st.integers(0, len(words) - 1))
        end = draw(st.integers(start + 1, len(words)))
        evidence.append(" ".join(words[start:end]) or "x")
    source = {"ref": "background-paper", "paragraph": "1"}
    limb: dict[str, Any] = {
        "persons": {"values": ["any_victim"], "evidence": evidence[0]},
        "offences": {"extent": "any", "evidence": evidence[1], "note": draw(WORDS)},
        "force": {"value": "mandatory", "evidence": evidence[2]},
        "relief": {"value": "defence", "source": source},
    }
    return parse_provision(
        {
            "id": "hostile",
            "jurisdiction": {"name": draw(WORDS), "code": None, "kind": "state"},
            "instrument": {"title": draw(WORDS), "kind": "statute"},
            "form": "statutory_defence",
            "text": {"status": "verbatim", "complete": True, "language": "en", "body": body},
            "sources": [source],
            "notes": [draw(WORDS)],
            "limbs": [limb],
        }
    )


@pytest.mark.slow
@settings(max_examples=20)
@given(provision=hostile_provisions())
def test_hostile_text_has_its_words_at_its_positions(provision: Provision, corpus: Corpus) -> None:
    project = Project(write_project(corpus, [provision]))
    by_code = {
        coding.code.partition(":")[0]: normal_form(coding.words)
        for coding in project.codings()
        if coding.user == CORPUS
    }
    limb = provision.limbs[0].coded
    for field, name in (("persons", "Persons"), ("force", "Force")):
        words = normal_form(one_line(limb[field][0].evidence[0]))
        assert by_code.get(name, "") == words
