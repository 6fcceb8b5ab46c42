"""The words of one language in the form in which they are compared."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: How many normalized words are kept, so that memory does not grow with the number of texts.
_MOST_WORDS = 2**15


class WordNormalizer:
    """Normalizes words, so that the spellings and inflections of a word are one."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Prepare to normalize words by the data of a language in the phrase book."""
        #: Words with an accent that is all that tells them from another word: "o\u00f9" from "ou".
        self._accented = frozenset(_composed(word) for word in data.get("accented", ()))
        self._endings = tuple(data.get("endings", {}).items())
        self._spellings = {
            _plain(variant): _plain(standard)
            for variant, standard in data.get("spellings", {}).items()
        }
        #: Words by their spellings, as far as they are known.
        self.known: dict[str, str] = {}

    @property
    def variants(self) -> frozenset[str]:
        """The variant spellings."""
        return frozenset(self._spellings)

    def normal(self, word: str) -> str:
        """Return a word without case, accents, possessive and variant spelling."""
        normal = self.known.get(word)
        if normal is None:
            composed = _composed(word)
            is_accented = composed in self._accented
            plain = _plain(word).removesuffix("'s").strip("'")
            normal = composed if is_accented else self._standard(plain) or word
            if len(self.known) < _MOST_WORDS:
                self.known[word] = normal
        return normal

    def _standard(self, word: str) -> str:
        """Return a word in its standard spelling, and nouns in the singular."""
        word = self._spellings.get(word, word)
        for ending, standard in self._endings:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                word = word.removesuffix(ending) + standard
                break
        return self._spellings.get(word, word)


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold())


def _plain(word: str) -> str:
    """Return a word without case, accents and hyphens."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("\u2019", "'"))
    # Some letters, such as the Greek iota subscript, decompose into a space and an accent.
    return "".join(
        char for char in decomposed if char not in "- " and not unicodedata.combining(char)
    )
