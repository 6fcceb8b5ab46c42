"""The earlier files of an annex: what a new one takes over from them, and what it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from npcompare.cli.option_groups import OutputOptions
    from npcompare.document import Document, FiledAnnex, Table
    from npcompare.reports.annex_recipe import Wish


class EarlierFiles(Struct, frozen=True):
    """The annex whose changes are tracked, and the one whose words in own columns are kept."""

    tracked_from: FiledAnnex | None
    #: The annex with the words, and its path.
    with_words: FiledAnnex | None
    path: Path | None

    @staticmethod
    def read(tracked_from: Path | None, words_from: Path | None) -> EarlierFiles:
        """Return the earlier files; words come from the first if no second is named."""
        path = words_from or tracked_from
        if path is None:
            return EarlierFiles(None, None, None)
        from npcompare.cli.annex_files import read_annex

        tracked = read_annex(tracked_from) if tracked_from else None
        with_words = read_annex(words_from) if words_from else tracked
        if with_words:
            _refuse_hidden_words(path, with_words, "their words cannot be kept")
        return EarlierFiles(tracked, with_words, path)

    def require_language(self) -> None:
        """Raise NpcompareError if an earlier file is in another language than the annex."""
        from npcompare.reports import annex_recipe

        for filed in filter(None, (self.tracked_from, self.with_words)):
            annex_recipe.require_language(filed.recipe)

    @property
    def wish(self) -> Wish:
        """The options of the annex whose changes are tracked; the default ones without any."""
        from npcompare.reports import annex_recipe

        if self.tracked_from is None:
            return annex_recipe.Wish()
        return annex_recipe.asked(self.tracked_from.recipe)[1]

    def columns(self, columns: str | None, layout: str) -> tuple[str, ...]:
        """Return the columns chosen, or those of the earlier annex in the same layout."""
        if columns:
            return tuple(dict.fromkeys(name.strip() for name in columns.split(",")))
        return self.wish.columns if self.wish.layout == layout else ()

    def own_columns(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the headings of the earlier annex's own columns, and those that are requested."""
        if not names and self.with_words is None:
            return ()
        from npcompare.reports import own_columns

        earlier = own_columns.own_headings(self.with_words) if self.with_words else ()
        requested = own_columns.checked_headings(names)
        spellings = {heading.casefold() for heading in earlier}
        return (
            *earlier,
            *(heading for heading in requested if heading.casefold() not in spellings),
        )

    def check_overwritten(self, output_options: OutputOptions, requested: Sequence[str]) -> None:
        """Raise NpcompareError if words in own columns would be overwritten and not kept.

        Words are kept in columns that the earlier annex has, and in those that are requested.
        """
        path = output_options.output
        if not (path and output_options.force and path.is_file()):
            return
        from npcompare.cli.annex_files import is_readable, read_annex
        from npcompare.reports.own_columns import own_headings, typed_words
        from npcompare.shell import command

        if not is_readable(path):
            return
        try:
            filed = read_annex(path)
        except NpcompareError:
            # Another file may be overwritten with --force.
            return
        _refuse_hidden_words(path, filed, "it was not overwritten")
        _refuse_words_in_notes(path, filed)
        kept = {name.casefold() for name in requested}
        if self.with_words:
            kept |= {heading.casefold() for heading in own_headings(self.with_words)}
        words = typed_words(self.with_words) if self.with_words else frozenset()
        kept_words = {typed for typed in words if typed[0].casefold() in kept}
        if lost_words := typed_words(filed) - kept_words:
            headings = sorted({heading for heading, _, _ in lost_words})
            renamed = set(headings) - set(own_headings(filed))
            columns = [word for heading in sorted(renamed) for word in ("--column", heading)]
            raise NpcompareError(
                f"{path} has words in a column of your own ({', '.join(headings)}) and was not "
                "overwritten",
                f"add {command('--columns-from', path, *columns)} to keep them, or move the file",
            )

    def tracked(self, document: Document, wish: Wish, *, is_requested: bool) -> Document:
        """Return a document with its changes since the earlier annex, if they are tracked.

        A heading that was changed by hand is kept unless another title or number was requested.
        """
        if self.tracked_from is None:
            return document
        from npcompare.reports.annex_revisions import tracked

        keeps_words = (wish.title, wish.number) == (self.wish.title, self.wish.number)
        return tracked(
            document, self.tracked_from, is_requested=is_requested, keeps_words=keeps_words
        )

    def _as_read(self, document: Document) -> Sequence[Table]:
        """Return the tables of a document, with the further columns that a workbook has."""
        from npcompare.cli.annex_files import is_workbook, reread
        from npcompare.document import Role

        has_own = any(
            column.role is Role.OWN for table in document.tables for column in table.columns
        )
        # Without columns of one's own, a workbook cannot be read back.
        if self.path is None or not (is_workbook(self.path) and has_own):
            return document.tables
        return reread(document, self.path).tables

    def _lost_notes(self) -> Iterator[str]:
        """Yield a sentence for each row with words in the column that npcompare fills itself."""
        from npcompare.cli.annex_files import is_workbook
        from npcompare.reports.workbook_annex import words_in_notes

        if self.path is None or self.with_words is None or not is_workbook(self.path):
            return
        for row, text in words_in_notes(self.with_words):
            yield message(
                "words in the column of notes are not kept: “{row}”: “{text}”", row=row, text=text
            )

    def remarks(self, document: Document) -> Iterator[str]:
        """Yield what was edited in the earlier files, and what of them is not in the document."""
        if self.with_words is None:
            return
        from npcompare.reports.annex_matching import described, matched
        from npcompare.reports.annex_recipe import columns_of
        from npcompare.reports.own_columns import lost_words

        tables = matched(self.with_words.tables, self._as_read(document))
        # If other columns were chosen, their differences are not edits.
        is_same = columns_of(self.with_words.recipe) == columns_of(document.recipe)
        columns = described(tables.pairs) if is_same else ()
        for sentence in (*self.with_words.edits, *tables.edits, *columns):
            yield f"{self.path}: {sentence}"
        for sentence in (*lost_words(document, self.with_words), *self._lost_notes()):
            yield f"{self.path}: {sentence}"
        if self.tracked_from is not None and document.template:
            yield f"{self.path}: with --template, what is around its tables is not in the new file."
        elif self.tracked_from is not None and self.tracked_from.content:
            from npcompare.formats.word_earlier import not_kept

            for sentence in not_kept(self.tracked_from.content):
                yield f"{self.path}: {sentence}"


def _refuse_hidden_words(path: Path, filed: FiledAnnex, consequence: str) -> None:
    """Raise NpcompareError if there may be words in own columns whose headings were deleted."""
    from npcompare.reports.own_columns import hidden_columns

    if headings := hidden_columns(filed):
        raise NpcompareError(
            f"{path} has columns of your own ({', '.join(headings)}) whose headings were deleted; "
            f"{consequence}",
            "put the row of headings back in the file, or choose another name",
        )


def _refuse_words_in_notes(path: Path, filed: FiledAnnex) -> None:
    """Raise NpcompareError if words were typed into a column that npcompare fills itself."""
    from npcompare.cli.annex_files import is_workbook
    from npcompare.reports.workbook_annex import words_in_notes

    if is_workbook(path) and (names := [f"“{row}”" for row, _ in words_in_notes(filed)]):
        raise NpcompareError(
            f"{path} has words in its column of notes and was not overwritten, because they "
            f"cannot be kept there: {'; '.join(names)}",
            "move them to a column of your own in the file, or choose another name",
        )
