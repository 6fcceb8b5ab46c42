"""The rows of the coded tables: what the files of a corpus contain, in one form only.

What can be written in several ways in a file has the same rows: a list of one value, or a source
that is cited by a number. `dataset/release_entries.py` makes the data of files from the rows again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.law.profiles import FACTS
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.model.codebook import FIELDS
from npcompare.model.field_sets import OFFENCE_PARTS
from npcompare.model.provision import Basis, NoteKind
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from npcompare.model.codebook import Codebook

    #: A cell: None is an empty one. A column with a separator has tuples only.
    Value = str | int | bool | None | tuple[str, ...]

    #: The cells of a row by the names of their columns; those that are left out are empty.
    Cells = dict[str, Value]

    #: A row, with the table it is in.
    Placed = tuple[str, Cells]

Data = dict[str, Any]

#: The keys of a citation, with the columns that have them.
PLACE_KEYS = {
    "ref": "source_id",
    "paragraph": "paragraph",
    "footnote": "footnote",
    "pinpoint": "pinpoint",
}


def row_id(*parts: object) -> str:
    """Return an id from the parts that make it unique."""
    return "--".join(str(part).replace(".", "-") for part in parts)


def citation_cells(data: Mapping[str, Any] | None, prefix: str = "") -> Cells:
    """Return the cells of a citation in a file; none if there is no citation."""
    return {
        f"{prefix}{column}": str(data[key])
        for key, column in PLACE_KEYS.items()
        if data and key in data
    }


def provision_rows(
    codebook: Codebook, data: Mapping[str, Any], collection: str, effect: str
) -> Iterator[Placed]:
    """Yield the rows of a provision in every coded table.

    Args:
        codebook: The codebook in which the provision is coded.
        data: The data of its file, without findings.
        collection: Its collection.
        effect: What kind of norm it is.
    """
    name = ", ".join(filter(None, (data["jurisdiction"]["name"], data.get("pinpoint"))))
    facts: Cells = {"name": name, "collection": collection, "effect": effect}
    yield "provisions", {**_provision(data), **facts}
    texts = data["text"] if isinstance(data["text"], list) else [data["text"]]
    for number, text in enumerate(texts, 1):
        yield "texts", _text(data["id"], number, text)
    yield from _Codings(codebook, data, texts).rows()
    yield from _numbered("reported", data, "reported", _reported)
    yield from note_rows({"provision_id": data["id"]}, data)
    yield from _numbered("settled", data, "settled", _settled)
    yield from _numbered("decisions", data, "interpreted_by", _decision)
    yield from _numbered("wordings", data, "reported_wordings", _wording)


def _provision(data: Mapping[str, Any]) -> Cells:
    jurisdiction, instrument = data["jurisdiction"], data["instrument"] or {}
    succeeds = data.get("succeeds") or {}
    return {
        "id": data["id"],
        "aliases": tuple(data.get("aliases", ())),
        "jurisdiction": jurisdiction["name"],
        "jurisdiction_code": jurisdiction["code"],
        "jurisdiction_kind": jurisdiction["kind"],
        "instrument": instrument.get("title"),
        "instrument_kind": instrument.get("kind"),
        "instrument_number": str(instrument["number"]) if "number" in instrument else None,
        "instrument_year": instrument.get("year"),
        "instrument_languages": tuple(instrument.get("languages", ())),
        "pinpoint": data.get("pinpoint"),
        "form": data["form"],
        **data.get("identifiers", {}),
        **data.get("dates", {}),
        "version_of": data.get("version_of"),
        "succeeds": succeeds.get("id"),
        "succeeds_because": succeeds.get("because"),
        **citation_cells(succeeds.get("source"), "succeeds_"),
        "fuller": tuple(data.get("fuller", ())),
        "is_multilingual": isinstance(data["text"], list),
        "confidence": data.get("confidence"),
    }


def _text(provision: str, number: int, text: Mapping[str, Any]) -> Cells:
    return {
        "id": row_id(provision, number),
        "provision_id": provision,
        "number": number,
        "status": text["status"],
        "complete": text.get("complete"),
        "language": text.get("language"),
        "body": text.get("body"),
        **citation_cells(text.get("source")),
        "note": text.get("note"),
        # White space in them has no meaning.
        "misprints": tuple(map(fold, text.get("misprints", ()))),
    }


# --- Coded values -------------------------------------------------------------------------------


class _Codings:
    """Makes the rows of the limbs of a provision, with their coded values and quotations."""

    def __init__(
        self, codebook: Codebook, data: Mapping[str, Any], texts: Sequence[Mapping[str, Any]]
    ) -> None:
        self._codebook = codebook
        self._data = data
        self._texts = texts

    def rows(self) -> Iterator[Placed]:
        provision = self._data["id"]
        for number, limb in enumerate(self._data.get("limbs", ()), 1):
            limb_id = row_id(provision, number)
            cells = {"id": limb_id, "provision_id": provision, "number": number}
            yield "limbs", {**cells, "name": limb.get("id"), "note": limb.get("note")}
            for name in FIELDS_OF_LIMB:
                yield from self._field(limb_id, name, limb.get(name, ()))
        for name in FIELDS_OF_PROVISION:
            yield from self._field("", name, self._data.get(name, ()))

    def _field(self, limb_id: str, name: str, data: Any) -> Iterator[Placed]:
        """Yield a row for each value of a field, each followed by its quotations."""
        numbers: dict[str, int] = {}
        for item in data if isinstance(data, list | tuple) else [data]:
            for field, value in _values(name, item):
                number = numbers[field] = numbers.get(field, 0) + 1
                yield from self._value(limb_id, field, number, {**item, "value": value})

    def _value(self, limb_id: str, field: str, number: int, item: Data) -> Iterator[Placed]:
        """Yield the row of a value, and those of its quotations."""
        provision, value = self._data["id"], item["value"]
        coding_id = row_id(limb_id or provision, field, number)
        quotations = list(self._quotations(item.get("evidence", ())))
        texts = [text for _, text, _ in quotations]
        is_law = any(self._texts[text]["status"] != "paraphrase" for text in texts)
        words = self._codebook.vocabulary[FIELDS[field]]
        # Words of some versions can prove a value that is reported of the others.
        is_reported = not quotations or "source" in item
        confidence = item.get("confidence", self._data.get("confidence"))
        yield (
            "codings",
            {
                "id": coding_id,
                "provision_id": provision,
                "limb_id": limb_id or None,
                "field": field,
                "number": number,
                "value": value,
                "word_id": row_id(FIELDS[field], value) if value in words else None,
                "basis": str(Basis.TEXT if is_law else Basis.REPORTED),
                **citation_cells(item.get("source")),
                "note": fold(item["note"]) if "note" in item else None,
                "confidence": confidence if is_reported else None,
                "is_open": item.get("open"),
                **_doubt(item.get("doubtful")),
            },
        )
        for place, (language, text, quotation) in enumerate(quotations, 1):
            yield (
                "quotations",
                {
                    "id": row_id(coding_id, place),
                    "provision_id": provision,
                    "coding_id": coding_id,
                    "number": place,
                    "language": language or None,
                    "text_id": row_id(provision, text + 1),
                    "quotation": fold(quotation),
                },
            )

    def _quotations(self, evidence: Any) -> Iterator[tuple[str, int, str]]:
        """Yield each quotation with its language, if it has one, and the number of its text."""
        by_language = evidence if isinstance(evidence, dict) else {"": evidence}
        tags = [str(text.get("language", "")).casefold() for text in self._texts]
        for language, words in by_language.items():
            text = tags.index(language.casefold()) if language else 0
            for quotation in [words] if isinstance(words, str) else words:
                yield language, text, quotation


def _values(name: str, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each value of one coded mapping with its field."""
    if name != "offences":
        for value in item["values"] if "values" in item else (item["value"],):
            yield name, value
        return
    for part in OFFENCE_PARTS:
        words = item.get(part, ())
        for word in (words,) if isinstance(words, str) else words:
            yield f"{name}.{part}", word


