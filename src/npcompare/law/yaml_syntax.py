"""Explain YAML syntax errors to a person who codes law."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: libyaml's message, ours, and whether the error is best shown where the value or key begins.
_EXPLANATIONS = (
    ("mapping values are not allowed", "unexpected colon followed by a space", False),
    ("found character '\\t'", "a tab is used for indentation", False),
    ("found character that cannot start any token", "a value cannot begin like this", False),
    (
        "did not find expected key",
        "the indentation changes here, or a quotation mark is missing",
        False,
    ),
    ("could not find expected ':'", "a colon is missing after a key", True),
    ("did not find expected ',' or ']'", "a list in [ ] is not closed", True),
    (
        "did not find expected ',' or '}'",
        "a mapping in { } contains an unexpected character or is not closed",
        True,
    ),
    (
        "did not find expected node content",
        "a list in [ ] or a mapping in { } is not closed",
        True,
    ),
    ("found unexpected end of stream", "a quotation mark is not closed", True),
    ("block sequence entries are not allowed", "unexpected list item (-)", False),
    ("did not find expected '-' indicator", "the indentation of a list changes here", False),
)

#: What to do if the line with the error, or the one above it, begins with the pattern.
_HINTS = (
    (
        "<{7} ",
        (
            "git left a merge conflict here: keep the right version and delete the three lines "
            "that begin with <<<<<<<, ======= and >>>>>>>"
        ),
    ),
    (r" *\t", "indent with spaces; YAML does not allow tabs"),
    (r" *-[ \t]*\t", "there is a tab after the hyphen of a list: put one space there instead"),
    (r" *(?:- )?[a-z_]+: *\t", "there is a tab after the colon: put one space there instead"),
    (
        (
            " *(?:- )?(?:[a-z_]+:|{)[^#]*"
            "(?:(?<=[:,\\[{] )[\u201c\u201d\u201e\u00ab]|[\u201c\u201d\u00bb] ?[,}\\]])"
        ),
        'put straight quotation marks (") around a quotation; YAML takes curly ones for text',
    ),
    (r" *(?:- )?[a-z_]+:[^\s/]", "put a space after the colon that ends a key"),
    (
        "",
        (
            "check this line and the one above it; text that contains a colon or a quotation mark "
            "must be in quotation marks"
        ),
    ),
)


def explain(problem: str) -> tuple[str, bool]:
    """Return what libyaml's message means, and whether to show where the value begins."""
    for message, explanation, is_at_start in _EXPLANATIONS:
        if message in problem:
            return explanation, is_at_start
    return problem, False


def hint_for(lines: Sequence[str]) -> str:
    """Return what to do about an error on the last of these lines."""
    return next(hint for pattern, hint in _HINTS if any(re.match(pattern, line) for line in lines))
