"""The names of the United Nations in six languages: complete, with sources, and in order."""

# ruff: noqa: RUF001 - names in six languages
from __future__ import annotations

import re
import shutil
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import order_names
import pytest
from conftest import TESTS

from npcompare.errors import NpcompareError
from npcompare.law.language_names import (
    jurisdiction_name,
    jurisdiction_sort_key,
    names_in,
    nations_in,
)
from npcompare.law.named_files import Naming
from npcompare.law.translation import LANGUAGES
from npcompare.law.un_states import united_nations
from npcompare.messages import Catalogue, using
from npcompare.model.name_order import name_key
from npcompare.model.names_in_language import PROPOSED
from npcompare.model.provision import Jurisdiction
from npcompare.reports.state_report import states

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.names_in_language import LocalName

NATIONS = united_nations()
TRANSLATED = LANGUAGES[1:]
FRENCH = Catalogue("fr", "French")

KENYA = Jurisdiction("Kenya", "KE", "state")
BOLIVIA = Jurisdiction("Bolivia (Plurinational State of)", "BO", "state")
SCOTLAND = Jurisdiction("Scotland", "GB-SCT", "territory")
CALIFORNIA = Jurisdiction("United States of America (California)", "US-CA", "territory")
FEDERAL = Jurisdiction("United States of America (federal)", "US", "state")
POLICE = Jurisdiction("United Kingdom (College of Policing)", "GB", "state")
EUROPE = Jurisdiction("Council of Europe", "", "regional_organization")
MODEL_LAW = Jurisdiction(
    "United Nations Office on Drugs and Crime (Model Law)", "", "international_organization"
)
UTOPIA = Jurisdiction("Utopia", "", "state")

#: The first characters of the Chinese names by their reading in pinyin, with the tone as a number:
#: made with another dictionary than that of ICU.
READINGS = """
a1:阿 ai1:埃 ai4:爱 an1:安 ao4:奥澳 ba1:巴 bai2:白 bai3:百 bao3:保 bei3:北 bei4:贝 bi3:比 bi4:秘
bing1:冰 bo1:波 bo2:伯博 bu4:不布 chao2:朝 chi4:赤 da3:打 da4:大 dan1:丹 de2:德 dong1:东 duo1:多
e2:俄 e4:厄 fa3:法 fan4:贩 fei1:菲 fei3:斐 fen1:芬 fo2:佛 fu2:福 gang1:冈刚 ge1:哥 ge2:格 gu3:古
gua1:瓜 guan1:关 gui1:圭 ha1:哈 hai3:海 he2:荷 he4:赫 hei1:黑 hong2:洪 ji1:基 ji2:吉 ji3:几 jia1:加
jian3:柬 jie2:捷 jin1:津 ka1:喀 ka3:卡 kai1:开 ke1:科 ke4:克 ken3:肯 ku4:库 la1:拉 lai2:莱 lao3:老
li2:黎 li4:立利 lian2:联 lie4:列 liu2:留 lu2:卢 luo2:罗 ma3:马 mao2:毛 mei3:美 meng2:蒙 meng4:孟
mi4:密 mian3:缅 mo2:摩 mo4:莫墨 na4:纳 nan2:南 nao3:瑙 ni2:尼 niu3:纽 nuo2:挪 nuo4:诺 ou1:欧 pa4:帕
pi2:皮 pu2:葡 ri4:日 rui4:瑞 sa4:萨 sai1:塞 sha1:沙 sheng4:圣 si1:斯 su1:苏 suo3:所索 ta3:塔 tai4:泰
tan3:坦 tang1:汤 te4:特 tu1:突 tu2:图 tu3:土 tuo1:托 wa3:瓦 wei1:危 wei3:委 wen2:文 wu1:乌 xi1:西希
xin1:新 xiong1:匈 ya2:牙 ya4:亚 ye3:也 yi1:伊 yi3:以 yi4:意 yin4:印 ying1:英 yue1:约 yue4:越 zan4:赞
ze2:泽 zha4:乍 zhi2:直 zhi4:智 zhong1:中
"""


def shown(language: str) -> list[str]:
    """Return the names of a language in the order of its file."""
    return [local.name for local in names_in(language).names.values()]


def all_local_names(language: str) -> list[LocalName]:
    """Return the names, parts and remarks of a language."""
    data = names_in(language)
    others = (data.parts, data.remarks, data.regions)
    return [*data.names.values(), *(local for names in others for local in names.values())]


