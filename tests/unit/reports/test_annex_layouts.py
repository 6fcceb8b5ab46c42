"""Layouts of an annex: their contents, their order, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest
from builders import annex
from conftest import TESTS
from jsonschema_rs import Draft7Validator

from npcompare.errors import NpcompareError
from npcompare.law import json_schema
from npcompare.reports.annex_layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.document import Document
    from npcompare.law.corpus import Corpus

NAMES = ["qatar", "kenya", "coe-26", "belgium-264"]


def column(document: Document, place: int = 0) -> list[str]:
    """Return the texts of a column of the first table, without the heads of groups of rows."""
    (table, *_) = document.tables
    return [
        row[place].text for number, row in enumerate(table.rows) if number not in table.group_rows
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Belgium", "Kenya", "Qatar", "Council of Europe"]),
        ("date", ["Belgium", "Kenya", "Qatar", "Council of Europe"]),
        ("class", ["Kenya", "Belgium", "Qatar", "Council of Europe"]),
    ],
)
def test_provisions_are_sorted(order: str, expected: list[str], corpus: Corpus) -> None:
    assert column(annex(corpus, NAMES, sort=order)) == expected


def test_columns_are_chosen_by_name(corpus: Corpus) -> None:
    document = annex(corpus, NAMES, columns=("jurisdiction", "force", "date"))
    (table,) = document.tables
    assert [one.heading for one in table.columns] == ["Jurisdiction", "Force", "Date"]
    assert column(document, 2) == ["1 September 2026", "Not available", "Not available", "2005"]


def test_annex_shows_force_by_default(corpus: Corpus) -> None:
    document = annex(corpus, ["kenya", "asean-14-7"])
    assert [column.heading for column in document.tables[0].columns] == [
        *("Jurisdiction", "Instrument and provision", "Scope", "Threshold", "Stage", "Relief"),
        *("Force", "Text of the law", "Source"),
    ]
    assert column(document, 5) == ["No liability", "No liability"]
    assert column(document, 6) == ["Mandatory", "Consideration"]


@pytest.mark.parametrize(
    ("names", "lines", "title_has"),
    [
        (["kenya", "belgium-264"], ["", ""], ""),
        (["coe-26", "asean-14-7"], ["", ""], ""),
        (["kenya", "tests/bills/utopia.yaml"], ["", "Bill"], "Bill"),
        (
            ["kenya", "coe-26", "wg-2009"],
            ["", "Obligation", "Recommendation"],
            "Recommendation",
        ),
        (["united-kingdom", "kenya"], ["", "Effect unknown"], ""),
        (["ireland-none", "kenya"], ["No specific provision found", ""], ""),
    ],
)
def test_different_effects_are_named(
    names: list[str],
    lines: list[str],
    title_has: str,
    corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A title that says that it is a bill, or a recommendation, is not followed by that word."""
    monkeypatch.chdir(TESTS.parent)
    cells = column(annex(corpus, names), 1)
    assert [cell.partition("\n")[2] for cell in cells] == [
        "" if line == title_has else line for line in lines
    ]
    without = annex(corpus, names, columns=("jurisdiction", "threshold"))
    assert [cell.partition("\n")[2] for cell in column(without)] == lines


def test_effects_are_compared_in_each_table(corpus: Corpus) -> None:
    document = annex(corpus, ["kenya", "coe-26", "asean-14-7"], group_by="threshold")
    assert [
        [row[1].text.partition("\n")[2] for row in table.rows] for table in document.tables
    ] == [[""], ["", "", "", "Obligation"]]


def test_group_by_makes_a_table_for_each_class(corpus: Corpus) -> None:
    document = annex(corpus, [*NAMES, "wg-2009", "oas-2006"], group_by="threshold")
    assert [one.title for one in document.tables] == [
        "Threshold: duress-based",
        "Threshold: causation-based",
        "Threshold: unknown",
    ]
    assert [len(one.rows) - len(one.group_rows) for one in document.tables] == [2, 4, 1]


def test_title_and_number(corpus: Corpus) -> None:
    document = annex(corpus, NAMES, title="Laws", number="Annex II")
    assert (document.title, document.number, document.tables[0].title) == (
        "Laws",
        "Annex II",
        "Provisions compared",
    )


def test_first_edition_repeats_its_title(corpus: Corpus) -> None:
    document = annex(corpus, NAMES, title="Laws", edition=1)
    assert [table.title for table in document.tables] == ["Laws"]


