"""The README and docs/ are correct: outputs are real, files are valid, and nothing is left out.

The commands of a page are run from top to bottom in one empty folder. With NPCOMPARE_GOLDEN=write
(`make docs`), the outputs in the pages are updated.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builders import without_digest
from conftest import TESTS, check_expected
from markup_bills import sample_page
from recorded_model import (
    DOCUMENTED_FINDINGS,
    DOCUMENTED_VALUES,
    RecordedLlmModel,
    answers,
    install_llm,
)
from release_page import with_release_tables
from translations_page import with_tables
from typed_answers import type_answers
from word_bills import sample_clause, sample_rules

from npcompare.analysis.classification import AS_CODED
from npcompare.cli.application import COMMANDS
from npcompare.cli.exchange_formats import EXCHANGE_FORMATS
from npcompare.formats.registry import FORMATS
from npcompare.law.provision_parser import FIELDS_OF_LIMB, FIELDS_OF_PROVISION
from npcompare.law.un_states import united_nations
from npcompare.reports.annex_layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conftest import Ran

    from npcompare.law.corpus import Corpus

    Run = Callable[..., Ran]

ROOT = TESTS.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"

CONTRIBUTING = ROOT / "CONTRIBUTING.md"
BILL = DOCS / "tutorial" / "your-own-bill.md"
CODING = DOCS / "reference" / "coding.md"
FILE_FORMAT = DOCS / "reference" / "file-format.md"
CODEBOOK = DOCS / "reference" / "codebook.md"
COVERAGE = DOCS / "reference" / "coverage.md"
COMMANDS_PAGE = DOCS / "reference" / "commands.md"
FORMATS_PAGE = DOCS / "reference" / "formats.md"
RELEASE_PAGE = DOCS / "reference" / "release.md"
TRANSLATIONS = DOCS / "reference" / "translations.md"
ANNEX_PAGE = DOCS / "how-to" / "working-group-annex.md"
#: Decisions show no commands.
PAGES = sorted([README, *(page for page in DOCS.rglob("*.md") if page.parent.name != "decisions")])
PAGES_WITHOUT_OUTPUTS = {
    # Its figures are held by tests/unit/coding/test_published_agreement.py.
    "docs/explanation/reliability.md",
    "docs/README.md",
    "docs/architecture.md",
    "docs/explanation/beyond-one-machine.md",
    "docs/glossary.md",
    # Its pictures show outputs, which tools/draw_windows.py takes from the program.
    "docs/how-to/install-windows.md",
    "docs/reference/codebook.md",
    "docs/reference/coverage.md",
    # tests/acceptance/test_licences.py makes its tables.
    "docs/reference/licences.md",
    "docs/reference/names.md",
    "docs/reference/release.md",
    "docs/reference/translations.md",
    "docs/releases/0.3.0-for-coders.md",
    "docs/releases/0.3.0.md",
}


def page_name(page: Path) -> str:
    """Return the path of a page in the repository."""
    return page.relative_to(ROOT).as_posix()


EVENT = re.compile(
    # A file that later commands use; its name ends the paragraph before it.
    r"`(?P<name>[\w./-]+)`:\n\n```(?:yaml|text)\n(?P<content>.*?)```"
    # A step of the tutorial that a reader has done by now.
    r"|<!-- (?P<filled>my-bill.yaml) is filled in -->"
    # A command with its output.
    r"|```console\n\$ (?P<shown>[^\n]*)\n.*?```"
    # A command whose output is part of the page.
    r"|<!-- (?P<part>npcompare [^\n]*) -->\n.*?<!-- end -->"
    r"|```.*?```"
    # Commands without their output.
    r"|^    (?P<typed>npcompare [^\n]*)$",
    flags=re.DOTALL | re.MULTILINE,
)


def output_of(ran: Ran) -> str:
    return without_digest(ran.out + ran.err).rstrip("\n") + "\n"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class Session:
    """A folder in which the commands of a page are run in their order."""

    def __init__(self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run = run
        self._monkeypatch = monkeypatch
        for path in (TESTS / "coders").glob("*/*.yaml"):
            if path.stem in ("erewhon", "freedonia", "laputa"):
                (folder / path.parent.name).mkdir(exist_ok=True)
                shutil.copy(path, folder / path.parent.name)
        for name in ("example.py", "notebook.py"):
            shutil.copy(DOCS / "reference" / name, folder)
        Path("Clause 12.docx").write_bytes(sample_clause())
        Path("Act 2020.html").write_text(sample_page(), encoding="utf-8")
        Path("s45.docx").write_bytes(sample_rules())
        self.write("clause-12.txt", file_in_tutorial("clause-12.txt", "text"))

    def updated(self, event: re.Match[str]) -> str:
        """Carry out a piece of a page, and return the piece with its current output."""
        if event["name"]:
            self.write(event["name"], event["content"])
        elif event["filled"]:
            self.write(event["filled"], file_in_tutorial("my-bill.yaml", "yaml"))
        elif event["shown"]:
            typed = re.findall("^> (.+)$", event[0], re.MULTILINE)
            return f"```console\n$ {event['shown']}\n{self.output(event['shown'], typed)}```"
        elif event["part"]:
            return f"<!-- {event['part']} -->\n{self.output(event['part'])}<!-- end -->"
        elif event["typed"]:
            self.output(event["typed"])
        return event[0]

    def write(self, name: str, content: str) -> None:
        """Write a file into the folder; of the bill, also a copy with mistakes."""
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")
        if name == "my-bill.yaml":
            Path("my-misspelt-bill.yaml").write_text(with_mistakes(content), encoding="utf-8")

    def output(self, line: str, typed: Sequence[str] = ()) -> str:
        """Return the output of a command; only a command that checks may exit with findings.

        What is typed in an interview is what the page shows after each prompt.
        """
        name, *arguments = shlex.split(line)
        if name == "cat":
            # The path of the schema differs from one machine to the next.
            text = re.sub(r"(?<=\$schema=)\S+(?=/provision)", "...", text_of(Path(arguments[0])))
            return without_digest(text)
        if name == "python":
            return program(*arguments)
        assert name == "npcompare", line
        if arguments[0] == "code":
            type_answers(self._monkeypatch, typed)
        ran = self.run(*arguments)
        may_find = {"validate", "verify", "--exit-code"} & set(arguments)
        assert ran.code in ((0, 1) if may_find else (0,)), (line, ran.err)
        return output_of(ran)


def file_in_tutorial(name: str, kind: str) -> str:
    """Return the content of a file that the tutorial shows."""
    _, heading, after = text_of(BILL).partition(f"`{name}`:\n\n```{kind}\n")
    assert heading
    return after.partition("```")[0]


def with_mistakes(bill: str) -> str:
    """Return a bill with another id and the two mistakes that the pages explain."""
    for right, wrong in (
        ("id: my-bill", "id: my-misspelt-bill"),
        ("evidence: being a victim}", "evidence: being a victm}"),
        ("value: vacatur", "value: vacature"),
    ):
        assert right in bill
        bill = bill.replace(right, wrong)
    return bill


def program(*arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert not ran.stderr
    return ran.stdout


@pytest.fixture
def session(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.chdir(tmp_path)
    install_llm(monkeypatch, RecordedLlmModel(answers(DOCUMENTED_VALUES, DOCUMENTED_FINDINGS)))
    return Session(run, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page,
            id=page_name(page),
            marks=[pytest.mark.slow] if page.parent.name in {"how-to", "reference"} else [],
        )
        for page in PAGES
    ],
)
def test_every_output_in_the_docs_is_real(page: Path, session: Session) -> None:
    text = GENERATED[page]() if page in GENERATED else text_of(page)
    check_expected(page, EVENT.sub(session.updated, text), "docs")


def commands_page() -> str:
    """Return the page of the commands: its introduction, then a place for the help of each."""
    introduction, marker, _ = text_of(COMMANDS_PAGE).partition("<!-- made by `make docs` -->\n")
    index = "".join(
        f"- [{name}](#{name}): {command.summary}\n" for name, command in COMMANDS.items()
    )
    helps = [f"## {name}\n\n```console\n$ npcompare {name} --help\n```\n" for name in COMMANDS]
    general_help = "```console\n$ npcompare --help\n```\n"
    return "\n".join([f"{introduction}{marker}", index, general_help, *helps])


def formats_page() -> str:
    """Return the page of the formats, with a row for each format."""
    rows = [[row.name, ", ".join(row.suffixes), row.summary] for row in FORMATS.values()]
    exchange_rows = [
        [row.name, ", ".join(row.suffixes), ", ".join(row.writers), row.summary]
        for row in EXCHANGE_FORMATS.values()
    ]
    text = with_rows(text_of(FORMATS_PAGE), ["Format", "File", "For"], rows)
    return with_rows(text, ["Format", "File", "Command", "For"], exchange_rows)


def with_rows(text: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a page with the rows of the table that has these headings."""
    head = f"| {' | '.join(headings)} |\n| {' | '.join('---' for _ in headings)} |\n"
    assert head in text
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows).replace("|  |", "| |")
    return re.sub(f"(?<={re.escape(head)})(?:\\|.*\n)*", lambda _: lines, text)


