"""Documents go into `suggest` and `new`; plain texts stay as they are, letter for letter."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING

import docx
import pytest
import yaml

from npcompare.errors import NpcompareError
from npcompare.readers.text_to_code import text_to_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

RULE = "(1) A victim of trafficking shall not be punished for any offence, other than murder."
LINES = ("12. Victims of trafficking", RULE, "(2) A victim is entitled to compensation.")


@pytest.fixture
def clause(tmp_path: Path) -> Path:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = "Draft of the Ministry"
    path = tmp_path / "Clause 12.docx"
    document.save(str(path))
    return path


def test_words_of_a_document_are_read(clause: Path) -> None:
    text, notes = text_to_code(str(clause))
    assert text.splitlines() == list(LINES)
    assert notes == (f'left out: header (1); to see examples: npcompare read "{clause}"',)


def test_note_on_what_is_left_out_keeps_the_revisions(clause: Path) -> None:
    _, notes = text_to_code(str(clause), "rejected")
    assert notes[0].endswith(f'npcompare read "{clause}" --revisions rejected')


def test_section_of_a_document_is_read(clause: Path) -> None:
    assert text_to_code(str(clause), section="12(1)")[0].endswith(RULE)


def test_plain_text_stays_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "clause.txt"
    path.write_bytes("  (a)\tA  victim\r\n\r\nof trafficking\u00ad.  \n".encode())
    assert text_to_code(str(path)) == ("  (a)\tA  victim\r\n\r\nof trafficking\u00ad.  \n", ())


def test_encoding_of_a_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "clause.txt"
    path.write_bytes("Une victime n’est pas punie pour les infractions liées.".encode("cp1252"))
    text, notes = text_to_code(str(path))
    assert text == "Une victime n’est pas punie pour les infractions liées."
    assert [note.partition("; ")[2] for note in notes] == ["it was read as Windows-1252"]


def test_section_of_standard_input_is_refused() -> None:
    with pytest.raises(NpcompareError, match="--section needs the name of a file"):
        text_to_code("-", section="12")


def test_suggest_reads_word_like_plain_text(
    run: Callable[..., Ran], clause: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "clause.txt"
    plain.write_text("\n".join(LINES), encoding="utf-8")
    outputs = [json.loads(run("suggest", path, "-f", "json").out) for path in (clause, plain)]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]["proposals"]) == 6


def test_new_file_has_the_words_of_a_document(
    run: Callable[..., Ran], clause: Path, tmp_path: Path
) -> None:
    path = tmp_path / "utopia.yaml"
    ran = run("new", "utopia", "--text", clause, "--section", "12(1)", "-o", path)
    assert ran.code == 0
    body = yaml.safe_load(io.StringIO(path.read_text(encoding="utf-8")))["text"]["body"]
    assert body.strip().endswith(RULE)


def test_pipe_of_the_shell_is_read_as_text() -> None:
    reading, writing = os.pipe()
    os.write(writing, RULE.encode())
    os.close(writing)
    try:
        assert text_to_code(f"/dev/fd/{reading}") == (RULE, ())
    finally:
        os.close(reading)


def test_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "clause.txt")
    with pytest.raises(NpcompareError) as caught:
        text_to_code(str(tmp_path / "clause.txt"))
    assert caught.value.message == f"{tmp_path}/clause.txt is a device or a pipe, not a file"


def test_coded_file_saved_as_text_is_not_a_text(tmp_path: Path) -> None:
    (tmp_path / "kenya.yaml.txt").write_text("id: kenya\n")
    with pytest.raises(NpcompareError, match="is a coded file"):
        text_to_code(str(tmp_path / "kenya.yaml.txt"))
