"""The promises of SECURITY.md: each names tests that exist; those of all commands are tested here.

The commands are run under an audit hook that records what Python opens, imports and connects to.
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

#: Texts that would have an effect if YAML, Python, Jinja, Typst, TeX, a spreadsheet or a shell
#: executed them.
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
    ["site", "-o", "out/atlas.html"],
    ["site", "--split", "out/atlas"],
]
#: Runs commands one after another, and prints every audit event that could break a promise.
PROGRAM = """
import contextlib, io, json, os, sys
events = []
KINDS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pickle.",
         "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "code.", "shutil.")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        is_write = bool(arguments[2] & WRITES)
        events.append(["write" if is_write else "read", os.path.abspath(os.fsdecode(arguments[0]))])
    elif event in ("os.rename", "os.link", "os.remove", "os.mkdir", "os.symlink", "os.truncate"):
        paths = [path for path in arguments if isinstance(path, str)]
        events.extend(["write", os.path.abspath(path)] for path in paths)
    elif event == "compile" and "touch owned" in str(arguments[0]):
        events.append(["compile", str(arguments[0])[:100]])
    elif event.startswith(KINDS):
        events.append([event, repr(arguments)[:100]])
sys.addaudithook(hook)
from npcompare.cli.main import main
codes = []
for words in json.load(sys.stdin):
    sys.argv = ["npcompare", *words]
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            main()
    except SystemExit as error:
        codes.append(int(error.code or 0))
        if codes[-1] > 1:
            raise SystemExit(output.getvalue())
print(json.dumps([codes, events]))
"""


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """Run every command on a hostile corpus; return its folder and the audit events."""
    folder = tmp_path_factory.mktemp("audited")
    for name in ("corpus", "out"):
        (folder / name).mkdir()
    for number, payload in enumerate(PAYLOADS):
        words = {"payload": json.dumps(payload), "body": json.dumps(f"a victim {payload}")}
        path = folder / "corpus" / f"p{number}.yaml"
        path.write_text(PROVISION.format(id=path.stem, **words), encoding="utf-8")
    (folder / "clause.txt").write_text("A victim shall not be punished. " + " ".join(PAYLOADS))
    ran = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM],
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
    codes, events = json.loads(ran.stdout.splitlines()[-1])
    assert len(codes) == len(COMMANDS)
    assert len(list((folder / "out").iterdir())) == 14
    return folder, [(kind, detail) for kind, detail in events]


Audited = tuple[Path, list[tuple[str, str]]]


@pytest.mark.slow
def test_no_command_uses_the_network(audited: Audited) -> None:
    _, events = audited
    network = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
    assert [event for event in events if event[0].startswith(network)] == []


@pytest.mark.slow
def test_no_text_is_executed(audited: Audited) -> None:
    folder, events = audited
    harmless = ("read", "write")
    assert [event for event in events if event[0] not in harmless] == []
    assert not list(folder.rglob("owned"))


@pytest.mark.slow
def test_only_requested_files_are_written(audited: Audited) -> None:
    folder, events = audited
    paths = {Path(detail) for kind, detail in events if kind == "write"}
    outside = {path for path in paths if not path.is_relative_to(folder)} - {Path(os.devnull)}
    assert outside == set()
    tops = {path.relative_to(folder).parts[0] for path in paths if path != folder}
    assert tops == {"out", "cache"}


@pytest.mark.slow
def test_only_named_files_are_read(audited: Audited) -> None:
    """Besides them, npcompare reads itself, Python with its packages, and system tables."""
    folder, events = audited
    package = Path(npcompare.__file__).parent
    root = package.parent.parent
    allowed = [folder, package, root / "schemas", root / "statutes"]
    allowed += [Path(path) for path in sysconfig.get_paths().values()]
    allowed += [Path(sys.base_prefix), Path(sys.prefix)]
    system = {"/etc/mime.types", "/etc/localtime", os.devnull}
    paths = {Path(detail) for kind, detail in events if kind == "read" and detail not in system}
    assert len(paths) > 50
    outside = [path for path in paths if not any(path.is_relative_to(top) for top in allowed)]
    assert outside == []


def test_output_is_the_same_without_network(tmp_path: Path) -> None:
    """In a network namespace without even a loopback device, if the system allows one."""
    isolated = ["unshare", "--net", *(["--map-root-user"] if os.geteuid() else [])]
    try:
        subprocess.run([*isolated, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no network namespace can be made here")
    command = [sys.executable, "-m", "npcompare", "export", "-o"]
    for name, prefix in (("with.docx", []), ("without.docx", isolated)):
        subprocess.run([*prefix, *command, name], cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "with.docx").read_bytes() == (tmp_path / "without.docx").read_bytes()


# --- The promises -------------------------------------------------------------------------------


def promised() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each promise of SECURITY.md with the files and names of its tests."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for promise in re.findall(r"^- \*\*(.*?)(?=^- \*\*|^#|\Z)", text, re.MULTILINE | re.DOTALL):
        yield promise, re.findall(r"`(test_\w+\.py)::(test_\w+)`", promise)


def test_every_promise_names_existing_tests() -> None:
    promises = list(promised())
    assert len(promises) >= 10
    existing = {
        (path.name, node.name)
        for path in TESTS.rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert [promise for promise, tests in promises if not tests] == []
    named = {test for _, tests in promises for test in tests}
    assert sorted(named - existing) == []


def test_every_attack_is_named_in_a_promise() -> None:
    functions = {
        node.name
        for name in ("test_attacks.py", "test_bounded_work.py")
        for node in ast.parse((TESTS / "acceptance" / name).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    named = {test for _, tests in promised() for _, test in tests}
    assert {name for name in functions if name.startswith("test_")} <= named
