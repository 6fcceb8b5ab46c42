"""What the tab key offers: commands, options, ids and the words of the codebook."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builders import heavy_modules
from conftest import TESTS, needed

from npcompare.cli import completion
from npcompare.coding.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Complete = Callable[..., list[str]]


@pytest.fixture
def complete(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Complete:
    """Return a function that completes the last word of a command line, as bash does."""

    def _complete(*words: str) -> list[str]:
        monkeypatch.setenv("_NPCOMPARE_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", " ".join(["npcompare", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        ran = run()
        assert (ran.code, ran.err) == (0, "")
        return ran.out.split()

    return _complete


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("cla", ["classify", "clause"]),
        ("--co", ["--corpus"]),
        ("diff --only", ["--only-differences"]),
        ("diff ken", ["kenya", "kenya-14"]),
        ("show asea", ["asean-14-7", "asean"]),
        ("diff kenya jam", ["jamaica"]),
        ("align kenya asean-", ["asean-14-7"]),
        ("align kenya --base gam", ["gambia"]),
        ("gaps kenya --against coe-", ["coe-26"]),
        ("proof texas", ["texas-8-09"]),
        ("verify ken", []),
        ("list --collection ", ["paper", "world", "all"]),
        ("list --names ", ["un", "file"]),
        ("list --where thre", ["threshold="]),
        ("list --where threshold=du", ["threshold=duress_and_causation", "threshold=duress"]),
        ("list --where stage!=rec", ["stage!=records"]),
        ("list --where nothing=du", []),
        ("list --where eff", ["effect="]),
        ("list --where effect=op", ["effect=operative"]),
        ("export --where region=latin", ["region=latin_america_and_the_caribbean"]),
        ("clause --effect rec", ["recommendation"]),
        ("clause --where force=man", ["force=mandatory"]),
        ("clause --threshold du", ["duress_and_causation", "duress"]),
        ("clause --threshold status,du", ["status,duress_and_causation", "status,duress"]),
        ("clause --stage prosecution,rec", ["prosecution,records"]),
        ("classify --by thr", ["threshold"]),
        ("order --by scope,thr", ["scope,threshold"]),
        ("stats scope thr", ["threshold"]),
        ("codebook stag", ["stage"]),
        ("list -f do", ["docx"]),
        ("list --format p", ["plain", "pdf"]),
        ("export --layout side", ["side-by-side"]),
        ("export --sort ", ["name", "date", "class", "given"]),
        ("export --group-by pers", ["persons"]),
        ("export --columns jurisdiction,sc", ["jurisdiction,scope"]),
        ("read x.docx --revisions re", ["rejected"]),
        ("suggest x.txt --language ", ["en", "fr", "es"]),
    ],
)
def test_tab_offers_possible_words(line: str, words: list[str], complete: Complete) -> None:
    assert complete(*line.split(" ")) == words


def test_ids_come_from_the_corpus_of_the_line(
    complete: Complete, corpus_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus_copy / "kenya.yaml").unlink()
    assert complete("diff", "ken") == ["kenya", "kenya-14"]
    assert complete("--corpus", str(corpus_copy), "diff", "ken") == []
    assert complete("--corpus", str(corpus_copy), "diff", "jam") == ["jamaica"]
    assert complete("diff", "--corpus", str(corpus_copy), "ken") == []
    monkeypatch.setenv("HOME", str(corpus_copy.parent))
    assert complete("diff", "--corpus", "~/own", "jam") == ["jamaica"]
    monkeypatch.setenv("NPCOMPARE_CORPUS", str(corpus_copy))
    assert complete("diff", "ken") == []
    assert complete("list", "--collection", "") == ["paper", "all"]


def test_classes_come_from_the_codebook_of_the_corpus(
    complete: Complete, corpus_copy: Path
) -> None:
    book = (TESTS.parent / "schemas" / "codebook.yaml").read_text()
    assert "\n  threshold:\n" in book
    (corpus_copy / "codebook.yaml").write_text(book.replace("    duress:\n", "    coercion:\n"))
    # The codebook may be inconsistent; the bundled one is not used in its place.
    assert "duress" not in complete("--corpus", str(corpus_copy), "clause", "--threshold", "")
    (corpus_copy / "codebook.yaml").write_text("- broken")
    for line in ("clause --threshold ", "list --where ", "codebook ", "export --columns "):
        assert complete("--corpus", str(corpus_copy), *line.split(" ")) == []


def test_errors_in_a_corpus_are_not_reported(complete: Complete, corpus_copy: Path) -> None:
    (corpus_copy / "kenya.yaml").write_text("id: [\n")
    (corpus_copy / "jamaica.yaml").write_bytes(b"\xff\xfe\x00")
    assert complete("--corpus", str(corpus_copy), "diff", "ken") == ["kenya"]
    assert complete("--corpus", str(corpus_copy), "diff", "asean") == ["asean-14-7", "asean"]
    assert complete("--corpus", str(corpus_copy / "nowhere"), "diff", "ken") == []
    assert complete("--corpus", str(corpus_copy / "kenya.yaml"), "diff", "ken") == []
    assert complete("--corpus", str(corpus_copy / "nowhere"), "list", "--collection", "") == []


HOSTILE = [
    *(
        "-rf",
        "$(touch x)",
        "`touch x`",
        "a;touch x",
        "a|b",
        "a b",
        "a\nb",
        "a'b",
        'a"b',
        "*",
        "\u202ea",
    ),
]


def test_name_that_a_shell_could_run_is_not_offered(complete: Complete, corpus_copy: Path) -> None:
    for name in HOSTILE:
        shutil.copy(corpus_copy / "kenya.yaml", corpus_copy / f"{name}.yaml")
    assert sorted(complete("--corpus", str(corpus_copy), "show", "")) == [
        *("asean", "asean-14-7", "belgium", "coe", "coe-26", "gambia", "jamaica", "kenya", "qatar"),
    ]


def test_no_file_of_a_large_corpus_is_opened(
    complete: Complete, corpus_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "_MAX_FILES", 3)
    for path in corpus_copy.glob("*.yaml"):
        path.write_text("")
    assert complete("--corpus", str(corpus_copy), "show", "asean") == ["asean-14-7"]


@pytest.mark.further
def test_completing_an_id_imports_little(monkeypatch: pytest.MonkeyPatch) -> None:
    validate(None, [])
    monkeypatch.setenv("_NPCOMPARE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "npcompare diff ken")
    monkeypatch.setenv("COMP_CWORD", "2")
    # typer imports difflib.
    assert heavy_modules() - {"difflib"} == set()


def test_completion_works_in_bash(tmp_path: Path, corpus_copy: Path) -> None:
    for name in HOSTILE:
        shutil.copy(corpus_copy / "kenya.yaml", corpus_copy / f"{name}.yaml")
    script = """
        eval "$(_NPCOMPARE_COMPLETE=source_bash npcompare)"
        complete -p npcompare
        COMP_WORDS=(npcompare --corpus "$0" diff kenya "") COMP_CWORD=5
        _npcompare_completion npcompare
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    search_path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [needed("bash"), "--norc", "-euc", script, str(corpus_copy)],
        env={**os.environ, "PATH": search_path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    setup, *ids = ran.stdout.splitlines()
    assert setup.endswith("-F _npcompare_completion npcompare")
    assert sorted(ids) == [
        *("asean", "asean-14-7", "belgium", "coe", "coe-26", "gambia", "jamaica", "kenya", "qatar"),
    ]
    assert ran.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own"]


def in_shell(shell: str, script: str, home: Path) -> str:
    """Run a script in a shell with npcompare within reach and with a home of its own."""
    search_path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [needed(shell), "-c", script],
        env={
            **os.environ,
            "PATH": search_path,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
        },
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


@pytest.mark.slow
def test_completion_works_in_fish(tmp_path: Path) -> None:
    script = """
        npcompare --show-completion | source
        complete -C "npcompare diff kenya-"
        complete -C "npcompare clause --threshold du"
    """
    words = in_shell("fish", script, tmp_path).splitlines()
    assert sorted(words) == ["duress", "duress_and_causation", "kenya-14"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "path"),
    [("bash", ".bash_completions/npcompare.sh"), ("zsh", ".zfunc/_npcompare")],
)
def test_completion_is_installed(shell: str, path: str, tmp_path: Path) -> None:
    in_shell(shell, "npcompare --install-completion; true", tmp_path)
    assert "_NPCOMPARE_COMPLETE" in (tmp_path / path).read_text()
    in_shell(shell, f"{shell} -n {path}", tmp_path)


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the profile of a program that passes for PowerShell."""
    profile = tmp_path / "My Documents" / "profile.ps1"
    shell = tmp_path / "powershell"
    shell.write_text(f'#!/bin/sh\necho "$@" >>"{tmp_path}/asked"\necho "{profile}"\n')
    shell.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("powershell", "powershell.exe"))
    return profile


def test_policy_of_powershell_is_left_alone(
    profile: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    for _ in range(2):
        ran = run("--install-completion")
        assert (ran.code, ran.err.splitlines()[0]) == (
            0,
            f"wrote {profile}; completion works in each new terminal",
        )
    assert profile.read_text() == run("--show-completion").out
    assert profile.read_text().count("Register-ArgumentCompleter") == 1
    assert set((tmp_path / "asked").read_text().splitlines()) == {"-NoProfile -Command $PROFILE"}


def test_linked_profile_stays_whole_on_a_full_disk(
    profile: Path, run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "mine.ps1").write_text("mine")
    profile.parent.mkdir()
    profile.symlink_to(tmp_path / "mine.ps1")
    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        ran = run("--install-completion")
    assert (ran.code, profile.read_text()) == (2, "mine")
    assert run("--install-completion").code == 0
    assert (profile.is_symlink(), profile.read_text().startswith("mine\n")) == (True, True)


def test_completion_in_powershell(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_NPCOMPARE_COMPLETE", "complete_powershell")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "npcompare list --collection wor")
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", "wor")
    assert run().out == "world::: \n"


def test_shell_without_completion_is_named(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("cmd", "cmd.exe"))
    ran = run("--install-completion")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "npcompare: there is no completion for cmd")
