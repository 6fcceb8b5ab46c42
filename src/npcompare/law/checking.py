"""Check files: read them, apply their checks, and keep the results in the cache.

A file whose bytes are unchanged is checked again only if what it is checked against has changed.
The same holds for what a `FileTask` computes from a valid file. Many files are divided among
several processes. Checks between files are in `corpus_checks`, and are made each time.
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
from npcompare.law.cache import CacheEntry
from npcompare.law.header import Header, header_dates
from npcompare.messages import ENGLISH_TAG
from npcompare.model.language_versions import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from npcompare.law.cache import Cache
    from npcompare.law.json_schema import SchemaChecker
    from npcompare.law.versions import Dates
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision

    T = TypeVar("T", Path, "CheckedFile")

    #: Wraps the entries of a long run, whose number it is given, to show how far the run has come.
    Progress = Callable[[Iterable[CacheEntry], int], Iterable[CacheEntry]]

#: Findings about the place of a file in its corpus, not about its contents.
PLACEMENT_CODES = frozenset({Code.ID_NOT_FILE_NAME, Code.ID_TAKEN})

#: With fewer files, other processes take longer to start than the checks take.
_MIN_FILES_FOR_PROCESSES = 400
#: How many files a process is given at a time.
_FILES_PER_BATCH = 100


class CheckOptions(msgspec.Struct, frozen=True):
    """How files are checked."""

    #: Whether results are kept in the cache and taken from it.
    use_cache: bool = True
    #: How many processes may check files at the same time.
    processes: int = 1
    progress: Progress | None = None


DEFAULT_OPTIONS = CheckOptions()


class CheckedFile:
    """A file with the findings about it."""

    def __init__(self, path: Path, entry: CacheEntry, collection: str = "") -> None:
        """Take a file's findings, and its data as JSON."""
        self.path = path
        self.collection = collection
        #: The path as findings show it.
        self.display_path = show_path(path)
        self.problems = tuple(Problem(self.display_path, *finding) for finding in entry.findings)
        #: The digest of the file's bytes and of what they were checked against.
        self.cache_key = entry.key
        #: Whether the contents are valid; the file may still be in the wrong place.
        self.is_valid = all(problem.code in PLACEMENT_CODES for problem in refusals(self.problems))
        self._entry = entry

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the file as it was checked, for another process."""
        entry = self._entry
        return _unpickle, (
            self.path,
            entry.key,
            entry.findings,
            bytes(entry.data),
            self.collection,
        )

    def data(self) -> Any:
        """Return the data of the file, or None if it could not be read."""
        return msgspec.json.decode(self._entry.data)

    @property
    def canonical_json(self) -> bytes:
        """The data as JSON without white space; the keys of a provision are sorted."""
        return bytes(self._entry.data)

    @cached_property
    def header(self) -> Header:
        """The fields that place the provision among others."""
        try:
            return msgspec.json.decode(self._entry.data, type=Header)
        except msgspec.ValidationError:
            return Header()

    @property
    def jurisdiction_name(self) -> str:
        """The name of the jurisdiction by which valid files are sorted."""
        return str(self.header.jurisdiction["name"])

    @cached_property
    def dates(self) -> Dates:
        """The dates of a valid file, with the year of the instrument."""
        return header_dates(self.header)

    @cached_property
    def provision(self) -> Provision | None:
        """The provision with its English version, or the first; None if it is not valid."""
        from npcompare.law.provision_parser import parse_provision

        return in_language(parse_provision(self.data()), ENGLISH_TAG) if self.is_valid else None

    @cached_property
    def yaml_file(self) -> YamlFile:
        """The file, read again for the places of its values."""
        from npcompare.law.yaml_reader import read_yaml

        return read_yaml(self.path)

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Add findings about the file's place."""
        self.problems += tuple(problems)

    def problem(self, pointer: Pointer, code: Code, message: str, hint: str = "") -> Problem:
        """Return a finding at the value that the pointer leads to; this reads the file again."""
        return self.yaml_file.problem(pointer, code, message, hint)


def _unpickle(path: Path, key: str, findings: Any, data: bytes, collection: str) -> CheckedFile:
    return CheckedFile(path, CacheEntry(key, findings, msgspec.Raw(data)), collection)


# --- What files are checked against ----------------------------------------------------------


