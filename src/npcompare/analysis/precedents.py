"""Precedents for a clause: the wordings of other laws for the classes requested.

A wording is always quoted from a law as it is; nothing is composed. What a source reports about a
law has no wording and is listed separately.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.analysis.queries import parse_condition
from npcompare.errors import NpcompareError
from npcompare.model.conditions import leaves
from npcompare.model.provision import Basis
from npcompare.wording.phrases import folded
from npcompare.wording.quotations import places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from npcompare.analysis.queries import Condition
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Reason


class Wording(Struct, frozen=True):
    """Quotations that together support a class, and the provisions that contain them."""

    words: tuple[str, ...]
    language: str
    #: Each provision with these words, and the names of its limbs that are based on them.
    provisions: tuple[tuple[Provision, tuple[str, ...]], ...]


class Menu(Struct, frozen=True):
    """The wordings available for one class."""

    condition: Condition
    wordings: tuple[Wording, ...]
    #: Those that have the class only according to a source.
    reported: tuple[Provision, ...]


class Match(Struct, frozen=True):
    """A provision whose own words have every class requested, and its limbs with each class."""

    provision: Provision
    limbs: Mapping[Condition, tuple[str, ...]]

    @property
    def limbs_with_all(self) -> tuple[str, ...]:
        """The limbs that have every class requested."""
        first, *further = self.limbs.values()
        return tuple(limb for limb in first if all(limb in limbs for limbs in further))


class Wordings(Struct, frozen=True):
    """The precedents for a clause: whole provisions, and wordings for each class."""

    conditions: tuple[Condition, ...]
    matches: tuple[Match, ...]
    #: Those that have every class, at least one of them only according to a source.
    reported: tuple[Provision, ...]
    menus: tuple[Menu, ...]


def requested_classes(
    codebook: Codebook, classes: Mapping[str, str | None], where: Sequence[str]
) -> tuple[Condition, ...]:
    """Return the classes requested, each once.

    Args:
        codebook: the codebook with the classes.
        classes: by dimension, words separated by commas.
        where: further conditions such as "force=mandatory".

    Raises NpcompareError if nothing is requested, if a class does not exist, or if a condition
    excludes a class.

    """
    texts = [
        f"{dimension}={word}" for dimension, words in classes.items() for word in _split(words)
    ]
    conditions = tuple(dict.fromkeys(parse_condition(codebook, text) for text in [*texts, *where]))
    if not conditions:
        hint = "name classes, such as --threshold causation --stage prosecution,records"
        raise NpcompareError("no class is requested for the clause", hint)
    for condition in conditions:
        if not condition.is_required:
            message = f"a wording cannot be found for what a clause does not do: {condition}"
            hint = f"`npcompare list --where {condition}` lists the provisions without it"
            raise NpcompareError(message, hint)
    return conditions


def _split(words: str | None) -> Iterator[str]:
    for word in (words or "").split(","):
        if word.strip():
            yield word.strip()


def find_wordings(
    codebook: Codebook,
    conditions: Sequence[Condition],
    classifications: Sequence[Classification],
) -> Wordings:
    """Return the provisions that have every class in their own words, and wordings for each."""
    matches, reported = [], []
    for classification in classifications:
        limbs = {condition: _limbs(classification, condition) for condition in conditions}
        if all(limbs.values()):
            matches.append(Match(classification.provision, limbs))
        elif all(_has(classification, condition) for condition in conditions):
            reported.append(classification.provision)
    return Wordings(
        tuple(conditions),
        tuple(matches),
        tuple(reported),
        tuple(_menu(codebook, condition, classifications) for condition in conditions),
    )


def _has(classification: Classification, condition: Condition) -> bool:
    return condition.word in classification.dimensions[condition.dimension].values


def _reasons_in_text(classification: Classification, condition: Condition) -> list[Reason]:
    """Return why a provision has a class, as far as its own words show it."""
    return [
        reason
        for reason in classification.dimensions[condition.dimension].because
        if reason.value == condition.word and reason.basis is Basis.TEXT
    ]


def _limbs(classification: Classification, condition: Condition) -> tuple[str, ...]:
    reasons = _reasons_in_text(classification, condition)
    return tuple(dict.fromkeys(reason.limb for reason in reasons))


def _menu(
    codebook: Codebook, condition: Condition, classifications: Iterable[Classification]
) -> Menu:
    fields = _fields(codebook, condition.dimension)
    by_wording: dict[tuple[tuple[str, ...], str], list[tuple[Provision, tuple[str, ...]]]] = {}
    reported = []
    for classification in classifications:
        provision = classification.provision
        limbs: dict[tuple[str, ...], dict[str, None]] = {}
        for reason in _reasons_in_text(classification, condition):
            limbs.setdefault(_all_quotations(provision, reason, fields), {})[reason.limb] = None
        for words, names in limbs.items():
            key = (words, provision.text.language)
            by_wording.setdefault(key, []).append((provision, tuple(names)))
        if not limbs and _has(classification, condition):
            reported.append(provision)
    return Menu(
        condition,
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


def _fields(codebook: Codebook, dimension: str) -> tuple[str, ...]:
    """Return the coded fields that the classes of a dimension are based on."""
    if field := codebook.dimensions[dimension].field:
        return (field,)
    rules = codebook.rules_of(dimension)
    return tuple(dict.fromkeys(field for rule in rules for field, _ in leaves(rule.when)))


def surrounding_words(provision: Provision, words: str, reach: int = 8) -> tuple[str, str]:
    """Return the words of a provision before and after a quotation, so many on either side.

    A quotation by itself may lack the "not" on which its meaning depends.
    """
    body = folded(provision)
    start = places(body, words)[0]
    before, after = body[:start].split(" "), body[start + len(words) :].split(" ")
    left = before if len(before) <= reach + 1 else ["…", *before[-reach - 1 :]]
    right = after if len(after) <= reach + 1 else [*after[: reach + 1], "…"]
    return " ".join(left), " ".join(right)
