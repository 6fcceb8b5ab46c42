"""What is read in the words of a provision: on held texts, on drafted ones, and at its limits."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from builders import HOSTILE
from conftest import TESTS, cases
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from reading import coded as wanted_of

from npcompare.analysis.classification import classify
from npcompare.coding.phrasebook import Language
from npcompare.coding.suggestions import classify_reading, suggest
from npcompare.law import json_schema
from npcompare.law.yaml_reader import read_yaml
from npcompare.text import fold
from npcompare.wording.sentences import divide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Ran

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

Values = set[tuple[int, str, str]]

#: Texts that are the law's own words.
HELD = ("verbatim", "excerpt", "translation")


def proposed(corpus: Corpus, text: str, language: str = "") -> Values:
    reading = suggest(corpus.codebook, text, language)
    return {(one.limb, one.field, one.value) for one in reading.proposals}


def coded(one: Provision) -> Values:
    limbs = [one.coded, *(limb.coded for limb in one.limbs)]
    return {
        (number, name, each.value)
        for number, fields in enumerate(limbs)
        for name, ones in fields.items()
        for each in ones
    }


def figures(pairs: Iterable[tuple[Values, Values]]) -> tuple[float, float]:
    """Return what part of the values wanted is given, and what part of those given is wanted."""
    right = wanted = given_ = 0
    for want, got in pairs:
        right, wanted, given_ = right + len(want & got), wanted + len(want), given_ + len(got)
    return right / wanted, right / given_


# --- The held texts -----------------------------------------------------------------------------


def held(corpus: Corpus) -> list[Provision]:
    return [one for one in corpus.all_provisions() if one.text.status in HELD]


def test_the_held_texts_are_read_as_they_are_coded(corpus: Corpus) -> None:
    provisions = held(corpus)
    assert len(provisions) == 8
    for one in provisions:
        reading = suggest(corpus.codebook, one.text.body, one.text.language)
        read_as = classify_reading(corpus.codebook, reading).dimensions
        coded_as = classify(corpus.codebook, one).dimensions
        for name in ("scope", "threshold", "stage"):
            assert read_as[name].values == coded_as[name].values, (one.id, name)
            assert read_as[name].categories == coded_as[name].categories
    pairs = [(coded(one), proposed(corpus, one.text.body, one.text.language)) for one in provisions]
    wrong = set().union(*(got - want for want, got in pairs))
    missing = sorted(value for want, got in pairs for value in want - got)
    assert wrong == set()
    # Of these no word of the text speaks: the paper says to whom the recommendation was made.
    assert missing == [(1, "addressee", "state"), (2, "addressee", "state")]
    assert figures(pairs)[0] >= 0.95


# --- The drafted texts --------------------------------------------------------------------------


@pytest.mark.parametrize(("half", "least"), [("drafted-tune", 0.98), ("drafted-report", 0.90)])
def test_drafted_texts_are_read_as_they_were_coded(half: str, least: float, corpus: Corpus) -> None:
    texts = [case.values[0] for case in cases(half)]
    assert len(texts) == 50
    pairs = [(wanted_of(case), proposed(corpus, case["text"], case["language"])) for case in texts]
    found, right = figures(pairs)
    assert found >= least
    assert right >= least


@pytest.mark.parametrize("half", ["drafted-tune", "drafted-report"])
def test_the_drafted_texts_are_coded_in_the_words_of_the_codebook(
    half: str, corpus: Corpus
) -> None:
    from npcompare.model.codebook import FIELDS

    for case in cases(half):
        for _, name, value in wanted_of(case.values[0]):
            assert value in corpus.codebook.vocabulary[FIELDS[name]]


@pytest.mark.parametrize("half", ["drafted-tune", "drafted-report"])
def test_the_language_of_the_drafted_texts_is_told(half: str, corpus: Corpus) -> None:
    for case in cases(half):
        one = case.values[0]
        assert suggest(corpus.codebook, one["text"]).language == one["language"]


def test_every_value_rests_on_words(corpus: Corpus) -> None:
    for case in cases("drafted-tune"):
        text = case.values[0]["text"]
        for one in suggest(corpus.codebook, text).proposals:
            assert text[one.start : one.end].strip() == text[one.start : one.end] != ""


# --- What is read, case by case -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Each thing of a list goes on from the words before it.
        (
            "A victim of trafficking shall not be (a) arrested; (b) charged; or (c) prosecuted.",
            {
                (1, "relief", "no_arrest"),
                (1, "relief", "no_charge"),
                (1, "relief", "no_prosecution"),
            },
        ),
        # Alternatives joined by "or" are limbs of their own; conditions joined by "and" are one.
        (
            "A victim is not liable for acts directly resulting from or incident to trafficking.",
            {(1, "link", "direct_result"), (2, "link", "relation")},
        ),
        (
            "A victim is not liable for compelled acts and directly resulting from trafficking.",
            {(1, "link", "compulsion"), (1, "link", "direct_result")},
        ),
        # An exception names offences that are left out.
        (
            "A victim shall not be punished for any offence, except an offence relating to drugs.",
            {(1, "offences.extent", "any"), (1, "offences.excluded", "drugs")},
        ),
        # Any offence that is narrowed by what follows is not any offence.
        (
            "A victim shall not be punished for any offence under the Immigration Act.",
            {(1, "offences.extent", "listed"), (1, "offences.categories", "immigration")},
        ),
        # A tie that is not asked for is said so only where every clause was understood.
        (
            "A victim of trafficking shall not be detained for illegal entry.",
            {(1, "link", "none")},
        ),
    ],
)
def test_what_a_sentence_is_read_as(text: str, wanted: Values, corpus: Corpus) -> None:
    fields = {name for _, name, _ in wanted}
    assert {one for one in proposed(corpus, text) if one[1] in fields} == wanted


def test_a_rule_for_others_shares_nothing_that_it_does_not_say(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking shall not be prosecuted for any offence that the victim was "
        "compelled to commit. A child victim shall not be prosecuted."
    )
    values = proposed(corpus, text)
    assert {(2, "persons", "child"), (2, "relief", "no_prosecution")} <= values
    assert not {name for number, name, _ in values if number == 2} & {"link", "offences.extent"}


#: A clause as a drafter has it: a heading, a list for adults and for children, a list of the law's
#: own with an exception, and a rule for records that refers back to both.
CLAUSE = """\
9.\tNon-punishment of victims of trafficking

