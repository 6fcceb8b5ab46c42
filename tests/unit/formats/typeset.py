"""What the tests of LaTeX and PDF share: words that are hard to typeset, and documents of them."""

from __future__ import annotations

from builders import HOSTILE

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns

#: Texts with ligatures, special characters, long words, other scripts and line breaks.
WORDS = [
    *HOSTILE,
    "-- --- << >> ?` !` `` '' ,, \"q\" fi",
    "a & b % c $ d # e _ f ^ g ~ h \\ i { } |",
    "\nfirst\n\nlast\n",
    "[x] first",
    "* first",
    " [3cm]x",
    "  *x",
    "¶ § “ ” ‘ ’ – — … · é ß ğ ș € ™",  # noqa: RUF001
    "Α.Κ. Ελλάδα",  # noqa: RUF001
    "x" * 400,
    "no_" * 90,
    "e\u0301 a\u00a0b\u202fc \ufffe",
    "لا يُعاقَب (12 bis) الضحية",
    "",
]


def document(words: list[str]) -> Document:
    """Return a document in which each of the words is in every place that is typeset."""
    table = Table(
        words[0],
        columns(one=words[0], two="Two", three="Three"),
        tuple(
            (
                cell(word, Tone.STRONG, ["a", "b"]),
                cell(word, Tone.QUOTE),
                Cell((Run(word, Tone.DELETED), Run(" "), Run(word, Tone.INSERTED, ("c",)))),
            )
            for word in words
        ),
        tuple(words),
        tuple(("a", word) for word in words),
    )
    return Document(words[0], (table,), {}, table, words[0], words[0])


def small() -> Document:
    """Return a document of one table with a mark, a redline, notes and a remark."""
    table = Table(
        "Scope",
        columns(state="State", words="Words"),
        (
            (cell("Gambia"), Cell((Run("“an act”", Tone.QUOTE), Run(" ¶57", marks=("a", "b"))))),
            (cell("[none]"), Cell((Run("shall\n", Tone.DELETED), Run("may", Tone.INSERTED)))),
        ),
        ("One remark.",),
        (("a", "Reported."), ("b", "100% doubtful.")),
        (1, 3),
    )
    return Document("Laws & bills", (table,), {}, table, "npcompare 0", "Annex II")
