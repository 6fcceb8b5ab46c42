"""A folder of files to checked provisions: the one gate through which law comes in.

Hides the layout of a corpus, how a name finds its provision, and the order of the checks. Only a
provision that no finding refuses leaves here as a `Provision`.

The files directly in the folder are the collection named "paper", as the bundled ones hold the
provisions of the Secretariat's paper; each sub-folder is a collection of its own name.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcompare import codebook as codebooks
from npcompare import provision as provisions
from npcompare import schema, versions
from npcompare.errors import Code, NpcompareError, Problem, ProblemsError, refusals
from npcompare.relate import Answer
from npcompare.source import Source, mapping, read, sequence, show_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from npcompare.codebook import Codebook
    from npcompare.model import Provision
    from npcompare.source import Pointer

_CODEBOOK = "codebook.yaml"
_BIBLIOGRAPHY = "sources.yaml"
_SUFFIXES = (".yaml", ".yml")

#: The collection of the files that are in no sub-folder, and the name that stands for all.
FIRST = "paper"
ALL = "all"

#: Findings that say where a file may stand in a corpus, not what it says.
_PLACING = frozenset({Code.ID_NOT_FILE_NAME, Code.ID_TAKEN})


@dataclass(frozen=True, slots=True)
class _File:
    """A provision's file with what was found in it."""

    source: Source
    problems: tuple[Problem, ...]
    #: The provision, if no finding but for its place refuses it.
    provision: Provision | None
    collection: str = ""


