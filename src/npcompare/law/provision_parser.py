"""Build a provision from the checked data of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.law.codebook_parser import citation, source_of
from npcompare.model.provision import (
    Basis,
    Coded,
    Doubt,
    Instrument,
    Interpretation,
    Jurisdiction,
    Limb,
    Note,
    NoteKind,
    Provision,
    Reported,
    Settled,
    Succession,
    Text,
)
from npcompare.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Fields of a limb, in the order they are shown.
FIELDS_OF_LIMB = (
    "persons",
    "beneficiaries",
    "offences",
    "link",
    "graded",
    "compulsion",
    "compelled_by",
    "tests",
    "timing",
    "relief",
    "liability",
    "force",
    "duty",
    "requires",
    "addressee",
    "conditions",
    "status_required",
    "status_decider",
    "cooperation",
    "decision",
    "evidence",
    "records",
    "records_procedure",
    "records_effect",
)

#: Fields of a provision as a whole.
FIELDS_OF_PROVISION = ("raised_by", "burden", "standard")


def parse_provision(data: Mapping[str, Any]) -> Provision:
    """Return the provision from data without findings."""
    text = _text(data["text"])
    confidence = data.get("confidence", "")
    reader = _Reader(text, confidence)
    jurisdiction = data["jurisdiction"]
    return Provision(
        id=data["id"],
        jurisdiction=Jurisdiction(
            jurisdiction["name"], jurisdiction["code"] or "", jurisdiction["kind"]
        ),
        instrument=_instrument(data["instrument"]),
        form=data["form"] or "",
        text=text,
        aliases=tuple(data.get("aliases", ())),
        pinpoint=data.get("pinpoint") or "",
        identifiers=dict(data.get("identifiers", {})),
        dates=dict(data.get("dates", {})),
        limbs=tuple(
            _limb(limb, index, reader) for index, limb in enumerate(data.get("limbs", ()), 1)
        ),
        coded={
            name: tuple(reader.coded(name, data[name]))
            for name in FIELDS_OF_PROVISION
            if name in data
        },
        reported=tuple(_reported(one, confidence) for one in data.get("reported", ())),
        sources=tuple(citation(one) for one in data.get("sources", ())),
        notes=tuple(_note(one) for one in data.get("notes", ())),
        confidence=confidence,
        version_of=data.get("version_of", ""),
        succeeds=_succession(data["succeeds"]) if "succeeds" in data else None,
        settled=tuple(Settled(fold(one["words"]), one["note"]) for one in data.get("settled", ())),
        fuller=tuple(data.get("fuller", ())),
        interpreted_by=tuple(map(_interpretation, data.get("interpreted_by", ()))),
    )


def _instrument(data: Mapping[str, Any] | None) -> Instrument:
    if data is None:
        return Instrument("", "")
    return Instrument(
        title=data["title"],
        kind=data["kind"],
        number=str(data.get("number", "")),
        year=str(data.get("year", "")),
        languages=tuple(data.get("languages", ())),
    )


def _text(data: Mapping[str, Any]) -> Text:
    return Text(
        status=data["status"],
        complete=data.get("complete", False),
        language=data.get("language", ""),
        body=data.get("body", ""),
        source=source_of(data),
        note=data.get("note", ""),
        misprints=tuple(data.get("misprints", ())),
    )


def _note(data: str | Mapping[str, Any]) -> Note:
    if isinstance(data, str):
        return Note(data)
    return Note(
        text=data["note"],
        kind=NoteKind(data.get("kind", NoteKind.READING)),
        date=data.get("date", ""),
        source=source_of(data),
        confidence=data.get("confidence", ""),
    )


def _interpretation(data: Mapping[str, Any]) -> Interpretation:
    return Interpretation(data["case"], data.get("date", ""), data["note"], source_of(data))


def _succession(data: Mapping[str, Any]) -> Succession:
    return Succession(data["id"], data["because"], source_of(data))


def _limb(data: Mapping[str, Any], index: int, reader: _Reader) -> Limb:
    coded: dict[str, tuple[Coded, ...]] = {}
    for name in FIELDS_OF_LIMB:
        if name == "offences" and name in data:
            coded.update(reader.offences(data[name]))
        elif name in data:
            coded[name] = tuple(reader.coded(name, data[name]))
    is_open = data.get("offences", {}).get("open", False)
    return Limb(data.get("id", str(index)), coded, data.get("note", ""), is_open)


class _Reader(Struct, frozen=True):
    """Reads coded values, with the text and the confidence that apply to all of them."""

    text: Text
    confidence: str

    def coded(self, name: str, data: Any) -> Iterator[Coded]:
        """Yield each value of a field that is coded once or several times."""
        for item in data if isinstance(data, list) else [data]:
            doubt = _doubt(item, lambda other: {name: _words(other)})
            for value in _words(item):
                yield self._coded_value(value, item, doubt)

    def offences(self, data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Coded, ...]]]:
        """Yield the extent and the categories of the offences, each as a field."""
        doubt = _doubt(data, _offences_by_field)
        for field, words in _offences_by_field(data).items():
            yield field, tuple(self._coded_value(word, data, doubt) for word in words)

    def _coded_value(self, value: str, data: Mapping[str, Any], doubt: Doubt | None) -> Coded:
        evidence = tuple(fold(words) for words in _evidence(data))
        from_law = bool(evidence) and not self.text.is_description
        return Coded(
            value=value,
            basis=Basis.TEXT if from_law else Basis.REPORTED,
            evidence=evidence,
            source=self.text.source if evidence else source_of(data),
            note=fold(data.get("note", "")),
            confidence="" if evidence else data.get("confidence", self.confidence),
            doubt=doubt,
        )


def _words(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(data["values"]) if "values" in data else (data["value"],)


def _offences_by_field(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    by_field: dict[str, tuple[str, ...]] = {"offences.extent": (data["extent"],)}
    for name in ("categories", "excluded"):
        if name in data:
            by_field[f"offences.{name}"] = tuple(data[name])
    return by_field


def _doubt(
    data: Mapping[str, Any],
    by_field: Callable[[Mapping[str, Any]], Mapping[str, tuple[str, ...]]],
) -> Doubt | None:
    """Return the other reading of a value, if it is doubtful."""
    if "doubtful" not in data:
        return None
    other = data["doubtful"]
    is_coded = not other.keys().isdisjoint(("value", "values", "extent"))
    values = by_field(other) if is_coded else {}
    return Doubt(values, fold(other["note"]), other.get("open", False))


def _evidence(data: Mapping[str, Any]) -> list[str]:
    evidence = data.get("evidence", [])
    return [evidence] if isinstance(evidence, str) else evidence


def _reported(data: Mapping[str, Any], confidence: str) -> Reported:
    return Reported(
        dimension=data["dimension"],
        values=tuple(data["values"]),
        persons=tuple(data.get("persons", ())),
        source=citation(data["source"]),
        note=fold(data.get("note", "")),
        confidence=data.get("confidence", confidence),
        is_open=data.get("open", False),
    )
