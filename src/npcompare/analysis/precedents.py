"""Precedents for a clause: the wordings of other laws for the classes requested.

A wording is always quoted from a law as it is; nothing is composed. What a source reports about a
law has no wording and is listed separately.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.effects import like_effects
from npcompare.analysis.queries import parse_condition, parse_conditions
from npcompare.errors import NpcompareError
from npcompare.model.logic import Answer
from npcompare.model.provision import Basis
from npcompare.wording.phrases import folded
from npcompare.wording.quotations import spans

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from npcompare.analysis.queries import Condition
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Reason


#: The effect of provisions that a clause of a law is modelled on.
OPERATIVE = "operative"
#: Stands for every effect.
ANY_EFFECT = "any"


class ClassRequest(Struct, frozen=True):
    """A class of a dimension that the clause is to have."""

    dimension: str
    word: str


class Request(Struct, frozen=True):
    """What is requested of the provisions that a clause is modelled on."""

    classes: tuple[ClassRequest, ...]
    #: The effects of the provisions; empty for any.
    effects: tuple[str, ...]
    #: Conditions that the provisions must meet for certain.
    conditions: tuple[Condition, ...] = ()


class Wording(Struct, frozen=True):
    """Quotations that together support a class, and the provisions that contain them."""

    words: tuple[str, ...]
    language: str
    #: Each provision with these words, and the names of its limbs that are based on them.
    provisions: tuple[tuple[Provision, tuple[str, ...]], ...]


class Menu(Struct, frozen=True):
    """The wordings available for one class."""

    request: ClassRequest
    wordings: tuple[Wording, ...]
    #: Those that have the class only according to a source.
    reported: tuple[Provision, ...]


class Match(Struct, frozen=True):
    """A provision whose own words have every class requested, and its limbs with each class."""

    provision: Provision
    limbs: Mapping[ClassRequest, tuple[str, ...]]

    @property
    def limbs_with_all(self) -> tuple[str, ...]:
        """The limbs that have every class requested."""
        first, *further = self.limbs.values()
        return tuple(limb for limb in first if all(limb in limbs for limbs in further))


class Wordings(Struct, frozen=True):
    """The precedents for a clause: whole provisions, and wordings for each class."""

    request: Request
    matches: tuple[Match, ...]
    #: Those that have every class, at least one of them only according to a source.
    reported: tuple[Provision, ...]
    menus: tuple[Menu, ...]
    #: Those with a class requested and another effect, each with its effect.
    left_out: tuple[tuple[Provision, str], ...]


def clause_request(
    corpus: Corpus,
    classes: Mapping[str, str | None],
    where: Sequence[str] = (),
    effects: str = OPERATIVE,
) -> Request:
    """Return what is requested of a clause, each class once.

    Args:
        corpus: the corpus with the provisions that the clause is modelled on.
        classes: by dimension, words separated by commas.
        where: conditions: further classes such as "force=mandatory", and facts about the
            provisions such as "region=Africa".
        effects: the effects of the provisions, separated by commas, or "any".

    Raises NpcompareError if no class is requested, if a class does not exist, or if a condition
    excludes a class.

    """
    texts = [
        f"{dimension}={word}" for dimension, words in classes.items() for word in _split(words)
    ]
    conditions = parse_conditions(corpus, [*texts, *where])
    requests = [_class_request(part) for part in conditions if part.field.is_dimension]
    if not requests:
        hint = "name classes, such as --threshold causation --stage prosecution,records"
        raise NpcompareError("no class is requested for the clause", hint)
    facts = tuple(part for part in conditions if not part.field.is_dimension)
    return Request(tuple(dict.fromkeys(requests)), _effects(corpus, effects), facts)


def _class_request(condition: Condition) -> ClassRequest:
    if not condition.is_required:
        message = f"a wording cannot be found for what a clause does not do: {condition}"
        hint = f"`npcompare list --where {condition}` lists the provisions without it"
        raise NpcompareError(message, hint)
    if len(condition.words) > 1:
        hint = "write a condition for each class"
        raise NpcompareError(f"a clause cannot have alternatives: {condition}", hint)
    return ClassRequest(condition.field.name, condition.words[0])


def _effects(corpus: Corpus, effects: str) -> tuple[str, ...]:
    """Return the effects in a list, of which "operative" includes bills; empty for any."""
    is_any = effects.strip().casefold() == ANY_EFFECT
    if is_any or (effects == OPERATIVE and not corpus.codebook.effects):
        return ()
    words = parse_condition(corpus.codebook, f"effect={effects}").words
    like_laws = like_effects(corpus.codebook, OPERATIVE) if OPERATIVE in words else ()
    return tuple(dict.fromkeys((*words, *like_laws)))


def _split(words: str | None) -> Iterator[str]:
    for word in (words or "").split(","):
        if word.strip():
            yield word.strip()


def find_wordings(
    codebook: Codebook, request: Request, classifications: Iterable[Classification]
) -> Wordings:
    """Return the provisions that have every class in their own words, and wordings for each."""
    matches, reported, left_out, considered = [], [], [], []
    for classification in classifications:
        if not _meets(classification, request.conditions):
            continue
        provision = classification.provision
        effect = classification.effect
        if request.effects and effect not in request.effects:
            if any(_has(classification, part) for part in request.classes):
                left_out.append((provision, effect))
            continue
        considered.append(classification)
        limbs = {part: _limbs(classification, part) for part in request.classes}
        if all(limbs.values()):
            matches.append(Match(provision, limbs))
        elif all(_has(classification, part) for part in request.classes):
            reported.append(provision)
    return Wordings(
        request,
        tuple(matches),
        tuple(reported),
        tuple(_menu(codebook, part, considered) for part in request.classes),
        tuple(left_out),
    )


def _meets(classification: Classification, conditions: Iterable[Condition]) -> bool:
    return all(condition.evaluate(classification) is Answer.YES for condition in conditions)


def _has(classification: Classification, request: ClassRequest) -> bool:
    return request.word in classification.dimensions[request.dimension].values


def _reasons_in_text(classification: Classification, request: ClassRequest) -> list[Reason]:
    """Return why a provision has a class, as far as its own words show it."""
    return [
        reason
        for reason in classification.dimensions[request.dimension].because
        if reason.value == request.word
        and reason.basis in (Basis.TEXT, Basis.PROPOSED)
        and not reason.language
    ]


def _limbs(classification: Classification, request: ClassRequest) -> tuple[str, ...]:
    reasons = _reasons_in_text(classification, request)
    return tuple(dict.fromkeys(reason.limb for reason in reasons))


def _menu(
    codebook: Codebook, request: ClassRequest, classifications: Iterable[Classification]
) -> Menu:
    fields = codebook.fields_of(request.dimension)
    by_wording: dict[tuple[tuple[str, ...], str], list[tuple[Provision, tuple[str, ...]]]] = {}
    reported = []
    for classification in classifications:
        provision = classification.provision
        limbs: dict[tuple[str, ...], dict[str, None]] = {}
        for reason in _reasons_in_text(classification, request):
            limbs.setdefault(_all_quotations(provision, reason, fields), {})[reason.limb] = None
        for words, names in limbs.items():
            key = (words, provision.text.language)
            by_wording.setdefault(key, []).append((provision, tuple(names)))
        if not limbs and _has(classification, request):
            reported.append(provision)
    return Menu(
        request,
        tuple(
            Wording(words, language, tuple(provisions))
            for (words, language), provisions in by_wording.items()
        ),
        tuple(reported),
    )


def _all_quotations(
    provision: Provision, reason: Reason, fields: Collection[str]
) -> tuple[str, ...]:
    """Return all quotations of the coded value from which a reason has one."""
    limbs = [limb.coded for limb in provision.limbs if limb.id == reason.limb]
    for by_field in limbs or [provision.coded]:
        for field in fields:
            for coded in by_field.get(field, ()):
                if reason.evidence in coded.evidence:
                    return coded.evidence
    return (reason.evidence,)


def surrounding_words(provision: Provision, words: str, reach: int = 8) -> tuple[str, str]:
    """Return the words of a provision before and after a quotation, so many on either side.

    A quotation by itself may lack the "not" on which its meaning depends.
    """
    body = folded(provision)
    start, end = spans(body, words)[0]
    before, after = body[:start].split(" "), body[end:].split(" ")
    left = before if len(before) <= reach + 1 else ["…", *before[-reach - 1 :]]
    right = after if len(after) <= reach + 1 else [*after[: reach + 1], "…"]
    return " ".join(left), " ".join(right)
