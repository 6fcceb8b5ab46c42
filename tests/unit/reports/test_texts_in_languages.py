"""Reports on a law in several languages: which version they show, and where versions differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

BILL = TESTS / "bills" / "ruritania.yaml"

LINK = (
    "The English version says “as a direct consequence of being a victim”; the French version says "
    "“en conséquence du fait qu’elle est une victime”."
)
RELIEF = (
    "The French version says “n’est ni poursuivie”; the English version has no corresponding words."
)


def markdown(run: Callable[..., Ran], *arguments: str | Path) -> str:
    """Return the output of a command in Markdown, with plain spaces."""
    return run(*arguments, "--format", "markdown").out.replace("\N{NO-BREAK SPACE}", " ")


def test_show_names_versions_and_differences(run: Callable[..., Ran]) -> None:
    out = markdown(run, "show", BILL)
    assert (
        "| Languages of the text | English: authentic text, shown here<br>French: authentic" in out
    )
    assert f"| Differences between versions | {LINK}<br>{RELIEF} |" in out


def test_show_as_data_has_every_version(run: Callable[..., Ran]) -> None:
    (record,) = json.loads(run("show", BILL, "--format", "json").out)["provisions"]
    assert (record["text"]["language"], record["text"]["authority"]) == ("en", "authentic")
    assert [version["language"] for version in record["text_versions"]] == ["en", "fr"]
    assert [each["field"] for each in record["version_differences"]] == ["link", "relief"]


@pytest.mark.parametrize("option", ["--text-language", "--language"])
def test_texts_are_in_the_language_asked_for(run: Callable[..., Ran], option: str) -> None:
    (result,) = json.loads(run("classify", BILL, option, "fr", "--format", "json").out)[
        "classifications"
    ]
    assert result["dimensions"]["stage"]["values"] == ["prosecution", "sentencing_liability"]
    assert result["dimensions"]["link"]["because"][0]["evidence"].startswith("en conséquence")


def test_relation_is_given_on_the_reading_of_both(run: Callable[..., Ran]) -> None:
    (comparison,) = json.loads(run("diff", BILL, "kenya", "--format", "json").out)["comparisons"]
    stage = comparison["dimensions"]["stage"]
    assert (stage["relation"], stage["other_readings"]) == ("same", ["broader"])
    assert list(comparison["version_differences"]) == ["ruritania"]
    out = markdown(run, "diff", BILL, "kenya")
    assert f"Ruritania, clause 9: {LINK}" in out


def test_versions_of_one_law_are_aligned(run: Callable[..., Ran]) -> None:
    out = markdown(run, "align", BILL)
    row = (
        "| 5 | Link | “committed as a direct consequence of being a victim.” | “commise en "
        "conséquence du fait qu’elle est une victime.” |"
    )
    assert "Ruritania, clause 9 (English) (base text) | Ruritania, clause 9 (French) |" in out
    assert row in out
    assert out.count(LINK) == 1


def test_annex_names_the_language_of_a_text(run: Callable[..., Ran]) -> None:
    ran = run("export", BILL, "kenya", "--text-language", "fr", "--format", "markdown")
    assert "victime.” (in French) |" in ran.out
    assert "Texts not available in French: Kenya, section 14." in ran.out.replace("\xa0", " ")
    assert "(in French)" not in markdown(run, "export", BILL, "kenya").replace("\xa0", " ")


def test_words_of_another_version_name_their_language(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    text = BILL.read_text(encoding="utf-8")
    path = tmp_path / "ruritania.yaml"
    quotations = "evidence: {en: an offence, fr: une infraction}"
    path.write_text(text.replace(quotations, "evidence: an offence"), encoding="utf-8")
    out = markdown(run, "diff", path, "kenya", "--text-language", "fr").replace("\xa0", " ")
    assert "Any offence<br>“an offence” (in English) |" in out
    assert run("show", path, "--evidence", "--text-language", "fr").code == 0


def test_language_is_a_tag(run: Callable[..., Ran]) -> None:
    ran = run("show", BILL, "--text-language", "french")
    assert (ran.code, ran.err) == (
        2,
        'npcompare: "french" is not a language tag\n  hint: write a tag such as fr or es\n',
    )


def test_annex_is_made_again_in_its_language(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.json"
    assert run("export", BILL, "kenya", "--text-language", "fr", "-o", path).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["recipe"]["wish"]["text_language"] == "fr"
    assert run("verify", path, BILL).code == 0


@pytest.mark.parametrize(
    ("language", "described"),
    [
        ("en", "Described: provides that"),
        ("fr", "Description : provides that"),
        ("zh", "说明：provides that"),  # noqa: RUF001 - Chinese
    ],
)
def test_description_names_its_language(
    language: str, described: str, run: Callable[..., Ran]
) -> None:
    arguments = ("export", "belgium", "--columns", "words", "--language", language)
    text = " ".join(run(*arguments, "-f", "plain").out.split())
    assert described in text
    assert ("(en anglais)" in text, "（英语）" in text) == (language == "fr", language == "zh")  # noqa: RUF001 - Chinese
    html = run(*arguments, "-f", "html").out
    assert ('<span lang="en" dir="ltr">provides that' in html) == (language != "en")
