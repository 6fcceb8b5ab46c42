"""The wordings held for a clause, to documents: a menu in square brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, field

from npcompare.analysis.precedents import context
from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.citations import cited
from npcompare.reports.alignment_report import TextRecord, quoted, text_fields
from npcompare.reports.cells import finished
from npcompare.reports.records import (
    TOOL,
    CitationRecord,
    CorpusOutput,
    ProvisionRecord,
    Record,
    citation_record,
    corpus_record,
    naming,
    provision_record,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.analysis.precedents import Match, Menu, Wording, Wordings
    from npcompare.analysis.queries import Condition
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

_QUOTED = (
    "Each wording stands in square brackets, as an alternative to the others of its table, and "
    "letter for letter as the law has it; none was composed."
)
_NONE = "No provision whose own words are held does all of this."


class ConditionRecord(Record, frozen=True):
    """A class that the clause is to have."""

    dimension: str
    word: str = field(name="class")


class ConditionLimbsRecord(ConditionRecord, frozen=True):
    """A class with the limbs that have it."""

    limbs: list[str]


class MatchRecord(TextRecord, frozen=True):
    """A provision with every class asked for, in its own words."""

    words: str
    in_one_limb: bool
    limbs: list[ConditionLimbsRecord]


class QuotedRecord(ProvisionRecord, frozen=True):
    """A provision that a wording is quoted from, with the words around it."""

    limbs: list[str]
    context: list[str]
    source: CitationRecord | None


class WordingRecord(Record, frozen=True):
    """A wording and the provisions that have it."""

    words: Annotated[list[str], Meta(min_length=1)]
    language: str | None
    provisions: Annotated[list[QuotedRecord], Meta(min_length=1)]


class MenuRecord(ConditionRecord, frozen=True):
    """The wordings for one class, and the provisions that have it without words."""

    wordings: list[WordingRecord]
    reported: list[ProvisionRecord]


class ClauseOutput(CorpusOutput, frozen=True, tag=urn("clause")):
    """The output of `clause`."""

    asked: Annotated[list[ConditionRecord], Meta(min_length=1)]
    matches: list[MatchRecord]
    reported: list[ProvisionRecord]
    menus: list[MenuRecord]


def clause(corpus: Corpus, found: Wordings) -> Document:
    """Return the provisions whose own words do what is asked, and the wordings for each part."""
    tables = [_matches(corpus, found), *(_menu(corpus, one) for one in found.menus)]
    lines = [
        [menu.condition.dimension, menu.condition.word, _BETWEEN.join(one.words), whose.id, limb]
        for menu in found.menus
        for one in menu.wordings
        for whose, limbs in one.quoted
        for limb in limbs
    ]
    title = "Wordings for a clause"
    plain = flat_table(title, "dimension class words provision limb", lines)
    return finished(corpus, title, tables, plain, _output(corpus, found))


#: Stands between quotations that prove a class together, where words of the law are left out.
_BETWEEN = " … "


def _label(corpus: Corpus, one: Condition) -> str:
    dimension = corpus.codebook.dimensions[one.dimension]
    return f"{dimension.label}: {dimension.label_of(one.word)}"


def _matches(corpus: Corpus, found: Wordings) -> Table:
    title = "Provisions that do all that is asked, in their own words"
    remarks = [f"Asked: {'; '.join(_label(corpus, one) for one in found.asked)}."]
    if found.reported:
        remarks.append(
            "That do all of it, but for a part at least by a source alone, without words: "
            f"{_named_in_line(found.reported)}."
        )
    remarks += [_QUOTED] if any(menu.wordings for menu in found.menus) else []
    if not found.matches:
        none = ((cell(_NONE, Tone.UNKNOWN),),)
        return Table(title, columns(words="Words"), none, tuple(remarks))
    body = tuple(
        (
            cell(one.provision.label, Tone.STRONG),
            Cell(quoted(one.provision.text.body.strip(), one.provision)),
            cell("\n".join(_grounds(corpus, one))),
        )
        for one in found.matches
    )
    heads = columns(provision="Provision", words="Words", ground="Where, and by which limbs")
    return Table(title, heads, body, tuple(remarks), weights=(4, 10, 6))


def _named_in_line(provisions: Iterable[Provision]) -> str:
    return "; ".join(one.label for one in provisions)


def _grounds(corpus: Corpus, one: Match) -> Iterator[str]:
    """Yield where a provision and its words stand, and by which of its limbs it does what."""
    yield one.provision.citation
    if one.provision.text.source:
        yield cited(corpus, one.provision.text.source)
    if one.in_one and len(one.provision.limbs) > 1:
        yield f"by {_limbs(one.in_one)}"
    elif not one.in_one:
        parts = (f"{_label(corpus, each)}, by {_limbs(limbs)}" for each, limbs in one.limbs.items())
        yield f"no one limb does all of it: {'; '.join(parts)}"


def _limbs(names: Sequence[str]) -> str:
    return f"limb{'s' * (len(names) > 1)} {', '.join(names)}"


def _menu(corpus: Corpus, menu: Menu) -> Table:
    title = _label(corpus, menu.condition)
    remarks = []
    if menu.reported:
        remarks.append(f"Reported to do it, without its words: {_named_in_line(menu.reported)}.")
    if not menu.wordings:
        none = ((cell("No held text does this in its own words.", Tone.UNKNOWN),),)
        return Table(title, columns(wording="Wording"), none, tuple(remarks))
    body = tuple((_bracketed(one), _whose(corpus, one)) for one in menu.wordings)
    heads = columns(wording="Wording", whose="Quoted from")
    return Table(title, heads, body, tuple(remarks), weights=(7, 13))


def _bracketed(one: Wording) -> Cell:
    return Cell((Run(f"[{_BETWEEN.join(one.words)}]", Tone.QUOTE, (), one.language),))


def _whose(corpus: Corpus, one: Wording) -> Cell:
    """Return whose words they are, each with what stands about them and where."""
    runs: list[Run] = []
    for provision, limbs in one.quoted:
        runs += [Run("\n")] * bool(runs)
        runs.append(Run(provision.label, Tone.STRONG))
        source = cited(corpus, provision.text.source)
        by = f", by {_limbs(limbs)}" if len(provision.limbs) > 1 and any(limbs) else ""
        runs.append(Run(f"{by}{f' ({source})' if source else ''}:\n"))
        said = _BETWEEN.join(_in_context(provision, words) for words in one.words)
        runs.append(Run(f"“{said}”", Tone.QUOTE, (), one.language))
    return Cell(tuple(runs))


def _in_context(provision: Provision, words: str) -> str:
    before, after = context(provision, words)
    return f"{before}[{words}]{after}"


def _output(corpus: Corpus, found: Wordings) -> ClauseOutput:
    return ClauseOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        asked=[
            ConditionRecord(dimension=condition.dimension, word=condition.word)
            for condition in found.asked
        ],
        matches=[_match_record(corpus, match) for match in found.matches],
        reported=[provision_record(provision) for provision in found.reported],
        menus=[_menu_record(corpus, menu) for menu in found.menus],
    )


def _match_record(corpus: Corpus, match: Match) -> MatchRecord:
    return MatchRecord(
        **text_fields(corpus, match.provision),
        words=match.provision.text.body.strip(),
        in_one_limb=bool(match.in_one),
        limbs=[
            ConditionLimbsRecord(
                dimension=condition.dimension, word=condition.word, limbs=list(limbs)
            )
            for condition, limbs in match.limbs.items()
        ],
    )


def _menu_record(corpus: Corpus, menu: Menu) -> MenuRecord:
    return MenuRecord(
        dimension=menu.condition.dimension,
        word=menu.condition.word,
        wordings=[_wording_record(corpus, wording) for wording in menu.wordings],
        reported=[provision_record(provision) for provision in menu.reported],
    )


def _wording_record(corpus: Corpus, wording: Wording) -> WordingRecord:
    return WordingRecord(
        words=list(wording.words),
        language=wording.language or None,
        provisions=[
            QuotedRecord(
                **naming(provision),
                limbs=list(filter(None, limbs)),
                context=[_in_context(provision, words) for words in wording.words],
                source=citation_record(corpus, provision.text.source),
            )
            for provision, limbs in wording.quoted
        ],
    )