class Checks(Protocol):
    """The checks of one kind of file."""

    #: The digest of everything except the file itself that the findings depend on.
    digest: str
    #: Whether the order of keys has no meaning in these files, so that they are kept sorted.
    sorts_keys: bool

    def find(self, file: YamlFile) -> Iterable[Problem]:
        """Return the findings about a readable file."""


class FileTask(Protocol):
    """A computation on each valid file, whose results are kept in the cache."""

    #: A word that distinguishes its results from those of other tasks.
    name: str
    #: The digest of everything the results depend on, except the file and its checks.
    digest: str

    def run(self, file: CheckedFile) -> tuple[Iterable[Problem], Any]:
        """Return findings about a file, and the JSON data to keep."""


class SchemaChecks:
    """The checks of a file by one of the bundled schemas."""

    sorts_keys = False

    def __init__(self, name: str) -> None:
        """Take the name of the schema, such as "sources"."""
        self._name = name
        self.digest = _digest(_program_state(), bundled_schema(f"{name}.schema.json"))

    def find(self, file: YamlFile) -> list[Problem]:
        """Return the findings about the shape of a file."""
        from npcompare.law import json_schema
        from npcompare.law.date_checks import check_dates

        checker = json_schema.SchemaChecker(json_schema.load_schema(self._name))
        return [*checker.check(file), *check_dates(file)]


class CodebookChecks(SchemaChecks):
    """The checks of a codebook: its shape, and whether its parts are consistent."""

    def __init__(self) -> None:
        """Take the codebook's schema."""
        super().__init__("codebook")

    def find(self, file: YamlFile) -> list[Problem]:
        """Return the findings about a codebook."""
        from npcompare.law import codebook_checks

        return super().find(file) or codebook_checks.check(file)


