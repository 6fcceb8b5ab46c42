"""What must hold of any document in each format: it can be written, and no word of it is lost.

Where another program reads the format, it is read back cell by cell; of the others each character
is counted. In none is there anything that acts.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import docx
import openpyxl
import pypdf
from lxml import html as pages
from markdown_it import MarkdownIt
from msgspec.structs import replace

from fuzz.documents import diagram, document, matrix
from npcompare.document import Cell, Column, Diagram, Document, Run, Table
from npcompare.errors import NpcompareError
from npcompare.formats import (
    annex_reader,
    csv_text,
    excel,
    html_page,
    latex,
    pdf,
    plain,
    terminal,
    word,
)
from npcompare.formats.figures import selection
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.json_text import write as write_json
from npcompare.formats.json_text import write_lines
from npcompare.formats.markdown import write as write_markdown
from npcompare.formats.plain import bracketed
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _bare(words: str) -> str:
    return "".join(words.split())


def _cell(cell: Cell, between: str = "") -> str:
    """Return what a reader sees of a cell, with what stands between its marks."""
    return "".join(visible(bracketed(run)) + between.join(run.marks) for run in cell.runs)


def _around(table: Table) -> Iterator[str]:
    """Yield the texts of a table that are not in its grid."""
    yield table.title
    yield from table.remarks
    yield from (note for _, note in table.notes)


def _all(one: Document) -> Iterator[str]:
    """Yield every text of a document as it is seen."""
    yield visible(one.provenance)
    for table in one.tables:
        yield from map(visible, _around(table))
        if table.rows:
            yield from (visible(column.heading) for column in table.columns)
        yield from (_cell(each) for row in table.rows for each in row)


def _counted(said: str, wanted: Iterable[str], more: str = "") -> None:
    """Assert that each character is there as often as it should be; none but `more` more often."""
    assert not _STEERING.search(said)
    there, should = Counter(_bare(said)), Counter(_bare("".join(wanted)))
    assert should - there == {}
    assert set(there - should) <= set(more)


def plain_text(raw: bytes) -> None:
    """Plain text has every character, those of a single column in their order."""
    one = document(raw)
    said = plain.write(one)
    _counted(said, _all(one), "-[]abcdef(none),")
    _in_order(said, one)


def screen(raw: bytes) -> None:
    """Show every character on the screen, those of a single column in their order."""
    one = document(raw)
    said = terminal.write(one)
    # On a narrow screen each row has the heads of what stands in it, and no others.
    heads = "".join(visible(column.heading) for table in one.tables for column in table.columns)
    without = one.replace(tables=tuple(map(_headless, one.tables)))
    _counted(said, _all(without), f"─[]abcdef(none),:{heads}")
    _in_order(said, one)


def _headless(table: Table) -> Table:
    return replace(table, columns=tuple(Column(one.key, "") for one in table.columns))


def _in_order(said: str, one: Document) -> None:
    bare = _bare(said)
    for table in one.tables:
        assert _bare(visible(table.title)) in bare
        if len(table.columns) == 1:
            for (cell,) in table.rows:
                assert _bare(plain.plain_text(cell)) in bare


def markdown(raw: bytes) -> None:
    """Another program reads the same cells and nothing but text."""
    one = document(raw)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(write_markdown(one))
    kinds = {each.type for each in tokens}
    assert kinds <= {f"{name}_{end}" for name in _BLOCKS for end in _ENDS} | {"inline"}
    found = [_inline(each.children or []) for each in tokens if each.type == "inline"]
    wanted = []
    for table in one.tables:
        wanted += [table.title, *(column.heading for column in table.columns)]
        wanted += [_cell(each) for row in table.rows for each in row]
        wanted += table.remarks
        wanted.append("".join(f"{letter}{note}" for letter, note in table.notes))
    wanted.append(one.provenance)
    # An empty paragraph is none.
    assert [_bare(each) for each in found if _bare(each)] == [
        _bare(visible(each)) for each in wanted if _bare(visible(each))
    ]


_ENDS = ("open", "close")
_ELEMENTS = ("<br>", "<sup>", "</sup>", "<strong>", "</strong>", "<del>", "</del>")
_LOOKS = ("strong", "em", "s")
_BLOCKS = ("table", "thead", "tbody", "tr", "th", "td", "paragraph")


def _inline(tokens: Iterable[Any]) -> str:
    said = ""
    for one in tokens:
        if one.type in ("text", "text_special"):
            said += one.content
        elif one.type == "html_inline":
            assert one.content in _ELEMENTS
        else:
            assert one.type in ("softbreak", *(f"{name}_{end}" for name in _LOOKS for end in _ENDS))
    return said


def comma(raw: bytes) -> None:
    """Cells come back whole, and none is a formula."""
    one = document(raw)
    said = "".join(csv_text.write(one))
    assert not _STEERING.search(said.replace("\r\n", ""))
    heads, *rows = csv.reader(io.StringIO(said, newline=""))
    assert heads == [column.key for column in one.flat.columns]
    assert len(rows) == len(one.flat.rows)
    for row, cells in zip(rows, one.flat.rows, strict=True):
        for found, cell in zip(row, cells, strict=True):
            assert found.lstrip()[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20")
            assert plain.plain_text(cell) in (found, found.removeprefix("'"))
    assert json.loads(csv_text.describe(one, f"{one.number}.csv")[1])["dc:title"] == one.title


def data(raw: bytes) -> None:
    """JSON holds the same data, and no character of it steers."""
    one = document(raw)
    said = "".join(write_json(one))
    assert not _STEERING.search(said)
    assert json.loads(said) == one.data


def lines(raw: bytes) -> None:
    """Each line is one row by the names of the columns, and no character of it steers."""
    one = document(raw)
    said = "".join(write_lines(one))
    assert not _STEERING.search(said)
    found = [json.loads(line) for line in said.split("\n")[:-1]]
    assert len(found) == len(one.flat.rows)
    for record, row in zip(found, one.flat.rows, strict=True):
        cells = zip(one.flat.columns, row, strict=True)
        assert record == {column.key: visible(cell.text) for column, cell in cells}


_TAGS = set(
    re.findall(
        r"\w+",
        "html head meta title style script body main h1 h2 h3 span nav ul li a div label input "
        "select option details summary fieldset legend button p section table caption colgroup "
        "col thead tbody tr th td br strong q ins del sup dl dt dd footer figure figcaption "
        "svg g desc defs rect path pattern text circle",
    )
)


def page(raw: bytes) -> None:
    """Another program reads the same cells, and no element but ours."""
    for one in (document(raw), matrix(raw)):
        said = "".join(html_page.write(one))
        assert not _STEERING.search(said)
        tree: Any = pages.document_fromstring(said)
        assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= _TAGS
        names = {name for each in tree.iter() for name in each.attrib}
        assert not [name for name in names if name.startswith("on") or name in ("src", "srcdoc")]
        assert len(tree.xpath("//script")) == 2
        assert {each[:1] for each in tree.xpath("//@href")} <= {"#"}
        for each in tree.xpath("//br"):
            each.tail = f"\n{each.tail or ''}"
        grids = tree.xpath("//table")
        assert len(grids) == len(one.tables)
        for table, grid in zip(one.tables, grids, strict=True):
            rows = [[cell.text_content() for cell in row] for row in grid.xpath("./tbody/tr")]
            wanted = [[_cell(each, ", ") for each in row] for row in table.rows] or [["(none)"]]
            assert [list(map(_bare, row)) for row in rows] == [
                list(map(_bare, row)) for row in wanted
            ]
        seen = _bare(tree.find("body").text_content())
        for words in (one.title, one.provenance, *(w for t in one.tables for w in _around(t))):
            assert _bare(visible(words)) in seen


#: What stands in a LaTeX file for a character, and what else may stand there.
_SIGNS = {
    **{f"\\{one}": one for one in "{}$&#%_"},
    "\\textbackslash": "\\",
    "\\textasciicircum": "^",
    "\\textasciitilde": "~",
    "\\textless": "<",
    "\\textgreater": ">",
    "\\textbar": "|",
    "\\textquotedbl": '"',
    "\\textasciigrave": "`",
    "\\textquotesingle": "'",
    "\\tick": "\u2713",
    "\\-": "\u00ad",
}
_COMMANDS = {"\\\\", "\\,"} | {
    f"\\{name}"
    for name in re.findall(
        r"\w+",
        "setlength room dimexpr linewidth tabcolsep relax begingroup small begin end par endgroup "
        "caption textbf toprule midrule endfirsthead endhead bottomrule endlastfoot addlinespace "
        "multicolumn textsuperscript newline uline sout textit righttoleft lefttoright other "
        "allowbreak large Large bfseries bigskip footnotesize",
    )
}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]", re.DOTALL)
_OTHER_WORD = re.compile(r"\\other\{([^{}]*)\}\{([0-9A-F,]*)\}")


def tex(raw: bytes) -> None:
    """No command but ours stands in the file, and no character is lost."""
    one = document(raw)
    said = latex.write(one)
    assert not _STEERING.search(said)
    for letters, codes in _OTHER_WORD.findall(said):
        assert [f"{ord(each):04X}" for each in letters] == codes.split(",")
    body = said.split("\\begin{document}\n")[1].split("\n\\end{document}")[0]
    tokens = _TOKEN.findall(_OTHER_WORD.sub(r"\1", body))
    assert {each for each in tokens if each[0] == "\\"} <= _COMMANDS | set(_SIGNS)
    depth = 0
    for each in tokens:
        depth += {"{": 1, "}": -1}.get(each, 0)
        assert depth >= 0
        # None of these may stand there for itself; & parts cells, and # and $ do not occur.
        assert each not in set("$#^_\"`'<>|")
    assert depth == 0
    shown = "".join(_SIGNS.get(each, each) for each in tokens if each not in _COMMANDS)
    wanted, found = (unicodedata.normalize("NFD", each) for each in ("".join(_all(one)), shown))
    assert Counter(_bare(wanted)) - Counter(_bare(found)) - Counter("~") == {}


def picture(raw: bytes) -> None:
    """Draw a picture that is well formed, holds no element that acts, and tells every name."""
    one = matrix(raw)
    told = [words for words, _ in _told(selection.write(one))]
    for row in one.tables[0].rows:
        assert one_line(row[0].text) in told
    for each in selection.pages(one, 0, 3):
        assert _told(each.svg)


def boxes_and_lines(raw: bytes) -> None:
    """Draw a diagram in which each name, each line and what stands apart is told, and no other."""
    one = diagram(raw)
    wanted = one.tables[0].figure
    assert isinstance(wanted, Diagram)
    if not wanted.is_readable:
        assert not [*selection.pages(one, 0, 3), *filter(None, [selection.whole(one, 0)])]
        return
    names = [" and ".join(map(one_line, box.names)) for box in wanted.boxes]
    row, line = one_line(wanted.row).capitalize(), wanted.line
    levels = (f"{row} {box.row}: " for box in wanted.boxes)
    boxes = Counter((level + name, "box") for level, name in zip(levels, names, strict=True))
    lines = [
        (one_line(f"{names[high]}, {line} {names[low]}"), "line") for high, low in wanted.lines
    ]
    apart = [(one_line(each), f"listed {one.tone}") for one in wanted.lists for each in one.names]
    found = Counter(_told(selection.write(one)))
    assert {each: found[each] for each in found if each[1]} == boxes + Counter([*lines, *apart])
    for page in selection.pages(one, 0, 3):
        assert {each for each in _told(page.svg) if each[1]} == {*boxes, *lines}


_DRAWN = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "g", "text", "circle"}


def _told(said: str) -> list[tuple[str, str]]:
    """Return each title in a picture with the class of what it is the title of."""
    assert not _STEERING.search(said)
    root = fromstring(said)  # noqa: S314 - it is our own
    assert {each.tag.partition("}")[2] for each in root.iter()} <= _DRAWN
    return [
        (each.text or "", group.get("class", ""))
        for group in root.iter()
        for each in group.findall("{http://www.w3.org/2000/svg}title")
    ]


def office_word(raw: bytes) -> None:
    """Another program reads the same cells, and nothing that acts; so do we, with their marks."""
    one = document(raw)
    # In one file, because a file takes longer than what is in it.
    one = one.replace(tables=(*one.tables, *matrix(raw).tables), recipe={"ids": []})
    content = word.write(one)
    found = docx.Document(io.BytesIO(content))
    assert not [each for each in found.part.rels.values() if each.is_external]
    heads = [[visible(each.heading) for each in table.columns] for table in one.tables]
    full = [(table, head) for table, head in zip(one.tables, heads, strict=True) if table.rows]
    assert [
        [[place.text for place in row.cells] for row in table.rows] for table in found.tables
    ] == [[head, *([_by_line(each) for each in row] for row in t.rows)] for t, head in full]
    for table, (wanted, head) in zip(annex_reader.read_docx(content).tables, full, strict=True):
        assert [each.heading for each in table.columns] == head
        assert [[_split(each) for each in row] for row in table.rows] == [
            [_split(each, _by_line(each, marked=False)) for each in row] for row in wanted.rows
        ]
    seen = [each.text for each in found.paragraphs]
    for table in one.tables:
        assert [each for each in seen if each.endswith(f". {visible(table.title)}")]
        assert {visible(each) for each in table.remarks} <= set(seen)
        for letter, note in table.notes:
            assert set(f"{letter} {visible(note)}".split("\n")) <= set(seen)
    assert visible(one.provenance) in ("", *seen)


def _split(cell: Cell, said: str | None = None) -> tuple[str, list[str]]:
    """Return the words of a cell, and its marks."""
    return cell.text if said is None else said, [mark for run in cell.runs for mark in run.marks]


def _by_line(cell: Cell, *, marked: bool = True) -> str:
    """Return a cell as Word has it: each line of a run is one by itself."""
    said = ""
    for run in cell.runs:
        lines = (Run(line, run.tone) for line in run.text.split("\n"))
        said += "\n".join(visible(bracketed(line)) for line in lines)
        said += ", ".join(run.marks) if marked else ""
    return said


def workbook(raw: bytes) -> None:
    """Another program reads the same cells, each a string."""
    one = document(raw)
    try:
        content = excel.write(one)
    except NpcompareError as error:
        if "longer than" in error.message:
            return
        raise
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [each for sheet in book for row in sheet for each in row]
    assert {each.data_type for each in cells if each.value is not None} <= {"s"}
    assert not [each for each in cells if each.hyperlink]
    for table, sheet in zip(one.tables, book, strict=False):
        heads, *rows = ([str(each or "") for each in row] for row in sheet.values)
        assert heads[: len(table.columns)] == [visible(each.heading) for each in table.columns]
        for row, wanted in zip(rows, table.rows, strict=False):
            for found, cell in zip(row, wanted, strict=False):
                said = "".join(
                    visible(bracketed(run)) + "".join(f" [{mark}]" for mark in run.marks)
                    for run in cell.runs
                )
                if "full text in the sheet “Long texts”" not in found:
                    assert found == said


def print_out(raw: bytes) -> None:
    """Write a PDF without actions that has every letter of the Latin alphabet."""
    one = document(raw)
    content = pdf.write(one)
    assert content.startswith(b"%PDF")
    for key in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/URI"):
        assert key not in content
    said = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(content)).pages)
    # A letter and its accent may come back as one.
    every = unicodedata.normalize("NFKC", "".join(_all(one)))
    letters = Counter(re.findall("[A-Za-z0-9]", every))
    assert letters - Counter(unicodedata.normalize("NFKC", said)) == {}
