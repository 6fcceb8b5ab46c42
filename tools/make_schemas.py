"""Write the JSON Schema of each output, generated from its records.

`make schemas` runs this; a test compares the files with the records.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.reports.agreement_records import AgreeOutput
from npcompare.reports.alignment_report import AlignOutput
from npcompare.reports.annex_records import ExportOutput
from npcompare.reports.annex_verification import VerifyOutput
from npcompare.reports.changes_records import ChangesOutput
from npcompare.reports.classification_report import ClassifyOutput
from npcompare.reports.codebook_report import CodebookOutput
from npcompare.reports.comparison_records import DiffOutput
from npcompare.reports.document_report import ReadOutput
from npcompare.reports.figures import FigureOutput
from npcompare.reports.findings_report import FindingsOutput
from npcompare.reports.gap_records import GapsOutput
from npcompare.reports.nearest_report import NearestOutput
from npcompare.reports.order_records import OrderOutput
from npcompare.reports.precedent_report import ClauseOutput
from npcompare.reports.provision_records import ListOutput, ShowOutput
from npcompare.reports.query_report import ProofOutput, StatsOutput
from npcompare.reports.state_report import StatesOutput
from npcompare.reports.suggestion_report import SuggestOutput
from npcompare.reports.untranslated_report import UntranslatedOutput

if TYPE_CHECKING:
    from npcompare.reports.records import Output

SCHEMAS = Path(__file__).parent.parent / "schemas"

#: The record of each output, by the name of its schema.
OUTPUTS: dict[str, type[Output]] = {
    "agree": AgreeOutput,
    "align": AlignOutput,
    "changes": ChangesOutput,
    "classify": ClassifyOutput,
    "clause": ClauseOutput,
    "codebook-listing": CodebookOutput,
    "diff": DiffOutput,
    "export": ExportOutput,
    "figure": FigureOutput,
    "gaps": GapsOutput,
    "list": ListOutput,
    "nearest": NearestOutput,
    "order": OrderOutput,
    "proof": ProofOutput,
    "read": ReadOutput,
    "show": ShowOutput,
    "states": StatesOutput,
    "stats": StatsOutput,
    "suggest": SuggestOutput,
    "untranslated": UntranslatedOutput,
    "validate": FindingsOutput,
    "verify": VerifyOutput,
}

#: Outputs whose schema is not named after their command.
_COMMANDS = {
    "codebook-listing": "codebook",
    "states": "stats --states",
    "untranslated": "codebook --untranslated",
}


def output_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 7) of an output."""
    output = OUTPUTS[name]
    _, definitions = msgspec.json.schema_components([output], ref_template="#/definitions/{name}")
    for definition in definitions.values():
        del definition["title"]
    root = definitions.pop(output.__name__)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": output.__struct_config__.tag,
        **root,
        "title": f"What `npcompare {_COMMANDS.get(name, name)} --format json` prints",
        "definitions": dict(sorted(definitions.items())),
    }


def printed(name: str) -> str:
    """Return the contents of the file with the schema of an output."""
    return json.dumps(output_schema(name), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name in OUTPUTS:
        path = SCHEMAS / f"{name}.schema.json"
        path.write_text(printed(name), encoding="utf-8", newline="")
