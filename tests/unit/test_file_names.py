"""Names that no file is given."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from npcompare.errors import NpcompareError
from npcompare.file_names import check_name, is_coded_text, path_to_write


@pytest.mark.parametrize(
    "name", ["con", "NUL.docx", "aux.tar.gz", "COM1.md", "lpt\u00b9.csv", "PRN .txt"]
)
@pytest.mark.parametrize("on_windows", [True, False])
def test_device_of_windows_is_refused_everywhere(name: str, on_windows: bool) -> None:
    with pytest.raises(NpcompareError, match="the name of a device on Windows"):
        check_name(PurePosixPath("annexes", name), on_windows=on_windows)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Clause 12: draft.docx", "a file name cannot contain : on Windows: Clause 12: draft.docx"),
        ("a?.docx", "a file name cannot contain ? on Windows: a?.docx"),
        ("annex.docx.", 'Windows drops the dot or space at the end of "annex.docx."'),
        ("annex.docx ", 'Windows drops the dot or space at the end of "annex.docx "'),
    ],
)
def test_name_is_refused_on_windows_alone(name: str, message: str) -> None:
    check_name(PurePosixPath(name), on_windows=False)
    with pytest.raises(NpcompareError) as caught:
        check_name(PurePosixPath(name), on_windows=True)
    assert caught.value.message == message


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/null"])
def test_stream_is_not_the_name_of_a_file(name: str) -> None:
    with pytest.raises(NpcompareError) as caught:
        check_name(PurePosixPath(name))
    assert caught.value.message == f"{name} is not the name of a file"
    assert caught.value.hint == (
        "for the screen or a pipe, leave out -o and choose a format with --format"
    )


@pytest.mark.parametrize(
    "name", ["annex.docx", "console.md", "Clause 12.docx", ".hidden", "com.md"]
)
def test_usual_name_is_accepted(name: str) -> None:
    check_name(PureWindowsPath("C:\\Users\\Ana Ruiz", name), on_windows=True)


@pytest.mark.parametrize(
    ("name", "is_coded"),
    [("kenya.yaml.txt", True), ("kenya.YML.TXT", True), ("kenya.txt", False), ("a.yaml", False)],
)
def test_coded_file_saved_as_text_is_recognized(name: str, is_coded: bool) -> None:
    assert is_coded_text(PurePosixPath(name)) is is_coded


@pytest.mark.parametrize("name", ["annexes/", "annexes//", "annexes/.", "annexes/..", ".", ".."])
def test_name_of_a_folder_is_not_that_of_a_file(name: str) -> None:
    with pytest.raises(NpcompareError) as caught:
        path_to_write(name)
    message, hint = f"{name} is the name of a folder", "add the name of a file"
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize("name", ["annex.docx", "annexes/annex.docx", "a.b/.c", "..docx"])
def test_name_of_a_file_is_its_path(name: str) -> None:
    assert path_to_write(name) == Path(name)
