"""Every format against its golden file, and hostile text through every writer."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec
import pytest
from builders import HOSTILE, OUTPUTS, hostile_document, without_digest
from conftest import TESTS
from hypothesis import given
from hypothesis import strategies as st

from npcompare.document import (
    Cell,
    Column,
    Document,
    Notes,
    Run,
    Stream,
    Table,
    Tone,
    cell,
    columns,
    rows,
)
from npcompare.errors import NpcompareError
from npcompare.formats.csv_text import describe as describe_csv
from npcompare.formats.json_text import write_lines as write_ndjson
from npcompare.formats.markdown import write as write_markdown
from npcompare.formats.plain import column_shares, column_widths, pieces, plain_text
from npcompare.formats.plain import write as write_plain
from npcompare.formats.registry import FORMATS, Format, choose, put, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

GOLDEN = TESTS / "golden"
SUFFIXES = {
    "terminal": ".screen.txt",
    "plain": ".txt",
    "markdown": ".md",
    "csv": ".csv",
    "latex": ".tex",
}


#: The formats for the screen; those for files alone have tests of their own.
TEXTS = ("terminal", "plain", "markdown", "csv", "json")


def rendered(one: Document, chosen: str) -> str:
    text = render(one, FORMATS[chosen])
    assert isinstance(text, str)
    return text


#: Those of which a few goldens are enough: they show how, and the text formats show what.
MARKUP = {
    "html": ["annex", "redline", "matrix", "order"],
    "latex": ["annex", "redline", "matrix"],
    "svg": ["matrix", "order"],
}


def without_assets(text: str) -> str:
    """Return a page with its style and its script left out: these are files of their own."""
    text = re.sub(r"(<style>\n).*(</style>)", r"\1...\2", text, flags=re.DOTALL)
    text = re.sub(r"(<script>\n).*(</script>)", r"\1...\2", text, flags=re.DOTALL)
    return re.sub("sha256-[A-Za-z0-9+/]+=*", "sha256-...", text)


@pytest.mark.parametrize(
    ("view", "chosen"),
    [(view, chosen) for view in OUTPUTS for chosen in TEXTS]
    + [(view, chosen) for chosen, views in MARKUP.items() for view in views],
)
def test_golden(
    view: str, chosen: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    path = GOLDEN / f"{view}{SUFFIXES.get(chosen, f'.{chosen}')}"
    said = without_digest(run(*OUTPUTS[view], "--format", chosen).out)
    if chosen == "html":
        said = without_assets(said)
    if os.environ.get("NPCOMPARE_GOLDEN") == "write":
        path.write_text(said, encoding="utf-8", newline="")
    assert said == path.read_bytes().decode()


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
results = [classify(corpus.codebook, one) for one in corpus.select(["kenya", "gambia", "wg-2009"])]
document = export(corpus, results, Wish(layout="matrix", number="Annex II"))
for one in FORMATS.values():
    put(document, one, Path(sys.argv[1]) / one.name, force=False)
"""


def test_the_same_twice_is_the_same_in_every_format(tmp_path: Path) -> None:
    """Two programs, seconds apart, each with an order of its own for what has none."""
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"}
        environment.pop("SOURCE_DATE_EPOCH", None)
        command = [sys.executable, "-c", EVERY_FORMAT, str(folder)]
        subprocess.run(command, env=environment, check=True)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
        # The times in a packed file count in twos of seconds.
        time.sleep(2.1)
    assert set(made[0]) == {*FORMATS, "csv-metadata.json"}
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []


def test_hostile_text_keeps_its_words_in_every_format() -> None:
    for word in HOSTILE:
        one = hostile_document([word])
        readable = word.replace("\x1b", "<U+001B>").replace("\x07", "<U+0007>")
        readable = readable.replace("\u202e", "<U+202E>")
        texts = {each.name for each in FORMATS.values() if not each.is_binary} - {"svg"}
        for chosen in sorted(texts):
            text = rendered(one, chosen)
            assert "\x1b" not in text
            assert "\u202e" not in text
            if chosen in ("terminal", "plain"):
                assert re.sub(r"\s", "", readable) in re.sub(r"\s", "", text)


