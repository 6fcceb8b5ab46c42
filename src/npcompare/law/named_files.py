"""Checked files whose provisions have other names, notes in translation, or another version."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.law.cache import CacheEntry
from npcompare.law.checking import CheckedFile
from npcompare.messages import ENGLISH, ENGLISH_TAG, Catalogue
from npcompare.model.language_versions import in_language
from npcompare.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.model.provision import Provision

#: The styles of the names of jurisdictions: those of the United Nations, and those of the files.
NAME_STYLES = ("un", "file")


class Naming(Struct, frozen=True):
    """Which names jurisdictions have, and the languages of notes and of texts."""

    #: Whether they are those that the United Nations uses.
    is_un: bool = False
    #: Names that take the place of these, too, by id, alias or code in lower case.
    names: Mapping[str, str] = field(default_factory=dict)
    #: The translations of the notes, and the language of the names.
    catalogue: Catalogue = ENGLISH
    #: The language of the versions of texts, if it is not that of the notes.
    text_language: str = ""

    def key_of(self, provision: Provision) -> str:
        """Return the key under which a name is given for a provision; empty if none is."""
        keys = (provision.id, *provision.aliases, provision.jurisdiction.code or "")
        return next((key for key in map(str.casefold, keys) if key in self.names), "")

    def name_of(self, provision: Provision) -> str:
        """Return the name of the jurisdiction of a provision."""
        if key := self.key_of(provision):
            return self.names[key]
        language = self.catalogue.language
        if not self.is_un and language == ENGLISH_TAG:
            return provision.jurisdiction.name
        from npcompare.law.language_names import jurisdiction_name

        return jurisdiction_name(provision.jurisdiction, language)

    def sort_key(self, name: str) -> tuple[object, ...]:
        """Return the key by which rows are sorted by a name, in the order of the language."""
        return row_key(name, self.catalogue.language)


def row_key(name: str, language: str) -> tuple[object, ...]:
    """Return the key by which rows are sorted by a name, in the order of a language."""
    if language == ENGLISH_TAG:
        return (alphabetical(name),)
    from npcompare.law.language_names import jurisdiction_sort_key

    return jurisdiction_sort_key(name, language)


class NamedFile(CheckedFile):
    """A file whose provision has another name for its jurisdiction.

    Its data, and so its digest and the names by which it is found, are those of the file.
    """

    naming: Naming

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the file as it was checked, for another process."""
        return _named, (*super().__reduce__()[1], self.naming)

    @property
    def jurisdiction_name(self) -> str:
        """The name of the jurisdiction by which valid files are sorted."""
        return self.provision.jurisdiction.name if self.provision else super().jurisdiction_name

    @cached_property
    def provision(self) -> Provision | None:
        """The provision, or None if the contents are not valid."""
        provision = super().provision
        if provision is None:
            return None
        language = self.naming.text_language or self.naming.catalogue.language
        provision = in_language(provision, language)
        name = self.naming.name_of(provision)
        renamed = replace(provision, jurisdiction=replace(provision.jurisdiction, name=name))
        if self.naming.catalogue == ENGLISH:
            return renamed
        from npcompare.law.translation import translated

        return translated(renamed, self.naming.catalogue)


def naming_of(style: str, names: Mapping[str, str]) -> Naming:
    """Return a style of names with further ones by id, alias or code.

    Raises NpcompareError if there is no such style.
    """
    if style not in NAME_STYLES:
        raise NpcompareError(
            f'there are no names of the style "{style}"',
            "write un for the names that the United Nations uses, or file for those of the files",
        )
    return Naming(style == "un", {key.casefold(): name for key, name in names.items()})


def with_names(file: CheckedFile, naming: Naming) -> NamedFile:
    """Return a file with another name for its jurisdiction."""
    path, key, findings, data, collection = CheckedFile.__reduce__(file)[1]
    named = _named(path, key, findings, data, collection, naming)
    named.problems = file.problems
    return named


def _named(  # noqa: PLR0913, PLR0917 - what a file is pickled to
    path: Any, key: str, findings: Any, data: bytes, collection: str, naming: Naming
) -> NamedFile:
    file = NamedFile(path, CacheEntry(key, findings, msgspec.Raw(data)), collection)
    file.naming = naming
    return file
