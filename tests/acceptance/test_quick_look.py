"""A text that is not coded, named where a provision is taken: compared, assessed and exported."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import docx
import pytest
from builders import json_output
from conftest import TESTS

from npcompare.coding.suggestions import classify_suggestion, suggest
from npcompare.errors import NpcompareError
from npcompare.law.corpus import load_corpus
from npcompare.shell import command as typed_command
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

TEXT = (TESTS / "bills" / "clause-12.txt").read_text(encoding="utf-8")
#: A sentence with a clause that no rule of the phrase book reads.
CLAUSE = "unless the tribunal otherwise deems expedient"
OBSCURE = f"(4) Subsection (1) applies {CLAUSE}."
LINE = "Coding proposed by npcompare and not confirmed: Clause 12.docx."


def saved(path: Path, paragraphs: list[str]) -> Path:
    """Save paragraphs as a Word document."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a clause in Word."""
    saved(tmp_path / "Clause 12.docx", [" ".join(part.split()) for part in TEXT.split("\n\n")])
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_diff_compares_a_word_file(run: Callable[..., Ran]) -> None:
    ran = run("diff", "Clause 12.docx", "kenya", "coe-26", "--format", "json")
    output = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert output["headnote"] == LINE
    assert output["proposed"] == [
        {"id": "Clause 12.docx", "document": "Clause 12.docx", "section": None, "unread": []}
    ]
    assert [(each["left"], each["right"]) for each in output["comparisons"]] == [
        ("Clause 12.docx", "kenya"),
        ("Clause 12.docx", "coe-26"),
    ]
    core = {
        name: (compared["left"], compared["left_basis"], compared["relation"])
        for name, compared in output["comparisons"][0]["dimensions"].items()
    }
    assert core["threshold"] == (["duress"], "proposed", "narrower")
    assert core["scope"] == (["any_but_excluded"], "proposed", "narrower")
    assert core["stage"] == (["prosecution", "sentencing_liability"], "proposed", "broader")
    assert core["force"] == (["mandatory"], "proposed", "same")
    assert {basis for _, basis, _ in core.values()} == {"proposed", "unknown"}


@pytest.mark.usefixtures("folder")
def test_gaps_assesses_a_word_file(run: Callable[..., Ran]) -> None:
    output = json.loads(run("gaps", "Clause 12.docx", "--format", "json").out)
    elements = output["gaps"][0]["elements"]
    assert output["headnote"] == LINE
    assert {part["status"] for part in elements if "basis" not in part} == {"unknown"}
    assert {part.get("basis") for part in elements if part["status"] != "unknown"} == {"proposed"}
    assert {words["basis"] for part in elements for words in part["words"]} == {"proposed"}


def test_export_makes_an_annex_of_a_word_file(folder: Path, run: Callable[..., Ran]) -> None:
    ran = run(
        *("export", "Clause 12.docx", "coe-26", "--layout", "side-by-side", "-o", "look.docx")
    )
    assert (ran.code, ran.err) == (0, "wrote look.docx\n")
    word = docx.Document(str(folder / "look.docx"))
    assert any(paragraph.text.startswith(f"† {LINE}") for paragraph in word.paragraphs)
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert [fold(text) for text in rows[0]] == [
        *("Dimension", "Clause 12.docx", "Council of Europe, article 26"),
    ]
    assert rows[2][1] == "Duress-based†\n“was compelled to commit”"
    assert rows[2][2].startswith("Duress-baseda\nSame†\n")


