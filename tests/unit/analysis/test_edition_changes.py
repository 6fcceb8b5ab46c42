"""Changes between editions: none of an edition to itself, and the same in both directions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from npcompare.analysis.change_causes import Cause
from npcompare.analysis.edition_change import Action, ChangeKind, EditionChange
from npcompare.analysis.edition_changes import edition_changes
from npcompare.analysis.edition_matching import Pair, matched_limbs, matched_provisions
from npcompare.analysis.editions import Edition

if TYPE_CHECKING:
    from collections.abc import Callable

#: The tables of a small edition, with the columns that are compared.
TABLES: dict[str, list[dict[str, Any]]] = {
    "provisions": [
        {"id": name, "name": name.title(), "aliases": (), "jurisdiction": name.title()}
        | {"instrument": "Act", "pinpoint": f"section {number}", "form": "statutory_defence"}
        | {"instrument_kind": "statute", "effect": "operative", "in_force_from": ""}
        | {"version_of": "", "succeeds": "", "succeeds_because": "", "fuller": ()}
        for number, name in enumerate(("atlantis", "laputa", "utopia"))
    ],
    "texts": [
        {"id": f"{name}--1", "provision_id": name, "number": "1", "status": "verbatim"}
        | {"complete": "true", "language": "en", "body": f"The words of {name}.", "note": ""}
        for name in ("atlantis", "laputa", "utopia")
    ],
    "limbs": [
        {"id": f"{name}--{number}", "provision_id": name, "number": str(number), "name": ""}
        | {"note": ""}
        for name in ("atlantis", "laputa")
        for number in (1, 2)
    ],
    "codings": [
        {"id": f"{name}--{number}--{field}", "provision_id": name, "limb_id": f"{name}--{number}"}
        | {"field": field, "value": f"{field}-{number}", "word_id": f"{field}--{field}-{number}"}
        | {"basis": "text", "is_open": "", "note": "", "confidence": ""}
        for name in ("atlantis", "laputa")
        for number in (1, 2)
        for field in ("link", "relief", "force")
    ],
    "quotations": [
        {"id": f"{name}--{number}--q", "provision_id": name, "text_id": f"{name}--1"}
        | {"coding_id": f"{name}--{number}--link", "quotation": f"The words of {name}"}
        for name in ("atlantis", "laputa")
        for number in (1, 2)
    ],
    "notes": [
        {"id": f"utopia--{number}", "provision_id": "utopia", "profile_id": "", "kind": "reading"}
        | {"number": str(number), "note": f"Note {number}.", "source_id": "gazette"}
        for number in (1, 2)
    ],
    "reported": [
        {"id": "utopia--1", "provision_id": "utopia", "number": "1", "dimension_id": "threshold"}
        | {"classes": ("duress",), "persons": (), "is_open": "false", "source_id": "gazette"}
    ],
    "sources": [{"id": "gazette", "title": "Gazette", "short": "Gazette", "kind": "statute"}],
    "facts": [
        {"id": "utopia--training", "profile_id": "utopia", "fact": "training", "value": "exists"}
    ],
    "dimensions": [
        {"id": name, "name": name.title(), "description": "?", "kind": "any_of", "field": field}
        | {"is_core": "true", "under": "", "silence_means_none": "false"}
        for name, field in (("threshold", ""), ("link", "link"))
    ],
    "classes": [
        {"id": f"threshold--{name}", "dimension_id": "threshold", "class": name, "name": name}
        | {"description": "A class."}
        for name in ("duress", "causation")
    ],
    "rules": [
        {"id": "rule", "dimension_id": "threshold", "class": "duress", "is_implied": "false"}
        | {"condition": '{"in":{"link":["link-1"]}}', "because": "A reason."}
    ],
    "orders": [],
    "words": [
        {"id": f"{field}--{field}-{number}", "vocabulary": field, "word": f"{field}-{number}"}
        | {"name": f"{field} {number}", "description": "A word."}
        for field in ("relief", "force", "link")
        for number in (1, 2)
    ],
    "values": [
        {"id": f"{name}--{dimension}--duress", "provision_id": name, "dimension_id": dimension}
        | {"value": "duress", "class_id": "", "basis": "text", "is_complete": "true"}
        | {"persons": (), "categories": (), "excluded": ()}
        for name in ("atlantis", "laputa", "utopia")
        for dimension in ("threshold", "link")
    ],
    "reasons": [],
    "relations": [
        {"id": f"{left}--{right}--{dimension}", "left_id": left, "right_id": right}
        | {"dimension_id": dimension, "relation": "broader", "hedge": "", "adults": ""}
        for left, right in (("atlantis", "laputa"), ("atlantis", "utopia"), ("laputa", "utopia"))
        for dimension in ("threshold", "")
    ],
}

#: Cells of which a change is noticed: those that are no id and are not worked out from others.
COMPARED = [
    (table, place, column)
    for table, rows in TABLES.items()
    for place, row in enumerate(rows)
    for column in row
    if column not in {"id", "number", "name", "coding_id", "text_id", "class_id", "word_id"}
    and not column.endswith("_id")
    and (table, column) not in {("limbs", "name"), ("relations", "adults")}
    # The words of a field that is a dimension are its classes.
    and (table, row.get("vocabulary")) != ("words", "link")
]


def edition(tables: dict[str, list[dict[str, Any]]], codebook: str = "1.0") -> Edition:
    """Return an edition with tables; those without rows have the columns of the full ones."""
    return Edition(
        name="folder",
        version="",
        codebook=codebook,
        tables=tables,
        columns={table: tuple(rows[0]) if rows else () for table, rows in TABLES.items()},
    )


def copied() -> dict[str, list[dict[str, Any]]]:
    return {table: [dict(row) for row in rows] for table, rows in TABLES.items()}


def with_cell(table: str, place: int, column: str, value: Any) -> dict[str, list[dict[str, Any]]]:
    tables = copied()
    tables[table][place][column] = value
    return tables


def other(value: Any) -> Any:
    """Return another value of the same type."""
    return ("another",) if isinstance(value, tuple) else "another"


def edited(cells: Any, provisions: set[str], limbs: set[str], is_reversed: bool) -> Edition:
    tables = copied()
    for (table, place, column), word in cells:
        is_list = isinstance(tables[table][place][column], tuple)
        tables[table][place][column] = (word,) if is_list else word
    left_out = {"provision_id": provisions, "left_id": provisions, "right_id": provisions}
    left_out |= {"limb_id": limbs}
    for table, rows in tables.items():
        names_out = {"provisions": provisions, "limbs": limbs}.get(table, set())
        tables[table] = [
            row
            for row in rows
            if row["id"] not in names_out
            and not any(row.get(column) in names for column, names in left_out.items() if names)
        ]
        if is_reversed and table not in {"texts", "limbs", "notes"}:
            tables[table].reverse()
    return edition(tables)


#: Editions that differ in single cells, and in provisions and limbs that are left out.
editions = st.builds(
    edited,
    st.lists(st.tuples(st.sampled_from(COMPARED), st.sampled_from(["x", "y"])), max_size=6),
    st.sets(st.sampled_from(["atlantis", "laputa", "utopia"]), max_size=2),
    st.sets(st.sampled_from(["atlantis--1", "laputa--2"])),
    st.booleans(),
)


def mirrored(change: EditionChange) -> EditionChange:
    """Return a change as it is in the other direction."""
    actions = {Action.ADDED: Action.REMOVED, Action.REMOVED: Action.ADDED}
    return replace(
        change,
        action=actions.get(change.action, change.action),
        old=change.new,
        new=change.old,
    )


@given(editions)
def test_edition_has_no_changes_to_itself(one_edition: Edition) -> None:
    result = edition_changes(one_edition, one_edition)
    assert result.changes == ()
    assert result.skipped == ()


@given(editions, editions)
def test_changes_are_the_same_in_both_directions(first: Edition, second: Edition) -> None:
    forwards = edition_changes(first, second)
    backwards = edition_changes(second, first)
    assert Counter(map(mirrored, backwards.changes)) == Counter(forwards.changes)
    assert backwards.pairs == forwards.pairs


@pytest.mark.parametrize("cell", COMPARED, ids=lambda cell: "-".join(map(str, cell)))
def test_every_changed_cell_is_noticed(cell: tuple[str, int, str]) -> None:
    table, place, column = cell
    value = other(TABLES[table][place][column])
    changes = edition_changes(edition(copied()), edition(with_cell(table, place, column, value)))
    assert changes.changes


# --- Which provision is which --------------------------------------------------------------------


def renamed(change: Callable[[dict[str, Any]], None]) -> Edition:
    """Return an edition in which Laputa has another id, changed further."""
    tables = copied()
    for rows in tables.values():
        for row in rows:
            for column in ("id", "provision_id", "left_id", "right_id"):
                if row.get(column) == "laputa":
                    row[column] = "balnibarbi"
    change(tables["provisions"][1])
    return edition(tables)


def test_provision_is_found_by_alias_or_place() -> None:
    old = edition(copied())
    by_place = renamed(lambda _: None)
    by_alias = renamed(lambda row: row.update(aliases=("laputa",), pinpoint="section 99"))
    unrelated = renamed(lambda row: row.update(pinpoint="section 99"))
    pair = Pair("laputa", "balnibarbi")
    assert pair in matched_provisions(old, by_place)
    assert pair in matched_provisions(old, by_alias)
    assert Pair("balnibarbi", "laputa") in matched_provisions(by_alias, old)
    assert pair not in matched_provisions(old, unrelated)
    changes = edition_changes(old, by_place).changes
    assert [(change.kind, change.action) for change in changes] == [
        (ChangeKind.PROVISION, Action.RENAMED)
    ]


def test_ambiguous_place_is_no_match() -> None:
    tables = copied()
    tables["provisions"].append({**tables["provisions"][1], "id": "laputa-2"})
    old = edition(tables)
    assert Pair("laputa", "balnibarbi") not in matched_provisions(old, renamed(lambda _: None))


def test_limb_is_found_after_one_is_put_before_it() -> None:
    tables = copied()
    for row in tables["limbs"]:
        if row["provision_id"] == "laputa":
            row["number"] = str(int(row["number"]) + 1)
            row["id"] = f"laputa--{row['number']}"
    for row in tables["codings"]:
        if row["provision_id"] == "laputa":
            row["limb_id"] = f"laputa--{int(row['limb_id'][-1]) + 1}"
    first = {**tables["limbs"][0], "id": "laputa--1", "provision_id": "laputa", "number": "1"}
    tables["limbs"].insert(2, first)
    pairs = matched_limbs(edition(copied()), edition(tables), Pair("laputa", "laputa"))
    assert sorted(pairs) == [
        Pair("", "laputa--1"),
        Pair("laputa--1", "laputa--2"),
        Pair("laputa--2", "laputa--3"),
    ]


# --- Why classes differ --------------------------------------------------------------------------


def cause_of(old: dict[str, Any], new: dict[str, Any], codebook: str = "1.0") -> Cause | None:
    """Return why the threshold of Laputa differs."""
    result = edition_changes(edition(old), edition(new, codebook))
    (change,) = [
        change
        for change in result.of(ChangeKind.CLASS)
        if (change.subject, change.field) == ("laputa", "threshold")
    ]
    return change.cause


def with_class(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return tables in which the threshold of Laputa is causation."""
    row = next(row for row in tables["values"] if row["id"] == "laputa--threshold--duress")
    row["value"] = "causation"
    return tables


