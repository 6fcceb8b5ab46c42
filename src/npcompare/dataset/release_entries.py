"""The data of files from the rows of a release: the reverse of `dataset/coded_rows.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.coding.workbook_entries import Entry
from npcompare.dataset.coding_entries import CodingEntries
from npcompare.dataset.entry_builder import EntryBuilder, by_owner
from npcompare.errors import Code
from npcompare.law.profiles import FACTS
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.dataset.release_reader import ReadRow
    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer

    Rows = Mapping[str, Sequence[ReadRow]]

_DATES = ("enacted", "in_force_from", "in_force_to")
_IDENTIFIERS = ("akn", "eli", "url")

#: The lists of a provision: their keys, and the columns of their tables beside the source.
_LISTS = {
    "reported": (
        "reported",
        ("dimension_id", "classes", "persons", "is_open", "note", "confidence"),
    ),
    "settled": ("settled", ("words", "language", "note")),
    "decisions": ("interpreted_by", ("case", "date", "note")),
    "wordings": (
        "reported_wordings",
        ("language", "limb", "field", "words", "value", "lacks", "note", "confidence"),
    ),
}
#: Those whose items have the confidence of the provision if they have none of their own.
_WITH_CONFIDENCE = ("reported", "wordings")


class ProvisionEntries:
    """Makes the data of provisions from the rows of the tables."""

    def __init__(self, rows: Rows) -> None:
        """Sort the rows by provision."""
        self._provisions = rows["provisions"]
        tables = ("texts", "limbs", "codings", "notes", "citations", *_LISTS)
        self._rows = {name: by_owner(rows[name], "provision_id") for name in tables}
        self._codings = CodingEntries(rows["quotations"])
        #: What no check of a file finds: rows that contradict each other.
        self.problems: list[Problem] = self._codings.problems

    def entries(self) -> Iterator[tuple[ReadRow, Entry]]:
        """Yield each provision with its row."""
        for row in self._provisions:
            builder = EntryBuilder(row.text("id"), row)
            self._fill(builder, row)
            yield row, builder.entry

    def _of(self, table: str, row: ReadRow) -> list[ReadRow]:
        return self._rows[table].get(row.text("id"), [])

    def _fill(self, builder: EntryBuilder, row: ReadRow) -> None:
        confidence = row.text("confidence")
        _fill_facts(builder, row)
        self._fill_texts(builder, row)
        self._fill_limbs(builder, row, confidence)
        for table, (key, columns) in _LISTS.items():
            for number, item in enumerate(self._of(table, row)):
                builder.begin((key, number), item)
                builder.put_cells((key, number), item, *columns)
                if "source_id" in item.cells:
                    builder.put_citation((key, number, "source"), item)
                data = builder.entry.data[key][number]
                if table in _WITH_CONFIDENCE and data.get("confidence") == (confidence or None):
                    data.pop("confidence", None)
                if data.get("open") is False:
                    del data["open"]
        _fill_notes(builder, self._of("notes", row), self._of("citations", row))

    def _fill_texts(self, builder: EntryBuilder, row: ReadRow) -> None:
        """Put the text of a provision, or a list of its versions."""
        texts = self._of("texts", row)
        is_list = row.cells["is_multilingual"] is True
        if len(texts) > 1 and not is_list:
            message = "the provision is not multilingual, but it has several texts"
            hint = "write true under is_multilingual, or delete the row"
            self.problems.append(texts[1].place().problem(Code.WRONG_COUNT, message, hint))
        columns = ("status", "complete", "language", "body", "note", "misprints")
        for number, text in enumerate(texts if is_list else texts[:1]):
            pointer: Pointer = ("text", number) if is_list else ("text",)
            builder.begin(pointer, text)
            builder.put_cells(pointer, text, *columns)
            builder.put_citation((*pointer, "source"), text)

    def _fill_limbs(self, builder: EntryBuilder, row: ReadRow, confidence: str) -> None:
        """Put the limbs of a provision, and what is coded for it as a whole."""
        codings = by_owner(self._of("codings", row), "limb_id")
        limbs = {limb.text("id"): limb for limb in self._of("limbs", row)}
        for number, (name, limb) in enumerate(limbs.items()):
            pointer: Pointer = ("limbs", number)
            builder.begin(pointer, limb)
            builder.put((*pointer, "id"), limb.cells["name"], limb, "name")
            builder.put_cells(pointer, limb, "note")
            self._codings.fill(builder, pointer, codings.pop(name, ()), confidence)
        self._codings.fill(builder, (), codings.pop("", ()), confidence)
        for coding in (rows[0] for rows in codings.values()):
            message = f'"{coding.text("limb_id")}" is a limb of another provision'
            self.problems.append(coding.place("limb_id").problem(Code.VERSION_UNKNOWN, message))


def _fill_facts(builder: EntryBuilder, row: ReadRow) -> None:
    """Put the facts of a provision that its own row has."""
    builder.put_cells((), row, "id", "aliases")
    # These keys are needed even if nothing is known.
    builder.entry.data |= {"jurisdiction": {"code": None}, "instrument": None, "form": None}
    _fill_jurisdiction(builder, row)
    builder.mark(("instrument",), row, "instrument")
    if any(row.cells[name] for name in ("instrument", "instrument_kind", "instrument_number")):
        builder.entry.data["instrument"] = {}
        builder.put(("instrument", "title"), row.cells["instrument"], row, "instrument")
        for key in ("kind", "number", "year", "languages"):
            column = f"instrument_{key}"
            builder.mark(("instrument", key), row, column)
            builder.put(("instrument", key), row.cells[column], row, column)
    builder.put_cells((), row, "pinpoint", "form", "version_of", "fuller", "confidence")
    builder.put_cells(("identifiers",), row, *_IDENTIFIERS)
    builder.put_cells(("dates",), row, *_DATES)
    builder.put(("succeeds", "id"), row.cells["succeeds"], row, "succeeds")
    builder.put(("succeeds", "because"), row.cells["succeeds_because"], row, "succeeds_because")
    builder.put_citation(("succeeds", "source"), row, "succeeds_")


def _fill_jurisdiction(builder: EntryBuilder, row: ReadRow) -> None:
    columns = {"name": "jurisdiction", "code": "jurisdiction_code", "kind": "jurisdiction_kind"}
    for key, column in columns.items():
        builder.mark(("jurisdiction", key), row, column)
        builder.put(("jurisdiction", key), row.cells[column], row, column)


def _fill_notes(
    builder: EntryBuilder, notes: Sequence[ReadRow], citations: Sequence[ReadRow]
) -> None:
    """Put the notes on a provision or profile, and the documents it cites."""
    for number, row in enumerate(notes):
        builder.begin(("notes", number), row)
        builder.put_cells(("notes", number), row, "kind", "note", "date", "confidence")
        builder.put_citation(("notes", number, "source"), row)
    for number, row in enumerate(citations):
        builder.begin(("sources", number), row)
        builder.put_citation(("sources", number), row)


# --- Profiles and the bibliography --------------------------------------------------------------


def fact_findings(rows: Iterable[ReadRow]) -> Iterator[Problem]:
    """Yield a finding for each fact that no profile can have, or that one has already."""
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        fact, profile = row.text("fact"), row.text("profile_id")
        first = lines.setdefault((profile, fact), row.line)
        if fact not in FACTS:
            message = f'"{fact}" is not a fact of a profile'
            hint = suggestion(fact, "the facts are", FACTS)
            yield row.place("fact").problem(Code.NOT_A_WORD, message, hint)
        elif first != row.line:
            message = f'"{profile}" already has {fact} in line {first}'
            yield row.place("fact").problem(Code.ID_TAKEN, message, "keep one of the two rows")


def profile_entries(rows: Rows) -> Iterator[Entry]:
    """Yield the profile of each State; those with `fact_findings` are left out."""
    tables = ("notes", "citations")
    owned = {name: by_owner(rows[name], "profile_id") for name in tables}
    facts: dict[str, list[ReadRow]] = {}
    for fact in rows["facts"]:
        if fact.text("fact") in FACTS:
            facts.setdefault(fact.text("profile_id"), []).append(fact)
    for row in rows["profiles"]:
        name = row.text("id")
        builder = EntryBuilder(name, row)
        builder.put_cells((), row, "id")
        _fill_jurisdiction(builder, row)
        for fact in facts.get(name, ()):
            pointer = (fact.text("fact"),)
            builder.begin(pointer, fact, "fact")
            builder.put_cells(pointer, fact, "value", "note", "confidence")
            builder.put_citation((*pointer, "source"), fact)
        _fill_notes(builder, *(owned[table].get(name, []) for table in tables))
        yield builder.entry


def bibliography_entry(rows: Iterable[ReadRow]) -> Entry:
    """Return the bibliography."""
    columns = ("title", "short", "author", "kind", "symbol", "date", "url", "note")
    entry = Entry("", {})
    for row in rows:
        builder = EntryBuilder("", row)
        name = row.text("id")
        builder.begin((name,), row)
        builder.put_cells((name,), row, *columns)
        entry.data |= builder.entry.data
        entry.places |= builder.entry.places
    return entry
