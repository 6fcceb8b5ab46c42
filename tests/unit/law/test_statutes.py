"""The law as data: every file of the bundled corpus, its proof and its canonical form."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import PACKAGE, TESTS
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


def test_the_corpus_has_no_finding(corpus: Corpus) -> None:
    assert corpus.problems == ()
    assert corpus.file_count == len(FILES) + 1


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    depth = len(path.relative_to(STATUTES).parts)
    name = "sources" if path.stem == "sources" else "provision"
    wanted = f"# yaml-language-server: $schema={'../' * depth}schemas/{name}.schema.json"
    assert lines[0] == wanted
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\t" not in text
    assert "\r" not in text


def test_every_coded_value_is_proved(corpus: Corpus) -> None:
    for provision in corpus.all_provisions():
        body = fold(provision.text.body)
        coded = [(provision.coded, "")] + [(limb.coded, limb.id) for limb in provision.limbs]
        for fields, _limb in coded:
            for one in (one for values in fields.values() for one in values):
                assert one.source is not None
                # A web page numbers no paragraphs; the paper does.
                assert one.source.place or one.source.ref != "background-paper"
                for words in one.evidence:
                    assert len(places(body, words)) == 1, (provision.id, words)


def test_doubtful_readings_say_so(corpus: Corpus) -> None:
    doubtful = {
        (provision.id, field)
        for provision in corpus.provisions()
        for limb in provision.limbs
        for field, values in limb.coded.items()
        for one in values
        if one.note.startswith("This reading is doubtful")
    }
    assert doubtful == {
        ("gambia", "offences.extent"),
        ("gambia", "link"),
        ("qatar", "offences.extent"),
        ("qatar", "offences.categories"),
        ("qatar", "link"),
        ("ohchr-1999-note", "link"),
        ("osce-2013", "link"),
    }


#: Where the Secretariat's paper quotes each law, with the first and last words of the quotation.
#: Checked by eye against the paper, paragraph by paragraph.
QUOTED = yaml.safe_load((TESTS / "cases" / "quotations.yaml").read_text(encoding="utf-8"))


def test_quotations_are_where_the_paper_has_them(corpus: Corpus) -> None:
    held = {
        one.id: {
            "place": one.text.source.place if one.text.source else "",
            "words": len(fold(one.text.body).split(" ")),
            "begins": " ".join(fold(one.text.body).split(" ")[:5]),
            "ends": " ".join(fold(one.text.body).split(" ")[-5:]),
            "sha256": hashlib.sha256(fold(one.text.body).encode()).hexdigest(),
        }
        for one in corpus.all_provisions()
        if one.text.body
    }
    assert held == QUOTED


def test_the_enumerations_are_those_of_the_codebook(corpus: Corpus) -> None:
    written = json.loads((SCHEMAS / "provision.schema.json").read_text(encoding="utf-8"))
    assert written == json_schema.provision_schema(corpus.codebook.vocabulary), "run `make schemas`"


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_the_schemas_are_schemas(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(data)


def test_every_field_is_in_the_schema() -> None:
    definitions = json_schema.load_schema("provision")["definitions"]
    limb = definitions["limb"]["properties"]
    fields = {name for name in limb if name not in ("id", "note", "offences")}
    fields |= {f"offences.{name}" for name in ("extent", "categories", "excluded")}
    assert fields | {"burden", "standard"} == set(FIELDS)


def test_code_names_no_bundled_provision(corpus: Corpus) -> None:
    """Only the examples of the commands and the folder of the corpus may name one."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "cli" and path.name not in ("corpus.py", "folders.py")
    ).casefold()
    assert [provision.id for provision in corpus.all_provisions() if provision.id in code] == []
