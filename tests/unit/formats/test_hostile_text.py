"""One hostile corpus in every format, read back by another program: complete, harmless, legible.

Its names and texts contain what spreadsheets, Markdown, HTML, TeX and terminals act on, Arabic, and
a section of 3,000 words. The title of the annex contains an escape sequence.
"""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import docx
import openpyxl
import pypdf
import pytest
from conftest import TESTS, office
from lxml import html as pages
from typeset import compiled

from npcompare.formats.registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

ARABIC = "يعاقب"
NAMES = ["=cmd()", "a|b", "<script>", "\\input{}", "[bold]", ARABIC]
TITLE = "\x1b[31mred\x07"
SHOWN = "<U+001B>[31mred<U+0007>"
SECTION = [f"w{number:04}" for number in range(3000)]
#: A figure shows only the names; a table for programs has no title.
WORDLESS, UNTITLED = {"svg"}, {"csv", "ndjson"}

PROVISION = """\
id: {id}
jurisdiction: {{name: {name}, code: null, kind: state}}
instrument: {{title: {title}, kind: statute}}
pinpoint: section 1
form: statutory_defence
text:
  {{status: verbatim, complete: true, language: {language}, body: {body}, source: {source}}}
limbs:
  - persons: {{values: [any_victim], evidence: victim}}
sources: [{source}]
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Write the corpus, with each name in a name and in a text."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    shutil.copy(TESTS.parent / "statutes" / "sources.yaml", folder)
    texts = [(name, f"{name} the victim {name}") for name in NAMES]
    for number, (name, body) in enumerate([*texts, ("Long", f"victim {' '.join(SECTION)}")]):
        path = folder / f"h{number}.yaml"
        content = PROVISION.format(
            id=path.stem,
            name=json.dumps(name),
            title=json.dumps(f"Act {name}"),
            language="ar" if name == ARABIC else "en",
            body=json.dumps(body),
            source="{ref: background-paper, paragraph: 1}",
        )
        path.write_text(content, encoding="utf-8")
    return folder


def read_docx(path: Path) -> str:
    word = docx.Document(str(path))
    assert not [relation for relation in word.part.rels.values() if relation.is_external]
    fields = zipfile.ZipFile(path).read("word/document.xml").decode().split("<w:instrText")[1:]
    assert [field.split()[1:3] for field in fields] == [["SEQ", "Table"]]
    return "\n".join(
        [paragraph.text for paragraph in word.paragraphs]
        + [place.text for table in word.tables for row in table.rows for place in row.cells]
    )


def read_xlsx(path: Path) -> str:
    cells = [one for sheet in openpyxl.load_workbook(path) for row in sheet for one in row]
    assert {one.data_type for one in cells if one.value is not None} == {"s"}
    return "\n".join(str(one.value) for one in cells)


def read_csv(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        cells = [one for row in csv.reader(stream) for one in row]
    assert not [one for one in cells if one[:1] in set("=+-@\t\r")]
    return "\n".join(cells)


def read_ndjson(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(one for line in lines for one in json.loads(line).values())


def read_json(path: Path) -> str:
    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                yield from texts(item)
        else:
            yield str(value)

    joined = "\n".join(texts(json.loads(path.read_text(encoding="utf-8"))))
    # A program reads the text itself; only in the file are control characters escaped.
    return joined.replace(TITLE, SHOWN)


def read_html(path: Path) -> str:
    tree: Any = pages.document_fromstring(path.read_text(encoding="utf-8"))
    assert len(tree.xpath("//script[not(@type)]")) == 1
    assert not tree.xpath("//bold | //*[@onclick]")
    return str(tree.find("body/main").text_content())


def read_markdown(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(?!/?(sup|br)>)", text)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in rows}) == 1
    return html.unescape(re.sub(r"\\(.)", r"\1", text.replace("<br>", "\n")))


def read_latex(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\\(input|include|write|openin)\b", text.replace("\\textbackslash{}", ""))
    assert f"\\other{{{ARABIC}}}" in text
    printed = compiled("pdflatex", text, path.parent)
    return printed.replace("".join(f"[U+{ord(one):04X}]" for one in ARABIC), ARABIC)


def read_pdf(path: Path) -> str:
    content = path.read_bytes()
    assert not [key for key in (b"/JavaScript", b"/Launch", b"/EmbeddedFile") if key in content]
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    # The letters are in the order in which they are drawn.
    return text.replace(ARABIC[::-1], ARABIC)


def read_svg(path: Path) -> str:
    root = fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - it is our own
    active = ("script", "image", "foreignObject", "a")
    assert not [one for one in root.iter() if one.tag.partition("}")[2] in active]
    return " ".join(root.itertext())


def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


READERS: dict[str, Callable[[Path], str]] = {
    "terminal": read_text,
    "plain": read_text,
    "markdown": read_markdown,
    "csv": read_csv,
    "json": read_json,
    "docx": read_docx,
    "ndjson": read_ndjson,
    "xlsx": read_xlsx,
    "html": read_html,
    "latex": read_latex,
    "pdf": read_pdf,
    "svg": read_svg,
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.tex) if name == "latex" else name for name in FORMATS],
)
def test_every_format_is_complete_and_harmless(
    name: str, hostile: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    assert name in READERS, f"add a function that reads a file in the format {name} to READERS"
    path = tmp_path / f"annex.{name}"
    arguments = ["export", "--corpus", hostile, "--title", TITLE, "-f", name]
    arguments += ["--layout", "matrix"] if name in WORDLESS else ["--columns", "jurisdiction,words"]
    if name == "terminal":
        ran = run(*arguments)
        path.write_text(ran.out, encoding="utf-8")
    else:
        ran = run(*arguments, "-o", path)
    assert ran.code == 0, ran.err
    if name in WORDLESS or not FORMATS[name].is_binary:
        assert not set(path.read_bytes()) & {0x1B, 0x07}
    text = READERS[name](path)
    assert (SHOWN in text) == (name not in UNTITLED)
    times = 1 if name in WORDLESS else 3
    assert {one: text.count(one) >= times for one in NAMES} == dict.fromkeys(NAMES, True)
    if name not in WORDLESS:
        assert " ".join(SECTION) in " ".join(re.findall("w[0-9]{4}", text))


@pytest.mark.office
def test_libreoffice_opens_the_annex(
    hostile: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    arguments = ["export", "--corpus", hostile, "--title", TITLE]
    paths = [tmp_path / "annex.docx", tmp_path / "annex.xlsx"]
    for path in paths:
        assert run(*arguments, "-o", path).code == 0
        (printed,) = office("pdf", tmp_path, path)
        text = "".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
        assert set(re.findall("w[0-9]{4}", text)) == set(SECTION)
        assert [name for name in NAMES[:-1] if name not in text] == []


def test_messages_contain_no_escape_sequence(hostile: Path, run: Callable[..., Ran]) -> None:
    path = hostile / "h0.yaml"
    path.write_text(path.read_text().replace("=cmd()", "\\u001b[31m"), encoding="utf-8")
    ran = run("export", "--corpus", hostile)
    assert ran.code == 1
    assert "the control character U+001B" in ran.err
    assert "\x1b" not in ran.err
