"""OpenDocument texts: .odt and .ott."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.readers.odt_body import OdtBody, words_of
from npcompare.readers.odt_styles import OFFICE, STYLE, TEXT, OdtStyles
from npcompare.readers.outline import outlined
from npcompare.readers.paragraphs import DocumentText, LeftOutCounts
from npcompare.readers.safe_xml import parse
from npcompare.readers.zip_package import ZipPackage

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The most bytes of the text and of the styles.
_LARGEST_TEXT, _LARGEST_STYLES = 48 * 1024**2, 12 * 1024**2

_TEXT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_RESTORED = (
    "paragraphs that had been deleted are restored; check the numbers near them, because "
    "OpenDocument does not always keep them"
)
_HEADS = ("header", "footer")


def read_odt(content: bytes, path: str, revisions: str) -> DocumentText:
    """Return the text of an OpenDocument file; raise NpcompareError if it cannot be read."""
    package = ZipPackage(content, path)
    if b"encryption-data" in package.read(_MANIFEST, _LARGEST_STYLES):
        raise NpcompareError(
            f"{path} is encrypted", "open it, save it without a password, and try again"
        )
    text = parse(package.read(_TEXT, _LARGEST_TEXT), path, _TEXT)
    body = None if text is None else text.find(f"{OFFICE}body/{OFFICE}text")
    if text is None or body is None:
        raise package.damaged("it has no document part")
    styles = parse(package.read(_STYLES, _LARGEST_STYLES), path, _STYLES)
    left_out = LeftOutCounts()
    reader = OdtBody(OdtStyles([text, styles]), left_out, revisions)
    paragraphs = outlined(reader.read(body))
    _count_heads(styles, left_out)
    notes = (f"{path}: {_RESTORED}",) if reader.has_restored else ()
    return DocumentText(paragraphs, left_out.listed(), notes)


def _count_heads(styles: Element | None, left_out: LeftOutCounts) -> None:
    """Count the headers and footers of pages."""
    if styles is None:
        return
    for name in _HEADS:
        for element in styles.iter(f"{STYLE}{name}"):
            words = (words_of(part) for part in element.iter(f"{TEXT}p", f"{TEXT}h"))
            left_out.add(name, " ".join(words))
