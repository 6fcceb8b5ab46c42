"""Cells with the text of a law: its own words, all or a part of them, or a description of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.document import Cell, Run, Tone, cell
from npcompare.messages import (
    current,
    deferred,
    divided,
    in_quotation_marks,
    main_language,
    message,
)
from npcompare.reports.cells import in_language_named

if TYPE_CHECKING:
    from npcompare.model.provision import Provision, Text

#: What is before words that are a source's description and not the text of the law, and before
#: words of the law that are not all of its text.
_DESCRIBED = deferred("Described: {words}")
_EXCERPT = deferred("Excerpt: {words}")


def text_cell(provision: Provision, *, is_flat: bool = False, names_excerpts: bool = True) -> Cell:
    """Return the text of a provision, or that it is not available.

    If it is not in the language of the table, its language is named.

    Args:
        provision: The provision.
        is_flat: Whether the cell is a value for programs.
        names_excerpts: Whether a part of a text is called so; earlier editions did not.
    """
    text = provision.text
    if not text.body:
        return cell(message("Text not available"), Tone.UNKNOWN)
    is_foreign = bool(text.language) and main_language(text.language) != current().language
    words = _words(text, is_flat=is_flat)
    opening = _EXCERPT if provision.is_excerpt and names_excerpts else ""
    if text.is_description:
        opening = _DESCRIBED
    if is_flat or (text.is_description and not is_foreign):
        return cell(message(opening, words=words) if opening else words)
    tone = Tone.PLAIN if text.is_description else Tone.QUOTE
    (before, _), *after = divided(opening) if opening else [("", "")]
    runs = [Run(before), Run(words, tone, (), text.language), *(Run(part) for part, _ in after)]
    if is_foreign:
        runs.append(Run(f"{current().gap}{in_language_named(text.language)}"))
    return Cell(tuple(run for run in runs if run.text))


def _words(text: Text, *, is_flat: bool) -> str:
    """Return the words of a text; those of the law are in quotation marks."""
    body = text.body.strip()
    if not is_flat:
        body = text.with_sic(body)
    if text.is_description:
        return body
    return f"“{body}”" if is_flat else in_quotation_marks(body)
