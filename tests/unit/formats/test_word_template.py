"""House templates: the filed annex does not refer to anything outside the file."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import TESTS
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from npcompare.document import Document, Table, cell, columns
from npcompare.errors import NpcompareError
from npcompare.formats.word import write

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = f'{nsdecls("w", "r", "a", "pic", "wp")} xmlns:v="urn:schemas-microsoft-com:vml"'
ADDRESS = "https://example.invalid/call"


def annex(template: Path) -> zipfile.ZipFile:
    table = Table("Provisions", columns(a="State"), ((cell("Kenya"),),))
    content = write(
        Document("Title", (table,), {}, table, "", "Annex I").replace(template=str(template))
    )
    return zipfile.ZipFile(io.BytesIO(content))


def house(folder: Path, *footer: str, **related: str) -> Path:
    """Write a template with these paragraphs in its footer, and return its path.

    `related` has the kinds and the targets of relationships to the outside. A kind in braces in a
    paragraph is replaced by the id of the relationship.
    """
    word = docx.Document()
    footing = word.sections[0].footer
    settings = word.part._settings_part
    attached = settings.relate_to(ADDRESS, f"{RELATIONSHIPS}/attachedTemplate", True)
    settings.element.insert(0, parse_xml(f'<w:attachedTemplate {WORDS} r:id="{attached}"/>'))
    for text in footer:
        outside = {
            kind: footing.part.relate_to(target, f"{RELATIONSHIPS}/{kind}", True)
            for kind, target in related.items()
        }
        footing._element.append(parse_xml(f"<w:p {WORDS}>{text.format(**outside)}</w:p>"))
    path = folder / "house.docx"
    word.save(str(path))
    return path


def footer_of(parts: zipfile.ZipFile) -> str:
    return parts.read("word/footer1.xml").decode()


def assert_nothing_leads_outside(parts: zipfile.ZipFile) -> None:
    for name in parts.namelist():
        content = parts.read(name)
        assert b'TargetMode="External"' not in content, name
        assert b"example.invalid" not in content, name


def test_attached_template_is_removed(tmp_path: Path) -> None:
    parts = annex(house(tmp_path))
    assert b"attachedTemplate" not in parts.read("word/settings.xml")
    assert_nothing_leads_outside(parts)


@pytest.mark.parametrize(
    ("footer", "expected", "removed"),
    [
        pytest.param(
            "<w:r><w:t>Confidential</w:t></w:r><w:r><w:drawing><wp:inline><a:graphic><a:graphicData>"
            '<pic:pic><pic:blipFill><a:blip r:link="{image}"/></pic:blipFill></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
            "Confidential",
            "a:blip",
            id="linked picture",
        ),
        pytest.param(
            '<w:r><w:t>Logo</w:t><w:pict><v:imagedata src="https://example.invalid/x.png"/></w:pict></w:r>',
            "Logo",
            "src=",
            id="old drawing with an address",
        ),
        pytest.param(
            '<w:hyperlink r:id="{hyperlink}"><w:r><w:t>Our office</w:t></w:r></w:hyperlink>',
            "Our office",
            "r:id",
            id="hyperlink keeps its text",
        ),
        pytest.param(
            '<w:fldSimple w:instr=" INCLUDETEXT &quot;https://example.invalid/&quot; ">'
            "<w:r><w:t>last result</w:t></w:r></w:fldSimple>",
            "last result",
            "INCLUDETEXT",
            id="simple field",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
            "<w:instrText> DDE</w:instrText></w:r>"
            "<w:r><w:instrText>AUTO cmd example.invalid</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>last result</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "last result",
            "fldChar",
            id="field in several runs",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DDEAUTO x </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            " PAGE ",
            "DDEAUTO",
            id="field inside a field",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO x</w:instrText></w:r>',
            "w:ftr",
            "DDEAUTO",
            id="field without an end",
        ),
        pytest.param(
            '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>7</w:t></w:r></w:fldSimple>',
            " NUMPAGES ",
            "example.invalid",
            id="page count stays",
        ),
    ],
)
def test_footer_keeps_its_text_and_calls_nowhere(
    footer: str, expected: str, removed: str, tmp_path: Path
) -> None:
    parts = annex(house(tmp_path, footer, image=ADDRESS, hyperlink=ADDRESS))
    assert expected in footer_of(parts)
    assert removed not in footer_of(parts)
    assert_nothing_leads_outside(parts)


def test_macros_and_embedded_objects_are_removed(tmp_path: Path) -> None:
    path = house(tmp_path)
    word = docx.Document(str(path))
    package: Any = word.part.package
    for kind, name in (("vbaProject", "vbaProject.bin"), ("aFChunk", "chunk.html")):
        part = Part(PackURI(f"/word/{name}"), "application/octet-stream", b"run me", package)
        word.part.relate_to(part, f"{RELATIONSHIPS}/{kind}")
    word.save(str(path))
    names = annex(path).namelist()
    assert not [name for name in names if "vba" in name or "chunk" in name]


def test_picture_inside_the_template_stays(tmp_path: Path) -> None:
    word = docx.Document()
    picture = Path(TESTS.parent / "docs" / "annex.png")
    word.sections[0].header.paragraphs[0].add_run().add_picture(str(picture))
    word.save(str(tmp_path / "house.docx"))
    parts = annex(tmp_path / "house.docx")
    assert RELATIONSHIP_TYPE.IMAGE in parts.read("word/_rels/header1.xml.rels").decode()
    assert picture.read_bytes() in [
        parts.read(name) for name in parts.namelist() if name.endswith(".png")
    ]


#: What is changed in a part of a template, so that it is damaged in a way that shows late.
DAMAGED = {
    "no part of the reference": ("word/document.xml", b'r:id="rId3"', b'r:id="rId999"'),
    "footer of another type": ("[Content_Types].xml", b".footer+xml", b".feet+xml"),
    "properties of another type": ("[Content_Types].xml", b"core-properties+xml", b"core+xml"),
    "relationship without an id": ("word/_rels/document.xml.rels", b' Id="rId3"', b""),
    "properties twice": ("_rels/.rels", b"package/2006/relationships/metadata", b"x"),
    "style without an id": ("word/styles.xml", b'w:styleId="Caption"', b'w:name="Caption"'),
    "size that is no number": ("word/styles.xml", b'<w:sz w:val="20"/>', b'<w:sz w:val="x"/>'),
    "default that is neither true nor false": (
        "word/styles.xml",
        b'w:default="1"',
        b'w:default="none"',
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_template_ends_in_a_sentence(name: str, tmp_path: Path) -> None:
    part, old, new = DAMAGED[name]
    table = Table("Provisions", columns(a="State"), ((cell("Kenya"),),))
    sample = Document("Title", (table,), {}, table, "Made with npcompare", "Annex I")
    path = tmp_path / "house.docx"
    with zipfile.ZipFile(io.BytesIO(write(sample))) as parts, zipfile.ZipFile(path, "w") as damaged:
        for entry in parts.namelist():
            content = parts.read(entry)
            assert entry != part or old in content
            damaged.writestr(entry, content.replace(old, new) if entry == part else content)
    with pytest.raises(NpcompareError) as caught:
        write(sample.replace(template=str(path)))
    assert caught.value.message == f"the template {path} is damaged and cannot be written into"


def with_part(parts: zipfile.ZipFile, name: str, content: bytes) -> bytes:
    """Return a package in which one part has other content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as changed:
        for entry in parts.namelist():
            changed.writestr(entry, content if entry == name else parts.read(entry))
    return stream.getvalue()