#: The pages that are generated, with the function that returns each.
def is_written() -> bool:
    """Return whether the tests write the pages instead of checking them."""
    return os.environ.get("NPCOMPARE_GOLDEN") == "write"


GENERATED: dict[Path, Callable[[], str]] = {
    COMMANDS_PAGE: commands_page,
    FORMATS_PAGE: formats_page,
    TRANSLATIONS: lambda: with_tables(text_of(TRANSLATIONS), is_exact=is_written()),
    RELEASE_PAGE: lambda: with_release_tables(text_of(RELEASE_PAGE)),
}


def test_pages_show_outputs() -> None:
    outputs = {
        page_name(page): len(re.findall(r"^\$ ", text_of(page), re.MULTILINE)) for page in PAGES
    }
    assert outputs["README.md"] >= 2
    assert {name for name, count in outputs.items() if not count} == PAGES_WITHOUT_OUTPUTS


FIGURES_PAGE = DOCS / "how-to" / "figures.md"


@pytest.mark.parametrize("name", ["counts", "heat-map", "profile", "stages"])
def test_pictures_of_figures_are_outputs(name: str, run: Run) -> None:
    """The page says how each picture was made."""
    command = re.search(rf"npcompare (figure {name} .*) -o {name}.svg", text_of(FIGURES_PAGE))
    assert command
    assert f"](figures/{name}.svg)" in text_of(FIGURES_PAGE)
    picture = without_digest(run(*command[1].split(), "-f", "svg").out)
    check_expected(FIGURES_PAGE.parent / "figures" / f"{name}.svg", picture, "docs")


