"""The commands: their groups, their one-line summaries, and the modules that define them."""

from __future__ import annotations

import inspect
import os
import re
from contextlib import suppress
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from npcompare.cli.leading_options import DefaultCorpusFolder, NoCache
from npcompare.errors import NpcompareError
from npcompare.text import near


class Command(NamedTuple):
    """A command: the function that runs it, as "module:function", and its one-line summary.

    The summary is the first line of the function's docstring. It is repeated here so that the help
    of npcompare imports no command.
    """

    place: str
    summary: str


#: The commands by heading, in the order of the help.
GROUPS = {
    "Look at provisions": {
        "list": Command(
            "look:list_", "List the provisions of a corpus, or those that match conditions."
        ),
        "show": Command("look:show", "Show provisions: their source, their text and their coding."),
        "classify": Command("look:classify", "Classify provisions by scope, threshold and stage."),
        "stats": Command("look:stats", "Count the provisions in each class of a dimension."),
        "proof": Command(
            "look:proof", "Count the classes by basis: text, source, silence or unknown."
        ),
        "codebook": Command(
            "look:codebook", "Show the dimensions, their classes and the rules of each class."
        ),
    },
    "Compare provisions": {
        "diff": Command(
            "compare:diff", "Compare provisions: which protects further, in each dimension."
        ),
        "gaps": Command(
            "compare:gaps", "Check provisions against a benchmark, element by element."
        ),
        "order": Command("compare:order", "Order provisions from the broadest to the narrowest."),
        "nearest": Command(
            "compare:nearest", "Find the provisions that are most similar to one provision."
        ),
        "align": Command(
            "compare:align", "Show provisions side by side, aligned phrase by phrase."
        ),
        "clause": Command("compare:clause", "Find the wording that laws use for a given purpose."),
    },
    "Make and check annex tables": {
        "export": Command("annex:export", "Make an annex table for Word, Excel, PDF or the web."),
        "figure": Command("annex:figure", "Draw a figure of provisions, with its table."),
        "site": Command("website:site", "Make a page for the web that shows a whole collection."),
        "verify": Command(
            "annex:verify", "Check whether an annex still matches the current provisions."
        ),
    },
    "Publish and compare data": {
        "release": Command(
            "dataset:release", "Write a corpus as a dataset: tables that other programs open."
        ),
        "changes": Command(
            "dataset:changes", "Show what changed in law between two releases, cell by cell."
        ),
    },
    "Code provisions": {
        "read": Command(
            "code:read", "Show a document as numbered paragraphs, and what is left out."
        ),
        "suggest": Command(
            "code:suggest", "Propose a coding for a text, with the words behind it."
        ),
        "new": Command("code:new", "Start the file of a provision, from its text if you have it."),
        "code": Command("dialogue:code", "Code a provision in an interview in the terminal."),
        "form": Command("workbook:form", "Make a workbook for coding in Excel."),
        "import": Command(
            "workbook:import_",
            "Check a workbook or a release, and write its provisions as files.",
        ),
        "validate": Command("code:validate", "Check files: structure, references and quotations."),
        "migrate": Command(
            "migrate:migrate", "Bring files of an earlier version into the form of today."
        ),
        "agree": Command("code:agree", "Measure how far two coders agree, and list differences."),
        "init": Command("code:init", "Start a corpus of your own."),
    },
}

COMMANDS = {name: command for commands in GROUPS.values() for name, command in commands.items()}

#: Other names of commands, which the list of commands does not show.
ALIASES = {"compare": "diff"}

#: The layouts of `export` that are not the names of commands; to import all of them takes long.
LAYOUT_NAMES = ("annex", "matrix", "typology", "side-by-side", "redline")


#: Options whose value may be empty.
_MAY_BE_EMPTY = {"title", "number"}


def _check_values(command: Any, ctx: Any, args: list[str]) -> None:
    """Refuse empty values, and two values of an option that takes one, unless help is requested."""
    if ctx.resilient_parsing:
        return
    values = _values(command, ctx, args)
    if "help" in values:
        return
    for parameter in command.params:
        value = values.get(parameter.name)
        listed = value if isinstance(value, list | tuple) else (value,)
        if parameter.name not in _MAY_BE_EMPTY and "" in listed:
            raise _empty(parameter)
        if _takes_value(parameter) and not parameter.multiple:
            _check_repetition(parameter, list(dict.fromkeys(listed)))


