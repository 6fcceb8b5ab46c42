"""The codebook as programs for qualitative data analysis have it: a tree of codes.

The codes are the words of the codebook, below the question that they answer. A provision is coded
with them word by word, and rules derive its classes, so these are in a part of their own. Some
programs require that each code has another name, also below another question; so the name of a code
begins with the question: “Link: direct result”.
"""

from __future__ import annotations

import colorsys
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.exchange.refi_xml import (
    ORIGIN,
    UniqueNames,
    add,
    as_bytes,
    described,
    guid,
    root,
)
from npcompare.law.citations import cited
from npcompare.messages import deferred, message
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Term

_NAMESPACE = "urn:QDA-XML:codebook:1.0"

#: The questions that no dimension asks in this form: their names, and what they ask.
_OTHER_QUESTIONS = {
    "offences.extent": (
        deferred("Offences covered"),
        deferred("To which offences does the rule apply?"),
    ),
    "offences.categories": (
        deferred("Offences named"),
        deferred("Which kinds of offences does the rule name?"),
    ),
    "offences.excluded": (
        deferred("Offences excluded"),
        deferred("To which kinds of offences does the rule not apply?"),
    ),
}

#: The hues of neighbouring questions are as far apart as this part of a circle.
_GOLDEN_RATIO = 0.618034


class Code(Struct, frozen=True):
    """A code, or a heading that has codes below it and is not applied to words."""

    guid: str
    name: str
    description: str
    #: As "#RRGGBB"; empty for a heading.
    color: str = ""
    codes: tuple[Code, ...] = ()


class CodingFrame(Struct, frozen=True, dict=True):
    """The tree of codes, and the way from a coded value or a class to its code."""

    headings: tuple[Code, ...]
    #: By field and word.
    words: Mapping[tuple[str, str], Code]
    #: By dimension and class, for dimensions whose classes rules derive from the words.
    classes: Mapping[tuple[str, str], Code]
    #: The name of the question that each coded field answers.
    questions: Mapping[str, str]

    def key_of(self, code: Code) -> tuple[str, str]:
        """Return the field and the word, or the dimension and the class, of a code."""
        return self._keys[code.guid]

    @cached_property
    def _keys(self) -> dict[str, tuple[str, str]]:
        return {code.guid: key for key, code in (*self.words.items(), *self.classes.items())}


def write_codebook(corpus: Corpus) -> bytes:
    """Return the codebook of a corpus as a REFI-QDA codebook (.qdc)."""
    book = root("CodeBook", _NAMESPACE, origin=ORIGIN)
    add_codes(book, coding_frame(corpus))
    return as_bytes(book)


def add_codes(book: Element, frame: CodingFrame) -> None:
    """Add the tree of codes to a codebook or project."""
    codes = add(book, "Codes")
    for heading in frame.headings:
        _add_code(codes, heading)


def _add_code(parent: Element, code: Code) -> None:
    element = add(
        parent,
        "Code",
        guid=code.guid,
        name=code.name,
        isCodable="false" if code.codes else "true",
        color=code.color,
    )
    described(element, code.description)
    for child in code.codes:
        _add_code(element, child)


def coding_frame(corpus: Corpus) -> CodingFrame:
    """Return the codes of the codebook of a corpus, with labels in the language in use."""
    names = UniqueNames()
    parts = (message("Coded words"), message("Classes"))
    part_names = [names.unique(name) for name in parts]
    words: dict[tuple[str, str], Code] = {}
    classes: dict[tuple[str, str], Code] = {}
    questions = {
        field: _heading(corpus, names, "word", field, words)
        for field in FIELDS
        if _terms(corpus, field)
    }
    dimensions = [
        _heading(corpus, names, "class", dimension.id, classes)
        for dimension in corpus.codebook.dimensions.values()
        if not dimension.field
    ]
    descriptions = (
        message("Each code is applied to the words of a provision that say it."),
        message("Rules derive each class from the coded words; it is applied to the same words."),
    )
    headings = tuple(
        Code(guid("heading", key), name, description, codes=tuple(codes))
        for key, name, description, codes in zip(
            ("words", "classes"),
            part_names,
            descriptions,
            (questions.values(), dimensions),
            strict=True,
        )
        if codes
    )
    question_names = {field: question.name for field, question in questions.items()}
    return CodingFrame(headings, words, classes, question_names)


def _heading(
    corpus: Corpus, names: UniqueNames, kind: str, key: str, codes: dict[tuple[str, str], Code]
) -> Code:
    """Return a question with its codes, which are also put into a mapping."""
    if kind == "class":
        dimension = corpus.codebook.dimensions[key]
        name, question, terms = dimension.label, dimension.question, dimension.classes
    else:
        name, question = _question(corpus, key)
        terms = _terms(corpus, key)
    name = names.unique(name)
    color = _color(len({heading for heading, _ in codes}) + 5 * (kind == "class"))
    for word, term in terms.items():
        label = term.excluded_label if key == "offences.excluded" else ""
        code_name = message("{heading}: {words}", heading=name, words=label or term.label)
        description = " ".join(_description(corpus, key, term, is_class=kind == "class"))
        codes[key, word] = Code(guid(kind, key, word), names.unique(code_name), description, color)
    children = tuple(code for (heading, _), code in codes.items() if heading == key)
    return Code(guid(f"{kind}s", key), name, question, codes=children)


def _question(corpus: Corpus, field: str) -> tuple[str, str]:
    """Return the name of a coded field and the question that it answers."""
    if field in _OTHER_QUESTIONS:
        name, question = _OTHER_QUESTIONS[field]
        return message(name), message(question)
    for dimension in corpus.codebook.dimensions.values():
        if dimension.field == field:
            return dimension.label, dimension.question
    return field.replace("_", " ").capitalize(), ""


def _terms(corpus: Corpus, field: str) -> Mapping[str, Term]:
    return corpus.codebook.vocabulary.get(FIELDS[field], {})


def _description(corpus: Corpus, key: str, term: Term, *, is_class: bool) -> Iterator[str]:
    """Yield the sentences that define a code."""
    source = cited(corpus, term.source)
    yield (
        message("{remark} Source: {source}.", remark=term.definition, source=source)
        if source
        else term.definition
    )
    for rule in corpus.codebook.rules_of(key) if is_class else ():
        if rule.then == term.word:
            heading = f"{message('Rule')} {rule.id}"
            yield message("{heading}: {words}", heading=heading, words=rule.because)


def _color(number: int) -> str:
    """Return a light colour for the codes of a question, on which black letters can be read."""
    rgb = colorsys.hls_to_rgb(number * _GOLDEN_RATIO % 1, 0.78, 0.65)
    return "#" + "".join(f"{round(255 * part):02X}" for part in rgb)
