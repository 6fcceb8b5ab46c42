"""State profiles: what is known of a State beside its provisions, from files of their own.

They are in the folder `profiles` of a corpus, one file for each State. Each fact has a source, and
a fact that is not in the file is not known.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from npcompare.errors import Code
from npcompare.law.checking import SchemaChecks, check_all
from npcompare.law.codebook_parser import citation
from npcompare.law.corpus_checks import misnamed
from npcompare.law.folders import profile_files
from npcompare.messages import ENGLISH, ENGLISH_TAG
from npcompare.model.provision import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from npcompare.errors import Problem
    from npcompare.law.cache import Cache
    from npcompare.law.checking import CheckedFile
    from npcompare.law.yaml_reader import YamlFile
    from npcompare.messages import Catalogue
    from npcompare.model.provision import Citation

#: Each fact that a profile can have, with its possible values.
FACTS = {
    "police_guidance": ("exists", "none_reported"),
    "prosecutor_guidance": ("exists", "none_reported"),
    "training": ("exists", "none_reported"),
    "police_charging": ("mandatory", "discretionary"),
    "prosecution": ("mandatory", "discretionary"),
}


class Fact(Struct, frozen=True):
    """One fact about a State, with its source."""

    value: str
    source: Citation
    note: str = ""
    confidence: str = ""


class Profile(Struct, frozen=True):
    """The facts about one State."""

    id: str
    jurisdiction: Jurisdiction
    #: By their names in `FACTS`.
    facts: Mapping[str, Fact]


class ProfileChecks(SchemaChecks):
    """The checks of a profile: its shape, and whether its sources are in the bibliography."""

    sorts_keys = True

    def __init__(self, documents: Collection[str]) -> None:
        """Take the ids of the documents in the bibliography."""
        super().__init__("profile")
        self._documents = documents
        self.digest = sha256("\n".join([self.digest, *sorted(documents)]).encode()).hexdigest()

    def find(self, file: YamlFile) -> list[Problem]:
        """Return the findings about a profile."""
        from npcompare.law.provision_checks import unknown_sources

        problems = super().find(file)
        if not problems and not set(FACTS) & set(file.data):
            message = "the profile contains no fact"
            hint = f"the facts are: {', '.join(FACTS)}"
            problems.append(file.problem((), Code.NO_CODING, message, hint))
        return [*problems, *unknown_sources(file, self._documents)]


def load_profiles(
    statutes: Path, documents: Collection[str], cache: Cache
) -> tuple[tuple[CheckedFile, ...], list[Problem]]:
    """Return the files of a corpus's profiles, and every finding about them and their folder."""
    paths, problems = profile_files(statutes)
    files = tuple(check_all(paths, ProfileChecks(documents), cache)) if paths else ()
    first_paths: dict[str, str] = {}
    for file in files:
        file.add_problems([*misnamed(file), *_repeated(file, first_paths)])
        problems += file.problems
    return files, problems


def _repeated(file: CheckedFile, first_paths: dict[str, str]) -> Iterator[Problem]:
    """Yield a finding if another profile has the same code."""
    code = file.header.jurisdiction["code"] if file.is_valid else None
    if code and first_paths.setdefault(code, file.display_path) != file.display_path:
        message = f'"{code}" is already the code of the State in {first_paths[code]}'
        yield file.problem(("jurisdiction", "code"), Code.ID_TAKEN, message)


def by_code(files: Iterable[CheckedFile], catalogue: Catalogue = ENGLISH) -> dict[str, Profile]:
    """Return the profiles in valid files in a language, by the code of the jurisdiction."""
    profiles = (_in_language(_parse(file.data()), catalogue) for file in files if file.is_valid)
    return {profile.jurisdiction.code: profile for profile in profiles}


def _in_language(profile: Profile, catalogue: Catalogue) -> Profile:
    """Return a profile with the name of its State and its notes in translation."""
    if catalogue.language == ENGLISH_TAG:
        return profile
    from npcompare.law.language_names import jurisdiction_name
    from npcompare.law.translation import translated

    name = jurisdiction_name(profile.jurisdiction, catalogue.language)
    renamed = replace(profile, jurisdiction=replace(profile.jurisdiction, name=name))
    return translated(renamed, catalogue)


def find_profile(profiles: Mapping[str, Profile], code: str) -> Profile | None:
    """Return the profile of a jurisdiction, or of the State of which it is a part."""
    return profiles.get(code) or profiles.get(code.partition("-")[0])


def _parse(data: Mapping[str, Any]) -> Profile:
    jurisdiction = data["jurisdiction"]
    return Profile(
        id=data["id"],
        jurisdiction=Jurisdiction(jurisdiction["name"], jurisdiction["code"], jurisdiction["kind"]),
        facts={name: _fact(data[name]) for name in FACTS if name in data},
    )


def _fact(data: Mapping[str, Any]) -> Fact:
    return Fact(
        value=data["value"],
        source=citation(data["source"]),
        note=data.get("note", ""),
        confidence=data.get("confidence", ""),
    )
