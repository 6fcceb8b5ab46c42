"""Disagreements as a file to fill in, and the decisions read back from it.

The file names each disagreement with what either coder has and on which words, and leaves a place
for the decision and its reason. A decision holds for what it was made of: where a coder has changed
the coding since, it has to be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code, Problem
from npcompare.law import json_schema
from npcompare.law.citations import cited
from npcompare.law.yaml_reader import dump, read
from npcompare.model.provision import Basis
from npcompare.text import suggestion, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from npcompare.coding.agreement import Unit
    from npcompare.law.corpus import Corpus
    from npcompare.law.yaml_reader import Pointer, Source
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classified

#: The line by which such a file is known.
MARK = "schema: urn:npcompare:adjudication:1"

_HEAD = """\
# What two coders have coded differently, to be settled.
#
# Under each disagreement write the decision and the reason for it:
#   decision: a                   as coder a has it
#   decision: b                   as coder b has it
#   decision: [duress, status]    neither: these classes, out of the choices
# A decision settles how the provision is to be coded; it changes no coded file.
# `npcompare agree` takes the file back with --adjudicated, and says what is still open.
"""

#: Coders by the keys they have in the file.
_CODERS = ("a", "b")

Key = tuple[str, str]


class State(StrEnum):
    """How far a disagreement has been settled."""

    OPEN = "open"
    SETTLED = "settled"
    #: Decided on coding that has changed since.
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one disagreement: "a", "b" or classes, and why."""

    words: tuple[str, ...]
    reason: str
    #: What the coders had when it was decided.
    a: Mapping[str, Any]
    b: Mapping[str, Any]


def state(unit: Unit, decision: Decision | None) -> State:
    """Return how far a disagreement has been settled by a decision."""
    if decision is None:
        return State.OPEN
    now = (_coding(unit.a), _coding(unit.b))
    return State.SETTLED if now == (decision.a, decision.b) else State.OUTDATED


def left_open(disagreements: Iterable[Unit], decisions: Mapping[Key, Decision]) -> tuple[Unit, ...]:
    """Return the disagreements that no decision settles."""
    return tuple(
        one
        for one in disagreements
        if state(one, decisions.get((one.provision, one.dimension))) is not State.SETTLED
    )


# --- To the file -------------------------------------------------------------------------------


def to_fill_in(
    corpora: tuple[Corpus, Corpus],
    names: tuple[str, str],
    disagreements: Iterable[Unit],
    decisions: Mapping[Key, Decision],
) -> str:
    """Return the file as YAML; decisions that still hold are in their places already."""
    book = corpora[0].codebook
    coders = dict(zip(_CODERS, (visible(name, keep_lines=False) for name in names), strict=True))
    parts = [
        f"{_HEAD}{MARK}\n{dump({'codebook': book.version, 'coders': coders})}",
        *(
            dump([_disagreement(corpora, one, decisions.get((one.provision, one.dimension)))])
            for one in disagreements
        ),
    ]
    parts[0] += "disagreements:" if len(parts) > 1 else "disagreements: []\n"
    return "\n".join(parts)


def _disagreement(
    corpora: tuple[Corpus, Corpus], one: Unit, decision: Decision | None
) -> dict[str, Any]:
    dimension = corpora[0].codebook.dimensions[one.dimension]
    is_settled = decision is not None and state(one, decision) is State.SETTLED
    last = _said(decision) if decision else {}
    return {
        "provision": one.provision,
        "dimension": one.dimension,
        "differs": str(one.outcome),
        "fields": list(one.fields),
        "a": _side(corpora[0], one.a),
        "b": _side(corpora[1], one.b),
        "choices": ", ".join(_choices(dimension)),
        **(last if is_settled else {"decision": None, "reason": None}),
        **({"earlier": last} if last and not is_settled else {}),
    }


def _said(decision: Decision) -> dict[str, Any]:
    words = list(decision.words)
    return {
        "decision": words[0] if words[0] in _CODERS else words,
        "reason": decision.reason,
    }


def _choices(dimension: Dimension) -> tuple[str, ...]:
    return (*dimension.classes, str(Basis.SILENT), str(Basis.UNKNOWN))


