"""Coding forms: provisions as sheets with a row for each limb, to be filled in or changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.coding import form_columns
from npcompare.coding.form_cells import to_text
from npcompare.coding.form_columns import BIBLIOGRAPHY, FURTHER_TEXTS, ROW_SOURCE, SPELLING
from npcompare.coding.form_help import codebook_sheet, help_on, how_to_use, vocabularies
from npcompare.coding.sheet_columns import LITERAL, Kind, SheetColumn, SheetLayout
from npcompare.coding.spelling import spellings_of
from npcompare.errors import NpcompareError
from npcompare.form import Form, FormColumn, FormSheet
from npcompare.law.bibliography import cited_ids
from npcompare.law.provision_parser import FIELDS_OF_LIMB
from npcompare.law.provision_parser import FIELDS_OF_PROVISION as _WHOLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from npcompare.coding.sheet_columns import Group
    from npcompare.model.codebook import Codebook

    Row = dict[str, str]

#: What Excel allows in a cell, less what a character outside the basic plane may take.
_LONGEST_PIECE = 32_000
#: How many values a field has columns for, if no provision needs more.
_USUAL_VALUES = {"relief": 3}

#: The keys of a provision that are its coding, not its facts.
_CODING = ("limbs", *_WHOLE, "reported", "settled", "interpreted_by", "notes", "confidence")


def coding_form(
    codebook: Codebook,
    documents: Mapping[str, Mapping[str, Any]],
    provisions: Sequence[Mapping[str, Any]],
    *,
    uncoded: bool = False,
) -> Form:
    """Return a form with the data of provisions; an empty form if there are none.

    Args:
        codebook: The codebook whose words can be chosen.
        documents: The bibliography; the documents that the provisions cite are in the form.
        provisions: The data of each provision, as in its file.
        uncoded: Whether the coding and the notes are left empty, for a coder to fill in.
    """
    if uncoded:
        provisions = [_without_coding(data) for data in provisions]
    cited = set(cited_ids(list(provisions)))
    bibliography = {ref: document for ref, document in documents.items() if ref in cited}
    maker = _Maker(codebook)
    sheets = [maker.sheet(layout, rows) for layout, rows in _filled(provisions, bibliography)]
    guide, words = how_to_use(), codebook_sheet(codebook)
    form = Form("Coding form", (guide, *sheets, words), maker.lists)
    spelling = maker.sheet(SPELLING, list(_spelling_rows(codebook, form, provisions)))
    return replace(form, sheets=(*form.sheets, spelling))


def _without_coding(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts and the text of a provision, with room for one limb."""
    facts = {key: value for key, value in data.items() if key not in _CODING}
    return {**facts, "limbs": [{}]}


# --- From data to rows ------------------------------------------------------------------------


def _filled(
    provisions: Sequence[Mapping[str, Any]], bibliography: Mapping[str, Mapping[str, Any]]
) -> list[tuple[SheetLayout, list[Row]]]:
    """Return the sheets with the texts of their rows by heading."""
    contents: list[tuple[SheetLayout, list[Row]]] = []
    for layout in form_columns.sheets(_most_values(provisions)):
        if layout is BIBLIOGRAPHY:
            rows = [
                {"Document": ref, **_texts(layout.columns, document)}
                for ref, document in bibliography.items()
            ]
        elif layout is SPELLING:
            continue
        else:
            rows = [row for data in provisions for row in _rows(layout, data)]
        contents.append((layout, rows))
    return contents


def _most_values(provisions: Iterable[Mapping[str, Any]]) -> int:
    """Return how many values with words of their own a field has at most."""
    counts = [
        len(_listed(mapping.get(field, [])))
        for data in provisions
        for fields, mappings in ((FIELDS_OF_LIMB, data.get("limbs", ())), (_WHOLE, [data]))
        for mapping in mappings
        for field in fields
    ]
    maximum = max((*_USUAL_VALUES.values(), *counts))
    if maximum > form_columns.MOST_VALUES:
        raise NpcompareError(
            f"a field has {maximum} values with words of their own; a form has room for "
            f"{form_columns.MOST_VALUES}",
            "code this provision in YAML",
        )
    return maximum


