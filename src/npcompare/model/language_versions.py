"""The versions of a provision in several languages: which there are, and each by its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from npcompare.errors import NpcompareError
from npcompare.messages import main_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npcompare.model.provision import LanguageVersion, Provision

#: A language tag (BCP 47), as far as texts need it.
_TAG = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"

#: The status of versions that are equally the law.
AUTHENTIC = "authentic"

#: What the statuses of versions are called.
VERSION_STATUSES = {
    AUTHENTIC: "authentic text",
    "official": "official version, not authentic",
    "translation": "translation",
    "paraphrase": "paraphrase",
}


def is_tag(language: str) -> bool:
    """Return whether a text is the tag of a language."""
    return re.fullmatch(_TAG, language) is not None


def valid_tag(language: str) -> str:
    """Return the tag of a language, which may be empty; raise NpcompareError if it is not one."""
    if language and not is_tag(language):
        raise NpcompareError(f'"{language}" is not a language tag', "write a tag such as fr or es")
    return language


def languages(provision: Provision) -> tuple[str, ...]:
    """Return the languages in which the text of a provision is available, in their order."""
    if provision.language_versions:
        return tuple(version.text.language for version in provision.language_versions)
    return (provision.text.language,) if provision.text.body else ()


def require_text(language: str, provisions: Iterable[Provision]) -> None:
    """Raise NpcompareError if none of these provisions has a text in a language."""
    tags = {main_language(tag) for provision in provisions for tag in languages(provision)}
    if main_language(language) not in tags:
        hint = f"the languages of texts are: {', '.join(sorted(tags))}"
        raise NpcompareError(f'no text is in the language "{language}"', hint)


def in_language(provision: Provision, language: str) -> Provision:
    """Return a provision with its text in a language and the coding of that text.

    If there is no such version, the provision is returned as it is. A language without a region
    finds a version with one, such as "fr" that in "fr-BE", and the reverse.
    """
    version = _version(provision.language_versions, language)
    if version is None or version.text is provision.text:
        return provision
    return replace(provision, text=version.text, limbs=version.limbs, coded=version.coded)


def versions_apart(provision: Provision) -> tuple[Provision, ...]:
    """Return a provision once for each version of its text, with the language in its id.

    Only the first one has the others, so that what is said of all versions is said once.
    """
    views = [
        replace(in_language(provision, language), id=f"{provision.id} ({language})")
        for language in languages(provision)
    ]
    later = (replace(view, language_versions=(), reported_wordings=()) for view in views[1:])
    return (*views[:1], *later)


def _version(versions: Sequence[LanguageVersion], language: str) -> LanguageVersion | None:
    exact = (each for each in versions if each.text.language.casefold() == language.casefold())
    tag = main_language(language)
    similar = (each for each in versions if main_language(each.text.language) == tag)
    return next(exact, next(similar, None))
