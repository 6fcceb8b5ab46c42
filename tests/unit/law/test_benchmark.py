"""Benchmark files are read, checked against the codebook and distinguished from provisions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.errors import ProblemsError
from npcompare.law.benchmark import benchmark, secretariat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

BENCHMARK = """\
id: mine
title: The requirements of the ministry
elements:
  - id: no-arrest
    label: No arrest
    asks: Victims are not arrested.
    of: some_limb
    outcomes:
      - {status: met, when: {in: {relief: [no_arrest]}}, because: Arrest is barred.}
    otherwise: {status: not_met, because: Arrest is not barred.}
"""


def test_errors_in_a_benchmark_file_are_reported(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(BENCHMARK)
    ran = run("gaps", "coe-26", "--against", "mine.yaml", "-f", "json", "--exit-code")
    assert ran.code == 1
    (gaps,) = json.loads(ran.out)["gaps"]
    statuses = [(element["id"], element["status"]) for element in gaps["elements"]]
    assert statuses == [("no-arrest", "not_met")]
    (tmp_path / "mine.yaml").write_text(BENCHMARK.replace("[no_arrest]", "[no_arest]"))
    ran = run("gaps", "coe-26", "--against", "mine.yaml")
    assert ran.code == 1
    assert ran.err.startswith(
        'mine.yaml:9:29 NP301 the element "no-arrest" refers to the unknown "no_arest"\n'
    )
    (tmp_path / "mine.yaml").write_text(BENCHMARK.replace("relief:", "releif:"))
    assert 'the unknown "releif"' in run("gaps", "coe-26", "--against", "mine.yaml").err
    (tmp_path / "mine.yaml").write_text(BENCHMARK.replace("    label: No arrest\n", ""))
    assert "NP202" in run("gaps", "coe-26", "--against", "mine.yaml").err


def test_bundled_benchmark_is_valid(corpus: Corpus) -> None:
    elements = secretariat(corpus.codebook).elements
    assert len({element.id for element in elements}) == len(elements) == 13
    assert all(element.source and element.source.paragraph for element in elements)


def test_other_files_are_not_benchmarks(corpus: Corpus, tmp_path: Path) -> None:
    assert benchmark(corpus.codebook, tmp_path / "missing.yaml") is None
    assert benchmark(corpus.codebook, TESTS / "bills" / "utopia.yaml") is None
    (tmp_path / "broken.yaml").write_text("elements: [\n")
    assert benchmark(corpus.codebook, tmp_path / "broken.yaml") is None
    (tmp_path / "twice.yaml").write_text("elements: []\nelements: []\n")
    with pytest.raises(ProblemsError):
        benchmark(corpus.codebook, tmp_path / "twice.yaml")
