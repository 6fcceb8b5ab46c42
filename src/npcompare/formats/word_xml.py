"""Elements of WordprocessingML that python-docx has no class for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(name: str, /, **attributes: str) -> Any:
    """Return an element such as "w:lang", its attributes in the namespace of Word."""
    return OxmlElement(name, attrs={qn(f"w:{key}"): value for key, value in attributes.items()})
