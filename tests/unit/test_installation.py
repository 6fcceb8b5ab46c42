"""The command that adds an optional package, by how npcompare was installed."""

from __future__ import annotations

import json
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare import installation
from npcompare.installation import EXTRAS, install_hint

if TYPE_CHECKING:
    from pathlib import Path


class _Distribution:
    """A distribution with a record of where it was installed from."""

    def __init__(self, url: str) -> None:
        self._record = json.dumps({"url": url})

    def read_text(self, name: str) -> str | None:
        return self._record if name == "direct_url.json" else None


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an environment in which npcompare seems to run."""
    folder = tmp_path / "npcompare-law"
    folder.mkdir()
    monkeypatch.setattr(sys, "prefix", str(folder))
    monkeypatch.setattr(sys, "executable", str(folder / "bin" / "python"))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    return folder


def test_requirements_are_those_of_the_project() -> None:
    project = tomllib.loads((TESTS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert {name: [requirement] for name, requirement in EXTRAS.items()} == extras


def test_pipx_is_asked_to_inject(prefix: Path) -> None:
    (prefix / "pipx_metadata.json").write_text("{}")
    assert install_hint("pdf") == (
        'install it with: pipx inject npcompare-law "typst>=0.14.8,<0.16"'
    )


def test_uv_tool_is_installed_again_with_it(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (prefix / "uv-receipt.toml").write_text("")
    record = _Distribution("file:///home/ana/npcompare%20law")
    monkeypatch.setattr(installation, "_is_installed", lambda _: False)
    monkeypatch.setattr("importlib.metadata.distribution", lambda _: record)
    assert install_hint("pdf") == (
        'install it with: uv tool install --with "typst>=0.14.8,<0.16" "/home/ana/npcompare law"'
    )


def test_uv_tool_keeps_what_was_added(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (prefix / "uv-receipt.toml").write_text("")
    record = _Distribution("file:///opt/npcompare.whl")
    monkeypatch.setattr("importlib.metadata.distribution", lambda _: record)
    monkeypatch.setattr(installation, "_is_installed", lambda name: name.startswith("llm"))
    assert install_hint("pdf").endswith(
        '--with "typst>=0.14.8,<0.16" --with "llm>=0.27,<1" /opt/npcompare.whl'
    )


def test_environment_without_pip_gets_it_by_uv(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "_is_installed", lambda _: False)
    assert install_hint("llm") == (
        f'install it with: uv pip install --python {prefix}/bin/python "llm>=0.27,<1"'
    )


def test_pip_of_the_same_python_is_used(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hint = '-m pip install "typst>=0.14.8,<0.16"'
    assert install_hint("pdf") == f"install it with: {prefix}/bin/python {hint}"
    monkeypatch.setenv("VIRTUAL_ENV", str(prefix))
    assert install_hint("pdf") == f"install it with: python {hint}"


def test_launcher_is_used_on_windows(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", str(prefix))
    monkeypatch.setattr("npcompare.shell.IS_WINDOWS", True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert install_hint("pdf") == (
        f'install it with: py -{version} -m pip install "typst>=0.14.8,<0.16"'
    )
