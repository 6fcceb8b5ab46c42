"""The reports of `classify`: the plain table, the typology, and the explanation."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType, field
from msgspec.structs import replace

from npcompare.analysis.classification import AS_CODED, AS_REPORTED, classify
from npcompare.document import (
    Cell,
    Column,
    Document,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
)
from npcompare.law.citations import cited
from npcompare.messages import current, deferred, in_quotation_marks, message
from npcompare.model.codebook import reason_words
from npcompare.model.jurisdiction_names import in_sentence
from npcompare.model.provision import NONE_REPORTED, Basis
from npcompare.reports.basis_words import basis_label
from npcompare.reports.cells import (
    Cells,
    caveats,
    dimension_column,
    finished,
    in_language_named,
    namer,
    with_place,
)
from npcompare.reports.doubts import note_with_doubt
from npcompare.reports.folding import remarks_on_folded, shown
from npcompare.reports.law_of_the_day import (
    in_force_word,
    is_undated,
    remarks_on_dates,
    remarks_on_named,
    remarks_on_superseded,
    undated_title,
)
from npcompare.reports.long_texts import with_texts_apart
from npcompare.reports.origin import ORIGIN_KEYS, origin
from npcompare.reports.proposed_coding import MARK
from npcompare.reports.records import (
    TOOL,
    ClassificationRecord,
    CorpusOutput,
    classification_record,
    corpus_record,
    stream,
    urn,
)
from npcompare.text import capitalized, no_break

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.errors import Problem
    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Dimension
    from npcompare.model.provision import Provision
    from npcompare.model.results import Classification, Classified, Reason


_TITLE = deferred("Classification")


class ClassifyOutput(CorpusOutput, frozen=True, tag=urn("classify")):
    """The output of `classify`."""

    classifications: list[ClassificationRecord]
    conditions: list[str] | UnsetType = field(name="where", default=UNSET)
    unknown_ids: list[str] | UnsetType = field(name="open", default=UNSET)


def classification(corpus: Corpus, results: ClassifiedCorpus, *, has_ids: bool = True) -> Document:
    """Return the core classes of provisions, a row each; its remarks may name their ids."""
    return finished(
        corpus,
        message(_TITLE),
        lambda: _tables(corpus, results, has_ids=has_ids),
        lambda: _flat_classes(corpus, results),
        lambda: ClassifyOutput(
            tool=TOOL,
            corpus=corpus_record(corpus),
            classifications=stream(lambda: classification_records(corpus, results)),
        ),
    )


def _tables(corpus: Corpus, results: ClassifiedCorpus, *, has_ids: bool) -> Iterator[Table]:
    """Yield the table of the classes; that of the undated provisions comes after it."""
    dated = (result for result in results if not is_undated(corpus, result.provision))
    tables = [_core_classes(corpus, message(_TITLE), dated)]
    provisions = (part for part in results.provisions() if not is_undated(corpus, part))
    remarks = (
        *remarks_on_dates(corpus, provisions, with_labels=not has_ids),
        *remarks_on_superseded(results),
        *remarks_on_named(results, has_ids=has_ids),
    )
    if corpus.as_of:
        undated = (result for result in results if is_undated(corpus, result.provision))
        undated_table = _core_classes(corpus, undated_title(corpus), undated)
        tables += [undated_table] if undated_table.rows else []
    first_table, *last_table = tables if tables[0].rows else tables[-1:]
    yield replace(first_table, remarks=remarks)
    yield from last_table


def _output(corpus: Corpus, results: Iterable[Classification]) -> ClassifyOutput:
    return ClassifyOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        classifications=stream(
            lambda: (
                classification_record(corpus, result, in_force_word(corpus, result.provision))
                for result in results
            )
        ),
    )


def classification_records(corpus: Corpus, results: ClassifiedCorpus) -> Iterator[Any]:
    """Yield the record of each provision; for a whole collection, its JSON from the cache."""
    if results.named:
        yield from _output(corpus, results).classifications
        return
    study = _RecordStudy(corpus)
    entries = corpus.run_task(results.files, study, use_cache=True)
    for file, entry in zip(results.files, entries, strict=True):
        if corpus.as_of:
            word = in_force_word(corpus, file)
            yield {**msgspec.json.decode(entry.data), "in_force": word}
        else:
            yield entry.data


class _RecordStudy:
    """Works out the record of a provision's classes from its file, to be kept in the cache."""

    def __init__(self, corpus: Corpus) -> None:
        self.name = "classes with names of the UN" if corpus.naming.is_un else "classes"
        self._codebook = corpus.codebook
        #: The bibliography; records contain its short titles.
        self.documents = corpus.documents
        parts = [corpus.documents, corpus.naming.names]
        self.digest = sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()

    def run(self, file: CheckedFile) -> tuple[Iterable[Problem], Any]:
        """Return no findings, and the record."""
        assert file.provision is not None  # noqa: S101 - only valid files are studied
        return (), classification_record(self, classify(self._codebook, file.provision))


