"""The map of `figure map`: a tile for each State, with the threshold of its provisions."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from npcompare.analysis.class_map import Gap, Kind, class_map
from npcompare.analysis.state_coverage import StateCoverage
from npcompare.charts import KeyedName, Look, MapKey, Strip, Tile, TileMap
from npcompare.document import Cell, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.language_names import nations_in
from npcompare.law.tile_grid import tile_grid
from npcompare.law.unchecked_data import mapping
from npcompare.messages import current, deferred, enumerated, listed, message, plural, sentences
from npcompare.model.provision import NONE_REPORTED
from npcompare.reports.cells import Cells, finished
from npcompare.reports.effect_words import effect_line
from npcompare.reports.order_report import TOO_LARGE, hedges
from npcompare.reports.proposed_coding import marks_of
from npcompare.reports.state_report import COVERAGE_LABELS
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.analysis.class_map import ClassMap, Entry
    from npcompare.document import Document
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

_DIMENSION = "threshold"

_GROUPS = {
    Kind.MEMBER: deferred("Member State"),
    Kind.PART: deferred("Part of a State"),
    Kind.OBSERVER: deferred("Observer State"),
    Kind.AREA: deferred("Other area"),
    Kind.ORGANIZATION: deferred("Organization or body"),
    Kind.OTHER: deferred("Without a known code"),
}
#: One and several of each kind.
_NOUNS = {
    Kind.MEMBER: ("{count} Member State", deferred("{count} Member States")),
    Kind.PART: ("{count} part of a State", deferred("{count} parts of States")),
    Kind.OBSERVER: ("{count} observer State", deferred("{count} observer States")),
    Kind.AREA: ("{count} other area", deferred("{count} other areas")),
    Kind.ORGANIZATION: (
        "{count} organization or body",
        deferred("{count} organizations and bodies"),
    ),
    Kind.OTHER: (
        "{count} jurisdiction without a known code",
        deferred("{count} jurisdictions without a known code"),
    ),
}
_HEADINGS = {
    Kind.PART: deferred("Parts of States"),
    Kind.OBSERVER: deferred("Observer States"),
    Kind.AREA: deferred("Other areas"),
    Kind.ORGANIZATION: deferred("International and regional organizations and bodies"),
    Kind.OTHER: deferred("Without a known code"),
}

#: What is said of entries without a class: the look and the letter in the figure, and the label.
_ABSENT = "absent"
_KEYS = {
    "silent": (Look.SILENT, "–", deferred("the full text is silent")),
    NONE_REPORTED: (Look.NONE, "0", deferred("none reported")),
    "unknown": (Look.UNKNOWN, "?", deferred("not known")),
    _ABSENT: (Look.ABSENT, "×", deferred("no specific provision found")),  # noqa: RUF001
    Gap.PARTS: (Look.BELOW, "↓", deferred("only parts of the State, listed below")),
    Gap.NOT_SHOWN: (Look.NOT_SHOWN, "", deferred("provisions not shown here")),
    Gap.NOT_EXAMINED: (Look.NOT_EXAMINED, "", deferred("not looked at")),
}

_RULE = deferred(
    "Where the provisions of a State differ, its tile is divided and shows the classes of all of "
    "them; no one provision stands for the others. The provisions of a part of a State are listed "
    "below the map and do not change the tile of the State."
)
_NOT_EXAMINED = deferred(
    "“Not looked at” means that the corpus has no provision of the State. It does not mean that "
    "the State has none."
)
_ABSENCE = deferred(
    "“Reported to have no specific provision” means that, according to a source, an Act that was "
    "examined has none. Another Act may have one."
)
_LEFT_OUT = deferred("Not on the map, because they are bills or contain no rule: {provisions}.")
_REPLACED = deferred(
    "Not on the map, because a later provision that is shown replaced them: {provisions}."
)


def tile_map(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return the map of the thresholds of provisions, and its table."""
    dimension = corpus.codebook.dimension(_DIMENSION)
    nations = nations_in(current().language)
    codes = {str(mapping(file.header.jurisdiction).get("code") or "") for file in corpus.files}
    entries = class_map(nations, results, codes)
    title = message("{dimension} of provisions by State", dimension=dimension.label)

    def tables() -> Iterator[Table]:
        yield _table(corpus, dimension, entries, title)

    values = [
        [
            *(entry.code, entry.name, str(entry.kind), " ".join(_words(entry, dimension))),
            " ".join(result.provision.id for result in entry.results),
        ]
        for entry in entries.entries
    ]
    flat = flat_table(title, f"code name kind {dimension.id} provisions", values)
    return finished(corpus, title, tables, flat)


