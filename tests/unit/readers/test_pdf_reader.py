"""PDF documents: paragraphs of bills set in many ways, scans, and files made to harm a reader."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import pypdf
import pytest
import typst
from pdf_bills import make_bill
from pypdf.annotations import FreeText, Link
from pypdf.generic import RectangleObject

from npcompare.errors import NpcompareError
from npcompare.installation import install_hint
from npcompare.readers import pdf_pages
from npcompare.readers.pdf_reader import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.readers.paragraphs import DocumentText

#: What a hostile file may take, in seconds of processor time and in kilobytes.
SECONDS, KILOBYTES = 10, 300 * 1024


def typeset(source: str) -> bytes:
    content = typst.compile(source.encode())
    assert isinstance(content, bytes)
    return content


def read(source: str) -> DocumentText:
    return read_pdf(typeset(source), "a.pdf", "accepted")


def lines(document: DocumentText) -> list[str]:
    return [paragraph.line for paragraph in document.paragraphs]


def left_out(document: DocumentText) -> list[tuple[str, int, str]]:
    return [(entry.kind, entry.count, entry.example) for entry in document.left_out]


def test_labels_words_and_depths() -> None:
    document = read(
        "= Part 2 Victims\n\n*12.* (1) A victim shall not be prosecuted—\n\n"
        "#pad(left: 2em)[(a) for an offence;]\n\n#pad(left: 2em)[(b) for illegal entry.]\n\n"
        "(2) The office of the affliction is efficient."
    )
    assert [(each.label, each.depth, each.text) for each in document.paragraphs] == [
        ("Part 2", 1, "Victims"),
        ("12. (1)", 2, "A victim shall not be prosecuted—"),
        ("(a)", 4, "for an offence;"),
        ("(b)", 4, "for illegal entry."),
        ("(2)", 3, "The office of the affliction is efficient."),
    ]
    assert document.paragraphs[0].is_heading


def test_heads_numbers_and_notes_are_left_out() -> None:
    document = read(
        '#set page(width: 9cm, height: 15cm, margin: 1.5cm, header: [A Bill], numbering: "1")\n'
        "1. A victim#footnote[See section 4.] is not punished.\n#pagebreak()\n"
        "2. A child is not punished.#place(rotate(45deg)[DRAFT])"
    )
    assert lines(document) == ["1. A victim is not punished.", "2. A child is not punished."]
    assert left_out(document) == [
        ("rotated text", 1, "DRAFT"),
        ("page head or foot", 2, "A Bill"),
        ("page number", 2, "1"),
        ("footnote", 1, "1See section 4."),
        ("footnote number", 1, "1"),
    ]


@pytest.mark.further
@pytest.mark.parametrize("step", [1, 5])
def test_line_numbers_are_left_out(step: int) -> None:
    paragraphs = [f"({number}) {'The court decides on it. ' * number}" for number in range(1, 9)]
    document = read(
        "#set page(width: 9cm, height: 20cm, margin: 1.2cm)\n"
        f"#set par.line(numbering: n => if calc.rem(n, {step}) == 0 [#n])\n"
        + "\n\n".join(paragraphs)
    )
    assert lines(document) == [paragraph.strip() for paragraph in paragraphs]
    assert [entry.kind for entry in document.left_out] == ["line number"]


def test_numbers_of_a_table_are_kept() -> None:
    rows = ", ".join(f"[{number}], [Kenya]" for number in range(1, 5))
    document = read(f"#grid(columns: (2cm, 3cm), gutter: 8pt, {rows})")
    assert lines(document) == ["1 Kenya", "2 Kenya", "3 Kenya", "4 Kenya"]
    assert left_out(document) == []


def test_columns_are_read_one_after_the_other() -> None:
    left = " ".join(f"left{number}" for number in range(60))
    right = " ".join(f"right{number}" for number in range(60))
    document = read(
        "#set page(columns: 2, height: 12cm)\n#set text(hyphenate: false)\n"
        f"{left}\n\n#colbreak()\n{right}"
    )
    assert lines(document) == [left, right]


@pytest.mark.parametrize(
    ("word", "break_after", "expected"),
    [
        ("consequence", "con", "consequence"),
        ("non-punishment", "non", "non-punishment"),
        ("self-defence", "self", "self-defence"),
        ("Anglo-Irish", "Anglo", "Anglo-Irish"),
    ],
)
def test_hyphens_at_line_ends(word: str, break_after: str, expected: str) -> None:
    rest = word.removeprefix(break_after).lstrip("-")
    document = read(f"The direct {break_after}- \\\n{rest} of it.")
    assert document.text == f"The direct {expected} of it."


def test_reference_at_a_line_end_is_no_label() -> None:
    document = read(
        "12. An offence under subsection \\\n(2) of section 4 or paragraph \\\n(a) of it."
    )
    assert lines(document) == [
        "12. An offence under subsection (2) of section 4 or paragraph (a) of it."
    ]


@pytest.mark.parametrize("seeds", [range(4), pytest.param(range(4, 120), marks=pytest.mark.slow)])
def test_bills_in_many_looks(seeds: range) -> None:
    """All words are read in order, and at most one paragraph in a hundred begins elsewhere."""
    total = missing = 0
    for seed in seeds:
        bill = make_bill(seed)
        document = read_pdf(bill.content, "a.pdf", "accepted")
        expected = [f"{label} {text}".strip() for label, text in bill.paragraphs]
        words = [word for line in expected for word in line.split()]
        assert document.text.split() == words, (seed, bill.look)
        total += len(expected)
        missing += len(set(expected) - set(lines(document)))
    assert missing * 100 <= total


def test_scan_is_said_to_be_one() -> None:
    pixels = '#image(bytes((0, 255, 0, 255)), format: (encoding: "luma8", width: 2, height: 2))'
    with pytest.raises(NpcompareError) as caught:
        read(pixels)
    assert caught.value.message == "a.pdf is a scan: its pages are pictures and contain no text"
    document = read(f"{pixels}\n#pagebreak()\n1. A victim is not punished.")
    assert document.notes == (
        "1 page of a.pdf contain a picture and no text, and were left out: 1",
    )


def changed(content: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    change(writer)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def test_comments_are_left_out_and_links_are_not_counted() -> None:
    def annotate(writer: pypdf.PdfWriter) -> None:
        rectangle = (50, 550, 200, 650)
        writer.add_annotation(0, FreeText(text="Delete this", rect=rectangle))
        writer.add_annotation(0, Link(rect=rectangle, url="http://localhost/x"))

    document = read_pdf(changed(typeset("1. Words"), annotate), "a.pdf", "accepted")
    assert (document.text, left_out(document)) == ("1. Words", [("comment", 1, "Delete this")])


def test_pages_without_height_are_read() -> None:
    words = "Trafficking Act\n\nA victim shall not be punished."
    pages = "#set page(width: 400pt, height: 300pt)\n" + "\n#pagebreak()\n".join([words] * 4)
    content = typeset(pages)
    baseline = pdf_pages._pages(content).pages[0].runs[0].baseline

    def flatten(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            page.cropbox = page.mediabox = RectangleObject((0, baseline, 400, baseline))

    document = read_pdf(changed(content, flatten), "a.pdf", "accepted")
    assert left_out(document) == [
        ("text outside the page", 4, "A victim shall not be punished."),
        ("page head or foot", 4, "Trafficking Act"),
    ]


def bomb(size: int) -> bytes:
    """Return a document whose page becomes large when it is unpacked."""
    stream = zlib.compress(b"BT /F1 9 Tf (x) Tj ET " * (size // 22), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    body = b"".join(b"%d 0 obj%b endobj\n" % entry for entry in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


def blank_pages(count: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(9, 9)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


#: How each file is made, and a part of the sentence that it ends in.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "not a document": (lambda: b"%PDF-1.7 " + bytes(1000), "is damaged"),
    "truncated": (lambda: typeset("Words")[:400], "is damaged"),
    "password": (
        lambda: changed(typeset("Words"), lambda writer: writer.encrypt("secret")),
        "is protected by a password",
    ),
    "bomb": (lambda: bomb(2_000_000_000 // 4), "takes too much time or memory"),
    "many characters": (lambda: bomb(110_000_000), "was not read"),
    "many pages": (lambda: blank_pages(2001), "has more than 2,000 pages"),
    "no pages": (
        lambda: changed(typeset("Words"), lambda writer: writer.remove_page(0)),
        "is damaged",
    ),
    "no text": (lambda: typeset(""), "contains no text"),
}


#: Reads a file, and prints the error, the processor time of all processes, and the memory of this
#: one; the system limits that of the other.
MEASURED = """
import os, re, sys
from pathlib import Path
from npcompare.readers.document_kinds import read_document
try:
    read_document(Path(sys.argv[1]))
