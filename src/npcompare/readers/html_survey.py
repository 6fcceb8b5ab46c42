"""A first look at a page: which part is the main one, and which elements are not read.

One pass measures the elements, because a form or a "sidebar" that holds most of the words of a page
is only a frame around them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct, field

from npcompare.readers import html_kinds
from npcompare.readers.html_lists import LISTS
from npcompare.readers.html_outlook import ListsAndTables
from npcompare.readers.html_walk import walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: A part that is known by its class or its id, or a form, is read if it has this share of the
#: letters of the page; and so has an article that is the main part. A cookie notice may be longer.
_MOST = 0.5
_ALMOST_ALL = 0.9
#: The most pieces of text in a footnote, and the most letters.
_MOST_PIECES, _LONGEST_NOTE = 400, 4000
#: A table of contents has at least this share of its letters in links within the page.
_OF_CONTENTS = 0.8
_LEAST_LINKS = 2


class Survey(Struct):
    """What is known of a page before it is read."""

    #: The elements that are not read, with their kinds; no kind: not counted either.
    left_out: dict[Element, str] = field(default_factory=dict)
    #: The elements around the main part; text in them is outside the main part.
    around: set[Element] = field(default_factory=set)
    structure: ListsAndTables = field(default_factory=ListsAndTables)


class _Size(Struct):
    """How many letters, deletions, and links within the page there were so far or in a part."""

    letters: int = 0
    deletions: int = 0
    links: int = 0
    linked_letters: int = 0

    def since(self, before: _Size) -> _Size:
        """Return what was added."""
        return _Size(
            self.letters - before.letters,
            self.deletions - before.deletions,
            self.links - before.links,
            self.linked_letters - before.linked_letters,
        )


def survey(root: Element, *, accepts: bool) -> Survey:
    """Return what is known of a page; revisions are accepted or rejected."""
    return _Surveyor(accepts=accepts).look(root)


class _Surveyor:
    """Looks at each element once, and decides at the end."""

    def __init__(self, *, accepts: bool) -> None:
        self._accepts = accepts
        self._result = Survey()
        self._structure = self._result.structure
        self._now = _Size()
        self._stack: list[_Size] = []
        self._in_link = self._in_section = self._in_article = 0
        self._place = 0
        #: Parts that may be left out, with their kinds; the letters in each, and in the main ones.
        self._parts: dict[Element, str] = {}
        self._letters: dict[Element, int] = {}
        self._mains: list[Element] = []
        self._articles: list[Element] = []
        #: References to footnotes with their place in the page, and what they may lead to.
        self._references: list[tuple[int, str]] = []
        self._anchors: dict[str, tuple[int, Element]] = {}

    def look(self, root: Element) -> Survey:
        """Return what is known of a page."""
        for event, element in walk(root, self._leaves_out):
            if event == "start":
                self._start(element)
                self._text(element.text)
                continue
            if event == "end":
                self._end(element)
            if element is not root:
                self._text(element.tail)
        self._settle(root)
        return self._result

    def _leaves_out(self, element: Element) -> bool:
        """Note an element that is never read, and return whether it is one."""
        self._place += 1
        kind = html_kinds.certain_kind(element, accepts=self._accepts)
        if kind is None and (link := html_kinds.reference_link(element)) is not None:
            self._references.append((self._place, html_kinds.fragment(link)))
            kind = html_kinds.REFERENCE
        if kind is None:
            return False
        self._now.deletions += kind in {html_kinds.DELETED, html_kinds.INSERTED}
        self._result.left_out[element] = kind
        return True

    def _text(self, text: str | None) -> None:
        if text and (count := len(text.strip())):
            self._now.letters += count
            if self._in_link:
                self._now.linked_letters += count
            self._structure.text(text)

    def _start(self, element: Element) -> None:
        tag = html_kinds.tag_of(element)
        self._stack.append(self._now.since(_Size()))
        for name in {element.get("id", ""), element.get("name", "")} - {""}:
            self._anchors.setdefault(name, (self._place, element))
        is_part = html_kinds.part_kind(element, is_in_section=self._in_section > 0)
        if kind := is_part or html_kinds.named_kind(element):
            self._parts[element] = kind
        if html_kinds.is_main(element):
            self._mains.append(element)
        if tag == "article":
            if not self._in_article:
                self._articles.append(element)
            self._in_article += 1
        self._in_section += html_kinds.is_section(element)
        if html_kinds.fragment(element):
            self._now.links += 1
            self._in_link += 1
        self._structure.start(element, tag)

    def _end(self, element: Element) -> None:
        tag = html_kinds.tag_of(element)
        size = self._now.since(self._stack.pop())
        self._in_article -= tag == "article"
        self._in_section -= html_kinds.is_section(element)
        if html_kinds.fragment(element):
            self._in_link -= 1
        is_of_links = (
            size.links >= _LEAST_LINKS and size.linked_letters >= size.letters * _OF_CONTENTS
        )
        if is_of_links and tag in {"table", "dl", *LISTS}:
            self._parts.setdefault(element, "table of contents")
        if element in self._parts or tag in {"article", "html"} or element in self._mains[-1:]:
            self._letters[element] = size.letters
        self._structure.end(element, tag, is_gone=bool(size.deletions) and not size.letters)

    # --- Decisions -------------------------------------------------------------------------------

    def _settle(self, root: Element) -> None:
        """Decide on the main part, and on the parts that may be left out."""
        total = self._letters[root]
        mains = [main for main in self._mains if self._letters.get(main)]
        main = mains[0] if len(mains) == 1 else None
        if main is None and not mains and len(self._articles) == 1:
            article = self._articles[0]
            main = article if self._letters[article] >= total * _MOST else None
        within = total if main is None else self._letters[main]
        if main is not None:
            self._leave_out_around(main, root)
        for element, kind in self._parts.items():
            if element not in self._result.around and element is not main:
                self._settle_part(element, kind, within)
        self._leave_out_footnotes()

    def _settle_part(self, element: Element, kind: str, within: int) -> None:
        """Leave out a part, unless it is only a frame around the text."""
        is_certain = html_kinds.part_kind(element, is_in_section=False) not in {"", "form"}
        share = _ALMOST_ALL if kind in {html_kinds.COOKIES, html_kinds.HIDDEN} else _MOST
        if is_certain or self._letters[element] < within * share:
            self._result.left_out[element] = kind

    def _leave_out_around(self, main: Element, root: Element) -> None:
        """Leave out what is beside the main part."""
        for ancestor in main.iterancestors():
            self._result.around.add(ancestor)
            if ancestor is root:
                break
        # What is in the head is no text of the page, but words that are lost there are counted.
        self._result.around.update(root.findall("head"))
        for ancestor in self._result.around:
            for child in ancestor:
                if child is not main and child not in self._result.around:
                    kind = self._parts.get(child, html_kinds.OUTSIDE)
                    self._result.left_out.setdefault(child, kind)

    def _leave_out_footnotes(self) -> None:
        """Leave out what references to footnotes lead to: paragraphs that come after them."""
        blocks: set[Element] = set()
        for place, name in self._references:
            target_place, target = self._anchors.get(name, (0, None))
            block = _paragraph_around(target) if target is not None else None
            if block is not None and target_place > place and block not in self._result.around:
                blocks.add(block)
        for block in blocks - self._result.left_out.keys():
            pieces = list(islice(block.itertext(), _MOST_PIECES))
            letters = sum(len(piece.strip()) for piece in pieces)
            if len(pieces) < _MOST_PIECES and letters < _LONGEST_NOTE:
                self._result.left_out[block] = "footnote"


def _paragraph_around(target: Element) -> Element | None:
    """Return the paragraph, item or row of a table that a place is in."""
    for element in (target, *target.iterancestors()):
        tag = html_kinds.tag_of(element)
        if tag in {"body", "main", "article", "section", "html", "table", *LISTS}:
            return None
        if html_kinds.is_block(element) and tag not in {"td", "th"}:
            return element
    return None
