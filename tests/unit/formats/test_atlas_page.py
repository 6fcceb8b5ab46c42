"""Pages of an atlas: structure, hostile text in every field, and the script in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE
from lxml import html
from msgspec.structs import replace
from web_checks import errors, violations

from npcompare.atlas import Atlas, Entry, Facet, Kind, Pairing, Quotation
from npcompare.charts import (
    AnswerOverview,
    CellAnswer,
    KeyedName,
    Look,
    MapKey,
    Moment,
    NameList,
    Shape,
    Sign,
    Strip,
    Tile,
    TileMap,
    Timeline,
)
from npcompare.document import Cell, Column, Role, Run, Table, cell, columns
from npcompare.formats import atlas_page
from npcompare.formats.atlas_data import script_data
from npcompare.text import visible

if TYPE_CHECKING:
    from pathlib import Path

YES, NO = Cell((Run("yes"),), CellAnswer.YES), Cell((Run("no"),), CellAnswer.NO)


def entry(key: str, name: str, color: str, answers: tuple[Cell, ...], **changes: Any) -> Entry:
    """Return an entry of one color, and of a size that only some have."""
    table = Table(
        "Classes",
        columns(question="Question", cls="Class", words="Based on"),
        ((cell("Color"), cell(f"{color} thing", marks=["a"]), cell(" [1]")),),
        notes=(("a", f"A note on {name}."),),
        row_keys=("color",),
    )
    parts: dict[str, Any] = {
        "key": key,
        "name": name,
        "short_name": name.partition(" ")[0],
        "group": "Second ",
        "row": (cell("2001"), *answers),
        "kinds": {"color": {color: ("n",)}, "size": {}},
        "marks": ("r",),
        "facts": (("Text", cell("not available")),),
        "table": table,
        "citation": f"{name} (2001)",
        "sources": ("A source, para. 1",),
    }
    return Entry(**(parts | changes))


FIRST = entry(
    "first-1",
    "First thing",
    "red",
    (YES, NO),
    quotation=Quotation((("It is ", False), ("red", True), (".", False)), "en"),
    related=(("Fuller", (("third", "since 2001"),)),),
    warnings=("Beware.",),
    linked_data=({"@type": "Legislation", "name": "First"},),
)
SECOND = entry(
    "second", "Second thing", "blue", (NO, YES), kinds={"color": {"blue": ()}, "size": {"big": ()}}
)
THIRD = entry("third", "Third thing", "red", (YES, YES))
OLD = entry("old", "Old thing", "red", (YES, NO), is_counted=False)

SMALL = Atlas(
    title="Things",
    introduction=("Three things.",),
    entry_heading="Thing",
    all_heading="All things",
    each_heading="Each thing",
    list_caption="All things, with their classes",
    facets=(
        Facet(
            "color",
            "Color",
            "Which color?",
            (Kind("red", "red one", "Like blood.", ("rule-1: Why.",)), Kind("blue", "blue one")),
        ),
        Facet("size", "Size", "How big?", (Kind("big", "big one"),), is_listed=False),
    ),
    columns=(
        Column("date", "Date"),
        Column("color-red", "Color: red", Role.ANSWER, "Color", "red"),
        Column("color-blue", "Color: blue", Role.ANSWER, "Color", "blue"),
    ),
    legend=((CellAnswer.YES, "yes"), (CellAnswer.NO, "no")),
    reading="How to read.",
    entries=(FIRST, SECOND, THIRD, OLD),
    marks=(("r", "reported"), ("n", "note")),
    uncounted="1 further row is not counted.",
    pairings=(
        Pairing(
            "Color", ("{0} is redder", "the same; or not", "{1} is redder"), (0, 1, 1, 2, 0, 1)
        ),
        Pairing("Overall", ("not known",), (0, 0, 0, 0, 0, 0)),
    ),
    pairing_note="Overall takes all.",
    command="npcompare diff",
    remarks=("A remark.",),
    provenance="npcompare 1",
)


def tree(text: str) -> Any:
    return html.document_fromstring(text)


def data(page: Any) -> Any:
    """Return the data of a page."""
    return json.loads(page.get_element_by_id("_data").text)


def texts(elements: list[Any]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]


# --- Structure -----------------------------------------------------------------------------------


def test_every_number_is_the_length_of_its_list() -> None:
    page = tree(atlas_page.write(SMALL))
    details = page.xpath("//section[@id='_counts']//details")
    assert texts([each.find("summary") for each in details]) == ["red one 2", "blue one 1"]
    for box in details:
        assert int(box.find("summary/b").text) == len(box.xpath(".//li"))
    assert details[0].xpath(".//li/a/@href") == ["#first-1", "#third"]
    assert texts(details[0].xpath(".//p"))[:2] == ["Like blood.", "rule-1: Why."]


def test_part_has_text_classes_notes_and_relatives() -> None:
    page = tree(atlas_page.write(SMALL))
    part = page.get_element_by_id("first-1").getparent()
    assert part.tag == "article"
    assert texts(part.xpath("p[@class='warning']")) == ["Caveat: Beware."]
    assert texts(part.findall("blockquote")) == ["It is red."]
    assert texts(part.xpath("blockquote/mark")) == ["red"]
    assert part.find("blockquote").get("lang") == "en"
    terms = dict(zip(texts(part.xpath("dl/dt")), texts(part.xpath("dl/dd")), strict=True))
    assert terms == {
        "Color": "red thinga [1]",
        "a": "A note on First thing.",
        "Citation": "First thing (2001)",
        "Sources": "[1] A source, para. 1",
        "Text": "not available",
        "Fuller": "Third thingr (since 2001)",
    }


def test_list_has_signs_and_uncounted_rows_last() -> None:
    page = tree(atlas_page.write(SMALL))
    rows = page.xpath("//section[@id='_list']//tbody/tr")
    assert [texts(list(row)) for row in rows] == [
        ["First thingr", "2001", "✓", "–"],
        ["Second thingr", "2001", "–", "✓"],
        ["Third thingr", "2001", "✓", "✓"],
        ["1 further row is not counted."],
        ["Old thingr", "2001", "✓", "–"],
    ]


def test_page_without_scripts_names_the_command() -> None:
    page = tree(atlas_page.write(SMALL))
    assert "npcompare diff A B" in page.get_element_by_id("_compare").text_content()
    assert "hidden" in page.get_element_by_id("_filters").attrib
    assert "hidden" in page.get_element_by_id("_choice").attrib
    for link in page.xpath("//a/@href[not(starts-with(., '#?'))]"):
        page.get_element_by_id(link.removeprefix("#"))


def test_data_have_the_kinds_of_each_entry() -> None:
    content = data(tree(atlas_page.write(SMALL)))
    zero, first = content["digits"][:2]
    assert content["entries"] == [[f"{zero} "], [f"{first} {zero}"], [f"{zero} "], [f"{zero} "]]
    assert content["facets"][0] == ["color", "Color", ["red", "blue"]]


def numbers_of(content: Any, digits: tuple[int, str]) -> list[int]:
    """Return numbers from their digits, as the script reads them."""
    width, text = digits
    values = [content["digits"].index(digit) for digit in text]
    base = len(content["digits"])
    return [
        sum(value * base**power for power, value in enumerate(values[start : start + width]))
        for start in range(0, len(values), width)
    ]


class PairReader:
    """Finds the phrases on pairs of entries as the script does."""

    def __init__(self, content: Any) -> None:
        self.content = content
        self.groups = numbers_of(content, content["groups"])
        self.pairs = numbers_of(content, content["pairs"])
        self.columns = [numbers_of(content, column) for column in content["combinations"]]

    def phrases(self, first: int, second: int) -> list[str]:
        """Return the phrases on a pair of entries with their numbers."""
        left, right = sorted((first, second), key=lambda number: self.groups[number])
        row, column = self.groups[left], self.groups[right]
        size = max(self.groups) + 1
        combination = self.pairs[row * size - row * (row - 1) // 2 + column - row]
        phrases = []
        for (_, variants), numbers in zip(self.content["pairings"], self.columns, strict=True):
            fragments = variants[numbers[combination]]
            phrases.append("; ".join(self.content["fragments"][number] for number in fragments))
        return [phrase.format(left, right) for phrase in phrases]


@pytest.mark.parametrize(("size", "more"), [(2, 0), (5, 0), (9, 0), (40, 300)])
def test_data_have_the_phrases_of_every_pair(size: int, more: int) -> None:
    chance = random.Random(size)  # noqa: S311 - nothing is secret here
    phrases = ["{0} is more", "{1} is more", "the same; or {0}", "not known", "{0} and {1}"]
    phrases += [f"{{0}} is {number}" for number in range(more)]
    pairs = list(combinations(range(size), 2))
    pairings = tuple(
        Pairing(heading, tuple(phrases), tuple(chance.randrange(len(phrases)) for _ in pairs))
        for heading in ("Color", "Overall")
    )
    entries = tuple(replace(SECOND, key=f"entry-{number}") for number in range(size))
    atlas = replace(SMALL, entries=entries, pairings=pairings)
    reader = PairReader(script_data(atlas, has_parts=True))
    for place, (left, right) in enumerate(pairs):
        expected = [phrases[pairing.numbers[place]].format(left, right) for pairing in pairings]
        assert reader.phrases(left, right) == expected
        assert reader.phrases(right, left) == expected


def test_entries_that_are_alike_are_one_group() -> None:
    # The last two are alike: the first one is more than both, and they are the same.
    pairing = Pairing("Color", ("{0} is more", "the same", "{1} is more"), (0, 0, 1))
    atlas = replace(SMALL, entries=(FIRST, SECOND, THIRD), pairings=(pairing,))
    reader = PairReader(script_data(atlas, has_parts=True))
    assert reader.groups == [0, 1, 1]
    assert (reader.phrases(0, 2), reader.phrases(2, 1)) == (["0 is more"], ["the same"])
    # Here one of the last two is more than the other.
    atlas = replace(atlas, pairings=(replace(pairing, numbers=(0, 0, 2)),))
    reader = PairReader(script_data(atlas, has_parts=True))
    assert (reader.groups, reader.phrases(1, 2)) == ([0, 1, 2], ["2 is more"])


def test_pages_of_a_folder_link_to_each_other() -> None:
    pages = dict(atlas_page.write_pages(SMALL))
    assert list(pages) == ["index.html", *(f"p-{each.key}.html" for each in SMALL.entries)]
    for text in pages.values():
        for link in tree(text).xpath("//a/@href[not(starts-with(., '#'))]"):
            assert link in pages
    index = tree(pages["index.html"])
    assert not index.xpath("//article")
    assert data(index)["classes"][0] == [["Color", "red thing"]]
    part = tree(pages["p-first-1.html"])
    assert texts(part.findall(".//h1")) == ["First thingr"]
    assert not part.xpath("//script[not(@type)]")
    assert "script-src" not in part.xpath("//meta[@http-equiv]/@content")[0]


def test_table_with_a_figure_is_shown_with_it() -> None:
    heads = (Column("a", "A"), Column("b", "B", Role.ANSWER))
    signs = AnswerOverview((Sign(CellAnswer.YES, "✓", "yes", "yes"),))
    rows = ((cell("First"), YES), (cell("Total"), cell("1")))
    table = Table("Map", heads, rows, figure=signs, row_keys=("first-1", ""))
    page = tree(atlas_page.write(replace(SMALL, tables=(table, table))))
    assert len(page.xpath("//figure/svg")) == 2
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert page.xpath("//section[@id='_table0']//tbody//a/@href") == ["#first-1"]


def test_map_and_timeline_are_elements_of_the_page() -> None:
    legend = (MapKey(Look.CLASS, "R", "red"), MapKey(Look.NOT_EXAMINED, "", "not looked at"))
    tiles = (Tile("AA", "Alpha", 2, 1, (0,)), Tile("BB", "Beta", 0, 0, (1,)))
    strips = (Strip("Parts", (KeyedName("Gamma", (0,)),)),)
    world = Table(
        "Map", columns(a="A"), (), ("A notice.",), figure=TileMap(legend, tiles, strips, "")
    )
    moments = (
        Moment("First", 0, 2001, Shape.CIRCLE, "enacted", key="first-1"),
        Moment("Third", 0, 2003, Shape.SQUARE, "enacted", 2005, is_vague=True, key="third"),
    )
    shapes = ((Shape.CIRCLE, "law"), (Shape.SQUARE, "duty"))
    chart = Timeline(("red",), moments, shapes, "vague", "until", (NameList("Undated", ("X",)),))
    time = Table("Time", columns(a="A"), (), figure=chart)
    page = tree(atlas_page.write(replace(SMALL, tables=(world, time))))
    first = page.get_element_by_id("_table0")
    assert [
        (each.get("style"), each.get("title")) for each in first.xpath(".//ul[@class='map']/li")
    ] == [
        ("grid-area:2/3", "Alpha"),
        ("grid-area:1/1", None),
    ]
    assert texts(first.xpath(".//ul[@class='map']/li")) == ["AAR", "BB"]
    assert texts(first.xpath(".//ul[@class='strip']/li")) == ["R Gamma"]
    assert "A notice." in first.text_content()
    second = page.get_element_by_id("_table1")
    marks = second.xpath(".//ul[@data-list]/li")
    assert texts(marks) == ["First 2001", "Third 2003–2005"]
    assert [(each.get("class"), each.get("style")) for each in marks] == [
        ("circle", "--y:0"),
        ("square vague", "--y:2;--z:2"),
    ]
    assert second.xpath(".//ul[@data-list]/li/a/@href") == ["#first-1", "#third"]
    assert "Undated: X." in " ".join(second.text_content().split())


def test_page_loads_nothing_and_is_reproducible() -> None:
    text = atlas_page.write(SMALL)
    assert text == atlas_page.write(SMALL)
    page = tree(text)
    assert not page.xpath("//@src | //link | //img | //iframe | //object")
    assert not re.search(
        r"https?:(?!//www.w3.org/2000/svg|//schema.org)|@import|fetch\(|innerHTML", text
    )
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script = text.rpartition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy


def test_linked_data_are_json_ld() -> None:
    (json_ld,) = tree(atlas_page.write(SMALL)).xpath("//script[@type='application/ld+json']")
    assert json.loads(json_ld.text) == {
        "@context": "https://schema.org",
        "@graph": [{"@type": "Legislation", "name": "First"}],
    }


# --- Hostile text --------------------------------------------------------------------------------


def hostile(word: str) -> Atlas:
    """Return an atlas with a word in every place."""
    first = entry(
        word,
        word,
        word,
        (YES, NO),
        quotation=Quotation(((word, True), (word, False)), word, word),
        citation=word,
        sources=(word,),
        warnings=(word,),
        facts=((word, cell(word)),),
        related=((word, ((word, word),)),),
        linked_data=({"name": word},),
    )
    second = entry("other", f"{word} 2", word, (YES, NO))
    return replace(
        SMALL,
        title=word,
        linked_data=({"description": word},),
        introduction=(word,),
        entry_heading=word,
        # Landmarks of a page are told apart by their headings.
        all_heading=f"All {word}",
        each_heading=f"Each {word}",
        list_caption=word,
        facets=(
            Facet("color", word, word, (Kind(word, word, word, (word,)),)),
            Facet("size", "Size", "How big?", (Kind(word, word),), is_listed=False),
        ),
        columns=tuple(Column(word, word, each.role, each.group, word) for each in SMALL.columns),
        entries=(first, second),
        marks=((word, word),),
        tables=(Table(word, columns(a=word), ((cell(word),),), (word,), (("a", word),)),),
        uncounted=word,
        pairings=(Pairing(word, (f"{word} {{0}}",), (0,)), Pairing("Overall", (word,), (0,))),
        pairing_note=word,
        command=word,
        remarks=(word,),
        provenance=word,
    )


NASTY = [*HOSTILE, "</script><b>", '" onclick="x', "]]>", "{{ 7*7 }}", "<!--", "../../x", "a b?c#d"]


@pytest.mark.parametrize("word", NASTY)
def test_hostile_text_is_text_everywhere(word: str) -> None:
    shape = re.compile(r"<[a-zA-Z/!][a-z0-9]*")
    harmless = {*shape.findall(atlas_page.write(hostile("a\nb"))), "<span"}
    for name, text in atlas_page.write_pages(hostile(word)):
        assert re.fullmatch(r"index\.html|p-(other|x[0-9a-f]{16})\.html|p-[a-z0-9-]+\.html", name)
        assert set(shape.findall(text)) <= harmless
    text = atlas_page.write(hostile(word))
    assert set(shape.findall(text)) <= harmless
    page = tree(text)
    expected = visible(word).replace("\n", "")
    assert page.find(".//h1").text_content() == visible(word)
    assert page.xpath("//p[@class='warning']")[0].text_content() == f"Caveat: {expected}"
    assert page.xpath("//mark")[0].text_content() == expected
    assert not [each for each in page.xpath("//@*/..") if each.get("onclick")]
    content = data(page)
    assert content["entries"][0][1:] in ([word], [])
    assert content["provenance"] == visible(word)


def test_keys_that_are_no_names_get_anchors_of_their_own() -> None:
    page = tree(atlas_page.write(hostile("../../x")))
    assert data(page)["entries"][0][1] == "../../x"
    anchors = page.xpath("//article/h3/@id")
    assert re.fullmatch("x[0-9a-f]{16}", anchors[0])
    assert anchors[1:] == ["other"]


# --- In a browser --------------------------------------------------------------------------------


class Reader:
    """A page in a browser, as a reader sees it."""

    def __init__(self, browser: Any, path: Path, address: str = "") -> None:
        self.browser = browser
        self.address = path.as_uri()
        browser.get("about:blank")
        browser.get(f"{self.address}{address}")

    def all(self, selector: str) -> list[Any]:
        """Return all elements that match a selector."""
        return list(self.browser.find_elements("css selector", selector))

    def one(self, selector: str) -> Any:
        """Return the first element that matches a selector."""
        return self.all(selector)[0]

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the visible elements that match a selector."""
        return [element.text for element in self.all(selector) if element.is_displayed()]

    def choose(self, name: str, value: str) -> None:
        """Choose an option of a filter."""
        self.one(f"[name={name}] option[value='{value}']").click()

    @property
    def names(self) -> list[str]:
        """The names of the rows shown."""
        return self.texts("#_list [data-list] th a")

    @property
    def hash(self) -> str:
        """The part of the address after the name of the page."""
        return str(self.browser.current_url).removeprefix(self.address)


