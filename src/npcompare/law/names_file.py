"""Names of jurisdictions as tables are to show them: a file of YAML or CSV, by id or code."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from npcompare.errors import Code, NpcompareError, Problem, ProblemsError
from npcompare.file_names import YAML_SUFFIXES
from npcompare.files import read_bytes, show_path
from npcompare.law.un_states import united_nations
from npcompare.law.unchecked_data import mapping
from npcompare.text import fold, is_control, near

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from npcompare.law.corpus import Corpus

#: How the first row of a CSV file begins if it has headings.
_HEADINGS = frozenset({"id", "code", "id or code", "key"})

#: The characters that separate values in CSV files; Excel chooses by the language of the system.
_SEPARATORS = (";", "\t", ",")

#: For how many unknown keys a similar one is looked for.
_MOST_HINTS = 50


class _Entry(NamedTuple):
    """A key with its name, and its line and column."""

    key: str
    name: str
    line: int
    column: int


def read_names(path: Path, corpus: Corpus) -> dict[str, str]:
    """Return the names in a file by their keys: the id or alias of a provision, or a code.

    Raises NpcompareError if the file is missing or of another kind, and ProblemsError with every
    finding about it.
    """
    suffix = path.suffix.lower()
    if suffix not in (*YAML_SUFFIXES, ".csv"):
        raise NpcompareError(
            f"{path} is not a file of names", "name a file that ends in .yaml or .csv"
        )
    read = _yaml_entries if suffix in YAML_SUFFIXES else _csv_entries
    entries = read(path)
    if problems := tuple(_problems(entries, show_path(path), corpus)):
        raise ProblemsError(problems)
    if not entries:
        raise NpcompareError(f"{path} contains no names", "write a line such as CZ: Czech Republic")
    return {entry.key: entry.name for entry in entries}


def _yaml_entries(path: Path) -> list[_Entry]:
    from npcompare.law.yaml_reader import read_yaml

    read_bytes(path, display_path=show_path(path))
    file = read_yaml(path)
    if file.problems:
        raise ProblemsError(tuple(file.problems))
    if not isinstance(file.data, dict):
        problem = file.problem((), Code.WRONG_TYPE, _NOT_A_MAPPING, _EXAMPLE)
        raise ProblemsError((problem,))
    entries = []
    for key, name in mapping(file.data).items():
        place = file.problem((key,), Code.WRONG_TYPE, f"the name of {key} is not a text", _EXAMPLE)
        if not isinstance(name, str):
            raise ProblemsError((place,))
        entries.append(_Entry(str(key), fold(name), place.line, place.column))
    return entries


_NOT_A_MAPPING = "the file is not a list of keys with names"
_EXAMPLE = "write a line such as CZ: Czech Republic"


def _csv_entries(path: Path) -> list[_Entry]:
    raw = read_bytes(path, display_path=show_path(path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "in Excel, save it as CSV UTF-8"
        problem = Problem(show_path(path), line, 1, Code.NOT_UTF8, "the file is not in UTF-8", hint)
        raise ProblemsError((problem,)) from error
    first_line = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    entries: list[_Entry] = []
    line = 1
    try:
        for row in reader:
            values = [fold(value) for value in row]
            is_head = not entries and values[:1] and values[0].casefold() in _HEADINGS
            if any(values[2:]) and not is_head:
                raise ProblemsError((_third_value(path, line, values, separator),))
            if any(values) and not is_head:
                entries.append(_Entry(values[0], values[1] if len(values) > 1 else "", line, 1))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"the file is not CSV: {error}"
        raise ProblemsError(
            (Problem(show_path(path), line, 1, Code.WRONG_FORM, message),)
        ) from error
    return entries


def _third_value(path: Path, line: int, values: list[str], separator: str) -> Problem:
    """Return the finding about a row with more than a key and a name, such as half a name."""
    name = f"{separator} ".join(filter(None, values[1:]))
    message = f'the row has {len(values)} values: "{values[2]}" is neither the key nor the name'
    hint = f'write a name with such a mark in quotation marks: {values[0]}{separator}"{name}"'
    return Problem(show_path(path), line, 1, Code.WRONG_COUNT, message, hint)


def _problems(entries: list[_Entry], path: str, corpus: Corpus) -> Iterator[Problem]:
    """Yield the findings about keys and names."""
    known_keys = _known_keys(corpus)
    lines: dict[str, int] = {}
    count = 0
    for key, name, line, column in entries:
        place = (path, line, column)
        folded = key.casefold()
        if folded in lines:
            message = f'"{key}" already has a name in line {lines[folded]}'
            yield Problem(*place, Code.DUPLICATE_KEY, message)
        elif folded not in known_keys:
            count += 1
            match = near(folded, known_keys) if count <= _MOST_HINTS else ""
            suggestion = f'did you mean "{known_keys[match]}"? ' if match else ""
            hint = (
                f"{suggestion}write the id of a provision or the code of a State; the name of a "
                "bill is in its own file"
            )
            message = f'there is no provision and no State with the id or code "{key}"'
            yield Problem(*place, Code.VERSION_UNKNOWN, message, hint)
        lines.setdefault(folded, line)
        if not name:
            yield Problem(*place, Code.WRONG_FORM, f'"{key}" has no name')
        elif any(map(is_control, name)):
            message = f'the name of "{key}" contains a control character'
            yield Problem(*place, Code.CONTROL_CHARACTER, message, "type the name again")


def _known_keys(corpus: Corpus) -> dict[str, str]:
    """Return the ids, aliases and codes that there are, by their form in lower case."""
    keys = [*corpus.names, *united_nations().areas]
    headers = (file.header for file in corpus.files if file.is_valid)
    keys += [str(header.jurisdiction["code"]) for header in headers if header.jurisdiction["code"]]
    return {key.casefold(): key for key in keys}
