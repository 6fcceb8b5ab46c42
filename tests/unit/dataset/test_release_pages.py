"""The pages of a release: licences, cautions, what is new, and the codebook."""

from __future__ import annotations

import csv
import io
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS
from markdown_it import MarkdownIt

from npcompare.dataset.agreement_file import agreement_csv
from npcompare.dataset.cautions import cautions
from npcompare.dataset.codebook_files import codebook_markdown, codebook_pdf
from npcompare.dataset.csv_table import csv_bytes
from npcompare.dataset.licences import licences
from npcompare.dataset.release import release_of
from npcompare.dataset.tables import Release
from npcompare.dataset.whats_new import whats_new
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus

DESCRIPTION = """\
title: "Examples | <b> & *more*"
description: For the tests.
version: 1.0.0
creators: [{name: A group}]
licence: {id: MIT, name: "MIT | License", text: "Line one\\n~~~\\n<script>\\n  indented\\n"}
quotations: "Words of <laws> | *quoted*."
"""


@pytest.fixture
def described(corpus_copy: Path) -> Path:
    (corpus_copy / "dataset.yaml").write_text(DESCRIPTION)
    return corpus_copy


@pytest.fixture(scope="module")
def bundled(corpus: Corpus) -> Release:
    """Return the release of the bundled corpus without relations, which take the most time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("npcompare.dataset.corpus_rows.relation_rows", lambda *_: ())
        return release_of(corpus)


def rendered(markdown: bytes) -> str:
    """Return a page as HTML."""
    return str(MarkdownIt("commonmark").enable("table").render(markdown.decode()))


# --- Licences ------------------------------------------------------------------------------------


@pytest.mark.further
def test_coding_and_quotations_have_terms_apart(bundled: Release) -> None:
    page = licences(bundled).decode()
    coding, _, quotations = page.partition("## The words of laws and other texts")
    assert "under the MIT License (SPDX: MIT)" in coding
    assert (TESTS.parent / "LICENSE").read_text(encoding="utf-8") in coding
    assert "nothing is claimed over them" in quotations
    assert "What each source allows was not assessed." in quotations
    counts = re.search(r"not empty\): (\d+)\. Wordings .*: (\d+)\.", quotations)
    assert counts
    texts = [row for row in bundled.tables["texts"].records() if row["body"]]
    assert counts.groups() == (str(len(texts)), str(len(bundled.tables["wordings"].rows)))


def test_hostile_licence_is_shown_as_it_is(described: Path) -> None:
    html = rendered(licences(release_of(load_corpus(described))))
    assert "<pre><code>Line one\n~~~\n&lt;script&gt;\n  indented\n</code></pre>" in html
    assert "<p>Words of &lt;laws&gt; | *quoted*.</p>" in html
    assert "the MIT | License (SPDX: MIT)" in html


def test_page_without_a_licence_says_so(corpus_copy: Path) -> None:
    page = licences(release_of(load_corpus(corpus_copy))).decode()
    assert "No licence is named" in page
    assert "They remain under their own terms." in page


# --- Cautions ------------------------------------------------------------------------------------


def rows_of(release: Release, name: str) -> list[dict[str, str]]:
    """Return the rows of a table as a reader of its file has them."""
    text = csv_bytes(release.tables[name]).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def numbers_of(page: str, words: str) -> list[int]:
    """Return the numbers that follow words on a page."""
    match = re.search(rf"{re.escape(words)}:?\s+([\d,]+)(?:\s+of ([\d,]+))?", page)
    assert match, words
    return [int(part.replace(",", "")) for part in match.groups() if part]


def test_counts_are_those_of_the_files(bundled: Release) -> None:
    page = cautions(bundled).decode()
    cells = rows_of(bundled, "values")
    for word in ("text", "reported", "silent", "unknown", "proposed"):
        count = sum(cell["basis"] == word for cell in cells)
        assert numbers_of(page, f"(`basis` is `{word}`)") == [count, len(cells)]
    doubtful = sum(cell["doubt"] != "" for cell in cells)
    assert numbers_of(page, "(`doubt` is not empty)") == [doubtful, len(cells)]
    medium = sum(cell["confidence"] in ("medium", "low") for cell in cells)
    assert numbers_of(page, "(`confidence` is `medium` or `low`)") == [medium, len(cells)]
    incomplete = sum(cell["is_complete"] == "false" for cell in cells)
    assert numbers_of(page, "(`is_complete` is `false`)") == [incomplete, len(cells)]


def test_counts_by_dimension_add_up(bundled: Release) -> None:
    page = cautions(bundled).decode()
    lines = [line for line in page.splitlines() if re.match(r"\| [^`|]+ \| [\d,]+ \|", line)]
    *rows, total = [
        [int(part.replace(",", "")) for part in re.findall(r"\| ([\d,]+) (?=\|)", line)]
        for line in lines
    ]
    assert len(rows) == len(bundled.corpus.codebook.dimensions)
    assert [sum(column) for column in zip(*rows, strict=True)] == total
    # Each cell has one basis.
    assert all(sum(row[1:6]) == row[0] for row in rows)


def test_provisions_and_texts_are_counted(bundled: Release) -> None:
    page = cautions(bundled).decode()
    provisions = rows_of(bundled, "provisions")
    for column, words in (
        ("fuller", "(`fuller` is not empty)"),
        ("version_of", "(`version_of` is not empty)"),
        ("succeeds", "(`succeeds` is not empty)"),
        ("in_force_to", "(`in_force_to` is not empty)"),
    ):
        assert numbers_of(page, words) == [sum(row[column] != "" for row in provisions)]
    absences = sum(row["form"] == "none_specific" for row in provisions)
    assert numbers_of(page, "(`form` is `none_specific`)") == [absences]
    texts = rows_of(bundled, "texts")
    paraphrases = sum(row["status"] == "paraphrase" for row in texts)
    assert numbers_of(page, "(`status` is `paraphrase`)") == [paraphrases, len(texts)]
    incomplete = sum(row["complete"] != "true" for row in texts)
    assert numbers_of(page, "(`complete` is `false` or empty)") == [incomplete, len(texts)]
    models = sum(row["effect"] == "model" for row in provisions)
    assert f"| `model` | model | {models} |" in page


def test_name_of_the_first_collection_is_explained(described: Path) -> None:
    page = cautions(release_of(load_corpus(described))).decode()
    assert "The collection `paper` has the provisions whose files are in no sub-folder" in page


def test_corpus_without_double_coding_says_so(described: Path) -> None:
    release = release_of(load_corpus(described))
    assert "No provision was coded twice" in cautions(release).decode()
    assert agreement_csv(release) is None


def test_double_coding_is_published(described: Path) -> None:
    shutil.copytree(TESTS / "coders", described / "double-coding")
    release = release_of(load_corpus(described))
    raw = (agreement_csv(release) or b"").decode()
    units = list(csv.DictReader(io.StringIO(raw, newline="")))
    page = cautions(release).decode()
    shared = {unit["provision"] for unit in units}
    assert numbers_of(page, "(`agreement.csv`)") == [len(shared)]
    assert numbers_of(page, "a dimension or a coded field") == [len(units)]
    outcomes = [unit["outcome"] for unit in units]
    same = outcomes.count("same") + outcomes.count("detail")
    answered = same + outcomes.count("classes")
    assert f"in\n  {answered} of them, and the same classes in {same} of these" in page
    settled = sum(unit["decision"] != "" for unit in units)
    differing = len(units) - outcomes.count("same") - outcomes.count("both_unknown")
    assert f"no answer: {differing}, of which\n  {settled} are settled" in page


# --- What is new ---------------------------------------------------------------------------------

CHANGELOG = """\
# Changelog

