"""Interviews without a terminal: a file, and the lines that are typed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from npcompare.coding.interview import Interview
from npcompare.coding.interview_file import new_file
from npcompare.coding.interview_materials import materials_for
from npcompare.coding.interview_sources import Sources
from npcompare.law.bibliography import BibliographyFile
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from npcompare.model.codebook import Codebook

CLAUSE = """\
(1) A victim of trafficking shall not be prosecuted for, or convicted of, an offence that the victim
committed as a direct consequence of being a victim.

(2) The court may vacate a conviction for such an offence, unless the offence is a violent offence
or the applicant is dangerous.
"""

DOCUMENTS = {"our-gazette": {"title": "Our Gazette", "short": "Gazette 2025", "kind": "statute"}}


@cache
def codebook() -> Codebook:
    """Return the bundled codebook."""
    return load_corpus().codebook


def begin(text: str = CLAUSE, language: str = "en") -> str:
    """Return the file of a new interview."""
    return new_file("my-bill", text, language, "schema.json", "my-bill.yaml")


def interview(file: str, only: str = "", *, is_blind: bool = False) -> Interview:
    """Return an interview on a file, without precedents."""
    materials, _ = materials_for(codebook(), file, is_blind=is_blind)
    sources = Sources(DOCUMENTS, BibliographyFile(Path("sources.yaml")))
    return Interview(file, materials, sources, lambda _dimension, _word: None, only)


def typed(dialogue: Interview, *lines: str) -> list[str]:
    """Type lines, and return what is said about the last one."""
    messages: tuple[str, ...] = ()
    for line in lines:
        messages = dialogue.answer(line).messages
    return list(messages)
