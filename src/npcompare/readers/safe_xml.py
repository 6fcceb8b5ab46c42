"""XML of documents, parsed with lxml without entities, DTDs and network, within limits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

#: A document type declaration, also in UTF-16. Office documents never have one.
_DOCTYPES = ["<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")]

#: The most elements of a part, how deep they may be nested, and how many bytes are parsed at once.
_MOST_ELEMENTS = 600_000
_DEEPEST = 200
_PIECE = 64 * 1024

_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

#: The namespaces of Strict Office Open XML, and those that all other files have.
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = "http://schemas.openxmlformats.org/"


def parse(content: bytes, path: str, part: str) -> Element | None:
    """Return the root of a small part, with the usual names; None if the part is empty."""
    from lxml import etree

    if not content:
        return None
    with _errors(content, path, part):
        root = etree.fromstring(content, etree.XMLParser(**_OPTIONS))
    _check_document_type(root, path, part)
    if _is_strict(root):
        for element in root.iter(etree.Element):
            _rename(element)
    return root


def events(content: bytes, path: str, part: str) -> Iterator[tuple[str, Element]]:
    """Yield "start" and "end" with each element of a part, as it is parsed.

    Names of Strict Office Open XML are replaced by the usual ones. Whoever iterates may clear an
    element at its end. Raises NpcompareError if the part is malformed, or too large or too deep.
    """
    with _errors(content, path, part):
        yield from _limited(content, path, part)


@contextmanager
def _errors(content: bytes, path: str, part: str) -> Iterator[None]:
    """Refuse a document type declaration, and turn errors of the parser into sentences."""
    from lxml import etree

    if any(declaration in content for declaration in _DOCTYPES):
        raise _has_document_type(path, part)
    # Each element has a tag that starts it. In UTF-16 there is a zero byte before the slash.
    ends = content.count(b"</") + content.count(b"<\0/")
    if content.count(b"<") - ends > _MOST_ELEMENTS:
        raise _too_complex(path, part)
    try:
        yield
    except (etree.XMLSyntaxError, UnicodeError, LookupError) as error:
        if "depth" in str(error):
            raise _too_deep(path, part) from error
        raise NpcompareError(
            f"{path} is damaged: its part {part} is not well-formed XML",
            "open it in the program that made it, save it under a new name, and try again",
        ) from error


def _limited(content: bytes, path: str, part: str) -> Iterator[tuple[str, Element]]:
    """Yield events with the usual names, as long as they are not too many or too deep."""
    from lxml import etree

    parser = etree.XMLPullParser(events=("start", "end"), **_OPTIONS)
    depth = count = 0
    is_strict = False
    for start in range(0, len(content), _PIECE):
        parser.feed(content[start : start + _PIECE])
        for event in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            if event[0] == "start":
                depth += 1
                count += 1
                if count == 1:
                    is_strict = _is_strict(event[1])
                    _check_document_type(event[1], path, part)
                if depth > _DEEPEST:
                    raise _too_deep(path, part)
                if is_strict:
                    _rename(event[1])
            else:
                depth -= 1
            yield event
        # Within a piece there are at most a few thousand more.
        if count > _MOST_ELEMENTS:
            raise _too_complex(path, part)
    parser.close()


def _check_document_type(root: Element, path: str, part: str) -> None:
    information: Any = root.getroottree().docinfo
    if information.doctype:
        raise _has_document_type(path, part)


def _has_document_type(path: str, part: str) -> NpcompareError:
    return NpcompareError(
        f"{path} was not read: its part {part} declares a document type, which could hide other "
        "files in it"
    )


def _too_deep(path: str, part: str) -> NpcompareError:
    return NpcompareError(f"{path} was not read: its part {part} is nested too deeply")


def _too_complex(path: str, part: str) -> NpcompareError:
    return NpcompareError(
        f"{path} was not read: its part {part} has more than {_MOST_ELEMENTS:,} elements",
        "save the pages that you need in a file of their own",
    )


def _is_strict(root: Element) -> bool:
    return any(name.startswith(_STRICT) for name in root.nsmap.values())


def _rename(element: Element) -> None:
    """Give an element of Strict Office Open XML and its attributes their usual names."""
    element.tag = _usual(str(element.tag))
    for name, value in list(element.attrib.items()):
        if _STRICT in str(name):
            del element.attrib[name]
            element.set(_usual(str(name)), str(value))


def _usual(name: str) -> str:
    """Return the usual name: its namespace has the year of the first edition."""
    if not name.startswith("{" + _STRICT):
        return name
    folder, _, path = name.removeprefix("{" + _STRICT).partition("/")
    return "{" + f"{_TRANSITIONAL}{folder}/2006/{path}"
