"""The endings of documents, by which a path is known to be that of a text, not of a coded file."""

from __future__ import annotations

from npcompare.files import is_file

#: With those of kinds that are refused, so that each is refused with a sentence of its own. What a
#: document is, its content decides.
ENDINGS = (
    *(".docx", ".docm", ".dotx", ".odt", ".txt", ".text", ".html", ".htm", ".xhtml", ".pdf"),
    *(".xml", ".akn", ".doc", ".rtf", ".wpd", ".mht", ".mhtml", ".webarchive"),
)


def text_without_ending(name: str) -> str:
    """Return the path of the text with this name and an ending, or an empty string."""
    return next((name + ending for ending in ENDINGS if is_file(name + ending)), "")


def is_text_path(name: str) -> bool:
    """Return whether a name is the path of a text that is not coded."""
    return name.lower().endswith(ENDINGS)
