"""The schemas of the outputs: generated from the records, and committed as generated."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import msgspec
import pytest
from conftest import TESTS
from jsonschema import Draft7Validator
from make_schemas import OUTPUTS, SCHEMAS, output_schema, printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

CODERS = TESTS / "coders"

#: A command for each output.
COMMANDS = {
    "agree": ["agree", str(CODERS / "first"), str(CODERS / "second")],
    "align": ["align", "coe-26", "asean-14-7", "kenya", "jamaica"],
    "changes": ["changes", str(CODERS / "first"), str(CODERS / "second")],
    "classify": ["classify"],
    "clause": ["clause", "--threshold", "causation"],
    "codebook-listing": ["codebook"],
    "diff": ["diff", "kenya", "coe-26", "gambia", "--text"],
    "export": ["export", "kenya", "jamaica", "coe-26"],
    "figure": ["figure", "matrix", "kenya", "jamaica", "--where", "threshold=causation"],
    "gaps": ["gaps", "kenya"],
    "list": ["list", "--where", "threshold=duress"],
    "nearest": ["nearest", "kenya"],
    "order": ["order"],
    "proof": ["proof"],
    "show": ["show", "kenya", "jamaica", "belgium"],
    "states": ["stats", "--states"],
    "stats": ["stats", "threshold", "scope"],
    "untranslated": ["codebook", "--untranslated", "--language", "fr"],
    "suggest": ["suggest", str(TESTS / "bills" / "clause-12.txt")],
    "validate": ["validate", str(TESTS / "bills" / "utopia.yaml")],
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_committed_schema_equals_generated_schema(name: str) -> None:
    path = SCHEMAS / f"{name}.schema.json"
    assert path.read_bytes().decode() == printed(name), "run `make schemas`"


def test_every_output_has_the_id_of_its_schema() -> None:
    for name in OUTPUTS:
        assert output_schema(name)["$id"] == f"urn:npcompare:output:{name}:1"


@pytest.mark.parametrize("name", COMMANDS)
def test_output_matches_schema_and_record(name: str, run: Callable[..., Ran]) -> None:
    output = run(*COMMANDS[name], "-f", "json").out
    Draft7Validator(output_schema(name)).validate(json.loads(output))
    # The record has the same keys in the same order.
    record = msgspec.json.decode(output, type=OUTPUTS[name])
    assert json.loads(msgspec.json.encode(record)) == json.loads(output)
    assert list(json.loads(msgspec.json.encode(record))) == list(json.loads(output))


def test_read_output_matches_schema_and_record(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "clause.docx"
    document = docx.Document()
    document.add_paragraph("12. A victim shall not be punished.")
    document.sections[0].header.paragraphs[0].text = "Draft"
    document.save(str(path))
    output = run("read", path, "-f", "json").out
    Draft7Validator(output_schema("read")).validate(json.loads(output))
    record = msgspec.json.decode(output, type=OUTPUTS["read"])
    assert json.loads(msgspec.json.encode(record)) == json.loads(output)


def test_verify_output_matches_schema_and_record(run: Callable[..., Ran], tmp_path: Path) -> None:
    annex = tmp_path / "annex.json"
    run("export", "kenya", "-o", annex)
    annex.write_text(annex.read_text("utf-8").replace("Any offence", "No offence"), "utf-8")
    ran = run("verify", annex, "-f", "json")
    Draft7Validator(output_schema("verify")).validate(json.loads(ran.out))
    record = msgspec.json.decode(ran.out, type=OUTPUTS["verify"])
    assert (ran.code, json.loads(msgspec.json.encode(record))) == (1, json.loads(ran.out))
