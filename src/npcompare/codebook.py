"""Dimensions and rules as data, and the small engine that classifies by them.

The engine looks at one limb at a time, rolls the limbs up to the provision, and keeps the trail:
which rule fired on which limb, on which words, on whose authority. A condition on a field that is
not coded is neither true nor false, and a rule fires only where its condition is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code, NpcompareError, Problem
from npcompare.model import (
    Authority,
    Basis,
    Citation,
    Classification,
    Classified,
    Coded,
    Limb,
    LimbValue,
    Provision,
    Reason,
)
from npcompare.relate import Answer, Scale, every, some
from npcompare.schema import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from npcompare.source import Pointer, Source

#: Each field of a limb or provision with the vocabulary it is coded in.
FIELDS = {
    "persons": "persons",
    "offences.extent": "extent",
    "offences.categories": "category",
    "offences.excluded": "category",
    "link": "link",
    "tests": "tests",
    "relief": "relief",
    "liability": "liability",
    "force": "force",
    "addressee": "addressee",
    "conditions": "conditions",
    "burden": "burden",
    "standard": "standard",
}

#: The victims that provisions are compared for, apart.
PERSONS = ("adult", "child")

#: What stands for the rule where a class is the coded value itself, or a source's statement.
AS_CODED = "as-coded"
AS_REPORTED = "as-reported"

#: Texts whose silence is the law's own silence, if they are complete.
_OWN_WORDS = frozenset({"verbatim", "translation"})


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary, or a class."""

    word: str
    label: str
    definition: str
    source: Citation | None
    #: The word with all that it includes; its parts alone, where it means exactly these.
    stands_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One question put to every provision, and how its answers compare."""

    id: str
    label: str
    question: str
    source: Citation
    #: Whether the overall relation rests on it.
    core: bool
    #: The coded field whose words are the classes; empty where rules give them.
    field: str
    classes: Mapping[str, Term]
    #: Whether a complete text that says nothing holds nothing (or else: it is not known).
    silence_is_none: bool
    silence: str
    order: tuple[Authority, ...]
    #: Whether the milder of two limbs decides where both reach the same offences.
    mildest: bool
    scale: Scale


@dataclass(frozen=True, slots=True)
class Rule:
    """If the condition holds of a limb, the class is given."""

    id: str
    dimension: str
    when: Mapping[str, Any]
    then: str
    because: str
    source: Citation


@dataclass(frozen=True, slots=True)
class Codebook:
    """The words, dimensions and rules that provisions are coded and classified by."""

    version: str
    title: str
    vocabulary: Mapping[str, Mapping[str, Term]]
    dimensions: Mapping[str, Dimension]
    rules: tuple[Rule, ...]

    def label(self, vocabulary: str, word: str) -> str:
        """Return the label of a word, or the word itself where there is none."""
        term = self.vocabulary[vocabulary].get(word)
        return term.label if term else word

    def dimension(self, name: str) -> Dimension:
        """Return a dimension by its name; raise NpcompareError if there is none."""
        found = self.dimensions.get(name.casefold())
        if found is None:
            meant = near(name, self.dimensions)
            hint = f'did you mean "{meant}"? ' if meant else ""
            hint += f"the dimensions are: {', '.join(self.dimensions)}"
            raise NpcompareError(f'there is no dimension "{name}"', hint)
        return found

    def rules_of(self, dimension: str) -> tuple[Rule, ...]:
        """Return the rules that give the classes of a dimension."""
        return tuple(rule for rule in self.rules if rule.dimension == dimension)

    def classify(self, provision: Provision) -> Classification:
        """Return a provision's classes in every dimension, with the trail to each."""
        return Classification(
            provision,
            {
                dimension.id: _classified(self, dimension, provision)
                for dimension in self.dimensions.values()
            },
        )


# --- From the file -----------------------------------------------------------------------------


def citation(data: Mapping[str, Any]) -> Citation:
    """Return a citation from its mapping in a file."""
    return Citation(str(data["ref"]), str(data.get("paragraph", "")), str(data.get("footnote", "")))


def source_of(data: Mapping[str, Any]) -> Citation | None:
    """Return the citation under "source", if there is one."""
    return citation(data["source"]) if "source" in data else None


def build(data: Mapping[str, Any]) -> Codebook:
    """Return the codebook from data that has passed its schema and `check`."""
    vocabulary = {name: _terms(terms) for name, terms in data["vocabulary"].items()}
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
                source=citation(rule["source"]),
            )
            for rule in data["rules"]
        ),
    )


def _terms(data: Mapping[str, Any]) -> dict[str, Term]:
    return {
        word: Term(
            word=word,
            label=term["label"],
            definition=term["definition"],
            source=source_of(term),
            stands_for=_stands_for(data, word, frozenset()),
        )
        for word, term in data.items()
    }


