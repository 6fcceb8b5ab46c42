"""Tracked changes in Word: text that was inserted or deleted since an earlier annex."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from npcompare.document import Tone
from npcompare.formats.word_xml import element, qn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docx.oxml.table import CT_Row
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.text.run import CT_R
    from docx.oxml.xmlchemy import BaseOxmlElement

    from npcompare.document import Cell

_ELEMENTS = {Tone.INSERTED: "w:ins", Tone.DELETED: "w:del"}
_AUTHOR = "npcompare"

#: The number of a revision that has none yet.
_NO_NUMBER = "new"


def common_revision(cells: Iterable[Cell]) -> Tone | None:
    """Return INSERTED or DELETED if all the text of some cells was, otherwise None."""
    revisions = {run.revision for cell in cells for run in cell.runs if run.text or run.marks}
    return revisions.pop() if len(revisions) == 1 else None


def track_run(run: CT_R, revision: Tone | None) -> None:
    """Mark a run as inserted or deleted."""
    if revision is None:
        return
    wrapper = _revision(revision)
    run.addprevious(wrapper)
    wrapper.append(run)
    if revision is Tone.DELETED:
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")


def track_paragraph_end(paragraph: CT_P, revision: Tone | None) -> None:
    """Mark the end of a paragraph as inserted or deleted; call it when the paragraph is filled."""
    if revision is None:
        return
    properties = element("w:rPr")
    properties.append(_revision(revision))
    paragraph.get_or_add_pPr().append(properties)


def track_row(row: CT_Row, revision: Tone | None) -> None:
    """Mark a row of a table as inserted or deleted, besides the text in it."""
    if revision is not None:
        row.get_or_add_trPr().append(_revision(revision))


def number_revisions(body: BaseOxmlElement, moment: datetime | None) -> None:
    """Give the revisions in a body consecutive numbers, as Word requires, and new ones a date."""
    numbers = count(1)
    for revision in body.iter(*map(qn, _ELEMENTS.values())):
        is_new = revision.get(qn("w:id")) == _NO_NUMBER
        revision.set(qn("w:id"), str(next(numbers)))
        if is_new and moment:
            revision.set(qn("w:date"), moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _revision(revision: Tone) -> Any:
    return element(_ELEMENTS[revision], id=_NO_NUMBER, author=_AUTHOR)
