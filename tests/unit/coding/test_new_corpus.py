"""New corpora, and the checks for git that come with them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import TESTS

from npcompare.coding.new_corpus import starter
from npcompare.errors import NpcompareError
from npcompare.files import create_files
from npcompare.law.corpus import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = TESTS.parent
WITHOUT_CODEBOOK = [
    ".github/workflows/validate.yml",
    ".pre-commit-config.yaml",
    "README.md",
    "schemas/dataset.schema.json",
    "schemas/provision.schema.json",
    "schemas/sources.schema.json",
    "statutes/coe-26.yaml",
    "statutes/dataset.yaml",
    "statutes/sources.yaml",
]
CODEBOOK = ["schemas/codebook.schema.json", "schemas/codebook.yaml"]


def paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def files(folder: Path) -> list[str]:
    return [name for name in paths(folder) if (folder / name).is_file()]


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a service or git would: by a shell, with npcompare within reach."""
    reach = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/sh", "-ec", command],
        cwd=folder,
        env={**os.environ, "PATH": reach, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_new_corpus_has_no_findings(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    ran = run("init", folder)
    assert ran.code == 0
    assert files(folder) == sorted(WITHOUT_CODEBOOK + CODEBOOK)
    lines = [line.removeprefix(f"wrote {folder}/") for line in ran.err.splitlines()]
    assert sorted(lines[:-1]) == sorted(WITHOUT_CODEBOOK + CODEBOOK)
    assert lines[-1] == f"next: read {folder}/README.md, then npcompare validate {folder}"
    assert run("validate", folder, "--strict").err == "4 files checked: no findings\n"
    classified = run("--corpus", folder, "classify", "--format", "csv")
    assert classified.code == 0
    assert "coe-26" in classified.out
    assert run("validate", folder / "schemas" / "codebook.yaml").code == 0


def test_example_is_a_marked_copy_of_a_bundled_provision(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    run("init", tmp_path / "mine")
    example = tmp_path / "mine" / "statutes" / "coe-26.yaml"
    original = ROOT / "statutes" / "coe-26.yaml"
    assert yaml.safe_load(example.read_text()) == yaml.safe_load(original.read_text())
    assert "An example, copied from the corpus" in example.read_text()
    documents = yaml.safe_load((example.parent / "sources.yaml").read_text())
    bundled = yaml.safe_load((ROOT / "statutes" / "sources.yaml").read_text())
    cited = set(re.findall(r"ref: ([\w-]+)", example.read_text()))
    assert documents == {name: bundled[name] for name in cited}


def test_bibliography_has_only_the_documents_cited() -> None:
    documents = yaml.safe_load(starter("kenya", codebook=False)["statutes/sources.yaml"])
    assert set(documents) == {"background-paper", "kenya-law-cap-61"}


def test_codebook_is_copied_unless_the_bundled_one_is_used(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    run("init", tmp_path / "owned")
    book = tmp_path / "owned" / "schemas" / "codebook.yaml"
    book.write_text(book.read_text().replace("label: duress-based", "label: under duress"))
    codebook = load_corpus(tmp_path / "owned").codebook
    assert codebook.dimensions["threshold"].label_of("duress") == "under duress"
    run("init", tmp_path / "plain", "--bundled-codebook")
    assert files(tmp_path / "plain") == sorted(WITHOUT_CODEBOOK)
    assert load_corpus(tmp_path / "plain").codebook == load_corpus().codebook
    assert run("validate", tmp_path / "plain").err == "4 files checked: no findings\n"
    readmes = [(tmp_path / name / "README.md").read_text() for name in ("owned", "plain")]
    assert ["codebook --schema" in text for text in readmes] == [True, False]


def test_commands_in_the_readme_work(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("words.txt").write_text("A victim of trafficking shall not be punished.\n")
    text = Path("README.md").read_text()
    first, *following = re.findall(r"^    npcompare (.*)$", text, re.MULTILINE)
    assert run(*shlex.split(first)).code == 0
    path = Path("statutes/my-provision.yaml")
    assert path.read_text().startswith(
        "# yaml-language-server: $schema=../schemas/provision.schema.json\n"
    )
    # The coder would fill it in.
    bill = (TESTS / "bills" / "utopia.yaml").read_text()
    path.write_text(bill.replace("id: utopia", "id: my-provision"))
    assert len(following) == 3
    for command in following:
        assert run(*shlex.split(command)).code == 0, command
    (schema,) = re.findall(r"`npcompare (codebook.*)`", text)
    assert run(*shlex.split(schema)).code == 0


def test_existing_file_stops_init_before_it_writes(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "statutes").mkdir()
    (tmp_path / "statutes" / "coe-26.yaml").write_text("mine\n")
    (tmp_path / "notes.txt").write_text("mine too\n")
    ran = run("init", tmp_path)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"npcompare: {tmp_path}/statutes/coe-26.yaml already exists and was not overwritten",
        "  hint: choose a new folder",
    ]
    assert paths(tmp_path) == ["notes.txt", "statutes/coe-26.yaml"]
    (tmp_path / "statutes" / "coe-26.yaml").unlink()
    assert run("init", tmp_path).code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine too\n"


def test_no_file_is_left_if_one_cannot_be_written(run: Callable[..., Ran], tmp_path: Path) -> None:
    # A file is in the place of a folder.
    (tmp_path / "schemas").write_text("mine\n")
    ran = run("init", tmp_path)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"npcompare: {tmp_path}/schemas is a file, not a folder",
        "  hint: choose another folder",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["schemas"]
    assert run("init", tmp_path / "schemas" / "new").code == 2
    assert (tmp_path / "schemas").read_text() == "mine\n"


def test_new_folders_are_removed_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(NpcompareError):
        create_files({"a/one.txt": "1", "a/one.txt/two.txt": "2"}, tmp_path / "new" / "er")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(NpcompareError) as refused:
        create_files({"a/one.txt": "1"}, tmp_path / "new")
    assert refused.value.message == f"{tmp_path / 'new'} cannot be written: Permission denied"


def test_interruption_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hardlink_to = Path.hardlink_to

    def interrupted(path: Path, target: Path) -> None:
        if path.name == "two.txt":
            assert (tmp_path / "new" / "a" / "one.txt").read_text() == "1"
            raise KeyboardInterrupt
        hardlink_to(path, target)

    monkeypatch.setattr(Path, "hardlink_to", interrupted)
    with pytest.raises(KeyboardInterrupt):
        create_files({"a/one.txt": "1", "b/two.txt": "2"}, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_symbolic_link_out_of_the_folder_is_refused(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "mine" / ".github").symlink_to(tmp_path / "elsewhere")
    ran = run("init", tmp_path / "mine")
    assert ran.code == 2
    assert "leads out of" in ran.err
    assert paths(tmp_path) == ["mine/.github"]
    (tmp_path / "mine" / ".github").unlink()
    (tmp_path / "mine" / "README.md").symlink_to(tmp_path / "nowhere")
    assert "already exists" in run("init", tmp_path / "mine").err


# --- Checks for git ----------------------------------------------------------------------------


def hook(path: Path) -> dict[str, Any]:
    """Return the hook that a pre-commit file defines."""
    data = yaml.safe_load(path.read_text())
    (only_hook,) = data if isinstance(data, list) else data["repos"][0]["hooks"]
    assert isinstance(only_hook, dict)
    return only_hook


def command_line(hook: dict[str, Any], *paths: str) -> str:
    """Return the command line that pre-commit runs for a hook and changed files."""
    arguments = paths if hook.get("pass_filenames", True) else ()
    assert any(re.search(hook["files"], path) for path in paths)
    return shlex.join([*shlex.split(hook["entry"]), *hook.get("args", ()), *arguments])


@pytest.mark.slow
@pytest.mark.parametrize("owner", ["package", "corpus"])
def test_hook_finds_problems_in_the_folder(
    owner: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    run("init", tmp_path)
    package_hooks = ROOT / ".pre-commit-hooks.yaml"
    corpus_hooks = tmp_path / ".pre-commit-config.yaml"
    path_of_hook = package_hooks if owner == "package" else corpus_hooks
    command = command_line(hook(path_of_hook), "statutes/coe-26.yaml")
    fine = shell(command, tmp_path)
    assert (fine.returncode, fine.stderr) == (0, "4 files checked: no findings\n")
    path = tmp_path / "statutes" / "coe-26.yaml"
    path.write_text(path.read_text().replace("evidence: victims}", "evidence: victms}"))
    wrong = shell(command, tmp_path)
    assert wrong.returncode == 1
    assert wrong.stdout.startswith("statutes/coe-26.yaml:23:47 NP501 ")


@pytest.mark.further
def test_workflow_installs_the_npcompare_that_is_named(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    run("init", tmp_path)
    flow = yaml.safe_load((tmp_path / ".github" / "workflows" / "validate.yml").read_text())
    install, check = flow["jobs"]["validate"]["steps"][2:]
    assert install["env"] == {"NPCOMPARE": "${{ vars.NPCOMPARE }}"}
    nowhere = shell(install["run"], tmp_path, NPCOMPARE="")
    assert nowhere.returncode == 1
    assert nowhere.stdout.startswith("Set the repository variable NPCOMPARE")
    # The workflow installs the address given, and not a package of the same name.
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    named = shell(f'PATH="$PWD/bin:$PATH"\n{install["run"]}', tmp_path, NPCOMPARE="git+file:///x y")
    assert named.stdout == "-m pip install git+file:///x y\n"
    assert shell(check["run"], tmp_path).stderr == "4 files checked: no findings\n"


@pytest.fixture
def begun(run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new corpus of which the example is deleted; its folder has a space in its name."""
    monkeypatch.chdir(tmp_path)
    run("init", "My Corpus")
    (tmp_path / "My Corpus" / "statutes" / "coe-26.yaml").unlink()
    return Path("My Corpus")


BEGUN = (
    "npcompare: the corpus My Corpus has no provisions yet\n"
    '  hint: to start one: npcompare new my-provision --corpus "My Corpus" '
    '-o "My Corpus/statutes/my-provision.yaml"\n'
)


@pytest.mark.parametrize(
    "arguments",
    [
        *(["list"], ["show"], ["classify"], ["stats"], ["proof"], ["order"], ["export"]),
        *(["validate"], ["nearest", "kenya"], ["diff", "kenya", "jamaica"]),
        *(["clause", "--stage", "records"], ["gaps", "--collection", "all"], ["migrate"]),
        *(["figure", "matrix"], ["site", "-o", "a.html"], ["release", "a"]),
        ["form", "--collection", "all", "-o", "a.xlsx"],
    ],
)
def test_corpus_without_provisions_says_what_to_do(
    arguments: list[str], begun: Path, run: Callable[..., Ran]
) -> None:
    ran = run(*arguments, "--corpus", begun)
    assert (ran.code, ran.out, ran.err) == (2, "", BEGUN)
    assert [path.name for path in begun.absolute().parent.iterdir()] == ["My Corpus"]


@pytest.mark.slow
def test_begun_corpus_is_used_to_start_a_provision(begun: Path, run: Callable[..., Ran]) -> None:
    clause = TESTS / "bills" / "clause-12.txt"
    assert run("suggest", clause, "--corpus", begun).code == 0
    assert run("codebook", "--corpus", begun).code == 0
    assert run("form", "-o", "empty.xlsx", "--corpus", begun).code == 0
    (new,) = re.findall("npcompare (new .*)", BEGUN)
    ran = run(*shlex.split(new), "--text", clause)
    check = 'npcompare validate "My Corpus/statutes/my-provision.yaml" --corpus "My Corpus"'
    assert ran.err.endswith(f"next: fill in the empty fields, then {check}\n")
    assert run(*shlex.split(check)[1:]).code == 1


def test_draft_is_checked_against_a_begun_corpus(begun: Path, run: Callable[..., Ran]) -> None:
    bill = TESTS / "bills" / "utopia.yaml"
    assert run("gaps", bill, "--corpus", begun).code == 0
    assert run("validate", bill, "--corpus", begun).code == 0


def test_folder_that_is_no_corpus_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("suggest", TESTS / "bills" / "clause-12.txt", "--corpus", tmp_path)
    assert (ran.code, "contains no provisions" in ran.err) == (2, True)
