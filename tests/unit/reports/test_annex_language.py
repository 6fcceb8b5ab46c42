"""Annexes in another language: their recipe, `verify`, and earlier files in another language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from npcompare.errors import NpcompareError
from npcompare.messages import Catalogue, using
from npcompare.reports.annex_recipe import asked, catalogue_of_annex, require_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

UP_TO_DATE = "Up to date: every cell matches the current data."


def recipe(**wish: str) -> dict[str, object]:
    return {"ids": ["kenya"], "wish": wish}


def test_recipe_has_the_language(run: Callable[..., Ran]) -> None:
    wishes = [
        json.loads(run("export", "kenya", *options, "-f", "json").out)["recipe"]["wish"]
        for options in ((), ("--language", "fr"), ("--language", "fr", "--terms", "eu"))
    ]
    assert [(wish.get("language"), wish.get("terms")) for wish in wishes] == [
        (None, None),
        ("fr", None),
        ("fr", "eu"),
    ]


def test_earlier_recipe_is_english() -> None:
    wish = asked(recipe(layout="annex"))[1]
    assert (wish.language, wish.terms) == ("en", "un")


@pytest.mark.parametrize("suffix", ["docx", "json", "xlsx"])
def test_annex_is_verified_in_its_language(
    suffix: str, corpus_copy: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / f"annex.{suffix}"
    columns = ["--column", "Remarques"] if suffix == "xlsx" else []
    export = ["export", "kenya", "gambia", "coe-26", "--corpus", corpus_copy, *columns]
    assert run(*export, "--language", "fr", "-o", path).code == 0
    ran = run("verify", path, "--corpus", corpus_copy)
    assert (ran.code, UP_TO_DATE in ran.out) == (0, True)
    kenya = corpus_copy / "kenya.yaml"
    text = kenya.read_text(encoding="utf-8")
    kenya.write_text(text.replace("{extent: any,", "{extent: status_related,"), encoding="utf-8")
    ran = run("verify", path, "--corpus", corpus_copy, "-f", "json")
    assert ran.code == 1
    assert [change["row"] for change in json.loads(ran.out)["changed"]] == ["Kenya"]


@pytest.mark.parametrize("option", ["--track-changes-from", "--columns-from"])
def test_earlier_file_must_have_the_same_language(
    option: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "annex.docx"
    assert run("export", "kenya", "--language", "fr", "-o", path).code == 0
    ran = run("export", "kenya", option, path, "-o", tmp_path / "new.docx")
    message, hint = ran.err.splitlines()
    assert ran.code == 2
    assert message == "npcompare: the earlier annex is in French, this one in English"
    assert hint == "  hint: add --language fr"


def test_terms_must_be_the_same() -> None:
    with (
        using(Catalogue()),
        pytest.raises(NpcompareError, match="has the terms of another body"),
    ):
        require_language(recipe(terms="eu"))


@pytest.mark.parametrize("language", ["xx", "../en", ""])
def test_language_of_a_recipe_must_exist(language: str) -> None:
    with pytest.raises(NpcompareError, match="no tables in the language"):
        catalogue_of_annex(recipe(language=language))
