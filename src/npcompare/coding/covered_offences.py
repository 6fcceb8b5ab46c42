"""Which offences a limb covers: any, those that it names, or those that its article defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.coding.alternatives import alternatives
from npcompare.model.field_sets import OF_ACTS, OF_LINK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from npcompare.coding.limb_drafts import LimbDraft
    from npcompare.coding.passages import Passage
    from npcompare.coding.sentence_reader import Reader

#: How many characters after an offence the next word is looked for.
_NEXT = 20


def refers_only(reader: Reader, clause: Iterable[Passage]) -> bool:
    """Return whether a clause names no offence but one that was mentioned: "the offence"."""
    named = [each for each in clause if each.field.startswith(("offences.", "link"))]
    return bool(named) and all(
        each.field == "offences.extent" and each.rule.is_weak and _is_mentioned(reader, each)
        for each in named
    )


def _is_mentioned(reader: Reader, passage: Passage) -> bool:
    """Return whether a passage is "the offence" alone, without "of" or "that" after it."""
    language = reader.language
    first = passage.matches[0][1][0].word
    following = language.tokens(reader.text, passage.end, passage.end + _NEXT)[:1]
    joins = language.joins["for"] | language.clause_words
    return first in language.definite and not any(token.word in joins for token in following)


class CoveredOffences:
    """The offences that the articles of one text cover."""

    def __init__(self, reader: Reader) -> None:
        """Prepare to settle which offences are covered, without any definition so far."""
        self._reader = reader
        #: The offences that an article says it covers, and its limbs, by its label.
        self._defined: dict[str, tuple[list[Passage], list[LimbDraft]]] = {}
        #: The links of these offences with their means and tests, by the label of the article: a
        #: list for each alternative.
        self._links: dict[str, list[list[Passage]]] = {}

    def note(
        self,
        article: str,
        passages: list[Passage],
        before: Iterable[LimbDraft],
        limbs: list[LimbDraft],
    ) -> None:
        """Note a sentence that says which offences its article covers.

        They are added to the limbs before it that name none, and to those that follow. These limbs
        are added to the limbs of the sentence.
        """
        self._defined[article] = [each for each in passages if each.field in OF_ACTS], limbs
        links = [
            [passage for passage in part if passage.field in OF_LINK]
            for part in alternatives(self._reader, passages)
        ]
        self._links[article] = links if all(map(_has_one_link, links)) else []
        for limb in before:
            self.complete(limb)

    def complete(self, limb: LimbDraft) -> None:
        """Add the offences that its article says it covers to a limb that names none.

        So it is with the link: "this section applies to an offence connected with trafficking". Of
        alternative links, each makes a limb.
        """
        offences, limbs = self._defined.get(limb.article, ([], []))
        links = self._links.get(limb.article, [])
        if links and not limb.values("link"):
            limb.add(links[0])
            limb.links = links
            limbs.append(limb)
        # "A prescribed offence" is one of those that the article defines.
        named = limb.values("offences.categories") - {"scheduled"}
        extents = {each.value for each in limb.certain("offences.extent")} - {"listed"}
        if offences and not named and not extents:
            limb.is_scoped = True
            if limb.values("offences.categories"):
                limb.replace("offences.categories", ())
                limb.replace("offences.extent", ())
            limb.add(each for each in offences if each.field != "link" or not limb.values("link"))
            self.settle(limb)
            limbs.append(limb)

    def settle(self, limb: LimbDraft) -> None:
        """Decide between any offence, the offences named, and offences related to a status."""
        extents = limb.passages.get("offences.extent", [])
        named = limb.passages.get("offences.categories", [])
        related = [passage for passage in extents if passage.value == "status_related"]
        # "Any act, if it is an offence under the Immigration Act".
        limits = [passage for passage in extents if passage.value == "listed"]
        extents = [passage for passage in extents if not limits]
        wide = [
            passage
            for passage in extents
            if not passage.rule.is_weak and not self._reader.is_narrowed(passage, named)
        ]
        if related or wide:
            limb.replace("offences.extent", (related or wide)[:1])
            limb.replace("offences.categories", ())
        elif named:
            limb.replace("offences.extent", [named[0].as_field("offences.extent", "listed")])
        else:
            limb.replace("offences.extent", extents[:1])


def _has_one_link(passages: Iterable[Passage]) -> bool:
    return len({passage.value for passage in passages if passage.field == "link"}) == 1
