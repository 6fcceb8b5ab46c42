"""Attacks that would cost time or memory, each by its name, with a bound on the work.

The work is counted, in calls and in what is read or compared, and not timed: a slow machine fails
no test, and a fast one hides no growth.
"""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS, Ran

from npcompare.analysis.edition_change import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    Count = Callable[[Any, str], list[Any]]

BILL = (TESTS.parent / "statutes" / "kenya.yaml").read_text(encoding="utf-8")
BILL = BILL.replace("id: kenya", "id: bill").replace("code: KE", "code: null")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to an empty folder, and return it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Return a function that collects the first arguments of all calls of another one."""

    def count(owner: Any, name: str) -> list[Any]:
        calls: list[Any] = []
        original = getattr(owner, name)

        def counting(*arguments: Any, **options: Any) -> Any:
            calls.append(arguments[0])
            return original(*arguments, **options)

        monkeypatch.setattr(owner, name, counting)
        return calls

    return count


# --- Coded files --------------------------------------------------------------------------------


@pytest.mark.slow
def test_many_quotations_of_a_long_text(
    folder: Path, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, counted: Count
) -> None:
    """The characters searched are bounded, however many quotations and characters there are."""
    from npcompare.law import proof_checks
    from npcompare.wording.quotations import Body

    monkeypatch.setattr(proof_checks, "MOST_SEARCHED", 1_000_000)
    words = ", ".join(f"no such words {number}" for number in range(500))
    body = BILL.replace("  body: >-\n", f"  body: >-\n    {'shall not be ' * 1_000}\n")
    limb = f"  - id: x\n    force: {{value: mandatory, evidence: [{words}]}}\n"
    (folder / "bill.yaml").write_text(body.replace("sources:\n", f"{limb}sources:\n", 1))
    searched = counted(Body, "quote")
    ran = run("validate", "bill.yaml", "--no-cache")
    # The rest of the corpus is checked, too.
    lengths = [each.length for each in searched if each.length > 10_000]
    assert 900_000 < sum(lengths) <= 1_000_000
    (line,) = (line for line in ran.out.splitlines() if " NP206 " in line)
    assert line.endswith(
        "the words quoted here and after it are too many to be looked up in this text"
    )
    assert ran.code == 1


KEYS = "".join(f"key-{number}: x\n" for number in range(2_000))
WORDS = ",".join(f"result_{number}" for number in range(2_000))
#: For each attack: the file, and the code of its findings.
GUESSES = {
    "unknown keys": (BILL.replace("sources:\n", f"{KEYS}sources:\n", 1), "NP201"),
    "unknown words": (BILL.replace("[direct_result]", f"[{WORDS}]"), "NP203"),
}


@pytest.mark.slow
@pytest.mark.parametrize("attack", GUESSES)
def test_each_of_many_findings_is_guessed_once(
    attack: str, folder: Path, run: Callable[..., Ran], counted: Count
) -> None:
    """A key or a word is compared with those of the schema, not with the other findings."""
    import difflib

    text, code = GUESSES[attack]
    (folder / "bill.yaml").write_text(text)
    compared = counted(difflib.SequenceMatcher, "ratio")
    ran = run("validate", "bill.yaml", "--no-cache")
    assert ran.out.count(f" {code} ") == 2_000
    # The most keys that a provision can have, or words that a field can have.
    assert len(compared) <= 2_000 * 50


def test_long_ladder_of_a_codebook_is_checked_step_by_step(counted: Count) -> None:
    """The pairs of a hundred thousand classes would be five thousand million."""
    from npcompare.law import codebook_checks
    from npcompare.law.yaml_reader import YamlFile

    names = [f"class-{number}" for number in range(30_000)]
    steps = [{"wider": wider, "narrower": narrower} for narrower, wider in pairwise(names)]
    data = {"ladder": names, "order": steps}
    file = YamlFile(Path("codebook.yaml"), "codebook.yaml", b"")
    looked_up = counted(codebook_checks, "pairwise")
    assert list(codebook_checks._check_ladder(file, ("x",), data, dict.fromkeys(names))) == []
    assert len(looked_up) == 2
    steps.append({"wider": names[5], "narrower": names[9]})
    (problem,) = codebook_checks._check_ladder(file, ("x",), data, dict.fromkeys(names))
    assert problem.message.startswith("each step of a ladder needs a reason under order")


# --- Annexes that are read back -----------------------------------------------------------------


def _in_recipe(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda annex: annex["recipe"].update({name: value})


def _in_wish(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda annex: annex["recipe"]["wish"].update({name: value})


def _many_rows(annex: dict[str, Any]) -> None:
    rows = [[{"text": "", "marks": []}]] * 30_001
    columns = [{"key": "a", "heading": "a"}]
    annex["tables"].append({"title": "", "columns": columns, "rows": rows, "notes": []})


def _many_notes(annex: dict[str, Any]) -> None:
    annex["tables"][0]["notes"] = [{"letter": "a", "text": "b"}] * 60_001


def _many_lines(annex: dict[str, Any]) -> None:
    annex["tables"][0]["rows"][0][0]["text"] = "\n" * 5_000


#: For each attack: what is changed in a filed annex, and what the message says.
ANNEXES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "columns": (_in_wish("columns", ["words"] * 1_500), "more than 63 columns"),
    "own columns": (
        _in_wish("own_columns", [f"c{n}" for n in range(64)]),
        "more than 63 columns",
    ),
    "conditions": (_in_wish("where", ["scope=any_offence"] * 101), "more than 100 conditions"),
    "provisions": (_in_recipe("ids", ["kenya"] * 20_001), "more than 20,000 provisions"),
    "bills": (_in_recipe("files", [{}] * 20_001), "more than 20,000 provisions"),
    "names": (
        _in_wish("display_names", {f"k{n}": "n" for n in range(20_001)}),
        "more than 20,000 names",
    ),
    "unclosed tag": (
        _in_wish("title", "<" * 1_100_000),
        "an option of more than 10,000 characters",
    ),
    "rows": (_many_rows, "more than 30,000 rows"),
    "notes": (_many_notes, "more than 60,000 notes"),
    "lines": (_many_lines, "a cell with more than 5,000 lines"),
}


@pytest.mark.parametrize("attack", ANNEXES)
def test_annex_with_an_excess_is_refused(
    attack: str, folder: Path, run: Callable[..., Ran], counted: Count
) -> None:
    """Nothing is classified or compared for it."""
    from npcompare.reports import annex_layouts

    change, excess = ANNEXES[attack]
    assert run("export", "kenya", "jamaica", "-o", "annex.json").code == 0
    annex = json.loads((folder / "annex.json").read_text())
    change(annex)
    (folder / "annex.json").write_text(json.dumps(annex))
    made = counted(annex_layouts, "export")
    for arguments in (
        ["verify", "annex.json"],
        ["export", "kenya", "--track-changes-from", "annex.json", "-o", "new.docx"],
    ):
        ran = run(*arguments)
        assert (ran.code, ran.out, made) == (2, "", [])
        message = f"npcompare: the annex annex.json cannot be read: it has {excess}\n"
        assert ran.err == message
    assert not (folder / "new.docx").exists()


@pytest.mark.slow
def test_recipe_of_other_kinds_ends_in_a_sentence(folder: Path, run: Callable[..., Ran]) -> None:
    """Anyone may have written it."""
    assert run("export", "kenya", "-o", "annex.json").code == 0
    annex = json.loads((folder / "annex.json").read_text())
    values: list[Any] = [[], {}, [[]], 5, None, "x", True]
    for value in values:
        for key in annex["recipe"]["wish"]:
            wish = {**annex["recipe"]["wish"], key: value}
            changed = {**annex, "recipe": {**annex["recipe"], "wish": wish}}
            (folder / "other.json").write_text(json.dumps(changed))
            assert run("verify", "other.json").code in (0, 1, 2)


def test_line_of_many_runs_is_put_together_once(counted: Count) -> None:
    """Each run of a cell is copied once, not again for each run after it."""
    from npcompare.document import Cell, Run
    from npcompare.reports import annex_revisions

    copied = counted(annex_revisions, "_Line")
    cell = Cell(tuple(Run("a ") for _ in range(1_000)))
    (line,) = annex_revisions._lines(cell)
    assert (line.text, len(line.formats), len(copied)) == ("a " * 1_000, 2_000, 1)


# --- Documents ----------------------------------------------------------------------------------


@pytest.mark.further
@pytest.mark.parametrize(
    ("text", "excess"),
    [
        ("a\n\n" * 100_001, "more than 100,000 paragraphs"),
        (f"{'victims ' * 60_000}\n\n" * 9, "more than 4 MB of text"),
    ],
    ids=["paragraphs", "words"],
)
def test_document_with_an_excess_is_refused(
    text: str, excess: str, folder: Path, run: Callable[..., Ran]
) -> None:
    (folder / "bill.txt").write_text(text)
    ran = run("read", "bill.txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"npcompare: bill.txt has {excess}\n")


def test_broken_lines_of_a_paragraph_are_joined_once() -> None:
    """What is joined is not copied again for each line that follows."""
    from npcompare.readers.plain_text import paragraphs_of

    row = "victims shall not be punished for acts they have committed as a result of it"
    (empty, paragraph) = paragraphs_of("\n".join([row] * 20_000))
    assert (empty, len(paragraph)) == ("", 20_000 * (len(row) + 1) - 1)


# --- Releases -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the coded tables of a release once."""
    from npcompare.dataset.release import release_contents, release_files, release_of
    from npcompare.law.corpus import load_corpus

    folder = tmp_path_factory.mktemp("released")
    files = tuple(
        file for file in release_files() if file.name.endswith((".csv", ".json", ".yaml"))
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("npcompare.dataset.release.release_files", lambda: files)
        for name, content in release_contents(release_of(load_corpus(), "paper")):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def release(released: Path, folder: Path) -> Path:
    """Copy the release into the current folder."""
    shutil.copytree(released, folder / "release")
    shutil.copytree(released, folder / "hostile")
    return folder / "hostile"


@pytest.mark.parametrize(
    "header", [",".join(["id"] * 100_000), "," * 100_000, ",".join(map(str, range(100_000)))]
)
def test_table_with_too_many_columns_is_refused(
    header: str, release: Path, run: Callable[..., Ran], counted: Count
) -> None:
    """The first row is refused before a cell of it is made."""
    from npcompare.dataset import release_reader

    (release / "limbs.csv").write_text(f"{header}\n")
    refusal = "the table cannot be read: it has more than 1,000 columns"
    parsed = counted(release_reader, "numbered_rows")
    ran = run("import", "hostile")
    assert (ran.code, f"hostile/limbs.csv:1:1 NP107 {refusal}\n" in ran.err) == (2, True)
    ran = run("changes", "release", "hostile")
    message = (
        "npcompare: the table hostile/limbs.csv cannot be read: it has more than 1,000 columns\n"
    )
    assert (ran.code, ran.err.startswith(message)) == (2, True)
    assert header not in parsed


@pytest.mark.slow
@pytest.mark.parametrize("table", ["limbs", "codings", "quotations", "values", "classes"])
def test_release_without_its_ids_ends_in_a_sentence(
    table: str, release: Path, run: Callable[..., Ran]
) -> None:
    path = release / f"{table}.csv"
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbf" + path.read_bytes())
    ran = run("changes", "release", "hostile")
    message = (
        f"npcompare: the table hostile/{table}.csv cannot be read: its first row has no column "
    )
    assert (ran.code, ran.err.startswith(message)) == (2, True)
    # The tables that follow from others are not imported.
    assert run("import", "hostile").code == (0 if table in ("values", "classes") else 1)


def test_release_with_too_many_limbs_is_refused(release: Path, run: Callable[..., Ran]) -> None:
    """The limbs of a provision are compared with all of its limbs in the other edition."""
    with (release / "limbs.csv").open("a", newline="") as stream:
        stream.writelines(f"kenya--x{n},kenya,{n},x{n},\r\n" for n in range(200))
    ran = run("changes", "release", "hostile")
    message = "npcompare: a provision of the release hostile has more than 200 limbs\n"
    assert (ran.code, ran.out, ran.err.startswith(message)) == (2, "", True)


def test_provisions_without_a_row_are_not_compared() -> None:
    """To ask of each provision whether it is among those with a row takes time with the square."""
    from npcompare.reports.row_groups import with_rows

    class Provision:
        def __eq__(self, other: object) -> bool:
            raise AssertionError

        def __hash__(self) -> int:
            raise AssertionError

    provisions: Any = [Provision() for _ in range(4)]
    have_rows = [number % 2 == 0 for number in range(4)]
    rows = dict(zip(map(id, provisions), have_rows, strict=True))
    in_rows, left_out = with_rows(provisions, lambda provision: rows[id(provision)])
    assert list(map(id, in_rows)) == list(map(id, provisions[::2]))
    assert list(map(id, left_out)) == list(map(id, provisions[1::2]))


def test_many_rows_of_a_provision_are_matched_once(counted: Count) -> None:
    """The content of each row is looked up, and not compared with that of all others."""
    from npcompare.analysis import row_changes

    table = row_changes.RowTable(ChangeKind.NOTE, "notes", ("kind",), ("note",))
    rows = [{"id": str(number), "note": f"note {number}"} for number in range(2_000)]
    looked_at = counted(row_changes, "_content")
    (pair,) = row_changes._paired(table, rows[1:], rows[::-1])
    assert (pair, len(looked_at) <= 4 * len(rows)) == ((None, rows[0]), True)
