"""The tables of `show`, and its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conftest import provision
from msgspec import UNSET
from msgspec.structs import replace

from npcompare.model.provision import Citation, Interpretation
from npcompare.reports.provision_report import details

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus

SHORT: dict[str, Any] = {
    "kind": "resolution",
    "form": "recommendation",
    "notes": [
        {"kind": "caveat", "note": "The resolution is not binding."},
        {"kind": "history", "note": "It followed an earlier one.", "date": "2009"},
        "The words were read closely.",
    ],
    "limbs": [
        {
            "force": {
                "value": "consideration",
                "doubtful": {"value": "discretionary", "note": "The duty may go further."},
            },
            "duty": "encouraged",
        }
    ],
}
DECISION = Interpretation(
    "A v. B", "2018-03-28", "The words were read narrowly.", Citation("background-paper", "57")
)


def card(corpus: Corpus) -> dict[str, str]:
    """Return the details of a provision by name."""
    example = replace(provision(SHORT), interpreted_by=(DECISION,))
    return {row[0].text: row[1].text for row in details(corpus, [example]).tables[0].rows}


def test_card_shows_effect_and_decisions(corpus: Corpus) -> None:
    shown = card(corpus)
    assert shown["Effect"].startswith("Recommendation. The provision invites States")
    assert shown["Interpreted by"] == (
        "A v. B, 28 March 2018: The words were read narrowly (para.\N{NO-BREAK SPACE}57)."
    )


def test_card_shows_notes_by_kind(corpus: Corpus) -> None:
    shown = card(corpus)
    assert shown["Caveats"] == "The resolution is not binding."
    assert shown["Earlier or later law"] == "2009: It followed an earlier one."
    assert shown["Notes"] == "The words were read closely."


def test_coding_shows_duty_and_doubt(corpus: Corpus) -> None:
    table = details(corpus, [provision(SHORT)]).tables[1]
    assert [(row[1].text, row[2].text) for row in table.rows] == [
        ("force", "consideration"),
        ("duty", "encouraged"),
    ]
    assert table.notes == (("a", "Doubtful: The duty may go further."),)


def test_record_has_kinds_and_doubts(corpus: Corpus) -> None:
    example = replace(provision(SHORT), interpreted_by=(DECISION,))
    (record,) = details(corpus, [example]).data["provisions"]
    assert record.effect == "recommendation"
    assert [note.kind for note in record.notes] == ["caveat", "history", "reading"]
    assert record.interpreted_by[0].case == "A v. B"
    (doubtful, duty) = (values[0] for values in record.limbs[0].coded.values())
    assert doubtful.doubtful.values == {"force": ["discretionary"]}
    assert (duty.value, duty.note) == ("encouraged", UNSET)
