"""Generated pages in a headless browser: it shows the same words and the same labels of lists."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from conftest import needed

from npcompare.readers.html_reader import read_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = 60

TYPES = ["1", "a", "A", "i", "I"]
STYLES = [
    *("decimal", "decimal-leading-zero", "lower-alpha", "upper-latin", "lower-roman"),
    *("upper-roman", "lower-greek", "none", "disc", "square", "arabic-indic", "thai"),
    *("cjk-decimal", '"- "'),
]


#: What the accessible name of a bullet is, and the sign that CSS defines for it.
SIGNS = {"\u25a0": "\u25aa"}


class PageMaker:
    """Makes a page of nested lists, tables, paragraphs and hidden parts from a seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing is secret here
        self._count = 0

    def _word(self) -> str:
        self._count += 1
        return f"word{self._count}"

    def _words(self) -> str:
        shapes = ["{}", "{} <b>{}</b>", "{}<i>{}</i> &amp; {}", "{}<br>{}", "{}\n  {}&shy;{}"]
        shape = self._chance.choice(shapes)
        return shape.format(*(self._word() for _ in range(3)))

    def _blocks(self, depth: int) -> str:
        makers = [self._list] * 3 + [self._paragraph, self._hidden, self._table]
        count = self._chance.randint(1, 3)
        return "".join(self._chance.choice(makers)(depth) for _ in range(count))

    def _paragraph(self, _: int) -> str:
        tag = self._chance.choice(["p", "div", "h2", "blockquote"])
        return f"<{tag}>{self._words()}</{tag}>"

    def _hidden(self, _: int) -> str:
        attribute = self._chance.choice(["hidden", "style='display:none'"])
        return f"<div {attribute}>{self._words()}</div>"

    def _table(self, _: int) -> str:
        cells = "".join(f"<td>{self._words()}</td>" for _ in range(2))
        return f"<table><tr>{cells}</tr></table>"

    def _list(self, depth: int) -> str:
        tag = self._chance.choice(["ol", "ol", "ol", "ul"])
        attributes = ""
        if tag == "ol" and self._chance.random() < 0.5:
            attributes += f" type={self._chance.choice(TYPES)}"
        if tag == "ol" and self._chance.random() < 0.4:
            attributes += (
                f" start='{self._chance.choice([-3, 0, 3, 12, 26, 27, 53, 3999, 'x', ''])}'"
            )
        if tag == "ol" and self._chance.random() < 0.2:
            attributes += " reversed"
        if self._chance.random() < 0.4:
            attributes += f" style='list-style-type: {self._chance.choice(STYLES)}'"
        items = "".join(self._item(depth) for _ in range(self._chance.randint(1, 4)))
        return f"<{tag}{attributes}>{items}</{tag}>"

    def _item(self, depth: int) -> str:
        attributes = ""
        if self._chance.random() < 0.15:
            attributes += f" value={self._chance.choice([-1, 0, 7, 40])}"
        if self._chance.random() < 0.1:
            attributes += f" type={self._chance.choice(TYPES)}"
        if self._chance.random() < 0.1:
            attributes += " hidden"
        blocks = self._blocks(depth + 1) if depth < 4 and self._chance.random() < 0.4 else ""
        return f"<li{attributes}>{self._words()}{blocks}"

    def page(self) -> str:
        """Return the page."""
        return f"<!DOCTYPE html><meta charset=utf-8><title>x</title><body>{self._blocks(0)}"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a headless browser, if one is installed."""
    webdriver = pytest.importorskip("selenium.webdriver")
    program = needed("chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = needed("chromium")
    for flag in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu"):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('browser')}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(program))
    yield driver
    driver.quit()


def first_words(browser: Any) -> list[tuple[str, str]]:
    """Return the first words of a page's paragraphs after the label that the browser shows."""
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    entries: list[tuple[str, str]] = []
    waiting = [nodes[0]["nodeId"]]
    while waiting:
        node = by_id[waiting.pop()]
        role, name = node["role"]["value"], node.get("name", {}).get("value", "")
        if role == "ListMarker":
            entries.append((name.strip(), ""))
            continue
        if role == "StaticText":
            label = entries.pop()[0] if entries and not entries[-1][1] else ""
            entries.append((label, name.split()[0]))
        waiting += [child for child in reversed(node.get("childIds", [])) if child in by_id]
    return [entry for entry in entries if entry[0]]


@pytest.mark.slow
@pytest.mark.browser
def test_browser_shows_the_same_words_and_labels(browser: Any, tmp_path: Path) -> None:
    labels = 0
    for seed in range(PAGES):
        page = PageMaker(seed).page()
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        browser.get((tmp_path / "page.html").as_uri())
        document = read_html(page.encode(), "page.html", "accepted")
        inner = browser.execute_script("return document.body.innerText").replace("\u00ad", "")
        assert " ".join(entry.text for entry in document.paragraphs).split() == inner.split(), page
        labelled = [entry for entry in document.paragraphs if entry.label]
        expected = first_words(browser)
        for entry, (label, word) in zip(labelled, expected, strict=True):
            assert entry.label == SIGNS.get(label, label), page
            assert entry.text.startswith(word.partition("\u00ad")[0]), page
        labels += len(expected)
    assert labels > PAGES * 5
