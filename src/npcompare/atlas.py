"""Atlases: entries of a collection, classed in several ways and compared in pairs, for pages.

An atlas is what `formats/atlas_page.py` writes. Nothing here depends on a law or on a format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.charts import CellAnswer
    from npcompare.document import Cell, Column, Table


class Kind(Struct, frozen=True):
    """One of the kinds into which a facet sorts entries, such as a class."""

    key: str
    label: str
    definition: str = ""
    #: What more there is to say of it, a sentence or two each.
    details: tuple[str, ...] = ()


class Facet(Struct, frozen=True):
    """One question by which entries are sorted and selected."""

    key: str
    heading: str
    question: str
    kinds: tuple[Kind, ...]
    #: Whether the entries of each kind are listed; by others, entries are only selected.
    is_listed: bool = True


class Quotation(Struct, frozen=True):
    """A quoted text in parts; the parts with a role are marked."""

    parts: tuple[tuple[str, bool], ...]
    language: str = ""
    #: What is said of the text before it, such as that it is a description.
    introduction: str = ""


class Entry(Struct, frozen=True):
    """An entry: its row in the list of all, and its own part of the page."""

    key: str
    name: str
    #: Its name in lists, where nothing else is called so.
    short_name: str
    #: How the names of relatives usually begin; they are listed without it.
    group: str
    #: The cells of its row after its name, one for each column of the atlas.
    row: tuple[Cell, ...]
    #: For each facet, the kinds that it is of, each with its marks.
    kinds: Mapping[str, Mapping[str, tuple[str, ...]]]
    #: The marks beside its name.
    marks: tuple[str, ...]
    #: Details with their headings.
    facts: tuple[tuple[str, Cell], ...]
    #: The classes of the entry, and what each is based on.
    table: Table
    #: How to cite it.
    citation: str
    quotation: Quotation | None = None
    #: The sources, to which the table refers by their numbers.
    sources: tuple[str, ...] = ()
    #: Headings, each with the keys of other entries and what is said of each.
    related: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    #: What every reader must know of it.
    warnings: tuple[str, ...] = ()
    #: What it is, in the vocabulary of schema.org.
    linked_data: tuple[Mapping[str, Any], ...] = ()
    #: Whether it is part of the numbers; an entry of which there is a fuller one is not.
    is_counted: bool = True

    @property
    def kind_marks(self) -> tuple[tuple[str, ...], ...]:
        """The marks beside each of its kinds."""
        return tuple(marks for kinds in self.kinds.values() for marks in kinds.values())


class Pairing(Struct, frozen=True):
    """What each entry is to every later one in one respect.

    In phrases, {0} is the name of the earlier entry and {1} that of the later one.
    """

    heading: str
    phrases: tuple[str, ...]
    #: The number of a phrase for each pair: of the first entry with the second, with the third and
    #: so on, then of the second entry with the third.
    numbers: tuple[int, ...]


class Atlas(Struct, frozen=True):
    """Entries with everything that pages on them show."""

    title: str
    #: Paragraphs below the title.
    introduction: tuple[str, ...]
    #: The headings of one entry, of the list of all of them, and of the parts on each; and the
    #: caption of the list.
    entry_heading: str
    all_heading: str
    each_heading: str
    list_caption: str
    facets: tuple[Facet, ...]
    #: The columns of the list of all entries after that of their names. In those of answers, signs
    #: are shown.
    columns: tuple[Column, ...]
    #: The answers with their labels, in the order of the legend.
    legend: tuple[tuple[CellAnswer, str], ...]
    #: How to read the answers.
    reading: str
    entries: tuple[Entry, ...]
    #: The marks beside names and classes, and their meanings.
    marks: tuple[tuple[str, str], ...]
    #: Tables with their figures. Rows whose keys are those of entries link to these.
    tables: tuple[Table, ...] = ()
    #: A sentence on entries that are not counted.
    uncounted: str = ""
    pairings: tuple[Pairing, ...] = ()
    #: How to read the pairings.
    pairing_note: str = ""
    #: The command that shows the pairings of two entries in a terminal.
    command: str = ""
    #: Sentences that apply to everything.
    remarks: tuple[str, ...] = ()
    provenance: str = ""
    #: What all entries together are, in the vocabulary of schema.org.
    linked_data: tuple[Mapping[str, Any], ...] = ()
