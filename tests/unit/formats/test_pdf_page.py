"""What the page of a PDF gets: the parts of a document, as lines of runs."""

from __future__ import annotations

from typing import Any

from npcompare.charts import AnswerOverview, BarStep, CellAnswer, Certainty, StepBars
from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone, cell, columns, rows
from npcompare.formats import pdf
from npcompare.formats.figures import selection

HEADS = (
    Column("a", "Provision"),
    Column("b", "Stage: charge", Role.ANSWER, group="Stage", short="Charge"),
    Column("c", "Stage: trial", Role.ANSWER, group="Stage", short="Trial"),
)


def run(text: str, **different: Any) -> dict[str, Any]:
    """Return a plain run of the page, but for what is different."""
    plain: dict[str, Any] = {"text": text, "long": False, "after": "", "tone": "plain"}
    return plain | {"rtl": False, "lang": None, "region": None, "marks": ""} | different


def line(*runs: dict[str, Any], rtl: bool = False) -> dict[str, Any]:
    return {"runs": list(runs), "rtl": rtl}


def page(*tables: Table, **options: Any) -> dict[str, Any]:
    """Return what the page gets for a document of some tables."""
    document = {"title": "Annex", "number": "II", "provenance": "made with"} | options
    return pdf._document_data(Document(tables=tables, data={}, flat=tables[0], **document))


def test_page_gets_every_part_of_a_document() -> None:
    body = rows([["Europe", "", ""], ["EU", "✓", "–"]])
    overview = AnswerOverview(legend=(), group_rows=(0,))
    table = Table(
        *("Stages", HEADS, body, ("All.", ""), (("a", "One."),)),
        headnote="Read.",
        figure=overview,
        group_rows=(0,),
    )
    assert page(table) == {
        "lang": "en",
        "region": "gb",
        "rtl": False,
        "fonts": (),
        "cjk": False,
        "title": "Annex",
        "number": [line(run("II"))],
        "heading": [line(run("Annex"))],
        "tables": [
            {
                "title": [line(run("Stages"))],
                "headnote": [line(run("Read."))],
                "shares": [86 / 150, 32 / 150, 32 / 150],
                "centred": True,
                "spans": [
                    {"text": [], "size": 1},
                    {"text": [line(run("Stage"))], "size": 2},
                ],
                "headings": [
                    {"lines": [line(run("Provision"))], "upright": False},
                    {"lines": [line(run("Charge"))], "upright": True},
                    {"lines": [line(run("Trial"))], "upright": True},
                ],
                "rows": [
                    [[line(run("Europe"))], [line()], [line()]],
                    [[line(run("EU"))], [line(run("✓"))], [line(run("–"))]],
                ],
                "groups": [0],
                "heads": [0],
                "notes": [("a", [line(run("One."))])],
                "remarks": [[line(run("All."))], []],
                "pictures": [],
            }
        ],
        "provenance": "made with",
        "foot": "made with",
        "words": {
            "none": "(none)",
            "figure": [("Figure ", "number"), (". ", "title")],
            "table": [("Table ", "number"), (". ", "title")],
            "page": [("Page ", "number"), (" of ", "count")],
        },
    }


BARS = Table(
    "Stages",
    columns(provision="Provision", effect="Effect", a="Arrest"),
    (tuple(map(cell, ("Kenya", "Laws", "Yes"))),),
    figure=StepBars(
        ((BarStep(CellAnswer.YES, Certainty.TEXT, "yes"),),),
        ("Laws",),
        "Provisions that reach it",
        (1,),
        ((CellAnswer.YES, "reaches it"),),
        ((Certainty.TEXT, "words of the text"),),
    ),
)


def test_page_gets_the_pictures_of_the_second_table() -> None:
    without = Table("None", columns(a="A"), rows([["x"]]))
    (picture,) = selection.pages(Document("Annex", (without, BARS), {}, BARS, "made with", "II"), 1)
    first, second = page(without, BARS)["tables"]
    assert first["pictures"] == []
    assert second["pictures"] == [
        {
            "caption": [line(run("Stages: all rows"))],
            "svg": picture.svg,
            "width": picture.width,
            "height": picture.height,
            "words": "Bars in 1 row and 1 step. Provisions that reach it: Arrest 1. "
            "The table has every step.",
            "upright": False,
            "scale": 0.75,
        }
    ]


def test_long_words_of_a_column_can_be_broken() -> None:
    """In a narrow column beside a wide one; the letters of the heading are counted too."""
    word = "x" * 90
    table = Table("T", columns(a=word, b="B"), rows([[word, "word " * 300]]))
    (printed,) = page(table)["tables"]
    (heading,), (text,) = printed["headings"][0]["lines"], printed["rows"][0][0]
    broken = run("\u200b".join([*["xxxx"] * 22, "xx"]), long=True)
    assert (heading, text) == (line(broken), line(broken))


def test_column_has_room_for_four_letters() -> None:
    table = Table(
        "T", columns(**dict.fromkeys(map("c{}".format, range(40)), "H")), rows([["crime"] * 40])
    )
    (printed,) = page(table)["tables"]
    assert printed["rows"][0][0] == [line(run("crime", long=True))]
    four = Table("T", table.columns, rows([["case"] * 40]))
    assert page(four)["tables"][0]["rows"][0][0] == [line(run("case"))]


def test_foot_is_short_and_the_properties_are_whole() -> None:
    table = Table("T", columns(a="A"), rows([["x"]]))
    printed = page(table, provenance="made\n" * 81)
    assert printed["provenance"] == " ".join(["made"] * 81)
    assert printed["foot"] == " ".join(["made"] * 80) + "…"


def arabic(*runs: Run) -> list[dict[str, Any]]:
    """Return the lines of a cell with some runs, in an Arabic document."""
    table = Table("ت", columns(a="أ"), ((Cell(runs),),))
    (printed,) = page(table, title="ت", number="", provenance="", language="ar")["tables"]
    lines: list[dict[str, Any]] = printed["rows"][0][0]
    return lines


def test_arabic_words_and_latin_ones_are_parts_of_a_run() -> None:
    assert arabic(Run("كينيا Act 2 ", Tone.STRONG, ("a",)), Run("")) == [
        line(
            run("كينيا ", tone="strong", rtl=True),
            run("Act 2", tone="strong", after=" "),
            run("", tone="strong", marks="a"),
            rtl=True,
        )
    ]


def test_quotation_in_an_arabic_document_is_one_part() -> None:
    english = run("an act لا", tone="quote", lang="en", after=" ")
    assert arabic(Run("an act لا ", Tone.QUOTE, (), "en")) == [line(english)]
    assert arabic(Run("an act لا ", Tone.QUOTE, (), "en"), Run("لا")) == [
        line(english, run("لا", rtl=True), rtl=True)
    ]
    assert arabic(Run("")) == [line(rtl=True)]
    assert arabic(Run("", marks=("a",))) == [line(run("", marks="a"), rtl=True)]
    assert arabic(Run("لا", Tone.QUOTE, (), "ar")) == [
        line(run("لا", tone="quote", lang="ar", rtl=True), rtl=True)
    ]
