"""What an interview on one file asks with: proposals, unless the coder must not see them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from npcompare.coding.interview_agenda import Materials
from npcompare.coding.interview_file import InterviewFile
from npcompare.coding.interview_words import interview_words
from npcompare.coding.phrasebook import phrase_book
from npcompare.coding.suggestions import Suggestion, read_text
from npcompare.law.unchecked_data import mapping

if TYPE_CHECKING:
    from npcompare.model.codebook import Codebook


def materials_for(codebook: Codebook, text: str, *, is_blind: bool) -> tuple[Materials, str]:
    """Return what an interview asks with, and the language of the text that is coded.

    Args:
        codebook: The codebook of the provision.
        text: The text of its file.
        is_blind: Whether proposals are hidden.
    """
    file = InterviewFile(text)
    body = unicodedata.normalize("NFC", file.body)
    tag = str(mapping(file.data.get("text")).get("language") or "")
    language = phrase_book().find(body, tag)
    reading = read_text(codebook, body, language.tag) if language else None
    proposed = reading.suggestion if reading and not is_blind else Suggestion(body, tag)
    materials = Materials(codebook, interview_words(), proposed, reading)
    return materials, tag or (language.tag if language else "")
