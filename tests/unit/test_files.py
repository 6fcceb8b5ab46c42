"""Files are written completely or not at all, and never overwritten without --force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.errors import NpcompareError
from npcompare.files import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def test_file_is_overwritten_only_with_force(tmp_path: Path) -> None:
    path = tmp_path / "annex.txt"
    save("one", path, force=False)
    path.chmod(0o640)
    with pytest.raises(NpcompareError, match="already exists and was not overwritten"):
        save("two", path, force=False)
    assert path.read_text() == "one"
    save("two", path, force=True)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("two", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["annex.txt"]


def test_crash_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "annex.txt"
    save("old", path, force=False)

    def crash(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        save("new", path, force=True)
    assert path.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["annex.txt"]


def test_failure_to_write_is_reported_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NpcompareError, match="is a folder"):
        save("x", tmp_path, force=True)
    with pytest.raises(NpcompareError, match="there is no folder"):
        save("x", tmp_path / "no" / "a.txt", force=False)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NpcompareError, match="No space left on device"):
        save("x", tmp_path / "a.txt", force=False)
    assert list(tmp_path.iterdir()) == []


LAW = "id: kenya\n"


def _symbolic(path: Path, law: Path) -> None:
    path.symlink_to(law)


def _chain(path: Path, law: Path) -> None:
    path.with_name("between").symlink_to(law)
    path.symlink_to(path.with_name("between"))


def _hard(path: Path, law: Path) -> None:
    path.hardlink_to(law)


@pytest.mark.parametrize("link", [_symbolic, _chain, _hard])
def test_coded_file_behind_a_link_is_kept(
    link: Callable[[Path, Path], None], tmp_path: Path
) -> None:
    law, path = tmp_path / "law.yaml", tmp_path / "out.md"
    law.write_text(LAW)
    link(path, law)
    with pytest.raises(NpcompareError, match="was not overwritten"):
        save("table", path, force=True)
    assert law.read_text() == path.read_text() == LAW


@pytest.mark.parametrize(
    "name", ["law.yaml", "LAW.YML", "law.yaml::$DATA", "law.yaml. .", "law.yaml:x"]
)
def test_name_of_a_coded_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(NpcompareError, match="would be a coded file"):
        save("table", tmp_path / name, force=True)
    assert list(tmp_path.iterdir()) == []


def test_csv_metadata_does_not_reach_a_coded_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    law, path = tmp_path / "law.yaml", tmp_path / "out.csv"
    law.write_text(LAW)
    (tmp_path / "out.csv-metadata.json").symlink_to(law)
    ran = run("classify", "kenya", "-o", path, "--force")
    assert (ran.code, "was not overwritten" in ran.err) == (2, True)
    assert law.read_text() == LAW
    assert not path.exists()
