"""A folder of files to checked provisions: the one way in for law.

Hides how a name finds its provision.
Only a provision that no finding refuses leaves here as a `Provision`.

The files directly in the folder are the collection named "paper", as the bundled ones hold the
provisions of the Secretariat's paper; each sub-folder is a collection of its own name.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from npcompare.errors import NpcompareError, Problem, ProblemsError, refusals
from npcompare.files import bundled, no_file, show_path
from npcompare.law import versions
from npcompare.law.cache import NoPack, Pack
from npcompare.law.checking import (
    ALONE,
    PLACING,
    CodebookChecks,
    ProvisionChecks,
    Shape,
    draft,
    examine,
    examine_all,
    work_out,
)
from npcompare.law.codebook_parser import parse_codebook
from npcompare.law.corpus_checks import crosscheck
from npcompare.law.folders import (
    BIBLIOGRAPHY,
    SUFFIXES,
    layout,
    leads_out,
    linked_out,
    provision_files,
)
from npcompare.law.yaml_reader import mapping, read_yaml
from npcompare.model.logic import Answer
from npcompare.text import foreign, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.cache import Entry
    from npcompare.law.checking import File, Means, Study
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision


#: The collection of the files that are in no sub-folder, and the name that stands for all.
FIRST = "paper"
ALL = "all"


class Corpus(Struct, dict=True, eq=False):
    """Provisions, the codebook they are coded in and the documents they rest on."""

    codebook: Codebook
    #: The bibliography: title, short title and the rest, by id.
    documents: Mapping[str, Mapping[str, Any]]
    files: tuple[File, ...]
    #: How many files were checked, the codebook and the bibliography among them.
    checked: int
    #: What its provisions were checked against.
    checks: ProvisionChecks
    _codebook_data: Any
    #: Where its files are, by which what is kept of it is found again.
    _places: tuple[Path, ...]
    _means: Means
    #: Findings about the bibliography.
    _common_problems: tuple[Problem, ...]
    #: The collection that is looked at where no provision is named.
    collection: str = FIRST
    #: The day whose law is asked for; empty for the law as it is held.
    as_of: str = ""
    #: Provisions opened by their path, by the name they were asked for under.
    _drafts: dict[str, File] = field(default_factory=dict)

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
        return _provisions(self._in_order(self.files))

    def held(self) -> tuple[File, ...]:
        """Return the files of the collection whose law may have been in force on the day.

        They are by jurisdiction and id. Raises ProblemsError where any file is refused.
        """
        looked_at = [file for file in self.files if self.collection in (file.collection, ALL)]
        return tuple(
            file
            for file in self._in_order(looked_at)
            if not (
                self.as_of and versions.in_force(file.head.dates or {}, self.as_of) is Answer.NO
            )
        )

    def provisions(self) -> tuple[Provision, ...]:
        """Return the provisions of those files; see `held`."""
        return _provisions(self.held())

    def known(self, names: Sequence[str]) -> list[str]:
        """Return those names that there is a provision for; raise if there is none for any."""
        found = []
        for name in names:
            try:
                self.select([name])
            except ProblemsError:
                raise
            except NpcompareError:
                continue
            found.append(name)
        return found or [one.id for one in self.select(names)]

    def _in_order(self, files: Iterable[File]) -> list[File]:
        if found := refusals(self.problems):
            raise ProblemsError(found)
        return sorted(files, key=_by_jurisdiction)

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
        path, _, day = name.rpartition("@")
        if path.lower().endswith(SUFFIXES) and not _is_path(day):
            hint = f"leave @{day} out, or name the provision by its id"
            raise NpcompareError(f"{path} is one version, and holds no other to choose", hint)
        if _is_path(name):
            return self._sound(self._open(name))
        name, day = versions.split(name)
        found = self._sound(self._by_name(name))
        return self._version(found, day, or_itself=False) if day else self._as_of(found)

    def _sound(self, file: File) -> Provision:
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

        It is taken of the data, so that comments and line ends do not count: of one JSON list of
        these, with sorted keys and no white space, a piece at a time.
        """
        canonical = msgspec.json.Encoder(order="sorted").encode
        held = (file.kept for file in (*self.files, *self._drafts.values()))
        common = canonical(self._codebook_data), canonical(self.documents)
        digest = hashlib.sha256(b"[%b,%b,[" % common)
        for number, one in enumerate(held):
            digest.update(b"," + one if number else one)
        digest.update(b"]]")
        return f"sha256:{digest.hexdigest()}"

    def worked_out(
        self, files: Sequence[File], study: Study, *, keep: bool = False
    ) -> Iterator[Entry]:
        """Yield what a study works out of files; if `keep`, for the next time that these are asked.

        Where no cache is wanted nothing is kept.
        """
        place = self._places[0] / f"{study.name} of {self.collection}"
        pack = Pack((*self._places, place)) if keep and self._means.keep else NoPack()
        yield from work_out(files, study, pack, self._means)
        pack.save()

    def _by_name(self, name: str) -> File:
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
        meant = near(wanted, index)
        hint = f'did you mean "{_id(index[meant])}"? ' if meant else ""
        letter = f"; {foreign(name)}" if foreign(name) else ""
        raise NpcompareError(
            f'there is no provision "{name}" in the corpus',
            f"{hint}`npcompare list` shows them all; a file is named by its path, with .yaml"
            f"{letter}",
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names that provisions without findings are found by: their ids and aliases."""
        return tuple(
            name
            for file in self.files
            if file.is_sound
            for name in (file.head.id, *(file.head.aliases or ()))
        )

    @cached_property
    def _names(self) -> dict[str, File]:
        index = {_id(file).casefold(): file for file in self.files}
        for file in self.files:
            for alias in file.head.aliases or () if file.is_sound else ():
                index.setdefault(alias.casefold(), file)
        return index

    @cached_property
    def _codes(self) -> dict[str, list[File]]:
        codes: dict[str, list[File]] = {}
        for file in self.files:
            if file.is_sound and (code := file.head.jurisdiction["code"]):
                codes.setdefault(code.casefold(), []).append(file)
        return codes

    def opened(self, path: Path) -> File:
        """Return a file of the user's, checked against this corpus and not made part of it."""
        return draft(path, self.checks, _documents_near(path))

    def _open(self, name: str) -> File:
        """Return the provision in a file of the user's, under a label of its own."""
        if name in self._drafts:
            return self._drafts[name]
        path = Path(name)
        if not path.is_file():
            raise no_file(path, show_path(path))
        file = self.opened(path)
        file.problems = tuple(one for one in file.problems if one.code not in PLACING)
        drafts = [one.provision.id for one in self._drafts.values() if one.provision]
        if file.provision and (file.head.id.casefold() in self._names or file.head.id in drafts):
            # Under its own id it would be taken for another.
            file.provision = replace(file.provision, id=file.display_path)
        self._drafts[name] = file
        return file

    def asked_as(self, one: Provision) -> str:
        """Return the name under which a provision is found again: its id, or its file's path."""
        opened = (name for name, file in self._drafts.items() if file.provision is one)
        return next(opened, one.id)


def load_corpus(folder: Path | str | None = None, means: Means = ALONE) -> Corpus:
    """Load the corpus in a folder, or the one bundled with npcompare.

    Findings do not raise: they are in the corpus's `problems`, and asking for a provision that
    has any raises ProblemsError. A folder that is missing or holds no provision raises
    NpcompareError.
    """
    statutes, codebook_path = layout(Path(folder) if folder is not None else None)
    paths, common = provision_files(statutes)
    pack = Pack((statutes, codebook_path)) if means.keep else NoPack()
    codebook_file = _sound_codebook(codebook_path, pack)
    documents: dict[str, Mapping[str, Any]] = {}
    shelves = {bundled("statutes") / BIBLIOGRAPHY, statutes / BIBLIOGRAPHY}
    for path in sorted(path for path in shelves if path.is_file()):
        if leads_out(path, path.parent):
            common.append(linked_out(path))
            continue
        shelf = examine(path, Shape("sources"), pack)
        common += shelf.problems
        # A document with a finding is there all the same.
        documents.update({name: mapping(one) for name, one in mapping(shelf.data()).items()})
    codebook_data = codebook_file.data()
    codebook = parse_codebook(codebook_data)
    checks = ProvisionChecks(codebook, codebook_file.key, documents)
    files = list(examine_all(paths, checks, pack, means))
    pack.save()
    for file in files:
        file.collection = _collection(file.path, statutes)
    crosscheck(files)
    return Corpus(
        codebook=codebook,
        documents=documents,
        files=tuple(files),
        checked=len(paths) + 1 + (statutes / BIBLIOGRAPHY).is_file(),
        checks=checks,
        _codebook_data=codebook_data,
        _places=(statutes, codebook_path),
        _means=means,
        _common_problems=tuple(common),
        collection=FIRST if any(file.collection == FIRST for file in files) else ALL,
    )


def load_codebook(folder: Path | None) -> Codebook:
    """Return the codebook that a corpus is coded in, whatever is found in its other files.

    Raises ProblemsError for one with findings.
    """
    statutes, path = layout(folder)
    return parse_codebook(_sound_codebook(path, Pack((statutes, path))).data())


def _sound_codebook(path: Path, pack: Pack) -> File:
    """Return the file of a codebook; without a sound one nothing else can be checked."""
    file = examine(path, CodebookChecks(), pack)
    if file.problems:
        raise ProblemsError(tuple(sorted(file.problems)))
    return file


def stems(folder: Path | None) -> tuple[str, ...]:
    """Return the ids of a corpus as the names of its files have them, without opening any."""
    return tuple(path.stem for path in provision_files(layout(folder)[0])[0])


def load_together(folders: Sequence[Path], means: Means = ALONE) -> tuple[Corpus, ...]:
    """Load corpora that are to be held against each other.

    Raises ProblemsError with what refuses a file in any of them, and NpcompareError where they are
    not coded in one codebook.
    """
    every = tuple(load_corpus(folder, means) for folder in folders)
    if found := refusals(problem for one in every for problem in one.problems):
        raise ProblemsError(tuple(sorted(set(found))))
    for folder, one in zip(folders, every, strict=True):
        if one.codebook != every[0].codebook:
            raise NpcompareError(
                f"{show_path(folders[0])} and {show_path(folder)} are coded in different codebooks",
                "put the same codebook.yaml into each folder, or into none",
            )
    return every


def _collection(path: Path, statutes: Path) -> str:
    """Return the collection that a file belongs to by the folder it is in."""
    above = path.parts[len(statutes.parts) : -1]
    return above[0] if above else FIRST


def _documents_near(path: Path) -> set[str]:
    """Return the documents of a bibliography that lies beside a file, or one folder up."""
    for folder in (path.parent, path.parent / ".."):
        beside = folder / BIBLIOGRAPHY
        if beside.is_file() and not leads_out(beside, folder):
            source = read_yaml(beside)
            return set(mapping(source.data))
    return set()


def _by_jurisdiction(file: File) -> tuple[str, str]:
    return file.head.jurisdiction["name"].casefold(), file.head.id


def _provisions(files: Iterable[File]) -> tuple[Provision, ...]:
    return tuple(file.provision for file in files if file.provision)


def _id(file: File) -> str:
    return str(file.head.id) if file.is_sound else file.path.stem


def _is_path(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) or "/" in name or "\\" in name