def _rows(layout: SheetLayout, data: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of one provision on a sheet."""
    start = {"Provision": str(data["id"])}
    if layout.key:
        number = "Limb" if layout.key == "limbs" else "No."
        for position, item in enumerate(data.get(layout.key, ()), 1):
            texts = _texts(layout.columns, {"note": item} if isinstance(item, str) else item)
            yield {**start, number: str(position), **texts}
    elif layout.name == "Texts":
        for text in _listed(data["text"]):
            yield {**start, **_texts(layout.columns, text), **_pieces(text.get("body", ""))}
    else:
        yield _texts(layout.columns, data)


def _texts(columns: Iterable[SheetColumn], data: Mapping[str, Any]) -> Row:
    """Return the texts that are not empty, by heading."""
    row_source = _row_source(data)
    texts: Row = {ROW_SOURCE: to_text(Kind.CITATION, row_source)} if row_source else {}
    for column in columns:
        value = _value(column, data)
        if value is None or (value == row_source and column.pointer == ("source",)):
            continue
        texts[column.heading] = to_text(column.kind, value)
    return texts


def _value(column: SheetColumn, data: Any) -> Any:
    """Return the value of a column in the data of its row; None if there is none."""
    if column.group:
        data = _coded(data, column.group)
    for key in column.pointer:
        if not isinstance(data, dict):
            return None
        data = data.get("values") if key == "value" and "values" in data else data.get(key)
    return data if column.pointer else None


def _coded(data: Mapping[str, Any], group: Group) -> Any:
    """Return the mapping of one value of a field; None if the field has fewer values."""
    values = data.get(group.field, [])
    values = values if isinstance(values, list) else [values]
    return values[group.number - 1] if group.number <= len(values) else None


def _row_source(data: Mapping[str, Any]) -> Any:
    """Return the source of most values of a limb that have no evidence; None if it cannot be given.

    Every value without evidence must have a source, or it would be given this one.
    """
    values = [
        value
        for field in FIELDS_OF_LIMB
        for value in _listed(data.get(field, []))
        if isinstance(value, dict) and "evidence" not in value
    ]
    if not values or any("source" not in value for value in values):
        return None
    texts = Counter(to_text(Kind.CITATION, value["source"]) for value in values)
    (commonest, _), *_ = texts.most_common(1)
    sources = [value["source"] for value in values]
    return next(source for source in sources if to_text(Kind.CITATION, source) == commonest)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _pieces(body: str) -> Row:
    """Return a text in pieces that Excel can hold, by heading."""
    # Excel counts a character outside the basic plane twice.
    size = _LONGEST_PIECE // 2 if any(letter > "\uffff" for letter in body) else _LONGEST_PIECE
    headings = ("Text", *(column.heading for column in FURTHER_TEXTS))
    return {
        headings[number]: body[start : start + size]
        for number, start in enumerate(range(0, len(body), size))
    }


# --- From rows to sheets ----------------------------------------------------------------------


def _columns(layout: SheetLayout, rows: Iterable[Row]) -> tuple[SheetColumn, ...]:
    """Return the columns of a sheet: those of further values only as far as they are filled."""
    headings = {heading for row in rows for heading in row}
    counts = Counter(_USUAL_VALUES)
    for column in layout.columns:
        if column.group and column.heading in headings:
            field = column.group.field
            counts[field] = max(counts[field], column.group.number)
    columns = [
        column
        for column in layout.columns
        if not column.group or column.group.number <= max(1, counts[column.group.field])
    ]
    return (*columns, *(column for column in FURTHER_TEXTS if column.heading in headings))


class _Maker:
    """Makes the sheets of a form in one codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self.lists = {name: tuple(words) for name, words in vocabularies(codebook).items()}

    def sheet(self, layout: SheetLayout, rows: Sequence[Row]) -> FormSheet:
        columns = _columns(layout, rows)
        headings = {heading for row in rows for heading in row}
        return FormSheet(
            layout.name,
            tuple(self._column(column, headings, layout) for column in columns),
            tuple(tuple(row.get(column.heading, "") for column in columns) for row in rows),
            is_hidden=layout is SPELLING,
            fixed=2 if layout.key else 1,
        )

    def _column(
        self, column: SheetColumn, headings: Collection[str], layout: SheetLayout
    ) -> FormColumn:
        return FormColumn(
            column.heading,
            help=help_on(self._codebook, column, layout),
            words=column.vocabulary if self.lists.get(column.vocabulary) else "",
            is_one_word=column.kind in (Kind.WORD, Kind.YES),
            is_literal=column.kind in LITERAL,
            width=column.width,
            is_hidden=column.is_rare and column.heading not in headings,
        )


def _spelling_rows(
    codebook: Codebook, form: Form, provisions: Iterable[Mapping[str, Any]]
) -> Iterator[Row]:
    """Yield what the cells of a form cannot show of the data."""
    import msgspec

    from npcompare.coding.workbook_entries import read_entries, sheets_of_form

    entries = read_entries([sheets_of_form(form)], codebook).entries
    headings = [column.heading for column in SPELLING.columns]
    for entry, data in zip(entries, provisions, strict=True):
        for spelling in spellings_of(entry.data, data):
            parts = (spelling.place, spelling.read, spelling.original)
            texts = [msgspec.json.encode(part).decode() for part in parts]
            if max(map(len, texts)) <= _LONGEST_PIECE // 2:
                yield dict(zip(headings, (str(data["id"]), *texts), strict=True))
