"""What a text with tags is, and the sentence for what is not read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from npcompare.errors import NpcompareError
from npcompare.readers.document_kinds import read_document
from npcompare.readers.markup_kinds import markup_kind

if TYPE_CHECKING:
    from pathlib import Path

XML = '<?xml version="1.0"?>'
CLML = f'{XML}<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation">'
FORMEX = f'{XML}<ACT xsi:noNamespaceSchemaLocation="formex-05.56.xd">'
USLM = f'{XML}<lawDoc xmlns="http://schemas.gpo.gov/xml/uslm">'

KINDS = {
    "<!DOCTYPE html><p>x": "an HTML page",
    "<!-- a > b --> <!doctype HTML PUBLIC '-//W3C//DTD HTML 4.0//EN'>x": "an HTML page",
    f"{XML}<!DOCTYPE html PUBLIC 'x' 'y'><html xmlns='z'>": "an HTML page",
    f"{XML}\n<html>": "an HTML page",
    "\ufeff<html>": "an HTML page",
    "<div class='a'>12. Words</div>": "an HTML page",
    f"{XML}<akomaNtoso xmlns='x'>": "an Akoma Ntoso document",
    f"{XML}<?pi a?><!-- b --><an:akomaNtoso xmlns:an='x'>": "an Akoma Ntoso document",
    f"{XML}<!DOCTYPE a [<!ENTITY b 'c'>]><akomaNtoso>": "an Akoma Ntoso document",
    CLML: "a legislation.gov.uk document in XML (CLML)",
    FORMEX: "a Formex document",
    USLM: "a United States Legislative Markup (USLM) document",
    f"{XML}<act>": "an XML document",
    f"{XML}<bill xmlns='x'>": "an XML document",
    XML: "an XML document",
    "From: x\nSubject: y\nMIME-Version: 1.0\nContent-Type: multipart/related;": (
        "a web archive (.mht)"
    ),
    "Note: the content-type: multipart/related": "",
    "12. Words": "",
    "a < b": "",
    "<3 victims": "",
    "": "",
}


@pytest.mark.parametrize("text", KINDS)
def test_kind_is_told_by_the_beginning(text: str) -> None:
    assert markup_kind(text.encode()) == KINDS[text]


def test_kind_of_utf_16_is_told() -> None:
    assert markup_kind("<html><p>Words".encode("utf-16")) == "an HTML page"
    assert markup_kind(b"\xfe\xff" + f"{XML}<a/>".encode("utf-16-be")) == "an XML document"


@pytest.mark.parametrize(
    "text", ["<!---->" * 2000, "<?a?>" * 2000, "<!doctype a[" * 900, "\n" * 9000]
)
def test_hostile_beginning_is_read_fast(text: str) -> None:
    start = time.process_time()
    assert markup_kind(text.encode()) == ""
    assert time.process_time() - start < 1


REFUSED = {
    CLML: "with /data.akn at its end; or open the page, choose Plain View, and save it as .html",
    FORMEX: "save the page of the act on EUR-Lex as .html, or take its Word document",
    USLM: "Akoma Ntoso (.akn, .xml) is the only XML that is read",
    XML: "Akoma Ntoso (.akn, .xml) is the only XML that is read",
    "MIME-Version: 1.0\r\nContent-Type: multipart/related": "save it as a page (.html)",
    "bplist00": "an OpenDocument text (.odt), a web page (.html)",
}


@pytest.mark.parametrize("text", REFUSED)
def test_kind_that_is_not_read_has_a_hint(text: str, tmp_path: Path) -> None:
    path = tmp_path / "law"
    path.write_text(text)
    with pytest.raises(NpcompareError, match="and cannot be read") as caught:
        read_document(path)
    assert REFUSED[text] in caught.value.hint
