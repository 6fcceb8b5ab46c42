"""Word documents: hides python-docx, and the parts of the format that it does not reach.

Landscape A4, a caption with a number that Word counts, heads that repeat, rows that do not split,
rules only at the top, at the bottom and under the heads, and lower-case notes under each table.
"""

from __future__ import annotations

import io
import json
import zipfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import Cell, Run, Tone, is_right_to_left
from npcompare.errors import NpcompareError
from npcompare.files import read_bytes
from npcompare.formats import word_picture, word_template
from npcompare.formats.figures import selection
from npcompare.formats.plain import bracketed, column_shares
from npcompare.formats.registry import EPOCH, LARGEST_FILE, instant
from npcompare.text import visible

if TYPE_CHECKING:
    from npcompare.document import Document, Table

#: The page and its margins, in twentieths of a point.
_PAGE = (16838, 11906)
_MARGIN = 1134

#: How many rows of a matrix go into one picture, so that it can be read in print.
_ROWS = 16

#: Where a Word file keeps properties of its own, and what each is known by.
RECIPE = "/docProps/custom.xml"
_PROPERTY = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

#: What a Word file may hold once it is unpacked, and how many columns Word itself lets a cell span.
_LARGEST, _WIDEST = 256 * 1024 * 1024, 63
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES, _VARIANT = f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes"

#: What marks a run or a paragraph as a revision until the table is done; no part of the format.
_EDIT = "npcompare-edit"

_LAW = "Law text"
_NOTE = "Table note"


def write(document: Document) -> bytes:
    """Return a document as a Word file."""
    word = _opened(Path(document.template)) if document.template else _new()
    heading = word.add_paragraph(style="Heading 1")
    if document.number:
        heading.add_run(visible(document.number)).add_break()
    heading.add_run(visible(document.title))
    for number, table in enumerate(document.tables):
        _add_table(word, table)
        _add_pictures(word, document, number)
    _track(word)
    if document.provenance:
        word.add_paragraph(visible(document.provenance), style=_NOTE)
    _set_properties(word, document)
    _set_recipe(word, document)
    return _packed(word)


def _track(word: Any) -> None:
    """Turn what is marked as inserted or deleted into revisions of Word's own."""
    from docx.oxml.ns import qn

    numbers = count(1)
    when = instant().strftime("%Y-%m-%dT%H:%M:%SZ")

    def revision(kind: str) -> Any:
        return _element(f"w:{kind}", id=str(next(numbers)), author="npcompare", date=when)

    for row in (row._tr for table in word.tables for row in table.rows):  # noqa: SLF001
        kinds = {run.get(_EDIT) for run in row.iter(qn("w:r"))}
        if kinds in ({"ins"}, {"del"}):
            # The row itself comes or goes, and not only what is in it.
            row.get_or_add_trPr().append(revision(*kinds))
    for paragraph in _revised_paragraphs(word.element.body):
        properties = _element("w:rPr")
        properties.append(revision(paragraph.attrib.pop(_EDIT)))
        paragraph.get_or_add_pPr().append(properties)
    for run in [run for run in word.element.body.iter(qn("w:r")) if run.get(_EDIT)]:
        around = revision(run.attrib.pop(_EDIT))
        run.addprevious(around)
        around.append(run)
        for text in run.findall(qn("w:t")) if around.tag == qn("w:del") else ():
            text.tag = qn("w:delText")


def _revised_paragraphs(body: Any) -> list[Any]:
    """Return the paragraphs whose end comes or goes: in cells, and those of whole notes."""
    from docx.oxml.ns import qn

    for note in body.xpath("./w:p"):
        kinds = {run.get(_EDIT) for run in note.iter(qn("w:r"))}
        if kinds in ({"ins"}, {"del"}):
            note.set(_EDIT, *kinds)
    return [one for one in body.iter(qn("w:p")) if one.get(_EDIT)]


