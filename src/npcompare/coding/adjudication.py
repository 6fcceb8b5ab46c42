"""Adjudication: disagreements of two coders as a file to fill in, and the decisions in it.

The file shows for each disagreement the classes that each coder gives and the words they are based
on, with a place for the decision and its reason. A decision applies to the coding that it was made
on: if a coder has changed the coding since, the decision is outdated and has to be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from npcompare.coding.file_templates import fill_template
from npcompare.errors import Code, NpcompareError, Problem
from npcompare.files import check_coded_file, write_all
from npcompare.law import json_schema
from npcompare.law.checking import SchemaChecks
from npcompare.law.citations import cited
from npcompare.law.yaml_reader import dump_yaml, read_yaml
from npcompare.model.provision import Basis
from npcompare.text import suggestion, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from npcompare.coding.agreement import Unit
    from npcompare.law.corpus import Corpus
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classified

#: The line that identifies such a file.
MARK = "schema: urn:npcompare:adjudication:1"

#: The keys of the two coders in the file.
_CODERS = ("a", "b")

#: A disagreement by its provision and dimension.
Key = tuple[str, str]


class State(StrEnum):
    """Whether a disagreement has been settled."""

    OPEN = "open"
    SETTLED = "settled"
    #: The coding has changed since the decision.
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on one disagreement: "a", "b" or classes, and the reason."""

    words: tuple[str, ...]
    reason: str
    #: The coding of each coder that the decision was made on.
    a: Mapping[str, Any]
    b: Mapping[str, Any]


def state(unit: Unit, decision: Decision | None) -> State:
    """Return whether a decision settles a disagreement."""
    if decision is None:
        return State.OPEN
    current = (_coding(unit.a), _coding(unit.b))
    return State.SETTLED if current == (decision.a, decision.b) else State.OUTDATED


def unsettled(disagreements: Iterable[Unit], decisions: Mapping[Key, Decision]) -> tuple[Unit, ...]:
    """Return the disagreements that no decision settles."""
    return tuple(
        unit
        for unit in disagreements
        if state(unit, decisions.get((unit.provision, unit.dimension))) is not State.SETTLED
    )


def without_disagreement(
    disagreements: Iterable[Unit], decisions: Mapping[Key, Decision]
) -> tuple[Key, ...]:
    """Return the decisions that are on none of the disagreements, as after a misspelt id."""
    keys = {(unit.provision, unit.dimension) for unit in disagreements}
    return tuple(key for key in decisions if key not in keys)


def named(keys: Iterable[Key]) -> str:
    """Return disagreements as words: "force of freedonia-4"."""
    return ", ".join(f"{dimension} of {provision}" for provision, dimension in keys)


# --- Write the file ----------------------------------------------------------------------------


def adjudication_file(
    corpora: tuple[Corpus, Corpus],
    names: tuple[str, str],
    disagreements: Iterable[Unit],
    decisions: Mapping[Key, Decision],
) -> str:
    """Return the file as YAML, with the decisions that still apply.

    Args:
        corpora: The corpora of the two coders.
        names: The names of the two coders.
        disagreements: The disagreements to list.
        decisions: Decisions made earlier, which may be outdated.
    """
    coders = dict(zip(_CODERS, (visible(name, keep_lines=False) for name in names), strict=True))
    return fill_template(
        "adjudication.yaml.j2",
        mark=MARK,
        coders=_yaml({"codebook": corpora[0].codebook.version, "coders": coders}),
        disagreements=[
            _yaml([_entry(corpora, unit, decisions.get((unit.provision, unit.dimension)))])
            for unit in disagreements
        ],
    )


def write_adjudication(
    text: str, path: Path, codebook: Codebook, decided: Iterable[Key], *, force: bool
) -> None:
    """Write the file; one that exists is overwritten only with `force`, and if nothing is lost.

    Args:
        text: The text of the file.
        path: Where it is written.
        codebook: That of a file that exists.
        decided: The decisions that the text was made with.
        force: Whether a file that exists is overwritten.

    Raises NpcompareError if the file has other decisions, or must not be overwritten.
    """
    target = check_coded_file(path, mark=MARK, force=force)
    present = read_decisions(path, codebook) if target.is_file() else {}
    if undecided := present.keys() - set(decided):
        raise NpcompareError(
            f"{path} has decisions that would be lost: {named(sorted(undecided))}",
            f"add --adjudicated {path} to keep them, or choose another name",
        )
    write_all({path: text}, {path: target}, force=force)


def _yaml(data: Any) -> str:
    """Return data as YAML, without the newline at its end."""
    return dump_yaml(data).removesuffix("\n")


def _entry(corpora: tuple[Corpus, Corpus], unit: Unit, decision: Decision | None) -> dict[str, Any]:
    """Return a disagreement as data of the file."""
    dimension = corpora[0].codebook.dimensions[unit.dimension]
    is_settled = decision is not None and state(unit, decision) is State.SETTLED
    earlier = _decision_data(decision) if decision else {}
    return {
        "provision": unit.provision,
        "dimension": unit.dimension,
        "differs": str(unit.outcome),
        "fields": list(unit.fields),
        "a": _coder_data(corpora[0], unit.a),
        "b": _coder_data(corpora[1], unit.b),
        "choices": ", ".join(_choices(dimension)),
        **(earlier if is_settled else {"decision": None, "reason": None}),
        **({"earlier": earlier} if earlier and not is_settled else {}),
    }


