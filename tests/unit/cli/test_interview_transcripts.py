"""The interview in the terminal: what is shown for each answer, and what the file has then."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS, check_expected
from typed_answers import Terminal, type_answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    Code = Callable[..., Ran]

CLAUSE = """\
(1) A victim of trafficking shall not be prosecuted for, or convicted of, an offence that the victim
committed as a direct consequence of being a victim.

(2) The court may vacate a conviction for such an offence.
"""

EXCEPTION = CLAUSE.replace(
    "such an offence.", "such an offence, unless the applicant is dangerous."
)

HOSTILE = (
    "لا يُعاقَب الضحية. =cmd|' /C calc'!A0 [bold]\n\n"
    "A victim of trafficking shall not be punished for "
    + "".join(f"an offence under section {number} or " for number in range(200))
    + "any criminal act committed as a result of being trafficked.\n"
)

FACTS = "Utopia|1|n|8|Protection of Victims Bill|2026|clause 12|1|1|y"

#: By name: the text, the width, the options, and what is typed in each run.
SESSIONS = {
    "accepted": (
        CLAUSE,
        80,
        (),
        [f"y|a|a|n|a|n|a|n|a|n|y|a|a|n|a|n|a|n|a|a|n|a|n|n|n|n|n|{FACTS}"],
    ),
    "others": (
        EXCEPTION,
        80,
        (),
        [
            (
                "y|2|p|3|an offence that the victim|a|n|1 3|committed as|as a direct consequence|8|"
                "a victim.|1|trafficking shall|4 mandatory|4 7|prosecuted for|convicted of|n|d 2|1|"
                "shall not|4|“Shall not” may only bind the prosecutor|b|n"
            )
        ],
    ),
    "back": (CLAUSE, 80, (), ["y|a|b|k|a|b|n|b|b|n|g burden|2|such an offence|b|k|g nothing|b|b"]),
    "resumed": (CLAUSE, 80, (), ["y|a|x", "s|a|^C", "?"]),
    "passages": (
        EXCEPTION,
        80,
        (),
        [
            (
                "y|a|a|n|a|n|a|n|a|n|y|a|n|a|n|a|n|a|a|n|a|n|n|n|n|n|y|b|y|"
                "Dangerous applicants are left out|Utopia"
            )
        ],
    ),
    "blind": (
        CLAUSE,
        80,
        ("--blind",),
        ["2|A victim|A victim of trafficking|a|2|an offence that|n"],
    ),
    "quoted": (CLAUSE, 80, (), ["y|q|victim|the victim|A victim of trafficing|p|q 2|an offence"]),
    "source": (
        CLAUSE,
        80,
        (),
        [
            "g text.source|n|?|Official Gazette of 14 March 2026|Gazette 2026|x",
            (
                "g text.source|Gazette 2026|n|Official Gazette of 14 March 2026: “No. 5” #2|"
                "Gazette 2026|3|14 March 2026|n|clause 14|b|section 14|y"
            ),
            "g text.source|gazette 2026, para. 5",
        ],
    ),
    "hostile": (HOSTILE, 40, (), ["a|\x1b[31m|2|an offence under section|act committed|n|a|n|n"]),
}


@pytest.fixture
def code(run: Code, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Code:
    """Return a function that runs `npcompare code` with typed answers."""
    monkeypatch.chdir(tmp_path)
    Path("clause-12.txt").write_text(CLAUSE, encoding="utf-8")

    def _code(answers: str, *arguments: str, width: int = 80) -> Ran:
        type_answers(monkeypatch, answers.split("|") if answers else ())
        # The fixture `run` sets the width of tables.
        monkeypatch.setattr("npcompare.cli.dialogue._width", lambda: width)
        return run("code", *arguments)

    return _code


#: The sessions that are tried each time; the others take some seconds together.
QUICK = {"accepted", "quoted", "source"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in SESSIONS],
)
def test_transcript_is_exact(name: str, code: Code) -> None:
    text, width, options, runs = SESSIONS[name]
    Path("clause-12.txt").write_text(text, encoding="utf-8")
    outputs = []
    for answers in runs:
        ran = code(answers, "clause-12.txt", "my-bill", *options, width=width)
        assert ran.err == ""
        assert "\x1b" not in ran.out.replace("\x1b[31m", "", 1)
        outputs.append(f"{ran.out}\n(exit code {ran.code})\n")
    transcript = "".join(outputs)
    for path in filter(Path.is_file, map(Path, ("my-bill.yaml", "sources.yaml"))):
        file = path.read_text(encoding="utf-8").partition("\n")[2]
        transcript += f"\n=== {path}\n{file}"
    long = [line for line in "".join(outputs).split("\n") if len(line) >= width]
    assert [line for line in long if not line.startswith("> ")] == []
    check_expected(TESTS / "golden" / f"interview-{name}.txt", transcript, "golden")


@pytest.mark.parametrize("unfinished", ["", "id: other\n"])
def test_new_corpus_may_be_empty_or_unfinished(unfinished: str, code: Code) -> None:
    """The file that is coded is in the corpus itself, and is unfinished at first."""
    Path("corpus/statutes").mkdir(parents=True)
    if unfinished:
        Path("corpus/statutes/other.yaml").write_text(unfinished, encoding="utf-8")
    arguments = ("--corpus", "corpus", "-o", "corpus/statutes/my-bill.yaml")
    ran = code("y|a|x", "clause-12.txt", *arguments)
    assert (ran.code, ran.err) == (0, "")
    options = "corpus/statutes/my-bill.yaml --corpus corpus\n"
    assert ran.out.endswith(f"\nTo go on: npcompare code {options}")
    answers = f"a|n|a|n|a|n|a|n|y|a|a|n|a|n|a|n|a|a|n|a|n|n|n|n|n|{FACTS}"
    ran = code(answers, "clause-12.txt", *arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(
        "\nNext: npcompare classify corpus/statutes/my-bill.yaml --corpus corpus\n"
    )


def test_without_a_terminal_there_is_no_interview(
    run: Code, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clause-12.txt").write_text("12. A victim.", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("a\n"))
    ran = run("code", "clause-12.txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "npcompare: the interview needs a terminal in which answers can be typed\n"
        "  hint: without one, `npcompare new` writes a file for you to fill in\n"
    )
    assert run("code", "clause-13.txt").err.startswith("npcompare: there is no file clause-13.txt")


@pytest.mark.slow
def test_file_of_another_text_is_not_changed(code: Code) -> None:
    assert code("y|a", "clause-12.txt", "my-bill").code == 0
    before = Path("my-bill.yaml").read_bytes()
    Path("other.txt").write_text("A victim shall not be punished.\n", encoding="utf-8")
    ran = code("a", "other.txt", "-o", "my-bill.yaml")
    assert (ran.code, Path("my-bill.yaml").read_bytes()) == (2, before)
    assert ran.err == (
        "npcompare: my-bill.yaml already exists and has another text\n"
        "  hint: choose another name with -o, or go on with npcompare code my-bill.yaml\n"
    )


@pytest.mark.parametrize("text", ["text: A victim", "text: [{language: en, body: A victim}]"])
def test_file_with_another_kind_of_text_is_kept(text: str, code: Code) -> None:
    Path("my-bill.yaml").write_text(f"id: my-bill\n{text}\n", encoding="utf-8")
    ran = code("a", "clause-12.txt", "my-bill")
    assert ran.code == 2
    assert ran.err.startswith("npcompare: my-bill.yaml already exists and has another text\n")


def test_change_by_another_program_is_kept(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code("y", "clause-12.txt", "my-bill").code == 0
    path = Path("my-bill.yaml")

    class Editor(Terminal):
        def readline(self) -> str:
            """Save the file in another program before the answer."""
            path.write_text(path.read_text(encoding="utf-8") + "# Mine.\n", encoding="utf-8")
            return super().readline()

    monkeypatch.setattr("typed_answers.Terminal", Editor)
    ran = code("a", "my-bill.yaml")
    assert (ran.code, path.read_text(encoding="utf-8").endswith("# Mine.\n")) == (2, True)
    assert ran.err == (
        "npcompare: another program has changed my-bill.yaml\n"
        "  hint: save it there and close it; then run the command again\n"
    )


@pytest.mark.parametrize("options", [(), ("--blind",)])
def test_next_command_of_refused_file_is_code(options: tuple[str, ...], code: Code) -> None:
    ran = code("s", "clause-12.txt", "-o", "my-bill.yaml", "--only", "pinpoint", *options)
    assert ran.out.endswith(" ".join(("Next: npcompare code my-bill.yaml", *options)) + "\n")


NEW_SOURCE = "n|Official Gazette|Gazette 2026|3|n|n|n|y"
OURS = "# Ours.\nreport: {title: A report, short: Report, kind: report}  # first\n# The end."


@pytest.mark.parametrize("folder", [".", "statutes"])
def test_new_source_is_at_the_end_of_those_in_use(folder: str, code: Code) -> None:
    Path(folder).mkdir(exist_ok=True)
    Path("sources.yaml").write_text(OURS, encoding="utf-8")
    code(NEW_SOURCE, "clause-12.txt", "-o", f"{folder}/my-bill.yaml", "--only", "text.source")
    assert Path("sources.yaml").read_text(encoding="utf-8") == (
        f'{OURS}\ngazette-2026:\n  title: "Official Gazette"\n  short: "Gazette 2026"\n'
        "  kind: statute\n"
    )
    assert [path.parent for path in Path().rglob("sources.yaml")] == [Path()]


@pytest.mark.parametrize("before", [OURS, None])
def test_sources_of_another_program_are_kept(
    before: str | None, code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("sources.yaml")
    if before:
        path.write_text(before, encoding="utf-8")

    class Editor(Terminal):
        def readline(self) -> str:
            """Save the bibliography in another program before the confirmation."""
            if self._answers[:1] == ["y"]:
                path.write_text("# Mine.\n", encoding="utf-8")
            return super().readline()

    monkeypatch.setattr("typed_answers.Terminal", Editor)
    ran = code(NEW_SOURCE, "clause-12.txt", "my-bill", "--only", "text.source")
    assert (ran.code, path.read_text(encoding="utf-8")) == (2, "# Mine.\n")
    assert ran.err == (
        "npcompare: another program has changed sources.yaml\n"
        "  hint: save it there and close it; then run the command again\n"
    )
    assert "gazette-2026" not in Path("my-bill.yaml").read_text(encoding="utf-8")


def test_sources_that_are_a_folder_are_a_sentence(code: Code) -> None:
    Path("sources.yaml").mkdir()
    ran = code("n|x", "clause-12.txt", "my-bill", "--only", "text.source")
    assert (ran.code, ran.err) == (0, "")
    assert "No document can be added to sources.yaml: it cannot be read" in ran.out


def test_link_out_of_the_folder_is_not_written(code: Code, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "sources.yaml"
    target.parent.mkdir()
    target.write_text(OURS, encoding="utf-8")
    Path("mine").mkdir()
    Path("mine/sources.yaml").symlink_to(target)
    ran = code("n|x", "clause-12.txt", "-o", "mine/my-bill.yaml", "--only", "text.source")
    assert (ran.code, target.read_text(encoding="utf-8")) == (0, OURS)
    assert "it is a link that leads out of its folder" in " ".join(ran.out.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id: a\ntext: {status: not_held}\n", "a.yaml has no text to ask about"),
        ("id: a\nform: unknown\n", "1 finding in 1 file; fix them first"),
        ("id: [a\n", "1 finding in 1 file; fix them first"),
        (None, "there is no file a.yaml"),
    ],
)
def test_file_that_cannot_go_on_is_refused(content: str | None, message: str, code: Code) -> None:
    if content:
        Path("a.yaml").write_text(content, encoding="utf-8")
    ran = code("a", "a.yaml")
    assert (ran.code in {1, 2}, ran.out) == (True, "")
    assert f"npcompare: {message}\n" in ran.err


@pytest.mark.slow
def test_blind_coding_can_be_compared(code: Code, run: Code) -> None:
    for folder, answers in (("first", "a"), ("second", "2|A victim of trafficking")):
        Path(folder).mkdir()
        blind = () if folder == "first" else ("--blind",)
        limb = "y|" if folder == "first" else ""
        path = f"{folder}/my-bill.yaml"
        assert code(f"{limb}{answers}", "clause-12.txt", "-o", path, *blind).code == 0
        ran = code(f"{FACTS}|k", path, *blind, "--only", "facts")
        assert ran.code == 0
        # The warnings on values that are not coded would show proposals.
        assert ("NP602" in ran.out) is not bool(blind)
    ran = run("agree", "first", "second", "--format", "csv")
    assert "my-bill,persons" in ran.out
