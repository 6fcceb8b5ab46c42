"""Files made to harm a reader: each ends in a sentence, fast, and without much memory."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from odt_files import odt
from word_bills import NAMES, BillMaker, run, word_file

from npcompare.errors import NpcompareError
from npcompare.readers import document_kinds, markup_kinds, safe_xml, zip_package
from npcompare.readers.document_kinds import read_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

#: What a hostile file may take, in seconds of processor time and in bytes.
SECONDS, MEMORY = 30, 300 * 1024**2

PARAGRAPH = f"<w:p>{run('Words')}</w:p>"


def document(body: str, prolog: str = "") -> str:
    return f"{prolog}<w:document {NAMES}><w:body>{body}</w:body></w:document>"


def replaced(part: str, content: str | bytes, *, name: str = "") -> bytes:
    """Return a Word file with another content of a part, which may get another name."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word_file(PARAGRAPH))) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != part:
                new.writestr(entry, old.read(entry))
        new.writestr(name or part, content)
    return packed.getvalue()


def with_entries(content: bytes, entries: list[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return packed.getvalue()


def rows(count: int) -> str:
    return f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * count}</w:tbl>"


def nested(name: str, depth: int) -> str:
    return f"<w:{name}>" * depth + f"</w:{name}>" * depth


def understated() -> bytes:
    """Return a file whose document is larger than its entry declares."""
    content = replaced("word/document.xml", document(PARAGRAPH * 5000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    return content.replace(size, (40).to_bytes(4, "little"))


def encrypted_zip() -> bytes:
    """Return a file whose entries say that they are encrypted."""
    content = bytearray(word_file(PARAGRAPH))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 1)
    return bytes(content)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
ENTITIES = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12))
LAUGHS = f'<!DOCTYPE w [<!ENTITY e0 "ha">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY e11 SYSTEM "file:///etc/passwd">]>'

#: How each file is made, and a part of the sentence that it ends in.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "contains no text"),
    "not a zip file": (lambda: b"PK\x03\x04" + bytes(500), "is damaged: its end is missing"),
    "truncated": (lambda: word_file(PARAGRAPH)[:-300], "is damaged: its end is missing"),
    "damaged part": (
        lambda: word_file(PARAGRAPH * 50).replace(b"word/document.xml", b"word/documemt.xml", 1),
        "word/document.xml cannot be unpacked",
    ),
    "no document": (
        lambda: replaced("word/document.xml", "", name="word/other.xml"),
        "it has no document part",
    ),
    "encrypted": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(500),
        "is an encrypted document",
    ),
    "encrypted entries": (encrypted_zip, "is encrypted"),
    "old Word": (
        lambda: OLE + "WordDocument".encode("utf-16-le") + bytes(500),
        "is an old Word document (.doc) and cannot be read",
    ),
    "rich text": (lambda: b"{\\rtf1 words}", "is a rich-text document (.rtf) and cannot be read"),
    "malformed": (
        lambda: replaced("word/document.xml", document(PARAGRAPH)[:-20]),
        "word/document.xml is not well-formed XML",
    ),
    "control characters": (
        lambda: replaced("word/document.xml", document(f"<w:p>{run(chr(1))}</w:p>")),
        "is not well-formed XML",
    ),
    "unknown encoding": (
        lambda: replaced("word/document.xml", document("", '<?xml version="1.0" encoding="x-9"?>')),
        "is not well-formed XML",
    ),
    "malformed styles": (lambda: replaced("word/styles.xml", "<a>"), "word/styles.xml is not well"),
    "entities": (
        lambda: replaced("word/document.xml", document(f"<w:p>{run('')}&e11;</w:p>", LAUGHS)),
        "declares a document type",
    ),
    "external entity": (
        lambda: replaced("word/document.xml", document("<w:p>&e11;</w:p>", OUTSIDE)),
        "declares a document type",
    ),
    "entities in UTF-16": (
        lambda: replaced("word/document.xml", document("&e11;", LAUGHS).encode("utf-16")),
        "declares a document type",
    ),
    "entities in the styles": (
        lambda: replaced("word/styles.xml", f"{LAUGHS}<w>&e11;</w>"),
        "declares a document type",
    ),
    "bomb": (
        lambda: replaced("word/document.xml", b" " * 60_000_000),
        "word/document.xml becomes",
    ),
    "large bomb": (
        lambda: replaced("word/document.xml", b" " * 90_000_000),
        "word/document.xml is larger than 64 MB",
    ),
    "bomb in the styles": (
        lambda: replaced("word/styles.xml", b" " * 20_000_000),
        "word/styles.xml is larger than 12 MB",
    ),
    "understated size": (understated, "word/document.xml cannot be unpacked"),
    "duplicate entry": (
        lambda: with_entries(word_file(PARAGRAPH), [("word/DOCUMENT.xml", b"<a/>")]),
        "twice",
    ),
    "many entries": (
        lambda: with_entries(
            word_file(PARAGRAPH), [(f"x{number}", b"") for number in range(10001)]
        ),
        "more than 10,000 parts",
    ),
    "deep nesting": (
        lambda: replaced("word/document.xml", document(nested("sdt", 5000))),
        "is nested too deeply",
    ),
    "deep tables": (
        lambda: replaced(
            "word/document.xml",
            document("<w:tbl><w:tr><w:tc>" * 80 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 80),
        ),
        "is nested too deeply",
    ),
    "huge table": (
        lambda: replaced("word/document.xml", document(rows(400_000) + PARAGRAPH)),
        "has more than 600,000 elements",
    ),
    "many empty elements": (
        lambda: replaced("word/document.xml", document("<w:p/>" * 700_000)),
        "has more than 600,000 elements",
    ),
    "workbook": (
        lambda: replaced("[Content_Types].xml", "<Types>spreadsheetml</Types>"),
        "is an Excel workbook and cannot be read",
    ),
    "zip archive": (lambda: with_entries(b"", [("a.txt", b"words")]), "is a zip archive"),
    "PDF": (lambda: b"%PDF-1.7 words", "is damaged: it cannot be opened as a PDF document"),
    "deep page": (lambda: b"<html>" + b"<div>" * 100_000, "its elements are nested too deeply"),
    "many elements in a page": (
        lambda: b"<html><p>" + b"<b></b>" * 300_000,
        "has more than 250,000 elements",
    ),
    "many attributes in a page": (
        lambda: b"<html>" + b"<i a b c d e f></i>" * 100_000,
        "500,000 attributes",
    ),
    "attributes of one tag": (
        lambda: b'<html><p "x=">"' + b"".join(b" a%x" % number for number in range(300_000)),
        "500,000 attributes",
    ),
    "many breaks in a page": (
        lambda: b"<html><p>" + b"<br>(1) x" * 110_000,
        "has more than 100,000 paragraphs",
    ),
    "large page": (lambda: b"<html>" + bytes(13 * 1024**2), "is larger than 12 MB"),
    "page without text": (lambda: b"<html><body><nav>Home</nav>", "it has: navigation"),
    "page without anything": (lambda: b"<html>" + bytes(5), "contains no text"),
    "page of frames": (lambda: b"<html><frameset><frame src=a>", "it is a page of frames"),
}


