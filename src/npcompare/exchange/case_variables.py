"""The variables of cases and texts in a project: what is known of a provision, a value each.

Some programs have variables of cases, others of texts only, so both have the most important ones. A
class that is unknown is a value too, in the core dimensions; in others it has no value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from npcompare.exchange.refi_xml import UniqueNames, add, add_reference, described, guid
from npcompare.messages import deferred, message
from npcompare.model.languages import language_name
from npcompare.model.provision import Basis
from npcompare.reports.basis_words import basis_label
from npcompare.reports.origin import origin
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification


class Subject(NamedTuple):
    """What variables describe: a provision with its text in one language, as classified."""

    corpus: Corpus
    classification: Classification
    collection: str

    @property
    def provision(self) -> Provision:
        """The provision."""
        return self.classification.provision


class Variable(NamedTuple):
    """A variable: its identifier, its name, what it is about, and how its value is found."""

    guid: str
    name: str
    description: str
    value_of: Callable[[Subject], str]
    #: Whether the value is a whole number.
    is_number: bool = False


def _label(vocabulary: str, word_of: Callable[[Subject], str]) -> Callable[[Subject], str]:
    return lambda subject: subject.corpus.codebook.label(vocabulary, word_of(subject))


def _year(subject: Subject) -> str:
    year = origin(subject.provision)[3]
    return year if year.isdecimal() and year.isascii() else ""


def _id(subject: Subject) -> str:
    proposed = subject.provision.proposed
    return proposed.name if proposed else subject.provision.id


def _jurisdiction(subject: Subject) -> str:
    """Return the name of a jurisdiction; a document that nobody has coded has only its own name."""
    return "" if subject.provision.is_proposed else subject.provision.jurisdiction.name


def _text_status(subject: Subject) -> str:
    """Return the status of a text; that of a document that nobody has coded is not known."""
    if subject.provision.is_proposed:
        return message("not known")
    return subject.corpus.codebook.label("text_status", subject.provision.text.status)


_YEAR = "year"

#: Each detail of a provision: its key, its name and its value.
_DETAILS: tuple[tuple[str, str, Callable[[Subject], str]], ...] = (
    ("id", deferred("Id"), _id),
    ("collection", deferred("Collection"), lambda subject: subject.collection),
    ("jurisdiction", deferred("Jurisdiction"), _jurisdiction),
    ("code", deferred("ISO code"), lambda subject: subject.provision.jurisdiction.code),
    (
        "jurisdiction_kind",
        deferred("Kind of jurisdiction"),
        _label("jurisdiction_kind", lambda subject: subject.provision.jurisdiction.kind),
    ),
    ("region", deferred("Region"), lambda subject: origin(subject.provision)[2]),
    ("instrument", deferred("Instrument"), lambda subject: subject.provision.instrument.title),
    (
        "instrument_kind",
        deferred("Kind of instrument"),
        _label("instrument_kind", lambda subject: subject.provision.instrument.kind),
    ),
    (_YEAR, deferred("Year"), _year),
    ("pinpoint", deferred("Provision"), lambda subject: subject.provision.pinpoint),
    ("form", deferred("Form"), _label("form", lambda subject: subject.provision.form)),
    ("effect", deferred("Effect"), _label("effect", lambda subject: subject.classification.effect)),
    (
        "text_status",
        deferred("Text status"),
        _text_status,
    ),
)

#: The details that are also those of texts, where the language comes before the status.
_DETAILS_OF_TEXTS = ("jurisdiction", "code", "instrument_kind", _YEAR, "form", "text_status")


def case_variables(corpus: Corpus) -> tuple[Variable, ...]:
    """Return the variables of cases: details, classes, and what those of the core are based on."""
    names = UniqueNames()
    variables = [_detail("case", names, *detail) for detail in _DETAILS]
    for dimension in corpus.codebook.dimensions.values():
        variables.append(_class("case", names.unique(dimension.label), dimension))
        if dimension.core:
            name = message("{heading}: {words}", heading=dimension.label, words=message("basis"))
            variables.append(
                Variable(
                    guid("variable", "case", dimension.id, "basis"),
                    names.unique(name),
                    message("What the class is based on."),
                    _basis_of(dimension),
                )
            )
    return tuple(variables)


def text_variables(corpus: Corpus) -> tuple[Variable, ...]:
    """Return the variables of texts; their names begin with “Text”, as no two may be the same."""
    names = UniqueNames()
    language = Variable(
        guid("variable", "text", "language"),
        names.unique(_of_text(message("Language"))),
        "",
        lambda subject: language_name(subject.provision.text.language),
    )
    return (
        language,
        *(
            _detail("text", names, key, name, value_of)
            for key, name, value_of in _DETAILS
            if key in _DETAILS_OF_TEXTS
        ),
        *(
            _class("text", names.unique(_of_text(dimension.label)), dimension)
            for dimension in corpus.codebook.core
        ),
    )


def _detail(
    kind: str, names: UniqueNames, key: str, name: str, value_of: Callable[[Subject], str]
) -> Variable:
    label = message(name) if kind == "case" else _of_text(message(name))
    return Variable(
        guid("variable", kind, key), names.unique(label), "", value_of, is_number=key == _YEAR
    )


def _class(kind: str, name: str, dimension: Dimension) -> Variable:
    return Variable(
        guid("variable", kind, "dimension", dimension.id),
        name,
        dimension.question,
        _classes_in(dimension),
    )


def _of_text(name: str) -> str:
    return message("{heading}: {words}", heading=message("Text"), words=name)


def _classes_in(dimension: Dimension) -> Callable[[Subject], str]:
    def classes(subject: Subject) -> str:
        classified = subject.classification.dimensions[dimension.id]
        is_known = classified.values or classified.basis is Basis.REPORTED
        if not (is_known or dimension.core):
            return ""
        return "; ".join(map(dimension.label_of, classified.answers))

    return classes


def _basis_of(dimension: Dimension) -> Callable[[Subject], str]:
    return lambda subject: basis_label(subject.classification.dimensions[dimension.id].basis)


def used_variables(
    variables: Iterable[Variable], subjects: Sequence[Subject]
) -> tuple[Variable, ...]:
    """Return those variables that have a value for any of some subjects."""
    return tuple(variable for variable in variables if any(map(variable.value_of, subjects)))


def add_variables(project: Element, variables: Iterable[Variable]) -> None:
    """Add the definitions of variables to a project."""
    parent = add(project, "Variables")
    for variable in variables:
        element = add(
            parent,
            "Variable",
            guid=variable.guid,
            name=variable.name,
            typeOfVariable="Integer" if variable.is_number else "Text",
        )
        described(element, variable.description)


def add_values(element: Element, variables: Iterable[Variable], subject: Subject) -> None:
    """Add the values of variables to a case or a text; one without a value has none."""
    for variable, text in _values(variables, subject):
        value = add(element, "VariableValue")
        add_reference(value, "VariableRef", variable.guid)
        add(value, "IntegerValue" if variable.is_number else "TextValue", text)


def _values(variables: Iterable[Variable], subject: Subject) -> Iterator[tuple[Variable, str]]:
    for variable in variables:
        if text := fold(variable.value_of(subject)):
            yield variable, text
