"""The labels that lead to a place in a text, such as 12, (1) and (a), and what follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.wording.labels import PARAGRAPH, SCHEDULE, SECTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.wording.labels import Label


class _Step(NamedTuple):
    """A label as it is read at its place, with its style and value."""

    name: str
    style: str
    value: int


class LabelPath:
    """The labels that lead to a place, the outermost first."""

    def __init__(self, *, of_items: bool = False) -> None:
        """Prepare to read labels: those of the items of a list, or those of sections."""
        self._steps: list[_Step] = []
        self._of_items = of_items

    @property
    def depth(self) -> int:
        """How many labels lead to the place."""
        return len(self._steps)

    @property
    def text(self) -> str:
        """The labels as in a reference: "12(1)(a)"."""
        text = ""
        for step in self._steps:
            is_name = step.name[0].isalnum()
            is_outer = not text and not self._of_items and not step.style.endswith("()")
            text += step.name if is_outer and is_name else f"({step.name})" if is_name else ""
        return text

    def continues(self, label: Label) -> bool:
        """Return whether a label follows one of these in its list: (b) after (a)."""
        return any(True for _ in self._successions(label))

    def add(self, label: Label) -> None:
        """Lead to the next label instead: to the same depth as the label that it follows."""
        place, style, value = self._place(label)
        self._steps[place:] = [_Step(label.name, style, value)]

    def _place(self, label: Label) -> tuple[int, str, int]:
        """Return the depth of a label, with the style and value that it has there."""
        style, value = label.readings[0]
        if style == SCHEDULE:
            return 0, style, value
        if style == SECTION:
            return int(bool(self._steps) and self._steps[0].style == SCHEDULE), style, value
        if style == PARAGRAPH:
            articles = [place for place, step in enumerate(self._steps) if step.style == SECTION]
            return (articles[0] + 1 if articles else 0), style, value
        for succession in self._successions(label):
            return succession
        places = {step.style: place for place, step in enumerate(self._steps)}
        for style, value in label.readings:
            if style in places and not self.begins_list(label):
                return places[style], style, value
        first = [reading for reading in label.readings if reading[1] == 1]
        style, value = (first or label.readings)[0]
        return places.get(style, len(self._steps)), style, value

    def begins_list(self, label: Label) -> bool:
        """Return whether a label is the first of a list within these: (i) after (b)."""
        styles = {step.style for step in self._steps}
        return any(value <= 1 and style not in styles for style, value in label.readings)

    def _successions(self, label: Label) -> Iterator[tuple[int, str, int]]:
        """Yield the depths at which a label follows the one there, the innermost first."""
        for place, step in reversed(list(enumerate(self._steps))):
            for style, value in label.readings:
                is_next = value in (0, step.value + 1) or not step.value
                is_inserted = value == step.value and label.name != step.name
                if style == step.style and (is_next or is_inserted):
                    yield place, style, value