def is_mark(run: Any) -> bool:
    """Say whether an element of a run is the raised mark of a note."""
    from docx.oxml.ns import qn

    return run.find(f".//{qn('w:vertAlign')}") is not None


def _set_recipe(word: Any, document: Document) -> None:
    """Put the recipe into a property of the file's own, which stays when the file is edited.

    The properties of a template stay beside it.
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    if not document.recipe:
        return
    package = word.part.package
    root = _own_properties(word)
    for key in [key for key, one in package.rels.items() if _is_properties(one)]:
        del package.rels[key]
    for one in [one for one in root if one.get("name") == "npcompare"]:
        root.remove(one)
    made = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_PROPERTY, name="npcompare")
    text = etree.SubElement(made, f"{{{_VARIANT}}}lpwstr", nsmap={"vt": _VARIANT})
    text.text = json.dumps(document.recipe, sort_keys=True)
    for number, one in enumerate(root, 2):
        one.set("pid", str(number))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI(RECIPE), kind, blob, package)
    package.relate_to(part, f"{_OFFICE}/relationships/custom-properties")


def _own_properties(word: Any) -> Any:
    """Return the element of the properties that a file has of its own, an empty one if none."""
    from docx.oxml import parse_xml

    held = [one.target_part for one in word.part.package.rels.values() if _is_properties(one)]
    return parse_xml(held[0].blob if held else _NO_PROPERTIES)


_NO_PROPERTIES = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VARIANT}"/>'


def _is_properties(relation: Any) -> bool:
    return not relation.is_external and relation.target_part.partname == RECIPE


def _new() -> Any:
    """Return an empty document in npcompare's own style."""
    import docx

    word = docx.Document()
    _set_page(word)
    _set_styles(word)
    _add_own_styles(word)
    return word


def _opened(path: Path) -> Any:
    """Return a document in the style of the house: the styles and the page of a file, emptied."""
    from docx.oxml.ns import qn

    hint = "name a Word file, .docx or .dotx"
    try:
        word = parsed(read_bytes(path, LARGEST_FILE))
        body = word.element.body
        for part in [part for part in body if part.tag != qn("w:sectPr")]:
            body.remove(part)
        word_template.contain(word)
        _add_own_styles(word)
        _room(word)
        _own_properties(word)
    except NpcompareError as error:
        message = f"the template {path} cannot be read: {error.message}"
        raise NpcompareError(message, hint) from error
    except Exception as error:
        raise NpcompareError(f"the template {path} has no page and styles", hint) from error
    return word


def parsed(content: bytes) -> Any:
    """Return the document in a Word file or template; raise NpcompareError if it is none.

    Anybody may have written it, so it may be of any size and shape.
    """
    import docx

    try:
        word = docx.Document(io.BytesIO(_as_document(content)))
        spans = [int(one) for one in word.element.body.xpath("//w:gridSpan/@w:val")]
    except Exception as error:  # the library stumbles over a damaged file wherever it may
        raise NpcompareError("it is not a Word file") from error
    if any(span > _WIDEST for span in spans):
        raise NpcompareError("it holds a table that is wider than Word makes them")
    return word


