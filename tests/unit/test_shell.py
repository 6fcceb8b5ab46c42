"""Words quoted for the shells: read back by a shell, and by the rules of those of Windows."""

from __future__ import annotations

import re
import subprocess
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from conftest import needed
from hypothesis import given
from hypothesis import strategies as st

from npcompare import shell
from npcompare.shell import command, option, quoted

NAMES = [
    *("bill.yaml", "Clause 12.docx", "it's.txt", 'a"b.txt', "100% of $HOME.txt", "`ls`.txt"),
    *("-x.yaml", "--force", "a;b&c|d.md", "Côte d\u2019Ivoire.docx", "\u201cq\u201d.txt", "!!.txt"),
    *("~", "*.txt", "[ab].txt", "a\\b c.txt", "tab\there", "line\nbreak", "(1).txt", "{a,b}", "#1"),
]


def read_by_bash(words: list[str]) -> list[str]:
    """Return what bash reads in each of some quoted words."""
    script = "".join(f"printf '%s\\0' {word}\n" for word in words)
    bash = needed("bash")
    # History expansion is on in a terminal.
    ran = subprocess.run([bash, "-H"], input=script.encode(), capture_output=True, check=True)
    return ran.stdout.decode().split("\0")[:-1]


def read_by_cmd(word: str) -> str:
    """Return what a program gets from cmd, by the rules of the C runtime of Microsoft."""
    if not word.startswith('"'):
        assert not set(word) & set(" \t&()[]{}^=;!'+,`~%<>|@")
        return word
    assert '"' not in word[1:-1]
    inner = word[1:-1]
    tail = len(inner) - len(inner.rstrip("\\"))
    assert tail % 2 == 0
    return inner[: len(inner) - tail // 2]


def read_by_powershell(word: str) -> str:
    """Return what PowerShell reads in a word, which takes curly quotation marks for straight."""
    if word.startswith("'"):
        inner = word[1:-1]
        assert re.fullmatch(
            "(?:[^'\u2018\u2019\u201a\u201b]|(['\u2018\u2019\u201a\u201b])\\1)*", inner
        )
        return re.sub("(['\u2018\u2019\u201a\u201b])\\1", "\\1", inner)
    if word.startswith('"'):
        assert not set(word[1:-1]) & set('$`"\u201c\u201d\u201e')
        return read_by_cmd(word)
    assert not set(word) & set(" \t\n&()[]{};,'`$|<>@#\u2018\u2019\u201c\u201d\u201e")
    return word


def test_bash_reads_each_name_back() -> None:
    paths = [quoted(PurePosixPath(name), on_windows=False) for name in NAMES]
    assert read_by_bash(paths) == [f"./{name}" if name[0] == "-" else name for name in NAMES]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)))
def test_bash_reads_any_text_back(texts: list[str]) -> None:
    # Other than line ends and tabs, control characters are shown by their code.
    texts = [text for text in texts if text.isprintable()]
    assert read_by_bash([quoted(text, on_windows=False) for text in texts]) == texts


def test_bash_reads_control_characters_and_bytes_back() -> None:
    for name in ("\u202ea\u0007b", "\udcc3\udc9cn"):
        script = f"printf %s {quoted(name, on_windows=False)}"
        ran = subprocess.run([needed("bash"), "-c", script], capture_output=True, check=True)
        assert ran.stdout == name.encode("utf-8", "surrogateescape")


#: No name on Windows has these characters.
WINDOWS_NAME = st.text(
    st.characters(codec="utf-8", exclude_characters='"<>|?*/', exclude_categories=["Cc", "Cs"]),
    min_size=1,
).filter(lambda text: text[0] != "-")


@given(WINDOWS_NAME)
def test_powershell_reads_any_name_back(name: str) -> None:
    assert read_by_powershell(quoted(name, on_windows=True)) == name


@given(WINDOWS_NAME)
def test_command_prompt_reads_any_name_back(name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shell, "_is_command_prompt", lambda: True)
        assert read_by_cmd(quoted(name, on_windows=True)) == name


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("bill.yaml", "bill.yaml"),
        (r"C:\Users\Ana Ruiz\Clause 12.docx", r'"C:\Users\Ana Ruiz\Clause 12.docx"'),
        (r"C:\bills\my-bill.yaml", r"C:\bills\my-bill.yaml"),
        ("Côte d\u2019Ivoire.docx", '"Côte d\u2019Ivoire.docx"'),
        ("$5 it's.txt", "'$5 it''s.txt'"),
        ("-x.yaml", "./-x.yaml"),
    ],
)
def test_path_is_quoted_for_windows(path: str, word: str) -> None:
    assert quoted(PureWindowsPath(path), on_windows=True) == word


def test_command_is_quoted_word_by_word() -> None:
    words = command("npcompare", "validate", PurePosixPath("My Bills/a b.yaml"), "-o", "x<1")
    assert words == 'npcompare validate "My Bills/a b.yaml" -o "x<1"'


def test_option_has_hyphens_by_its_length() -> None:
    assert (option("o"), option("output")) == ("-o", "--output")


def test_git_bash_is_no_shell_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("npcompare.shell.IS_WINDOWS", True)
    assert quoted("$5 it's") == "'$5 it''s'"
    monkeypatch.setenv("MSYSTEM", "MINGW64")
    assert quoted("$5 it's") == "'$5 it'\"'\"'s'"
