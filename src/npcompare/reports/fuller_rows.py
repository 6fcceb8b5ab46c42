"""References from provisions to those that describe the same law more fully."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.law.versions import period
from npcompare.messages import enumerated, in_brackets, message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision


def fuller_rows(corpus: Corpus, provision: Provision) -> str:
    """Return the ids of the fuller provisions, each with the time in which it was in force."""
    dates = {file.header.id: file.dates for file in corpus.files if file.is_valid}
    names = []
    for name in provision.fuller:
        is_dated = name in dates and dates[name].has_period
        names.append(f"{name} {in_brackets(period(dates[name]))}" if is_dated else name)
    return enumerated(names)


def remarks_on_fuller(
    corpus: Corpus, named: Sequence[Provision], ids: Collection[str] = ()
) -> Iterator[str]:
    """Yield for each provision the fuller ones, unless one of them is shown too.

    Args:
        corpus: The corpus that the provisions belong to.
        named: The provisions that were named; they are shown.
        ids: The ids of others that are shown.
    """
    shown_ids = {*ids, *(provision.id for provision in named)}
    for provision in named:
        if provision.fuller and shown_ids.isdisjoint(provision.fuller):
            yield message(
                "Fuller rows on the same law as {provision}: {rows}.",
                provision=provision.id,
                rows=fuller_rows(corpus, provision),
            )