@pytest.mark.parametrize(
    "command",
    [
        ["classify"],
        ["classify", "--explain"],
        ["classify", "--by", "threshold"],
        ["show"],
        ["show", "--evidence"],
        ["proof"],
        ["order", "kenya"],
        ["nearest"],
        ["gaps"],
        ["gaps", "kenya", "--against"],
        ["gaps", "kenya", "jamaica", "qatar", "coe-26"],
        ["diff", "kenya"],
        ["diff", "kenya", "--text"],
        ["align", "kenya"],
        ["clause", "--threshold", "duress", "--effect", "any"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("folder")
def test_each_command_takes_a_text(command: list[str], run: Callable[..., Ran]) -> None:
    ran = run(*command, "Clause 12.docx", "--format", "plain")
    assert (ran.code, ran.err) == (0, "")
    assert f"\n† {LINE}\n" in ran.out
    assert "[†]" in ran.out
    output = json.loads(run(*command, "Clause 12.docx", "--format", "json").out)
    assert output["headnote"] == LINE


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *(("classify", ()), ("show", ()), ("proof", ()), ("order", ("kenya",)), ("nearest", ())),
        *(("gaps", ()), ("diff", ("kenya",)), ("align", ("kenya",)), ("export", ("kenya",))),
        ("clause", ("--threshold", "duress", "--effect", "any")),
    ],
)
@pytest.mark.usefixtures("folder")
def test_json_of_a_text_matches_its_schema(
    name: str, arguments: tuple[str, ...], run: Callable[..., Ran]
) -> None:
    output = json_output(run(name, "Clause 12.docx", *arguments, "-f", "json"), name)
    assert output["headnote"] == LINE
    assert [each["id"] for each in output["proposed"]] == ["Clause 12.docx"]


def test_verify_refuses_a_proposed_annex(folder: Path, run: Callable[..., Ran]) -> None:
    for name in ("look.docx", "look.json"):
        assert run("export", "Clause 12.docx", "kenya", "-o", name).code == 0
        ran = run("verify", folder / name)
        assert ran.code == 2
        assert "has a coding that is proposed and not confirmed: Clause 12.docx" in ran.err
        code = typed_command("npcompare", "code", "Clause 12.docx")
        assert f"hint: code the text first: {code}; then make the annex again\n" in ran.err


@pytest.mark.parametrize("options", [(), ("--section", "12(1)")])
def test_verify_says_where_the_text_is(
    options: tuple[str, ...], folder: Path, run: Callable[..., Ran]
) -> None:
    (folder / "bill").mkdir()
    (folder / "Clause 12.docx").rename(folder / "bill" / "Clause 12.docx")
    assert run("export", "bill/Clause 12.docx", "kenya", "-o", "look.docx", *options).code == 0
    code = typed_command("npcompare", "code", "bill/Clause 12.docx", *options)
    assert f"hint: code the text first: {code}; then" in run("verify", "look.docx").err
    (folder / "bill").rename(folder / "other")
    code = typed_command("npcompare", "code", "Clause 12.docx", *options)
    hint = f"hint: code the text first, in the folder where it is: {code}; then"
    assert hint in run("verify", "look.docx").err


def test_passages_not_understood_are_told(folder: Path, run: Callable[..., Ran]) -> None:
    saved(folder / "Clause 12.docx", [*TEXT.split("\n\n"), OBSCURE])
    ran = run("gaps", "Clause 12.docx", "-f", "plain")
    assert ran.err == '1 passage was not understood: see npcompare suggest "Clause 12.docx"\n'
    assert (
        "Clause 12.docx: 1 passage was not understood, so the coding may lack values or limits: "
        f"“{CLAUSE}”."
    ) in " ".join(ran.out.split())


@pytest.mark.usefixtures("folder")
def test_section_picks_a_clause(run: Callable[..., Ran]) -> None:
    ran = run("diff", "Clause 12.docx", "kenya", "--section", "12(1)", "-f", "json")
    output = json.loads(ran.out)
    assert output["headnote"] == f"{LINE.removesuffix('.')}, 12(1)."
    assert output["comparisons"][0]["dimensions"]["burden"]["left_basis"] == "unknown"


@pytest.mark.usefixtures("folder")
def test_option_on_texts_needs_a_text(run: Callable[..., Ran]) -> None:
    ran = run("diff", "kenya", "jamaica", "--section", "12")
    assert ran.code == 2
    assert ran.err == (
        "npcompare: --section is for a text that is not coded\n"
        "  hint: name a document, such as clause.docx\n"
    )


@pytest.mark.usefixtures("folder")
def test_ending_that_is_left_out_is_suggested(run: Callable[..., Ran]) -> None:
    ran = run("diff", "Clause 12", "kenya")
    assert ran.code == 2
    assert 'hint: did you mean "Clause 12.docx"? ' in ran.err


@pytest.mark.usefixtures("folder")
def test_diagram_with_a_text_has_the_line(run: Callable[..., Ran]) -> None:
    figure = run("order", "kenya", "jamaica", "Clause 12.docx", "-f", "svg").out
    # The clause is in a list beside the diagram, and in the second table.
    assert figure.index(f"† {LINE}") < figure.index(">Kenya") < figure.index(">Clause 12.docx †")


@pytest.mark.further
@pytest.mark.usefixtures("folder")
def test_ranking_says_that_the_effect_is_unknown(run: Callable[..., Ran]) -> None:
    for command in (["order", "kenya"], ["nearest"]):
        ran = run(*command, "Clause 12.docx", "-f", "plain")
        assert (
            "The effect of Clause 12.docx is not known, so provisions of every effect are "
            "considered."
        ) in " ".join(ran.out.split())


@pytest.mark.usefixtures("folder")
def test_corpus_alone_does_not_read_texts() -> None:
    with pytest.raises(NpcompareError) as caught:
        load_corpus().find("Clause 12.docx")
    assert caught.value.message == "Clause 12.docx is a text that is not coded"
    assert caught.value.hint == 'code it first: npcompare code "Clause 12.docx"'


@pytest.mark.usefixtures("folder")
def test_validate_says_what_to_do_with_a_text(run: Callable[..., Ran]) -> None:
    ran = run("validate", "Clause 12.docx")
    assert ran.code == 2
    assert "Clause 12.docx is a text that is not coded yet" in ran.err
    assert ran.err.endswith(
        'hint: code it first: npcompare code "Clause 12.docx", '
        'or npcompare new ID --text "Clause 12.docx"\n'
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("The court sits in Nairobi.", "no rule on acts of victims was found in law.txt"),
        (
            "Das Opfer wird nicht bestraft, wenn es zu der Tat gezwungen wurde.",
            "law.txt: the text seems to be in ",
        ),
    ],
)
def test_text_without_a_rule_ends_in_a_sentence(
    words: str, message: str, folder: Path, run: Callable[..., Ran]
) -> None:
    (folder / "law.txt").write_text(words, encoding="utf-8")
    ran = run("gaps", "law.txt")
    assert ran.code == 2
    assert ran.err.startswith(f"npcompare: {message}")


