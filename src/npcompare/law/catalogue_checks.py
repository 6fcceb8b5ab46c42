"""Check a catalogue of translations: its language, and the values in its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from npcompare.errors import Code
from npcompare.law.checking import SchemaChecks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.errors import Problem
    from npcompare.law.yaml_reader import Pointer, YamlFile

#: A translation may say "one provision" without the number.
_OPTIONAL = {"count"}


class LabelChecks(SchemaChecks):
    """The checks of one file: its shape, its language, and the values in its messages."""

    def __init__(self, schema: str = "corpus-labels") -> None:
        """Take the name of the schema of such files."""
        super().__init__(schema)

    def find(self, file: YamlFile) -> list[Problem]:
        """Return the findings about a file of translations."""
        return super().find(file) or list(check_catalogue(file))


def check_catalogue(file: YamlFile) -> Iterator[Problem]:
    """Yield findings about a catalogue that satisfies the schema."""
    if file.path.name != f"{file.data['language']}.yaml":
        message = f'the language is "{file.data["language"]}", but the file is {file.path.name}'
        yield file.problem(("language",), Code.ID_NOT_FILE_NAME, message, "correct one of the two")
    sources = file.data.get("sources", {})
    for source in file.data.get("found", {}):
        if source not in sources:
            message = f'"{source}" is not one of the sources of this file'
            hint = f'add "{source}:" under "sources", with the document'
            yield file.problem(("found", source), Code.SOURCE_UNKNOWN, message, hint, key=True)
    yield from _contradictions(file)
    for pointer, english, text in _forms(file.data):
        if message := _difference(english, text):
            hint = "write what is in braces as in the English text, and no other braces"
            yield file.problem(pointer, Code.WRONG_FORM, message, hint)


def _contradictions(file: YamlFile) -> Iterator[Problem]:
    """Yield a finding for each text with another translation above, which one would replace."""
    translations: dict[str, tuple[Pointer, Any]] = {}
    for pointer, translation in translations_in(file.data):
        english = str(pointer[-1])
        place, earlier = translations.setdefault(english, (pointer, translation))
        if earlier != translation:
            message = f'"{english}" has another translation under {".".join(map(str, place[:-1]))}'
            hint = "delete one of the two; otherwise only one of them would be used"
            yield file.problem(pointer, Code.DUPLICATE_KEY, message, hint, key=True)


def translations_in(data: Mapping[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    """Yield the place of each translation in the data of a catalogue, and the translation.

    The last part of the place is the English text.
    """
    for source, labels in data.get("found", {}).items():
        yield from ((("found", source, english), labels[english]) for english in labels)
    yield from (
        (("proposed", english), forms) for english, forms in data.get("proposed", {}).items()
    )


def _forms(data: Mapping[str, Any]) -> Iterator[tuple[Pointer, str, str]]:
    """Yield the place of each form of a translation, its English text and the form."""
    for pointer, forms in translations_in(data):
        english = str(pointer[-1])
        if isinstance(forms, str):
            yield pointer, english, forms
        else:
            yield from (((*pointer, name), english, form) for name, form in forms.items())


def _difference(english: str, text: str) -> str:
    """Return what is wrong with the values in a translation; empty if nothing is."""
    if not {"{", "}"} & {*english, *text}:
        return ""
    expected = _values(english)
    if expected is None:
        # No values are put into such a text.
        return ""
    found = _values(text)
    if found is None:
        return "the braces in the translation do not match"
    if unknown := sorted(found - expected):
        return f"the English text does not have {{{unknown[0]}}}"
    if missing := sorted(expected - found - _OPTIONAL):
        return f"the translation does not have {{{missing[0]}}}"
    return ""


def _values(text: str) -> set[str] | None:
    """Return what is in braces in a message, or None if the braces do not match."""
    from string import Formatter

    try:
        fields = list(Formatter().parse(text))
    except ValueError:
        return None
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{width}" if width else "")
        for _, name, width, conversion in fields
        if name is not None
    }
