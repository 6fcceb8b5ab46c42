"""The names of States and organizations as sentences need them: in English, some take "the".

In a sentence or a title a name has its article; in a list, in the heading of a column and at the
start of a row it has none.
"""

from __future__ import annotations

import re

from npcompare.messages import ENGLISH_TAG, current

#: How the short names begin that the United Nations uses with "the" in a sentence. "Solomon
#: Islands" and "Maldives" are used without it.
_STATES = (
    *("Bahamas", "Bolivarian Republic", "British Indian Ocean", "British Virgin Islands"),
    *("Cayman Islands", "Central African Republic", "Cocos", "Comoros", "Congo", "Cook Islands"),
    *("Czech Republic", "Democratic", "Dominican Republic", "Falkland Islands", "Faroe Islands"),
    *("Federated States", "French Southern Territories", "Gambia", "Holy See"),
    *("Islamic Republic", "Isle of Man", "Kingdom", "Lao", "Marshall Islands", "Netherlands"),
    *("Niger", "Northern Mariana Islands", "Philippines", "Plurinational State", "Republic"),
    *("Russian Federation", "State of", "Sudan", "Syrian Arab Republic"),
    *("Turks and Caicos Islands", "United", "Åland Islands"),
)

#: How the names of organizations begin that have it.
_ORGANIZATIONS = (
    *("African Commission", "African Union", "Association", "Central African", "Commonwealth"),
    *("Conference", "Council", "Economic Community", "European", "Inter-Agency", "Inter-American"),
    *("League", "Office", "Organization", "Special Rapporteur", "Working"),
)

_TAKE_ARTICLE = (*_STATES, *_ORGANIZATIONS)

#: How a list writes the name of a State whose full name begins with what it is.
_FULL_NAME = r"^([^(),]+) \(([^()]+ of(?: the)?)\)"


def in_sentence(name: str) -> str:
    """Return the name of a jurisdiction, or a label that begins with it, with "the" if needed.

    What lists put in brackets comes first: "the Plurinational State of Bolivia". In the sentences
    of other languages, names are as they are in lists.
    """
    if current().language != ENGLISH_TAG:
        return name
    name = re.sub(_FULL_NAME, r"\2 \1", name)
    return f"the {name}" if any(_begins(name, start) for start in _TAKE_ARTICLE) else name


def _begins(name: str, start: str) -> bool:
    """Return whether a name begins with whole words."""
    return name.startswith(start) and not name.removeprefix(start)[:1].isalnum()


def at_start(name: str) -> str:
    """Return the same for the beginning of a sentence or title: "The Gambia, article 49"."""
    words = in_sentence(name)
    return words if words == name else words[0].upper() + words[1:]
