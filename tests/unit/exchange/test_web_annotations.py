"""Web Annotations: every selector finds its words, and every class is one of the codebook."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from conftest import TESTS
from hypothesis import assume, given
from hypothesis import strategies as st

from npcompare.errors import NpcompareError
from npcompare.exchange.skos import write_turtle
from npcompare.exchange.text_selectors import QuotedText
from npcompare.exchange.web_annotations import write
from npcompare.law.corpus import load_corpus
from npcompare.wording.quotations import normal_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

SCHEMA = json.loads((TESTS / "unit/exchange/web-annotations.schema.json").read_text("utf-8"))

#: Who needs more: the terms in use, as the vocabulary of the W3C defines them.
OA, DCTERMS = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/"
ACTIVITIES = "http://www.w3.org/ns/activitystreams#"
CONTEXT = {
    "@vocab": OA,
    "np": "urn:npcompare:terms:",
    "dc": "http://purl.org/dc/elements/1.1/",
    "id": "@id",
    "type": "@type",
    "body": {"@id": f"{OA}hasBody"},
    "target": {"@id": f"{OA}hasTarget"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "rights": {"@id": f"{DCTERMS}rights", "@type": "@id"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "items": {"@id": f"{ACTIVITIES}items", "@container": "@list"},
    "first": {"@id": f"{ACTIVITIES}first"},
}


@pytest.fixture(scope="module")
def all_evidence(corpus: Corpus) -> Any:
    return json.loads(write(corpus, corpus.all_provisions()))


def passages(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each annotation with each of its targets."""
    for annotation in data["first"]["items"]:
        targets = annotation["target"]
        for target in targets if isinstance(targets, list) else [targets]:
            yield annotation, target


def check_selectors(text: str, words: str, quote: dict[str, Any], place: dict[str, Any]) -> None:
    """Check that both selectors find the words in a text, and the first one only there."""
    start, end = place["start"], place["end"]
    assert text[start:end] == quote["exact"]
    assert normal_form(quote["exact"]) == normal_form(words)
    passage = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text.find(passage) == start - len(quote["prefix"])
    assert text.find(passage, text.find(passage) + 1) == -1


def test_annotation_of_a_value(corpus: Corpus) -> None:
    data = json.loads(write(corpus, [corpus.find("kenya")]))
    assert data["id"] == "urn:npcompare:provision:kenya:evidence"
    assert (data["label"], data["total"]) == ("7 coded values: Kenya, section 14", 7)
    assert data["rights"] == "https://spdx.org/licenses/MIT"
    (text,) = data["np:texts"]
    assert (text["np:status"], text["np:isComplete"]) == ("excerpt", False)
    assert text["dc:source"] == "Secretariat background paper, para. 57"
    assert "They are not part of what is licensed" in text["dc:rights"]
    (link,) = [item for item in data["first"]["items"] if item["id"].endswith(":direct_result")]
    assert link["id"] == "urn:npcompare:provision:kenya:text:en:1:link:direct_result"
    assert link["body"][0]["source"] == "urn:npcompare:codebook:link:direct_result"
    assert link["body"][1]["value"] == "link: direct result"
    assert link["target"]["selector"][0] == {
        "type": "TextQuoteSelector",
        "exact": "a direct result of being trafficked",
        "prefix": "liable for any criminal act that was ",
        "suffix": "",
    }
    assert link["target"]["source"]["id"] == text["id"]


def test_structure_is_that_of_the_model(all_evidence: Any) -> None:
    jsonschema.validate(all_evidence, SCHEMA)
    identifiers = [item["id"] for item in all_evidence["first"]["items"]]
    assert len(set(identifiers)) == len(identifiers) == all_evidence["total"]


def test_every_selector_of_the_corpus_finds_its_words(corpus: Corpus, all_evidence: Any) -> None:
    texts = {text["id"]: text["value"] for text in all_evidence["np:texts"]}
    found_words = []
    for _, target in passages(all_evidence):
        quote, place = target["selector"]
        check_selectors(texts[target["source"]["id"]], quote["exact"], quote, place)
        found_words.append(normal_form(quote["exact"]))
    quoted = [
        normal_form(words)
        for provision in corpus.all_provisions()
        for fields in (*(limb.coded for limb in provision.limbs), provision.coded)
        for values in fields.values()
        for value in values
        for words in value.evidence
    ]
    assert sorted(found_words) == sorted(quoted)


#: Letters with accents apart, syllables of Hangul, letters beyond 16 bits, joiners, digits.
LETTERS = st.one_of(
    st.characters(codec="utf-8", min_codepoint=33, categories=("L", "M", "N")),
    st.sampled_from("ae\u0301o\u0327\u0323\u1100\u1161\u11a8가각\U00010330\u200d"),
)
SIGNS = st.text(st.sampled_from(".,;()“”\"'\\—\U0001f600"), max_size=2)
WORDS = st.tuples(SIGNS, st.text(LETTERS, min_size=1, max_size=5), SIGNS)


