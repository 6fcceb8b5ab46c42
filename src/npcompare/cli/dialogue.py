"""The command `code`: an interview in the terminal that fills in the file of a provision."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from npcompare.cli.option_groups import CorpusOptions, TextOptions
from npcompare.cli.output import (
    flush_output,
    print_if_taken,
    print_message,
    print_problems,
    print_result,
)
from npcompare.errors import Code, ExitCode, NpcompareError, exit_code
from npcompare.file_names import YAML_SUFFIXES, path_to_write
from npcompare.shell import command, quoted
from npcompare.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.coding.interview import Interview
    from npcompare.coding.interview_excerpts import Run
    from npcompare.coding.interview_questions import View
    from npcompare.errors import Problem
    from npcompare.law.corpus import Corpus

#: The exit code of a program that Ctrl-C has ended.
_INTERRUPTED = 130

#: The width if the output is not a terminal.
_WIDTH = 80

#: With what a finished provision is compared, if the corpus has it.
_NEIGHBOUR = "kenya"

_PROMPT = "> "


File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A .docx, .odt, .html, .akn, .pdf or .txt file, or a coded .yaml file."
    ),
]
NewId = Annotated[
    str,
    typer.Argument(metavar="[ID]", help="The id of a new provision. By default, the name of FILE."),
]
NewFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The coded file to write to. By default, ID.yaml.",
        show_default=False,
        parser=path_to_write,
    ),
]
Only = Annotated[
    str,
    typer.Option(
        "--only",
        metavar="QUESTION",
        help="Ask one question again, such as burden or limb-2.relief.",
        show_default=False,
    ),
]
Blind = Annotated[
    bool,
    typer.Option("--blind", help="Hide proposals, rules and precedents, for a second coder."),
]


def code(
    corpus_options: CorpusOptions,
    text_options: TextOptions,
    file: File,
    provision: NewId = "",
    output: NewFile = None,
    only: Only = "",
    blind: Blind = False,
) -> None:
    """Code a provision in an interview in the terminal.

    Each question shows the words, what is proposed and why, and the classes of the codebook. Every
    answer is written at once; the same command goes on where you stopped.

    Examples:
      npcompare code "Clause 12.docx" my-clause
      npcompare code my-bill.yaml
      npcompare code my-bill.yaml --only burden
    """
    from npcompare.files import is_file, is_open_pipe, no_file

    if not is_file(file) and not is_open_pipe(file):
        raise no_file(file)
    _require_terminal()
    corpus = _corpus(corpus_options)
    path = file
    if file.suffix.lower() not in YAML_SUFFIXES:
        path = _coded_file(file, provision, output, text_options, corpus.names)
    elif provision or output:
        raise NpcompareError(
            f"{file} is a coded file, which is changed where it is", "leave out ID and -o"
        )
    options = _repeated_options(corpus_options, is_blind=blind)
    dialogue = _Dialogue(corpus, path, options, only=only, is_blind=blind)
    open_count = dialogue.run()
    problems = _findings(corpus, path, is_blind=blind)
    _print_end(corpus, path, problems, open_count, options)
    raise typer.Exit(exit_code(problems))


def _repeated_options(corpus_options: CorpusOptions, *, is_blind: bool) -> tuple[str | Path, ...]:
    """Return the options that the command needs again to go on."""
    corpus = corpus_options.corpus
    return (*(("--corpus", corpus) if corpus else ()), *(["--blind"] * is_blind))


def _require_terminal() -> None:
    """Raise NpcompareError if there is nobody to answer."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise NpcompareError(
            "the interview needs a terminal in which answers can be typed",
            "without one, `npcompare new` writes a file for you to fill in",
        )
    if hasattr(sys.stdin, "reconfigure"):
        # What the terminal cannot decode is then an answer that the text does not have.
        sys.stdin.reconfigure(errors="replace")


def _corpus(corpus_options: CorpusOptions) -> Corpus:
    """Return the corpus, without a progress bar: in an interview nothing on the screen moves."""
    from msgspec.structs import replace

    from npcompare.law.corpus import load_corpus

    options = replace(corpus_options.check_options(), progress=None)
    return load_corpus(corpus_options.corpus, options)


