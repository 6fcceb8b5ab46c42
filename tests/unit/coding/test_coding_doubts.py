"""Doubts about a coding: a warning for each, unless its words are settled."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import yaml

from npcompare.coding.uncoded_words import coded_values, unquoted_passages
from npcompare.law.provision_parser import parse_provision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def test_doubt_is_a_warning_until_its_words_are_settled(
    run: Callable[..., Ran], corpus_copy: Path
) -> None:
    path = corpus_copy / "kenya.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[direct_result]", "[direct_consequence]"), encoding="utf-8")
    ran = run("validate", "--corpus", corpus_copy)
    assert ran.code == 0
    assert ran.out == (
        f'{path.as_posix()}:15:5 NP602 warning: `suggest` reads "a direct result of being '
        'trafficked" as link: direct_result, but it is coded as direct_consequence\n'
        "  hint: check the coding; if it is right, quote the words under settled with a note\n"
    )
    assert run("validate", "--strict", "--corpus", corpus_copy).code == 1
    settled = "settled:\n  - {words: a direct result of being trafficked, note: It is arguable.}\n"
    path.write_text(path.read_text(encoding="utf-8") + settled, encoding="utf-8")
    ran = run("validate", "--strict", "--corpus", corpus_copy)
    assert (ran.code, ran.out) == (0, "")


BODY = """\
A victim of trafficking shall not be prosecuted for any offence that the victim committed under
    threats at night. Owls are birds; they hoot, and {settled}.

    (2) Subsection (1) is not a charter for owls.

    (3) The Director shall feed the owls."""


def bill(body: str, settled: str) -> str:
    """Return the file of a bill that codes only the first words of its body."""
    return f"""\
id: my-bill
jurisdiction: {{name: Utopia, code: null, kind: state}}
instrument: {{title: Bill, kind: bill}}
form: statutory_defence
text:
  status: verbatim
  language: en
  body: |
    {body}
limbs:
  - persons: {{value: any_victim, evidence: A victim of trafficking}}
    offences: {{extent: any, evidence: any offence}}
    link: {{value: compulsion, evidence: under threats}}
    compulsion: {{value: threats, evidence: threats}}
    relief: {{value: no_prosecution, evidence: shall not be prosecuted}}
    force: {{value: mandatory, evidence: shall not}}
settled:
  - {{words: {settled}, note: These words are a remark.}}
"""


def test_words_that_nothing_explains_are_warnings(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my-bill.yaml"
    path.write_text(bill(BODY.format(settled="they are wise"), "they are wise"), encoding="utf-8")
    ran = run("validate", "my-bill.yaml")
    assert (ran.code, ran.err) == (0, "3 warnings in 1 file\n")
    findings = [line for line in ran.out.splitlines() if not line.startswith("  hint")]
    assert findings == [
        'my-bill.yaml:10:16 NP603 warning: no coded value explains "night"',
        'my-bill.yaml:10:23 NP603 warning: no coded value explains "Owls are birds; they hoot"',
        'my-bill.yaml:12:27 NP603 warning: no coded value explains "not a charter for owls"',
    ]


def test_words_with_decomposed_accents_are_placed(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "my-bill.yaml"
    body = (
        "Indeed, a victim of trafficking shall not be prosecuted for any offence under threats, "
        "with de\u0301ja\u0300 vu."
    )
    text = bill(body, "Indeed").replace("A victim of trafficking}", "a victim of trafficking}")
    path.write_text(text, encoding="utf-8")
    column = 5 + body.index("de\u0301ja")
    assert run("validate", path).out.split(" NP603")[0].endswith(f":9:{column}")


OWLS = ["Owls are birds; they hoot", "Subsection (1) is not a charter for owls"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["that the victim committed", "night", *OWLS, "Director shall feed the owls"]),
        ("en-GB", ["that the victim committed", "night", *OWLS, "Director shall feed the owls"]),
        # Without the language, no word is known to be empty.
        (
            "sw",
            [
                *("for", "that the victim committed", "at night", f"{OWLS[0]}, and", OWLS[1]),
                "The Director shall feed the owls",
            ],
        ),
    ],
)
def test_unquoted_passages_are_in_order(language: str, expected: list[str]) -> None:
    text = bill(BODY.format(settled="de\u0301ja\u0300 vu"), "d\u00e9j\u00e0 vu")
    coded = yaml.safe_load(text.replace("language: en", f"language: {language}"))
    assert unquoted_passages(parse_provision(coded)) == expected


def test_coded_values_are_those_of_all_limbs() -> None:
    coded = yaml.safe_load(bill("A victim.", "A victim"))
    coded["limbs"].append({"force": {"value": "discretionary", "evidence": "may"}})
    assert coded_values(parse_provision(coded))["force"] == {"mandatory", "discretionary"}


def test_warning_says_that_a_reading_is_not_clear(run: Callable[..., Ran], tmp_path: Path) -> None:
    """The sentence on the court names no victim."""
    path = tmp_path / "my-bill.yaml"
    body = (
        "A victim of trafficking shall not be prosecuted for any offence committed under threats. "
        "The court may set aside a conviction. They are wise."
    )
    text = bill(body, "They are wise").replace("value: any_victim", "value: child")
    path.write_text(text, encoding="utf-8")
    lines = run("validate", path).out.splitlines()
    hints = [hint for line, hint in pairwise(lines) if "NP602" in line]
    assert [hint.startswith("  hint: this reading is not clear") for hint in hints] == (
        [False, *[True] * 4]
    )


def test_words_have_one_warning_each(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "my-bill.yaml"
    body = (
        "A victim of trafficking shall not be prosecuted for any offence committed under threats, "
        "unless the owls object. The court may set aside a conviction. They are wise."
    )
    path.write_text(bill(body, "They are wise"), encoding="utf-8")
    lines = [line for line in run("validate", path).out.splitlines() if "hint" not in line]
    assert [line.split()[1] for line in lines] == ["NP601", *["NP602"] * 4]


def test_bundled_corpus_raises_no_doubts(run: Callable[..., Ran]) -> None:
    ran = run("validate", "--strict")
    assert (ran.code, ran.out) == (0, "")
