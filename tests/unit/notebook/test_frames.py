"""The cells of a corpus as data frames: their rows, types and order, and missing libraries."""

from __future__ import annotations

from typing import Any

import pytest

import npcompare
from npcompare.dataset.named_cells import CELL_COLUMNS, cells_table
from npcompare.errors import NpcompareError
from npcompare.law.translation import catalogue_of
from npcompare.notebook import frames

LISTS = {"persons", "categories", "excluded", "quotations", "rules", "source", "places", "as_at"}
LISTS |= {"doubt", "note", "fuller"}


@pytest.fixture(scope="module")
def notebook() -> npcompare.Corpus:
    return npcompare.load_corpus()


def kenya(notebook: npcompare.Corpus) -> list[dict[str, Any]]:
    """Return the cells of a provision as mappings."""
    files = [file for file in notebook.files if file.header.id == "kenya"]
    table = cells_table(notebook, files)
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_cells_have_the_names_of_what_they_refer_to(notebook: npcompare.Corpus) -> None:
    rows = kenya(notebook)
    assert rows[0] == {
        "provision_id": "kenya",
        "jurisdiction": "Kenya",
        "jurisdiction_code": "KE",
        "collection": "paper",
        "effect": "operative",
        "in_force_from": None,
        "in_force_to": None,
        "fuller": ("kenya-14",),
        "dimension_id": "scope",
        "dimension": "Scope",
        "value": "any_offence",
        "label": "any offence",
        "basis": "text",
        "is_complete": True,
        "persons": ("adult", "child"),
        "categories": (),
        "excluded": (),
        "quotations": ("any criminal act",),
        "rules": ("scope-any-offence",),
        "source": ("background-paper[para. 57]",),
        "places": ("para. 57",),
        "as_at": (),
        "confidence": None,
        "doubt": (),
        "note": (),
    }
    assert [row["label"] for row in rows if row["basis"] == "unknown"][:2] == ["unknown"] * 2


def test_labels_are_in_the_language_of_the_corpus(notebook: npcompare.Corpus) -> None:
    french = notebook.in_language(catalogue_of("fr", "un", notebook.folder))
    row = kenya(french)[0]
    assert (row["dimension"], row["label"], row["value"]) == (
        french.codebook.dimensions["scope"].label,
        french.codebook.dimensions["scope"].classes["any_offence"].label,
        "any_offence",
    )


@pytest.mark.slow
def test_data_frames_have_types_and_order(notebook: npcompare.Corpus) -> None:
    pandas = notebook.to_frame()
    polars = notebook.to_frame("polars")
    names = [name for name, _, _ in CELL_COLUMNS]
    assert list(pandas.columns) == polars.columns == names
    assert len(pandas) == len(polars) == len(cells_table(notebook, notebook.files_in_view()).rows)
    kinds = {name: str(kind) for name, kind in pandas.dtypes.items()}
    kinds_of_polars = {name: str(kind) for name, kind in polars.schema.items()}
    for name in names:
        ordered = name in frames.orders(notebook.codebook, ())
        kind = "object" if name in LISTS else "category" if ordered else "string"
        assert kinds[name] == ("bool" if name == "is_complete" else kind)
        kind = "List(String)" if name in LISTS else "Enum" if ordered else "String"
        kind = "Boolean" if name == "is_complete" else kind
        assert kinds_of_polars[name].startswith(kind)
    assert pandas["provision_id"].nunique() == polars["provision_id"].n_unique()
    assert list(pandas["dimension_id"].cat.categories) == list(notebook.codebook.dimensions)
    kenya_of_pandas = pandas[pandas["provision_id"] == "kenya"].sort_values("dimension_id")
    assert list(kenya_of_pandas["value"])[:3] == [
        "any_offence",
        "causation",
        "sentencing_liability",
    ]
    quotations = kenya_of_pandas.explode("quotations")["quotations"].dropna()
    assert list(quotations)[:1] == ["any criminal act"]
    sorted_polars = polars.filter(provision_id="kenya").sort("dimension_id")
    assert list(sorted_polars["value"])[:2] == ["any_offence", "causation"]
    assert polars["jurisdiction_code"].null_count() == int(pandas["jurisdiction_code"].isna().sum())


def test_frame_is_of_the_collection_and_day(
    notebook: npcompare.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables: list[Any] = []
    monkeypatch.setattr(frames, "data_frame", lambda table, order, _: tables.append((table, order)))
    notebook.to_frame()
    notebook.restricted("all", "2000-01-01").to_frame()
    ids = [{row[0] for row in table.rows} for table, _ in tables]
    assert ids[0] == {provision.id for provision in notebook.provisions()}
    restricted = notebook.restricted("all", "2000-01-01")
    assert ids[1] == {provision.id for provision in restricted.provisions()}
    assert tables[0][1]["collection"] == ("paper", "world")


@pytest.mark.parametrize(
    ("library", "absent", "words"),
    [
        ("", ("pandas", "polars"), "neither pandas nor polars is installed"),
        ("polars", ("polars",), "polars is not installed"),
        ("", ("pandas",), ""),
    ],
)
def test_missing_library_is_an_error_with_a_hint(
    library: str, absent: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "find_spec", lambda name: None if name in absent else name)
    made = []
    for name in ("pandas", "polars"):
        monkeypatch.setitem(frames._MAKERS, name, lambda *_, name=name: made.append(name))
    table: Any = None
    if not words:
        frames.data_frame(table, {}, library)
        assert made == ["polars"]
        return
    with pytest.raises(NpcompareError, match=words) as error:
        frames.data_frame(table, {}, library)
    assert f'"{library or "pandas"}>=' in error.value.hint or f"'{library or 'pandas'}>=" in (
        error.value.hint
    )
    assert made == []


def test_unknown_library_is_an_error() -> None:
    table: Any = None
    with pytest.raises(NpcompareError, match='no data frames of "arrow"') as error:
        frames.data_frame(table, {}, "arrow")
    assert error.value.hint == "choose one of: pandas, polars"
