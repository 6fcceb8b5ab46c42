"""What a text with tags is, as its beginning shows: a page, or one of several kinds of XML."""

from __future__ import annotations

import codecs
import re

HTML, AKOMA_NTOSO = "an HTML page", "an Akoma Ntoso document"
LEGISLATION, OTHER = "a legislation.gov.uk document in XML (CLML)", "an XML document"
FORMEX, USLM = "a Formex document", "a United States Legislative Markup (USLM) document"
WEB_ARCHIVE = "a web archive (.mht)"

#: How much of a text is looked at.
_START = 8192

_BEFORE_ROOT = re.compile(
    r"\s*+(?>(?><\?.*?\?>|<!--.*?-->|<!doctype\s[^>\[]*+(?>\[.*?\]\s*+)?>)\s*+)*+",
    re.IGNORECASE | re.DOTALL,
)
_HTML_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?P<name>[a-z][\w.:-]*)(?=[\s/>])(?P<attributes>[^>]*+)", re.IGNORECASE)

#: Elements that pages without a declaration begin with.
_HTML_ROOTS = frozenset(
    (
        *("html", "head", "body", "title", "meta", "link", "base", "style", "script", "div", "p"),
        *("h1", "h2", "h3", "h4", "ol", "ul", "dl", "table", "article", "section", "main", "span"),
        "center",
    )
)
#: The kind of a document by its root element, and what the attributes of the root must contain.
_ROOTS = {
    "akomantoso": (AKOMA_NTOSO, ""),
    "legislation": (LEGISLATION, "legislation.gov.uk/namespaces/legislation"),
    "act": (FORMEX, "formex"),
    "cons.act": (FORMEX, "formex"),
    "lawdoc": (USLM, "uslm"),
    "uscdoc": (USLM, "uslm"),
    "bill": (USLM, "uslm"),
}

_WEB_ARCHIVE = re.compile(
    rb"(?=.*^mime-version\s*:)(?=.*^content-type\s*:\s*multipart/related)",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_HEADER = re.compile(rb"\s*[A-Za-z-]{2,40}:\s")

_OTHER_HINT = (
    "Akoma Ntoso (.akn, .xml) is the only XML that is read; save the page of the law as .html, or "
    "its words as a Word document (.docx)"
)
#: The hint for each kind that is not read.
HINTS = {
    WEB_ARCHIVE: "open it in Word or a browser and save it as a page (.html) or in Word as .docx",
    LEGISLATION: (
        "download the Akoma Ntoso document, which is at the address of the page with /data.akn at "
        "its end; or open the page, choose Plain View, and save it as .html"
    ),
    FORMEX: "save the page of the act on EUR-Lex as .html, or take its Word document",
    USLM: _OTHER_HINT,
    OTHER: _OTHER_HINT,
}


def markup_kind(content: bytes) -> str:
    """Return what a text with tags is, with its article; empty if it has none."""
    start = _text(content[:_START])
    if _HEADER.match(content) and _WEB_ARCHIVE.match(content[:_START]):
        return WEB_ARCHIVE
    before = _BEFORE_ROOT.match(start)
    end = before.end() if before else 0
    if _HTML_DOCTYPE.search(start, 0, end):
        return HTML
    root = _ROOT.match(start, end)
    if root is None:
        return OTHER if start.lstrip().startswith("<?xml") else ""
    name = root["name"].rpartition(":")[2].casefold()
    if name in _HTML_ROOTS:
        return HTML
    kind, sign = _ROOTS.get(name, (OTHER, ""))
    return kind if sign in root["attributes"].casefold() else OTHER


def _text(start: bytes) -> str:
    """Return the beginning of a text in UTF-16, or in an encoding that agrees with ASCII."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if start.startswith(mark):
            return start.removeprefix(mark).decode(encoding, "replace")
    return start.decode("latin-1")