@pytest.mark.parametrize("command", ["gaps", "diff", "nearest"])
def test_hint_keeps_how_a_text_is_read(command: str, folder: Path, run: Callable[..., Ran]) -> None:
    text = "11. Guidelines\nWords here.\n12. The court sits.\n11. Other words here."
    (folder / "law.txt").write_text(text, encoding="utf-8")
    other = ["kenya"] if command == "diff" else []
    ran = run(command, "law.txt", *other, "--section", "11#2", "--revisions", "rejected")
    assert ran.code == 2
    assert ran.err == (
        "npcompare: no rule on acts of victims was found in section 11 of law.txt\n"
        '  hint: to see what was read: npcompare suggest law.txt --section "11#2" '
        "--revisions rejected\n"
    )


def act(*rules: int, length: int = 20) -> str:
    """Return an Act of some sections, some of which have a rule."""
    rule = TEXT.split("\n\n")[0].partition("(1) ")[2].replace("\n", " ")
    return "\n".join(
        f"{number}. {rule if number in rules else 'The Minister appoints officers.'}"
        for number in range(1, length + 1)
    )


def test_act_with_several_rules_needs_a_section(folder: Path, run: Callable[..., Ran]) -> None:
    (folder / "act.txt").write_text(act(7, 12), encoding="utf-8")
    ran = run("gaps", "act.txt")
    assert ran.code == 2
    assert ran.err == (
        "npcompare: act.txt has rules on acts of victims in several sections: 7, 12\n"
        "  hint: choose one of them: --section 7\n"
    )


