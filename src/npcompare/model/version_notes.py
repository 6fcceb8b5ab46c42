"""The sentences about versions of a text that carry different elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.messages import (
    ENGLISH_TAG,
    current,
    enumerated,
    in_quotation_marks,
    main_language,
    message,
)
from npcompare.model.languages import language_name
from npcompare.model.version_differences import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from npcompare.model.provision import Citation, Provision
    from npcompare.model.version_differences import Difference, VersionWording

    #: Returns a citation as readers are shown it.
    Cite = Callable[[Citation], str]


def all_caveats(provision: Provision, cite: Cite | None = None) -> tuple[str, ...]:
    """Return the notes that every table with a provision must show.

    They are the caveats of its file, and where the versions of its text differ.
    """
    return (*provision.caveats, *version_notes(provision, cite))


def version_notes(provision: Provision, cite: Cite | None = None) -> Iterator[str]:
    """Yield a sentence for each difference between the versions of a text.

    Args:
        provision: The provision.
        cite: Cites the source of words that are only reported; without it, no source is named.
    """
    sentences: dict[str, None] = {}
    for difference in differences(provision):
        sentence = _sentence(difference)
        if cite and difference.source:
            source = cite(difference.source)
            sentence = message("{remark} Source: {source}.", remark=sentence, source=source)
        sentences[sentence] = None
    yield from sentences


def _sentence(difference: Difference) -> str:
    first, second, report = difference.first, difference.second, difference.report
    if report:
        return _reported(difference, report.lacks)
    if first.words and second.words:
        return message(
            "The {first} version says {words}; the {second} version says {second_words}.",
            first=language(first.language),
            words=_quoted(first),
            second=language(second.language),
            second_words=_quoted(second),
        )
    present, missing = (first, second) if first.words else (second, first)
    return message(
        "The {first} version says {words}; the {second} version has no corresponding words.",
        first=language(present.language),
        words=_quoted(present),
        second=language(missing.language),
    )


def _reported(difference: Difference, lacks: str) -> str:
    first, second = difference.first, difference.second
    values = {
        "first": language(first.language),
        "words": _quoted(first),
        "second": language(second.language),
        "second_words": _quoted(second),
    }
    if lacks:
        return message(
            "The {second} version is reported to say {second_words}, which has no equivalent of "
            "{lacks}; the {first} version says {words}.",
            lacks=in_quotation_marks(lacks),
            **values,
        )
    return message(
        "The {second} version is reported to say {second_words}; the {first} version says {words}.",
        **values,
    )


def language(tag: str) -> str:
    """Return the name of a language in the language of the output."""
    english, catalogue = language_name(tag), current()
    if catalogue.language == ENGLISH_TAG:
        return english
    return str(catalogue.locale.languages.get(main_language(tag), english))


def _quoted(wording: VersionWording) -> str:
    return enumerated([in_quotation_marks(words) for words in wording.words])
