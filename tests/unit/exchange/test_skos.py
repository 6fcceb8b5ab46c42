"""The codebook in SKOS: what it says of classes, and what independent checkers say of it."""

from __future__ import annotations

import logging
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS

from npcompare.exchange.skos import write_json_ld, write_turtle
from npcompare.law.corpus import load_corpus
from npcompare.law.translation import LANGUAGES, catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus

#: rdflib says so of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ROOT = TESTS.parent
SKOS = "http://www.w3.org/2004/02/skos/core#"


@pytest.fixture(scope="module")
def turtle(corpus: Corpus) -> str:
    return write_turtle(corpus)


@pytest.fixture(scope="module")
def graph(turtle: str) -> Any:
    from rdflib import Graph

    return Graph().parse(data=turtle, format="turtle")


def block(turtle: str, name: str) -> str:
    """Return what the file says of one resource."""
    (text,) = (part for part in turtle.split("\n\n") if part.startswith(f"{name}\n"))
    return f"{text}\n"


def test_class_has_its_order_definition_and_source(turtle: str) -> None:
    causation = block(turtle, "cb:threshold:causation")
    for line in (
        "    skos:topConceptOf <urn:npcompare:codebook> ;",
        '    skos:notation "threshold:causation" ;',
        '        "causation-based"@en ,',
        '        "fondé sur la causalité"@fr ,',
        "    np:protectsFurtherThan cb:threshold:duress_and_causation ;",
        "    np:mayProtectFurtherThan cb:threshold:duress .",
    ):
        assert f"{line}\n" in causation
    assert '"Only a link between the act and the trafficking is required."@en' in causation
    assert re.search(r'dct:source "Background paper .* tenth meeting, para. 61"@en ;', causation)
    assert "broader" not in causation


def test_reserved_step_has_its_reason_and_source(turtle: str) -> None:
    step = block(turtle, "cb:threshold:causation:than:duress")
    assert "rdf:predicate np:mayProtectFurtherThan ;" in step
    assert '"A causation-based defence may, in practice, be broader' in step
    assert 'tenth meeting, para. 62"@en .' in step


def test_only_categories_have_broader_ones(turtle: str) -> None:
    broader = {
        part.partition("\n")[0]: line.strip(" ;.").partition(" ")[2]
        for part in turtle.split("\n\n")
        for line in part.splitlines()
        if line.startswith("    skos:broader ")
    }
    assert broader == {
        "cb:persons:adult": "cb:persons:any_victim",
        "cb:persons:child": "cb:persons:any_victim",
        "cb:beneficiaries:trafficking": "cb:beneficiaries:any_exploitation",
        "cb:beneficiaries:severe_forms": "cb:beneficiaries:trafficking",
        "cb:beneficiaries:slavery": "cb:beneficiaries:any_exploitation",
    }
    assert "    np:implies cb:relief:no_prosecution ." in block(turtle, "cb:relief:no_charge")


def test_dimension_is_a_collection_of_its_classes(turtle: str) -> None:
    threshold = block(turtle, "cb:threshold")
    assert "    a skos:Collection ;" in threshold
    assert '"What link between the offence and the trafficking is required?"@en' in threshold
    assert "        cb:threshold:status .\n" in threshold
    assert "    skos:prefLabel\n" in block(turtle, "cb:instrument_kind")


def test_translation_with_a_source_is_not_marked(corpus: Corpus, turtle: str) -> None:
    concept = block(turtle, "cb:link:direct_consequence")
    labels, _, marked = concept.partition("np:proposedLabel")
    assert '"conséquence directe"@fr' in labels
    assert '"conséquence directe"@fr' not in marked
    assert "direct consequence" not in catalogue_of("fr", statutes=corpus.folder).proposed
    note = "made for npcompare and not taken from a published document: label in "
    assert note in marked


def test_every_proposed_label_is_marked(corpus: Corpus, turtle: str) -> None:
    """A label that has no source in a language is never given without the mark."""
    catalogues = [catalogue_of(tag, statutes=corpus.folder) for tag in LANGUAGES[1:]]
    blocks = {part.partition("\n")[0]: part for part in turtle.split("\n\n")}
    for name, terms in corpus.codebook.vocabulary.items():
        for term in terms.values():
            marked = blocks[f"cb:{name}:{term.word}"].partition("np:proposedLabel")[2]
            for catalogue in catalogues:
                if term.label in catalogue.proposed:
                    assert f'"{catalogue.text(term.label)}"@{catalogue.language}' in marked