@pytest.fixture(params=[1280, 400])
def width(request: pytest.FixtureRequest, browser: Any) -> int:
    """Give the window a width."""
    browser.set_window_size(request.param, 1000)
    return int(request.param)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write the small page."""
    path = tmp_path / "atlas.html"
    path.write_text(atlas_page.write(SMALL), encoding="utf-8")
    return path


def test_filters_are_kept_in_the_address(browser: Any, path: Path, width: int) -> None:
    del width
    reader = Reader(browser, path)
    assert reader.names == ["First thing", "Second thing", "Third thing"]
    reader.choose("color", "red")
    assert (reader.names, reader.hash) == (["First thing", "Third thing"], "#?color=red")
    assert reader.one("[data-status]").text == "2 of 3 shown (Color: red one)."
    reader.one("[name=q]").send_keys("beware")
    assert (reader.names, reader.hash) == (["First thing"], "#?color=red&q=beware")
    counts = [each.get_property("textContent") for each in reader.all("[data-count]")]
    assert counts == ["1", "0"]
    assert reader.texts("article h3") == ["First thingr"]
    # The address leads to the same page, and back leads to the page before.
    reloaded = Reader(browser, path, reader.hash)
    assert reloaded.names == ["First thing"]
    assert reloaded.one("[name=q]").get_property("value") == "beware"
    reader = Reader(browser, path)
    reader.choose("size", "big")
    reader.choose("color", "blue")
    browser.back()
    assert (reader.hash, reader.names) == ("#?size=big", ["Second thing"])
    browser.back()
    assert (reader.hash, len(reader.names)) == ("", 3)


def test_all_is_shown_again(browser: Any, path: Path) -> None:
    reader = Reader(browser, path, "#?color=blue&compare=first-1,third")
    reader.one("[type=reset]").click()
    assert (len(reader.names), reader.hash) == (3, "#?compare=first-1,third")
    reader.one("[name=all]").click()
    assert reader.names[3:] == ["Old thing"]
    assert reader.one("[data-status]").text == "4 of 4 shown."


def test_links_lead_to_parts_and_keep_filters(browser: Any, path: Path, width: int) -> None:
    del width
    reader = Reader(browser, path, "#?color=red")
    reader.one("#_list [data-list] tr:nth-child(3) a").click()
    assert reader.hash == "#?color=red&at=third"
    assert browser.switch_to.active_element.get_attribute("id") == "third"
    assert len(reader.names) == 2
    browser.back()
    assert reader.hash == "#?color=red"
    # A link to what is not shown shows it.
    filtered = Reader(browser, path, "#?color=blue&at=first-1")
    assert filtered.texts("article h3") == ["First thingr", "Second thingr"]


def test_number_opens_its_list(browser: Any, path: Path, width: int) -> None:
    del width
    reader = Reader(browser, path)
    reader.one("#_counts summary").click()
    assert reader.texts("#_counts li a") == ["First", "Third"]
    reader.one("#_counts details .show a").click()
    assert (reader.names, reader.hash) == (["First thing", "Third thing"], "#?color=red")


def test_two_or_three_are_compared(browser: Any, path: Path, width: int) -> None:
    reader = Reader(browser, path)
    for place, key in enumerate(("second", "first-1")):
        reader.all("#_choice select")[place].find_element("css selector", f"[value={key}]").click()
    assert reader.hash == "#?compare=second,first-1"
    heads = reader.texts("[data-comparison] thead th")
    assert heads == ["Question", "Second thingr", "First thingr", "Compared"]
    rows = {
        row.find_element("css selector", "th").text: row
        for row in reader.all("[data-comparison] tbody tr")
    }
    # The pair of the first and the second entry has the phrase of the earlier one.
    assert rows["Color"].text.endswith("First is redder")
    assert rows["Text"].text == "Text not available\nIt is red."
    assert rows["Overall"].text.split() == ["Overall", "not", "known"]
    reader = Reader(browser, path, "#?compare=third,second,first-1")
    cells = reader.all("[data-comparison] tbody tr:nth-child(3) td:last-child div")
    assert [each.text for each in cells] == [
        "Third and Second: Third is redder",
        "Third and First: the same; or not",
        "Second and First: First is redder",
    ]
    page_width = browser.execute_script("return document.documentElement.scrollWidth")
    assert page_width <= width


def test_pairs_are_compared_in_a_folder(browser: Any, tmp_path: Path) -> None:
    for name, text in atlas_page.write_pages(SMALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    reader = Reader(browser, tmp_path / "index.html", "#?compare=first-1,second")
    rows = [row.text for row in reader.all("[data-comparison] tbody tr")]
    assert " ".join(rows[1].split()) == "Color red thing blue thing First is redder"
    reader.one("#_list a").click()
    assert browser.current_url.endswith("/p-first-1.html")
    reader.one("nav a").click()
    assert browser.current_url.endswith("/index.html")


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_shown_can_be_downloaded(browser: Any, path: Path, number: int) -> None:
    Reader(browser, path, "#?size=big")
    script = f"""
