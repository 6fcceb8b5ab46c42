"""`--names un`: every command prints the names that the United Nations uses."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from builders import json_output
from conftest import TESTS

from npcompare.law.named_files import naming_of, with_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

UNITED_KINGDOM = "United Kingdom of Great Britain and Northern Ireland"

#: Names of the corpus in which the names of the United Nations differ from those of the files.
NAMES = {
    "taiwan-27": "Taiwan Province of China",
    "england-and-wales-s45": f"{UNITED_KINGDOM} (England and Wales)",
    "texas-8-09": "United States of America (Texas)",
    "us-18-usc-28": "United States of America (federal)",
    "coe-26": "Council of Europe",
    "kenya-14": "Kenya",
}


def jurisdictions(records: list[dict[str, Any]]) -> dict[str, str]:
    """Return the jurisdiction of each provision of the JSON output."""
    return {record["id"]: record["jurisdiction"] for record in records}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "key"), [("list", "provisions"), ("classify", "classifications")]
)
def test_names_in_lists_and_classifications(
    command: str, key: str, run: Callable[..., Ran]
) -> None:
    arguments = (command, "--collection", "all", "-f", "json")
    # The second time, the records of `classify` come from the cache.
    for _ in range(2):
        output = json_output(run(*arguments, "--names", "un"), command)
        names = jurisdictions(output[key])
        assert {name: names[name] for name in NAMES} == NAMES
        assert output["corpus"]["names"] == "un"
    output = json_output(run(*arguments), command)
    assert jurisdictions(output[key])["taiwan-27"] == "Taiwan"
    assert "names" not in output["corpus"]


def test_rows_are_sorted_by_the_names_shown(corpus: Corpus) -> None:
    names = [provision.jurisdiction.name for provision in corpus.named("un").all_provisions()]
    assert names == sorted(names, key=str.casefold)
    assert names.index("Taiwan Province of China") > names.index("Spain")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["diff", "uk", "kenya"], f"{UNITED_KINGDOM}, compared with Kenya"),
        (["gaps", "united-kingdom"], f"{UNITED_KINGDOM}, assessed against"),
        (["show", "taiwan-27"], "Taiwan Province of China (Territory, TW)"),
        (["order", "england-and-wales-s45", "kenya"], f"{UNITED_KINGDOM} (England and Wales)"),
        (["classify", "taiwan-27", "--explain"], "classes of Taiwan Province of China"),
        (["list", "--where", "threshold=duress"], UNITED_KINGDOM),
        (["classify", TESTS / "bills" / "utopia.yaml"], "Utopia, clause"),
    ],
)
def test_names_in_tables(arguments: list[str], expected: str, run: Callable[..., Ran]) -> None:
    ran = run(*arguments, "--names", "un", "-f", "markdown")
    assert ran.code == 0
    assert expected in ran.out
    assert "; names of the United Nations*" in ran.out


def test_annex_is_verified_with_its_names(run: Callable[..., Ran], tmp_path: Path) -> None:
    annex = tmp_path / "annex.json"
    run("export", "--collection", "world", "--names", "un", "-o", annex)
    cells = json.loads(annex.read_text("utf-8"))["tables"][0]["rows"]
    assert "Taiwan Province of China" in [row[0]["text"] for row in cells]
    ran = run("verify", annex)
    assert ran.code == 0
    assert "every cell matches" in ran.out


def test_unknown_style_of_names(run: Callable[..., Ran]) -> None:
    ran = run("list", "--names", "iso")
    assert (ran.code, ran.out) == (2, "")
    assert 'there are no names of the style "iso"' in ran.err
    assert run("list", "--names", "file").out == run("list").out


def test_named_file_survives_another_process(corpus: Corpus) -> None:
    (file,) = (file for file in corpus.files if file.path.stem == "taiwan-27")
    named = with_names(file, naming_of("un", {}))
    copy = pickle.loads(pickle.dumps(named))  # noqa: S301 - it was pickled here
    assert copy.provision.jurisdiction.name == "Taiwan Province of China"
    assert copy.header.jurisdiction["name"] == "Taiwan"
    assert (copy.problems, copy.cache_key) == (file.problems, file.cache_key)