def test_rules_of_a_short_bill_are_read_together(folder: Path, run: Callable[..., Ran]) -> None:
    (folder / "bill.txt").write_text(act(3, 4, length=5), encoding="utf-8")
    ran = run("classify", "bill.txt", "-f", "json")
    assert ran.err.startswith(
        "bill.txt: the rules of 3, 4 were read as one provision; to read one of them: --section 3\n"
    )
    assert json.loads(ran.out)["proposed"][0]["section"] is None


def test_rule_before_all_sections_is_read(folder: Path, run: Callable[..., Ran]) -> None:
    rule = TEXT.split("\n\n")[0].partition("(1) ")[2].replace("\n", " ")
    (folder / "act.txt").write_text(f"{rule}\n{act()}", encoding="utf-8")
    ran = run("classify", "act.txt", "-f", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["proposed"][0]["section"] is None


def test_only_rule_of_an_act_is_read(folder: Path, run: Callable[..., Ran]) -> None:
    (folder / "act.txt").write_text(act(7), encoding="utf-8")
    ran = run("classify", "act.txt", "-f", "json")
    assert ran.err == "act.txt: only section 7 has a rule, so it alone was read\n"
    output = json.loads(ran.out)
    assert output["proposed"][0]["section"] == "7"
    assert output["classifications"][0]["dimensions"]["threshold"]["basis"] == "proposed"


def test_classes_are_those_that_suggest_results_in(folder: Path, run: Callable[..., Ran]) -> None:
    book = load_corpus().codebook
    suggested = classify_suggestion(book, suggest(book, TEXT))
    (folder / "clause.txt").write_text(TEXT, encoding="utf-8")
    output = json.loads(run("classify", "clause.txt", "-f", "json").out)
    dimensions = output["classifications"][0]["dimensions"]
    assert {name: part["values"] for name, part in dimensions.items()} == {
        name: list(classified.values) for name, classified in suggested.dimensions.items()
    }


@pytest.mark.skipif(os.name == "nt", reason="names are characters on Windows, not bytes")
def test_name_in_another_encoding_is_shown(folder: Path, run: Callable[..., Ran]) -> None:
    path = folder / os.fsdecode(b"loi-caf\xe9.txt")
    path.write_text("A victim of trafficking shall not be prosecuted.", encoding="utf-8")
    ran = run("export", path, "kenya", "-o", "annex.json")
    assert ran.code == 0
    assert "loi-caf<U+DCE9>.txt" in (folder / "annex.json").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="names are characters on Windows, not bytes")
def test_annex_has_a_bill_whose_name_is_bytes(folder: Path, run: Callable[..., Ran]) -> None:
    path = folder / os.fsdecode(b"caf\xe9.yaml")
    path.write_text((TESTS / "bills" / "arcadia.yaml").read_text(encoding="utf-8"), "utf-8")
    assert run("export", path, "kenya", "-o", "annex.docx").code == 0


@pytest.mark.parametrize("layout", ["annex", "matrix", "typology", "gaps"])
def test_separated_values_have_the_line_once(
    layout: str, folder: Path, run: Callable[..., Ran]
) -> None:
    run("export", "Clause 12.docx", "kenya", "--layout", layout, "-o", "annex.csv")
    heading = (folder / "annex.csv").read_text(encoding="utf-8-sig").partition("\n")[0]
    assert heading.strip().split(",").count("headnote") == 1
