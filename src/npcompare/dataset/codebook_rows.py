"""The rows of the tables that describe the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from npcompare.dataset.coded_rows import row_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.dataset.coded_rows import Cells, Placed
    from npcompare.model.codebook import Codebook, Dimension, Term
    from npcompare.model.provision import Citation


def place_cells(source: Citation | None) -> Cells:
    """Return the cells of a citation; none if there is none."""
    if source is None:
        return {}
    return {
        "source_id": source.ref,
        "paragraph": source.paragraph or None,
        "footnote": source.footnote or None,
        "pinpoint": source.pinpoint or None,
    }


def codebook_rows(codebook: Codebook) -> Iterator[Placed]:
    """Yield the rows of dimensions, classes, orders, rules and words."""
    for number, dimension in enumerate(codebook.dimensions.values(), 1):
        yield "dimensions", _dimension(number, dimension)
        yield from _classes(dimension)
        yield from _orders(dimension)
    for number, rule in enumerate(codebook.rules, 1):
        yield (
            "rules",
            {
                "id": rule.id,
                "number": number,
                "dimension_id": rule.dimension,
                "class": rule.then,
                "condition": msgspec.json.encode(rule.when, order="sorted").decode(),
                "because": rule.because,
                "is_implied": rule.is_implied,
                **place_cells(rule.source),
            },
        )
    for vocabulary, terms in sorted(codebook.vocabulary.items()):
        for number, term in enumerate(terms.values(), 1):
            cells = {"id": row_id(vocabulary, term.word), "vocabulary": vocabulary}
            yield "words", {**cells, "number": number, "word": term.word, **_described(term)}


def _dimension(number: int, dimension: Dimension) -> Cells:
    return {
        "id": dimension.id,
        "name": dimension.label,
        "description": dimension.question,
        "number": number,
        "kind": dimension.scale.kind,
        "field": dimension.field or None,
        "is_core": dimension.core,
        "under": dimension.under or None,
        "silence": dimension.silence,
        "silence_means_none": dimension.silence_is_none,
        **place_cells(dimension.source),
    }


def _classes(dimension: Dimension) -> Iterator[Placed]:
    for number, term in enumerate(dimension.classes.values(), 1):
        cells = {"id": row_id(dimension.id, term.word), "dimension_id": dimension.id}
        yield "classes", {**cells, "number": number, "class": term.word, **_described(term)}


def _described(term: Term) -> Cells:
    """Return the cells that explain a word."""
    return {
        "name": term.label,
        "description": term.definition,
        **place_cells(term.source),
    }


def _orders(dimension: Dimension) -> Iterator[Placed]:
    for order in dimension.order:
        yield (
            "orders",
            {
                "id": order_id(dimension.id, order.wider, order.narrower),
                "dimension_id": dimension.id,
                "wider": row_id(dimension.id, order.wider),
                "narrower": row_id(dimension.id, order.narrower),
                "because": order.because,
                "hedge": order.hedge or None,
                **place_cells(order.source),
            },
        )


def order_id(dimension: str, wider: str, narrower: str) -> str:
    """Return the id of the order of two classes."""
    return row_id(dimension, wider, narrower)
