"""Load a corpus: a folder of files becomes checked provisions, found by name.

Only a provision without findings that refuse it becomes a `Provision`.

The files directly in the folder are the collection named "paper", because the bundled ones are the
provisions of the Secretariat's paper; each sub-folder is a collection with its own name.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec
from msgspec.structs import replace

from npcompare.errors import NpcompareError, Problem, ProblemsError, refusals
from npcompare.file_names import YAML_SUFFIXES
from npcompare.law import profiles, versions
from npcompare.law.bibliography import documents_near
from npcompare.law.cache import Cache, NullCache
from npcompare.law.checking import (
    DEFAULT_OPTIONS,
    PLACEMENT_CODES,
    ProvisionChecks,
    check_all,
    check_external,
    run_task,
)
from npcompare.law.codebook_file import valid_codebook
from npcompare.law.codebook_parser import parse_codebook
from npcompare.law.collection_view import view_of
from npcompare.law.companion_files import load_companions
from npcompare.law.corpus_checks import check_corpus
from npcompare.law.folders import (
    is_path,
    layout,
    no_provisions,
    path_without_ending,
    provision_files,
    subfolder_of,
)
from npcompare.law.lookup import DEFAULT_COLLECTION, NameIndex
from npcompare.law.named_files import Naming, naming_of, with_names
from npcompare.messages import ENGLISH
from npcompare.model.language_versions import valid_tag
from npcompare.model.logic import Answer
from npcompare.readers.endings import ENDINGS, is_text_path
from npcompare.text import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.cache import CacheEntry
    from npcompare.law.checking import CheckedFile, CheckOptions, FileTask
    from npcompare.law.collection_view import CollectionView
    from npcompare.law.dataset_file import Dataset
    from npcompare.law.outside_files import TextReader
    from npcompare.law.profiles import Profile
    from npcompare.messages import Catalogue
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

#: The name that stands for all collections.
ALL_COLLECTIONS = "all"


class Corpus(msgspec.Struct, dict=True, eq=False):
    """Provisions, the codebook they are coded in, and the documents they are based on."""

    codebook: Codebook
    #: The bibliography: title, short title and other fields, by id; also that beside a file that
    #: is named by its path.
    documents: Mapping[str, Mapping[str, Any]]
    files: tuple[CheckedFile, ...]
    #: The files of the State profiles.
    profile_files: tuple[CheckedFile, ...]
    #: How many files were checked, with the codebook and the bibliography.
    file_count: int
    #: What its provisions were checked against.
    checks: ProvisionChecks
    codebook_data: Any
    #: The paths that identify its cache.
    _paths: tuple[Path, ...]
    _options: CheckOptions
    #: Findings about the bibliography and the folders.
    _common_problems: tuple[Problem, ...]
    #: The collection to use if no provision is named.
    collection: str = DEFAULT_COLLECTION
    #: What the corpus is as a dataset; None if it does not say.
    dataset: Dataset | None = None
    #: The day whose law is used; empty for the law without regard to dates.
    as_of: str = ""
    #: Which names jurisdictions have, if not those of the files.
    naming: Naming = Naming()
    #: The collections of which conditions select provisions; all if empty.
    selected_collections: tuple[str, ...] = ()
    #: Reads texts that are not coded; without it, these are refused.
    _read_text: TextReader | None = None
    #: Files outside the corpus, by the path they were asked for.
    _external_files: dict[str, CheckedFile] = msgspec.field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder of its provisions."""
        return self._paths[0]

    @property
    def codebook_path(self) -> Path:
        """The file of its codebook."""
        return self._paths[1]

    @property
    def collections(self) -> tuple[str, ...]:
        """The names of the collections; the default one comes first."""
        names = {file.collection for file in self.files}
        return tuple(sorted(names, key=lambda name: (name != DEFAULT_COLLECTION, name)))

    def named(self, style: str, names: Mapping[str, str] | None = None) -> Self:
        """Return the same corpus with names in one of the NAME_STYLES, or by id, alias or code."""
        chosen = naming_of(style, names or {})
        return self._with(replace(self.naming, is_un=chosen.is_un, names=chosen.names))

    def in_language(self, catalogue: Catalogue) -> Self:
        """Return the same corpus with the labels of the codebook and the notes in translation."""
        if catalogue == ENGLISH:
            return self
        from npcompare.law.translation import translated

        corpus = self._with(replace(self.naming, catalogue=catalogue))
        return replace(corpus, codebook=translated(self.codebook, catalogue))

    def with_text_language(self, language: str) -> Self:
        """Return the same corpus with texts in a language, or that of the tables if it is empty."""
        return self._with(replace(self.naming, text_language=valid_tag(language)))

    def _with(self, naming: Naming) -> Self:
        if naming == self.naming:
            return self
        files = tuple(with_names(file, naming) for file in self.files)
        return replace(self, files=files, naming=naming, _external_files={})

    def restricted(self, collection: str = "", as_of: str = "") -> Self:
        """Return the same corpus limited to one collection, or to the law of one day.

        Raises NpcompareError if the collection does not exist or the day is not valid.
        """
        names = (*self.collections, ALL_COLLECTIONS)
        if collection and collection not in names:
            hint = suggestion(collection, "the collections are", names)
            raise NpcompareError(f'there is no collection "{collection}"', hint)
        return replace(
            self,
            collection=collection or self.collection,
            as_of=versions.valid_day(as_of) if as_of else self.as_of,
        )

    def selecting(self, collections: Iterable[str]) -> Self:
        """Return the same corpus, in which no row gives way to one of another collection."""
        return replace(self, selected_collections=tuple(collections))

    def reading_texts(self, read: TextReader) -> Self:
        """Return the same corpus, in which a path may also be that of a text that is not coded."""
        return replace(self, _read_text=read, _external_files={})

    @property
    def proposed(self) -> tuple[Provision, ...]:
        """The provisions found so far whose coding is only proposed."""
        opened = _provisions(self._external_files.values())
        return tuple(provision for provision in opened if provision.is_proposed)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """The State profiles, by the code of the jurisdiction."""
        return profiles.by_code(self.profile_files, self.naming.catalogue)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every finding about the corpus, by place."""
        problems = [problem for file in self.files for problem in file.problems]
        return tuple(sorted([*self._common_problems, *problems]))

    def require_provisions(self) -> None:
        """Raise NpcompareError if the corpus has no provisions yet."""
        if not self.files:
            raise no_provisions(self._paths[0])

    def all_provisions(self) -> tuple[Provision, ...]:
        """Return every provision of every collection and day, by jurisdiction and id.

        Raises ProblemsError if any file is refused.
        """
        return _provisions(self._sorted(self.files))

    @cached_property
    def view(self) -> CollectionView:
        """The collection's files by whether they are shown, each by jurisdiction and id.

        Raises ProblemsError if any file is refused.
        """
        files = [
            file for file in self.files if self.collection in (file.collection, ALL_COLLECTIONS)
        ]
        return view_of(self._sorted(files), self.as_of, self.selected_collections)

    def files_in_view(
        self, *, with_undated: bool = False, with_superseded: bool = False
    ) -> tuple[CheckedFile, ...]:
        """Return the files that are shown; on request with those not dated or superseded."""
        more = self.view.left_out(undated=with_undated, superseded=with_superseded)
        return tuple(self._sorted([*self.view.files, *more])) if more else self.view.files

    def provisions(self, *, with_undated: bool = False) -> tuple[Provision, ...]:
        """Return the provisions of `files_in_view`."""
        return _provisions(self.files_in_view(with_undated=with_undated))

    def known_names(self, names: Sequence[str]) -> list[str]:
        """Return the names that find a provision; raise as `select` does if none of them does."""
        known_names = []
        for name in names:
            try:
                self.find(name)
                known_names.append(name)
            except ProblemsError:
                raise
            except NpcompareError:
                continue
        return known_names or [provision.id for provision in self.select(names)]

    def _sorted(self, files: Iterable[CheckedFile]) -> list[CheckedFile]:
        self.require_provisions()
        if problems := refusals(self.problems):
            raise ProblemsError(problems)
        return sorted(
            files,
            key=lambda file: (self.naming.sort_key(file.jurisdiction_name), file.header.id),
        )

    def select(self, names: Sequence[str]) -> tuple[Provision, ...]:
        """Return the provisions with these names, in this order; without names, all of them.

        A name is an id, an alias, an ISO 3166 code or the name of a jurisdiction with only one
        provision, or the path of a file, whose ending may be left out. With "@2020-01-31" after it,
        it finds the version in force on that day. Raises NpcompareError if a name finds no
        provision or several, ProblemsError if a file is refused.
        """
        return tuple(self.find(name) for name in names) if names else self.provisions()

    def find(self, name: str) -> Provision:
        """Return the provision with one name; see `select`."""
        path, _, day = name.rpartition("@")
        if path.lower().endswith((*YAML_SUFFIXES, *ENDINGS)) and not is_path(day):
            hint = f"leave out @{day}, or use the id of a provision"
            raise NpcompareError(f"{path} is one version, so there is no other to choose", hint)
        if is_path(name):
            return self._valid(self._open(name))
        name, day = versions.split(name)
        file = self._index.find(name)
        if file is None and not day and (path := path_without_ending(name)):
            return self._valid(self._open(path))
        if file is None:
            self.require_provisions()
            raise self._index.unknown(name)
        provision = self._valid(file)
        if day:
            return versions.version_on(self.all_provisions(), provision, day)
        return self._version_of_the_day(provision) if self.as_of else provision

    def _valid(self, file: CheckedFile) -> Provision:
        problems = refusals(self._common_problems + file.problems)
        if file.provision is None or problems:
            raise ProblemsError(tuple(sorted(problems)))
        return file.provision

    def _version_of_the_day(self, provision: Provision) -> Provision:
        """Return the version in force on the corpus's day, or the only one that may have been.

        Return the provision itself if none was, or if several may have been.
        """
        lineage = versions.lineage(self.all_provisions(), provision)
        by_answer = versions.by_answer(lineage, self.as_of)
        for candidates in (by_answer[Answer.YES], by_answer[Answer.UNKNOWN]):
            if len(candidates) == 1:
                return candidates[0]
        return provision

    def digest(self) -> str:
        """Return the digest of the data of the codebook, documents, provisions and profiles.

        Comments and line ends do not change it. It is that of one JSON list of these, with sorted
        keys and without white space, computed piece by piece.
        """
        encode = msgspec.json.Encoder(order="sorted").encode
        files = (*self.files, *self.profile_files, *self._external_files.values())
        digest = hashlib.sha256(b"[%b,%b,[" % (encode(self.codebook_data), encode(self.documents)))
        for number, file in enumerate(files):
            digest.update(b"," + file.canonical_json if number else file.canonical_json)
        digest.update(b"]]")
        return f"sha256:{digest.hexdigest()}"

    def run_task(
        self, files: Sequence[CheckedFile], task: FileTask, *, use_cache: bool = False
    ) -> Iterator[CacheEntry]:
        """Yield what a task computes from files; with `use_cache`, results are kept.

        Nothing is kept if the corpus was loaded without a cache.
        """
        path = self._paths[0] / f"{task.name} of {self.collection}"
        use_cache = use_cache and self._options.use_cache
        cache = Cache((*self._paths, path)) if use_cache else NullCache()
        yield from run_task(files, task, cache, self._options)
        cache.save()

    @property
    def names(self) -> tuple[str, ...]:
        """The ids and aliases of the valid provisions."""
        return tuple(
            name
            for file in self.files
            if file.is_valid
            for name in (file.header.id, *(file.header.aliases or ()))
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the valid provisions."""
        return tuple(file.header.id for file in self.files if file.is_valid)

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self.files)

    def check_external(self, path: Path) -> CheckedFile:
        """Return a file checked against this corpus, without making it part of the corpus."""
        return check_external(path, self.checks, documents_near(path))

    def _open(self, name: str) -> CheckedFile:
        """Return the file outside the corpus with this path; its provision gets a unique id."""
        from npcompare.law.outside_files import existing_path, read_text_file

        path = existing_path(name, self._external_files)
        if path not in self._external_files:
            self._external_files[path] = (
                read_text_file(Path(path), self._read_text)
                if is_text_path(path)
                else self._coded_file(Path(path))
            )
        return self._external_files[path]

    def _coded_file(self, path: Path) -> CheckedFile:
        """Return a coded file outside the corpus, without findings about its place."""
        file = self.check_external(path)
        file = file if self.naming == Naming() else with_names(file, self.naming)
        file.problems = tuple(
            problem for problem in file.problems if problem.code not in PLACEMENT_CODES
        )
        opened_ids = [opened.id for opened in _provisions(self._external_files.values())]
        if file.provision and (file.header.id in self._index or file.header.id in opened_ids):
            # With its own id it could not be distinguished from the other provision.
            file.provision = replace(file.provision, id=file.display_path)
        self.documents = {**documents_near(path), **self.documents}
        return file

    def name_of(self, provision: Provision) -> str:
        """Return the name by which a provision is found again: its id, or the path of its file."""
        paths = (path for path, file in self._external_files.items() if file.provision is provision)
        return next(paths, provision.id)


