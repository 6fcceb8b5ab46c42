"""Read the names of a language from `schemas/labels/states/LANG.yaml`, when it is first used."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.law.bundled_data import bundled_data
from npcompare.law.translation import LANGUAGES
from npcompare.law.un_states import united_nations
from npcompare.messages import ENGLISH_TAG
from npcompare.model.name_order import name_key
from npcompare.model.names_in_language import LocalName, NamesInLanguage
from npcompare.text import suggestion

if TYPE_CHECKING:
    from npcompare.model.names_in_language import SortKey
    from npcompare.model.provision import Jurisdiction
    from npcompare.model.united_nations import UnitedNations


@cache
def names_in(language: str) -> NamesInLanguage:
    """Return the names of a language in its order.

    Raises NpcompareError if there are none, and ProblemsError if the file has findings. English
    names are those of `schemas/un-states.yaml`.
    """
    if language not in LANGUAGES:
        hint = suggestion(language, "the languages of names are", LANGUAGES)
        raise NpcompareError(f'there are no names in the language "{language}"', hint)
    if language == ENGLISH_TAG:
        areas = united_nations().areas.values()
        names = {area.code: LocalName(area.name, "un-states") for area in areas}
        order = sorted(names, key=lambda code: name_key(names[code].name, ENGLISH_TAG))
        return NamesInLanguage(ENGLISH_TAG, {}, {code: names[code] for code in order}, {}, {}, {})
    data = bundled_data(f"labels/states/{language}", "jurisdiction-names")
    return msgspec.convert(data, NamesInLanguage)


@cache
def nations_in(language: str) -> UnitedNations:
    """Return the States, areas and regions with their names in a language, in its order."""
    nations = united_nations()
    if language == ENGLISH_TAG:
        return nations
    data = names_in(language)
    areas = {
        code: replace(nations.areas[code], name=local.name)
        for code, local in data.names.items()
        if code in nations.areas
    }
    regions = {
        code: replace(nations.regions[code], name=local.name)
        for code, local in data.regions.items()
    }
    return replace(nations, areas=areas, regions=regions)


def jurisdiction_name(jurisdiction: Jurisdiction, language: str) -> str:
    """Return the name that the United Nations uses for a jurisdiction in a language.

    What has no translation keeps its English name.
    """
    if language == ENGLISH_TAG:
        return united_nations().name_of(jurisdiction)
    return names_in(language).name_of(jurisdiction, united_nations())


def jurisdiction_sort_key(name: str, language: str) -> SortKey:
    """Return the key by which lists in a language sort a name of any jurisdiction."""
    return names_in(language).sort_key(name)
