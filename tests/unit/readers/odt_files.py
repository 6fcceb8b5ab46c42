"""OpenDocument texts, made from the XML of their body."""

from __future__ import annotations

import io
import zipfile

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("style", "style"), ("table", "table")),
        *(("draw", "drawing"), ("svg", "svg-compatible"), ("manifest", "manifest")),
    )
)

#: A list with numbers, letters and bullets.
LISTS = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."
 text:start-value="12"/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("
 style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/>
<text:list-level-style-bullet text:level="4" text:bullet-char="•"/></text:list-style>
<style:style style:family="text" style:name="Hides"><style:text-properties text:display="none"/>
</style:style><style:style style:family="text" style:name="Heir"
 style:parent-style-name="Hides"/><style:style style:family="paragraph" style:name="Gone">
<style:text-properties text:display="none"/></style:style>
<style:style style:family="paragraph" style:name="Listed" style:list-style-name="L"/>"""


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    """Return a text with a body, with more styles, and with other parts by name."""
    packed = io.BytesIO()
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{LISTS}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr(
            "styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>"
        )
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()