def _doubt(reading: Mapping[str, Any] | None) -> Cells:
    """Return the cells of the other reading of a value; none if it is not doubtful."""
    if reading is None:
        return {}
    values = reading.get("values", ())
    value = reading.get("value", reading.get("extent"))
    return {
        "doubt": fold(reading["note"]),
        "doubt_values": tuple(values) or ((value,) if value else ()),
        "doubt_categories": tuple(reading.get("categories", ())),
        "doubt_excluded": tuple(reading.get("excluded", ())),
        "doubt_is_open": reading.get("open"),
    }


# --- Lists --------------------------------------------------------------------------------------


def _numbered(table: str, data: Mapping[str, Any], key: str, make: Any) -> Iterator[Placed]:
    """Yield a row for each item of a list in a provision."""
    for number, item in enumerate(data.get(key, ()), 1):
        place = {
            "id": row_id(data["id"], number),
            "provision_id": data["id"],
            "number": number,
        }
        yield table, {**place, **make(item, data)}


def _reported(item: Data, data: Data) -> Cells:
    return {
        "dimension_id": item["dimension"],
        "classes": tuple(item["values"]),
        "persons": tuple(item.get("persons", ())),
        "is_open": item.get("open", False),
        **citation_cells(item["source"]),
        "note": fold(item["note"]) if "note" in item else None,
        "confidence": item.get("confidence", data.get("confidence")),
    }