except Exception as error:
    print(type(error).__name__, error)
kilobytes = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]
print(sum(os.times()[:4]), kilobytes)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux reports it")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_in_a_sentence(name: str, tmp_path: Path) -> None:
    make, sentence = HOSTILE[name]
    path = tmp_path / "a.pdf"
    path.write_bytes(make())
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True
    )
    error, measured = ran.stdout.strip().rsplit("\n", 1)
    assert error.startswith("NpcompareError")
    assert sentence in error
    seconds, kilobytes = map(float, measured.split())
    assert seconds < SECONDS
    assert kilobytes < KILOBYTES


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_changed_bytes_end_in_a_sentence(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    content = make_bill(seed).content
    for _ in range(12):
        mutated = bytearray(content)
        for _ in range(chance.choice([1, 20, 400])):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        with suppress(NpcompareError):
            read_pdf(bytes(mutated), "a.pdf", "accepted")


def test_missing_package_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "find_spec", lambda _name: None)
    with pytest.raises(NpcompareError) as caught:
        read_pdf(b"%PDF-1.7", "a.pdf", "accepted")
    assert caught.value.message == "a.pdf is a PDF document; reading it needs the package pypdfium2"
    assert caught.value.hint == install_hint("pdf-in")


def test_process_that_is_not_allowed_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("subprocess.run", refuse)
    with pytest.raises(NpcompareError) as refused:
        read_pdf(b"%PDF-1.7", "bill.pdf", "accepted")
    assert refused.value.message == (
        "bill.pdf was not read: the system allows no further process "
        "(Resource temporarily unavailable)"
    )


def test_module_in_the_current_folder_is_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit")
    (tmp_path / "msgspec.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert read("1. Words").text == "1. Words"


def test_command_reads_a_section(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "my bill.pdf"
    path.write_bytes(typeset("12. (1) A victim.\n\n(2) A child.\n\n13. The Minister."))
    ran = run("read", path, "--section", "12(2)", "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    assert '"label": "(2)"' in ran.out
    assert "Minister" not in ran.out
