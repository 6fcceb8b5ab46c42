"""A corpus with a codebook of its own, which has no effects and fewer dimensions, as codebook 1."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING

import pytest
from builders import CODEBOOK

from npcompare.law.yaml_reader import dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]


@pytest.fixture
def older(corpus_copy: Path) -> Path:
    book = copy.deepcopy(CODEBOOK)
    del book["effects"], book["vocabulary"]["effect"], book["dimensions"]["timing"]
    (corpus_copy / "codebook.yaml").write_text(dump_yaml(book), encoding="utf-8")
    return corpus_copy


def test_effect_is_not_known_without_effects(older: Path, run: Run) -> None:
    assert run("validate", older).code == 0
    ran = run("show", "kenya", "--corpus", older)
    assert (ran.code, ran.err) == (0, "")
    assert re.search("^ Effect +Not known$", ran.out, re.MULTILINE)
    ran = run("list", "--where", "effect=operative", "--corpus", older)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        'npcompare: "operative" is not a word of effect\n'
        "  hint: the codebook of this corpus has no words for effect\n"
    )


def test_provisions_without_effects_are_ranked_together(older: Path, run: Run) -> None:
    for command in (["order"], ["nearest", "kenya"]):
        ran = run(*command, "--corpus", older, "-f", "json")
        assert ran.code == 0, ran.err
        assert ran.out == run(*command, "--across", "--corpus", older, "-f", "json").out


def test_clause_needs_no_effects(older: Path, run: Run) -> None:
    ran = run("clause", "--threshold", "causation", "--corpus", older, "-f", "json")
    assert ran.code == 0, ran.err
    output = json.loads(ran.out)
    assert (output["effects"], output["left_out"]) == ([], [])
    assert "kenya" in [match["id"] for match in output["matches"]]


def test_benchmark_that_needs_other_words_is_named(older: Path, run: Run) -> None:
    ran = run("gaps", "kenya", "--corpus", older)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "npcompare: the codebook of this corpus lacks words that the benchmark of the background "
        "paper needs: none, finding, obligation, recommendation, timing\n"
        "  hint: use --against with a provision or a benchmark file, or use the codebook of "
        "npcompare\n"
    )
    assert run("gaps", "kenya", "--against", "coe-26", "--corpus", older).code == 0
