"""Words of a text that no value covers: what a file says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.law.unchecked_data import sequence

if TYPE_CHECKING:
    from npcompare.coding.interview_agenda import Topic
    from npcompare.coding.interview_file import InterviewFile
    from npcompare.coding.interview_words import InterviewWords


def settled_file(
    file: InterviewFile, words: InterviewWords, topic: Topic, reason: str, *, limits: bool
) -> InterviewFile:
    """Return a file in which words are settled, with a caveat if they limit the rule.

    Words that the text has in several places cannot be quoted; then only the state says that the
    question is answered.
    """
    if limits:
        caveat = words.texts["caveat"].replace("{words}", topic.words).replace("{reason}", reason)
        notes = [*sequence(file.value(("notes",))), {"kind": "caveat", "note": caveat}]
        file = file.with_value(("notes",), notes)
    if not topic.is_unique:
        return file.with_answered({topic.name})
    note = words.texts["settled"] if limits else reason
    settled = [*sequence(file.value(("settled",))), {"words": topic.words, "note": note}]
    return file.with_value(("settled",), settled)