# --- What the files have ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_area_has_a_name(language: str) -> None:
    names = names_in(language).names
    assert set(names) >= set(NATIONS.areas)
    assert len(set(shown(language))) == len(names)
    for key in set(names) - set(NATIONS.areas):
        assert not re.fullmatch("[A-Z]{2}", key), key


def test_files_have_the_same_keys() -> None:
    french = names_in("fr")
    assert len(french.names) == 248 + 15
    for language in TRANSLATED:
        data = names_in(language)
        assert set(data.names) == set(french.names)
        assert set(data.parts) == set(french.parts)
        assert set(data.remarks) == set(french.remarks)
        assert set(data.regions) == set(NATIONS.regions)
        if language != "zh":
            keys = [name_key(region.name, language) for region in data.regions.values()]
            assert keys == sorted(keys)
        assert {region.source for region in data.regions.values()} == {"m49"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_name_has_a_source(language: str) -> None:
    data = names_in(language)
    cited = {local.source for local in all_local_names(language)}
    cited |= {local.article for local in all_local_names(language) if local.article}
    # The source of the order has no names.
    assert cited - {PROPOSED} == set(data.sources) - {"order"}
    for code in NATIONS.areas:
        expected = ["m49", "m49-notes", "unterm", "cldr", PROPOSED]
        assert data.names[code].source in expected, code
    for area in NATIONS.members:
        assert data.names[area.code].source in {"unterm", "m49"}, area.code


def test_sources_are_counted_in_the_documentation() -> None:
    page = (TESTS.parent / "docs" / "reference" / "names.md").read_text("utf-8")
    for language in TRANSLATED:
        data = names_in(language)
        areas = Counter(data.names[code].source for code in NATIONS.areas)
        others = [local for key, local in data.names.items() if key not in NATIONS.areas]
        rest = [*data.parts.values(), *data.remarks.values()]
        row = [
            areas["unterm"],
            areas["m49"] + areas["m49-notes"],
            areas["cldr"],
            areas[PROPOSED],
            sum(local.source != PROPOSED for local in others),
            sum(local.source == PROPOSED for local in others),
            sum(local.source != PROPOSED for local in rest),
            sum(local.source == PROPOSED for local in rest),
            sum(bool(local.in_sentence) for local in data.names.values()),
        ]
        assert f"| {language} | {' | '.join(map(str, row))} |" in page, (language, row)


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("ar", "[؀-ۿ]"),
        ("ru", "[А-яЁё]"),
        ("zh", "[一-鿿]"),
        ("fr", "[A-Za-zÀ-ÿ]"),
        ("es", "[A-ZÅa-zñ]"),
    ],
)
def test_names_are_in_the_script_of_the_language(language: str, letters: str) -> None:
    foreign = "A-Za-z" if language in {"ar", "ru", "zh"} else "Ѐ-ӿ؀-ۿ一-鿿"
    for local in all_local_names(language):
        assert re.search(letters, local.name), local
        assert not re.search(f"[{foreign}]", local.name), local
        assert "'" not in local.name + local.in_sentence, local


@pytest.mark.parametrize("language", ["fr", "es"])
def test_articles_go_with_the_names(language: str) -> None:
    articles = "(?:le |la |les |l’)" if language == "fr" else "(?:el |la |los |las )"
    for local in names_in(language).names.values():
        if local.in_sentence:
            name = re.sub(r"(.+) \((.+?) ?\)", r"\2 \1", local.name).replace("’ ", "’")
            assert re.fullmatch(articles + "(.+)", local.in_sentence), local
            assert local.in_sentence.endswith((local.name, name)), local


# --- The order -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "zh"])
def test_names_are_in_the_order_of_the_alphabet(language: str) -> None:
    for left, right in pairwise(shown(language)):
        assert name_key(left, language) < name_key(right, language)


def test_chinese_names_are_in_the_order_of_pinyin() -> None:
    readings = {
        character: reading
        for reading, characters in (entry.split(":") for entry in READINGS.split())
        for character in characters
    }
    first_readings = [readings[name[0]] for name in shown("zh")]
    assert first_readings == sorted(first_readings)
    run = "马达加斯加, 马恩岛, 马尔代夫, 马耳他, 马拉维, 马来西亚, 马里"
    assert run in ", ".join(shown("zh"))


