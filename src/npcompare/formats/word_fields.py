"""Fields of Word, such as a page number: their code, and the result that they have as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.formats.word_xml import element, qn
from npcompare.messages import divided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.text.paragraph import Paragraph


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """Add a field at the end of a paragraph, with the result that it has until Word updates it.

    The result is in a run of the paragraph itself, so that programs without fields read it, too.
    """
    _add_mark(paragraph, "begin")
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)  # noqa: SLF001
    _add_mark(paragraph, "separate")
    paragraph.add_run(result)
    _add_mark(paragraph, "end")


def add_message(
    paragraph: Paragraph, english: str, fields: Mapping[str, tuple[str, str]], **values: str
) -> None:
    """Add a message in the language in use to a paragraph, with fields among its words.

    Args:
        paragraph: The paragraph.
        english: The English message.
        fields: The code and the result of the fields, by the names of values in the message.
        values: The other values.
    """
    words = ""
    for text, name in divided(english):
        words += text + values.get(name, "")
        if name in fields:
            if words:
                paragraph.add_run(words)
            add_field(paragraph, *fields[name])
            words = ""
    if words:
        paragraph.add_run(words)


def _add_mark(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType=kind))  # noqa: SLF001
