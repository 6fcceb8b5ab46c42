"""The part of an atlas on one provision: its text, its classes with reasons, its relatives."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.atlas import Entry, Quotation
from npcompare.charts import CellAnswer
from npcompare.document import Cell, Column, Notes, Run, Table, Tone, cell, columns
from npcompare.law.citations import cited
from npcompare.law.versions import period_in_force
from npcompare.messages import deferred, enumerated, in_quotation_marks, message
from npcompare.model.codebook import class_words
from npcompare.model.provision import Basis, NoteKind
from npcompare.model.version_notes import all_caveats
from npcompare.reports.annex_tables import date_of
from npcompare.reports.cells import confidence_words, namer
from npcompare.reports.class_matrix import LEGEND, answer_of, class_columns
from npcompare.reports.doubts import note_with_doubt
from npcompare.reports.folding import shown
from npcompare.reports.linked_data import legislation
from npcompare.reports.proposed_coding import AS_READ, MARK, marks_of
from npcompare.reports.provision_notes import dated_note
from npcompare.reports.provision_report import facts, numbered
from npcompare.reports.row_groups import region_key
from npcompare.text import fold, no_break
from npcompare.wording.quotation_places import QuotationPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.provision import Citation, Note, Provision
    from npcompare.model.results import Classification, Classified

#: The marks beside classes and names; the words are in the part on the provision.
REPORTED, DOUBTFUL, NOTED, CAVEAT = "r", "d", "n", "c"

#: The details that are shown as `show` has them.
_DETAILS = ("Identifiers", "Dates", "Interpreted by", "Confidence")

#: What stands for the collection of a provision that is in none.
OUTSIDE = "not in the corpus"

#: The headings of the notes that are no caveats.
_NOTES = {NoteKind.READING: deferred("Notes"), NoteKind.HISTORY: deferred("Earlier or later law")}


class Setting(Struct, frozen=True):
    """What the parts of an atlas have in common: the corpus, and all that are shown."""

    corpus: Corpus
    results: tuple[Classification, ...]
    #: For each provision its collection.
    collections: Mapping[str, str]
    #: The ids of the provisions of which a fuller one is shown.
    superseded: frozenset[str]
    #: Whether the parts have the classes of the detail dimensions, too.
    detail: bool = False

    def collection(self, provision: Provision) -> str:
        """Return the collection of a provision."""
        return self.collections.get(provision.id, OUTSIDE)

    @property
    def names(self) -> dict[str, str]:
        """The name of each provision by its id."""
        name = namer(self.results)
        return {part.provision.id: name(part.provision) for part in self.results}

    @property
    def short_names(self) -> dict[str, str]:
        """The shortest name of each provision by which it is not confused with another in lists."""
        counted = [part for part in self.results if part.provision.id not in self.superseded]
        name = namer(counted)
        count = Counter(part.provision.jurisdiction.name for part in counted)
        return self.names | {
            part.provision.id: part.provision.jurisdiction.name
            if count[part.provision.jurisdiction.name] == 1
            else name(part.provision)
            for part in counted
        }


def entries(setting: Setting) -> Iterator[Entry]:
    """Yield the part on each provision."""
    names, short_names = setting.names, setting.short_names
    for result in setting.results:
        provision = result.provision
        sources = _sources(setting.corpus, result)
        yield Entry(
            key=provision.id,
            name=names[provision.id],
            short_name=short_names[provision.id],
            group=f"{provision.jurisdiction.name}, ",
            row=_row(setting, result),
            kinds=kinds_of(setting, result),
            marks=name_marks(result),
            facts=tuple(_facts(setting.corpus, result, sources)),
            table=_classes(setting.corpus, result, sources, detail=setting.detail),
            citation=_citation(provision),
            quotation=_quotation(result),
            sources=tuple(sources),
            related=tuple(_related(setting, provision)),
            warnings=all_caveats(provision),
            linked_data=tuple(legislation(result)),
            is_counted=provision.id not in setting.superseded,
        )


def entry_columns(corpus: Corpus) -> tuple[Column, ...]:
    """Return the columns of the list of all provisions, after that of their names."""
    return (
        *columns(effect="Effect", date="Date"),
        *class_columns(corpus.codebook.core),
    )


def _row(setting: Setting, result: Classification) -> tuple[Cell, ...]:
    book = setting.corpus.codebook
    return (
        cell(effect_words(book, result)),
        cell(date_of(result.provision)),
        *(
            _answer_cell(result, result.dimensions[dimension.id], word)
            for dimension in book.core
            for word in dimension.classes
        ),
    )


def effect_words(book: Codebook, result: Classification) -> str:
    """Return the effect of a provision in words."""
    is_unknown = result.effect == str(Basis.UNKNOWN)
    return message("effect unknown") if is_unknown else book.label("effect", result.effect)


def _answer_cell(result: Classification, classified: Classified, word: str) -> Cell:
    """Return whether a provision has a class, with the marks that this needs."""
    answer = answer_of(result, classified, word)
    marks: tuple[str, ...] = ()
    if answer is CellAnswer.YES:
        marks = class_marks(result, classified, word)
    elif classified.is_none_reported:
        marks = class_marks(result, classified)
    return Cell((Run(message(dict(LEGEND)[answer]), marks=marks),), answer)


def _class_cell(corpus: Corpus, classified: Classified, marks: Iterable[str]) -> Cell:
    """Return the classes of a provision in one dimension, in the words of `classify`."""
    tones = {Basis.UNKNOWN: Tone.UNKNOWN, Basis.SILENT: Tone.SILENT}
    words = class_words(corpus.codebook, classified)
    return cell(words, tones.get(classified.basis, Tone.PLAIN), marks)


# --- Marks -------------------------------------------------------------------------------------


def name_marks(result: Classification) -> tuple[str, ...]:
    """Return the marks beside the name of a provision."""
    marks = {REPORTED: is_reported(result), CAVEAT: bool(all_caveats(result.provision))}
    return (*(mark for mark, is_needed in marks.items() if is_needed), *marks_of(result.provision))


def is_reported(result: Classification) -> bool:
    """Return whether all that is known of a provision is what sources report."""
    return all(
        classified.basis in (Basis.REPORTED, Basis.UNKNOWN)
        for classified in result.dimensions.values()
    )


def class_marks(result: Classification, classified: Classified, word: str = "") -> tuple[str, ...]:
    """Return the marks beside the classes of a provision in one dimension, or beside one class.

    That a class is reported is marked here only if not all classes of the provision are.
    """
    reasons = [reason for reason in classified.because if word in ("", reason.value)]
    has_reported = any(reason.basis is Basis.REPORTED for reason in reasons)
    marks = {
        REPORTED: has_reported and not is_reported(result),
        DOUBTFUL: any(reason.doubt for reason in reasons),
        NOTED: any(reason.note for reason in reasons),
        MARK: any(reason.basis is Basis.PROPOSED for reason in reasons),
    }
    return tuple(mark for mark, is_needed in marks.items() if is_needed)


def kinds_of(setting: Setting, result: Classification) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return for each facet of an atlas the kinds that a provision is of, with their marks."""
    provision = result.provision
    classes = {
        dimension.id: {
            word: class_marks(result, result.dimensions[dimension.id], word)
            for word in result.dimensions[dimension.id].answers
        }
        for dimension in setting.corpus.codebook.core
    }
    return classes | {
        "effect": {result.effect: ()},
        "region": {region_key(provision.jurisdiction): ()},
        "kind": {provision.jurisdiction.kind or str(Basis.UNKNOWN): ()},
        "text": {provision.text.status: ()},
        "collection": {setting.collection(provision): ()},
    }


