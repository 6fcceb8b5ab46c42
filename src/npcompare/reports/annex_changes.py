"""What has changed since an annex was filed: as a list, and as revisions in the annex itself."""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from npcompare.document import Cell, Document, Run, Table, Tone, columns
from npcompare.document import rows as cells_of
from npcompare.errors import NpcompareError
from npcompare.law.yaml_reader import mapping
from npcompare.model.results import Edit
from npcompare.reports.annex_recipe import named
from npcompare.reports.cells import finished
from npcompare.reports.records import TOOL, CorpusOutput, Record, corpus_record, urn
from npcompare.text import fold, visible
from npcompare.wording.redline import redline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.document import FiledAnnex
    from npcompare.law.corpus import Corpus

    Row = tuple[Cell, ...]

_NOTHING = Table("", (), ())

_NUMBER = re.compile("[0-9]+")

#: How many pairs of lines are looked at for those that are alike; of more, each goes with the next.
_MOST_LIKENED = 10_000

#: How many words are shown before and after what has changed in a cell.
_NEAR = 12


class ChangedCellRecord(Record, frozen=True):
    """A cell that has changed; for a note, `row` is its letter and `column` is "Note"."""

    table: int
    row: str
    column: str
    old: str
    new: str


class VerifyOutput(CorpusOutput, frozen=True, tag=urn("verify")):
    """The output of `verify`."""

    made_from: str
    changed: list[ChangedCellRecord]


def verification(
    corpus: Corpus, old: FiledAnnex, new: FiledAnnex, lost: Sequence[str] = ()
) -> Document:
    """Return which cells and notes of an annex are not what would be written now.

    `new` is the same annex as it would be read back if it were written now, without the provisions
    that are `lost`: no longer found by their names.
    """
    changed = [
        [str(number), *line]
        for number, (before, after) in enumerate(
            zip_longest(old.tables, new.tables, fillvalue=_NOTHING), 1
        )
        for line in (*_changed_cells(before, after), *_changed_notes(before, after))
    ]
    made_from = str(old.recipe.get("digest"))
    remarks = [] if changed else ["current: every cell is what would be written now."]
    if lost:
        remarks.append(
            f"Not found from here, so that nothing would be written: {', '.join(lost)}. Run verify "
            "in the folder where export was run."
        )
    elif made_from != corpus.digest():
        remarks.append("The corpus has changed since the annex was made.")
    elif changed:
        remarks.append("The corpus has not changed since: these cells were edited by hand.")
    heads = columns(
        table="Table", row="Row", column="Column", old="In the file", new="As it would be now"
    )
    shown = [[*place, *_around_change(before, after)] for *place, before, after in changed]
    table = Table("Cells that have changed", heads, cells_of(shown), tuple(remarks))
    output = _output(corpus, made_from, changed)
    return finished(corpus, table.title, [table], table, output)


def _changed_cells(old: Table, new: Table) -> Iterator[tuple[str, str, str, str]]:
    """Yield row, column, and the two texts of each cell of a table that differs."""
    heads = [column.heading for column in (new.columns or old.columns)]
    found: dict[tuple[str, ...], list[Row]] = {}
    for key, before, after in _paired(old, new):
        # A row that has only moved is both gone and new, and has not changed.
        held = found.setdefault(key, [(), ()])
        found[key] = [before or held[0], after or held[1]]
    for before, after in found.values():
        name = _text((after or before)[0])
        for place, (one, other) in enumerate(zip_longest(before, after, fillvalue=Cell())):
            if fold(_text(one)) != fold(_text(other)):
                head = heads[place] if place < len(heads) else str(place + 1)
                yield name, head, _text(one), _text(other)


def _changed_notes(old: Table, new: Table) -> Iterator[tuple[str, str, str, str]]:
    """Yield letter, "Note", and the two texts of each note that is on one side alone."""
    sides = [{letter: fold(text) for letter, text in table.notes} for table in (old, new)]
    gone, come = (
        {letter: text for letter, text in one.items() if text not in other.values()}
        for one, other in (sides, sides[::-1])
    )
    for letter in sorted({*gone, *come}, key=lambda letter: (len(letter), letter)):
        yield letter, "Note", gone.get(letter, ""), come.get(letter, "")


