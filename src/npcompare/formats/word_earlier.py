"""An earlier Word file that is revised in place: what people wrote around its tables stays.

The hidden bookmarks of `word_anchors` say which paragraphs and tables npcompare wrote. These are
replaced by their successors; everything else stays after the part that it followed, in the same
file, with its styles, pictures, footnotes, page setup, headers and footers.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from npcompare.errors import NpcompareError
from npcompare.formats import word_notes, word_template
from npcompare.formats import word_styles as styles
from npcompare.formats.word_anchors import LEGEND, part_names, row_names, text_digest
from npcompare.formats.word_package import open_document
from npcompare.formats.word_xml import append_block, discard, qn
from npcompare.text import fold, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as WordDocument

#: The kinds of parts in their order. Version 0.1 had the line on what an annex was made with at its
#: end; now it is in the foot of each page.
HEADING, CAPTION, HEADNOTE, GRID = "heading", "caption", "headnote", "grid"
NOTE, REMARK, FIGURE, MADE_WITH = "note", "remark", "figure", "madewith"
_ORDER = (HEADING, FIGURE, CAPTION, HEADNOTE, GRID, LEGEND, REMARK, NOTE, MADE_WITH)

#: The parts whose words people may replace by their own, which are kept.
_REWORDED = (HEADING, CAPTION)

#: After the tables.
_LAST_TABLE = 100_000

#: Where the text of a document is while the document is written.
_STORE = qn("w:docPartBody")

#: What is around blocks without being shown.
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
_BLOCKS = _WRAPPERS | frozenset(map(qn, ("w:p", "w:tbl", "m:oMathPara", "m:oMath")))

#: Marks that begin and end a range, which may be divided by what is replaced.
_RANGES = (
    ("w:bookmarkStart", "w:bookmarkEnd"),
    ("w:commentRangeStart", "w:commentRangeEnd"),
    ("w:moveFromRangeStart", "w:moveFromRangeEnd"),
    ("w:moveToRangeStart", "w:moveToRangeEnd"),
    ("w:permStart", "w:permEnd"),
)

#: The types of relationships that are kept besides those of a template.
_KEPT = frozenset({"comments", "hyperlink"})


class Slot(NamedTuple):
    """The place of a part: its table, and the place of its kind in the order."""

    table: int
    kind: int


#: The place before everything.
_START = Slot(-1, 0)


class Block(NamedTuple):
    """A part of an earlier file, and its slot; what people wrote has the slot that it follows."""

    slot: Slot
    element: Any
    is_own: bool
    #: Whether the words of a part of npcompare were changed.
    is_reworded: bool = False


def is_marked(content: bytes) -> bool:
    """Return whether a Word file says which of its parts npcompare wrote."""
    return any(block.is_own for block in _blocks(open_document(content)))


def not_kept(content: bytes) -> Iterator[str]:
    """Yield sentences on what of an earlier file is not in one that revises it."""
    word = open_document(content)
    blocks = list(_blocks(word))
    if not any(block.is_own for block in blocks):
        yield "the file does not say which parts npcompare wrote; only its tables are revised."
        return
    for kind, count in word_template.left_out(word, _KEPT).items():
        yield f"not in the revised file: {kind} ({count})"
    for block in blocks:
        if not block.is_own:
            continue
        if block.is_reworded and _ORDER[block.slot.kind] not in _REWORDED:
            yield f"changed words are replaced by the current ones: “{_text(block.element)}”"
        for kind, words in word_notes.notes_in(word, block.element):
            yield f"not in the revised file: a {kind} on text that is replaced: “{words}”"


def open_earlier(content: bytes) -> tuple[WordDocument, list[Block]]:
    """Return an earlier file without its text, and the blocks of its text.

    Raises NpcompareError if the file is damaged.
    """
    word = open_document(content)
    try:
        word_template.contain(word, _KEPT)
        blocks = list(_blocks(word))
        _store(word, etree.SubElement(word.element, _STORE))
        styles.complete(word)
    except NpcompareError as error:
        raise NpcompareError(f"the earlier annex cannot be revised: {error.message}") from error
    except Exception as error:  # python-docx raises errors of many kinds for a damaged file
        message = "the earlier annex cannot be revised: it has no page setup or no styles"
        raise NpcompareError(message, "save it again in Word") from error
    styles.require_parts(word, "the earlier annex")
    return word, blocks


def weave(word: WordDocument, earlier: Sequence[Block], *, keeps_words: bool) -> None:
    """Put what people wrote among the new parts of a document, after the parts that it followed.

    Args:
        word: The document with its new parts.
        earlier: The blocks of the earlier file.
        keeps_words: Whether a heading or a caption that was reworded is kept.
    """
    body = word.element.body
    new = list(_blocks(word))
    numbers = _table_numbers(earlier, new)
    moved = [
        block._replace(slot=Slot(numbers.get(block.slot.table, block.slot.table), block.slot.kind))
        for block in earlier
    ]
    reworded = {
        block.slot: block.element
        for block in moved
        if keeps_words and block.is_reworded and _ORDER[block.slot.kind] in _REWORDED
    }
    pending = deque(block for block in moved if not block.is_own)
    store = word.element.find(_STORE)
    _store(word, store)
    for block in new:
        while pending and pending[0].slot < block.slot:
            append_block(body, pending.popleft().element)
        append_block(body, reworded.pop(block.slot, block.element))
    for block in pending:
        append_block(body, block.element)
    discard(store, list(store))
    word.element.remove(store)
    _remove_half_ranges(body)
    word_notes.remove_unused(word)


def _store(word: WordDocument, store: Any) -> None:
    """Move the text of a document out of its body: what stays in a document is moved at once."""
    for child in [child for child in word.element.body if child.tag != qn("w:sectPr")]:
        store.append(child)


def _blocks(word: WordDocument) -> Iterator[Block]:
    """Yield the blocks of a body; a wrapper around a part of npcompare is taken off."""
    slot = _START
    for element in _lifted(word.element.body):
        own_slot, is_reworded = _own_slot(element)
        slot = max(slot, own_slot) if own_slot else slot
        yield Block(own_slot or slot, element, own_slot is not None, is_reworded)


def _lifted(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag in _WRAPPERS and _own_names(child):
            yield from _lifted(child)
        elif child.tag in _BLOCKS:
            yield child


def _own_names(element: Any) -> bool:
    return any(row_names(element)) or any(part_names(element))


def _own_slot(element: Any) -> tuple[Slot | None, bool]:
    """Return the slot of a part that npcompare wrote, and whether its words were changed."""
    if element.tag == qn("w:tbl"):
        table = next(row_names(element), None)
        return (Slot(table[0], _ORDER.index(GRID)), False) if table else (None, False)
    if element.tag != qn("w:p"):
        return None, False
    name = next(part_names(element), None)
    if name is None or name.kind not in _ORDER:
        return None, False
    table_number = _LAST_TABLE if name.kind == MADE_WITH else name.table
    slot = Slot(table_number, _ORDER.index(name.kind))
    return slot, name.digest != text_digest(element)


def _table_numbers(earlier: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    """Return for each table of the earlier file the number of the new one with most of its rows."""
    anchors = [
        {
            block.slot.table: {anchor for _, anchor in row_names(block.element)}
            for block in blocks
            if block.element.tag == qn("w:tbl") and block.is_own
        }
        for blocks in (earlier, new)
    ]
    numbers = {}
    for number, names in anchors[0].items():
        numbers[number] = max(
            anchors[1],
            key=lambda table: (len(names & anchors[1][table]), table == number),
            default=number,
        )
    return numbers


def _remove_half_ranges(body: Any) -> None:
    """Remove the marks of ranges of which only the beginning or the end is left."""
    for start, end in _RANGES:
        by_id: dict[str, list[Any]] = {}
        for mark in body.iter(qn(start), qn(end)):
            by_id.setdefault(mark.get(qn("w:id"), ""), []).append(mark)
        for marks in by_id.values():
            if len({mark.tag for mark in marks}) < 2:
                for mark in marks:
                    mark.getparent().remove(mark)


def _text(element: Any) -> str:
    text = "".join(node.text or "" for node in element.iter(qn("w:t")))
    return fold(without_marks(text))
