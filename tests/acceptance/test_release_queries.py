"""The queries of docs/how-to/query-a-release.md over a release, in each program; answers are real.

With NPCOMPARE_GOLDEN=write (`make docs`), the answers in the page are updated.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import pytest
from conftest import TESTS, check_expected, needed
from tabulate import tabulate

from npcompare.dataset.folder import write_folder
from npcompare.dataset.release import release_contents, release_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from npcompare.law.corpus import Corpus

pytestmark = pytest.mark.slow

PAGE = TESTS.parent / "docs" / "how-to" / "query-a-release.md"

#: A query, and its answer in the next block.
RECIPE = re.compile(
    r"```(?P<language>sql|python|r)\n(?P<code>.*?)```\n\n```text\n.*?```", re.DOTALL
)


class Recipe(NamedTuple):
    """A query of the page: the heading that it is under, its language and its code."""

    heading: str
    language: str
    code: str


@pytest.fixture(scope="module")
def folder(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the release of the bundled corpus."""
    folder: Path = tmp_path_factory.mktemp("queries")
    write_folder(release_contents(release_of(corpus)), folder / "release")
    return folder


def page_with_answers(answer: Callable[[Recipe], str | None]) -> str:
    """Return the page with the answers that a function has; None keeps that of the page."""
    text = PAGE.read_text(encoding="utf-8")

    def updated(match: re.Match[str]) -> str:
        heading = re.findall("^## (.*)$", text[: match.start()], re.MULTILINE)[-1]
        result = answer(Recipe(heading, match["language"], match["code"]))
        if result is None:
            return match[0]
        return f"```{match['language']}\n{match['code']}```\n\n```text\n{result}\n```"

    return RECIPE.sub(updated, text)


def without_spaces_at_ends(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def sqlite_answer(recipe: Recipe) -> str:
    with closing(sqlite3.connect("file:release/npcompare.sqlite?mode=ro", uri=True)) as release:
        cursor = release.execute(recipe.code)
        names = [column[0] for column in cursor.description]
        return tabulate(cursor.fetchall(), names)


def duckdb_answer(recipe: Recipe) -> str:
    with duckdb.connect() as connection:
        relation = connection.sql(recipe.code)
        return tabulate(relation.fetchall(), relation.columns)


def python_answer(recipe: Recipe) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", recipe.code], capture_output=True, text=True, check=True
    )
    return ran.stdout


def r_answer(recipe: Recipe) -> str:
    if os.environ.get("CI") and shutil.which("Rscript") is None:
        pytest.fail("Rscript is not here, although `make programs` installs it")
    ran = subprocess.run(
        [needed("Rscript"), "-e", recipe.code], capture_output=True, text=True, check=True
    )
    return ran.stdout


ANSWERS = {
    "SQLite": sqlite_answer,
    "DuckDB": duckdb_answer,
    "pandas": python_answer,
    "polars": python_answer,
    "R": r_answer,
}


@pytest.mark.parametrize("program", ANSWERS)
def test_every_answer_in_the_page_is_real(
    program: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    headings = []

    def answer(recipe: Recipe) -> str | None:
        headings.append(recipe.heading)
        if recipe.heading != program:
            return None
        return without_spaces_at_ends(ANSWERS[program](recipe)).strip("\n")

    check_expected(PAGE, page_with_answers(answer), "docs")
    assert list(dict.fromkeys(headings)) == list(ANSWERS)


def test_programs_agree_on_the_thresholds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    answers = []
    page_with_answers(
        lambda recipe: (
            answers.append(ANSWERS[recipe.heading](recipe))
            if "threshold" in recipe.code and recipe.language == "sql"
            else None
        )
    )
    assert len(answers) == 2
    assert answers[0] == answers[1]
