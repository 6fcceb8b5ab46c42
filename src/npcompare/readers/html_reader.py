"""HTML pages: the text of the main part with its list labels."""

from __future__ import annotations

from npcompare.errors import NpcompareError
from npcompare.readers.html_body import HtmlBody
from npcompare.readers.html_source import parse_html
from npcompare.readers.outline import outlined
from npcompare.readers.paragraphs import DocumentText, LeftOutCounts


def read_html(content: bytes, path: str, revisions: str) -> DocumentText:
    """Return the text of a page; raise NpcompareError if it cannot be read."""
    left_out = LeftOutCounts()
    root, notes = parse_html(content, path, left_out)
    if root.find(".//frameset") is not None:
        raise NpcompareError(
            f"{path} has no text of its own: it is a page of frames",
            "open the page in a browser and save the frame that shows the text",
        )
    reader = HtmlBody(path, left_out, accepts=revisions == "accepted")
    paragraphs = outlined(reader.read(root))
    formats = tuple(
        f"{path}: the numbers of a list are in the format {name}, shown here as 1, 2, 3"
        for name in sorted(reader.lists.unknown_formats)
    )
    return DocumentText(paragraphs, left_out.listed(), notes + formats)