def _around_change(*texts: str) -> Iterator[str]:
    """Yield two texts from shortly before where they part to shortly after they meet again."""
    words = [re.split(r"(?<=\s)(?=\S)", text) for text in texts]
    before = _same(*words)
    after = _same(*(each[before:][::-1] for each in words))
    first = max(before - _NEAR, 0)
    for each in words:
        last = len(each) - max(after - _NEAR, 0)
        before_it = ["\u2026 "] if first else []
        after_it = [" \u2026"] if last < len(each) else []
        yield "".join([*before_it, "".join(each[first:last]).strip(), *after_it])


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    least = min(len(one), len(other))
    return next((at for at, (a, b) in pairs if a.strip() != b.strip()), least)


def tracked(document: Document, old: FiledAnnex, *, asked: bool = True) -> Document:
    """Return an annex with what has changed since an earlier one as revisions.

    What has not changed stays as it is; in a cell or note that has, words and marks are deleted and
    inserted, so that rejecting every revision gives the earlier cells and notes again. Raises
    NpcompareError where the two have not the same columns, the annex is itself a redline, or the
    earlier one is of named provisions and for this one neither they nor a collection were `asked`.
    """
    if not asked and (names := named(old.recipe)):
        raise NpcompareError(
            "the earlier annex is of named provisions, and this one of a whole collection",
            f"name the same ones: {' '.join(names)}",
        )
    runs = (
        run for table in document.tables for row in table.rows for one in row for run in one.runs
    )
    if any(run.tone in {Tone.INSERTED, Tone.DELETED} for run in runs):
        raise NpcompareError("a redline cannot bear revisions as well", "choose another layout")
    wishes = [mapping(one.get("wish")) for one in (old.recipe, document.recipe)]
    layouts = [wish.get("layout") for wish in wishes]
    if layouts[0] != layouts[1]:
        raise NpcompareError(
            f"the earlier annex is of the layout {layouts[0]}, and this one of {layouts[1]}",
            f"give --layout {layouts[0]}",
        )
    pairs = _paired_tables(old.tables, document.tables)
    return document.replace(tables=tuple(_revised(before, after) for before, after in pairs))


