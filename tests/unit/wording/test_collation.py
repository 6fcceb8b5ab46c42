"""Texts side by side: nothing lost, nothing moved, whatever the texts; and cases as law."""

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
    """Return the phrases of a text whose coding stands in braces."""
    plain, spans, at = "", [], 0
    for found in CODED.finditer(text):
        plain += text[at : found.start()]
        spans.append((len(plain), len(plain) + len(found[2]), found[1]))
        plain += found[2]
        at = found.end()
    return cut(plain + text[at:], spans)


def written(text: tuple[Phrase, ...]) -> str:
    return "".join(word.original for phrase in text for word in phrase.words)


def together(found: Collation, name: str) -> str:
    """Return all letters of one text, as its column has them from top to bottom."""
    return "".join(
        re.sub(r"\s", "", passage.words[name])
        for passage in found.passages
        if name in passage.words
    )


@pytest.mark.parametrize("case", cases("collations"))
def test_collations(case: dict[str, Any]) -> None:
    texts = {name: marked(text) for name, text in case["texts"].items()}
    base, *others = texts
    for order in permutations(others):
        found = align(base, texts[base], {name: texts[name] for name in order})
        assert [dict(passage.words) for passage in found.passages] == case["rows"]


# --- Whatever the texts -------------------------------------------------------------------------

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
def test_nothing_is_lost_or_moved(
    base: tuple[Phrase, ...], others: dict[str, tuple[Phrase, ...]]
) -> None:
    found = align("a", base, others)
    for name, text in {"a": base, **others}.items():
        assert together(found, name) == re.sub(r"\s", "", written(text))
    for passage in found.passages:
        assert passage.words
        assert all(passage.words.values())
        assert passage.words.keys() == passage.fields.keys()
        shown = [name for one in found.readings(passage) for name in one.names]
        assert sorted(shown) == sorted(passage.words)


@given(texts(), st.dictionaries(st.sampled_from("bcd"), texts(), min_size=2), st.randoms())
def test_the_order_of_the_others_changes_nothing(
    base: tuple[Phrase, ...], others: dict[str, tuple[Phrase, ...]], random: Any
) -> None:
    names = list(others)
    random.shuffle(names)
    assert align("a", base, {name: others[name] for name in names}) == align("a", base, others)


@given(texts(), texts())
def test_the_same_text_is_the_same_in_each_row(
    base: tuple[Phrase, ...], other: tuple[Phrase, ...]
) -> None:
    found = align("a", base, {"b": base, "c": other})
    for passage in found.passages:
        assert passage.words.get("a") == passage.words.get("b")
    alone = align("a", base, {"b": base})
    kinds = [[one.kind for one in alone.readings(each)] for each in alone.passages]
    assert all(one == ["base", "same"] for one in kinds)


@given(texts(), texts())
def test_the_same_words_are_the_same_however_they_are_coded(
    base: tuple[Phrase, ...], other: tuple[Phrase, ...]
) -> None:
    recoded = cut(written(base), [(0, len(written(other)), "link")])
    found = align("a", base, {"b": recoded})
    assert all(one.words.get("a") == one.words.get("b") for one in found.passages)


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), FIELDS)))
def test_phrases_are_the_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    folded = fold(text)
    found = cut(folded, spans)
    assert written(found) == folded
    assert all(phrase.words for phrase in found)


def test_no_phrase_ends_at_a_word_cut_short() -> None:
    text = "Bill of the Penal Code Art. 7. After section 5 of Act No. 3, insert; the rest stays."
    assert [written((one,)) for one in cut(text)] == [
        "Bill of the Penal Code Art. 7. ",
        "After section 5 of Act No. 3, ",
        "insert; ",
        "the rest stays.",
    ]


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_texts_keep_their_letters(word: str) -> None:
    text = fold(f"A victim {word} shall not be punished, {word}")
    other = fold(f"{word} shall not")
    found = align("a", cut(text), {"b": cut(other, [(0, 3, "relief")])})
    assert together(found, "a") == re.sub(r"\s", "", text)
    assert together(found, "b") == re.sub(r"\s", "", other)


def test_long_texts_are_fixed_where_they_run_alike() -> None:
    """Texts too long to be compared word by word are compared between their common runs."""
    shared = " ".join(f"word{number} stands in clause {number}," for number in range(150))
    base, other = f"{shared} The court may. {shared}", f"{shared} The court shall. {shared}"
    found = align("a", cut(base), {"b": cut(other)})
    differing = [
        dict(one.words) for one in found.passages if len(found.readings(one)[-1].names) != 1
    ]
    assert not differing
    changed = [one.words for one in found.passages if found.readings(one)[-1].kind == "other"]
    assert changed == [{"a": "The court may.", "b": "The court shall."}]
    assert together(found, "b") == re.sub(r"\s", "", other)


# --- The bundled law ----------------------------------------------------------------------------


