"""Commands for the user to type: words quoted for the shell that is probably in use.

A POSIX shell is assumed except on Windows. There, a word is written so that both PowerShell and the
command prompt (cmd) read it, where that is possible.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import PurePath

from npcompare.text import is_control

IS_WINDOWS = os.name == "nt"

#: What a POSIX shell acts on between double quotation marks.
_ACTIVE_IN_POSIX = r'[$`"\\!]'

#: What both PowerShell and cmd read as one word without quotation marks.
_PLAIN_ON_WINDOWS = r"[\w.:\\/+-]+"

#: What PowerShell acts on between double quotation marks, where cmd takes it literally. PowerShell
#: reads typographic quotation marks as straight ones.
_ACTIVE_IN_POWERSHELL = "[$`\u201c\u201d\u201e]"
_SINGLE_MARKS = "['\u2018\u2019\u201a\u201b]"


def command(*words: str | PurePath) -> str:
    """Return a command line, with each word quoted that needs it."""
    return " ".join(quoted(word) for word in words)


def quoted(word: str | PurePath, *, on_windows: bool | None = None) -> str:
    """Return a word as the user has to type it.

    Args:
        word: The word. A path that begins with a hyphen is written so that it is not an option.
        on_windows: Whether the shell is one of Windows; by default, that of this system.
    """
    text = str(word)
    if isinstance(word, PurePath) and text.startswith("-"):
        text = f"./{text}"
    if on_windows is None:
        # Git Bash and MSYS2 are POSIX shells on Windows.
        on_windows = IS_WINDOWS and "MSYSTEM" not in os.environ
    return _for_windows(text) if on_windows else _for_posix(text)


def option(name: str) -> str:
    """Return an option by its name, with one hyphen before a letter and two before a word."""
    return f"-{name}" if len(name) == 1 else f"--{name}"


def _for_posix(text: str) -> str:
    codes = {
        # Bytes of a name that are not in the encoding of the system are surrogates in Python.
        character: f"\\x{ord(character) - 0xDC00:02x}"
        if "\udc80" <= character <= "\udcff"
        else f"\\u{ord(character):04x}"
        for character in text
        if is_control(character) or character in "\n\t"
    }
    if not codes:
        from shlex import quote

        safe = quote(text)
        # Double marks look the same on Windows.
        return safe if safe == text or re.search(_ACTIVE_IN_POSIX, text) else f'"{text}"'
    # bash and zsh read the codes of characters between these marks.
    codes |= {"\\": "\\\\", "'": "\\'"}
    return "$'" + "".join(codes.get(character, character) for character in text) + "'"


def _for_windows(text: str) -> str:
    if re.fullmatch(_PLAIN_ON_WINDOWS, text):
        return text
    if re.search(_ACTIVE_IN_POWERSHELL, text) and not _is_command_prompt():
        return "'" + re.sub(_SINGLE_MARKS, r"\g<0>\g<0>", text) + "'"
    # A backslash before the last mark would make the mark a part of the word.
    backslashes = text[len(text.rstrip("\\")) :]
    return f'"{text}{backslashes}"'


def _is_command_prompt() -> bool:
    """Return whether the shell is cmd; PowerShell is assumed if that cannot be told."""
    with suppress(Exception):
        import shellingham

        return bool(shellingham.detect_shell()[0] == "cmd")
    return False
