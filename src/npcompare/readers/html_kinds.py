"""What an element of an HTML page is, as its tag and its attributes say: text or navigation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HIDDEN, DELETED, INSERTED = "hidden text", "deleted text", "inserted text"
REFERENCE, COOKIES = "footnote reference", "cookie notice"
OUTSIDE = "text outside the main part"

#: Elements that are no text, by the kind that they are counted as.
_NO_TEXT = {
    "script": "script",
    "style": "style sheet",
    "link": "",
    "meta": "",
    "title": "",
    "base": "",
    "template": "hidden text",
    "noscript": "text without scripts",
    "noframes": "text without frames",
    **dict.fromkeys(("img", "svg", "canvas", "map"), "picture"),
    **dict.fromkeys(("audio", "video", "iframe", "object", "embed", "applet"), "embedded object"),
    "math": "formula",
    **dict.fromkeys(("input", "select", "textarea", "button", "datalist"), "form field"),
    **dict.fromkeys(("rt", "rp"), "ruby annotation"),
}
#: What describes an element without text of its own.
_DESCRIPTIONS = ("alt", "aria-label", "title", "value", "placeholder", "src", "data", "name")

#: Parts of a page beside its main part.
_PARTS = {
    "nav": "navigation",
    "aside": "sidebar",
    "footer": "footer",
    "header": "header",
    "form": "form",
    "search": "form",
    "dialog": "notice",
}
_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "tablist": "navigation",
    "toolbar": "navigation",
    "doc-toc": "table of contents",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "form",
    "dialog": "notice",
    "alertdialog": "notice",
    "doc-footnote": "footnote",
    "doc-endnotes": "footnote",
    "doc-pagebreak": "page number",
}

#: Words of a class or an id that only parts beside the text have, and what they then are.
_BY_NAME = (
    (re.compile(r"cookie|gdpr", re.IGNORECASE), COOKIES),
    (re.compile(r"\b(?:breadcrumbs?|skip-?links?|skip-to-\w+|nav-?bar)\b", re.IGNORECASE),
     "navigation"),
    (re.compile(r"\b(?:table-of-contents|toc)\b", re.IGNORECASE), "table of contents"),
    (re.compile(r"\b(?:footnotes|endnotes)\b", re.IGNORECASE), "footnote"),
    (re.compile(r"\b(?:screen-reader-text|sr-only|visually-?hidden)\b", re.IGNORECASE), HIDDEN),
)  # fmt: skip
#: Ids, which occur only once in a page.
_BY_ID = {
    **dict.fromkeys(("nav", "navigation", "menu", "topnav", "main-menu", "mainmenu"), "navigation"),
    **dict.fromkeys(("sidebar", "side-bar", "rightcol", "leftcol"), "sidebar"),
    **dict.fromkeys(("header", "masthead", "banner", "page-header", "site-header"), "header"),
    **dict.fromkeys(("footer", "page-footer", "site-footer"), "footer"),
}

_NO_DISPLAY = re.compile(
    r"(?:\A|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE
)
_STRUCK = re.compile(
    r"(?:\A|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE
)  # fmt: skip
_DISPLAY = re.compile(r"(?:\A|;)\s*display\s*:\s*([\w-]+)", re.IGNORECASE)
_NOTE_CLASS = re.compile(r"footnote|endnote|noteref|fnref|commentary|\breference\b", re.IGNORECASE)
_NUMBER_CLASS = re.compile(r"num(?:ber)?\b|no\b|label|enum", re.IGNORECASE)

#: Elements that begin a paragraph of their own.
_BLOCK_NAMES = """address article aside blockquote body caption center dd details dialog div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
    legend li listing main nav ol p plaintext pre search section summary table tbody td tfoot th
    thead tr ul menu dir xmp"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_BLOCK_DISPLAYS = frozenset({"block", "flex", "grid", "table", "list-item", "table-cell"})
