"""The file of a new provision: it validates when filled in, and has the text letter for letter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import TESTS
from hypothesis import given, settings
from hypothesis import strategies as st

from npcompare.coding.new_provision import check_id, skeleton, unique_quotation
from npcompare.coding.suggestions import suggest
from npcompare.errors import NpcompareError
from npcompare.law.corpus import load_corpus
from npcompare.law.yaml_reader import read_yaml
from npcompare.wording.quotations import normal_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

#: The fields that a coder fills in.
FILLED = {
    "  name:": "  name: Utopia",
    "  code:  #": "  code: null  #",
    "  kind:  # state": "  kind: state  # state",
    "  title:": "  title: Victims Bill",
    "  kind:  # statute": "  kind: bill  # statute",
    "pinpoint:  #": "pinpoint: clause 12  #",
    "form:  #": "form: statutory_defence  #",
    "  status:  #": "  status: verbatim  #",
}


def filled(text: str) -> str:
    """Return a new file with its fields filled in and its proposals confirmed."""
    for empty_field, filled_field in FILLED.items():
        pattern = rf"^{re.escape(empty_field)}"
        assert re.search(pattern, text, re.MULTILINE), empty_field
        text = re.sub(rf"{pattern}(?=[ ,]|$)", filled_field, text, flags=re.MULTILINE)
    before, after = text.split("limbs:\n")
    limbs, sources = after.split("#: Unless this is a bill")
    confirmed = re.sub(r"^# (?=- id|  |burden|standard)", "", limbs, flags=re.MULTILINE)
    return f"{before}limbs:\n{confirmed}#: Unless this is a bill{sources}"


def test_all_that_a_new_file_needs_is_named_at_once(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "freedonia").code == 0
    ran = run("validate", "freedonia.yaml")
    findings = re.sub(r"(?m)^freedonia.yaml:\d+:\d+ |^  (hint: .*\n)", r"\1", ran.out)
    assert findings.splitlines()[:8] == [
        'NP202 a provision has no "sources"',
        "hint: name the documents it was coded from; only a bill is its own source",
        "NP207 nothing is coded: the provision has neither limbs nor reported classes",
        "hint: if its contents are not known, say so under notes",
        "NP206 jurisdiction.name is empty",
        "hint: fill it in",
        "NP206 jurisdiction.kind is empty",
        "hint: the words are: state, territory, regional_organization, international_organization",
    ]


def test_file_validates_when_filled_in_and_confirmed(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = TESTS / "bills" / "clause-12.txt"
    ran = run("new", "utopia-12", "--text", words)
    assert (ran.code, ran.out) == (0, "")
    path = tmp_path / "utopia-12.yaml"
    first = path.read_text(encoding="utf-8")
    assert first.startswith("# yaml-language-server: $schema=")
    assert run("validate", path).code == 1
    path.write_text(filled(first), encoding="utf-8")
    ran = run("validate", "--strict", path)
    assert (ran.code, ran.err) == (0, "1 file checked: no findings\n")
    data = read_yaml(path).data
    assert data["limbs"][0]["offences"]["excluded"] == ["scheduled"]
    assert data["burden"]["value"] == "prosecution"
    assert data["text"]["body"] == words.read_text(encoding="utf-8").strip()


def test_two_burdens_of_proof_are_a_list(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clause.txt").write_text(
        "A victim has a defence to a charge of any offence that the victim was compelled to "
        "commit. The accused bears an evidential burden. The prosecution must disprove the defence "
        "beyond reasonable doubt.",
        encoding="utf-8",
    )
    assert run("new", "act", "--text", "clause.txt").code == 0
    limbs = Path("act.yaml").read_text(encoding="utf-8").partition("limbs:\n")[2]
    burdens = re.search(r"(?m)^# burden:\n(#   - .*\n)*", limbs)
    assert burdens
    assert re.findall(r"value: (\w+)", burdens[0]) == ["evidential", "prosecution"]


def test_new_file_has_a_place_for_the_source_of_the_text(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clause.txt").write_text("A victim shall not be punished.", encoding="utf-8")
    assert run("new", "act", "--text", "clause.txt").code == 0
    assert (
        "#: Unless this is a bill, name the document that the text was copied from, by its id in "
        "sources.yaml:\n"
        "#:   source: {ref: , pinpoint: }\n"
        "#: Describe the document in sources.yaml, beside this file; tables cite its short title:\n"
        '#:   gazette-2022: {title: "Official Gazette of 14 March 2022", short: "Gazette 2022", '
        "kind: statute}\n"
        "  language: en\n"
    ) in Path("act.yaml").read_text(encoding="utf-8")


PORTUGUESE = "A vítima de tráfico de pessoas não será punida pelas infrações que tenha cometido."


def test_text_in_another_language_gets_an_empty_limb(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clause.txt").write_text(PORTUGUESE, encoding="utf-8")
    assert run("new", "tagged", "--text", "clause.txt", "--language", "pt").code == 0
    tagged = Path("tagged.yaml").read_text(encoding="utf-8")
    assert (
        f"  language: pt\n  body: |2-\n    {PORTUGUESE}\nlimbs:\n#: No values are proposed."
        in tagged
    )
    assert "The rules did not match" not in tagged
    ran = run("new", "untagged", "--text", "clause.txt")
    assert ran.code == 0
    reason = "the text seems to be in Portuguese, a language that is not read"
    assert ran.err.startswith(f"no values are proposed: {reason}\n")
    untagged = Path("untagged.yaml").read_text(encoding="utf-8")
    assert untagged == tagged.replace("tagged.yaml", "untagged.yaml").replace(
        '"tagged"', '"untagged"'
    ).replace("language: pt", "language:  # such as pt")
    empty, first = "#: - persons: {value: , ", "- persons: {value: any_victim, "
    assert empty in tagged
    coded = filled(tagged.replace(f'{empty}evidence: ""', f"{first}evidence: vítima"))
    Path("tagged.yaml").write_text(coded, encoding="utf-8")
    ran = run("validate", "tagged.yaml")
    assert (ran.code, ran.err) == (0, "1 file checked: no findings\n")


def test_invalid_language_tag_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "clause.txt").write_text(PORTUGUESE, encoding="utf-8")
    path = tmp_path / "x.yaml"
    ran = run("new", "x", "--text", tmp_path / "clause.txt", "--language", "pt: {", "-o", path)
    assert (ran.code, path.exists()) == (2, False)
    assert 'the phrase book has no language "pt: {"' in ran.err


def test_exclusion_without_extent_is_kept(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "clause.txt").write_text(
        "A victim shall not be prosecuted, save that nothing in this section avails a person "
        "charged with genocide or murder.\n",
        encoding="utf-8",
    )
    run("new", "x", "--text", tmp_path / "clause.txt", "-o", tmp_path / "x.yaml")
    assert (
        "#   offences: {extent: , excluded: [scheduled], "
        'evidence: "genocide or murder"}  # named-offences\n'
    ) in (tmp_path / "x.yaml").read_text(encoding="utf-8")


def test_comment_says_which_values_are_not_clear(run: Callable[..., Ran], tmp_path: Path) -> None:
    source, path = tmp_path / "bill.txt", tmp_path / "clause-3.yaml"
    source.write_text(
        "(1) A victim of trafficking shall not be prosecuted for an offence or for prostitution "
        "that is a direct result of being trafficked.\n"
        "(2) A victim of trafficking shall not be arrested or detained.\n",
        encoding="utf-8",
    )
    run("new", "clause-3", "--text", source, "-o", path)
    lines = path.read_text(encoding="utf-8").splitlines()
    relief = lines.index("#   relief:")
    assert lines[relief - 1] == (
        "#   # Not clear. More than one value of this field is proposed for the limb."
    )
    # A clear value has no comment.
    assert lines[lines.index('# - id: "1"') + 1].startswith("#   persons:")


def test_comment_names_the_values_it_is_about() -> None:
    text = (
        "A child victim shall not be arrested or detained for illegal entry. "
        "This does not apply to murder."
    )
    lines = skeleton(
        load_corpus(None).codebook, "clause-4", suggest(load_corpus(None).codebook, text), ""
    ).splitlines()
    comment = next(line for line in lines if line.endswith("(scheduled)"))
    assert comment.startswith("#   # ")


def test_validate_reports_every_empty_field(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "bare").code == 0
    ran = run("validate", "bare.yaml", "-f", "json")
    messages = " ".join(problem["message"] for problem in json.loads(ran.out)["problems"])
    for place in ("jurisdiction.name", "jurisdiction.kind", "instrument.title", "instrument.kind"):
        assert place in messages


def test_id_in_use_is_said(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    message = "the id kenya is in use: see npcompare show kenya; a new law needs its own\n"
    assert run("new", "kenya").err.endswith(message)
    assert "in use" not in run("new", "utopia").err


def test_existing_file_is_not_overwritten(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kenya.yaml").write_text("mine", encoding="utf-8")
    ran = run("new", "kenya")
    assert (ran.code, "already exists and was not overwritten" in ran.err) == (2, True)
    assert (tmp_path / "kenya.yaml").read_text(encoding="utf-8") == "mine"
    ran = run("new", "Kenya Act")
    assert (ran.code, '"Kenya Act" is not a valid id' in ran.err) == (2, True)
    ran = run("new", "kenya", "-o", "kenya.txt")
    assert (ran.code, "does not have the name of a coded file" in ran.err) == (2, True)


@pytest.mark.slow
@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_text_is_read_back_letter_for_letter(text: str) -> None:
    book = load_corpus().codebook
    try:
        content = skeleton(book, "x", suggest(book, text, "en"), "s.json")
    except NpcompareError as error:
        assert "control character" in error.message  # noqa: PT017 - either is right
        return
    body = yaml.safe_load(content)["text"]["body"] or ""
    lines = re.split("\r\n|[\r\n\f\v\x85\u2028\u2029]", text)
    expected = [line if line.strip() else "" for line in lines]
    assert body == "\n".join(expected).strip("\n")


class _Searched(str):  # noqa: SLOT000 - it has a class variable
    """A text that counts how often it is searched."""

    searches = 0

    def find(self, *arguments: object) -> int:
        """Return where words are, as a text does."""
        _Searched.searches += 1
        return super().find(*arguments)  # type: ignore[arg-type]


def test_repeated_lines_are_not_searched_to_their_end() -> None:
    codebook = load_corpus().codebook
    line = "A victim of trafficking shall not be prosecuted for any offence.\n"
    suggestion = suggest(codebook, line * 20, "en")
    _Searched.searches = 0
    unique_quotation(suggestion, _Searched(normal_form(line * 2000)), suggestion.proposals[0])
    assert 0 < _Searched.searches < 200


def test_page_breaks_of_a_text_are_line_breaks(run: Callable[..., Ran], tmp_path: Path) -> None:
    text = tmp_path / "pages.txt"
    text.write_bytes("(1) It is void.\r\n\f\v(2) It is not.\u2028End.".encode())
    ran = run("new", "pages", "--text", text, "-o", tmp_path / "pages.yaml")
    assert ran.code == 0, ran.err
    body = yaml.safe_load((tmp_path / "pages.yaml").read_text())["text"]["body"]
    assert " ".join(body.split()) == "(1) It is void. (2) It is not. End."


@pytest.mark.parametrize("name", ["sources", "codebook", "dataset"])
def test_provision_has_not_the_name_of_another_file(name: str) -> None:
    with pytest.raises(NpcompareError, match=f"{name}.yaml is the file of the "):
        check_id(name)
