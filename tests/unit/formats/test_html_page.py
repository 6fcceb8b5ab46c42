"""HTML pages: structure, hostile text in every field, and the script in a browser.

Real pages and hostile ones pass axe-core in a browser and the Nu HTML checker.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from builders import HOSTILE
from conftest import TESTS
from jinja2 import UndefinedError
from lxml import html
from msgspec.structs import replace
from web_checks import errors, violations

from npcompare.charts import AnswerOverview, CellAnswer, Sign
from npcompare.document import Cell, Column, Document, Role, Run, Table, Tone, cell, columns, rows
from npcompare.formats import html_page, html_parts
from npcompare.formats.resources import read_resource
from npcompare.messages import Catalogue, using
from npcompare.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

ARABIC = "لا يُعاقَب الضحية"

SMALL = Table(
    "Two laws",
    (Column("id", "Id"), Column("scope", "Scope", Role.FILTER), Column("words", "Words")),
    (
        (
            cell("kenya", Tone.STRONG),
            replace(
                cell("any offence\nadults: listed", marks=["a", "b"]),
                values=("any offence", "listed"),
            ),
            Cell((Run("as said\n“shall not”", Tone.QUOTE), Run(" article 1"))),
        ),
        (
            cell("egypt"),
            replace(cell("listed: immigration", marks=["a"]), values=("listed",)),
            Cell((Run("broader", Tone.BROADER), Run("\n"), Run(ARABIC, Tone.QUOTE, (), "ar"))),
        ),
        (
            cell("peru"),
            replace(cell("any offence"), values=("any offence",)),
            Cell((Run("a ", Tone.DELETED), Run("b", Tone.INSERTED))),
        ),
    ),
    ("A remark.",),
    (("a", "First note."), ("b", "Second note.")),
)

#: A table with enough rows for a search.
LONG = replace(SMALL, rows=(*SMALL.rows, *rows([[str(number), "", ""] for number in range(4, 10)])))


def write(document: Document) -> str:
    return "".join(html_page.write(document))


def page(*tables: Table, **changes: Any) -> Document:
    tables = tables or (SMALL,)
    parts: dict[str, Any] = {"title": "A page", "tables": tables, "data": {}, "flat": tables[0]}
    return Document(**(parts | changes))


def body(text: str) -> Any:
    return html.document_fromstring(text)


def test_page_structure() -> None:
    tree = body(write(page(number="Annex II", provenance="npcompare 1")))
    assert tree.get("lang") == "en"
    assert tree.findtext(".//title") == "Annex II: A page"
    assert [element.text_content() for element in tree.findall(".//h1")] == ["Annex II A page"]
    assert len(tree.findall(".//main")) == 1
    assert tree.find(".//footer").text_content().strip() == "npcompare 1"
    (table,) = tree.findall(".//table")
    assert table.findtext("caption") == "Two laws"
    heads = table.findall("thead/tr/th")
    assert [(head.get("scope"), head.get("data-column"), head.text) for head in heads] == [
        ("col", "id", "Id"),
        ("col", "scope", "Scope"),
        ("col", "words", "Words"),
    ]
    assert [head.get("headers") for head in heads] == [None, None, None]
    assert [element.get("style") for element in table.findall("colgroup/col")] == [
        "width: 13.33%",
        "width: 42%",
        "width: 44.67%",
    ]
    for row in table.findall("tbody/tr"):
        assert [(cell_.tag, cell_.get("scope")) for cell_ in row] == [
            ("th", "row"),
            ("td", None),
            ("td", None),
        ]
    assert [element.text for element in tree.find_class("remark")] == ["A remark."]


def test_script_has_the_words_of_the_language() -> None:
    (words,) = re.findall(r"const WORDS = (\{.*\});", write(page()))
    assert json.loads(words) == {
        "caption": "Rows side by side",
        "rows": "{shown} of {all} rows shown",
        "columns": "{shown} of {all} columns shown",
        "one": "1 row selected; select one or two more",
        "two": "2 rows side by side",
        "three": "3 rows side by side",
        "separator": "; ",
        "sentence": "{words}.",
    }


def test_page_has_its_style_and_provenance() -> None:
    text = write(page(provenance="npcompare\n1"))
    assert f"<style>\n{read_resource('page.css')}</style>" in text
    assert '<meta name="generator" content="npcompare&lt;U+000A&gt;1">' in text


def test_page_has_the_direction_of_its_language() -> None:
    for language, attributes in (("fr", {"lang": "fr"}), ("ar", {"lang": "ar", "dir": "rtl"})):
        with using(Catalogue(language)):
            assert dict(body(write(page())).attrib) == attributes


def test_heading_of_selected_rows_is_below_the_title() -> None:
    for title, tag in (("A page", "h2"), ("Two laws", "h3")):
        tree = body(write(page(replace(SMALL, title=title))))
        assert [element[0].tag for element in tree.xpath("//*[@data-picked]")] == [tag]


def test_rows_are_picked_by_the_first_line_of_their_name() -> None:
    table = Table("T", columns(a="A", b="B"), rows([[" Kenya\n(Act)", "x"], ["", "y"], ["z", ""]]))
    tree = body(write(page(table)))
    names = [
        element.getparent().text_content().strip() for element in tree.xpath("//*[@data-pick]")
    ]
    assert names == ["Kenya", "row 2", "z"]


@pytest.mark.parametrize(("number", "has_search"), [(8, False), (9, True)])
def test_table_of_nine_rows_has_a_search(number: int, has_search: bool) -> None:
    table = Table("T", columns(a="A", b="B"), rows([["x", "y"]] * number))
    assert bool(body(write(page(table))).xpath("//*[@data-search]")) == has_search


def test_runs_have_the_element_of_their_tone() -> None:
    text = write(page())
    for part in (
        "<strong>kenya</strong>",
        "<q>as said<br>“shall not”</q> article 1",
        f'broader</span><br><q lang="ar" dir="rtl" class="alone">{ARABIC}</q>',
        "<del>a</del> <ins>b</ins>",
    ):
        assert part in text


def test_blank_run_and_security_policy() -> None:
    table = Table("T", columns(a="A", b="B"), ((cell("x"), cell(" ", Tone.STRONG)),))
    text = write(Document("T", (table,), {}, table))
    assert "<strong>" not in text
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert re.sub("sha256-[^&]*", "sha256-...", policy[1]) == (
        "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; "
        "script-src &#39;sha256-...&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"
    )


def test_policy_without_a_script_allows_none() -> None:
    assert html_parts.policy("") == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
    assert html_parts.policy("x") == (
        "default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='; "
        "base-uri 'none'; form-action 'none'"
    )


def test_data_in_a_script_are_short_and_escaped() -> None:
    assert html_parts.json_for_script({"a": [1, "<&>"]}) == r'{"a":[1,"\u003c\u0026\u003e"]}'


def test_templates_leave_no_lines_and_no_gaps() -> None:
    templates = html_parts.environment()
    text = "{% if true %}\n  {% if true %}\n{{ range(2) | list }}\n  {% endif %}\n{% endif %}\n\n"
    assert templates.from_string(text).render() == "[0, 1]\n\n"
    assert templates.get_template("page.html.j2").name == "page.html.j2"
    with pytest.raises(UndefinedError):
        templates.from_string("{{ unknown }}").render()


@pytest.mark.parametrize(
    ("before", "quotation", "after", "is_block"),
    [
        ("a\n", ARABIC, "\nb", True),
        ("a", f"\n{ARABIC}\n", "b", True),
        ("a", ARABIC, "\nb", False),
        ("a\n", ARABIC, "b", False),
    ],
)
def test_quotation_alone_on_its_lines_is_a_block(
    before: str, quotation: str, after: str, is_block: bool
) -> None:
    runs = (Run(before), Run(quotation, Tone.QUOTE, (), "ar"), Run(after))
    parts = list(html_parts.cell_parts(Cell(runs)))
    assert [part["is_block"] for part in parts] == [False, is_block, False]
    assert [part["attributes"] for part in parts] == [[], [("lang", "ar"), ("dir", "rtl")], []]


def test_parts_of_a_run() -> None:
    broader = html_parts.run_parts(Run("x", Tone.BROADER, language="en"))
    assert broader["attributes"] == [("class", "broader"), ("lang", "en"), ("dir", "ltr")]
    assert html_parts.run_parts(Run(ARABIC, Tone.QUOTE))["is_block"]
    blank = html_parts.run_parts(Run("  ", marks=("a",)))
    assert (blank["before"], blank["after"], blank["joint"], blank["tag"]) == ("", "  ", "", "")
    mixed = (Run("Act"), Run(ARABIC), Run(ARABIC, Tone.BROADER), Run("Act", Tone.BROADER))
    assert [html_parts.run_parts(run, in_right_to_left=True)["is_mixed"] for run in mixed] == [
        False,
        True,
        True,
        False,
    ]
    assert not html_parts.run_parts(Run(ARABIC))["is_mixed"]
    assert html_parts.note_parts("Act", SMALL)[0]["attributes"] == []


def test_words_of_an_arabic_page_are_isolated() -> None:
    text = f"{ARABIC} <Act> s.5(b) {ARABIC}"
    assert html_parts.directed(text) == text
    with using(Catalogue("ar")):
        assert html_parts.directed(text) == (
            f'{ARABIC} &lt;<bdi dir="ltr">Act&gt; s.5(b)</bdi> {ARABIC}'
        )


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Run(" Act 5 "), '<bdi dir="ltr">Act 5</bdi>'),
        (Run("Act", Tone.BROADER), '<span class="broader" dir="ltr">Act</span>'),
        (Run(ARABIC), ARABIC),
        (Run("shall", Tone.QUOTE, (), "en"), '<q lang="en" dir="ltr" class="alone">shall</q>'),
    ],
)
def test_runs_of_an_arabic_page_have_a_direction(run: Run, expected: str) -> None:
    with using(Catalogue("ar")):
        text = write(page(Table("T", columns(a="A", b="B"), ((cell("h"), Cell((run,))),))))
    (content,) = re.findall(r'data-column="b">(.*)</td>', text)
    assert content.strip() == expected


def test_notes_of_an_arabic_page_have_a_direction() -> None:
    with using(Catalogue("ar")):
        tree = body(write(page()))
    assert [
        element.get("dir") for element in tree.xpath("//dd/bdi | //p[@class='remark']/bdi")
    ] == [
        "ltr",
        "ltr",
        "ltr",
    ]


def test_invalid_language_is_left_out() -> None:
    runs = (Run("x", language='"><b>'), Run("y", language="fr-BE"))
    text = write(page(Table("T", columns(a="A", b="B"), ((cell("h"), Cell(runs)),))))
    assert '<span dir="ltr">x</span><span lang="fr-BE" dir="ltr">y</span>' in text


def test_marks_and_notes_link_to_each_other() -> None:
    tree = body(write(page(SMALL, SMALL)))
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    links = tree.xpath("//a/@href")
    assert {link.removeprefix("#") for link in links} <= set(names)
    marks = tree.xpath("//sup/a")
    assert [element.text for element in marks] == ["a", "b", "a"] * 2
    for mark in marks:
        note = tree.get_element_by_id(mark.get("href").removeprefix("#"))
        assert note.find("dt").text_content() == mark.text
        target = note.find("dt/a").get("href").removeprefix("#")
        assert tree.get_element_by_id(target).get("href") == mark.get("href")


def test_mark_or_note_alone_is_not_a_link() -> None:
    bare = Table("T", columns(a="A"), ((cell("x", marks=["z"]),),), (), (("y", "Why."),))
    text = write(page(bare))
    assert "x<sup>z</sup>" in text
    assert "<dt>y</dt>" in text
    assert "<a " not in text


def test_single_table_has_one_title() -> None:
    assert "<h2>Two laws</h2>" not in write(page(title="Two laws"))
    assert "<h2>Two laws</h2>" in write(page())
    assert "<nav" not in write(page(SMALL, SMALL))
    assert body(write(page(SMALL, SMALL, SMALL))).xpath("//nav//a/@href") == [
        "#table-1",
        "#table-2",
        "#table-3",
    ]


def test_empty_table_is_marked() -> None:
    text = write(page(Table("T", columns(a="A", b="B"), ())))
    assert '<td colspan="2">(none)</td>' in text
    assert '<div class="controls"' not in text


def test_controls_are_hidden_and_have_the_values() -> None:
    tree = body(write(page(LONG)))
    (controls,) = tree.find_class("controls")
    assert "hidden" in controls.attrib
    assert [element.get("data-select") for element in controls.iter("select")] == ["scope"]
    assert [element.get("value") for element in controls.iter("option")] == [
        "",
        "any offence",
        "listed",
    ]
    assert controls.xpath(".//@data-show") == ["scope", "words"]
    picks = [
        element.text_content().strip() for element in controls.xpath(".//label[input/@data-pick]")
    ]
    assert picks == ["kenya", "egypt", "peru", *"456789"]


def test_short_table_has_no_search() -> None:
    (controls,) = body(write(page())).find_class("controls")
    assert list(controls.iter("select")) == []
    assert controls.xpath(".//input/@type") == ["checkbox"] * 5


def test_filter_values_are_data_not_cell_text() -> None:
    head = (Column("id", "Id"), Column("x", "X", Role.FILTER))
    cells = ((cell("x"), Cell((Run("toute infraction"),), values=("any\n offence",))),) * 9
    tree = body(write(page(Table("T", head, cells))))
    assert tree.xpath("//select[@data-select='x']/option/@value") == ["", "any offence"]
    assert tree.xpath("//td/@data-values") == ["any offence"] * 9


def test_cells_are_written_exactly() -> None:
    head = (Column("id", "Id"), Column("scope", "Scope", Role.FILTER))
    classes = Cell((Run(" a; b \n\n c"), Run("\nd", Tone.QUOTE)), values=("a", "b"))
    text = write(page(Table("T", head, ((cell(" x "), classes),))))
    assert '<th scope="row" data-column="id"> x </th>' in text
    content = "> a; b <br><br> c<br><q>d</q></td>"
    attributes = 'data-label="Scope" data-column="scope" data-values="a\nb"'
    assert f"<td {attributes}{content}" in text
    # A cell that is alone or blank is not a row heading.
    rows = ((cell("y"),),)
    start = '<td data-label="A" data-column="a">'
    assert f"{start}y</td>" in write(page(Table("T", columns(a="A"), rows)))
    blank = ((cell(" "), cell("z")),)
    assert f"{start} </td>" in write(page(Table("T", columns(a="A", b="B"), blank)))


def test_heads_above_heads_are_referred_to() -> None:
    heads = (
        Column("id", "Id"),
        Column("x", "Stage: X", Role.ANSWER, "Stage", "X"),
        Column("y", "Stage: Y", Role.ANSWER, "Stage", "Y"),
        Column("met", "Met", Role.NUMBER),
    )
    yes = Cell((Run("✓", marks=("a",)),), CellAnswer.YES, words="met")
    unnamed = (Cell(), yes, Cell(), cell("1"))
    table = Table("T", heads, ((cell("kenya"), yes, Cell(), cell("1")),))
    unheaded = body(write(page(replace(table, rows=(unnamed,)))))
    assert [place.get("headers") for place in unheaded.findall(".//tbody/tr/td")] == [
        "table-1-column-1",
        "table-1-group-2 table-1-column-2",
        "table-1-group-2 table-1-column-3",
        "table-1-column-4",
    ]
    tree = body(write(page(table)))
    top, below = tree.findall(".//thead/tr")
    assert [(head.text, head.get("rowspan"), head.get("colspan")) for head in top] == [
        ("Id", "2", None),
        ("Stage", None, "2"),
        ("Met", "2", None),
    ]
    assert [(head.text, head.get("headers")) for head in below] == [
        ("X", "table-1-group-2"),
        ("Y", "table-1-group-2"),
    ]
    ids = {element.get("id"): element.text for element in tree.iter("th")}
    assert [
        [ids[name] for name in place.get("headers").split()] for place in tree.findall(".//td")
    ] == [["kenya", "Stage", "X"], ["kenya", "Stage", "Y"], ["kenya", "Met"]]
    first = tree.find(".//td")
    assert first.get("data-label") == "Stage: X"
    assert [(part.text, part.get("aria-hidden")) for part in first] == [
        ("✓", "true"),
        ("met", None),
        ("a", None),
    ]


def test_mark_of_an_arabic_quotation_is_beside_it() -> None:
    run = Run("\n“لا يُعاقَب”", Tone.QUOTE, ("a",), "ar")
    table = Table("T", columns(a="A"), ((Cell((Run("Any victim"), run)),),), notes=(("a", "Note"),))
    assert (
        '>Any victim<br><q lang="ar" dir="rtl" class="alone">“لا يُعاقَب”<sup><a id="table-1-mark-1" '
        'href="#table-1-note-1" aria-label="note a">a</a></sup></q></td>'
    ) in write(Document("T", (table,), {}, table))


def test_title_of_the_document_is_not_repeated() -> None:
    tables = tuple(Table(title, columns(a="A"), ()) for title in ("T", "Details"))
    tree = body(write(Document("T", tables, {}, tables[0])))
    assert [head.text for head in tree.iter("h1", "h2")] == ["T", "Details"]


def hostile(word: str) -> Document:
    run = Run(word, Tone.QUOTE, (word,), word)
    table = Table(
        word,
        (Column(word, word), Column("scope", word, Role.FILTER), Column("c", word)),
        ((Cell((run,)), Cell((Run(word),), values=(word,)), Cell((run, run))),) * 2,
        (word,),
        ((word, word),),
    )
    records = [{"@type": "Legislation", "name": word}]
    return Document(word, (table,), {}, table, word, word, linked_data=records)


@pytest.mark.parametrize("word", [*HOSTILE, "</script><b>", '" onclick="x', "]]>", "{{ 7*7 }}"])
def test_hostile_text_is_text_everywhere(word: str) -> None:
    text = write(hostile(word))
    shape = re.compile(r"<[a-zA-Z/!][a-z0-9]*")
    assert set(shape.findall(text)) <= {*shape.findall(write(hostile("a\nb"))), "<span"}
    tree = body(text)
    expected = visible(word).replace("\n", "")
    assert tree.find(".//h1").text_content() == f"{visible(word)} {visible(word)}"
    (quoted, *_) = tree.xpath("//tbody/tr/th/q")
    assert "".join(quoted.xpath("text()")) == expected
    for path in ("//thead/tr/th", "//dd", "//p[@class='remark']", "//footer/p"):
        assert tree.xpath(path)[0].text_content() == expected
    assert not [name for name in tree.xpath("//@*/..") if name.get("onclick")]
    (json_ld,) = tree.xpath("//script[@type='application/ld+json']")
    assert json.loads(json_ld.text)["@graph"][0]["name"] == word
    assert not tree.xpath("//figure")


def test_page_loads_nothing() -> None:
    heads = (Column("a", "A"), Column("b", "B", Role.ANSWER))
    body_ = ((cell("x"), Cell((Run("✓"),), CellAnswer.YES)), (cell("Total"), cell("1")))
    legend = (Sign(CellAnswer.YES, "✓", "oui", "oui"),)
    answers = Table("M", heads, body_, figure=AnswerOverview(legend))
    text = write(page(SMALL, answers))
    tree = body(text)
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert not tree.xpath("//@src | //link | //img | //iframe | //object | //form")
    assert not re.search(
        r"https?:(?!//www.w3.org/2000/svg)|url\((?!#)|@import|fetch\(|innerHTML", text
    )
    assert len(tree.xpath("//figure/svg")) == 1
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script = text.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy


def test_linked_data_is_json_ld() -> None:
    assert "ld+json" not in write(page())
    laws = [{"@type": "Legislation", "name": "A & B <1>"}]
    text = write(page(linked_data=laws))
    (json_ld,) = body(text).xpath("//script[@type='application/ld+json']")
    assert json.loads(json_ld.text) == {"@context": "https://schema.org", "@graph": laws}
    assert "A \\u0026 B \\u003c1\\u003e" in json_ld.text


def test_output_is_reproducible() -> None:
    assert write(page()) == write(page())


class BrowserPage:
    """A page in a browser, as a reader sees it."""

    def __init__(self, browser: Any, path: Path, document: Document) -> None:
        file = path / "page.html"
        file.write_text(write(document), encoding="utf-8")
        self.browser = browser
        browser.get(file.as_uri())

    def all(self, selector: str) -> list[Any]:
        """Return all elements that match a selector."""
        return list(self.browser.find_elements("css selector", selector))

    def one(self, selector: str) -> Any:
        """Return the first element that matches a selector."""
        return self.all(selector)[0]

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the visible elements that match a selector."""
        return [element.text for element in self.all(selector) if element.is_displayed()]

    @property
    def rows(self) -> list[str]:
        """The headings of the visible rows."""
        return self.texts("[data-table] > .scroll tbody th")

    @property
    def status(self) -> str:
        """The status that is announced to the reader."""
        return str(self.one("[data-status]").text)