def _coded_file(
    file: Path,
    provision: str,
    output: Path | None,
    options: TextOptions,
    names: Iterable[str],
) -> Path:
    """Return the coded file of a text: a new one, or the one of an interview that has stopped."""
    from npcompare.coding.interview_file import new_file
    from npcompare.coding.phrasebook import phrase_book
    from npcompare.files import create_coded_file, show_path
    from npcompare.law.folders import schema_for
    from npcompare.law.unchecked_data import mapping
    from npcompare.law.yaml_reader import read_yaml
    from npcompare.readers.text_to_code import text_to_code
    from npcompare.text import fold

    provision_id = provision or "-".join(re.findall("[a-z0-9]+", file.stem.casefold()))
    path = output or Path(f"{provision_id}.yaml")
    if output and not provision:
        provision_id = output.stem
    text, notes = text_to_code(str(file), options.revisions, options.section)
    for note in notes:
        print_message(note)
    if path.exists():
        body = mapping(mapping(read_yaml(path).data).get("text")).get("body")
        if not isinstance(body, str) or fold(body) != fold(text):
            raise NpcompareError(
                f"{show_path(path)} already exists and has another text",
                f"choose another name with -o, or go on with {command('npcompare', 'code', path)}",
            )
        return path
    language = phrase_book().find(text, options.text_language)
    tag = options.text_language or (language.tag if language else "")
    content = new_file(provision_id, text, tag, schema_for(path), quoted(path))
    create_coded_file(content, path)
    print_if_taken(provision_id, names)
    return path


class _Dialogue:
    """Shows questions, reads answers and writes the file after each of them."""

    def __init__(
        self,
        corpus: Corpus,
        path: Path,
        options: tuple[str | Path, ...],
        *,
        only: str,
        is_blind: bool,
    ) -> None:
        from npcompare.coding.interview_file import checked_file

        self._path = path
        self._go_on = f"To go on: {command('npcompare', 'code', path, *options)}"
        self._raw = checked_file(corpus, path)
        #: What the file has now, as text and as it was read or written.
        self._text = self._raw.decode("utf-8-sig")
        self._interview = _interview(corpus, path, self._raw, only=only, is_blind=is_blind)
        self._bibliography = self._interview.sources.bibliography
        #: What was shown last.
        self._view: View | None = None
        self._words: tuple[Run, ...] = ()

    def run(self) -> int:
        """Ask until every question is answered or skipped, and return how many are open then.

        Raises typer.Exit if the user stops.
        """
        from npcompare.coding.interview_words import interview_words

        welcome = interview_words().texts["welcome"].replace("{file}", str(self._path))
        try:
            if self._interview.topic:
                self._print_messages([welcome])
            while self._interview.topic:
                self._show()
                line = _read_line()
                if line is None:
                    _print(("",))
                    self._stop(ExitCode.FINE)
                reply = self._interview.answer(line)
                self._save()
                self._print_messages(reply.messages)
                if reply.is_stopped:
                    self._stop(ExitCode.FINE)
        except KeyboardInterrupt:
            _print(("",))
            self._stop(_INTERRUPTED)
        return self._interview.progress.open

    def _stop(self, code: int) -> NoReturn:
        self._print_messages([f"stopped; every answer is in {self._path}"])
        # A command is not broken into lines.
        _print((self._go_on,))
        raise typer.Exit(code)

    def _save(self) -> None:
        """Write what has changed; a new document with the coded file, which refers to it."""
        from npcompare.files import update_coded_files

        bibliography, text = self._interview.sources.bibliography, self._interview.file.text
        contents: dict[Path, str | bytes] = {}
        if bibliography != self._bibliography and bibliography.raw is not None:
            contents[bibliography.path] = bibliography.raw
        if text != self._text:
            contents[self._path] = text
        known = {self._bibliography.path: self._bibliography.raw, self._path: self._raw}
        if contents:
            update_coded_files(contents, known)
            self._bibliography = bibliography
            self._text, self._raw = text, text.encode()

    def _show(self) -> None:
        """Print the question, unless it is the one shown last, and what is asked of it now."""
        from npcompare.coding.interview_words import interview_words
        from npcompare.reports import interview_text

        interview, width = self._interview, _width()
        view = interview.view
        is_new = view is not None and view != self._view
        if view and is_new:
            progress = interview.progress
            _print(("", f"--- {progress.answered} answered, {progress.open} open ---"))
            _print(interview_text.question_lines(view, width, self._words))
            self._view = view
            self._words = view.excerpt or self._words
        if interview.step:
            _print(("", *interview_text.message_lines([interview.step], width)))
            if interview.offered_words:
                proposed = [f"p: “{interview.offered_words}”"]
                _print(interview_text.message_lines(proposed, width))
            _print(interview_text.reason_lines(interview.reasons, width))
        elif is_new:
            _print(("",))
        _print(interview_text.key_line(interview.keys, interview_words().keys, width))

    def _print_messages(self, messages: Iterable[str]) -> None:
        from npcompare.reports.interview_text import message_lines

        _print(message_lines(messages, _width()))


