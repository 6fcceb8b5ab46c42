"""What of a collection is shown: the law of one day, and of each law its fullest rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.law.versions import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from npcompare.law.checking import CheckedFile


class CollectionView(NamedTuple):
    """The files of a collection, in their order, by whether they are shown."""

    #: In force on the day, or dated and perhaps in force; without a day, all files.
    files: tuple[CheckedFile, ...]
    #: Not dated, so that it is not known whether they were in force on the day.
    undated_files: tuple[CheckedFile, ...]
    #: Left out, because others that are shown describe the same law more fully.
    superseded_files: tuple[CheckedFile, ...]

    def left_out(self, *, undated: bool, superseded: bool) -> tuple[CheckedFile, ...]:
        """Return the files that are not shown because they are undated or superseded."""
        files = self.undated_files if undated else ()
        return (*files, *self.superseded_files) if superseded else files


def view_of(
    files: Iterable[CheckedFile], day: str, collections: Collection[str] = ()
) -> CollectionView:
    """Return what is shown of files on a day; of all days if it is empty.

    Only rows of the collections named, or of all if none is, take the place of one another.
    """
    all_files = tuple(files)
    dated, undated = [], []
    for file in all_files:
        answer = standing(file.dates, day) if day else Standing.IN_FORCE
        if answer is Standing.UNDATED:
            undated.append(file)
        elif answer is not Standing.NOT_IN_FORCE:
            dated.append(file)
    dated_ids, undated_ids = (
        {file.header.id for file in kind if not collections or file.collection in collections}
        for kind in (dated, undated)
    )
    ids = dated_ids | undated_ids
    # An undated row does not take the place of a dated one.
    superseded_ids = {
        file.header.id
        for kind, shown_ids in ((dated, dated_ids), (undated, ids))
        for file in kind
        if file.header.id in ids and not shown_ids.isdisjoint(file.header.fuller or ())
    }
    return CollectionView(
        tuple(file for file in dated if file.header.id not in superseded_ids),
        tuple(file for file in undated if file.header.id not in superseded_ids),
        tuple(file for file in all_files if file.header.id in superseded_ids),
    )
