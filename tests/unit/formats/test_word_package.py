"""Word files as packages: limits for files of any origin, properties, and the recipe."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import etree
from word_files import ROW, opened, repack, small_annex, xml_of

from npcompare.errors import NpcompareError
from npcompare.formats import word_package
from npcompare.formats.annex_reader import read_docx
from npcompare.formats.word import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def spanning(columns: int) -> bytes:
    """Return a Word file with a cell that spans so many columns."""
    word = opened(small_annex(ROW))
    word.tables[0].rows[0].cells[0]._tc.get_or_add_tcPr().grid_span = columns
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


def test_only_word_files_are_opened() -> None:
    with pytest.raises(NpcompareError, match=r"^it is not a Word file$"):
        word_package.open_document(b"x")


def test_strict_document_is_refused_by_its_name(tmp_path: Path, run: Callable[..., Ran]) -> None:
    """Word saves one on request; its elements have other names."""

    def make_strict(_name: str, content: bytes) -> bytes:
        return content.replace(f"{OFFICE}/".encode(), b"http://purl.oclc.org/ooxml/officeDocument/")

    path = tmp_path / "strict.docx"
    path.write_bytes(write(small_annex(ROW)))
    repack(path, make_strict)
    for arguments, name in (
        (["verify", path], "annex"),
        (["export", "kenya", "--track-changes-from", path, "-o", tmp_path / "a.docx"], "annex"),
        (["export", "kenya", "--template", path, "-o", tmp_path / "b.docx"], "template"),
    ):
        ran = run(*arguments)
        assert ran.code == 2
        assert ran.err.splitlines() == [
            f"npcompare: the {name} {path} cannot be read: it is a Strict Open XML document",
            "  hint: open it in Word, and save it as a Word document (.docx) without “Strict”",
        ]


def test_cell_may_span_as_many_columns_as_in_word() -> None:
    assert word_package.open_document(spanning(63)).tables
    with pytest.raises(NpcompareError, match=r"^it has a table that is wider than Word allows$"):
        word_package.open_document(spanning(64))


def test_unpacked_size_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    content = write(small_annex(ROW))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        size = sum(part.file_size for part in parts.infolist())
    monkeypatch.setattr(word_package, "_LARGEST", size)
    word_package.open_document(content)
    monkeypatch.setattr(word_package, "_LARGEST", size - 1)
    with pytest.raises(NpcompareError, match=r"^it would be larger than 0 MB once unpacked$"):
        word_package.open_document(content)


def test_number_of_elements_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    content = write(small_annex(ROW))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        blobs = [parts.read(name) for name in parts.namelist()]
    count = sum(blob.count(b"<") - blob.count(b"</") for blob in blobs)
    monkeypatch.setattr(word_package, "_MOST_ELEMENTS", count)
    word_package.open_document(content)
    monkeypatch.setattr(word_package, "_MOST_ELEMENTS", count - 1)
    with pytest.raises(NpcompareError, match=r"^it has more than [\d,]+ elements$"):
        word_package.open_document(content)


def test_core_properties_describe_the_annex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    properties = opened(small_annex(ROW)).core_properties
    assert properties.created.year == 2023
    assert properties.created == properties.modified
    assert (properties.title, properties.subject) == ("Non-punishment", "Annex II")
    assert (properties.comments, properties.author) == ("made with", "npcompare")
    assert (properties.language, properties.last_modified_by) == ("en-GB", "")
    assert properties.revision == 1


def test_file_without_a_date_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert "dcterms:" not in xml_of(small_annex(ROW), "docProps/core.xml").partition("<dc:")[2]


def test_date_of_a_document_is_in_its_properties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    properties = opened(small_annex(ROW).replace(date="2026-11-30")).core_properties
    assert properties.created == properties.modified
    assert properties.created.strftime("%Y-%m-%d %H:%M") == "2026-11-30 00:00"


def test_export_takes_a_date(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    assert run("export", "kenya", "--date", "2026-11-30", "-o", path).code == 0
    assert docx.Document(str(path)).core_properties.created.year == 2026
    refused = run("export", "kenya", "--date", "30.11.2026", "-o", tmp_path / "no.docx")
    assert (refused.code, (tmp_path / "no.docx").exists()) == (2, False)
    assert '"30.11.2026" is not a valid day' in refused.err


@pytest.mark.further
def test_properties_as_libreoffice_names_them_are_replaced(tmp_path: Path) -> None:
    """Some versions write the type of the relationship in small letters."""
    path = tmp_path / "house.docx"
    docx.Document().save(str(path))
    usual = b"package/2006/relationships/metadata/core-properties"
    repack(
        path,
        lambda _, part: part.replace(
            usual, b"officedocument/2006/relationships/metadata/core-properties"
        ),
    )
    content = write(small_annex(ROW).replace(template=str(path)))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names.count("docProps/core.xml") == 1
    assert docx.Document(io.BytesIO(content)).core_properties.title == "Non-punishment"


def test_core_properties_are_short_and_visible() -> None:
    long = "\x1b" + "t" * 300
    document = small_annex(ROW).replace(title=long, number=long, provenance=long)
    properties = opened(document).core_properties
    cut = "<U+001B>" + "t" * 247
    assert (properties.title, properties.subject, properties.comments) == (cut, cut, cut)


def test_recipe_is_a_custom_property() -> None:
    annex = small_annex(ROW).replace(recipe={"b": 1})
    assert xml_of(annex, "docProps/custom.xml") == (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" name="npcompare" pid="2">'
        '<vt:lpwstr>{"b": 1}</vt:lpwstr></property></Properties>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    types = xml_of(annex, "[Content_Types].xml")
    assert f'PartName="/docProps/custom.xml" ContentType="{kind}"' in types
    assert f'{OFFICE}/relationships/custom-properties"' in xml_of(annex, "_rels/.rels")


def test_annex_without_recipe_has_no_custom_property() -> None:
    parts = zipfile.ZipFile(io.BytesIO(write(small_annex(ROW))))
    assert "docProps/custom.xml" not in parts.namelist()


def test_custom_properties_of_a_template_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(write(small_annex(ROW).replace(recipe={"ids": ["old"]})))

    def add_department(name: str, content: bytes) -> bytes:
        if name != "docProps/custom.xml":
            return content
        start, opening, remainder = content.partition(b"<property ")
        recipe, closing, end = remainder.partition(b"</property>")
        department = recipe.replace(b'"npcompare"', b'"Department"').replace(b"old", b"Law")
        return start + opening + recipe + closing + opening + department + closing + end

    repack(path, add_department)
    annex = small_annex(ROW).replace(template=str(path), recipe={"b": 1, "a": "é"})
    properties = etree.fromstring(xml_of(annex, "docProps/custom.xml").encode())
    assert [(prop.get("pid"), prop.get("name"), prop[0].text) for prop in properties] == [
        ("2", "Department", '{"ids": ["Law"]}'),
        ("3", "npcompare", '{"a": "\\u00e9", "b": 1}'),
    ]
    assert read_docx(write(annex)).recipe == {"a": "é", "b": 1}


def test_written_file_opens_in_current_mode_of_word() -> None:
    settings = docx.Document(io.BytesIO(write(small_annex(ROW)))).settings.element
    (mode,) = settings.xpath("//w:compatSetting[@w:name='compatibilityMode']/@w:val")
    assert mode == "15"


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["word/document.xml", "WORD/Document.xml"], "it has a part twice"),
        ([f"x/{number}.xml" for number in range(10_001)], "it has more than 10,000 parts"),
    ],
)
def test_parts_of_a_word_file_are_bounded(names: list[str], reason: str) -> None:
    """None of them is unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    with pytest.raises(NpcompareError, match=reason):
        word_package.open_document(content.getvalue())
