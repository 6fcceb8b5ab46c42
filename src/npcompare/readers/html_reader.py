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
    body = root.find("body")
    if body is None:
        raise NpcompareError(
            f"{path} has no text of its own: it is a page of frames"
            if root.find(".//frameset") is not None
            else f"{path} contains no text",
            "open the page in a browser and save the frame that shows the text",
        )
    for element in root.iterfind("head//script"):
        left_out.add("script", element.text or element.get("src") or "")
    for element in root.iterfind("head//style"):
        left_out.add("style sheet", element.text or "")
    reader = HtmlBody(path, left_out, accepts=revisions == "accepted")
    paragraphs = outlined(reader.read(body))
    formats = tuple(
        f"{path}: the numbers of a list are in the format {name}, shown here as 1, 2, 3"
        for name in sorted(reader.lists.unknown_formats)
    )
    return DocumentText(paragraphs, left_out.listed(), notes + formats)
