"""The report of `changes`: what changed between two editions, table by table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare._version import __version__
from npcompare.analysis.change_causes import OVERALL, Cause
from npcompare.analysis.edition_change import Action, ChangeKind
from npcompare.document import (
    Cell,
    Document,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
    number_columns,
)
from npcompare.messages import deferred, enumerated, message, plural
from npcompare.model.provision import Basis
from npcompare.model.results import Edit, Relation
from npcompare.reports.basis_words import basis_label
from npcompare.reports.change_words import ACTIONS, KINDS, ChangeWords
from npcompare.reports.changes_records import changes_output
from npcompare.reports.records import as_data
from npcompare.reports.relation_words import READING, Parties
from npcompare.reports.translation_note import with_note_on_translation
from npcompare.typography import typeset
from npcompare.wording.redline import redline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.analysis.edition_change import EditionChange, Side
    from npcompare.analysis.edition_changes import EditionChanges
    from npcompare.analysis.editions import Edition

#: Facts that have one table together.
_FACTS = (
    *(ChangeKind.DETAIL, ChangeKind.LIMB, ChangeKind.REPORTED, ChangeKind.DECISION),
    *(ChangeKind.WORDING, ChangeKind.NOTE, ChangeKind.SETTLED, ChangeKind.CITATION),
    ChangeKind.FACT,
)

#: Classes by why they differ, with the titles of their tables.
_CLASS_TABLES = (
    ((Cause.LAW, Cause.LAW_AND_CODEBOOK), deferred("Classes")),
    ((Cause.CODEBOOK,), deferred("Classes that differ only because the codebook has changed")),
    (
        (Cause.PROGRAM,),
        deferred("Classes that differ only because npcompare works them out otherwise"),
    ),
)

_CAUSES = {
    Cause.LAW: deferred("the law as it is coded"),
    Cause.CODEBOOK: deferred("only the codebook"),
    Cause.LAW_AND_CODEBOOK: deferred("the law and the codebook"),
    Cause.PROGRAM: deferred("only the program"),
}


def changes(result: EditionChanges, *, with_relations: bool = True) -> Document:
    """Return what changed between two editions.

    Without `with_relations`, relations are counted and not listed for readers.
    """
    title = message(
        "Changes from {old} to {new}", old=edition_name(result.old), new=edition_name(result.new)
    )
    return typeset(
        with_note_on_translation(
            Document(
                title,
                lambda: list(_tables(result, with_relations=with_relations)),
                lambda: as_data(changes_output(result)),
                lambda: _flat(result),
                f"npcompare {__version__}",
            )
        )
    )


def edition_name(edition: Edition) -> str:
    """Return the folder of an edition, with the version of its dataset if it has one."""
    if not edition.version:
        return edition.name
    return message("{name} ({detail})", name=edition.name, detail=edition.version)


def _tables(result: EditionChanges, *, with_relations: bool) -> Iterator[Table]:
    words = ChangeWords(result)
    yield _overview(result)
    parts = [
        _provisions(words, result),
        *(_classes(words, result, causes, title) for causes, title in _CLASS_TABLES),
        _cells(words, result, (ChangeKind.CODING,), deferred("Coded values")),
        _cells(words, result, (ChangeKind.TEXT,), deferred("Texts")),
        _cells(words, result, _FACTS, deferred("Other facts")),
        _relation_counts(words, result, are_listed=with_relations),
        *([_relations(words, result)] if with_relations else []),
        _cells(words, result, (ChangeKind.SOURCE,), deferred("Documents of the bibliography")),
        _cells(words, result, (ChangeKind.CODEBOOK,), deferred("Codebook")),
    ]
    yield from (table for table in parts if table.rows)


# --- The overview ------------------------------------------------------------------------------


def _overview(result: EditionChanges) -> Table:
    counts = Counter((change.kind, change.action) for change in result.changes)
    kinds = dict.fromkeys(change.kind for change in result.changes)
    body = tuple(
        (
            cell(message(KINDS[kind]), Tone.STRONG),
            *(cell(str(counts[kind, action] or "")) for action in Action),
        )
        for kind in KINDS
        if kind in kinds
    )
    headings = {str(action): heading for action, heading in ACTIONS.items()}
    return Table(
        message("Overview"),
        columns(what="What") + number_columns(**headings),
        body,
        tuple(_remarks(result)),
    )


def _remarks(result: EditionChanges) -> Iterator[str]:
    if not result.changes:
        yield message("Nothing has changed.")
    causes = Counter(change.cause for change in result.of(ChangeKind.CLASS))
    if count := causes[Cause.CODEBOOK]:
        yield plural(
            "{count} class differs only because the codebook has changed; it has a table of its "
            "own.",
            "{count} classes differ only because the codebook has changed; they have a table of "
            "their own.",
            count,
        )
    old, new = result.old.codebook, result.new.codebook
    if old and new and old != new:
        yield message(
            "The codebook is {new}; it was {old}. Do not compare counts of the two editions.",
            old=old,
            new=new,
        )
    if not result.pairs and min(len(result.old.provisions), len(result.new.provisions)) > 1:
        yield message("Relations were not compared, because one edition does not list them.")
    if result.skipped:
        names = enumerated(result.skipped)
        yield message("Only one edition has these tables or columns: {names}.", names=names)


# --- Provisions, classes and other cells -------------------------------------------------------


def _provisions(words: ChangeWords, result: EditionChanges) -> Table:
    body = tuple(
        (
            cell(change.subject, Tone.STRONG),
            cell(words.provision(change.subject)),
            cell(_what_happened(words, change)),
        )
        for change in result.of(ChangeKind.PROVISION)
    )
    headings = columns(id="Id", provision="Provision", change="Change")
    return Table(message("Provisions added, removed or renamed"), headings, body)


def _what_happened(words: ChangeWords, change: EditionChange) -> str:
    """Return that a provision is new, gone or renamed, and which one it replaced."""
    if change.action is Action.RENAMED:
        return message("renamed; its id was {old}", old=change.old_subject)
    side = change.new or change.old
    predecessor = dict(side.remarks).get("succeeds", "") if side else ""
    if change.action is Action.REMOVED:
        return message("removed")
    if predecessor:
        name = words.provision(predecessor)
        return message("added; it replaces {provision}", provision=f"{name} ({predecessor})")
    return message("added")


def _classes(
    words: ChangeWords, result: EditionChanges, causes: Sequence[Cause], title: str
) -> Table:
    selected = [change for change in result.of(ChangeKind.CLASS) if change.cause in causes]
    return Table(
        message(title),
        columns(id="Id", provision="Provision", what="Dimension", old="Before", new="Now"),
        tuple(_row(words, result, change) for change in selected),
    )


def _cells(
    words: ChangeWords, result: EditionChanges, kinds: Sequence[ChangeKind], title: str
) -> Table:
    """Return a table of changes, each with how it was and is."""
    headings = columns(id="Id", provision="About", what="What", old="Before", new="Now")
    body = tuple(_row(words, result, change) for change in result.of(*kinds))
    return Table(message(title), headings, body)


def _row(words: ChangeWords, result: EditionChanges, change: EditionChange) -> tuple[Cell, ...]:
    what = words.place(change)
    if change.kind is ChangeKind.CODEBOOK:
        what = message(ACTIONS[change.action])
    return (
        cell(change.subject, Tone.STRONG),
        cell(words.subject(change)),
        cell(what),
        *_sides(words, result, change),
    )


def _sides(words: ChangeWords, result: EditionChanges, change: EditionChange) -> tuple[Cell, Cell]:
    """Return how it was and how it is; of a text, with the words that differ marked."""
    if change.kind is ChangeKind.TEXT and change.field == "body" and change.old and change.new:
        edits = redline(" ".join(change.old.values), " ".join(change.new.values))
        old = [Run(edit.text, _OLD[edit.edit]) for edit in edits if edit.edit in _OLD]
        new = [Run(edit.text, _NEW[edit.edit]) for edit in edits if edit.edit in _NEW]
        return _text(old), _text(new)
    return (
        _side(words, change, result.old, change.old),
        _side(words, change, result.new, change.new),
    )


def _text(runs: Sequence[Run]) -> Cell:
    """Return the words of a text; a dash if it was, or is, not available."""
    return Cell(tuple(_closed_up(runs))) if runs else cell("–")


def _closed_up(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs without the space that is before a mark where words are left out."""
    for run, following in zip(runs, [*runs, Run("")][1:], strict=True):
        is_before_mark = following.text[:1] in {*".,;:!?)"}
        yield replace(run, text=run.text.rstrip()) if is_before_mark else run


