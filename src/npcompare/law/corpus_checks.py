"""Checks between files: an id that is not the file's name or is taken, versions that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law import versions
from npcompare.law.yaml_reader import sequence
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.errors import Problem
    from npcompare.law.checking import File
    from npcompare.law.yaml_reader import Pointer


def crosscheck(files: Sequence[File]) -> None:
    """Add to each file of a corpus what does not fit between it and the others."""
    _place(files)
    _date(files)


def misnamed(file: File) -> Iterator[Problem]:
    """Yield a finding if the id of a provision is not the name of its file."""
    name, stem = file.head.id, file.path.stem
    if isinstance(name, str) and name != stem:
        message = f'the id "{name}" is not the name of the file, "{stem}"'
        hint = f'write "id: {stem}", or rename the file to {name}.yaml'
        yield file.problem(("id",), Code.ID_NOT_FILE_NAME, message, hint)


def _place(files: Sequence[File]) -> None:
    """Add to each file what is wrong with its id: the file's name is another, or it is taken."""
    taken: dict[str, str] = {}
    for file in files:
        file.add(misnamed(file))
        named: list[tuple[Pointer, Any]] = [(("id",), file.head.id)]
        aliases = enumerate(sequence(file.head.aliases))
        named += [(("aliases", index), alias) for index, alias in aliases]
        for pointer, name in named:
            if not isinstance(name, str):
                continue
            other = taken.setdefault(name.casefold(), file.display_path)
            if other != file.display_path:
                message = f'"{name}" already names the provision in {other}'
                file.add([file.problem(pointer, Code.ID_TAKEN, message)])


def _date(files: Sequence[File]) -> None:
    """Add to each file what does not fit between the versions of its provision."""
    held = {file.head.id: file for file in files if file.is_sound}
    # What a file that is refused would hold is not missing as well.
    there = {*held, *(file.path.stem for file in files)}
    families: dict[str, list[File]] = {}
    for file in held.values():
        head = file.head
        # What others are versions of is itself one, where it says from when it was in force.
        if head.version_of or "in_force_from" in (head.dates or {}):
            families.setdefault(head.version_of or head.id, []).append(file)
    for file in (one for one in files if one.is_sound):
        family = families.get(file.head.version_of or file.head.id, [])
        file.add(list(_check_versions(file, family, there)))


def _check_versions(file: File, family: Sequence[File], there: set[str]) -> Iterator[Problem]:
    one = file.head
    named: list[tuple[Pointer, str]] = [(("version_of",), one.version_of)]
    if one.succeeds:
        named.append((("succeeds", "id"), one.succeeds["id"]))
    for pointer, name in named:
        if name and name not in there:
            meant = near(name, there)
            hint = f'did you mean "{meant}"?' if meant else "it must be the id of a provision"
            message = f'there is no provision "{name}" in the corpus'
            yield file.problem(pointer, Code.VERSION_UNKNOWN, message, hint)
    for other in (each.head for each in family):
        if other.id < one.id and versions.overlap(one.dates or {}, other.dates or {}):
            message = f"two versions are in force at once: this one and {other.id}"
            hint = "in_force_to is the last day of the earlier one"
            place: Pointer = ("dates", "in_force_from")
            yield file.problem(place, Code.VERSIONS_OVERLAP, message, hint)
