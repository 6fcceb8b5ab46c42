"""Notes in English in tables of another language: what is said of them, and how they are marked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest

from npcompare.document import Document, Table, cell, columns
from npcompare.formats import pdf, word
from npcompare.formats.html_page import write as html
from npcompare.law.translation import catalogue_of, translated
from npcompare.messages import Catalogue, using
from npcompare.model.provision import Note
from npcompare.reports.untranslated_notes import with_untranslated_notes

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "“Shall not” is read as a duty."
NOTES = (("a", f"ملاحظة: {ENGLISH}"), ("b", ENGLISH), ("c", "ملاحظة"))


def document(*notes: tuple[str, str]) -> Document:
    table = Table("T", columns(a="A"), ((cell("x"),),), notes=notes, headnote="H")
    return Document("D", (table,), {}, table)


@pytest.fixture
def marked() -> Iterator[Document]:
    catalogue = catalogue_of("ar")
    catalogue.untranslated.update({ENGLISH, "a duty"})
    with using(catalogue):
        yield with_untranslated_notes(document(*NOTES))


def test_headnote_says_that_notes_are_in_english(marked: Document) -> None:
    (table,) = marked.tables
    # Two words could be in a sentence by chance.
    assert table.untranslated == (ENGLISH,)
    assert table.headnote == "H\nالحواشي غير المترجمة واردة باللغة الإنجليزية."  # noqa: RUF001 - Arabic


def test_document_says_once_that_notes_are_in_english() -> None:
    catalogue = Catalogue(language="fr", untranslated={ENGLISH})
    with using(catalogue):
        part = document(("a", "Une note.")).tables + document(*NOTES).tables * 2
        tables = with_untranslated_notes(Document("D", part, {}, part[0])).tables
    assert [table.headnote.count("\n") for table in tables] == [0, 1, 0]
    assert [table.untranslated for table in tables] == [(), (ENGLISH,), (ENGLISH,)]


def test_table_without_english_notes_stays_as_it_is() -> None:
    with using(Catalogue(language="fr", untranslated={ENGLISH})):
        before = document(("a", "Une note."))
        assert with_untranslated_notes(before).tables == before.tables


def test_page_marks_english_notes(marked: Document) -> None:
    element = f'<span lang="en" dir="ltr">{ENGLISH}</span>'
    text = "".join(html(marked))
    assert f"<dd>ملاحظة: {element}</dd>" in text
    assert f"<dd>{element}</dd>" in text


def test_word_marks_english_notes_beside_their_letters(marked: Document) -> None:
    notes = docx.Document(io.BytesIO(word.write(marked))).paragraphs[-3:]
    for note, language in zip(notes, (["en-GB"], ["en-GB"], []), strict=True):
        assert note._p.xpath("w:r/w:rPr/w:lang/@w:val") == language
        assert note._p.xpath("w:pPr/w:bidi")
    (english,) = notes[1]._p.xpath("w:r[w:rPr/w:lang]")
    assert english.xpath("string(w:t)").strip("\N{LEFT-TO-RIGHT MARK}") == ENGLISH
    assert not english.xpath("w:rPr/w:rtl")


def test_pdf_gets_the_language_of_english_notes(marked: Document) -> None:
    data: Any = pdf._document_data(marked)
    notes = [line["runs"] for _, lines in data["tables"][0]["notes"] for line in lines]
    assert [[run["lang"] for run in runs] for runs in notes] == [[None, "en"], ["en"], [None]]


def test_catalogue_remembers_what_it_lacks() -> None:
    catalogue = Catalogue(language="fr", messages={"Known text.": "Texte."})
    texts = [translated(Note(text), catalogue).text for text in ("Known text.", "Other.")]
    assert texts == ["Texte.", "Other."]
    assert catalogue.untranslated == {"Other."}
