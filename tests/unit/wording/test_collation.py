"""Collations: case by case, for random texts, for the bundled law, and the command."""

from __future__ import annotations

import json
import re
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE
from conftest import TESTS, cases
from hypothesis import given
from hypothesis import strategies as st

from npcompare.reports.alignment_report import alignment
from npcompare.text import fold
from npcompare.wording.collation import Collation, align, collate
from npcompare.wording.phrases import Phrase, cut

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

CODED = re.compile(r"\{(\w+): ([^{}]*)\}")


def marked(text: str) -> tuple[Phrase, ...]:
    """Return the phrases of a text with its coding in braces."""
    plain, spans, end = "", [], 0
    for match in CODED.finditer(text):
        plain += text[end : match.start()]
        spans.append((len(plain), len(plain) + len(match[2]), match[1]))
        plain += match[2]
        end = match.end()
    return cut(plain + text[end:], spans)


def text_of(text: tuple[Phrase, ...]) -> str:
    return "".join(word.original for phrase in text for word in phrase.words)


def full_text(collation: Collation, name: str) -> str:
    """Return the text of one column, from top to bottom, without white space."""
    return "".join(
        re.sub(r"\s", "", passage.words[name])
        for passage in collation.passages
        if name in passage.words
    )


@pytest.mark.parametrize("case", cases("collations"))
def test_cases(case: dict[str, Any]) -> None:
    texts = {name: marked(text) for name, text in case["texts"].items()}
    base, *witnesses = texts
    for order in permutations(witnesses):
        collation = align(base, texts[base], {name: texts[name] for name in order})
        assert [dict(passage.words) for passage in collation.passages] == case["rows"]


# --- Random texts -------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "the",
        "of",
        "a",
        "victim",
        "victims",
        "shall",
        "not",
        "punished,",
        "acts.",
        "(a)",
        "or—",
        "被害者",
    ]
)
FIELDS = st.sampled_from(["persons", "relief", "link", "force"])


@st.composite
def texts(draw: st.DrawFn) -> tuple[Phrase, ...]:
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=14)))
    places = st.integers(0, len(text) - 1)
    spans = draw(st.lists(st.tuples(places, places, FIELDS), max_size=4))
    return cut(text, [(min(a, b), max(a, b) + 1, field) for a, b, field in spans])


@given(texts(), st.dictionaries(st.sampled_from("bcd"), texts(), min_size=1))
def test_no_words_are_lost_or_moved(
    base: tuple[Phrase, ...], witnesses: dict[str, tuple[Phrase, ...]]
) -> None:
    collation = align("a", base, witnesses)
    for name, text in {"a": base, **witnesses}.items():
        assert full_text(collation, name) == re.sub(r"\s", "", text_of(text))
    for passage in collation.passages:
        assert passage.words
        assert all(passage.words.values())
        assert passage.words.keys() == passage.fields.keys()
        names = [name for reading in collation.readings(passage) for name in reading.names]
        assert sorted(names) == sorted(passage.words)


@given(texts(), st.dictionaries(st.sampled_from("bcd"), texts(), min_size=2), st.randoms())
def test_order_of_witnesses_makes_no_difference(
    base: tuple[Phrase, ...], witnesses: dict[str, tuple[Phrase, ...]], random: Any
) -> None:
    names = list(witnesses)
    random.shuffle(names)
    assert align("a", base, {name: witnesses[name] for name in names}) == align(
        "a", base, witnesses
    )


@given(texts(), texts())
def test_equal_texts_are_equal_in_each_passage(
    base: tuple[Phrase, ...], witness: tuple[Phrase, ...]
) -> None:
    collation = align("a", base, {"b": base, "c": witness})
    for passage in collation.passages:
        assert passage.words.get("a") == passage.words.get("b")
    alone = align("a", base, {"b": base})
    kinds = [[reading.kind for reading in alone.readings(each)] for each in alone.passages]
    assert all(kind == ["base", "same"] for kind in kinds)


@given(texts(), texts())
def test_equal_texts_are_equal_however_they_are_coded(
    base: tuple[Phrase, ...], witness: tuple[Phrase, ...]
) -> None:
    recoded = cut(text_of(base), [(0, len(text_of(witness)), "link")])
    collation = align("a", base, {"b": recoded})
    assert all(each.words.get("a") == each.words.get("b") for each in collation.passages)


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), FIELDS)))
def test_phrases_together_are_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    folded = fold(text)
    collation = cut(folded, spans)
    assert text_of(collation) == folded
    assert all(phrase.words for phrase in collation)


