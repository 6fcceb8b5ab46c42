"""Forms: sheets of cells to be filled in. Nothing here depends on a law or on a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class FormColumn(Struct, frozen=True):
    """A column of a form: what is filled in, and how."""

    heading: str
    #: What a comment on the heading says.
    help: str = ""
    #: The name of the list of words, in `Form.lists`, that can be chosen from; empty for any text.
    words: str = ""
    #: Whether only one of these words can be chosen.
    is_one_word: bool = False
    #: Whether a program must take what is typed as text, not as a number or a day.
    is_literal: bool = False
    #: In characters.
    width: int = 20
    is_hidden: bool = False


class FormSheet(Struct, frozen=True):
    """A sheet of a form: its columns and the rows that are filled in already."""

    name: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    #: Whether the rows are there to be read only.
    is_read_only: bool = False
    is_hidden: bool = False
    #: How many columns stay in view.
    fixed: int = 1


class Form(Struct, frozen=True):
    """Sheets to be filled in, and the lists of words that their columns offer."""

    title: str
    sheets: tuple[FormSheet, ...]
    lists: Mapping[str, tuple[str, ...]]
