"""What is asked of a clause, to the wordings that are held for it; nothing is ever composed.

A wording is words of the law that a class rests on, quoted as they stand. What a source says of a
law has no wording, and is told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from npcompare.analysis.queries import condition
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


@dataclass(frozen=True, slots=True)
class Wording:
    """Quotations that together prove a class, and the provisions whose words they are."""

    words: tuple[str, ...]
    language: str
    #: Each provision that has these words, and the names of its limbs that rest on them.
    quoted: tuple[tuple[Provision, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """The wordings held for one class."""

    condition: Condition
    wordings: tuple[Wording, ...]
    #: Those of which a source alone says that they have the class.
    reported: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A provision whose own words do all that is asked, and the limbs that do each part of it."""

    provision: Provision
    limbs: Mapping[Condition, tuple[str, ...]]

    @property
    def in_one(self) -> tuple[str, ...]:
        """The limbs that do all of it."""
        first, *others = self.limbs.values()
        return tuple(limb for limb in first if all(limb in other for other in others))


@dataclass(frozen=True, slots=True)
class Wordings:
    """What is held for a clause: whole provisions, wordings class by class."""

    asked: tuple[Condition, ...]
    matches: tuple[Match, ...]
    #: Those that do all of it, for a part of which at least there are no words of theirs.
    reported: tuple[Provision, ...]
    menus: tuple[Menu, ...]


def asked(
    codebook: Codebook, classes: Mapping[str, str | None], where: Sequence[str]
) -> tuple[Condition, ...]:
    """Return the classes asked for: by dimension, with commas between, and as conditions.

    Raises NpcompareError where nothing is asked, or no class, or what a clause is not to do.
    """
    written = [
        f"{dimension}={word}" for dimension, words in classes.items() for word in _words(words)
    ]
    found = dict.fromkeys(condition(codebook, one) for one in [*written, *where])
    if not found:
        hint = "name classes, such as --threshold causation --stage prosecution,records"
        raise NpcompareError("nothing is asked of the clause", hint)
    for one in found:
        if not one.wanted:
            hint = f"ask `npcompare list --where {one}` which provisions do without it"
            raise NpcompareError(f"no wording is held for what a clause does not do: {one}", hint)
    return tuple(found)


def _words(written: str | None) -> Iterator[str]:
    for word in (written or "").split(","):
        if word.strip():
            yield word.strip()


def wordings(
    codebook: Codebook, conditions: Sequence[Condition], results: Sequence[Classification]
) -> Wordings:
    """Return the provisions that meet conditions in their own words, and the wordings for each."""
    matches, reported = [], []
    for one in results:
        limbs = {each: _limbs(one, each) for each in conditions}
        if all(limbs.values()):
            matches.append(Match(one.provision, limbs))
        elif all(_has(one, each) for each in conditions):
            reported.append(one.provision)
    return Wordings(
        tuple(conditions),
        tuple(matches),
        tuple(reported),
        tuple(_menu(codebook, each, results) for each in conditions),
    )


def _has(one: Classification, asked_for: Condition) -> bool:
    return asked_for.word in one.dimensions[asked_for.dimension].values


def _proofs(one: Classification, asked_for: Condition) -> list[Reason]:
    """Return why a provision has a class, as far as its own words say so."""
    return [
        reason
        for reason in one.dimensions[asked_for.dimension].because
        if reason.value == asked_for.word and reason.basis is Basis.TEXT
    ]


def _limbs(one: Classification, asked_for: Condition) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.limb for reason in _proofs(one, asked_for)))


def _menu(codebook: Codebook, asked_for: Condition, results: Iterable[Classification]) -> Menu:
    fields = _fields(codebook, asked_for.dimension)
    found: dict[tuple[tuple[str, ...], str], list[tuple[Provision, tuple[str, ...]]]] = {}
    reported = []
    for one in results:
        limbs: dict[tuple[str, ...], dict[str, None]] = {}
        for reason in _proofs(one, asked_for):
            limbs.setdefault(_together(one.provision, reason, fields), {})[reason.limb] = None
        for words, names in limbs.items():
            key = (words, one.provision.text.language)
            found.setdefault(key, []).append((one.provision, tuple(names)))
        if not limbs and _has(one, asked_for):
            reported.append(one.provision)
    return Menu(
        asked_for,
        tuple(Wording(*key, tuple(quoted)) for key, quoted in found.items()),
        tuple(reported),
    )


def _together(provision: Provision, reason: Reason, fields: Collection[str]) -> tuple[str, ...]:
    """Return all quotations that one coded value rests on, where a reason names one of them."""
    limbs = [limb.coded for limb in provision.limbs if limb.id == reason.limb]
    for coded in limbs or [provision.coded]:
        for field in fields:
            for one in coded.get(field, ()):
                if reason.evidence in one.evidence:
                    return one.evidence
    return (reason.evidence,)


def _fields(codebook: Codebook, dimension: str) -> tuple[str, ...]:
    """Return the coded fields that the classes of a dimension rest on."""
    if field := codebook.dimensions[dimension].field:
        return (field,)
    rules = codebook.rules_of(dimension)
    return tuple(dict.fromkeys(field for rule in rules for field, _ in leaves(rule.when)))


def context(provision: Provision, words: str, reach: int = 8) -> tuple[str, str]:
    """Return the words of a provision before and after a quotation of it, so many either side.

    A quotation alone may lack the "not" that it lives by.
    """
    body = folded(provision)
    start = places(body, words)[0]
    before, after = body[:start].split(" "), body[start + len(words) :].split(" ")
    left = before if len(before) <= reach + 1 else ["…", *before[-reach - 1 :]]
    right = after if len(after) <= reach + 1 else [*after[: reach + 1], "…"]
    return " ".join(left), " ".join(right)