def test_every_text_beside_every_other(corpus: Corpus) -> None:
    held = [one for one in corpus.all_provisions() if one.text.body]
    assert len(held) >= 14
    for base in held:
        found = collate(base, [one for one in corpus.all_provisions() if one is not base])
        assert set(found.witnesses) == {one.id for one in held} - {base.id}
        for one in held:
            assert together(found, one.id) == re.sub(r"\s", "", one.text.body)


def test_the_four_texts_of_the_treaties(corpus: Corpus) -> None:
    base, *others = (corpus.find(name) for name in ("coe", "asean", "eu", "ohchr"))
    found = collate(base, others)
    rows = {
        passage.words["coe-26"]: passage.words.get("asean-14-7")
        for passage in found.passages
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
    persons = next(one for one in found.passages if one.words.get("coe-26") == "on victims")
    assert found.elsewhere(persons, "ohchr-principle-7") == (3,)
    assert found.elsewhere(persons, "eu-directive-8") == ()


# --- The command --------------------------------------------------------------------------------


def test_align_says_what_is_not_held(run: Callable[..., Ran]) -> None:
    ran = run("align", "kenya", "botswana", "jamaica", "-f", "plain")
    assert ran.code == 0
    assert "Text not available: botswana." in ran.out
    assert "jamaica (described): provides a defence" in ran.out
    assert "“provides a defence”" not in ran.out


def test_a_description_is_never_said_to_be_the_law(run: Callable[..., Ran]) -> None:
    ran = run("align", "gambia", "belgium", "kenya", "-f", "markdown")
    assert "**belgium (described), kenya**: the same" in ran.out
    ran = run("align", "belgium", "kenya", "-f", "markdown")
    assert "| belgium (described), base text |" in ran.out
    assert "| shall not be |" in ran.out


def test_nothing_is_said_of_words_that_are_not_held(run: Callable[..., Ran]) -> None:
    text = run("align", "coe", "asean", "kenya", "eu", "-f", "markdown").out
    (conditions,) = [line for line in text.splitlines() if "| Conditions |" in line]
    assert conditions.endswith("**eu-directive-8 (described), kenya**: not available |")
    (liability,) = [line for line in text.splitlines() if "| Liability |" in line]
    assert "| no corresponding words |" in liability


def test_hostile_law_is_escaped_by_every_writer(
    own: Path, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    path = own / "kenya.yaml"
    hostile = (
        "being trafficked <script>alert(1)</script> \\input{/etc/passwd} | =1+1 [bold]x[/bold]"
    )
    text = path.read_text(encoding="utf-8").replace("of being trafficked\n", f"of {hostile}\n", 1)
    path.write_text(text, encoding="utf-8")
    for command in (["align", "gambia", "kenya"], ["clause", "kenya", "--threshold", "causation"]):
        for suffix in ("html", "tex", "md", "docx", "xlsx"):
            made = tmp_path / f"{command[0]}.{suffix}"
            assert run(*command, "--corpus", own, "-o", made).code == 0
        assert "<script>alert(1)" not in (tmp_path / f"{command[0]}.html").read_text("utf-8")
        assert "\\input{/etc" not in (tmp_path / f"{command[0]}.tex").read_text("utf-8")
        shown = run(*command, "--corpus", own, "-f", "plain").out
        assert "[bold]x[/bold]" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kenya"], "an alignment needs at least two provisions"),
        (["kenya", "KE"], "an alignment needs at least two provisions"),
        (["botswana", "kenya"], "the text of botswana is not available"),
        (["kenya", "gambia", "--base", "botswana"], "the text of botswana is not available"),
        (["kenya", "nowhere"], "nowhere"),
        ([], "BASE OTHER"),
    ],
)
def test_what_cannot_be_aligned(arguments: list[str], said: str, run: Callable[..., Ran]) -> None:
    ran = run("align", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_base_may_be_any_of_them_or_another(run: Callable[..., Ran]) -> None:
    among = run("align", "gambia", "kenya", "qatar", "--base", "kenya", "-f", "json").out
    assert among == run("align", "kenya", "qatar", "gambia", "-f", "json").out
    assert among == run("align", "gambia", "qatar", "--base", "kenya", "-f", "json").out
    assert json.loads(among)["base"] == "kenya"


def test_a_text_too_long_is_refused(own: Path, run: Callable[..., Ran]) -> None:
    path = own / "kenya.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "being trafficked\n", "being trafficked" + " x" * 10_001 + "\n", 1
    )
    path.write_text(text, encoding="utf-8")
    ran = run("align", "gambia", "kenya", "--corpus", own)
    assert ran.code == 2
    assert "is too long to compare" in ran.err


def test_an_alignment_is_a_layout_of_an_annex(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "beside.docx"
    assert run("export", "coe", "asean", "--layout", "align", "-o", path).code == 0
    assert run("verify", path).out.count("Up to date: every cell") == 1
    ran = run("export", "kenya", "--layout", "align")
    assert (ran.code, "needs at least two provisions" in ran.err) == (2, True)


def test_the_words_bear_their_language(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "beside.html"
    bill = TESTS / "bills" / "utopia.yaml"
    assert run("align", "coe", bill, "-o", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert 'lang="en-GB"' in text
    assert "An adult who is a victim" in text
