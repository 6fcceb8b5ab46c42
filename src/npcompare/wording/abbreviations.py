"""Abbreviations whose full stop need not end a sentence."""

from __future__ import annotations

import re

#: Abbreviations before a number or letter: "s. 4", "para. (b)".
_BEFORE_NUMBER = (
    r"nos?|nrs?|nros?|n[uú]ms?|arts?|secs?|sects?|ss?|subs|subsecs?|paras?|pars?|p[aá]rrs?|cls?|schs?"
    r"|scheds?|regs?|rr?|chs?|chaps?|caps?|pts?|pp?|vols?|figs?|als?|incs?|l|c|d"
)

#: Abbreviations before a word, or before anything: "e.g. theft", "Fla. Stat. § 5".
_BEFORE_WORD = (
    r"cf|viz|vs|v|e\.\s?g|i\.\s?e|p\.\s?ex|c\.-à-d|approx|mr|mrs|ms|messrs|dra?|sras?|sr(?:es)?|lic|hon"
    r"|(?-i:MM|Stat|Ann|Rev|Crim|Proc|Const|Gov|Ala|Ariz|Cal|Colo|Conn|Fla|Kan|Mass|Mich|Minn|Mont"
    r"|Neb|Nev|Okla|Tenn|Tex|Wash|Wis|Wyo)"
)

#: Abbreviations that may end a sentence: where a capital follows, they do.
_AT_END = r"etc|inc|ltd|co|corp|jr|a\.\s?m|p\.\s?m|ibid|al"

_NUMBER = re.compile(
    r"\s?(?:[\d§(]|[IVXLCDM]+(?!\w)|[A-Za-z][\d-]|[A-Za-z]\)?(?:[\s,;.)]|\Z)|[LRD]\.)"
)
_ABBREVIATION = re.compile(
    rf"(?<!\w)(?:(?P<number>{_BEFORE_NUMBER})|(?P<word>{_BEFORE_WORD})|(?P<end>{_AT_END}))\Z",
    re.IGNORECASE,
)

#: The initial of a name, or an abbreviation of several initials: "J. Doe", "U.S.C.".
_INITIALS = re.compile(r"(?<!\w)(?P<initials>(?:[^\W\d_]\.\s?)*[A-Z])\Z")

#: A word before a letter that makes it the name of a part: "Schedule A."
_PART = re.compile(
    r"\b(?:schedule|annex|appendix|part|class|category|table|form|section|group|title|list|annexe"
    r"|partie|titre|anexo|parte|t[ií]tulo|lista)\s\Z",
    re.IGNORECASE,
)

#: The most characters of an abbreviation.
_LONGEST, _CONTEXT = 10, 24


def is_abbreviation(word: str) -> bool:
    """Return whether the full stop at the end of a word need not end a sentence: "Art.", "s."."""
    stem = word.removesuffix(".")
    return stem != word and bool(_ABBREVIATION.search(stem) or _INITIALS.search(stem))


def ends_sentence(text: str, stop: int) -> bool:
    """Return whether the full stop at a place is the end of a sentence."""
    following = text[stop + 1 : stop + 8]
    match = _ABBREVIATION.search(text, max(stop - _LONGEST, 0), stop)
    if match:
        if match["number"]:
            return not _NUMBER.match(following)
        return bool(match["end"]) and following.lstrip()[:1].isupper()
    initials = _INITIALS.search(text, max(stop - _LONGEST, 0), stop)
    if not initials:
        return True
    before = text[max(stop - _CONTEXT, 0) : initials.start()]
    return len(initials["initials"]) == 1 and (
        bool(_PART.search(before)) or "\n" in following[:2].strip(" ")
    )
