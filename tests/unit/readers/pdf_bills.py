"""Bills set by Typst in many ways, and the paragraphs that a reader of the PDF must find."""

from __future__ import annotations

import random

import typst
from msgspec import Struct

#: Words with ligatures, and words with a hyphen of their own.
WORDS = """
    victim trafficking offence affliction office efficient court person child authority shall not be
    punished prosecuted detained released effect flight difficult officer suffering act direct
    consequence under law where exploitation compelled without delay proceedings discontinued
    non-punishment self-defence re-examination administrative immigration criminal responsibility
    magistrate conviction set aside record expunged application petition before any
""".split()  # noqa: SIM905 - many words

#: The labels by depth.
LABELS = (
    lambda number: f"{number}.",
    lambda number: f"({number})",
    lambda number: f"({'abcdefgh'[number - 1]})",
    lambda number: f"({('i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii')[number - 1]})",
)


class Look(Struct, frozen=True):
    """How a bill is set."""

    columns: int
    justify: bool
    hyphenate: bool
    #: How paragraphs with a label are indented: "none", "block", or "apart" for the label.
    indent: str
    line_numbers: int
    head: bool
    footnotes: bool
    size: float

    @property
    def preamble(self) -> str:
        """The Typst code before the text."""
        head = "[Anti-Trafficking Bill 2026 #h(1fr) No. 14]" if self.head else "none"
        number = f"n => if calc.rem(n, {self.line_numbers}) == 0 [#n]"
        return f"""
            #set page(paper: "a5", columns: {self.columns}, header: {head})
            #set page(numbering: "1 / 1", margin: (x: 1.8cm, y: 2cm))
            #set text(size: {self.size}pt, lang: "en", hyphenate: {str(self.hyphenate).lower()})
            #set par(justify: {str(self.justify).lower()})
            {f"#set par.line(numbering: {number})" if self.line_numbers else ""}
        """


class Bill(Struct, frozen=True):
    """A bill as PDF, and the label and text of each paragraph."""

    look: Look
    content: bytes
    paragraphs: tuple[tuple[str, str], ...]


def make_bill(seed: int) -> Bill:
    """Return a bill of about three pages."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    look = Look(
        columns=chance.choice([1, 1, 2]),
        justify=chance.random() < 0.6,
        hyphenate=chance.random() < 0.6,
        indent=chance.choice(["none", "block", "apart"]),
        line_numbers=chance.choice([0, 0, 1, 5]),
        head=chance.random() < 0.6,
        footnotes=chance.random() < 0.4,
        size=chance.choice([9, 10, 11]),
    )
    paragraphs: list[tuple[str, str]] = []
    source = [look.preamble]
    counts = [0, 0, 0, 0]
    depth = 0
    for number in range(chance.randrange(24, 50)):
        depth = 0 if number == 0 else chance.choice([*range(min(depth + 2, 4)), min(depth, 3)])
        counts[depth] = counts[depth] + 1 if counts[depth] < 8 or depth == 0 else 1
        counts[depth + 1 :] = [0] * (3 - depth)
        if depth == 0 and chance.random() < 0.5:
            heading = f"Protection of the {chance.choice(WORDS)}"
            paragraphs.append(("", heading))
            source.append(f"#block(sticky: true)[*{heading}*]")
        label, text = LABELS[depth](counts[depth]), sentence(chance)
        paragraphs.append((label, text))
        note = ""
        if look.footnotes and chance.random() < 0.15:
            note = f"#footnote[See the {chance.choice(WORDS)} Act {number}.]"
        source.append(set_paragraph(look, depth, label, text + note))
    content = typst.compile("\n\n".join(source).encode())
    assert isinstance(content, bytes)
    return Bill(look, content, tuple(paragraphs))


def sentence(chance: random.Random) -> str:
    """Return some words, of which the first is capital and the last is followed by a sign."""
    words = chance.choices(WORDS, k=chance.choice([3, 8, 20, 40]))
    if len(words) > 10 and chance.random() < 0.5:
        words[5:6] = ["under", "subsection", "(2)", "of", "section", "4,"]
    return f"{' '.join(words).capitalize()}{chance.choice(['.', ';', '; or'])}"


def set_paragraph(look: Look, depth: int, label: str, text: str) -> str:
    """Return the Typst code of a paragraph."""
    label = label.replace("(", "\\(").replace(".", "\\.")
    if look.indent == "none":
        return f"{label} {text}"
    if look.indent == "block":
        return f"#pad(left: {depth * 1.2}em)[{label} {text}]"
    return f"#pad(left: {depth * 1.2}em, grid(columns: (2.2em, 1fr), [{label}], [{text}]))"
