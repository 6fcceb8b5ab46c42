"""Words that are hard to typeset, documents of them, and how LaTeX is compiled."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pypdf
import pytest
from builders import HOSTILE
from conftest import needed

from npcompare.document import Cell, Document, Run, Table, Tone, cell, columns

if TYPE_CHECKING:
    from pathlib import Path

#: The files that an engine needs; an engine without them is not tested.
PACKAGES = ["amssymb.sty", "ulem.sty", "longtable.sty", "booktabs.sty", "iftex.sty", "hyperref.sty"]
FONTS = {
    "pdflatex": ["ecrm1000.tfm", "tctt1000.tfm"],
    "xelatex": ["fontspec.sty", "lmroman10-regular.otf", "pzdr.tfm"],
    "lualatex": ["fontspec.sty", "lmroman10-regular.otf"],
}

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
    )
    return Document("Laws & bills", (table,), {}, table, "npcompare 0", "Annex II")


def check(engine: str) -> None:
    """Skip the test if an engine, or a file that it needs, is missing."""
    needed(engine)
    for name in [*PACKAGES, *FONTS[engine]]:
        find = [needed("kpsewhich"), name]
        if subprocess.run(find, capture_output=True, check=False).returncode:
            pytest.skip(f"{engine} lacks {name}: `make programs` installs it")


#: A spacing accent, which NFKC makes a space and a combining mark, before its letter.
_ACCENT_AND_LETTER = re.compile("[ ]([\u0300-\u036f])([^\\W\\d_])")


def compiled(engine: str, text: str, folder: Path) -> str:
    """Return the text of the PDF that an engine makes, without spaces."""
    check(engine)
    (folder / "annex.tex").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [needed(engine), "-interaction=nonstopmode", "-halt-on-error", "annex.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    assert "Missing character" not in (folder / "annex.log").read_text(errors="replace")
    pages = (page.extract_text() for page in pypdf.PdfReader(folder / "annex.pdf").pages)
    return solid("".join(pages))


def solid(text: str) -> str:
    """Return a text without white space, hyphens and ligatures: TeX may break any word.

    pdfLaTeX sets letters that its encoding lacks, such as "ā", as an accent and a letter, and the
    accent comes first in the text of the PDF.
    """
    composed = _ACCENT_AND_LETTER.sub(r"\2\1", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", composed))