def _paired_tables(
    old: Sequence[Table], new: Sequence[Table]
) -> Iterator[tuple[Table | None, Table | None]]:
    """Yield the tables that belong together: by their places, or else by their titles."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return
    for before, after in _aligned([one.title for one in old], [one.title for one in new]):
        yield (
            None if before is None else old[before],
            None if after is None else new[after],
        )


def _revised(old: Table | None, new: Table | None) -> Table:
    """Return the new table with its revisions; one that is gone has every row deleted."""
    before = old or _NOTHING
    table = new or replace(before, rows=(), notes=())
    heads = [[visible(one.heading) for one in each.columns] for each in (before, table)]
    if before.rows and table.rows and heads[0] != heads[1]:
        raise NpcompareError(
            f"the earlier annex has other columns: {', '.join(heads[0])}",
            "name the same --layout and --columns",
        )
    body = []
    for _, one, other in _paired(before, table):
        pairs = zip_longest(one, other, fillvalue=Cell())
        body.append(tuple(_revised_cell(*pair) for pair in pairs))
    return replace(table, rows=tuple(body), revised_notes=tuple(_revised_notes(before, table)))


def _revised_cell(before: Cell, after: Cell) -> Cell:
    marks = [[mark for run in one.runs for mark in run.marks] for one in (before, after)]
    if marks[0] == marks[1] and fold(_text(before)) == fold(_text(after)):
        return after
    # An earlier file of JSON does not say at which of the words its marks stood.
    lines = _revised_lines(_lines(before), _lines(after), are_marks_kept=marks[0] == marks[1])
    return replace(after, runs=tuple(lines), answer=None)


class _Line(Struct, frozen=True):
    """A line of a cell, the look of each of its characters, and the marks that stand in it."""

    text: str
    looks: tuple[Run, ...]
    marks: tuple[str, ...]


_NO_LINE = _Line("", (), ())


def _lines(one: Cell) -> list[_Line]:
    lines = [_NO_LINE]
    for run in one.runs:
        look = replace(run, text="", marks=())
        for number, text in enumerate(visible(run.text).split("\n")):
            if number:
                lines.append(_NO_LINE)
            last = lines[-1]
            looks = (*last.looks, *[look] * len(text))
            lines[-1] = _Line(last.text + text, looks, last.marks)
        lines[-1] = replace(lines[-1], marks=(*lines[-1].marks, *run.marks))
    return lines


def _revised_lines(
    old: Sequence[_Line], new: Sequence[_Line], *, are_marks_kept: bool
) -> Iterator[Run]:
    """Yield the lines of a cell as they were and are, each with its marks at its end."""
    is_in_old = is_in_new = False
    for before, after in _paired_lines(old, new):
        was, stands = before is not None, after is not None
        if (was and is_in_old) or (stands and is_in_new):
            yield Run("\n", revision=_revision(was and is_in_old, stands and is_in_new))
        is_in_old, is_in_new = is_in_old or was, is_in_new or stands
        if before and after and fold(before.text) != fold(after.text):
            yield from _revised_words(before.text, after)
        else:
            held = after or before or _NO_LINE
            yield from _looking(held.text, held.looks, _revision(was, stands))
        came = (after or _NO_LINE).marks
        yield from _revised_marks(came if are_marks_kept else (before or _NO_LINE).marks, came)


def _revision(was: bool, stands: bool) -> Tone | None:  # noqa: FBT001 - then, and now
    """Return how what stood in the earlier annex, or stands in this one, is revised."""
    if was == stands:
        return None
    return Tone.DELETED if was else Tone.INSERTED


def _paired_lines(
    old: Sequence[_Line], new: Sequence[_Line]
) -> Iterator[tuple[_Line | None, _Line | None]]:
    """Yield the lines that belong together: the same, or between those the first that is like."""
    gone: list[_Line] = []
    come: list[_Line] = []
    texts = [[fold(one.text) for one in lines] for lines in (old, new)]
    for here, there in [*_aligned(*texts), (-1, -1)]:
        if here is None or there is None:
            gone += [old[here]] if here is not None else []
            come += [new[there]] if there is not None else []
            continue
        yield from _alike(gone, come)
        gone, come = [], []
        if here >= 0:
            yield old[here], new[there]


def _alike(
    gone: Sequence[_Line], come: Sequence[_Line]
) -> Iterator[tuple[_Line | None, _Line | None]]:
    rest = list(gone)
    in_order = len(gone) == len(come) or len(gone) * len(come) > _MOST_LIKENED
    for one in come:
        at = next((at for at, each in enumerate(rest) if in_order or _is_like(each, one)), None)
        if at is None:
            yield None, one
            continue
        yield from ((each, None) for each in rest[:at])
        yield rest[at], one
        del rest[: at + 1]
    yield from ((each, None) for each in rest)


def _is_like(one: _Line, other: _Line) -> bool:
    """Say whether two lines share half of their words or more."""
    from difflib import SequenceMatcher

    first, second = (re.findall(r"\w+", each.text) for each in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.5


def _revised_marks(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    kept: tuple[tuple[Sequence[str], Tone | None], ...] = ((after, None),)
    changed = ((before, Tone.DELETED), (after, Tone.INSERTED))
    for marks, revision in kept if before == after else changed:
        if marks:
            yield Run("", marks=tuple(marks), revision=revision)


def _revised_words(before: str, after: _Line) -> Iterator[Run]:
    """Yield the words of a line as they were and are; those of the new keep their own look."""
    shown, looks = after.text, after.looks
    start = end = 0
    for change in redline(before, shown):
        if change.edit is Edit.DELETED:
            yield Run(change.text, revision=Tone.DELETED)
            continue
        for word in change.text.split():
            end = shown.index(word, end) + len(word)
        # The redline folds white space; here it stays as the cell has it.
        end += len(shown[end:]) - len(shown[end:].lstrip())
        revision = Tone.INSERTED if change.edit is Edit.INSERTED else None
        yield from _looking(shown[start:end], looks[start:end], revision)
        if change.text[-1].isspace() and not shown[end - 1].isspace():
            yield Run(" ", revision=Tone.DELETED)
        start = end


def _looking(text: str, looks: Sequence[Run], revision: Tone | None) -> Iterator[Run]:
    """Yield a text in runs of one look each."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or looks[end] != looks[start]:
            yield replace(looks[start], text=text[start:end], revision=revision)
            start = end


