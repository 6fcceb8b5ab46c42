r"""LaTeX that compiles as it is: longtable and booktabs, for pdfLaTeX, XeLaTeX and LuaLaTeX.

pdfLaTeX sets the letters of Latin scripts alone. Any other character goes through \other, which
holds it and its code point: pdfLaTeX prints the code point in brackets, XeLaTeX and LuaLaTeX the
character itself if a font at hand has it.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

from npcompare.document import Cell, Run, Tone, is_right_to_left
from npcompare.formats.plain import bracketed, pieces
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from npcompare.document import Document, Table

_PREAMBLE = r"""\documentclass[10pt]{article}
\usepackage[a4paper,landscape,margin=20mm]{geometry}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\else
  \usepackage{fontspec}
\fi
\usepackage{array,booktabs,longtable}
\usepackage[hidelinks,unicode]{hyperref}
"""

#: Characters that are not of a Latin script; only where the document has some.
_OTHER = r"""\makeatletter
\newif\ifcovered
\newcommand*{\codepoints}[1]{\@for\each:=#1\do{\codepoint{\each}}}
\ifPDFTeX
  \newcommand*{\codepoint}[1]{[U+#1]\allowbreak}
  \protected\def\other#1#2{\codepoints{#2}}
\else
  \newcommand*{\fontsathand}{}
  \newcommand*{\arabicfonts}{}
  \newcommand*{\tryfont}[3]{\IfFontExistsTF{#2}{%
    \expandafter\newfontfamily\csname\string#1#2\endcsname{#2}[#3]%
    \edef#1{#1,\string#1#2}}{}}
  \tryfont\fontsathand{FreeSerif}{}
  \tryfont\fontsathand{Noto Serif CJK SC}{}
  \tryfont\fontsathand{DejaVu Sans}{}
  \tryfont\fontsathand{Arial Unicode MS}{}
  \tryfont\arabicfonts{Amiri}{Script=Arabic}
  \tryfont\arabicfonts{Noto Naskh Arabic}{Script=Arabic}
  \tryfont\arabicfonts{FreeSerif}{Script=Arabic}
  \tryfont\arabicfonts{DejaVu Sans}{Script=Arabic}
  \tryfont\arabicfonts{Arial}{Script=Arabic}
  \newcommand*{\checkfont}[1]{\coveredtrue
    \@for\each:=#1\do{\iffontchar\font"\each\relax\else\coveredfalse\fi}}
  \newcommand*{\codepoint}[1]{\mbox{\lefttoright{[U+#1]}}\allowbreak}
  \protected\def\other#1#2{\begingroup\checkfont{#2}%
    \@for\family:=\fontsathand\do{\ifcovered\else\ifx\family\@empty\else
      \csname\family\endcsname\checkfont{#2}\fi\fi}%
    \ifcovered#1\endgroup\else\endgroup\codepoints{#2}\fi}
\fi
\ifXeTeX
  \TeXXeTstate=1
  \protected\def\righttoleft#1{\leavevmode\begingroup\let\fontsathand\arabicfonts
    \beginR#1\endR\endgroup}
  \protected\def\lefttoright#1{\beginL#1\endL}
\else\ifLuaTeX
  \protected\def\righttoleft#1{\leavevmode\begingroup\let\fontsathand\arabicfonts
    \textdir TRT #1\endgroup}
  \protected\def\lefttoright#1{{\textdir TLT #1}}
\else
  \protected\def\righttoleft#1{#1}
  \protected\def\lefttoright#1{#1}
\fi\fi
\makeatother
"""

#: Only where words are underlined or struck, since not every TeX has it.
_LINES = "\\usepackage[normalem]{ulem}\n"

#: The tick of a matrix; only where there is one.
_TICK = "\\usepackage{amssymb}\n\\newcommand*{\\tick}{\\ensuremath{\\checkmark}}\n"

_LAYOUT = r"""\newlength{\room}
\setlength{\LTcapwidth}{\linewidth}
\setlength{\LTleft}{0pt}
\setlength{\LTright}{0pt}
\setlength{\parindent}{0pt}
\setlength{\parskip}{3pt}
\setlength{\emergencystretch}{3em}
\newcolumntype{L}[1]{>{\raggedright\arraybackslash\hspace{0pt}}p{#1}}
"""

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "^": r"\textasciicircum{}",
    "_": r"\_\allowbreak{}",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "/": r"/\allowbreak{}",
    "\0": "{}",
    "\1": r"\allowbreak{}",
    "\t": " ",
    "\u00a0": "~",
    "\u00ad": r"\-",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u2713": r"\tick{}",
}

#: What pdfLaTeX sets with T1 and the symbols of textcomp, beyond ASCII.
_LATIN = frozenset(map(chr, range(0xA1, 0x17F))) | set(
    "\u0218\u0219\u021a\u021b\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2021\u2022"
    "\u2026\u2030\u2039\u203a\u20ac\u2122\u2190\u2192"
)
_LATIN -= set("\u00ad\u0126\u0127\u0138\u013f\u0140\u0149\u0166\u0167")

#: A word that is too long for any column, by the parts between which it may be broken.
_LONG_WORD = re.compile(r"[\x21-\x7e]{24}(?=[\x21-\x7e]{8})")

#: Pairs that fonts make one character of; the others hold a character that is escaped anyhow.
_LIGATURE = re.compile(r"(?<=([-,]))(?=\1)")

_WRAPS = {
    Tone.STRONG: r"\textbf",
    Tone.PROBLEM: r"\textbf",
    Tone.QUOTE: r"\textit",
    Tone.INSERTED: r"\uline",
    Tone.DELETED: r"\sout",
}

#: Characters on a line across the page, and the most lines of one row: no row breaks over pages.
_LINE, _MOST_LINES = 150, 22

#: Words and numbers of Latin letters and digits, which run from left to right in any text.
_LEFT_TO_RIGHT = re.compile(
    r"([0-9A-Za-z\u00c0-\u024f](?:[\x20-\u024f]*[0-9A-Za-z\u00c0-\u024f])?)"
)


class _Turned(Run, frozen=True):
    """A part of a run that runs from right to left, whatever the part begins with."""


def write(document: Document) -> str:
    """Return the document as a LaTeX file."""
    body = "\n".join(_body(document))
    other = _OTHER if r"\other{" in body or r"\righttoleft{" in body else ""
    lines = _LINES if r"\uline{" in body or r"\sout{" in body else ""
    tick = _TICK if r"\tick{}" in body else ""
    title = f"\\hypersetup{{pdftitle={{{_pdf_string(document.title)}}}}}\n"
    start = "\\begin{document}\n"
    return f"{_PREAMBLE}{lines}{tick}{other}{_LAYOUT}{title}{start}{body}\n\\end{{document}}\n"


def _body(document: Document) -> Iterator[str]:
    if document.number:
        yield f"{{\\large {_line(document.number)}\\par}}"
    yield f"{{\\Large\\bfseries {_line(document.title)}\\par}}"
    for table in document.tables:
        yield ""
        yield from _table(table)
    if document.provenance:
        yield f"\n\\bigskip\n{{\\footnotesize {_line(document.provenance)}\\par}}"


def _table(table: Table) -> Iterator[str]:
    gaps = 2 * (len(table.columns) - 1)
    shares = _shares(table)
    yield f"\\setlength{{\\room}}{{\\dimexpr\\linewidth-{gaps}\\tabcolsep\\relax}}"
    yield "\\begingroup\\small"
    yield "\\begin{longtable}{@{}%"
    yield from (f"  L{{{share:.4f}\\room}}%" for share in shares)
    yield "  @{}}"
    yield f"\\caption[]{{{_line(table.title)}}}\\\\"
    head = " & ".join(f"\\textbf{{{_line(column.heading)}}}" for column in table.columns)
    for end in ("\\endfirsthead", "\\endhead"):
        yield f"\\toprule\n{_row(head)}\n\\midrule\n{end}"
    yield "\\bottomrule\n\\endlastfoot"
    for number, row in enumerate(table.rows):
        if number:
            yield "\\addlinespace"
        for piece in _pieces(row, shares):
            yield _row(" & ".join(_cell(cell) for cell in piece))
    if not table.rows:
        yield f"\\multicolumn{{{len(table.columns)}}}{{@{{}}l@{{}}}}{{(none)}}\\\\"
    yield "\\end{longtable}\n\\endgroup"
    yield from (f"{_line(remark)}\\par" for remark in table.remarks)
    for letter, text in table.notes:
        yield f"{{\\small\\textsuperscript{{{_line(letter)}}} {_line(text)}\\par}}"


def _row(cells: str) -> str:
    r"""Return a line of a table; a [ or * at its start would belong to the \\ before it."""
    return f"{{}}{cells}\\\\" if cells.startswith(("[", "*")) else f"{cells}\\\\"


def _shares(table: Table) -> list[float]:
    """Return what part of the line each column gets: by the weights, or by the texts."""
    weights: list[float] = list(table.weights)
    if not weights:
        for number, column in enumerate(table.columns):
            texts = [column.heading, *(row[number].text for row in table.rows)]
            longest_word = max((len(word) for text in texts for word in text.split()), default=1)
            longest = max(len(line) for text in texts for line in text.split("\n"))
            # The root keeps a column of long texts from starving the others.
            weights.append(max(min(longest_word, 24), 8, 3 * min(longest, 600) ** 0.5))
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _pieces(row: tuple[Cell, ...], shares: list[float]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row as one or more rows that each fit a page, since longtable breaks none."""
    cut = [
        list(pieces(_turned(cell), max(int(_LINE * share), 4), _MOST_LINES, _measure))
        for cell, share in zip(row, shares, strict=True)
    ]
    yield from zip_longest(*cut, fillvalue=Cell())


def _turned(cell: Cell) -> Cell:
    """Return a cell whose runs from right to left stay so when they are cut."""
    return Cell(
        tuple(
            _Turned(run.text, run.tone, run.marks, run.language)
            if is_right_to_left(run.text)
            else run
            for run in cell.runs
        )
    )


def _measure(text: str) -> int:
    """Return about how long a text is in print, where other scripts may be code points."""
    return sum(1 if one.isascii() or one in _LATIN or one in _ESCAPES else 9 for one in text)


def _cell(cell: Cell) -> str:
    return "".join(_run(run) for run in cell.runs)


def _run(run: Run) -> str:
    """Return a run, each of its lines wrapped for itself, and its marks raised."""
    turned = isinstance(run, _Turned) or is_right_to_left(run.text)
    lines = [_styled(line, run.tone, turned=turned) for line in bracketed(run).split("\n")]
    marks = f"\\textsuperscript{{{_escape(', '.join(run.marks))}}}" if run.marks else ""
    return r"\newline ".join(lines) + marks


def _styled(line: str, tone: Tone, *, turned: bool) -> str:
    """Return a line of a run; what runs from left to right within one that does not is marked."""
    if not line.strip():
        return _escape(line)
    if turned:
        # An accent goes with its letter.
        parts = _LEFT_TO_RIGHT.split(unicodedata.normalize("NFC", visible(line)))
        within = [_styled(part, tone, turned=False) for part in parts]
        within[1::2] = [f"\\lefttoright{{{words}}}" for words in within[1::2]]
        return f"\\righttoleft{{{''.join(within)}}}"
    wrap = _WRAPS.get(tone, "")
    return f"{wrap}{{{_escape(line)}}}" if wrap else _escape(line)


def _line(text: str) -> str:
    """Return the text of a title, a note or a remark."""
    return _run(Run(visible(text).strip()))


def _escape(text: str) -> str:
    r"""Return a line with nothing in it that TeX would act on.

    Letters and their accents are made one character where there is one: pdfLaTeX knows no other.
    """
    text = unicodedata.normalize("NFC", visible(text))
    text = _LIGATURE.sub("\0", _LONG_WORD.sub("\\g<0>\1", text))
    return "".join(_escaped(text))


def _escaped(text: str) -> Iterator[str]:
    """Yield a stretch of text escaped, the characters of other scripts word by word."""
    word = ""
    for one in text:
        is_plain = one in _ESCAPES or one in _LATIN or one.isascii()
        is_wide = unicodedata.east_asian_width(one) in "WF"
        if word and (is_plain or is_wide):
            yield _other(word)
            word = ""
        if is_plain:
            yield _ESCAPES.get(one, one)
        elif is_wide:
            yield f"{_other(one)}\\allowbreak{{}}"
        else:
            word += one
    if word:
        yield _other(word)


def _other(word: str) -> str:
    return f"\\other{{{word}}}{{{','.join(f'{ord(one):04X}' for one in word)}}}"


def _pdf_string(text: str) -> str:
    """Return a text for the properties of the PDF, where no other command may stand."""
    escaped = _escape(re.sub(r"\s+", " ", text)).replace(r"\allowbreak{}", "").replace(r"\-", "")
    escaped = escaped.replace(r"\tick{}", _other("\u2713"))

    def plain(found: re.Match[str]) -> str:
        codes = "".join(f"[U+{code}]" for code in found[2].split(","))
        return f"\\ifPDFTeX {codes}\\else {found[1]}\\fi{{}}"

    return re.sub(r"\\other\{([^}]*)\}\{([^}]*)\}", plain, escaped)
