"""Build the codebook from the checked data of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.model.codebook import FIELDS, Codebook, Dimension, Rule, Term
from npcompare.model.kinds import KINDS
from npcompare.model.provision import Citation
from npcompare.model.results import Authority

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def citation(data: Mapping[str, Any]) -> Citation:
    """Return a citation from its mapping in a file."""
    return Citation(
        ref=str(data["ref"]),
        paragraph=str(data.get("paragraph", "")),
        footnote=str(data.get("footnote", "")),
        pinpoint=str(data.get("pinpoint", "")),
    )


def source_of(data: Mapping[str, Any]) -> Citation | None:
    """Return the citation under "source", if there is one."""
    return citation(data["source"]) if "source" in data else None


def parse_codebook(data: Mapping[str, Any]) -> Codebook:
    """Return the codebook from data that has no findings."""
    vocabulary = {
        # A codebook need not have words for every field, nor effects.
        **{name: {} for name in (*FIELDS.values(), "effect")},
        **{name: _terms(terms) for name, terms in data["vocabulary"].items()},
    }
    return Codebook(
        version=data["version"],
        title=data["title"],
        vocabulary=vocabulary,
        dimensions={
            name: _dimension(name, dimension, vocabulary)
            for name, dimension in data["dimensions"].items()
        },
        rules=tuple(
            Rule(
                id=rule["id"],
                dimension=rule["dimension"],
                when=rule["when"],
                then=rule["then"],
                because=rule["because"],
                source=source_of(rule),
                is_implied=rule.get("implied", False),
            )
            for rule in data["rules"]
        ),
        exception_words={
            language: tuple(words) for language, words in data.get("exception_words", {}).items()
        },
        effects=tuple((each["effect"], each["when"]) for each in data.get("effects", ())),
        moved=data.get("moved", {}),
    )


def _terms(data: Mapping[str, Any]) -> dict[str, Term]:
    parts = {
        word: (*term.get("includes", ()), *term.get("means", ())) for word, term in data.items()
    }
    sums = {word for word, term in data.items() if "means" in term}
    return {
        word: Term(
            word=word,
            label=term["label"],
            definition=term["definition"],
            source=source_of(term),
            # A word and all that it includes at any depth; only the parts of what it means.
            stands_for=frozenset({word} | _reachable(parts, word)) - sums,
            varies=term.get("varies", False),
            excluded_label=term.get("excluded_label", term["label"]),
        )
        for word, term in data.items()
    }


def _reachable(successors: Mapping[str, Collection[str]], start: str) -> set[str]:
    """Return what is reached from a node in one step or more: itself only through a cycle."""
    reached: set[str] = set()
    waiting = list(successors.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += successors.get(node, ())
    return reached


def _dimension(
    name: str, data: Mapping[str, Any], vocabulary: Mapping[str, Mapping[str, Term]]
) -> Dimension:
    field = data.get("field", "")
    kind = KINDS[data["kind"]]
    classes = vocabulary[FIELDS[field]] if field else _terms(data["classes"])
    words = vocabulary[kind.vocabulary] if kind.vocabulary else classes
    order = tuple(
        Authority(
            step["wider"], step["narrower"], step["because"], source_of(step), step.get("hedge", "")
        )
        for step in data.get("order", ())
    )
    declared = {(step.wider, step.narrower) for step in order}
    certain = {(step.wider, step.narrower) for step in order if not step.hedge}
    wider = _transitive(declared)
    return Dimension(
        id=name,
        label=data["label"],
        question=data["question"],
        source=source_of(data),
        core=data["core"],
        field=field,
        classes=classes,
        silence_is_none=data["silence"]["means"] == "none",
        silence=data["silence"]["because"],
        order=order,
        open_ended=data.get("open_ended", False),
        under=data.get("under", ""),
        is_detail=data.get("detail", False),
        scale=kind(
            distinct=data.get("distinct", True),
            ladder=tuple(data.get("ladder", ())),
            stands_for={word: term.stands_for for word, term in words.items()},
            declared=frozenset(declared),
            wider=wider,
            qualified=wider - _transitive(certain),
            empty=data.get("empty", ""),
            universe=frozenset(words),
            varying=frozenset(word for word, term in words.items() if term.varies),
        ),
    )


def _transitive(pairs: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the transitive closure of pairs: each with all that can be reached from it."""
    successors: dict[str, list[str]] = {}
    for wider, narrower in pairs:
        successors.setdefault(wider, []).append(narrower)
    return frozenset(
        (wider, narrower) for wider in successors for narrower in _reachable(successors, wider)
    )
