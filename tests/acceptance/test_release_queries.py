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
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import pytest
from conftest import TESTS, check_expected, needed
from corpora import write
from tabulate import tabulate

from npcompare.analysis.classification import classify
from npcompare.dataset.folder import write_folder
from npcompare.dataset.release import release_contents, release_of
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus

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


def recipes() -> list[Recipe]:
    """Return the queries of the page."""
    all_recipes: list[Recipe] = []
    page_with_answers(all_recipes.append)
    return all_recipes


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
    of_sqlite, of_duckdb = (
        ANSWERS[recipe.heading](recipe)
        for recipe in recipes()
        if recipe.language == "sql" and "threshold" in recipe.code
    )
    assert of_sqlite == of_duckdb


# --- A generated corpus -------------------------------------------------------------------------

#: More than the provisions of which a release has pairs and a project; benchmarks/release.py runs
#: the same queries over larger corpora.
SIZE = 600


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Corpus]:
    """Return a folder with the release of a generated corpus, and the corpus."""
    folder: Path = tmp_path_factory.mktemp("generated")
    corpus = load_corpus(write(folder / "corpus", SIZE), CheckOptions(use_cache=False))
    write_folder(release_contents(release_of(corpus)), folder / "release")
    return folder, corpus


def test_queries_over_many_provisions(
    generated: tuple[Path, Corpus], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, corpus = generated
    monkeypatch.chdir(folder)
    results = [classify(corpus.codebook, provision) for provision in corpus.provisions()]
    operative = [result for result in results if result.effect == "operative"]
    categories = Counter(
        category for result in operative for category in result.dimensions["scope"].categories
    )
    label_of = corpus.codebook.dimensions["threshold"].label_of
    thresholds = Counter(
        label_of(value) for result in operative for value in result.dimensions["threshold"].values
    )
    of_parquet, of_csv = (
        recipe.code
        for recipe in recipes()
        if (recipe.heading, recipe.language) == ("DuckDB", "sql")
    )
    with duckdb.connect() as connection:
        assert dict(connection.sql(of_parquet).fetchall()) == dict(categories)
        counted: Counter[str] = Counter()
        for label, _, count in connection.sql(of_csv).fetchall():
            counted[label] += count
    assert thresholds.items() <= counted.items()
    assert len(operative) > SIZE / 2


def test_readme_says_what_many_provisions_lack(generated: tuple[Path, Corpus]) -> None:
    folder, _ = generated
    readme = (folder / "release" / "README.md").read_text(encoding="utf-8")
    assert "`relations.csv` has no rows, because there are more than 250 provisions;" in readme
    assert "There is no `codings.qdpx`, because there are more than 500 provisions;" in readme
    assert not (folder / "release" / "codings.qdpx").exists()
    assert duckdb.read_csv(str(folder / "release" / "relations.csv")).fetchall() == []