class ProvisionChecks:
    """The checks of a provision: its shape, the codebook's words, and the proof of each value."""

    sorts_keys = True

    def __init__(self, codebook: Codebook, key: str, documents: Collection[str]) -> None:
        """Take the codebook with the cache key of its file, and the ids of known documents."""
        self._codebook = codebook
        self._key = key
        self._documents = frozenset(documents)
        self.digest = _digest(
            _program_state(), bundled_schema("provision.schema.json"), key, *sorted(documents)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the schema checker, which the other process prepares itself."""
        return ProvisionChecks, (self._codebook, self._key, self._documents)

    @cached_property
    def _schema_checker(self) -> SchemaChecker:
        from npcompare.law import json_schema

        schema = json_schema.provision_schema(self._codebook)
        return json_schema.SchemaChecker(schema)

    def find(self, file: YamlFile, more_documents: Collection[str] = ()) -> Iterator[Problem]:
        """Yield the findings about a provision."""
        from npcompare.law import provision_checks
        from npcompare.law.date_checks import check_dates

        yield from self._schema_checker.check(file)
        yield from check_dates(file)
        documents = self._documents.union(more_documents)
        yield from provision_checks.check(file, self._codebook, documents)


# --- Checking --------------------------------------------------------------------------------


def available_processors() -> int:
    """Return how many processes can run at the same time on this machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_one(path: Path, checks: Checks, cache: Cache) -> CheckedFile:
    """Return one file with its findings, from the cache if possible."""
    (file,) = check_all([path], checks, cache)
    return file


def check_all(
    paths: Sequence[Path], checks: Checks, cache: Cache, options: CheckOptions = DEFAULT_OPTIONS
) -> Iterator[CheckedFile]:
    """Yield files with their findings in order, from the cache if possible."""
    keys = [_file_key(path, checks) for path in paths]
    entries = _entries(paths, keys, partial(_check, checks), cache, options)
    return (CheckedFile(path, entry) for path, entry in zip(paths, entries, strict=True))


def run_task(
    files: Sequence[CheckedFile],
    task: FileTask,
    cache: Cache,
    options: CheckOptions = DEFAULT_OPTIONS,
) -> Iterator[CacheEntry]:
    """Yield the results of a task for files in order, from the cache if possible."""
    keys = [_task_key(task, file) for file in files]
    return _entries(files, keys, partial(_run, task), cache, options)


def check_external(path: Path, checks: ProvisionChecks, documents: Collection[str]) -> CheckedFile:
    """Return the file of a provision outside any corpus, checked with further documents."""
    from npcompare.law.yaml_reader import read_yaml

    file = read_yaml(path)
    problems = list(file.problems)
    if file.is_readable:
        problems += checks.find(file, documents)
    return CheckedFile(path, _entry("", problems, file.data, sorts_keys=True))


def _entries(
    items: Sequence[T],
    keys: Iterable[str],
    compute: Callable[[T], CacheEntry],
    cache: Cache,
    options: CheckOptions,
) -> Iterator[CacheEntry]:
    """Yield the entry of each item in order, from the cache or computed now."""
    cached = [cache.find(key) for key in keys]
    missing = [item for item, entry in zip(items, cached, strict=True) if entry is None]
    computed = _compute(missing, compute, options.processes)
    if options.progress and missing:
        computed = iter(options.progress(computed, len(missing)))
    for cached_entry in cached:
        entry = cached_entry or next(computed)
        cache.add(entry)
        yield entry


def _compute(
    items: Sequence[T], compute: Callable[[T], CacheEntry], processes: int
) -> Iterator[CacheEntry]:
    """Yield the computed entries of items in order."""
    if processes < 2 or len(items) < _MIN_FILES_FOR_PROCESSES:
        yield from map(compute, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    starts = range(0, len(items), _FILES_PER_BATCH)
    batches = [items[start : start + _FILES_PER_BATCH] for start in starts]
    count = 0
    try:
        with ProcessPoolExecutor(processes) as pool:
            for entries in pool.map(partial(_compute_batch, compute), batches):
                yield from entries
                count += len(entries)
    except (OSError, BrokenProcessPool):
        # Some systems allow no further processes; this one can continue alone.
        yield from map(compute, items[count:])


def _compute_batch(compute: Callable[[T], CacheEntry], items: Iterable[T]) -> list[CacheEntry]:
    return list(map(compute, items))


def _check(checks: Checks, path: Path) -> CacheEntry:
    """Return the findings about a file, without a key if its bytes could not be read."""
    from npcompare.law.yaml_reader import YamlFile, unreadable_file

    try:
        raw = read_up_to(path)
    except OSError as error:
        file = unreadable_file(path, error)
        return _entry("", file.problems, file.data, sorts_keys=checks.sorts_keys)
    file = YamlFile(path, "", raw)
    problems = [*file.problems, *(checks.find(file) if file.is_readable else ())]
    return _entry(_content_key(raw, checks), problems, file.data, sorts_keys=checks.sorts_keys)


def _run(task: FileTask, file: CheckedFile) -> CacheEntry:
    problems, data = task.run(file)
    return _entry(_task_key(task, file), problems, data)


def _entry(
    key: str, problems: Iterable[Problem], data: Any, *, sorts_keys: bool = False
) -> CacheEntry:
    findings = tuple(
        (problem.line, problem.column, problem.code, problem.message, problem.hint)
        for problem in problems
    )
    encode = _SORTED_ENCODER.encode if sorts_keys else msgspec.json.encode
    return CacheEntry(key, findings, msgspec.Raw(encode(data)))


_SORTED_ENCODER = msgspec.json.Encoder(order="sorted")


# --- Cache keys ------------------------------------------------------------------------------


def _file_key(path: Path, checks: Checks) -> str:
    try:
        return _content_key(read_up_to(path), checks)
    except OSError:
        return ""


def _content_key(raw: bytes, checks: Checks) -> str:
    digest = sha256(checks.digest.encode())
    digest.update(raw)
    return digest.hexdigest()


def _task_key(task: FileTask, file: CheckedFile) -> str:
    return _digest(task.name, task.digest, file.cache_key) if file.cache_key else ""


def _digest(*parts: str | bytes) -> str:
    """Return a digest of parts; the length of each is included, so that no others have it."""
    digest = sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return digest.hexdigest()


@cache
def _program_state() -> str:
    """Return a text that changes with the program: versions, and size and time of its modules."""
    package = str(Path(__file__).parents[1])
    files = ((module.path.removeprefix(package), module.stat()) for module in _modules(package))
    state = [f"{name} {status.st_size} {status.st_mtime_ns}" for name, status in files]
    return "\n".join([__version__, sys.version, *sorted(state)])


def _modules(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield the Python files in a folder and those below it.

    Each run does this once, and it is five times as fast as `Path.rglob`.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _modules(entry.path)
