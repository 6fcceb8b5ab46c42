"""The layout of the tables of a release."""

from __future__ import annotations

import pytest

from npcompare.dataset.tables import Table, layout

TABLES = {table.name: table for table in layout()}


@pytest.mark.parametrize("table", layout(), ids=list(TABLES))
def test_table_refers_to_columns_that_exist(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.primary_key) <= set(names)
    for key in table.foreign_keys:
        assert set(key.columns) <= set(names)
        assert len(key.columns) == len(TABLES[key.table].primary_key)


def test_each_component_of_cldf_is_one_table() -> None:
    roles = [table.role.rpartition("#")[2] for table in layout() if table.role]
    assert sorted(roles) == [
        "CodeTable",
        "ContributionTable",
        "LanguageTable",
        "ParameterTable",
        "ValueTable",
    ]
