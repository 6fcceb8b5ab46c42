"""References from provisions to those that describe the same law more fully."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.law.versions import period
from npcompare.messages import enumerated, listed, message, spaced_brackets

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
        names.append(f"{name}{spaced_brackets(period(dates[name]))}" if is_dated else name)
    return enumerated(names)


def _names_of_fuller(corpus: Corpus, provision: Provision, *, has_ids: bool) -> str:
    """Return the names of the fuller provisions, with the time in which each was in force."""
    files = {file.header.id: file for file in corpus.files if file.is_valid}
    names = []
    for name in provision.fuller:
        file = files.get(name)
        if file is None or file.provision is None:
            names.append(name)
            continue
        details = [name] if has_ids else []
        details += [period(file.dates)] if file.dates.has_period else []
        label = file.provision.label
        names.append(f"{label}{spaced_brackets(enumerated(details))}" if details else label)
    return enumerated(names, is_strong=True)


def remarks_on_fuller(
    corpus: Corpus,
    named: Sequence[Provision],
    ids: Collection[str] = (),
    *,
    has_ids: bool = True,
) -> Iterator[str]:
    """Yield for each provision the fuller ones, unless one of them is shown too.

    Args:
        corpus: The corpus that the provisions belong to.
        named: The provisions that were named; they are shown.
        ids: The ids of others that are shown.
        has_ids: Whether the fuller ones are named with their ids, for whoever goes on to use them.
    """
    for provision in _with_fuller(named, ids):
        yield _fuller(corpus, provision, has_ids=has_ids)


def remarks_on_same_law(corpus: Corpus, shown: Sequence[Provision]) -> Iterator[str]:
    """Yield for each of these provisions the fuller ones, if one of them is shown beside it."""
    ids = {provision.id for provision in shown}
    for provision in shown:
        if not ids.isdisjoint(provision.fuller):
            yield _fuller(corpus, provision, has_ids=True)


def _fuller(corpus: Corpus, provision: Provision, *, has_ids: bool) -> str:
    return message(
        "Fuller rows on the same law as {provision}: {rows}.",
        provision=provision.label,
        rows=_names_of_fuller(corpus, provision, has_ids=has_ids),
    )


def how_to_use_fuller(named: Sequence[Provision], ids: Collection[str] = ()) -> Iterator[str]:
    """Yield for each of these provisions what to type to have a fuller row in its place."""
    for provision in _with_fuller(named, ids):
        yield message(
            "To use a fuller row, type {rows} in place of {provision}.",
            rows=listed(provision.fuller, conjunction="or"),
            provision=provision.id,
        )


def _with_fuller(named: Sequence[Provision], ids: Collection[str]) -> Iterator[Provision]:
    """Yield each provision named that has fuller rows, unless one of them is shown too."""
    shown_ids = {*ids, *(provision.id for provision in named)}
    for provision in named:
        if provision.fuller and shown_ids.isdisjoint(provision.fuller):
            yield provision