def _table(corpus: Corpus, dimension: Dimension, entries: ClassMap, title: str) -> Table:
    cells = Cells(corpus)
    shown = [entry for entry in entries.entries if entry.results or entry.gap is Gap.PARTS]
    body = tuple(
        (
            cell(entry.name, Tone.STRONG),
            cell(entry.code),
            cell(message(_GROUPS[entry.kind])),
            cell(capitalized(_in_words(entry, dimension)), marks=_marks(entry)),
            cell(capitalized(_coverage(entry))),
            _provisions(cells, entry.results),
        )
        for entry in shown
    )
    figure = _figure(dimension, entries)
    headings = columns(
        name="State, area or organization",
        code="Code",
        kind="Kind",
        classes=dimension.label,
        coverage="Law",
        provisions="Provisions",
    )
    return Table(
        title,
        headings,
        body,
        remarks=tuple(_remarks(dimension, entries, figure)),
        notes=cells.notes.listed(),
        figure=figure,
        row_keys=tuple(f"{entry.kind} {entry.code or entry.name}" for entry in shown),
        headnote=_opening(dimension, entries),
    )


def _opening(dimension: Dimension, entries: ClassMap) -> str:
    """Return how many provisions there are and of what, and the order of the shades."""
    results = [result for entry in entries.entries for result in entry.results]
    absences = sum(result.provision.is_absence for result in results)
    kinds = Counter(entry.kind for entry in entries.entries if entry.results)
    of_kinds = [plural(*nouns, kinds[kind]) for kind, nouns in _NOUNS.items() if kinds[kind]]
    count = plural("{count} provision", "{count} provisions", len(results) - absences)
    if absences:
        count = plural(
            "{provisions} and {count} report that there is none",
            "{provisions} and {count} reports that there is none",
            absences,
            provisions=count,
        )
    opening = message("{numbers}.", numbers=count)
    if of_kinds:
        opening = message("{numbers}, of {kinds}.", numbers=count, kinds=listed(of_kinds))
    if not _is_ladder(dimension):
        return opening
    shades = message(
        "A darker shade stands for a broader {dimension}.", dimension=dimension.label.lower()
    )
    return sentences(opening, shades)


def _is_ladder(dimension: Dimension) -> bool:
    """Return whether each class is broader than the one before it."""
    steps = {(step.narrower, step.wider) for step in dimension.order}
    return set(pairwise(dimension.classes)) <= steps


def _words(entry: Entry, dimension: Dimension) -> tuple[str, ...]:
    """Return the classes of an entry, or why there are none."""
    if entry.gap:
        return (str(entry.gap),)
    return (_ABSENT,) if entry.is_absence else entry.answers(dimension)


def _in_words(entry: Entry, dimension: Dimension) -> str:
    words = _words(entry, dimension)
    labels = [
        message(_KEYS[word][2]) if word in _KEYS else dimension.label_of(word) for word in words
    ]
    return enumerated(labels, is_strong=True)


def _marks(entry: Entry) -> tuple[str, ...]:
    """Return the mark, if a coding is only proposed."""
    return tuple(mark for result in entry.results for mark in marks_of(result.provision))


def _coverage(entry: Entry) -> str:
    """Return how far the law of a State, an area or a part is known."""
    if not entry.results or entry.kind in (Kind.ORGANIZATION, Kind.OTHER):
        return ""
    area = nations_in(current().language).area_of(entry.code)
    assert area is not None  # noqa: S101 - the kind says that the code is known
    provisions = tuple(result.provision for result in entry.results)
    return message(COVERAGE_LABELS[StateCoverage(area, provisions).coverage])


def _provisions(cells: Cells, results: Iterable[Classification]) -> Cell:
    """Return the places of provisions in their instruments, with the effects that are not usual."""
    runs: list[Run] = []
    for result in results:
        provision = result.provision
        is_plain = provision.is_absence or provision.is_proposed
        effect = "" if is_plain else effect_line(cells.book, result.effect)
        words = provision.label if provision.is_proposed else provision.citation
        if effect:
            small = f"{effect[0].lower()}{effect[1:]}"
            words = message("{name} ({detail})", name=words, detail=small)
        runs += [Run("\n")] * bool(runs)
        runs.append(Run(words, marks=cells.caveats(provision)))
    return Cell(tuple(runs))