@pytest.mark.fuzz
@pytest.mark.parametrize("name", ["document", "styles", "settings", "footer1"])
def test_any_attribute_of_a_template_may_be_damaged(name: str, tmp_path: Path) -> None:
    table = Table("Provisions", columns(a="State"), ((cell("Kenya"),),))
    sample = Document("Title", (table,), {}, table, "Made with npcompare", "Annex I")
    part, path = f"word/{name}.xml", tmp_path / "house.docx"
    with zipfile.ZipFile(io.BytesIO(write(sample))) as parts:
        root = parse_xml(parts.read(part))
        places = {(e.tag, key): e for e in root.iter("*") for key in e.attrib}
        assert places
        for (_, key), element in places.items():
            value = element.attrib[key]
            for damage in ("none", "", "-1", "99999999999"):
                element.set(key, damage)
                path.write_bytes(with_part(parts, part, etree.tostring(root)))
                with contextlib.suppress(NpcompareError):
                    write(sample.replace(template=str(path)))
            element.set(key, value)


def test_styles_based_on_each_other_are_read_once(tmp_path: Path) -> None:
    word = docx.Document()
    first = word.styles.add_style("Table text", WD_STYLE_TYPE.PARAGRAPH)
    second = word.styles.add_style("House text", WD_STYLE_TYPE.PARAGRAPH)
    first.base_style, second.base_style = second, first
    word.save(str(tmp_path / "house.docx"))
    assert b"House text" in annex(tmp_path / "house.docx").read("word/styles.xml")


def test_fault_of_the_program_is_not_blamed_on_a_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise KeyError("a fault of the program")

    path = house(tmp_path)
    monkeypatch.setattr("npcompare.formats.word.add_table", fail)
    with pytest.raises(KeyError, match="a fault of the program"):
        annex(path)
