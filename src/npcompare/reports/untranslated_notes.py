"""Notes that are in English in a table of another language, because they have no translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.messages import ENGLISH_TAG, current, deferred, message
from npcompare.text import fold, no_break

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.document import Document, Table

_IN_ENGLISH = deferred("Notes that have no translation are in English.")

#: A text with fewer words could be in another one by chance.
_FEWEST_WORDS = 3


def with_untranslated_notes(document: Document) -> Document:
    """Return a document in which tables say which parts of their notes are in English.

    The headnote of the first table with such a note says so.
    """
    if current().language == ENGLISH_TAG:
        return document
    return document.replace(tables=lambda: _marked(document.tables))


def _marked(tables: Iterable[Table]) -> tuple[Table, ...]:
    tables = tuple(tables)
    # What is not translated is known once the tables are made.
    texts = {
        no_break(fold(text))
        for text in current().untranslated
        if len(text.split()) >= _FEWEST_WORDS
    }
    ordered = sorted(texts, key=lambda text: (-len(text), text))
    marked = [_with_parts(table, ordered) for table in tables]
    first = next((place for place, table in enumerate(marked) if table.untranslated), None)
    if first is not None:
        headnote = "\n".join(filter(None, (marked[first].headnote, message(_IN_ENGLISH))))
        marked[first] = replace(marked[first], headnote=headnote)
    return tuple(marked)


def _with_parts(table: Table, texts: Iterable[str]) -> Table:
    words = "\n".join([*(text for _, text in table.notes), *table.remarks])
    return replace(table, untranslated=tuple(text for text in texts if text in words))
