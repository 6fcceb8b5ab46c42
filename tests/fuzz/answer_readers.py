"""Properties of what people and models answer, and of the files that they write by hand.

Answers are those of a coder in an interview and of a model; the files are codebooks, names of
jurisdictions, and house templates and workbooks of annexes.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviews import CLAUSE, begin, interview
from recorded_model import FINDINGS, VALUES

from fuzz.packages import SEPARATOR, package, parts_of, seed
from fuzz.readers import CONTROLS, check_findings, corpus, sample_annex
from fuzz.trees import ROOT
from npcompare.analysis.classification import classify
from npcompare.coding.interview_words import interview_words
from npcompare.coding.second_opinion import ModelIdentity, Prompts, consult, prompts
from npcompare.coding.suggestions import suggest
from npcompare.errors import NpcompareError, ProblemsError
from npcompare.formats import annex_reader, excel, plain, word
from npcompare.law.checking import CodebookChecks
from npcompare.law.codebook_parser import parse_codebook
from npcompare.law.names_file import read_names
from npcompare.law.yaml_reader import YamlFile
from npcompare.reports import annex_verification, interview_text, own_columns
from npcompare.reports.second_opinion_report import second_opinion_table
from npcompare.reports.workbook_annex import read_workbook, words_in_notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.coding.interview import Interview
    from npcompare.coding.suggestions import Suggestion
    from npcompare.document import Document

#: A longer interview takes longer and tests nothing new.
_MOST_LINES = 40

_WIDTH = 80


def answers(raw: bytes) -> None:
    """Assert that whatever is typed, the file stays sound, and the next question can be shown."""
    first, *lines = raw.decode("utf-8", "replace").split("\n")
    is_blind, text = first[:1] == "b", first[1:] if len(first) > 20 else CLAUSE
    try:
        dialogue = interview(begin(text), is_blind=is_blind)
    except NpcompareError:
        return
    for line in lines[:_MOST_LINES]:
        before = dialogue.file.text
        reply = dialogue.answer(line)
        for message in reply.messages:
            assert message
            message.encode()
        if dialogue.file.text != before:
            assert YamlFile(Path("a.yaml"), "a.yaml", dialogue.file.text.encode()).problems == []
        assert dialogue.file.body
        _check_shown(dialogue, reply.messages)
        if dialogue.topic is None:
            return


def _check_shown(dialogue: Interview, messages: tuple[str, ...]) -> None:
    """Assert that the question and the messages can be shown on a terminal."""
    view = dialogue.view
    lines = [*interview_text.message_lines(messages, _WIDTH)]
    if view:
        lines += interview_text.question_lines(view, _WIDTH)
    lines += interview_text.reason_lines(dialogue.reasons, _WIDTH)
    lines += interview_text.key_line(dialogue.keys, interview_words().keys, _WIDTH)
    assert not CONTROLS.search("".join(lines))
    progress = dialogue.progress
    assert progress.answered >= 0 <= progress.open


@cache
def _bill() -> tuple[Suggestion, Prompts]:
    book = corpus().codebook
    reading = suggest(book, (ROOT / "tests" / "bills" / "clause-12.txt").read_text("utf-8"))
    return reading, prompts(book, reading)


class _Recorded:
    """A model that gives two answers, whatever it is asked."""

    identity = ModelIdentity("recorded", "1", "none")

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts

    def answer(self, _prompt: str, _schema: Mapping[str, Any]) -> str:
        return self._texts.pop(0)


def opinion(raw: bytes) -> None:
    """Assert that what remains of any two answers of a model quotes the text."""
    texts = raw.decode("utf-8", "surrogateescape").split(SEPARATOR.decode(), 1)
    reading, prompt_pair = _bill()
    try:
        result = consult(corpus().codebook, reading, prompt_pair, _Recorded([*texts, ""]))
    except NpcompareError:
        return
    places = [(question.start, question.end) for question in result.questions]
    places += [(finding.start, finding.end) for finding in result.missing]
    for start, end in places:
        assert 0 <= start < end <= len(reading.text)
    assert second_opinion_table(corpus(), reading, result).columns


def names(raw: bytes) -> None:
    """Assert that any file of names is read, or has findings at places of the file."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("yaml", "csv"):
            path = Path(folder) / f"names.{ending}"
            path.write_bytes(raw)
            try:
                read = read_names(path, corpus())
            except ProblemsError as error:
                # In separated values, a carriage return alone ends a row.
                rows = raw.replace(b"\r", b"\n") if ending == "csv" else raw
                check_findings(error.problems, rows)
            except NpcompareError:
                continue
            else:
                assert all(read.values())