@given(
    words=st.lists(WORDS, min_size=1, max_size=30),
    space=st.sampled_from([" ", "\n", " \u2028 "]),
    data=st.data(),
)
def test_selectors_find_words_of_hostile_texts(
    words: list[tuple[str, str, str]], space: str, data: st.DataObject
) -> None:
    text = space.join("".join(parts) for parts in words)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start, len(words) - 1))
    opening, closing = len(words[start][0]), len(words[end][2])
    quotation = " ".join("".join(parts) for parts in words[start : end + 1])
    quotation = quotation[opening : len(quotation) - closing]
    selectors = QuotedText(text).selectors(quotation)
    # A part of a longer word is not quoted.
    assume(selectors)
    check_selectors(text, quotation, *selectors)


def test_context_makes_a_repeated_phrase_unique() -> None:
    text = "may be given, or " * 40 + "shall be given"
    quote, place = QuotedText(text).selectors("shall be given")
    check_selectors(text, "shall be given", quote, place)
    quote, place = QuotedText(text).selectors("may be given")
    assert len(quote["suffix"]) > 600
    check_selectors(text, "may be given", quote, place)


def test_letters_are_counted_by_code_points() -> None:
    quote, place = QuotedText("\U0001f600 \U00010330 victim").selectors("victim")
    assert (place["start"], place["end"]) == (4, 10)
    assert quote["prefix"] == "\U0001f600 \U00010330 "


def test_provision_without_a_text_is_refused(run: Callable[..., Ran], corpus: Corpus) -> None:
    with pytest.raises(NpcompareError) as caught:
        write(corpus, [corpus.find("zambia-24")])
    assert caught.value.message == "no coded value quotes words of a text: zambia-24"
    ran = run("show", "zambia-24", "--format", "jsonld")
    assert (ran.code, ran.out) == (2, "")


def test_proposed_coding_is_marked(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "clause.txt"
    path.write_text("A victim of trafficking shall not be prosecuted for any offence.", "utf-8")
    ran = run("show", path, "--format", "jsonld")
    data = json.loads(ran.out)
    jsonschema.validate(data, SCHEMA)
    assert {item["np:basis"] for item in data["first"]["items"]} == {"proposed"}
    assert data["id"].startswith("urn:npcompare:own:provision:")


def test_corpus_can_have_addresses_of_its_own(corpus_copy: Path) -> None:
    (corpus_copy / "dataset.yaml").write_text(
        "title: T\ndescription: D\nversion: 1.0.0\nlicence: {name: L, url: 'https://example.org/l'}\n"
        "creators: [{family_names: Last, given_names: First}]\nquotations: Q\n"
        "base: https://example.org/data/\n"
    )
    corpus = load_corpus(corpus_copy)
    assert corpus.problems == ()
    data = json.loads(write(corpus, [corpus.find("kenya"), corpus.find("coe-26")]))
    jsonschema.validate(data, SCHEMA)
    assert data["id"].startswith("https://example.org/data/evidence:")
    assert data["creator"] == [{"type": "Person", "name": "First Last"}]
    assert data["rights"] == "https://example.org/l"
    first = data["first"]["items"][0]
    assert first["id"].startswith("https://example.org/data/provision:kenya:text:en:")
    assert first["body"][0]["source"].startswith("urn:npcompare:codebook:")


def test_every_term_of_our_own_is_defined(corpus: Corpus, all_evidence: Any) -> None:
    used = set(re.findall(r'"np:(\w+)":', json.dumps(all_evidence)))
    vocabulary = write_turtle(corpus)
    assert used > {"texts", "field", "limb", "basis"}
    assert [name for name in used if f"\nnp:{name}\n" not in vocabulary] == []


@pytest.mark.parametrize("option", ["--evidence", "--language"])
def test_options_for_tables_are_refused(option: str, run: Callable[..., Ran]) -> None:
    values = ["fr"] if option == "--language" else []
    ran = run("show", "kenya", option, *values, "--format", "jsonld")
    assert (ran.code, f"hint: leave out {option}" in ran.err) == (2, True)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_classes_are_concepts_of_the_codebook(corpus: Corpus, all_evidence: Any) -> None:
    """Both files together are one graph, in which each annotation leads to a concept."""
    from rdflib import Graph

    # The context of the W3C is not fetched; this one has the same terms.
    data = {**all_evidence, "@context": CONTEXT}
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    graph.parse(data=write_turtle(corpus), format="turtle")
    rows = graph.query(
        f"PREFIX oa: <{OA}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?annotation ?label ?exact ?value WHERE { ?annotation a oa:Annotation ; "
        "oa:motivatedBy oa:classifying ; oa:hasBody/oa:hasSource ?concept ; "
        "oa:hasTarget ?target . ?target oa:hasSource ?text ; oa:hasSelector/oa:exact ?exact . "
        "?text <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> ?value . "
        '?concept a skos:Concept ; skos:prefLabel ?label . FILTER(lang(?label) = "en") }'
    )
    found_rows = [tuple(map(str, row)) for row in rows if isinstance(row, tuple)]
    assert len({row[0] for row in found_rows}) == all_evidence["total"]
    assert all(exact in value for _, _, exact, value in found_rows)
