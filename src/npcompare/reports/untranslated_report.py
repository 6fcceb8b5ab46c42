"""The report of `codebook --untranslated`: texts without a translation, and proposed ones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.document import Table, columns, flat_table, rows
from npcompare.law.untranslated import TextState, english_texts
from npcompare.reports.cells import finished
from npcompare.reports.records import TOOL, CorpusOutput, Count, Record, corpus_record, urn
from npcompare.text import counted

if TYPE_CHECKING:
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.messages import Catalogue


class TextRecord(Record, frozen=True):
    """An English text, where it is first used, and whether it is translated."""

    text: str
    place: str
    state: TextState


class UntranslatedOutput(CorpusOutput, frozen=True, tag=urn("untranslated")):
    """The output of `codebook --untranslated`."""

    language: str
    counts: dict[str, Count]
    texts: list[TextRecord]


def untranslated(corpus: Corpus, catalogue: Catalogue) -> Document:
    """Return the texts to translate again, those to translate, and those with a proposed one.

    Args:
        corpus: The corpus in English.
        catalogue: The translations.
    """
    texts = english_texts(corpus, catalogue)
    counts = Counter(each.state for each in texts)
    shown = [
        each
        for state in (TextState.STALE, TextState.MISSING, TextState.PROPOSED)
        for each in texts
        if each.state is state
    ]
    values = [[each.text, each.place, str(each.state)] for each in shown]
    stale = counts[TextState.STALE]
    remark = (
        f"Of {len(texts) - stale:,} texts, {counts[TextState.MISSING]:,} have no translation, "
        f"{counts[TextState.PROPOSED]:,} a proposed one, and {counts[TextState.FOUND]:,} one that "
        "was found in a source. Notes are those of all collections."
    )
    if stale:
        remark += (
            f" {counted(stale, 'translation')} of texts that are gone: where a text was reworded, "
            "move the translation to the new text and correct it, otherwise delete it."
        )
    title = f"Texts without a confirmed translation: {catalogue.name}"
    headings = columns(text="English text", place="First used in", state="Translation")
    output = UntranslatedOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        language=catalogue.language,
        counts={str(state): counts[state] for state in TextState},
        texts=[TextRecord(text=each.text, place=each.place, state=each.state) for each in shown],
    )
    table = Table(title, headings, rows(values), (remark,))
    return finished(corpus, title, [table], flat_table(title, "text place state", values), output)