def _interview(corpus: Corpus, path: Path, raw: bytes, *, only: str, is_blind: bool) -> Interview:
    from npcompare.coding.interview import Interview
    from npcompare.coding.interview_materials import materials_for
    from npcompare.coding.interview_precedents import Precedents
    from npcompare.coding.interview_sources import Sources
    from npcompare.law.bibliography import bibliography_near, documents_near

    text = raw.decode("utf-8-sig")
    materials, tag = materials_for(corpus.codebook, text, is_blind=is_blind)
    documents = {**documents_near(path), **corpus.documents}
    sources = Sources(documents, bibliography_near(path))
    return Interview(text, materials, sources, Precedents(corpus, tag, path.stem), only)


def _findings(corpus: Corpus, path: Path, *, is_blind: bool) -> tuple[Problem, ...]:
    """Return the findings about the file; those that show proposals not in a blind interview."""
    from npcompare.coding.validation import check_file

    problems = tuple(sorted(set(check_file(corpus, path))))
    if not is_blind:
        return problems
    return tuple(problem for problem in problems if problem.code is not Code.READ_OTHERWISE)


def _print_end(
    corpus: Corpus,
    path: Path,
    problems: tuple[Problem, ...],
    open_count: int,
    options: tuple[str | Path, ...],
) -> None:
    """Print what is open, the findings about the file, and the next command."""
    still_open = f"Still open: {counted(open_count, 'question')}."
    _print(("", still_open if open_count else "There are no further questions."))
    print_problems(problems, as_result=True)
    counts = counted(len(problems), "finding") if problems else "no findings"
    if any(not problem.is_warning for problem in problems):
        following = command("code", path, *options)
    elif "--blind" in options:
        following = "agree first second"
    else:
        following = command(*_comparison(corpus, path), *options)
    _print((f"{path}: {counts}", f"Next: npcompare {following}"))


def _comparison(corpus: Corpus, path: Path) -> tuple[str | Path, ...]:
    """Return the command that compares a file with another provision, or shows it without one."""
    names = (file.header.id for file in corpus.files if file.is_valid)
    other_names = [name for name in names if name != path.stem]
    if not other_names:
        return "classify", path
    return "diff", path, _NEIGHBOUR if _NEIGHBOUR in other_names else other_names[0]


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print_result(f"{line}\n")
    flush_output()


def _width() -> int:
    return shutil.get_terminal_size((_WIDTH, 24)).columns


def _read_line() -> str | None:
    """Return what is typed, or None at the end of the input.

    Lines that arrive together, such as those that are pasted, are one answer: otherwise the second
    line of a quotation would answer the next question.
    """
    print_result(_PROMPT)
    flush_output()
    line = sys.stdin.readline()
    if not line:
        return None
    lines = [line]
    while _is_waiting() and (more := sys.stdin.readline()):
        lines.append(more)
    return " ".join(lines)


def _is_waiting() -> bool:
    """Return whether another line has arrived already."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.kbhit()
    import select

    return bool(select.select([sys.stdin], [], [], 0.02)[0])