def test_description_is_not_quoted_as_law(corpus: Corpus) -> None:
    (kenya, belgium) = (annex(corpus, [name], columns=("words",)) for name in ("kenya", "belgium"))
    assert column(kenya)[0].startswith("Excerpt: “a victim")
    assert column(belgium)[0].startswith("Described: provides that")
    assert [run.language for run in kenya.tables[0].rows[0][0].runs] == ["", "en"]


def test_matrix_answers_no_only_for_a_full_text(corpus: Corpus) -> None:
    document = annex(corpus, ["kenya", "coe-26", "barbados"], layout="matrix", columns=("stage",))
    (table,) = document.tables
    assert {
        key: [str(place.answer) for place in row[1:]]
        for key, row in zip(table.row_keys, table.rows, strict=True)
        if row[-1].answer
    } == {
        "kenya": ["not-shown", "not-shown", "yes", "not-shown"],
        "coe-26": ["no", "no", "yes", "no"],
    }
    assert table.remarks[-1] == "Nothing is known of the stage of 1 provision: Barbados."


def test_reported_absence_is_in_every_overview(corpus: Corpus) -> None:
    names = ["kenya", "singapore-none"]
    matrix = annex(corpus, names, layout="matrix", columns=("threshold",))
    assert {cell.text for cell in matrix.tables[0].rows[1][1:]} == {"–"}
    typology = annex(corpus, names, layout="typology", columns=("threshold",))
    rows = {row[0].text: row[2].text for row in typology.tables[0].rows}
    assert rows["None reported"].startswith("Singapore")
    groups = annex(corpus, names, group_by="threshold")
    assert [table.title for table in groups.tables] == [
        "Threshold: causation-based",
        "Threshold: none reported",
    ]
    assert column(annex(corpus, names, sort="class")) == ["Kenya", "Singapore"]


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_every_layout_matches_its_schema(layout: str, run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "coe-26", "belgium-264", "--layout", layout, "-f", "json")
    output = json.loads(ran.out)
    Draft7Validator(json_schema.load_schema("export")).validate(output)
    assert output["layout"] == layout
    assert [one["id"] for one in output["classifications"]] == (
        ["kenya", "coe-26", "belgium-264"]
        if layout in ("side-by-side", "redline", "align")
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
        (["kenya"], {"layout": "side-by-side"}, "at least two provisions"),
        (["kenya"], {"layout": "redline"}, "at least two provisions"),
    ],
)
def test_impossible_annex_is_refused(
    names: list[str], wish: dict[str, object], message: str, corpus: Corpus
) -> None:
    with pytest.raises(NpcompareError, match=message):
        annex(corpus, names, **wish)


@pytest.mark.parametrize("column", ["country", "State"])
def test_column_with_another_name_is_suggested(column: str, corpus: Corpus) -> None:
    with pytest.raises(NpcompareError) as caught:
        annex(corpus, NAMES, columns=(column,))
    hint = 'did you mean "jurisdiction"? there are: jurisdiction, instrument, '
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("layout", "option", "layouts"),
    [
        ("gaps", ["--columns", "scope"], "annex, matrix, typology, side-by-side"),
        ("side-by-side", ["--group-by", "scope"], "annex, matrix, typology"),
        ("align", ["--sort", "date"], "annex, matrix, typology, gaps"),
    ],
)
def test_option_unused_by_the_layout_is_refused(
    layout: str, option: list[str], layouts: str, run: Callable[..., Ran]
) -> None:
    ran = run("export", "kenya", "coe-26", "--layout", layout, *option)
    message, hint = (
        f"the layout {layout} does not take {option[0]}",
        f"the layouts that take it are: {layouts}",
    )
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"npcompare: {message}\n  hint: {hint}\n"


@pytest.mark.parametrize("arguments", [["-o", "x.html"], ["-f", "html"], []])
def test_template_requires_a_word_file(arguments: list[str], run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "--template", "house.dotx", *arguments)
    assert (ran.code, "works only for a Word file" in ran.err) == (2, True)


def test_provisions_can_stay_in_the_given_order(run: Callable[..., Ran]) -> None:
    ids = ["kenya", "coe-26", "belgium"]
    ran = run("export", *ids, "--sort", "given", "-f", "csv", "--columns", "jurisdiction")
    assert [line.split(",")[0] for line in ran.out.splitlines()[1:]] == ids


