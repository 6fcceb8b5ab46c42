"""The report of `stats --states`: what the corpus contains on each State."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from npcompare.analysis.state_coverage import (
    Coverage,
    member_states,
    other_areas,
    without_area,
)
from npcompare.document import (
    Document,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
    number_columns,
    rows,
)
from npcompare.law.language_names import nations_in
from npcompare.law.un_states import united_nations
from npcompare.messages import current, deferred, enumerated, message, number, plural, sentences
from npcompare.reports.cells import finished
from npcompare.reports.records import TOOL, CorpusOutput, Count, Record, corpus_record, urn
from npcompare.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.analysis.state_coverage import StateCoverage
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision
    from npcompare.model.united_nations import UnitedNations

#: How far the law of a State is known, in words.
COVERAGE_LABELS = {
    Coverage.TEXT: deferred("coded from text"),
    Coverage.REPORTED: deferred("reported"),
    Coverage.NONE: deferred("reported to have none"),
    Coverage.NOT_EXAMINED: deferred("not looked at"),
}
_MEANING = (
    deferred("“Coded from text” means that at least one value is based on the law’s own words."),
    deferred("“Reported” means that the law is known only from what sources say about it."),
    deferred(
        "“Reported to have none” means that, according to a source, an Act that was examined has "
        "no specific provision. Another Act may have one."
    ),
    deferred(
        "“Not looked at” means that the corpus has no provision of the State. It does not mean "
        "that the State has none."
    ),
)
#: The effects of which the table says nothing.
_USUAL_EFFECTS = ("operative", "none", "unknown")


class StateProvisionRecord(Record, frozen=True):
    """A provision of a State or of a part of it."""

    id: str
    effect: str


class StateRecord(Record, frozen=True):
    """A State or area: its codes, its regions from the smallest, and what is known of its law."""

    code: str
    m49: str | None
    name: str
    regions: list[str]
    coverage: Coverage
    provisions: list[StateProvisionRecord]


class StatesOutput(CorpusOutput, frozen=True, tag=urn("states")):
    """The output of `stats --states`: Member States, and other areas with provisions."""

    counts: dict[str, Count]
    states: list[StateRecord]
    other_areas: list[StateRecord]


def states(corpus: Corpus, provisions: Sequence[Provision]) -> Document:
    """Return what is known of the law of each Member State of the United Nations."""
    nations = nations_in(current().language)
    members = member_states(nations, provisions)
    others = other_areas(nations, provisions)
    tables = [_counts(nations, members), _states(corpus.codebook, members)]
    remarks = _other_jurisdictions(corpus.codebook, others, without_area(nations, provisions))
    tables[-1] = Table(tables[-1].title, tables[-1].columns, tables[-1].rows, tuple(remarks))
    values = [
        [
            *(state.area.code, state.area.m49, state.area.name, str(state.coverage)),
            "; ".join(provision.id for provision in state.provisions),
        ]
        for state in members
    ]
    flat = flat_table("Member States", "code m49 name coverage provisions[]", values)
    count = Counter(state.coverage for state in members)
    output = StatesOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        counts={str(coverage): count[coverage] for coverage in Coverage},
        states=[_record(corpus.codebook, nations, state) for state in members],
        other_areas=[_record(corpus.codebook, nations, state) for state in others],
    )
    return finished(corpus, message("Member States of the United Nations"), tables, flat, output)


def _counts(nations: UnitedNations, members: Sequence[StateCoverage]) -> Table:
    """Return the number of Member States by coverage and region."""
    count = Counter((state.coverage, nations.regions_of(state.area.code)[-1]) for state in members)
    present = {region for _, region in count}
    regions = [region for region in nations.regions.values() if region in present]
    body = [
        [
            capitalized(message(COVERAGE_LABELS[coverage])),
            *(number(count[coverage, region]) for region in regions),
            number(sum(count[coverage, region] for region in regions)),
        ]
        for coverage in Coverage
    ]
    all_states = [
        number(sum(count[coverage, region] for coverage in Coverage)) for region in regions
    ]
    body.append([message("All Member States"), *all_states, number(len(members))])
    headings = columns(coverage="Law") + number_columns(
        **{united_nations().regions[region.code].name: region.name for region in regions},
        all="All",
    )
    title = message("Member States by what is known of their law")
    return Table(title, headings, rows(body), tuple(map(message, _MEANING)))


def _states(book: Codebook, members: Iterable[StateCoverage]) -> Table:
    """Return a line for each Member State."""
    body = tuple(
        (
            cell(state.area.name, Tone.STRONG),
            cell(capitalized(message(COVERAGE_LABELS[state.coverage]))),
            cell(_ids(book, state.provisions)),
        )
        for state in members
    )
    headings = columns(state="Member State", coverage="Law", provisions="Provisions")
    return Table(message("Member States of the United Nations"), headings, body)


def _ids(book: Codebook, provisions: Iterable[Provision]) -> str:
    """Return the ids of provisions; of one that is not a law, with its effect."""
    ids = []
    for provision in provisions:
        effect = book.effect(provision)
        is_usual = effect in _USUAL_EFFECTS
        label = book.label("effect", effect)
        ids.append(provision.id if is_usual else f"{provision.id} ({label})")
    return enumerated(ids)


def _other_jurisdictions(
    book: Codebook, others: Sequence[StateCoverage], without_code: Sequence[Provision]
) -> list[str]:
    """Return which provisions are of none of the Member States."""
    remarks = [
        sentences(
            message(
                "{area}, which is not a Member State: {provisions}.",
                area=state.area.name,
                provisions=_ids(book, state.provisions),
            ),
            message(state.area.note) if state.area.note else "",
        )
        for state in others
    ]
    if without_code:
        remarks.append(
            plural(
                "The corpus also has {count} provision of organizations and of jurisdictions "
                "without a code.",
                "The corpus also has {count} provisions of organizations and of jurisdictions "
                "without a code.",
                len(without_code),
            )
        )
    return remarks


def _record(book: Codebook, nations: UnitedNations, state: StateCoverage) -> StateRecord:
    return StateRecord(
        code=state.area.code,
        m49=state.area.m49 or None,
        name=state.area.name,
        regions=[region.name for region in nations.regions_of(state.area.code)],
        coverage=state.coverage,
        provisions=[
            StateProvisionRecord(id=provision.id, effect=book.effect(provision))
            for provision in state.provisions
        ],
    )
