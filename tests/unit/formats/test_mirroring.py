"""Figures in six languages: tags and fonts, and mirror images in Arabic."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from npcompare.document import Document, Table
from npcompare.formats.figures.canvas import FONT
from npcompare.formats.figures.mirroring import in_language

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" font-family="Arial">
<title>T</title>
<defs><pattern id="p"><path d="M1 3h2"/></pattern></defs>
<rect x="10" y="0" width="30" height="5"/>
<g class="row"><circle cx="20" cy="4" r="2"/></g>
<path d="M10 20H40M10 30V35l5 -2C1 2 3 4 5 6z"/>
<path d="M12 20l4 4l6 -8"/>
<text x="10" y="1">نص →</text>
<text x="20" y="1" text-anchor="end">بلد</text>
<text x="30" y="1" text-anchor="middle">Kenya.</text>
<text x="40" y="9" transform="rotate(-90 40 9)">عتب</text>
<g class="tile"><rect x="1" y="2" width="3" height="4"/><text x="5" y="6">KE</text></g>
</svg>"""


def drawn(language: str) -> str:
    table = Table("T", (), ())
    return in_language(SVG, Document("D", (table,), {}, table, language=language))


def elements(svg: str, tag: str) -> list[dict[str, str]]:
    root = ET.fromstring(svg)  # noqa: S314 - the SVG is our own
    found = root.iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    return [dict(each.attrib) | ({"": each.text} if each.text else {}) for each in found]


def test_english_figure_stays() -> None:
    assert drawn("en") == SVG


@pytest.mark.parametrize("language", ["fr", "es", "ru", "zh"])
def test_figure_has_its_language(language: str) -> None:
    svg = drawn(language)
    (root,) = elements(svg, "svg")
    assert root["{http://www.w3.org/XML/1998/namespace}lang"] == language
    assert elements(svg, "rect") == elements(SVG, "rect")
    own = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', " if language == "zh" else ""
    # resvg takes the first font that is installed.
    assert root["font-family"] == f"{own}{FONT}"


def test_arabic_figure_is_mirrored() -> None:
    svg = drawn("ar")
    (root,) = elements(svg, "svg")
    assert root["direction"] == "ltr"
    assert [each["x"] for each in elements(svg, "rect")] == ["60", "1"]
    assert elements(svg, "circle")[0]["cx"] == "80"
    assert [each["d"] for each in elements(svg, "path")] == [
        "M1 3h2",
        "M90 20H60M90 30V35l-5 -2C99 2 97 4 95 6z",
        "M78 20l4 4l6 -8",
    ]


def test_texts_of_arabic_figures_are_isolated() -> None:
    assert elements(drawn("ar"), "text") == [
        {"x": "90", "y": "1", "text-anchor": "end", "": "\u2067نص ←\u2069"},
        {"x": "80", "y": "1", "": "\u2067بلد\u2069"},
        {"x": "70", "y": "1", "text-anchor": "middle", "": "\u2066Kenya.\u2069"},
        {"x": "60", "y": "9", "transform": "rotate(-90 60 9)", "": "\u2067عتب\u2069"},
        {"x": "5", "y": "6", "": "\u2066KE\u2069"},
    ]


def test_mirror_of_a_mirror_is_the_figure() -> None:
    """Places are mirrored, and what is in the middle stays."""
    once = drawn("ar")
    table = Table("T", (), ())
    twice = in_language(once, Document("D", (table,), {}, table, language="ar"))
    for tag in ("rect", "circle", "path"):
        assert elements(twice, tag) == elements(SVG, tag)
    assert [each["x"] for each in elements(twice, "text")] == ["10", "20", "30", "40", "5"]