@pytest.fixture
def reader(browser: Any, tmp_path: Path) -> BrowserPage:
    return BrowserPage(browser, tmp_path, page(LONG))


def test_rows_are_filtered_by_words(reader: BrowserPage) -> None:
    assert reader.status == "9 of 9 rows shown."
    box = reader.one("[data-search]")
    box.send_keys("OFFENCE as")
    assert (reader.rows, reader.status) == (["kenya"], "1 of 9 rows shown.")
    box.clear()
    # Vowel signs are ignored.
    box.send_keys("يعاقب")
    assert reader.rows == ["egypt"]
    box.clear()
    box.send_keys("nowhere")
    assert (reader.rows, reader.status) == ([], "0 of 9 rows shown.")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("listed", ["kenya", "egypt"]),
        ("any offence", ["kenya", "peru"]),
        ("", ["kenya", "egypt", "peru", *"456789"]),
    ],
)
def test_rows_are_filtered_by_class(reader: BrowserPage, value: str, expected: list[str]) -> None:
    reader.one(f"[data-select=scope] option[value='{value}']").click()
    assert reader.rows == expected


def test_columns_are_hidden(reader: BrowserPage) -> None:
    reader.one(".controls summary").click()
    reader.one("[data-show=words]").click()
    assert reader.texts("[data-table] > .scroll thead th") == ["Id", "Scope"]
    assert reader.status == "9 of 9 rows shown; 2 of 3 columns shown."
    assert not reader.one("td[data-column=words]").is_displayed()


