"""Charts: what a figure of a table shows, as data; `formats/figures` draws them.

Nothing here depends on a law or on a format.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from npcompare.messages import enumerated, message

#: A figure with more boxes, lines or listed names could not be read.
MAX_BOXES, MAX_LINES, MAX_LISTED = 40, 80, 80

#: A map with more names that have no tile could not be read.
MAX_STRIP_NAMES = 150

#: A timeline with more marks could not be read.
MAX_MOMENTS = 200

#: An overlap with more columns could not be read.
MAX_INTERSECTIONS = 40


class CellAnswer(StrEnum):
    """The answer of a cell to the question of its column, as data beside its words."""

    YES = "yes"
    NO = "no"
    NOT_SHOWN = "not-shown"
    SILENT = "silent"
    UNKNOWN = "unknown"
    PARTLY = "partly"
    NOT_APPLICABLE = "not-applicable"
    CHOICE = "choice"


class Sign(Struct, frozen=True):
    """An answer, the sign that a cell shows for it, and its label in a cell and in a legend."""

    answer: CellAnswer
    sign: str
    label: str
    meaning: str
    #: Whether a figure shows it by a filled box, so that the eye finds it first.
    is_filled: bool = False


class SignTable(Struct, frozen=True, kw_only=True):
    """A table of so many answers that its cells show signs, and a figure that shows the same.

    The words of a cell say what its sign means. The rows are named by the first column. The last
    row counts answers, and so do the rows that head groups of rows.
    """

    #: The places of the rows that head groups, counted from 0.
    group_rows: tuple[int, ...] = ()
    #: What the groups of rows have in common, such as "Effect".
    grouped_by: str = ""

    def is_count(self, place: int, rows: int) -> bool:
        """Return whether the row in a place counts answers, in a table of so many rows."""
        return place in self.group_rows or place == rows - 1


class AnswerOverview(SignTable, frozen=True):
    """A table of signs, and a figure with a box or a sign for each answer."""

    #: The signs, in the order of the legend.
    legend: tuple[Sign, ...]

    def sign(self, answer: CellAnswer) -> Sign:
        """Return the sign of an answer."""
        return next(sign for sign in self.legend if sign.answer is answer)

    @property
    def key(self) -> str:
        """What the signs mean, in one line; empty if there are none."""
        if not self.legend:
            return ""
        signs = [
            f"{sign.sign} {sign.meaning}"
            if sign.sign
            else message("blank: {meaning}", meaning=sign.meaning)
            for sign in self.legend
        ]
        return message("{clauses}.", clauses=enumerated(signs, is_strong=True))


class SignKey(Struct, frozen=True):
    """An entry of the legend of a heat map: a sign as it is drawn, and what it means."""

    sign: str
    #: How far the answer reaches, from 1 to 4; 0 if that has no order.
    shade: int
    label: str
    is_hatched: bool = False
    #: Whether it stands for a class.
    is_class: bool = True


class HeatMap(SignTable, frozen=True):
    """A table of signs, and a figure in which the shades of their boxes show how far they reach."""

    legend: tuple[SignKey, ...]
    #: For each row, and each column of answers, how far the answer reaches, from 1 to 4; 0 if that
    #: has no order.
    shades: tuple[tuple[int, ...], ...]
    #: The keys of the columns of requirements, of which more reach less far.
    hatched: tuple[str, ...] = ()


class Box(Struct, frozen=True):
    """A box of a diagram: the names in it, and its row, which is its level, counted from 1."""

    names: tuple[str, ...]
    row: int
    #: What the names have in common, in short.
    details: str = ""


class NameList(Struct, frozen=True):
    """Names listed beside a diagram under a heading."""

    heading: str
    names: tuple[str, ...]
    #: Whether facts are missing about the names.
    is_unknown: bool = False


class Diagram(Struct, frozen=True):
    """A figure of boxes in levels, lines down from one to another, and lists of further names.

    A box covers those to which lines lead down from it.
    """

    boxes: tuple[Box, ...]
    #: Each line, as the numbers of its upper and its lower box.
    lines: tuple[tuple[int, int], ...]
    #: How to read the diagram.
    reading: str
    lists: tuple[NameList, ...] = ()
    #: For each line, in the same sequence, in what its ends differ; empty if it is not said.
    line_words: tuple[str, ...] = ()
    #: The heading of the words of lines where they are listed below the diagram.
    line_key: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether the diagram is small enough to be read."""
        names = sum(len(name_list.names) for name_list in self.lists)
        return len(self.boxes) <= MAX_BOXES and len(self.lines) <= MAX_LINES and names <= MAX_LISTED


class Look(StrEnum):
    """How an entry of a legend is drawn, beside its letter."""

    #: A class, in a shade of its own: the further on, the darker.
    CLASS = "class"
    UNKNOWN = "unknown"
    SILENT = "silent"
    NONE = "none"
    ABSENT = "absent"
    #: What is known is listed below the map.
    BELOW = "below"
    NOT_EXAMINED = "not-examined"
    NOT_SHOWN = "not-shown"


class MapKey(Struct, frozen=True):
    """An entry of the legend of a map; those of classes come first, in the order of the classes."""

    look: Look
    letter: str
    label: str


class Tile(Struct, frozen=True):
    """A tile of a map: its code, its name, its place, and the numbers of its keys."""

    code: str
    name: str
    column: int
    row: int
    keys: tuple[int, ...]


class KeyedName(Struct, frozen=True):
    """A name without a tile, and the numbers of its keys."""

    name: str
    keys: tuple[int, ...]


