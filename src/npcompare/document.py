"""Documents of tables: what the reports make and the formats write.

Nothing here depends on a law or on a format.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from npcompare.messages import current, deferred, message, runs_right_to_left
from npcompare.text import in_letters, no_break, number_of_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from npcompare.charts import CellAnswer, Chart

    T = TypeVar("T")
    #: A part of a document, or a function that makes it when it is first needed.
    Lazy: TypeAlias = T | Callable[[], T]


class Tone(StrEnum):
    """The meaning of a run of text. Each format shows it in its own way, never by colour alone."""

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
    #: What is said of the words of a cell beside them.
    ASIDE = "aside"


class Role(StrEnum):
    """What a column is for, beside being read."""

    #: Nothing more than its text.
    TEXT = "text"
    #: Each cell has values by which rows can be selected.
    FILTER = "filter"
    #: Each cell has an answer.
    ANSWER = "answer"
    #: The reader writes in it; nothing else is in it.
    OWN = "own"
    #: Each cell has a number.
    NUMBER = "number"
    #: Each cell has words for programs, such as classes or ids: none, one or several.
    LIST = "list"
    #: Each cell has quotations: none, one or several.
    QUOTATIONS = "quotations"


#: What is between the values of a cell that may have several; quotations may have semicolons.
SEPARATORS = {Role.LIST: "; ", Role.QUOTATIONS: " | "}

#: How the keys of such columns end in `flat_table`.
_ENDINGS = {"[]": Role.LIST, "[|]": Role.QUOTATIONS}


#: The tones of the words of a law, which are quoted as they are.
_LAW = frozenset({Tone.QUOTE, Tone.INSERTED, Tone.DELETED})


class Run(Struct, frozen=True):
    """A run of text in one tone, followed by the letters of its notes.

    The text may contain line breaks.
    """

    text: str
    tone: Tone = Tone.PLAIN
    marks: tuple[str, ...] = ()
    #: The BCP 47 tag of the language of a quoted text; empty for the document's own English.
    language: str = ""
    #: INSERTED or DELETED if it changed since an earlier annex; the tone is independent of this.
    revision: Tone | None = None

    @property
    def is_law(self) -> bool:
        """Whether it has words of a law, which are quoted as they are."""
        return self.tone in _LAW

    @property
    def mark_text(self) -> str:
        """The letters of its notes; a line ends among them only after a sign in a narrow column."""
        return (", " if len(self.text) < 2 else ",\u202f").join(self.marks)


class Cell(Struct, frozen=True):
    """The runs of a cell, and the same as data for formats that do more than print it."""

    runs: tuple[Run, ...] = ()
    #: The answer, in a column of answers.
    answer: CellAnswer | None = None
    #: The values by which the row can be selected, in a column of the role FILTER.
    values: tuple[str, ...] = ()
    #: What the cell says in words, in a table of signs.
    words: str = ""

    @property
    def text(self) -> str:
        """The words of the cell, without the letters of its notes."""
        return "".join(run.text for run in self.runs)

    def map_runs(self, change: Callable[[Run], Run]) -> Cell:
        """Return the cell with each of its runs changed."""
        runs = tuple(map(change, self.runs))
        return self if runs == self.runs else replace(self, runs=runs)

    def without_marks(self, marks: Collection[str]) -> Cell:
        """Return the cell without some letters of notes; other marks stay."""
        runs = (
            replace(run, marks=tuple(mark for mark in run.marks if mark not in marks))
            for run in self.runs
        )
        return replace(self, runs=tuple(run for run in runs if run.text or run.marks))


class Column(Struct, frozen=True):
    """A column: its key for programs and its heading for readers."""

    key: str
    heading: str
    role: Role = Role.TEXT
    #: The heading that neighbouring columns share, where a figure prints it once above them all.
    group: str = ""
    #: The heading without the group's; empty if it is the same.
    short: str = ""


#: The caption of a table with its number.
TABLE_CAPTION = deferred("Table {number}. {title}")

#: In a workbook that can be read back, the name of the hidden sheet with its recipe, and how the
#: heading of the hidden column with the keys of rows begins.
RECIPE_SHEET, KEY_HEADING = "npcompare", "npcompare: "

#: The key of a row of such a workbook that has a remark below the table.
REMARK_KEY = "npcompare: remark"


class Table(Struct, frozen=True):
    """A table that can be read alone: title, headnote, columns, rows, remarks, lettered notes."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: Sentences that apply to the whole table.
    remarks: tuple[str, ...] = ()
    #: Letter and text of each note.
    notes: tuple[tuple[str, str], ...] = ()
    #: Each note with what has changed since an earlier annex, and its letter as a mark; the same of
    #: each remark and of the headnote.
    revised_notes: tuple[Cell, ...] = ()
    revised_remarks: tuple[Cell, ...] = ()
    revised_headnote: tuple[Cell, ...] = ()
    #: The figure that shows the same, if there is one.
    figure: Chart | None = None
    #: What readers must know before they read the table; its lines are printed under the title.
    headnote: str = ""
    #: What each row is about, whatever its words are; empty if the rows have no such keys.
    row_keys: tuple[str, ...] = ()
    #: What the table is about, if it is one of several that a workbook has in one sheet; what that
    #: is called; and the name of the sheet, by default the title of the document.
    subject: str = ""
    subject_heading: str = "Provision"
    sheet: str = ""
    #: The parts of notes and remarks that are in English, in a table of another language.
    untranslated: tuple[str, ...] = ()
    #: The rows that are the head of those below them, counted from 0: words in the first cell.
    group_rows: tuple[int, ...] = ()

    @property
    def has_own_columns(self) -> bool:
        """Whether it has columns that the drafter writes in."""
        return any(column.role is Role.OWN for column in self.columns)