def _as_document(content: bytes) -> bytes:
    """Return a Word template as the document that it would make."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(made, "w") as whole:
        if sum(entry.file_size for entry in parts.infolist()) > _LARGEST:
            raise ValueError("it is too large")
        for name in parts.namelist():
            part = parts.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b"template.main+xml", b"document.main+xml")
            whole.writestr(name, part)
    return made.getvalue()


def _set_page(word: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Twips(length) for length in _PAGE)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Twips(_MARGIN))


def _set_styles(word: Any) -> None:
    from docx.shared import Pt, RGBColor

    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(9)
    normal.paragraph_format.space_after = Pt(0)
    _set_language(normal.element.get_or_add_rPr(), "en-GB")
    for name, size in (("Heading 1", 14), ("Caption", 10)):
        style = word.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        # The theme's own fonts would win over the name.
        for key in [key for key in style.element.rPr.rFonts.attrib if "heme" in key]:
            del style.element.rPr.rFonts.attrib[key]
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(6)


def _add_own_styles(word: Any) -> None:
    """Add the styles that a house may have made its own, where it has not."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    there = {style.name for style in word.styles}
    for name in {"Heading 1", "Caption"} - there:
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).font.bold = True
    if _LAW not in there:
        word.styles.add_style(_LAW, WD_STYLE_TYPE.CHARACTER).font.italic = True
    if _NOTE not in there:
        note = word.styles.add_style(_NOTE, WD_STYLE_TYPE.PARAGRAPH)
        note.base_style = word.styles["Normal"]
        note.font.size = Pt(8)
        note.paragraph_format.space_before = Pt(2)


def _add_pictures(word: Any, document: Document, number: int) -> None:
    """Add a table that is a matrix once more as pictures, each as large as a page lets it be."""
    table = document.tables[number]
    for one in selection.pages(document, number, _ROWS):
        _add_caption(word, "Figure", f"{table.title}: {one.part}")
        word_picture.add(word, one, _room(word))


def _room(word: Any) -> tuple[int, int]:
    """Return width and height of what a page holds beside a caption and its margins, in EMU."""
    from docx.shared import Cm

    page = word.sections[0]
    width = page.page_width - page.left_margin - page.right_margin
    return width, page.page_height - page.top_margin - page.bottom_margin - Cm(1.5)


def _add_caption(word: Any, kind: str, title: str) -> None:
    """Add a caption with a number that Word counts."""
    caption = word.add_paragraph(style="Caption")
    caption.add_run(f"{kind} ")
    _add_field(caption, f"SEQ {kind} \\* ARABIC", "1")
    caption.add_run(f". {visible(title)}")


def _add_table(word: Any, table: Table) -> None:
    _add_caption(word, "Table", table.title)
    if table.rows:
        _add_grid(word, table)
    else:
        word.add_paragraph("(nothing)")
    for note in table.revised_notes or map(_note, table.notes):
        _fill(word.add_paragraph(style=_NOTE), note)
    for remark in table.remarks:
        word.add_paragraph(visible(remark), style=_NOTE)


def _note(note: tuple[str, str]) -> Cell:
    letter, text = note
    return Cell((Run("", marks=(letter,)), Run(f" {text}")))


def _add_grid(word: Any, table: Table) -> None:
    section = word.sections[0]
    line = section.page_width - section.left_margin - section.right_margin
    widths = _widths(table, line)
    grid = word.add_table(rows=0, cols=len(table.columns))
    grid.autofit = False
    _describe(grid, table)
    head = grid.add_row()
    _flag(head, "w:tblHeader")
    for place, column in zip(head.cells, table.columns, strict=True):
        place.paragraphs[0].add_run(visible(column.heading)).bold = True
        _rule_under(place)
    for line in table.rows:
        row = grid.add_row()
        for place, one in zip(row.cells, line, strict=True):
            _fill(place.paragraphs[0], one)
    for row in grid.rows:
        _flag(row, "w:cantSplit")
        for place, width in zip(row.cells, widths, strict=True):
            place.width = width
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width


