"""The file of an interview: the YAML of a provision, which also has the state of the interview.

A value is an answer. What was answered without a value, such as "not in the text", is in comments
at the head of the file, by the names of the questions. So an interview that has stopped goes on
from the file alone.
"""

from __future__ import annotations

import re
import textwrap
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.coding.file_templates import fill_template
from npcompare.coding.new_provision import check_id, text_lines
from npcompare.errors import Code, NpcompareError, ProblemsError
from npcompare.files import no_file, read_up_to, show_path
from npcompare.law.bibliography import documents_near
from npcompare.law.json_schema import SchemaChecker, provision_schema
from npcompare.law.provision_checks import check
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.law.yaml_edits import head, read, set_value
from npcompare.law.yaml_reader import read_yaml
from npcompare.shell import command

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.corpus import Corpus
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

#: The beginning of the comments that name what was answered without a value.
_MARK = "# Answered without a value: "

#: The order of keys in a file, for those that are added.
_ORDER = (
    *("id", "jurisdiction", "instrument", "pinpoint", "dates", "form", "text", "settled", "limbs"),
    *(*FIELDS_OF_LIMB, *FIELDS_OF_PROVISION, "sources", "notes"),
    *("name", "code", "kind", "title", "year", "status", "complete", "language", "source", "body"),
)

#: Findings about what is not answered yet.
OPEN_CODES = frozenset({Code.MISSING_KEY, Code.NO_CODING})

#: Names that are kept apart by commas in the comments.
_NAME = re.compile(r"[^\s,]+")

_WIDTH = 96


class InterviewFile(Struct, frozen=True, dict=True):
    """The text of the file, and what it says."""

    text: str

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The data of the file."""
        return mapping(read(self.text).data)

    @cached_property
    def answered(self) -> frozenset[str]:
        """The names of the questions that were answered without a value."""
        lines = head(self.text).splitlines()
        return frozenset(
            name
            for line in lines
            if line.startswith(_MARK)
            for name in _NAME.findall(line.removeprefix(_MARK))
        )

    @property
    def body(self) -> str:
        """The text of the provision."""
        body = mapping(self.data.get("text")).get("body")
        return body if isinstance(body, str) else ""

    @property
    def limbs(self) -> list[Mapping[str, Any]]:
        """The limbs that the file has."""
        return [mapping(limb) for limb in sequence(self.data.get("limbs"))]

    def value(self, pointer: Pointer) -> Any:
        """Return the value in a place, or None."""
        value: Any = self.data
        for key in pointer:
            if isinstance(key, int):
                value = value[key] if key < len(sequence(value)) else None
            else:
                value = mapping(value).get(key)
        return value

    def with_value(self, pointer: Pointer, value: Any) -> InterviewFile:
        """Return the file with another value in one place, or without one if it is REMOVED."""
        return InterviewFile(set_value(self.text, pointer, value, _ORDER))

    def with_answered(self, names: Collection[str], *, without: str = "") -> InterviewFile:
        """Return the file with the names of further questions answered without a value.

        Args:
            names: The names to add.
            without: A name to remove, because the question has a value now.
        """
        wanted = (self.answered | {*names}) - {without}
        if wanted == self.answered:
            return self
        comments = head(self.text)
        line_end = "\r\n" if "\r\n" in self.text else "\n"
        lines = [line for line in comments.splitlines() if not line.startswith(_MARK)]
        lines += [
            _MARK + line for line in textwrap.wrap(", ".join(sorted(wanted)), _WIDTH - len(_MARK))
        ]
        new_head = "".join(line + line_end for line in lines)
        return InterviewFile(new_head + self.text[len(comments) :])


def new_file(provision_id: str, text: str, language: str, schema: str, command: str) -> str:
    """Return the file of a provision in which only the text is filled in.

    Raises NpcompareError for an id that is not valid and for a text with control characters.

    Args:
        provision_id: The id of the provision.
        text: Its text.
        language: The language of the text; empty if it is not known.
        schema: The path of the provision schema, for editors.
        command: The name of the file, as the command line takes it.
    """
    check_id(provision_id)
    return fill_template(
        "interview.yaml.j2",
        id=provision_id,
        schema=schema,
        command=command,
        language=language,
        lines=list(text_lines(text)),
    )


def completed(file: YamlFile) -> YamlFile:
    """Return a file in which what is still open has a value that no check refuses."""
    data = dict(mapping(file.data))
    jurisdiction = {"name": "open", "code": None, "kind": "state"}
    data["jurisdiction"] = _filled(jurisdiction, data.get("jurisdiction"))
    if data.setdefault("instrument", None) is not None:
        data["instrument"] = _filled({"title": "open", "kind": "bill"}, data["instrument"])
    data.setdefault("form", None)
    text = {"status": "translation", "complete": False, "language": "en"}
    data["text"] = _filled(text, data.get("text"))
    for key in ("limbs", "settled", "sources", "notes"):
        if data.get(key, ()) is None:
            del data[key]
    if data.get("dates", ()) is None:
        del data["dates"]
    file.data = data
    return file


def _filled(defaults: Mapping[str, Any], present: Any) -> Any:
    """Return a mapping with defaults for what is empty in it; what is not a mapping stays."""
    if present is not None and not isinstance(present, dict):
        return present
    values = mapping(present)
    return {
        **defaults,
        **{key: value for key, value in values.items() if value is not None},
    }


def checked_file(corpus: Corpus, path: Path) -> bytes:
    """Return the bytes of a file that an interview can go on with.

    Raises ProblemsError if it has findings about more than what is still open, and NpcompareError
    if it is missing or has no text to quote.
    """
    if not path.is_file():
        raise no_file(path, show_path(path))
    file = read_yaml(path)
    problems = list(file.problems)
    if isinstance(mapping(file.data).get("text"), list):
        raise NpcompareError(
            f"{show_path(path)} has several versions, and the interview asks about one text",
            "code them in the file, or in a form: "
            f"{command('npcompare', 'form', path, '-o', 'coding.xlsx')}",
        )
    if not problems:
        schema = SchemaChecker(provision_schema(corpus.codebook))
        documents = {*corpus.documents, *documents_near(path)}
        problems = _refusals(file, corpus.codebook, schema, documents)
    if problems:
        raise ProblemsError(tuple(sorted(problems)))
    raw = read_up_to(path)
    if not InterviewFile(raw.decode("utf-8-sig")).body.strip():
        raise NpcompareError(
            f"{show_path(path)} has no text to ask about",
            "the interview needs the words of the provision: npcompare code FILE.docx",
        )
    return raw


def refusals_of(
    text: str, codebook: Codebook, schema: SchemaChecker, documents: Collection[str]
) -> list[Problem]:
    """Return the findings for which a file is refused, apart from what is still open in it."""
    file = read(text)
    if file.problems or not file.is_readable:
        return file.problems
    return _refusals(file, codebook, schema, documents)


def _refusals(
    file: YamlFile, codebook: Codebook, schema: SchemaChecker, documents: Collection[str]
) -> list[Problem]:
    completed(file)
    problems = [*schema.check(file), *check(file, codebook, documents)]
    return [
        problem for problem in problems if not problem.is_warning and problem.code not in OPEN_CODES
    ]
