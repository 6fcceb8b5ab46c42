"""Find a provision by name: an id, an alias, an ISO 3166 code or the name of a jurisdiction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from npcompare.errors import NpcompareError
from npcompare.readers.endings import text_without_ending
from npcompare.shell import command
from npcompare.text import beginning, foreign, near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from npcompare.law.checking import CheckedFile

#: Codes that ISO 3166-1 reserves beside its own, with the code of the same State.
_RESERVED_CODES = {"uk": "gb"}

#: The collection of the files that are in no sub-folder.
DEFAULT_COLLECTION = "paper"

#: The most provisions of which one is to be chosen: a longer list names nothing in particular.
_MOST_NAMED = 20

_ID = "[a-z0-9]+(-[a-z0-9]+)*"
ID_RULE = "an id consists of lower-case letters, digits and single hyphens"


def is_id(name: str) -> bool:
    """Return whether a name can be the id of a provision."""
    return re.fullmatch(_ID, name) is not None


class NameIndex:
    """The names of the provisions of a corpus, without regard to upper and lower case."""

    def __init__(self, files: Sequence[CheckedFile]) -> None:
        """Index the files; a file that is not valid is found by its id only."""
        #: Ids and aliases, each of one provision.
        self._files = {file_id(file).casefold(): file for file in files}
        #: Codes and names of jurisdictions, each of one or more provisions.
        self._jurisdictions: dict[str, list[CheckedFile]] = {}
        for file in files:
            if not file.is_valid:
                continue
            for alias in file.header.aliases or ():
                self._files.setdefault(alias.casefold(), file)
            jurisdiction = file.header.jurisdiction
            for name in (jurisdiction["code"], jurisdiction["name"]):
                if name:
                    self._jurisdictions.setdefault(name.casefold(), []).append(file)

    def __contains__(self, name: str) -> bool:
        """Return whether a name is an id or an alias."""
        return name.casefold() in self._files

    def find(self, name: str) -> CheckedFile | None:
        """Return the file that a name finds, or None.

        Raises NpcompareError if the name is that of a jurisdiction with several provisions.
        """
        key = name.casefold()
        named = self._jurisdictions.get(_RESERVED_CODES.get(key, key), [])
        if name in self:
            file = self._files[key]
            if name != file_id(file) and named and file not in named:
                ids = ", ".join(map(file_id, (file, *named)))
                raise NpcompareError(
                    f'"{name}" is the name of a provision, and the code or name of another',
                    f"choose one of: {ids}",
                )
            return file
        files = named
        # The default collection comes first; the others hold further provisions of a State.
        files = [file for file in files if file.collection == DEFAULT_COLLECTION] or files
        if len(files) > 1:
            ids = ", ".join(map(file_id, files))
            raise NpcompareError(f'"{name}" has several provisions', f"choose one of: {ids}")
        return files[0] if files else None

    def unknown(self, name: str) -> NpcompareError:
        """Return the error for a name that finds nothing, with the most similar name."""
        if name.casefold().endswith(".xlsx"):
            return NpcompareError(
                f"{name} is a workbook, and its provisions are not files yet",
                f"write them first: {command('npcompare', 'import', name, '-o', 'my-corpus')}",
            )
        # Windows does not show the endings of files.
        likely = text_without_ending(name)
        guess = f'did you mean "{likely}"?' if likely else self._guess(name)
        letter = f"; {foreign(name)}" if foreign(name) else ""
        return NpcompareError(
            f'there is no provision "{name}" in the corpus',
            f"{guess} `npcompare list --collection all` shows all; to use a file, give its path"
            f"{letter}".strip(),
        )

    def _guess(self, name: str) -> str:
        """Return a sentence on what an unknown name means, or an empty string."""
        from npcompare.law.un_states import united_nations

        names = self._jurisdictions | {key: [file] for key, file in self._files.items()}
        nations = united_nations().areas
        areas = {area.name.casefold(): area for area in nations.values()}
        matches = [] if name.casefold() in areas else beginning(name, names)
        files = list(dict.fromkeys(file for match in matches for file in names[match]))
        if not 0 < len(files) <= _MOST_NAMED:
            match = near(name, [*names, *areas])
            area = nations.get(name.upper()) or areas.get(match)
            # The file of a State may have another name for it.
            code = area.code.casefold() if area else ""
            files = names.get(match) or self._jurisdictions.get(code, [])
            if area and not files:
                return (
                    f"the corpus has no provision of {area.name}, which does not mean that its "
                    "law has none;"
                )
        if len(files) > 1:
            return f"choose one of: {', '.join(map(file_id, files))};"
        return "".join(f'did you mean "{file_id(file)}"?' for file in files)


def file_id(file: CheckedFile) -> str:
    """Return the id of a file's provision; the name of the file if it is not valid."""
    return str(file.header.id) if file.is_valid else file.path.stem
