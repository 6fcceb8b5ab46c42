"""Redlines: the changes from one text to another, and why two texts are not compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.document import Cell, Column, Document, Run, Table, Tone, columns, flat_table
from npcompare.messages import deferred, enumerated, listed, message, plural, sentences
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.results import Edit
from npcompare.reports.cells import caveats, finished, namer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Change, Comparison

#: How each kind of change is shown.
EDITS = {Edit.SAME: Tone.PLAIN, Edit.DELETED: Tone.DELETED, Edit.INSERTED: Tone.INSERTED}

_FLAT_KEYS = "left right number change words reason"
_NOT_COMPARED = "not compared"

_UNAVAILABLE = deferred("Not compared, because the text is not available: {provisions}.")
_FOREIGN = deferred("Not compared, because the texts are in different languages: {provisions}.")


def redline(
    corpus: Corpus, pairs: Sequence[tuple[Comparison, Sequence[Change] | None]]
) -> Document:
    """Return the changes from the text of the first provision to that of each other.

    Pairs that cannot be compared are named below the last table.

    Args:
        corpus: The corpus.
        pairs: The comparisons of the first provision, each with its redline.
    """
    base = pairs[0][0].left.provision
    title = message("Changes from the text of {provision}", provision=in_sentence(base.label))
    tables = [redline_table(each, changes) for each, changes in pairs if changes is not None]
    left_out = [each for each, changes in pairs if changes is None]
    if left_out:
        *first_tables, last_table = tables or [Table(title, _columns(), ())]
        remark = _reasons(left_out) if len(left_out) > 1 else reason(*left_out)
        tables = [*first_tables, replace(last_table, remarks=(*last_table.remarks, remark))]
    values = (row for each, changes in pairs for row in _flat_rows(each, changes))
    flat = flat_table(title, _FLAT_KEYS, values)
    return finished(corpus, title, tables, flat, has_coding=False)


def _columns() -> tuple[Column, ...]:
    return columns(text="Text, with deleted and inserted words marked")


def redline_table(comparison: Comparison, changes: Sequence[Change]) -> Table:
    """Return the redline from the left text to the right."""
    left, right = comparison.left.provision, comparison.right.provision
    name = namer((comparison.left, comparison.right))
    remarks = [
        message(
            "{provision}: This is a source’s description, not the text of the law.",
            provision=provision.label,
        )
        for provision in (left, right)
        if provision.text.is_description
    ]
    title = message(
        "Changes from the text of {left} to that of {right}",
        left=in_sentence(name(left)),
        right=in_sentence(name(right)),
    )
    texts = {Edit.DELETED: left.text, Edit.SAME: left.text, Edit.INSERTED: right.text}
    runs = [Run(texts[change.edit].with_sic(change.text), EDITS[change.edit]) for change in changes]
    return Table(
        title,
        _columns(),
        ((Cell(tuple(_with_spaces(runs))),),),
        (*remarks, *caveats((left, right), name)),
        subject=name(right),
        sheet=message("Changes"),
    )


def _with_spaces(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs with a space between the last deleted words and those inserted for them."""
    for before, run in zip((None, *runs), runs, strict=False):
        is_replaced = before and before.tone is Tone.DELETED and run.tone is Tone.INSERTED
        if before and is_replaced and not before.text[-1:].isspace() and not run.text[:1].isspace():
            yield Run(" ")
        yield run


def _reasons(comparisons: Sequence[Comparison]) -> str:
    """Return why texts are not compared with that of the first provision, once for each reason."""
    base = comparisons[0].left.provision
    results = [comparisons[0].left, *(comparison.right for comparison in comparisons)]
    name = namer(results)
    others = [result.provision for result in results[1:]]
    missing = [name(each) for each in (base, *others) if not each.text.body]
    foreign = [name(each) for each in others if each.text.body and base.text.body]
    return sentences(
        *(
            message(why, provisions=enumerated(names, is_strong=True))
            for why, names in ((_UNAVAILABLE, missing), (_FOREIGN, foreign))
            if names
        )
    )


def reason(comparison: Comparison) -> str:
    """Return why two texts are not compared word by word."""
    provisions = (comparison.left.provision, comparison.right.provision)
    name = namer((comparison.left, comparison.right))
    missing = [in_sentence(name(each)) for each in provisions if not each.text.body]
    if not missing:
        left, right = (in_sentence(name(each)) for each in provisions)
        return message(
            "The texts of {left} and {right} are in different languages and are not compared.",
            left=left,
            right=right,
        )
    return plural(
        "The text of {provisions} is not available, so the two are not compared.",
        "The texts of {provisions} are not available, so the two are not compared.",
        len(missing),
        provisions=listed(missing),
    )


def _flat_rows(comparison: Comparison, changes: Sequence[Change] | None) -> Iterator[list[str]]:
    """Yield a row for each change, or one for a pair that is not compared."""
    pair = [comparison.left.provision.id, comparison.right.provision.id]
    if changes is None:
        yield [*pair, "", _NOT_COMPARED, "", reason(comparison)]
        return
    for number, change in enumerate(changes, 1):
        yield [*pair, str(number), str(change.edit), change.text.strip(), ""]
