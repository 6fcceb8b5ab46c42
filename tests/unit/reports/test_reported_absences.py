"""What sources report not to exist: “none reported”, with the source in a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from builders import annex
from conftest import provision

from npcompare.analysis.classification import classify
from npcompare.analysis.comparison import compare
from npcompare.charts import CellAnswer
from npcompare.law.translation import LANGUAGES, catalogue_of
from npcompare.messages import in_quotation_marks, message, using
from npcompare.model.codebook import class_words
from npcompare.reports import annex_tables, class_matrix, side_by_side_table
from npcompare.reports.annex_recipe import Wish
from npcompare.reports.cells import Cells
from npcompare.reports.folding import NONE_REPORTED_MEANS
from npcompare.text import capitalized

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

REPORT = "Based on the Secretariat background paper, para.\N{NO-BREAK SPACE}1"
SOURCE = f"{REPORT}; the text of the law was not available."
ABSENCE = {
    "form": "none_specific",
    "notes": [{"kind": "caveat", "note": "The Act of 2010 was searched."}],
}


def classified(corpus: Corpus, short: dict[str, Any], name: str = "utopia") -> Classification:
    """Return the classification of a provision in short form."""
    return classify(corpus.codebook, provision(short, name))


def test_absent_value_has_its_source(corpus: Corpus) -> None:
    result = classified(corpus, {"burden": "none_reported"})
    cells = Cells(corpus)
    cell = cells.classes(result.provision, result.dimensions["burden"])
    assert (cell.text, cell.values) == ("None reported", ("None reported",))
    assert dict(cells.notes.listed()) == {"a": SOURCE}


def test_annex_says_once_what_none_reported_means(corpus: Corpus) -> None:
    meaning = "“None reported” means that a source reports that there is nothing of the kind."
    for names, remarks in ((["ireland-none", "kenya"], [meaning]), (["kenya", "jamaica"], [])):
        (table,) = annex(corpus, names).tables
        assert [text for text in table.remarks if "None reported" in text] == remarks
        # It follows the sources, as the meaning of "doubtful" does.
        assert table.remarks[-1] in (remarks or table.remarks[:1])


def test_translated_meaning_has_the_label_of_the_cells() -> None:
    for language in LANGUAGES:
        with using(catalogue_of(language)):
            quoted = in_quotation_marks(capitalized(message("none reported")))
            assert quoted in message(NONE_REPORTED_MEANS)


@pytest.mark.parametrize(
    ("kind", "form", "text"),
    [
        ("statute", "statutory_defence", "text of the law"),
        ("code", "", "text of the law"),
        ("", "sentencing_rule", "text of the law"),
        ("bill", "statutory_defence", "text"),
        ("treaty", "state_obligation", "text"),
        ("resolution", "recommendation", "text"),
        ("model_law", "model_provision", "text"),
        ("", "", "text"),
    ],
)
def test_only_operative_texts_are_called_law(
    kind: str, form: str, text: str, corpus: Corpus
) -> None:
    limbs = [{"relief": "no_penalty"}]
    result = classified(corpus, {"kind": kind, "form": form, "limbs": limbs})
    cells = Cells(corpus)
    cells.classes(result.provision, result.dimensions["relief"])
    assert dict(cells.notes.listed()) == {"a": f"{REPORT}; the {text} was not available."}


def test_absent_value_of_one_limb_is_named(corpus: Corpus) -> None:
    limbs = [{"id": "first", "tests": "none_reported"}, {"id": "second", "tests": "but_for"}]
    tests = classified(corpus, {"limbs": limbs}).dimensions["tests"]
    assert class_words(corpus.codebook, tests).split("\n")[0] == "first: none reported"


def test_absence_has_source_and_caveat(corpus: Corpus) -> None:
    results = [classified(corpus, ABSENCE)]
    wish = Wish(columns=("jurisdiction", "scope"))
    (table,) = annex_tables.provisions_in_rows(corpus, results, wish).tables
    jurisdiction, scope = table.rows[0]
    assert (jurisdiction.text, scope.text) == ("Utopia", "None reported")
    notes = dict(table.notes)
    assert [notes[mark] for mark in jurisdiction.runs[-1].marks] == [
        "The Act of 2010 was searched."
    ]
    assert [notes[mark] for mark in scope.runs[-1].marks] == [f"{REPORT}."]


def test_matrix_says_no_with_the_source(corpus: Corpus) -> None:
    results = [classified(corpus, ABSENCE)]
    wish = Wish(layout="matrix", columns=("scope",))
    (table,) = class_matrix.answer_matrix(corpus, results, wish).tables
    answers = table.rows[0][1:]
    assert {cell.answer for cell in answers} == {CellAnswer.NO}
    notes = dict(table.notes)
    marks = [mark for run in table.rows[0][0].runs for mark in run.marks]
    assert [notes[mark] for mark in marks] == [
        f"{REPORT}.",
        "The Act of 2010 was searched.",
    ]


def test_absence_beside_a_law_is_none_reported(corpus: Corpus) -> None:
    law = {"limbs": [{"persons": "any_victim", "offences": {"extent": "any"}}]}
    results = [classified(corpus, law), classified(corpus, ABSENCE, "arcadia")]
    wish = Wish(layout="side-by-side")
    compared = [compare(corpus.codebook, *results)]
    (table,) = side_by_side_table.side_by_side(corpus, results, compared, wish).tables
    scope = next(row for row in table.rows if row[0].text == "Scope")
    assert scope[2].text.startswith("None reported\nRelation unknown\n")
    assert "Arcadia: The Act of 2010 was searched." in table.remarks
