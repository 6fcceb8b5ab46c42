"""Codings of codebook 1 that are still valid and mean something else in codebook 2.

Only a coder can say what the law means, so these are named and not changed. The same list is in
docs/reference/coding.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.unchecked_data import mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

#: Words of a law that speak of offences and not of unlawful acts.
_OFFENCE = re.compile(r"offen[cs]e|crim|felon|infraction|délit|delit|penal|pénal", re.IGNORECASE)
_DOUBT = re.compile(r"\bdoubtful\b", re.IGNORECASE)

#: Words under `link` that are no link which compulsion could be required with.
_NOT_ANOTHER = frozenset({"compulsion", "none", "none_reported"})

_ANY = "any offence is coded, and the words may be wider: any unlawful act is an extent of its own"
_ANY_HINT = "if the law says “unlawful acts” or the like, write any_unlawful_act"
_COERCION = "other_coercion may be circumstances, deception, debt or another means"
_COERCION_HINT = (
    "these have words of their own now: compelled_by: circumstances, and in compulsion deception, "
    "debt, threat_of_denunciation and abuse_of_vulnerability"
)
_BOTH = "compulsion and another link in one limb are both required, a class of its own below duress"
_BOTH_HINT = "if the law requires only one of them, write two limbs"
_DOUBTFUL = "a note says that the reading is doubtful, which no comparison shows"
_DOUBTFUL_HINT = "write the other reading under doubtful, beside the value"
_KIND = "notes without a kind count as notes on the reading, which few tables print"
_KIND_HINT = "write {kind: caveat, note: ...} for a note that every reader of a table needs"


def changed_meanings(files: Iterable[YamlFile], codebook: Codebook) -> Iterator[Problem]:
    """Yield a warning for each coding that should be read again; each hint is given once."""
    if "any_unlawful_act" not in codebook.vocabulary.get("extent", ()):
        return
    hints: set[str] = set()
    for file in files:
        for pointer, message, hint in _places(mapping(file.data)):
            new_hint = "" if hint in hints else hint
            yield file.problem(pointer, Code.MEANING_CHANGED, message, new_hint)
            hints.add(hint)


def _places(content: Mapping[str, Any]) -> Iterator[tuple[Pointer, str, str]]:
    for number, limb in enumerate(map(mapping, sequence(content.get("limbs")))):
        yield from _places_in_limb(("limbs", number), limb)
    notes = sequence(content.get("notes"))
    if notes and not any("kind" in mapping(note) for note in notes):
        yield ("notes",), _KIND, _KIND_HINT


def _places_in_limb(
    pointer: Pointer, limb: Mapping[str, Any]
) -> Iterator[tuple[Pointer, str, str]]:
    offences = mapping(limb.get("offences"))
    if offences.get("extent") == "any" and not _OFFENCE.search(_text(offences.get("evidence"))):
        yield (*pointer, "offences", "extent"), _ANY, _ANY_HINT
    if "other_coercion" in _words(limb.get("compulsion")):
        yield (*pointer, "compulsion"), _COERCION, _COERCION_HINT
    links = _words(limb.get("link"))
    if "compulsion" in links and links - _NOT_ANOTHER:
        yield (*pointer, "link"), _BOTH, _BOTH_HINT
    for field, coded in limb.items():
        values = [mapping(coded), *map(mapping, sequence(coded))]
        notes = [_text(value.get("note")) for value in values if "doubtful" not in value]
        if any(map(_DOUBT.search, notes)):
            yield (*pointer, field), _DOUBTFUL, _DOUBTFUL_HINT


def _words(coded: Any) -> set[str]:
    """Return the words of a coded field."""
    values = [mapping(coded), *map(mapping, sequence(coded))]
    words = {_text(value.get("value")) for value in values}
    return words.union(_text(word) for value in values for word in sequence(value.get("values")))


def _text(content: Any) -> str:
    """Return a text, or the texts of a list one after the other."""
    if isinstance(content, list):
        return " ".join(map(_text, content))
    return content if isinstance(content, str) else ""
