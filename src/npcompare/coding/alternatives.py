"""The rules that one sentence states: a clause for each, and each alternative that it offers.

"Compelled, or as a result of the trafficking" offers two links, so that each is a limb of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_reader import Reader

#: Extents that reach whatever is not excluded.
_GENERAL = frozenset({"any", "any_unlawful_act"})

#: Fields that say more of compulsion, and of no other link.
OF_COMPULSION = frozenset({"compulsion", "compelled_by"})

#: Fields that differ between the halves of "for these offences, or for any other that ...".
_OFFENCES = ("offences.extent", "offences.categories")
_DIVIDED = frozenset({*_OFFENCES, "offences.excluded", "link"})


def clauses(passages: list[Passage]) -> Iterator[list[Passage]]:
    """Yield the clauses of a sentence: one, or one for each item of a list that is a separate rule.

    The items are separate rules if they are about different victims, or if several of them give
    relief and each of those has a link or refers back to one, or offences or the common link and a
    force of its own.
    """
    lead = [passage for passage in passages if not passage.item]
    items = [
        [passage for passage in passages if passage.item == number]
        for number in sorted({passage.item for passage in passages if passage.item})
    ]
    persons = {
        frozenset(_values([each for each in item if not each.rule.is_weak], "persons"))
        for item in items
    }
    rules = [item for item in items if _has_field(item, "relief")]
    has_links = all(_has_field(item, "link", "reference") for item in rules)
    forces = {min(_values(item, "force"), default="") for item in rules}
    has_offences = all(_has_field(item, *_OFFENCES) for item in rules)
    has_limits = has_offences or _has_field(lead, "link")
    are_separate_rules = (
        len(rules) > 1
        and not _has_field(lead, "relief", "force")
        and (has_links or (has_limits and len(forces - {""}) > 1))
    )
    if len(persons - {frozenset()}) > 1:
        yield from ([*lead, *item] for item in items)
    elif are_separate_rules:
        shared = [each for each in passages if all(each not in item for item in rules)]
        yield from ([*shared, *item] for item in rules)
    else:
        yield passages


def alternatives(reader: Reader, clause: list[Passage]) -> Iterator[list[Passage]]:
    """Yield a clause once for each alternative that it offers for the offences or the link.

    The means of compulsion belong to the alternative whose link is compulsion.
    """
    for half in _halves_by_offence(reader, clause) or [clause]:
        groups: list[list[Passage]] = []
        links = [passage for passage in half if passage.field == "link"]
        for link in sorted(links, key=lambda passage: passage.start):
            last = groups[-1][-1] if groups else None
            if last and (link.value == last.value or not _is_instead(reader, half, last, link)):
                groups[-1].append(link)
            else:
                groups.append([link])
        without_links = [passage for passage in half if passage.field != "link"]
        for group in groups or [[]]:
            is_other = bool(group) and all(link.value != "compulsion" for link in group)
            others = [each for each in without_links if each.field not in OF_COMPULSION]
            yield [*(others if is_other else without_links), *group]


def _is_instead(reader: Reader, clause: list[Passage], last: Passage, link: Passage) -> bool:
    """Return whether a link is an alternative to the last one, because "or" joins them.

    An "or" between the means of compulsion ("by threats or violence") does not join two links.
    """
    if link.start < last.end:
        # "A direct result of, or in relation to, the trafficking": the words of the first link go
        # on to those that both have in common.
        return reader.joined(last.start, link.start, "or")
    means = [
        passage.end
        for passage in clause
        if passage.field in OF_COMPULSION
        and last.end <= passage.start
        and passage.end <= link.start
    ]
    return reader.joined(max([reader.end_before_join(last), *means]), link.start, "or")


def _halves_by_offence(reader: Reader, clause: list[Passage]) -> list[list[Passage]]:
    """Return both halves of "for these offences, or for those that ...", or an empty list.

    The link is required for the second half only. In a list, the second half is an item.
    """
    named = [passage for passage in clause if passage.field == "offences.categories"]
    links = [passage.start for passage in clause if passage.field == "link"]
    for extent in clause:
        is_general = extent.field == "offences.extent" and extent.value in _GENERAL
        if not is_general or extent.rule.is_weak:
            continue
        before = [passage for passage in named if passage.end <= extent.start]
        is_linked = bool(links) and min(links) >= extent.start
        if not before or not is_linked:
            continue
        last = max(before, key=lambda passage: passage.end)
        # The items of "for (a) these offences; and (b) any other" are alternatives, too.
        is_item = extent.item > last.item
        is_list = is_item and last.item > 0
        kinds = ("or",) if is_item else ("or", "for")
        if is_list or reader.joined(last.end, extent.start, *kinds):
            shared = [passage for passage in clause if passage.field not in _DIVIDED]
            parted = [passage for passage in clause if passage.field in _DIVIDED]
            first = [passage for passage in parted if passage.start < extent.start]
            second = [passage for passage in parted if passage.start >= extent.start]
            return [[*shared, *first], [*shared, *second]]
    return []


def _has_field(passages: list[Passage], *fields: str) -> bool:
    return any(passage.field in fields for passage in passages)


def _values(passages: list[Passage], field: str) -> set[str]:
    return {passage.value for passage in passages if passage.field == field}
