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

    GapsAgainst = Callable[[str, str], Ran]

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


@pytest.fixture
def gaps_against(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> GapsAgainst:
    """Return a function that assesses a provision against the text of a benchmark."""
    monkeypatch.chdir(tmp_path)

    def _gaps_against(text: str, name: str) -> Ran:
        (tmp_path / "mine.yaml").write_text(text)
        return run("gaps", name, "--against", "mine.yaml", "--exit-code")

    return _gaps_against


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


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("{in: {relief: [no_arrest]}}", "{coded: releif}", 'element "no-arrest" refers to'),
        ("{in: {relief: [no_arrest]}}", "{has: {text: [half]}}", 'the unknown "half"'),
        ("{in: {relief: [no_arrest]}}", "{in: {training: [exists]}}", 'the unknown "training"'),
        (
            "of: some_limb",
            "of: state",
            'mine.yaml:9:29 NP301 the element "no-arrest" refers to the unknown "relief"',
        ),
        ("of: some_limb", "of: all_limbs", '"all_limbs" in elements.of is not one of'),
        (
            "elements:",
            "reservations: [{when: {in: {force: [may]}}, because: No.}]\nelements:",
            'mine.yaml:3:23 NP301 a reservation refers to the unknown "may"',
        ),
    ],
)
def test_errors_in_conditions_are_reported(
    old: str, new: str, finding: str, gaps_against: GapsAgainst
) -> None:
    ran = gaps_against(BENCHMARK.replace(old, new), "coe-26")
    assert ran.code == 1
    assert finding in ran.err


def test_conditions_may_refer_to_facts_and_profiles(gaps_against: GapsAgainst) -> None:
    of_state = BENCHMARK.replace("some_limb", "state").replace("relief", "police_guidance")
    of_state = of_state.replace("no_arrest]", "exists]")
    assert gaps_against(of_state, "united-kingdom").code == 0
    facts = BENCHMARK.replace("{in: {relief: [no_arrest]}}", "{in: {effect: [obligation]}}")
    assert gaps_against(facts, "coe-26").code == 0
    assert gaps_against(facts, "kenya").code == 1


def test_id_of_an_element_is_taken_once(gaps_against: GapsAgainst) -> None:
    element = BENCHMARK[BENCHMARK.index("  - id:") :]
    ran = gaps_against(BENCHMARK + element.replace("No arrest", "No charge"), "coe-26")
    assert ran.code == 1
    assert ran.err.startswith('mine.yaml:11:9 NP402 "no-arrest" is already the id of element 1')


def test_bundled_benchmark_is_valid(corpus: Corpus) -> None:
    elements = secretariat(corpus.codebook).elements
    assert len({element.id for element in elements}) == len(elements) == 22
    assert all(element.source and element.source.paragraph for element in elements)


def test_other_files_are_not_benchmarks(corpus: Corpus, tmp_path: Path) -> None:
    assert benchmark(corpus.codebook, tmp_path / "missing.yaml") is None
    assert benchmark(corpus.codebook, TESTS / "bills" / "utopia.yaml") is None
    (tmp_path / "broken.yaml").write_text("elements: [\n")
    assert benchmark(corpus.codebook, tmp_path / "broken.yaml") is None
    (tmp_path / "twice.yaml").write_text("elements: []\nelements: []\n")
    with pytest.raises(ProblemsError):
        benchmark(corpus.codebook, tmp_path / "twice.yaml")