def test_csv_cells_are_no_formulas_and_come_back_whole() -> None:
    text = rendered(hostile_document(HOSTILE), "csv")
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found[0] == ["one", "two"]
    for word, (marked, plain) in zip(HOSTILE, found[1:], strict=True):
        assert plain[0] not in "=+-@\t\r"
        readable = word.replace("\x1b", "<U+001B>").replace("\x07", "<U+0007>")
        assert plain.removeprefix("'") == readable.replace("\u202e", "<U+202E>")
        assert marked.endswith(" [a]")


@pytest.mark.parametrize("sign", [*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20", " =", "\n@"])
def test_what_a_spreadsheet_would_compute_is_marked_as_text(sign: str) -> None:
    table = Table("T", columns(a="a"), rows([[f"{sign}1"], [f"1{sign}"], ["'x"]]))
    found = list(
        csv.reader(io.StringIO(rendered(Document("T", (table,), {}, table), "csv"), newline=""))
    )
    assert found == [["a"], [f"'{sign}1"], [f"1{sign}"], ["'x"]]


def test_markdown_tables_hold_their_columns() -> None:
    text = write_markdown(hostile_document(HOSTILE))
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(lines) == len(HOSTILE) + 2
    for line in lines:
        assert len(re.findall(r"(?<!\\)\|", line)) == 3
    assert not re.search(r"<(?!/?(sup|br)>)", re.sub(r"\\<", "", text))
    assert "\\<script\\>" in text


def test_terminal_reads_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = rendered(hostile_document(["[bold]x[/bold] :smile:"]), "terminal")
    assert "[bold]x[/bold] :smile:" in text


def test_redlines_need_no_colour() -> None:
    runs = (Run("shall ", Tone.DELETED), Run("may ", Tone.INSERTED), Run("not"))
    table = Table("T", columns(text="Text"), ((Cell(runs),),))
    one = Document("T", (table,), {}, table)
    assert "[-shall-] {+may+} not" in write_plain(one)
    assert "~~\\[-shall-\\]~~ **\\{+may+\\}** not" in write_markdown(one)


def in_markdown(*runs: Run) -> str:
    table = Table("T", columns(text="Text"), ((Cell(runs),),))
    return write_markdown(Document("T", (table,), {}, table)).split("| --- |\n| ")[1][:-3]


@pytest.mark.parametrize(
    ("runs", "wanted"),
    [
        ([Run("a "), Run("b", Tone.STRONG), Run(" c")], "a **b** c"),
        ([Run("a."), Run("b", Tone.STRONG), Run(".c")], "a.**b**.c"),
        ([Run("ab."), Run("b", Tone.STRONG), Run(".cd")], "ab.**b**.cd"),
        ([Run("a"), Run("b", Tone.STRONG)], "a<strong>b</strong>"),
        ([Run("b", Tone.INSERTED), Run("c")], "<strong>\\{+b+\\}</strong>c"),
        ([Run("b", Tone.DELETED), Run("c")], "<del>\\[-b-\\]</del>c"),
        ([Run(" b "), Run("(c)", Tone.DELETED)], " b ~~\\[-(c)-\\]~~"),
        (
            [Run("b", Tone.STRONG), Run("c", Tone.STRONG)],
            "<strong>b</strong><strong>c</strong>",
        ),
        (
            [Run("b.", Tone.DELETED), Run("c.", Tone.INSERTED)],
            "~~\\[-b.-\\]~~**\\{+c.+\\}**",
        ),
        (
            [Run("b.", Tone.STRONG), Run(".c", Tone.STRONG)],
            "<strong>b.</strong><strong>.c</strong>",
        ),
        ([Run("https://x www.y a@b\tc")], "https:&#47;/x www&#46;y a&#64;b c"),
        ([Run(" b ", Tone.STRONG, ("a", "b"))], " **b**<sup>a</sup><sup>b</sup> "),
        ([Run("", Tone.STRONG, ("a",))], "<sup>a</sup>"),
        ([Run("  ", Tone.STRONG)], "  "),
        ([Run("a\nb")], "a<br>b"),
    ],
)
def test_what_stands_out_in_markdown_does_so(runs: list[Run], wanted: str) -> None:
    assert in_markdown(*runs) == wanted


def test_what_begins_like_a_list_is_a_paragraph_in_markdown() -> None:
    table = Table("T", columns(a="A"), (), ("- x", "12. y", "= z", " + w", "1) v", "(1) u"))
    said = write_markdown(Document("T", (table,), {}, table))
    assert said.split("\n\n")[2:] == ["\\- x", "12\\. y", "\\= z", "\\+ w", "1\\) v", "(1) u\n"]


def test_blank_titles_are_none_in_markdown() -> None:
    table = Table(" ", columns(a="A"), ())
    assert write_markdown(Document("T", (table,), {}, table, " ")) == "| A |\n| --- |\n"


def test_json_is_laid_out_to_be_read() -> None:
    one = Document("T", (), {"a": [1, {"b": "é"}]}, Table("T", (), ()))
    wanted = '{\n  "a": [\n    1,\n    {\n      "b": "é"\n    }\n  ]\n}\n'
    assert rendered(one, "json") == wanted


def test_halves_of_characters_are_escaped_in_json() -> None:
    one = Document("T", (), {"title": "\udcff\x85é", "none": []}, Table("T", (), ()))
    assert rendered(one, "json") == '{\n  "title": "\\udcff\\u0085é",\n  "none": []\n}\n'


@pytest.mark.parametrize("number", [0, 1, 63, 64, 65, 200])
@pytest.mark.parametrize("name", ["é", "\udcff"])
def test_a_stream_of_records_is_the_list_of_them(number: int, name: str) -> None:
    """A name that is no text, as of a file, is written otherwise, and laid out alike."""
    records = [{"n": one, "in": [{"a": "\x85"}, []]} for one in range(number)] + [{"n": name}]
    data = {"first": Stream(lambda: records), "none": Stream(list), "last": records[:2]}
    wanted = json.dumps({**data, "first": records, "none": []}, ensure_ascii=False, indent=2)
    wanted = wanted.replace("\udcff", "\\udcff").replace("\x85", "\\u0085")
    assert rendered(Document("T", (), data, Table("T", (), ())), "json") == f"{wanted}\n"
    assert rendered(Document("T", (), {}, Table("T", (), ())), "json") == "{}\n"


def test_records_may_be_json_already() -> None:
    raw = msgspec.Raw(b'{"n":[1,"\xc3\xa9]"]}')
    data = {"all": Stream(lambda: [raw, {"n": []}]), "one": raw}
    assert rendered(Document("T", (), data, Table("T", (), ())), "json") == (
        '{\n  "all": [\n    {\n      "n": [\n        1,\n        "é]"\n      ]\n    },\n'
        '    {\n      "n": []\n    }\n  ],\n'
        '  "one": {\n    "n": [\n      1,\n      "é]"\n    ]\n  }\n}\n'
    )


def test_each_row_is_a_line_of_json_by_the_names_of_the_columns() -> None:
    flat = Table("T", columns(a="A", b="B"), rows([["é\n", "\x1b"], ["\x85\u202e", '"']]))
    assert list(write_ndjson(Document("T", (), {}, flat))) == [
        '{"a":"é\\n","b":"<U+001B>"}\n',
        '{"a":"<U+0085><U+202E>","b":"\\""}\n',
    ]


def test_a_csv_file_is_described_as_csvw_asks() -> None:
    flat = Table("T", (Column("full title", "X"), Column("ä-b", "Y")), ())
    name, text = describe_csv(Document("Laws", (), {}, flat, "npcompare 0"), "my ä.csv")
    assert name == "-metadata.json"
    assert text.endswith("}\n")
    assert json.loads(text) == {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "my%20%C3%A4.csv",
        "dc:title": "Laws",
        "dc:provenance": "npcompare 0",
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {"name": "full_title", "titles": "full title", "datatype": "string"},
                {"name": "__b", "titles": "ä-b", "datatype": "string"},
            ]
        },
    }


