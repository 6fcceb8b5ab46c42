"""Long texts, which are hard to read in narrow columns and follow in a table of their own.

A table of texts has two columns, a narrow one and one as wide as the page. It is a table like any
other, so every format writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell
from npcompare.messages import current, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A text with more words is long.
MOST_WORDS = 60

#: The words of a long quotation that stay in its cell.
_MOST_KEPT = 12

#: Tables with fewer columns have room for long texts.
FEWEST_COLUMNS = 3

#: The key of the column of texts.
_KEY = "full-text"


def is_long(text: str) -> bool:
    """Return whether a text has too many words for a narrow column."""
    return len(text.split()) > MOST_WORDS


def is_table_of_texts(table: Table) -> bool:
    """Return whether a table consists of the texts of another one."""
    return table.columns[-1].key == _KEY


def table_of_texts(
    title: str, headings: tuple[str, str], rows: Iterable[tuple[str, Cell, Cell]]
) -> Table:
    """Return a table of texts.

    Args:
        title: Its title.
        headings: The headings of its two columns.
        rows: For each text the key of its row, the cell with its name, and the text.
    """
    keys, names, texts = zip(*rows, strict=True)
    columns = (Column("name", headings[0]), Column(_KEY, headings[1]))
    body = tuple(zip(names, texts, strict=True))
    return Table(title, columns, body, row_keys=keys)


def with_texts_apart(document: Document) -> Document:
    """Return a document whose long quotations are in a table of texts after their table.

    In the cell are the first words of the quotation and its number.
    """
    return document.replace(tables=lambda: tuple(_apart(document.tables)))


def _apart(tables: Iterable[Table]) -> Iterator[Table]:
    numbers: dict[Run, int] = {}
    for table in tables:
        first_number = len(numbers)
        is_narrow = len(table.columns) >= FEWEST_COLUMNS
        if not is_narrow or not any(_has_long(row) for row in table.rows):
            yield table
            continue
        rows = (tuple(_shortened(content, numbers) for content in row) for row in table.rows)
        yield replace(table, rows=tuple(rows))
        if texts := list(numbers.items())[first_number:]:
            entries = ((f"text {number}", cell(str(number)), Cell((run,))) for run, number in texts)
            title = message("Texts: {title}", title=table.title)
            yield table_of_texts(title, (message("No."), message("Text")), entries)


def _has_long(row: Iterable[Cell]) -> bool:
    return any(_is_long_quotation(run) for content in row for run in content.runs)


def _is_long_quotation(run: Run) -> bool:
    # Counting the words of every run would take time; short runs need not be counted.
    return run.tone is Tone.QUOTE and len(run.text) > 2 * MOST_WORDS and is_long(run.text)


def _shortened(content: Cell, numbers: dict[Run, int]) -> Cell:
    runs: list[Run] = []
    for run in content.runs:
        if not _is_long_quotation(run):
            runs.append(run)
            continue
        text = run.text.lstrip("\n")
        before = run.text[: len(run.text) - len(text)]
        number = numbers.setdefault(replace(run, text=text.strip(), marks=()), len(numbers) + 1)
        opening = " ".join(text.split()[:_MOST_KEPT])
        closing = current().quotation_marks[1]
        runs.append(replace(run, text=f"{before}{opening} …{closing}", marks=()))
        reference = message("(text\N{NO-BREAK SPACE}{number})", number=str(number))
        runs.append(Run(f" {reference}", marks=run.marks))
    return replace(content, runs=tuple(runs))
