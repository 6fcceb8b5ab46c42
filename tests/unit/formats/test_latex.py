"""LaTeX: a small document exactly, hostile text, and real annexes compiled and read back.

The engines are those of Debian: pdfLaTeX, XeLaTeX and LuaLaTeX. Tectonic is not tried, since it
fetches its packages from the network.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from builders import annex
from typeset import FONTS, WORDS, compiled, document, small, solid

from npcompare.document import Cell, Column, Document, Run, Table, Tone, cell, columns, rows
from npcompare.formats.latex import write
from npcompare.formats.resources import read_resource
from npcompare.messages import Catalogue, using
from npcompare.reports.annex_layouts import LAYOUTS
from npcompare.text import visible

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.law.corpus import Corpus


def body(text: str) -> str:
    return text.split("\\begin{document}\n")[1]


def one_cell(*runs: Run) -> str:
    table = Table("T", columns(a="A"), ((Cell(runs),),))
    text = body(write(Document("T", (table,), {}, table)))
    return text.split("\\endlastfoot\n")[1].split("\\\\\n\\end{longtable}")[0]


SMALL = r"""{\large Annex II\par}
{\Large\bfseries Laws \& bills\par}

\begingroup\footnotesize
\begin{longtable}{@{}%
  L{0.3226}%
  L{0.6774}%
  @{}}
\caption[]{Scope}\\
\toprule
\textit{State} & \textit{Words}\\
\midrule
\endfirsthead
\toprule
\textit{State} & \textit{Words}\\
\midrule
\endhead
\bottomrule
\endlastfoot
Gambia & “an act” ¶57\textsuperscript{a,\,b}\\
\addlinespace
{}[none] & \sout{shall}\newline \uline{may}\\
\end{longtable}
\endgroup
\remark{One remark.}
\lettered{a}{Reported.}
\lettered{b}{100\% doubtful.}

\bigskip
{\footnotesize npcompare 0\par}
\end{document}
"""


def test_small_document_exactly() -> None:
    text = write(small())
    assert body(text) == SMALL
    assert text.startswith("% !TeX program = xelatex\n")
    assert "\\hypersetup{pdftitle={Laws \\& bills}}" in text
    assert "\\usepackage[normalem]{ulem}" in text
    assert "\\other" not in text


def test_only_needed_packages_are_loaded() -> None:
    table = Table("T", columns(a="A"), rows([["x"]]))
    text = write(Document("T", (table,), {}, table))
    assert text.removesuffix(body(text)) == (
        f"{read_resource('tex/preamble.tex')}{read_resource('tex/layout.tex')}"
        "\\hypersetup{pdftitle={T}}\n\\begin{document}\n"
    )


@pytest.mark.parametrize(
    ("run", "needed"),
    [
        (Run("x", Tone.INSERTED), {"{ulem}"}),
        (Run("x", Tone.DELETED), {"{ulem}"}),
        (Run("\u2713"), {"{amssymb}"}),
        (Run("\u0395"), {"fontsathand"}),
    ],
)
def test_package_is_loaded_for_what_needs_it(run: Run, needed: set[str]) -> None:
    table = Table("T", columns(a="A"), ((Cell((run,)),),))
    text = write(Document("T", (table,), {}, table))
    packages = ("{ulem}", "{graphicx}", "{tikz}", "{amssymb}", "fontsathand")
    assert {package for package in packages if package in text} == needed


def test_shared_headings_have_a_rule_below_them() -> None:
    heads = (
        Column("a", "State"),
        Column("b", "Time: before", group="On", short="before"),
        Column("c", "Time: after", group="On", short="after"),
        Column("d", "Relief & more", group="Act"),
    )
    table = Table("T", heads, rows([["w", "x", "y", "z"]]))
    text = write(Document("T", (table,), {}, table))
    assert (
        text.count(
            r"""\toprule
