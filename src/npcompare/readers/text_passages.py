"""Where the text of a document goes: into the paragraph, or apart with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from npcompare.readers.paragraphs import LeftOutCounts

#: Fields whose number Word computes whenever it shows them.
_NUMBER_FIELDS = {"LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"}


class _Aside(Struct):
    """An element whose text is left out, the kind of it, and the text; no kind: a duplicate."""

    element: Element
    kind: str
    pieces: list[str]


class _Field(Struct):
    """A field: its code so far, and whether its code is complete and its result follows."""

    pieces: list[str]
    has_result: bool = False


class Passages:
    """The words of a paragraph as they are read, and those that are left out of it."""

    def __init__(self, left_out: LeftOutCounts) -> None:
        self._left_out = left_out
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._asides: list[_Aside] = []
        self._fields: list[_Field] = []
        #: Whether the text of the current run is hidden.
        self.is_hidden = False

    @property
    def is_aside(self) -> bool:
        """Whether the text is left out because of an element around it."""
        return bool(self._asides)

    @property
    def depth(self) -> int:
        """How many elements around the text leave it out."""
        return len(self._asides)

    @property
    def is_duplicate(self) -> bool:
        """Whether the text is another form of text that is read."""
        return bool(self._asides) and not self._asides[-1].kind

    @property
    def has_words(self) -> bool:
        """Whether the paragraph has words so far."""
        return any(map(str.strip, self._words))

    def write(self, text: str) -> None:
        """Add text where it belongs."""
        if self._asides:
            self._asides[-1].pieces.append(text)
        elif codes := [field for field in self._fields if not field.has_result]:
            codes[-1].pieces.append(text)
        elif self.is_hidden:
            self._hidden.append(text)
        else:
            self._end_hidden()
            self._words.append(text)

    def write_code(self, text: str) -> None:
        """Add the code of a field; outside a field Word does not show it either."""
        if self._asides:
            self._asides[-1].pieces.append(text)
        elif self._fields:
            self._fields[-1].pieces.append(text)
        else:
            self._left_out.add("field code", text)

    def take(self) -> str:
        """Return the words of the paragraph that ends, and begin the next one."""
        self._end_hidden()
        words = "".join(self._words)
        self._words.clear()
        return words

    def set_aside(self, element: Element, kind: str) -> None:
        """Leave out the text up to the end of an element; without a kind, it is a duplicate."""
        self._end_hidden()
        self._asides.append(_Aside(element, kind, []))

    def end(self, element: Element) -> None:
        """End an element: the text after it may belong to the paragraph again."""
        for index in range(len(self._asides) - 1, -1, -1):
            if self._asides[index].element is element:
                self._count_aside(self._asides.pop(index))

    def _count_aside(self, aside: _Aside) -> None:
        if aside.kind:
            self._left_out.add(aside.kind, "".join(aside.pieces))

    def field_character(self, kind: str) -> None:
        """Begin a field, begin its result, or end it."""
        if self._asides:
            return
        if kind == "begin":
            self._end_hidden()
            self._fields.append(_Field([]))
        elif self._fields and kind == "separate":
            self._fields[-1].has_result = True
        elif self._fields and kind == "end":
            self.field_code("".join(self._fields.pop().pieces))

    def field_code(self, code: str) -> None:
        """Count the code of a field."""
        is_number = code.split(None, 1)[:1] and code.split(None, 1)[0].upper() in _NUMBER_FIELDS
        self._left_out.add("number field" if is_number else "field code", code)

    def finish(self) -> None:
        """Count what never ended."""
        self._end_hidden()
        while self._asides:
            self._count_aside(self._asides.pop())
        while self._fields:
            self.field_code("".join(self._fields.pop().pieces))

    def _end_hidden(self) -> None:
        if self._hidden:
            self._left_out.add("hidden text", "".join(self._hidden))
            self._hidden.clear()
