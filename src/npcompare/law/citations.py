"""Citations as readers are shown them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from npcompare.messages import ENGLISH_TAG, current, message
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Mapping

    from npcompare.model.provision import Citation


class Bibliography(Protocol):
    """An object with a bibliography, such as a corpus."""

    @property
    def documents(self) -> Mapping[str, Mapping[str, Any]]:
        """Title, short title and other details of each document, by id."""


def cited(bibliography: Bibliography, citation: Citation | None) -> str:
    """Return a citation: the document's short title and the place in it; empty if None.

    A document without a short title is cited by its title.
    """
    if citation is None:
        return ""
    document = bibliography.documents.get(citation.ref, {})
    name = no_break(str(document.get("short") or document.get("title") or citation.ref))
    # Some titles end with the place in the document.
    is_repeated = name.endswith(citation.place)
    if is_repeated:
        return name
    return message("{document}, {place}", document=name, place=citation.place)


#: How the titles begin that take "the" in a sentence; names of sites and of acts do not.
_TAKES_ARTICLE = ("Secretariat ",)


def cited_in_sentence(bibliography: Bibliography, citation: Citation) -> str:
    """Return a citation as it is written in a sentence: "the Secretariat background paper, …"."""
    text = cited(bibliography, citation)
    is_english = current().language == ENGLISH_TAG
    return f"the {text}" if is_english and text.startswith(_TAKES_ARTICLE) else text
