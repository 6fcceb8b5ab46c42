"""Figures in LaTeX: SVG as pictures of TikZ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typeset import compiled

from npcompare.analysis.classification import classify
from npcompare.formats import latex
from npcompare.formats.figures import selection
from npcompare.formats.figures.placing import part_title, placing
from npcompare.formats.tikz import tikz
from npcompare.reports.figures import FIGURES, figure

if TYPE_CHECKING:
    from pathlib import Path

    from npcompare.document import Document
    from npcompare.law.corpus import Corpus

NAMES = ["kenya", "jamaica", "coe-26", "gambia"]


def drawn(shapes: str, scale: float = 0.5) -> list[str]:
    """Return the commands for some shapes, with the marks of an escape around each text."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" fill="#1a1a1a"><title>t</title>{shapes}</svg>'
    return tikz(svg, scale, lambda text: f"<{text}>").splitlines()


def figures(corpus: Corpus, name: str) -> Document:
    return figure(corpus, name, [classify(corpus.codebook, each) for each in corpus.select(NAMES)])


def test_shapes_become_paths() -> None:
    assert drawn(
        '<g stroke="#0b4f8a"><rect x="1" y="2" width="30" height="4" fill="#ffffff"/></g>'
        '<path d="M1 2l4 4l6 -8" fill="none" stroke="#0b4f8a" stroke-width="3"/>'
        '<circle cx="9" cy="8" r="5" stroke="#0b4f8a" stroke-dasharray="2 4"/>'
        '<line x1="1" y1="2" x2="3" y2="4" stroke="#0b4f8a"/>'
    ) == [
        r"\definecolor{c0B4F8A}{HTML}{0B4F8A}",
        r"\definecolor{c1A1A1A}{HTML}{1A1A1A}",
        r"\definecolor{cFFFFFF}{HTML}{FFFFFF}",
        r"\begin{tikzpicture}[xscale=0.5000,yscale=-0.5000]",
        r"\path[fill=cFFFFFF,draw=c0B4F8A,line width=0.50pt] (1pt,2pt) rectangle (31pt,6pt);",
        r"\path[draw=c0B4F8A,line width=1.50pt] svg {M1 2l4 4l6 -8};",
        (
            r"\path[fill=c1A1A1A,draw=c0B4F8A,line width=0.50pt,dash pattern=on 1.00pt off 2.00pt] "
            r"(9pt,8pt) circle[radius=5pt];"
        ),
        r"\path[fill=c1A1A1A,draw=c0B4F8A,line width=0.50pt] (1pt,2pt) -- (3pt,4pt);",
        r"\end{tikzpicture}",
    ]


def test_texts_become_nodes() -> None:
    _, _, *nodes, _ = drawn(
        '<text x="5" y="6" font-size="20">a &amp; b</text>'
        '<text x="5" y="6" text-anchor="middle" font-weight="bold">c</text>'
        '<text x="5" y="6" transform="rotate(-90 5 6)">d</text>'
    )
    font = r"inner sep=0pt,text=c1A1A1A,font=\fontsize{6.00}{7.20}\selectfont\sffamily"
    assert nodes == [
        (
            r"\node[anchor=base west,inner sep=0pt,text=c1A1A1A,font=\fontsize{10.00}{12.00}"
            r"\selectfont\sffamily] at (5pt,6pt) {<a & b>};"
        ),
        rf"\node[anchor=base,{font}\bfseries] at (5pt,6pt) {{<c>}};",
        rf"\node[anchor=base west,{font},rotate=90] at (5pt,6pt) {{<d>}};",
    ]


def test_pattern_is_drawn_tile_by_tile() -> None:
    commands = drawn(
        '<defs><pattern id="p" width="8" height="6"><path d="M0 0h8" stroke="#000000" fill="none"/>'
        '</pattern></defs><rect x="10" y="0" width="20" height="5" fill="url(#p)"/>'
    )
    assert commands[2:-1] == [
        r"\begin{scope}\clip (10pt,0pt) rectangle (30pt,5pt);",
        r"\foreach \x in {8,16,24}\foreach \y in {0}{%",
        r"\begin{scope}[shift={(\x pt,\y pt)}]",
        r"\path[draw=c000000,line width=0.50pt] svg {M0 0h8};",
        r"\end{scope}}\end{scope}",
    ]


@pytest.mark.parametrize("shape", ['<image href="x"/>', '<rect fill="red"/>'])
def test_unknown_shape_or_colour_is_refused(shape: str) -> None:
    with pytest.raises(ValueError, match="of a figure"):
        drawn(shape)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_can_be_drawn(name: str, corpus: Corpus) -> None:
    document = figures(corpus, name)
    pictures = [
        picture
        for number in range(len(document.tables))
        for picture in selection.pages(document, number)
    ]
    text = latex.write(document)
    assert 0 < len(pictures) == text.count("\\begin{tikzpicture}")
    assert "\\usetikzlibrary{svg.path}" in text
    assert text.index("\\begin{tikzpicture}") < text.index("\\begin{longtable}")


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_as_large_as_its_pages(name: str, corpus: Corpus) -> None:
    document = figures(corpus, name)
    text = latex.write(document)
    turns = 0
    for number in range(len(document.tables)):
        pictures = selection.pages(document, number)
        is_upright, scale = placing(pictures, (728, 400), (481, 640))
        turns += is_upright
        for picture in pictures:
            caption = part_title(document, number, picture)
            assert f"\\begin{{picturepart}}{{{caption}}}\n" in text
            assert f"{tikz(picture.svg, scale, latex._line)}\n\\end{{picturepart}}\n" in text
    assert text.count("\n\\uprightpages\n") == text.count("\n\\widepages\n") == turns


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["xelatex", "pdflatex"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_compiles(name: str, engine: str, corpus: Corpus, tmp_path: Path) -> None:
    printed = compiled(engine, latex.write(figures(corpus, name)), tmp_path)
    assert "Figure1." in printed
