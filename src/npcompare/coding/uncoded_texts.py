"""Texts that are not coded, read as provisions whose coding is only proposed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.coding.suggestions import provision_data, suggest
from npcompare.errors import NpcompareError
from npcompare.files import show_path
from npcompare.law.outside_files import UncodedText
from npcompare.model.provision import ProposedCoding
from npcompare.readers.outline import split_section
from npcompare.readers.text_to_code import text_to_code
from npcompare.shell import command
from npcompare.text import counted, visible

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.coding.suggestions import Suggestion
    from npcompare.model.codebook import Codebook

#: The most sections that a message names.
_MOST_NAMED = 12


class TextChoice(Struct, frozen=True):
    """How a text is read."""

    #: The section to read alone, such as "12(1)"; empty for the whole document.
    section: str = ""
    #: Whether tracked changes are "accepted" or "rejected".
    revisions: str = "accepted"
    #: The language of the text; detected if empty.
    language: str = ""


def read_uncoded(
    codebook: Codebook, path: Path, choice: TextChoice
) -> tuple[UncodedText, tuple[str, ...]]:
    """Return the coding that a text proposes, and what the user should know about the reading.

    In an Act with one section that has a rule, that section is read.

    Raises NpcompareError if the text cannot be read, has no rule on acts of victims, or is an Act
    with rules in several sections.
    """
    # A name that is not in the encoding of the system cannot be written into a file.
    name, file_name = map(visible, (show_path(path), path.name))
    text, notes = text_to_code(str(path), choice.revisions, choice.section)
    try:
        suggestion = suggest(codebook, text, choice.language)
    except NpcompareError as error:
        raise NpcompareError(f"{name}: {error.message}", error.hint) from error
    sections = _sections_with_rule(suggestion)
    if not sections:
        raise NpcompareError(
            f"no rule on acts of victims was found in {_named(name, choice)}",
            f"to see what was read: {_suggest_command(path, choice)}",
        )
    is_act = suggestion.places.is_act and not choice.section
    if is_act and len(sections) > 1:
        raise _several(name, sections)
    if is_act and (only := sections[0]):
        # A section that is not found in the outline of the document is read with the whole text.
        with suppress(NpcompareError):
            read, notes = read_uncoded(codebook, path, replace(choice, section=only))
            return read, (f"{name}: only section {only} has a rule, so it alone was read", *notes)
    elif len(sections) > 1 and not choice.section:
        notes = (*notes, _note_on_sections(name, sections))
    section, _ = split_section(choice.section)
    proposed = ProposedCoding(
        file_name,
        section,
        tuple(suggestion.words(start, end) for start, end in suggestion.unread),
    )
    data = provision_data(suggestion, name, file_name, section)
    return UncodedText(data, proposed), (*notes, *_note_on_unread(path, choice, proposed))


def _sections_with_rule(suggestion: Suggestion) -> list[str]:
    """Return the sections that have a limb, in the order of the text; "" before any number."""
    places = sorted(proposal.start for proposal in suggestion.proposals if proposal.limb)
    return list(dict.fromkeys(map(suggestion.places.article, places)))


def _note_on_sections(name: str, sections: list[str]) -> str:
    """Return that the rules of a short text were read together, and how to read one alone."""
    option = command("--section", next(filter(None, sections)))
    return (
        f"{name}: the rules of {_listed(sections)} were read as one provision; to read one of "
        f"them: {option}"
    )


def _listed(sections: list[str]) -> str:
    shown = ", ".join(section or "the beginning" for section in sections[:_MOST_NAMED])
    return f"{shown} …" if len(sections) > _MOST_NAMED else shown


def _note_on_unread(path: Path, choice: TextChoice, proposed: ProposedCoding) -> list[str]:
    """Return how many passages were not understood, and the command that lists them."""
    if not proposed.unread:
        return []
    were = "was" if len(proposed.unread) == 1 else "were"
    count = counted(len(proposed.unread), "passage")
    return [f"{count} {were} not understood: see {_suggest_command(path, choice)}"]


def _suggest_command(path: Path, choice: TextChoice) -> str:
    """Return the command that shows what is read in a text, with the same choice."""
    options = [
        word
        for field in TextChoice.__struct_fields__
        if (value := getattr(choice, field)) != getattr(TextChoice(), field)
        for word in (f"--{field}", value)
    ]
    return command("npcompare", "suggest", path, *options)


def _several(name: str, sections: list[str]) -> NpcompareError:
    number = next(filter(None, sections))
    return NpcompareError(
        f"{name} has rules on acts of victims in several sections: {_listed(sections)}",
        f"choose one of them: {command('--section', number)}",
    )


def _named(name: str, choice: TextChoice) -> str:
    section, _ = split_section(choice.section)
    return f"section {section} of {name}" if section else name
