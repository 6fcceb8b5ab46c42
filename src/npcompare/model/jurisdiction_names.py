"""The names of States and organizations as English sentences need them."""

from __future__ import annotations

import re

#: How the names of jurisdictions begin that take "the" in a sentence.
_TAKES_ARTICLE = (
    r"(?:Association|Bahamas|Central African|Commonwealth|Comoros|Conference|Congo|Council|Czech"
    r"|Democratic|Dominican Republic|Economic Community|European|Federated|Gambia|Holy See"
    r"|Inter-American|Islamic Republic|Lao|League|Maldives|Marshall|Netherlands|Niger|Office"
    r"|Organization|Philippines|Republic|Russian|Solomon|Sudan|Syrian|United|Working)\b"
    r"|African Union|African Commission"
)


def in_sentence(name: str) -> str:
    """Return the name of a jurisdiction, or a label that begins with it, with "the" if needed."""
    return f"the {name}" if re.match(_TAKES_ARTICLE, name) else name
