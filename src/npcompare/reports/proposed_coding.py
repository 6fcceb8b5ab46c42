"""What every output says of a coding that is only proposed: a line, a mark and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from npcompare.document import Column, Document, Table, cell
from npcompare.messages import deferred, enumerated, in_quotation_marks, message, plural
from npcompare.reports.records import ProposedRecord, as_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.document import Cell
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

#: The mark of each cell that is based on a proposed coding. The line under the title has it too.
MARK = "†"

_NOTICE_ON = deferred("Coding proposed by npcompare and not confirmed: {documents}.")

#: The status of a text that nobody has coded.
AS_READ = deferred("As read in the document; not known whether it is the full text")

#: The most passages that a remark quotes, and the most characters of each.
_MOST_QUOTED = 5
_LONGEST = 90


def marks_of(provision: Provision) -> tuple[str, ...]:
    """Return the mark, if the coding of a provision is only proposed."""
    return (MARK,) if provision.is_proposed else ()


def marked_text(content: Cell) -> str:
    """Return the words of a cell, with the mark if it has it, for tables without marks."""
    is_marked = any(MARK in run.marks for run in content.runs)
    return f"{content.text} {MARK}" if is_marked else content.text


def notice(provisions: Iterable[Provision]) -> str:
    """Return the line under the title that names the documents; empty if nothing is proposed."""
    documents = [provision.proposed.name for provision in provisions if provision.proposed]
    if not documents:
        return ""
    return message(_NOTICE_ON, documents=enumerated(list(dict.fromkeys(documents)), is_strong=True))


def remarks_on_unread(provisions: Iterable[Provision]) -> tuple[str, ...]:
    """Return which passages of each document were not understood."""
    return tuple(
        _unread(provision.proposed.name, provision.proposed.unread)
        for provision in provisions
        if provision.proposed and provision.proposed.unread
    )


def remarks_on_effects(provisions: Iterable[Provision]) -> tuple[str, ...]:
    """Return that provisions of every effect are ranked, because that of a text is not known."""
    names = [provision.proposed.name for provision in provisions if provision.proposed]
    if not names:
        return ()
    sentence = message(
        "The effect of {documents} is not known, so provisions of every effect are considered.",
        documents=enumerated(names, is_strong=True),
    )
    return (sentence,)


def _unread(name: str, passages: Sequence[str]) -> str:
    quoted = [in_quotation_marks(_shortened(words)) for words in passages[:_MOST_QUOTED]]
    if len(passages) > _MOST_QUOTED:
        quoted.append(message("and {count} more", count=len(passages) - _MOST_QUOTED))
    return plural(
        "{document}: {count} passage was not understood, so the coding may lack values or limits: "
        "{passages}.",
        "{document}: {count} passages were not understood, so the coding may lack values or "
        "limits: {passages}.",
        len(passages),
        document=name,
        passages=enumerated(quoted, is_strong=True),
    )


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]} …"


def with_notice(document: Document, corpus: Corpus) -> Document:
    """Return a document that says which coding is only proposed, in every one of its forms.

    The line is above each table with a mark or, if none has one, above all tables.
    """
    provisions = corpus.proposed
    if not provisions:
        return document
    line = notice(provisions)

    def tables() -> tuple[Table, ...]:
        has_mark = [_has_mark(table) for table in document.tables]
        noticed = [
            _with_line(table, f"{MARK} {line}") if is_marked or not any(has_mark) else table
            for table, is_marked in zip(document.tables, has_mark, strict=True)
        ]
        remarks = (*noticed[-1].remarks, *remarks_on_unread(provisions))
        return (*noticed[:-1], replace(noticed[-1], remarks=remarks))

    def flat() -> Table:
        table = document.flat
        if any(column.key == "headnote" for column in table.columns):
            # The table consists of those of several documents that say it.
            return table
        return replace(
            table,
            columns=(*table.columns, Column("headnote", "headnote")),
            rows=tuple((*row, cell(line)) for row in table.rows),
        )

    return document.replace(
        tables=tables, flat=flat, data=lambda: with_proposed(document.data, corpus)
    )


def _has_mark(table: Table) -> bool:
    """Return whether a cell of a table, or a name in its diagram, has the mark."""
    from npcompare.charts import Diagram

    diagram = table.figure
    names: list[str] = []
    if isinstance(diagram, Diagram):
        names = [name for box in diagram.boxes for name in box.names]
        names += [name for name_list in diagram.lists for name in name_list.names]
    runs = (run for row in table.rows for content in row for run in content.runs)
    return any(MARK in run.marks for run in runs) or any(MARK in name for name in names)


def _with_line(table: Table, line: str) -> Table:
    return replace(table, headnote="\n".join(filter(None, (line, table.headnote))))


def with_proposed(data: Mapping[str, Any], corpus: Corpus) -> Mapping[str, Any]:
    """Return the data of an output with the line and the proposed codings after the corpus."""
    if not corpus.proposed or "corpus" not in data:
        return data
    records = [
        ProposedRecord(
            id=provision.id,
            document=provision.proposed.document,
            section=provision.proposed.section or None,
            unread=list(provision.proposed.unread),
        )
        for provision in corpus.proposed
        if provision.proposed
    ]
    further = {"headnote": notice(corpus.proposed), "proposed": as_plain(records)}
    keys = list(data)
    first = keys[: keys.index("corpus") + 1]
    return {key: data[key] for key in first} | further | dict(data)
