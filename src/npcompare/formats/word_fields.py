"""Fields of Word, such as a page number: their code, and the result that they have as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.formats.word_xml import element

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """Add a field at the end of a paragraph, with the result that it has until Word updates it.

    The result is in a run of the paragraph itself, so that programs without fields read it, too.
    """
    _add_mark(paragraph, "begin")
    instruction = element("w:instrText")
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)  # noqa: SLF001
    _add_mark(paragraph, "separate")
    paragraph.add_run(result)
    _add_mark(paragraph, "end")


def _add_mark(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001
