"""Precedents in an interview: how another law words the class that is proposed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from npcompare.analysis.classification import classify
from npcompare.analysis.precedents import (
    OPERATIVE,
    ClassRequest,
    Request,
    find_wordings,
    surrounding_words,
)
from npcompare.coding.interview_questions import Precedent
from npcompare.messages import main_language

if TYPE_CHECKING:
    from npcompare.analysis.precedents import Wording
    from npcompare.law.corpus import Corpus
    from npcompare.model.results import Classification

#: How many words are shown on either side of those that a class is based on.
_REACH = 6


class Precedents:
    """Finds a provision of a corpus with a class, by its own words."""

    def __init__(self, corpus: Corpus, language: str, own_id: str) -> None:
        """Prepare to look for precedents.

        Args:
            corpus: The corpus with the provisions.
            language: The language of the text, whose precedents come first.
            own_id: The id of the provision that is coded, which is no precedent of itself.
        """
        self._corpus = corpus
        self._language = main_language(language)
        self._own_id = own_id
        self._found: dict[tuple[str, str], Precedent | None] = {}

    def __call__(self, dimension: str, word: str) -> Precedent | None:
        """Return a precedent for a class, or None."""
        key = (dimension, word)
        if key not in self._found:
            self._found[key] = self._find(ClassRequest(dimension, word))
        return self._found[key]

    @cached_property
    def _classifications(self) -> list[Classification]:
        # The corpus may be empty so far, or have other files that are not finished. A row that
        # gives way to a fuller one may have the words of the law, and the other not.
        files = [file for file in self._corpus.files if file.is_valid]
        sort_key = self._corpus.naming.sort_key
        files.sort(key=lambda file: (sort_key(file.jurisdiction_name), file.header.id))
        provisions = [file.provision for file in files if file.provision]
        book = self._corpus.codebook
        return [classify(book, each) for each in provisions if each.id != self._own_id]

    def _find(self, request: ClassRequest) -> Precedent | None:
        """Return the most frequent wording of laws or, without any, that of other instruments."""
        for effects in ((OPERATIVE,), ()):
            wordings = find_wordings(
                self._corpus.codebook, Request((request,), effects), self._classifications
            )
            candidates = wordings.menus[0].wordings
            if candidates:
                return _precedent(max(candidates, key=self._rank))
        return None

    def _rank(self, wording: Wording) -> tuple[bool, int]:
        tag = main_language(wording.language)
        return tag == self._language, len(wording.provisions)


def _precedent(wording: Wording) -> Precedent:
    provision, _ = wording.provisions[0]
    words = wording.words[0]
    before, after = surrounding_words(provision, words, _REACH)
    return Precedent(provision.label, before, words, after)
