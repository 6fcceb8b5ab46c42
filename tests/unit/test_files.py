"""Files are read up to a limit, and written completely or not at all.

An existing file is overwritten only with --force, and a coded file never.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from npcompare.atomic_files import replace_files
from npcompare.errors import NpcompareError
from npcompare.files import (
    LARGEST_FILE,
    check_writable,
    is_file,
    no_file,
    read_text,
    read_up_to,
    save,
    save_all,
    show_path,
)
from npcompare.text import bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran


# --- Reading ------------------------------------------------------------------------------------


def test_path_is_shown_relative_to_the_current_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder with a space at the end "
    (folder / "laws").mkdir(parents=True)
    with contextlib.chdir(folder):
        assert show_path(folder) == "."
        assert show_path(folder / "a.yaml") == "a.yaml"
        assert show_path(folder / "laws" / "a.yaml") == "laws/a.yaml"
        assert show_path(Path("laws") / "a.yaml") == "laws/a.yaml"
        assert show_path(folder.parent / "b.yaml") == (folder.parent / "b.yaml").as_posix()


@pytest.mark.slow
@pytest.mark.parametrize("chunk_size", [1000, LARGEST_FILE * 2])
def test_file_is_read_up_to_one_byte_over_the_limit(
    chunk_size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system may return fewer bytes than requested; reading continues."""
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, chunk_size)))
    path = tmp_path / "a.yaml"
    content = bytes(range(256)) * (LARGEST_FILE // 256) + b"more than that"
    for size in (0, 1, 999, 1000, 5001, LARGEST_FILE, LARGEST_FILE + 1):
        path.write_bytes(content[:size])
        assert read_up_to(path) == content[:size]
    path.write_bytes(content)
    assert read_up_to(path) == content[: LARGEST_FILE + 1]


class EndlessStream:
    """A stream that never ends."""

    def read(self, size: int) -> bytes:
        """Return as many bytes as requested."""
        return b"x" * size


class PipedInput:
    """The standard input of a program with these bytes piped in, or an endless stream."""

    def __init__(self, raw: bytes | None) -> None:
        self.buffer: Any = EndlessStream() if raw is None else io.BytesIO(raw)


PLAIN_TEXT = "save it as plain text in the encoding UTF-8 (in Word: Save as, Plain text, .txt)"
ONE_FILE = "put only the text into a .txt file"


@pytest.mark.parametrize(
    ("name", "raw", "message", "hint"),
    [
        ("bill.yaml", b"id: x", "bill.yaml is a coded file", ONE_FILE),
        ("bill.YML", b"id: x", "bill.YML is a coded file", ONE_FILE),
        ("missing.txt", None, "there is no file missing.txt", ""),
        ("a.txt", b"caf\xe9", "a.txt is not plain text in UTF-8", PLAIN_TEXT),
        ("a.txt", b"\xef\xbb\xbf \n\t", "a.txt contains no text", ""),
        ("a.txt", b"", "a.txt contains no text", ""),
        ("a.txt", b"x" * (LARGEST_FILE + 1), "a.txt is larger than 4 MB", ""),
        *(
            ("a.txt", start + b"...", f"a.txt is {kind}, not a plain-text file", PLAIN_TEXT)
            for start, kind in (
                (b"PK\x03\x04", "a Word document"),
                (b"\xd0\xcf\x11\xe0", "a Word document"),
                (b"{\\rtf1", "a rich-text document"),
                (b"%PDF-1.7", "a PDF document"),
            )
        ),
    ],
)
def test_file_that_is_not_plain_text_is_refused(
    name: str, raw: bytes | None, message: str, hint: str, tmp_path: Path
) -> None:
    if raw is not None:
        (tmp_path / name).write_bytes(raw)
    with contextlib.chdir(tmp_path), pytest.raises(NpcompareError) as caught:
        read_text(name)
    assert (caught.value.message, caught.value.hint) == (message, hint)
    with contextlib.chdir(tmp_path), pytest.raises(NpcompareError) as caught:
        read_text(str(tmp_path / name))
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xef\xbb\xbf\xc3\xa9 \r\nb", "\u00e9 \r\nb"),
        (b"x" * LARGEST_FILE, "x" * LARGEST_FILE),
    ],
    ids=["accents", "largest"],
)
def test_text_is_read_from_a_file_or_a_pipe(
    raw: bytes, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    assert read_text(str(path)) == text
    monkeypatch.setattr(sys, "stdin", PipedInput(raw))
    assert read_text("-") == text


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        (PipedInput(b" "), "the standard input contains no text"),
        (PipedInput(None), "the standard input is larger than 4 MB"),
        (None, "the standard input contains no text"),
    ],
    ids=["blank", "endless", "closed"],
)
def test_standard_input_without_usable_text_is_refused(
    stdin: PipedInput | None, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(NpcompareError) as caught:
        read_text("-")
    assert caught.value.message == message


def test_missing_file_gets_the_most_similar_name(tmp_path: Path) -> None:
    for name in ("Clause-12.txt", "clause-9.txt", "notes.txt"):
        (tmp_path / name).write_text("x")

    def message_and_hint(path: Path, display_path: str = "") -> tuple[str, str]:
        error = no_file(path, display_path)
        assert str(error) == error.message
        return error.message, error.hint

    path = tmp_path / "clause-2.TXT"
    hint = f'did you mean "{tmp_path}/Clause-12.txt"?'
    assert message_and_hint(path) == (f"there is no file {path}", hint)
    assert message_and_hint(path, "clause-2.TXT") == ("there is no file clause-2.TXT", hint)
    # This name is similar, but not similar enough.
    unlike = message_and_hint(tmp_path / "cause.odt", "cause.odt")
    assert unlike == ("there is no file cause.odt", "")
    path = tmp_path / "laws" / "clause-12.txt"
    hint = f"there is no folder {tmp_path}/laws either; check that you are in the right folder"
    assert message_and_hint(path) == (f"there is no file {path}", hint)
    assert message_and_hint(path, "laws/x") == ("there is no file laws/x", hint)


def test_missing_file_in_an_unreadable_folder_has_no_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    error = no_file(tmp_path / "a.txt")
    assert (error.message, error.hint) == (f"there is no file {tmp_path}/a.txt", "")


# --- Writing ------------------------------------------------------------------------------------


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


def test_disk_that_fills_leaves_none_of_two_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first file has its name only when the second is on the disk as well."""
    space = iter([True])

    def full(_handle: int) -> None:
        if not next(space, False):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    files = {tmp_path / "a.csv": "a", tmp_path / "a.csv-metadata.json": "b"}
    with pytest.raises(NpcompareError) as refused:
        save_all(files)
    message = f"{tmp_path / 'a.csv-metadata.json'} cannot be written: No space left on device"
    assert (refused.value.message, list(tmp_path.iterdir())) == (message, [])


def test_failure_behind_a_link_names_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save("old", tmp_path / "real.txt")
    (tmp_path / "link.txt").symlink_to("real.txt")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NpcompareError) as refused:
        save("new", tmp_path / "link.txt", force=True)
    message = f"{tmp_path / 'link.txt'} cannot be written: No space left on device"
    assert (refused.value.message, (tmp_path / "real.txt").read_text()) == (message, "old")
    assert (tmp_path / "link.txt").is_symlink()


@pytest.mark.parametrize("name", ["a" * 251 + ".txt", "\u00e9" * 125 + ".txt"])
def test_longest_name_can_be_written(name: str, tmp_path: Path) -> None:
    save("x", tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_first_writer_wins_on_a_disk_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both writers saw that there was no file; only one of them may write it."""

    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    replace_files({tmp_path / "a.txt": "first"}, force=False)
    with pytest.raises(FileExistsError):
        replace_files({tmp_path / "a.txt": "second"}, force=False)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["first"]


def test_file_that_replaces_another_is_always_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To wait for the disk takes time for each file, and of a new one nothing older is lost."""
    (tmp_path / "a.txt").write_text("old")
    handles: list[int] = []
    monkeypatch.setattr("os.fsync", handles.append)
    for is_synced, count in ((False, 1), (True, 2)):
        contents = {tmp_path / "a.txt": "new", tmp_path / f"{count}.txt": "new"}
        replace_files(contents, force=True, is_synced=is_synced)
        assert len(handles) == count
        handles.clear()


def test_owner_of_a_file_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save("old", tmp_path / "a.txt")
    owners: list[tuple[int, int]] = []
    monkeypatch.setattr("os.chown", lambda _path, user, group: owners.append((user, group)))
    save("new", tmp_path / "a.txt", force=True)
    status = (tmp_path / "a.txt").stat()
    assert owners == [(status.st_uid, status.st_gid)]


LAW = "id: kenya\n"


def _symbolic(path: Path, law: Path) -> None:
    path.symlink_to(law)


def _chain(path: Path, law: Path) -> None:
    path.with_name("between").symlink_to(law)
    path.symlink_to(path.with_name("between"))


def _hard(path: Path, law: Path) -> None:
    path.hardlink_to(law)


def test_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.symlink_to(tmp_path / "other.md")
    (tmp_path / "other.md").symlink_to(path)
    with pytest.raises(NpcompareError, match=r"out\.md is a link that leads back to itself$"):
        check_writable(path, force=True)


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


def test_name_that_is_too_long_is_that_of_no_file(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 300)
    assert not is_file(path)
    error = no_file(path)
    assert (error.message, error.hint) == (bounded(f"there is no file {path}"), "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "{}"),
        ("list", "--corpus", "{}"),
        ("agree", "{}", "{}"),
        ("export", "kenya", "-o", "{}/annex.docx"),
        ("new", "my-bill", "-o", "{}/my-bill.yaml"),
        ("release", "{}/release"),
    ],
)
def test_file_in_place_of_a_folder_is_named(
    arguments: tuple[str, ...], run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "file.txt"
    path.write_text("It is a file.\n", encoding="utf-8")
    ran = run(*(word.replace("{}", str(path)) for word in arguments))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"npcompare: {path} is a file, not a folder\n  hint: choose another folder\n"
    )