_OLD = {Edit.SAME: Tone.PLAIN, Edit.DELETED: Tone.DELETED}
_NEW = {Edit.SAME: Tone.PLAIN, Edit.INSERTED: Tone.INSERTED}


def _side(words: ChangeWords, change: EditionChange, edition: Edition, side: Side | None) -> Cell:
    """Return the values of a side, then the words and sources behind them."""
    if side is None:
        return cell("–")
    values = words.values(change, edition, side)
    if change.kind is ChangeKind.CLASS and (bases := _bases(side)):
        values = message("{name} ({detail})", name=values, detail=bases)
    lines = [*words.proof(edition, side), *words.differing_remarks(change, side)]
    runs = [Run(values)] if values else []
    if lines:
        rest = "\n".join(lines)
        runs.append(Run(f"\n{rest}" if values else rest, Tone.ASIDE))
    return Cell(tuple(runs)) if runs else cell("–")


def _bases(side: Side) -> str:
    """Return what classes are based on, unless these are the words of the law alone."""
    bases = [basis for basis in side.bases if basis not in side.values]
    if bases in ([], ["text"]):
        return ""
    return enumerated([basis_label(each) if each in set(Basis) else each for each in bases])


# --- Relations ---------------------------------------------------------------------------------


def _relation_counts(words: ChangeWords, result: EditionChanges, *, are_listed: bool) -> Table:
    """Return how many relations differ, by dimension and by what they were and are.

    Which of the two provisions is on the left does not matter.
    """
    counts = Counter(
        (change.field, *_without_names(words, change)) for change in result.of(ChangeKind.RELATION)
    )
    order = [*result.new.dimensions, OVERALL]
    body = tuple(
        (
            cell(words.field(dimension), Tone.STRONG),
            cell(before),
            cell(after),
            cell(str(counts[dimension, before, after])),
        )
        for dimension, before, after in sorted(
            counts, key=lambda key: (order.index(key[0]) if key[0] in order else -1, key[1:])
        )
    )
    of_pairs = plural(
        "Of {count} pair of provisions that both editions have.",
        "Of {count} pairs of provisions that both editions have.",
        result.pairs,
    )
    return Table(
        message("Relations that differ as a consequence, counted"),
        columns(dimension="Dimension", old="Before", new="Now") + number_columns(pairs="Pairs"),
        body,
        (of_pairs,) if are_listed else (of_pairs, message(_NOT_LISTED)),
    )


