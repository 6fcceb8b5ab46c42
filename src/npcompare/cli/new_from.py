"""The option `--from` of `new`: the file of a reported provision whose text is available now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.cli.option_groups import OutputOptions
from npcompare.cli.output import print_message
from npcompare.errors import NpcompareError
from npcompare.shell import command

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


class NewText(Struct, frozen=True):
    """A text that is available now, and the file to write.

    Without an id, the file has that of the reported provision; without a path, the name is the id.
    """

    words: str
    language: str
    provision_id: str | None
    output: Path | None


def text_name(text: str | None, second_opinion: str | None) -> str:
    """Return the name of the text; raise NpcompareError if it is missing, or for --with."""
    if not text:
        raise NpcompareError("--from needs a text", "add --text FILE")
    if second_opinion is not None:
        raise NpcompareError("--with is not for --from", "leave out one of them")
    return text


def new_from(corpus: Corpus, name: str, text: NewText) -> None:
    """Write the file of a provision of the corpus with its text, and show what was found."""
    from npcompare.coding.provision_with_text import add_text
    from npcompare.coding.suggestions import suggest_if_possible
    from npcompare.files import check_coded_file, create_coded_file, read_up_to
    from npcompare.law.folders import schema_for
    from npcompare.law.outside_files import existing_path
    from npcompare.reports.matched_values_report import matched_values, summary

    provision = corpus.find(name)
    source = next((file.path for file in corpus.files if file.provision == provision), None)
    if source is None:
        source = Path(existing_path(name))
    new_id = text.provision_id or provision.id
    path = text.output or Path(f"{new_id}.yaml")
    check_coded_file(path)
    suggestion = suggest_if_possible(corpus.codebook, text.words, text.language)
    file = read_up_to(source).decode("utf-8-sig")
    result = add_text(corpus.codebook, file, new_id, suggestion, schema_for(path))
    create_coded_file(result.text, path)
    title = f"{provision.id} with its text"
    OutputOptions().write(matched_values(title, result, corpus.codebook))
    print_message(summary(result))
    print_message(
        f"wrote {path}; next: {command('npcompare', 'code', path)}, "
        "which asks what the text is and where it is from"
    )