def test_bill_without_source_is_its_own_source(run: Callable[..., Ran], tmp_path: Path) -> None:
    bill = tmp_path / "utopia.yaml"
    text = (TESTS / "bills" / "utopia.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^sources:\n.*\n", "", text)
    bill.write_text(re.sub(r"(?m)^  source: .*\n", "", text), encoding="utf-8")
    ran = run("export", bill, "kenya", "-f", "csv", "--columns", "source")
    assert [row[1] for row in csv.reader(ran.out.splitlines()[1:])] == [
        "Secretariat background paper, para.\N{NO-BREAK SPACE}57",
        "The bill itself",
    ]
    ran = run("align", bill, "kenya", "botswana", "-f", "markdown")
    rows = [line.split(" | ") for line in ran.out.splitlines() if "| **" in line]
    assert {row[0].strip("| *"): row[-1].removesuffix(" |") for row in rows} == {
        "Utopia, clause\N{NO-BREAK SPACE}1.10": "The bill itself",
        "Kenya, section\N{NO-BREAK SPACE}14": "Secretariat background paper, "
        "para.\N{NO-BREAK SPACE}57",
        "Botswana": "",
    }


@pytest.mark.parametrize(("count", "sizes"), [(4, [4]), (5, [3, 3]), (7, [4, 4]), (8, [3, 3, 4])])
def test_side_by_side_has_at_most_four_in_a_table(
    count: int, sizes: list[int], run: Callable[..., Ran]
) -> None:
    ids = ("kenya", "jamaica", "gambia", "coe-26", "qatar", "belgium", "asean-14-7", "wg-2009")
    ran = run("export", *ids[:count], "--layout", "side-by-side", "-f", "json")
    tables = json.loads(ran.out)["tables"]
    panels = [tables[: len(sizes)], tables[len(sizes) :]]
    for panel in panels:
        columns = [[column["key"] for column in table["columns"][1:]] for table in panel]
        assert list(map(len, columns)) == sizes
        assert {named[0] for named in columns} == {"kenya"}
        assert [name for named in columns for name in named[1:]] == list(ids[1:count])
        assert len({tuple(row[0]["text"] for row in table["rows"]) for table in panel}) == 1
    core = ["Scope", "Threshold", "Stage", "Persons", "Force", "Overall"]
    assert [row[0]["text"] for row in panels[0][0]["rows"]] == core
    assert {table["title"].partition(": ")[0] for table in panels[1]} == {"Details"}


@pytest.mark.parametrize(
    ("count", "language", "title"),
    [
        (
            3,
            "en",
            "Kenya, section 14, compared with Jamaica, section 8; and the Gambia, article 49",
        ),
        (5, "en", "Kenya, section 14, compared with 4 provisions"),
        (8, "ar", "كينيا، القسم 14: مقارنة مع 7 أحكام"),
        (8, "es", "Kenya, artículo 14: comparación con 7 disposiciones"),
        (8, "fr", "Kenya, article 14 : comparaison avec 7 dispositions"),
        (8, "ru", "Кения, раздел 14: сравнение с 7 положениями"),  # noqa: RUF001
        (8, "zh", "肯尼亚第14条与7项条款的比较"),
    ],
)
def test_side_by_side_of_many_counts_provisions(
    count: int, language: str, title: str, run: Callable[..., Ran]
) -> None:
    ids = ("kenya", "jamaica", "gambia", "coe-26", "qatar", "belgium", "asean-14-7", "wg-2009")
    options = ("--layout", "side-by-side", "--language", language, "-f", "markdown")
    made = run("export", *ids[:count], *options).out
    assert made.splitlines()[0].replace("\N{NO-BREAK SPACE}", " ") == f"# {title}"


def test_subjects_of_an_alignment_keep_their_capitals(corpus: Corpus) -> None:
    (table, _) = annex(corpus, ["cop-resolution-5-2", "kenya"], layout="align").tables
    subjects = {row[1].text for row in table.rows}
    assert subjects >= {"Further requirements for States", "Persons; beneficiaries"}


def test_relation_names_the_party_under_the_class(run: Callable[..., Ran]) -> None:
    ran = run("export", "kenya", "coe-26", "--layout", "side-by-side", "-f", "json")
    (core, _) = json.loads(ran.out)["tables"]
    cells = {row[0]["text"]: row[2]["text"] for row in core["rows"]}
    assert cells["Scope"].startswith("Any unlawful act\nThe Council of Europe reaches further\n“")
    assert cells["Threshold"].startswith(
        "Duress-based\nKenya may reach further (para.\N{NO-BREAK SPACE}62)\n“"
    )
    assert cells["Stage"].startswith("Sentencing and liability\nSame\n“")
    assert cells["Overall"] == "Each reaches further in some respect"
    assert core["headnote"].splitlines()[0] == (
        "Kenya reaches further in threshold (may) and force, the Council of Europe in scope; "
        "same stage and persons."
    )


