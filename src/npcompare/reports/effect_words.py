"""The effect of provisions in words: what kind of norm they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.analysis.effects import are_alike
from npcompare.messages import (
    ENGLISH_TAG,
    current,
    deferred,
    enumerated,
    listed,
    message,
    sentences,
)
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.reports.cells import owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

#: Provisions of each effect, in the middle of a sentence. The codebook of a corpus may add effects.
_PLURALS = {
    "operative": deferred("operative provisions"),
    "obligation": deferred("obligations"),
    "recommendation": deferred("recommendations"),
    "model": deferred("model provisions"),
    "bill": deferred("bills"),
    "finding": deferred("findings"),
}

#: What is said of one provision of each effect.
_PREDICATES = {
    "operative": deferred("{provision} is operative law"),
    "obligation": deferred("{provision} is an obligation of States"),
    "recommendation": deferred("{provision} is a recommendation"),
    "model": deferred("{provision} is a model provision"),
    "bill": deferred("{provision} is a bill"),
    "finding": deferred("{provision} is a finding and contains no rule"),
    "unknown": deferred("the effect of {provision} is not known"),
}

#: The kinds of instruments that bind authorities, not States.
_NATIONAL = ("statute", "code")


def note_on_effects(classifications: Sequence[Classification]) -> str:
    """Return the note that provisions are of different or unknown effect; empty if all are alike.

    A bill is like operative law.
    """
    effects = [classification.effect for classification in classifications]
    if are_alike(effects):
        return ""
    is_pair = len(effects) == 2
    if set(effects) == {"unknown"}:
        return (
            message("The effect of the two is not known. Their content is compared.")
            if is_pair
            else message("The effect of the provisions is not known. Their content is compared.")
        )
    differ = message(
        _DIFFERENT[is_pair, "unknown" in effects],
        clauses=enumerated(
            [_effect_of(classifications, part) for part in classifications], is_strong=True
        ),
    )
    return differ if "none" in effects else sentences(differ, message("Their content is compared."))


#: That provisions are of different effect: whether they are two, and whether one is unknown.
_DIFFERENT = {
    (True, False): deferred("The two are of different effect: {clauses}."),
    (True, True): deferred("The two may be of different effect: {clauses}."),
    (False, False): deferred("The provisions are of different effect: {clauses}."),
    (False, True): deferred("The provisions may be of different effect: {clauses}."),
}


def _effect_of(classifications: Sequence[Classification], classification: Classification) -> str:
    """Return a clause on the effect of one of several provisions."""
    provision = classification.provision
    if classification.effect == "none":
        name = in_sentence(provision.jurisdiction.name)
        return message("no specific provision was found for {name}", name=name)
    count = Counter(each.provision.jurisdiction.name for each in classifications)
    is_single = count[provision.jurisdiction.name] == 1
    effect = classification.effect
    subject = owned(provision) if is_single else in_sentence(provision.label)
    if not is_single and current().language == ENGLISH_TAG and effect != "unknown":
        # A label ends with a place after a comma, and another one ends the place.
        subject = f"{subject},"
    if effect == "obligation" and provision.instrument.kind in _NATIONAL:
        return message("{provision} is an obligation of authorities", provision=subject)
    if effect in _PREDICATES:
        return message(_PREDICATES[effect], provision=subject)
    return message("{provision} has the effect “{effect}”", provision=subject, effect=effect)


def effect_line(book: Codebook, effect: str) -> str:
    """Return the effect of a provision in a list of different ones; operative law has none."""
    if effect == "operative":
        return ""
    label = message("effect unknown") if effect == "unknown" else book.label("effect", effect)
    return label[:1].upper() + label[1:]


def provisions_of(book: Codebook, effects: Iterable[str]) -> str:
    """Return what provisions of some effects are called, such as "operative provisions"."""
    return listed(
        [
            message(_PLURALS[effect])
            if effect in _PLURALS
            else message("provisions of the effect “{effect}”", effect=book.label("effect", effect))
            for effect in effects
        ]
    )


def group_heading(book: Codebook, effects: Sequence[str]) -> str:
    """Return the heading of provisions of like effect, such as "Operative provisions"."""
    if tuple(effects) == ("unknown",):
        return message("Provisions of unknown effect")
    provisions = provisions_of(book, effects)
    return f"{provisions[0].upper()}{provisions[1:]}"


#: What is said of texts that contain no rule, by their effect.
WITHOUT_RULE = {
    "none": deferred("Reported to have no specific provision"),
    "finding": deferred("Findings, which contain no rule"),
}


def remarks_without_rows(
    book: Codebook,
    too_little: Sequence[Classification],
    without_rule: Iterable[tuple[str, Sequence[Classification]]],
    name: Callable[[Provision], str],
) -> Iterator[str]:
    """Yield which provisions an overview does not have in rows, and why.

    Args:
        book: The codebook.
        too_little: The provisions of which too little is available.
        without_rule: By effect, what contains no rule.
        name: How provisions are named.
    """
    groups = [(message("Too little is available to assess"), too_little)] if too_little else []
    groups += [(reason_without_rule(book, effect), members) for effect, members in without_rule]
    for reason, members in groups:
        yield message(
            "{reason} ({count}): {provisions}.",
            reason=reason,
            count=len(members),
            provisions=enumerated([name(member.provision) for member in members], is_strong=True),
        )


def reason_without_rule(book: Codebook, effect: str) -> str:
    """Return what is said of texts of an effect that contain no rule."""
    return message(WITHOUT_RULE[effect]) if effect in WITHOUT_RULE else book.label("effect", effect)
