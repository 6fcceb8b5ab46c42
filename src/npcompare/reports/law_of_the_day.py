"""What outputs say of the day whose law they show: what is dated, what is not, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from npcompare.law.versions import Standing, dates_of, spoken, standing
from npcompare.model.provision import Provision
from npcompare.reports.cells import MOST_NAMED, listed
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.document import Document, Table
    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus
    from npcompare.reports.records import InForce

_WORDS: dict[Standing, InForce] = {
    Standing.IN_FORCE: "yes",
    Standing.ENACTED: "enacted",
    Standing.UNCERTAIN: "unknown",
    Standing.UNDATED: "unknown",
    Standing.NOT_IN_FORCE: "no",
}


def in_force_word(corpus: Corpus, provision: Provision | CheckedFile) -> InForce | UnsetType:
    """Return the value of the key "in_force", which an output has only for the law of a day."""
    return _WORDS[_standing(corpus, provision)] if corpus.as_of else UNSET


def is_undated(corpus: Corpus, provision: Provision) -> bool:
    """Return whether nothing shows if a provision was in force on the day; no without a day."""
    return bool(corpus.as_of) and _standing(corpus, provision) is Standing.UNDATED


def _standing(corpus: Corpus, provision: Provision | CheckedFile) -> Standing:
    dates = dates_of(provision) if isinstance(provision, Provision) else provision.dates
    return standing(dates, corpus.as_of)


def undated_title(corpus: Corpus) -> str:
    """Return the title of the table of the provisions without dates."""
    return f"Not dated: it is not known whether these were in force on {spoken(corpus.as_of)}"


def remarks_on_dates(corpus: Corpus, provisions: Iterable[Provision]) -> Iterator[str]:
    """Yield which provisions of a table were not certainly in force on the day, by their ids."""
    if not corpus.as_of:
        return
    ids: dict[Standing, list[str]] = {}
    for provision in provisions:
        ids.setdefault(_standing(corpus, provision), []).append(provision.id)
    for answer, sentence in (
        (Standing.ENACTED, _ONLY_ENACTED),
        (Standing.UNCERTAIN, _UNCERTAIN),
        (Standing.UNDATED, _NOT_DATED),
        (Standing.NOT_IN_FORCE, "Not in force on {day}: {names}."),
    ):
        if names := ids.get(answer):
            yield sentence.format(day=spoken(corpus.as_of), names=", ".join(names))


_ONLY_ENACTED = (
    "Only the date of enactment or the year of the instrument is known, not the date of entry into "
    "force: {names}."
)
_NOT_DATED = "Not dated, so that it is not known whether in force on {day}: {names}."
_UNCERTAIN = "The dates do not show whether these were in force on {day}: {names}."


def remarks_on_view(results: ClassifiedCorpus) -> tuple[str, ...]:
    """Return which provisions of the collection are left out, and which have inexact dates.

    There are no remarks if the collection is not part of the results.
    """
    return tuple(_remarks_on_view(results.corpus)) if results.has_collection else ()


def _remarks_on_view(corpus: Corpus) -> Iterator[str]:
    yield from remarks_on_superseded(corpus)
    if not corpus.as_of:
        return
    day = spoken(corpus.as_of)
    if undated := corpus.view.undated_files:
        verb, them, were = ("is", "it is", "it was") if len(undated) == 1 else _PLURAL
        yield (
            f"{counted(len(undated), 'provision')} {verb} left out, because {them} not dated and "
            f"it is not known whether {were} in force on {day}{_names(undated)}."
        )
    inexact = [
        file for file in corpus.view.files if _standing(corpus, file) is not Standing.IN_FORCE
    ]
    if inexact:
        verb, dates = ("was", "its") if len(inexact) == 1 else ("were", "their")
        yield (
            f"It is not certain that {counted(len(inexact), 'provision')} {verb} in force on {day},"
            f" because {dates} exact dates are not known{_names(inexact)}."
        )


_PLURAL = ("are", "they are", "they were")


def remarks_on_superseded(corpus: Corpus) -> Iterator[str]:
    """Yield for which jurisdictions a row is left out because a fuller one is shown."""
    names = dict.fromkeys(
        file.provision.jurisdiction.name
        for file in corpus.view.superseded_files
        if file.provision is not None
    )
    if names:
        rows = "a row is" if len(corpus.view.superseded_files) == 1 else "rows are"
        yield (
            f"{listed(list(names))}: {rows} left out, because fuller rows on the same law are "
            "shown."
        )


def _names(files: Sequence[CheckedFile]) -> str:
    """Return the labels of provisions after a colon, or nothing if there are too many."""
    labels = [file.provision.label for file in files if file.provision is not None]
    return f": {'; '.join(labels)}" if len(labels) <= MOST_NAMED else ""


def with_remarks_on_view(document: Document, results: ClassifiedCorpus) -> Document:
    """Return a document with the remarks on the collection, if that is part of the results."""
    return with_remarks(document, remarks_on_view(results))


def with_remarks(document: Document, remarks: Sequence[str]) -> Document:
    """Return a document with remarks below its last table."""

    def tables() -> tuple[Table, ...]:
        *first_tables, last_table = document.tables
        last_table = replace(last_table, remarks=(*last_table.remarks, *remarks))
        return (*first_tables, last_table)

    return document.replace(tables=tables) if remarks else document