def test_marks_in_a_quotation_are_single(corpus_copy: Path, run: Callable[..., Ran]) -> None:
    path = corpus_copy / "kenya.yaml"
    text = path.read_text("utf-8").replace("for any criminal act", "for “any criminal act”")
    path.write_text(text, "utf-8")
    ran = run("export", "kenya", "--corpus", corpus_copy, "--columns", "words,scope", "-f", "json")
    assert "for ‘any criminal act’ that was" in ran.out  # noqa: RUF001 - these are the marks


@pytest.fixture
def misprinted(corpus_copy: Path) -> Path:
    """Return a corpus whose text of Kenya has a misprint."""
    path = corpus_copy / "kenya.yaml"
    source = "  source: {ref: background-paper"
    text = path.read_text("utf-8")
    assert source in text
    path.write_text(text.replace(source, f"  misprints: [trafficked]\n{source}", 1), "utf-8")
    return corpus_copy


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "kenya", "--columns", "words,source,scope"], "being trafficked [sic]”"),
        (["gaps", "kenya"], "being trafficked [sic]”"),
        (["align", "coe", "kenya"], "being trafficked [sic]”"),
        (["export", "coe", "kenya", "--layout", "redline"], "being trafficked [sic]+}**"),
        (["diff", "coe", "kenya", "--text"], "being trafficked [sic]+}**"),
        (["show", "kenya"], "being trafficked [sic]”"),
        (["show", "kenya", "--evidence"], "being trafficked [sic]"),
        (["clause", "kenya", "--threshold", "causation"], "being trafficked [sic]]"),
    ],
)
def test_misprints_of_a_source_have_sic(
    arguments: list[str], words: str, misprinted: Path, run: Callable[..., Ran]
) -> None:
    """Readers see the mark; programs and the quotation check have the words as printed."""
    arguments += ["--corpus", str(misprinted)]
    assert words in run(*arguments, "-f", "markdown").out.replace("\\", "")
    assert "[sic]" not in run(*arguments, "-f", "csv").out
    assert run("validate", "--corpus", misprinted).code == 0


def test_states_come_before_organizations(corpus: Corpus) -> None:
    (table,) = annex(corpus, ["asean-14-7", "kenya", "coe-26", "jamaica"]).tables
    heads = [table.rows[place][0].text for place in table.group_rows]
    assert (table.group_rows, heads) == ((0, 3), ["States and territories", "Organizations"])
    assert [key for key in table.row_keys if not key.startswith("group")] == [
        *("jamaica", "kenya", "asean-14-7", "coe-26"),
    ]
    assert table.headnote == "4 provisions of 4 jurisdictions."
    (given,) = annex(corpus, ["coe-26", "kenya"], sort="given").tables
    assert (given.group_rows, given.row_keys) == ((), ("coe-26", "kenya"))


def test_bodies_of_a_state_are_one_jurisdiction(corpus: Corpus) -> None:
    names = ["kenya", "united-kingdom", "us-states-duress", "us-vacatur-broad"]
    (table,) = annex(corpus, names).tables
    assert table.headnote == "4 provisions of 3 jurisdictions."


def test_annex_names_what_is_not_known_below_it(corpus: Corpus) -> None:
    (table,) = annex(corpus, ["kenya", "jamaica", "osce-2013", "wg-2018"]).tables
    assert "osce-2013" not in table.row_keys
    # Its text is shown.
    assert "wg-2018" in table.row_keys
    remark = table.remarks[0].replace("\N{NO-BREAK SPACE}", " ")
    assert remark.startswith(
        "Nothing is known of the scope, threshold, stage, relief and force of 1 provision: "
        "Organization for Security and Cooperation in Europe, "
    )
    assert "(para. 17, footnote 4; " in remark
    (own,) = annex(corpus, ["kenya", "osce-2013"], own_columns=("Remarks",)).tables
    assert "osce-2013" in own.row_keys


@pytest.mark.parametrize("layout", ["annex", "typology"])
def test_doubtful_is_explained_once(layout: str, corpus: Corpus) -> None:
    names = ["gambia", "ohchr-guideline-4-5", "ohchr-principle-7"]
    table, *_ = annex(corpus, names, layout=layout).tables
    meaning = "“Doubtful” in a note means that another reading is possible."
    assert table.remarks.count(meaning) == 1
    assert sum("Doubtful: " in text for _, text in table.notes) > 1
    assert not any("This reading is doubtful" in text for _, text in table.notes)
