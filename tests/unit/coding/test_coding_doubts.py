"""Doubts about a coding: a warning for each, unless its words are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def test_bundled_corpus_raises_no_doubts(run: Callable[..., Ran]) -> None:
    ran = run("validate", "--strict")
    assert (ran.code, ran.out) == (0, "")
