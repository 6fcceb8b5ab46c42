"""sources.bib: read by an independent parser, with hostile words and every kind of date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE, HOSTILE_SCALARS
from msgspec.structs import replace
from pybtex.database import parse_string

from npcompare.dataset.bibtex import sources_bib
from npcompare.dataset.tables import Release, layout
from npcompare.law.bibliography import load_documents
from npcompare.law.cache import NullCache
from npcompare.text import fold, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.law.corpus import Corpus

#: How TeX sets the names of characters that mean something to it.
_NAMES = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}


def bibliography(corpus: Corpus, documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the entries that pybtex reads from the bibliography of documents, by key."""
    (table,) = (each for each in layout() if each.name == "sources")
    rows = tuple(table.row_of({"id": name, **data}) for name, data in documents.items())
    release = Release(corpus, {"sources": replace(table, rows=rows)}, frozenset())
    return dict(parse_string(sources_bib(release).decode(), "bibtex").entries)


def document(**fields: str) -> dict[str, dict[str, str]]:
    return {"a-1": {"title": "Title", "short": "Short", "kind": "statute", **fields}}


def set_in_type(text: str) -> str:
    """Return a text as TeX sets it: without the outer braces, and with its signs."""
    text = text.removeprefix("{").removesuffix("}")
    text = re.sub(r"\\(text\w+)\{\}", lambda match: _NAMES[match[1]], text)
    return re.sub(r"\\([#$%&_])", r"\1", text)


def test_bundled_bibliography_is_complete(corpus: Corpus) -> None:
    documents, _ = load_documents(corpus.folder, NullCache())
    entries = bibliography(corpus, documents)
    assert list(entries) == list(documents)
    for name, data in documents.items():
        fields = entries[name].fields
        assert set_in_type(fields["title"]) == fold(data["title"])
        assert set_in_type(fields["shorttitle"]) == fold(data["short"])
        assert ("url" in fields) == ("url" in data)
        persons = entries[name].persons.get("author", [])
        assert [set_in_type(str(person)) for person in persons] == (
            [fold(data["author"])] if "author" in data else []
        )


@pytest.mark.parametrize("words", [*HOSTILE, *filter(str.strip, HOSTILE_SCALARS), "{", "}{", "\\}"])
def test_hostile_words_are_escaped(corpus: Corpus, words: str) -> None:
    fields = dict.fromkeys(("title", "short", "symbol", "note", "date"), words)
    entries = bibliography(corpus, {**document(**fields), "b-2": document()["a-1"]})
    assert list(entries) == ["a-1", "b-2"]
    entry = entries["a-1"].fields
    expected = visible(fold(words), keep_lines=False)
    assert set_in_type(entry["title"]) == expected
    assert set_in_type(f"{{{entry['number']}}}") == expected
    assert set_in_type(f"{{{entry['note']}}}").endswith(expected)
    # TeX would act on what is left.
    assert not re.search(r"(?<!\\)[#$%&_^~]", re.sub(r"\\text\w+\{\}", "", entry["title"]))


@pytest.mark.parametrize(
    ("date", "iso_date", "note"),
    [
        ("2019-05-22", "2019-05-22", ""),
        ("2019-05", "2019-05", ""),
        ("2019", "2019", ""),
        ("11 October 2013", "2013-10-11", ""),
        (
            "24 May 2016, updated 25 August 2021",
            "",
            "Date: 24 May 2016, updated 25 August 2021.",
        ),
        ("31 Octobre 2013", "", "Date: 31 Octobre 2013."),
    ],
)
def test_dates_are_those_of_the_document(
    corpus: Corpus, date: str, iso_date: str, note: str
) -> None:
    fields = bibliography(corpus, document(date=date))["a-1"].fields
    assert fields.get("date", "") == iso_date
    assert fields.get("year", "") == iso_date[:4]
    assert fields.get("note", "") == note


def test_report_has_an_institution(corpus: Corpus) -> None:
    entries = bibliography(corpus, document(kind="report", author="A & B", symbol="E/1_2"))
    entry = entries["a-1"]
    assert entry.type == "techreport"
    assert entry.fields["institution"] == r"{A \& B}"
    assert entry.fields["number"] == r"E/1\_2"
    assert "note" not in entry.fields


def test_address_has_no_signs_of_bibtex(corpus: Corpus) -> None:
    url = "https://example.org/d’actes%20{x}\\y?a=1&b=2#c"
    fields = bibliography(corpus, document(url=url))["a-1"].fields
    assert fields["url"] == "https://example.org/d%E2%80%99actes%20%7Bx%7D%5Cy?a=1&b=2#c"
