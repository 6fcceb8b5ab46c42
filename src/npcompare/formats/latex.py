r"""LaTeX that compiles as it is, with longtable and booktabs: use XeLaTeX or LuaLaTeX.

pdfLaTeX will do for texts in Latin scripts. A word in any other script is an argument of \other,
together with its code points: XeLaTeX and LuaLaTeX print the word in a font that has it, pdfLaTeX
prints the code points in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import repeat, zip_longest
from typing import TYPE_CHECKING

from npcompare.document import Cell, Run, Tone
from npcompare.formats.column_widths import column_shares
from npcompare.formats.headings import heading_rows, is_upright, label, spanners
from npcompare.formats.language_scripts import NEVER_FIRST, NEVER_LAST, is_left_to_right
from npcompare.formats.latex_language import (
    captions,
    head_style,
    is_quotation,
    is_turned,
    line_runs,
    loaded,
    mirrored,
    turned_parts,
)
from npcompare.formats.plain import pieces
from npcompare.formats.resources import read_resource
from npcompare.messages import ENGLISH_TAG, current, message
from npcompare.text import JOINER, is_right_to_left, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from npcompare.document import Column, Document, Table

#: Loaded only if words are underlined or struck out, since not every TeX has it.
_ULEM = "\\usepackage[normalem]{ulem}\n"

#: Loaded only if headings run upwards.
_GRAPHICX = "\\usepackage{graphicx}\n"

#: Loaded only if there are figures.
_TIKZ = "\\usepackage{tikz}\n\\usetikzlibrary{svg.path}\n"

#: Loaded only if there is a tick.
_TICK = "\\usepackage{amssymb}\n\\newcommand*{\\tick}{\\ensuremath{\\checkmark}}\n"

#: The characters that TeX would act on or join to others, as they are written in the file.
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
    JOINER: r"\nobreak{}",
    "\u2713": r"\tick{}",
}

#: The characters beyond ASCII that pdfLaTeX has in the encoding T1 and in textcomp.
_LATIN = frozenset(map(chr, range(0xA1, 0x17F))) | set(
    "\u0218\u0219\u021a\u021b\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2021\u2022"
    "\u2026\u2030\u2039\u203a\u20ac\u2122\u2190\u2192"
)
_LATIN -= set("\u00ad\u0126\u0127\u0138\u013f\u0140\u0149\u0166\u0167")

#: A part of a word that is too long for any column; the word may be broken after it.
_LONG_WORD = re.compile(r"[\x21-\x7e]{24}(?=[\x21-\x7e]{8})")

#: Between two characters that a font would join; all other such pairs are escaped already.
_LIGATURE = re.compile(r"(?<=([-,]))(?=\1)")

_WRAPS = {
    Tone.STRONG: r"\textbf",
    Tone.PROBLEM: r"\textbf",
    Tone.INSERTED: r"\uline",
    Tone.DELETED: r"\sout",
    Tone.ASIDE: r"\aside",
}

#: The areas for a picture below its caption, on a page and on an upright one, in points.
_AREA, _UPRIGHT_AREA = (728, 400), (481, 640)

#: How many characters a line across the page has.
_LINE = 155

#: Between the marks of a sign, where a line may end.
_MARK_SPACE = r"\hspace{0.15em}"

#: The characters before which a script without spaces has no end of a line.
_NEVER_SECOND = NEVER_FIRST | {JOINER}

#: The most lines of a row, which is never broken.
_MAX_LINES = 26


class _RightToLeft(Run, frozen=True):
    """A part of a run that runs from right to left even if its first letter does not."""


def write(document: Document) -> str:
    """Return the document as a LaTeX file."""
    body = "\n".join(_body(document))
    words = captions(document, _escape)
    parts = [read_resource("tex/preamble.tex"), loaded(document)]
    if r"\uline{" in body or r"\sout{" in body:
        parts.append(_ULEM)
    if r"\rotatebox{" in body:
        parts.append(_GRAPHICX)
    if r"\begin{tikzpicture}" in body:
        parts.append(_TIKZ)
    if r"\tick{}" in body:
        parts.append(_TICK)
    if any(command in body + words for command in (r"\other{", r"\righttoleft{")):
        parts.append(read_resource("tex/scripts.tex"))
    parts += [
        read_resource("tex/layout.tex"),
        read_resource("tex/mirrored.tex") if is_turned() else "",
        words,
        f"\\hypersetup{{pdftitle={{{_pdf_string(document.title)}}}}}\n",
        f"\\begin{{document}}\n{body}\n\\end{{document}}\n",
    ]
    return "".join(parts)


def _body(document: Document) -> Iterator[str]:
    heading = [f"{{\\Large\\bfseries {_line(document.title)}\\par}}"]
    if document.number:
        heading.insert(0, f"{{\\large {_line(document.number)}\\par}}")
    for number, table in enumerate(document.tables):
        yield from _figures(document, number, heading)
        yield from _table(mirrored(table))
        heading = []
    yield from heading
    if document.imprint:
        yield f"\n\\bigskip\n{{\\footnotesize {_line(document.imprint)}\\par}}"


def _figures(document: Document, number: int, heading: Sequence[str]) -> Iterator[str]:
    """Yield what is above a table: the heading of the document, and the figures of the table."""
    pictures = []
    if document.tables[number].figure is not None:
        from npcompare.formats.figures import selection
        from npcompare.formats.figures.placing import part_title, placing
        from npcompare.formats.tikz import tikz

        pictures = selection.pages(document, number)
        is_upright, scale = placing(pictures, _AREA, _UPRIGHT_AREA)
    if pictures and is_upright:
        yield "\\uprightpages"
    yield from (*heading, "")
    for picture in pictures:
        caption = _line(part_title(document, number, picture))
        yield f"\\begin{{picturepart}}{{{caption}}}"
        yield tikz(picture.svg, scale, _line)
        yield "\\end{picturepart}"
    if pictures and is_upright:
        yield "\\widepages"


def _table(table: Table) -> Iterator[str]:
    shares = _shares(table)
    yield "\\begingroup\\footnotesize"
    yield "\\begin{longtable}{@{}%"
    yield from _column_types(table, shares)
    yield "  @{}}"
    yield f"\\caption[]{{{_line(table.title)}}}\\\\"
    if table.headnote:
        yield f"{_across(table)}{{{_line(table.headnote)}}}\\\\"
    head = _head(table)
    for end in ("\\endfirsthead", "\\endhead"):
        yield f"\\toprule\n{head}\n\\midrule\n{end}"
    yield "\\bottomrule\n\\endlastfoot"
    yield from _rows(table, shares)
    if not table.rows:
        none = _line(message("(none)"))
        yield f"\\multicolumn{{{len(table.columns)}}}{{@{{}}l@{{}}}}{{{none}}}\\\\"
    yield "\\end{longtable}\n\\endgroup"
    yield from (f"\\remark{{{_line(remark)}}}" for remark in table.remarks)
    for letter, text in table.notes:
        yield f"\\lettered{{{_line(letter)}}}{{{_line(text)}}}"


def _column_types(table: Table, shares: Sequence[float]) -> Iterator[str]:
    """Yield the type of each column; signs are centred below their headings."""
    for column, share in zip(table.columns, shares, strict=True):
        yield f"  {'C' if is_upright(table, column) else 'L'}{{{share:.4f}}}%"


def _rows(table: Table, shares: list[float]) -> Iterator[str]:
    """Yield the rows; the head of a group of rows is as wide as the table."""
    heads = heading_rows(table)
    for number, row in enumerate(table.rows):
        if number:
            yield "\\addlinespace"
        if number in table.group_rows:
            for (head,) in _pieces(row[-1:] if is_turned() else row[:1], [1]):
                yield f"{_across(table)}{{{_cell(head)}}}\\\\*"
            continue
        # A star keeps the page from ending below a row that heads others.
        star = "*" * (number in heads)
        for piece in _pieces(row, shares):
            yield _row(" & ".join(_cell(cell) for cell in piece)) + star


def _across(table: Table) -> str:
    """Return the beginning of a cell that is as wide as the table, with as many lines as it needs.

    TeX cannot measure a line of some thousand letters.
    """
    side = ">{\\raggedleft\\arraybackslash}" if is_turned() else ""
    return f"\\multicolumn{{{len(table.columns)}}}{{@{{}}{side}p{{\\linewidth}}@{{}}}}"


def _head(table: Table) -> str:
    """Return the row of headings, below a row of the headings that columns share."""
    spans = spanners(table)
    headings = [column.heading if not spans else label(column) for column in table.columns]
    row = _row(" & ".join(map(_heading, repeat(table), table.columns, headings)))
    return f"{_spans(spans)}{row}" if spans else row


def _heading(table: Table, column: Column, heading: str) -> str:
    """Return a heading; over the narrow columns of an overview it runs upwards."""
    words = f"{head_style()}{{{_line(heading)}}}"
    return f"\\makebox[0pt]{{\\rotatebox{{90}}{{{words}}}}}" if is_upright(table, column) else words


def _spans(spans: Sequence[tuple[str, int]]) -> str:
    """Return a row of headings over several columns, each with a rule below it."""
    cells, rules, first = [], "", 1
    for group, size in spans:
        cells.append(f"\\multicolumn{{{size}}}{{c}}{{{head_style()}{{{_line(group)}}}}}")
        rules += f"\\cmidrule(lr){{{first}-{first + size - 1}}}" if group else ""
        first += size
    return f"{_row(' & '.join(cells))}\n{rules}\n"


def _row(cells: str) -> str:
    r"""Return a row; TeX would read a [ or * at its start, even after spaces, as part of a \\."""
    return f"{{}}{cells}\\\\" if cells.lstrip().startswith(("[", "*")) else f"{cells}\\\\"


def _shares(table: Table) -> list[float]:
    """Return the share of each column in the width."""
    widths = column_shares(table, _LINE)
    return [width / sum(widths) for width in widths]


def _pieces(row: tuple[Cell, ...], shares: Sequence[float]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row as one or more rows that each fit a page, since longtable breaks no row."""
    columns = [
        list(pieces(_with_direction(cell), max(int(_LINE * share), 4), _MAX_LINES, _measure))
        for cell, share in zip(row, shares, strict=True)
    ]
    yield from zip_longest(*columns, fillvalue=Cell())


def _with_direction(cell: Cell) -> Cell:
    """Return a cell whose runs from right to left remain so when they are cut."""
    return Cell(
        tuple(
            _RightToLeft(run.text, run.tone, run.marks, run.language)
            if is_right_to_left(run.text)
            else run
            for run in cell.runs
        )
    )


def _measure(text: str) -> int:
    """Return the approximate length of a text in print, where other scripts are code points."""
    is_english = current().language == ENGLISH_TAG
    return sum(
        1
        if character.isascii() or character in _LATIN or character in _ESCAPES
        # Only pdfLaTeX, which is for documents in English, prints code points.
        else 9
        if is_english
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _cell(cell: Cell) -> str:
    if is_turned():
        return _turned(cell.runs)
    return "".join(_run(run) for run in cell.runs)


def _run(run: Run) -> str:
    """Return a run with each of its lines in its style, and its marks in superscript."""
    is_reversed = isinstance(run, _RightToLeft) or is_right_to_left(run.text)
    lines = [
        _right_to_left(line, run.tone) if is_reversed else _styled(line, run.tone)
        for line in run.text.split("\n")
    ]
    return r"\newline ".join(lines) + _marks(run)


def _marks(run: Run) -> str:
    """Return the marks of a run; TeX breaks no line within raised text."""
    parts = filter(None, run.mark_text.split(" "))
    return _MARK_SPACE.join(f"\\textsuperscript{{{_escape(part)}}}" for part in parts)


def _turned(runs: Iterable[Run]) -> str:
    """Return the lines of a cell from right to left, and quotations that do not from the left."""
    return r"\newline ".join(
        f"\\fromleft{{}}{''.join(map(_run, line))}"
        if is_quotation(line)
        else f"\\righttoleft{{{''.join(map(_turned_run, line))}}}"
        for line in line_runs(runs)
    )


def _turned_run(run: Run) -> str:
    if run.marks:
        return f"\\lefttoright{{{_marks(run)}}}"
    is_turned_quotation = run.language and is_right_to_left(run.text)
    if is_left_to_right(run.text) or (run.language and not is_turned_quotation):
        return f"\\lefttoright{{{_styled(run.text, run.tone)}}}"
    return _parts(run.text, run.tone)


def _styled(line: str, tone: Tone) -> str:
    wrap = _WRAPS.get(tone, "") if line.strip() else ""
    return f"{wrap}{{{_escape(line)}}}" if wrap else _escape(line)


def _right_to_left(line: str, tone: Tone) -> str:
    """Return a line from right to left, with the words in it that run the other way marked."""
    if not line.strip():
        return _escape(line)
    return f"\\righttoleft{{{_parts(line, tone)}}}"


def _parts(line: str, tone: Tone) -> str:
    """Return a line in its style, with the words in it that run from left to right marked."""
    # After composition an accent is never separated from its letter.
    text = unicodedata.normalize("NFC", visible(line))
    return "".join(
        f"\\lefttoright{{{_styled(part, tone)}}}" if is_left else _styled(part, tone)
        for part, is_left in turned_parts(text)
    )


def _line(text: str) -> str:
    """Return the text of a title, a note or a remark."""
    return _cell(Cell((Run(visible(text).strip()),)))


def _escape(text: str) -> str:
    r"""Return a line with nothing in it that TeX would act on.

    Letters are composed with their accents, as pdfLaTeX knows no combining accents.
    """
    text = unicodedata.normalize("NFC", visible(text))
    text = _LIGATURE.sub("\0", _LONG_WORD.sub("\\g<0>\1", text))
    return "".join(_escaped(text))


def _escaped(text: str) -> Iterator[str]:
    r"""Yield the characters of a text escaped; those of other scripts word by word in \other."""
    word = ""
    for character, following in zip_longest(text, text[1:], fillvalue=""):
        is_plain = character in _ESCAPES or character in _LATIN or character.isascii()
        is_wide = unicodedata.east_asian_width(character) in "WF"
        if word and (is_plain or is_wide):
            yield _other(word)
            word = ""
        if is_plain:
            yield _ESCAPES.get(character, character)
        elif is_wide:
            is_end = character not in NEVER_LAST and following not in _NEVER_SECOND
            yield _other(character) + ("\\allowbreak{}" if is_end or not following else "")
        else:
            word += character
    if word:
        yield _other(word)


def _other(word: str) -> str:
    codes = ",".join(f"{ord(character):04X}" for character in word)
    return f"\\other{{{word}}}{{{codes}}}"


def _pdf_string(text: str) -> str:
    r"""Return a text for the properties of the PDF, where \other and line breaks do not work."""
    escaped = _escape(re.sub(r"\s+", " ", text)).replace(r"\allowbreak{}", "").replace(r"\-", "")
    escaped = escaped.replace(r"\tick{}", _other("\u2713"))

    def expand(match: re.Match[str]) -> str:
        codes = "".join(f"[U+{code}]" for code in match[2].split(","))
        return f"\\ifPDFTeX {codes}\\else {match[1]}\\fi{{}}"

    return re.sub(r"\\other\{([^}]*)\}\{([^}]*)\}", expand, escaped)
