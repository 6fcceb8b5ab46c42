"""Numbers that stay on one line with the signs beside them, in scripts without spaces."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.messages import current
from npcompare.text import JOINER
from npcompare.typography import map_runs, map_texts

if TYPE_CHECKING:
    from npcompare.document import Document, Run


def with_joined_numbers(document: Document) -> Document:
    """Return a document in which an invisible character joins numbers to the signs beside them.

    The catalogue of the language in use says which signs these are; most languages have none.
    """
    catalogue = current()
    sides = (catalogue.kept_before, catalogue.kept_after)
    if not all(sides):
        return document
    before, after = map(re.escape, sides)
    place = re.compile(f"(?<=[{before}])(?=[0-9])|(?<=[0-9])(?=[{after}])")
    join = partial(place.sub, JOINER)

    def join_run(run: Run) -> Run:
        return run if run.is_law or run.language else replace(run, text=join(run.text))

    return document.replace(
        title=join(document.title),
        number=join(document.number),
        tables=lambda: tuple(
            map_runs(map_texts(table, join), join_run) for table in document.tables
        ),
    )
