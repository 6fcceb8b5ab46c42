"""CAUTIONS.md: what a reader must know before counting rows of a release or comparing them.

Each number is a count of rows of the tables, and the page has the condition on their columns beside
it, so that anyone can count again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from npcompare.coding.double_coding import load_double_coding
from npcompare.dataset.agreement_file import agreement_counts
from npcompare.dataset.markdown_page import fill_page, number, table, text
from npcompare.law.checking import DEFAULT_OPTIONS
from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    dimensions = _rows(release, "dimensions")
    double_coding = load_double_coding(release.corpus, DEFAULT_OPTIONS)
    numbers = _numbers(release)
    rows: list[tuple[str | int, ...]] = [
        (text(row["name"]), *numbers[str(row["id"])]) for row in dimensions
    ]
    cells, *totals = (sum(column) for column in zip(*numbers.values(), strict=True))
    headings = ("Dimension", "Cells", *(count.heading for count in _COUNTS))
    counts = zip(_COUNTS, totals, strict=True)
    return fill_page(
        "cautions.md.j2",
        cells=cells,
        dimensions=len(dimensions),
        cells_by_dimension=table(headings, [*rows, ("**In all**", cells, *totals)]),
        counts=[{**count._asdict(), "number": number(total)} for count, total in counts],
        **_provisions(release),
        **_texts(release),
        agreement=agreement_counts(double_coding) if double_coding else None,
        codebook=text(release.corpus.codebook.version),
    )


def _rows(release: Release, name: str) -> list[Cells]:
    return list(release.tables[name].records())


def _numbers(release: Release) -> dict[str, list[int]]:
    """Return for each dimension how many cells it has, and how many each column counts."""
    numbers = {str(row["id"]): [0] * (1 + len(_COUNTS)) for row in _rows(release, "dimensions")}
    for cell in release.tables["values"].records():
        row = numbers[str(cell["dimension_id"])]
        row[0] += 1
        for place, count in enumerate(_COUNTS, 1):
            row[place] += count.is_counted(cell)
    return numbers


def _provisions(release: Release) -> dict[str, int | str]:
    """Return what the page says of provisions."""
    provisions = _rows(release, "provisions")
    labels = _words(release, "effect", "name")
    by_effect = [
        (f"`{effect}`", text(labels.get(effect, "not known")), count)
        for effect, count in _tally(row["effect"] for row in provisions)
    ]
    collections = _tally(row["collection"] for row in provisions)
    by_collection = [(f"`{name}`", count) for name, count in collections]
    return {
        "provisions": len(provisions),
        "provisions_by_effect": table(("Effect", "Meaning", "Provisions"), by_effect),
        "provisions_by_collection": table(("Collection", "Provisions"), by_collection),
        "superseded": sum(bool(row["fuller"]) for row in provisions),
        "versions": sum(bool(row["version_of"]) for row in provisions),
        "successors": sum(bool(row["succeeds"]) for row in provisions),
        "ended": sum(bool(row["in_force_to"]) for row in provisions),
        "undated": sum(not (row["in_force_from"] or row["enacted"]) for row in provisions),
        "absences": sum(row["form"] == "none_specific" for row in provisions),
    }


def _texts(release: Release) -> dict[str, int | str]:
    """Return what the page says of texts."""
    texts = _rows(release, "texts")
    meanings = _words(release, "text_status", "description")
    by_status = [
        (f"`{status}`", text(meanings.get(status, "A language version of that kind.")), count)
        for status, count in _tally(row["status"] for row in texts)
    ]
    return {
        "texts": len(texts),
        "texts_by_status": table(("Status", "Meaning", "Texts"), by_status),
        "translations": sum(row["status"] == "translation" for row in texts),
        "paraphrases": sum(row["status"] == "paraphrase" for row in texts),
        "incomplete": sum(not row["complete"] for row in texts),
    }


def _words(release: Release, vocabulary: str, column: str) -> dict[str, str]:
    """Return what the codebook says of each word of a vocabulary."""
    rows = (row for row in _rows(release, "words") if row["vocabulary"] == vocabulary)
    return {str(row["word"]): str(row[column]) for row in rows}


def _tally(words: Iterable[object]) -> list[tuple[str, int]]:
    """Return how often each word occurs, the most frequent first."""
    counts = Counter(map(str, words))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
