"""The names of States, areas and organizations in one language, and their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from npcompare.model.name_order import NameKey, name_key

if TYPE_CHECKING:
    from npcompare.model.provision import Jurisdiction
    from npcompare.model.united_nations import UnitedNations

#: The source of a name that was found in no source.
PROPOSED = "proposed"

#: What follows a name in brackets, with those of Chinese.
_IN_BRACKETS = re.compile(r"(?P<name>.+?) ?[(（](?P<part>[^()（）]+)[)）]")  # noqa: RUF001

_CHINESE = "zh"


class LocalName(Struct, frozen=True):
    """A name, how a sentence has it, and where it was found."""

    name: str
    #: The key of one of the sources of the language, or PROPOSED.
    source: str
    #: With the article; empty if the language needs none or no source gives it.
    in_sentence: str = ""
    #: The source of the article, if it is another.
    article: str = ""
    #: What the name is sorted as, if the usual reading of its characters is not the right one.
    sort_as: str = ""


class Source(Struct, frozen=True):
    """A database or document that has names."""

    title: str
    author: str
    url: str
    note: str = ""


class SortKey(NamedTuple):
    """The place of a name in a list: that of a known name, or after the one that precedes it."""

    place: int
    #: 0 for the known name, 1 for a part of it, 2 for another name.
    distance: int
    key: NameKey
    name: str


#: The key of what needs no further comparison.
_SAME = NameKey(is_in_other_script=False, letters="")


class _Label(NamedTuple):
    """A name for display, with the article, and whether it is only proposed."""

    name: str
    in_sentence: str
    is_proposed: bool


class NamesInLanguage(Struct, frozen=True, dict=True):
    """The names in one language, in its order.

    States and areas have their code as the key, organizations their English name. Parts of States
    are by their code, remarks, such as "federal", by the English words, and regions by their code.
    """

    language: str
    sources: dict[str, Source]
    names: dict[str, LocalName]
    parts: dict[str, LocalName]
    remarks: dict[str, LocalName]
    regions: dict[str, LocalName]

    def name_of(self, jurisdiction: Jurisdiction, nations: UnitedNations) -> str:
        """Return the name of a jurisdiction; without a translation, its English name."""
        return self._label(jurisdiction, nations).name

    def in_sentence(self, jurisdiction: Jurisdiction, nations: UnitedNations) -> str:
        """Return the name with the article, where the language has one and a source gives it."""
        return self._label(jurisdiction, nations).in_sentence

    def is_proposed(self, jurisdiction: Jurisdiction, nations: UnitedNations) -> bool:
        """Return whether a name, or a part of it, was found in no source."""
        return self._label(jurisdiction, nations).is_proposed

    def sort_key(self, name: str) -> SortKey:
        """Return a key that sorts a name, of whatever kind, among those of the language.

        A known name has the place that the data give it. A part of a State follows the State.
        Another name follows the last one that the alphabet has before it; in Chinese, the last one
        that begins with the same character. Names in another script come last.
        """
        place = self._places.get(name)
        if place is not None:
            return SortKey(place, 0, _SAME, name)
        match = _IN_BRACKETS.fullmatch(name)
        if match and (place := self._places.get(match["name"])) is not None:
            return SortKey(place, 1, name_key(match["part"], self.language), name)
        key = name_key(name, self.language)
        return SortKey(self._place_after(name, key), 2, key, name)

    def _label(self, jurisdiction: Jurisdiction, nations: UnitedNations) -> _Label:
        area = nations.area_of(jurisdiction.code)
        if area is not None:
            part = nations.part_of(jurisdiction)
            return self._composed(area.code, part, self.parts.get(jurisdiction.code))
        match = _IN_BRACKETS.fullmatch(jurisdiction.name)
        if jurisdiction.name not in self.names and match:
            return self._composed(match["name"], match["part"])
        return self._composed(jurisdiction.name)

    def _composed(self, key: str, part: str = "", local_part: LocalName | None = None) -> _Label:
        local = self.names.get(key)
        name, in_sentence = (local.name, local.in_sentence or local.name) if local else (key, key)
        is_proposed = local is None or local.source == PROPOSED
        if not part:
            return _Label(name, in_sentence, is_proposed)
        local_part = local_part or self.remarks.get(part)
        words = local_part.name if local_part else part
        # A name that is not translated, such as that of an authority, is that of the law.
        is_proposed = is_proposed or (local_part is not None and local_part.source == PROPOSED)
        brackets = f"（{words}）" if self.language == _CHINESE else f" ({words})"  # noqa: RUF001
        return _Label(name + brackets, in_sentence + brackets, is_proposed)

    def _place_after(self, name: str, key: NameKey) -> int:
        """Return the place of the known name that a name follows."""
        if self.language != _CHINESE:
            return bisect_right(self._keys, key) - 1
        return self._last_with_character.get(name[:1], len(self.names) - 1)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {local.name: place for place, local in enumerate(self.names.values())}

    @cached_property
    def _keys(self) -> list[NameKey]:
        return [name_key(local.name, self.language) for local in self.names.values()]

    @cached_property
    def _last_with_character(self) -> dict[str, int]:
        return {local.name[:1]: place for place, local in enumerate(self.names.values())}