@pytest.fixture
def no_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files through that are packed too well, so that later limits are tested."""
    monkeypatch.setattr(zip_package, "_GREATEST_RATIO", 10_000)


@pytest.mark.further
@pytest.mark.parametrize("name", [name for name in FILES if "bomb" in name])
def test_bomb_ends_in_a_sentence(name: str, tmp_path: Path) -> None:
    _check(name, tmp_path)


@pytest.mark.usefixtures("no_ratio")
@pytest.mark.parametrize("name", [name for name in FILES if "bomb" not in name])
def test_hostile_file_ends_in_a_sentence(name: str, tmp_path: Path) -> None:
    _check(name, tmp_path)


def _check(name: str, folder: Path) -> None:
    make, sentence = FILES[name]
    path = folder / "a bill.docx"
    path.write_bytes(make())
    start = time.process_time()
    with pytest.raises(NpcompareError) as caught:
        read_document(path)
    assert time.process_time() - start < SECONDS
    assert sentence in caught.value.message
    assert "a bill.docx" in caught.value.message


def test_harmless_oddities_are_passed_over(tmp_path: Path) -> None:
    bomb = with_entries(b"", [("zeros", bytes(1000_000))])
    content = with_entries(
        word_file(PARAGRAPH),
        [
            *(("word/embeddings/inner.zip", bomb), ("../../evil.txt", b"evil")),
            *(("word/media/zeros", bytes(50_000_000)), ("/absolute", b"evil")),
        ],
    )
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert read_document(path).text == "Words"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.docx"]


def test_external_relationships_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "notes.xml").write_text("<a>secret</a>")
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = [
        *((f"{tmp_path}/notes.xml", "External"), ("http://localhost:9/x", "External")),
        *((f"file://{tmp_path}/notes.xml", "Internal"), ("../../../../etc/passwd", "Internal")),
    ]
    relations = "".join(
        f'<Relationship Id="r{kind}{number}" Type="{relation}/{kind}" Target="{target}" '
        f'TargetMode="{mode}"/>'
        for kind in ("footnotes", "styles", "numbering", "header", "attachedTemplate")
        for number, (target, mode) in enumerate(targets)
    )
    content = replaced(
        "word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>"
    )
    (tmp_path / "a.docx").write_bytes(content)
    document_text = read_document(tmp_path / "a.docx")
    assert document_text.text == "Words"
    assert document_text.left_out == ()


def test_elements_are_forgotten_as_they_are_read() -> None:
    text = document(rows(2000)).encode()
    sizes = [
        sum(1 for _ in element.iter())
        for event, element in safe_xml.events(text, "a", "b")
        if event == "end" and str(element.tag).endswith("}body")
    ]
    assert sizes == [2000 * 3 + 2]


def refusal(content: bytes) -> tuple[str, str]:
    """Return the sentence and the hint that end the reading of a part element by element."""
    with pytest.raises(NpcompareError) as caught:
        list(safe_xml.events(content, "a.docx", "part.xml"))
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (
            b"<a>",
            "a.docx is damaged: its part part.xml is not well-formed XML",
            "open it in the program that made it, save it under a new name, and try again",
        ),
        (
            b"<!DOCTYPE a><a/>",
            (
                "a.docx was not read: its part part.xml declares a document type, which could "
                "hide other files in it"
            ),
            "",
        ),
        (
            b"<a>" * 201 + b"</a>" * 201,
            "a.docx was not read: its part part.xml is nested too deeply",
            "",
        ),
    ],
)
def test_refused_part_is_named(content: bytes, message: str, hint: str) -> None:
    assert refusal(content) == (message, hint)


def test_elements_may_be_nested_200_deep() -> None:
    """Those that have ended before do not count."""
    before = b"<a>" * 150 + b"<b></b>" * 300
    deep = before + b"<a>" * 50 + b"</a>" * 200
    assert len(list(safe_xml.events(deep, "a.docx", "part.xml"))) == 1000
    message, _ = refusal(before + b"<a>" * 51 + b"</a>" * 201)
    assert message == "a.docx was not read: its part part.xml is nested too deeply"


def in_utf_7(text: str) -> bytes:
    """Return XML in UTF-7, in which no byte shows where an element begins."""
    hidden = text.replace("<", "+ADw-").replace("!", "+ACE-").replace(">", "+AD4-")
    return f'<?xml version="1.0" encoding="UTF-7"?>{hidden}'.encode("ascii")


@pytest.mark.parametrize("encode", [str.encode, lambda text: text.encode("utf-16"), in_utf_7])
def test_elements_are_counted_in_any_encoding(
    encode: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe_xml, "_MOST_ELEMENTS", 3)
    three, four = (encode(f"<a>{'<b></b>' * count}</a>") for count in (2, 3))
    assert len(list(safe_xml.events(three, "a.docx", "part.xml"))) == 6
    assert refusal(four) == (
        "a.docx was not read: its part part.xml has more than 3 elements",
        "save the pages that you need in a file of their own",
    )


def test_document_type_is_found_in_rare_encodings() -> None:
    sentence = (
        "a.docx was not read: its part part.xml declares a document type, which could hide other "
        "files in it"
    )
    hidden = in_utf_7("<!DOCTYPE a><a/>")
    for content in (hidden, "<!DOCTYPE a><a/>".encode("utf-32")):
        with pytest.raises(NpcompareError) as caught:
            safe_xml.parse(content, "a.docx", "part.xml")
        assert caught.value.message == sentence
    assert refusal(hidden) == (sentence, "")


def test_comments_and_instructions_divide_no_words() -> None:
    content = b"<a>must<!-- not --> be <?do not?>read</a>"
    root = safe_xml.parse(content, "a.docx", "part.xml")
    assert root is not None
    read = [each for _, each in safe_xml.events(content, "a.docx", "part.xml")]
    assert [each.text for each in (root, *read)] == ["must be read"] * 3


def test_empty_part_has_no_root() -> None:
    assert safe_xml.parse(b"", "a.docx", "part.xml") is None


def test_strict_names_become_the_usual_ones() -> None:
    strict, usual = "http://purl.oclc.org/ooxml/", "http://schemas.openxmlformats.org/"
    content = (
        f'<w:document xmlns:w="{strict}wordprocessingml/main" xmlns:o="urn:other" '
        f'xmlns:d="{strict}drawingml/chart/part" '
        f'xmlns:r="{strict}officeDocument/relationships"><w:p o:x="1" r:id="2" y="3"/><o:q/><d:q/>'
        "</w:document>"
    ).encode()
    root = safe_xml.parse(content, "a.docx", "part.xml")
    parsed = [] if root is None else [(each.tag, dict(each.attrib)) for each in root.iter()]
    word = f"{{{usual}wordprocessingml/2006/main}}"
    assert parsed == [
        (f"{word}document", {}),
        (
            f"{word}p",
            {
                "{urn:other}x": "1",
                f"{{{usual}officeDocument/2006/relationships}}id": "2",
                "y": "3",
            },
        ),
        ("{urn:other}q", {}),
        (f"{{{usual}drawingml/2006/chart/part}}q", {}),
    ]
    read = safe_xml.events(content, "a.docx", "part.xml")
    assert [(each.tag, dict(each.attrib)) for event, each in read if event == "start"] == parsed


#: Prints the processor time and the greatest memory of this program when it ends.
MEASURED = """
import atexit, re, sys, time
from pathlib import Path
from npcompare.cli.main import main
from npcompare.readers import zip_package

