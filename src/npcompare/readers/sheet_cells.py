"""Sheets of cells as a reader makes them from a workbook or a file with separated values."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class CellKind(Enum):
    """What a cell contains."""

    TEXT = "text"
    #: A whole number, as its digits.
    NUMBER = "number"
    #: A number with decimals: what was typed may have had other digits.
    DECIMAL = "a decimal number"
    #: A day, as 2019-07-01.
    DATE = "date"
    BOOLEAN = "boolean"
    #: An error of a formula, such as #REF!.
    ERROR = "an error"
    #: A formula whose result the file does not contain.
    UNCOMPUTED = "a formula without a result"


class SheetCell(Struct, frozen=True):
    """A cell that is not empty: its text, and what kind it is."""

    text: str
    kind: CellKind = CellKind.TEXT


class Sheet(Struct, frozen=True):
    """A sheet: its cells by row and column, both counted from 1; empty cells are left out."""

    #: The name on its tab; empty for a file without sheets.
    name: str
    rows: dict[int, dict[int, SheetCell]]
    #: The ranges of merged cells, such as "A5:A7".
    merged: tuple[str, ...] = ()


class SheetFile(Struct, frozen=True):
    """The sheets of a file, and what a user should know about how it was read."""

    #: The path as messages show it.
    path: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
