"""The tables of classes and the reasons for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

BILL = """\
id: my-bill
jurisdiction: {name: Kenya, code: KE, kind: state}
instrument: null
form: null
text: {status: not_held}
burden: {value: none_reported, source: {ref: background-paper, paragraph: 57}}
notes: [This file is an example.]
sources: [{ref: background-paper, paragraph: 57}]
"""


def test_reported_absence_is_explained(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "my-bill.yaml"
    path.write_text(BILL)
    answer = run("classify", "--explain", path, "--format", "markdown")
    assert answer.code == 0
    words = " ".join(answer.out.split())
    assert "**Burden:** none reported" in words
    assert "The source reports that there is none" in words


def test_names_of_a_long_class_run_on(run: Callable[..., Ran]) -> None:
    listed = run("classify", "--by", "threshold", "kenya", "qatar", "--format", "markdown").out
    assert "Kenya, section\N{NO-BREAK SPACE}14<br>Qatar" in listed
    many = run("classify", "--by", "threshold", "--format", "markdown").out
    assert "Kenya, section\N{NO-BREAK SPACE}14; Lebanon" not in many
    assert "Kenya, section\N{NO-BREAK SPACE}14; " in many