\multicolumn{1}{c}{\textit{}} & \multicolumn{2}{c}{\textit{On}} & \multicolumn{1}{c}{\textit{Act}}\\
\cmidrule(lr){2-3}\cmidrule(lr){4-4}
\textit{State} & \textit{before} & \textit{after} & \textit{Relief \& more}\\
\midrule
"""
        )
        == 2
    )


@pytest.mark.parametrize(
    ("language", "side", "parts"),
    [
        ("en", "", ("x & y", "v & w")),
        ("ar", r">{\raggedleft\arraybackslash}", ("y & x", "w & v")),
    ],
)
def test_heads_of_groups_are_as_wide_as_the_table(
    language: str, side: str, parts: tuple[str, str]
) -> None:
    grouped = rows([("One", ""), ("x", "y"), ("Two", ""), ("v", "w")])
    table = Table("T", columns(a="A", b="B"), grouped, group_rows=(0, 2))
    with using(Catalogue(language)):
        text = body(write(Document("T", (table,), {}, table))).split("\\endlastfoot\n")[1]
    across = rf"\multicolumn{{2}}{{@{{}}{side}p{{\linewidth}}@{{}}}}"
    plain = text.replace(r"\righttoleft{\lefttoright{", "{").replace(r"\fromleft{}", "")
    plain = re.sub(r"\{(\w+)\}\}", r"\1", plain)
    assert plain.split("\\end{longtable}")[0] == (
        f"{across}{{One}}\\\\*\n\\addlinespace\n{parts[0]}\\\\\n\\addlinespace\n"
        f"{across}{{Two}}\\\\*\n\\addlinespace\n{parts[1]}\\\\\n"
    )


@pytest.mark.parametrize(
    ("language", "letter", "limit"),
    [
        # pdfLaTeX, for documents in English, prints code points; a line has 155 letters.
        ("en", "λ", 447),
        ("en", "✓", 4030),
        ("fr", "λ", 4030),
        ("fr", "被", 2015),
        ("zh", "被", 2015),
    ],
)
def test_rows_are_as_long_as_a_page(language: str, letter: str, limit: int) -> None:
    table = Table("T", columns(a="A"), ((cell(letter * 9000),),))
    with using(Catalogue(language)):
        text = body(write(Document("T", (table,), {}, table))).split("\\endlastfoot\n")[1]
    counts = [line.count(r"\tick{}" if letter == "✓" else letter) for line in text.splitlines()]
    assert limit - 26 <= max(counts) <= limit


def test_output_is_reproducible() -> None:
    assert write(document(WORDS)) == write(document(WORDS))


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("\\input{/etc}", r"\textbackslash{}input\{/\allowbreak{}etc\}"),
        ("100% & $1 #2 a_b", r"100\% \& \$1 \#2 a\_\allowbreak{}b"),
        (
            "~ ^ < > |",
            r"\textasciitilde{} \textasciicircum{} \textless{} \textgreater{} \textbar{}",
        ),
        ("--- ,, ?`", r"-{}-{}- ,{}, ?\textasciigrave{}"),
        ("''\"", r"\textquotesingle{}\textquotesingle{}\textquotedbl{}"),
        ("[x]", "{}[x]"),
        (" [x]", "{} [x]"),
        (
            "\u0644\n \n12",
            (
                "\\righttoleft{\\other{\u0644}{0644}}\\newline  \\newline "
                "\\righttoleft{\\lefttoright{12}}"
            ),
        ),
        ("\uff08", r"\other{" + "\uff08" + r"}{FF08}\allowbreak{}"),
        ("*x", "{}*x"),
        ("a\nb", r"a\newline b"),
        ("\x1b[31m", r"\textless{}U+001B\textgreater{}[31m"),
        ("a\u00a0b\tc", "a~b c"),
        ("e\u0301", "é"),
        ("第\u2060", r"\other{第}{7B2C}\nobreak{}"),
        ("被害", r"\other{被}{88AB}\allowbreak{}\other{害}{5BB3}\allowbreak{}"),
        ("Ελ x", r"\other{Ελ}{0395,03BB} x"),
        ("لا", r"\righttoleft{\other{لا}{0644,0627}}"),
        ("لا 12 bis", r"\righttoleft{\other{لا}{0644,0627} \lefttoright{12 bis}}"),
        ("لا\n12", r"\righttoleft{\other{لا}{0644,0627}}\newline \righttoleft{\lefttoright{12}}"),
        ("x" * 40, "x" * 24 + r"\allowbreak{}" + "x" * 16),
    ],
)
def test_special_characters_are_escaped(words: str, escaped: str) -> None:
    assert one_cell(Run(words)) == escaped


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("a_b/c\nd  e", r"a\_b/c d e"),
        ("a\u00adb", "ab"),
        ("x" * 40, "x" * 40),
        ("\u2713", r"\ifPDFTeX [U+2713]\else " + "\u2713" + r"\fi{}"),
        (
            "\u0391\u03b2 x",
            r"\ifPDFTeX [U+0391][U+03B2]\else " + "\u0391\u03b2" + r"\fi{} x",
        ),
    ],
)
def test_pdf_properties_have_no_line_breaks(title: str, expected: str) -> None:
    table = Table("T", columns(a="A"), ())
    text = write(Document(title, (table,), {}, table))
    assert f"\\hypersetup{{pdftitle={{{expected}}}}}\n" in text


def test_right_to_left_titles_and_pieces() -> None:
    table = Table("T", columns(a="A"), ((cell("\u0644 " + "x " * 4000),),))
    text = write(Document("\u0644 x", (table,), {}, table))
    assert r"{\Large\bfseries \righttoleft{" in text
    rows = [line for line in text.splitlines() if line.endswith("x} }\\\\") or "{x x" in line]
    assert len(rows) > 1
    assert all(line.startswith(r"\righttoleft{") for line in rows)


def test_right_to_left_lines_keep_their_tone() -> None:
    assert one_cell(Run("\u0644 ab \u0644 12", Tone.STRONG)) == (
        r"\righttoleft{\textbf{\other{" + "\u0644" + r"}{0644} }"
        r"\lefttoright{\textbf{ab}}\textbf{ \other{" + "\u0644" + r"}{0644} }"
        r"\lefttoright{\textbf{12}}}"
    )


def test_each_line_of_a_run_has_its_tone() -> None:
    assert one_cell(Run("a\n\nb", Tone.QUOTE)) == r"a\newline \newline b"
    assert one_cell(Run("a", Tone.SAME), Run("b", Tone.PROBLEM)) == r"a\textbf{b}"


COMMANDS = {
    "textbackslash": "\\",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotedbl": '"',
    "textasciigrave": "`",
    "textquotesingle": "'",
    "allowbreak": "",
    "newline": "\n",
    ",": "\u202f",
}


def printed(text: str) -> str:
    """Return what TeX prints for the text of a plain cell."""
    text = re.sub(r"\\other\{([^}]*)\}\{[0-9A-F,]*\}", r"\1", text)
    text = re.sub(r"\\(?:righttoleft|lefttoright)\{", "{", text)
    command = re.compile(r"\\([a-z]+)(?:\{\}| )|\\(,)|\\([{}$&#_%])|([{}])|(~)")

    def read(match: re.Match[str]) -> str:
        name, thin, sign, _, tie = match.groups()
        return COMMANDS[name or thin] if name or thin else sign or ("\u00a0" if tie else "")

    return command.sub(read, text)


@pytest.mark.parametrize("word", [word for word in WORDS if word])
def test_no_word_is_lost(word: str) -> None:
    assert printed(one_cell(Run(word))) == unicodedata.normalize("NFC", visible(word))


def test_long_cell_continues_in_further_rows() -> None:
    long = " ".join(f"Sentence {number} of a long law." for number in range(900))
    table = Table("T", columns(a="A", b="B"), ((cell("x"), cell(long, marks="a")),))
    text = body(write(Document("T", (table,), {}, table))).split("\\endlastfoot\n")[1]
    lines = text.split("\\end{longtable}")[0].splitlines()
    assert len(lines) > 5
    assert lines[0].startswith("x & Sentence 0 of")
    assert all(line.startswith(" & Sentence ") for line in lines[1:])
    assert lines[-1].endswith("\\textsuperscript{a}\\\\")
    joined = "".join(line.split(" & ")[1].removesuffix("\\\\") for line in lines)
    assert joined.removesuffix("\\textsuperscript{a}") == long


def test_marks_of_a_sign_may_be_on_two_lines() -> None:
    assert one_cell(Run("x", marks=("a", "b"))) == (
        r"x\textsuperscript{a,}\hspace{0.15em}\textsuperscript{b}"
    )


def test_marks_stay_with_right_to_left_words() -> None:
    assert one_cell(Run("لا", Tone.QUOTE, ("a", "b"), "ar")) == (
        r"\righttoleft{\other{لا}{0644,0627}}\textsuperscript{a,\,b}"
    )


@pytest.mark.parametrize(
    ("word", "limit"),
    [
        # 26 lines of 155 letters across the page, or fewer in a part of it.
        ("x", 4030),
        ("é", 4030),
        ("被", 447),
    ],
)
@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_row_is_longer_than_a_page(word: str, limit: int, is_narrow: bool) -> None:
    """A letter that pdfLaTeX does not know counts as nine, for its code point."""
    beside = [cell("z" * 1500)] * 3 if is_narrow else [cell("")]
    heads = columns(**{f"c{number}": "A" for number in range(1 + len(beside))})
    table = Table("T", heads, ((cell(word * 9000), *beside),))
    table_text, text = body(write(Document("T", (table,), {}, table))).split("\\endlastfoot\n")
    lines = text.split("\\end{longtable}")[0].splitlines()
    counts = [line.count("\\other" if word == "被" else word) for line in lines]
    share = float(re.findall(r"L\{([01]\.\d+)\}", table_text)[0])
    limit = int(limit * share) if is_narrow else limit
    assert sum(counts) == 9000
    assert max(counts) <= limit
    # There are not many more rows than necessary.
    assert len(counts) <= 9000 // limit * 1.5 + 1


def test_empty_table_is_marked() -> None:
    table = Table("T", columns(a="A", b="B"), ())
    text = write(Document("T", (table,), {}, table))
    assert "\\multicolumn{2}{@{}l@{}}{(none)}\\\\" in text


def test_columns_fit_their_texts() -> None:
    table = Table("T", columns(a="A", b="B"), rows([["x", "many words " * 20]]))
    text = write(Document("T", (table,), {}, table))
    first, second = map(float, re.findall(r"L\{([01]\.\d+)\}", text))
    assert first < 0.25
    assert first + second == pytest.approx(1, abs=0.001)


@pytest.mark.tex
@pytest.mark.parametrize("engine", list(FONTS))
def test_it_compiles(engine: str, tmp_path: Path) -> None:
    hostile = document(WORDS)
    tables = (*hostile.tables, *small().tables, Table("[x]", columns(a="A"), ()))
    text = write(Document(hostile.title, tables, {}, tables[0], hostile.provenance, "Annex"))
    assert r"\input{/etc/passwd}" in compiled(engine, text, tmp_path)


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_real_annexes_compile_with_every_word(
    layout: str, engine: str, corpus: Corpus, tmp_path: Path
) -> None:
    few = layout in ("side-by-side", "redline", "align")
    ids = [provision.id for provision in corpus.all_provisions()]
    names = ["kenya", "jamaica", "coe-26", "gambia"] if few else ids
    document_ = annex(corpus, names, layout=layout, number="Annex II")
    printed = compiled(engine, write(document_), tmp_path)
    cells = [cell_.text for table in document_.tables for row in table.rows for cell_ in row]
    # The mark of a note is printed between a name and the semicolon after it.
    words = {word for text in cells for word in re.split(r"[\s;✓]+", text)} - {""}
    if engine == "pdflatex":
        words = {with_code_points(word) for word in words}
    assert len(words) > 50
    # The other engines print code points too, but only where the machine has no font.
    missing = [word for word in sorted(words) if solid(word) not in printed]
    assert [word for word in missing if solid(with_code_points(word)) not in printed] == []
    assert all(CHINESE.search(word) for word in missing)


#: Letters of the scripts of the bundled laws that pdfLaTeX prints as code points.
OTHER = re.compile("[\u0370-\u04ff\u4e00-\u9fff]")
CHINESE = re.compile("[\u4e00-\u9fff]")


def with_code_points(word: str) -> str:
    """Return a word in which letters without a font are code points."""
    return OTHER.sub(lambda match: f"[U+{ord(match[0]):04X}]", word)


def test_tick_is_not_a_code_point() -> None:
    assert one_cell(Run("✓ yes")) == r"\tick{} yes"
    table = Table("✓", columns(a="A"), rows([["x"]]))
    text = write(Document("✓", (table,), {}, table))
    assert r"\newcommand*{\tick}" in text
    assert r"pdftitle={\ifPDFTeX [U+2713]\else ✓\fi{}}" in text
    assert r"\tick" not in write(small())


@pytest.mark.parametrize("letter", ["x", "é", "word "])
def test_long_head_of_a_group_has_lines_and_pages(letter: str) -> None:
    """TeX cannot measure a line of some thousand letters, and longtable breaks no row."""
    words = (letter * 9000).strip()
    heads = rows([(words, ""), ("Kenya", "may")])
    table = Table("Groups", columns(a="State", b="Words"), heads, group_rows=(0,))
    text = write(Document("Laws", (table,), {}, table))
    lines = [line for line in text.splitlines() if line.startswith(r"\multicolumn{2}")]
    assert len(lines) == -(-len(words) // (155 * 26))
    assert all(line.startswith(r"\multicolumn{2}{@{}p{\linewidth}@{}}{") for line in lines)
    assert sum(line.count(letter.strip()[0]) for line in lines) >= 9000
