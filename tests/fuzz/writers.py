"""Properties of every format: any document can be written, and no word of it is lost.

If another program reads the format, the cells are read back; for the other formats the characters
are counted. No output contains anything that acts: no command, formula, script or escape sequence.
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
from docx.oxml.ns import qn
from lxml import html as pages
from markdown_it import MarkdownIt
from msgspec.structs import replace

from fuzz.block_documents import blocks
from fuzz.documents import charts, diagram, document, matrix
from npcompare.charts import Diagram
from npcompare.document import Cell, Column, Document, Table, Tone
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
from npcompare.formats.excel_layout import is_cut
from npcompare.formats.figures import selection
from npcompare.formats.figures.canvas import one_line
from npcompare.formats.json_text import write_lines
from npcompare.formats.markdown import write as write_markdown
from npcompare.formats.plain import bracketed
from npcompare.formats.registry import FORMATS, render
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _without_spaces(words: str) -> str:
    return "".join(words.split())


def _cell(cell: Cell, separator: str = "") -> str:
    """Return a cell as a reader sees it, with a separator between its marks."""
    return "".join(visible(bracketed(run)) + separator.join(run.marks) for run in cell.runs)


def _typed(cell: Cell, separator: str = "") -> str:
    """Return a cell as a reader sees it where type shows what was inserted or deleted."""
    return "".join(visible(run.text) + separator.join(run.marks) for run in cell.runs)


def _texts_outside_grid(table: Table) -> Iterator[str]:
    """Yield the texts of a table that are outside its cells and headings."""
    yield table.title
    yield table.headnote
    yield from table.remarks
    yield from (note for _, note in table.notes)


def _texts(sample: Document, show: Callable[[Cell], str] = _cell) -> Iterator[str]:
    """Yield every text of a document as a reader sees it, with the cells as they are shown."""
    yield visible(sample.provenance)
    for table in sample.tables:
        yield from map(visible, _texts_outside_grid(table))
        if table.rows:
            yield from (visible(column.heading) for column in table.columns)
        yield from (show(cell) for row in table.rows for cell in row)


def _check_characters(output: str, expected: Iterable[str], extra: str = "") -> None:
    """Assert that no character is lost, and that only characters in `extra` are added."""
    assert not _CONTROLS.search(output)
    actual = Counter(_without_spaces(output))
    least = Counter(_without_spaces("".join(expected)))
    assert least - actual == {}
    assert set(actual - least) <= set(extra)


def plain_text(raw: bytes) -> None:
    """Assert that plain text has every character; in a single column they are in order."""
    sample = document(raw)
    output = plain.write(sample)
    # In a table that is wider than a line, each row repeats the headings of cells that have words.
    without = sample.replace(tables=tuple(map(_without_headings, sample.tables)))
    _check_characters(output, _texts(without), f"-[]abcdef(none),Table.0123456789{_heads(sample)}")
    _check_order(output, sample)


def screen(raw: bytes) -> None:
    """Assert that the screen has every character; in a single column they are in order."""
    sample = document(raw)
    output = terminal.write(sample)
    # On a narrow screen each row repeats the headings of its cells that have words.
    without = sample.replace(tables=tuple(map(_without_headings, sample.tables)))
    _check_characters(output, _texts(without), f"─[]abcdef(none),:{_heads(sample)}")
    _check_order(output, sample)


def _heads(sample: Document) -> str:
    """Return the headings of all columns, which are repeated where rows are lists of cells."""
    return "".join(visible(column.heading) for table in sample.tables for column in table.columns)


def _without_headings(table: Table) -> Table:
    return replace(table, columns=tuple(Column(column.key, "") for column in table.columns))


def _check_order(output: str, sample: Document) -> None:
    text = _without_spaces(output)
    for table in sample.tables:
        assert _without_spaces(visible(table.title)) in text
        if len(table.columns) == 1:
            for (cell,) in table.rows:
                assert _without_spaces(plain.plain_text(cell)) in text


def markdown(raw: bytes) -> None:
    """Assert that a Markdown parser reads the same cells, and nothing but text."""
    sample = document(raw)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(write_markdown(sample))
    kinds = {token.type for token in tokens}
    assert kinds <= {f"{name}_{end}" for name in _BLOCKS for end in _ENDS} | {"inline"}
    texts = [_inline(token.children or []) for token in tokens if token.type == "inline"]
    expected = [": ".join(filter(str.strip, map(visible, (sample.number, sample.title))))]
    for place, table in enumerate(sample.tables):
        caption = sample.caption(place)
        expected += ["" if caption == sample.title else caption, table.headnote]
        expected += [*(column.heading for column in table.columns)]
        expected += [_cell(cell, ",") for row in table.rows for cell in row]
        expected += table.remarks
        expected.append("".join(f"{letter}{note}" for letter, note in table.notes))
    expected.append(sample.provenance)
    # An empty paragraph is not written.
    assert [_without_spaces(text) for text in texts if _without_spaces(text)] == [
        _without_spaces(visible(text)) for text in expected if _without_spaces(visible(text))
    ]


_ENDS = ("open", "close")
_ELEMENTS = ("<br>", "<sup>", "</sup>", "<strong>", "</strong>", "<del>", "</del>")
_LOOKS = ("strong", "em", "s")
_BLOCKS = ("table", "thead", "tbody", "tr", "th", "td", "paragraph", "heading")


def _inline(tokens: Iterable[Any]) -> str:
    text = ""
    for token in tokens:
        if token.type in ("text", "text_special"):
            text += token.content
        elif token.type == "html_inline":
            assert token.content in _ELEMENTS
        else:
            assert token.type in (
                "softbreak",
                *(f"{name}_{end}" for name in _LOOKS for end in _ENDS),
            )
    return text


def comma(raw: bytes) -> None:
    """Assert that cells are read back unchanged, and nothing in them is a formula."""
    sample = document(raw)
    output = "".join(csv_text.write(sample))
    assert not _CONTROLS.search(output.replace("\r\n", ""))
    heads, *rows = csv.reader(io.StringIO(output, newline=""))
    assert heads == [column.key for column in sample.flat.columns]
    assert len(rows) == len(sample.flat.rows)
    for row, cells in zip(rows, sample.flat.rows, strict=True):
        for value, cell in zip(row, cells, strict=True):
            for part in re.split("[;\t]", value):
                assert part.lstrip()[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20")
            assert plain.plain_text(cell).replace("'", "") == value.replace("'", "")
    assert (
        json.loads(csv_text.describe(sample, f"{sample.number}.csv")[1])["dc:title"] == sample.title
    )


def data(raw: bytes) -> None:
    """Assert that JSON has the same data and no control character."""
    sample = document(raw)
    output = str(render(sample, FORMATS["json"]))
    assert not _CONTROLS.search(output)
    assert json.loads(output) == sample.data


def lines(raw: bytes) -> None:
    """Assert that each line is a row with the keys of the columns and no control character."""
    sample = document(raw)
    output = "".join(write_lines(sample))
    assert not _CONTROLS.search(output)
    records = [json.loads(line) for line in output.split("\n")[:-1]]
    assert len(records) == len(sample.flat.rows)
    for record, row in zip(records, sample.flat.rows, strict=True):
        cells = zip(sample.flat.columns, row, strict=True)
        assert record == {column.key: visible(cell.text) for column, cell in cells}


def _unglued(words: str) -> str:
    """Return words without spaces, and without what keeps a mark on the line of its word."""
    return _without_spaces(words).replace("\u2060", "")


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
    """Assert that an HTML parser reads the same cells, and only the elements of the template."""
    for sample in (document(raw), matrix(raw)):
        output = "".join(html_page.write(sample))
        assert not _CONTROLS.search(output)
        tree: Any = pages.document_fromstring(output)
        assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= _TAGS
        names = {name for element in tree.iter() for name in element.attrib}
        assert not [name for name in names if name.startswith("on") or name in ("src", "srcdoc")]
        assert len(tree.xpath("//script")) == 2
        assert {link[:1] for link in tree.xpath("//@href")} <= {"#"}
        for line_break in tree.xpath("//br"):
            line_break.tail = f"\n{line_break.tail or ''}"
        grids = tree.xpath("//table")
        assert len(grids) == len(sample.tables)
        for table, grid in zip(sample.tables, grids, strict=True):
            rows = [[cell.text_content() for cell in row] for row in grid.xpath("./tbody/tr")]
            expected = [[_typed(cell, ", ") for cell in row] for row in table.rows] or [["(none)"]]
            assert [[_unglued(text) for text in row] for row in rows] == [
                [_unglued(text) for text in row] for row in expected
            ]
        text = _without_spaces(tree.find("body").text_content())
        for words in (
            sample.title,
            sample.provenance,
            *(w for t in sample.tables for w in _texts_outside_grid(t)),
        ):
            assert _without_spaces(visible(words)) in text


#: The commands for single characters, and the other commands of a LaTeX file.
_SIGNS = {
    **{f"\\{sample}": sample for sample in "{}$&#%_"},
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
        "linewidth begingroup small begin end par endgroup "
        "caption textbf toprule midrule endfirsthead endhead bottomrule endlastfoot addlinespace "
        "multicolumn textsuperscript textit newline uline sout righttoleft lefttoright other "
        "allowbreak large Large bfseries bigskip footnotesize lettered remark aside hspace",
    )
}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]", re.DOTALL)
_OTHER_WORD = re.compile(r"\\other\{([^{}]*)\}\{([0-9A-F,]*)\}")


def tex(raw: bytes) -> None:
    """Assert that the file has no other commands, and no character is lost."""
    sample = document(raw)
    output = latex.write(sample)
    assert not _CONTROLS.search(output)
    for letters, codes in _OTHER_WORD.findall(output):
        assert [f"{ord(letter):04X}" for letter in letters] == codes.split(",")
    body = output.split("\\begin{document}\n")[1].split("\n\\end{document}")[0]
    tokens = _TOKEN.findall(_OTHER_WORD.sub(r"\1", body))
    assert {token for token in tokens if token[0] == "\\"} <= _COMMANDS | set(_SIGNS)
    depth = 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0
        # These are never unescaped; & separates cells, and # and $ do not occur.
        assert token not in set("$#^_\"`'<>|")
    assert depth == 0
    printed = "".join(_SIGNS.get(token, token) for token in tokens if token not in _COMMANDS)
    expected, actual = (
        unicodedata.normalize("NFD", text) for text in ("".join(_texts(sample, _typed)), printed)
    )
    assert (
        Counter(_without_spaces(expected)) - Counter(_without_spaces(actual)) - Counter("~") == {}
    )


def picture(raw: bytes) -> None:
    """Assert that a figure is well-formed, has no element that acts, and names every row."""
    sample = matrix(raw)
    names = [title for title, _ in _titles(selection.write(sample))]
    for row in sample.tables[0].rows:
        # Marks that the headnote explains follow the name.
        text = one_line(row[0].text)
        assert not text or any(f"{name} ".startswith(f"{text} ") for name in names)
    for part in selection.pages(sample, 0):
        assert _titles(part.svg)


def row_figures(raw: bytes) -> None:
    """Assert that figures drawn row by row name every row, whole and in parts for pages."""
    for sample in charts(raw):
        whole = selection.whole(sample, 0)
        assert whole
        parts = selection.pages(sample, 0, is_upright=False)
        for svgs in ([whole.svg], [part.svg for part in parts]):
            names = {title for svg in svgs for title, kind in _titles(svg) if kind == "row"}
            assert names == {one_line(row[0].text) for row in sample.tables[0].rows}


def block_figures(raw: bytes) -> None:
    """Assert that figures drawn as one block name everything, whole and in parts for pages."""
    for sample, expected in blocks(raw):
        block = selection.whole(sample, 0)
        assert block
        for svgs in (
            [block.svg],
            [part.svg for part in selection.pages(sample, 0, is_upright=False)],
        ):
            titles = Counter(one_line(title) for svg in svgs for title, _ in _titles(svg))
            assert not expected - titles


def boxes_and_lines(raw: bytes) -> None:
    """Assert that a diagram has a title for every box, line and listed name, and no others."""
    sample = diagram(raw)
    expected = sample.tables[0].figure
    assert isinstance(expected, Diagram)
    if not expected.is_readable:
        assert not [*selection.pages(sample, 0), *filter(None, [selection.whole(sample, 0)])]
        return
    names = [" and ".join(map(one_line, box.names)) for box in expected.boxes]
    levels = (f"Level {box.row}: " for box in expected.boxes)
    details = (f": {one_line(box.details)}".removesuffix(": ") for box in expected.boxes)
    parts = zip(levels, names, details, strict=True)
    boxes = Counter(("".join(part), "box") for part in parts)
    words = [f": {text}" if text else "" for text in expected.line_words]
    lines = [
        (one_line(f"{names[high]}, covers {names[low]}{text}"), "line")
        for (high, low), text in zip(
            expected.lines, words or [""] * len(expected.lines), strict=True
        )
    ]
    listed = [
        (one_line(name), "listed " + ("unknown" if group.is_unknown else "incomparable"))
        for group in expected.lists
        for name in group.names
    ]
    titles = Counter(_titles(selection.write(sample)))
    assert {
        title: titles[title] for title in titles if title[1] not in ("", "words")
    } == boxes + Counter([*lines, *listed])
    for page in selection.pages(sample, 0):
        titles = Counter(_titles(page.svg))
        assert {title for title in titles if title[1] not in ("", "words")} == {*boxes, *lines}


_DRAWN = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "g", "text", "circle"}


def _titles(output: str) -> list[tuple[str, str]]:
    """Return each title in a figure, with the class of the group that it describes."""
    assert not _CONTROLS.search(output)
    root = fromstring(output)  # noqa: S314 - it is our own
    assert {element.tag.partition("}")[2] for element in root.iter()} <= _DRAWN
    return [
        (title.text or "", group.get("class", ""))
        for group in root.iter()
        for title in group.findall("{http://www.w3.org/2000/svg}title")
    ]


def office_word(raw: bytes) -> None:
    """Assert that all words are in the tables, no links, and that our reader reads the cells."""
    sample = document(raw)
    # In one file, as most of the time goes into opening and closing the file.
    sample = sample.replace(tables=(*sample.tables, *matrix(raw).tables), recipe={"ids": []})
    content = word.write(sample)
    file = docx.Document(io.BytesIO(content))
    assert not [relation for relation in file.part.rels.values() if relation.is_external]
    heads = [[visible(column.heading) for column in table.columns] for table in sample.tables]
    full = [(table, head) for table, head in zip(sample.tables, heads, strict=True) if table.rows]
    for (table, _), grid in zip(full, file.tables, strict=True):
        printed = set(map(_printed, grid._tbl.iter(qn("w:p"))))
        for row in table.rows:
            for cell in row:
                assert set(_written(cell).split("\n")) <= {*printed, ""}
    for table, (expected, head) in zip(annex_reader.read_docx(content).tables, full, strict=True):
        assert [column.heading for column in table.columns] == head
        assert [[_split(cell) for cell in row] for row in table.rows] == [
            [_split(cell, _accepted(cell)) for cell in row] for row in expected.rows
        ]
    texts = [paragraph.text for paragraph in file.paragraphs]
    for table in sample.tables:
        assert [text for text in texts if text.endswith(f". {visible(table.title)}")]
        remarks = filter(None, (table.headnote, *table.remarks))
        assert set(map(visible, remarks)) <= set(texts)
        for letter, note in table.notes:
            lines = f"{letter}\t{visible(note).lstrip(' ')}".replace("\n", "\n\t").split("\n")
            assert set(lines) <= set(texts)
    footer = [paragraph.text for paragraph in file.sections[0].footer.paragraphs]
    assert visible(sample.provenance) in ("", *footer)


def _split(cell: Cell, output: str | None = None) -> tuple[str, list[str]]:
    """Return the words and the marks of a cell."""
    return cell.text if output is None else output, [
        mark for run in cell.runs for mark in run.marks
    ]


def _written(cell: Cell) -> str:
    """Return the words of a cell with its marks."""
    return "".join(visible(run.text) + ", ".join(run.marks) for run in cell.runs)


def _accepted(cell: Cell) -> str:
    """Return the words of a cell once every change in it is accepted."""
    return "".join(visible(run.text) for run in cell.runs if run.tone is not Tone.DELETED)


def _printed(paragraph: Any) -> str:
    """Return the words of a paragraph with those that are deleted; marks have plain spaces."""
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    words = "".join(
        signs.get(node.tag, node.text or "")
        for run in paragraph.iter(qn("w:r"))
        for node in run
        if node.tag in signs or node.tag in (qn("w:t"), qn("w:delText"), qn("w:noBreakHyphen"))
    )
    return words.replace(",\u202f", ", ")


def _above(sample: Document, table: Table) -> str:
    """Return what is above a table of a workbook: the head, a title that was cut, a headnote."""
    title = visible(table.title)
    lines = [*map(visible, sample.heading), title if is_cut(title) else ""]
    return visible("\n".join(filter(None, (*dict.fromkeys(lines), table.headnote))))


def workbook(raw: bytes) -> None:
    """Assert that openpyxl reads the same cells, all of them strings."""
    sample = document(raw)
    try:
        content = excel.write(sample)
    except NpcompareError as error:
        if "longer than" in error.message:
            return
        raise
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    for table, sheet in zip(sample.tables, book, strict=False):
        texts = [[str(value or "") for value in row] for row in sheet.values]
        if above := _above(sample, table):
            assert texts.pop(0)[0] == above
        heads, *rows = texts
        letters = {letter for letter, _ in table.notes}
        assert heads[: len(table.columns)] == [visible(column.heading) for column in table.columns]
        for row, expected in zip(rows, table.rows, strict=False):
            for value, cell in zip(row, expected, strict=False):
                # Inserted and deleted words are underlined and struck out, without brackets, and
                # the letters of notes are in a last column, unless the cell is a list.
                marked = [run for run in cell.runs if letters.intersection(run.marks)]
                moved = letters if len(marked) == 1 else set()
                output = "".join(
                    visible(run.text)
                    + "".join(f" [{mark}]" for mark in run.marks if mark not in moved)
                    for run in cell.runs
                )
                if "full text in the sheet “Long texts”" not in value:
                    assert value == output


def print_out(raw: bytes) -> None:
    """Assert that a PDF has no actions, and no letter from A to Z and no digit is lost."""
    sample = document(raw)
    content = pdf.write(sample)
    assert content.startswith(b"%PDF")
    for key in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/URI"):
        assert key not in content
    reader = pypdf.PdfReader(io.BytesIO(content))
    # The properties have the whole of what the foot of a page may have in part.
    subject = reader.metadata.subject if reader.metadata else ""
    output = (subject or "") + "".join(page.extract_text() for page in reader.pages)
    # A letter and its accent may be read back as one character.
    text = unicodedata.normalize("NFKC", "".join(_texts(sample)))
    letters = Counter(re.findall("[A-Za-z0-9]", text))
    assert letters - Counter(unicodedata.normalize("NFKC", output)) == {}