def test_plain_text_to_the_last_sign() -> None:
    """Section 1.10 is not the number 1.1."""
    table = Table(
        "Scope",
        columns(a="No", b="Words"),
        ((cell("1.10"), cell("x", marks=("a", "b"))), (cell("007"), cell("1e3")), (cell(""),) * 2),
        ("A remark.",),
        (("a", "A note."),),
    )
    assert write_plain(Document("T", (table, table), {}, table, "npcompare 0")) == (
        (
            "Scope\n\nNo    Words\n----  ---------\n1.10  x [a] [b]\n007   1e3\n\n\n"
            "A remark.\n[a] A note.\n\n"
        )
        * 2
        + "npcompare 0\n"
    )


def test_plain_tables_are_as_wide_as_the_line_and_wider_only_for_words() -> None:
    long, words = "word " * 12, ["x" * 40] * 4
    table = Table("T", columns(a="A", b="B"), rows([[long, long]]))
    wide = Table("T", columns(a="A", b="B", c="C", d="D"), rows([words]))
    lines = write_plain(Document("T", (table,), {}, table)).split("\n")
    assert lines[3] == f"{'-' * 49}  {'-' * 49}"
    lines = write_plain(Document("T", (wide,), {}, wide)).split("\n")
    assert lines[3:5] == ["  ".join([sign * 34] * 4) for sign in "-x"]
    assert lines[5].split() == ["x" * 6] * 4


