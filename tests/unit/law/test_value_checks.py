"""Values that do not contradict each other are accepted; tests/invalid has those that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.analysis.readings import other_readings

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus

FILE = TESTS / "invalid" / "np304-doubt-offences-as-coded.yaml"
DOUBT = "{extent: any, note: The words may also cover listed offences only.}"


@pytest.mark.parametrize(
    "doubt",
    [
        "{note: The words may also mean something that cannot be coded.}",
        "{extent: listed, note: The words may refer to a list.}",
        "{extent: any, excluded: [gravest], note: The gravest offences may be excluded.}",
    ],
)
def test_other_readings_of_offences_are_accepted(
    doubt: str, corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").replace(DOUBT, doubt), encoding="utf-8")
    assert corpus.check_external(path).problems == ()


def test_list_may_be_open_on_the_other_reading(corpus: Corpus, tmp_path: Path) -> None:
    doubt = "{extent: listed, categories: [drugs], open: true, note: The list may be an example.}"
    path = tmp_path / FILE.name
    path.write_text(FILE.read_text(encoding="utf-8").replace(DOUBT, doubt), encoding="utf-8")
    file = corpus.check_external(path)
    assert file.problems == ()
    assert file.provision
    (reading,) = other_readings(file.provision)
    assert (file.provision.limbs[0].is_open, reading.limbs[0].is_open) == (False, True)
