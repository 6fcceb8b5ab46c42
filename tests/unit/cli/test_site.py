"""The command `site`: a page, or a folder of pages, and what it refuses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from lxml import html
from web_checks import errors, violations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from conftest import Ran

#: The most bytes of the page with the bundled collections.
MOST_BYTES = 400_000


def test_page_is_written(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "few.html"
    ran = run("site", "kenya", "coe-26", "--title", "Two", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {path}\n")
    page = html.parse(str(path))
    assert page.findtext(".//h1") == "Two"
    assert [each.get("id") for each in page.findall(".//article/h3")] == ["kenya", "coe-26"]
    first = path.read_bytes()
    ran = run("site", "kenya", "coe-26", "--title", "Two", "-o", path)
    assert (ran.code, path.read_bytes()) == (2, first)
    assert "already exists and was not overwritten" in ran.err
    assert run("site", "kenya", "coe-26", "--title", "Two", "-o", path, "--force").code == 0
    assert path.read_bytes() == first


def test_folder_is_written(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "new" / "atlas"
    ran = run("site", "kenya", "coe-26", "--split", folder)
    assert (ran.code, ran.err) == (0, f"wrote {folder / 'index.html'} and 2 pages beside it\n")
    names = ["index.html", "p-coe-26.html", "p-kenya.html"]
    assert sorted(each.name for each in folder.iterdir()) == names
    (folder / "p-kenya.html").unlink()
    (folder / "own.txt").write_text("kept")
    ran = run("site", "kenya", "coe-26", "--split", folder)
    assert ran.code == 2
    assert "index.html already exists and was not overwritten" in ran.err
    assert not (folder / "p-kenya.html").exists()
    assert run("site", "kenya", "coe-26", "--split", folder, "--force").code == 0
    assert sorted(each.name for each in folder.iterdir()) == sorted([*names, "own.txt"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the page has no name"),
        (["-o", "a.html", "--split", "a"], "there are two places"),
        (["-o", "a.docx"], 'the name "a.docx" is not that of a page'),
        (["-o", "no/a.html"], "there is no folder no"),
        (["kenyaa", "-o", "a.html"], 'there is no provision "kenyaa"'),
        (["kenya", "--where", "force=discretionary", "-o", "a.html"], "no provision"),
        (["--collection", "other", "-o", "a.html"], 'there is no collection "other"'),
    ],
)
def test_mistakes_are_explained(
    arguments: list[str],
    message: str,
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("site", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert not list(tmp_path.iterdir())


def test_conditions_and_days_are_explained(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    conditions = ["--where", "threshold=duress", "--as-of", "2020-01-01"]
    assert run("site", "--collection", "paper", *conditions, "-o", path).code == 0
    footer = html.parse(str(path)).find(".//footer").text_content()
    assert "match" in footer
    assert "as of 2020-01-01" in footer


def test_text_that_is_not_coded_is_marked(run: Callable[..., Ran], tmp_path: Path) -> None:
    clause, path = tmp_path / "clause.txt", tmp_path / "page.html"
    clause.write_text("A victim of trafficking shall not be prosecuted for any offence.\n")
    assert run("site", "kenya", clause, "-o", path).code == 0
    page = html.parse(str(path))
    assert "Coding proposed by npcompare and not confirmed" in page.find(".//header").text_content()
    part = next(each for each in page.findall(".//article") if "clause.txt" in each.text_content())
    assert part.find("h3/sup").text == "†"
    assert "†" in part.findtext("dl[@class='classes']/dd/sup")


@pytest.fixture(scope="module")
def whole_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of all bundled collections once."""
    from npcompare.cli.main import main

    path = tmp_path_factory.mktemp("site") / "atlas.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["npcompare", "site", "-o", str(path)])
        with pytest.raises(SystemExit) as exit_info:
            main()
    assert not exit_info.value.code
    return path


@pytest.mark.slow
def test_bundled_page_is_small_and_whole(whole_page: Path, run: Callable[..., Ran]) -> None:
    assert whole_page.stat().st_size < MOST_BYTES
    page = html.parse(str(whole_page))
    ids = {
        each["id"]
        for each in json.loads(run("list", "--collection", "all", "-f", "json").out)["provisions"]
    }
    parts = {each.get("id") for each in page.findall(".//article/h3")}
    assert ids < parts
    for details in page.xpath("//section[@id='_counts']//details"):
        assert int(details.findtext("summary/b")) == len(details.findall(".//li"))
    second_page = whole_page.with_name("again.html")
    assert run("site", "-o", second_page).code == 0
    assert second_page.read_bytes() == whole_page.read_bytes()


def test_bundled_page_passes_the_checkers(browser: Any, whole_page: Path) -> None:
    browser.get_log("browser")
    for width in (1280, 400):
        browser.set_window_size(width, 1000)
        browser.get(whole_page.as_uri())
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert re.fullmatch(
            r"(\d+) of \1 shown\.", browser.find_element("css selector", "[data-status]").text
        )
        assert violations(browser, whole_page) == []
    assert errors([whole_page]) == []
    assert browser.get_log("browser") == []


def test_links_of_one_language_work_in_another(run: Callable[..., Ran], tmp_path: Path) -> None:
    keys = []
    for language in ("en", "ar"):
        path = tmp_path / f"{language}.html"
        assert run("site", "kenya", "coe-26", "--language", language, "-o", path).code == 0
        fields = html.parse(str(path)).xpath("//form[@id='_filters']//select")
        keys.append({each.get("name"): [kind.get("value") for kind in each] for each in fields})
    assert keys[0] == keys[1]
    assert keys[0]["region"] == ["", "002", "organization"]


def test_page_in_arabic_runs_from_the_right(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "ar.html"
    assert run("site", "kenya", "coe-26", "--language", "ar", "-o", path).code == 0
    page = html.parse(str(path)).getroot()
    assert dict(page.attrib) == {"lang": "ar", "dir": "rtl"}
    assert [each.get("dir") for each in page.iter("blockquote")] == ["ltr", "ltr"]
    style = page.findtext(".//style")
    # Nothing is placed at the left or right, other than the map, which is not mirrored.
    assert not re.search(r"(?:left|right)\s*:", style)
    assert ".map { direction: ltr;" in style
