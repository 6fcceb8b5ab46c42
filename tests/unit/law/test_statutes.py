"""The bundled corpus: the form of its files, the evidence for its coding, and its schemas."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from conftest import PACKAGE, TESTS, yaml_data
from jsonschema import Draft7Validator

from npcompare.law import json_schema
from npcompare.model.codebook import FIELDS
from npcompare.text import fold
from npcompare.wording.quotations import places

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus

STATUTES = TESTS.parent / "statutes"
SCHEMAS = TESTS.parent / "schemas"
FILES = sorted(STATUTES.rglob("*.yaml"))


def test_bundled_corpus_has_no_findings(corpus: Corpus) -> None:
    assert corpus.problems == ()
    is_apart = {"labels", "double-coding"}
    files = [path for path in FILES if not is_apart & set(path.relative_to(STATUTES).parts)]
    assert corpus.file_count == len(files) + 1


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_file_has_the_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    depth = len(path.relative_to(STATUTES).parts)
    schemas = {
        "sources": "sources",
        "dataset": "dataset",
        "profiles": "profile",
        "labels": "corpus-labels",
    }
    name = schemas.get(path.stem if path.parent == STATUTES else path.parent.name, "provision")
    schema_line = f"# yaml-language-server: $schema={'../' * depth}schemas/{name}.schema.json"
    # `agree --adjudicate` writes the decisions on a double coding.
    assert path.name == "settled.yaml" or lines[0] == schema_line
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\t" not in text
    assert "\r" not in text


def test_every_coded_value_has_a_source_and_evidence(corpus: Corpus) -> None:
    for provision in corpus.all_provisions():
        body = fold(provision.text.body)
        codings = [provision.coded] + [limb.coded for limb in provision.limbs]
        for fields in codings:
            for value in (value for values in fields.values() for value in values):
                assert value.source is not None
                # The background paper has numbered paragraphs; a web page has none.
                assert value.source.place or value.source.ref != "background-paper"
                for words in value.evidence:
                    assert len(places(body, words)) == 1, (provision.id, words)


def test_doubtful_readings_of_the_paper(corpus: Corpus) -> None:
    """The other reading of each doubtful value; empty if it cannot be coded."""
    doubts = {
        (provision.id, limb.id, field): value.doubt
        for provision in corpus.provisions()
        for limb in provision.limbs
        for field, values in limb.coded.items()
        for value in values
        if value.doubt is not None
    }
    assert all(doubt.note for doubt in doubts.values())
    notes = "".join(path.read_text(encoding="utf-8") for path in STATUTES.glob("*.yaml"))
    assert "reading is doubtful" not in notes
    any_offence = {"offences.extent": ("any",)}
    any_act = {"offences.extent": ("any_unlawful_act",)}
    no_link = {"link": ("none",)}
    assert {place: doubt.values for place, doubt in doubts.items()} == {
        ("cop-resolution-5-2", "1", "offences.extent"): any_act,
        ("gambia", "1", "offences.extent"): any_offence,
        ("gambia", "1", "link"): no_link,
        ("ohchr-1999-note", "1", "link"): no_link,
        ("ohchr-guideline-4-5", "activities", "offences.extent"): any_act,
        ("ohchr-principle-7", "entry-and-residence", "offences.extent"): {},
        ("ohchr-principle-7", "entry-and-residence", "offences.categories"): {},
        ("us-vacatur-broad", "1", "offences.extent"): any_offence,
        ("us-vacatur-broad", "1", "offences.categories"): any_offence,
        ("us-vacatur-broad", "1", "relief"): {"relief": ("vacatur",)},
        ("us-vacatur-prostitution", "1", "relief"): {"relief": ("vacatur",)},
        ("wg-2017", "1", "decision"): {},
        ("wg-2018", "1", "decision"): {},
    }


def test_fuller_rows_are_on_the_same_law(corpus: Corpus) -> None:
    codes = {provision.id: provision.jurisdiction.code for provision in corpus.all_provisions()}
    paper = {provision.id for provision in corpus.provisions()}
    pointers = {provision.id: provision.fuller for provision in corpus.all_provisions()}
    assert set(filter(pointers.get, pointers)) <= paper
    for name, fuller in pointers.items():
        assert paper.isdisjoint(fuller)
        assert {codes[one].partition("-")[0] for one in fuller} <= {codes[name]}


#: Where the background paper quotes each law, with the first and last words of the quotation.
#: Checked by hand against the paper, paragraph by paragraph.
QUOTED = yaml_data(TESTS / "cases" / "quotations.yaml")


def test_quotations_match_the_background_paper(corpus: Corpus) -> None:
    quotations = {
        provision.id: {
            "place": provision.text.source.place if provision.text.source else "",
            "words": len(fold(provision.text.body).split(" ")),
            "begins": " ".join(fold(provision.text.body).split(" ")[:5]),
            "ends": " ".join(fold(provision.text.body).split(" ")[-5:]),
            "sha256": hashlib.sha256(fold(provision.text.body).encode()).hexdigest(),
        }
        for provision in corpus.all_provisions()
        if provision.text.body
    }
    assert quotations == QUOTED


def test_provision_schema_matches_the_codebook(corpus: Corpus) -> None:
    schema = json.loads((SCHEMAS / "provision.schema.json").read_text(encoding="utf-8"))
    assert schema == json_schema.provision_schema(corpus.codebook), "run `make schemas`"


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_schema_is_valid_json_schema(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(data)


def test_every_field_is_in_the_schema() -> None:
    definitions = json_schema.load_schema("provision")["definitions"]
    limb = definitions["limb"]["properties"]
    fields = {name for name in limb if name not in ("id", "note", "offences")}
    fields |= {f"offences.{name}" for name in ("extent", "categories", "excluded")}
    assert fields | {"raised_by", "burden", "standard"} == set(FIELDS)


def test_code_does_not_name_bundled_provisions(corpus: Corpus) -> None:
    """Only examples of commands, modules about corpus folders and names of States may."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "cli"
        and path.name not in ("corpus.py", "folders.py", "jurisdiction_names.py")
    ).casefold()
    assert [provision.id for provision in corpus.all_provisions() if provision.id in code] == []