@pytest.mark.parametrize(
    ("language", "run"),
    [
        ("fr", "Costa Rica, Côte d’Ivoire, Croatie"),
        ("fr", "Équateur, Érythrée, Espagne, Estonie, Eswatini, État de Palestine"),
        ("fr", "États-Unis d’Amérique, Éthiopie, Fédération de Russie"),
        ("fr", "Îles Cook, Îles d’Åland, Îles des Cocos (Keeling)"),
        ("fr", "Tunisie, Türkiye, Turkménistan"),
        ("fr", "Congo, Conseil de l’Europe, Conseil de sécurité des Nations Unies, Costa Rica"),
        ("es", "Chad, Chequia, Chile"),
        ("es", "Costa Rica, Côte d’Ivoire, Croacia"),
        ("es", "Eslovenia, España, Estado de Palestina"),
        ("en", "Åland Islands, Albania"),
        ("ru", "Италия, Йемен, Кабо-Верде"),
        ("ar", "الأراضي الفرنسية الجنوبية, الأرجنتين, الأردن, أرمينيا"),
        ("zh", "比利时, 秘鲁, 冰岛"),
    ],
)
def test_names_that_are_easily_out_of_place(language: str, run: str) -> None:
    assert run in ", ".join(shown(language))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed")
def test_order_is_that_of_icu() -> None:
    assert order_names.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("language", "names"),
    [
        # A part follows its State; another name is between those that the alphabet has around it.
        ("fr", "Kazakhstan, Kenya, Kenya (Nairobi), Kénya-Sud, Kirghizistan, Zimbabwe, Кения"),
        ("fr", "États-Unis d’Amérique, États-Unis d’Amérique (Californie), Éthiopie, Utopia"),
        ("fr", "Bolivie (État plurinational de), Bolivie (État plurinational de) (La Paz), Brésil"),
        ("ru", "Кения, Кения (Найроби), Утопия, Ямайка, Япония, Kenya"),
        ("ar", "كينيا, كينيا (نيروبي), الكينيون, لاتفيا, اليونان, Kenya"),
        # A character that no State begins with comes after all others.
        (
            "zh",
            "肯尼亚, 肯尼亚（内罗毕）, 肯特, 乌兹别克斯坦, 乌托邦, 中国, 霍, Kenya",
        ),
        ("en", "Aachen, Afghanistan, Kenya, Utopia, Zimbabwe"),
    ],
)
def test_other_names_have_a_place(language: str, names: str) -> None:
    expected = names.split(", ")
    backwards = expected[::-1]
    in_order = sorted(backwards, key=lambda name: jurisdiction_sort_key(name, language))
    assert in_order == expected


# --- The names of jurisdictions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jurisdiction", "language", "expected"),
    [
        (KENYA, "ar", "كينيا"),
        (KENYA, "en", "Kenya"),
        (BOLIVIA, "fr", "Bolivie (État plurinational de)"),
        (BOLIVIA, "zh", "多民族玻利维亚国"),
        (CALIFORNIA, "fr", "États-Unis d’Amérique (Californie)"),
        (CALIFORNIA, "zh", "美利坚合众国（加利福尼亚州）"),
        (FEDERAL, "es", "Estados Unidos de América (derecho federal)"),
        (FEDERAL, "en", "United States of America (federal)"),
        (EUROPE, "ru", "Совет Европы"),
        (MODEL_LAW, "fr", "Office des Nations Unies contre la drogue et le crime (Loi type)"),
        (UTOPIA, "fr", "Utopia"),
    ],
)
def test_name_in_a_language(jurisdiction: Jurisdiction, language: str, expected: str) -> None:
    assert jurisdiction_name(jurisdiction, language) == expected


def test_parts_have_the_name_of_their_state() -> None:
    kingdom = "Royaume-Uni de Grande-Bretagne et d’Irlande du Nord"
    assert jurisdiction_name(SCOTLAND, "fr") == f"{kingdom} (Écosse)"
    # In English, the United Nations has no place for an authority either.
    assert jurisdiction_name(POLICE, "fr") == kingdom


def test_names_in_a_sentence() -> None:
    french, spanish = names_in("fr"), names_in("es")
    assert french.in_sentence(KENYA, NATIONS) == "le Kenya"
    assert spanish.in_sentence(KENYA, NATIONS) == "Kenya"
    assert french.in_sentence(BOLIVIA, NATIONS) == "l’État plurinational de Bolivie"
    assert spanish.in_sentence(BOLIVIA, NATIONS) == "el Estado Plurinacional de Bolivia"
    federal = "les États-Unis d’Amérique (droit fédéral)"
    assert french.in_sentence(FEDERAL, NATIONS) == federal


