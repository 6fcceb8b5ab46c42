"""What a sheet of a coding form is made of: columns, each with how its cells are read."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct


class Kind(Enum):
    """How the text of a cell is read."""

    #: The id of a provision or document.
    ID = auto()
    #: Ids or codes, separated by commas.
    IDS = auto()
    #: A word of a vocabulary.
    WORD = auto()
    #: Words of a vocabulary, separated by commas.
    WORDS = auto()
    #: A coded value, or several that are separated by commas.
    CODED = auto()
    #: Any text.
    TEXT = auto()
    #: The text of a law, which is not changed in any way.
    BODY = auto()
    DATE = auto()
    YEAR = auto()
    #: Yes or no.
    YES = auto()
    CITATION = auto()
    #: Citations, one a line.
    CITATIONS = auto()
    #: Quotations, separated by " | ".
    QUOTATIONS = auto()
    #: Passages, separated by " | "; a list even if there is one.
    PASSAGES = auto()
    #: The place of a row among others.
    NUMBER = auto()


#: The kinds of cells whose text a program must not take for a number or a day.
LITERAL = frozenset(Kind) - {Kind.TEXT, Kind.BODY, Kind.QUOTATIONS, Kind.PASSAGES}


class Group(Struct, frozen=True):
    """The columns of one coded value: its field, and its number if a field has several."""

    field: str
    number: int = 1

    @property
    def heading(self) -> str:
        """The heading of its first column, such as "Relief 2"."""
        name = self.field.replace("_", " ").capitalize()
        return name if self.number == 1 else f"{name} {self.number}"


class SheetColumn(Struct, frozen=True):
    """A column: its heading, its kind, and its place in the data of its row or of its group."""

    heading: str
    kind: Kind
    pointer: tuple[str, ...] = ()
    vocabulary: str = ""
    help: str = ""
    width: int = 18
    #: Whether the value is null, not left out, if the cell is empty.
    is_nullable: bool = False
    #: Whether it is hidden as long as it is empty.
    is_rare: bool = False
    group: Group | None = None


class SheetLayout(Struct, frozen=True):
    """A sheet: its name, the headings by which it is recognized, and its columns."""

    name: str
    marks: tuple[str, str]
    columns: tuple[SheetColumn, ...]
    #: The key of the list in a provision that its rows are items of; empty if they are not.
    key: str = ""
