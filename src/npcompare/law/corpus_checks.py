"""Check the files of a corpus against each other: ids, and versions of the same provision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law import versions
from npcompare.law.unchecked_data import sequence
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.errors import Problem
    from npcompare.law.checking import CheckedFile
    from npcompare.law.yaml_reader import Pointer


def check_corpus(files: Sequence[CheckedFile]) -> None:
    """Add to each file of a corpus the findings about it and the other files."""
    _check_ids(files)
    _check_dates(files)


def misnamed(file: CheckedFile) -> Iterator[Problem]:
    """Yield a finding if the id of a provision is not the name of its file."""
    name, stem = file.header.id, file.path.stem
    if isinstance(name, str) and name != stem:
        message = f'the id "{name}" is not the name of the file, "{stem}"'
        hint = f'write "id: {stem}", or rename the file to {name}.yaml'
        yield file.problem(("id",), Code.ID_NOT_FILE_NAME, message, hint)


def _check_ids(files: Sequence[CheckedFile]) -> None:
    """Add a finding for each id that is not the file's name, and each name used twice."""
    paths: dict[str, str] = {}
    for file in files:
        file.add_problems(misnamed(file))
        names: list[tuple[Pointer, Any]] = [(("id",), file.header.id)]
        aliases = enumerate(sequence(file.header.aliases))
        names += [(("aliases", index), alias) for index, alias in aliases]
        for pointer, name in names:
            if not isinstance(name, str):
                continue
            first_path = paths.setdefault(name.casefold(), file.display_path)
            if first_path != file.display_path:
                message = f'"{name}" is already the name of the provision in {first_path}'
                file.add_problems([file.problem(pointer, Code.ID_TAKEN, message)])


def _check_dates(files: Sequence[CheckedFile]) -> None:
    """Add a finding for each version whose references or dates are not consistent."""
    valid_files = {file.header.id: file for file in files if file.is_valid}
    # A reference to a refused file is not a second mistake.
    ids = {*valid_files, *(file.path.stem for file in files)}
    families: dict[str, list[CheckedFile]] = {}
    for file in valid_files.values():
        header = file.header
        # The provision that others are versions of is a version too, if it has a first day.
        if header.version_of or "in_force_from" in (header.dates or {}):
            families.setdefault(header.version_of or header.id, []).append(file)
    for file in files:
        if file.is_valid:
            family = families.get(file.header.version_of or file.header.id, [])
            file.add_problems(list(_check_versions(file, family, ids)))


def _check_versions(
    file: CheckedFile, family: Sequence[CheckedFile], ids: set[str]
) -> Iterator[Problem]:
    header = file.header
    references: list[tuple[Pointer, str]] = [(("version_of",), header.version_of)]
    if header.succeeds:
        references.append((("succeeds", "id"), header.succeeds["id"]))
    for pointer, reference in references:
        if reference and reference not in ids:
            match = near(reference, ids)
            hint = f'did you mean "{match}"?' if match else "write the id of a provision"
            message = f'there is no provision "{reference}" in the corpus'
            yield file.problem(pointer, Code.VERSION_UNKNOWN, message, hint)
    for version in (member.header for member in family):
        dates = header.dates or {}, version.dates or {}
        if version.id < header.id and versions.overlap(*dates):
            message = f"two versions are in force on the same day: this one and {version.id}"
            hint = "in_force_to is the last day of the earlier version"
            place: Pointer = ("dates", "in_force_from")
            yield file.problem(place, Code.VERSIONS_OVERLAP, message, hint)