# --- Help --------------------------------------------------------------------------------------


def test_versions_in_the_file_format_page_are_valid(run: Run, tmp_path: Path) -> None:
    bill = file_in_tutorial("my-bill.yaml", "yaml")
    parts = re.findall(r"```yaml\n# (act-[\w-]+)\.yaml\n(.*?)```", text_of(FILE_FORMAT), re.DOTALL)
    for name, part in parts:
        text = bill.replace("id: my-bill\n", f"id: {name}\n{part}")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert run("validate", tmp_path).code == 0
    ran = run("--corpus", tmp_path, "diff", "act-5@2015-01-01", "act-5@2021-01-01")
    assert len(parts) == 2
    for period in ("(from 1 March 2012 to 30 June 2020)", "(from 1 July 2020)"):
        assert period in " ".join(ran.out.split())
    assert "put a new section in its place. The later provision" in " ".join(ran.out.split())


def examples(run: Run, name: str) -> list[str]:
    """Return the commands that the help of a command gives as examples."""
    lines = re.search(r"^  Examples?:\n((?:    .*\n)+)", run(name, "--help").out, re.MULTILINE)
    assert lines, f"the help of {name} has no example"
    return [line.strip() for line in lines[1].splitlines()]


@pytest.mark.slow
def test_every_example_in_help_runs(session: Session) -> None:
    session.write("my-bill.yaml", file_in_tutorial("my-bill.yaml", "yaml"))
    for name in COMMANDS:
        for line in examples(session.run, name):
            assert line.split()[:2] == ["npcompare", name]
            session.output(line)


# --- Recipes -----------------------------------------------------------------------------------


@pytest.mark.further
@pytest.mark.parametrize("collection", ["paper", "all"])
def test_recipe_has_national_provisions_only(collection: str, run: Run, corpus: Corpus) -> None:
    command = re.search(
        r"^    npcompare (export .*National provisions.*) -o", text_of(ANNEX_PAGE), re.MULTILINE
    )
    assert command
    arguments = shlex.split(command[1])
    output = json.loads(run(*arguments, "--collection", collection, "-f", "json").out)
    provisions = {entry["id"]: corpus.find(entry["id"]) for entry in output["classifications"]}
    for name, provision in provisions.items():
        assert provision.jurisdiction.kind in {"state", "territory"}, name
        assert corpus.codebook.effect(provision) == "operative", name
    # In all collections, the fuller rows take the place of those of the paper.
    fuller = {"kenya-14", "qatar-4", "belgium-264"}
    of_the_paper = {"kenya", "qatar", "belgium"}
    assert {"jamaica", "gambia", *(fuller if collection == "all" else of_the_paper)} <= set(
        provisions
    )
    assert not {"coe-26", "asean-14-7", "wg-2009", "unodc-model-13"} & set(provisions)
    assert "barbados" in output["open"]
    remarks = output["tables"][-1]["remarks"]
    assert remarks[-1].startswith("It is unknown whether")


