"""The parts of REFI-QDA files: names, identifiers, elements and archives."""

from __future__ import annotations

import io
import uuid
import zipfile

from npcompare._version import __version__
from npcompare.exchange import refi_xml

DATE = (2020, 2, 3, 4, 5, 6)


def test_origin_names_the_program_and_its_version() -> None:
    assert f"npcompare {__version__}" == refi_xml.ORIGIN


def test_names_are_numbered_from_two() -> None:
    names = refi_xml.UniqueNames()
    given = ["Link", "LINK", "link", "link (2)", "Straße", "STRASSE"]
    expected = ["Link", "LINK (2)", "link (3)", "link (2) (2)", "Straße", "STRASSE (2)"]
    assert [names.unique(name) for name in given] == expected


def test_identifier_depends_on_each_name_and_their_order() -> None:
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, "urn:npcompare:refi-qda")
    assert refi_xml.guid("code", "link") == str(uuid.uuid5(namespace, "code\x1flink"))
    assert refi_xml.guid("codelink") != refi_xml.guid("code", "link")


def test_elements_have_visible_text_and_no_empty_attribute() -> None:
    root = refi_xml.root("Project", "urn:x", name="a\nb\x07", empty="")
    assert root.attrib == {"xmlns": "urn:x", "name": "a<U+000A>b<U+0007>", "empty": ""}
    child = refi_xml.add(root, "Code", "one\ntwo\x07", name="c\nd", color="")
    assert (child.tag, child.text, child.attrib) == (
        "Code",
        "one\ntwo<U+0007>",
        {"name": "c<U+000A>d"},
    )
    assert refi_xml.add(root, "Set").text is None
    assert [each.tag for each in root] == ["Code", "Set"]


def test_reference_and_description_are_elements() -> None:
    root = refi_xml.root("Project", "urn:x")
    refi_xml.described(root, "")
    refi_xml.described(root, "Words & <more>")
    refi_xml.add_reference(root, "CodeRef", "123")
    assert [(each.tag, each.text, each.attrib) for each in root] == [
        ("Description", "Words & <more>", {}),
        ("CodeRef", None, {"targetGUID": "123"}),
    ]


def test_file_is_indented_utf_8() -> None:
    root = refi_xml.root("Project", "urn:x", name="é")
    refi_xml.add(root, "Set", "<&")
    assert refi_xml.as_bytes(root).decode("utf-8") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Project xmlns="urn:x" name="é">\n  <Set>&lt;&amp;</Set>\n</Project>\n'
    )


def test_archive_is_the_same_on_every_computer() -> None:
    content = b"words " * 100
    archive = zipfile.ZipFile(io.BytesIO(refi_xml.packed({"b.txt": content, "a.txt": b""}, DATE)))
    assert archive.namelist() == ["b.txt", "a.txt"]
    assert archive.read("b.txt") == content
    for entry in archive.infolist():
        assert entry.date_time == DATE
        assert (entry.create_system, entry.external_attr) == (3, 0o644 << 16)
        assert entry.compress_type == zipfile.ZIP_DEFLATED
