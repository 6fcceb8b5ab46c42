"""A change between two editions of a dataset: what it is about, and how it was and is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.editions import CITATION_COLUMNS, citation, items, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.analysis.change_causes import Cause
    from npcompare.analysis.edition_matching import Pair
    from npcompare.analysis.editions import Edition, Row
    from npcompare.model.provision import Citation


class ChangeKind(StrEnum):
    """What a change is about."""

    PROVISION = "provision"
    #: A fact about a provision as a whole, such as a date.
    DETAIL = "detail"
    TEXT = "text"
    LIMB = "limb"
    #: A coded value of a limb or a provision.
    CODING = "coding"
    #: A class that a source reports.
    REPORTED = "reported"
    DECISION = "decision"
    #: Words of a version that was not available.
    WORDING = "wording"
    NOTE = "note"
    #: Words that need no coding.
    SETTLED = "settled"
    CITATION = "citation"
    #: A fact about a State, in its profile.
    FACT = "fact"
    #: A document of the bibliography.
    SOURCE = "source"
    #: A class in a dimension, or the effect: worked out from the coding.
    CLASS = "class"
    RELATION = "relation"
    CODEBOOK = "codebook"


class Action(StrEnum):
    """What was done."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


class Side(Struct, frozen=True):
    """What one edition has: the values, and the proof of them."""

    values: tuple[str, ...]
    #: What the values are based on, such as "text".
    bases: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()
    #: Everything else that is coded there, by the name of its column.
    remarks: tuple[tuple[str, str], ...] = ()


class EditionChange(Struct, frozen=True):
    """One change; a side is None if that edition does not have it."""

    kind: ChangeKind
    action: Action
    #: The provision, profile, document or part of the codebook, by its id in the newer edition if
    #: it is in both.
    subject: str
    old: Side | None
    new: Side | None
    #: Its id in the older edition, if that is another one.
    old_subject: str = ""
    #: The limb by its name or number; empty if it is the provision as a whole.
    limb: str = ""
    #: The field, dimension or column.
    field: str = ""
    #: The other provision of a relation.
    other: str = ""
    #: Why; None for what is not worked out.
    cause: Cause | None = None


def change_of(kind: ChangeKind, subject: Pair, old: Side | None, new: Side | None) -> EditionChange:
    """Return a change from what each edition has."""
    action = Action.ADDED if old is None else Action.REMOVED if new is None else Action.CHANGED
    is_renamed = subject.old and subject.new and subject.old != subject.new
    return EditionChange(
        kind,
        action,
        subject.new or subject.old,
        old,
        new,
        old_subject=subject.old if is_renamed else "",
    )


#: Columns that only place a row among others.
PLACING_COLUMNS = frozenset({"id", "number", "provision_id", "profile_id"})


def row_side(row: Row, values: Iterable[str]) -> Side:
    """Return what a row says; its values are in some of its columns."""
    main = tuple(values)
    cited = citation(row)
    skipped = {*main, *PLACING_COLUMNS, *CITATION_COLUMNS}
    return Side(
        values=tuple(item for column in main for item in items(row, column)),
        sources=(cited,) if cited else (),
        remarks=tuple(
            (column, text(row, column))
            for column in row
            if column not in skipped and text(row, column)
        ),
    )


#: What is coded of a value besides its proof.
_CODING_REMARKS = (
    *("confidence", "is_open", "note", "doubt", "doubt_values"),
    *("doubt_categories", "doubt_excluded", "doubt_is_open"),
)


def coding_side(edition: Edition, row: Row) -> Side:
    """Return a coded value with its proof: quoted words and their source, or a source alone."""
    quoted = edition.quotations.get(text(row, "id"), ())
    cited = [citation(edition.texts.get(text(each, "text_id"), {})) for each in quoted]
    own = citation(row)
    return Side(
        values=(text(row, "value"),),
        bases=items(row, "basis"),
        quotations=tuple(dict.fromkeys(text(each, "quotation") for each in quoted)),
        sources=tuple(dict.fromkeys(filter(None, [own, *cited]))),
        remarks=tuple((name, text(row, name)) for name in _CODING_REMARKS if text(row, name)),
    )


def class_side(edition: Edition, rows: Iterable[Row]) -> Side:
    """Return the classes of a provision in a dimension, with the words and sources behind them."""
    cells = list(rows)
    reasons = [reason for cell in cells for reason in edition.reasons.get(text(cell, "id"), ())]
    values = tuple(text(cell, "value") for cell in cells)
    # "Unknown" says it already.
    is_complete = "unknown" in values or all(text(cell, "is_complete") != "false" for cell in cells)
    columns = ("persons", "categories", "excluded")
    with_class = [cell for cell in cells if text(cell, "class_id")]
    remarks = [
        (name, text(cell, name)) for name in columns for cell in with_class if text(cell, name)
    ]
    remarks += [] if is_complete else [("is_complete", "false")]
    return Side(
        values=values,
        bases=tuple(dict.fromkeys(text(cell, "basis") for cell in cells)),
        quotations=tuple(
            dict.fromkeys(text(each, "quotation") for each in reasons if text(each, "quotation"))
        ),
        sources=tuple(dict.fromkeys(filter(None, map(citation, reasons)))),
        remarks=tuple(dict.fromkeys(remarks)),
    )
