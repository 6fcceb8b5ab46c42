"""The source of a text: a document that the bibliography has, or a new one, asked line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.field_answers import RefusedError
from npcompare.files import show_path
from npcompare.law.citations import cited
from npcompare.law.date_checks import date_mistake
from npcompare.law.json_schema import load_schema
from npcompare.model.provision import Citation
from npcompare.text import alphabetical, near

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.law.bibliography import BibliographyFile

    Documents = Mapping[str, Mapping[str, Any]]

#: What is asked of a new document, in order; the place is that of the text in it.
_STEPS = ("title", "short", "kind", "date", "url", "place", "confirm")
_OPTIONAL = frozenset({"date", "url", "place"})

#: A reference to a numbered paragraph of a document.
_PARAGRAPH = re.compile(r"(?:para(?:graph|s)?s?\.?\s*)([0-9].*)", re.IGNORECASE)

_ADDRESS = re.compile(r"https?://\S+")

#: The id of a document whose short title has no Latin letter and no digit.
_NAMELESS = "document"
_LONGEST_ID = 60


def source_of(line: str, documents: Documents) -> dict[str, str]:
    """Return the citation that a line gives: an id or a short title, and a place after a comma.

    Raises RefusedError if there is no such document, or if there are several.
    """
    name, refs = _named(line, documents)
    if len(refs) > 1:
        raise RefusedError(
            f'several documents have the short title "{name}"',
            f"type the id of one of them: {', '.join(refs)}",
        )
    if not refs:
        ref = line.partition(",")[0].strip()
        match = near(ref, documents)
        hint = f'did you mean "{match}"? ' if match else ""
        raise RefusedError(
            f'there is no document "{ref}" in sources.yaml',
            f"{hint}type n to describe a new document",
        )
    return citation_of(refs[0], line[len(name) :].lstrip(" ,"))


def citation_of(ref: str, place: str) -> dict[str, str]:
    """Return a citation of a place in a document, as the file of a provision has it."""
    paragraph = _PARAGRAPH.fullmatch(place)
    if paragraph:
        return {"ref": ref, "paragraph": paragraph[1]}
    return {"ref": ref, "pinpoint": place} if place else {"ref": ref}


def _named(line: str, documents: Documents) -> tuple[str, list[str]]:
    """Return the longest name that a line begins with, and the ids of the documents so named."""
    ref = line.partition(",")[0].strip()
    if ref in documents:
        return line.partition(",")[0], [ref]
    wanted = line.casefold()
    refs: dict[str, list[str]] = {}
    for document_id, document in documents.items():
        short = str(document.get("short") or "").casefold()
        if short and (wanted == short or wanted.startswith(f"{short},")):
            refs.setdefault(short, []).append(document_id)
    name = max(refs, key=len, default="")
    return line[: len(name)], refs.get(name, [])


def new_id(short: str, documents: Documents) -> str:
    """Return an id for a short title, in letters, digits and hyphens, that no document has."""
    ref = "-".join(re.findall("[a-z0-9]+", alphabetical(short)))
    ref = ref[:_LONGEST_ID].strip("-") or _NAMELESS
    number, unique = 1, ref
    while unique in documents:
        number += 1
        unique = f"{ref}-{number}"
    return unique


class Sources(Struct, frozen=True):
    """The documents that can be named as sources, by id, and the file to which new ones go."""

    documents: Documents
    bibliography: BibliographyFile

    def with_document(self, ref: str, document: Mapping[str, str]) -> Sources:
        """Return the sources with a new document; raise NpcompareError if it cannot be added."""
        bibliography = self.bibliography.with_document(ref, document)
        return Sources({**self.documents, ref: document}, bibliography)


class NewSource:
    """A document that is described line by line, and the place of the text in it."""

    def __init__(self, words: Mapping[str, str], sources: Sources) -> None:
        """Begin with its title; raise NpcompareError if no document can be added.

        Args:
            words: The question for each step.
            sources: The documents that there are.
        """
        # Whether a document can be added is known before it is described.
        trial = {"title": "title", "short": "short", "kind": _kinds()[0]}
        sources.with_document(new_id("", sources.documents), trial)
        self._words = words
        self._sources = sources
        self._position = 0
        self._answers: dict[str, str] = {}
        self.is_complete = False

    @property
    def step(self) -> str:
        """What is asked now, by its name."""
        return _STEPS[self._position]

    @property
    def question(self) -> str:
        """The question that is asked now, with the answer so far if it is asked again."""
        question = self._words[self.step].replace("{citation}", self.citation)
        return f"{question} {self._words['so_far']} {self._so_far}" if self._so_far else question

    @property
    def _so_far(self) -> str:
        return self._answers.get(self.step, "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are answers now."""
        if self.step == "confirm":
            return ("y",)
        leave = ("leave",) if self.step in _OPTIONAL else ()
        return ("k", *leave) if self._so_far else leave

    @property
    def choices(self) -> tuple[str, ...]:
        """The kinds of documents, where they are chosen by number."""
        return _kinds() if self.step == "kind" else ()

    @property
    def ref(self) -> str:
        """The id of the document."""
        return new_id(self._answers.get("short", ""), self._sources.documents)

    @property
    def _document(self) -> dict[str, str]:
        """The document as the bibliography describes it."""
        keys = (step for step in _STEPS if step not in {"place", "confirm"})
        return {key: self._answers[key] for key in keys if self._answers.get(key)}

    @property
    def value(self) -> dict[str, str]:
        """The place in the document, as the file of a provision has it."""
        return citation_of(self.ref, self._answers.get("place", ""))

    @property
    def citation(self) -> str:
        """How tables cite the place."""
        described = Sources({self.ref: self._document}, self._sources.bibliography)
        return cited(described, Citation(**self.value))

    def added(self) -> Sources:
        """Return the sources with the document; raise NpcompareError if it cannot be added."""
        return self._sources.with_document(self.ref, self._document)

    @property
    def message(self) -> str:
        """What is said when the document was added."""
        file = show_path(self._sources.bibliography.path)
        return self._words["added"].replace("{file}", file).replace("{id}", self.ref)

    def take(self, line: str) -> None:
        """Take a line as the answer to a step; raise RefusedError if it is not one."""
        key = line.casefold()
        if self.step == "confirm":
            if key not in {"y", "yes"}:
                raise RefusedError("type y to add the document, or b to change it")
            self.is_complete = True
            return
        if key != "k" or not self._so_far:
            is_left_out = key == "n" and self.step in _OPTIONAL
            self._answers[self.step] = "" if is_left_out else self._checked(line)
        self._position += 1

    def _checked(self, line: str) -> str:
        """Return the answer that a line gives to a step; raise RefusedError if it gives none."""
        if self.step == "kind":
            return _kind(line)
        if len(line) < 2:
            raise RefusedError("type the answer in words; ? shows the keys")
        if self.step == "url" and not _ADDRESS.fullmatch(line):
            raise RefusedError("a web address begins with https:// and has no spaces")
        if self.step == "date" and (mistake := date_mistake(line)):
            raise RefusedError(f'"{line}" is not a valid date: {mistake}')
        if self.step == "short":
            shorts = (
                str(each.get("short")).casefold() for each in self._sources.documents.values()
            )
            if line.casefold() in shorts:
                raise RefusedError(
                    f'another document is cited as "{line}"',
                    "type another short title; if you mean that document, go back with b to the "
                    "first question and answer it with this title",
                )
        return line

    def go_back(self) -> bool:
        """Go back to the step before; return False if this is the first one."""
        if self._position == 0:
            return False
        self._position -= 1
        return True


def _kinds() -> tuple[str, ...]:
    """Return the kinds of documents that the schema of the bibliography has."""
    document = load_schema("sources")["additionalProperties"]
    return tuple(document["properties"]["kind"]["enum"])


def _kind(line: str) -> str:
    kinds = _kinds()
    if line.casefold() in kinds:
        return line.casefold()
    numbers = [str(number) for number in range(1, len(kinds) + 1)]
    if line not in numbers:
        raise RefusedError(f"type a number from 1 to {len(kinds)}")
    return kinds[numbers.index(line)]
