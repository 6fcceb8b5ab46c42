"""benchmarks/reading.py: aligned limbs, silent errors, and what it prints."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from reading import CORE, Reading, aligned, coded, coded_limbs, figures, main, read

from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from pathlib import Path

    from reading import Value

    from npcompare.law.corpus import Corpus

A: Value = ("link", "none")
B: Value = ("link", "relation")
C: Value = ("relief", "defence")

CASE = {
    "name": "bar",
    "language": "en",
    "kind": "bar",
    "text": "A victim of trafficking shall not be prosecuted for any offence.",
    "limbs": [{"persons": ["any_victim"], "relief": ["no_prosecution"], "burden": ["accused"]}],
}


@pytest.mark.parametrize(
    ("coded", "proposed", "pairs"),
    [
        ([{A}, {B, C}], [{B, C}], [({A}, set()), ({B, C}, {B, C})]),
        ([{B, C}], [{A}, {B, C}], [(set(), {A}), ({B, C}, {B, C})]),
        ([{A, C}, {B, C}], [{A}, {B}], [({A, C}, {A}), ({B, C}, {B})]),
        ([{A}], [], [({A}, set())]),
        ([], [{A}], [(set(), {A})]),
    ],
)
def test_limbs_are_aligned_in_order(
    coded: list[set[Value]], proposed: list[set[Value]], pairs: list[tuple[set[Value], set[Value]]]
) -> None:
    assert list(aligned(coded, proposed)) == pairs


def test_values_of_the_provision_come_first() -> None:
    case = {"burden": ["accused"], "limbs": [{"link": ["none", "relation"]}]}
    assert coded_limbs(case) == [{("burden", "accused")}, {A, B}]


def test_coded_values_have_the_number_of_their_limb() -> None:
    case = {"burden": ["accused"], "limbs": [{"link": ["none"]}]}
    assert coded(case) == {(0, "burden", "accused"), (1, "link", "none")}


def test_reading_counts_only_the_given_fields(corpus: Corpus) -> None:
    result = read(corpus.codebook, CASE, frozenset({"persons", "relief", "burden"}))
    assert result.correct == Counter([("persons", "any_victim"), ("relief", "no_prosecution")])
    assert result.wrong == Counter()
    assert result.missed == Counter([("burden", "accused")])


def test_text_in_another_language_is_not_silent(corpus: Corpus) -> None:
    case = {**CASE, "language": "de", "text": "Das Opfer wird nicht bestraft und ist frei."}
    result = read(corpus.codebook, case, frozenset({"persons"}))
    assert set(result.missed) == {
        ("persons", "any_victim"),
        ("relief", "no_prosecution"),
        ("burden", "accused"),
    }
    assert result.has_unread


def reading(
    name: str,
    correct: Counter[tuple[str, str]],
    wrong: Counter[tuple[str, str]],
    missed: Counter[tuple[str, str]],
    *,
    has_unread: bool,
) -> Reading:
    empty = Counter[tuple[str, str]]()
    return Reading(name, "en", "bar", correct, wrong, missed, has_unread, empty, empty)


def test_errors_are_silent_if_nothing_is_unread() -> None:
    texts = [
        reading("a", Counter([A, C]), Counter([B]), Counter(), has_unread=False),
        reading("b", Counter([A]), Counter(), Counter([B, C]), has_unread=False),
        reading("c", Counter([A]), Counter(), Counter([C]), has_unread=True),
        reading("d", Counter([A, C]), Counter(), Counter(), has_unread=False),
    ]
    result = figures(texts, FIELDS)
    assert (result.texts, result.exact) == (4, 1)
    assert (result.correct, result.wrong, result.missed, result.silent) == (6, 1, 3, 3)
    assert figures(texts, ["relief"]).exact == 2
    assert {"relief", "link"} <= CORE


def test_figures_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        "- name: one\n  language: en\n  kind: bar\n"
        "  text: A victim of trafficking shall not be prosecuted for any offence.\n"
        "  limbs:\n    - {persons: [child], relief: [no_prosecution]}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("sys.argv", ["reading.py", "--each", str(path)])
    main()
    printed = capsys.readouterr().out
    assert "one (en, nothing unread)" in printed
    assert "  wrong   persons: any_victim\n  missed  persons: child\n" in printed
    assert "persons                       1      0      1        0" in printed


def test_precision_of_certain_values_is_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second sentence names no victim, and the coding of its limb differs in two values."""
    path = tmp_path / "cases.yaml"
    path.write_text(
        "- name: one\n  language: en\n  kind: bar\n"
        "  text: |\n"
        "    (1) A victim of trafficking shall not be prosecuted for any offence.\n"
        "    (2) The court may vacate a conviction.\n"
        "  limbs:\n"
        "    - {offences.extent: [any], link: [none], "
        "relief: [no_prosecution], force: [mandatory]}\n"
        "    - {offences.extent: [listed], relief: [vacatur], force: [mandatory]}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr("sys.argv", ["reading.py", str(path)])
    main()
    printed = capsys.readouterr().out
    assert "precision of clear values: 1.000 (4 of 4), 0.50 of all values\n" in printed
    assert "precision of other values: 0.250 (1 of 4), 0.50 of all values\n" in printed
