"""The effect of provisions in words: what kind of norm they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.analysis.effects import are_alike
from npcompare.messages import listed
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.reports.cells import owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification

#: Provisions of each effect, in the middle of a sentence. The codebook of a corpus may add effects.
_PLURALS = {
    "operative": "operative provisions",
    "obligation": "obligations",
    "recommendation": "recommendations",
    "model": "model provisions",
    "bill": "bills",
    "finding": "findings",
}

#: What is said of one provision of each effect.
_PREDICATES = {
    "operative": "is operative law",
    "obligation": "is an obligation of States",
    "recommendation": "is a recommendation",
    "model": "is a model provision",
    "bill": "is a bill",
    "finding": "is a finding and contains no rule",
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
    count = "two" if len(effects) == 2 else "provisions"
    if set(effects) == {"unknown"}:
        return f"The effect of the {count} is not known. Their content is compared."
    are = "may be" if "unknown" in effects else "are"
    opening = f"The {count} {are} of different effect: "
    sentences = "; ".join(_effect_of(classifications, part) for part in classifications)
    compared = "" if "none" in effects else " Their content is compared."
    return f"{opening}{sentences}.{compared}"


def _effect_of(classifications: Sequence[Classification], classification: Classification) -> str:
    """Return a clause on the effect of one of several provisions."""
    provision = classification.provision
    if classification.effect == "none":
        name = in_sentence(provision.jurisdiction.name)
        return f"{name} is reported to have no specific provision"
    count = Counter(each.provision.jurisdiction.name for each in classifications)
    is_single = count[provision.jurisdiction.name] == 1
    subject = owned(provision) if is_single else f"{in_sentence(provision.label)},"
    effect = classification.effect
    if effect == "unknown":
        return f"the effect of {subject.removesuffix(',')} is not known"
    if effect == "obligation" and provision.instrument.kind in _NATIONAL:
        return f"{subject} is an obligation of authorities"
    return f"{subject} {_PREDICATES.get(effect, f'has the effect “{effect}”')}"


def effect_line(book: Codebook, effect: str) -> str:
    """Return the effect of a provision in a list of different ones; operative law has none."""
    if effect == "operative":
        return ""
    label = "effect unknown" if effect == "unknown" else book.label("effect", effect)
    return label[:1].upper() + label[1:]


def provisions_of(book: Codebook, effects: Iterable[str]) -> str:
    """Return what provisions of some effects are called, such as "operative provisions"."""
    return listed(
        [
            _PLURALS.get(effect, f"provisions of the effect “{book.label('effect', effect)}”")
            for effect in effects
        ]
    )


def group_heading(book: Codebook, effects: Sequence[str]) -> str:
    """Return the heading of provisions of like effect, such as "Operative provisions"."""
    if tuple(effects) == ("unknown",):
        return "Provisions of unknown effect"
    provisions = provisions_of(book, effects)
    return f"{provisions[0].upper()}{provisions[1:]}"


#: What is said of texts that contain no rule, by their effect.
WITHOUT_RULE = {
    "none": "Reported to have no specific provision",
    "finding": "Findings, which contain no rule",
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
    groups = [("Too little is available to assess", too_little)] if too_little else []
    groups += [
        (WITHOUT_RULE.get(effect, book.label("effect", effect)), members)
        for effect, members in without_rule
    ]
    for reason, members in groups:
        names = "; ".join(name(member.provision) for member in members)
        yield f"{reason} ({len(members):,}): {names}."