def test_abbreviation_does_not_end_a_phrase() -> None:
    text = "Bill of the Penal Code Art. 7. After section 5 of Act No. 3, insert; the rest stays."
    assert [text_of((phrase,)) for phrase in cut(text)] == [
        "Bill of the Penal Code Art. 7. ",
        "After section 5 of Act No. 3, ",
        "insert; ",
        "the rest stays.",
    ]


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_text_is_kept_letter_for_letter(word: str) -> None:
    text = fold(f"A victim {word} shall not be punished, {word}")
    witness = fold(f"{word} shall not")
    collation = align("a", cut(text), {"b": cut(witness, [(0, 3, "relief")])})
    assert full_text(collation, "a") == re.sub(r"\s", "", text)
    assert full_text(collation, "b") == re.sub(r"\s", "", witness)


def test_long_texts_are_aligned_between_common_runs() -> None:
    shared = " ".join(f"word{number} stands in clause {number}," for number in range(150))
    base, witness = f"{shared} The court may. {shared}", f"{shared} The court shall. {shared}"
    collation = align("a", cut(base), {"b": cut(witness)})
    differing = [
        dict(passage.words)
        for passage in collation.passages
        if len(collation.readings(passage)[-1].names) != 1
    ]
    assert not differing
    words = [
        passage.words
        for passage in collation.passages
        if collation.readings(passage)[-1].kind == "other"
    ]
    assert words == [{"a": "The court may.", "b": "The court shall."}]
    assert full_text(collation, "b") == re.sub(r"\s", "", witness)


# --- The bundled law ----------------------------------------------------------------------------


@pytest.mark.further
def test_bundled_texts_collate_with_each_other(corpus: Corpus) -> None:
    provisions = [each for each in corpus.all_provisions() if each.text.body]
    assert len(provisions) >= 14
    for base in provisions:
        collation = collate(base, [each for each in corpus.all_provisions() if each is not base])
        assert set(collation.witnesses) == {each.id for each in provisions} - {base.id}
        for provision in provisions:
            body = re.sub(r"\s", "", provision.text.body)
            assert full_text(collation, provision.id) == body


def test_collation_of_four_treaty_texts(corpus: Corpus) -> None:
    base, *witnesses = (corpus.find(name) for name in ("coe", "asean", "eu", "ohchr"))
    collation = collate(base, witnesses)
    rows = {
        passage.words["coe-26"]: passage.words.get("asean-14-7")
        for passage in collation.passages
        if "coe-26" in passage.words
    }
    assert rows == {
        "Each Party shall,": "Each Party shall,",
        "in accordance with the basic principles of its legal system,": "subject to its domestic "
        "law, rules, regulations and polices, and in appropriate cases,",
        "provide for the possibility of": "consider",
        "not imposing penalties": "not holding",
        "on victims": "victims of trafficking in persons",
        "for their involvement in unlawful activities,": "for unlawful acts committed by them,",
        "to the extent that they have been compelled to do so.": "if such acts are directly "
        "related to the acts of trafficking.",
    }
    persons = next(each for each in collation.passages if each.words.get("coe-26") == "on victims")
    assert collation.elsewhere(persons, "ohchr-principle-7") == (1,)
    assert collation.elsewhere(persons, "eu-directive-8") == ()


# --- The command --------------------------------------------------------------------------------


def test_align_names_texts_that_are_not_available(run: Callable[..., Ran]) -> None:
    ran = run("align", "kenya", "botswana", "jamaica", "-f", "plain")
    assert ran.code == 0
    assert "Text not available: Botswana." in ran.out
    assert "Jamaica, section\N{NO-BREAK SPACE}8 (described)" in ran.out
    assert "Provides a defence" in ran.out
    assert "“provides a defence”" not in ran.out


def test_description_is_not_presented_as_law(run: Callable[..., Ran]) -> None:
    ran = run("align", "gambia", "belgium", "kenya", "-f", "markdown")
    assert "| Belgium (described) |" in ran.out
    ran = run("align", "belgium", "kenya", "-f", "markdown")
    assert "| Belgium (described; base text) |" in ran.out
    assert "| Shall not be | “shall not be”<br>Same as the base text |" in ran.out


def test_gap_in_a_description_is_not_silence_of_the_law(run: Callable[..., Ran]) -> None:
    text = run("align", "coe", "asean", "kenya", "eu", "-f", "markdown").out
    (conditions,) = [line for line in text.splitlines() if "| Conditions |" in line]
    assert conditions.endswith("| Not available | Not available |")
    (liability,) = [line for line in text.splitlines() if "| Liability |" in line]
    assert "| No corresponding words |" in liability


def test_columns_are_in_the_order_given(run: Callable[..., Ran]) -> None:
    text = run("align", "coe", "kenya", "asean", "--base", "kenya", "-f", "markdown").out
    assert (
        "| No. | Subject | Kenya, section 14 (base text) | Council of Europe, article 26 | "
        "Association of Southeast Asian Nations, article 14, paragraph 7 |"
    ) in text.replace("\N{NO-BREAK SPACE}", " ")