def test_certain_order_is_that_of_comparisons(corpus: Corpus, turtle: str) -> None:
    """What follows from np:protectsFurtherThan is what comparisons take for certain."""
    for dimension in corpus.codebook.dimensions.values():
        steps = {(step.wider, step.narrower) for step in dimension.order if not step.hedge}
        while derived := {(a, d) for a, b in steps for c, d in steps if b == c} - steps:
            steps |= derived
        assert steps == dimension.scale.wider - dimension.scale.qualified
    assert turtle.count("rdf:predicate np:mayProtectFurtherThan") == 1


def test_codebook_of_ones_own_has_other_names(tmp_path: Path) -> None:
    shutil.copy(ROOT / "schemas" / "codebook.yaml", tmp_path / "codebook.yaml")
    shutil.copy(ROOT / "statutes" / "kenya.yaml", tmp_path / "kenya.yaml")
    shutil.copy(ROOT / "statutes" / "sources.yaml", tmp_path / "sources.yaml")
    same = write_turtle(load_corpus(tmp_path))
    assert "@prefix cb: <urn:npcompare:codebook:> ." in same
    path = tmp_path / "codebook.yaml"
    path.write_text(path.read_text("utf-8").replace("label: adults", "label: grown-ups"), "utf-8")
    changed_labels = write_turtle(load_corpus(tmp_path))
    assert "@prefix cb: <urn:npcompare:own:codebook:> ." in changed_labels
    assert "urn:npcompare:codebook" not in changed_labels


@pytest.mark.slow
def test_turtle_and_json_ld_say_the_same(corpus: Corpus, graph: Any) -> None:
    from rdflib import Graph
    from rdflib.compare import isomorphic

    data = Graph().parse(data=write_json_ld(corpus), format="json-ld")
    assert isomorphic(data, graph)


@pytest.mark.slow
def test_labels_come_back(corpus: Corpus, graph: Any) -> None:
    from rdflib import URIRef
    from rdflib.namespace import SKOS

    for name, terms in corpus.codebook.vocabulary.items():
        for term in terms.values():
            concept = URIRef(f"urn:npcompare:codebook:{name}:{term.word}")
            labels = {
                label.language: str(label) for label in graph.objects(concept, SKOS.prefLabel)
            }
            assert labels["en"] == term.label
            for tag in LANGUAGES[1:]:
                catalogue = catalogue_of(tag, statutes=corpus.folder)
                if term.label in catalogue.messages:
                    assert labels[tag] == catalogue.text(term.label)


@pytest.mark.slow
def test_skosify_finds_nothing_to_mend(graph: Any, caplog: pytest.LogCaptureFixture) -> None:
    import skosify
    from rdflib.compare import isomorphic

    with caplog.at_level(logging.WARNING):
        checked = skosify.skosify(graph, set_modified=False)
    assert [record.getMessage() for record in caplog.records] == []
    assert isomorphic(checked, graph)


#: Conditions of the SKOS reference, as queries that find what breaks them.
CONDITIONS = {
    "S9, S37: concepts, collections and schemes are different things": (
        "?thing a skos:Concept ; a ?other . FILTER(?other IN (skos:Collection, skos:ConceptScheme))"
    ),
    "S13: a preferred label is no alternative one": (
        "?thing skos:prefLabel ?label ; skos:altLabel ?label"
    ),
    "S14: one preferred label in each language": (
        "?thing skos:prefLabel ?one, ?two . FILTER(?one != ?two && lang(?one) = lang(?two))"
    ),
    "a concept is not broader than itself": "?thing skos:broader+ ?thing",
    "each concept has a label, a definition and a notation": (
        "?thing a skos:Concept . FILTER NOT EXISTS "
        "{ ?thing skos:prefLabel ?a ; skos:definition ?b ; skos:notation ?c }"
    ),
    "a notation belongs to one concept": (
        "?thing skos:notation ?code . ?other skos:notation ?code . FILTER(?thing != ?other)"
    ),
    "np:protectsFurtherThan has no cycle": (
        "?thing <urn:npcompare:terms:protectsFurtherThan>+ ?thing"
    ),
    "what protects further is of the same collection": (
        "?thing <urn:npcompare:terms:protectsFurtherThan> ?other . FILTER NOT EXISTS "
        "{ ?collection skos:member ?thing, ?other }"
    ),
    "each IRI that is referred to is described": (
        "?thing ?property ?other . FILTER(isIRI(?other) && STRSTARTS(STR(?other), 'urn:')) "
        "FILTER NOT EXISTS { ?other a ?type }"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("condition", CONDITIONS)
def test_condition_of_skos_holds(condition: str, graph: Any) -> None:
    query = f"PREFIX skos: <{SKOS}> SELECT ?thing WHERE {{ {CONDITIONS[condition]} }}"
    assert list(graph.query(query)) == []
