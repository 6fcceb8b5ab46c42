"""The report of `list --where`, and what other reports say of the provisions that were selected."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from npcompare.analysis.queries import in_words
from npcompare.law.corpus import ALL_COLLECTIONS
from npcompare.messages import deferred, enumerated, message, plural
from npcompare.reports.cells import namer
from npcompare.reports.law_of_the_day import with_remarks
from npcompare.reports.provision_list import Selection, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.analysis.queries import Matches
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

_AS_FAR_AS_KNOWN = deferred(
    "“As far as is known” means that the full text is not available, so that it may contain "
    "a class that is not shown."
)


def matching(corpus: Corpus, matches: Matches) -> Document:
    """Return the provisions that match conditions, and the numbers of the others."""
    labels = {
        result.provision.id: message("as far as is known") for result in matches.as_far_as_known
    }
    labels |= {result.provision.id: message("yes") for result in matches.certain}
    selection = Selection(labels, tuple(_remarks(matches)), conditions(matches), open_ids(matches))
    return listing(corpus, [result.provision for result in matches.selected], selection)


def selected(document: Document, matches: Matches) -> Document:
    """Return a document on selected provisions that says how they were selected."""
    return with_remarks(document, tuple(_remarks(matches))).replace(
        data=lambda: {**document.data, **selection_data(matches)}
    )


def remarks_on_other_collections(corpus: Corpus) -> Iterator[str]:
    """Yield how many provisions are in other collections than the one that is shown."""
    if corpus.collection == ALL_COLLECTIONS:
        return
    count = sum(file.is_valid and file.collection != corpus.collection for file in corpus.files)
    if count:
        yield plural(
            "Other collections have {count} more provision: add --collection all to list it too.",
            "Other collections have {count} more provisions: add --collection all to list them "
            "too.",
            count,
        )


def annex_remarks(matches: Matches) -> tuple[str, ...]:
    """Return how the provisions of an annex were selected.

    Provisions have the names that readers of an annex know, not their ids.
    """
    return tuple(_remarks(matches, namer(matches.open), is_by_label=True))


def selection_data(matches: Matches) -> dict[str, list[str]]:
    """Return the conditions and the unknown ids as the JSON output has them."""
    return {"where": conditions(matches), "open": open_ids(matches)}


def conditions(matches: Matches) -> list[str]:
    """Return the conditions as they are written."""
    return [str(condition) for condition in matches.conditions]


def open_ids(matches: Matches) -> list[str]:
    """Return the ids of the provisions of which it is unknown whether they match."""
    return [result.provision.id for result in matches.open]


def _remarks(
    matches: Matches,
    name: Callable[[Provision], str] = attrgetter("id"),
    *,
    is_by_label: bool = False,
) -> Iterator[str]:
    """Yield the conditions, the number of provisions that match or do not, and the unknown."""
    certain, likely = len(matches.certain), len(matches.as_far_as_known)
    failing, unknown = len(matches.failing), len(matches.open)
    total = certain + likely + failing + unknown
    yield in_words(matches.conditions)
    yield plural(
        "Of {count} provision, {certain}, {likely} and {failing}.",
        "Of {count} provisions, {certain}, {likely} and {failing}.",
        total,
        certain=plural("{count} matches", "{count} match", certain),
        likely=plural(
            "{count} matches as far as is known", "{count} match as far as is known", likely
        ),
        failing=plural("{count} does not", "{count} do not", failing),
    )
    if likely:
        yield message(_AS_FAR_AS_KNOWN)
    if unknown:
        names = [name(result.provision) for result in matches.open]
        yield plural(
            "It is unknown whether {count} provision matches: {provisions}.",
            "It is unknown whether {count} provisions match: {provisions}.",
            unknown,
            provisions=enumerated(names, is_strong=is_by_label),
        )