def _revised_notes(old: Table, new: Table) -> Iterator[Cell]:
    """Yield each note with its letter as a mark: those that are gone, where they stood."""
    texts = [[fold(visible(text)) for _, text in table.notes] for table in (old, new)]
    for here, there in _aligned(*texts):
        gone, come = (
            None if place is None else table.notes[place]
            for table, place in ((old, here), (new, there))
        )
        letters = [[note[0]] if note else [] for note in (gone, come)]
        revision = Tone.INSERTED if gone is None else Tone.DELETED if come is None else None
        text = (come or gone or ("", ""))[1]
        yield Cell((*_revised_marks(*letters), Run(f" {text}", revision=revision)))


def _paired(old: Table, new: Table) -> Iterator[tuple[tuple[str, ...], Row, Row]]:
    """Yield the key of each row, and the row of each table that has it, in the order of both."""
    keys = _keys(old.rows, new.rows)
    for here, there in _aligned(*keys):
        if here is not None:
            yield keys[0][here], old.rows[here], () if there is None else new.rows[there]
        elif there is not None:
            yield keys[1][there], (), new.rows[there]


def _keys(*tables: Sequence[Row]) -> list[list[tuple[str, ...]]]:
    """Return what names each row in its table: the first cell, or the first few if they must.

    Of rows that are alike in every cell, each is named by its number among them. Rows that are
    numbered are named by all that stands in them but numbers: one that comes moves all the others.
    """
    if all(map(_is_numbered, tables)):
        masked = [
            [[_NUMBER.sub("0", _text(one)) for one in row[1:]] for row in table] for table in tables
        ]
        return [_counted(table) for table in masked]
    texts = [[[fold(_text(one)) for one in row] for row in table] for table in tables]
    most = min((len(row) for table in texts for row in table), default=0)
    for width in range(1, most + 1):
        keys = [[tuple(row[:width]) for row in table] for table in texts]
        if all(len(set(each)) == len(each) for each in keys):
            return keys
    return [_counted(table) for table in texts]


def _is_numbered(table: Sequence[Row]) -> bool:
    return all(row and _text(row[0]) == str(number) for number, row in enumerate(table, 1))


def _counted(table: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    count: Counter[tuple[str, ...]] = Counter()
    keys = []
    for texts in map(tuple, table):
        count[texts] += 1
        keys.append((*texts, str(count[texts])))
    return keys


def _aligned(
    old: Sequence[object], new: Sequence[object]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the places of what is on both sides, and of what is on one alone, in their order."""
    from difflib import SequenceMatcher

    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield from zip(range(from_old, to_old), range(from_new, to_new), strict=True)
            continue
        yield from ((place, None) for place in range(from_old, to_old))
        yield from ((None, place) for place in range(from_new, to_new))


def _text(one: Cell) -> str:
    return visible(one.text)


def _output(corpus: Corpus, made_from: str, changed: Iterable[Sequence[str]]) -> VerifyOutput:
    return VerifyOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        made_from=made_from,
        changed=[
            ChangedCellRecord(table=int(table), row=row, column=column, old=old, new=new)
            for table, row, column, old, new in changed
        ],
    )
