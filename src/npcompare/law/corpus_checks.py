"""Check the files of a corpus against each other: ids, and versions of the same provision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.file_names import SHOW_ENDINGS, is_coded_text
from npcompare.law import versions
from npcompare.law.lookup import ID_RULE, is_id
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.messages import spoken
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from npcompare.errors import Problem
    from npcompare.law.checking import CheckedFile
    from npcompare.law.header import Header
    from npcompare.law.yaml_reader import Pointer


#: To seek the most similar id takes time in step with their number.
_MOST_HINTS = 100


def check_corpus(files: Sequence[CheckedFile], other_ids: Collection[str] = ()) -> None:
    """Add to each file of a corpus the findings about it and the other files.

    Args:
        files: The files of the corpus.
        other_ids: Ids of provisions outside it that may be referred to.
    """
    _check_ids(files)
    _check_references(files, other_ids)
    _check_versions(files)


def misnamed(file: CheckedFile) -> Iterator[Problem]:
    """Yield a finding if the id of a provision is not the name of its file."""
    name, stem = file.header.id, file.path.stem
    if not isinstance(name, str) or name == stem:
        return
    message = f'the id "{name}" is not the name of the file, "{stem}"'
    hint = f"rename the file to {name}.yaml"
    if is_coded_text(file.path):
        message = f"the name of the file ends in .txt: {file.path.name}"
        hint = f"{hint}; {SHOW_ENDINGS}"
    elif not is_id(name):
        hint = f'write "id: {stem}"' if is_id(stem) else "choose an id; it is the name of the file"
        hint = f"{hint}; {ID_RULE}"
    elif is_id(stem):
        hint = f'write "id: {stem}", or {hint}'
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


def _check_references(files: Sequence[CheckedFile], other_ids: Collection[str]) -> None:
    """Add a finding for each reference that leads nowhere, or back to its own file."""
    valid_files = {file.header.id: file for file in files if file.is_valid}
    # A reference to a refused file is not a second mistake.
    ids = {*valid_files, *(file.path.stem for file in files), *other_ids}
    targets = _targets(file.header for file in valid_files.values())
    circles = {key: _circular(graph) for key, graph in targets.items()}
    unknown: set[str] = set()
    # A copy of some files need not have the collection that the fuller rows are in.
    fuller_ids = set().union(*targets.get("fuller", {}).values())
    absent_ids = fuller_ids if fuller_ids.isdisjoint(ids) else set()
    for file in valid_files.values():
        for key, pointer, target in _references(file.header):
            if target not in ids and not (key == "fuller" and target in absent_ids):
                unknown.add(target)
                other_names = ids - {file.header.id, file.path.stem}
                match = near(target, other_names) if len(unknown) <= _MOST_HINTS else ""
                hint = f'did you mean "{match}"?' if match else "write the id of a provision"
                message = f'there is no provision "{target}" in the corpus'
                file.add_problems([file.problem(pointer, Code.VERSION_UNKNOWN, message, hint)])
            elif message := _circle(file.header.id, key, target, circles[key]):
                file.add_problems([file.problem(pointer, Code.CIRCULAR_REFERENCE, message)])
            elif key == "version_of" and target in targets[key] and target not in circles[key]:
                (root,) = targets[key][target]
                file.add_problems([_version_of_a_version(file, target, root)])


def circles_through(file: CheckedFile, corpus_files: Sequence[CheckedFile]) -> Iterator[Problem]:
    """Yield a finding for each reference of a file outside a corpus that leads back to it."""
    references = list(_references(file.header)) if file.is_valid else []
    if not references:
        return
    name = file.header.id
    headers = [each.header for each in corpus_files if each.is_valid and each.header.id != name]
    targets = _targets([*headers, file.header])
    for key, pointer, target in references:
        if message := _circle(name, key, target, _circular(targets[key])):
            yield file.problem(pointer, Code.CIRCULAR_REFERENCE, message)


def _targets(headers: Iterable[Header]) -> dict[str, dict[str, set[str]]]:
    """Return the ids that each provision refers to, by the key that they are under."""
    targets: dict[str, dict[str, set[str]]] = {}
    for header in headers:
        for key, _, target in _references(header):
            targets.setdefault(key, {}).setdefault(header.id, set()).add(target)
    return targets


def _circle(name: str, key: str, target: str, circles: Collection[str]) -> str:
    """Return how a reference leads back to its own provision; empty if it does not."""
    if target == name:
        return f'a provision cannot be named under its own "{key}"'
    if name in circles and target in circles:
        return f'"{key}" is circular: it leads from {target} back to this provision'
    return ""


def _version_of_a_version(file: CheckedFile, target: str, root: str) -> Problem:
    message = f'"{target}" is itself a version of "{root}"'
    hint = f'write "version_of: {root}": all versions of a law name the same provision'
    return file.problem(("version_of",), Code.CODING_CONFLICT, message, hint)


def _references(header: Header) -> Iterator[tuple[str, Pointer, str]]:
    """Yield each reference to another provision, with the key it is under and its place."""
    if header.version_of:
        yield "version_of", ("version_of",), header.version_of
    if header.succeeds:
        yield "succeeds", ("succeeds", "id"), header.succeeds["id"]
    for index, target in enumerate(sequence(header.fuller)):
        yield "fuller", ("fuller", index), target


def _circular(graph: Mapping[str, Collection[str]]) -> set[str]:
    """Return the nodes on circles of a directed graph, and those on paths between circles.

    Nodes from which nothing leads on, or to which nothing leads, are removed until there are none.
    """
    reverse: dict[str, set[str]] = {}
    for node, targets in graph.items():
        for target in targets:
            reverse.setdefault(target, set()).add(node)
    nodes = {*graph, *reverse}
    for forward, backward in ((graph, reverse), (reverse, graph)):
        degrees = {node: len(nodes.intersection(forward.get(node, ()))) for node in nodes}
        ends = [node for node, degree in degrees.items() if not degree]
        while ends:
            end = ends.pop()
            nodes.remove(end)
            for node in nodes.intersection(backward.get(end, ())):
                degrees[node] -= 1
                if not degrees[node]:
                    ends.append(node)
    return nodes


def _check_versions(files: Sequence[CheckedFile]) -> None:
    """Add a finding for each version or succession whose dates are not consistent."""
    valid_files = {file.header.id: file for file in files if file.is_valid}
    families: dict[str, list[CheckedFile]] = {}
    for file in valid_files.values():
        header = file.header
        # The provision that others are versions of is a version too, if it has a first day.
        if header.version_of or file.dates.in_force_from:
            families.setdefault(header.version_of or header.id, []).append(file)
    for family in families.values():
        _check_overlaps(family)
    for file in valid_files.values():
        earlier_file = valid_files.get(mapping(file.header.succeeds).get("id"))
        if earlier_file:
            file.add_problems(_reversed_succession(file, earlier_file))


def _check_overlaps(family: Sequence[CheckedFile]) -> None:
    """Add a finding to each version that is in force on a day of one that begins before it."""
    dated = [file for file in family if file.dates.in_force_from]
    dated.sort(key=lambda file: (versions.latest(file.dates.in_force_from), file.header.id))
    longest: CheckedFile | None = None
    for file in dated:
        # If a version overlaps any that begins before it, it overlaps the one that ends last.
        if longest and versions.overlap(longest.dates, file.dates):
            name = longest.header.id
            message = f"two versions are in force on the same day: this one and {name}"
            hint = "in_force_to is the last day of the earlier version"
            place: Pointer = ("dates", "in_force_from")
            file.add_problems([file.problem(place, Code.VERSIONS_OVERLAP, message, hint)])
        if longest is None or _end(file) > _end(longest):
            longest = file


def _end(file: CheckedFile) -> str:
    """Return the last day in force, for comparison as text."""
    return file.dates.in_force_to or "9999-12-31"


def _reversed_succession(file: CheckedFile, earlier_file: CheckedFile) -> Iterator[Problem]:
    """Yield a finding if a provision was in force before the one that it replaced."""
    earlier_dates = earlier_file.dates
    if versions.certainly_before(file.dates, earlier_dates):
        name = earlier_file.header.id
        message = f"this provision was in force before {name}, which it succeeds"
        hint = f"{name} was in force {versions.period(earlier_dates)}"
        if not earlier_dates.in_force_from:
            first = spoken(versions.earliest_start(earlier_dates))
            hint = f"{name} was not in force before {first}"
        yield file.problem(("succeeds", "id"), Code.CODING_CONFLICT, message, hint)
