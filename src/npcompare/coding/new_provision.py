"""A provision still to be coded: its file with the proposals to confirm and the places to fill in.

Hides how such a file is laid out. Whatever is not known stays empty, so that `validate` names it;
each proposal is a comment until a coder takes the "# " before it away.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.law.provision_parser import FIELDS_OF_LIMB
from npcompare.text import fold, foreign, is_control
from npcompare.wording.quotations import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.coding.suggestions import Proposal, Reading
    from npcompare.model.codebook import Codebook

_HEAD = """\
# yaml-language-server: $schema={schema}
#
# A provision still to be coded. Fill in what is empty; `npcompare codebook` lists the words.{read}
# Then: npcompare validate {name}.yaml
id: "{name}"
jurisdiction:
  name:
  code:  # ISO 3166, such as KE; null for an organization
  kind:  # {kinds}
instrument:
  title:
  kind:  # {instruments}
pinpoint:  # such as "section 14"
form:  # {forms}
"""
_CONFIRM = """
# What `npcompare suggest` reads in the words stands under limbs as comments, each value with the
# words it rests on and the rule that read them. Confirm a line by taking away its "# "; mend it, or
# strike it out."""
#: How limbs are written, where none is proposed.
_LIMB = (
    "#: None is proposed. Write each so, its evidence in words of the body; leave out what is not",
    "#: said. `npcompare codebook relief` lists the words for a relief.",
    *(
        f"#: {'- ' if name == 'persons' else '  '}{name}: "
        f'{{{"extent" if name == "offences" else "value"}: , evidence: ""}}'
        for name in FIELDS_OF_LIMB
    ),
)
_SOURCES = """\
#: All but a bill name what they were coded from, by a document of sources.yaml:
#: sources:
#:   - {ref: , paragraph: }
"""

_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

#: How many words more a quotation may take, to be found in one place only.
_MOST_WORDS = 12


def skeleton(codebook: Codebook, name: str, reading: Reading | None, schema: str) -> str:
    """Return the file of a new provision, with the proposals of a reading of its words.

    `schema` is where the schema of a provision lies, for editors. Raises NpcompareError for a text
    that no provision can hold.
    """
    if not _ID.fullmatch(name):
        hint = "an id has lower-case letters, digits and single hyphens"
        if letter := foreign(name):
            raise NpcompareError(f'"{name}" is no id', f"{hint}; {letter}")
        meant = "-".join(re.findall("[a-z0-9]+", name.casefold().removesuffix(".yaml")))
        raise NpcompareError(
            f'"{name}" is no id', f'did you mean "{meant}"? {hint}' if meant else hint
        )
    book = codebook.vocabulary
    head = _HEAD.format(
        schema=schema,
        name=name,
        read=_CONFIRM if reading and reading.proposals else "",
        kinds=", ".join(book["jurisdiction_kind"]),
        instruments=", ".join(book["instrument_kind"]),
        forms=", ".join(book["form"]),
    )
    if reading is None:
        return f"{head}text: {{status: not_held, complete: false}}\n{_SOURCES}"
    return head + "\n".join([*_text(reading), *_limbs(reading), ""]) + _SOURCES


def _text(reading: Reading) -> Iterator[str]:
    """Yield the words of the provision as a block that holds them letter for letter."""
    yield "text:"
    yield "  status:  # verbatim, excerpt or translation"
    yield "  complete: false  # true if these words are the whole provision"
    yield f"  language: {reading.language}" if reading.language else "  language:  # such as es"
    # The number says how far the block is indented, whatever its first line begins with.
    yield "  body: |2-"
    for number, line in enumerate(_lines(reading.text), 1):
        if any(is_control(one) and one != "\t" for one in line):
            raise NpcompareError(
                f"line {number} of the text holds a control character",
                "save it as plain text once more",
            )
        yield f"    {line}" if line.strip() else ""


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _limbs(reading: Reading) -> Iterator[str]:
    """Yield the proposals as comments, limb by limb, and what is not understood."""
    for start, end in reading.unread:
        yield f"# not understood: {json.dumps(reading.words(start, end), ensure_ascii=False)}"
    body = fold(reading.text)
    limbs = [one for one in reading.proposals if one.limb]
    yield "limbs:"
    yield from () if limbs else _LIMB
    for number, ones in groupby(limbs, key=lambda one: one.limb):
        yield f'# - id: "{number}"'
        yield from _limb(reading, body, ones)
    for one in reading.proposals:
        if not one.limb:
            yield from _field(reading, body, one.field, [one], "# ")


def _limb(reading: Reading, body: str, ones: Iterable[Proposal]) -> Iterator[str]:
    by_field = {name: list(each) for name, each in groupby(ones, key=lambda one: one.field)}
    for name in FIELDS_OF_LIMB:
        if name == "offences" and any(one.startswith("offences.") for one in by_field):
            yield _offences(reading, body, by_field)
        elif name in by_field:
            yield from _field(reading, body, name, by_field[name], "#   ")


def _field(
    reading: Reading, body: str, name: str, ones: Iterable[Proposal], indent: str
) -> Iterator[str]:
    held = list(ones)
    if len(held) == 1:
        yield f"{indent}{name}: {_value(reading, body, held[0])}"
        return
    yield f"{indent}{name}:"
    yield from (f"{indent}  - {_value(reading, body, one)}" for one in held)


def _value(reading: Reading, body: str, one: Proposal) -> str:
    quoted = quotation(reading, body, one)
    return f"{{value: {one.value}, evidence: {quoted}}}  # {one.rule}"


def _offences(reading: Reading, body: str, by_field: Mapping[str, list[Proposal]]) -> str:
    ones = by_field.get("offences.extent", [])[:1]
    parts = [f"extent: {''.join(one.value for one in ones)}"]
    for name in ("categories", "excluded"):
        listed = by_field.get(f"offences.{name}", [])
        ones += listed
        if listed:
            parts.append(f"{name}: [{', '.join(one.value for one in listed)}]")
    quoted = list(dict.fromkeys(quotation(reading, body, one) for one in ones))
    evidence = quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"
    rules = ", ".join(dict.fromkeys(one.rule for one in ones))
    return f"#   offences: {{{', '.join(parts)}, evidence: {evidence}}}  # {rules}"


def quotation(reading: Reading, body: str, one: Proposal) -> str:
    """Return the words a proposal rests on as YAML, with as many more as make them found once."""
    text = reading.text
    start, end = one.start, one.end
    for _ in range(_MOST_WORDS):
        if len(places(body, reading.words(start, end))) == 1:
            break
        end = _next_space(text, end)
        if len(places(body, reading.words(start, end))) != 1:
            start = _last_space(text, start)
    return json.dumps(reading.words(start, end), ensure_ascii=False)


def _next_space(text: str, at: int) -> int:
    """Return the end of the word after a place."""
    while at < len(text) and text[at].isspace():
        at += 1
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _last_space(text: str, at: int) -> int:
    """Return the start of the word before a place."""
    while at and text[at - 1].isspace():
        at -= 1
    while at and not text[at - 1].isspace():
        at -= 1
    return at
