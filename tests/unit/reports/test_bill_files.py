"""A bill that is not below the current folder: found again, and not opened for a stranger."""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from npcompare.reports import bill_files
from npcompare.reports.bill_files import located

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

BILL = (TESTS / "bills" / "arcadia.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder beside one with a bill, and return it."""
    for name in ("here/sub", "beside"):
        (tmp_path / name).mkdir(parents=True)
    for folder in (tmp_path / "here", tmp_path / "here" / "sub", tmp_path / "beside"):
        (folder / "arcadia.yaml").write_text(BILL, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "json"])
@pytest.mark.parametrize(
    "name",
    [
        *(
            "arcadia.yaml",
            "./arcadia.yaml",
            "arcadia",
            "sub/arcadia.yaml",
            "../beside/arcadia.yaml",
        ),
        *("sub/../arcadia.yaml", "{}/arcadia.yaml", "{}/sub/arcadia", "{}/../beside/arcadia.yaml"),
    ],
)
def test_annex_is_up_to_date_in_the_same_folder(
    name: str, suffix: str, folder: Path, run: Callable[..., Ran]
) -> None:
    path = f"annex.{suffix}"
    assert run("export", name.format(folder), "kenya", "-o", path).code == 0
    ran = run("verify", path)
    assert (ran.code, "Up to date" in ran.out) == (0, True)
    assert str(folder).encode() not in Path("annex.json").read_bytes() if suffix == "json" else True


def test_changed_bill_elsewhere_is_read_only_if_it_is_named(
    folder: Path, run: Callable[..., Ran]
) -> None:
    bill = folder.parent / "beside" / "arcadia.yaml"
    run("export", "../beside/arcadia.yaml", "kenya", "-o", "annex.docx")
    bill.write_text(BILL.replace("Arcadia", "New Arcadia"), encoding="utf-8")
    ran = run("verify", "annex.docx")
    assert (ran.code, "New Arcadia" in ran.out) == (1, False)
    assert (
        "Not found in this folder and therefore left out: arcadia. Run verify in the folder in "
        "which export was run. For a bill in another folder that has changed, add its path to the "
        "command, after that of the annex."
    ) in " ".join(ran.out.split())
    ran = run("verify", "annex.docx", bill)
    assert (ran.code, "New Arcadia" in ran.out) == (1, True)
    assert "Not found" not in ran.out


def test_file_elsewhere_is_not_opened_without_its_digest(
    folder: Path, run: Callable[..., Ran]
) -> None:
    run("export", "../beside/arcadia.yaml", "kenya", "-o", "annex.json")
    annex = json.loads(Path("annex.json").read_text(encoding="utf-8"))
    (record,) = annex["recipe"]["files"]
    assert (record["name"], record["path"]) == ("arcadia", "../beside/arcadia.yaml")
    (folder.parent / "secret.yaml").write_text("password: hunter2", encoding="utf-8")
    record["path"] = "../secret.yaml"
    Path("annex.json").write_text(json.dumps(annex), encoding="utf-8")
    ran = run("verify", "annex.json")
    assert ran.code == 1
    assert "hunter2" not in ran.out + ran.err
    assert "Not found in this folder" in ran.out


@pytest.mark.parametrize(
    "path",
    [
        *(
            "//server/share/a.yaml",
            "\\\\server\\share\\a.yaml",
            "/dev/zero",
            "a\0.yaml",
            "~/a.yaml",
        ),
        *("~///server/share/a.yaml", "~/\\\\server\\share\\a.yaml", "/??/UNC/server/share/a.yaml"),
    ],
)
def test_remote_file_or_device_is_not_opened(path: str) -> None:
    files = [{"name": "a", "path": path, "digest": "sha256:0"}]
    assert located({"files": files}, ["a"], []) == [""]


def test_recipe_of_another_shape_leads_nowhere() -> None:
    for files in (1, [1], [{"name": 1}], {"name": "a"}):
        assert located({"files": files}, ["a", "b/c.yaml"], []) == ["a", "b/c.yaml"]


@pytest.mark.parametrize("path", ["~///server/share/a.yaml", "~/\\\\server\\share\\a.yaml"])
def test_remote_file_is_not_asked_for(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[Path] = []
    monkeypatch.setattr(bill_files, "read_up_to", asked_for.append)
    located({"files": [{"name": "a", "path": path, "digest": ""}]}, ["a"], [])
    assert asked_for == []


def test_missing_file_is_not_opened_without_digest() -> None:
    files = [{"name": "a", "path": "~/no such file.yaml", "digest": ""}]
    assert located({"files": files}, ["a"], []) == [""]


@pytest.mark.parametrize("name", ["/a.yaml", "\\a.yaml", "\\??\\UNC\\server\\a.yaml", "C:a.yaml"])
def test_root_of_a_drive_is_not_below_on_windows(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bill_files, "PurePath", PureWindowsPath)
    assert not bill_files.is_below_here(name)
