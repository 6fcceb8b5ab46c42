"""Options that commands share, in groups: the corpus to read and the file to write.

A command takes a group as one parameter. When the command is used, `expand_options` turns the
parameter into one command-line option for each field of the group.
"""

from __future__ import annotations

import inspect
import sys
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from npcompare.cli import exchange_formats
from npcompare.cli.leading_options import CorpusFolder, NoCache
from npcompare.cli.options import (
    ByteOrderMark,
    CollectionName,
    Conditions,
    Day,
    Force,
    FormatName,
    JurisdictionNames,
    NamesFile,
    OutputLanguage,
    OutputPath,
    Revisions,
    Section,
    Terms,
    TextLanguage,
)
from npcompare.cli.output import print_message, print_result
from npcompare.errors import NpcompareError
from npcompare.messages import ENGLISH, activate, current, using

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from npcompare.analysis.classified_corpus import ClassifiedCorpus
    from npcompare.analysis.queries import Matches
    from npcompare.document import Document
    from npcompare.formats.registry import Format
    from npcompare.law.checking import CheckOptions
    from npcompare.law.corpus import Corpus
    from npcompare.law.outside_files import UncodedText
    from npcompare.messages import Catalogue
    from npcompare.model.codebook import Codebook


class OptionGroup(Struct, frozen=True, kw_only=True):
    """Options that belong together; every field has a default."""


class CacheOptions(OptionGroup, frozen=True, kw_only=True):
    """How files are checked."""

    no_cache: NoCache = False

    def check_options(self) -> CheckOptions:
        """Return how files are checked: with the cache, all processors and a progress bar."""
        from npcompare.cli.progress import with_progress
        from npcompare.law.checking import CheckOptions, available_processors

        return CheckOptions(
            use_cache=not self.no_cache,
            processes=available_processors(),
            progress=with_progress,
        )


class CorpusOptions(CacheOptions, frozen=True, kw_only=True):
    """The corpus to read."""

    corpus: CorpusFolder = None

    def load(self) -> Corpus:
        """Return the corpus, which is the bundled one by default."""
        from npcompare.law.corpus import load_corpus

        return load_corpus(self.corpus, self.check_options())


class LanguageOptions(CorpusOptions, frozen=True, kw_only=True):
    """The corpus to read, and the language of what is made from it."""

    language: OutputLanguage = "en"
    terms: Terms = "un"

    def load(self) -> Corpus:
        """Return the corpus in the language of the output, and use that language from now on."""
        return load_in_language(super().load(), self.language, self.terms)

    def load_english(self) -> Corpus:
        """Return the corpus in English, and use the language of the output from now on."""
        corpus = super().load()
        load_in_language(corpus, self.language, self.terms)
        return corpus


class DatedOptions(LanguageOptions, frozen=True, kw_only=True):
    """The corpus to read, the day of the law, and the names of jurisdictions."""

    as_of: Day = None
    name_style: JurisdictionNames = None
    names_file: NamesFile = None

    def load(self) -> Corpus:
        """Return the corpus with the law of that day."""
        return self._named().restricted("", self.day())

    def day(self) -> str:
        """Return the day that was given; empty if none was. Raises NpcompareError if invalid."""
        from npcompare.law.versions import valid_day

        return "" if self.as_of is None else valid_day(self.as_of)

    def _named(self) -> Corpus:
        """Return the whole corpus, with the names requested."""
        corpus = LanguageOptions.load(self)
        names: Mapping[str, str] = {}
        if self.names_file is not None:
            from npcompare.law.names_file import read_names

            names = read_names(self.names_file, corpus)
        return corpus.named(self.name_style or "file", names)


class CollectionOptions(DatedOptions, frozen=True, kw_only=True):
    """The corpus and the collection to read, and the day of the law."""

    collection: CollectionName = None

    def load(self) -> Corpus:
        """Return the corpus with that collection alone, and the law of that day."""
        return self._named().restricted(self.collection or "", self.day())

    def select(
        self,
        corpus: Corpus,
        ids: Sequence[str] | None,
        *,
        with_undated: bool = False,
        with_superseded: bool = False,
    ) -> ClassifiedCorpus:
        """Return the provisions named, followed by those of the collection if one is given too.

        No id means the whole collection.
        """
        from npcompare.analysis.classified_corpus import ClassifiedCorpus

        results = ClassifiedCorpus(
            corpus,
            ids or (),
            with_collection=bool(self.collection),
            with_undated=with_undated,
            with_superseded=with_superseded,
        )
        for name in results.repeated:
            print_message(f"{name} is included once: it names a provision that is named before it")
        return results

    def in_collections(self, corpus: Corpus, conditions: Sequence[str]) -> Corpus:
        """Return the corpus with the collections that meet conditions, if any are about these."""
        if not conditions:
            return corpus
        from npcompare.analysis.queries import selected_collections
        from npcompare.law.corpus import ALL_COLLECTIONS

        names = selected_collections(corpus, conditions)
        if not names:
            return corpus
        return corpus.restricted(self.collection or ALL_COLLECTIONS).selecting(names)


