"""The commands that show a corpus: list, show, classify, stats, proof and codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli import completion
from npcompare.cli.option_groups import (
    CollectionOptions,
    LanguageOptions,
    OutputOptions,
    SelectionOptions,
    TextOptions,
)
from npcompare.cli.options import Detail, Ids
from npcompare.errors import NpcompareError
from npcompare.messages import ENGLISH_TAG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.document import Document


def list_(
    corpus_options: SelectionOptions,
    output_options: OutputOptions,
) -> None:
    """List the provisions of a corpus, or those that match conditions.

    A condition is a field, a sign and a word: threshold=duress, stage!=records, year>=2010. All
    conditions must be met; “and” and “not” combine several in one text. Provisions for which the
    answer is not known are listed separately.

    Examples:
      npcompare list --collection all
      npcompare list --where threshold=duress --where stage!=records
      npcompare list --where "effect=operative and not scope=any_offence"
    """
    from npcompare.reports.law_of_the_day import remarks_on_superseded, with_remarks
    from npcompare.reports.selection_report import matching, remarks_on_other_collections

    corpus = corpus_options.load()
    results, matches = corpus_options.selection(corpus, with_undated=True)
    if matches:
        document = matching(corpus, matches)
    else:
        from npcompare.reports.provision_list import listing

        document = listing(corpus, list(results.provisions()))
    remarks = list(remarks_on_superseded(results))
    if output_options.output is None and corpus_options.collection is None:
        # A file may be filed, so that it has no options.
        remarks += remarks_on_other_collections(corpus)
    output_options.write(with_remarks(document, remarks))


def show(
    corpus_options: CollectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Ids = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Mark each coded phrase in the text of the law.")
    ] = False,
) -> None:
    """Show provisions: their source, their text and their coding.

    The coding is shown as it is in the files; `npcompare classify` shows what follows from it. A
    file that ends in .jsonld has the words behind each coded value as Web Annotations; one that
    ends in .akn has the text of one provision in Akoma Ntoso.

    Examples:
      npcompare show gambia
      npcompare show gambia --evidence
      npcompare show gambia -o gambia.jsonld
    """
    write = output_options.exchange_writer("show")
    if write:
        _refuse_for_tables(corpus_options, {"--evidence": evidence})
    if evidence:
        from npcompare.reports.evidence_report import evidence as report
    else:
        from npcompare.reports.provision_report import details as report
    from npcompare.reports.law_of_the_day import remarks_on_law, with_remarks

    corpus = text_options.reading(corpus_options.load(), ids or ())
    results = corpus_options.select(corpus, ids)
    if write:
        write(corpus, list(results.provisions()))
        return
    document = report(corpus, list(results.provisions()))
    output_options.write(with_remarks(document, remarks_on_law(results)))


Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Show the rule, the limb, the words and the paragraph behind each class.",
    ),
]


def classify(
    corpus_options: SelectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Ids = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DIMENSION",
            help="Group the provisions by the classes of a dimension, such as threshold.",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    explain: Explain = False,
    detail: Detail = False,
) -> None:
    """Classify provisions by scope, threshold and stage.

    The classes follow from the coding by the rules of the codebook.

    Examples:
      npcompare classify
      npcompare classify --by threshold
      npcompare classify qatar --explain
      npcompare classify --where region=africa --collection all
    """
    from npcompare.reports import classification_report as report

    if by is not None and explain:
        raise NpcompareError("--by and --explain cannot be used together")
    if detail and not explain:
        raise NpcompareError("--detail works only with --explain", "add --explain")
    corpus = text_options.reading(corpus_options.load(), ids or ())
    results, matches = corpus_options.selection(corpus, ids, with_undated=True, must_match=explain)
    if by is not None:
        dimension = corpus.codebook.dimension(by)
        document = report.typology(corpus, list(results), dimension, results.undated)
    elif explain:
        document = report.explanation(corpus, list(results), results.undated, detail=detail)
    else:
        document = report.classification(corpus, results, has_ids=output_options.output is None)
        output_options.write(corpus_options.described(document, matches))
        return
    output_options.write_results(corpus_options.described(document, matches), results)


def stats(
    corpus_options: SelectionOptions,
    output_options: OutputOptions,
    dimensions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DIMENSION [DIMENSION]]",
            help="One dimension, or two for a cross table. By default, scope, threshold and stage.",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    states: Annotated[
        bool,
        typer.Option(
            "--states",
            help="List the Member States of the United Nations by what is known of their law.",
        ),
    ] = False,
) -> None:
    """Count the provisions in each class of a dimension.

    Provisions that are silent, and those of which the class is not known, are counted too.

    Examples:
      npcompare stats threshold stage --collection all
      npcompare stats force --where effect=operative
      npcompare stats --states
    """
    if states:
        _require_states_alone(corpus_options, dimensions)
        output_options.write(_states(corpus_options))
        return
    from npcompare.reports.query_report import statistics

    if dimensions and len(dimensions) > 2:
        raise NpcompareError("no more than two dimensions can be crossed")
    corpus = corpus_options.load()
    named = [corpus.codebook.dimension(name) for name in dimensions or ()]
    results, matches = corpus_options.selection(corpus)
    document = statistics(corpus, list(results), named or corpus.codebook.core)
    output_options.write_results(corpus_options.described(document, matches), results)


def _require_states_alone(corpus_options: SelectionOptions, dimensions: list[str] | None) -> None:
    """Refuse what --states does not take into account."""
    unused = {
        "a dimension": dimensions,
        "--where": corpus_options.where,
        "--as-of": corpus_options.as_of,
    }
    for name, value in unused.items():
        if value:
            raise NpcompareError(f"--states and {name} cannot be used together")


def _states(corpus_options: SelectionOptions) -> Document:
    """Return what is known of the law of each State, in all collections unless one is named."""
    from npcompare.law.corpus import ALL_COLLECTIONS
    from npcompare.reports.state_report import states

    corpus = corpus_options.load().restricted(corpus_options.collection or ALL_COLLECTIONS)
    # Rows with less detail count too: one may be the only one that is based on the text.
    files = corpus.files_in_view(with_superseded=True)
    return states(corpus, [file.provision for file in files if file.provision is not None])


def proof(
    corpus_options: CollectionOptions,
    output_options: OutputOptions,
    text_options: TextOptions,
    ids: Ids = None,
) -> None:
    """Count the classes by basis: text, source, silence or unknown.

    A class is based on quoted words of the law or on what a source reports. Otherwise the law is
    silent, or the class is not known.

    Example:
      npcompare proof --collection all
    """
    from npcompare.reports import query_report

    corpus = text_options.reading(corpus_options.load(), ids or ())
    results = corpus_options.select(corpus, ids)
    document = query_report.proof(corpus, list(results))
    output_options.write_results(document, results)


Untranslated = Annotated[
    bool,
    typer.Option(
        "--untranslated",
        help="List the texts of tables without a translation in --language, or a proposed one.",
    ),
]


def codebook(
    corpus_options: LanguageOptions,
    output_options: OutputOptions,
    dimension: Annotated[
        str | None,
        typer.Argument(
            help="One dimension, such as threshold. All by default.",
            show_default=False,
            autocompletion=completion.dimensions,
        ),
    ] = None,
    schema: Annotated[
        bool,
        typer.Option("--schema", help="Print the JSON Schema of provisions in this codebook."),
    ] = False,
    untranslated: Untranslated = False,
) -> None:
    """Show the dimensions, their classes and the rules of each class.

    Each class and each rule names the paragraph that it is based on. A file that ends in .ttl or
    .jsonld has the codebook in SKOS, with the labels of all languages.

    Examples:
      npcompare codebook threshold
      npcompare codebook -o codebook.ttl
      npcompare codebook --untranslated --language fr
    """
    from npcompare.reports import codebook_report

    _require_one_listing(corpus_options, dimension, is_schema=schema, is_untranslated=untranslated)
    if untranslated:
        output_options.write(_untranslated(corpus_options))
        return
    if write := output_options.exchange_writer("codebook"):
        used = {"the dimension": dimension is not None, "--schema": schema}
        _refuse_for_tables(corpus_options, used)
        write(corpus_options.load())
        return
    corpus = corpus_options.load()
    if schema:
        output_options.write(codebook_report.provision_schema(corpus), default_format="json")
        return
    book = corpus.codebook
    dimensions = [book.dimension(dimension)] if dimension else list(book.dimensions.values())
    output_options.write(codebook_report.codebook(corpus, dimensions))


def _refuse_for_tables(options: LanguageOptions, used: Mapping[str, bool]) -> None:
    """Refuse what makes a difference to tables only, for a format that has none."""
    for name, is_used in {**used, "--language": options.language != ENGLISH_TAG}.items():
        if is_used:
            raise NpcompareError(
                f"{name} is for tables, and a file in this format has none", f"leave out {name}"
            )


def _require_one_listing(
    options: LanguageOptions, dimension: str | None, *, is_schema: bool, is_untranslated: bool
) -> None:
    """Refuse what a listing of the codebook does not take into account."""
    if is_untranslated and is_schema:
        raise NpcompareError("--untranslated and --schema cannot be used together")
    if is_untranslated and dimension:
        hint = "leave out the dimension"
        raise NpcompareError("--untranslated covers the texts of all tables", hint)
    if is_schema and dimension:
        raise NpcompareError("--schema covers all dimensions", "leave out the dimension")
    if is_schema and (options.language, options.terms) != ("en", "un"):
        hint = "leave out --language and --terms"
        raise NpcompareError("the schema is the same in every language", hint)


def _untranslated(options: LanguageOptions) -> Document:
    """Return the texts without a translation in the language of the options.

    Raises NpcompareError if that is English.
    """
    from msgspec.structs import replace

    from npcompare.law.translation import BODIES, SYSTEM, catalogue_of, system_language
    from npcompare.reports.untranslated_report import untranslated

    tag = system_language() if options.language == SYSTEM else options.language
    if tag == ENGLISH_TAG:
        raise NpcompareError("English needs no translation", "add --language fr, for example")
    corpus = replace(options, language=ENGLISH_TAG, terms=BODIES[0]).load()
    return untranslated(corpus, catalogue_of(tag, options.terms, corpus.folder))