PREFORMATTED = frozenset({"pre", "listing", "plaintext", "xmp"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements in which a header is their own heading, and not that of the page.
_SECTIONS = frozenset({"article", "main", "section"})


def tag_of(element: Element) -> str:
    """Return the name of an element in small letters."""
    return str(element.tag).casefold()


def certain_kind(element: Element, *, accepts: bool) -> str | None:
    """Return the kind of an element that is never read; empty if it is not counted either."""
    tag = tag_of(element)
    if tag in _NO_TEXT:
        is_hidden_field = tag == "input" and element.get("type", "").casefold() == "hidden"
        return "" if is_hidden_field else _NO_TEXT[tag]
    style = element.get("style", "")
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden", "").strip().casefold() == "true"
        or _NO_DISPLAY.search(style)
    ):
        return HIDDEN
    if tag in {"del", "s", "strike"} or _STRUCK.search(style):
        return DELETED if accepts else None
    if tag == "ins":
        return None if accepts else INSERTED
    return None


def part_kind(element: Element, *, is_in_section: bool) -> str:
    """Return what part of a page an element is, beside the text; empty if it is none."""
    role = element.get("role", "").strip().casefold()
    if kind := _ROLES.get(role):
        return kind
    tag = tag_of(element)
    if tag in _PARTS and not (tag == "header" and is_in_section):
        return _PARTS[tag]
    return ""


def named_kind(element: Element) -> str:
    """Return what part of a page an element is by its class or id alone; empty if it is none."""
    identifier = element.get("id", "")
    if kind := _BY_ID.get(identifier.strip().casefold()):
        return kind
    names = f"{element.get('class', '')} {identifier}"
    if not names.strip() or tag_of(element) in {"body", "html"}:
        return ""
    names = names.replace("_", "-")
    return next((kind for pattern, kind in _BY_NAME if pattern.search(names)), "")


def is_main(element: Element) -> bool:
    """Return whether an element is the main part of a page."""
    return tag_of(element) == "main" or element.get("role", "").strip().casefold() == "main"


def is_section(element: Element) -> bool:
    """Return whether a header in an element is the heading of that element."""
    return tag_of(element) in _SECTIONS or is_main(element)


def is_block(element: Element) -> bool:
    """Return whether an element is a paragraph of its own, or has such."""
    style = element.get("style", "")
    if style and (match := _DISPLAY.search(style)):
        return match[1].casefold() in _BLOCK_DISPLAYS
    return tag_of(element) in _BLOCKS


def is_heading(element: Element) -> bool:
    """Return whether an element is a heading."""
    return tag_of(element) in HEADINGS or element.get("role", "").casefold() == "heading"


def names_a_number(element: Element) -> bool:
    """Return whether the class of an element says that it is a number."""
    return bool(_NUMBER_CLASS.search(element.get("class", "")))


def fragment(element: Element) -> str:
    """Return the place in the same page that a link leads to; empty if it is no such link."""
    target = element.get("href", "").strip() if tag_of(element) == "a" else ""
    return target[1:] if target.startswith("#") else ""


def reference_link(element: Element) -> Element | None:
    """Return the link of a reference to a footnote: in a superscript, around one, or marked."""
    tag = tag_of(element)
    if tag == "sup":
        links = [child for child in element if fragment(child)]
        is_alone = len(element) == len(links) and not (element.text or "").strip(" \n\t[(")
        return links[0] if links and is_alone else None
    if not fragment(element):
        return None
    is_marked = element.get("role", "").casefold() == "doc-noteref" or bool(
        _NOTE_CLASS.search(element.get("class", ""))
    )
    is_raised = len(element) == 1 and tag_of(element[0]) == "sup" and not (element.text or "")
    return element if is_marked or is_raised else None


def description_of(element: Element) -> str:
    """Return what describes an element that has no text."""
    texts = (element.get(name, "").strip() for name in _DESCRIPTIONS)
    text = next(filter(None, texts), "without a description")
    # The bytes of a picture in the page say nothing.
    return "in the page" if text.casefold().startswith("data:") else text


def words_of(element: Element) -> str:
    """Return the text in an element, with a space at each end of a paragraph."""
    from lxml import etree

    pieces: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if tag_of(part) in _BLOCKS or part.tag == "br":
            pieces.append(" ")
        if event == "start":
            pieces.append(part.text or "")
        elif part is not element:
            pieces.append(part.tail or "")
    return "".join(pieces)