(1)\tA person who is a victim of trafficking shall not be prosecuted for an offence listed in the
Schedule if \u2013
\t(a)\tin the case of an adult, the person was compelled to do the act; or
\t(b)\tin the case of a child, at the time of the act, the act was a direct consequence of the child
being a victim of trafficking, whether or not the child was compelled to do it.

(2)\t\u201cCompelled\u201d includes threats, having regard to any physical or mental illness.

(3)\tSubsection (1) does not apply to murder.

(4)\tThe court shall set aside a conviction for a listed offence unless subsection (1) would not
have applied.
"""


def test_a_clause_with_a_heading_a_list_and_a_rule_that_refers_back(corpus: Corpus) -> None:
    reading = suggest(corpus.codebook, CLAUSE)
    listed = {("offences.extent", "listed"), ("offences.categories", "scheduled")}
    spared = {*listed, ("relief", "no_prosecution"), ("force", "mandatory")}
    limbs = {
        number: {(one.field, one.value) for one in reading.proposals if one.limb == number}
        for number in (1, 2, 3)
    }
    assert limbs == {
        1: {*spared, ("persons", "adult"), ("link", "compulsion"), ("compulsion", "threats")},
        2: {*spared, ("persons", "child"), ("link", "direct_consequence")},
        # Whom it protects, and on which tie, subsection (1) says in two ways.
        3: {*listed, ("relief", "vacatur"), ("force", "mandatory"), ("addressee", "court")},
    }
    # A list may leave out what is on it: the codebook has one word for both.
    assert [reading.words(*place) for place in reading.unread] == [
        "Non-punishment of victims of trafficking",
        "murder",
    ]
    held = [reading.words(one.start, one.end) for one in reading.proposals if one.limb == 1]
    assert {"was compelled to", "shall not be"} <= set(held)


@pytest.mark.parametrize(
    "exception",
    [
        "Subsection (1) does not apply to a child.",
        "This section does not apply to a victim who was compelled to commit the offence.",
    ],
)
def test_an_exception_that_is_not_understood_is_named(exception: str, corpus: Corpus) -> None:
    text = f"A victim of trafficking shall not be detained for illegal entry. {exception}"
    reading = suggest(corpus.codebook, text)
    assert [reading.words(*place) for place in reading.unread] == [exception]


@pytest.mark.parametrize(
    "text",
    [
        "The Minister may make regulations.",
        "The court shall not vacate the conviction of a victim of trafficking.",
        "No victim of trafficking shall be exempt from prosecution.",
        "A victim of trafficking shall not be prosecuted twice for the same offence.",
        "A trafficker shall not be prosecuted if he releases the victim of trafficking.",
        "No person shall be prosecuted for assisting a victim of trafficking.",
        "A victim of trafficking shall be prosecuted for any offence he was compelled to commit.",
        "La victime de la traite n'est pas exemptée de peine.",
        "Aucune victime de la traite ne peut être exemptée de peine.",
        "Nothing in this Act prevents the prosecution of a victim of trafficking.",
        "It shall not be a defence that the victim of trafficking consented.",
        '"victim of trafficking" means a person who was not prosecuted.',
        "Whoever compels a victim of trafficking to commit an offence is guilty of that offence.",
        "An informer shall be exempt from punishment.",
        "",
        "?!",
    ],
)
def test_where_no_victim_is_given_relief_nothing_is_proposed(text: str, corpus: Corpus) -> None:
    assert [one for one in proposed(corpus, text) if one[0]] == []


def test_what_is_not_understood_is_named(corpus: Corpus) -> None:
    text = (
        "A victim of trafficking shall not be punished for illegal entry, unless the moon is full. "
        "Gibberish abounds."
    )
    reading = suggest(corpus.codebook, text)
    assert [reading.words(*place) for place in reading.unread] == [
        "unless the moon is full",
        "Gibberish abounds.",
    ]
    # Whether a tie is asked for may stand in the words that were not understood.
    assert "link" not in {one.field for one in reading.proposals}


def test_a_mark_alone_is_nothing_to_be_understood(corpus: Corpus) -> None:
    text = "\u201cA victim of trafficking shall not be punished.\n\u201d"
    assert suggest(corpus.codebook, text).unread == ()


BOTH = [(1, "compulsion"), (1, "direct_relation")]
EITHER = [(1, "compulsion"), (2, "direct_relation")]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("contrainte, par la menace ou la violence, de commettre un acte en lien direct", BOTH),
        ("contrainte, par la menace ou la violence, ou dont l'acte est en lien direct", EITHER),
    ],
)
def test_an_or_among_ways_of_compelling_parts_no_ties(
    text: str, links: list[tuple[int, str]], corpus: Corpus
) -> None:
    said = f"La victime de la traite {text} avec son exploitation n'est pas punie."
    found = suggest(corpus.codebook, said).proposals
    assert [(one.limb, one.value) for one in found if one.field == "link"] == links


def test_a_rule_whose_relief_is_not_understood_is_named_too(corpus: Corpus) -> None:
    text = "The court shall salute a victim for any offence committed as a result of trafficking."
    reading = suggest(corpus.codebook, text)
    assert {(one.field, one.value) for one in reading.proposals} >= {("link", "consequence")}
    assert "relief" not in {one.field for one in reading.proposals}
    assert reading.unread == ((0, len(text)),)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("See s. 4 of Act No. 15. Then", ["See s. 4 of Act No. 15.", "Then"]),
        ("(1) One.\n(2) Two, under section (3).", ["One.", "Two, under section (3)."]),
        ("1. One\n\n2. Two", ["One", "Two"]),
        ("Art. 12. Un.", ["Un."]),
        ("Art. 3-1. \u2013 I. \u2013 Un.\n« II. \u2013 Deux.", ["Un.", "Deux."]),
        ("No one: (a) may; or (b) shall.", ["No one: (a) may; or (b) shall."]),
        ("One —\n(a) may;\n(b) shall.", ["One —\n(a) may;\n(b) shall."]),
        ("", []),
    ],
)
def test_texts_are_divided_where_a_drafter_would(text: str, sentences: list[str]) -> None:
    assert [text[one.start : one.end] for one in divide(text)] == sentences


@given(st.text(alphabet="(1) a.b;—\n§Art 2.i", max_size=60))
def test_no_word_is_lost_in_dividing(text: str) -> None:
    at = 0
    for one in divide(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    from npcompare.law.corpus import load_corpus

    book = CORPUS.setdefault("book", load_corpus().codebook)
    reading = suggest(book, text)
    assert suggest(book, text) == reading
    classify_reading(book, reading)


CORPUS: dict[str, Any] = {}


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_do_no_harm(word: str, corpus: Corpus) -> None:
    text = f"A victim of trafficking {word} shall not be prosecuted {word}."
    assert (1, "persons", "any_victim") in proposed(corpus, text)


# --- Linear in the length of the text -----------------------------------------------------------


def test_a_longer_text_is_tried_as_often_as_it_is_longer(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: Counter[str] = Counter()
    matches = Language.matches

    def counted(self: Language, tokens: Any) -> Any:
        tried["words"] += len(tokens)
        return matches(self, tokens)

    monkeypatch.setattr(Language, "matches", counted)
    text = (TESTS / "bills" / "clause-12.txt").read_text(encoding="utf-8")
    numbers = []
    for times in (1, 5, 25):
        tried.clear()
        suggest(corpus.codebook, text * times)
        numbers.append(tried["words"])
    assert numbers == [numbers[0], 5 * numbers[0], 25 * numbers[0]]


def test_no_sentence_is_so_long_that_it_would_take_longer_than_its_length() -> None:
    for text in ("word " * 50_000, "word" * 50_000, "(a) word; " * 20_000):
        sentences = list(divide(text))
        assert max(one.end - one.start for one in sentences) <= 6_000
        assert sum(one.end - one.start for one in sentences) >= 0.99 * len(text)


# --- The command --------------------------------------------------------------------------------


def test_the_command_gives_what_scripts_rely_on(run: Callable[..., Ran]) -> None:
    path = TESTS / "bills" / "clause-12.txt"
    found = json.loads(run("suggest", path, "-f", "json").out)
    Draft7Validator(json_schema.load_schema("suggest")).validate(found)
    text = path.read_text(encoding="utf-8")
    for one in found["proposals"]:
        assert fold(text[one["start"] : one["end"]]) == one["evidence"]
    assert {one["limb"] for one in found["proposals"]} == {1, None}
    assert [one["text"] for one in found["unread"]] == [
        "The Minister may make regulations for the better carrying out of this section."
    ]
    assert found["dimensions"]["threshold"]["values"] == ["duress"]
    assert found["dimensions"]["threshold"]["basis"] == "text"
    assert found["dimensions"]["conditions"]["basis"] == "unknown"


def test_words_can_be_piped_in(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    words = "\ufeffLa victime de la traite ne peut être punie.\r\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(words)))
    found = json.loads(run("suggest", "-", "-f", "json").out)
    assert found["language"] == "fr"
    assert (1, "no_penalty") in {(one["limb"], one["value"]) for one in found["proposals"]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no file"),
        (b"\xff\xfe", "is not plain text in UTF-8"),
        (b" \n", "there are no words in"),
        (b"x" * (4 * 1024 * 1024 + 1), "is larger than 4 MB"),
    ],
)
def test_what_cannot_be_read(
    content: bytes | None, message: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "clause.txt"
    if content is not None:
        path.write_bytes(content)
    ran = run("suggest", path)
    assert (ran.code, ran.out, message in ran.err) == (2, "", True)


def test_a_coded_file_is_no_text(run: Callable[..., Ran]) -> None:
    ran = run("suggest", TESTS / "bills" / "utopia.yaml")
    assert (ran.code, "utopia.yaml is a coded file" in ran.err) == (2, True)


def test_a_language_that_there_is_not(run: Callable[..., Ran]) -> None:
    ran = run("suggest", TESTS / "bills" / "clause-12.txt", "--language", "de")
    assert (ran.code, ran.err) == (
        2,
        'npcompare: the phrase book has no language "de"\n  hint: its languages are: en, fr\n',
    )


# --- new ----------------------------------------------------------------------------------------

#: What a coder does to a new file: the places filled in, the proposals confirmed.
FILLED = {
    "  name:": "  name: Utopia",
    "  code:  #": "  code: null  #",
    "  kind:  # state": "  kind: state  # state",
    "  title:": "  title: Victims Bill",
    "  kind:  # statute": "  kind: bill  # statute",
    "pinpoint:  #": "pinpoint: clause 12  #",
    "form:  #": "form: statutory_defence  #",
    "  status:  #": "  status: verbatim  #",
}


def filled(text: str) -> str:
    for empty, full in FILLED.items():
        assert re.search(rf"^{re.escape(empty)}", text, re.MULTILINE), empty
        text = re.sub(rf"^{re.escape(empty)}(?=[ ,]|$)", full, text, flags=re.MULTILINE)
    before, after = text.split("limbs:\n")
    limbs, sources = after.split("#: Unless this is a bill")
    confirmed = re.sub(r"^# (?=- id|  |burden|standard)", "", limbs, flags=re.MULTILINE)
    return f"{before}limbs:\n{confirmed}#: Unless this is a bill{sources}"


def test_a_new_file_validates_as_soon_as_it_is_confirmed(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = TESTS / "bills" / "clause-12.txt"
    ran = run("new", "utopia-12", "--text", words)
    assert (ran.code, ran.out) == (0, "")
    path = tmp_path / "utopia-12.yaml"
    first = path.read_text(encoding="utf-8")
    assert first.startswith("# yaml-language-server: $schema=")
    assert run("validate", path).code == 1
    path.write_text(filled(first), encoding="utf-8")
    ran = run("validate", "--strict", path)
    assert (ran.code, ran.err) == (0, "1 file checked: no findings\n")
    data = read_yaml(path).data
    assert data["limbs"][0]["offences"]["excluded"] == ["scheduled"]
    assert data["burden"]["value"] == "prosecution"
    assert data["text"]["body"] == words.read_text(encoding="utf-8").strip()


SPANISH = "La víctima de trata quedará exenta de pena por las infracciones que haya cometido."


def test_a_new_file_holds_the_words_of_a_language_that_is_not_read(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clause.txt").write_text(SPANISH, encoding="utf-8")
    assert run("new", "told", "--text", "clause.txt", "--language", "es").code == 0
    told = Path("told.yaml").read_text(encoding="utf-8")
    assert f"  language: es\n  body: |2-\n    {SPANISH}\nlimbs:\n#: No values are proposed." in told
    assert "No rule matched" not in told
    assert run("new", "untold", "--text", "clause.txt").code == 0
    untold = Path("untold.yaml").read_text(encoding="utf-8")
    assert untold == told.replace("told.yaml", "untold.yaml").replace('"told"', '"untold"').replace(
        "language: es", "language:  # such as es"
    )
    empty, first = "#: - persons: {value: , ", "- persons: {value: any_victim, "
    assert empty in told
    coded = filled(told.replace(f'{empty}evidence: ""', f"{first}evidence: víctima"))
    Path("told.yaml").write_text(coded, encoding="utf-8")
    ran = run("validate", "told.yaml")
    assert (ran.code, ran.err) == (0, "1 file checked: no findings\n")


def test_what_names_no_language_does_not_get_into_a_new_file(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "clause.txt").write_text(SPANISH, encoding="utf-8")
    path = tmp_path / "x.yaml"
    ran = run("new", "x", "--text", tmp_path / "clause.txt", "--language", "es: {", "-o", path)
    assert (ran.code, path.exists()) == (2, False)
    assert 'the phrase book has no language "es: {"' in ran.err


def test_a_new_file_keeps_what_is_excluded_where_the_extent_is_not_read(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "clause.txt").write_text(
        "A victim shall not be prosecuted, save that nothing in this section avails a person "
        "charged with genocide or murder.\n",
        encoding="utf-8",
    )
    run("new", "x", "--text", tmp_path / "clause.txt", "-o", tmp_path / "x.yaml")
    assert (
        '#   offences: {extent: , excluded: [scheduled], evidence: "genocide"}  # named-offences\n'
    ) in (tmp_path / "x.yaml").read_text(encoding="utf-8")


def test_a_new_file_names_every_place_still_to_fill(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "bare").code == 0
    ran = run("validate", "bare.yaml", "-f", "json")
    messages = " ".join(one["message"] for one in json.loads(ran.out)["problems"])
    for place in ("jurisdiction.name", "jurisdiction.kind", "instrument.title", "instrument.kind"):
        assert place in messages


def test_a_file_that_is_there_is_kept(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kenya.yaml").write_text("mine", encoding="utf-8")
    ran = run("new", "kenya")
    assert (ran.code, "exists already and is kept" in ran.err) == (2, True)
    assert (tmp_path / "kenya.yaml").read_text(encoding="utf-8") == "mine"
    ran = run("new", "Kenya Act")
    assert (ran.code, '"Kenya Act" is not a valid id' in ran.err) == (2, True)
    ran = run("new", "kenya", "-o", "kenya.txt")
    assert (ran.code, "would be no coded file" in ran.err) == (2, True)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_the_words_of_a_new_file_read_back_letter_for_letter(text: str) -> None:
    from npcompare.coding.new_provision import skeleton
    from npcompare.errors import NpcompareError
    from npcompare.law.corpus import load_corpus

    book = CORPUS.setdefault("book", load_corpus().codebook)
    try:
        made = skeleton(book, "x", suggest(book, text), "s.json")
    except NpcompareError as error:
        assert "control character" in error.message  # noqa: PT017 - either is right
        return
    body = yaml.safe_load(made)["text"]["body"] or ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line if line.strip() else "" for line in lines]
    assert body == "\n".join(kept).strip("\n")
