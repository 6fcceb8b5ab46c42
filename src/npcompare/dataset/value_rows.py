"""The rows of the cells: the classes of each provision, and the reasons for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.dataset.codebook_rows import place_cells
from npcompare.dataset.coded_rows import row_id
from npcompare.messages import ENGLISH, using
from npcompare.model.provision import NONE_REPORTED, Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.dataset.coded_rows import Cells, Placed
    from npcompare.model.provision import Citation
    from npcompare.model.results import Classification, Classified, LimbValue, Reason

#: The coding that is in the files of a corpus.
FIRST_CODER = "first"

#: What a value is based on, the weakest first.
_STRENGTH = (Basis.UNKNOWN, Basis.PROPOSED, Basis.REPORTED, Basis.SILENT, Basis.TEXT)

#: How reliable a statement is, the least first.
RELIABILITY = ("medium", "high")


class Context(Struct, frozen=True):
    """What the cells of a provision refer to."""

    #: The ids of its limbs by their names.
    limb_ids: Mapping[str, str]
    documents: Mapping[str, Mapping[str, Any]]

    def as_at(self, source: Citation | None) -> str | None:
        """Return the date of a document, as the document gives it."""
        return self.documents[source.ref].get("date") if source else None

    def limbs(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of limbs, in their order; the provision as a whole is not one."""
        owners = set(names)
        return tuple(limb_id for name, limb_id in self.limb_ids.items() if name in owners)


def contributor_rows() -> Iterator[Placed]:
    """Yield the row of the coding that the cells are from."""
    yield (
        "contributors",
        {
            "id": FIRST_CODER,
            "name": "First coding",
            "description": "The coding in the files of the corpus, as its coders have checked it.",
        },
    )


def value_rows(result: Classification, context: Context) -> Iterator[Placed]:
    """Yield a row for each cell of a provision, each followed by those of its reasons."""
    with using(ENGLISH):
        for classified in result.dimensions.values():
            for value in _answers(classified):
                yield from _cell(result.provision.id, classified, value, context)


def _answers(classified: Classified) -> list[str]:
    """Return the classes of a provision, then what limbs have that have no class."""
    answers = list(classified.answers)
    if classified.values:
        answers += [answer for limb in classified.limbs for answer in _of_limb(limb)]
    return list(dict.fromkeys(answers))


def _of_limb(limb: LimbValue) -> Sequence[str]:
    """Return the classes of a limb, or what it has in their place."""
    if limb.values:
        return sorted(limb.values)
    return (NONE_REPORTED if limb.basis is Basis.REPORTED else str(limb.basis),)


def _cell(provision: str, classified: Classified, value: str, context: Context) -> Iterator[Placed]:
    is_class = value in classified.values
    has_classes = bool(classified.values)
    limbs = [limb for limb in classified.limbs if not has_classes or value in _of_limb(limb)]
    reasons = [reason for reason in classified.because if reason.value == value]
    value_id = row_id(provision, classified.dimension, value)
    place: Cells = {"provision_id": provision, "dimension_id": classified.dimension}
    yield (
        "values",
        {
            "id": value_id,
            **place,
            "value": value,
            "class_id": row_id(classified.dimension, value) if is_class else None,
            "basis": _basis(classified, value, reasons),
            "is_complete": _is_complete(classified),
            "limbs": context.limbs(limb.limb for limb in limbs),
            # The answer to the question of the persons names them itself.
            "persons": () if classified.dimension == "persons" else _persons(limbs),
            "categories": classified.categories if is_class else (),
            "excluded": classified.excluded if is_class else (),
            **_proof(reasons, context),
            "coder": FIRST_CODER,
        },
    )
    yield from _reasons(value_id, {**place, "value": value}, reasons, context)


def _reasons(
    value_id: str, cell: Cells, reasons: Sequence[Reason], context: Context
) -> Iterator[Placed]:
    """Yield a row for each reason for a cell."""
    for number, reason in enumerate(reasons, 1):
        yield (
            "reasons",
            {
                "id": row_id(value_id, number),
                "value_id": value_id,
                **cell,
                "number": number,
                "limb_id": context.limb_ids.get(reason.limb),
                "basis": str(reason.basis),
                "rule": reason.rule,
                "quotation": reason.evidence or None,
                "language": reason.language or None,
                **place_cells(reason.source),
                "as_at": context.as_at(reason.source),
                "confidence": reason.confidence or None,
                "coder": FIRST_CODER,
                "doubt": reason.doubt or None,
                "note": reason.note or None,
            },
        )


def _basis(classified: Classified, value: str, reasons: Sequence[Reason]) -> str:
    """Return the weakest basis of the reasons for a cell; without a reason, the value says it."""
    if reasons:
        return str(min((reason.basis for reason in reasons), key=_STRENGTH.index))
    if value in (Basis.SILENT, Basis.UNKNOWN):
        return value
    return str(classified.basis)


def _is_complete(classified: Classified) -> bool:
    """Return whether a provision is known to have no further class in a dimension."""
    if classified.is_none_reported:
        return not classified.is_open
    is_known = all(
        limb.basis is not Basis.UNKNOWN and not limb.partial and not limb.is_open
        for limb in classified.limbs
    )
    return is_known and not classified.is_open


def _persons(limbs: Sequence[LimbValue]) -> tuple[str, ...]:
    """Return the persons to whom limbs apply; nothing if that is not known of all of them."""
    persons = [limb.persons for limb in limbs]
    if any(each is None for each in persons):
        return ()
    return tuple(sorted(frozenset().union(*(each or () for each in persons))))


def _proof(reasons: Sequence[Reason], context: Context) -> Cells:
    """Return the cells that say what a class is based on, from its reasons."""
    sources = [reason.source for reason in reasons if reason.source]
    reliability = [reason.confidence for reason in reasons if reason.confidence]
    return {
        "quotations": _once(reason.evidence for reason in reasons),
        "rules": _once(reason.rule for reason in reasons),
        "source": _once(map(_bibtex_citation, sources)),
        "places": _once(source.place for source in sources),
        "as_at": _once(context.as_at(source) or "" for source in sources),
        "confidence": min(reliability, key=RELIABILITY.index) if reliability else None,
        "doubt": _once(reason.doubt for reason in reasons),
        "note": _once(reason.note for reason in reasons),
    }


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts on one line each, without empty ones and repetitions."""
    return tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text))


def _bibtex_citation(source: Citation) -> str:
    """Return a citation as CLDF writes it: the key, and the place in square brackets."""
    place = source.place.translate(str.maketrans("[];", "(),"))
    return f"{source.ref}[{place}]" if place else source.ref
