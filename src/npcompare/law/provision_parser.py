"""Build a provision from the checked data of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.law.codebook_parser import citation, source_of
from npcompare.law.version_readings import with_other_versions_as_doubts
from npcompare.model.language_versions import AUTHENTIC
from npcompare.model.provision import (
    Basis,
    Coded,
    Doubt,
    Instrument,
    Interpretation,
    Jurisdiction,
    LanguageVersion,
    Limb,
    Note,
    NoteKind,
    Provision,
    Reported,
    ReportedWording,
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

_LIMB_KEYS = frozenset(FIELDS_OF_LIMB)

#: Fields of a provision as a whole.
FIELDS_OF_PROVISION = ("raised_by", "burden", "standard")


def parse_provision(data: Mapping[str, Any]) -> Provision:
    """Return the provision from data without findings."""
    confidence = data.get("confidence", "")
    versions = _versions(data, confidence)
    first = versions[0]
    jurisdiction = data["jurisdiction"]
    return Provision(
        id=data["id"],
        jurisdiction=Jurisdiction(
            jurisdiction["name"], jurisdiction["code"] or "", jurisdiction["kind"]
        ),
        instrument=_instrument(data["instrument"]),
        form=data["form"] or "",
        text=first.text,
        aliases=tuple(data.get("aliases", ())),
        pinpoint=data.get("pinpoint") or "",
        identifiers=dict(data.get("identifiers", {})),
        dates=dict(data.get("dates", {})),
        limbs=first.limbs,
        coded=first.coded,
        reported=tuple(_reported(one, confidence) for one in data.get("reported", ())),
        sources=tuple(citation(one) for one in data.get("sources", ())),
        notes=tuple(_note(one) for one in data.get("notes", ())),
        confidence=confidence,
        version_of=data.get("version_of", ""),
        succeeds=_succession(data["succeeds"]) if "succeeds" in data else None,
        settled=tuple(map(_settled, data.get("settled", ()))),
        fuller=tuple(data.get("fuller", ())),
        interpreted_by=tuple(map(_interpretation, data.get("interpreted_by", ()))),
        language_versions=versions if isinstance(data["text"], list) else (),
        reported_wordings=tuple(
            _reported_wording(wording, confidence) for wording in data.get("reported_wordings", ())
        ),
    )


def _versions(data: Mapping[str, Any], confidence: str) -> tuple[LanguageVersion, ...]:
    """Return the versions of the text, each with its coding; a single text is the only one."""
    items, is_list = data["text"], isinstance(data["text"], list)
    texts = [_text(item, is_version=is_list) for item in (items if is_list else [items])]
    versions = tuple(_coded_version(data, _Reader(text, confidence, texts[0])) for text in texts)
    return versions if len(versions) == 1 else with_other_versions_as_doubts(versions)


def _coded_version(data: Mapping[str, Any], reader: _Reader) -> LanguageVersion:
    limbs = (_limb(limb, index, reader) for index, limb in enumerate(data.get("limbs", ()), 1))
    return LanguageVersion(
        text=reader.text,
        limbs=tuple(limb for limb in limbs if limb is not None),
        coded={
            name: values
            for name in FIELDS_OF_PROVISION
            if name in data and (values := tuple(reader.coded(name, data[name])))
        },
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


def _text(data: Mapping[str, Any], *, is_version: bool = False) -> Text:
    status, complete = data["status"], data.get("complete", False)
    return Text(
        status=_status_of_version(status, complete=complete) if is_version else status,
        complete=complete,
        language=data.get("language", ""),
        body=data.get("body", ""),
        source=source_of(data),
        note=data.get("note", ""),
        misprints=tuple(data.get("misprints", ())),
        authority=status if is_version else "",
    )


def _status_of_version(status: str, *, complete: bool) -> str:
    """Return the status of a text for that of a version."""
    if status == AUTHENTIC:
        return "verbatim" if complete else "excerpt"
    return "paraphrase" if status == "paraphrase" else "translation"


def _settled(data: Mapping[str, Any]) -> Settled:
    return Settled(fold(data["words"]), data["note"], data.get("language", ""))


def _reported_wording(data: Mapping[str, Any], confidence: str) -> ReportedWording:
    return ReportedWording(
        language=data["language"],
        limb=data["limb"],
        field=data["field"],
        words=fold(data["words"]),
        source=citation(data["source"]),
        value=data.get("value", ""),
        lacks=data.get("lacks", ""),
        note=fold(data.get("note", "")),
        confidence=data.get("confidence", confidence),
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


def _limb(data: Mapping[str, Any], index: int, reader: _Reader) -> Limb | None:
    """Return a limb as the version of the reader has it, or None if that version does not."""
    coded: dict[str, tuple[Coded, ...]] = {}
    for name in FIELDS_OF_LIMB:
        if name == "offences" and name in data:
            if not reader.has(data[name]):
                return None
            coded.update(reader.offences(data[name]))
        elif name in data and (values := tuple(reader.coded(name, data[name]))):
            coded[name] = values
    if not coded and not _LIMB_KEYS.isdisjoint(data):
        return None
    is_open = data.get("offences", {}).get("open", False)
    return Limb(data.get("id", str(index)), coded, data.get("note", ""), is_open)


class _Reader(Struct, frozen=True):
    """Reads coded values of one version, with its text and the confidence of all of them."""

    text: Text
    confidence: str
    #: The first version, from which words are quoted that have no language.
    original: Text

    def has(self, data: Mapping[str, Any]) -> bool:
        """Return whether a value holds for this version, and not only for other versions."""
        evidence = data.get("evidence")
        return not isinstance(evidence, dict) or "source" in data or self._own_key(evidence) != ""

    def coded(self, name: str, data: Any) -> Iterator[Coded]:
        """Yield each value of a field that is coded once or several times."""
        for item in data if isinstance(data, list) else [data]:
            if self.has(item):
                doubt = _doubt(item, lambda reading: {name: _words(reading)})
                for value in _words(item):
                    yield self._coded_value(value, item, doubt)

    def offences(self, data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Coded, ...]]]:
        """Yield the extent and the categories of the offences, each as a field."""
        doubt = _doubt(data, _offences_by_field)
        for field, words in _offences_by_field(data).items():
            yield field, tuple(self._coded_value(word, data, doubt) for word in words)

    def _coded_value(self, value: str, data: Mapping[str, Any], doubt: Doubt | None) -> Coded:
        text, evidence = self._quoted(data.get("evidence", []))
        from_law = bool(evidence) and not text.is_description
        return Coded(
            value=value,
            basis=Basis.TEXT if from_law else Basis.REPORTED,
            evidence=evidence,
            source=text.source if evidence else source_of(data),
            note=fold(data.get("note", "")),
            confidence="" if evidence else data.get("confidence", self.confidence),
            doubt=doubt,
            language="" if text is self.text or not evidence else text.language,
        )

    def _quoted(self, evidence: Any) -> tuple[Text, tuple[str, ...]]:
        """Return the words that prove a value, and the version that has them."""
        text = self.original
        if isinstance(evidence, dict):
            text, evidence = self.text, evidence.get(self._own_key(evidence), [])
        words = [evidence] if isinstance(evidence, str) else evidence
        return text, tuple(map(fold, words))

    def _own_key(self, evidence: Mapping[str, Any]) -> str:
        """Return the language under which words of this version are quoted; empty if none are."""
        tag = self.text.language.casefold()
        return next((key for key in evidence if key.casefold() == tag), "")


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
    reading = data["doubtful"]
    is_coded = not reading.keys().isdisjoint(("value", "values", "extent"))
    values = by_field(reading) if is_coded else {}
    return Doubt(values, fold(reading["note"]), reading.get("open", False))


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