def edit(
    tables: dict[str, list[dict[str, Any]]], table: str, row_id: str, /, **cells: Any
) -> dict[str, list[dict[str, Any]]]:
    next(row for row in tables[table] if row["id"] == row_id).update(cells)
    return tables


def test_cause_is_the_law_where_what_rules_read_differs() -> None:
    coded = edit(with_class(copied()), "codings", "laputa--1--link", value="link-2")
    assert cause_of(copied(), coded) is Cause.LAW
    # The rule of the threshold does not read the relief.
    relief = edit(with_class(copied()), "codings", "laputa--1--relief", value="relief-2")
    assert cause_of(copied(), relief) is Cause.PROGRAM
    text = edit(with_class(copied()), "texts", "laputa--1", complete="false")
    assert cause_of(copied(), text) is Cause.LAW
    proof = edit(with_class(copied()), "quotations", "laputa--1--q", quotation="other words")
    assert cause_of(copied(), proof) is Cause.PROGRAM


def test_cause_is_the_codebook_where_the_coding_is_the_same() -> None:
    condition = '{"in":{"link":["link-2"]}}'
    rule = edit(with_class(copied()), "rules", "rule", condition=condition)
    assert cause_of(copied(), rule) is Cause.CODEBOOK
    coded_too = edit(rule, "codings", "laputa--1--link", value="link-2")
    assert cause_of(copied(), coded_too) is Cause.LAW_AND_CODEBOOK
    assert cause_of(copied(), with_class(copied()), "2.0") is Cause.CODEBOOK
    # A label has no effect on classes.
    label = edit(with_class(copied()), "classes", "threshold--duress", name="compulsion")
    assert cause_of(copied(), label) is Cause.PROGRAM
    damaged = edit(with_class(copied()), "rules", "rule", condition="{" * 9)
    assert cause_of(copied(), damaged) is Cause.CODEBOOK


