"""Resources of the Resource Description Framework (RDF), written as Turtle and as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"


class Iri(NamedTuple):
    """A reference to a resource."""

    iri: str


class Literal(NamedTuple):
    """A text; without a language, it is a code and not in words."""

    text: str
    language: str = ""


class Resource(NamedTuple):
    """A resource: its IRI, and for each property, by its IRI, the values.

    A property without values is left out.
    """

    iri: str
    types: tuple[str, ...]
    properties: tuple[tuple[str, Sequence[Iri | Literal]], ...]


#: What may follow a prefix as it is.
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_:-]*[A-Za-z0-9_])?")

#: Characters that have an escape of their own in Turtle, and those that no IRI has.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\x00-\x1f\x7f-\x9f"\\\u2028\u2029\ufeff]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri_part(name: str) -> str:
    """Return a name as a part of an IRI, with the codes of the characters that have a meaning."""
    return re.sub(
        r"[^\w.~-]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), name
    )


def turtle(resources: Iterable[Resource], prefixes: Mapping[str, str]) -> str:
    """Return resources as Turtle, in their order.

    Args:
        resources: The resources.
        prefixes: The beginnings of IRIs by their short forms.
    """
    lines = [f"@prefix {prefix}: <{start}> ." for prefix, start in prefixes.items()]
    for resource in resources:
        parts = [", ".join(_short(name, prefixes) for name in resource.types)]
        statements = [f"a {parts[0]}"]
        for name, values in resource.properties:
            objects = " ,\n        ".join(_object(value, prefixes) for value in values)
            if objects:
                separator = "\n        " if len(values) > 1 else " "
                statements.append(f"{_short(name, prefixes)}{separator}{objects}")
        lines += ["", _short(resource.iri, prefixes), "    " + " ;\n    ".join(statements) + " ."]
    return "\n".join(lines) + "\n"


def json_ld(resources: Iterable[Resource], prefixes: Mapping[str, str]) -> str:
    """Return resources as JSON-LD, in their order; the arguments are those of `turtle`."""
    graph = [
        {
            "@id": resource.iri,
            "@type": [_compact(name, prefixes) for name in resource.types],
            **{
                _compact(name, prefixes): [_node(value) for value in values]
                for name, values in resource.properties
                if values
            },
        }
        for resource in resources
    ]
    data = {"@context": dict(prefixes), "@graph": graph}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _object(value: Iri | Literal, prefixes: Mapping[str, str]) -> str:
    if isinstance(value, Iri):
        return _short(value.iri, prefixes)
    text = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), value.text)
    return f'"{text}"@{value.language}' if value.language else f'"{text}"'


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as Turtle has it, with a prefix if it can have one."""
    compact = _compact(iri, prefixes)
    if compact != iri:
        return compact
    escaped = _NOT_IN_IRI.sub(lambda match: f"\\u{ord(match[0]):04X}", iri)
    return f"<{escaped}>"


def _compact(iri: str, prefixes: Mapping[str, str]) -> str:
    for prefix, start in prefixes.items():
        if iri.startswith(start) and _LOCAL_NAME.fullmatch(iri, len(start)):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def _node(value: Iri | Literal) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.iri}
    if value.language:
        return {"@language": value.language, "@value": value.text}
    return {"@value": value.text}
