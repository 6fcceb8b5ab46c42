"""The report of `clause`: the available wordings for each class, in square brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, UnsetType, field

from npcompare.analysis.precedents import surrounding_words
from npcompare.analysis.queries import in_words
from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns, flat_table
from npcompare.law.citations import cited
from npcompare.messages import deferred, enumerated, in_quotation_marks, listed, message
from npcompare.model.codebook import spoken_limb
from npcompare.model.provision import Basis
from npcompare.reports.alignment_report import TextRecord, quoted, text_fields
from npcompare.reports.basis_words import basis_label
from npcompare.reports.cells import Cells, finished
from npcompare.reports.records import (
    TOOL,
    CitationRecord,
    CorpusOutput,
    ProvisionRecord,
    Record,
    citation_record,
    corpus_record,
    naming,
    present,
    provision_record,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.analysis.precedents import ClassRequest, Match, Menu, Wording, Wordings
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision

_QUOTED = deferred(
    "The wordings in each table are alternatives and are given in square brackets. Each is quoted "
    "letter for letter from a law; none was composed for this table."
)
_NO_MATCH = deferred("No available text has all of these classes in its own words.")
_NO_WORDING = deferred("No available text has this class in its own words.")


class ClassRequestRecord(Record, frozen=True):
    """A class that the clause is to have."""

    dimension: str
    word: str = field(name="class")


class ClassLimbsRecord(ClassRequestRecord, frozen=True):
    """A class with the limbs that have it."""

    limbs: list[str]


class MatchRecord(TextRecord, frozen=True):
    """A provision with every class requested, in its own words."""

    words: str
    in_one_limb: bool
    limbs: list[ClassLimbsRecord]


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


class MenuRecord(ClassRequestRecord, frozen=True):
    """The wordings for one class, and the provisions that have it without words."""

    wordings: list[WordingRecord]
    reported: list[ProvisionRecord]


class LeftOutRecord(ProvisionRecord, frozen=True):
    """A provision with a class requested and another effect than those requested."""

    effect: str


class ClauseOutput(CorpusOutput, frozen=True, kw_only=True, tag=urn("clause")):
    """The output of `clause`."""

    requested: Annotated[list[ClassRequestRecord], Meta(min_length=1)] = field(name="asked")
    matches: list[MatchRecord]
    reported: list[ProvisionRecord]
    menus: list[MenuRecord]
    effects: list[str]
    conditions: list[str] | UnsetType = field(name="where", default=UNSET)
    left_out: list[LeftOutRecord]


def clause(corpus: Corpus, wordings: Wordings) -> Document:
    """Return the provisions with every class requested, and the wordings for each class."""
    tables = [_matches(corpus, wordings), *(_menu(corpus, menu) for menu in wordings.menus)]
    values = [
        [
            *(menu.request.dimension, menu.request.word),
            *(_ELLIPSIS.join(wording.words), provision.id, limb),
        ]
        for menu in wordings.menus
        for wording in menu.wordings
        for provision, limbs in wording.provisions
        for limb in limbs
    ]
    title = message("Wordings for a clause")
    flat = flat_table(title, "dimension class words provision limb", values)
    return finished(corpus, title, tables, flat, _output(corpus, wordings))


#: Joins quotations that support a class together; marks the words of the law between them.
_ELLIPSIS = " … "


def _label(corpus: Corpus, request: ClassRequest) -> str:
    dimension = corpus.codebook.dimensions[request.dimension]
    words = dimension.label_of(request.word)
    return message("{heading}: {words}", heading=dimension.label, words=words)


def _matches(corpus: Corpus, wordings: Wordings) -> Table:
    title = message("Provisions with all the classes requested, in their own words")
    classes = [_label(corpus, part) for part in wordings.request.classes]
    remarks = [
        message("Classes requested: {classes}.", classes=enumerated(classes, is_strong=True)),
        *_selection(corpus, wordings),
    ]
    if wordings.reported:
        remarks.append(
            message(
                "The following provisions also have all the classes, but at least one of them is "
                "known from a source only, without its words: {provisions}.",
                provisions=_labels(wordings.reported),
            )
        )
    remarks += [message(_QUOTED)] if any(menu.wordings for menu in wordings.menus) else []
    if not wordings.matches:
        row = (cell(message(_NO_MATCH), Tone.UNKNOWN),)
        return Table(title, columns(words="Words"), (row,), tuple(remarks))
    cells = Cells(corpus)
    body = tuple(
        (
            cell(match.provision.label, Tone.STRONG, cells.caveats(match.provision)),
            Cell(quoted(match.provision.text.body.strip(), match.provision)),
            cell("\n".join(_grounds(corpus, match))),
        )
        for match in wordings.matches
    )
    headings = columns(provision="Provision", words="Words", ground="Source and limbs")
    return Table(title, headings, body, tuple(remarks), cells.notes.listed())


def _selection(corpus: Corpus, wordings: Wordings) -> Iterator[str]:
    """Yield which provisions were considered, and those left out because of their effect."""
    request = wordings.request
    if request.conditions:
        yield in_words(request.conditions)
    if wordings.left_out:
        effects = listed([_effect_label(corpus, effect) for effect in request.effects])
        names = [
            message("{name} ({detail})", name=provision.label, detail=_effect_label(corpus, effect))
            for provision, effect in wordings.left_out
        ]
        yield message(
            "Effects requested: {effects}. Left out, because their effect is another or not "
            "known: {provisions}.",
            effects=effects,
            provisions=enumerated(names, is_strong=True),
        )


def _effect_label(corpus: Corpus, effect: str) -> str:
    is_unknown = effect == str(Basis.UNKNOWN)
    return basis_label(effect) if is_unknown else corpus.codebook.label("effect", effect)


def _labels(provisions: Iterable[Provision]) -> str:
    return enumerated([provision.label for provision in provisions], is_strong=True)


def _grounds(corpus: Corpus, match: Match) -> Iterator[str]:
    """Yield the citation of a provision, the source of its text, and the limbs that match."""
    provision = match.provision
    yield provision.citation
    if provision.text.source:
        yield cited(corpus, provision.text.source)
    if match.limbs_with_all and len(provision.limbs) > 1:
        yield _limbs(match.limbs_with_all).capitalize()
    elif not match.limbs_with_all:
        parts = [
            message("{name} ({detail})", name=_label(corpus, request), detail=_limbs(limbs))
            for request, limbs in match.limbs.items()
        ]
        yield message(
            "No single limb has all the classes: {limbs}", limbs=enumerated(parts, is_strong=True)
        )


def _limbs(names: Sequence[str]) -> str:
    limbs = listed([spoken_limb(name) for name in names])
    if len(names) == 1:
        return message("limb {limb}", limb=limbs)
    return message("limbs {limbs}", limbs=limbs)


def _menu(corpus: Corpus, menu: Menu) -> Table:
    title = _label(corpus, menu.request)
    remarks = []
    if menu.reported:
        remarks.append(
            message(
                "Known from a source only, without words: {provisions}.",
                provisions=_labels(menu.reported),
            )
        )
    if not menu.wordings:
        row = (cell(message(_NO_WORDING), Tone.UNKNOWN),)
        return Table(title, columns(wording="Wording"), (row,), tuple(remarks))
    cells = Cells(corpus)
    body = tuple((_bracketed(wording), _origins(cells, wording)) for wording in menu.wordings)
    headings = columns(wording="Wording", whose="Quoted from")
    return Table(title, headings, body, tuple(remarks), cells.notes.listed())


def _bracketed(wording: Wording) -> Cell:
    provision, _ = wording.provisions[0]
    words = provision.text.with_sic(_ELLIPSIS.join(wording.words))
    return Cell((Run(f"[{words}]", Tone.QUOTE, (), wording.language),))


def _origins(cells: Cells, wording: Wording) -> Cell:
    """Return the provisions that have a wording, each with the words around it and its source."""
    runs: list[Run] = []
    for provision, limbs in wording.provisions:
        runs += [Run("\n")] * bool(runs)
        runs.append(Run(provision.label, Tone.STRONG, cells.caveats(provision)))
        source = cited(cells.corpus, provision.text.source)
        has_limbs = len(provision.limbs) > 1 and any(limbs)
        parts = f"{enumerated(('', _limbs(limbs)))}" if has_limbs else ""
        runs.append(Run(message("{words}:", words=_with_source(parts, source)) + "\n"))
        quotation = _ELLIPSIS.join(_in_context(provision, words) for words in wording.words)
        quotation = provision.text.with_sic(quotation)
        words = in_quotation_marks(quotation)
        runs.append(Run(words, Tone.QUOTE, (), wording.language))
    return Cell(tuple(runs))


def _with_source(parts: str, source: str) -> str:
    return message("{name} ({detail})", name=parts, detail=source) if source else parts


def _in_context(provision: Provision, words: str) -> str:
    before, after = surrounding_words(provision, words)
    return f"{before}[{words}]{after}"


def _output(corpus: Corpus, wordings: Wordings) -> ClauseOutput:
    return ClauseOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        requested=[
            ClassRequestRecord(dimension=part.dimension, word=part.word)
            for part in wordings.request.classes
        ],
        matches=[_match_record(corpus, match) for match in wordings.matches],
        reported=[provision_record(provision) for provision in wordings.reported],
        menus=[_menu_record(corpus, menu) for menu in wordings.menus],
        effects=list(wordings.request.effects),
        conditions=present([str(condition) for condition in wordings.request.conditions]),
        left_out=[
            LeftOutRecord(**naming(provision), effect=effect)
            for provision, effect in wordings.left_out
        ],
    )


def _match_record(corpus: Corpus, match: Match) -> MatchRecord:
    return MatchRecord(
        **text_fields(corpus, match.provision),
        words=match.provision.text.body.strip(),
        in_one_limb=bool(match.limbs_with_all),
        limbs=[
            ClassLimbsRecord(dimension=request.dimension, word=request.word, limbs=list(limbs))
            for request, limbs in match.limbs.items()
        ],
    )


def _menu_record(corpus: Corpus, menu: Menu) -> MenuRecord:
    return MenuRecord(
        dimension=menu.request.dimension,
        word=menu.request.word,
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
            for provision, limbs in wording.provisions
        ],
    )