class Stream:
    """Records, as plain data or JSON, made one at a time so that they are never all in memory."""

    def __init__(self, make: Callable[[], Iterable[Any]]) -> None:
        """Take the function that makes the records; each iteration calls it again."""
        self._make = make

    def __iter__(self) -> Iterator[Any]:
        """Iterate over the records."""
        return iter(self._make())


class EarlierFile(Struct, frozen=True):
    """An earlier file of a document that is revised in place."""

    content: bytes
    #: Whether a heading or a caption that people have reworded is kept.
    keeps_words: bool


class Document:
    """Tables for readers, the same as one plain table, and the same as data.

    Each of the three may be given as it is, or as a function that makes it when it is first needed:
    no format needs all three, and each takes time for a large corpus.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all the parts of a document
        self,
        title: str,
        tables: Lazy[Iterable[Table]],
        data: Lazy[Mapping[str, Any]],
        flat: Lazy[Table],
        provenance: Lazy[str] = "",
        number: str = "",
        *,
        template: str = "",
        recipe: Mapping[str, Any] = MappingProxyType({}),
        imprint: Lazy[str] = "",
        linked_data: Lazy[Iterable[Mapping[str, Any]]] = (),
        is_headed: bool = False,
        earlier: EarlierFile | None = None,
        date: str = "",
        language: str = "",
    ) -> None:
        """Take the parts of the document."""
        self.title = title
        self._tables = tables
        self._data = data
        self._flat = flat
        self._provenance = provenance
        self._imprint = imprint
        self._linked_data = linked_data
        #: The number of an annex, such as "Annex II"; it is printed above the title.
        self.number = number
        #: The path of a file whose styles are used, by the formats that have styles.
        self.template = template
        #: How to make the document again, as plain data, for the formats that can store it.
        self.recipe = recipe
        #: An earlier file of the document, which is revised in place by the formats that can do so.
        self.earlier = earlier
        #: Whether plain formats, too, print the number and the title above the tables.
        self.is_headed = is_headed
        #: The day of the document in ISO 8601, or nothing; it is in the properties of files.
        self.date = date
        #: The BCP 47 tag of the language of its words, other than quotations.
        self.language = language or current().language

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables for readers."""
        return tuple(_evaluated(self._tables))

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The data that the JSON format writes: plain data; values at the top may be streams."""
        return _evaluated(self._data)

    @cached_property
    def flat(self) -> Table:
        """One table with one value in each cell, for formats that programs read."""
        return _evaluated(self._flat)

    @cached_property
    def provenance(self) -> str:
        """The versions and the corpus from which the results were made, with its digest."""
        return _evaluated(self._provenance)

    @cached_property
    def imprint(self) -> str:
        """The provenance as it is printed: without a digest, unless there is no other line."""
        return _evaluated(self._imprint) or self.provenance

    @cached_property
    def linked_data(self) -> tuple[Mapping[str, Any], ...]:
        """What the tables are about, as records in the vocabulary of schema.org."""
        return tuple(_evaluated(self._linked_data))

    @property
    def is_right_to_left(self) -> bool:
        """Whether its language runs from right to left."""
        return runs_right_to_left(self.language)

    @property
    def heading(self) -> tuple[str, ...]:
        """The number and the title, for plain formats; the title of a single table is left out."""
        if not self.is_headed:
            return ()
        is_repeated = [table.title for table in self.tables] == [self.title]
        return tuple(filter(None, (self.number, "" if is_repeated else self.title)))

    def caption(self, place: int) -> str:
        """Return the title of a table in a place, counted from 0, with its number.

        Tables of an annex are numbered, and so are several tables, as text may refer to them.
        """
        title = self.tables[place].title
        is_numbered = self.recipe or len(self.tables) > 1
        if not is_numbered or not title.strip():
            return title
        return message(TABLE_CAPTION, number=place + 1, title=title)

    def replace(self, **changes: Any) -> Document:
        """Return a copy of the document with some parts replaced."""
        parts: dict[str, Any] = {
            "title": self.title,
            "tables": lambda: self.tables,
            "data": lambda: self.data,
            "flat": lambda: self.flat,
            "provenance": lambda: self.provenance,
            "imprint": self._imprint,
            "number": self.number,
            "template": self.template,
            "recipe": self.recipe,
            "linked_data": lambda: self.linked_data,
            "is_headed": self.is_headed,
            "earlier": self.earlier,
            "date": self.date,
            "language": self.language,
        }
        return Document(**(parts | changes))


def _evaluated(part: Lazy[T]) -> T:
    return part() if callable(part) else part


class FiledAnnex(Struct, frozen=True):
    """An annex that was read back from a file: how it was made, and its tables as they are.

    The keys of rows in its tables are their anchors.
    """

    recipe: Mapping[str, Any]
    tables: tuple[Table, ...]
    #: Sentences on how tables were changed by hand, such as that one was split.
    edits: tuple[str, ...] = ()
    #: The file itself, if it is one that can be revised in place.
    content: bytes = b""


def row_anchor(key: str) -> str:
    """Return a short name for the key of a row: a number sign, letters and digits.

    An anchor is its own anchor, and a row without a key has none.
    """
    if not key or key.startswith("#"):
        return key
    # The path of a file may have bytes that are no characters.
    content = key.encode(errors="backslashreplace")
    return f"#{sha256(content).hexdigest()[:16]}"


class Notes(Struct):
    """Letters for the notes of a table, in the order in which they are first mentioned."""

    _letters: dict[str, str] = field(default_factory=dict)

    def mark(self, text: str) -> str:
        """Return the letter of a note; a new note gets the next free letter."""
        return self._letters.setdefault(no_break(text), in_letters(len(self._letters) + 1))

    def listed(self) -> tuple[tuple[str, str], ...]:
        """Return the letter and the text of every note."""
        return tuple((mark, text) for text, mark in self._letters.items())


def cell(text: str, tone: Tone = Tone.PLAIN, marks: Iterable[str] = ()) -> Cell:
    """Return a cell of one run."""
    return Cell((Run(text, tone, tuple(dict.fromkeys(marks))),) if text else ())


def columns(**headings: str) -> tuple[Column, ...]:
    """Return columns from their keys and English headings, in the language in use."""
    return tuple(Column(key, message(heading)) for key, heading in headings.items())


def number_columns(**headings: str) -> tuple[Column, ...]:
    """Return columns of numbers from their keys and English headings, in the language in use."""
    return tuple(Column(key, message(heading), Role.NUMBER) for key, heading in headings.items())


def rows(values: Iterable[Iterable[str]]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows of plain cells."""
    return tuple(tuple(cell(value) for value in row) for row in values)


def flat_table(title: str, keys: str, values: Iterable[Iterable[str]]) -> Table:
    """Return a table for programs, whose headings are the keys of its columns.

    The key of a column whose cells are lists is followed by "[]", or by "[|]" for quotations.
    """
    return Table(title, tuple(map(_flat_column, keys.split())), rows(values))


def _flat_column(key: str) -> Column:
    for ending, role in _ENDINGS.items():
        if key.endswith(ending):
            name = key.removesuffix(ending)
            return Column(name, name, role)
    return Column(key, key)


def in_order(marks: Collection[str]) -> tuple[str, ...]:
    """Return the marks of a run in the order of the alphabet; other signs follow."""
    places = {mark: number_of_letter(mark) for mark in marks}
    return tuple(sorted(marks, key=lambda mark: (not places[mark], places[mark])))
