"""The page on Windows: its pictures show its commands, and its requirements are those in use."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from conftest import TESTS

from npcompare._version import __version__
from npcompare.installation import EXTRAS

FOLDER = TESTS.parent / "docs" / "how-to"
TEXT = (FOLDER / "install-windows.md").read_text(encoding="utf-8")
STEPS = re.findall(r"```powershell\n(.*?)```\n\n!\[(.*?)\]\((.*?)\)", TEXT, re.DOTALL)


def shown(path: str) -> list[str]:
    """Return the lines of a picture."""
    root = ET.parse(FOLDER / path).getroot()  # noqa: S314 - the file is ours
    lines = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


@pytest.mark.parametrize(("commands", "description", "path"), STEPS)
def test_picture_shows_the_commands_of_its_step(commands: str, description: str, path: str) -> None:
    typed = [line.partition("> ")[2] for line in shown(path) if line.startswith("PS C:")]
    assert typed == [*commands.splitlines(), ""]
    assert description.startswith("A PowerShell window: ")


def test_every_picture_has_a_step() -> None:
    pictures = {path.name for path in (FOLDER / "windows").iterdir()}
    assert pictures == {path.partition("/")[2] for _, _, path in STEPS}
    assert len(pictures) == 3


def test_versions_on_the_page_are_current() -> None:
    assert f"npcompare_law-{__version__}-py3-none-any.whl" in TEXT
    assert f"npcompare {__version__}" in shown("windows/2-install.svg")
    for extra in ("pdf", "pdf-in"):
        assert TEXT.count(f'"{EXTRAS[extra]}"') == 2
