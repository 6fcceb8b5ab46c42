"""What a project says about a provision in words: its note, and what is said beside a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcompare.law.citations import cited
from npcompare.messages import enumerated, message, sentences
from npcompare.model.codebook import FIELDS, limb_name, note_on_persons
from npcompare.model.provision import NONE_REPORTED
from npcompare.reports.doubts import note_with_doubt
from npcompare.reports.proposed_coding import notice, remarks_on_unread
from npcompare.reports.provision_notes import confidence_label
from npcompare.reports.provision_report import facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from npcompare.exchange.coding_frame import CodingFrame
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Citation, CodedValue, Provision, Reported

#: The details that are said beside a text.
_BESIDE_TEXT = ("Text status", "Source of the text", "Caveats")


def case_description(provision: Provision, corpus: Corpus) -> str:
    """Return a short description of a provision, which points to its note."""
    details = {name: content.text for name, content in facts(corpus, provision)}
    status = message(
        "{heading}: {words}", heading=message("Text status"), words=details["Text status"]
    )
    pointer = message("The note with the same name has everything that is coded.")
    return f"{provision.citation}\n{status}\n{pointer}"


def text_description(provision: Provision, corpus: Corpus) -> str:
    """Return what is to be known of a text: whose words it has, and from which source."""
    lines = (
        message("{heading}: {words}", heading=message(name), words=content.text)
        for name, content in facts(corpus, provision)
        if name in _BESIDE_TEXT
    )
    return "\n".join((*lines, *_proposal(provision)))


def _proposal(provision: Provision) -> Iterator[str]:
    """Yield that a coding is only proposed, and which passages were not understood."""
    if provision.is_proposed:
        yield notice([provision])
        yield from remarks_on_unread([provision])


def note_text(
    corpus: Corpus,
    frame: CodingFrame,
    provision: Provision,
    placed: Collection[tuple[str, str, str]],
) -> str:
    """Return everything that is known of a provision apart from its words.

    Args:
        corpus: The corpus.
        frame: The codes.
        provision: The provision.
        placed: The limb, field and value of what is coded on words of a text.
    """
    lines = [
        message("{heading}: {words}", heading=message(name), words=content.text)
        for name, content in facts(corpus, provision)
        if name != "Text"
    ]
    lines += _proposal(provision)
    has_limbs = len(provision.limbs) > 1
    without_words = [
        _coded_line(corpus, frame, value, has_limbs=has_limbs)
        for value in provision.coded_values
        if (value.limb, value.field, value.coded.value) not in placed
    ]
    without_words += [_reported_line(corpus, reported) for reported in provision.reported]
    if without_words:
        lines += ["", message("Values for which this project has no words:"), *without_words]
    return "\n".join(lines)


def _coded_line(corpus: Corpus, frame: CodingFrame, value: CodedValue, *, has_limbs: bool) -> str:
    coded = value.coded
    code = frame.words.get((value.field, coded.value))
    if code:
        words = code.name
    else:
        is_none = coded.value == NONE_REPORTED
        label = (
            message("none reported")
            if is_none
            else corpus.codebook.label(FIELDS[value.field], coded.value)
        )
        words = message("{heading}: {words}", heading=frame.questions[value.field], words=label)
    if has_limbs and value.limb:
        words = message("{heading}: {words}", heading=limb_name(value.limb), words=words)
    note = note_with_doubt(coded.note, coded.doubt.note if coded.doubt else "")
    return sentences(
        message("{words}.", words=words), *_proof(corpus, coded.source, coded.confidence), note
    )


def _reported_line(corpus: Corpus, reported: Reported) -> str:
    book = corpus.codebook
    dimension = book.dimensions[reported.dimension]
    classes = enumerated([dimension.label_of(word) for word in reported.values])
    words = message("{heading}: {words}", heading=dimension.label, words=classes)
    note = note_on_persons(book, reported.persons, reported.note)
    return sentences(
        message("{words}.", words=words),
        *_proof(corpus, reported.source, reported.confidence),
        note,
    )


def _proof(corpus: Corpus, source: Citation | None, confidence: str) -> Iterator[str]:
    """Yield where a value is from, and how certain it is."""
    if source:
        words = cited(corpus, source)
        line = message("{heading}: {words}", heading=message("Source"), words=words)
        yield message("{words}.", words=line)
    if confidence:
        yield message("Confidence: {confidence}.", confidence=confidence_label(confidence))
