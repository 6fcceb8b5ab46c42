"""The checks of provisions that were read from cells: those of files, with findings at cells."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from npcompare.coding.form_tables import Place
from npcompare.errors import Code, Problem, refusals
from npcompare.law.cache import CacheEntry
from npcompare.law.checking import CheckedFile, ProvisionChecks, SchemaChecks
from npcompare.law.corpus_checks import check_corpus
from npcompare.law.provision_parser import FIELDS_OF_LIMB
from npcompare.law.yaml_reader import YamlFile, dump_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.coding.workbook_entries import Entry
    from npcompare.law.yaml_reader import Pointer

_MISSING_KEY = re.compile(r'has no "(\w+)"')

_HINTS = {
    "name a source instead": "name a source instead, and delete the quotation",
    "put it in quotation marks": "write it as text",
    "add the document to sources.yaml": "add the document to the sheet Bibliography",
    'a provision always needs one; add "text:" here': (
        "add a row for it to the sheet Texts; if the text is not available, the status is not_held"
    ),
    "if its contents are not known, say so under notes": (
        "add a row for it to the sheet Coding, or say on the sheet Notes that nothing is known"
    ),
}

#: With more findings than these, the rest is not checked: something is wrong with all rows.
_MOST_FINDINGS = 1_000

_FIRST_KEYS = ("id", "aliases", "jurisdiction", "instrument", "pinpoint", "identifiers", "dates")
_LAST_KEYS = ("reported", "confidence", "sources", "interpreted_by", "notes")
_ORDER = (
    *("ref", "paragraph", "footnote"),
    *_FIRST_KEYS,
    *("version_of", "succeeds", "fuller", "form", "text", "reported_wordings"),
    *("settled", "limbs"),
    *("name", "title", "short", "author", "code", "kind", "symbol", "number", "year", "languages"),
    *("status", "complete", "language"),
    *(
        "limb",
        "field",
        "words",
        "value",
        "lacks",
        "values",
        "dimension",
        "extent",
        "categories",
        "excluded",
        "open",
    ),
    *(name for name in FIELDS_OF_LIMB if name != "evidence"),
    *("raised_by", "burden", "standard", *_LAST_KEYS),
    *("case", "date", "body", "words", "lacks", "because", "evidence", "url"),
    *("source", "note", "doubtful"),
)
_RANKS = {key: number for number, key in reversed(list(enumerate(_ORDER)))}


def yaml_text(data: Any) -> str:
    """Return data as YAML, with the keys in the usual order."""
    return dump_yaml(_sorted(data, is_top=True))


def _sorted(data: Any, *, is_top: bool = False) -> Any:
    if isinstance(data, list):
        return [_sorted(item) for item in data]
    if not isinstance(data, dict):
        return data
    keys = data if is_top and "id" not in data else sorted(data, key=_rank)
    return {key: _sorted(data[key]) for key in keys}


def _rank(key: str) -> tuple[int, str]:
    return _RANKS.get(key, len(_RANKS)), key


class CellFile(YamlFile):
    """The data of an entry as they will be in a file, with each place in its cell."""

    #: How hints about keys in a file begin, and what is said of cells.
    hints: ClassVar[Mapping[str, str]] = _HINTS

    def __init__(self, path: Path, entry: Entry) -> None:
        """Write the entry as YAML, and read it again."""
        super().__init__(path, "", yaml_text(entry.data).encode())
        self._entry = entry

    def problem(
        self,
        pointer: Pointer,
        code: Code,
        message: str,
        hint: str = "",
        *,
        key: bool = False,  # noqa: ARG002 - a key has no cell of its own
    ) -> Problem:
        """Return a finding at the cell of a value, or of the nearest value above it."""
        place = self._cell(pointer)
        if code is Code.MISSING_KEY and (match := _MISSING_KEY.search(message)):
            missing = self._entry.places.get((*pointer, match[1]))
            place, hint = missing or place, "fill in this cell" if missing else hint
        words = (words for start, words in self.hints.items() if hint.startswith(start))
        return place.problem(code, message, next(words, hint))

    def own_problems(self) -> list[Problem]:
        """Return the findings about the YAML that the entry makes, such as that it is too large."""
        return [
            self._cell(()).problem(problem.code, problem.message, problem.hint)
            for problem in self.problems
        ]

    def _cell(self, pointer: Pointer) -> Place:
        places = self._entry.places
        while pointer and pointer not in places:
            pointer = pointer[:-1]
        return places.get(pointer) or Place(self.display_path, "", 1, 1)

    def places_within(self, *_: Any) -> Iterator[tuple[int, int]]:
        """Yield nothing: the places of words in a text are not cells."""
        return iter(())


class CellChecks:
    """Checks entries as files are checked that will be in a folder."""

    #: What an entry is checked as.
    file_type: ClassVar[type[CellFile]] = CellFile

    def __init__(self, checks: ProvisionChecks, bibliography: Entry) -> None:
        """Take the checks of provisions, and the documents that come with them."""
        self._checks = checks
        self._bibliography = bibliography

    def problems(
        self, paths: Mapping[Path, Entry], neighbours: Sequence[CheckedFile]
    ) -> list[Problem]:
        """Return the findings about entries, about their bibliography, and between files.

        Args:
            paths: The entries by the paths at which they are to be written.
            neighbours: The files that will be beside them.
        """
        problems = self._about_bibliography()
        files: list[CheckedFile] = []
        count = 0
        for path, entry in paths.items():
            files.append(self._checked(path, entry))
            count += len(files[-1].problems)
            if count > _MOST_FINDINGS:
                break
        earlier = {problem for file in neighbours for problem in file.problems}
        check_corpus([*neighbours, *files])
        for file in (*neighbours, *files):
            problems += [problem for problem in file.problems if problem not in earlier]
        return [problem for problem in problems if problem.code is not Code.ID_NOT_FILE_NAME]

    def _about_bibliography(self) -> list[Problem]:
        if not self._bibliography.data:
            return []
        cells = self.file_type(Path("sources.yaml"), self._bibliography)
        return [*cells.own_problems(), *SchemaChecks("sources").find(cells)]

    def _checked(self, path: Path, entry: Entry) -> CheckedFile:
        cells = self.file_type(path, entry)
        problems = cells.own_problems()
        if cells.is_readable:
            problems += self._checks.find(cells, self._bibliography.data)
        return _CheckedEntry(path, cells, problems)


class _CheckedEntry(CheckedFile):
    """An entry with the findings about it."""

    def __init__(self, path: Path, cells: CellFile, problems: Iterable[Problem]) -> None:
        data = msgspec.json.encode(cells.data, order="sorted")
        super().__init__(path, CacheEntry("", (), msgspec.Raw(data)))
        self.problems = tuple(problems)
        self.is_valid = not refusals(self.problems)
        self._cells = cells

    @property
    def yaml_file(self) -> YamlFile:
        """The cells, as a file."""
        return self._cells
