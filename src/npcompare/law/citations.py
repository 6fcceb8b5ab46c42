"""Citations as readers are shown them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from npcompare.messages import current, message
from npcompare.text import no_break

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    return _cited(bibliography, citation, is_in_sentence=False) if citation else ""


def _cited(bibliography: Bibliography, citation: Citation, *, is_in_sentence: bool) -> str:
    document = bibliography.documents.get(citation.ref, {})
    title = str(document.get("short") or document.get("title") or citation.ref)
    with_article = f"the {title}"
    if is_in_sentence and title.startswith(_TAKES_ARTICLE) and current().has(with_article):
        title = with_article
    name = no_break(current().text(title))
    # Some titles end with the place in the document.
    is_repeated = name.endswith(citation.place)
    if is_repeated:
        return name
    return message("{document}, {place}", document=name, place=citation.place)


#: How the titles begin that take "the" in a sentence; names of sites and of acts do not.
_TAKES_ARTICLE = ("Secretariat ",)


def cited_in_sentence(bibliography: Bibliography, citation: Citation) -> str:
    """Return a citation as it is written in a sentence: "the Secretariat background paper, …"."""
    return _cited(bibliography, citation, is_in_sentence=True)


def short_titles(bibliography: Bibliography) -> Iterator[str]:
    """Yield the short titles of documents as citations have them, which may be translated."""
    for document in bibliography.documents.values():
        if title := str(document.get("short") or ""):
            yield title
            if title.startswith(_TAKES_ARTICLE):
                yield f"the {title}"
