"""Sources of one's own are cited by their short titles, wherever their bibliography is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

ACT = """id: freedonia-4
jurisdiction: {name: Freedonia, code: null, kind: state}
instrument: {title: Trafficking Act, kind: statute}
form: statutory_defence
text:
  status: excerpt
  complete: false
  language: en
  source: {ref: gazette-2022, paragraph: "20"}
  body: A victim of trafficking shall not be prosecuted for any offence.
limbs:
  - id: only
    persons: {value: any_victim, evidence: A victim of trafficking}
    offences: {extent: any, evidence: any offence}
    relief: {value: no_prosecution, evidence: shall not be prosecuted}
reported:
  - {dimension: burden, values: [prosecution], source: {ref: gazette-2022, paragraph: "21"}}
sources:
  - {ref: gazette-2022, paragraph: "20"}
"""
SHORT = (
    "gazette-2022: {title: Official Gazette of 14 March 2022, short: Gazette 2022, kind: statute}\n"
)
TITLE_ONLY = "gazette-2022: {title: Official Gazette of 14 March 2022, kind: statute}\n"

#: Commands that show a source, with what each shows of it besides the short title.
COMMANDS = [
    ("export", "{}", "para.\N{NO-BREAK SPACE}20"),
    ("export", "{}", "coe-26", "--layout", "align", "para.\N{NO-BREAK SPACE}20"),
    ("show", "{}", "para.\N{NO-BREAK SPACE}20"),
    ("classify", "{}", "--explain", "para.\N{NO-BREAK SPACE}21"),
    ("diff", "{}", "kenya", "--detail", "para.\N{NO-BREAK SPACE}21"),
]


@pytest.fixture
def act(tmp_path: Path) -> Path:
    """Return a statute of one's own with its bibliography in the same folder."""
    (tmp_path / "sources.yaml").write_text(SHORT, encoding="utf-8")
    path = tmp_path / "freedonia-4.yaml"
    path.write_text(ACT, encoding="utf-8")
    return path


@pytest.mark.parametrize("arguments", COMMANDS, ids=[" ".join(row[:-1]) for row in COMMANDS])
@pytest.mark.parametrize("output", ["plain", "markdown", "html", "latex", "json"])
def test_source_beside_a_file_has_its_short_title(
    output: str, arguments: tuple[str, ...], act: Path, run: Callable[..., Ran]
) -> None:
    *command, place = arguments
    ran = run(*(argument.format(act) for argument in command), "--format", output)
    assert ran.code == 0, ran.err
    words = " ".join(ran.out.replace("~", "\N{NO-BREAK SPACE}").split(" "))
    # The annex has the whole title once, below the table, and places alone in its cells.
    has_list = output != "json" and arguments == COMMANDS[0]
    assert ("Official Gazette of 14 March 2022" if has_list else "Gazette 2022") in words
    assert (place.capitalize() if has_list else place) in words
    assert "\N{PILCROW SIGN}" not in ran.out
    assert '"ref": "gazette-2022"' in ran.out or "gazette-2022" not in ran.out


def test_source_of_an_own_corpus_has_its_short_title(act: Path, run: Callable[..., Ran]) -> None:
    ran = run("export", "--corpus", act.parent, "--columns", "jurisdiction,source", "-f", "csv")
    assert ran.err == ""
    assert ran.out == (
        "id,jurisdiction,source,effect,code,kind,region,year\r\n"
        'freedonia-4,Freedonia,"Gazette 2022, para.\N{NO-BREAK SPACE}20",operative,,state,,\r\n'
    )


def test_source_without_short_title_has_its_title(act: Path, run: Callable[..., Ran]) -> None:
    (act.parent / "sources.yaml").write_text(TITLE_ONLY, encoding="utf-8")
    ran = run("export", act, "--columns", "jurisdiction,source", "-f", "csv")
    assert 'Freedonia,"Official Gazette of 14 March 2022, para.\N{NO-BREAK SPACE}20",' in ran.out


def test_text_without_source_gets_a_hint_that_shows_how(act: Path, run: Callable[..., Ran]) -> None:
    lines = act.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("  source:")]
    act.write_text("".join(kept), encoding="utf-8")
    ran = run("validate", act)
    assert ran.code == 1
    assert ran.out.splitlines()[1] == (
        "  hint: name the document that the text was copied from by its id in sources.yaml, such "
        'as "source: {ref: gazette-2022, pinpoint: page 4}"; only a bill is its own source'
    )
