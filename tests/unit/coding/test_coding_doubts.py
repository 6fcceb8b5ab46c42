"""Where the coding and the words part: a warning that asks for a second look, or is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def test_words_that_read_otherwise_are_named_and_can_be_settled(
    run: Callable[..., Ran], own: Path
) -> None:
    path = own / "kenya.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[direct_result]", "[direct_consequence]"), encoding="utf-8")
    ran = run("validate", "--corpus", own)
    assert ran.code == 0
    assert ran.out == (
        f'{path.as_posix()}:15:5 NP602 warning: "a direct result of being trafficked" reads as '
        "link: direct_result, and it is coded as direct_consequence\n"
        "  hint: look again; if the coding stands, quote the words under settled with a note\n"
    )
    assert run("validate", "--strict", "--corpus", own).code == 1
    settled = "settled:\n  - {words: a direct result of being trafficked, note: It is arguable.}\n"
    path.write_text(path.read_text(encoding="utf-8") + settled, encoding="utf-8")
    ran = run("validate", "--strict", "--corpus", own)
    assert (ran.code, ran.out) == (0, "")


def test_the_bundled_corpus_raises_no_doubts(run: Callable[..., Ran]) -> None:
    ran = run("validate", "--strict")
    assert (ran.code, ran.out) == (0, "")
