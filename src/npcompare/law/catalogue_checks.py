"""Check a catalogue of translations: its language, and the values in its messages."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any

from npcompare.errors import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.law.yaml_reader import Pointer, YamlFile

#: A translation may say "one provision" without the number.
_OPTIONAL = {"count"}


def check_catalogue(file: YamlFile) -> Iterator[Problem]:
    """Yield findings about a catalogue that satisfies the schema."""
    if file.data["language"] != file.path.stem:
        message = f'the language is "{file.data["language"]}", but the file is {file.path.name}'
        yield file.problem(("language",), Code.ID_NOT_FILE_NAME, message, "correct one of the two")
    for pointer, english, text in _translations(file):
        if message := _difference(english, text):
            hint = "write what is in braces as in the English text, and no other braces"
            yield file.problem(pointer, Code.WRONG_FORM, message, hint)


def _translations(file: YamlFile) -> Iterator[tuple[Pointer, str, str]]:
    """Yield the place of each translation, its English text and the translation."""
    groups: list[tuple[Pointer, dict[str, Any]]] = [
        (("found", source), labels) for source, labels in file.data.get("found", {}).items()
    ]
    for group, labels in [*groups, (("proposed",), file.data.get("proposed", {}))]:
        for english, forms in labels.items():
            if isinstance(forms, str):
                yield (*group, english), english, forms
            else:
                yield from (((*group, english, each), english, forms[each]) for each in forms)


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
    try:
        fields = list(Formatter().parse(text))
    except ValueError:
        return None
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{width}" if width else "")
        for _, name, width, conversion in fields
        if name is not None
    }