def _core_classes(corpus: Corpus, title: str, results: Iterable[Classification]) -> Table:
    cells = Cells(corpus)
    core = corpus.codebook.core
    body = tuple(
        (
            cell(result.provision.id, Tone.STRONG),
            cell(result.provision.label, marks=cells.caveats(result.provision)),
            *(
                cells.classes(result.provision, result.dimensions[dimension.id])
                for dimension in core
            ),
        )
        for result in results
    )
    headings = (
        *columns(id="Id", provision="Provision"),
        *map(dimension_column, core),
    )
    return Table(title, headings, body, notes=cells.notes.listed())


def _flat_classes(corpus: Corpus, results: Iterable[Classification]) -> Table:
    keys = ["id", "jurisdiction", "citation"]
    for name in corpus.codebook.dimensions:
        keys += [f"{name}[]", f"{name}_basis"]
    keys += ["categories[]", "excluded[]", "effect", *ORIGIN_KEYS]
    keys += ["in_force"] if corpus.as_of else []
    values = []
    for result in results:
        provision, dimensions = result.provision, result.dimensions.values()
        row = [provision.id, provision.jurisdiction.name, provision.citation]
        for classified in dimensions:
            row += ["; ".join(classified.values), str(classified.basis)]
        row.append("; ".join(word for part in dimensions for word in part.categories))
        row.append("; ".join(word for part in dimensions for word in part.excluded))
        row += [result.effect, *origin(provision)]
        row += [str(in_force_word(corpus, provision))] if corpus.as_of else []
        values.append(row)
    return flat_table(_TITLE, " ".join(keys), values)


def typology(
    corpus: Corpus,
    results: Sequence[Classification],
    dimension: Dimension,
    undated: Collection[str] = (),
) -> Document:
    """Return the classes of one dimension, each with its definition and its provisions.

    The provisions with undated ids are in the JSON only.
    """
    from npcompare.reports.typology_tables import typology_tables

    dated = [result for result in results if result.provision.id not in undated]
    table, flat = typology_tables(corpus, dated, dimension)
    return finished(corpus, table.title, [table], flat, _output(corpus, results))


def explanation(
    corpus: Corpus,
    results: Sequence[Classification],
    undated: Collection[str] = (),
    *,
    detail: bool = False,
) -> Document:
    """Return for each class the rule, the limb, the words and the source that it is based on.

    The provisions with undated ids are in the JSON only. Dimensions in which nothing is known are
    shown only with detail.
    """
    output = _output(corpus, results)
    results = [result for result in results if result.provision.id not in undated]
    name = namer(results)
    tables = [_reasons_table(corpus, result, name, detail=detail) for result in results]
    keys = "id dimension class basis rule limb evidence source authority note doubt"
    values = (row for result in results for row in _flat_reasons(result))
    title = message("Explanation")
    tables = tables or [Table(title, _explanation_columns(), ())]
    flat = flat_table("Explanation", keys, values)
    return with_texts_apart(finished(corpus, title, tables, flat, output))