def _settled(item: Data, _: Data) -> Cells:
    return {
        "words": fold(item["words"]),
        "language": item.get("language"),
        "note": item["note"],
    }


def _decision(item: Data, _: Data) -> Cells:
    return {
        "case": item["case"],
        "date": item.get("date"),
        "note": item["note"],
        **citation_cells(item["source"]),
    }


def _wording(item: Data, data: Data) -> Cells:
    return {
        "language": item["language"],
        "limb": item["limb"],
        "field": item["field"],
        "words": fold(item["words"]),
        "value": item.get("value"),
        "lacks": item.get("lacks"),
        **citation_cells(item["source"]),
        "note": fold(item["note"]) if "note" in item else None,
        "confidence": item.get("confidence", data.get("confidence")),
    }


# --- Profiles and the bibliography --------------------------------------------------------------


def note_rows(owner: Cells, data: Mapping[str, Any]) -> Iterator[Placed]:
    """Yield the rows of the notes on a provision or profile, and of the documents it cites."""
    kind, name = next(iter(owner.items()))
    prefix = [name] if kind == "provision_id" else ["profile", name]
    for number, item in enumerate(data.get("notes", ()), 1):
        note: Mapping[str, Any] = {"note": item} if isinstance(item, str) else item
        yield (
            "notes",
            {
                "id": row_id(*prefix, number),
                **owner,
                "number": number,
                "kind": note.get("kind", str(NoteKind.READING)),
                "note": note["note"],
                "date": note.get("date"),
                **citation_cells(note.get("source")),
                "confidence": note.get("confidence"),
            },
        )
    for number, item in enumerate(data.get("sources", ()), 1):
        cells = {"id": row_id(*prefix, number), **owner, "number": number}
        yield "citations", {**cells, **citation_cells(item)}


def profile_rows(data: Mapping[str, Any]) -> Iterator[Placed]:
    """Yield the rows of the profile of a State."""
    jurisdiction = data["jurisdiction"]
    yield (
        "profiles",
        {
            "id": data["id"],
            "jurisdiction": jurisdiction["name"],
            "jurisdiction_code": jurisdiction["code"],
            "jurisdiction_kind": jurisdiction["kind"],
        },
    )
    for name in FACTS:
        if name in data:
            yield (
                "facts",
                {
                    "id": row_id(data["id"], name),
                    "profile_id": data["id"],
                    "fact": name,
                    "value": data[name]["value"],
                    **citation_cells(data[name]["source"]),
                    "note": data[name].get("note"),
                    "confidence": data[name].get("confidence"),
                },
            )
    yield from note_rows({"profile_id": data["id"]}, data)


def source_rows(documents: Mapping[str, Mapping[str, Any]]) -> Iterator[Placed]:
    """Yield the rows of the bibliography, by the ids of the documents."""
    for name, document in sorted(documents.items()):
        yield "sources", {"id": name, **document}