const done = arguments[0];
URL.createObjectURL = (blob) => {{ blob.text().then(done); return "#"; }};
document.querySelectorAll("#_list button")[{number}].click();
"""
    text = browser.execute_async_script(script)
    row = {
        "id": "second",
        "name": "Second thing",
        "marks": "r",
        "date": "2001",
        "color": "blue thing [1]",
        "color_marks": "a",
        "size": "big",
    }
    if number == 1:
        expected = {"title": "Things", "table": "all that are shown", "provenance": "npcompare 1"}
        assert json.loads(text) == expected | {"rows": [row]}
    else:
        lines = [",".join(f'"{word}"' for word in words) for words in (row, row.values())]
        assert text.lstrip("\ufeff").split("\r\n") == [*lines, ""]


def test_hostile_text_does_not_run(browser: Any, tmp_path: Path) -> None:
    browser.get_log("browser")
    path = tmp_path / "hostile.html"
    for word in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a b?c#d&e=f"):
        path.write_text(atlas_page.write(hostile(word)), encoding="utf-8")
        reader = Reader(browser, path)
        for place in (0, 1):
            reader.all("#_choice select")[place].find_elements("css selector", "option")[
                place + 1
            ].click()
        assert word in reader.texts("[data-comparison] thead th")[1]
        reader.one("[name=color]").find_elements("css selector", "option")[1].click()
        assert len(reader.names) == 2
        reloaded = Reader(browser, path, reader.hash)
        assert len(reloaded.texts("[data-comparison] thead th")) == 4
        assert not reloaded.all("img, b:not([data-count], #_list b)")
    assert browser.get_log("browser") == []


@pytest.mark.browser
def test_pages_pass_the_checkers(browser: Any, tmp_path: Path) -> None:
    paths = []
    samples = {"small": SMALL, "hostile": hostile("<script>alert(1)</script>")}
    for name, sample in samples.items():
        for file, text in [
            (f"{name}.html", atlas_page.write(sample)),
            *atlas_page.write_pages(sample),
        ]:
            paths.append(tmp_path / f"{name}-{file}")
            paths[-1].write_text(text, encoding="utf-8")
    assert [each for path in paths for each in violations(browser, path)] == []
    assert errors(paths) == []