def test_more_than_four_texts_are_in_several_tables(corpus: Corpus) -> None:
    names = ["coe", "asean", "kenya", "eu", "wg-2009", "ohchr", "jamaica", "botswana"]
    provisions = [corpus.find(name) for name in names]
    collation = collate(provisions[0], provisions[1:])
    first, second, texts = alignment(corpus, collation, provisions).tables
    assert [[column.key for column in table.columns[2:]] for table in (first, second)] == [
        ["coe-26", "asean-14-7", "kenya", "eu-directive-8"],
        ["coe-26", "wg-2009", "ohchr-principle-7", "jamaica"],
    ]
    assert [len(first.rows), len(second.rows)] == [9, 11]
    assert [row[0].text for row in second.rows] == [str(number) for number in range(1, 12)]
    missing = "Text not available: Botswana."
    assert (missing in first.remarks, missing in second.remarks) == (False, True)
    assert [row[0].text for row in texts.rows][-1] == "Botswana"


def test_same_and_misprinted_words_are_marked(corpus: Corpus) -> None:
    provisions = [corpus.find("coe"), corpus.find("asean")]
    table = alignment(corpus, collate(provisions[0], provisions[1:]), provisions).tables[0]
    assert table.rows[0][3].text == "“Each Party shall,”\nSame as the base text"
    assert "regulations and polices [sic], and in appropriate cases,”" in table.rows[1][3].text


def test_hostile_text_is_escaped_by_every_writer(
    corpus_copy: Path, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    path = corpus_copy / "kenya.yaml"
    hostile = (
        "being trafficked <script>alert(1)</script> \\input{/etc/passwd} | =1+1 [bold]x[/bold]"
    )
    text = path.read_text(encoding="utf-8").replace("of being trafficked\n", f"of {hostile}\n", 1)
    path.write_text(text, encoding="utf-8")
    for command in (["align", "gambia", "kenya"], ["clause", "kenya", "--threshold", "causation"]):
        for suffix in ("html", "tex", "md", "docx", "xlsx"):
            path_out = tmp_path / f"{command[0]}.{suffix}"
            assert run(*command, "--corpus", corpus_copy, "-o", path_out).code == 0
        assert "<script>alert(1)" not in (tmp_path / f"{command[0]}.html").read_text("utf-8")
        assert "\\input{/etc" not in (tmp_path / f"{command[0]}.tex").read_text("utf-8")
        output = run(*command, "--corpus", corpus_copy, "-f", "plain").out
        assert "[bold]x[/bold]" in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["kenya"], "an alignment needs at least two provisions"),
        (["kenya", "KE"], "an alignment needs at least two provisions"),
        (["botswana", "kenya"], "the text of botswana is not available"),
        (["kenya", "gambia", "--base", "botswana"], "the text of botswana is not available"),
        (["kenya", "nowhere"], "nowhere"),
        ([], "BASE OTHER"),
    ],
)
def test_provisions_that_cannot_be_aligned_are_refused(
    arguments: list[str], message: str, run: Callable[..., Ran]
) -> None:
    ran = run("align", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_base_may_be_any_provision(run: Callable[..., Ran]) -> None:
    among = run("align", "gambia", "kenya", "qatar", "--base", "kenya", "-f", "json").out
    assert among == run("align", "kenya", "qatar", "gambia", "-f", "json").out
    assert among == run("align", "gambia", "qatar", "--base", "kenya", "-f", "json").out
    assert json.loads(among)["base"] == "kenya"


def test_text_that_is_too_long_is_refused(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    path = corpus_copy / "kenya.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "being trafficked\n", "being trafficked" + " x" * 10_001 + "\n", 1
    )
    path.write_text(text, encoding="utf-8")
    ran = run("align", "gambia", "kenya", "--corpus", corpus_copy)
    assert ran.code == 2
    assert "is too long to compare" in ran.err


def test_long_passages_are_in_a_table_of_texts(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    path = corpus_copy / "kenya.yaml"
    long = f"being trafficked;{' x' * 61}"
    text = path.read_text(encoding="utf-8").replace("being trafficked\n", f"{long}\n", 1)
    path.write_text(text, encoding="utf-8")
    ran = run("align", "kenya", "gambia", "--corpus", corpus_copy, "-f", "markdown")
    assert f"“x{' x' * 11} …” (text\N{NO-BREAK SPACE}1) |" in ran.out
    assert f"| 1 | “x{' x' * 60}” |" in ran.out


def test_align_is_a_layout_of_an_annex(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "beside.docx"
    assert run("export", "coe", "asean", "--layout", "align", "-o", path).code == 0
    assert run("verify", path).out.count("Up to date: every cell") == 1
    ran = run("export", "kenya", "--layout", "align")
    assert (ran.code, "needs at least two provisions" in ran.err) == (2, True)


def test_words_have_their_language_in_html(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "beside.html"
    bill = TESTS / "bills" / "utopia.yaml"
    assert run("align", "coe", bill, "-o", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert 'lang="en-GB"' in text
    assert "An adult who is a victim" in text
