"""Check that the words quoted for values are in the texts of a provision, each exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from npcompare.errors import Code
from npcompare.law.unchecked_data import mapping, sequence
from npcompare.law.value_checks import OFFENCE_KEYS, PROOF_KEYS, VALUE_KEYS
from npcompare.messages import main_language
from npcompare.model.language_versions import is_tag
from npcompare.model.languages import language_name
from npcompare.text import fold
from npcompare.wording.quotations import MOST_PLACES, Body, any_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile
    from npcompare.model.codebook import Codebook

#: The status of a text that is not available.
NOT_HELD = "not_held"

#: How many characters of the texts are searched for quotations of one file: those of a long statute
#: for some tens of thousands of quotations, which takes a few seconds.
MOST_SEARCHED = 5_000_000_000


class _Text(NamedTuple):
    """A text of the provision, with its place in the file."""

    pointer: Pointer
    data: Mapping[str, Any]
    language: str
    #: None if the text is not available.
    body: Body | None
    #: What findings call it: "body", or "French version".
    name: str


def _texts(data: Any) -> list[_Text]:
    """Return the texts of a provision, of which there is one unless it has several versions."""
    is_list = isinstance(data, list)
    texts = []
    for index, item in enumerate(map(mapping, data) if is_list else [mapping(data)]):
        language, body = str(item.get("language", "")), item.get("body")
        texts.append(
            _Text(
                ("text", index) if is_list else ("text",),
                item,
                language,
                Body(body) if isinstance(body, str) else None,
                f"{language_name(language)} version" if is_list else "body",
            )
        )
    return texts


class Proof:
    """Checks the evidence of coded values against the texts of one provision."""

    def __init__(self, file: YamlFile) -> None:
        """Prepare to look up the words of one file."""
        self._file = file
        self._texts = _texts(mapping(file.data).get("text")) or _texts({})
        #: How many characters may still be searched.
        self._budget = MOST_SEARCHED

    @property
    def languages(self) -> list[str]:
        """The languages of the texts that are available."""
        return [text.language for text in self._texts if text.body and text.language]

    def check(self, field: str, pointer: Pointer, coded: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield the findings about the proof of one coded mapping."""
        is_offences = field == "offences"
        if set(coded) <= PROOF_KEYS | (OFFENCE_KEYS if is_offences else VALUE_KEYS):
            # A misspelt key may be the one that seems to be missing.
            if not is_offences:
                yield from self._check_value(field, pointer, coded)
            if "evidence" not in coded and "source" not in coded:
                message = f"nothing proves this value of {field}"
                hint = "quote words of the body as evidence, or name a source and its paragraph"
                yield self._file.problem(pointer, Code.NO_PROOF, message, hint)
        evidence = coded.get("evidence")
        by_language = evidence.items() if isinstance(evidence, dict) else [("", evidence)]
        for language, words in by_language:
            if language and not is_tag(language):
                # Such a key has a finding by the schema.
                continue
            place = (*pointer, "evidence", *([language] if language else []))
            yield from self.check_words(place, words, language)
            for index, quotation in enumerate(sequence(words)):
                yield from self.check_words((*place, index), quotation, language)

    def _check_value(
        self, field: str, pointer: Pointer, coded: Mapping[str, Any]
    ) -> Iterator[Problem]:
        if ("value" in coded) == ("values" in coded):
            has = "both value and values" if "value" in coded else "neither value nor values"
            yield self._file.problem(pointer, Code.WRONG_COUNT, f"{field} has {has}")

    def check_misprints(self) -> Iterator[Problem]:
        """Yield the findings about the misprints of the texts."""
        for text in self._texts:
            for index, misprint in enumerate(sequence(text.data.get("misprints"))):
                place = (*text.pointer, "misprints", index)
                yield from self.check_words(place, misprint, text.language, noun="misprint")

    def check_words(
        self, pointer: Pointer, words: Any, language: Any = "", *, noun: str = "evidence"
    ) -> Iterator[Problem]:
        """Yield a finding unless the words are exactly once in the text of their language.

        Words without a language are those of the first text.
        """
        if not isinstance(words, str) or not words.strip():
            return
        text = self._text(str(language or ""))
        if text is None:
            message = f'words are quoted in "{language}", but there is no text in that language'
            hint = f"the languages of the texts are: {', '.join(self.languages)}"
            yield self._file.problem(pointer, Code.NO_BODY, message, hint)
            return
        if text.body is None:
            if text.data.get("status") == NOT_HELD:
                message = "words are quoted, but the text is not available"
                yield self._file.problem(pointer, Code.NO_BODY, message, "name a source instead")
            return
        if self._budget >= 0:
            yield from self._look_up(pointer, text, text.body, words, noun)

    def _look_up(
        self, pointer: Pointer, text: _Text, body: Body, words: str, noun: str
    ) -> Iterator[Problem]:
        """Yield a finding unless the words are exactly once in a text, as far as it is searched."""
        self._budget -= body.length
        if self._budget < 0:
            message = "the words quoted here and after it are too many to be looked up in this text"
            hint = "quote fewer words, or make a file of each article"
            yield self._file.problem(pointer, Code.WRONG_COUNT, message, hint)
            return
        count = body.quote(words)
        if count == 1:
            return
        quoted = f'"{shortened(fold(words))}"'
        if count:
            times = f"more than {MOST_PLACES:,}" if count > MOST_PLACES else str(count)
            message = f"the {noun} {quoted} appears {times} times in the {text.name}"
            hint = "quote a few more words, until they appear only once"
            yield self._file.problem(pointer, Code.EVIDENCE_AMBIGUOUS, message, hint)
            return
        message = f"the {noun} {quoted} is not in the {text.name}"
        yield self._file.problem(
            pointer, Code.EVIDENCE_NOT_FOUND, message, self._hint_for_missing(text, words)
        )

    def _hint_for_missing(self, text: _Text, words: str) -> str:
        """Return what was probably meant: words of another version, or other words of this one."""
        for version in self._texts:
            if version is text or version.body is None:
                continue
            self._budget -= version.body.length
            if version.body.has(words):
                return (
                    f"the words are in the {version.name}: write the evidence as "
                    f"{{{version.language}: ...}}"
                )
        return text.body.hint_for_missing(words) if text.body else ""

    def _text(self, language: str) -> _Text | None:
        """Return the text in a language, which is the first one if the language is empty."""
        if not language:
            return self._texts[0]
        tag = language.casefold()
        return next((text for text in self._texts if text.language.casefold() == tag), None)

    def check_exceptions(self, codebook: Codebook) -> Iterator[Problem]:
        """Yield a warning for each exception word of the texts that no evidence contains."""
        for text in self._texts:
            words = codebook.exception_words.get(main_language(text.language), ())
            if text.body is None or not words:
                continue
            pattern = any_of(words)
            unquoted = list(text.body.unquoted(pattern))
            if not unquoted:
                continue
            pointer = (*text.pointer, "body")
            start = self._file.problem(pointer, Code.EXCEPTION_UNCODED, "")
            places = list(self._file.places_within(pointer, pattern))
            for number, word, passage in unquoted:
                line, column = (
                    places[number] if number < len(places) else (start.line, start.column)
                )
                yield start._replace(
                    line=line,
                    column=column,
                    message=f'no coded value is based on "{passage}"',
                    hint=f'"{word}" often introduces an exception or a condition: include it in '
                    "the words quoted for a value, or quote it under settled and note why it "
                    "needs no coding",
                )
