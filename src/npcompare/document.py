"""The neutral middle: documents of tables that know no law and no format."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    T = TypeVar("T")
    #: A part of a document, or what makes it.
    Made: TypeAlias = T | Callable[[], T]


class Tone(StrEnum):
    """What a run of text means; each writer shows it in its own way, and never by colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUOTE = "quote"
    SAME = "same"
    BROADER = "broader"
    NARROWER = "narrower"
    INCOMPARABLE = "incomparable"
    UNKNOWN = "unknown"
    SILENT = "silent"
    PROBLEM = "problem"
    INSERTED = "inserted"
    DELETED = "deleted"


class Run(Struct, frozen=True):
    """A run of text of one tone, and the letters of the notes that it bears.

    The text may hold line breaks.
    """

    text: str
    tone: Tone = Tone.PLAIN
    marks: tuple[str, ...] = ()
    #: The BCP 47 tag of the language of words of a law; empty for the document's own English.
    language: str = ""
    #: INSERTED or DELETED where it came or went since an earlier annex; its tone stays its own.
    revision: Tone | None = None


class Cell(Struct, frozen=True):
    """The runs of a cell."""

    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The words of the cell, without the marks of its notes."""
        return "".join(run.text for run in self.runs)


class Column(Struct, frozen=True):
    """A column: its name for machines, its heading for readers."""

    key: str
    heading: str


class Box(Struct, frozen=True):
    """A box of a diagram: the names in it, and its row, counted from 1."""

    names: tuple[str, ...]
    row: int


class Beside(Struct, frozen=True):
    """Names beside a diagram, under a heading; of the tone UNKNOWN if for want of knowledge."""

    heading: str
    names: tuple[str, ...]
    tone: Tone


class Diagram(Struct, frozen=True):
    """Boxes in rows with lines down from one to another, and names that stand apart from them."""

    boxes: tuple[Box, ...]
    #: Each line, as the numbers of its upper and its lower box.
    lines: tuple[tuple[int, int], ...]
    #: What a row is called, and what a line down says: "level", "covers".
    row: str
    line: str
    #: How it is to be read.
    reading: str
    apart: tuple[Beside, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether there is no more than one picture can show."""
        names = sum(len(one.names) for one in self.apart)
        return (
            len(self.boxes) <= MOST_BOXES and len(self.lines) <= MOST_LINES and names <= MOST_BESIDE
        )


#: A picture of more boxes, lines or names beside them could not be read.
MOST_BOXES, MOST_LINES, MOST_BESIDE = 40, 80, 80


class Table(Struct, frozen=True):
    """A table that stands alone: title, columns, rows, remarks and lettered notes."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: Sentences that hold for the whole table.
    remarks: tuple[str, ...] = ()
    #: Letter and text of each note.
    notes: tuple[tuple[str, str], ...] = ()
    #: How wide the columns are to one another; equal if empty.
    weights: tuple[int, ...] = ()
    #: The notes with what has changed since an earlier annex, each with its letter as a mark.
    revised_notes: tuple[Cell, ...] = ()
    #: The same as a diagram, where it is one.
    diagram: Diagram | None = None


class Stream:
    """Records made one by one as they are written, so that they need not all be held at once.

    Each is plain data, or its JSON.
    """

    def __init__(self, make: Callable[[], Iterable[Any]]) -> None:
        """Take what makes the records; it is asked each time that they are gone through."""
        self._make = make

    def __iter__(self) -> Iterator[Any]:
        """Go through the records."""
        return iter(self._make())


class Document:
    """Tables for readers, the same as one plain table, and the same as data.

    Each of the three may be given as it is, or as a function that makes it: no format needs all,
    and of a large corpus each takes its time.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that a document says
        self,
        title: str,
        tables: Made[Iterable[Table]],
        data: Made[Mapping[str, Any]],
        flat: Made[Table],
        provenance: Made[str] = "",
        number: str = "",
        *,
        template: str = "",
        recipe: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Take what the document says."""
        self.title = title
        self._tables = tables
        self._data = data
        self._flat = flat
        self._provenance = provenance
        #: The number of an annex, such as "Annex II"; it stands above the title.
        self.number = number
        #: The path of a file whose styles are taken over, by the formats that have styles.
        self.template = template
        #: How to make it again, for the formats that can carry it: plain data.
        self.recipe = recipe

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables for readers."""
        return tuple(_made(self._tables))

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """What the JSON writer writes: plain data, at the top of which there may be streams."""
        return _made(self._data)

    @cached_property
    def flat(self) -> Table:
        """One table with a value a cell, for formats that machines read."""
        return _made(self._flat)

    @cached_property
    def provenance(self) -> str:
        """What the results were made with and from."""
        return _made(self._provenance)

    def but(self, **changes: Any) -> Document:
        """Return the document with some of it changed."""
        kept: dict[str, Any] = {
            "title": self.title,
            "tables": lambda: self.tables,
            "data": lambda: self.data,
            "flat": lambda: self.flat,
            "provenance": lambda: self.provenance,
            "number": self.number,
            "template": self.template,
            "recipe": self.recipe,
        }
        return Document(**(kept | changes))


def _made(part: Made[T]) -> T:
    return part() if callable(part) else part


class Filed(Struct, frozen=True):
    """An annex as it is read back from a file: how it was made, and its tables as they stand."""

    recipe: Mapping[str, Any]
    tables: tuple[Table, ...]


class Notes(Struct):
    """Gives each different note a letter, in the order of first mention."""

    _letters: dict[str, str] = field(default_factory=dict)

    def mark(self, text: str) -> str:
        """Return the letter of a note, the next free one if it is new."""
        return self._letters.setdefault(text, _letter(len(self._letters)))

    def listed(self) -> tuple[tuple[str, str], ...]:
        """Return letter and text of every note."""
        return tuple((letter, text) for text, letter in self._letters.items())


def cell(text: str, tone: Tone = Tone.PLAIN, marks: Iterable[str] = ()) -> Cell:
    """Return a cell of one run."""
    return Cell((Run(text, tone, tuple(dict.fromkeys(marks))),) if text else ())


def columns(**headings: str) -> tuple[Column, ...]:
    """Return columns from key and heading."""
    return tuple(Column(key, heading) for key, heading in headings.items())


def rows(values: Iterable[Iterable[str]]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows of plain cells."""
    return tuple(tuple(cell(value) for value in row) for row in values)


def flat_table(title: str, keys: str, values: Iterable[Iterable[str]]) -> Table:
    """Return a table for machines, of columns named by their keys alone."""
    return Table(title, tuple(Column(key, key) for key in keys.split()), rows(values))


def is_right_to_left(text: str) -> bool:
    """Say whether a text runs from right to left, by its first letter that has a direction."""
    for character in text:
        found = unicodedata.bidirectional(character)
        if found in {"L", "R", "AL"}:
            return found != "L"
    return False


def _letter(number: int) -> str:
    """Return a, b ... z, aa, ab and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
