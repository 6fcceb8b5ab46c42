"""The rows of every table of a release, from a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.analysis.classification import classify
from npcompare.dataset.codebook_rows import codebook_rows
from npcompare.dataset.coded_rows import profile_rows, provision_rows, row_id, source_rows
from npcompare.dataset.relation_rows import MOST_PAIRED, relation_rows
from npcompare.dataset.value_rows import Context, contributor_rows, value_rows
from npcompare.files import bundled
from npcompare.law.bibliography import cited_ids, documents_in
from npcompare.law.lookup import DEFAULT_COLLECTION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import Any

    from npcompare.dataset.coded_rows import Placed
    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification


def corpus_rows(corpus: Corpus) -> Iterator[Placed]:
    """Yield the rows of every table; raise ProblemsError if a file of the corpus is refused."""
    corpus.all_provisions()
    files = sorted(corpus.files, key=_order)
    yield from contributor_rows()
    yield from codebook_rows(corpus.codebook)
    yield from source_rows(_documents(corpus))
    for file in sorted(corpus.profile_files, key=lambda file: file.path.stem):
        yield from profile_rows(file.data())
    ids = {str(file.header.id) for file in files}
    paired: list[Classification] = []
    for file in files:
        if file.provision is not None:
            result = classify(corpus.codebook, file.provision)
            yield from _provision_rows(corpus, file, result, ids)
            # The results of many would take more memory than everything else.
            paired += [result] if len(files) <= MOST_PAIRED else []
    yield from relation_rows(corpus.codebook, paired)


def _order(file: CheckedFile) -> tuple[bool, str, str]:
    return file.collection != DEFAULT_COLLECTION, file.collection, str(file.header.id)


def _provision_rows(
    corpus: Corpus, file: CheckedFile, result: Classification, ids: Collection[str]
) -> Iterator[Placed]:
    data = _within(file.data(), ids)
    yield from provision_rows(corpus.codebook, data, file.collection, result.effect)
    context = Context(_limb_ids(data["id"], data.get("limbs", ())), corpus.documents)
    yield from value_rows(result, context)


def _within(data: dict[str, Any], ids: Collection[str]) -> dict[str, Any]:
    """Return the data of a provision without its references to provisions that are not released."""
    data["fuller"] = [name for name in data.get("fuller", ()) if name in ids]
    if data.get("version_of") not in ids:
        data.pop("version_of", None)
    if data.get("succeeds", {}).get("id") not in ids:
        data.pop("succeeds", None)
    return data


def references_left_out(corpus: Corpus) -> int:
    """Return how many references to provisions that are not among the files have no cell."""
    ids = {str(file.header.id) for file in corpus.files}
    headers = [file.header for file in corpus.files]
    named = [
        *(name for header in headers for name in header.fuller or ()),
        *(header.version_of for header in headers if header.version_of),
        *(header.succeeds["id"] for header in headers if header.succeeds),
    ]
    return sum(name not in ids for name in named)


def _limb_ids(provision: str, limbs: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the ids of limbs by their names, which are their numbers if they have none."""
    return {
        limb.get("id", str(number)): row_id(provision, number)
        for number, limb in enumerate(limbs, 1)
    }


def _documents(corpus: Corpus) -> dict[str, Mapping[str, Any]]:
    """Return the documents of a corpus: those of its bibliography, and those that it cites."""
    files = (*corpus.files, *corpus.profile_files)
    names = {name for file in files for name in cited_ids(file.data())}
    names |= set(cited_ids(corpus.codebook_data))
    if corpus.folder == bundled("statutes"):
        names |= set(corpus.documents)
    else:
        names |= set(documents_in(corpus.folder))
    return {name: corpus.documents[name] for name in names}
