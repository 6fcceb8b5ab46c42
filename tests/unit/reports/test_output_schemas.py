"""The schemas of the outputs: generated from the records, and committed as generated."""

from __future__ import annotations

import json
import os

import pytest
from conftest import TESTS

from npcompare.reports.output_schemas import OUTPUTS, output_schema

SCHEMAS = TESTS.parent / "schemas"


@pytest.mark.parametrize("name", OUTPUTS)
def test_committed_schema_equals_generated_schema(name: str) -> None:
    path = SCHEMAS / f"{name}.schema.json"
    generated = json.dumps(output_schema(name), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("NPCOMPARE_GOLDEN") == "write":
        path.write_text(generated, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == generated


def test_every_output_has_the_id_of_its_schema() -> None:
    for name in OUTPUTS:
        assert output_schema(name)["$id"] == f"urn:npcompare:output:{name}:1"
