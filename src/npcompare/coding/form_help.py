"""What a coding form says beside its cells: comments, lists of words, and pages to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from npcompare.coding.file_templates import read_template
from npcompare.coding.sheet_columns import Kind, SheetColumn, SheetLayout
from npcompare.form import FormColumn, FormSheet
from npcompare.law.json_schema import load_schema, provision_schema
from npcompare.model.codebook import FIELDS
from npcompare.model.language_versions import VERSION_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.model.codebook import Codebook

#: The most characters of a comment; the sheet Codebook has the rest.
_LONGEST_HELP = 2_500

#: What the schema calls a row of a sheet, by the key of the list that its rows are items of.
_ROWS = {
    "limbs": "limb",
    "notes": "note",
    "reported": "reported",
    "settled": "settled",
    "reported_wordings": "reported_wording",
    "interpreted_by": "interpretation",
}

#: The statuses of texts that only the versions of a law in several languages have.
_STATUSES_OF_VERSIONS = {
    status: label
    for status, label in VERSION_STATUSES.items()
    if status in ("authentic", "official")
}

#: How a sheet names what a file writes in another way.
_IN_CELLS = {"null": "empty", "True": "Yes", "text.body": "the text", "the body": "the text"}


def how_to_use() -> FormSheet:
    """Return the sheet that says how the form is filled in."""
    columns = (FormColumn("Topic", width=24), FormColumn("What to do", width=110))
    topics = (block.split("\n", 1) for block in read_template("form_guide.txt").split("\n\n"))
    rows = tuple((topic, text.strip()) for topic, text in topics)
    return FormSheet("How to use", columns, rows, is_read_only=True)


def codebook_sheet(codebook: Codebook) -> FormSheet:
    """Return the sheet with the words of the codebook."""
    columns = (
        FormColumn("Field", width=22),
        FormColumn("Word", width=30),
        FormColumn("Label", width=36),
        FormColumn("Definition", width=90),
    )
    rows = tuple(
        (vocabulary, term.word, term.label, term.definition)
        for vocabulary, terms in codebook.vocabulary.items()
        for term in terms.values()
    )
    return FormSheet("Codebook", columns, rows, is_read_only=True)


def vocabularies(codebook: Codebook) -> dict[str, dict[str, str]]:
    """Return each vocabulary that cells are filled from: its words with their labels."""
    words = {
        name: {word: _label(codebook, name, word) for word in definition["enum"]}
        for name, definition in provision_schema(codebook)["definitions"].items()
        if "enum" in definition and name in (*FIELDS.values(), *codebook.vocabulary, "confidence")
    }
    note_kinds = load_schema("provision")["definitions"]["note"]["then"]["properties"]["kind"]
    document = load_schema("sources")["additionalProperties"]["properties"]
    return {
        **words,
        "text_status": {**words["text_status"], **_STATUSES_OF_VERSIONS},
        "note_kind": {word: word for word in note_kinds["enum"]},
        "document_kind": {word: word for word in document["kind"]["enum"]},
        "dimension": {name: dimension.label for name, dimension in codebook.dimensions.items()},
        "yes_no": {"yes": "yes", "no": "no"},
    }


def _label(codebook: Codebook, vocabulary: str, word: str) -> str:
    terms = codebook.vocabulary.get(vocabulary, {})
    return terms[word].label if word in terms else word.replace("_", " ")


def help_on(codebook: Codebook, column: SheetColumn, layout: SheetLayout) -> str:
    """Return what the comment on a column says: what it is for, and what its words mean."""
    lines = [column.help or _description(column, layout)]
    if column.kind in (Kind.WORD, Kind.WORDS, Kind.CODED) and "doubtful" not in column.pointer:
        lines += _definitions(codebook, column.vocabulary)
    text = "\n".join(line for line in lines if line)
    if len(text) <= _LONGEST_HELP:
        return text
    return text[:_LONGEST_HELP].rpartition("\n")[0] + "\n…"


def _definitions(codebook: Codebook, vocabulary: str) -> Iterator[str]:
    for word, term in codebook.vocabulary.get(vocabulary, {}).items():
        yield f"{word}: {term.definition}"


def _description(column: SheetColumn, layout: SheetLayout) -> str:
    """Return what the schema of provisions says about the place of a column."""
    schema = load_schema("provision")
    definitions = schema["definitions"]
    if column.group:
        place: Any = definitions["limb"]["properties"].get(column.group.field)
        place = place or schema["properties"].get(column.group.field, {})
        is_first = column.pointer in (("value",), ("extent",))
        return str(place.get("description", "")) if is_first else ""
    place = definitions[_ROWS[layout.key]] if layout.key else schema
    if layout.name == "Texts":
        place = place["properties"]["text"]["else"]
    else:
        place = place.get("then", place)
    for key in column.pointer:
        place = place.get("else", place)
        place = place.get("properties", {}).get(key, {})
    words = "|".join(map(re.escape, _IN_CELLS))
    description = str(place.get("description", ""))
    return re.sub(rf"\b(?:{words})\b", lambda match: _IN_CELLS[match[0]], description)