def _values(command: Any, ctx: Any, args: list[str]) -> dict[str, Any]:
    """Return the values on a command line by parameter, those of an option that takes one listed.

    The parser of click keeps the last value alone of an option that is not declared as repeatable.
    """
    listing = copy(command)
    listing.params = [copy(parameter) for parameter in command.params]
    for parameter in filter(_takes_value, listing.params):
        parameter.multiple = True
    values: dict[str, Any] = listing.make_parser(ctx).parse_args(args=list(args))[0]
    return values


def _takes_value(parameter: Any) -> bool:
    """Return whether a parameter is an option with a value, and neither a flag nor an argument."""
    return parameter.param_type_name == "option" and not parameter.is_flag


def _empty(parameter: Any) -> NpcompareError:
    """Return the error for an option or argument without a value.

    A script with an empty variable gives such values.
    """
    if parameter.param_type_name == "argument":
        hint = "write a name between the quotation marks, or leave them out"
        return NpcompareError("one of the names is empty", hint)
    name = max(parameter.opts, key=len)
    return NpcompareError(f"{name} is empty", f"write a value after {name}, or leave it out")


def _check_repetition(option: Any, values: list[str]) -> None:
    """Raise NpcompareError if an option that takes one value has several that differ."""
    if len(values) == 1:
        return
    name = max(option.opts, key=len)
    hint = f"write {name} once"
    if "separated by commas" in (option.help or ""):
        hint += f", with commas: {name} {','.join(values)}"
    listed = " and ".join(f'"{value}"' for value in values)
    raise NpcompareError(f"{name} takes one value, not {listed}", hint)


#: Parameters whose files or folders a command may write again.
_MAY_BE_WRITTEN = {"output", "corpus", "columns_from", "track_changes_from"}


def _check_output(command: Any, ctx: Any) -> None:
    """Refuse an output that is a file or folder which the command reads, such as a checked annex.

    A command without --force overwrites nothing.
    """
    output = ctx.params.get("output")
    if output is None or "force" not in ctx.params:
        return
    for parameter in command.params:
        is_path = parameter.param_type_name == "argument" or parameter.type.name == "path"
        value = ctx.params.get(parameter.name) if is_path else None
        for path in value if isinstance(value, list | tuple) else (value,):
            if path and parameter.name not in _MAY_BE_WRITTEN and _is_same(path, output):
                message = f"{output} would be overwritten, but this command reads it"
                raise NpcompareError(message, "choose another name after --output")


def _is_same(path: str | Path, output: Path) -> bool:
    """Return whether two paths lead to the same file or folder; there may be none."""
    with suppress(OSError, ValueError):
        return Path(path).samefile(output)
    return False


#: The options of commands that make tables in another language.
_OPTIONS_OF_TABLES = {"--language", "--terms"}


def _unknown_option(error: Exception) -> str:
    """Return the option of an error that says that there is no such option; empty for others."""
    return str(getattr(error, "option_name", ""))


def _options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


def _no_tables(command: str, option: str) -> NpcompareError:
    """Return the error for an option of tables with a command that writes in English only."""
    hint = f"leave out {option}; commands that make tables, such as export, have it"
    return NpcompareError(f"what {command} writes is in English only", hint)


#: What click says of names that a command does not take; a file name has a dot.
_NAMES_FOR_LIST = r"unexpected extra argument.* \((\w[\w -]*)\)$"


class StrictCommand(TyperCommand):
    """A command whose options and arguments are not empty, and whose options have one value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line."""
        try:
            _check_values(self, ctx, args)
            unused = super().parse_args(ctx, args)
            _check_output(self, ctx)
        except Exception as error:
            option = _unknown_option(error)
            names = re.search(_NAMES_FOR_LIST, getattr(error, "message", ""))
            if self.name == "list" and names:
                hint = f"show provisions by their names with npcompare show {names[1]}"
                raise NpcompareError("list takes no names of provisions", hint) from error
            if option not in _OPTIONS_OF_TABLES:
                raise
            raise _no_tables(str(self.name), option) from error
        return unused


