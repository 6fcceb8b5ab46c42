"""What another authentic version says makes a value doubtful.

Versions that are equally authentic are presumed to have the same meaning (Vienna Convention on the
Law of Treaties, article 33). Where they are coded with other values, each is a possible reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.messages import enumerated, in_quotation_marks, message
from npcompare.model.language_versions import AUTHENTIC
from npcompare.model.provision import Doubt
from npcompare.model.version_notes import language as language_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from npcompare.model.provision import Coded, LanguageVersion, Limb

Fields = dict[str, tuple["Coded", ...]]


def with_other_versions_as_doubts(
    versions: Sequence[LanguageVersion],
) -> tuple[LanguageVersion, ...]:
    """Return versions in which each value is doubtful that another authentic version has not."""
    return tuple(
        _with_doubts(version, [each for each in versions if each is not version])
        for version in versions
    )


def _with_doubts(version: LanguageVersion, versions: Iterable[LanguageVersion]) -> LanguageVersion:
    for second in versions:
        if second.text.authority == AUTHENTIC:
            limbs = {limb.id: limb for limb in second.limbs}
            language = second.text.language
            version = replace(
                version,
                limbs=tuple(_limb(limb, limbs.get(limb.id), language) for limb in version.limbs),
                coded=_fields(version.coded, second.coded, language),
            )
    return version


def _limb(limb: Limb, second: Limb | None, language: str) -> Limb:
    if second is None:
        return limb
    return replace(limb, coded=_fields(limb.coded, second.coded, language))


def _fields(
    coded: Mapping[str, tuple[Coded, ...]], second: Mapping[str, tuple[Coded, ...]], language: str
) -> Fields:
    return {field: _values(field, values, second, language) for field, values in coded.items()}


def _values(
    field: str,
    values: tuple[Coded, ...],
    second: Mapping[str, tuple[Coded, ...]],
    language: str,
) -> tuple[Coded, ...]:
    """Return the values of a field, doubtful where the other version has different ones.

    If it has some of the values and no others, or all of them and more, the field as a whole is
    doubtful.
    """
    words = {value.value for value in values}
    second_values = second.get(field, ())
    missing = words - {value.value for value in second_values}
    new_values = [value for value in second_values if value.value not in words]
    if not (missing or new_values):
        return values
    replaced = missing if missing and (new_values or not second_values) else words
    readings = new_values if replaced is missing else second_values
    doubt = Doubt(
        {field: tuple(value.value for value in readings)} if readings else {},
        _note(new_values, language),
    )
    return tuple(
        value if value.doubt or value.value not in replaced else replace(value, doubt=doubt)
        for value in values
    )


def _note(new_values: Sequence[Coded], language: str) -> str:
    """Return what the other version says, or that it has no words for a value."""
    quoted = [in_quotation_marks(words) for value in new_values for words in value.evidence]
    name = language_in_words(language)
    if not quoted:
        return message("The {language} version has no corresponding words.", language=name)
    return message("The {language} version says {words}.", language=name, words=enumerated(quoted))