## 1.1.0

### Added

- A command.

### Law

- Utopia: <script>alert(1)</script> and [a link](https://example.org).

  ```text
  ## 0.9.0
  ### Law
  ```

#### Details

- More.

## 1.0.0 | <b>

### LAW ###

- The first law.

### Law

## 0.9.0
### Fixed
- Nothing of law.
"""


def test_changes_of_law_are_taken_from_the_changelog(described: Path) -> None:
    (described / "CHANGELOG.md").write_text(CHANGELOG)
    page = whats_new(Release(load_corpus(described), {}, frozenset())).decode()
    assert "A command" not in page
    assert "Nothing of law" not in page
    html = rendered(page.encode())
    assert re.findall("<h2>(.*?)</h2>", html) == ["1.1.0", "1.0.0 | &lt;b&gt;"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "## 0.9.0\n### Law" in html
    assert "<h4>Details</h4>" in html
    assert "<h1>What is new: Examples | &lt;b&gt; &amp; *more*</h1>" in html


def test_changelog_beside_the_folder_statutes_counts(described: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    described.rename(tmp_path / "mine" / "statutes")
    (tmp_path / "mine" / "CHANGELOG.md").write_text(CHANGELOG)
    for folder in (tmp_path / "mine", tmp_path / "mine" / "statutes"):
        assert b"The first law." in whats_new(Release(load_corpus(folder), {}, frozenset()))


def test_bundled_changes_are_those_of_the_repository(corpus: Corpus) -> None:
    page = whats_new(Release(corpus, {}, frozenset())).decode()
    changelog = (TESTS.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    law = changelog.partition("### Law\n\n")[2].partition("\n\n###")[0]
    assert law.splitlines()[0] in page
    assert law.splitlines()[-1] in page
    assert page.count("\n## ") == changelog.count("\n### Law\n")


def test_corpus_without_a_changelog_says_so(described: Path, tmp_path: Path) -> None:
    release = Release(load_corpus(described), {}, frozenset())
    assert "the corpus has no CHANGELOG.md" in whats_new(release).decode()
    (tmp_path / "elsewhere.md").write_text(CHANGELOG)
    (described / "CHANGELOG.md").symlink_to(tmp_path / "elsewhere.md")
    assert "the corpus has no CHANGELOG.md" in whats_new(release).decode()
    (described / "CHANGELOG.md").unlink()
    (described / "CHANGELOG.md").write_text("# Changelog\n\n## 1.0.0\n\n### Added\n\n- A.\n")
    assert "has nothing under a heading “Law”" in whats_new(release).decode()


# --- The codebook --------------------------------------------------------------------------------


def test_codebook_has_every_class_and_rule(corpus: Corpus) -> None:
    page = codebook_markdown(Release(corpus, {}, frozenset())).decode()
    for dimension in corpus.codebook.dimensions.values():
        for name in dimension.classes:
            assert name.replace("_", "\\_") in page
    assert all(rule.id in page for rule in corpus.codebook.rules)
    assert "Paragraphs and footnotes are those of: Background paper" in page


@pytest.mark.slow
def test_codebook_is_the_same_pdf_twice(corpus: Corpus) -> None:
    release = Release(corpus, {}, frozenset())
    first, second = codebook_pdf(release), codebook_pdf(release)
    assert first.startswith(b"%PDF")
    assert first == second
