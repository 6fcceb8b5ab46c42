"""The names of States and organizations as sentences need them: in English, some take "the"."""

from __future__ import annotations

import re

from npcompare.messages import ENGLISH_TAG, current

#: How the names of jurisdictions begin that take "the" in a sentence.
_TAKES_ARTICLE = (
    r"(?:Association|Bahamas|Bolivarian|Central African|Commonwealth|Comoros|Conference|Congo"
    r"|Council|Czech|Democratic|Dominican Republic|Economic Community|European|Federated|Gambia"
    r"|Holy See|Inter-American|Islamic Republic|Kingdom|Lao|League|Marshall|Netherlands"
    r"|Niger|Office|Organization|Philippines|Plurinational|Republic|Russian|State of|Sudan"
    r"|Syrian|United|Working)\b|African Union|African Commission"
)

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
    return f"the {name}" if re.match(_TAKES_ARTICLE, name) else name
