"""The rules that one sentence states: a clause for each, and each alternative that it offers.

"Compelled, or as a result of the trafficking" offers two links, so that each is a limb of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.model.field_sets import OF_ACTS, OF_COMPULSION, OF_LINK, REACHED_OFFENCES
from npcompare.model.offences import GENERAL_EXTENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_reader import Reader


#: What a part of a clause has of its own if it is about other persons.
_OF_PERSON = frozenset({"persons", *OF_LINK})

#: What the first part of a clause states for the others, too.
_SHARED = frozenset({"persons", "force", "addressee", "duty", "conditions", "status_required"})


def clauses(
    passages: list[Passage], conditions: frozenset[int] = frozenset()
) -> Iterator[list[Passage]]:
    """Yield the clauses of a sentence: one, or one for each item of a list that is a separate rule.

    Items that each begin with a condition ("when ...; when ...") are alternatives. Those with a
    link are clauses of their own.

    The items are separate rules if they are about different victims, or if several of them give
    relief and each of those has a link or refers back to one, or offences or the common link and a
    force of its own, or if each is addressed to another authority.
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
    linked = {link.item for link in _of(passages, "link")} & conditions
    if len(linked) > 1 and _has_field(lead, "relief"):
        # "(c) in the case of children, always" is a rule for them, and limits no other item.
        of_persons = {
            person.item
            for person in _of(passages, "persons")
            if person.item and not person.rule.is_weak
        } - linked
        shared = [passage for passage in passages if passage.item not in linked | of_persons]
        yield from ([*shared, *_in_item(passages, number)] for number in sorted(linked))
        yield from ([*lead, *_in_item(passages, number)] for number in sorted(of_persons))
    elif len(persons - {frozenset()}) > 1:
        yield from ([*lead, *item] for item in items)
    elif _are_separate(lead, rules):
        shared = [passage for passage in passages if all(passage not in item for item in rules)]
        yield from ([*shared, *item] for item in rules)
    else:
        yield passages


def _are_separate(lead: list[Passage], rules: list[list[Passage]]) -> bool:
    """Return whether the items of a list that give relief are rules of their own."""
    has_links = all(_has_field(item, "link", "reference") for item in rules)
    forces = {min(_values(item, "force"), default="") for item in rules}
    has_offences = all(_has_field(item, *REACHED_OFFENCES) for item in rules)
    has_limits = has_offences or _has_field(lead, "link")
    reliefs = {frozenset(_values(item, "relief")) for item in rules}
    have_own = all(_has_field(item, *OF_ACTS, "reference") for item in rules)
    is_alone = not _has_field(lead, "force")
    addressees = {frozenset(_values(item, "addressee")) for item in rules}
    are_of_others = len(addressees - {frozenset()}) == len(rules)
    return (
        len(rules) > 1
        and not _has_field(lead, "relief")
        and (
            (has_links and is_alone)
            or (has_limits and len(forces - {""}) > 1 and is_alone)
            or ((have_own or are_of_others) and len(reliefs) == len(rules))
        )
    )


def parts(reader: Reader, clause: list[Passage]) -> list[list[Passage]]:
    """Return the parts of a clause that are rules of their own: one for each relief or person.

    "Shall not be prosecuted for illegal entry, nor punished for an offence that she was compelled
    to commit"; "an adult who was compelled, and a child who did it as a result of the trafficking".
    """
    by_person = _parts_by_person(clause)
    if by_person:
        return by_person
    return [
        part
        for of_limits in _parts_by_limits(reader, clause)
        for part in _parts_by_force(reader, of_limits)
    ]


def _parts_by_limits(reader: Reader, clause: list[Passage]) -> list[list[Passage]]:
    """Return a part for each relief that has offences or a link of its own."""
    result = [clause]
    reliefs = _of(clause, "relief")
    acts = _acts(reader, reliefs)
    for relief in sorted(reliefs, key=lambda relief: acts[id(relief)]):
        place = acts[id(relief)]
        earlier = [each for each in _of(result[-1], "relief") if acts[id(each)] < place]
        if not earlier or any(each.value == relief.value for each in earlier):
            continue
        start = min(acts[id(each)] for each in earlier)
        limits = [each for each in result[-1] if each.field != "relief"]
        if not _has_limits_on_both_sides(reader, limits, start, place):
            continue
        before = [*earlier, *(each for each in limits if each.start < place)]
        after = [each for each in result[-1] if each not in before]
        result[-1:] = [before, _with_shared(before, after)]
    return result


def _parts_by_force(reader: Reader, clause: list[Passage]) -> list[list[Passage]]:
    """Return both halves of "shall vacate the conviction and may expunge the record".

    The second half has a relief and a force of its own, and no other limits.
    """
    acts = _acts(reader, _of(clause, "relief"))
    start = min((passage.start for passage in clause), default=0)
    for force in sorted(_of(clause, "force"), key=lambda force: force.start):
        if force.rule.is_weak or not reader.joins.precede(start, force.start):
            continue
        after = [
            passage for passage in clause if acts.get(id(passage), passage.start) >= force.start
        ]
        before = [passage for passage in clause if passage not in after]
        reliefs = _values(before, "relief")
        is_other = _values(before, "force") and force.value not in _values(before, "force")
        has_limits = any(not passage.rule.is_weak for passage in _of(after, *OF_ACTS))
        if is_other and reliefs and _values(after, "relief") - reliefs and not has_limits:
            return [before, _with_shared(before, after)]
    return [clause]


def _acts(reader: Reader, reliefs: list[Passage]) -> dict[int, int]:
    """Return the place of the last word that each relief names, such as its verb."""
    return {
        id(relief): max(relief.named_places(reader.language), default=relief.start)
        for relief in reliefs
    }


