"""Zipped documents from bytes, and small random changes to their parts: XML trees and rows.

Bytes that begin as a zip file are one. All others are the parts of a sample, with a line between
them that has nothing but a null character; a part without bytes is that of the sample.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from fuzz.trees import mutated, reworded
from npcompare.law.yaml_reader import YamlFile, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

SEPARATOR = b"\n\x00\n"

_ZIP = b"PK"


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zipped document by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zipped document; it is not compressed, which would take longer and test nothing."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def package(raw: bytes, sample: Mapping[str, bytes], names: Sequence[str]) -> bytes:
    """Return the zipped document that bytes encode.

    Args:
        raw: The bytes.
        sample: The parts of the sample.
        names: The names of those that the bytes have, in their order.
    """
    return raw if raw.startswith(_ZIP) else packed({**sample, **new_parts(raw, names)})


def new_parts(raw: bytes, names: Sequence[str]) -> dict[str, bytes]:
    """Return the parts that bytes have, by name."""
    contents = zip(names, raw.split(SEPARATOR, len(names) - 1), strict=False)
    return {name: content for name, content in contents if content}


def seed(parts: Mapping[str, bytes], names: Sequence[str]) -> bytes:
    """Return the bytes that encode parts of a document."""
    return SEPARATOR.join(parts.get(name, b"") for name in names)


# --- Changes -------------------------------------------------------------------------------------


def mutated_parts(raw: bytes, random: Random, reword: Callable[[str], str]) -> bytes:
    """Return the bytes of parts with a change in one of them, which is XML, YAML, JSON or rows."""
    contents = raw.split(SEPARATOR)
    place = random.choice([place for place, content in enumerate(contents) if content] or [0])
    contents[place] = mutated_part(contents[place], random, reword)
    return SEPARATOR.join(contents)


def mutated_part(raw: bytes, random: Random, reword: Callable[[str], str]) -> bytes:
    """Return a part with a change in its tree or its rows."""
    if raw.lstrip().startswith(b"<"):
        return mutated_xml(raw, random, reword)
    if raw.startswith((b"{", b"#")):
        return mutated_data(raw, random, reword)
    return mutated_rows(raw, random, reword)


def mutated_data(raw: bytes, random: Random, reword: Callable[[str], str]) -> bytes:
    """Return JSON or YAML with one to four changes in its tree; as it is if it is neither."""
    change = random.choice((mutated, reworded))
    if raw.startswith(b"{"):
        try:
            tree = json.loads(raw)
        except (ValueError, RecursionError):
            return raw
        return json.dumps(change(tree, random, reword)).encode("utf-8", "replace")
    file = YamlFile(Path("a.yaml"), "a.yaml", raw)
    if file.problems or not isinstance(file.data, dict | list):
        return raw
    tree = change(file.data, random, reword)
    return f"# \n{dump_yaml(tree)}".encode("utf-8", "replace")


def mutated_xml(raw: bytes, random: Random, reword: Callable[[str], str]) -> bytes:
    """Return XML with one to four changes in its tree; as it is if it is not well-formed."""
    try:
        root: Any = etree.fromstring(raw, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return raw
    for _ in range(random.randint(1, 4)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        _change_element(random.choice(elements), elements, random, reword)
    return etree.tostring(root, encoding="utf-8")


def _change_element(
    element: Any, elements: list[Any], random: Random, reword: Callable[[str], str]
) -> None:
    """Remove, repeat, move, rename or reword an element, or one of its attributes."""
    parent, kind = element.getparent(), random.randrange(8)
    sample = random.choice(elements)
    if kind == 0 and parent is not None:
        parent.remove(element)
    elif kind == 1 and parent is not None:
        parent.insert(random.randint(0, len(parent)), copy.deepcopy(element))
    elif kind == 2 and parent is not None and len(elements) < 3000:
        element.append(copy.deepcopy(sample))
    elif kind == 3:
        element.tag = sample.tag
    elif kind == 4 and element.attrib:
        del element.attrib[random.choice(sorted(element.attrib))]
    elif kind == 5 and sample.attrib:
        name = random.choice(sorted(sample.attrib))
        element.set(name, sample.get(name))
    elif kind == 6 and element.attrib:
        name = random.choice(sorted(element.attrib))
        element.set(name, xml_text(_other_value(element.get(name), random, reword)))
    else:
        element.text = xml_text(reword(element.text or ""))


def _other_value(value: str, random: Random, reword: Callable[[str], str]) -> str:
    values = ("", "0", "-1", "1", "9" * 10, "1e9", "true", "none", value * 2, reword(value))
    return random.choice(values)


def xml_text(text: str) -> str:
    """Return a text without the characters that XML cannot have."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r"
        or ("\x20" <= sign < "\ud800" or "\ue000" <= sign < "\ufffe")
        or sign >= "\U00010000"
    )


def mutated_rows(raw: bytes, random: Random, reword: Callable[[str], str]) -> bytes:
    """Return separated values with one to four changes in their rows and cells."""
    text = raw.decode("utf-8", "replace")
    try:
        rows = [*csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        return raw
    if not any(rows):
        return raw
    for _ in range(random.randint(1, 4)):
        _change_row(rows, random, reword)
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


def _change_row(rows: list[list[str]], random: Random, reword: Callable[[str], str]) -> None:
    """Remove, repeat or shorten a row, or change one of its cells."""
    place, sample = random.randrange(len(rows)), random.choice(rows)
    row, kind = rows[place], random.randrange(8)
    if kind == 0 and len(rows) > 1:
        del rows[place]
    elif kind == 1:
        rows.insert(random.randint(0, len(rows)), [*row])
    elif kind == 2 and row:
        del row[random.randrange(len(row))]
    elif row:
        cell = random.randrange(len(row))
        same = sample[cell] if cell < len(sample) else ""
        values = ("", same, random.choice(sample or [""]), reword(row[cell]))
        row[cell] = values[kind % len(values)]
