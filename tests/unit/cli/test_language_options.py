"""Options on languages in the wrong place, and languages that there are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

CLAUSE = TESTS / "bills" / "clause-12.txt"


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (
            ("--language", "fr", "diff", "kenya", "jamaica"),
            "--language is an option of diff",
            "write it after the command: npcompare diff … --language …",
        ),
        (
            ("--terms", "eu", "compare", "kenya", "jamaica"),
            "--terms is an option of compare",
            "write it after the command: npcompare compare … --terms …",
        ),
        (
            ("validate", "--language", "fr"),
            "what validate writes is in English only",
            "leave out --language; commands that make tables, such as export, have it",
        ),
        (
            ("show", "kenya", "--text-language", "zz"),
            'no text is in the language "zz"',
            "the languages of texts are: en",
        ),
        (
            ("suggest", str(CLAUSE), "--text-language", "zz"),
            'the phrase book has no language "zz"',
            "its languages are: en, fr, es",
        ),
        (
            ("codebook", "threshold", "--untranslated", "--language", "fr"),
            "--untranslated covers the texts of all tables",
            "leave out the dimension",
        ),
        (
            ("codebook", "--schema", "--language", "fr"),
            "the schema is the same in every language",
            "leave out --language and --terms",
        ),
    ],
)
def test_mistake_is_one_error_with_a_hint(
    run: Callable[..., Ran], arguments: tuple[str, ...], message: str, hint: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"npcompare: {message}\n  hint: {hint}\n"


def test_two_listings_at_once_are_refused(run: Callable[..., Ran]) -> None:
    ran = run("codebook", "threshold", "--untranslated", "--schema", "--language", "fr")
    message = "npcompare: --untranslated and --schema cannot be used together\n"
    assert (ran.code, ran.out, ran.err) == (2, "", message)


@pytest.mark.parametrize("arguments", [("--langage", "fr", "diff"), ("--language", "fr")])
def test_other_unknown_options_stay_usage_errors(
    run: Callable[..., Ran], arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments)
    assert (ran.code, f"No such option: {arguments[0]}" in ran.err) == (2, True)


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB"])
def test_case_and_region_of_a_text_language_do_not_matter(
    run: Callable[..., Ran], tag: str
) -> None:
    assert run("show", "kenya", "--text-language", tag) == run("show", "kenya")


def test_new_says_which_language_is_not_read(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("new", "x", "--text", CLAUSE, "--text-language", "de")
    line = (
        'no values are proposed: texts in the language "de" are not read, only those in en, fr, es'
    )
    assert (ran.code, ran.err.splitlines()[0]) == (0, line)


@pytest.mark.further
def test_report_on_coders_is_in_the_language_asked_for(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    coders = [str(TESTS / "coders" / name) for name in ("first", "second")]
    ran = run("agree", *coders, "--language", "fr", "--terms", "eu", "-f", "plain")
    assert ran.code == 0
    assert ran.out.startswith("Tableau 1. Concordance par dimension\nTraduction non officielle.")
    assert run("agree", *coders, "--language", "ar", "-o", tmp_path / "agree.docx").code == 0