class LazyGroup(TyperGroup):
    """The group of all commands, which imports a command only when it is used.

    It follows the pattern "Lazily Loading Subcommands" of the documentation of click.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what comes before the command."""
        words = list(args)
        try:
            _check_values(self, ctx, args)
            return super().parse_args(ctx, args)
        except Exception as error:
            name = next((word for word in words if word in {*COMMANDS, *ALIASES}), "")
            option = _unknown_option(error)
            if not option or not name or option not in _options(self.get_command(ctx, name)):
                raise
            hint = f"write it after the command: npcompare {name} … {option} …"
            raise NpcompareError(f"{option} is an option of {name}", hint) from error

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the signature is click's
        """Return the command with a name or an alias, or None."""
        name = ALIASES.get(cmd_name, cmd_name)
        return _build(name) if name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of a command line; suggest another if the name is not known."""
        names = [*COMMANDS, *ALIASES]
        if args[0] not in names:
            ctx.fail(f'There is no command "{args[0]}".{_meant_command(args[0], names)}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - as above
        """Write the commands with their summaries, under the heading of their group."""
        width = max(map(len, COMMANDS))
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl(
                    [(name.ljust(width), command.summary) for name, command in commands.items()]
                )


def _meant_command(typed: str, names: list[str]) -> str:
    """Return a sentence on what an unknown command probably means, or an empty string."""
    if typed in LAYOUT_NAMES:
        return f' "{typed}" is a layout of tables: npcompare export --layout {typed} ...'
    nearest = near(typed, names)
    return f' Did you mean "{nearest}"?' if nearest else ""


#: What comes before a paragraph whose lines are kept, such as examples. click keeps those of a
#: paragraph that follows a line with a backspace.
_KEPT_LINES = r"\n\n(?=[^\n]+:\n +\S)"


def _build(name: str) -> Any:
    """Import a command and return it as an object of click."""
    from npcompare.cli.option_groups import expand_options

    module, _, function = COMMANDS[name].place.partition(":")
    command = getattr(import_module(f"npcompare.cli.{module}"), function)
    text = re.sub(_KEPT_LINES, "\n\n\b\n", inspect.getdoc(command) or "")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, help=text, cls=StrictCommand)(expand_options(command))
    return typer.main.get_command(app)


def _print_version(*, is_wanted: bool) -> None:
    if is_wanted:
        from npcompare._version import __version__

        typer.echo(f"npcompare {__version__}")
        raise typer.Exit


def _install_completion(*, is_wanted: bool) -> None:
    if is_wanted:
        from npcompare.cli.shell_setup import install_completion

        install_completion()
        raise typer.Exit


def _show_completion(*, is_wanted: bool) -> None:
    if is_wanted:
        from npcompare.cli.shell_setup import show_completion

        show_completion()
        raise typer.Exit


def _set_defaults(
    context: typer.Context,
    corpus: DefaultCorpusFolder = None,
    no_cache: NoCache = False,
    version: Annotated[  # noqa: ARG001 - the callback does its work
        bool,
        typer.Option(
            "--version",
            help="Show the version and exit.",
            callback=lambda value: _print_version(is_wanted=value),
            is_eager=True,
        ),
    ] = False,
    install_completion: Annotated[  # noqa: ARG001 - as above
        bool,
        typer.Option(
            "--install-completion",
            help="Complete commands and ids with the tab key in this shell.",
            callback=lambda value: _install_completion(is_wanted=value),
            is_eager=True,
        ),
    ] = False,
    show_completion: Annotated[  # noqa: ARG001 - as above
        bool,
        typer.Option(
            "--show-completion",
            help="Show the script that does so, to install it by hand.",
            callback=lambda value: _show_completion(is_wanted=value),
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Classify and compare provisions on the non-punishment of trafficking victims.

    Every class is based on words of the law or on a paragraph of a source. If too little is known,
    the answer is “unknown”.
    """
    # What is given before the command is the default of the command's own options.
    defaults = {"corpus": corpus, "no_cache": no_cache}
    context.default_map = dict.fromkeys((*COMMANDS, *ALIASES), defaults)


def application() -> typer.Typer:
    """Return the application with all its commands."""
    app = typer.Typer(
        name="npcompare",
        cls=LazyGroup,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_set_defaults)
    if "_NPCOMPARE_COMPLETE" in os.environ:
        # The shell asks for completions.
        from typer._completion_classes import completion_init

        completion_init()
    return app
