"""Layouts of an annex: what they hold, in which order, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft7Validator

from npcompare import schema
from npcompare.classify import classify
from npcompare.errors import NpcompareError
from npcompare.views.annex import LAYOUTS, Wish, asked, export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.corpus import Corpus
    from npcompare.table import Document

NAMES = ["qatar", "kenya", "coe-26", "belgium-264"]


def made(corpus: Corpus, names: list[str], **wish: object) -> Document:
    results = [classify(corpus.codebook, one) for one in corpus.select(names)]
    return export(corpus, results, Wish(**wish))  # type: ignore[arg-type]


def column(document: Document, place: int = 0) -> list[str]:
    return ["".join(run.text for run in row[place].runs) for row in document.tables[0].rows]


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("name", ["Belgium", "Council of Europe", "Kenya", "Qatar"]),
        ("date", ["Council of Europe", "Belgium", "Kenya", "Qatar"]),
        ("class", ["Belgium", "Council of Europe", "Kenya", "Qatar"]),
    ],
)
def test_order(order: str, wanted: list[str], corpus: Corpus) -> None:
    assert column(made(corpus, NAMES, sort=order)) == wanted


def test_columns_are_chosen_by_name(corpus: Corpus) -> None:
    document = made(corpus, NAMES, columns=("jurisdiction", "force", "date"))
    (table,) = document.tables
    assert [one.heading for one in table.columns] == ["Jurisdiction", "Force", "Date"]
    assert column(document, 2) == ["2026-04-08", "2005", "not held", "not held"]


def test_a_table_for_each_class(corpus: Corpus) -> None:
    document = made(corpus, [*NAMES, "wg-2009", "oas-2006"], group_by="threshold")
    assert [one.title for one in document.tables] == [
        "Threshold: duress-based",
        "Threshold: causation-based",
        "Threshold: unknown",
    ]
    assert [len(one.rows) for one in document.tables] == [2, 4, 1]


def test_title_and_number(corpus: Corpus) -> None:
    document = made(corpus, NAMES, title="Laws", number="Annex II")
    assert (document.title, document.number, document.tables[0].title) == (
        "Laws",
        "Annex II",
        "Laws",
    )


def test_a_description_is_not_quoted_as_the_law(corpus: Corpus) -> None:
    (kenya, belgium) = (made(corpus, [name], columns=("words",)) for name in ("kenya", "belgium"))
    assert column(kenya)[0].startswith("“a victim")
    assert column(belgium)[0].startswith("Described: provides that")
    assert kenya.tables[0].rows[0][0].runs[0].language == "en"


def test_the_matrix_says_no_only_of_a_complete_text(corpus: Corpus) -> None:
    document = made(corpus, ["kenya", "coe-26", "barbados"], layout="matrix", columns=("stage",))
    (table,) = document.tables
    assert [["".join(run.text for run in place.runs) for place in row] for row in table.rows] == [
        ["Barbados", "unknown", "unknown", "unknown", "unknown"],
        ["Council of Europe, article 26", "no", "no", "✓ yes", "no"],
        ["Kenya, section 14", "not shown", "not shown", "✓ yes", "not shown"],
    ]


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_every_layout_in_json_fits_its_schema(layout: str, run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "coe-26", "belgium-264", "--layout", layout, "-f", "json")
    found = json.loads(ran.out)
    Draft7Validator(schema.load("export")).validate(found)
    assert found["layout"] == layout
    assert [one["id"] for one in found["classifications"]] == (
        ["kenya", "coe-26", "belgium-264"]
        if layout in ("side-by-side", "redline")
        else ["belgium-264", "coe-26", "kenya"]
    )


@pytest.mark.parametrize(
    ("names", "wish", "message"),
    [
        (NAMES, {"layout": "anex"}, 'there is no layout "anex"'),
        (NAMES, {"columns": ("scop",)}, 'there is no column "scop"'),
        (NAMES, {"sort": "size"}, 'there is no order "size"'),
        (NAMES, {"group_by": "stages"}, 'there is no dimension "stages"'),
        (NAMES, {"layout": "matrix", "columns": ("words",)}, 'there is no dimension "words"'),
        (["kenya"], {"layout": "side-by-side"}, "two provisions or more"),
        (["kenya"], {"layout": "redline"}, "two provisions or more"),
    ],
)
def test_what_cannot_be_made(
    names: list[str], wish: dict[str, object], message: str, corpus: Corpus
) -> None:
    with pytest.raises(NpcompareError, match=message):
        made(corpus, names, **wish)


# --- verify -------------------------------------------------------------------------------------


def test_an_annex_is_current_until_the_law_changes(
    own: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "annex.docx"
    arguments = ["--columns", "jurisdiction,scope,words", "--sort", "class"]
    assert run("export", "--corpus", own, *arguments, "-o", path).code == 0
    ran = run("verify", path, "--corpus", own)
    assert (ran.code, "current: every cell" in ran.out) == (0, True)
    text = (own / "kenya.yaml").read_text()
    (own / "kenya.yaml").write_text(text.replace("{extent: any,", "{extent: status_related,"))
    ran = run("verify", path, "--corpus", own, "-f", "json")
    found = json.loads(ran.out)
    Draft7Validator(schema.load("verify")).validate(found)
    assert ran.code == 1
    assert {"table": 1, "row": "Kenya", "column": "Scope", "old": "any offence"}.items() <= (
        found["changed"][0].items()
    )
    assert found["made_from"] != found["corpus"]["digest"]


def test_what_was_edited_by_hand_is_seen(run: Callable[..., Ran], tmp_path: Path) -> None:
    import docx

    path = tmp_path / "annex.docx"
    run("export", "kenya", "jamaica", "-o", path)
    word = docx.Document(str(path))
    word.tables[0].rows[1].cells[2].text = "any offence whatever"
    word.save(str(path))
    ran = run("verify", path)
    assert (ran.code, "edited by hand" in ran.out) == (1, True)
    assert "any offence whatever" in ran.out


@pytest.mark.parametrize("content", [b"", b"PK", "no word file"], ids=["empty", "broken", "text"])
def test_what_is_no_annex(content: bytes | str, run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = run("verify", path)
    assert (ran.code, ran.err) == (2, "npcompare: it is not a Word file\n")
    assert run("verify", tmp_path / "missing.docx").code == 2


def test_a_word_file_of_anothers_is_no_annex(run: Callable[..., Ran], tmp_path: Path) -> None:
    import docx

    path = tmp_path / "letter.docx"
    docx.Document().save(str(path))
    ran = run("verify", path)
    assert (ran.code, "does not say how it was made" in ran.err) == (2, True)


@pytest.mark.parametrize("recipe", [{}, {"ids": 1, "wish": {}}, {"ids": [], "wish": []}])
def test_a_recipe_is_not_trusted(recipe: dict[str, object]) -> None:
    with pytest.raises(NpcompareError):
        asked(recipe)


# --- Tracked changes ----------------------------------------------------------------------------


def readings(path: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Return the cells with every revision rejected, and with every revision accepted."""
    import docx
    from docx.oxml.ns import qn

    (table,) = docx.Document(str(path)).tables
    found: tuple[list[list[str]], list[list[str]]] = ([], [])
    for row in table.rows:
        for reading, left_out in zip(found, ("ins", "del"), strict=True):
            reading.append([])
            for place in row.cells:
                texts = []
                for node in place._tc.iter(qn("w:t"), qn("w:delText")):
                    above = {one.tag.split("}")[1] for one in node.iterancestors()}
                    is_mark = node.getparent().find(f".//{qn('w:vertAlign')}") is not None
                    if left_out not in above and not is_mark:
                        texts.append(node.text or "")
                reading[-1].append(" ".join("".join(texts).split()))
    return found