def codebook(raw: bytes) -> None:
    """Assert that any codebook has findings at its places, or classifies a provision."""
    file = YamlFile(Path("codebook.yaml"), "codebook.yaml", raw)
    problems = [*file.problems, *(CodebookChecks().find(file) if file.is_readable else ())]
    check_findings(problems, raw)
    if not problems:
        assert classify(parse_codebook(file.data), corpus().find("kenya")).dimensions


#: The parts of a workbook and of a Word file that bytes may replace, in their order.
ANNEX_PARTS = (
    *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"),
    *("xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
)
TEMPLATE_PARTS = (
    *("word/document.xml", "word/styles.xml", "word/settings.xml", "word/footer1.xml"),
    *("word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels"),
)

_OWN = ["Remarks"]


@cache
def _workbook_annex() -> tuple[Document, bytes]:
    """Return an annex with a column of the drafter's own, and its workbook."""
    document = own_columns.with_own_columns(sample_annex(), _OWN, ["id"])
    return document, excel.write(document)


@cache
def _parts_of_workbook() -> dict[str, bytes]:
    return parts_of(_workbook_annex()[1])


@cache
def _parts_of_template() -> dict[str, bytes]:
    return parts_of(word.write(sample_annex()))


def filed_workbook(raw: bytes) -> None:
    """Assert that a workbook, or the sample with other parts, is read back or refused."""
    document, content = _workbook_annex()
    try:
        filed = read_workbook(package(raw, _parts_of_workbook(), ANNEX_PARTS), "a.xlsx")
    except NpcompareError:
        return
    made_again = read_workbook(content, "a.xlsx")
    assert plain.write(annex_verification.verification(corpus(), filed, made_again))
    with suppress(NpcompareError):
        annex = own_columns.with_own_columns(sample_annex(), _OWN, ["id"], filed)
        assert plain.write(annex)
    assert all(own_columns.lost_words(document, filed))
    assert isinstance(own_columns.typed_words(filed), frozenset)
    assert all(map(all, words_in_notes(filed)))


def template(raw: bytes) -> None:
    """Assert that a Word file, or the sample with other parts, is used as a template or refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "house.docx"
        path.write_bytes(package(raw, _parts_of_template(), TEMPLATE_PARTS))
        with suppress(NpcompareError):
            content = word.write(sample_annex().replace(template=str(path)))
            assert annex_reader.read_docx(content).tables


# --- What the searches begin with ----------------------------------------------------------------


def answers_seeds() -> list[bytes]:
    """Return lines that are typed in an interview."""
    typed = (
        "\na\ny\n1\nof the victim\n3\n?\nb\ns\nk\nn\nn\ny\n1\n2\nx",
        "b\ny\n1\na\np\ng burden\nn",
    )
    facts = "\ns\ns\nKenya\nn\n1\nThe Gazette\n2020\ng facts\nKE\n2020-01-01\nn\nid\ntitle\n"
    return [text.encode() for text in (*typed, facts)]


def opinion_seeds() -> list[bytes]:
    """Return the answers of a model to both prompts."""
    values, findings = json.dumps({"values": VALUES}), json.dumps({"findings": FINDINGS})
    return [values.encode() + SEPARATOR + findings.encode()]


def names_seeds() -> list[bytes]:
    """Return names of jurisdictions in both forms."""
    return [
        b"# names\nKE: Republic of Kenya\ngambia: The Gambia\n",
        b"id,name\nKE,Kenya\nBE;Belgium\n",
    ]


def codebook_seeds() -> list[bytes]:
    """Return the codebook."""
    return [b"# \n" + (ROOT / "schemas" / "codebook.yaml").read_bytes()]


def filed_workbook_seeds() -> list[bytes]:
    """Return the parts of an annex in Excel."""
    return [seed(_parts_of_workbook(), ANNEX_PARTS)]


def template_seeds() -> list[bytes]:
    """Return the parts of a template."""
    return [seed(_parts_of_template(), TEMPLATE_PARTS)]