def _side(corpus: Corpus, one: Classified) -> dict[str, Any]:
    words = [
        {
            "class": reason.value,
            "limb": reason.limb,
            "evidence": reason.evidence,
            "source": cited(corpus, reason.source),
            "note": reason.note,
        }
        for reason in one.because
    ]
    shown = [{key: value for key, value in each.items() if value} for each in words]
    return {**_coding(one), "words": shown}


def _coding(one: Classified) -> dict[str, Any]:
    """Return what a decision is about: the coding without the words it rests on."""
    limbs = [
        {
            "limb": limb.limb,
            "classes": sorted(limb.values or ()),
            "basis": str(limb.basis),
            "categories": sorted(limb.categories),
            "excluded": sorted(limb.excluded),
        }
        for limb in one.differing_limbs
    ]
    found = {
        "categories": list(one.categories),
        "excluded": list(one.excluded),
        "limbs": [{key: value for key, value in limb.items() if value} for limb in limbs],
    }
    return {
        "classes": list(one.values),
        "basis": str(one.basis),
        **{key: value for key, value in found.items() if value},
    }


# --- And back ----------------------------------------------------------------------------------


def decisions_in(path: Path, codebook: Codebook) -> Mapping[Key, Decision]:
    """Return the decisions that a file holds, by provision and dimension.

    A disagreement that is still open is left out. Raises ProblemsError on findings in the file.
    """
    source = read(path)
    json_schema.require(source, "adjudication", lambda held: _check(held, codebook))
    return {
        (one["provision"], one["dimension"]): _decision(one)
        for one in source.data["disagreements"]
        if _decided(one) or "earlier" in one
    }


def _decision(one: Mapping[str, Any]) -> Decision:
    if not _decided(one):
        # What it was made of is no longer there to compare.
        return Decision(_decided(one["earlier"]), one["earlier"]["reason"], {}, {})
    a, b = ({key: one[name][key] for key in one[name] if key != "words"} for name in _CODERS)
    return Decision(_decided(one), one["reason"], a, b)


def _decided(one: Mapping[str, Any]) -> tuple[str, ...]:
    said = one["decision"] or []
    return (said,) if isinstance(said, str) else tuple(said)


def _check(source: Source, codebook: Codebook) -> Iterator[Problem]:
    seen: set[Key] = set()
    for index, one in enumerate(source.data["disagreements"]):
        at: Pointer = ("disagreements", index)
        key = (one["provision"], one["dimension"])
        if key in seen:
            message = f"a second decision on {key[1]} of {key[0]}"
            yield source.problem((*at, "dimension"), Code.ID_TAKEN, message, "keep one of the two")
        seen.add(key)
        dimension = codebook.dimensions.get(one["dimension"])
        if dimension is None:
            message = f'"{one["dimension"]}" is no dimension of the codebook'
            hint = suggestion(one["dimension"], "they are", codebook.dimensions)
            yield source.problem((*at, "dimension"), Code.NOT_A_WORD, message, hint)
            continue
        yield from _check_decision(source, at, one, _choices(dimension))


def _check_decision(
    source: Source, at: Pointer, one: Mapping[str, Any], choices: tuple[str, ...]
) -> Iterator[Problem]:
    decided = _decided(one)
    alone = {*_CODERS, str(Basis.SILENT), str(Basis.UNKNOWN)} & set(decided)
    for word in decided:
        if word not in (*choices, *_CODERS):
            message = f'"{word}" is no decision on {one["dimension"]}'
            hint = suggestion(word, "write a, b or out of", choices)
            yield source.problem((*at, "decision"), Code.NOT_A_WORD, message, hint)
    if alone and len(decided) > 1:
        message = f'"{min(alone)}" stands beside other words of the decision'
        yield source.problem((*at, "decision"), Code.CODING_CONFLICT, message, "it stands alone")
    if decided and not (one["reason"] or "").strip():
        message = f"the decision on {one['dimension']} of {one['provision']} gives no reason"
        yield source.problem((*at, "reason"), Code.NO_PROOF, message, 'say why under "reason"')