def _explanation_columns() -> tuple[Column, ...]:
    return columns(cls="Class", basis="Basis", words="Words and source", rule="Rule")


def _reasons_table(
    corpus: Corpus, result: Classification, name: Callable[[Provision], str], *, detail: bool
) -> Table:
    dimensions = list(corpus.codebook.dimensions.values())
    body = []
    for dimension in shown(dimensions, [result], detail=detail):
        classified = result.dimensions[dimension.id]
        body += [_explained(corpus, dimension, classified, reason) for reason in classified.because]
        if not classified.because:
            body.append(_unexplained(dimension, classified))
    remarks = (
        *remarks_on_folded(dimensions, [result], detail=detail),
        *caveats([result.provision], name, corpus),
    )
    subject = name(result.provision)
    title = message("Reasons for the classes of {provision}", provision=in_sentence(subject))
    return Table(title, _explanation_columns(), tuple(body), remarks, subject=subject)


def _flat_reasons(result: Classification) -> Iterator[list[str]]:
    for name, classified in result.dimensions.items():
        for reason in classified.because:
            yield _flat_reason(result.provision.id, name, reason)
        if not classified.because:
            yield [result.provision.id, name, "", str(classified.basis), *[""] * 7]


def _explained(
    corpus: Corpus, dimension: Dimension, classified: Classified, reason: Reason
) -> tuple[Cell, ...]:
    label = reason_words(corpus.codebook, classified, reason)
    quotation = f"{in_quotation_marks(reason.evidence)} "
    words = [Run(quotation, Tone.QUOTE)] if reason.evidence else []
    if reason.language:
        words.append(Run(f"{in_language_named(reason.language)}{current().gap}"))
    words_on_it = no_break(note_with_doubt(reason.note, reason.doubt))
    note = f"\n{message('Note: {note}', note=words_on_it)}" if words_on_it else ""
    rule = (
        message("{rule}, limb {limb}", rule=reason.rule, limb=reason.limb)
        if reason.limb
        else reason.rule
    )
    marks = (MARK,) if reason.basis is Basis.PROPOSED else ()
    return (
        _headed(dimension, Run(label, marks=marks)),
        cell(capitalized(basis_label(reason.basis))),
        Cell((*words, Run(f"{cited(corpus, reason.source)}{note}"))),
        cell(f"{rule}\n{_because(corpus, dimension, reason)}"),
    )


def _headed(dimension: Dimension, words: Run) -> Cell:
    """Return a cell of words after the name of a dimension."""
    return Cell((Run(message("{heading}: ", heading=dimension.label), Tone.STRONG), words))


def _because(corpus: Corpus, dimension: Dimension, reason: Reason) -> str:
    if reason.value == NONE_REPORTED:
        sentence = message("The source reports that there is none.")
    elif reason.rule == AS_CODED:
        sentence = dimension.classes[reason.value].definition
    elif reason.rule == AS_REPORTED:
        sentence = message("A source states the class.")
    else:
        rules = corpus.codebook.rules
        sentence = next(rule.because for rule in rules if rule.id == reason.rule)
    return with_place(corpus, sentence, reason.authority)


def _unexplained(dimension: Dimension, classified: Classified) -> tuple[Cell, ...]:
    from npcompare.reports.typology_tables import UNKNOWN

    is_silent = classified.basis is Basis.SILENT
    label = dimension.label_of("silent" if is_silent else "unknown")
    basis = capitalized(basis_label(classified.basis))
    return (
        _headed(dimension, Run(label)),
        cell(basis, Tone.SILENT if is_silent else Tone.UNKNOWN),
        cell(dimension.silence if is_silent else message(UNKNOWN)),
        cell(message("None")),
    )


def _flat_reason(provision_id: str, dimension: str, reason: Reason) -> list[str]:
    return [
        provision_id,
        dimension,
        reason.value,
        str(reason.basis),
        reason.rule,
        reason.limb,
        reason.evidence,
        str(reason.source or ""),
        str(reason.authority or ""),
        reason.note,
        reason.doubt,
    ]
