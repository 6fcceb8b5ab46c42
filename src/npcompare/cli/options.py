"""The arguments and options that several commands use, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcompare.cli import completion
from npcompare.file_names import path_to_write
from npcompare.formats.registry import FORMATS

*_FORMATS, _LAST_FORMAT = FORMATS

Detail = Annotated[
    bool,
    typer.Option("--detail", help="Show the dimensions in which nothing is known, too."),
]
CollectionName = Annotated[
    str | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help="The collection to use: paper, world or all. Provisions you name come first.",
        show_default=False,
        autocompletion=completion.collections,
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day of the law, such as 2020-01-31.",
        show_default=False,
    ),
]
JurisdictionNames = Annotated[
    str | None,
    typer.Option(
        "--names",
        metavar="STYLE",
        help="un: the names that the United Nations uses. By default, those of the files.",
        show_default=False,
        autocompletion=completion.name_styles,
    ),
]
NamesFile = Annotated[
    Path | None,
    typer.Option(
        "--names-file",
        metavar="FILE",
        help="Names of your own for jurisdictions, by id or code: a .yaml or .csv file.",
        show_default=False,
    ),
]
Conditions = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="CONDITION",
        help="Only provisions that meet a condition, such as effect=operative.",
        show_default=False,
        autocompletion=completion.conditions,
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help=f"The format: {', '.join(_FORMATS)} or {_LAST_FORMAT}. "
        "By default, the format of the file name.",
        show_default=False,
        autocompletion=completion.formats,
    ),
]
OutputPath = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write to.",
        show_default=False,
        parser=path_to_write,
    ),
]
ByteOrderMark = Annotated[
    bool,
    typer.Option(
        "--bom", help="Begin a CSV file with a byte order mark, so that Excel reads its letters."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")]

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[IDS]...",
        help="Provisions: ids, names, country codes, coded files (.yaml) or texts (.docx). All if "
        "you name none.",
        show_default=False,
        autocompletion=completion.ids,
    ),
]
Dimensions = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAMES",
        help="Dimensions, separated by commas. By default, scope,threshold,stage,persons.",
        show_default=False,
        autocompletion=completion.several_dimensions,
    ),
]
SecondOpinionSource = Annotated[
    str | None,
    typer.Option(
        "--with",
        metavar="llm[:MODEL]",
        help="Ask a model for a second opinion, through the package llm. The text may leave this "
        "machine.",
        show_default=False,
    ),
]
OutputLanguage = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="TAG",
        help="The language of tables: en, fr, es, ar, ru, zh, or auto (that of the system).",
        autocompletion=completion.output_languages,
    ),
]
Terms = Annotated[
    str,
    typer.Option(
        "--terms",
        metavar="BODY",
        help="Whose terms are used: un, eu (European Union) or coe (Council of Europe).",
        autocompletion=completion.bodies,
    ),
]
_TEXT_LANGUAGE = "The language of the text: en, fr or es. By default, it is detected."
_SHOWN_LANGUAGE = (
    "The language of texts: the version to show, or that of a document (en, fr or es)."
)
TextLanguage = Annotated[
    str,
    typer.Option(
        "--text-language",
        metavar="TAG",
        help=_SHOWN_LANGUAGE,
        show_default=False,
        autocompletion=completion.languages,
    ),
]
#: The same for commands that make no table in another language: there, the short name is clear.
Language = Annotated[
    str,
    typer.Option(
        "--text-language",
        "--language",
        metavar="TAG",
        help=_TEXT_LANGUAGE,
        show_default=False,
        autocompletion=completion.languages,
    ),
]
Revisions = Annotated[
    str,
    typer.Option(
        "--revisions",
        metavar="WHICH",
        help="Read tracked changes of a text as accepted or as rejected.",
        autocompletion=completion.revisions,
    ),
]
Section = Annotated[
    str,
    typer.Option(
        "--section",
        metavar="NUMBER",
        help='Only this section of a text, such as "12(1)".',
        show_default=False,
    ),
]

FromProvision = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="NAME",
        help="A reported provision of the corpus; its values are looked for in the text.",
        show_default=False,
    ),
]
NewId = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="The id of the provision.", show_default=False),
]
TextFile = Annotated[
    str | None,
    typer.Option(
        "--text",
        metavar="FILE|-",
        help="Its text: .docx, .odt, .html, .akn, .pdf or .txt. Proposed values are in comments.",
        show_default=False,
    ),
]
NewFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write to. By default, ID.yaml.",
        show_default=False,
        parser=path_to_write,
    ),
]
