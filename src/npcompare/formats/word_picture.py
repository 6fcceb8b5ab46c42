"""Pictures in Word: as SVG for programs that show it, and as PNG for those that do not."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import resvg_py
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Emu

from npcompare.formats import word_styles as styles
from npcompare.formats.figures.canvas import FONT
from npcompare.formats.word_text import add_paragraph
from npcompare.formats.word_xml import qn
from npcompare.messages import deferred, message

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.shape import InlineShape

    from npcompare.formats.figures.canvas import Picture

#: What Word requires in the element of the PNG, so that it shows the SVG instead.
_SVG_EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{relation}"/></a:ext></a:extLst>'
)

#: A picture of one letter.
_SAMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    f'<text y="8" font-family="{FONT}">{{}}</text></svg>'
)

#: How many pixels of the PNG there are for one of the SVG: enough for print.
_ZOOM = 3

NO_FONTS = deferred("This picture was left out because no fonts were installed on the computer.")


def add(word: WordDocument, picture: Picture, scale: int) -> None:
    """Add a paragraph with a picture whose pixels have a size, given in EMU."""
    if not _has_fonts():
        add_paragraph(word, styles.FIGURE, message(NO_FONTS))
        return
    shape = word.add_picture(
        io.BytesIO(_png(picture.svg)),
        width=Emu(picture.width * scale),
        height=Emu(picture.height * scale),
    )
    word.paragraphs[-1].style = styles.FIGURE
    properties = shape._inline.docPr  # noqa: SLF001
    properties.set("title", picture.title)
    properties.set("descr", picture.description)
    _add_svg(word, shape, picture.svg)


def _add_svg(word: WordDocument, shape: InlineShape, svg: str) -> None:
    """Add the SVG to the file, and refer to it from the shape of the PNG."""
    package = word.part.package
    name = package.next_partname("/word/media/drawing%d.svg")
    part = Part(PackURI(str(name)), "image/svg+xml", svg.encode(), package)
    relation = word.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    (blip,) = shape._inline.iter(qn("a:blip"))  # noqa: SLF001
    blip.append(parse_xml(_SVG_EXTENSION.format(relation=relation)))


def _png(svg: str) -> bytes:
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM)


@cache
def _has_fonts() -> bool:
    """Return whether a letter is drawn; fonts have other names on each system."""
    letter, blank = (_png(_SAMPLE.format(text)) for text in ("M", ""))
    return letter != blank
