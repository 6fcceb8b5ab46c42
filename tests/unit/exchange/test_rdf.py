"""Turtle and JSON-LD: an independent reader gets every text and every IRI back as it is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcompare.exchange.rdf import (
    RDFS,
    SKOS,
    Iri,
    Literal,
    Resource,
    iri_part,
    json_ld,
    turtle,
)

#: rdflib says so of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

PREFIXES = {"skos": SKOS, "rdfs": RDFS, "cb": "urn:example:codebook:"}
CONCEPT = (f"{SKOS}Concept",)

#: Every character that a file of npcompare can have: no zero and, in UTF-8, no surrogates.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
NAMES = st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1)


def test_turtle_of_a_concept() -> None:
    concept = Resource(
        "urn:example:codebook:threshold:duress",
        CONCEPT,
        (
            (f"{SKOS}inScheme", [Iri("urn:example:codebook")]),
            (f"{SKOS}prefLabel", [Literal("duress", "en"), Literal('"contrainte"', "fr")]),
            (f"{SKOS}altLabel", []),
            (f"{SKOS}notation", [Literal("a\\b\n")]),
        ),
    )
    assert turtle([concept], PREFIXES) == (
        f"@prefix skos: <{SKOS}> .\n@prefix rdfs: <{RDFS}> .\n"
        "@prefix cb: <urn:example:codebook:> .\n\n"
        "cb:threshold:duress\n    a skos:Concept ;\n    skos:inScheme <urn:example:codebook> ;\n"
        '    skos:prefLabel\n        "duress"@en ,\n        "\\"contrainte\\""@fr ;\n'
        '    skos:notation "a\\\\b\\n" .\n'
    )


#: A scheme with all kinds of values, and with characters that end an IRI or a text.
SCHEME = Resource(
    "urn:example:codebook:",
    (f"{SKOS}ConceptScheme", "urn:other#Scheme"),
    (
        (f"{SKOS}note", [Literal('a\t\r"\\\u2028\x7f\u00e9', "en"), Literal("4")]),
        (f"{SKOS}altLabel", []),
        (f"{SKOS}hasTopConcept", [Iri("urn:example:codebook:a b"), Iri("urn:x>{y}")]),
        (f"{RDFS}seeAlso", [Iri(f"{SKOS}a:b-")]),
    ),
)


def test_turtle_escapes_what_ends_an_iri_or_a_text() -> None:
    lines = turtle([SCHEME, SCHEME], PREFIXES).splitlines()
    assert lines[3:13] == [
        "",
        "<urn:example:codebook:>",
        "    a skos:ConceptScheme, <urn:other#Scheme> ;",
        "    skos:note",
        '        "a\\t\\r\\"\\\\\\u2028\\u007Fé"@en ,',
        '        "4" ;',
        "    skos:hasTopConcept",
        "        <urn:example:codebook:a\\u0020b> ,",
        "        <urn:x\\u003E\\u007By\\u007D> ;",
        f"    rdfs:seeAlso <{SKOS}a:b-> .",
    ]
    assert lines[13:] == lines[3:13]


def test_json_ld_of_a_scheme() -> None:
    text = json_ld([SCHEME], PREFIXES)
    assert text.startswith('{\n "@context": {\n  "skos": ')
    assert text.endswith("}\n")
    assert "\u00e9" in text
    assert json.loads(text) == {
        "@context": PREFIXES,
        "@graph": [
            {
                "@id": "urn:example:codebook:",
                "@type": ["skos:ConceptScheme", "urn:other#Scheme"],
                "skos:note": [
                    {"@language": "en", "@value": 'a\t\r"\\\u2028\x7f\u00e9'},
                    {"@value": "4"},
                ],
                "skos:hasTopConcept": [
                    {"@id": "urn:example:codebook:a b"},
                    {"@id": "urn:x>{y}"},
                ],
                "rdfs:seeAlso": [{"@id": f"{SKOS}a:b-"}],
            }
        ],
    }


@pytest.mark.slow
@given(
    texts=st.lists(st.tuples(TEXTS, st.sampled_from(["", "en", "ar", "zh-hans"])), min_size=1),
    name=NAMES,
    is_turtle=st.booleans(),
)
def test_texts_and_iris_come_back(
    texts: list[tuple[str, str]], name: str, *, is_turtle: bool
) -> None:
    from rdflib import Graph, URIRef
    from rdflib import Literal as RdfLiteral
    from rdflib.namespace import RDF, SKOS

    subject = f"urn:example:codebook:{iri_part(name)}"
    resource = Resource(subject, CONCEPT, ((f"{SKOS}note", [Literal(*text) for text in texts]),))
    graph = Graph()
    if is_turtle:
        graph.parse(data=turtle([resource], PREFIXES), format="turtle")
    else:
        graph.parse(data=json_ld([resource], PREFIXES), format="json-ld")
    assert graph.value(predicate=RDF.type, object=SKOS.Concept) == URIRef(subject)
    notes = {RdfLiteral(text, language or None) for text, language in texts}
    assert set(graph.objects(None, SKOS.note)) == notes


def test_name_becomes_a_part_of_an_iri() -> None:
    assert iri_part("no_penalty") == "no_penalty"
    assert iri_part("a:b/c d<é>") == "a%3Ab%2Fc%20d%3Cé%3E"
    assert iri_part("a–b") == "a%E2%80%93b"
