"""The description of a corpus as a dataset: who made it, under which title, version and licence.

It is the file dataset.yaml beside the provisions. What a release says of itself for citation is
made from this one file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.errors import Code
from npcompare.law.cache import NullCache
from npcompare.law.checking import SchemaChecks, check_one
from npcompare.law.folders import DATASET, leads_out, linked_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.cache import Cache
    from npcompare.law.yaml_reader import YamlFile

_PERSON_KEYS = ("family_names", "given_names")


class Creator(Struct, frozen=True):
    """A person or an organization that made the dataset."""

    #: The name of an organization; empty for a person.
    name: str = ""
    family_names: str = ""
    given_names: str = ""
    affiliation: str = ""
    #: As an address, such as https://orcid.org/0000-0002-1825-0097.
    orcid: str = ""

    @property
    def full_name(self) -> str:
        """The name as it is spoken."""
        return self.name or f"{self.given_names} {self.family_names}"

    @property
    def listed_name(self) -> str:
        """The name as lists of authors have it: "Family names, Given names"."""
        return self.name or ", ".join(filter(None, (self.family_names, self.given_names)))


class Licence(Struct, frozen=True):
    """The licence of the coding."""

    name: str
    #: Its id in the list of SPDX; empty for a licence that is not in it.
    id: str = ""
    url: str = ""
    #: The text, if copies must contain it.
    text: str = ""


class RelatedWork(Struct, frozen=True):
    """A publication or dataset, and what the dataset is to it in the words of DataCite."""

    identifier: str
    relation: str


class Dataset(Struct, frozen=True):
    """What a corpus is as a dataset."""

    title: str
    description: str
    version: str
    creators: tuple[Creator, ...]
    licence: Licence
    #: On what terms the words of laws and other texts are quoted.
    quotations: str
    #: The day of the release; empty before there is one.
    released: str = ""
    keywords: tuple[str, ...] = ()
    doi: str = ""
    url: str = ""
    repository: str = ""
    #: How the IRIs of provisions and of words of an own codebook begin; empty if it does not say.
    base: str = ""
    related: tuple[RelatedWork, ...] = ()


class DatasetChecks(SchemaChecks):
    """The checks of a description: its shape, its date, and the names of its creators."""

    def __init__(self) -> None:
        """Take the schema of descriptions."""
        super().__init__("dataset")

    def find(self, file: YamlFile) -> list[Problem]:
        """Return the findings about a description; a file of comments alone has none."""
        if file.data is None:
            return []
        return super().find(file) or [*_mistakes(file)]


def _mistakes(file: YamlFile) -> Iterator[Problem]:
    """Yield what a schema cannot say of a description that satisfies it."""
    from npcompare.law.date_checks import date_mistake

    released = file.data.get("released", "")
    if mistake := date_mistake(released):
        message = f'"{released}" is not a valid date: {mistake}'
        yield file.problem(("released",), Code.WRONG_FORM, message)
    for index, creator in enumerate(file.data["creators"]):
        is_person = set(creator) >= set(_PERSON_KEYS) and "name" not in creator
        if not (is_person or ("name" in creator and not set(creator) & set(_PERSON_KEYS))):
            message = "a creator has either a name, or family names and given names"
            hint = "write name for an organization, family_names and given_names for a person"
            yield file.problem(("creators", index), Code.CODING_CONFLICT, message, hint)
    licence = file.data["licence"]
    if not {"id", "url"} & set(licence):
        message = f'it is not said where the licence "{licence["name"]}" can be read'
        hint = "add its SPDX id if it has one, otherwise its url"
        yield file.problem(("licence",), Code.MISSING_KEY, message, hint)


def load_dataset(statutes: Path, cache: Cache) -> tuple[Dataset | None, list[Problem], bool]:
    """Return the description in a folder of provisions, its findings, and whether there is a file.

    There is no description if there is no file, if it has findings, or if it has only comments.
    """
    path = statutes / DATASET
    if not path.is_file():
        return None, [], False
    if leads_out(path, statutes):
        return None, [linked_out(path)], False
    file = check_one(path, DatasetChecks(), cache)
    data = file.data()
    if file.problems or data is None:
        return None, list(file.problems), True
    return _parse(data), [], True


def dataset_findings(path: Path) -> tuple[Problem, ...]:
    """Return the findings about one description."""
    return check_one(path, DatasetChecks(), NullCache()).problems


def _parse(data: Mapping[str, Any]) -> Dataset:
    parts = dict(data)
    parts["creators"] = tuple(Creator(**creator) for creator in data["creators"])
    parts["licence"] = Licence(**data["licence"])
    parts["keywords"] = tuple(data.get("keywords", ()))
    parts["related"] = tuple(RelatedWork(**work) for work in data.get("related", ()))
    return Dataset(**parts)
