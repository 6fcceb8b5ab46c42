"""Every format against its golden files, and the table of formats."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from builders import HOSTILE, OUTPUTS, hostile_document, without_digest
from conftest import TESTS, check_expected

from npcompare.document import (
    Cell,
    Document,
    Run,
    Table,
    Tone,
    columns,
    rows,
)
from npcompare.errors import NpcompareError
from npcompare.formats.registry import FORMATS, Format, choose, put, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran

GOLDEN = TESTS / "golden"
SUFFIXES = {
    "terminal": ".screen.txt",
    "plain": ".txt",
    "markdown": ".md",
    "csv": ".csv",
    "latex": ".tex",
}


#: The formats with a golden file for every output; other formats have their own tests.
TEXTS = ("terminal", "plain", "markdown", "csv", "json")


def rendered(document: Document, name: str) -> str:
    text = render(document, FORMATS[name])
    assert isinstance(text, str)
    return text


#: Formats for which a few golden files suffice, as their contents are those of the text formats.
MARKUP = {
    "html": ["annex", "redline", "matrix", "order"],
    "latex": ["annex", "redline", "matrix"],
    "svg": ["matrix", "order", *(name for name in OUTPUTS if name.startswith("figure-"))],
}


def without_assets(text: str) -> str:
    """Return a page without its style and its script, which are separate files."""
    text = re.sub(r"(<style>\n).*(</style>)", r"\1...\2", text, flags=re.DOTALL)
    text = re.sub(r"(<script>\n).*(</script>)", r"\1...\2", text, flags=re.DOTALL)
    return re.sub("sha256-[A-Za-z0-9+/]+=*", "sha256-...", text)


@pytest.mark.parametrize(
    ("view", "name"),
    [(view, name) for view in OUTPUTS for name in TEXTS]
    + [(view, name) for name, views in MARKUP.items() for view in views],
)
def test_golden(
    view: str, name: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    path = GOLDEN / f"{view}{SUFFIXES.get(name, f'.{name}')}"
    output = without_digest(run(*OUTPUTS[view], "--format", name).out)
    if name == "html":
        output = without_assets(output)
    check_expected(path, output, "golden")


EVERY_FORMAT = """
import sys
from pathlib import Path
from npcompare.analysis.classification import classify
from npcompare.law.corpus import load_corpus
from npcompare.reports.annex_layouts import export
from npcompare.reports.annex_recipe import Wish
from npcompare.formats.registry import FORMATS
from npcompare.formats.registry import put

corpus = load_corpus()
provisions = corpus.select(["kenya", "gambia", "wg-2009"])
results = [classify(corpus.codebook, provision) for provision in provisions]
document = export(corpus, results, Wish(layout="matrix", number="Annex II"))
for file_format in FORMATS.values():
    put(document, file_format, Path(sys.argv[1]) / file_format.name, force=False)
"""


@pytest.mark.slow
def test_every_format_is_reproducible(tmp_path: Path) -> None:
    """Two processes, seconds apart, with different hash seeds."""
    outputs = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"}
        environment.pop("SOURCE_DATE_EPOCH", None)
        command = [sys.executable, "-c", EVERY_FORMAT, str(folder)]
        subprocess.run(command, env=environment, check=True)
        outputs.append({path.name: path.read_bytes() for path in folder.iterdir()})
        # The times in a zip archive have a resolution of two seconds.
        time.sleep(2.1)
    assert set(outputs[0]) == {*FORMATS, "csv-metadata.json"}
    assert [name for name in outputs[0] if outputs[0][name] != outputs[1][name]] == []


def test_hostile_text_is_visible_in_every_format() -> None:
    for word in HOSTILE:
        document = hostile_document([word])
        readable = word.replace("\x1b", "<U+001B>").replace("\x07", "<U+0007>")
        readable = readable.replace("\u202e", "<U+202E>")
        texts = {row.name for row in FORMATS.values() if not row.is_binary} - {"svg"}
        for name in sorted(texts):
            text = rendered(document, name)
            assert "\x1b" not in text
            assert "\u202e" not in text
            if name in ("terminal", "plain"):
                assert re.sub(r"\s", "", readable) in re.sub(r"\s", "", text)


def test_redline_is_legible_without_colour() -> None:
    runs = (Run("shall ", Tone.DELETED), Run("may ", Tone.INSERTED), Run("not"))
    table = Table("T", columns(text="Text"), ((Cell(runs),),))
    document = Document("T", (table,), {}, table)
    assert "[-shall-] {+may+} not" in rendered(document, "plain")
    assert "~~\\[-shall-\\]~~ **\\{+may+\\}** not" in rendered(document, "markdown")


def test_empty_table_is_marked() -> None:
    table = Table("T", columns(text="Text"), ())
    document = Document("T", (table,), {}, table)
    assert rendered(document, "plain") == "T\n\n(none)\n"
    assert "(none)" in rendered(document, "terminal")


@pytest.mark.parametrize("name", ["terminal", "plain", "markdown"])
def test_number_and_title_are_above_the_tables(name: str) -> None:
    table = Table("Table", columns(a="A"), rows([["x"]]))
    document = Document("Title", (table,), {}, table, number="Annex II", is_headed=True)
    text = rendered(document, name)
    assert re.match(r"(# Annex II: Title\n\n## Table\n|Annex II\nTitle\n\nTable\n)", text)
    # A title that the only table repeats is printed once.
    assert rendered(document.replace(title="Table"), name).count("Table") == 1
    is_shown = "Annex" in rendered(document.replace(is_headed=False), name)
    # A Markdown file begins with a heading of the first level.
    assert is_shown == (name == "markdown")


def test_format_is_chosen_by_name_or_ending(tmp_path: Path) -> None:
    assert choose(None, None).name == "terminal"
    assert choose("csv", None).name == "csv"
    assert choose(None, tmp_path / "a.MD").name == "markdown"
    assert choose("json", tmp_path / "a.txt").name == "json"
    for name, path in (("docy", None), (None, tmp_path / "a.doc"), ("terminal", tmp_path / "a")):
        with pytest.raises(NpcompareError):
            choose(name, path)


@pytest.mark.parametrize(
    ("name", "file_name", "message", "better"),
    [
        ("csv", "a.docx", '"a.docx" is a name for the format docx, not csv', "a.csv"),
        ("xlsx", "a.csv", '"a.csv" is a name for the format csv, not xlsx', "a.xlsx"),
        ("pdf", "b.a.DOCX", '"b.a.DOCX" is a name for the format docx, not pdf', "b.a.pdf"),
    ],
)
def test_name_of_another_program_is_refused(
    name: str, file_name: str, message: str, better: str
) -> None:
    with pytest.raises(NpcompareError) as caught:
        choose(name, Path(file_name))
    hint = f"write -o {better}, or leave out --format"
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_no_work_for_a_file_that_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "there.md"
    path.touch()

    def tables() -> Iterator[Table]:
        raise AssertionError

    with pytest.raises(NpcompareError, match="already exists and was not overwritten"):
        put(Document("T", tables, {}, Table("T", (), ())), choose(None, path), path, force=False)


def test_new_format_is_a_module_and_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("npcompare.formats.shout")
    module.write = lambda document: document.title.upper()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(FORMATS, "shout", Format("shout", (".loud",), "shouting", "shout:write"))
    path = tmp_path / "annex.loud"
    table = Table("T", (), ())
    put(Document("an annex", (table,), {}, table), choose(None, path), path, force=False)
    assert path.read_text(encoding="utf-8") == "AN ANNEX"