# --- Completeness ------------------------------------------------------------------------------


def test_readme_shows_the_two_commands_early() -> None:
    text = text_of(README)
    assert text.index("make demo") < text.index("make test") < text.index("## A tour")


def test_index_links_to_every_page() -> None:
    links = set(re.findall(r"\]\(([\w./-]+\.md)\)", text_of(DOCS / "README.md")))
    pages = {page.relative_to(DOCS).as_posix() for page in PAGES if page.parent != ROOT}
    assert links - {"decisions/README.md"} == pages - {"README.md"}
    assert "](docs/README.md)" in text_of(README)


def test_decisions_have_consecutive_numbers() -> None:
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    titles = [page.read_text(encoding="utf-8").partition("\n")[0] for page in pages]
    assert [title.split(".")[0] for title in titles] == [f"# {n}" for n in range(1, 1 + len(pages))]


def test_every_rule_is_in_the_codebook_page(corpus: Corpus) -> None:
    page, codebook = text_of(CODEBOOK), text_of(ROOT / "schemas" / "codebook.yaml")
    for rule in corpus.codebook.rules:
        assert f"| **{rule.id}** |" in page
        assert f"- id: {rule.id}\n" in codebook
    assert f"`{AS_CODED}` is not a rule" in text_of(DOCS / "how-to" / "questions.md")


def test_every_field_is_explained_with_an_example() -> None:
    page, file_format = text_of(CODING), text_of(FILE_FORMAT)
    for field in (*FIELDS_OF_LIMB, *FIELDS_OF_PROVISION):
        assert re.search(rf"^ *{field}:", page, re.MULTILINE), field
        assert f"`{field}`" in page
        assert f"`{field}`" in file_format


def test_every_moved_word_is_documented(corpus: Corpus) -> None:
    moved = [
        (name, word, target if ":" in target else f"{name}: {target}")
        for name, words in corpus.codebook.moved.items()
        for word, target in words.items()
    ]
    for page in (CODING, DOCS / "releases" / "0.3.0-for-coders.md"):
        rows = re.findall(r"^\| `(\w+): (\w+)` \| `(.*)` \|$", text_of(page), re.MULTILINE)
        assert rows == moved


def test_every_member_state_is_in_the_coverage_page() -> None:
    rows = re.findall(
        r"^\| \*\*(.+)\*\* "
        r"\| (Coded from text|Reported|Reported to have none|Not looked at) \|(?: (.*))? \|$",
        text_of(COVERAGE),
        re.MULTILINE,
    )
    assert [name for name, *_ in rows] == [area.name for area in united_nations().members]
    assert {label: bool(ids) for _, label, ids in rows} == {
        "Coded from text": True,
        "Reported": True,
        "Reported to have none": True,
        "Not looked at": False,
    }


def test_every_effect_is_documented_in_order(corpus: Corpus) -> None:
    _, _, table = text_of(CODING).partition("| Effect | Form or kind of instrument |\n")
    labels = re.findall(r"^\| ([a-z ]+) \|", table.partition("\n\n")[0], re.MULTILINE)
    book = corpus.codebook
    assert labels == [book.label("effect", effect) for effect, _ in book.effects]


def test_every_layout_is_documented() -> None:
    rows = re.findall(r"^\| `([a-z][a-z-]*)` \| ", text_of(FORMATS_PAGE), re.MULTILINE)
    assert rows == list(LAYOUTS)


def test_picture_command_is_in_the_readme() -> None:
    typed = re.search(r"^    npcompare (export .*) -o annex.docx$", text_of(README), re.MULTILINE)
    assert typed
    assert f"$(NP) {typed[1]} -o " in text_of(ROOT / "Makefile")
    picture = DOCS / "annex.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 150_000


def test_every_make_target_has_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", text, flags=re.MULTILINE)
    assert set(targets) >= {"setup", "demo", "test", "lint", "types", "check", "schemas", "bench"}
    for target in targets:
        assert re.search(rf"^{target}:.*## \S", text, flags=re.MULTILINE), target
    phony = re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(targets)


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("C*.md")], ids=lambda page: page.name)
def test_files_named_in_documents_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:src|statutes|schemas|tests|benchmarks|docs)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\(([\w./-]+)[)#]", text):
        assert (page.parent / path).exists(), path
