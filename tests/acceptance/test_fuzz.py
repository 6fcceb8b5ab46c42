"""The properties of tests/fuzz, checked for generated files and documents and for old failures.

`make fuzz` tries many more inputs, and `make fuzz TARGET=reader` is guided by coverage.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE_SCALARS
from conftest import TESTS
from fuzz.documents import CELL, ROW, RUN, TABLE
from fuzz.targets import SEEDS, TARGETS, changed
from fuzz.trees import mutated, seeds, words
from hypothesis import given, settings
from hypothesis import strategies as st

from npcompare.formats.registry import FORMATS
from npcompare.law.yaml_reader import dump_yaml, read_yaml

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

FILES = sorted(path for path in (TESTS / "fuzz" / "regressions").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.name}" for path in FILES])
def test_regressions_stay_fixed(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", list(TARGETS))
def test_targets_accept_tiny_inputs(name: str) -> None:
    TARGETS[name](b"")
    TARGETS[name](b"T\x1cTitle\x1dA\x1eB\x1d1(x)\x1e2<y>")


def test_every_format_has_a_target() -> None:
    missing = set(FORMATS) - set(TARGETS)
    assert not missing, "write a target in fuzz/writers.py and name it in fuzz/targets.py"


#: Control, combining and bidirectional characters, characters that a format escapes, and words.
SIGNS = st.sampled_from(
    [
        *("\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\ufffe"),
        *("e\u0301", "\u0644\u0627", "\u05d0", "\u88ab\u5bb3", "\U0001f600", "\u200d", "\u00ad"),
        *("=1+1", "@x", "-1", "|", "<b>", "&amp;", "\\input{x}", "$x$", "`", "~~", "**", "_x0041_"),
        *("https://x.y", "www.x", "[x](y)", "{{x}}", "%s", "9" * 30, "1.", "# ", "- ", "x" * 90),
        *("\n", "\r\n", "\r", "\t", "\u00a0", " ", "  ", "a", "of the", "victim", "fi"),
    ]
)
TEXT = st.lists(SIGNS | st.text(max_size=4), max_size=6).map("".join)


def tree_of(path: Path) -> Any:
    return read_yaml(path).data


pytestmark = pytest.mark.fuzz

TREES = st.sampled_from(seeds()).map(tree_of)


@pytest.mark.fuzz
@settings(max_examples=60)
@given(st.binary(max_size=80) | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    TARGETS["reader"](raw)


@pytest.mark.fuzz
@settings(max_examples=60)
@given(st.sampled_from(seeds()), st.binary(max_size=6), st.integers(0), st.integers(0, 40))
def test_damaged_files_are_read_or_refused(
    path: Path, inserted: bytes, start: int, cut: int
) -> None:
    raw = path.read_bytes()
    start %= len(raw)
    damaged = raw[:start] + inserted + raw[start + cut :]
    TARGETS["reader"](damaged)
    TARGETS["validator"](damaged)


@pytest.mark.fuzz
@settings(max_examples=150)
@given(TREES, st.randoms(use_true_random=False), TEXT)
def test_changed_provisions_are_refused_or_compared(tree: Any, random: Random, text: str) -> None:
    def insert_text(value: str) -> str:
        middle = len(value) // 2
        return value[:middle] + text + value[middle:]

    result = mutated(tree, random, insert_text)
    TARGETS["validator"](dump_yaml(result).encode("utf-8", "surrogatepass"))


PHRASES = st.sampled_from(
    [
        *("A victim of trafficking", "victims", "a child", "Each Party shall", "No person"),
        *("shall not be", "may not be", "prosecuted", "punished", "detained", "liable for"),
        *("any offence", "an offence under the Immigration Act", "illegal entry", "prostitution"),
        *("which he was compelled to commit", "as a direct result of being trafficked", "unless"),
        *("except murder", "where", "if the court is satisfied", "provided that", "or", "and"),
        *(".", ";", ",", "\n\n(2) ", "\n(a) ", ":", "13.", "(1)", "The burden of proof", "shall"),
        *("victime de la traite", "ne peut \u00eatre", "poursuivie", "infraction", "sauf"),
    ]
)


@pytest.mark.fuzz
@settings(max_examples=80)
@given(st.lists(PHRASES | TEXT, max_size=24).map(" ".join))
def test_every_proposal_quotes_the_text(text: str) -> None:
    TARGETS["suggest"](text.encode("utf-8", "surrogatepass"))


CELLS = st.lists(st.lists(TEXT, min_size=1, max_size=3).map(RUN.join), max_size=4).map(CELL.join)
TABLES = st.lists(CELLS, max_size=5).map(ROW.join)
DOCUMENTS = st.lists(TABLES, max_size=3).map(TABLE.join)


QUICK = ["plain", "terminal", "markdown", "csv", "json", "ndjson", "latex", "xlsx"]


@pytest.mark.fuzz
@pytest.mark.parametrize("name", [*QUICK, "svg", "charts", "diagram"])
@settings(max_examples=30)
@given(document=DOCUMENTS)
def test_formats_keep_every_word(name: str, document: str) -> None:
    TARGETS[name](document.encode("utf-8", "surrogatepass"))


@pytest.mark.fuzz
@pytest.mark.parametrize("name", ["docx", "html", "pdf"])
@settings(max_examples=10)
@given(document=DOCUMENTS)
def test_slow_formats_keep_every_word(name: str, document: str) -> None:
    TARGETS[name](document.encode("utf-8", "surrogatepass"))


@pytest.mark.fuzz
@settings(max_examples=15)
@given(st.randoms(use_true_random=False), TEXT)
def test_any_annex_is_read_back_or_refused(random: Random, text: str) -> None:
    output = json.loads((TESTS / "golden" / "annex.json").read_bytes())
    annex = {key: output[key] for key in ("recipe", "tables")}
    content = json.dumps(mutated(annex, random, lambda value: value + text))
    TARGETS["filed-json"](content.encode())


@pytest.mark.fuzz
@settings(max_examples=40)
@given(st.binary(max_size=60) | st.sampled_from(words()).map(str.encode))
def test_any_cache_file_is_read_or_ignored(raw: bytes) -> None:
    TARGETS["pack"](raw)


#: Those that take longer than a tenth of a second for an input.
SLOW = ["annex", "codebook", "codebook-files", "codebook-print"]
SLOW += ["import", "release", "site", "skos"]
OTHERS = [name for name in SEEDS if name not in SLOW]


@cache
def seeds_of(name: str) -> list[bytes]:
    """Return what the search for a target begins with."""
    return SEEDS[name]()


@pytest.mark.fuzz
@pytest.mark.parametrize("name", SEEDS)
def test_what_searches_begin_with_is_sound(name: str) -> None:
    for raw in seeds_of(name):
        TARGETS[name](raw)


def check_changed(name: str, random: Random, text: str) -> None:
    """Check a target with a small change in the structure of what its search begins with."""
    raw = random.choice(seeds_of(name))

    def insert_text(value: str) -> str:
        place = random.randint(0, len(value))
        return value[:place] + text + value[place:]

    TARGETS[name](changed(name, raw, random, insert_text))


@pytest.mark.fuzz
@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=15)
@given(random=st.randoms(use_true_random=False), text=TEXT)
def test_changed_files_are_read_and_written(name: str, random: Random, text: str) -> None:
    check_changed(name, random, text)


@pytest.mark.fuzz
@pytest.mark.parametrize("name", SLOW)
@settings(max_examples=4)
@given(random=st.randoms(use_true_random=False), text=TEXT)
def test_changed_files_are_slowly_read_and_written(name: str, random: Random, text: str) -> None:
    check_changed(name, random, text)


ANSWERS = st.sampled_from([*"aybsxknp?1239", "g burden", "g facts", "g ", "of the victim", "KE"])


@pytest.mark.fuzz
@settings(max_examples=15)
@given(st.sampled_from(["", "b"]), st.lists(ANSWERS | TEXT, max_size=30))
def test_any_answers_leave_a_sound_file(first: str, lines: list[str]) -> None:
    typed = "\n".join([first, *(line.replace("\n", " ") for line in lines)])
    TARGETS["interview"](typed.encode("utf-8", "surrogatepass"))


def test_hostile_words_survive_every_format() -> None:
    for name in (*QUICK, "docx"):
        TARGETS[name](CELL.join(HOSTILE_SCALARS).encode())