class _Gate:
    """What each provision is checked against: schema, codebook and bibliography."""

    def __init__(self, codebook: Codebook, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self._codebook = codebook
        self._documents = documents
        self._checker = schema.Checker(schema.provision_schema(codebook.vocabulary))

    def check(
        self, source: Source, more_documents: Collection[str] = (), collection: str = ""
    ) -> _File:
        """Return a provision's file as checked; unless it is refused it has its provision."""
        found = list(source.problems)
        if source.readable:
            documents = {*self._documents, *more_documents}
            found += self._checker.check(source)
            found += provisions.check(source, self._codebook, documents)
            found += _check_id(source)
        sound = all(problem.code in _PLACING for problem in refusals(found))
        provision = provisions.build(source.data) if sound else None
        return _File(source, tuple(found), provision, collection)


@dataclass
class Corpus:
    """Provisions, the codebook they are coded in and the documents they rest on."""

    codebook: Codebook
    #: The bibliography: title, short title and the rest, by id.
    documents: Mapping[str, Mapping[str, Any]]
    files: tuple[_File, ...]
    #: How many files were checked, the codebook and the bibliography among them.
    checked: int
    _gate: _Gate
    _codebook_data: Any
    #: Findings about the bibliography.
    _common_problems: tuple[Problem, ...]
    #: The collection that is looked at where no provision is named.
    collection: str = FIRST
    #: The day whose law is asked for; empty for the law as it is held.
    as_of: str = ""
    #: Provisions opened by their path, by the name they were asked for under.
    _drafts: dict[str, _File] = field(default_factory=dict)

    @property
    def collections(self) -> tuple[str, ...]:
        """The names of the collections, the first one first."""
        found = {file.collection for file in self.files}
        return tuple(sorted(found, key=lambda name: (name != FIRST, name)))

    def restricted(self, collection: str = "", as_of: str = "") -> Corpus:
        """Return the same corpus looking at one collection, or all, and at the law of one day.

        Raises NpcompareError for a collection there is not, or a day that is none.
        """
        if collection and collection not in (*self.collections, ALL):
            known = ", ".join((*self.collections, ALL))
            raise NpcompareError(
                f'there is no collection "{collection}"', f"the collections are: {known}"
            )
        return replace(
            self,
            collection=collection or self.collection,
            as_of=versions.checked(as_of) if as_of else self.as_of,
        )

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every finding about the corpus, by place."""
        found = [problem for file in self.files for problem in file.problems]
        return tuple(sorted([*self._common_problems, *found]))

    def every(self) -> tuple[Provision, ...]:
        """Return every provision by jurisdiction and id, of whatever collection and time.

        Raises ProblemsError where any file is refused.
        """
        if found := refusals(self.problems):
            raise ProblemsError(found)
        held = (file.provision for file in self.files if file.provision)
        return tuple(sorted(held, key=lambda one: (one.jurisdiction.name.casefold(), one.id)))

    def provisions(self) -> tuple[Provision, ...]:
        """Return the provisions of the collection that may have been in force on the day."""
        looked_at = {
            file.provision.id
            for file in self.files
            if file.provision and self.collection in (file.collection, ALL)
        }
        return tuple(
            one
            for one in self.every()
            if one.id in looked_at
            and not (self.as_of and versions.in_force(one.dates, self.as_of) is Answer.NO)
        )

    @property
    def undated(self) -> tuple[str, ...]:
        """The ids of provisions that may or may not have been in force on the day."""
        if not self.as_of:
            return ()
        return tuple(
            one.id
            for one in self.provisions()
            if versions.in_force(one.dates, self.as_of) is Answer.CANNOT_TELL
        )

    def select(self, names: Sequence[str]) -> tuple[Provision, ...]:
        """Return the provisions of these names in this order; all of them if there are none.

        A name is an id, an alias, an ISO 3166 code that only one provision has, or the path of
        a file; with "@2020-01-31" after it, it is the version in force on that day. Raises
        NpcompareError where a name finds none or several, ProblemsError where a file is refused.
        """
        return tuple(self.find(name) for name in names) if names else self.provisions()

    def find(self, name: str) -> Provision:
        """Return the provision of one name; see `select`."""
        if _is_path(name):
            return self._sound(self._open(name))
        name, day = versions.split(name)
        found = self._sound(self._by_name(name))
        return self._version(found, day, or_itself=False) if day else self._as_of(found)

    def _sound(self, file: _File) -> Provision:
        found = refusals(self._common_problems + file.problems)
        if file.provision is None or found:
            raise ProblemsError(tuple(sorted(found)))
        return file.provision

    def _as_of(self, found: Provision) -> Provision:
        return self._version(found, self.as_of, or_itself=True) if self.as_of else found

    def _version(self, found: Provision, day: str, *, or_itself: bool) -> Provision:
        """Return the version of a provision that was in force on a day.

        One without any dates stands for itself if `or_itself`.
        """
        every = versions.lineage(self.every(), found)
        if not every and or_itself:
            return found
        then = [one for one in every if versions.in_force(one.dates, day) is Answer.YES]
        if len(then) == 1:
            return then[0]
        held = "; ".join(f"{one.id} {versions.period(one)}" for one in every)
        raise NpcompareError(
            f"which version of {found.id} was in force on {day} is not known",
            f"the versions held are: {held}" if held else "no version of it has dates",
        )

    def digest(self) -> str:
        """Return the digest of what the results rest on: codebook, documents and provisions.

        It is taken of the data, so that comments and line ends do not count.
        """
        held = [file.source.data for file in (*self.files, *self._drafts.values())]
        every = [self._codebook_data, self.documents, held]
        canonical = json.dumps(every, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"

    def _by_name(self, name: str) -> _File:
        wanted = name.casefold()
        index = self._names
        if wanted in index:
            return index[wanted]
        of_country = self._codes.get(wanted, [])
        # The first collection has the first word: what else is held of a State comes after it.
        if first := [file for file in of_country if file.collection == FIRST]:
            of_country = first
        if len(of_country) == 1:
            return of_country[0]
        if of_country:
            ids = ", ".join(_id(file) for file in of_country)
            raise NpcompareError(f'"{name}" is the code of several provisions', f"name one: {ids}")
        meant = schema.near(wanted, index)
        hint = f'did you mean "{_id(index[meant])}"? ' if meant else ""
        raise NpcompareError(
            f'there is no provision "{name}" in the corpus',
            f"{hint}`npcompare list` shows them all; a file is named by its path, with .yaml",
        )

    @cached_property
    def _names(self) -> dict[str, _File]:
        index = {_id(file).casefold(): file for file in self.files}
        for file in self.files:
            for alias in file.provision.aliases if file.provision else ():
                index.setdefault(alias.casefold(), file)
        return index

    @cached_property
    def _codes(self) -> dict[str, list[_File]]:
        codes: dict[str, list[_File]] = {}
        for file in self.files:
            if file.provision and file.provision.jurisdiction.code:
                code = file.provision.jurisdiction.code.casefold()
                codes.setdefault(code, []).append(file)
        return codes

    def _open(self, name: str) -> _File:
        """Return the provision in a file of the user's, under a label of its own."""
        if name in self._drafts:
            return self._drafts[name]
        path = Path(name)
        if not path.is_file():
            raise NpcompareError(f"there is no file {show_path(path)}")
        file = self._gate.check(read(path), _documents_near(path))
        kept = tuple(one for one in file.problems if one.code not in _PLACING)
        provision = None if refusals(kept) else provisions.build(file.source.data)
        drafts = [one.provision.id for one in self._drafts.values() if one.provision]
        if provision and (provision.id.casefold() in self._names or provision.id in drafts):
            provision = provisions.renamed(provision, show_path(path))
        self._drafts[name] = _File(file.source, kept, provision)
        return self._drafts[name]

    def check_file(self, path: Path) -> tuple[Problem, ...]:
        """Return the findings about one file: a provision, a codebook or a bibliography."""
        source = read(path)
        if path.name == _CODEBOOK:
            return _check_codebook(source)
        if path.name == _BIBLIOGRAPHY:
            return _check_shape(source, "sources")
        file = self._gate.check(source, _documents_near(path))
        return (*file.problems, *_doubts(self.codebook, [file]))


def load_corpus(folder: Path | str | None = None) -> Corpus:
    """Load the corpus in a folder, or the one bundled with npcompare.

    Findings do not raise: they are in the corpus's `problems`, and asking for a provision that
    has any raises ProblemsError. A folder that is missing or holds no provision raises
    NpcompareError.
    """
    statutes, codebook_path = _layout(Path(folder) if folder is not None else None)
    paths = _provision_files(statutes)
    codebook_source = read(codebook_path)
    if found := _check_codebook(codebook_source):
        # Without a sound codebook nothing else can be checked.
        raise ProblemsError(tuple(sorted(found)))
    documents: dict[str, Mapping[str, Any]] = {}
    common: list[Problem] = []
    shelves = {schema.bundled("statutes") / _BIBLIOGRAPHY, statutes / _BIBLIOGRAPHY}
    for path in sorted(path for path in shelves if path.is_file()):
        source = read(path)
        found = _check_shape(source, "sources")
        common += found
        # A document with a finding is there all the same.
        documents.update({name: mapping(one) for name, one in mapping(source.data).items()})
    codebook = codebooks.build(codebook_source.data)
    gate = _Gate(codebook, documents)
    files = [gate.check(read(path), (), _collection(path, statutes)) for path in paths]
    return Corpus(
        codebook=codebook,
        documents=documents,
        files=tuple(_dated(list(_placed(files)))),
        checked=len(paths) + 1 + (statutes / _BIBLIOGRAPHY).is_file(),
        _gate=gate,
        _codebook_data=codebook_source.data,
        _common_problems=tuple(common),
        collection=FIRST if any(file.collection == FIRST for file in files) else ALL,
    )


def load_together(folders: Sequence[Path]) -> tuple[Corpus, ...]:
    """Load corpora that are to be held against each other.

    Raises ProblemsError with what refuses a file in any of them, and NpcompareError where they are
    not coded in one codebook.
    """
    every = tuple(load_corpus(folder) for folder in folders)
    if found := refusals(problem for one in every for problem in one.problems):
        raise ProblemsError(tuple(sorted(set(found))))
    for folder, one in zip(folders, every, strict=True):
        if one.codebook != every[0].codebook:
            raise NpcompareError(
                f"{show_path(folders[0])} and {show_path(folder)} are coded in different codebooks",
                "put the same codebook.yaml into each folder, or into none",
            )
    return every


def validate(corpus_folder: Path | None, paths: Sequence[Path]) -> tuple[tuple[Problem, ...], int]:
    """Return every finding about the files and folders named, and how many files were checked.

    With no path named it is the corpus that is checked. A folder is checked as a corpus of its
    own; a file against the corpus. Raises NpcompareError where there is nothing to check.
    """
    found: list[Problem] = []
    checked = 0
    files = [path for path in paths if not path.is_dir()]
    for path in files:
        if not path.exists():
            raise NpcompareError(f"there is no file or folder {show_path(path)}")
    folders: list[Path | None] = [path for path in paths if path.is_dir()]
    for folder in folders if paths else [corpus_folder]:
        try:
            corpus = load_corpus(folder)
        except ProblemsError as error:
            found += error.problems
            checked += 1
        else:
            found += corpus.problems
            found += _doubts(corpus.codebook, corpus.files)
            checked += corpus.checked
    if files:
        corpus = load_corpus(corpus_folder)
        for path in files:
            found += corpus.check_file(path)
            checked += 1
    return tuple(sorted(set(found))), checked


def _doubts(codebook: Codebook, files: Iterable[_File]) -> Iterator[Problem]:
    """Yield what the phrase book reads otherwise in the words of provisions that are held."""
    from npcompare.suggest import doubts

    for file in files:
        if file.provision and file.provision.text.body:
            yield from doubts(codebook, file.source, file.provision)


def _layout(folder: Path | None) -> tuple[Path, Path]:
    """Return where a corpus keeps its provisions, and the codebook they are coded in."""
    ours = schema.bundled("schemas") / _CODEBOOK
    if folder is None:
        return schema.bundled("statutes"), ours
    if not folder.is_dir():
        raise NpcompareError(f"there is no folder {show_path(folder)}")
    inside = folder / "statutes"
    statutes = inside if inside.is_dir() else folder
    own = (folder / _CODEBOOK, statutes / _CODEBOOK, folder / "schemas" / _CODEBOOK)
    return statutes, next((path for path in own if path.is_file()), ours)


def _provision_files(statutes: Path) -> list[Path]:
    if not os.access(statutes, os.R_OK | os.X_OK):
        raise NpcompareError(f"the folder {show_path(statutes)} cannot be read")
    paths = sorted(
        (
            path
            for path in statutes.rglob("*")
            if path.suffix.lower() in _SUFFIXES
            and path.name not in (_CODEBOOK, _BIBLIOGRAPHY)
            and not any(part.startswith(".") for part in path.relative_to(statutes).parts)
        ),
        key=lambda path: path.with_suffix(""),
    )
    if not paths:
        raise NpcompareError(
            f"there is no provision in the folder {show_path(statutes)}",
            "a provision is a file that ends in .yaml; `npcompare show kenya` shows one",
        )
    return paths


def _check_codebook(source: Source) -> tuple[Problem, ...]:
    found = _check_shape(source, "codebook")
    return found or tuple(codebooks.check(source))


def _check_shape(source: Source, name: str) -> tuple[Problem, ...]:
    found = list(source.problems)
    if source.readable:
        found += schema.Checker(schema.load(name)).check(source)
    return tuple(found)


def _check_id(source: Source) -> Iterator[Problem]:
    name = source.data.get("id") if isinstance(source.data, dict) else None
    stem = source.path.stem
    if isinstance(name, str) and name != stem:
        message = f'the id "{name}" is not the name of the file, "{stem}"'
        hint = f'write "id: {stem}", or rename the file to {name}.yaml'
        yield source.problem(("id",), Code.ID_NOT_FILE_NAME, message, hint)


def _placed(files: list[_File]) -> Iterator[_File]:
    """Yield the files, each id or alias that is taken already among its findings."""
    taken: dict[str, str] = {}
    for file in files:
        found = list(file.problems)
        data = mapping(file.source.data)
        named: list[tuple[Pointer, Any]] = [(("id",), data.get("id"))]
        aliases = enumerate(sequence(data.get("aliases")))
        named += [(("aliases", index), alias) for index, alias in aliases]
        for pointer, name in named:
            if not isinstance(name, str):
                continue
            other = taken.setdefault(name.casefold(), file.source.shown)
            if other != file.source.shown:
                message = f'"{name}" already names the provision in {other}'
                found.append(file.source.problem(pointer, Code.ID_TAKEN, message))
        yield replace(file, problems=tuple(found))


def _collection(path: Path, statutes: Path) -> str:
    """Return the collection that a file belongs to by the folder it is in."""
    above = path.relative_to(statutes).parts[:-1]
    return above[0] if above else FIRST


def _dated(files: list[_File]) -> Iterator[_File]:
    """Yield the files, with what does not fit between the versions of a provision."""
    held = {file.provision.id: file.provision for file in files if file.provision}
    families: dict[str, list[Provision]] = {}
    for one in held.values():
        if one.version_of:
            families.setdefault(one.version_of, []).append(one)
    for file in files:
        found = []
        if file.provision:
            family = families.get(file.provision.version_of, [])
            found = list(_check_versions(file.source, file.provision, family, held))
        yield replace(file, problems=(*file.problems, *found))


def _check_versions(
    source: Source, one: Provision, family: list[Provision], held: Mapping[str, Provision]
) -> Iterator[Problem]:
    named: list[tuple[Pointer, str]] = [(("version_of",), one.version_of)]
    if one.succeeds:
        named.append((("succeeds", "id"), one.succeeds.id))
    for pointer, name in named:
        if name and name not in held:
            meant = schema.near(name, held)
            hint = f'did you mean "{meant}"?' if meant else "it must be the id of a provision"
            message = f'there is no provision "{name}" in the corpus'
            yield source.problem(pointer, Code.VERSION_UNKNOWN, message, hint)
    for other in family:
        if other.id < one.id and versions.overlap(one.dates, other.dates):
            message = f"two versions are in force at once: this one and {other.id}"
            hint = "in_force_to is the last day of the earlier one"
            place: Pointer = ("dates", "in_force_from")
            yield source.problem(place, Code.VERSIONS_OVERLAP, message, hint)


def _documents_near(path: Path) -> set[str]:
    """Return the documents of a bibliography that lies beside a file, or one folder up."""
    for folder in (path.parent, path.parent / ".."):
        beside = folder / _BIBLIOGRAPHY
        if beside.is_file():
            source = read(beside)
            return set(mapping(source.data))
    return set()


def _id(file: _File) -> str:
    return file.provision.id if file.provision else file.source.path.stem


def _is_path(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES) or "/" in name or "\\" in name
