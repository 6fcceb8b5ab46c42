"""Why a class or a relation differs between two editions: the law, or only the codebook.

A class depends on the coded values that the rules of its dimension read, and on the codebook. If
what these rules read is coded in the same way in both editions, the law has not changed what the
class says.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from npcompare.analysis.editions import CODEBOOK_TABLES, text
from npcompare.model.codebook import FIELDS
from npcompare.model.field_sets import OFFENCE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.analysis.edition_matching import Pair
    from npcompare.analysis.editions import Edition, Row


class Cause(StrEnum):
    """Why something worked out from the coding differs."""

    #: The coding differs: the law, its sources or how it was read.
    LAW = "law"
    #: The coding is the same; the codebook differs.
    CODEBOOK = "codebook"
    LAW_AND_CODEBOOK = "law_and_codebook"
    #: Coding and codebook are the same; another version of npcompare worked it out.
    PROGRAM = "program"


#: The columns that classes and relations depend on; the others are explanations.
_EFFECTIVE_COLUMNS = {
    "dimensions": ("kind", "field", "is_core", "under", "silence_means_none"),
    "classes": ("class",),
    "orders": ("wider", "narrower", "hedge"),
    "rules": ("class", "condition", "is_implied"),
    "words": ("word",),
}

#: The coded values that every dimension depends on: to whom a limb applies.
_ALWAYS_READ = frozenset({"persons"})

#: What a coding says, without the proof of it.
_CODED_COLUMNS = (
    *("field", "value", "basis", "is_open"),
    *("doubt_values", "doubt_categories", "doubt_excluded", "doubt_is_open"),
)
_REPORTED_COLUMNS = ("classes", "persons", "is_open")

#: The key of a relation over all core dimensions.
OVERALL = "overall"


class Causes:
    """Finds the causes of differences between two editions."""

    def __init__(self, old: Edition, new: Edition) -> None:
        """Take the two editions."""
        self._editions = (old, new)
        self._of_dimension = cache(self._changed_dimension)
        self._of_law = cache(self._changed_law)

    def of_class(self, provision: Pair, dimension: str) -> Cause:
        """Return why the class of a provision in a dimension differs."""
        return _cause(
            is_law=self._of_law(provision, dimension),
            is_codebook=self._of_dimension(dimension),
            is_other_codebook=self.has_other_codebook,
        )

    def of_effect(self, provision: Pair) -> Cause:
        """Return why the effect of a provision differs: it depends on form and instrument."""
        rows = [edition.provisions[name] for edition, name in self._sides(provision)]
        parts = [(row.get("form"), row.get("instrument_kind")) for row in rows]
        return _cause(
            is_law=parts[0] != parts[1],
            is_codebook=False,
            is_other_codebook=self.has_other_codebook,
        )

    def of_relation(self, left: Pair, right: Pair, dimension: str) -> Cause:
        """Return why the relation of two provisions differs in a dimension or overall."""
        dimensions = self._core if dimension == OVERALL else (dimension,)
        pairs = [(pair, name) for pair in (left, right) for name in dimensions]
        return _cause(
            is_law=any(self._of_law(pair, name) for pair, name in pairs),
            is_codebook=any(self._of_dimension(name) for name in dimensions),
            is_other_codebook=self.has_other_codebook,
        )

    @cached_property
    def has_other_codebook(self) -> bool:
        """Whether the codebooks differ in anything that classes depend on, or in their version."""
        old, new = self._editions
        is_other_version = "" not in (old.codebook, new.codebook) and old.codebook != new.codebook
        return is_other_version or any(
            _effective(old.rows(table), table) != _effective(new.rows(table), table)
            for table in CODEBOOK_TABLES
        )

    @cached_property
    def _core(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                name
                for edition in self._editions
                for name, row in edition.dimensions.items()
                if text(row, "is_core") == "true"
            )
        )

    def _sides(self, provision: Pair) -> Iterator[tuple[Edition, str]]:
        return zip(self._editions, provision, strict=True)

    def _changed_dimension(self, dimension: str) -> bool:
        """Return whether the codebook differs in what the classes of a dimension depend on."""
        fields = frozenset().union(*self._fields(dimension))
        parts = [
            [
                _effective(_about(edition, table, dimension, fields), table)
                for table in CODEBOOK_TABLES
            ]
            for edition in self._editions
        ]
        return parts[0] != parts[1]

    def _fields(self, dimension: str) -> list[frozenset[str]]:
        return [fields_of(edition, dimension) for edition in self._editions]

    def _changed_law(self, provision: Pair, dimension: str) -> bool:
        """Return whether a provision is coded differently in what a dimension reads."""
        fields = frozenset().union(*self._fields(dimension))
        old, new = (
            _coding(edition, name, dimension, fields) for edition, name in self._sides(provision)
        )
        return old != new


def _cause(*, is_law: bool, is_codebook: bool, is_other_codebook: bool) -> Cause:
    if is_law:
        return Cause.LAW_AND_CODEBOOK if is_codebook else Cause.LAW
    return Cause.CODEBOOK if is_codebook or is_other_codebook else Cause.PROGRAM


def _effective(rows: Iterable[Row], table: str) -> list[tuple[str, ...]]:
    """Return what classes depend on in rows of the codebook, in an order of their own."""
    columns = ("id", *_EFFECTIVE_COLUMNS[table])
    return sorted(tuple(text(row, column) for column in columns) for row in rows)


def _about(edition: Edition, table: str, dimension: str, fields: frozenset[str]) -> Iterator[Row]:
    """Yield the rows of the codebook about a dimension, or about fields that its rules read."""
    vocabularies = {FIELDS.get(field, field) for field in fields}
    for row in edition.rows(table):
        if table == "words":
            is_about = text(row, "vocabulary") in vocabularies
        elif table == "dimensions":
            is_about = text(row, "id") == dimension
        else:
            is_about = text(row, "dimension_id") in {dimension, *fields}
        if is_about:
            yield row


def fields_of(edition: Edition, dimension: str) -> frozenset[str]:
    """Return the coded fields that a dimension depends on, also through rules that fill fields."""
    row = edition.dimensions.get(dimension, {})
    names = {dimension, text(row, "field")} - {""}
    if text(row, "kind") == "offences":
        names |= set(OFFENCE_FIELDS)
    while True:
        read = {
            field
            for row in edition.rows("rules")
            if text(row, "dimension_id") in names
            for field in _fields_in(_condition(row))
        }
        if read <= names:
            return frozenset(names) | _ALWAYS_READ
        names |= read


def _condition(row: Row) -> Any:
    try:
        return json.loads(text(row, "condition"))
    except (ValueError, RecursionError):
        return {}


def _fields_in(condition: Any) -> Iterator[str]:
    """Yield the fields that a condition reads."""
    if not isinstance(condition, dict):
        return
    for operator, operand in condition.items():
        if isinstance(operand, str):
            yield operand
        elif isinstance(operand, list):
            for part in operand:
                yield from _fields_in(part)
        elif operator == "not":
            yield from _fields_in(operand)
        elif isinstance(operand, dict):
            yield from operand


def _coding(
    edition: Edition, provision: str, dimension: str, fields: frozenset[str]
) -> Mapping[str, Any]:
    """Return what a dimension reads of a provision, whatever the order and ids of its limbs."""
    row = edition.provisions[provision]
    codings = [
        coding
        for coding in edition.of_provision("codings", provision)
        if text(coding, "field") in fields
    ]
    limbs = [text(limb, "id") for limb in edition.of_provision("limbs", provision)]
    return {
        "form": (row.get("form"), row.get("instrument_kind")),
        "texts": sorted(
            (text(each, "language"), text(each, "status"), text(each, "complete"))
            for each in edition.of_provision("texts", provision)
        ),
        "whole": _of_limb(codings, ""),
        "limbs": sorted(_of_limb(codings, limb) for limb in limbs),
        "reported": sorted(
            tuple(text(each, column) for column in _REPORTED_COLUMNS)
            for each in edition.of_provision("reported", provision)
            if text(each, "dimension_id") == dimension
        ),
    }


def _of_limb(codings: Iterable[Row], limb: str) -> list[tuple[str, ...]]:
    """Return the codings of a limb, or of the provision as a whole if there is no limb."""
    return sorted(
        tuple(text(coding, column) for column in _CODED_COLUMNS)
        for coding in codings
        if text(coding, "limb_id") == limb
    )