class SelectionOptions(CollectionOptions, frozen=True, kw_only=True):
    """The corpus and the collection to read, and conditions that its provisions must meet."""

    where: Conditions = None

    def load(self) -> Corpus:
        """Return the corpus; a condition on the collection applies to all collections."""
        return self.in_collections(super().load(), self.where or ())

    def selection(
        self,
        corpus: Corpus,
        ids: Sequence[str] | None = None,
        *,
        with_undated: bool = False,
        with_superseded: bool = False,
        must_match: bool = False,
    ) -> tuple[ClassifiedCorpus, Matches | None]:
        """Return the provisions that meet the conditions, and how; without conditions, None.

        Raises NpcompareError if there must be a provision that meets them, and is none.
        """
        results = self.select(
            corpus, ids, with_undated=with_undated, with_superseded=with_superseded
        )
        if not self.where:
            return results, None
        from npcompare.analysis import queries

        matches = queries.find_matches(queries.parse_conditions(corpus, self.where), results)
        if must_match:
            queries.require_match(matches)
        return results.only(matches.selected), matches

    @staticmethod
    def described(document: Document, matches: Matches | None) -> Document:
        """Return a document that says how its provisions were selected, if they were."""
        if matches is None:
            return document
        from npcompare.reports.selection_report import selected

        return selected(document, matches)


def load_in_language(corpus: Corpus, language: str, terms: str) -> Corpus:
    """Return a corpus in a language with the terms of a body, and use these from now on."""
    return corpus.in_language(use_language(language, terms, corpus.folder))


def use_language(language: str, terms: str, folder: Path) -> Catalogue:
    """Use a language with the terms of a body from now on, and return its catalogue.

    The folder of provisions may have translations of its own.
    """
    if (language, terms) == ("en", "un"):
        return ENGLISH
    from npcompare.law.translation import SYSTEM, catalogue_of, system_language

    tag = system_language() if language == SYSTEM else language
    catalogue = catalogue_of(tag, terms, folder)
    activate(catalogue)
    return catalogue


class TextOptions(OptionGroup, frozen=True, kw_only=True):
    """How a text that is not coded is read, and in which language texts are shown."""

    section: Section = ""
    revisions: Revisions = "accepted"
    text_language: TextLanguage = ""

    def reading(self, corpus: Corpus, names: Iterable[str | None]) -> Corpus:
        """Return the corpus, in which a name may be the path of a text.

        Texts in several languages are in that of the texts, or in that of the output. Raises
        NpcompareError for a language that no text has, and for an option on documents if no name is
        the path of one.
        """
        from npcompare.law.folders import is_path
        from npcompare.model.language_versions import require_text
        from npcompare.readers.endings import is_text_path

        paths = [name for name in names if name and is_path(name)]
        if self.text_language:
            corpus = corpus.with_text_language(self.text_language)
        if any(map(is_text_path, paths)):
            return corpus.reading_texts(partial(self._read, corpus.codebook))
        if self.text_language:
            provisions = (file.provision for file in corpus.files if file.provision)
            require_text(self.text_language, (*map(corpus.find, paths), *provisions))
        if option := self._option_on_documents():
            raise NpcompareError(
                f"{option} is for a text that is not coded",
                "name a document, such as clause.docx",
            )
        return corpus

    def _option_on_documents(self) -> str:
        """Return the first option that only a document can have; empty if none is used."""
        if self.section:
            return "--section"
        return "--revisions" if self.revisions != TextOptions().revisions else ""

    def _read(self, codebook: Codebook, path: Path) -> UncodedText:
        """Return the coding proposed for a text, and print what was not understood in it."""
        from npcompare.coding.uncoded_texts import TextChoice, read_uncoded

        choice = TextChoice(self.section, self.revisions, self.text_language)
        text, notes = read_uncoded(codebook, path, choice)
        for note in notes:
            print_message(note)
        return text