def _decision_data(decision: Decision) -> dict[str, Any]:
    words = list(decision.words)
    return {
        "decision": words[0] if words[0] in _CODERS else words,
        "reason": decision.reason,
    }


def _choices(dimension: Dimension) -> tuple[str, ...]:
    return (*dimension.classes, str(Basis.SILENT), str(Basis.UNKNOWN))


def _coder_data(corpus: Corpus, classified: Classified) -> dict[str, Any]:
    """Return the coding of one coder, with the words that it is based on."""
    words = [
        {
            "class": reason.value,
            "limb": reason.limb,
            "evidence": reason.evidence,
            "source": cited(corpus, reason.source),
            "note": reason.note,
        }
        for reason in classified.because
    ]
    return {**_coding(classified), "words": [_without_empty(entry) for entry in words]}


def _coding(classified: Classified) -> dict[str, Any]:
    """Return the coding that a decision is about, without the words that it is based on."""
    limbs = [
        {
            "limb": limb.limb,
            "classes": sorted(limb.values or ()),
            "basis": str(limb.basis),
            "categories": sorted(limb.categories),
            "excluded": sorted(limb.excluded),
        }
        for limb in classified.differing_limbs
    ]
    details = {
        "categories": list(classified.categories),
        "excluded": list(classified.excluded),
        "limbs": [_without_empty(limb) for limb in limbs],
    }
    return {
        "classes": list(classified.values),
        "basis": str(classified.basis),
        **_without_empty(details),
    }


def _without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


# --- Read it back ------------------------------------------------------------------------------


def read_decisions(path: Path, codebook: Codebook) -> Mapping[Key, Decision]:
    """Return the decisions in a file, without the disagreements that are still open.

    Raises ProblemsError if there are findings in the file.
    """
    source = read_yaml(path)
    json_schema.require_valid(source, "adjudication", lambda loaded: _check(loaded, codebook))
    return {
        (entry["provision"], entry["dimension"]): _decision(entry)
        for entry in source.data["disagreements"]
        if _decided_words(entry) or "earlier" in entry
    }


def _decision(entry: Mapping[str, Any]) -> Decision:
    if not _decided_words(entry):
        # The file no longer has the coding that an earlier decision was made on.
        earlier = entry["earlier"]
        return Decision(_decided_words(earlier), earlier["reason"], {}, {})
    a, b = (
        {key: value for key, value in entry[coder].items() if key != "words"} for coder in _CODERS
    )
    return Decision(_decided_words(entry), entry["reason"], a, b)


def _decided_words(entry: Mapping[str, Any]) -> tuple[str, ...]:
    decision = entry["decision"] or []
    return (decision,) if isinstance(decision, str) else tuple(decision)


class DecisionChecks(SchemaChecks):
    """The checks of a file of decisions: its shape, its dimensions and its words."""

    def __init__(self, codebook: Codebook, key: str) -> None:
        """Take the `variables` of a codebook, and what identifies it."""
        super().__init__("adjudication")
        self._codebook = codebook
        self.digest = sha256(f"{self.digest} {key}".encode()).hexdigest()

    def find(self, file: YamlFile) -> list[Problem]:
        """Return the findings about a file of decisions."""
        return super().find(file) or [*_check(file, self._codebook)]


def _check(source: YamlFile, codebook: Codebook) -> Iterator[Problem]:
    keys: set[Key] = set()
    for index, entry in enumerate(source.data["disagreements"]):
        pointer: Pointer = ("disagreements", index)
        key = (entry["provision"], entry["dimension"])
        if key in keys:
            message = f"there is already a decision on {key[1]} of {key[0]}"
            hint = "keep one of the two"
            yield source.problem((*pointer, "dimension"), Code.ID_TAKEN, message, hint)
        keys.add(key)
        dimension = codebook.dimensions.get(entry["dimension"])
        if dimension is None:
            message = f'"{entry["dimension"]}" is not a dimension of the codebook'
            hint = suggestion(entry["dimension"], "its dimensions are", codebook.dimensions)
            yield source.problem((*pointer, "dimension"), Code.NOT_A_WORD, message, hint)
            continue
        yield from _check_decision(source, pointer, entry, _choices(dimension))


def _check_decision(
    source: YamlFile, pointer: Pointer, entry: Mapping[str, Any], choices: tuple[str, ...]
) -> Iterator[Problem]:
    words = _decided_words(entry)
    exclusive = {*_CODERS, str(Basis.SILENT), str(Basis.UNKNOWN)} & set(words)
    for word in words:
        if word not in (*choices, *_CODERS):
            message = f'"{word}" is not a valid decision on {entry["dimension"]}'
            hint = suggestion(word, "write a, b or one or more of", choices)
            yield source.problem((*pointer, "decision"), Code.NOT_A_WORD, message, hint)
    if exclusive and len(words) > 1:
        message = f'"{min(exclusive)}" cannot be combined with other words in a decision'
        hint = f'write "{min(exclusive)}" alone, or remove it'
        yield source.problem((*pointer, "decision"), Code.CODING_CONFLICT, message, hint)
    has_reason = bool((entry["reason"] or "").strip())
    name = f"{entry['dimension']} of {entry['provision']}"
    if words and not has_reason:
        message, hint = f"the decision on {name} gives no reason", 'write the reason under "reason"'
        yield source.problem((*pointer, "reason"), Code.NO_PROOF, message, hint)
    if has_reason and not words:
        message = f"there is a reason but no decision on {name}"
        hint = 'write the decision under "decision", or delete the reason'
        yield source.problem((*pointer, "decision"), Code.MISSING_KEY, message, hint)
