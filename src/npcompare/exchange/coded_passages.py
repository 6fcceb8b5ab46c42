"""The words of provisions that are coded, by their places in the text of each language version."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from npcompare.analysis.classification import classify
from npcompare.model.language_versions import in_language, languages
from npcompare.text import fold, visible
from npcompare.wording.quotation_places import QuotationPlaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.exchange.coding_frame import Code, CodingFrame
    from npcompare.model.codebook import Codebook
    from npcompare.model.provision import Provision, Text

#: Who codes: the files of the corpus, the rules of the codebook, or a proposal of `suggest`.
CORPUS, RULES, PROPOSAL = "npcompare corpus", "npcompare rules", "npcompare suggest"


class CodedPassage(Struct, frozen=True):
    """Words of a text that a user applies a code to."""

    start: int
    end: int
    user: str
    code: Code
    limb: str
    note: str = ""
    doubt: str = ""


class CodedText(Struct, frozen=True):
    """The text of a provision in one language with its coded passages, in their order."""

    text: Text
    #: The words as one line, so that no program counts the characters of a line break differently.
    words: str
    passages: tuple[CodedPassage, ...]


class _Coding(NamedTuple):
    """A provision with its text in one language, and who coded that."""

    user: str
    view: Provision


def coded_texts(
    codebook: Codebook,
    frame: CodingFrame,
    provision: Provision,
    second_codings: Mapping[str, Provision],
) -> tuple[CodedText, ...]:
    """Return each version of the text of a provision with its coded passages.

    A quotation that is not in the text has no passage.

    Args:
        codebook: The codebook.
        frame: The codes.
        provision: The provision.
        second_codings: The same provision as others coded it, by coder.
    """
    views = [in_language(provision, language) for language in languages(provision)]
    codings = [_Coding(PROPOSAL if provision.is_proposed else CORPUS, view) for view in views]
    codings += [
        _Coding(coder, in_language(coding, language))
        for coder, coding in second_codings.items()
        for language in languages(coding)
    ]
    rules = PROPOSAL if provision.is_proposed else RULES
    derived = [_Coding(rules, view) for view in views]
    texts = []
    for view in views:
        words = one_line(view.text.body)
        language = view.text.language
        places = QuotationPlaces(words)
        passages = {
            *(passage for coding in codings for passage in _words(frame, coding, language, places)),
            *(
                passage
                for coding in derived
                for passage in _classes(codebook, frame, coding, language, places)
            ),
        }
        texts.append(CodedText(view.text, words, tuple(sorted(passages, key=_order))))
    return tuple(texts)


def one_line(text: str) -> str:
    """Return a text as a file has it: without line breaks and characters of control."""
    return visible(fold(text))


def _order(passage: CodedPassage) -> tuple[int, int, bool, str, str, str, str, str]:
    """Return where a passage comes: by its place, then those of the corpus, then those of rules."""
    is_derived = passage.user == RULES
    remarks = (passage.limb, passage.note, passage.doubt)
    return passage.start, -passage.end, is_derived, passage.user, passage.code.name, *remarks


def _words(
    frame: CodingFrame, coding: _Coding, language: str, places: QuotationPlaces
) -> Iterator[CodedPassage]:
    """Yield the passages for those values of a coding whose words are in a language."""
    for value in coding.view.coded_values:
        coded = value.coded
        code = frame.words.get((value.field, coded.value))
        if code and (coded.language or coding.view.text.language) == language:
            doubt = coded.doubt.note if coded.doubt else ""
            for evidence in coded.evidence:
                for start, end in places.find(one_line(evidence))[:1]:
                    yield CodedPassage(start, end, coding.user, code, value.limb, coded.note, doubt)


def _classes(
    codebook: Codebook,
    frame: CodingFrame,
    coding: _Coding,
    language: str,
    places: QuotationPlaces,
) -> Iterator[CodedPassage]:
    """Yield the passages for the classes that rules derive from a coding."""
    for name, classified in classify(codebook, coding.view).dimensions.items():
        for reason in classified.because:
            code = frame.classes.get((name, reason.value))
            if code and (reason.language or coding.view.text.language) == language:
                for start, end in places.find(one_line(reason.evidence))[:1]:
                    yield CodedPassage(start, end, coding.user, code, reason.limb)
