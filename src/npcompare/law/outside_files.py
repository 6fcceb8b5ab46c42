"""Provisions outside a corpus that are named by a path: coded files, and texts not yet coded.

What a text contains is read by a function that the corpus is given, because reading a text needs
the phrase book, of which this folder knows nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.files import is_file, no_file, show_path
from npcompare.law.cache import CacheEntry
from npcompare.law.checking import CheckedFile
from npcompare.law.folders import path_without_ending
from npcompare.law.provision_parser import parse_provision
from npcompare.model.provision import Basis, ProposedCoding
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from npcompare.model.provision import Coded, Provision


class UncodedText(Struct, frozen=True):
    """What is read in a text: the proposed coding as the data of a file, and where it is from."""

    data: Mapping[str, Any]
    proposed: ProposedCoding


#: Reads the text with a path.
TextReader: TypeAlias = Callable[[Path], UncodedText]


class TextFile(CheckedFile):
    """A text that is not coded, with the coding that is proposed for it."""

    def __init__(self, path: Path, text: UncodedText) -> None:
        """Take what is read in the text."""
        data = msgspec.Raw(msgspec.json.encode(text.data, order="sorted"))
        super().__init__(path, CacheEntry("", (), data))
        self._text = text

    @cached_property
    def provision(self) -> Provision:
        """The provision, each value of which is proposed."""
        return proposed_provision(self._text)


def proposed_provision(text: UncodedText) -> Provision:
    """Return the provision with the coding proposed for a text."""
    provision = parse_provision(text.data)
    limbs = (replace(limb, coded=_proposed(limb.coded)) for limb in provision.limbs)
    return replace(
        provision,
        limbs=tuple(limbs),
        coded=_proposed(provision.coded),
        proposed=text.proposed,
    )


def _proposed(coded: Mapping[str, tuple[Coded, ...]]) -> dict[str, tuple[Coded, ...]]:
    return {
        field: tuple(replace(value, basis=Basis.PROPOSED) for value in values)
        for field, values in coded.items()
    }


def existing_path(name: str, known_paths: Iterable[str] = ()) -> str:
    """Return the path of a file with its ending, which may be left out of the name.

    One of the known paths is returned if it leads to the same file. Raises NpcompareError if there
    is no such file.
    """
    path = name if is_file(name) else path_without_ending(name) or name
    if not is_file(path):
        raise no_file(Path(path), show_path(Path(path)))
    return next(filter(Path(path).samefile, known_paths), path)


def read_text_file(path: Path, read: TextReader | None) -> TextFile:
    """Return the text with a path and its proposed coding.

    Raises NpcompareError if it cannot be read, or if there is nothing to read it with.
    """
    if read is None:
        raise NpcompareError(
            f"{show_path(path)} is a text that is not coded",
            f"code it first: {command('npcompare', 'code', path)}",
        )
    return TextFile(path, read(path))