@pytest.mark.parametrize(
    ("text", "line", "most", "wanted"),
    [
        # After a sentence if one ends in the second half of what fits, else after a word.
        ("aa bb cc. dd ee ff", 12, 1, ["aa bb cc. ", "dd ee ff"]),
        ("a. bbbb cccc dd", 12, 1, ["a. bbbb ", "cccc dd"]),
        ("aaa. bb ccccc dd", 12, 1, ["aaa. bb ", "ccccc dd"]),
        ("aaa bbb ccc ddd eee fff ggg", 8, 2, ["aaa bbb ", "ccc ddd ", "eee fff ggg"]),
        ("x" * 20, 8, 1, ["x" * 8, "x" * 8, "x" * 4]),
        # What just fits is not broken, and the break between two pieces goes.
        ("abcd fgh", 8, 1, ["abcd fgh"]),
        ("ab\ncd\nef\ngh", 8, 2, ["ab\ncd", "ef\ngh"]),
        ("", 8, 1, [""]),
        # Long lines count for as many as they take, and each line anew.
        ("\n".join(["x" * 20] * 6), 8, 6, ["\n".join(["x" * 20] * 2)] * 3),
        ("\n".join(["x" * 6] * 7), 8, 3, [*["xxxxxx\nxxxxxx\nxxxxxx"] * 2, "xxxxxx"]),
    ],
)
def test_a_long_cell_is_cut_where_a_reader_pauses(
    text: str, line: int, most: int, wanted: list[str]
) -> None:
    assert [one.text for one in pieces(cell(text), line, most)] == wanted


def test_a_letter_that_is_wider_than_the_line_stands_alone() -> None:
    found = pieces(cell("xyz"), 4, 1, lambda text: 9 * len(text))
    assert [one.text for one in found] == ["x", "y", "z"]


def test_pieces_keep_tones_and_each_mark_once() -> None:
    runs = (Run("aaa bbb ccc", Tone.QUOTE, ("a",), "fr"), Run(" ddd", Tone.STRONG, ("b",)))
    first, second = pieces(Cell(runs), 8, 1)
    assert first == Cell((Run("aaa bbb ", Tone.QUOTE, (), "fr"),))
    assert plain_text(second) == "ccc [a] ddd [b]"
    assert {(run.text, run.tone) for run in second.runs if run.text} == {
        ("ccc", Tone.QUOTE),
        (" ddd", Tone.STRONG),
    }


def test_a_run_is_not_parted_but_between_pieces() -> None:
    """Each part of what is deleted would have brackets of its own."""
    run = Run("aaa bbb ccc ddd eee", Tone.DELETED, ("a",))
    (only,) = pieces(Cell((run,)), 8, 4)
    assert plain_text(only) == "[-aaa bbb ccc ddd eee-] [a]"
    assert plain_text(Cell((Run("  ", Tone.DELETED), Run("\n", Tone.INSERTED)))) == "  \n"


def test_an_empty_table_says_so() -> None:
    table = Table("T", columns(text="Text"), ())
    one = Document("T", (table,), {}, table)
    assert write_plain(one) == "T\n\n(none)\n"
    assert "(none)" in rendered(one, "terminal")


def test_a_narrow_terminal_gets_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    table = Table("T", columns(a="First", b="Second", c="Third"), rows([["incomparable"] * 3]))
    text = rendered(Document("T", (table,), {}, table), "terminal")
    assert text == "T\n\nFirst   incomparable\nSecond  incomparable\nThird   incomparable\n\n\n"


