"""The labels of sections, subsections and list items in legal texts, and references to them."""

from __future__ import annotations

import re

#: The words before a number or letter that make it a reference.
_REFERENCE = re.compile(
    r"\b(?:(?:sub-?)?(?:section|paragraph|article|clause|item)|schedule|point|part|chapter|title"
    r"|rule|regulation|annex|appendix|sec|art|para|cl|act|law|decree|number|no"
    r"|n[°ºr]|ss?|pp?|ch|cap|reg|vol|d[ée]cret|n[uú]m|num[ée]ro"
    r"|paragraphe|alin[eé]a|al|chapitre|titre|lettre|loi|annexe"
    r"|art[ií]culo|inciso|apartado|p[aá]rrafo|numeral|literal|fracci[oó]n|letra|cap[ií]tulo|ley|decreto"
    r"|n[uú]mero)"
    r"(?:e?s)?\b\.?\s*(?P<more>(?:\(?(?:\d{1,4}[A-Za-z]?|[a-z]|[ivx]{1,5})\)?,?\s*"
    r"(?:(?:and|or|et|ou|to|[aà]|y|o)\s+)?){0,6})\Z",
    re.IGNORECASE,
)

#: Numbers that a conjunction without a comma joins to those in the next line.
_JOINED = re.compile(r"[\w)]\s+(?:and|or|et|ou|to|[aà]|y|o)\s*\Z", re.IGNORECASE)

#: How many characters before a number or letter are examined.
_CONTEXT = 40


def is_reference(before: str) -> bool:
    """Return whether words lead to a number or letter that they refer to: "under section "."""
    before = before[-_CONTEXT:]
    match = _REFERENCE.search(before)
    if not match:
        return False
    is_at_line_start = "\n" in before[len(before.rstrip()) :]
    # "Within paragraph (a), or" is followed by an item; "under section 4 or" by a reference.
    return not is_at_line_start or not match["more"].strip() or bool(_JOINED.search(before))
