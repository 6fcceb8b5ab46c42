"""The commands for coding: read, suggest, new, validate, agree and init."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npcompare.cli.coders_options import CodersOptions
from npcompare.cli.option_groups import CorpusOptions, OutputOptions
from npcompare.cli.options import (
    FromProvision,
    Language,
    NewFile,
    NewId,
    Revisions,
    SecondOpinionSource,
    Section,
    TextFile,
)
from npcompare.cli.output import print_if_taken, print_message, print_problems
from npcompare.errors import ExitCode, NpcompareError, exit_code, refusals
from npcompare.file_names import path_to_write
from npcompare.shell import command
from npcompare.text import counted

if TYPE_CHECKING:
    from npcompare.coding.agreement import Agreement
    from npcompare.coding.second_opinion import SecondOpinion
    from npcompare.coding.suggestions import Suggestion
    from npcompare.errors import Problem
    from npcompare.law.checking import CheckOptions
    from npcompare.law.corpus import Corpus
    from npcompare.model.codebook import Codebook

#: The provision that `npcompare init` puts into a new corpus.
_EXAMPLE = "coe-26"


def read(
    output_options: OutputOptions,
    path: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A document: .docx, .odt, .html, .akn, .pdf or .txt."),
    ],
    revisions: Revisions = "accepted",
    section: Section = "",
) -> None:
    """Show a document as numbered paragraphs, and what is left out.

    Automatic numbers are those that the document shows. Deleted and hidden text, notes, comments,
    text boxes, headers and footers are left out, counted, and listed with an example.

    Examples:
      npcompare read "Clause 12.docx"
      npcompare read "Clause 12.docx" --section "12(1)" --format json
    """
    from npcompare.readers.document_kinds import read_document
    from npcompare.reports.document_report import document_report

    document = read_document(path, revisions, section)
    for note in document.notes:
        print_message(note)
    output_options.write(document_report(path.name, document))


def suggest(
    corpus_options: CorpusOptions,
    output_options: OutputOptions,
    path: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-",
            help="A .docx, .odt, .html, .akn, .pdf or .txt file; - reads standard input.",
        ),
    ],
    language: Language = "",
    revisions: Revisions = "accepted",
    section: Section = "",
    source: SecondOpinionSource = None,
) -> None:
    """Propose a coding for a text, with the words behind it.

    Nothing is proposed without words in the text. Sentences that the rules do not fully
    understand are listed: please read them yourself. A second opinion changes no proposal;
    what only the model says is a question.

    Examples:
      npcompare suggest clause-12.txt
      npcompare suggest "Clause 12.docx" --section "12(1)"
    """
    from npcompare.coding import suggestions
    from npcompare.reports import suggestion_report

    corpus = corpus_options.load()
    try:
        text = _text(path, revisions, section)
    except NpcompareError as error:
        if error.hint or path.casefold() not in map(str.casefold, corpus.names):
            raise
        hint = f"{path} is the name of a provision: {command('npcompare', 'show', path)}"
        raise NpcompareError(error.message, hint) from error
    suggestion = suggestions.suggest(corpus.codebook, text, language)
    classification = suggestions.classify_suggestion(corpus.codebook, suggestion)
    if source is not None:
        # What cannot be written is refused before the text is sent.
        output_options.check()
    opinion, failure = _second_opinion(source, corpus.codebook, suggestion)
    output_options.write(suggestion_report.suggestions(corpus, suggestion, classification, opinion))
    if failure:
        raise failure


def _text(name: str, revisions: str, section: str) -> str:
    """Return the text of a document, and print how it was read."""
    from npcompare.readers.text_to_code import text_to_code

    text, notes = text_to_code(name, revisions, section)
    for note in notes:
        print_message(note)
    return text


def _second_opinion(
    source: str | None, codebook: Codebook, suggestion: Suggestion
) -> tuple[SecondOpinion | None, NpcompareError | None]:
    """Return a second opinion on a coding, or why there is none; neither if there is no source.

    A failure must not prevent the result of the phrase book. Raises NpcompareError if the source is
    not valid.
    """
    if source is None:
        return None, None
    from npcompare.coding import second_opinion
    from npcompare.coding.llm_adapter import LlmModel, model_name

    name = model_name(source)
    try:
        both_prompts = second_opinion.prompts(codebook, suggestion)
        model = LlmModel(name)
        print_message(model.notice)
        opinion = second_opinion.consult(codebook, suggestion, both_prompts, model)
    except NpcompareError as error:
        return None, error
    print_message(f"second opinion: {opinion.summary}")
    return opinion, None


def new(
    corpus_options: CorpusOptions,
    provision: NewId = None,
    text: TextFile = None,
    reported: FromProvision = None,
    language: Language = "",
    revisions: Revisions = "accepted",
    section: Section = "",
    source: SecondOpinionSource = None,
    output: NewFile = None,
) -> None:
    """Start the file of a provision, from its text if you have it.

    The file shows what to fill in. A file that exists is never overwritten. With --from, the
    values that a source reports are looked for in the text and confirmed with its words.

    Examples:
      npcompare new utopia --text clause-12.txt
      npcompare new clause-12 --text "Clause 12.docx" --section "12(1)"
      npcompare new --from england-and-wales-s45 --text s45.docx
    """
    if reported is not None:
        from npcompare.cli.new_from import NewText, new_from, text_name

        words = _text(text_name(text, source), revisions, section)
        new_from(corpus_options.load(), reported, NewText(words, language, provision, output))
        return
    provision = _required(provision)
    if source is not None and not text:
        raise NpcompareError("--with needs a text to read", "add --text FILE")
    from npcompare.coding.suggestions import suggest_if_possible

    path = output or Path(f"{provision}.yaml")
    corpus = corpus_options.load()
    book = corpus.codebook
    words = _text(text, revisions, section) if text else ""
    suggestion = suggest_if_possible(book, words, language) if text else None
    failure = _write_new(book, provision, path, suggestion, source)
    check = _validate_command(path, corpus_options.corpus)
    print_message(f"wrote {path}; next: fill in the empty fields, then {check}")
    print_if_taken(provision, corpus.names)
    if failure:
        raise failure


def _write_new(
    book: Codebook, provision: str, path: Path, suggestion: Suggestion | None, source: str | None
) -> NpcompareError | None:
    """Write the file of a new provision; return why there is no second opinion, if one failed."""
    from npcompare.coding.new_provision import skeleton
    from npcompare.files import check_coded_file, create_coded_file
    from npcompare.law.folders import schema_for

    schema = schema_for(path)
    opinion, failure = None, None
    if source is not None and suggestion:
        # What cannot be written is refused before the text is sent.
        skeleton(book, provision, suggestion, schema)
        check_coded_file(path)
        opinion, failure = _second_opinion(source, book, suggestion)
    create_coded_file(skeleton(book, provision, suggestion, schema, opinion), path)
    if suggestion:
        _print_language(suggestion)
    return failure


def _print_language(suggestion: Suggestion) -> None:
    """Print a message if the language of a text cannot be read."""
    from npcompare.coding.phrasebook import phrase_book

    if suggestion.language not in phrase_book().languages:
        other = phrase_book().other_language(suggestion.text)
        reason = f"the text seems to be in {other} that is not read"
        if suggestion.language:
            known = ", ".join(phrase_book().languages)
            reason = f'texts in the language "{suggestion.language}" are not read'
            reason += f", only those in {known}"
        print_message(f"no values are proposed: {reason}")


def _required(provision: str | None) -> str:
    """Return the id of a new provision; raise NpcompareError if it is missing."""
    if provision is None:
        raise NpcompareError("the new provision needs an id", "name it: npcompare new my-bill")
    return provision


def _validate_command(path: Path, corpus: Path | None = None) -> str:
    """Return the command that checks a file or folder."""
    return command("npcompare", "validate", path, *(("--corpus", corpus) if corpus else ()))


def validate(
    corpus_options: CorpusOptions,
    output_options: OutputOptions,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATHS]...",
            help="Files or folders. By default, the corpus.",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
) -> None:
    """Check files: structure, references and quotations.

    Every quotation must be in the text of the law. A file with warnings is accepted, but
    please look at it again: for example, no coded value may cover an "unless".

    Example:
      npcompare validate my-bill.yaml
    """
    from npcompare.coding import validation

    problems, checked, remarks = validation.validation(
        corpus_options.corpus, paths or [], corpus_options.check_options()
    )
    if output_options.format_name is None and output_options.output is None:
        print_problems(problems, as_result=True)
        print_problems(remarks)
    else:
        from npcompare.reports.findings_report import findings

        output_options.write(findings(problems, checked, remarks))
    print_message(_summary(problems, checked, len(remarks)))
    raise typer.Exit(exit_code(problems, strict=strict))


def _summary(problems: tuple[Problem, ...], checked: int, remark_count: int) -> str:
    """Return the number of findings, of warnings and of files, as a phrase."""
    files = counted(checked, "file")
    refusal_count = len(refusals(problems))
    parts = [counted(refusal_count, "finding")] if refusal_count else []
    if len(problems) > refusal_count:
        parts.append(counted(len(problems) - refusal_count, "warning"))
    if parts:
        return f"{' and '.join(parts)} in {files}"
    if remark_count:
        return f"{files} checked: no errors or warnings; {counted(remark_count, 'remark')}"
    return f"{files} checked: no findings"


FirstFolder = Annotated[
    Path,
    typer.Argument(
        metavar="CODER_A", help="The workbook of the first coder, or a folder with one file each."
    ),
]
SecondFolder = Annotated[
    Path, typer.Argument(metavar="CODER_B", help="The workbook or folder of the second coder.")
]
ToAdjudicate = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.yaml",
        help="Write the disagreements to a file, with room for the decisions.",
        show_default=False,
        parser=path_to_write,
    ),
]
Adjudicated = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.yaml",
        help="Read such a file with the decisions; show what is settled and what is open.",
        show_default=False,
    ),
]


def agree(
    coders_options: CodersOptions,
    output_options: OutputOptions,
    first: FirstFolder,
    second: SecondFolder,
    adjudicate: ToAdjudicate = None,
    adjudicated: Adjudicated = None,
    use_exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if any disagreement is not settled.")
    ] = False,
) -> None:
    """Measure how far two coders agree, and list differences.

    The measures are percent agreement, Krippendorff's alpha and Gwet's AC1, for each dimension.
    A coder's work is a workbook that `npcompare form` made, or a folder of coded files.

    Examples:
      npcompare agree first second
      npcompare agree first second --adjudicate settle.yaml
      npcompare agree first second --adjudicated settle.yaml --exit-code
    """
    from npcompare.coding import adjudication
    from npcompare.reports import agreement_report

    folders = (first, second)
    corpora, agreement = _compare_coders(folders, coders_options.check_options())
    if first.samefile(second):
        print_message(f"warning: {first} is compared with itself; name the second coding, too")
    book, names = corpora[0].codebook, _folder_names(folders)
    decisions = adjudication.read_decisions(adjudicated, book) if adjudicated else None
    output_options.check()
    earlier, force = decisions or {}, output_options.force
    if unused := adjudication.without_disagreement(agreement.disagreements, earlier):
        listed = adjudication.named(unused)
        print_message(f"{adjudicated}: the coders do not disagree on this, so not used: {listed}")
    if adjudicate:
        _refuse_among_provisions(adjudicate, folders)
        text = adjudication.adjudication_file(corpora, names, agreement.disagreements, earlier)
        adjudication.write_adjudication(text, adjudicate, book, earlier, force=force)
        print_message(f"wrote {adjudicate}")
    corpora = coders_options.in_language(corpora)
    output_options.write(agreement_report.agreement(corpora, names, agreement, decisions))
    if use_exit_code and adjudication.unsettled(agreement.disagreements, decisions or {}):
        raise typer.Exit(ExitCode.FOUND)


def _compare_coders(
    folders: tuple[Path, Path], check_options: CheckOptions
) -> tuple[tuple[Corpus, Corpus], Agreement]:
    """Return the corpora of two coders, with every coded field a dimension, and their agreement."""
    from npcompare.coding.agreement import agreement_of_corpora
    from npcompare.coding.coders import load_coders

    first, second = load_coders(folders, check_options)
    return agreement_of_corpora((first, second))


def _folder_names(folders: tuple[Path, Path]) -> tuple[str, str]:
    """Return the names of two folders, or their paths if the names are the same."""
    first, second = (folder.resolve().name for folder in folders)
    return (first, second) if first != second else (str(folders[0]), str(folders[1]))


def _refuse_among_provisions(path: Path, folders: tuple[Path, Path]) -> None:
    """Refuse a file of disagreements among the provisions, where it would be read as one."""
    for folder in folders:
        if path.resolve().is_relative_to(folder.resolve()):
            raise NpcompareError(
                f"{path} is in {folder} and would be read as a provision",
                "choose a file outside the folders of the coders",
            )


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the corpus; it may be new.")
    ],
    bundled_codebook: Annotated[
        bool,
        typer.Option(
            "--bundled-codebook",
            help="Use the codebook of npcompare instead of a copy of it in the corpus.",
        ),
    ] = False,
) -> None:
    """Start a corpus of your own.

    The folder gets a codebook, an example, a bibliography and checks for git. No file that exists
    is overwritten.

    Example:
      npcompare init my-corpus
    """
    from npcompare.coding.new_corpus import starter
    from npcompare.files import create_files

    for path in create_files(starter(_EXAMPLE, codebook=not bundled_codebook), folder):
        print_message(f"wrote {path}")
    print_message(f"next: read {folder / 'README.md'}, then {_validate_command(folder)}")
