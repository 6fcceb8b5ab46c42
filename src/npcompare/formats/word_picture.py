"""Pictures in Word: as SVG for the programs that know it, and as PNG for those that do not.

Hides resvg, which draws the PNG, and how Word keeps the two together.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from npcompare.formats.figures.canvas import FONT

if TYPE_CHECKING:
    from npcompare.formats.figures.canvas import Picture

_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    f'<asvg:svgBlip xmlns:asvg="{_SVG}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{relation}"/></a:ext></a:extLst>'
)

_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    f'<text y="8" font-family="{FONT}">{{}}</text></svg>'
)

#: How many pixels of the PNG stand for one of the picture: enough for print.
_ZOOM = 3

NO_FONTS = "The picture is left out: the machine that wrote this file has no fonts to draw it with."


def add(word: Any, picture: Picture, room: tuple[int, int]) -> None:
    """Add a paragraph with a picture as large as the room, in EMU, lets it be."""
    from docx.shared import Emu

    if not _has_fonts():
        word.add_paragraph(NO_FONTS)
        return
    scale = min(room[0] / picture.width, room[1] / picture.height)
    paragraph = word.add_paragraph()
    shape = paragraph.add_run().add_picture(
        io.BytesIO(_png(picture.svg)),
        width=Emu(int(picture.width * scale)),
        height=Emu(int(picture.height * scale)),
    )
    properties = shape._inline.docPr  # noqa: SLF001
    properties.set("title", picture.title)
    properties.set("descr", picture.description)
    _add_svg(word, shape, picture.svg)


def _add_svg(word: Any, shape: Any, svg: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    package = word.part.package
    name = package.next_partname("/word/media/drawing%d.svg")
    part = Part(PackURI(str(name)), "image/svg+xml", svg.encode(), package)
    relation = word.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    (blip,) = shape._inline.iter(qn("a:blip"))  # noqa: SLF001
    blip.append(parse_xml(_EXTENSION.format(relation=relation)))


def _png(svg: str) -> bytes:
    import resvg_py

    return resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM)


@cache
def _has_fonts() -> bool:
    """Say whether a letter leaves any trace, whatever the machine's fonts are called."""
    letter, nothing = (_png(_LETTER.format(words)) for words in ("M", ""))
    return letter != nothing
