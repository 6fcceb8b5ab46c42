"""Names that no file should be given: those of devices, and those that Windows changes."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

from npcompare.errors import NpcompareError
from npcompare.shell import IS_WINDOWS

#: Devices of Windows, whatever ending is added. They are refused everywhere, because a folder with
#: such a file cannot be copied to Windows.
_DEVICE = r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)"

#: What Windows does not allow in a name. After a colon, it would write into a hidden stream.
_NOT_ON_WINDOWS = r'[<>:"|?*\x00-\x1f]'

#: The endings of YAML files: those that people code by hand, among others.
YAML_SUFFIXES = (".yaml", ".yml")

#: How to see the ending that Windows hides.
SHOW_ENDINGS = "Windows shows endings with View, Show, File name extensions in Explorer"

_STREAM_HINT = "for the screen or a pipe, leave out -o and choose a format with --format"


def check_name(path: PurePath, *, on_windows: bool | None = None) -> None:
    """Raise NpcompareError if a file with this name must not be written.

    Args:
        path: The path of the file.
        on_windows: Whether the file is written on Windows; by default, whether this is Windows.
    """
    if str(path) == "-" or path.parts[:2] in {("/", "dev"), ("/", "proc")}:
        raise NpcompareError(f"{path} is not the name of a file", _STREAM_HINT)
    name = path.name
    if re.fullmatch(_DEVICE, name.partition(".")[0].rstrip()):
        raise NpcompareError(
            f'"{name}" is the name of a device on Windows, not of a file', "choose another name"
        )
    if not (IS_WINDOWS if on_windows is None else on_windows):
        return
    if unusable := re.search(_NOT_ON_WINDOWS, name):
        raise NpcompareError(
            f"a file name cannot contain {unusable[0]} on Windows: {name}", "choose another name"
        )
    if name != name.rstrip(". "):
        raise NpcompareError(
            f'Windows drops the dot or space at the end of "{name}"', "leave it out"
        )


def path_to_write(name: str) -> Path:
    """Return the path of a file to write; raise NpcompareError if the name is that of a folder.

    A path alone does not tell: it has no separator at its end.
    """
    if name and os.path.basename(name) in {"", ".", ".."}:  # noqa: PTH119 - of the name as it is
        raise NpcompareError(f"{name} is the name of a folder", "add the name of a file")
    return Path(name)


def is_coded_text(path: PurePath) -> bool:
    """Return whether a coded file has the ending .txt, which editors add and Windows hides."""
    return path.suffix.lower() == ".txt" and PurePath(path.stem).suffix.lower() in YAML_SUFFIXES