def test_head_above_hidden_columns_shrinks(browser: Any, tmp_path: Path) -> None:
    heads = (Column("id", "Id"), *(Column(name, name, group="Stage") for name in "xyz"))
    table = Table("T", heads, rows([["kenya", *"xyz"]]))
    reader = BrowserPage(browser, tmp_path, page(table))
    reader.one(".controls summary").click()
    for name, spans in (("x", ["2"]), ("y", ["1"]), ("z", [])):
        reader.one(f"[data-show={name}]").click()
        shown = [head for head in reader.all("[scope=colgroup]") if head.is_displayed()]
        assert [head.get_attribute("colspan") for head in shown] == spans


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_screen_shows_cards(browser: Any, tmp_path: Path, scheme: str) -> None:
    emulate = browser.execute_cdp_cmd
    size = {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    emulate("Emulation.setDeviceMetricsOverride", size)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    emulate("Emulation.setEmulatedMedia", media)
    try:
        reader = BrowserPage(browser, tmp_path, page())
        label = "return getComputedStyle(arguments[0], '::before').content"
        place = reader.one("td[data-column=scope]")
        assert browser.execute_script(label, place) == '"Scope"'
        assert place.value_of_css_property("display") == "block"
        assert (place.aria_role, place.size["width"] > 300) == ("cell", True)
        wide = "return document.documentElement.scrollWidth"
        assert browser.execute_script(wide) <= 400
        path = tmp_path / "page.html"
        path.write_text(write(page()), encoding="utf-8")
        assert violations(browser, path) == []
    finally:
        emulate("Emulation.clearDeviceMetricsOverride", {})
        emulate("Emulation.setEmulatedMedia", {"features": []})


def test_narrow_screen_breaks_addresses(browser: Any, tmp_path: Path) -> None:
    emulate = browser.execute_cdp_cmd
    size = {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    emulate("Emulation.setDeviceMetricsOverride", size)
    try:
        address = f"https://example.org/{'long-address-' * 9}"
        group = (cell("States", Tone.STRONG), cell(""))
        table = Table(
            *("T", columns(a="A", b="B"), (group, *rows([["x", "y"]]))),
            *((f"[1] {address}.",), (("a", address),)),
            headnote=address,
            group_rows=(0,),
        )
        reader = BrowserPage(browser, tmp_path, page(table))
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 400
        card = reader.one("tr.group").value_of_css_property("border-top-width")
        assert card == "0px"
    finally:
        emulate("Emulation.clearDeviceMetricsOverride", {})


def test_rows_are_compared_side_by_side(reader: BrowserPage) -> None:
    reader.all(".controls summary")[1].click()
    first, second, third = reader.all("[data-pick]")[:3]
    first.click()
    assert not reader.one("[data-picked]").is_displayed()
    third.click()
    assert reader.texts("[data-result] thead th") == ["Id", "kenya", "peru"]
    assert reader.texts("[data-result] tbody th") == ["Scope", "Words"]
    assert len(reader.all("[data-result] tbody tr:first-child td")) == 2
    assert reader.status == "9 of 9 rows shown; 2 rows side by side."
    names = "return [...document.querySelectorAll('[id]')].map((one) => one.id)"
    ids = reader.browser.execute_script(names)
    assert len(ids) == len(set(ids))
    second.click()
    assert reader.texts("[data-result] thead th") == ["Id", "kenya", "egypt", "peru"]
    reader.one("[data-clear]").click()
    assert not reader.one("[data-picked]").is_displayed()
    assert not any(box.is_selected() for box in reader.all("[data-pick]"))


def test_at_most_three_rows_are_compared(browser: Any, tmp_path: Path) -> None:
    many = Table("T", columns(a="A", b="B"), rows([[str(one), "x"] for one in range(4)]))
    reader = BrowserPage(browser, tmp_path, page(many))
    reader.all(".controls summary")[1].click()
    for box in reader.all("[data-pick]")[:3]:
        box.click()
    assert [box.is_enabled() for box in reader.all("[data-pick]")] == [True, True, True, False]


def test_note_links_back_to_the_mark_used(reader: BrowserPage) -> None:
    reader.all("sup a")[2].click()
    assert reader.one(".notes dt a").get_attribute("href").endswith("#table-1-mark-3")


def test_hostile_text_does_not_run(browser: Any, tmp_path: Path) -> None:
    browser.get_log("browser")
    for word in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'):
        reader = BrowserPage(browser, tmp_path, hostile(word))
        for summary in reader.all(".controls summary"):
            summary.click()
        for box in reader.all("[data-pick]"):
            box.click()
        assert word in reader.texts("[data-result] thead th")[1]
        assert not reader.all("img, b")
    assert browser.get_log("browser") == []


def test_real_pages_log_no_errors(browser: Any, tmp_path: Path, run: Callable[..., Ran]) -> None:
    browser.get_log("browser")
    for number, words in enumerate((["classify"], ["diff", "kenya", "coe-26", "--text"])):
        path = tmp_path / f"{number}.html"
        assert run(*words, "-o", path).code == 0
        browser.get(path.as_uri())
        (status, *_) = browser.find_elements("css selector", "[data-status]")
        assert re.fullmatch(r"(\d+) of \1 rows shown\.", status.text)
    assert browser.get_log("browser") == []


def test_figure_looks_the_same_in_a_page(
    browser: Any, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    looks = []
    for end in ("svg", "html"):
        path = tmp_path / f"order.{end}"
        assert run("order", "kenya", "jamaica", "qatar", "-o", path).code == 0
        browser.get(path.as_uri())
        script = "return getComputedStyle(arguments[0]).fontWeight"
        texts = browser.find_elements("css selector", "svg text")
        looks.append([(one.text, browser.execute_script(script, one)) for one in texts])
    # The page has the titles, the lists and the provenance itself.
    assert set(looks[1]) < set(looks[0])
    assert ("Kenya, section 14", "400") in looks[1]


# --- The checkers of others ----------------------------------------------------------------------

PAPER = ["export", "--collection", "paper", "--number", "Annex II"]
REAL = {
    "annex": PAPER,
    "grouped": [*PAPER, "--group-by", "threshold"],
    "matrix": [*PAPER, "--layout", "matrix"],
    "gaps": ["export", "kenya", "gambia", "--layout", "gaps"],
    "gaps-overview": ["gaps", "kenya", "gambia", "coe-26", "wg-2009", "ohchr-principle-7"],
    "side-by-side": ["export", "kenya", "jamaica", "coe-26", "--layout", "side-by-side"],
    "redline": ["export", "coe-26", "asean-14-7", "--layout", "redline"],
    "align": ["export", "coe-26", "asean-14-7", "kenya", "--layout", "align"],
    "diff": ["diff", "kenya", "coe-26", "gambia", "--text"],
    "classify": ["classify"],
    "findings": ["validate", "tests/invalid/np501-one-word.yaml"],
}
MADE = {
    "small": page(provenance="npcompare 1"),
    "empty": page(Table("T", columns(a="A", b="B"), ())),
    "many": page(SMALL, SMALL, SMALL),
    "hostile": hostile("<script>alert(1)</script>"),
    "arabic": hostile(ARABIC),
}
BROKEN = "<html><body><img src=x><p id=a><p id=a style='color: #ddd; background: #fff'>faint</html>"


@pytest.fixture
def pages(run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Write the pages to check."""
    monkeypatch.chdir(TESTS.parent)
    paths = {name: tmp_path / f"{name}.html" for name in (*REAL, *MADE)}
    for name, words in REAL.items():
        assert f"wrote {paths[name]}" in run(*words, "-o", paths[name]).err
    for name, sample in MADE.items():
        paths[name].write_text(write(sample), encoding="utf-8")
    return list(paths.values())


def test_pages_are_accessible(browser: Any, pages: list[Path]) -> None:
    assert [one for path in pages for one in violations(browser, path)] == []


@pytest.mark.browser
def test_pages_have_no_errors(pages: list[Path]) -> None:
    assert errors(pages) == []


def test_checkers_find_errors_in_a_broken_page(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "broken.html"
    path.write_text(BROKEN, encoding="utf-8")
    rules = {one.split(": ")[1] for one in violations(browser, path)}
    assert {"image-alt", "color-contrast", "document-title", "html-has-lang"} <= rules
    assert any("Duplicate ID" in one for one in errors([path]))


def test_only_figures_that_can_be_read_are_printed() -> None:
    heads = (Column("a", "A"), Column("b", "B", Role.ANSWER))
    row = (cell("x"), Cell((Run("✓"),), CellAnswer.YES))
    legend = (Sign(CellAnswer.YES, "✓", "yes", "yes"),)
    for count, classes in ((3, [None]), (90, ["high"])):
        figure = AnswerOverview(legend)
        answers = Table("M", heads, (*[row] * count, (cell("Total"), cell("1"))), figure=figure)
        tree = body(write(page(SMALL, answers)))
        assert [each.get("class") for each in tree.xpath("//figure")] == classes
        # The figure is that of the second table.
        upper, lower = tree.xpath("//table")
        assert not upper.xpath("preceding::figure")
        assert len(lower.xpath("preceding::figure")) == 1
