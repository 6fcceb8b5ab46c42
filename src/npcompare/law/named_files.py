"""Checked files of which the jurisdictions have the names that the United Nations uses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.law.cache import CacheEntry
from npcompare.law.checking import CheckedFile

if TYPE_CHECKING:
    from npcompare.model.provision import Provision

#: The styles of the names of jurisdictions: those of the United Nations, and those of the files.
NAME_STYLES = ("un", "file")


class NamedFile(CheckedFile):
    """A file whose provision has the name that the United Nations uses for its jurisdiction.

    Its data, and so its digest and the names by which it is found, are those of the file.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the file as it was checked, for another process."""
        return _named, super().__reduce__()[1]

    @property
    def jurisdiction_name(self) -> str:
        """The name of the jurisdiction by which valid files are sorted."""
        return self.provision.jurisdiction.name if self.provision else super().jurisdiction_name

    @cached_property
    def provision(self) -> Provision | None:
        """The provision, or None if the contents are not valid."""
        from npcompare.law.un_states import united_nations

        provision = super().provision
        if provision is None:
            return None
        name = united_nations().name_of(provision.jurisdiction)
        return replace(provision, jurisdiction=replace(provision.jurisdiction, name=name))


def require_style(style: str) -> str:
    """Return a style of names; raise NpcompareError for any other word."""
    if style not in NAME_STYLES:
        raise NpcompareError(
            f'there are no names of the style "{style}"',
            "write un for the names that the United Nations uses, or file for those of the files",
        )
    return style


def with_un_names(file: CheckedFile) -> NamedFile:
    """Return a file with the name that the United Nations uses for its jurisdiction."""
    named = _named(*file.__reduce__()[1])
    named.problems = file.problems
    return named


def _named(path: Any, key: str, findings: Any, data: bytes, collection: str) -> NamedFile:
    return NamedFile(path, CacheEntry(key, findings, msgspec.Raw(data)), collection)
