"""The formats of other programs that are no documents of tables, and which command writes each.

A new format needs a function in the folder `exchange` and a row in _ROWS. The function takes what
the command gives it and returns text or bytes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from npcompare.errors import NpcompareError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class ExchangeFormat(NamedTuple):
    """A format that one or a few commands write."""

    #: Its name for --format.
    name: str
    #: The endings of its files; the first one is the usual one.
    suffixes: tuple[str, ...]
    #: What it is for; docs/reference/formats.md contains this.
    summary: str
    #: Each command that writes it, with its function as "module:function" in the folder `exchange`.
    #: `codebook` gives the function the corpus; `show` and `export` the corpus and the provisions.
    writers: Mapping[str, str]
    #: Whether the format is for files only, as bytes cannot be shown on the screen.
    is_binary: bool = False


#: One row for each format.
_ROWS = (
    ExchangeFormat(
        "turtle",
        (".ttl",),
        "the codebook as a vocabulary in SKOS, for vocabulary servers and linked data",
        {"codebook": "skos:write_turtle"},
    ),
    ExchangeFormat(
        "jsonld",
        (".jsonld",),
        "linked data: the codebook in SKOS, or the words of provisions behind each coded value as "
        "Web Annotations",
        {"codebook": "skos:write_json_ld", "show": "web_annotations:write"},
    ),
    ExchangeFormat(
        "akn",
        (".akn", ".xml"),
        "the text of one provision in Akoma Ntoso, which programs for legislation read",
        {"show": "akoma_ntoso:write"},
    ),
    ExchangeFormat(
        "qdc",
        (".qdc",),
        "the codebook for NVivo, MAXQDA, ATLAS.ti and QualCoder (REFI-QDA)",
        {"codebook": "coding_frame:write_codebook"},
    ),
    ExchangeFormat(
        "qdpx",
        (".qdpx",),
        "texts with their coded words for NVivo, MAXQDA, ATLAS.ti and QualCoder (REFI-QDA)",
        {"export": "refi_project:write_project"},
        is_binary=True,
    ),
)

#: Commands as examples have them, if not by their name alone.
_EXAMPLES = {"show": "show ID"}

#: The formats by name.
EXCHANGE_FORMATS = {row.name: row for row in _ROWS}


def chosen(name: str | None, output: Path | None) -> ExchangeFormat | None:
    """Return the format with a name, or else the format of the output file, if it is one of these.

    Raises NpcompareError if it cannot be shown on the screen and no file is named.
    """
    if name is not None:
        file_format = EXCHANGE_FORMATS.get(name)
    elif output is not None:
        suffix = output.suffix.lower()
        file_format = next((row for row in _ROWS if suffix in row.suffixes), None)
    else:
        return None
    if file_format and file_format.is_binary and output is None:
        raise NpcompareError(
            f"the format {name} cannot be shown on the screen",
            f"add -o NAME{file_format.suffixes[0]}",
        )
    return file_format


def writer(file_format: ExchangeFormat, command: str) -> Callable[..., str | bytes]:
    """Return the function with which a command writes a format.

    Raises NpcompareError if the command does not write it.
    """
    if command not in file_format.writers:
        raise other_command(file_format)
    module, function = file_format.writers[command].split(":")
    write: Callable[..., str | bytes] = getattr(
        import_module(f"npcompare.exchange.{module}"), function
    )
    return write


def other_command(file_format: ExchangeFormat) -> NpcompareError:
    """Return the error for a command that does not write a format; it names one that does."""
    ending, endings = file_format.suffixes[0], ", ".join(file_format.suffixes)
    examples = " or ".join(
        f"npcompare {_EXAMPLES.get(command, command)} -o NAME{ending}"
        for command in file_format.writers
    )
    return NpcompareError(
        f"this command does not write the format {file_format.name} ({endings})",
        f"{examples} writes it: {file_format.summary}",
    )
