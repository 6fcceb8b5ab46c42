"""Messages: values, plural forms, numbers, lists, quotation marks and dates by language."""

from __future__ import annotations

import pytest

from npcompare.law.translation import catalogue_of
from npcompare.messages import (
    ENGLISH,
    Catalogue,
    activate,
    current,
    decimal,
    enumerated,
    in_quotation_marks,
    listed,
    message,
    number,
    percentage,
    plain_figures,
    plural,
    sentences,
    spaced_brackets,
    spoken,
    subdivided,
    using,
)

PROVISIONS = {
    "{count} provisions": {
        "zero": "zero",
        "one": "one",
        "two": "two",
        "few": "few",
        "many": "many",
        "other": "other",
    }
}


def test_message_without_translation_is_in_english() -> None:
    with using(Catalogue(language="fr", messages={"Law": "Droit"})):
        assert (message("Law"), message("Law of {name}", name="X")) == ("Droit", "Law of X")
    assert message("Law") == "Law"


def test_message_without_values_may_have_braces() -> None:
    assert message("{+inserted+}") == "{+inserted+}"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("fr", ["one", "one", "other", "other", "other", "other"]),
        ("ru", ["many", "one", "few", "few", "many", "one"]),
        ("ar", ["zero", "one", "two", "few", "many", "many"]),
        ("zh", ["other"] * 6),
    ],
)
def test_number_decides_the_form(language: str, forms: list[str]) -> None:
    with using(Catalogue(language=language, messages=PROVISIONS)):
        counts = (0, 1, 2, 3, 11, 21)
        assert [plural("{count} provision", "{count} provisions", n) for n in counts] == forms


def test_english_has_two_forms() -> None:
    forms = [plural("{count} law of {x}", "{count} laws of {x}", n, x="X") for n in (0, 1, 2345)]
    assert forms == ["0 laws of X", "1 law of X", "2,345 laws of X"]


def test_form_that_is_missing_is_the_general_one() -> None:
    with using(Catalogue(language="ru", messages={"{count} laws": {"other": "{count} x"}})):
        assert plural("{count} law", "{count} laws", 1) == "1 x"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ("12,345", "a, b and c", "a, x; and b", "a, b", "“a ‘b’”", "8 April 2026")),  # noqa: RUF001 - as it is written
        (
            "fr",
            (
                "12\N{NARROW NO-BREAK SPACE}345",
                "a, b et c",
                "a, x\N{NO-BREAK SPACE}; b",
                "a, b",
                "«\N{NO-BREAK SPACE}a “b”\N{NO-BREAK SPACE}»",
                "8 avril 2026",
            ),
        ),
        ("es", ("12.345", "a, b y c", "a, x; y b", "a, b", "“a ‘b’”", "8 de abril de 2026")),  # noqa: RUF001 - as it is written
        (
            "ar",
            ("12,345", "a وb وc", "a, x؛ وb", "a، b", "\"a 'b'\"", "8 نيسان/أبريل 2026"),
        ),
        ("zh", ("12,345", "a、b和c", "a, x；b", "a、b", "“a ‘b’”", "2026年4月8日")),  # noqa: RUF001 - as it is written
    ],
)
def test_each_language_writes_in_its_way(language: str, written: tuple[str, ...]) -> None:
    with using(catalogue_of(language)):
        assert (
            number(12345),
            listed(["a", "b", "c"]),
            listed(["a, x", "b"], is_strong=True),
            enumerated(["a", "b"]),
            in_quotation_marks("a “b”"),
            spoken("2026-04-08"),
        ) == written


#: Whether a space is before the sign of a percentage, and the sign of decimals.
FIGURES = {
    "en": "95.0%",
    "fr": "95,0~%",
    "es": "95,0~%",
    "ru": "95,0~%",
    "ar": "95.0%",
    "zh": "95.0%",
}


@pytest.mark.parametrize("language", FIGURES)
def test_figures_are_written_and_read_in_each_language(language: str) -> None:
    with using(catalogue_of(language)):
        percent = FIGURES[language].replace("~", "\N{NO-BREAK SPACE}")
        assert percentage(0.95, 1) == percent
        assert plain_figures(percent) == "95.0%"
        assert decimal(0.25, 3) == ("0,250" if "," in percent else "0.250")
        assert plain_figures(decimal(0.25, 3)) == "0.250"
        assert plain_figures(number(12345)) == "12345"
        assert plain_figures("-") == "-"


@pytest.mark.parametrize(
    ("name", "both", "either"),
    [
        ("Irlanda", "A e Irlanda", "A o Irlanda"),
        ("Hiel", "A y Hiel", "A o Hiel"),
        ("hija", "A e hija", "A o hija"),
        ("Omán", "A y Omán", "A u Omán"),
        ("8", "A y 8", "A u 8"),
        ("Yemen", "A y Yemen", "A o Yemen"),
    ],
)
def test_conjunction_of_spanish_heeds_the_next_word(name: str, both: str, either: str) -> None:
    with using(catalogue_of("es")):
        assert (listed(["A", name]), listed(["A", name], conjunction="or")) == (both, either)
        assert listed(["A, B", name], is_strong=True) == f"A, B; {both.removeprefix('A ')}"


@pytest.mark.parametrize(
    ("number", "in_english", "in_french"),
    [
        ("3(f)", "3(f)", "3\u00a0f)"),
        ("22(1)(d)", "22(1)(d)", "22\u00a01)\u00a0d)"),
        ("22(4)–(5)", "22(4)–(5)", "22\u00a04)–5)"),
        ("16a", "16a", "16a"),
    ],
)
def test_parts_of_a_number_are_written_in_its_way(
    number: str, in_english: str, in_french: str
) -> None:
    assert subdivided(number) == in_english
    with using(catalogue_of("fr")):
        assert subdivided(number) == in_french


@pytest.mark.parametrize(
    ("date", "text"),
    [("2026-04-08", "8 April 2026"), ("2026-04", "April 2026"), ("2026", "2026")],
)
def test_dates_are_written_out(date: str, text: str) -> None:
    assert spoken(date) == text


def test_a_space_is_between_sentences_and_before_brackets() -> None:
    assert sentences("One.", "", "Two.") == "One. Two."
    assert f"Kenya{spaced_brackets('2010')}" == "Kenya (2010)"


def test_chinese_has_no_space_between_sentences() -> None:
    with using(catalogue_of("zh")):
        assert sentences("一。", "二。", "") == "一。二。"
        assert f"肯尼亚{spaced_brackets('2010')}" == "肯尼亚（2010）"  # noqa: RUF001 - as it is written
        assert sentences("A note.", "二。", "Another.") == "A note. 二。Another."


def test_catalogue_may_have_its_own_months() -> None:
    with using(Catalogue(language="ar", months=tuple("abcdefghijkl"))):
        assert spoken("2026-04-08") == "8 d 2026"


def test_first_of_a_month_is_an_ordinal_in_french() -> None:
    with using(catalogue_of("fr")):
        assert spoken("2026-09-01") == "1er septembre 2026"
        assert spoken("2026-09-11") == "11 septembre 2026"
        assert spoken("2026-09") == "septembre 2026"


def test_catalogue_is_used_until_the_block_ends() -> None:
    with using(ENGLISH):
        activate(catalogue_of("es"))
        assert current().language == "es"
    assert current() == ENGLISH
