"""How reliable the coding is: agreement.csv, where some provisions were coded twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.coding.adjudication import unsettled
from npcompare.coding.agreement import Outcome
from npcompare.coding.double_coding import CODINGS
from npcompare.dataset.markdown_page import number
from npcompare.formats.registry import FORMATS, render
from npcompare.messages import ENGLISH, using
from npcompare.reports.agreement_report import agreement

if TYPE_CHECKING:
    from npcompare.coding.double_coding import DoubleCoding
    from npcompare.dataset.tables import Release


def agreement_csv(release: Release) -> bytes | None:
    """Return each provision that was coded twice in each dimension; None if there are none."""
    double_coding = release.double_coding
    if double_coding is None:
        return None
    with using(ENGLISH):
        document = agreement(
            double_coding.corpora, CODINGS, double_coding.agreement, double_coding.decisions
        )
        content = render(document, FORMATS["csv"])
    return content if isinstance(content, bytes) else content.encode()


def agreement_counts(double_coding: DoubleCoding) -> dict[str, str]:
    """Return how often two coders agree, by what is counted."""
    result = double_coding.agreement
    outcomes = Counter(unit.outcome for unit in result.units)
    agreed = outcomes[Outcome.SAME] + outcomes[Outcome.DETAIL]
    open_units = unsettled(result.disagreements, double_coding.decisions)
    counts = {
        "provisions": len(result.shared),
        "units": len(result.units),
        "answered": agreed + outcomes[Outcome.CLASSES],
        "agreed": agreed,
        "disagreements": len(result.disagreements),
        "settled": len(result.disagreements) - len(open_units),
    }
    return {name: number(count) for name, count in counts.items()}
