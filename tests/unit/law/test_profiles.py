"""State profiles: read from their folder, checked, and found by the code of a jurisdiction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.coding.validation import validate
from npcompare.law.corpus import load_corpus
from npcompare.law.folders import provision_ids
from npcompare.law.json_schema import load_schema
from npcompare.law.profiles import FACTS, find_profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

PROFILE = """\
id: utopia
jurisdiction: {name: Utopia, code: UT, kind: state}
police_guidance: {value: exists, source: {ref: background-paper, paragraph: "43"}, note: A note.}
training: {value: none_reported, source: {ref: background-paper}, confidence: medium}
sources: [{ref: background-paper}]
notes: [{kind: caveat, note: An example for the tests.}]
"""


@pytest.fixture
def folder(corpus_copy: Path) -> Path:
    """Return a corpus with the profile of Utopia."""
    (corpus_copy / "profiles").mkdir()
    (corpus_copy / "profiles" / "utopia.yaml").write_text(PROFILE)
    return corpus_copy


def test_profile_has_its_facts_and_sources(folder: Path) -> None:
    corpus = load_corpus(folder)
    assert corpus.problems == ()
    profile = corpus.profiles["UT"]
    assert (profile.id, profile.jurisdiction.name) == ("utopia", "Utopia")
    facts = {name: (fact.value, str(fact.source)) for name, fact in profile.facts.items()}
    assert facts == {
        "police_guidance": ("exists", "background-paper, para.\N{NO-BREAK SPACE}43"),
        "training": ("none_reported", "background-paper"),
    }
    assert [fact.note for fact in profile.facts.values()] == ["A note.", ""]
    assert [fact.confidence for fact in profile.facts.values()] == ["", "medium"]


def test_profile_is_no_provision_but_part_of_the_digest(folder: Path) -> None:
    corpus = load_corpus(folder)
    assert corpus.collections == ("paper",)
    assert "utopia" not in corpus.names
    assert "utopia" not in provision_ids(folder)
    path = folder / "profiles" / "utopia.yaml"
    path.write_text(PROFILE.replace("none_reported", "exists"))
    changed = load_corpus(folder)
    assert changed.digest() != corpus.digest()
    assert changed.file_count == corpus.file_count
    path.unlink()
    assert load_corpus(folder).file_count == corpus.file_count - 1


def test_part_of_a_state_falls_back_to_the_state(folder: Path) -> None:
    profiles = load_corpus(folder).profiles
    assert find_profile(profiles, "UT-X") is profiles["UT"]
    assert find_profile(profiles, "UT") is profiles["UT"]
    assert find_profile(profiles, "XX") is None
    assert find_profile(profiles, "") is None


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("id: utopia", "id: atlantis", 'NP401 the id "atlantis" is not the name of the file'),
        ("{ref: background-paper}]", "{ref: no-paper}]", "NP403 the bibliography has no document"),
        ("value: exists", "value: mandatory", 'NP203 "mandatory" in police_guidance is not one'),
        ("training:", "trainings:", 'NP201 "trainings" is not a key of a State profile'),
        ("code: UT", "code: null", "NP206 jurisdiction.code is empty"),
        (", note: A note.", ", nota: A note.", 'NP201 "nota" is not a key of a fact'),
        ("sources:", "source:", 'NP201 "source" is not a key of a State profile'),
    ],
)
def test_errors_in_a_profile_are_findings(
    old: str, new: str, finding: str, folder: Path, run: Callable[..., Ran]
) -> None:
    path = folder / "profiles" / "utopia.yaml"
    path.write_text(PROFILE.replace(old, new))
    for place in (folder, folder / "profiles", path, path.with_suffix("")):
        ran = run("validate", place, "--corpus", folder)
        assert ran.code == 1
        assert "utopia.yaml:" in ran.out
        assert finding in ran.out.replace("\n", " ")


def test_profile_without_facts_is_a_finding(folder: Path) -> None:
    lines = PROFILE.splitlines(keepends=True)
    (folder / "profiles" / "utopia.yaml").write_text("".join([*lines[:2], *lines[4:]]))
    (problem,) = load_corpus(folder).problems
    assert problem.message == "the profile contains no fact"


def test_two_profiles_with_one_code_are_a_finding(folder: Path) -> None:
    path = folder / "profiles" / "arcadia.yaml"
    path.write_text(PROFILE.replace("id: utopia", "id: arcadia"))
    (problem,) = load_corpus(folder).problems
    assert problem.path.endswith("utopia.yaml")
    assert problem.message.startswith('"UT" is already the code of the State in ')


def test_link_out_of_the_profiles_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "far.yaml").write_text(PROFILE)
    (folder / "profiles" / "far.yaml").symlink_to(tmp_path / "far.yaml")
    (problem,) = load_corpus(folder).problems
    assert problem.path.endswith("far.yaml")
    assert problem.message == "it is a link that leads out of the corpus and was not followed"
    assert len(load_corpus(folder).profile_files) == 1
    assert validate(None, [folder / "profiles"])[1] == 1


def test_facts_are_those_of_the_schema() -> None:
    schema = load_schema("profile")
    definitions = schema["definitions"]
    words = {
        name: tuple(definitions[reference.rpartition("/")[2]]["properties"]["value"]["enum"])
        for name, value in schema["properties"].items()
        if (reference := value.get("$ref", "")).endswith(("existence", "duty"))
    }
    assert words == FACTS
