"""The names and regions of the United Nations: complete, and used for every jurisdiction."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from npcompare.law.un_states import united_nations
from npcompare.model.provision import Jurisdiction
from npcompare.model.united_nations import Membership

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

NATIONS = united_nations()


def test_there_are_193_members_and_2_observers() -> None:
    assert Counter(area.membership for area in NATIONS.areas.values()) == {
        Membership.MEMBER: 193,
        Membership.OBSERVER: 2,
        Membership.AREA: 53,
    }
    assert len({area.name for area in NATIONS.members}) == 193
    observers = [area.code for area in NATIONS.areas.values() if area.membership == "observer"]
    assert observers == ["VA", "PS"]


def test_codes_are_distinct_and_well_formed() -> None:
    for code, area in NATIONS.areas.items():
        assert re.fullmatch("[A-Z]{2}", code), code
        assert area.code == code
        # Taiwan Province of China has no entry in M49.
        assert re.fullmatch("[0-9]{3}" if code != "TW" else "", area.m49), code
    codes = [area.m49 for area in NATIONS.areas.values() if area.m49]
    assert len(set(codes)) == len(codes) == 247
    assert not set(codes) & set(NATIONS.regions)


def test_every_area_is_in_a_region_of_the_world() -> None:
    largest = {region.name for region in NATIONS.regions.values() if not region.within}
    assert largest == {"Africa", "Americas", "Asia", "Europe", "Oceania"}
    members = Counter(NATIONS.regions_of(area.code)[-1].name for area in NATIONS.members)
    assert members == {"Africa": 54, "Americas": 35, "Asia": 47, "Europe": 43, "Oceania": 14}
    within = {area.region for area in NATIONS.areas.values()}
    within |= {region.within for region in NATIONS.regions.values() if region.within}
    assert within == set(NATIONS.regions)


@pytest.mark.parametrize(
    ("code", "regions"),
    [
        ("KE", "014 Eastern Africa, 202 Sub-Saharan Africa, 002 Africa"),
        ("JM", "029 Caribbean, 419 Latin America and the Caribbean, 019 Americas"),
        ("US-CA", "021 Northern America, 019 Americas"),
        ("CY", "145 Western Asia, 142 Asia"),
        ("", ""),
        ("XX", ""),
    ],
)
def test_regions_from_the_smallest_to_the_largest(code: str, regions: str) -> None:
    names = [f"{region.code} {region.name}" for region in NATIONS.regions_of(code)]
    assert ", ".join(names) == regions


@pytest.mark.parametrize(
    ("name", "code", "kind", "expected"),
    [
        ("Bolivia", "BO", "state", "Bolivia (Plurinational State of)"),
        ("Lao PDR", "LA", "state", "Lao People’s Democratic Republic"),
        ("Netherlands", "NL", "state", "Netherlands (Kingdom of the)"),
        ("Turkey", "TR", "state", "Türkiye"),
        ("Myanmar (Burma)", "MM", "state", "Myanmar"),
        (
            *("Iran (Islamic Republic of)", "IR", "state"),
            "Iran (Islamic Republic of)",
        ),
        (
            *("England and Wales", "GB-EAW", "territory"),
            "United Kingdom of Great Britain and Northern Ireland (England and Wales)",
        ),
        (
            *("United Kingdom (Scotland)", "GB-SCT", "territory"),
            "United Kingdom of Great Britain and Northern Ireland (Scotland)",
        ),
        (
            *("United States of America (California)", "US-CA", "territory"),
            "United States of America (California)",
        ),
        (
            *("United States of America (various states)", "US", "territory"),
            "United States of America (various states)",
        ),
        ("USA (federal)", "US", "state", "United States of America (federal)"),
        ("Taiwan", "TW", "territory", "Taiwan Province of China"),
        ("Hong Kong", "HK", "territory", "China, Hong Kong Special Administrative Region"),
        ("Council of Europe", "", "regional_organization", "Council of Europe"),
        ("Utopia", "", "state", "Utopia"),
        ("Kosovo", "XK", "territory", "Kosovo"),
    ],
)
def test_names_as_the_united_nations_writes_them(
    name: str, code: str, kind: str, expected: str
) -> None:
    assert NATIONS.name_of(Jurisdiction(name, code, kind)) == expected


def test_every_code_in_the_corpus_is_known(corpus: Corpus) -> None:
    for provision in corpus.all_provisions():
        code = provision.jurisdiction.code
        assert not code or NATIONS.area_of(code), provision.id
