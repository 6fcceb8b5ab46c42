"""Rows that are packed in blocks."""

from __future__ import annotations

import pytest

from npcompare.dataset.packed_rows import PackedRows


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2000])
def test_rows_are_those_that_were_added(count: int) -> None:
    rows = [(f"id-{number}", number, None, True, ("a", "é"), ()) for number in range(count)]
    packed = PackedRows(rows)
    assert len(packed) == count
    assert list(packed) == list(packed) == rows
    assert bool(packed) is bool(rows)
    packed.append(("last", -1, None, False, (), ()))
    assert [row[0] for row in packed][-1] == "last"
    assert ("last", -1, None, False, (), ()) in packed
    assert ("first",) not in packed