def test_values_in_stacked_rows_are_not_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    table = Table("T", columns(a="First", b="Second", c="Third"), rows([["incomparable"] * 3]))
    text = rendered(Document("T", (table,), {}, table), "terminal")
    assert "\x1b[1mFirst \x1b[0m\x1b[1m  \x1b[0mincomparable" in text


@pytest.mark.parametrize("chosen", ["terminal", "plain", "markdown"])
def test_annex_number_and_title_are_above_the_tables(chosen: str) -> None:
    table = Table("Table", columns(a="A"), rows([["x"]]))
    document = Document("Title", (table,), {}, table, number="Annex II", is_headed=True)
    text = rendered(document, chosen)
    assert re.match(r"(# Annex II: Title\n\n\*\*Table|Annex II\nTitle\n\nTable\n)", text)
    # A title that the only table repeats is printed once, and no other result has a heading.
    assert rendered(document.replace(title="Table"), chosen).count("Table") == 1
    assert "Annex" not in rendered(document.replace(is_headed=False), chosen)


WORDS = st.lists(st.sampled_from(["a", "of", "victim", "prosecution", "x" * 24]), max_size=12)


@given(st.lists(st.lists(WORDS.map(" ".join), min_size=3, max_size=3), min_size=1, max_size=4))
def test_widths_fit_the_line_and_cut_no_word(values: list[list[str]]) -> None:
    table = Table("T", columns(a="A", b="B", c="C"), rows(values))
    widths = column_widths(table, 80)
    assert widths is not None
    assert sum(widths) <= 80
    for width, column in zip(widths, zip(*values, strict=True), strict=True):
        assert all(len(word) <= width for text in column for word in text.split())
        assert width <= max(1, *(len(text) for text in column))


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_any_text_comes_through_csv_and_json(words: list[str]) -> None:
    table = Table("T", columns(a="a"), rows([[word] for word in words]))
    one = Document("T", (table,), {"words": words}, table)
    assert json.loads(rendered(one, "json")) == {"words": words}
    found = list(csv.reader(io.StringIO(rendered(one, "csv"), newline="")))
    assert len(found) == len(words) + 1


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ((1, 1, 1), [50, 50, 50]),
        ((1, 1, 13), [15, 11, 124]),
        ((13, 1, 1), [130, 10, 10]),
    ],
)
def test_heads_keep_their_words_whole(weights: tuple[int, ...], shares: list[int]) -> None:
    heads = columns(a="Stage: investigation", b="Threshold", c="Words")
    if weights[0] == 13:
        heads = columns(a="Words", b="A", c="B")
    assert column_shares(Table("T", heads, (), weights=weights)) == shares


def test_notes_get_letters_in_order() -> None:
    notes = Notes()
    assert [notes.mark(text) for text in ("x", "y", "x")] == ["a", "b", "a"]
    for number in range(26):
        notes.mark(str(number))
    assert [letter for letter, _ in notes.listed()][-3:] == ["z", "aa", "ab"]


def test_the_format_is_chosen_by_name_or_suffix(tmp_path: Path) -> None:
    assert choose(None, None).name == "terminal"
    assert choose("csv", None).name == "csv"
    assert choose(None, tmp_path / "a.MD").name == "markdown"
    assert choose("json", tmp_path / "a.txt").name == "json"
    for name, path in (("docy", None), (None, tmp_path / "a.doc"), ("terminal", tmp_path / "a")):
        with pytest.raises(NpcompareError):
            choose(name, path)


def test_csv_comes_with_a_description_of_its_columns(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "my annex.csv"
    ran = run("export", "kenya", "jamaica", "-o", path)
    assert ran.err.splitlines() == [f"wrote {path}", f"wrote {path}-metadata.json"]
    described = json.loads((tmp_path / "my annex.csv-metadata.json").read_text())
    assert described["@context"] == "http://www.w3.org/ns/csvw"
    assert described["url"] == "my%20annex.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        (heads, *rows) = csv.reader(stream)
    assert [one["titles"] for one in described["tableSchema"]["columns"]] == heads
    assert [row[0] for row in rows] == ["jamaica", "kenya"]
    # Neither is written unless both may be.
    path.unlink()
    assert run("export", "kenya", "-o", path).code == 2
    assert not path.exists()


def test_nothing_is_worked_out_for_a_file_that_is_kept(tmp_path: Path) -> None:
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
