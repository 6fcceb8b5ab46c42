"""Names sort by the alphabet of their language."""

# ruff: noqa: RUF001, RUF003 - names in six languages
from __future__ import annotations

import pytest

from npcompare.model.name_order import name_key, without_article


@pytest.mark.parametrize(
    ("language", "names"),
    [
        # Accents and case do not count; a space precedes a hyphen, and both precede letters.
        ("fr", "Égypte, El Salvador, Émirats arabes unis, Équateur, État, États-Unis, Éthiopie"),
        ("fr", "Guinée, Guinée équatoriale, Guinée-Bissau, Guyana"),
        ("fr", "Costa Rica, Côte d’Ivoire, Croatie"),
        ("fr", "Saint-Siège, Saint-Vincent, Sainte-Lucie"),
        ("en", "Åland Islands, Albania, Türkiye, Turkmenistan"),
        # ñ is a letter after n; ch and ll are not letters.
        ("es", "Chad, Chequia, Colombia, España, Estonia, ñandú, Omán"),
        ("es", "cana de azúcar, canto, caña, capa"),
        # ё is е; й is a letter after и.
        ("ru", "Йемен, Кабо-Верде, Кения"),
        ("ru", "Австрия, ежа, ёлка, емкость, Исландия, Йемен, Кения"),
        # The article does not count; hamza is alef, and alef with madda is two.
        ("ar", "آيسلندا, الاتحاد الروسي, إثيوبيا, الأرجنتين, الأردن, أرمينيا, بنن"),
        ("ar", "الصومال, الصين, طاجيكستان"),
        # Names in the script of the language come first.
        ("ru", "Япония, Kenya, 肯尼亚"),
        ("ar", "اليونان, Kenya"),
        ("zh", "肯尼亚, Kenya, Кения"),
        ("fr", "Zimbabwe, Кения"),
    ],
)
def test_names_in_the_order_of_a_language(language: str, names: str) -> None:
    expected = names.split(", ")
    backwards = expected[::-1]
    assert sorted(backwards, key=lambda name: name_key(name, language)) == expected


def test_only_arabic_loses_its_article() -> None:
    assert without_article("الصين", "ar") == "صين"
    assert without_article("ألمانيا", "ar") == "ألمانيا"
    assert without_article("El Salvador", "es") == "El Salvador"


def test_marks_of_other_scripts_sort_as_their_like() -> None:
    assert name_key("刚果（布）", "zh") == name_key("刚果(布)", "zh")
    assert name_key("Côte d’Ivoire", "fr") == name_key("COTE D'IVOIRE", "fr")
    assert not name_key("2331", "ru").is_in_other_script