# --- The text ----------------------------------------------------------------------------------


def _quotation(result: Classification) -> Quotation | None:
    """Return the text of a provision, in which the words that classes are based on are marked."""
    text = result.provision.text
    body = text.body.strip()
    if not body:
        return None
    reasons = (reason for part in result.dimensions.values() for reason in part.because)
    places = QuotationPlaces(body)
    spans = {
        span
        for words in {reason.evidence for reason in reasons if reason.evidence}
        for span in places.find(words)[:1]
    }
    parts = []
    position = 0
    for start, end in _united(sorted(spans)):
        parts += [(body[position:start], False), (body[start:end], True)]
        position = end
    parts.append((body[position:], False))
    return Quotation(
        tuple((words, is_marked) for words, is_marked in parts if words),
        text.language,
        message("Described by the source") if text.is_description else "",
    )


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans in which those that overlap or touch are one."""
    united: list[tuple[int, int]] = []
    for start, end in spans:
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


# --- The classes -------------------------------------------------------------------------------


def _sources(corpus: Corpus, result: Classification) -> list[str]:
    """Return the sources of a provision and of its classes, as readers are shown them."""
    provision = result.provision
    reasons = (reason for part in result.dimensions.values() for reason in part.because)
    notes = (note.source for note in provision.notes if note.kind in _NOTES)
    texts = (*provision.sources, provision.text.source)
    sources = (*texts, *(reason.source for reason in reasons), *notes)
    return list(dict.fromkeys(cited(corpus, source) for source in sources if source))


def _classes(
    corpus: Corpus, result: Classification, sources: Sequence[str], *, detail: bool
) -> Table:
    """Return the classes of a provision in every dimension, with words, sources and notes.

    What they are based on is left out if all is reported by one source.
    """
    notes = Notes()
    usual = result.provision.confidence
    has_grounds = len(sources) > 1 or not is_reported(result)
    dimensions = [
        dimension
        for dimension in corpus.codebook.dimensions.values()
        if detail or not dimension.is_detail
    ]
    body = []
    keys = []
    for dimension in shown(dimensions, [result], detail=False):
        classified = result.dimensions[dimension.id]
        content = _class_cell(corpus, classified, _note_marks(notes, dimension, classified))
        grounds = [_grounds(corpus, classified, sources, usual)] if has_grounds else []
        body.append((cell(dimension.label), content, *grounds))
        keys.append(dimension.id if dimension.core else "")
    headings = columns(dimension="Question", cls="Class", words="Based on")
    return Table(
        message("Classes"),
        headings if has_grounds else headings[:2],
        tuple(body),
        notes=notes.listed(),
        row_keys=tuple(keys),
    )


def _note_marks(notes: Notes, dimension: Dimension, classified: Classified) -> list[str]:
    """Return the letters of the notes on the classes in one dimension."""
    if classified.basis is Basis.SILENT:
        return [notes.mark(dimension.silence)]
    texts = [note_with_doubt(reason.note, reason.doubt) for reason in classified.because]
    marks = [notes.mark(text) for text in texts if text]
    marks += [MARK] if any(each.basis is Basis.PROPOSED for each in classified.because) else []
    return marks


def _grounds(corpus: Corpus, classified: Classified, sources: Sequence[str], usual: str) -> Cell:
    """Return the quoted words and the numbers of the sources that classes are based on.

    Args:
        corpus: The corpus.
        classified: The classes.
        sources: The sources of the provision, in the order of their numbers.
        usual: The confidence that is not repeated.
    """
    runs: list[Run] = []
    grounds = ((each.evidence, each.source, each.confidence) for each in classified.because)
    for evidence, source, confidence in dict.fromkeys(grounds):
        number = _number(corpus, source, sources) if source else ""
        certain = confidence_words(confidence) if confidence and confidence != usual else ""
        quotation = in_quotation_marks(evidence) if evidence else ""
        runs += [Run(f" {quotation}", Tone.QUOTE)] if evidence else []
        runs += [Run(f" {words}") for words in (certain, number) if words]
    return Cell(tuple(run for run in runs if run.text))


# --- Details -----------------------------------------------------------------------------------


def _facts(
    corpus: Corpus, result: Classification, sources: Sequence[str]
) -> Iterator[tuple[str, Cell]]:
    """Yield what is known of a provision beside its classes, each detail with its heading."""
    book, provision = corpus.codebook, result.provision
    form = book.label("form", provision.form) or message("Form not known")
    effect = effect_words(book, result)
    yield message("Form, effect"), cell(enumerated((form, effect), is_strong=True))
    text = provision.text
    if text.body or text.note or not is_reported(result):
        yield message("Text"), cell(_extent(book, provision))
    for heading, content in facts(corpus, provision):
        if heading in _DETAILS:
            yield message(heading), content
    for kind, heading in _NOTES.items():
        notes = [_note(corpus, each, sources) for each in provision.notes if each.kind is kind]
        if notes:
            yield message(heading), cell("\n".join(notes))


def _extent(book: Codebook, provision: Provision) -> str:
    """Return how much of a text is available, and the note on it."""
    text = provision.text
    status = message(AS_READ) if provision.is_proposed else book.label("text_status", text.status)
    if text.body and not text.complete and not provision.is_proposed:
        status = message("{label}, not the full text", label=status)
    if text.note:
        return message("{label}. {definition}", label=status, definition=no_break(text.note))
    return status


def _note(corpus: Corpus, note: Note, sources: Sequence[str]) -> str:
    """Return a note with its date, the number of its source, and its confidence."""
    number = f" {_number(corpus, note.source, sources)}" if note.source else ""
    return dated_note(note, f"{no_break(note.text)}{number}")


def _number(corpus: Corpus, source: Citation, sources: Sequence[str]) -> str:
    return f"[{sources.index(cited(corpus, source)) + 1}]"


# --- Relatives and citation --------------------------------------------------------------------


def _related(
    setting: Setting, provision: Provision
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield the other rows on the same law, and those of the same jurisdiction."""
    by_id = {part.provision.id: part.provision for part in setting.results}
    groups = {
        deferred("Fuller rows on the same law"): provision.fuller,
        deferred("Rows with less detail on the same law"): [
            name for name, row in by_id.items() if provision.id in row.fuller
        ],
        deferred("Replaces"): [provision.succeeds.id] if provision.succeeds else [],
        deferred("Replaced by"): [
            name for name, row in by_id.items() if row.succeeds and row.succeeds.id == provision.id
        ],
    }
    named = {provision.id}
    for heading, ids in groups.items():
        present = [by_id[name] for name in ids if name in by_id]
        named |= {row.id for row in present}
        if present:
            yield message(heading), tuple((row.id, period_in_force(row)) for row in present)
    jurisdiction = provision.jurisdiction.name
    siblings = [
        row
        for row in by_id.values()
        if row.jurisdiction.name == jurisdiction and row.id not in named
    ]
    if siblings:
        heading = message("Other rows of the same jurisdiction")
        yield heading, tuple((row.id, period_in_force(row)) for row in siblings)


def _citation(provision: Provision) -> str:
    """Return how to cite a provision."""
    instrument = provision.instrument
    details = list(filter(None, (numbered(instrument.number), instrument.year)))
    law = enumerated((provision.jurisdiction.name, provision.citation))
    if details:
        law = message("{name} ({detail})", name=law, detail=enumerated(details))
    return no_break(fold(law))