def _stands_for(data: Mapping[str, Any], word: str, above: frozenset[str]) -> frozenset[str]:
    """Return a word with all it includes, directly or through others, or the parts it means."""
    if word in above:
        return frozenset()
    below = [*data[word].get("includes", ()), *data[word].get("means", ())]
    parts = (_stands_for(data, part, above | {word}) for part in below)
    return frozenset(() if "means" in data[word] else (word,)).union(*parts)


def _dimension(
    name: str, data: Mapping[str, Any], vocabulary: Mapping[str, Mapping[str, Term]]
) -> Dimension:
    field = data.get("field", "")
    kind = data["kind"]
    classes = vocabulary[FIELDS[field]] if field else _terms(data["classes"])
    words = vocabulary["category"] if kind == "offences" else classes
    order = tuple(
        Authority(one["wider"], one["narrower"], one["because"], source_of(one))
        for one in data.get("order", ())
    )
    return Dimension(
        id=name,
        label=data["label"],
        question=data["question"],
        source=citation(data["source"]),
        core=data["core"],
        field=field,
        classes=classes,
        silence_is_none=data["silence"]["means"] == "none",
        silence=data["silence"]["because"],
        order=order,
        mildest=data.get("mildest", False),
        scale=Scale(
            kind=kind,
            distinct=data.get("distinct", True),
            ladder=tuple(data.get("ladder", ())),
            stands_for={word: term.stands_for for word, term in words.items()},
            wider=_transitive({(one.wider, one.narrower) for one in order}),
            empty=data.get("empty", ""),
            universe=frozenset(words) if kind == "offences" else frozenset(),
        ),
    )


