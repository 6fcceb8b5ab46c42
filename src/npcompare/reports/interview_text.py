"""The questions of an interview as lines of plain text, for a terminal or a screen reader.

Nothing moves and nothing has a colour: marked words are between two pairs of angle brackets.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.coding.interview_excerpts import Run
    from npcompare.coding.interview_questions import Choice, Offer, View
    from npcompare.coding.interview_words import KeyWords

#: What is put around marked words.
MARKED = ">>", "<<"

#: What is typed for the keys that are not named by their letter.
LETTERS = {"1": "number", "no": "n", "unknown": "n", "leave": "n", "new": "n"}

#: A space at which a line is not broken.
_NO_BREAK = "\N{NO-BREAK SPACE}"

_SAME_WORDS = "(the same words as above)"

_NARROWEST, _WIDEST = 20, 100


def question_lines(view: View, width: int, shown: tuple[Run, ...] = ()) -> Iterator[str]:
    """Yield the lines of a question.

    Args:
        view: The question.
        width: The width of the terminal.
        shown: The words that the question before has shown; the same are not shown again.
    """
    wrapped = _Wrapper(width)
    yield from wrapped.lines(f"{view.heading} [{view.name}]")
    yield from wrapped.lines(view.question)
    if view.help:
        yield from wrapped.lines(view.help)
    if view.excerpt:
        yield ""
        has_marks = any(run.is_marked for run in view.excerpt)
        is_same = not has_marks and _plain(view.excerpt) == _plain(shown)
        words = _SAME_WORDS if is_same else excerpt_text(view.excerpt)
        yield from wrapped.lines(words, "  ")
    yield from _offers(wrapped, view.offers)
    for leads_to in view.leads_to:
        yield from wrapped.lines(f"This gives {leads_to}", "  ")
    if view.precedent:
        words = MARKED[0] + view.precedent.words + MARKED[1]
        quoted = fold(f"{view.precedent.before} {words}{_glue(view.precedent.after)}")
        yield from wrapped.lines(f"Precedent: {view.precedent.provision}: “{quoted}”", "  ")
    if view.choices:
        yield ""
    for choice in view.choices:
        yield from _choice(wrapped, choice, len(str(len(view.choices))))
    if view.current:
        yield ""
        yield from wrapped.lines(f"Your answer so far: {'; '.join(view.current)}")


def _plain(runs: Iterable[Run]) -> str:
    return fold("".join(run.text for run in runs))


def excerpt_text(runs: Iterable[Run]) -> str:
    """Return the words of an excerpt as one text, with its marked words between brackets."""
    text = "".join(
        f"{MARKED[0]}{run.text}{MARKED[1]}"
        if run.is_marked
        else f" {run.text} "
        if run.text == "[...]"
        else run.text
        for run in runs
    )
    return fold(text)


def key_line(keys: Iterable[str], names: Mapping[str, KeyWords], width: int) -> Iterator[str]:
    """Yield the lines that name the keys."""
    # A key and its name stay on one line, with the bar after them.
    parts = [f"{LETTERS.get(key, key)} {names[key].name}".replace(" ", _NO_BREAK) for key in keys]
    for line in _Wrapper(width).lines(f"{_NO_BREAK}| ".join(parts)):
        yield line.replace(_NO_BREAK, " ")


def reason_lines(reasons: Iterable[str], width: int) -> Iterator[str]:
    """Yield the lines of reasons that can be chosen by their numbers."""
    for number, reason in enumerate(reasons, 1):
        yield from _Wrapper(width).lines(f"{number}  {reason}", "  ", "     ")


def message_lines(messages: Iterable[str], width: int) -> Iterator[str]:
    """Yield the lines of messages."""
    for message in messages:
        # A key at the beginning of a line is shown as it is typed.
        is_key = message[1:2] == ":"
        sentence = message if is_key else message[:1].upper() + message[1:]
        ending = "" if sentence.endswith((".", "?", "!", ":", "”")) else "."
        yield from _Wrapper(width).lines(sentence + ending, "", "  ")


def _offers(wrapped: _Wrapper, offers: Iterable[Offer]) -> Iterator[str]:
    for number, offer in enumerate(offers):
        if number == 0:
            yield ""
        words = f": “{offer.words}”" if offer.words else ""
        yield from wrapped.lines(f"Proposed: {offer.label}{words}", "", "  ")
        if offer.check:
            yield from wrapped.lines(offer.check, "  ")
        if offer.reason:
            yield from wrapped.lines(f"Why: {offer.reason}", "  ")


def _choice(wrapped: _Wrapper, choice: Choice, digits: int) -> Iterator[str]:
    number = str(choice.number).rjust(digits)
    definition = f": {choice.definition}" if choice.definition else ""
    indent = " " * (digits + 3)
    yield from wrapped.lines(f"{number}  {choice.label}{definition}", " ", indent)


def _glue(after: str) -> str:
    """Return the words after a quotation, with a space unless a mark follows it at once."""
    return f" {after}" if after[:1].isalnum() else after


class _Wrapper:
    """Breaks texts into lines, in which control characters are visible."""

    def __init__(self, width: int) -> None:
        self._width = min(max(width - 1, _NARROWEST), _WIDEST)

    def lines(self, text: str, first: str = "", further: str | None = None) -> Iterator[str]:
        """Yield the lines of one paragraph, with their indentations."""
        yield from textwrap.wrap(
            visible(text, keep_lines=False),
            self._width,
            initial_indent=first,
            subsequent_indent=first if further is None else further,
            break_on_hyphens=False,
        )