def test_a_revised_annex_holds_the_old_and_the_new(
    own: Path, run: Callable[..., Ran], tmp_path: Path
) -> None:
    old, new, fresh = (tmp_path / f"{name}.docx" for name in ("old", "new", "fresh"))
    corpus = ["--corpus", own]
    run("export", "kenya", "jamaica", "coe-26", *corpus, "-o", old)
    text = (own / "kenya.yaml").read_text()
    (own / "kenya.yaml").write_text(text.replace("{extent: any,", "{extent: status_related,"))
    ids = ["kenya", "jamaica", "gambia"]
    assert run("export", *ids, *corpus, "--track-changes-from", old, "-o", new).code == 0
    run("export", *ids, *corpus, "-o", fresh)
    rejected, accepted = readings(new)
    assert [row for row in accepted if any(row)] == readings(fresh)[1]
    before = {row[0]: row for row in readings(old)[1]}
    assert {row[0]: row for row in rejected if any(row)} == before


def test_nothing_changed_is_no_revision(run: Callable[..., Ran], tmp_path: Path) -> None:
    import zipfile

    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    run("export", "--layout", "matrix", "-o", old)
    run("export", "--layout", "matrix", "--track-changes-from", old, "-o", new)
    xml = zipfile.ZipFile(new).read("word/document.xml").decode()
    assert "<w:ins " not in xml
    assert "<w:del " not in xml
