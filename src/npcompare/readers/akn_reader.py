"""Akoma Ntoso documents (.akn, .xml), versions 2 and 3, without entities and DTDs."""

from __future__ import annotations

import re
from typing import Any

from npcompare.errors import NpcompareError
from npcompare.readers.akn_body import AknBody
from npcompare.readers.outline import outlined
from npcompare.readers.paragraphs import DocumentText, LeftOutCounts

#: The most bytes of a document, how many are parsed at once, and the most parts of a single tag.
_LARGEST = 12 * 1024**2
_PIECE = 64 * 1024
_MOST_PARTS_OF_TAG = 200_000
_BEFORE_ATTRIBUTE = re.compile(rb"[\s\"']")


def read_akoma_ntoso(content: bytes, path: str, revisions: str) -> DocumentText:
    """Return the text of an Akoma Ntoso document; raise NpcompareError if it cannot be read."""
    if len(content) > _LARGEST:
        raise NpcompareError(
            f"{path} is larger than {_LARGEST // 1024**2} MB",
            "save the part that you need in a file of its own",
        )
    left_out = LeftOutCounts()
    body = AknBody(path, left_out, accepts=revisions == "accepted")
    return DocumentText(outlined(_parsed(content, path, body)), left_out.listed())


def _parsed(content: bytes, path: str, body: AknBody) -> Any:
    """Return the lines of a document; its elements are given to the body one by one."""
    from lxml import etree

    target: Any = body
    parser = etree.XMLParser(
        target=target,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )
    parts = 0
    try:
        for start in range(0, len(content), _PIECE):
            piece, before = content[start : start + _PIECE], body.events
            # A tag is parsed as a whole, so its parts are counted before it ends.
            parts += len(_BEFORE_ATTRIBUTE.findall(piece))
            if parts > _MOST_PARTS_OF_TAG:
                raise NpcompareError(f"{path} was not read: an element has too many attributes")
            parser.feed(piece)
            parts = 0 if body.events > before else parts
        return parser.close()
    except (etree.XMLSyntaxError, UnicodeError, LookupError) as error:
        if "depth" in str(error):
            raise NpcompareError(f"{path} was not read: it is nested too deeply") from error
        raise NpcompareError(
            f"{path} is damaged: it is not well-formed XML",
            "download it again, or save the page of the law as .html",
        ) from error
