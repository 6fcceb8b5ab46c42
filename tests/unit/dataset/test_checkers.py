"""What independent checkers say of a release: csvw, pycldf, frictionless and sha256sum."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import needed

from npcompare.dataset.folder import write_folder
from npcompare.dataset.release import release_contents, release_of

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus

#: How each is called, and what it prints of a valid release.
CHECKERS = {
    "csvwvalidate": (["--lax", "csvw-metadata.json"], "OK\n"),
    "cldf": (["validate", "csvw-metadata.json"], ""),
    "sha256sum": (["--quiet", "--check", "SHA256SUMS"], ""),
}


@pytest.fixture(scope="module")
def release(varied: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the release of provisions of every kind once."""
    folder: Path = tmp_path_factory.mktemp("checked") / "release"
    write_folder(release_contents(release_of(varied)), folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKERS)
def test_checker_accepts_the_release(name: str, release: Path) -> None:
    """Keys that are empty refer to nothing, which csvw allows only with --lax."""
    arguments, output = CHECKERS[name]
    command = [needed(name), *arguments]
    ran = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, output), ran.stderr


@pytest.mark.slow
def test_cldf_finds_its_components(release: Path) -> None:
    command = [needed("cldf"), "stats", "csvw-metadata.json"]
    ran = subprocess.run(command, cwd=release, capture_output=True, text=True, check=True)
    assert "cldf:v1.0:StructureDataset" in ran.stdout
    assert "| values.csv | ValueTable |" in ran.stdout


@pytest.mark.slow
def test_frictionless_accepts_the_release(release: Path) -> None:
    command = [needed("frictionless"), "validate", "datapackage.json", "--json"]
    ran = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    report = json.loads(ran.stdout)
    assert (ran.returncode, report["valid"], report["stats"]["errors"]) == (0, True, 0)


@pytest.mark.slow
def test_checkers_find_what_is_wrong(release: Path, tmp_path: Path) -> None:
    """A class that no table has is an error for those that follow keys."""
    for path in release.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(
                path.read_bytes().replace(b",threshold--causation,", b",threshold--nothing,", 1)
            )
    for name in ("csvwvalidate", "cldf", "sha256sum"):
        command = [needed(name), *CHECKERS[name][0]]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ran.returncode != 0, name
