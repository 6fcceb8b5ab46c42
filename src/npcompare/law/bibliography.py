"""The documents that a corpus cites: those of the bundled bibliography, and its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.errors import NpcompareError
from npcompare.files import bundled, read_up_to, show_path
from npcompare.law.checking import SchemaChecks, check_one
from npcompare.law.folders import BIBLIOGRAPHY, leads_out, linked_out, schema_for
from npcompare.law.unchecked_data import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.cache import Cache


def load_documents(
    statutes: Path, cache: Cache
) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    """Return the documents of the bundled bibliography and the corpus's own, and findings."""
    documents: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    bibliographies = {bundled("statutes") / BIBLIOGRAPHY, statutes / BIBLIOGRAPHY}
    for path in sorted(path for path in bibliographies if path.is_file()):
        if leads_out(path, path.parent):
            problems.append(linked_out(path))
            continue
        file = check_one(path, SchemaChecks("sources"), cache)
        problems += file.problems
        # A document with a finding is known all the same.
        documents |= {name: mapping(document) for name, document in mapping(file.data()).items()}
    return documents, problems


def documents_in(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Return the documents of the bibliography in a folder, by id; none if there is none."""
    return _documents(folder / BIBLIOGRAPHY)


def documents_near(path: Path) -> dict[str, Mapping[str, Any]]:
    """Return the documents of a bibliography in the folder of a file, or one folder up, by id."""
    return _documents(_path_near(path))


def _documents(bibliography: Path) -> dict[str, Mapping[str, Any]]:
    from npcompare.law.yaml_reader import read_yaml

    if not bibliography.is_file() or leads_out(bibliography, bibliography.parent):
        return {}
    documents = mapping(read_yaml(bibliography).data)
    return {name: mapping(document) for name, document in documents.items()}


def _path_near(path: Path) -> Path:
    """Return the path of the bibliography that applies to a file, or of the one to make."""
    paths = [folder / BIBLIOGRAPHY for folder in (path.parent, path.parent / "..")]
    sound = (each for each in paths if each.is_file() and not leads_out(each, each.parent))
    return next(sound, paths[0])


class BibliographyFile(Struct, frozen=True):
    """A bibliography to which documents are added: its path and its bytes; None if it is new."""

    path: Path
    raw: bytes | None = None
    #: Why it cannot be read; empty if it can be, or is new.
    trouble: str = ""

    def with_document(self, ref: str, document: Mapping[str, str]) -> BibliographyFile:
        """Return the bibliography with one more document at its end; all that it has stays.

        Raises NpcompareError if it has findings, or if no document can be added at its end.
        """
        from npcompare.law.yaml_edits import lines_of
        from npcompare.law.yaml_reader import YamlFile

        name = show_path(self.path)
        if self.trouble:
            raise NpcompareError(f"no document can be added to {name}: {self.trouble}")
        raw = self._header().encode() if self.raw is None else self.raw
        before = YamlFile(self.path, name, raw)
        if not before.problems and before.data is not None:
            before.problems += SchemaChecks("sources").find(before)
        if before.problems:
            problem = min(before.problems)
            raise NpcompareError(
                f"no document can be added to {name}, because it has a finding in line "
                f"{problem.line}: {problem.message}",
                problem.hint,
            )
        lines = lines_of(ref, None)
        lines += [f"  {line}" for key, text in document.items() for line in lines_of(key, text)]
        after = YamlFile(self.path, name, _appended(raw, lines))
        expected = {**mapping(before.data), ref: dict(document)}
        if after.problems or after.data != expected or SchemaChecks("sources").find(after):
            raise NpcompareError(
                f"no document can be added at the end of {name}",
                "write each document on lines of its own, without braces around them all",
            )
        return BibliographyFile(self.path, _appended(raw, lines))

    def _header(self) -> str:
        schema = schema_for(self.path, "sources.schema.json")
        return (
            f"# yaml-language-server: $schema={schema}\n"
            "# The bibliography: every document that a provision in this folder is based on.\n"
        )


def bibliography_near(path: Path) -> BibliographyFile:
    """Return the bibliography that applies to a file; a new one in its folder if there is none."""
    bibliography = _path_near(path)
    if leads_out(bibliography, bibliography.parent):
        return BibliographyFile(bibliography, trouble="it is a link that leads out of its folder")
    try:
        return BibliographyFile(bibliography, read_up_to(bibliography))
    except FileNotFoundError:
        return BibliographyFile(bibliography)
    except OSError as error:
        return BibliographyFile(bibliography, trouble=f"it cannot be read: {error.strerror}")


def _appended(raw: bytes, lines: Sequence[str]) -> bytes:
    """Return the bytes of a file with further lines at its end, as its lines end and begin."""
    from npcompare.law.yaml_reader import compose

    line_end = "\r\n" if b"\r\n" in raw else "\n"
    root = compose(raw.decode("utf-8-sig"))
    column = root.value[0][0].start_mark.column if root is not None and root.value else 0
    glue = "" if not raw or raw.endswith(b"\n") else line_end
    added = "".join(f"{' ' * column}{line}{line_end}" for line in lines)
    return raw + (glue + added).encode()


def cited_ids(data: Any) -> Iterator[str]:
    """Yield the ids of the documents that a provision's data cite, at any depth."""
    if isinstance(data, dict):
        yield from [data["ref"]] if "ref" in data else []
        data = list(data.values())
    for part in data if isinstance(data, list) else ():
        yield from cited_ids(part)
