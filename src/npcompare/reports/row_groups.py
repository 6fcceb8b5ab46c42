"""The tables that an annex is divided into: by class, or by the region of the State."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from npcompare.analysis.queries import possible_answers
from npcompare.law.language_names import nations_in
from npcompare.messages import current, deferred, message, plural
from npcompare.reports.annex_recipe import EDITION, known_word
from npcompare.text import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Jurisdiction
    from npcompare.model.results import Classification
    from npcompare.reports.annex_recipe import Wish

#: The groups by region: by the largest regions, such as Africa, or by the smallest.
REGION_GROUPS = ("region", "subregion")

#: The heads of the groups of rows by kind: whether the jurisdictions are organizations.
_HEADS = {False: deferred("States and territories"), True: deferred("Organizations")}

#: The heads of what is in no region, in the order of their tables after those of the regions.
_BODIES = deferred("International and regional organizations")
_NOT_KNOWN = deferred("Region not known")

#: The keys of these two beside the codes of regions.
BODIES, NOT_KNOWN = "organization", "unknown"


def provision_groups(
    corpus: Corpus, results: Sequence[Classification], wish: Wish, title: str
) -> list[tuple[str, list[Classification]]]:
    """Return the title and the provisions of each table: one, or one for each class or region.

    The only table of an annex of the first edition has the title of the annex.
    """
    if not wish.group_by:
        is_first = wish.edition != EDITION
        return [((is_first and wish.title) or title, list(results))]
    if wish.group_by in REGION_GROUPS:
        return _by_region(results, wish.group_by)
    if near(wish.group_by, REGION_GROUPS) and wish.group_by not in corpus.codebook.dimensions:
        known_word("group", wish.group_by, (*REGION_GROUPS, *corpus.codebook.dimensions))
    dimension = corpus.codebook.dimension(wish.group_by)
    groups = []
    for word in possible_answers(dimension):
        members = [result for result in results if word in result.dimensions[dimension.id].answers]
        if members:
            title = message(
                "{dimension}: {class_label}",
                dimension=dimension.label,
                class_label=dimension.label_of(word),
            )
            groups.append((title, members))
    return groups


def _by_region(
    results: Sequence[Classification], kind: str
) -> list[tuple[str, list[Classification]]]:
    """Return the name and the provisions of each region as the United Nations divides the world.

    The regions are in the order of their names; what is in none comes last.

    Args:
        results: The provisions.
        kind: One of REGION_GROUPS.
    """
    groups: dict[str, list[Classification]] = {}
    for result in results:
        groups.setdefault(region_of(result.provision.jurisdiction, kind), []).append(result)
    last = (message(_BODIES), message(_NOT_KNOWN))
    regions = nations_in(current().language).regions.values()
    names = [region.name for region in regions if region.name in groups] + [
        name for name in last if name in groups
    ]
    return [(name, groups[name]) for name in names]


def region_of(jurisdiction: Jurisdiction, kind: str = "region") -> str:
    """Return the name of the region of a jurisdiction, or why it is in none."""
    regions = nations_in(current().language).regions_of(jurisdiction.code or "")
    if regions:
        return regions[-1 if kind == "region" else 0].name
    return region_names()[region_key(jurisdiction)]


def region_key(jurisdiction: Jurisdiction) -> str:
    """Return the M49 code of the region of a jurisdiction, or the key of why it is in none."""
    regions = nations_in(current().language).regions_of(jurisdiction.code or "")
    if regions:
        return regions[-1].code
    return BODIES if jurisdiction.is_organization else NOT_KNOWN


def region_names() -> dict[str, str]:
    """Return the names of regions in the language in use by their keys, in its order."""
    regions = nations_in(current().language).regions.values()
    names = {region.code: region.name for region in regions}
    return {**names, BODIES: message(_BODIES), NOT_KNOWN: message(_NOT_KNOWN)}


def with_rows(
    results: Sequence[Classification], has_row: Callable[[Classification], bool]
) -> tuple[list[Classification], list[Classification]]:
    """Return the provisions that have a row, and those that are named below the table.

    If none would have a row, all have one.
    """
    have_rows = [has_row(result) for result in results]
    if not any(have_rows):
        return list(results), []
    left_out = [not has for has in have_rows]
    return list(compress(results, have_rows)), list(compress(results, left_out))


def by_kind(results: Sequence[Classification]) -> list[tuple[str, list[Classification]]]:
    """Return the head and the provisions of each kind: of States, and after them of organizations.

    The head is in English, for it is the key of its row, too. It is empty if all are of one kind.
    """
    groups = {
        head: [each for each in results if _is_organization(each) is is_organization]
        for is_organization, head in _HEADS.items()
    }
    if not all(groups.values()):
        return [("", list(results))]
    return list(groups.items())


def _is_organization(result: Classification) -> bool:
    return result.provision.jurisdiction.is_organization


def numbers_of(results: Sequence[Classification]) -> str:
    """Return how many provisions there are, and of how many jurisdictions.

    The jurisdiction of a text that is not coded is not known.
    """
    provisions = plural("{count} provision", "{count} provisions", len(results))
    if len(results) == 1 or any(result.provision.is_proposed for result in results):
        return provisions
    return message(
        "{provisions} of {jurisdictions}",
        provisions=provisions,
        jurisdictions=number_of_jurisdictions(results),
    )


def number_of_jurisdictions(results: Iterable[Classification]) -> str:
    """Return of how many jurisdictions provisions are.

    What is in brackets after a name, such as a body of a State, is not another jurisdiction.
    """
    names = (result.provision.jurisdiction for result in results)
    jurisdictions = {name.code or name.name.partition(" (")[0] for name in names}
    return plural("{count} jurisdiction", "{count} jurisdictions", len(jurisdictions))
