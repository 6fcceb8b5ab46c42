"""CAUTIONS.md: what a reader must know before counting rows of a release or comparing them.

Each number is a count of rows of the tables, and the page has the condition on their columns beside
it, so that anyone can count again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from npcompare.dataset.agreement_file import agreement_counts
from npcompare.dataset.markdown_page import fill_page, number, table, text
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from npcompare.dataset.coded_rows import Cells
    from npcompare.dataset.tables import Release

#: Confidences of statements that are less than high.
_LESS_THAN_HIGH = ("medium", "low")


class _Count(NamedTuple):
    """A column of the table of cells: which cells it counts, and what a reader must know."""

    heading: str
    condition: str
    is_counted: Callable[[Cells], bool]
    caution: str


def _by_basis(basis: Basis, caution: str) -> _Count:
    condition = f"`basis` is `{basis}`"
    return _Count(basis.title(), condition, lambda cell: cell["basis"] == str(basis), caution)


_COUNTS = (
    _by_basis(Basis.TEXT, "They are based on quoted words of the law."),
    _by_basis(
        Basis.REPORTED, "They are based on what a source says about the law, not on its words."
    ),
    _by_basis(
        Basis.SILENT,
        "The full text is available and says nothing; other law of the State may apply.",
    ),
    _by_basis(Basis.UNKNOWN, "Unknown does not mean no. Do not count these cells as an absence."),
    _by_basis(Basis.PROPOSED, "Such cells have a coding that nobody has confirmed."),
    _Count(
        "Doubtful",
        "`doubt` is not empty",
        lambda cell: bool(cell["doubt"]),
        "The words can be read otherwise; `doubt` says how.",
    ),
    _Count(
        "Medium or low",
        "`confidence` is `medium` or `low`",
        lambda cell: cell["confidence"] in _LESS_THAN_HIGH,
        "What a source says is not fully reliable for at least one reason.",
    ),
    _Count(
        "Incomplete",
        "`is_complete` is `false`",
        lambda cell: not cell["is_complete"],
        "There may be further classes, so that counts of classes are minimums.",
    ),
)


def cautions(release: Release) -> bytes:
    """Return CAUTIONS.md."""
    names = {row["id"]: text(row["name"]) for row in release.tables["dimensions"].records()}
    counts = _counts(release)
    totals = [sum(column) for column in zip(*counts.values(), strict=True)] or [0] * (
        1 + len(_COUNTS)
    )
    rows: list[tuple[str | int, ...]] = [
        (name, *counts.get(dimension, [0] * len(totals))) for dimension, name in names.items()
    ]
    headings = ("Dimension", "Cells", *(count.heading for count in _COUNTS))
    double_coding = release.double_coding
    return fill_page(
        "cautions.md.j2",
        cells=totals[0],
        dimensions=len(names),
        cells_by_dimension=table(headings, [*rows, ("**In all**", *totals)]),
        counts=[
            {**count._asdict(), "number": number(total)}
            for count, total in zip(_COUNTS, totals[1:], strict=True)
        ],
        **_provisions(release),
        **_texts(release),
        agreement=agreement_counts(double_coding) if double_coding else None,
        codebook=text(release.corpus.codebook.version),
    )


def _counts(release: Release) -> dict[object, list[int]]:
    """Return by dimension how many cells there are, and how many each column counts.

    A large corpus has millions of cells, so that they are counted one by one.
    """
    counts: dict[object, list[int]] = {}
    for cell in release.tables["values"].records():
        numbers = counts.setdefault(cell["dimension_id"], [0] * (1 + len(_COUNTS)))
        numbers[0] += 1
        for place, count in enumerate(_COUNTS, 1):
            numbers[place] += count.is_counted(cell)
    return counts


def _rows(release: Release, name: str) -> Iterator[Cells]:
    return release.tables[name].records()


#: What is counted of provisions, by the name that the page has for it.
_OF_PROVISIONS: dict[str, Callable[[Cells], object]] = {
    "superseded": lambda row: row["fuller"],
    "versions": lambda row: row["version_of"],
    "successors": lambda row: row["succeeds"],
    "ended": lambda row: row["in_force_to"],
    "undated": lambda row: not (row["in_force_from"] or row["enacted"]),
    "absences": lambda row: row["form"] == "none_specific",
}

_OF_TEXTS: dict[str, Callable[[Cells], object]] = {
    "translations": lambda row: row["status"] == "translation",
    "paraphrases": lambda row: row["status"] == "paraphrase",
    "incomplete": lambda row: not row["complete"],
}


def _provisions(release: Release) -> dict[str, int | str]:
    """Return what the page says of provisions."""
    labels = _words(release, "effect", "name")
    by_effect = [
        (f"`{effect}`", text(labels.get(effect, "not known")), count)
        for effect, count in _tally(row["effect"] for row in _rows(release, "provisions"))
    ]
    collections = _tally(row["collection"] for row in _rows(release, "provisions"))
    by_collection = [(f"`{name}`", count) for name, count in collections]
    return {
        "provisions": len(release.tables["provisions"].rows),
        "provisions_by_effect": table(("Effect", "Meaning", "Provisions"), by_effect),
        "provisions_by_collection": table(("Collection", "Provisions"), by_collection),
        **_counted(release, "provisions", _OF_PROVISIONS),
    }


def _texts(release: Release) -> dict[str, int | str]:
    """Return what the page says of texts."""
    meanings = _words(release, "text_status", "description")
    by_status = [
        (f"`{status}`", text(meanings.get(status, "A language version of that kind.")), count)
        for status, count in _tally(row["status"] for row in _rows(release, "texts"))
    ]
    return {
        "texts": len(release.tables["texts"].rows),
        "texts_by_status": table(("Status", "Meaning", "Texts"), by_status),
        **_counted(release, "texts", _OF_TEXTS),
    }


def _counted(
    release: Release, name: str, conditions: Mapping[str, Callable[[Cells], object]]
) -> dict[str, int]:
    """Return how many rows of a table meet each condition."""
    counts = dict.fromkeys(conditions, 0)
    for row in _rows(release, name):
        for key, is_met in conditions.items():
            counts[key] += bool(is_met(row))
    return counts


def _words(release: Release, vocabulary: str, column: str) -> dict[str, str]:
    """Return what the codebook says of each word of a vocabulary."""
    rows = (row for row in _rows(release, "words") if row["vocabulary"] == vocabulary)
    return {str(row["word"]): str(row[column]) for row in rows}


def _tally(words: Iterable[object]) -> list[tuple[str, int]]:
    """Return how often each word occurs, the most frequent first."""
    counts = Counter(map(str, words))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
