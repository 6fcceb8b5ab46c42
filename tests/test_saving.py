"""Files are written whole or not at all, and what is there is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from npcompare.errors import NpcompareError
from npcompare.saving import save

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "annex.txt"
    save("one", path, force=False)
    path.chmod(0o640)
    with pytest.raises(NpcompareError, match="exists already and is kept"):
        save("two", path, force=False)
    assert path.read_text() == "one"
    save("two", path, force=True)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("two", 0o640)
    assert [one.name for one in tmp_path.iterdir()] == ["annex.txt"]


def test_a_crash_in_the_middle_leaves_the_old_file(
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
    assert [one.name for one in tmp_path.iterdir()] == ["annex.txt"]


def test_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
