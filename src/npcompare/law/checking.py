"""Files through their checks: what was found in each, and the provisions that pass.

Hides the order of the checks, that what was checked once is not checked again while its bytes and
all it was checked against are the same, and that every core takes part where that pays. The same
holds of what else is worked out of a file that has passed (see `Study`). Where a file stands among
others is the affair of `crosschecks`, and is looked at anew each time.
"""

from __future__ import annotations

import os
import sys
from functools import cache, cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec

from npcompare._version import __version__
from npcompare.errors import Code, Problem, refusals
from npcompare.files import bundled_schema, read_up_to, show_path
from npcompare.law.cache import Entry
from npcompare.law.yaml_reader import YamlFile, read_yaml, unreadable_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from npcompare.law.cache import Pack
    from npcompare.law.json_schema import SchemaChecker
    from npcompare.law.yaml_reader import Pointer
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

    T = TypeVar("T", Path, "File")

    #: Shows how far a long task has come: it hands on what it is given, and knows how many.
    Watch = Callable[[Iterable[Entry], int], Iterable[Entry]]

#: Findings that say where a file may stand in a corpus, not what it says.
PLACING = frozenset({Code.ID_NOT_FILE_NAME, Code.ID_TAKEN})


class Means(msgspec.Struct, frozen=True):
    """By what means files are checked."""

    #: Whether what was checked once is kept and found again.
    keep: bool = True
    #: How many processes may check at the same time.
    cores: int = 1
    watch: Watch | None = None


#: The means of a program that says nothing about them.
ALONE = Means()

#: Fewer files than these are checked before other processes have even started.
_MANY = 400
#: How many files a process is given at a time.
_SHARE = 100


class Head(msgspec.Struct, frozen=True):
    """What places a provision among others, of whatever shape its file has it."""

    id: Any = None
    aliases: Any = None
    jurisdiction: Any = None
    dates: Any = None
    version_of: Any = None
    succeeds: Any = None


class File:
    """A file as checked."""

    def __init__(self, path: Path, entry: Entry, collection: str = "") -> None:
        """Take a file's findings, and its data as JSON."""
        self.path = path
        self.collection = collection
        #: The path as findings show it.
        self.display_path = show_path(path)
        self.problems = tuple(Problem(self.display_path, *one) for one in entry.found)
        #: The digest of its bytes and of what they were checked against.
        self.key = entry.key
        #: Whether no finding refuses the provision but for its place.
        self.is_sound = all(one.code in PLACING for one in refusals(self.problems))
        self._entry = entry

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as it was checked."""
        entry = self._entry
        return _file, (self.path, entry.key, entry.found, bytes(entry.data), self.collection)

    def data(self) -> Any:
        """Return the plain data of the file, None if it could not be read."""
        return msgspec.json.decode(self._entry.data)

    @property
    def kept(self) -> bytes:
        """The same as JSON without white space; of a provision with its keys by name."""
        return bytes(self._entry.data)

    @cached_property
    def head(self) -> Head:
        """What places the provision among others."""
        try:
            return msgspec.json.decode(self._entry.data, type=Head)
        except msgspec.ValidationError:
            return Head()

    @cached_property
    def provision(self) -> Provision | None:
        """The provision, if no finding refuses it but for its place."""
        from npcompare.law.provision_parser import parse_provision

        return parse_provision(self.data()) if self.is_sound else None

    @cached_property
    def source(self) -> YamlFile:
        """The file read again, for the places of its values."""
        return read_yaml(self.path)

    def add(self, found: Iterable[Problem]) -> None:
        """Add findings about the file's place."""
        self.problems += tuple(found)

    def problem(self, pointer: Pointer, code: Code, message: str, hint: str = "") -> Problem:
        """Return a finding at the value that the pointer leads to; the file is read for it."""
        return self.source.problem(pointer, code, message, hint)


def _file(path: Path, key: str, found: Any, data: bytes, collection: str) -> File:
    return File(path, Entry(key, found, msgspec.Raw(data)), collection)


class Checks(Protocol):
    """What files of one kind are checked against."""

    #: The digest of all that the findings rest on but for the file's own bytes.
    digest: str
    #: Whether the order of keys means nothing in these files, so that it is kept by name.
    is_sorted: bool

    def find(self, source: YamlFile) -> Iterable[Problem]:
        """Return the findings about a file that can be read."""


class Study(Protocol):
    """What is worked out of each file that has passed the checks."""

    #: What it is, in a word: its results are kept under it.
    name: str
    #: The digest of all that the results rest on but for the file and what it was checked against.
    digest: str

    def work_out(self, file: File) -> tuple[Iterable[Problem], Any]:
        """Return findings about a file, and what is to be kept of it as JSON."""


class Shape:
    """The checks of a file by one of the bundled schemas."""

    is_sorted = False

    def __init__(self, name: str) -> None:
        """Take the name of the schema, such as "sources"."""
        self._name = name
        self.digest = _digest(_tool(), bundled_schema(f"{name}.schema.json"))

    def find(self, source: YamlFile) -> list[Problem]:
        """Return the findings about the shape of a file."""
        from npcompare.law import json_schema

        return json_schema.SchemaChecker(json_schema.load_schema(self._name)).check(source)


class CodebookChecks(Shape):
    """The checks of a codebook: its shape, and whether its parts fit together."""

    def __init__(self) -> None:
        """Take the codebook's schema."""
        super().__init__("codebook")

    def find(self, source: YamlFile) -> list[Problem]:
        """Return the findings about a codebook."""
        from npcompare.law import codebook_checks

        return super().find(source) or codebook_checks.check(source)


