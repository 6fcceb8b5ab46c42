"""What the tab key offers: commands, options, ids and the codebook's words; nothing else, ever."""

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

    Asked = Callable[..., list[str]]


@pytest.fixture
def offered(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Ask as bash does: all words of the line, the last of them unfinished."""

    def _offered(*words: str) -> list[str]:
        monkeypatch.setenv("_NPCOMPARE_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", " ".join(["npcompare", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        ran = run()
        assert (ran.code, ran.err) == (0, "")
        return ran.out.split()

    return _offered


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("cla", ["classify", "clause"]),
        ("--co", ["--corpus"]),
        ("diff --only", ["--only-differences"]),
        ("diff ken", ["kenya"]),
        ("show asea", ["asean-14-7", "asean"]),
        ("diff kenya jam", ["jamaica"]),
        ("align kenya asean-", ["asean-14-7"]),
        ("align kenya --base gam", ["gambia"]),
        ("gaps kenya --against coe-", ["coe-26"]),
        ("proof texas", ["texas-8-09"]),
        ("verify ken", []),
        ("list --collection ", ["paper", "world", "all"]),
        ("list --where thre", ["threshold="]),
        ("list --where threshold=du", ["threshold=duress"]),
        ("list --where stage!=rec", ["stage!=records"]),
        ("list --where nothing=du", []),
        ("clause --where force=man", ["force=mandatory"]),
        ("clause --threshold du", ["duress"]),
        ("clause --threshold duress,", ["duress,causation", "duress,status"]),
        ("clause --stage prosecution,rec", ["prosecution,records"]),
        ("classify --by thr", ["threshold"]),
        ("order --by scope,thr", ["scope,threshold"]),
        ("stats scope thr", ["threshold"]),
        ("codebook sta", ["stage", "standard"]),
        ("list -f do", ["docx"]),
        ("list --format p", ["plain", "pdf"]),
        ("export --layout side", ["side-by-side"]),
        ("export --sort ", ["name", "date", "class", "given"]),
        ("export --group-by pers", ["persons"]),
        ("export --columns jurisdiction,sc", ["jurisdiction,scope"]),
        ("suggest x.txt --language ", ["en", "fr"]),
    ],
)
def test_it_offers_what_may_come_next(line: str, wanted: list[str], offered: Asked) -> None:
    assert offered(*line.split(" ")) == wanted


def test_it_looks_into_the_corpus_that_the_line_names(
    offered: Asked, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / "kenya.yaml").unlink()
    assert offered("diff", "ken") == ["kenya"]
    assert offered("--corpus", str(own), "diff", "ken") == []
    assert offered("--corpus", str(own), "diff", "jam") == ["jamaica"]
    assert offered("diff", "--corpus", str(own), "ken") == []
    monkeypatch.setenv("HOME", str(own.parent))
    assert offered("diff", "--corpus", "~/own", "jam") == ["jamaica"]
    monkeypatch.setenv("NPCOMPARE_CORPUS", str(own))
    assert offered("diff", "ken") == []
    assert offered("list", "--collection", "") == ["paper", "all"]


def test_the_words_are_those_of_its_own_codebook(offered: Asked, own: Path) -> None:
    book = (TESTS.parent / "schemas" / "codebook.yaml").read_text()
    assert "\n  threshold:\n" in book
    (own / "codebook.yaml").write_text(book.replace("    duress:\n", "    coercion:\n"))
    # Whether it fits together or not, what is offered is its own or nothing.
    assert "duress" not in offered("--corpus", str(own), "clause", "--threshold", "")
    (own / "codebook.yaml").write_text("- broken")
    for line in ("clause --threshold ", "list --where ", "codebook ", "export --columns "):
        assert offered("--corpus", str(own), *line.split(" ")) == []


def test_it_says_nothing_of_what_is_wrong_with_a_corpus(offered: Asked, own: Path) -> None:
    (own / "kenya.yaml").write_text("id: [\n")
    (own / "jamaica.yaml").write_bytes(b"\xff\xfe\x00")
    assert offered("--corpus", str(own), "diff", "ken") == ["kenya"]
    assert offered("--corpus", str(own), "diff", "asean") == ["asean-14-7", "asean"]
    assert offered("--corpus", str(own / "nowhere"), "diff", "ken") == []
    assert offered("--corpus", str(own / "kenya.yaml"), "diff", "ken") == []
    assert offered("--corpus", str(own / "nowhere"), "list", "--collection", "") == []


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


def test_a_name_that_a_shell_could_act_on_is_never_offered(offered: Asked, own: Path) -> None:
    for name in HOSTILE:
        shutil.copy(own / "kenya.yaml", own / f"{name}.yaml")
    assert sorted(offered("--corpus", str(own), "show", "")) == [
        *("asean", "asean-14-7", "belgium", "coe", "coe-26", "gambia", "jamaica", "kenya", "qatar"),
    ]


def test_of_a_large_corpus_no_file_is_opened(
    offered: Asked, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "_MAX_FILES", 3)
    for path in own.glob("*.yaml"):
        path.write_text("")
    assert offered("--corpus", str(own), "show", "asean") == ["asean-14-7"]


def test_to_complete_an_id_loads_little(monkeypatch: pytest.MonkeyPatch) -> None:
    validate(None, [])
    monkeypatch.setenv("_NPCOMPARE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "npcompare diff ken")
    monkeypatch.setenv("COMP_CWORD", "2")
    # The library of the command line brings difflib along.
    assert heavy_modules() - {"difflib"} == set()


def test_bash_itself_takes_it(tmp_path: Path, own: Path) -> None:
    for name in HOSTILE:
        shutil.copy(own / "kenya.yaml", own / f"{name}.yaml")
    script = """
        eval "$(_NPCOMPARE_COMPLETE=source_bash npcompare)"
        complete -p npcompare
        COMP_WORDS=(npcompare --corpus "$0" diff kenya "") COMP_CWORD=5
        _npcompare_completion npcompare
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    reach = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [needed("bash"), "--norc", "-euc", script, str(own)],
        env={**os.environ, "PATH": reach},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    first, *rest = ran.stdout.splitlines()
    assert first.endswith("-F _npcompare_completion npcompare")
    assert sorted(rest) == [
        *("asean", "asean-14-7", "belgium", "coe", "coe-26", "gambia", "jamaica", "kenya", "qatar"),
    ]
    assert ran.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own"]
