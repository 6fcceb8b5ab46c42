"""The options of `agree`: how the files of coders are checked, and the language of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.cli.option_groups import CacheOptions, load_in_language
from npcompare.cli.options import OutputLanguage, Terms  # noqa: TC001 - typer reads them

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus


class CodersOptions(CacheOptions, frozen=True, kw_only=True):
    """How the files of coders are checked, and the language of what is made from them."""

    language: OutputLanguage = "en"
    terms: Terms = "un"

    def in_language(self, corpora: tuple[Corpus, Corpus]) -> tuple[Corpus, Corpus]:
        """Return corpora in the language of the output, and use that language from now on."""
        first, second = corpora
        return (
            load_in_language(first, self.language, self.terms),
            load_in_language(second, self.language, self.terms),
        )
