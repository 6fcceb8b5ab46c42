"""Short forms that laws use in references, written out as words: "s. 4" for "section 4".

"No." before a number is such a form, and not the negation "no".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from npcompare.wording.rewriting import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The forms of "number": with a full stop or a sign, or in capitals within a sentence, or before
#: the number and year of a law.
_NUMBER = (
    r"(?P<sign>\u2116|(?<!\w)(?:[Nn](?:[Oo]s?|ros?|rs?|[uú]ms?)\s?\.|[Nn]\s?\.?\s?[°º]s?\s?\.?))"
    r"(?=\s?\(?\d)"
    r"|(?<=[\w,(]\s)(?P<capital>Nos?|NOS?)(?=\s\(?\d)"
    r"|(?<!\w)(?P<year>[Nn]os?)(?=\s\d{1,5}\s?(?:of|de|/)\s?\d{4}(?!\d))"
)

#: What follows a short form with a full stop, and one without.
_AFTER_STOP = r"(?=\s?(?:\(?\d|\(\w\)|[IVXLC]{1,6}(?!\w)|[LRD]\.\s?\d))"
_AFTER_WORD = r"(?=\s\d)"

_SECTION_SIGN = "§"

#: The most characters of white space before the first word of a line.
_INDENTATION = 40


def written_out(text: str, forms: Mapping[str, str]) -> Iterator[Replacement]:
    """Yield the words for short forms in a text.

    Args:
        text: The text.
        forms: Each short form in small letters, without a full stop at its end, and its word.
    """
    if not forms:
        return
    for match in _pattern(tuple(forms)).finditer(text):
        word = _word(match, forms)
        if match["section"] and _begins_line(text, match.start()):
            word = word.capitalize()
        if word:
            space = "" if text[match.end() : match.end() + 1].isspace() else " "
            yield Replacement(match.start(), match.end(), word + space)


def _word(match: re.Match[str], forms: Mapping[str, str]) -> str:
    """Return the word for a short form, with a capital if it has one."""
    groups = match.groupdict()
    form = groups.get("form") or groups.get("dotted") or ""
    if not form:
        return forms.get(_SECTION_SIGN if match["section"] else "no", "")
    word = forms[form.casefold().replace(" ", "")]
    return word.capitalize() if form[0].isupper() else word


def _begins_line(text: str, start: int) -> bool:
    indentation = text[max(start - _INDENTATION, 0) : start]
    return not indentation[indentation.rfind("\n") + 1 :].strip()


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that matches short forms where they are used for their words."""
    dotted = [re.escape(form).replace(r"\.", r"\.\s?") for form in forms if "." in form]
    # An "s" after an apostrophe is the ending of a word.
    plain = [
        form if len(form) > 1 else rf"(?<!['\u2019]){form}"
        for form in forms
        if form.isalpha() and form != "no"
    ]
    alternatives = [_NUMBER, rf"(?P<section>{_SECTION_SIGN}{{1,2}})(?=\s?[\dA-Z(])"]
    if plain:
        words = "|".join(plain)
        alternatives.append(rf"(?<![\w.-])(?i:(?P<form>{words}))(?:\.{_AFTER_STOP}|{_AFTER_WORD})")
    if dotted:
        alternatives.append(rf"(?<![\w.])(?i:(?P<dotted>{'|'.join(dotted)}))(?!\w)\.?")
    return re.compile("|".join(alternatives))
