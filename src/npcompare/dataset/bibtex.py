"""The bibliography of a release as BibTeX, in UTF-8, with the ids of documents as keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from npcompare.messages import ENGLISH_MONTHS
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.dataset.coded_rows import Cells
    from npcompare.dataset.tables import Release

#: The characters that TeX acts on, and those that its oldest fonts have other signs for. Braces
#: have names, because BibTeX counts braces even after a backslash.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)

#: What may be in an address as it is; "%" begins a character that is already encoded.
_ADDRESS_SIGNS = ":/?#[]@!$&'()*+,;=%~-._"

_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_SPOKEN_DATE = re.compile(rf"([1-9]|[12][0-9]|3[01]) ({'|'.join(ENGLISH_MONTHS)}) ([0-9]{{4}})")


def sources_bib(release: Release) -> bytes:
    """Return an entry for each document of the table of sources, in its order."""
    return "\n".join(map(_entry, release.tables["sources"].records())).encode()


def _entry(document: Cells) -> str:
    """Return the entry of one document: a report is a report, anything else has a kind."""
    kind = "techreport" if document["kind"] == "report" else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(document)]
    return "\n".join([f"@{kind}{{{document['id']},", *lines, "}", ""])


def _fields(document: Cells) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry; what BibTeX has no field for is in its note."""
    is_report = document["kind"] == "report"
    iso_date = _iso_date(str(document["date"] or ""))
    institution = document["author"] or document["short"] if is_report else None
    fields = {
        # In double braces, a name is not divided, and a title keeps its capitals.
        "title": _braced(document["title"]),
        "shorttitle": _braced(document["short"]),
        "author": _braced(document["author"]),
        "institution": _braced(institution),
        "type": _text(document["kind"]),
        "number": _text(document["symbol"] or ""),
        "date": iso_date,
        "year": iso_date[:4],
        "url": quote(visible(str(document["url"] or "")), safe=_ADDRESS_SIGNS),
        "note": " ".join(_remarks(document, has_symbol=is_report, has_date=bool(iso_date))),
    }
    yield from ((name, value) for name, value in fields.items() if value)


def _remarks(document: Cells, *, has_symbol: bool, has_date: bool) -> Iterator[str]:
    """Yield what an entry has no field for, and its note."""
    if document["symbol"] and not has_symbol:
        yield f"Symbol or number: {_text(document['symbol'])}."
    if document["date"] and not has_date:
        yield f"Date: {_text(document['date'])}."
    if document["note"]:
        yield _text(document["note"])


def _braced(value: object) -> str:
    return f"{{{_text(value)}}}" if value else ""


def _iso_date(date: str) -> str:
    """Return a date in ISO 8601; empty if it is more than a date, or not one."""
    if _ISO_DATE.fullmatch(date):
        return date
    if spoken := _SPOKEN_DATE.fullmatch(date):
        day, month, year = spoken.groups()
        return f"{year}-{ENGLISH_MONTHS.index(month) + 1:02}-{int(day):02}"
    return ""


def _text(value: object) -> str:
    """Return text on one line, with nothing in it that TeX would act on."""
    return visible(fold(str(value)), keep_lines=False).translate(_ESCAPES)
