"""The line above a table which says that its translation is not official."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.messages import ENGLISH_TAG, current, deferred, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Document, Table
    from npcompare.messages import Catalogue

_NOTE = deferred("Unofficial translation.")

#: Words with fewer letters are in other words, too.
_LEAST_LETTERS = 3


def with_note_on_translation(document: Document) -> Document:
    """Return a document that says above its first table that its translation is not official.

    It says so if a translation in its tables has no source.
    """
    if current().language == ENGLISH_TAG:
        return document

    def tables() -> tuple[Table, ...]:
        made = document.tables
        if not made or not has_proposed_texts(document, current()):
            return made
        headnote = "\n".join(filter(None, (message(_NOTE), made[0].headnote)))
        return (replace(made[0], headnote=headnote), *made[1:])

    return document.replace(tables=tables)


def has_proposed_texts(document: Document, catalogue: Catalogue) -> bool:
    """Return whether the tables of a document have a translation, or a term, without a source.

    A text that happens to be in other words counts as well.
    """
    words = _plain("\n".join(_texts(document)))
    return any(part in words for part in _proposed_parts(catalogue))


def _texts(document: Document) -> Iterator[str]:
    yield document.title
    for table in document.tables:
        yield from (table.title, table.headnote, *table.remarks)
        yield from (text for _, text in table.notes)
        for column in table.columns:
            yield from (column.heading, column.group, column.short)
        for row in table.rows:
            yield from (text for cell in row for text in (cell.text, cell.words))


def _proposed_parts(catalogue: Catalogue) -> Iterator[str]:
    """Yield the longest part without values of each form of a proposed translation, and terms."""
    for english in sorted(catalogue.proposed - {_NOTE}):
        forms = catalogue.messages[english]
        for form in [forms] if isinstance(forms, str) else forms.values():
            part = max(_parts(form), key=len, default="")
            if sum(map(str.isalpha, part)) >= _LEAST_LETTERS or not part.isascii():
                yield part
    yield from map(_plain, catalogue.terms.values())


def _parts(form: str) -> Iterator[str]:
    """Yield what is between the values of a message; prose with other braces is one part."""
    from string import Formatter

    try:
        fields = list(Formatter().parse(form))
    except ValueError:
        fields = [(form, None, None, None)]
    return (_plain(words).strip() for words, *_ in fields)


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").casefold()