def load_corpus(
    folder: Path | str | None = None,
    options: CheckOptions = DEFAULT_OPTIONS,
    home: Corpus | None = None,
) -> Corpus:
    """Load the corpus in a folder, or the one bundled with npcompare.

    Findings do not raise: they are in the corpus's `problems`, and asking for a provision that
    has any raises ProblemsError. A folder that is missing or not a corpus raises NpcompareError.

    Args:
        folder: The folder; None for the bundled corpus.
        options: How the checks are done: with a cache, in parallel, with progress.
        home: A corpus whose codebook and bibliography apply, and whose ids may be referred to.
    """
    statutes, codebook_path = layout(Path(folder) if folder is not None else None)
    codebook_path = home.codebook_path if home else codebook_path
    paths, folder_problems = provision_files(statutes)
    cache = Cache((statutes, codebook_path)) if options.use_cache else NullCache()
    codebook_file = valid_codebook(codebook_path, cache)
    beside = load_companions(home.folder if home else statutes, cache)
    codebook_data = codebook_file.data()
    codebook = parse_codebook(codebook_data)
    checks = ProvisionChecks(codebook, codebook_file.cache_key, beside.documents)
    files = list(check_all(paths, checks, cache, options))
    cache.save()
    for file in files:
        file.collection = subfolder_of(file.path, statutes) or DEFAULT_COLLECTION
    check_corpus(files, home.ids if home else ())
    has_default = any(file.collection == DEFAULT_COLLECTION for file in files)
    return Corpus(
        codebook=codebook,
        documents=beside.documents,
        files=tuple(files),
        profile_files=beside.profile_files,
        file_count=len(paths) + 1 + beside.count,
        checks=checks,
        codebook_data=codebook_data,
        _paths=(statutes, codebook_path),
        _options=options,
        _common_problems=(*folder_problems, *beside.problems),
        collection=DEFAULT_COLLECTION if has_default else ALL_COLLECTIONS,
        dataset=beside.dataset,
    )


def _provisions(files: Iterable[CheckedFile]) -> tuple[Provision, ...]:
    return tuple(file.provision for file in files if file.provision)
