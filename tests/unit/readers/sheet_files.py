"""Workbooks made by hand, part by part, for readers of sheets."""

from __future__ import annotations

import io
import zipfile

S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
WORKBOOK = f'<workbook {S} xmlns:r="{R}"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>'
#: Four styles: any number, a day, a time, and a day in words.
STYLES = (
    f'<styleSheet {S}><numFmts><numFmt numFmtId="164" formatCode="h:mm;@"/>'
    '<numFmt numFmtId="165" formatCode="[$-F800]dddd\\, mmmm dd\\, yyyy"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    "</styleSheet>"
)


def worksheet(cells: str, more: str = "") -> str:
    return f"<worksheet {S}><sheetData>{cells}</sheetData>{more}</worksheet>"


def parts(cells: str = "", **changes: str) -> dict[str, str]:
    return {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": changes.get("workbook", WORKBOOK),
        "xl/_rels/workbook.xml.rels": changes.get("relationships", RELATIONSHIPS),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": changes.get("strings", f"<sst {S}/>"),
        "xl/worksheets/sheet1.xml": changes.get("sheet", worksheet(cells)),
    }


def packed(contents: dict[str, str] | dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()
