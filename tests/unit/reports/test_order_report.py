"""The tables of `order`: titles, remarks and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conftest import provision

from npcompare.analysis.breadth_order import Orders, order, orders_by_effect
from npcompare.analysis.classification import classify
from npcompare.charts import Diagram
from npcompare.messages import Catalogue, using
from npcompare.reports.order_report import order as report

if TYPE_CHECKING:
    from npcompare.document import Table
    from npcompare.law.corpus import Corpus

ANY: dict[str, Any] = {"persons": "any_victim", "offences": {"extent": "any"}}


def law(link: object, **details: Any) -> dict[str, Any]:
    """Return a law for any offence with a link, in short form."""
    return {"limbs": [{**ANY, "link": link}], **details}


def tables(corpus: Corpus, by: str, provisions: dict[str, dict[str, Any]]) -> tuple[Table, ...]:
    """Return the tables of the order of provisions in short form."""
    book = corpus.codebook
    classifications = [classify(book, provision(short, name)) for name, short in provisions.items()]
    result = orders_by_effect(book, book.chosen(by), classifications)
    return report(corpus, result).tables


def test_titles_name_the_effect(corpus: Corpus) -> None:
    treaty = {"kind": "treaty", "form": "state_obligation"}
    found = tables(
        corpus,
        "threshold",
        {
            "act": law("none"),
            "bill": law("compulsion", kind="bill"),
            "treaty": law("none", **treaty),
            "open": law("none", kind="", form=""),
            "directive": {**treaty, "limbs": [{"offences": {"extent": "any"}}]},
        },
    )
    assert [table.title for table in found] == [
        "Operative provisions and bills, from the broadest protection to the narrowest",
        "Obligations of which not enough is known to compare them with any other",
        "Not compared with others",
    ]
    # A table without levels needs no guide to them.
    assert found[1].remarks == ("Dimension compared: threshold.",)
    assert [cell.text for cell in found[2].rows[0]] == [
        "Unknown",
        "open",
        "The effect of these is not known.",
    ]


def test_unknown_effect_is_in_the_language_of_the_table(corpus: Corpus) -> None:
    with using(Catalogue(language="fr", messages={"unknown": "inconnu"})):
        *_, not_compared = tables(
            corpus,
            "threshold",
            {
                "act": law("none"),
                "other": law("compulsion"),
                "open": law("none", kind="", form=""),
            },
        )
    assert not_compared.rows[0][0].text == "Inconnu"


def test_across_has_one_title(corpus: Corpus) -> None:
    book = corpus.codebook
    dimensions = book.chosen("threshold")
    pair = [classify(book, provision(law(link), link)) for link in ("none", "compulsion")]
    (table,) = report(corpus, Orders(dimensions, (order(book, dimensions, pair),))).tables
    assert table.title == "Provisions, from the broadest protection to the narrowest"


def test_hedged_step_is_a_remark(corpus: Corpus) -> None:
    hedge = "“Causation-based” may be broader than “duress-based” (para.\N{NO-BREAK SPACE}62)."
    (hedged,) = tables(
        corpus, "threshold", {"wide": law("direct_result"), "narrow": law("compulsion")}
    )
    (certain,) = tables(corpus, "threshold", {"wide": law("none"), "narrow": law("compulsion")})
    assert hedge in hedged.remarks
    assert hedge not in certain.remarks


def test_doubtful_provisions_are_named(corpus: Corpus) -> None:
    doubtful = {
        "value": "direct_result",
        "doubtful": {"value": "compulsion", "note": "It may require compulsion."},
    }
    pair = {"wide": law("none"), "narrow": law(doubtful)}
    remark = (
        "Some readings are doubtful; on the other reading the place could differ: narrow "
        "(threshold)."
    )
    (table,) = tables(corpus, "threshold", pair)
    assert remark in table.remarks
    (table,) = tables(
        corpus,
        "persons,scope",
        {
            **pair,
            "list": {
                "limbs": [
                    {
                        "offences": {"extent": "listed", "categories": ["drugs"]},
                        "persons": "any_victim",
                    }
                ]
            },
        },
    )
    assert not any("doubtful" in text for text in table.remarks)


def test_doubt_without_effect_on_the_class_is_not_named(corpus: Corpus) -> None:
    """Both links are causal, so that the place by threshold is the same on either reading."""
    doubtful = {"value": "direct_result", "doubtful": {"value": "relation", "note": "Or looser."}}
    (table,) = tables(corpus, "threshold", {"wide": law("none"), "narrow": law(doubtful)})
    assert not any("doubtful" in text for text in table.remarks)


def test_same_provisions_may_differ_in_other_dimensions(corpus: Corpus) -> None:
    remark = (
        "Provisions that are the same in the dimensions compared may still differ in others, such "
        "as {}."
    )
    three = {"wide": law("none"), "narrow": law("relation"), "equal": law("direct_result")}
    (table,) = tables(corpus, "threshold", three)
    assert remark.format("relief, further tests, conditions and burden") in table.remarks
    (table,) = tables(corpus, "threshold,persons,relief", three)
    assert remark.format("further tests, conditions and burden") not in table.remarks
    del three["equal"]
    (table,) = tables(corpus, "threshold", three)
    assert not any("may still differ" in text for text in table.remarks)


def test_caveats_are_notes_at_the_name(corpus: Corpus) -> None:
    notes = [{"kind": "caveat", "note": "Only the title was seen."}]
    (table,) = tables(
        corpus, "threshold", {"wide": law("none", notes=notes), "narrow": law("compulsion")}
    )
    assert table.notes == (("a", "Only the title was seen."),)
    *_, name, details = table.rows[0][1].runs
    assert name.marks == ("a",)
    assert details.text == "\nStatus"


def test_small_order_says_in_what_provisions_differ(corpus: Corpus) -> None:
    (table,) = tables(
        corpus, "scope,threshold", {"wide": law("direct_result"), "narrow": law("compulsion")}
    )
    assert [[cell.text for cell in row[:3]] for row in table.rows] == [
        ["1", "wide: Wide\nAny offence · causation", "narrow: threshold (may be)"],
        ["2", "narrow: Narrow\nAny offence · duress", ""],
    ]
    assert isinstance(table.figure, Diagram)
    assert [box.details for box in table.figure.boxes] == [
        "Any offence · causation",
        "Any offence · duress",
    ]
    assert table.figure.line_words == ("threshold (may be)",)


def test_more_persons_alone_are_named_alone(corpus: Corpus) -> None:
    """Who is not protected at all is protected less in every dimension, which needs no saying."""
    children = {"limbs": [{**ANY, "link": "compulsion", "persons": "child"}]}
    (table,) = tables(
        corpus, "scope,threshold,persons", {"all": law("compulsion"), "children": children}
    )
    assert isinstance(table.figure, Diagram)
    assert table.figure.line_words == ("persons",)
    (table,) = tables(corpus, "scope,threshold,persons", {"all": law("none"), "children": children})
    assert isinstance(table.figure, Diagram)
    assert table.figure.line_words == ("threshold, persons",)


def test_unknown_and_several_classes_are_in_short(corpus: Corpus) -> None:
    listed = {"offences": {"extent": "listed", "categories": ["drugs", "immigration"]}}
    (table,) = tables(
        corpus,
        "scope,force",
        {
            "a": {"limbs": [{"offences": {"extent": "any"}}]},
            "b": {"limbs": [{**listed, "force": "discretionary"}]},
            "c": {"limbs": [{"offences": {"extent": "any"}, "force": "mandatory"}]},
        },
    )[:1]
    assert isinstance(table.figure, Diagram)
    assert [box.details for box in table.figure.boxes] == [
        "Any offence · mandatory",
        "Listed offences: immigration, drugs · discretionary",
    ]