def _with_shared(before: list[Passage], after: list[Passage]) -> list[Passage]:
    """Return the second part of a clause, with what the first part states for it, too."""
    named = {passage.field for passage in after}
    shared = [
        passage for passage in before if passage.field in _SHARED and passage.field not in named
    ]
    return [*shared, *after]


def _has_limits_on_both_sides(
    reader: Reader, clause: list[Passage], start: int, place: int
) -> bool:
    """Return whether other limits precede a place and follow it, and no condition of both does."""
    limits = [each for each in _of(clause, *OF_ACTS) if not each.rule.is_weak]
    before = [each for each in limits if start <= each.start and each.end <= place]
    after = [each for each in limits if each.start >= place]
    values = [{(each.field, each.value) for each in group} for group in (before, after)]
    if not all(values) or values[0] == values[1]:
        return False
    links = [each.start for each in after if each.field == "link"]
    has_link = _has_field(before, "link")
    return has_link or not links or not reader.has_condition(place, min(links))


def _parts_by_person(clause: list[Passage]) -> list[list[Passage]]:
    """Return a part for adults and one for children, if each have a link of their own."""
    persons = [each for each in _of(clause, "persons") if not each.rule.is_weak]
    links = _of(clause, "link")
    if {each.value for each in persons} != {"adult", "child"} or len(links) < len(persons):
        return []
    starts = sorted({each.value: each.start for each in reversed(persons)}.values())
    divided = [each for each in clause if each.field in _OF_PERSON and each.start >= starts[0]]
    spans = [(starts[0], starts[1]), (starts[1], max(each.end for each in clause))]
    members = [[each for each in divided if start <= each.start < end] for start, end in spans]
    if not all(_has_field(part, "link") for part in members):
        return []
    shared = [each for each in clause if each not in divided and each.field != "persons"]
    return [[*shared, *part] for part in members]


def alternatives(reader: Reader, clause: list[Passage]) -> Iterator[list[Passage]]:
    """Yield a clause once for each alternative that it offers for the offences or the link.

    The means of compulsion belong to the alternative whose link is compulsion, and what is in the
    item of another alternative to that one.
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
            items = {link.item for other in groups if other is not group for link in other}
            items -= {0, *(link.item for link in group)}
            passages = [each for each in without_links if each.item not in items]
            without_means = [each for each in passages if each.field not in OF_COMPULSION]
            yield [*(without_means if is_other else passages), *group]


def _is_instead(reader: Reader, clause: list[Passage], last: Passage, link: Passage) -> bool:
    """Return whether a link is an alternative to the last one, because "or" joins them.

    An "or" between the means of compulsion ("by threats or violence") does not join two links.
    """
    if link.start < last.end:
        # "A direct result of, or in relation to, the trafficking": the words of the first link go
        # on to those that both have in common.
        return reader.joins.are_between(last.start, link.start, "or")
    means = [
        passage.end
        for passage in clause
        if passage.field in OF_COMPULSION
        and last.end <= passage.start
        and passage.end <= link.start
    ]
    return reader.joins.are_between(max([last.end, *means]), link.start, "or")


def _halves_by_offence(reader: Reader, clause: list[Passage]) -> list[list[Passage]]:
    """Return both halves of "for these offences, or for those that ...", or an empty list.

    The link is required for the second half only. In a list, the second half is an item.
    """
    named = [
        passage
        for passage in clause
        if passage.field == "offences.categories" or passage.value == "status_related"
    ]
    related = [passage.start for passage in named if passage.value == "status_related"]
    # "Status-related offences" has a link of its own.
    links = [each.start for each in clause if each.field == "link" and each.start not in related]
    for extent in clause:
        is_general = extent.field == "offences.extent" and extent.value in GENERAL_EXTENTS
        if not is_general or extent.rule.is_weak or reader.is_narrowed(extent, named):
            continue
        before = [passage for passage in named if passage.end <= extent.start]
        is_linked = bool(links) and min(links) >= extent.start
        if not before or not is_linked or reader.is_flush(extent.end, min(links)):
            continue
        last = max(before, key=lambda passage: passage.end)
        # The items of "for (a) these offences; and (b) any other" are alternatives, too.
        is_item = extent.item > last.item
        is_list = is_item and last.item > 0
        kinds = ("or",) if is_item else ("or", "for")
        is_second = reader.joins.are_between(last.end, extent.start, *kinds)
        is_next = reader.joins.repeat_preposition(last, _start_of_act(clause, extent))
        if is_list or is_second or is_next:
            shared = [passage for passage in clause if passage.field not in OF_ACTS]
            parted = [passage for passage in clause if passage.field in OF_ACTS]
            first = [passage for passage in parted if passage.start < extent.start]
            second = [passage for passage in parted if passage.start >= extent.start]
            return [[*shared, *first], [*shared, *second]]
    return []


def _start_of_act(clause: list[Passage], extent: Passage) -> int:
    """Return where the words for what is done with an offence begin: "participation in crimes"."""
    plain = [each for each in _of(clause, "plain") if each.start < extent.start <= each.end + 1]
    return min((each.start for each in plain), default=extent.start)


def _in_item(passages: list[Passage], number: int) -> list[Passage]:
    return [passage for passage in passages if passage.item == number]


def _of(passages: list[Passage], *fields: str) -> list[Passage]:
    return [passage for passage in passages if passage.field in fields]


def _has_field(passages: list[Passage], *fields: str) -> bool:
    return any(passage.field in fields for passage in passages)


def _values(passages: list[Passage], field: str) -> set[str]:
    return {passage.value for passage in passages if passage.field == field}