def test_proposed_names_are_known() -> None:
    french = names_in("fr")
    proposed = (SCOTLAND, FEDERAL, MODEL_LAW, UTOPIA)
    assert [french.is_proposed(each, NATIONS) for each in proposed] == 4 * [True]
    assert not any(
        french.is_proposed(each, NATIONS) for each in (KENYA, CALIFORNIA, EUROPE, POLICE)
    )


@pytest.mark.parametrize("language", ["ar", "ru", "zh"])
def test_bundled_jurisdictions_are_translated(language: str, corpus: Corpus) -> None:
    for provision in corpus.all_provisions():
        name = jurisdiction_name(provision.jurisdiction, language)
        assert not re.search("[A-Za-z]", name), name


def test_bundled_names_in_french(corpus: Corpus) -> None:
    names = {provision.jurisdiction.name: provision for provision in corpus.all_provisions()}
    french = {name: jurisdiction_name(names[name].jurisdiction, "fr") for name in names}
    same = "Bangladesh Botswana Djibouti France Guyana Kenya Lesotho Luxembourg Malawi Paraguay"
    assert {name for name in french if french[name] == name} == {
        *same.split(" "),
        *("Pakistan", "Philippines", "Qatar", "Rwanda", "Uruguay", "Zimbabwe"),
    }


def test_own_names_come_before_those_of_a_language(corpus: Corpus) -> None:
    naming = Naming(names={"kenya-14": "Mon Kenya", "jm": "Ma Jamaïque"}, catalogue=FRENCH)
    by_id = {provision.id: provision for provision in corpus.all_provisions()}
    assert naming.name_of(by_id["kenya-14"]) == "Mon Kenya"
    assert naming.name_of(by_id["jamaica"]) == "Ma Jamaïque"
    assert naming.name_of(by_id["gambia"]) == "Gambie"
    assert Naming(catalogue=FRENCH).name_of(by_id["taiwan-27"]) == "Province chinoise de Taiwan"
    assert Naming().name_of(by_id["taiwan-27"]) == "Taiwan"


def test_rows_are_sorted_by_the_language() -> None:
    names = ["Zimbabwe", "Éthiopie", "Mon Kenya", "Conseil de l’Europe", "Côte d’Ivoire"]
    french = sorted(names, key=Naming(catalogue=FRENCH).sort_key)
    assert french == ["Conseil de l’Europe", "Côte d’Ivoire", "Éthiopie", "Mon Kenya", "Zimbabwe"]
    assert sorted(["Türkiye", "Åland", "Togo"], key=Naming().sort_key) == [
        "Åland",
        "Togo",
        "Türkiye",
    ]


def test_states_and_regions_in_a_language() -> None:
    assert nations_in("en") is NATIONS
    spanish = nations_in("es")
    assert [area.name for area in spanish.members][:4] == [
        *("Afganistán", "Albania", "Alemania", "Andorra")
    ]
    assert len(spanish.members) == 193
    regions = ["África oriental", "África Subsahariana", "África"]
    assert [region.name for region in spanish.regions_of("KE")] == regions
    assert spanish.areas["TW"].note == NATIONS.areas["TW"].note


@pytest.mark.parametrize(
    ("language", "heads", "first_state"),
    [
        ("fr", ["Afrique", "Amériques", "Asie", "Europe", "Océanie"], "Afghanistan"),
        ("ar", ["آسيا", "أفريقيا", "الأمريكتان", "أوروبا", "أوقيانوسيا"], "آيسلندا"),
        ("zh", ["大洋洲", "非洲", "美洲", "欧洲", "亚洲"], "阿尔巴尼亚"),
    ],
)
def test_reports_name_and_sort_states(
    language: str, heads: list[str], first_state: str, corpus: Corpus
) -> None:
    with using(Catalogue(language)):
        counts, members = states(corpus, corpus.all_provisions()).tables[:2]
    assert [column.heading for column in counts.columns][1:6] == heads
    assert members.rows[0][0].text == first_state


def test_corpus_is_in_the_order_of_the_language(corpus: Corpus) -> None:
    french = corpus.in_language(Catalogue("fr", "French")).all_provisions()
    names = [provision.jurisdiction.name for provision in french]
    assert names[:2] == ["Afrique du Sud", "Allemagne"]
    assert names.index("Égypte") < names.index("Émirats arabes unis") < names.index("Équateur")


def test_language_without_names() -> None:
    with pytest.raises(NpcompareError, match='there are no names in the language "de"'):
        names_in("de")
