"""What describes the tables of a release to other programs: CSVW, with CLDF, and Frictionless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare._version import __version__
from npcompare.dataset.tables import NAMESPACES
from npcompare.formats.json_text import format_json

if TYPE_CHECKING:
    from npcompare.dataset.tables import Column, ForeignKey, Release, Table
    from npcompare.law.dataset_file import Dataset

#: The key of the data package that says that npcompare has written it, and in which form.
MARK = "npcompare"
FORM = 1

CSVW = "csvw-metadata.json"
DATA_PACKAGE = "datapackage.json"
BIBTEX = "sources.bib"

#: A day, or the month or year if no more is known.
_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"

_CSVW_TYPES: dict[str, Any] = {
    "date": {"base": "string", "format": _DATE},
    "uri": "anyURI",
}
_FRICTIONLESS_TYPES: dict[str, Any] = {
    "date": {"type": "string", "constraints": {"pattern": _DATE}},
    "uri": {"type": "string", "format": "uri"},
    "json": {"type": "object"},
}


def csvw_metadata(release: Release) -> bytes:
    """Return the description of all tables as CSVW, which is also that of a CLDF dataset."""
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:conformsTo": f"{NAMESPACES['cldf']}StructureDataset",
            "dc:title": release.title,
            **({"dc:source": BIBTEX} if BIBTEX in release.file_names else {}),
            "dialect": {"commentPrefix": None, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
            "tables": [_csvw_table(table) for table in release.tables.values()],
        }
    )


def _csvw_table(table: Table) -> dict[str, Any]:
    return {
        "url": table.file_name,
        **({"dc:conformsTo": table.role} if table.role else {}),
        "dc:description": table.description,
        "tableSchema": {
            "columns": [_csvw_column(column) for column in table.columns],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                {
                    "columnReference": list(key.columns),
                    "reference": {"resource": f"{key.table}.csv", "columnReference": ["id"]},
                }
                for key in table.foreign_keys
            ],
        },
    }


def _csvw_column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "datatype": _CSVW_TYPES.get(column.datatype, column.datatype),
        "required": column.is_required,
        "dc:description": column.description,
        **({"separator": column.separator} if column.separator else {}),
        **({"propertyUrl": column.property_url} if column.property_url else {}),
    }


def data_package(release: Release) -> bytes:
    """Return the description of all tables as a tabular data package."""
    return _json(
        {
            "profile": "tabular-data-package",
            "name": "non-punishment-provisions",
            "title": release.title,
            **(_description(dataset) if (dataset := release.corpus.dataset) else {}),
            MARK: {
                "form": FORM,
                "version": __version__,
                "codebook": release.corpus.codebook.version,
            },
            "resources": [_resource(table) for table in release.tables.values()],
        }
    )


def _description(dataset: Dataset) -> dict[str, Any]:
    """Return what a corpus says of itself, as data packages have it."""
    licence = {
        "name": dataset.licence.id,
        "path": dataset.licence.url,
        "title": dataset.licence.name,
    }
    fields = {
        "description": dataset.description,
        "version": dataset.version,
        "licenses": [{key: value for key, value in licence.items() if value}],
        "contributors": [
            {"title": creator.listed_name, "role": "author"} for creator in dataset.creators
        ],
        "keywords": list(dataset.keywords),
        "homepage": dataset.url,
    }
    return {key: value for key, value in fields.items() if value}


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    if keys := table.single_keys:
        schema["foreignKeys"] = [_foreign_key(table, key) for key in keys]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file_name,
        "description": table.description,
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _foreign_key(table: Table, key: ForeignKey) -> dict[str, Any]:
    """Return a foreign key; a table refers to itself without its name."""
    resource = "" if key.table == table.name else key.table
    return {"fields": list(key.columns), "reference": {"resource": resource, "fields": ["id"]}}


def _field(column: Column) -> dict[str, Any]:
    """Return a column; a cell with several items is one text, as no type has a separator."""
    described: dict[str, Any] = {"name": column.name, "description": column.description}
    if column.separator:
        mark = "line breaks" if column.separator == "\n" else "semicolons"
        described["description"] += f" Items are separated by {mark}."
        described["type"] = "string"
    else:
        described |= _FRICTIONLESS_TYPES.get(column.datatype, {"type": column.datatype})
    if column.is_required:
        described["constraints"] = {**described.get("constraints", {}), "required": True}
    return described


def _json(data: dict[str, Any]) -> bytes:
    return f"{format_json(data)}\n".encode()
