"""What SECURITY.md promises: each promise names tests that exist; and those of the whole program.

The commands are run under a hook that hears of all that Python opens, loads and connects to.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

import npcompare

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = TESTS.parent

#: What a text would have done, were any of it ever run: by YAML, Python, Jinja, TeX or a shell.
PAYLOADS = (
    "__import__('os').system('touch owned')",
    "{{ cycler.__init__.__globals__.os.system('touch owned') }}",
    "{% include '/etc/passwd' %}",
    "\\immediate\\write18{touch owned}",
    '#eval("1").read("/etc/passwd")',
    "=cmd|' /C touch owned'!A0",
    "$(touch owned) `touch owned`",
)
PROVISION = """\
id: {id}
jurisdiction: {{name: {payload}, code: null, kind: state}}
instrument: {{title: {payload}, kind: bill}}
form: statutory_defence
text: {{status: verbatim, complete: true, language: en, body: {body}}}
limbs:
  - persons: {{values: [any_victim], evidence: a victim}}
"""
COMMANDS = [
    ["validate"],
    ["--no-cache", "validate"],
    ["list"],
    ["show", "--evidence"],
    ["classify", "--explain"],
    ["diff", "p0", "p1", "--text"],
    ["gaps", "p0"],
    ["stats"],
    ["proof"],
    ["align", "p0", "p1"],
    ["clause", "--persons", "adult"],
    ["codebook"],
    ["suggest", "clause.txt"],
    ["new", "utopia", "--text", "clause.txt", "-o", "out/utopia.yaml"],
    ["agree", "corpus", "corpus"],
    *(["export", "-o", f"out/annex.{end}"] for end in ("txt", "md", "csv", "json", "docx", "xlsx")),
    *(["export", "-o", f"out/annex.{end}"] for end in ("html", "tex", "pdf")),
    ["export", "--layout", "matrix", "-o", "out/annex.svg"],
    ["verify", "out/annex.docx"],
]
#: Runs commands one after the other, and prints what was heard of that could break a promise.
HEARD = """
import contextlib, io, json, os, sys
heard = []
KINDS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pickle.",
         "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "code.", "shutil.")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        is_write = bool(arguments[2] & WRITES)
        heard.append(["write" if is_write else "read", os.path.abspath(os.fsdecode(arguments[0]))])
    elif event in ("os.rename", "os.link", "os.remove", "os.mkdir", "os.symlink", "os.truncate"):
        heard.extend(["write", os.path.abspath(one)] for one in arguments if isinstance(one, str))
    elif event == "compile" and "owned" in str(arguments[0]):
        heard.append(["compile", str(arguments[0])[:100]])
    elif event.startswith(KINDS):
        heard.append([event, repr(arguments)[:100]])
sys.addaudithook(hook)
from npcompare.cli.main import main
codes = []
for words in json.load(sys.stdin):
    sys.argv = ["npcompare", *words]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main()
    except SystemExit as ended:
        codes.append(int(ended.code or 0))
        if codes[-1] > 1:
            raise SystemExit(said.getvalue())
print(json.dumps([codes, heard]))
"""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """Run every command on a hostile corpus; return its folder and what was heard."""
    folder = tmp_path_factory.mktemp("heard")
    for name in ("corpus", "out"):
        (folder / name).mkdir()
    for number, payload in enumerate(PAYLOADS):
        words = {"payload": json.dumps(payload), "body": json.dumps(f"a victim {payload}")}
        path = folder / "corpus" / f"p{number}.yaml"
        path.write_text(PROVISION.format(id=path.stem, **words), encoding="utf-8")
    (folder / "clause.txt").write_text("A victim shall not be punished. " + " ".join(PAYLOADS))
    ran = subprocess.run(
        [sys.executable, "-B", "-c", HEARD],
        cwd=folder,
        input=json.dumps(COMMANDS),
        env={
            **os.environ,
            "NPCOMPARE_CORPUS": str(folder / "corpus"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    codes, found = json.loads(ran.stdout.splitlines()[-1])
    assert len(codes) == len(COMMANDS)
    assert len(list((folder / "out").iterdir())) == 12
    return folder, [(kind, what) for kind, what in found]


Heard = tuple[Path, list[tuple[str, str]]]


def test_no_command_uses_the_network(heard: Heard) -> None:
    _, found = heard
    network = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
    assert [one for one in found if one[0].startswith(network)] == []


def test_no_text_is_executed(heard: Heard) -> None:
    folder, found = heard
    harmless = ("read", "write")
    assert [one for one in found if one[0] not in harmless] == []
    assert not list(folder.rglob("owned"))


def test_only_requested_files_are_written(heard: Heard) -> None:
    folder, found = heard
    written = {Path(what) for kind, what in found if kind == "write"}
    outside = {path for path in written if not path.is_relative_to(folder)} - {Path(os.devnull)}
    assert outside == set()
    tops = {path.relative_to(folder).parts[0] for path in written if path != folder}
    assert tops == {"out", "cache"}


def test_only_named_files_are_read(heard: Heard) -> None:
    """Beside it npcompare reads itself, Python with its packages, and tables of the system's."""
    folder, found = heard
    own = Path(npcompare.__file__).parent
    known = [folder, own, own.parent.parent / "schemas", own.parent.parent / "statutes"]
    known += [Path(path) for path in sysconfig.get_paths().values()]
    known += [Path(sys.base_prefix), Path(sys.prefix)]
    system = {"/etc/mime.types", "/etc/localtime", os.devnull}
    read = {what for kind, what in found if kind == "read"} - system
    assert len(read) > 50
    assert [what for what in read if not any(Path(what).is_relative_to(one) for one in known)] == []


def test_output_is_the_same_without_network(tmp_path: Path) -> None:
    """In a network of its own, where there is not even a loopback, if the system lets us."""
    apart = ["unshare", "--net", *(["--map-root-user"] if os.geteuid() else [])]
    try:
        subprocess.run([*apart, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no network of one's own can be made here")
    command = [sys.executable, "-m", "npcompare", "export", "-o"]
    for name, before in (("with.docx", []), ("without.docx", apart)):
        subprocess.run([*before, *command, name], cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "with.docx").read_bytes() == (tmp_path / "without.docx").read_bytes()


# --- The promises -------------------------------------------------------------------------------


def promised() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each promise of SECURITY.md with the files and names of its tests."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for promise in re.findall(r"^- \*\*(.*?)(?=^- \*\*|^#|\Z)", text, re.MULTILINE | re.DOTALL):
        yield promise, re.findall(r"`(test_\w+\.py)::(test_\w+)`", promise)


def test_every_promise_names_existing_tests() -> None:
    found = list(promised())
    assert len(found) >= 10
    there = {
        (path.name, node.name)
        for path in TESTS.rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert [promise for promise, tests in found if not tests] == []
    named = {test for _, tests in found for test in tests}
    assert sorted(named - there) == []


def test_every_attack_is_named_in_a_promise() -> None:
    tree = ast.parse((TESTS / "acceptance" / "test_attacks.py").read_text(encoding="utf-8"))
    attacks = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
    named = {test for _, tests in promised() for _, test in tests}
    assert {one for one in attacks if one.startswith("test_")} <= named
