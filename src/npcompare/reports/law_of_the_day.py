"""What outputs say of the day whose law they show: what is dated, what is not, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from npcompare.law.versions import Standing, dates_of, standing
from npcompare.messages import deferred, enumerated, listed, main_language, message, plural, spoken
from npcompare.model.provision import Provision
from npcompare.model.version_notes import language
from npcompare.reports.cells import MOST_NAMED, clause
from npcompare.reports.fuller_rows import how_to_use_fuller, remarks_on_fuller
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

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
    return message(
        "Not dated: it is not known whether these were in force on {date}",
        date=spoken(corpus.as_of),
    )


def remarks_on_dates(
    corpus: Corpus, provisions: Iterable[Provision], *, with_labels: bool = False
) -> Iterator[str]:
    """Yield which provisions were not certainly in force on the day, by their ids or labels."""
    if not corpus.as_of:
        return
    names: dict[Standing, list[str]] = {}
    for provision in provisions:
        name = provision.label if with_labels else provision.id
        names.setdefault(_standing(corpus, provision), []).append(name)
    for answer, sentence in (
        (Standing.ENACTED, _ONLY_ENACTED),
        (Standing.UNCERTAIN, _UNCERTAIN),
        (Standing.UNDATED, _NOT_DATED),
        (Standing.NOT_IN_FORCE, _NOT_IN_FORCE),
    ):
        if answer in names:
            yield message(
                sentence,
                date=spoken(corpus.as_of),
                provisions=enumerated(names[answer], is_strong=with_labels),
            )


_ONLY_ENACTED = deferred(
    "Only the date of enactment or the year of the instrument is known, not the date of entry into "
    "force: {provisions}."
)
_UNCERTAIN = deferred("The dates do not show whether these were in force on {date}: {provisions}.")
_NOT_DATED = deferred(
    "Not dated, so that it is not known whether in force on {date}: {provisions}."
)
_NOT_IN_FORCE = deferred("Not in force on {date}: {provisions}.")


def remarks_on_results(results: ClassifiedCorpus, *, has_ids: bool = True) -> tuple[str, ...]:
    """Return all remarks on the provisions named, and on those of the collection."""
    return (
        *remarks_on_law(results, with_labels=not has_ids),
        *remarks_on_named(results, has_ids=has_ids),
    )


def remarks_on_law(results: ClassifiedCorpus, *, with_labels: bool = False) -> tuple[str, ...]:
    """Return what was not in force and what is left out, by ids or by labels."""
    return (
        *_remarks_on_languages(results, with_labels=with_labels),
        *remarks_on_dates(results.corpus, results.named, with_labels=with_labels),
        *remarks_on_superseded(results),
        *_remarks_on_collection(results),
    )


def _remarks_on_languages(results: ClassifiedCorpus, *, with_labels: bool) -> Iterator[str]:
    """Yield which of the texts named are not available in the language that was asked for."""
    tag = results.corpus.naming.text_language
    names = [
        provision.label if with_labels else provision.id
        for provision in results.named
        if provision.text.body and main_language(provision.text.language) != main_language(tag)
    ]
    if tag and names:
        yield message(
            "Texts not available in {language}: {names}.",
            language=language(tag),
            names=enumerated(names, is_strong=with_labels),
        )


def remarks_on_named(results: ClassifiedCorpus, *, has_ids: bool = True) -> tuple[str, ...]:
    """Return where those provisions that were named have fuller ones that are not shown."""
    remarks = remarks_on_fuller(results.corpus, results.named, _ids(results), has_ids=has_ids)
    return tuple(dict.fromkeys(remarks))


def hints_on_named(results: ClassifiedCorpus) -> tuple[str, ...]:
    """Return what to type to have the fuller ones in place of those that were named."""
    return tuple(dict.fromkeys(how_to_use_fuller(results.named, _ids(results))))


def _ids(results: ClassifiedCorpus) -> set[str]:
    """Return the ids of the provisions of the collection, which are shown beside those named."""
    return {file.header.id for file in results.files} if results.named else set()


def _remarks_on_collection(results: ClassifiedCorpus) -> Iterator[str]:
    """Yield which provisions of the collection are not dated, and which not exactly."""
    corpus = results.corpus
    if not (corpus.as_of and results.has_collection):
        return
    day = spoken(corpus.as_of)
    if undated := _unnamed(results, corpus.view.undated_files):
        yield _with_names(
            plural(
                "{count} provision is left out, because it is not dated and it is not known "
                "whether it was in force on {date}.",
                "{count} provisions are left out, because they are not dated and it is not known "
                "whether they were in force on {date}.",
                len(undated),
                date=day,
            ),
            undated,
        )
    inexact = [file for file in results.files if _is_inexact(corpus, file)]
    if inexact:
        yield _with_names(
            plural(
                "It is not certain that {count} provision was in force on {date}, because its "
                "exact dates are not known.",
                "It is not certain that {count} provisions were in force on {date}, because their "
                "exact dates are not known.",
                len(inexact),
                date=day,
            ),
            inexact,
        )


def remarks_on_superseded(results: ClassifiedCorpus) -> Iterator[str]:
    """Yield for which jurisdictions a row is left out because a fuller one is shown."""
    if not results.has_collection:
        return
    files = _unnamed(results, results.corpus.view.superseded_files)
    if set(files) <= set(results.files):
        return
    files = _superseded_by(files, {provision.id for provision in results.provisions()})
    names = dict.fromkeys(file.jurisdiction_name for file in files)
    if names:
        yield plural(
            "{jurisdictions}: a row with less detail is left out, because the same law is shown "
            "more fully.",
            "{jurisdictions}: rows with less detail are left out, because the same law is shown "
            "more fully.",
            len(files),
            jurisdictions=listed(list(names)),
        )


def superseded_ids(results: ClassifiedCorpus) -> frozenset[str]:
    """Return the ids of those provisions of the collection of which a fuller one is shown, too."""
    if not results.has_collection:
        return frozenset()
    superseded = set(results.corpus.view.superseded_files)
    files = [file for file in results.files if file in superseded]
    ids = {provision.id for provision in results.provisions()}
    return frozenset(file.header.id for file in _superseded_by(files, ids))


def _superseded_by(files: Sequence[CheckedFile], ids: Collection[str]) -> list[CheckedFile]:
    """Return the files of which a fuller one is shown, or has a fuller one that is shown."""
    known, count = set(ids), -1
    while len(known) > count:
        count = len(known)
        known |= {file.header.id for file in files if not known.isdisjoint(file.header.fuller)}
    return [file for file in files if not known.isdisjoint(file.header.fuller)]


def _unnamed(results: ClassifiedCorpus, files: Iterable[CheckedFile]) -> list[CheckedFile]:
    named_ids = {provision.id for provision in results.named}
    return [file for file in files if file.header.id not in named_ids]


def _is_inexact(corpus: Corpus, file: CheckedFile) -> bool:
    return _standing(corpus, file) in (Standing.ENACTED, Standing.UNCERTAIN)


def _with_names(sentence: str, files: Sequence[CheckedFile]) -> str:
    """Return a sentence with the labels of its provisions, unless there are too many."""
    labels = [file.provision.label for file in files if file.provision]
    if len(labels) > MOST_NAMED:
        return sentence
    return message(
        "{statement}: {provisions}.",
        statement=clause(sentence),
        provisions=enumerated(labels, is_strong=True),
    )


def with_remarks(document: Document, remarks: Sequence[str]) -> Document:
    """Return a document with remarks below its last table."""

    def tables() -> tuple[Table, ...]:
        *first_tables, last_table = document.tables
        all_remarks = (*last_table.remarks, *map(no_break, remarks))
        last_table = replace(last_table, remarks=all_remarks)
        return (*first_tables, last_table)

    return document.replace(tables=tables) if remarks else document