_NOT_LISTED = deferred("A file (-o changes.xlsx) or --relations lists each pair.")

_DIRECTED = {str(Relation.BROADER), str(Relation.NARROWER)}


def _without_names(words: ChangeWords, change: EditionChange) -> tuple[str, str]:
    """Return a relation as it was and as it is, without saying of which provision."""
    assert change.old is not None  # noqa: S101 - both editions have the relation
    assert change.new is not None  # noqa: S101 - the same
    before, after = change.old.values[0], change.new.values[0]
    names = Parties(message("one of them"), message("the other one"))
    first = before if before in _DIRECTED else after
    if first == str(Relation.NARROWER):
        names = Parties(names.right, names.left)
    is_overall = change.field == OVERALL
    sides = [
        replace(side, remarks=tuple(each for each in side.remarks if each[0] == "hedge"))
        for side in (change.old, change.new)
    ]
    old, new = (words.relation(side, names, is_overall=is_overall) for side in sides)
    return old, new if sides[0] != sides[1] else message("other for adults or for children")


def _relations(words: ChangeWords, result: EditionChanges) -> Table:
    """Return each pair of which a core dimension or the overall relation differs."""
    pairs: dict[tuple[str, str], list[EditionChange]] = {}
    for change in result.of(ChangeKind.RELATION):
        pairs.setdefault((change.subject, change.other), []).append(change)
    body = tuple(
        (
            cell(left, Tone.STRONG),
            cell(right, Tone.STRONG),
            _of_pair(words, [each for each in differing if each.field == OVERALL]),
            _of_pair(words, [each for each in differing if each.field != OVERALL]),
            cell(enumerated([message(_CAUSES[cause]) for cause in _causes(differing)])),
        )
        for (left, right), differing in pairs.items()
    )
    return Table(
        message("Relations that differ as a consequence"),
        columns(first="First", second="Second", overall="Overall", core="Core", cause="Because of"),
        body,
        (message(READING),),
    )


def _of_pair(words: ChangeWords, differing: Sequence[EditionChange]) -> Cell:
    lines = []
    for change in differing:
        names = Parties(change.subject, change.other)
        before, after = (
            words.relation(side, names, is_overall=change.field == OVERALL) if side else ""
            for side in (change.old, change.new)
        )
        line = message("{old} → {new}", old=before, new=after)
        if change.field != OVERALL:
            line = message("{name}: {words}", name=words.field(change.field), words=line)
        lines.append(line)
    return cell("\n".join(lines))


def _causes(differing: Sequence[EditionChange]) -> list[Cause]:
    causes = {change.cause for change in differing}
    return [cause for cause in Cause if cause in causes]


# --- For machines ------------------------------------------------------------------------------


def _flat(result: EditionChanges) -> Table:
    values = [
        [
            *(str(change.kind), str(change.action), change.subject, change.old_subject),
            *(change.limb, change.field, change.other, str(change.cause or "")),
            *_flat_side(change.old),
            *_flat_side(change.new),
        ]
        for change in result.changes
    ]
    sides = " ".join(
        f"{side}_values[|] {side}_basis[] {side}_quotations[|] {side}_sources[] {side}_remarks[|]"
        for side in ("old", "new")
    )
    keys = f"kind action subject old_subject limb field other cause {sides}"
    return flat_table("Changes", keys, values)


def _flat_side(side: Side | None) -> list[str]:
    if side is None:
        return [""] * 5
    return [
        " | ".join(side.values),
        "; ".join(side.bases),
        " | ".join(side.quotations),
        "; ".join(map(str, side.sources)),
        " | ".join(f"{name}: {words}" for name, words in side.remarks),
    ]