def _transitive(pairs: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    closed = set(pairs)
    while more := {(a, d) for a, b in closed for c, d in closed if b == c} - closed:
        closed |= more
    return frozenset(closed)


# --- Its consistency ---------------------------------------------------------------------------


def check(source: Source) -> list[Problem]:
    """Return what is inconsistent in a codebook that has passed its schema."""
    data = source.data
    found = list(_check_parts(source, data["vocabulary"]))
    for name, dimension in data["dimensions"].items():
        found += _check_dimension(source, name, dimension)
    for index, rule in enumerate(data["rules"]):
        found += _check_rule(source, index, rule)
    if not found:
        found += _check_examples(source)
    return found


def _check_parts(source: Source, vocabulary: Mapping[str, Any]) -> Iterator[Problem]:
    for name, terms in vocabulary.items():
        for word, term in terms.items():
            for key in ("includes", "means"):
                for part in term.get(key, ()):
                    if part not in terms:
                        pointer: Pointer = ("vocabulary", name, word, key)
                        message = f'"{word}" {key} the unknown word "{part}"'
                        yield source.problem(pointer, Code.RULE_REFERENCE, message)


def _check_dimension(source: Source, name: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    pointer: Pointer = ("dimensions", name)
    field = data.get("field")
    if (field is None) == ("classes" not in data):
        message = f'the dimension "{name}" needs a field or classes, and not both'
        yield source.problem(pointer, Code.RULE_REFERENCE, message)
        return
    if field is not None and field not in FIELDS:
        message = f'the dimension "{name}" rests on the unknown field "{field}"'
        hint = f"the fields are: {', '.join(FIELDS)}"
        yield source.problem((*pointer, "field"), Code.RULE_REFERENCE, message, hint)
        return
    words = source.data["vocabulary"][FIELDS[field]] if field else data["classes"]
    ladder = data.get("ladder", [])
    for key, used in (
        ("ladder", ladder),
        ("order", [one[end] for one in data.get("order", ()) for end in ("wider", "narrower")]),
    ):
        for word in used:
            if word not in words:
                message = f'"{word}" is no class of the dimension "{name}"'
                yield source.problem((*pointer, key), Code.ORDER, message)
    if data["kind"] == "ladder":
        yield from _check_ladder(source, pointer, data, words)


def _check_ladder(
    source: Source, pointer: Pointer, data: Mapping[str, Any], words: Mapping[str, Any]
) -> Iterator[Problem]:
    ladder = data.get("ladder", [])
    if set(ladder) != set(words):
        message = "a ladder must hold each class once"
        yield source.problem((*pointer, "ladder"), Code.ORDER, message)
    named = [(one["narrower"], one["wider"]) for one in data.get("order", ())]
    if named != list(pairwise(ladder)):
        message = "each step of a ladder needs its reason under order, from the lowest up"
        yield source.problem((*pointer, "order"), Code.ORDER, message)


def _check_rule(source: Source, index: int, rule: Mapping[str, Any]) -> Iterator[Problem]:
    pointer: Pointer = ("rules", index)
    name = rule["id"]
    if any(rule["id"] == other["id"] for other in source.data["rules"][:index]):
        yield source.problem(
            (*pointer, "id"), Code.RULE_REFERENCE, f'a second rule is named "{name}"'
        )
    dimension = source.data["dimensions"].get(rule["dimension"], {})
    if rule["then"] not in dimension.get("classes", {}):
        message = f'the rule "{name}" gives "{rule["then"]}", no class of "{rule["dimension"]}"'
        yield source.problem((*pointer, "then"), Code.RULE_REFERENCE, message)
    examples = rule["examples"]["fires"] + rule["examples"]["must_not"]
    for field, words in [
        *_leaves(rule["when"]),
        *((field, words) for example in examples for field, words in example.items()),
    ]:
        known = source.data["vocabulary"].get(FIELDS.get(field, ""), {})
        for word in words:
            if word not in known:
                message = f'the rule "{name}" looks for "{word}" in "{field}", where it cannot be'
                yield source.problem((*pointer, "when"), Code.RULE_REFERENCE, message)


def _leaves(when: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield each field that a condition looks at, with the words it looks for."""
    for operator, operand in when.items():
        if operator in ("all", "any"):
            for part in operand:
                yield from _leaves(part)
        elif operator == "not":
            yield from _leaves(operand)
        else:
            for field, words in operand.items():
                yield field, [words] if isinstance(words, str) else words


def _check_examples(source: Source) -> Iterator[Problem]:
    codebook = build(source.data)
    for index, rule in enumerate(codebook.rules):
        examples = source.data["rules"][index]["examples"]
        for kind, wanted in (("fires", True), ("must_not", False)):
            for number, example in enumerate(examples[kind]):
                coded = {
                    field: tuple(Coded(word, Basis.TEXT, (), None) for word in words)
                    for field, words in example.items()
                }
                if (holds(rule.when, coded)[0] is Answer.YES) != wanted:
                    said = "does not fire on" if wanted else "fires on"
                    yield source.problem(
                        ("rules", index, "examples", kind, number),
                        Code.RULE_EXAMPLE,
                        f'the rule "{rule.id}" {said} this example',
                    )


# --- The engine --------------------------------------------------------------------------------


def holds(
    when: Mapping[str, Any], coded: Mapping[str, tuple[Coded, ...]]
) -> tuple[Answer, tuple[Coded, ...]]:
    """Say whether a condition holds of coded values, and which of them make it hold."""
    ((operator, operand),) = when.items()
    if operator == "not":
        answer, _ = holds(operand, coded)
        opposite = {Answer.YES: Answer.NO, Answer.NO: Answer.YES}
        return opposite.get(answer, answer), ()
    if operator in ("all", "any"):
        parts = [holds(part, coded) for part in operand]
        join = every if operator == "all" else some
        answer = join(part for part, _ in parts)
        used = tuple(one for part, ones in parts if part is Answer.YES for one in ones)
        return answer, used if answer is Answer.YES else ()
    ((field, words),) = operand.items()
    values = coded.get(field)
    if values is None:
        return Answer.CANNOT_TELL, ()
    if operator == "equals":
        matched = values if {one.value for one in values} == {words} else ()
    else:
        matched = tuple(one for one in values if one.value in words)
    return (Answer.YES if matched else Answer.NO), matched


def _classified(codebook: Codebook, dimension: Dimension, provision: Provision) -> Classified:
    reasons: list[Reason] = []
    limbs: list[LimbValue] = []
    for limb in _parts(dimension, provision):
        found = list(_reasons(codebook, dimension, limb))
        reasons += found
        limbs.append(_limb_value(codebook, dimension, provision, limb, found))
    if not reasons:
        for value, reason in _as_reported(codebook, dimension, provision):
            limbs = [*(limb for limb in limbs if limb.values is not None), *value]
            reasons += reason
    given = {reason.value for reason in reasons}
    return Classified(
        dimension=dimension.id,
        values=tuple(word for word in dimension.classes if word in given),
        basis=_basis(limbs, found=bool(reasons)),
        because=tuple(reasons),
        limbs=tuple(limbs) or (LimbValue("", Basis.UNKNOWN, None, None),),
        categories=_in_order(codebook, (limb.categories for limb in limbs)),
        excluded=_in_order(codebook, (limb.excluded for limb in limbs)),
    )


def _parts(dimension: Dimension, provision: Provision) -> tuple[Limb, ...]:
    """Return what is classified one by one: the limbs, or the provision as a whole."""
    if dimension.field in provision.coded:
        return (Limb("", provision.coded),)
    return provision.limbs


def _reasons(codebook: Codebook, dimension: Dimension, limb: Limb) -> Iterator[Reason]:
    if dimension.field:
        for one in limb.coded.get(dimension.field, ()):
            authority = dimension.classes[one.value].source or dimension.source
            yield from _proofs(one.value, AS_CODED, limb, (one,), authority)
        return
    for rule in codebook.rules_of(dimension.id):
        answer, used = holds(rule.when, limb.coded)
        if answer is Answer.YES:
            yield from _proofs(rule.then, rule.id, limb, used, rule.source)


def _proofs(
    value: str, rule: str, limb: Limb, used: tuple[Coded, ...], authority: Citation
) -> Iterator[Reason]:
    """Yield one reason for each quotation that a class rests on."""
    for one in used:
        for evidence in one.evidence or ("",):
            yield Reason(value, rule, limb.id, one.basis, evidence, one.source, authority, one.note)


def _limb_value(
    codebook: Codebook,
    dimension: Dimension,
    provision: Provision,
    limb: Limb,
    reasons: list[Reason],
) -> LimbValue:
    persons = limb.coded.get("persons")
    protected = _people(codebook, (one.value for one in persons)) if persons else None
    if reasons:
        offences = dimension.scale.kind == "offences"
        return LimbValue(
            limb.id,
            _worst(reason.basis for reason in reasons),
            frozenset(reason.value for reason in reasons),
            protected,
            _words(limb, "offences.categories") if offences else frozenset(),
            _words(limb, "offences.excluded") if offences else frozenset(),
        )
    if _is_silent(codebook, dimension, provision, limb):
        values: frozenset[str] | None = frozenset() if dimension.silence_is_none else None
        return LimbValue(limb.id, Basis.SILENT, values, protected)
    return LimbValue(limb.id, Basis.UNKNOWN, None, protected)


def _people(codebook: Codebook, words: Iterable[str]) -> frozenset[str]:
    """Return the victims that words stand for: adults, children, or both."""
    known = codebook.vocabulary["persons"]
    return frozenset().union(*(known[word].stands_for for word in words))


def _worst(bases: Iterable[Basis]) -> Basis:
    """Return reported if anything is: a chain is as strong as its weakest link."""
    return Basis.REPORTED if Basis.REPORTED in set(bases) else Basis.TEXT


def _is_silent(codebook: Codebook, dimension: Dimension, provision: Provision, limb: Limb) -> bool:
    """Say whether the law's own complete words hold nothing that the dimension asks for."""
    if not provision.text.complete or provision.text.status not in _OWN_WORDS:
        return False
    fields = (
        [dimension.field]
        if dimension.field
        else [field for rule in codebook.rules_of(dimension.id) for field, _ in _leaves(rule.when)]
    )
    # A field that is coded but fits no rule is a gap in the codebook, not a silence of the law.
    return not any(field in limb.coded for field in fields)


def _words(limb: Limb, field: str) -> frozenset[str]:
    return frozenset(one.value for one in limb.coded.get(field, ()))


def _as_reported(
    codebook: Codebook, dimension: Dimension, provision: Provision
) -> Iterator[tuple[list[LimbValue], list[Reason]]]:
    """Yield what sources state of a provision in a dimension that its limbs leave open."""
    for one in provision.reported:
        if one.dimension != dimension.id:
            continue
        persons = _people(codebook, one.persons)
        values = [
            LimbValue("", Basis.REPORTED, frozenset(one.values), persons if one.persons else None)
        ]
        others = frozenset(PERSONS) - persons
        note = one.note
        if one.persons and others:
            # A statement about adults says nothing about children.
            values.append(LimbValue("", Basis.UNKNOWN, None, others))
            known = codebook.vocabulary["persons"]
            who = ", ".join(known[word].label for word in one.persons)
            note = f"Said of {who} alone. {note}".rstrip()
        reasons = [
            Reason(
                value,
                AS_REPORTED,
                "",
                Basis.REPORTED,
                "",
                one.source,
                dimension.classes[value].source,
                note,
            )
            for value in one.values
        ]
        yield values, reasons


def _basis(limbs: list[LimbValue], *, found: bool) -> Basis:
    if found:
        return _worst(limb.basis for limb in limbs)
    if limbs and all(limb.basis is Basis.SILENT for limb in limbs):
        return Basis.SILENT
    return Basis.UNKNOWN


def _in_order(codebook: Codebook, sets: Iterable[frozenset[str]]) -> tuple[str, ...]:
    named = frozenset().union(*sets)
    return tuple(word for word in codebook.vocabulary["category"] if word in named)
