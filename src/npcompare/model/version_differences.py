"""Where the versions of a provision in several languages are coded with different elements.

The first version is compared with each other one, and with what sources report of versions that are
not available.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from npcompare.model.provision import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from npcompare.model.provision import (
        Citation,
        Coded,
        LanguageVersion,
        Limb,
        Provision,
        ReportedWording,
    )


class VersionWording(Struct, frozen=True):
    """What one version has for a field: its words and the values coded for them."""

    language: str
    words: tuple[str, ...]
    values: tuple[str, ...]


class Difference(Struct, frozen=True):
    """A field for which two versions carry different elements."""

    #: The limb; empty for a field of the provision as a whole.
    limb: str
    #: The field; empty if one of the versions does not have the limb.
    field: str
    first: VersionWording
    second: VersionWording
    #: The report that the words of the second version are from; None if its text is available.
    report: ReportedWording | None = None

    @property
    def source(self) -> Citation | None:
        """The source of the words of the second version, if they are reported."""
        return self.report.source if self.report else None


def differences(provision: Provision) -> tuple[Difference, ...]:
    """Return the differences between the versions of a provision, in the order of its coding."""
    return (*coded_differences(provision), *_reported_differences(provision))


def coded_differences(provision: Provision) -> Iterator[Difference]:
    """Yield the differences between the first version and each other one whose text is available.

    Values that only a source reports do not count: they are not about one version.
    """
    for second in provision.language_versions[1:]:
        first = provision.language_versions[0]
        limbs, second_limbs = _by_id(first.limbs), _by_id(second.limbs)
        for limb in dict.fromkeys((*limbs, *second_limbs)):
            limb_of_first, limb_of_second = limbs.get(limb), second_limbs.get(limb)
            if limb_of_first and limb_of_second:
                coded = limb_of_first.coded, limb_of_second.coded
                yield from _differing_fields(limb, first, second, *coded)
            else:
                wordings = _all_words(first, limb_of_first), _all_words(second, limb_of_second)
                yield Difference(limb, "", *wordings)
        yield from _differing_fields("", first, second, first.coded, second.coded)


def _by_id(limbs: tuple[Limb, ...]) -> dict[str, Limb]:
    return {limb.id: limb for limb in limbs}


def _differing_fields(
    limb: str,
    first: LanguageVersion,
    second: LanguageVersion,
    coded: Mapping[str, tuple[Coded, ...]],
    second_coded: Mapping[str, tuple[Coded, ...]],
) -> Iterator[Difference]:
    for field in dict.fromkeys((*coded, *second_coded)):
        values, second_values = coded.get(field, ()), second_coded.get(field, ())
        words = {value.value for value in values}
        second_words = {value.value for value in second_values}
        if words != second_words:
            yield Difference(
                limb,
                field,
                _wording(first, (value for value in values if value.value not in second_words)),
                _wording(second, (value for value in second_values if value.value not in words)),
            )


def _all_words(version: LanguageVersion, limb: Limb | None) -> VersionWording:
    """Return the words that a limb covers offences with, or all of them; nothing for no limb."""
    coded = limb.coded if limb else {}
    values = coded.get("offences.extent") or next(iter(coded.values()), ())
    return VersionWording(version.text.language, _words(values), ())


def _wording(version: LanguageVersion, values: Iterator[Coded]) -> VersionWording:
    listed = tuple(values)
    return VersionWording(
        version.text.language, _words(listed), tuple(value.value for value in listed)
    )


def _words(values: tuple[Coded, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for value in values for words in value.evidence))


def _reported_differences(provision: Provision) -> Iterator[Difference]:
    """Yield the reported wordings that have another value, or lack words, in a limb."""
    limbs = _by_id(provision.limbs)
    for wording in provision.reported_wordings:
        limb = limbs.get(wording.limb)
        values = limb.coded.get(wording.field, ()) if limb else ()
        quoted = [value for value in values if value.basis is not Basis.REPORTED]
        is_other = wording.value not in ("", *(value.value for value in values))
        if quoted and (is_other or wording.lacks):
            yield Difference(
                wording.limb,
                wording.field,
                VersionWording(
                    provision.text.language,
                    _words(tuple(quoted)),
                    tuple(value.value for value in quoted),
                ),
                VersionWording(
                    wording.language, (wording.words,), (wording.value,) if wording.value else ()
                ),
                wording,
            )
