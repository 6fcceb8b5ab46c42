"""The English texts that tables may have, and which of them are translated."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.files import bundled
from npcompare.law.benchmark import secretariat
from npcompare.law.citations import short_titles
from npcompare.law.folders import LABELS
from npcompare.law.tile_grid import tile_grid
from npcompare.law.translation import prose
from npcompare.law.un_states import united_nations
from npcompare.law.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.law.corpus import Corpus
    from npcompare.messages import Catalogue


#: The place of the short titles of documents.
_SOURCES = "sources"


class TextState(StrEnum):
    """Whether a text is translated, and on what authority."""

    #: There is a translation of a text that is gone: it was reworded, or no table has it any more.
    STALE = "translation of a text that is gone"
    MISSING = "no translation"
    PROPOSED = "proposed"
    FOUND = "found in a source"


class EnglishText(Struct, frozen=True):
    """A text in English, where it is first used, and whether it is translated."""

    text: str
    place: str
    state: TextState


def english_texts(corpus: Corpus, catalogue: Catalogue) -> list[EnglishText]:
    """Return the messages of the code, then the prose of the data that tables show.

    Last are the texts of translations that nothing uses any more.

    Args:
        corpus: The corpus in English.
        catalogue: The translations.
    """
    places: dict[str, str] = {}
    for place, text in _placed(corpus):
        places.setdefault(text, place)
    texts = [EnglishText(text, place, _state(catalogue, text)) for text, place in places.items()]
    stale = (text for text in catalogue.messages if text not in places)
    texts += [EnglishText(text, LABELS, TextState.STALE) for text in stale]
    # Most short titles of documents are names, which need no translation.
    return [text for text in texts if text.place != _SOURCES or text.state is not TextState.MISSING]


def all_texts(corpus: Corpus) -> frozenset[str]:
    """Return every text in English that a translation may be for, also the titles of documents."""
    return frozenset(text for _, text in _placed(corpus))


def _placed(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield each text after its place: a module of the code, a file of data, or an id."""
    listed = read_yaml(bundled("schemas") / LABELS / "messages.yaml").data
    for module, messages in listed.items():
        yield from ((module, text) for text in messages)
    yield from (("codebook", text) for text in prose(corpus.codebook))
    yield from (("benchmark", text) for text in prose(secretariat(corpus.codebook)))
    yield "tile-grid", tile_grid().designations
    yield from (("un-states", area.note) for area in united_nations().areas.values() if area.note)
    for provision in corpus.all_provisions():
        yield from ((provision.id, text) for text in prose(provision))
    yield from ((_SOURCES, title) for title in short_titles(corpus))
    for code, profile in corpus.profiles.items():
        yield from ((code, text) for text in prose(profile))


def _state(catalogue: Catalogue, text: str) -> TextState:
    if text not in catalogue.messages:
        return TextState.MISSING
    return TextState.PROPOSED if text in catalogue.proposed else TextState.FOUND
