"""The commands for coding in Excel: form and import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from npcompare.cli import completion
from npcompare.cli.option_groups import CorpusOptions
from npcompare.cli.options import Force
from npcompare.cli.output import print_message, print_problems
from npcompare.errors import NpcompareError, ProblemsError, refusals
from npcompare.file_names import path_to_write
from npcompare.shell import command
from npcompare.text import counted

if TYPE_CHECKING:
    from npcompare.coding.workbook_import import Imported
    from npcompare.law.corpus import Corpus

FormIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[IDS]...",
        help="Provisions to fill in already: ids, names or YAML files.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
FormCollection = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help="Fill in a whole collection, too: paper, world or all.",
        show_default=False,
        autocompletion=completion.collections,
    ),
]
FormPath = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.xlsx",
        help="The workbook to write.",
        show_default=False,
        parser=path_to_write,
    ),
]


def form(
    corpus_options: CorpusOptions,
    output: FormPath,
    ids: FormIds = None,
    collection: FormCollection = None,
    uncoded: Annotated[
        bool,
        typer.Option("--uncoded", help="Facts and texts only, for an independent coder."),
    ] = False,
    force: Force = False,
) -> None:
    """Make a workbook for coding in Excel.

    Each limb has a row; each field has a drop-down list of the codebook's words and a column for
    the words of the law. Without ids the form is empty; --collection fills in a whole collection.

    Examples:
      npcompare form kenya jamaica -o coding.xlsx
      npcompare form --collection paper --uncoded -o second-coder.xlsx
    """
    from npcompare.coding.form_sheets import coding_form
    from npcompare.files import check_writable, save
    from npcompare.formats.excel_form import write_form

    if output.suffix.lower() != ".xlsx":
        raise NpcompareError(
            f"{output} is not the name of a workbook", "choose a name that ends in .xlsx"
        )
    check_writable(output, force=force)
    corpus = corpus_options.load().restricted(collection or "")
    if collection is not None:
        corpus.require_provisions()
    if problems := refusals(corpus.problems):
        raise ProblemsError(problems)
    data = _data(corpus, ids or [], is_collection=collection is not None)
    content = write_form(coding_form(corpus.codebook, corpus.documents, data, uncoded=uncoded))
    save(content, output, force=force)
    next_command = command("npcompare", "import", output)
    print_message(f"wrote {output}; next: fill it in, save it, then {next_command}")


def _data(corpus: Corpus, ids: list[str], *, is_collection: bool) -> list[dict[str, Any]]:
    """Return the data of the provisions that are named, then of all of the collection."""
    from npcompare.law.corpus import ALL_COLLECTIONS

    names = [corpus.name_of(provision) for provision in (corpus.select(ids) if ids else ())]
    if is_collection:
        names += [
            file.header.id
            for file in corpus.files
            if corpus.collection in (file.collection, ALL_COLLECTIONS)
        ]
    files = {file.header.id: file for file in corpus.files}
    return [
        (files.get(name) or corpus.check_external(Path(name))).data()
        for name in dict.fromkeys(names)
    ]


Sheets = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="A workbook (.xlsx), a .csv file for each of its sheets, or the folder of a release.",
    ),
]
ImportFolder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="The corpus to write to. Without it, the cells are only checked.",
        show_default=False,
    ),
]
Mapping = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.yaml",
        help="What the columns mean, for a table that `npcompare form` did not make.",
        show_default=False,
    ),
]
OverwriteFiles = Annotated[
    bool, typer.Option("--force", help="Overwrite the files of provisions that exist.")
]


def import_(
    corpus_options: CorpusOptions,
    paths: Sheets,
    output: ImportFolder = None,
    mapping: Mapping = None,
    force: OverwriteFiles = False,
) -> None:
    """Check a workbook or a release, and write its provisions as files.

    All findings are shown with their cells; nothing is written as long as there are any. The
    files are those of provisions and the bibliography, sources.yaml; for a release, also the
    profiles, and its codebook if it is not that of npcompare.

    Examples:
      npcompare import coding.xlsx
      npcompare import coding.xlsx -o my-corpus
    """
    from npcompare.coding.coded_files import write_coded_files
    from npcompare.coding.workbook_import import corpus_for, import_spreadsheets

    _refuse_release(output)
    corpus = corpus_for(output, corpus_options.check_options())
    if any(path.is_dir() for path in paths):
        result = _import_release(paths, corpus, output, mapping)
    else:
        result = import_spreadsheets(paths, corpus or corpus_options.load(), output, mapping)
    for note in result.notes:
        print_message(note)
    print_problems(result.warnings)
    provisions = counted(result.provisions, "provision")
    if output is None:
        print_message(f"{provisions} checked; add -o DIR to write them")
        return
    write_coded_files(result.files, force=force)
    next_command = command("npcompare", "validate", output)
    print_message(f"wrote {provisions} to {output}; next: {next_command}")


def _refuse_release(output: Path | None) -> None:
    """Raise NpcompareError if the folder to write to is that of a release."""
    from npcompare.dataset.folder import is_release

    if output is not None and is_release(output):
        raise NpcompareError(f"{output} is a release, not a corpus", "choose another folder")


def _import_release(
    paths: list[Path], corpus: Corpus | None, output: Path | None, mapping: Path | None
) -> Imported:
    """Return the files that a release makes; raise NpcompareError if there is anything else."""
    from npcompare.dataset.release_import import import_release

    if len(paths) > 1 or mapping is not None:
        message = "a release is imported alone"
        hint = "leave out --mapping" if mapping is not None else "name one folder only"
        raise NpcompareError(message, hint)
    return import_release(paths[0], corpus, output)