def test_words_of_offences_are_of_their_dimension() -> None:
    """Categories and extent are coded in vocabularies with other names than their fields."""
    for vocabulary in ("category", "extent"):
        old, new = copied(), with_class(copied())
        for tables in (old, new):
            edit(tables, "dimensions", "threshold", kind="offences")
        edit(new, "codings", "laputa--1--link", value="link-2")
        assert cause_of(old, new) is Cause.LAW
        word = {**TABLES["words"][0], "id": f"{vocabulary}--other", "vocabulary": vocabulary}
        new["words"].append(word)
        assert cause_of(old, new) is Cause.LAW_AND_CODEBOOK


def test_rules_that_fill_fields_are_followed() -> None:
    """A rule gives the link a value from the force, so that the threshold depends on the force."""
    rule = {**TABLES["rules"][0], "id": "fill", "dimension_id": "link", "class": "link-1"}
    rule["condition"] = '{"all":[{"not":{"equals":{"force":"force-1"}}},{"coded":"relief"}]}'
    old, new = copied(), with_class(copied())
    for tables in (old, new):
        tables["rules"].append(dict(rule))
    edit(new, "codings", "laputa--1--force", value="force-2")
    assert cause_of(old, new) is Cause.LAW


def test_coded_word_of_one_codebook_is_of_the_codebook() -> None:
    tables = edit(copied(), "codings", "laputa--1--force", value="must", word_id="force--must")
    tables["words"].append({**TABLES["words"][0], "id": "force--must", "vocabulary": "force"})
    result = edition_changes(edition(copied()), edition(tables, "2.0"))
    (change,) = result.of(ChangeKind.CODING)
    assert change.cause is Cause.CODEBOOK
    edit(tables, "codings", "laputa--1--force", basis="reported")
    (read_again,) = edition_changes(edition(copied()), edition(tables)).of(ChangeKind.CODING)
    assert read_again.cause is Cause.LAW_AND_CODEBOOK


# --- Relations -----------------------------------------------------------------------------------


def test_relation_is_that_of_the_same_pair_turned_round() -> None:
    tables = copied()
    row = next(row for row in tables["relations"] if row["id"] == "atlantis--laputa--")
    row.update(left_id="laputa", right_id="atlantis", relation="narrower", adults="narrower (may)")
    result = edition_changes(edition(copied()), edition(tables))
    (change,) = result.of(ChangeKind.RELATION)
    assert change.old
    assert change.new
    assert (change.subject, change.other, change.field) == ("atlantis", "laputa", "overall")
    assert change.old.values == change.new.values == ("broader",)
    assert change.new.remarks == (("adults", "broader (may)"),)
    assert result.pairs == 3


def test_relations_of_one_edition_alone_are_not_compared() -> None:
    tables = copied()
    tables["relations"] = []
    result = edition_changes(edition(copied()), edition(tables))
    assert (result.of(ChangeKind.RELATION), result.pairs) == ((), 0)
