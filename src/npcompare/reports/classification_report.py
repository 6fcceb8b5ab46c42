"""Classifications to documents: the plain table, the typology, and the explanation."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from npcompare.analysis.classification import AS_CODED, AS_REPORTED, classify
from npcompare.analysis.queries import answers
from npcompare.document import (
    Cell,
    Document,
    Run,
    Table,
    Tone,
    cell,
    columns,
    flat_table,
)
from npcompare.law.citations import cited
from npcompare.model.codebook import reason_words
from npcompare.model.provision import Basis
from npcompare.reports.cells import Cells, dimension_column, finished, namer, with_place
from npcompare.reports.records import (
    TOOL,
    ClassificationRecord,
    CorpusOutput,
    classification_record,
    corpus_record,
    stream,
    urn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.errors import Problem
    from npcompare.law.checking import CheckedFile
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook, Dimension
    from npcompare.model.results import Classification, Classified, Reason


_TITLE = "Classification"


class ClassifyOutput(CorpusOutput, frozen=True, tag=urn("classify")):
    """The output of `classify`."""

    classifications: list[ClassificationRecord]


def classification(corpus: Corpus, results: ClassifiedCorpus) -> Document:
    """Return the classes of provisions in the core dimensions, a row each."""
    return finished(
        corpus,
        _TITLE,
        lambda: [_core_classes(corpus, results)],
        lambda: _flat_classes(corpus, results),
        lambda: ClassifyOutput(
            tool=TOOL,
            corpus=corpus_record(corpus),
            classifications=stream(lambda: classification_records(corpus, results)),
        ),
    )


def _output(corpus: Corpus, results: Iterable[Classification]) -> ClassifyOutput:
    return ClassifyOutput(
        tool=TOOL,
        corpus=corpus_record(corpus),
        classifications=stream(
            lambda: (classification_record(corpus, result) for result in results)
        ),
    )


def classification_records(corpus: Corpus, results: ClassifiedCorpus) -> Iterator[Any]:
    """Yield the record of each provision; for a whole collection, its JSON from the cache."""
    if not results.files:
        yield from (classification_record(corpus, result) for result in results)
        return
    study = _RecordStudy(corpus.codebook, corpus.documents)
    for entry in corpus.run_task(results.files, study, use_cache=True):
        yield entry.data


class _RecordStudy:
    """Works out the record of a provision's classes from its file, to be kept in the cache."""

    name = "classes"

    def __init__(self, codebook: Codebook, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self._codebook = codebook
        #: The bibliography; records contain its short titles.
        self.documents = documents
        self.digest = sha256(msgspec.json.encode(documents, order="sorted")).hexdigest()

    def run(self, file: CheckedFile) -> tuple[Iterable[Problem], Any]:
        """Return no findings, and the record."""
        assert file.provision is not None  # noqa: S101 - only valid files are studied
        return (), classification_record(self, classify(self._codebook, file.provision))


def _core_classes(corpus: Corpus, results: Iterable[Classification]) -> Table:
    cells = Cells(corpus)
    core = corpus.codebook.core
    body = tuple(
        (
            cell(one.provision.id, Tone.STRONG),
            cell(one.provision.label),
            *(cells.classes(one.provision, one.dimensions[each.id]) for each in core),
        )
        for one in results
    )
    heads = (
        *columns(id="Id", provision="Provision"),
        *map(dimension_column, core),
    )
    return Table(_TITLE, heads, body, notes=cells.notes.listed())


def _flat_classes(corpus: Corpus, results: Iterable[Classification]) -> Table:
    heads = ["id", "jurisdiction", "citation"]
    for name in corpus.codebook.dimensions:
        heads += [name, f"{name}_basis"]
    heads += ["categories", "excluded"]
    values = []
    for one in results:
        row = [one.provision.id, one.provision.jurisdiction.name, one.provision.citation]
        for classified in one.dimensions.values():
            row += ["; ".join(classified.values), str(classified.basis)]
        every = one.dimensions.values()
        row.append("; ".join(word for each in every for word in each.categories))
        row.append("; ".join(word for each in every for word in each.excluded))
        values.append(row)
    return flat_table(_TITLE, " ".join(heads), values)


def typology(corpus: Corpus, results: Sequence[Classification], dimension: Dimension) -> Document:
    """Return the classes of one dimension, each with its definition and its provisions."""
    cells = Cells(corpus)
    name = namer(results)
    body = []
    flat = []
    kinds: list[tuple[str, str, str]] = [
        (term.word, term.label, with_place(corpus, term.definition, term.source))
        for term in dimension.classes.values()
    ]
    kinds += [
        ("silent", "silent", dimension.silence),
        ("unknown", "unknown", "The text is not held in full, or this is not coded."),
    ]
    for word, label, definition in kinds:
        members = [one for one in results if word in answers(one.dimensions[dimension.id])]
        if not members and word in ("silent", "unknown"):
            continue
        runs: list[Run] = []
        for one in members:
            classified = one.dimensions[dimension.id]
            marks = tuple(dict.fromkeys(cells.marks(one.provision, classified, word)))
            runs += [Run("\n" if runs else ""), Run(name(one.provision), marks=marks)]
            basis = str(classified.basis)
            flat.append([word, one.provision.id, name(one.provision), basis])
        listed = Cell(tuple(run for run in runs if run.text)) if runs else cell("none")
        body.append((cell(label, Tone.STRONG), cell(definition), listed))
    title = f"Provisions by {dimension.label.lower()}"
    table = Table(
        title,
        columns(cls="Class", definition="Definition", provisions="Provisions"),
        tuple(body),
        (dimension.question,),
        cells.notes.listed(),
    )
    plain = flat_table(title, "class id provision basis", flat)
    return finished(corpus, title, [table], plain, _output(corpus, results))


def explanation(corpus: Corpus, results: Sequence[Classification]) -> Document:
    """Return for each class the rule, the limb, the words and the paragraph it rests on."""
    heads = columns(cls="Class", basis="Basis", words="Words and where they stand", rule="Rule")
    tables = []
    flat = []
    name_of = namer(results)
    for one in results:
        body = []
        for name, classified in one.dimensions.items():
            dimension = corpus.codebook.dimensions[name]
            for reason in classified.because:
                body.append(_explained(corpus, dimension, classified, reason))
                flat.append(_flat_reason(one.provision.id, name, reason))
            if not classified.because:
                body.append(_unexplained(dimension, classified))
                row = [one.provision.id, name, "", str(classified.basis), *[""] * 6]
                flat.append(row)
        tables.append(Table(f"Why {name_of(one.provision)} is classed so", heads, tuple(body)))
    keys = "id dimension class basis rule limb evidence source authority note"
    plain = flat_table("Explanation", keys, flat)
    return finished(corpus, "Explanation", tables, plain, _output(corpus, results))


def _explained(
    corpus: Corpus, dimension: Dimension, classified: Classified, reason: Reason
) -> tuple[Cell, ...]:
    label = reason_words(corpus.codebook, classified, reason)
    words = [Run(f"“{reason.evidence}” ", Tone.QUOTE)] if reason.evidence else []
    note = f"\nNote: {reason.note}" if reason.note else ""
    place = cited(corpus, reason.source)
    limb = f", limb {reason.limb}" if reason.limb else ""
    return (
        Cell((Run(f"{dimension.label}: ", Tone.STRONG), Run(label))),
        cell(str(reason.basis)),
        Cell((*words, Run(f"{place}{note}"))),
        cell(f"{reason.rule}{limb}\n{_because(corpus, dimension, reason)}"),
    )


def _because(corpus: Corpus, dimension: Dimension, reason: Reason) -> str:
    if reason.rule == AS_CODED:
        said = dimension.classes[reason.value].definition
    elif reason.rule == AS_REPORTED:
        said = "A source states the class."
    else:
        said = next(rule.because for rule in corpus.codebook.rules if rule.id == reason.rule)
    return with_place(corpus, said, reason.authority)


def _unexplained(dimension: Dimension, classified: Classified) -> tuple[Cell, ...]:
    silent = classified.basis is Basis.SILENT
    why = dimension.silence if silent else "The text is not held in full, or this is not coded."
    return (
        Cell((Run(f"{dimension.label}: ", Tone.STRONG), Run("silent" if silent else "unknown"))),
        cell(str(classified.basis), Tone.SILENT if silent else Tone.UNKNOWN),
        cell(why),
        cell("none"),
    )


def _flat_reason(name: str, dimension: str, reason: Reason) -> list[str]:
    return [
        name,
        dimension,
        reason.value,
        str(reason.basis),
        reason.rule,
        reason.limb,
        reason.evidence,
        str(reason.source or ""),
        str(reason.authority or ""),
        reason.note,
    ]