def _widths(table: Table, line: int) -> list[int]:
    """Return the width of each column: by its weight, or by what is in it."""
    shares = column_shares(table)
    return [line * share // sum(shares) for share in shares]


def _fill(paragraph: Any, one: Cell) -> None:
    """Put a cell into a paragraph, and into further ones where its words break lines."""
    for run in one.runs:
        first, *others = run.text.split("\n")
        _add_run(paragraph, run, first)
        for text in others:
            # The end of a paragraph comes and goes with the line break that it is.
            _set_revision(paragraph._p, run)  # noqa: SLF001
            paragraph = paragraph._parent.add_paragraph(style=paragraph.style)  # noqa: SLF001
            _add_run(paragraph, run, text)
        if run.marks:
            marks = paragraph.add_run(", ".join(map(visible, run.marks)))
            marks.font.superscript = True
            _set_revision(marks._r, run)  # noqa: SLF001


def _add_run(paragraph: Any, run: Run, text: str) -> None:
    if not text:
        return
    added = paragraph.add_run(visible(bracketed(replace(run, text=text))))
    _set_revision(added._r, run)  # noqa: SLF001
    if run.tone is Tone.QUOTE:
        added.style = _LAW
    added.bold = run.tone is Tone.STRONG or None
    added.font.underline = run.tone is Tone.INSERTED or None
    added.font.strike = run.tone is Tone.DELETED or None
    is_rtl = is_right_to_left(text)
    if run.language:
        _set_language(added._r.get_or_add_rPr(), run.language, is_rtl=is_rtl)  # noqa: SLF001
    if is_rtl:
        added.font.rtl = True
        _append(paragraph._p.get_or_add_pPr(), "w:bidi")  # noqa: SLF001


def _set_revision(element: Any, run: Run) -> None:
    if run.revision is not None:
        element.set(_EDIT, "ins" if run.revision is Tone.INSERTED else "del")


def _describe(grid: Any, table: Table) -> None:
    """Set the borders, the flags of head and first column, and the text for those who hear it."""
    from docx.oxml.ns import qn

    properties = grid._tbl.tblPr  # noqa: SLF001
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = "single" if side in ("top", "bottom") else "nil"
        borders.append(_element(f"w:{side}", val=kind, sz="8", space="0", color="000000"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = _element("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "70"), ("bottom", "40"), ("right", "70")):
        margins.append(_element(f"w:{side}", w=width, type="dxa"))
    properties.append(margins)
    properties.append(
        _element(
            "w:tblLook",
            val="00A0",
            firstRow="1",
            lastRow="0",
            firstColumn="1",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        )
    )
    heads = ", ".join(column.heading for column in table.columns)
    said = f"{len(table.rows)} rows. Columns: {heads}."
    properties.append(_element("w:tblCaption", val=visible(table.title)))
    properties.append(_element("w:tblDescription", val=visible(said)))
    for twice in properties.findall(qn("w:tblLayout"))[:-1]:
        properties.remove(twice)


def _rule_under(place: Any) -> None:
    borders = _element("w:tcBorders")
    borders.append(_element("w:bottom", val="single", sz="6", space="0", color="000000"))
    place._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001


def _flag(row: Any, name: str) -> None:
    _append(row._tr.get_or_add_trPr(), name)  # noqa: SLF001


def _append(properties: Any, name: str) -> None:
    from docx.oxml.ns import qn

    if properties.find(qn(name)) is None:
        properties.append(_element(name))


def _set_language(properties: Any, language: str, *, is_rtl: bool = False) -> None:
    properties.append(_element("w:lang", **{"bidi" if is_rtl else "val": language}))


def _add_field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word counts, with what it shows until then."""
    field = _element("w:fldSimple", instr=f" {code} ")
    run = paragraph.add_run(shown)
    field.append(run._r)  # noqa: SLF001
    paragraph._p.append(field)  # noqa: SLF001


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _set_properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title = visible(document.title)[:255]
    properties.subject = visible(document.number)[:255]
    properties.author = "npcompare"
    properties.comments = visible(document.provenance)[:255]
    properties.language = "en-GB"
    properties.created = properties.modified = instant()
    properties.last_modified_by = ""
    properties.revision = 1


def _packed(word: Any) -> bytes:
    """Return the file with the same date on each of its parts, so that no clock is in it."""
    stream = io.BytesIO()
    word.save(stream)
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(packed, "w") as whole:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(entry, parts.read(part.filename))
    return packed.getvalue()