class OutputOptions(OptionGroup, frozen=True, kw_only=True):
    """The format of a result and the file to write it to."""

    format_name: FormatName = None
    output: OutputPath = None
    bom: ByteOrderMark = False
    force: Force = False

    def format(self, default: str | None = None) -> Format:
        """Return the format that is named, else `default`, else the one of the file name."""
        from npcompare.formats import registry

        if exchange_format := exchange_formats.chosen(self.format_name, self.output):
            raise exchange_formats.other_command(exchange_format)
        chosen = registry.choose(self.format_name or default, self.output)
        if self.bom and (chosen.name != "csv" or self.output is None):
            raise NpcompareError("--bom is for CSV files", "add -o NAME.csv, or leave out --bom")
        return chosen

    def exchange_writer(self, command: str) -> Callable[..., None] | None:
        """Return a function that writes a format of another program, if one is named.

        It takes what the writer of that format takes from the command. Raises NpcompareError if
        another command writes the format, or if the file must not be written.
        """
        exchange_format = exchange_formats.chosen(self.format_name, self.output)
        if exchange_format is None:
            return None
        from npcompare.files import check_writable

        make = exchange_formats.writer(exchange_format, command)
        if self.bom:
            raise NpcompareError("--bom is for CSV files", "leave out --bom")
        if self.output is not None:
            check_writable(self.output, force=self.force)

        return lambda *arguments: self.write_content(make(*arguments), "utf-8")

    def write_content(self, content: str | bytes, stream: str = "codes") -> None:
        """Write contents to the file, or to the screen if no file is named."""
        from npcompare.files import save

        if self.output is None:
            print_result(content, stream)
            return
        save(content, self.output, force=self.force)
        print_message(f"wrote {self.output}")

    def check(self) -> None:
        """Raise NpcompareError if `write` would refuse to write."""
        from npcompare.files import check_writable

        self.format()
        if self.output is not None:
            check_writable(self.output, force=self.force)

    def write(self, document: Document, default_format: str | None = None) -> None:
        """Write a document to the file, or to the screen if no file is named."""
        from npcompare.formats import registry

        file_format = self.format(default_format)
        if self.output is None:
            is_complete = True
            for piece in registry.show(document, file_format):
                is_complete &= print_result(piece, file_format.stream)
            if not is_complete:
                print_message(
                    f"characters that are not in {sys.stdout.encoding} are shown by their codes; "
                    "-o FILE writes them as they are"
                )
            return
        for path in registry.put(
            document, file_format, self.output, force=self.force, has_bom=self.bom
        ):
            print_message(f"wrote {path}")

    def write_results(self, document: Document, results: ClassifiedCorpus) -> None:
        """Write a document with the remarks on its provisions: not in force, left out, fuller."""
        from npcompare.reports.law_of_the_day import remarks_on_results, with_remarks

        # A file may be filed, so that it has no ids.
        remarks = remarks_on_results(results, has_ids=self.output is None)
        self.write(with_remarks(document, remarks))


def expand_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that has an option for each field of its option groups."""
    signature = inspect.signature(command, eval_str=True)
    groups: dict[str, type[OptionGroup]] = {}
    parameters: list[inspect.Parameter] = []
    for parameter in signature.parameters.values():
        if isinstance(parameter.annotation, type) and issubclass(parameter.annotation, OptionGroup):
            groups[parameter.name] = parameter.annotation
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    for group in groups.values():
        parameters.extend(_parameters(group))

    @wraps(command)
    def run(**values: Any) -> None:
        from npcompare.law.cache import without_cache

        is_off = bool(values.get("no_cache"))
        for name, group in groups.items():
            values[name] = group(**{field: values.pop(field) for field in group.__struct_fields__})
        # The language of a command is for that command alone, and so is the option of the cache.
        with using(current()), without_cache(is_wanted=is_off):
            command(**values)

    # typer reads the options off the signature and the annotations.
    vars(run)["__signature__"] = signature.replace(parameters=parameters)
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _parameters(group: type[OptionGroup]) -> list[inspect.Parameter]:
    """Return the fields of a group as parameters, with its own before those that it inherits."""
    defaults = dict(zip(group.__struct_fields__, group.__struct_defaults__, strict=True))
    return [
        inspect.Parameter(
            field, inspect.Parameter.KEYWORD_ONLY, default=defaults[field], annotation=annotation
        )
        for ancestor in group.__mro__
        for field, annotation in inspect.get_annotations(ancestor, eval_str=True).items()
    ]