def _remarks(dimension: Dimension, entries: ClassMap, figure: TileMap) -> Iterator[str]:
    yield message(_RULE)
    if _is_ladder(dimension):
        words = {word for entry in entries.entries for word in _words(entry, dimension)}
        yield from hedges(dimension, words)
    if any(entry.is_absence for entry in entries.entries):
        yield message(_ABSENCE)
    for gap in (Gap.NOT_SHOWN, Gap.NOT_EXAMINED):
        yield from _without_provisions(entries, gap)
    if entries.replaced:
        yield message(_REPLACED, provisions=_named(entries.replaced))
    if entries.left_out:
        yield message(_LEFT_OUT, provisions=_named(entries.left_out))
    if not figure.is_readable:
        yield message(TOO_LARGE)
    yield from _notes_on_areas(entries)
    yield message(tile_grid().designations)


def _without_provisions(entries: ClassMap, gap: Gap) -> Iterator[str]:
    """Yield the States without provisions, the members apart from the observers."""
    label = capitalized(message(_KEYS[gap][2]))
    named = False
    for kind in (Kind.MEMBER, Kind.OBSERVER):
        names = [entry.name for entry in entries.entries if entry.gap is gap and entry.kind is kind]
        if names:
            yield message(
                "{reason} ({numbers}): {names}.",
                reason=label,
                numbers=plural(*_NOUNS[kind], len(names)),
                names=enumerated(names, is_strong=True),
            )
            named = True
    if named and gap is Gap.NOT_EXAMINED:
        yield message(_NOT_EXAMINED)


def _notes_on_areas(entries: ClassMap) -> Iterator[str]:
    """Yield what a reader must know about the names of areas."""
    for entry in entries.entries:
        area = nations_in(current().language).area_of(entry.code)
        if entry.kind is Kind.AREA and area and area.note:
            yield message("{heading}: {words}", heading=area.name, words=message(area.note))


def _named(provisions: Iterable[Provision]) -> str:
    return enumerated([provision.label for provision in provisions], is_strong=True)


# --- The figure --------------------------------------------------------------------------------


def _figure(dimension: Dimension, entries: ClassMap) -> TileMap:
    present = {word for entry in entries.entries for word in _words(entry, dimension)}
    letters = _letters([term.label for term in dimension.classes.values()])
    keys = {
        word: MapKey(Look.CLASS, letter, term.label)
        for (word, term), letter in zip(dimension.classes.items(), letters, strict=True)
    }
    keys |= {
        word: MapKey(look, letter, message(label))
        for word, (look, letter, label) in _KEYS.items()
        if word in present
    }
    places = {word: place for place, word in enumerate(keys)}

    def keys_of(entry: Entry) -> tuple[int, ...]:
        return tuple(places[word] for word in _words(entry, dimension))

    grid = tile_grid().places
    tiles = tuple(
        Tile(entry.code, entry.name, *grid[entry.code], keys_of(entry))
        for entry in entries.entries
        if entry.kind is Kind.MEMBER
    )
    strips = []
    for kind, heading in _HEADINGS.items():
        names = tuple(
            KeyedName(_marked(entry), keys_of(entry))
            for entry in entries.entries
            if entry.kind is kind
        )
        strips += [Strip(message(heading), names)] * bool(names)
    notice = message(tile_grid().designations)
    return TileMap(tuple(keys.values()), tiles, tuple(strips), notice)


def _marked(entry: Entry) -> str:
    return " ".join((entry.name, *_marks(entry)[:1]))


def _letters(labels: Sequence[str]) -> list[str]:
    """Return the initials of labels, or else the letters of the alphabet in turn."""
    words = [re.findall(r"\w+", label.removesuffix("-based")) for label in labels]
    letters = ["".join(word[0].upper() for word in part if word != "and") for part in words]
    if len(set(letters)) == len(letters) and all(0 < len(letter) < 3 for letter in letters):
        return letters
    return [chr(ord("A") + number % 26) for number in range(len(labels))]