def report():
    status = Path("/proc/self/status").read_text()
    kilobytes = re.search(r"VmHWM:\\s*(\\d+)", status)[1]
    print("MEASURED", time.process_time(), kilobytes, file=sys.stderr)

atexit.register(report)
zip_package._GREATEST_RATIO = 1e9
main()
"""

ODT_ROW = "<table:table-row><table:table-cell><text:p/></table:table-cell></table:table-row>"

#: Files that are large within the limits, or beyond them, and the exit code.
LARGE: dict[str, tuple[Callable[[], bytes], int]] = {
    "rows": (lambda: replaced("word/document.xml", document(rows(190_000) + PARAGRAPH)), 0),
    "words": (
        lambda: replaced(
            "word/document.xml", document(f"<w:p>{run(os.urandom(20_000_000).hex())}</w:p>")
        ),
        2,
    ),
    "attributes": (
        lambda: replaced(
            "word/document.xml",
            document("".join(f"<w:p w:rsid='{number}'/>" for number in range(580_000)) + PARAGRAPH),
        ),
        0,
    ),
    "styles": (lambda: replaced("word/styles.xml", f"<a>{'<b/>' * 580_000}</a>"), 0),
    "rows in OpenDocument": (
        lambda: odt(f"<table:table>{ODT_ROW * 190_000}</table:table><text:p>Words</text:p>"),
        0,
    ),
    "lines of a page": (lambda: b"<html><p>" + b"<br>(1) x" * 95_000, 0),
    "cells of a page": (lambda: b"<html><table>" + b"<tr><td>12.<td>x" * 49_000, 0),
    "lists of a page": (lambda: b"<html>" + b"<ol><li>" * 190 + b"<p>x" * 95_000, 0),
    "labels of a page": (lambda: b"<html><p>" + b"<b>(1)</b>" * 240_000, 0),
    "words of a page": (lambda: b"<html><p>" + b"word " * 780_000, 0),
    "too many words of a page": (lambda: b"<html><p>" + b"word " * 2_400_000, 2),
    "script of a page": (lambda: b"<html><p>x<script>" + b"a b;" * 3_000_000, 0),
    "parts of a page": (
        lambda: b"<html><p>x" + b"<div class=toc id=nav>" * 390 + b"word <b></b>" * 200_000,
        0,
    ),
    "unclosed": (lambda: replaced("word/document.xml", document("<w:p>" * 100_000)), 2),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux reports it")
@pytest.mark.parametrize("name", LARGE)
def test_large_file_takes_little_time_and_memory(name: str, tmp_path: Path) -> None:
    make, code = LARGE[name]
    path = tmp_path / "large.docx"
    path.write_bytes(make())
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, "read", str(path), "-f", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr
    seconds, kilobytes = map(float, ran.stderr.split("MEASURED")[-1].split())
    assert seconds < SECONDS
    assert kilobytes * 1024 < MEMORY


def test_command_line_reports_a_sentence(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "my clause.doc"
    path.write_bytes(FILES["old Word"][0]())
    ran = run("read", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"npcompare: {path} is an old Word document (.doc) and cannot be read\n"
        "  hint: open it in Word and save it as .docx: File, Save As, Word Document (*.docx)\n"
    )
    assert run("read", tmp_path / "nowhere.docx").code == 2
    assert run("read", tmp_path).code == 2


@pytest.mark.parametrize("seed", range(4))
def test_changed_bytes_end_in_a_sentence(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    content = BillMaker(seed).make().content
    path = tmp_path / "a.docx"
    for _ in range(30):
        mutated = bytearray(content)
        for _ in range(chance.choice([1, 4, 40])):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        path.write_bytes(mutated[: chance.randrange(len(mutated)) if seed == 3 else None])
        with suppress(NpcompareError):
            read_document(path)


def test_kinds_have_hints_that_are_used() -> None:
    kinds = {*document_kinds._SIGNATURES.values(), *document_kinds._OLE_NAMES.values()}
    assert set(document_kinds._HINTS) - set(markup_kinds.HINTS) <= kinds
    assert not set(document_kinds._HINTS) & set(document_kinds.READERS)