class ProvisionChecks:
    """The checks of a provision: its shape, the codebook's words, and the proof of each value."""

    is_sorted = True

    def __init__(self, codebook: Codebook, key: str, documents: Collection[str]) -> None:
        """Take the codebook with the key of its file, and the ids of the documents known."""
        self._codebook = codebook
        self._key = key
        self._documents = frozenset(documents)
        self.digest = _digest(
            _tool(), bundled_schema("provision.schema.json"), key, *sorted(documents)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process without the checker, which is prepared there."""
        return ProvisionChecks, (self._codebook, self._key, self._documents)

    @cached_property
    def _checker(self) -> SchemaChecker:
        from npcompare.law import json_schema

        return json_schema.SchemaChecker(json_schema.provision_schema(self._codebook.vocabulary))

    def find(self, source: YamlFile, more_documents: Collection[str] = ()) -> Iterator[Problem]:
        """Yield the findings about a provision."""
        from npcompare.law import provision_checks

        yield from self._checker.check(source)
        documents = self._documents.union(more_documents)
        yield from provision_checks.check(source, self._codebook, documents)


def cores() -> int:
    """Return how many processes can run at the same time here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def examine(path: Path, checks: Checks, pack: Pack) -> File:
    """Return one file as checked, now or earlier."""
    (file,) = examine_all([path], checks, pack)
    return file


def examine_all(
    paths: Sequence[Path], checks: Checks, pack: Pack, means: Means = ALONE
) -> Iterator[File]:
    """Yield files as checked, now or earlier, in their order."""
    keys = [_key_of(path, checks) for path in paths]
    entries = _entries(paths, keys, partial(_check, checks), pack, means)
    return (File(path, entry) for path, entry in zip(paths, entries, strict=True))


def work_out(
    files: Sequence[File], study: Study, pack: Pack, means: Means = ALONE
) -> Iterator[Entry]:
    """Yield what a study works out of files, now or earlier, in their order."""
    keys = [_study_key(study, file) for file in files]
    return _entries(files, keys, partial(_study, study), pack, means)


def _entries(
    items: Sequence[T],
    keys: Iterable[str],
    make: Callable[[T], Entry],
    pack: Pack,
    means: Means,
) -> Iterator[Entry]:
    """Yield the entries of files by their keys, in their order: those kept, or made now."""
    known = [pack.find(key) for key in keys]
    left = [one for one, entry in zip(items, known, strict=True) if entry is None]
    fresh = _fresh(left, make, means.cores)
    if means.watch and left:
        fresh = iter(means.watch(fresh, len(left)))
    for held in known:
        entry = held or next(fresh)
        pack.add(entry)
        yield entry


def draft(path: Path, checks: ProvisionChecks, documents: Collection[str]) -> File:
    """Return the file of a provision outside of any corpus, checked with more documents."""
    source = read_yaml(path)
    found = list(source.problems)
    if source.is_readable:
        found += checks.find(source, documents)
    return File(path, _entry("", found, source.data, is_sorted=True))


def _fresh(items: Sequence[T], make: Callable[[T], Entry], cores: int) -> Iterator[Entry]:
    """Yield the entries of files that are not known, in their order."""
    if cores < 2 or len(items) < _MANY:
        yield from map(make, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    shares = [items[at : at + _SHARE] for at in range(0, len(items), _SHARE)]
    done = 0
    try:
        with ProcessPoolExecutor(cores) as pool:
            for share in pool.map(partial(_made, make), shares):
                yield from share
                done += len(share)
    except (OSError, BrokenProcessPool):
        # Some places allow no further processes; this one can do it alone.
        yield from map(make, items[done:])


def _made(make: Callable[[T], Entry], items: Iterable[T]) -> list[Entry]:
    return list(map(make, items))


def _check(checks: Checks, path: Path) -> Entry:
    """Return what is found in a file; under no key if its bytes could not be had."""
    try:
        raw = read_up_to(path)
    except OSError as error:
        source = unreadable_file(path, error)
        return _entry("", source.problems, source.data, is_sorted=checks.is_sorted)
    source = YamlFile(path, "", raw)
    found = [*source.problems, *(checks.find(source) if source.is_readable else ())]
    return _entry(_key(raw, checks), found, source.data, is_sorted=checks.is_sorted)


def _study(study: Study, file: File) -> Entry:
    found, kept = study.work_out(file)
    return _entry(_study_key(study, file), found, kept)


def _study_key(study: Study, file: File) -> str:
    return _digest(study.name, study.digest, file.key) if file.key else ""


def _entry(key: str, found: Iterable[Problem], data: Any, *, is_sorted: bool = False) -> Entry:
    kept = tuple((one.line, one.column, one.code, one.message, one.hint) for one in found)
    encode = _BY_NAME.encode if is_sorted else msgspec.json.encode
    return Entry(key, kept, msgspec.Raw(encode(data)))


#: Writes JSON with the keys in the order of their names.
_BY_NAME = msgspec.json.Encoder(order="sorted")


def _key_of(path: Path, checks: Checks) -> str:
    try:
        return _key(read_up_to(path), checks)
    except OSError:
        return ""


def _key(raw: bytes, checks: Checks) -> str:
    digest = sha256(checks.digest.encode())
    digest.update(raw)
    return digest.hexdigest()


def _digest(*parts: str | bytes) -> str:
    """Return a digest of parts that no other parts have, wherever one ends and the next begins."""
    digest = sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return digest.hexdigest()


@cache
def _tool() -> str:
    """Return what tells this npcompare from any other: version, and the state of its modules."""
    package = Path(__file__).parents[1]
    files = ((path, path.stat()) for path in package.rglob("*.py"))
    state = [
        f"{path.relative_to(package)} {file.st_size} {file.st_mtime_ns}" for path, file in files
    ]
    return "\n".join([__version__, sys.version, *sorted(state)])