class Strip(Struct, frozen=True):
    """Names without tiles, listed below a map under a heading."""

    heading: str
    names: tuple[KeyedName, ...]


class TileMap(Struct, frozen=True):
    """A map of tiles of one size, with a legend, and strips of names that have no tile."""

    legend: tuple[MapKey, ...]
    tiles: tuple[Tile, ...]
    strips: tuple[Strip, ...]
    #: What is printed with the map wherever it is shown.
    notice: str

    @property
    def is_readable(self) -> bool:
        """Whether there are few enough names without tiles to be read."""
        return sum(len(strip.names) for strip in self.strips) <= MAX_STRIP_NAMES


class Shape(StrEnum):
    """The shape of a mark."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


class Moment(Struct, frozen=True):
    """A mark of a timeline: its name, the number of its lane, its year, and its shape."""

    name: str
    lane: int
    year: int
    shape: Shape
    #: What it is in words.
    words: str
    #: The last year of its bar, if it has one.
    last_year: int | None = None
    #: Whether the year is only that of something larger; then the mark is hollow.
    is_vague: bool = False
    #: The key of what it is a mark of, for pages that link to it.
    key: str = ""


class Timeline(Struct, frozen=True):
    """Marks by year, in lanes, and lists of names without a year."""

    lanes: tuple[str, ...]
    moments: tuple[Moment, ...]
    shapes: tuple[tuple[Shape, str], ...]
    #: The labels of a hollow mark and of a bar.
    vague: str
    bar: str
    lists: tuple[NameList, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether there are few enough marks to be read."""
        return len(self.moments) <= MAX_MOMENTS


class Certainty(StrEnum):
    """How certain an answer is."""

    TEXT = "text"
    REPORTED = "reported"
    DOUBTFUL = "doubtful"
    PROPOSED = "proposed"


class BarStep(Struct, frozen=True):
    """A step of a bar: whether it is reached and, if it is, how certain that is."""

    answer: CellAnswer
    certainty: Certainty | None = None
    #: The answer in words, as they are within a sentence.
    words: str = ""


class StepBars(Struct, frozen=True):
    """A figure of a bar in each row, over the steps that it reaches from left to right.

    The rows are named by the first column; the columns of the steps are the last ones.
    """

    #: For each row of the table its steps.
    rows: tuple[tuple[BarStep, ...], ...]
    #: For each row the group that it is in; empty if there are no groups.
    groups: tuple[str, ...]
    #: What the total of each step counts, and the totals.
    counted: str
    totals: tuple[int, ...]
    #: The answers and how certain they are, each with its label, in the order of the legend.
    answers: tuple[tuple[CellAnswer, str], ...]
    certainties: tuple[tuple[Certainty, str], ...]


class SetRow(Struct, frozen=True):
    """A set of an overlap: its label, the label of its group, and the number of its members."""

    label: str
    group: str
    count: int


class Intersection(Struct, frozen=True):
    """The names that are in exactly these sets, given by their numbers."""

    sets: tuple[int, ...]
    names: tuple[str, ...]


class SetOverlap(Struct, frozen=True):
    """Sets, and which names are in which of them together, with the most names first."""

    sets: tuple[SetRow, ...]
    intersections: tuple[Intersection, ...]
    #: What the names are of, such as "Provisions".
    counted: str
    #: What is said of names that are in no set.
    none: str

    @property
    def is_readable(self) -> bool:
        """Whether there are few enough intersections to be read."""
        return len(self.intersections) <= MAX_INTERSECTIONS


class Dot(Struct, frozen=True):
    """A dot of a plot: its name, and how certain its place is; None if nothing is known."""

    name: str
    certainty: Certainty | None = None


class DotPlot(Struct, frozen=True):
    """A figure with a row of dots in each row of the table, and their number."""

    #: For each row of the table its label, the group that it is in, and its dots.
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[tuple[Dot, ...], ...]
    #: How certain a place is, and that nothing is known, with their labels, for the legend.
    certainties: tuple[tuple[Certainty | None, str], ...]


class ProfileMark(Struct, frozen=True):
    """Where a name stands in a row, counted from 0, and what is known of it in words."""

    #: None if nothing is known.
    place: int | None
    words: str


class ProfileRow(Struct, frozen=True):
    """A row of a profile; one without marks has words alone."""

    group: str
    #: The label of each place.
    ticks: tuple[str, ...]
    #: The mark of each name.
    marks: tuple[ProfileMark, ...]
    #: For two names, by their numbers, the sign between them if they stand at one place.
    signs: tuple[tuple[int, int, str], ...]
    #: The words at the side.
    verdict: tuple[str, ...]


class Profile(Struct, frozen=True):
    """A figure of a few names with a mark for each in every row, and lines that join the marks."""

    names: tuple[str, ...]
    #: What it means to stand further to the right, and that nothing is known.
    direction: str
    unknown: str
    #: The signs between names at one place, and what they mean.
    signs: tuple[tuple[str, str], ...]
    rows: tuple[ProfileRow, ...]


#: All the charts there are; `formats/figures/selection.py` has the module that draws each.
Chart: TypeAlias = (
    AnswerOverview
    | Diagram
    | DotPlot
    | HeatMap
    | Profile
    | SetOverlap
    | StepBars
    | TileMap
    | Timeline
)

#: The charts that are drawn row by row, from top to bottom, so that an upright page suits them.
UPRIGHT_CHARTS = (SignTable, DotPlot, Profile, StepBars)
