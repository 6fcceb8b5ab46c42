"""What is said beside a note, or of a coding as a whole: its date, and how certain it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.messages import deferred, message, sentences

if TYPE_CHECKING:
    from npcompare.model.provision import Note

#: How certain a coding is, by the words of files.
_CONFIDENCE = {"high": deferred("high"), "medium": deferred("medium"), "low": deferred("low")}


def confidence_label(confidence: str) -> str:
    """Return how certain a coding is; empty if that is not said."""
    return message(_CONFIDENCE[confidence]) if confidence else ""


def dated_note(note: Note, words: str) -> str:
    """Return the words of a note after its date and before its confidence."""
    if note.date:
        words = message("{heading}: {words}", heading=note.date, words=words)
    if note.confidence:
        confidence = confidence_label(note.confidence)
        words = sentences(words, message("Confidence: {confidence}.", confidence=confidence))
    return words
