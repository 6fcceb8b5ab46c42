"""The generator of corpora that the benchmarks use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import generated_corpora

from npcompare.errors import Code
from npcompare.law.checking import CheckOptions
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from pathlib import Path


def test_generated_corpus_is_valid_and_reproducible(tmp_path: Path) -> None:
    first, second = (generated_corpora().write(tmp_path / name, 60) for name in ("a", "b"))
    corpus = load_corpus(first, CheckOptions(use_cache=False))
    assert {problem.code for problem in corpus.problems} <= {Code.EXCEPTION_UNCODED}
    provisions = corpus.all_provisions()
    assert len(provisions) == 60
    assert len({len(provision.limbs) for provision in provisions}) >= 4
    lengths = [len(provision.text.body.split()) for provision in provisions if provision.text.body]
    assert min(lengths) < 150
    assert max(lengths) > 1000
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


@pytest.mark.further
def test_generated_corpus_may_have_errors(tmp_path: Path) -> None:
    folder = generated_corpora().write(tmp_path / "corpus", 60, 7, 0.5)
    codes = {
        problem.code for problem in load_corpus(folder, CheckOptions(use_cache=False)).problems
    }
    assert codes >= {Code.EVIDENCE_NOT_FOUND, Code.NOT_A_WORD, Code.MISSING_KEY}
