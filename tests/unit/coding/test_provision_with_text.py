"""A reported provision whose text is available: what is confirmed, kept, told and proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from npcompare.coding.interview_file import refusals_of
from npcompare.coding.provision_with_text import ProvisionWithText, add_text
from npcompare.coding.suggestions import suggest
from npcompare.errors import NpcompareError
from npcompare.law.json_schema import SchemaChecker, provision_schema
from npcompare.wording.quotations import normal_form, occurs_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from npcompare.law.corpus import Corpus

TEXT = """12. Victims of trafficking
(1) A person aged 18 or over is not guilty of an offence if the person is compelled to commit it.
(2) A child is not guilty of an offence committed as a direct consequence of being a victim.
"""

DIRECT = "as a direct consequence of being a victim"

REPORTED = """# The head of the file.
id: utopia-12
jurisdiction: {name: Utopia, code: XU, kind: state}
instrument: {title: Trafficking Act, kind: statute}
pinpoint: section 12
form: statutory_defence
text: {status: not_held}
limbs:
  - id: adults # first
    persons: {value: adult, source: {ref: background-paper, paragraph: 57}}
    link:
      value: direct_consequence
      source: {ref: background-paper, paragraph: 57}
      note: The link is direct.
    tests:
      value: reasonable_person
      source: {ref: background-paper, paragraph: 57}
    relief: {value: defence, source: {ref: background-paper, paragraph: 57}}
  - id: children
    persons: {value: child, source: {ref: background-paper, paragraph: 57}}
    offences: {extent: any, excluded: [scheduled], source: {ref: background-paper, paragraph: 57}}
    link: {values: [direct_consequence], source: {ref: background-paper, paragraph: 57}}
sources:
  - {ref: background-paper, paragraph: 57}
"""


@pytest.fixture
def result(corpus: Corpus) -> ProvisionWithText:
    return add_text(
        corpus.codebook, REPORTED, "utopia-12", suggest(corpus.codebook, TEXT), "s.json"
    )


def test_each_value_has_an_outcome(result: ProvisionWithText) -> None:
    rows = [
        (value.limb, value.field, value.value, str(value.outcome), value.words, value.other_values)
        for value in result.values
    ]
    assert rows == [
        ("adults", "persons", "adult", "confirmed", "aged 18 or over", ()),
        (
            *("adults", "link", "direct_consequence", "the text has another value"),
            *("is compelled to commit it", ("compulsion",)),
        ),
        ("adults", "tests", "reasonable_person", "not found", "", ()),
        (
            *("adults", "relief", "defence", "confirmed"),
            *("is not guilty of an offence if the person is compelled to commit it", ()),
        ),
        (
            *("adults", "offences.extent", "any", "only in the text"),
            *("an offence if", ()),
        ),
        (
            *("adults", "force", "mandatory", "only in the text"),
            *("over is not guilty", ()),
        ),
        ("children", "persons", "child", "confirmed", "child", ()),
        (
            *("children", "offences.extent", "any", "found, but kept as reported"),
            *("an offence committed", ()),
        ),
        ("children", "offences.excluded", "scheduled", "not found", "", ()),
        (
            *("children", "link", "direct_consequence", "confirmed"),
            *(DIRECT, ()),
        ),
        (
            *("children", "relief", "defence", "only in the text"),
            *(f"is not guilty of an offence committed {DIRECT}", ()),
        ),
        (
            *("children", "force", "mandatory", "only in the text"),
            *("child is not guilty", ()),
        ),
    ]


def test_file_keeps_what_is_not_found(result: ProvisionWithText) -> None:
    data = yaml.safe_load(result.text)
    adults, children = data["limbs"]
    source = {"ref": "background-paper", "paragraph": 57}
    assert adults["persons"] == {"value": "adult", "evidence": "aged 18 or over"}
    assert adults["link"] == {
        "value": "direct_consequence",
        "source": source,
        "note": "The link is direct.",
    }
    assert adults["tests"] == {"value": "reasonable_person", "source": source}
    assert children["offences"] == {"extent": "any", "excluded": ["scheduled"], "source": source}
    assert children["link"]["evidence"] == "as a direct consequence of being a victim"
    assert data["text"]["body"] == TEXT.strip()
    assert data["text"]["status"] is None
    assert result.text.startswith(
        "# yaml-language-server: $schema=s.json\n# The head of the file.\nid: utopia-12\n"
    )
    assert "  - id: adults # first\n" in result.text


def test_what_only_the_text_has_is_a_comment(result: ProvisionWithText) -> None:
    comments = result.text.partition("# limb adults:\n")[2].splitlines()
    assert [line.partition(":")[0] for line in comments] == [
        *("#   offences", "#   link", "#   force"),
        *("# limb children", "#   relief", "#   force"),
    ]
    assert comments[1] == (
        '#   link: {value: compulsion, evidence: "is compelled to commit it"}  # compelled'
    )


def test_evidence_is_in_the_text_once(result: ProvisionWithText) -> None:
    body = normal_form(TEXT)
    words = [value.words for value in result.values if value.words]
    assert len(words) == 10
    assert all(occurs_once(body, quotation) for quotation in words)


def test_values_of_a_field_are_divided(corpus: Corpus) -> None:
    source = REPORTED.replace(
        "values: [direct_consequence]", "values: [direct_consequence, incident], note: Both"
    )
    result = add_text(corpus.codebook, source, "utopia", suggest(corpus.codebook, TEXT), "s.json")
    assert yaml.safe_load(result.text)["limbs"][1]["link"] == [
        {
            "value": "direct_consequence",
            "evidence": "as a direct consequence of being a victim",
            "note": "Both",
        },
        {"value": "incident", "source": {"ref": "background-paper", "paragraph": 57}},
    ]


def test_classes_of_a_source_are_compared(corpus: Corpus) -> None:
    source = REPORTED + (
        "reported:\n"
        "  - {dimension: force, value: mandatory, source: {ref: background-paper, paragraph: 57}}\n"
        "  - {dimension: burden, value: accused, source: {ref: background-paper, paragraph: 57}}\n"
    )
    result = add_text(corpus.codebook, source, "utopia", suggest(corpus.codebook, TEXT), "s.json")
    classes = [
        (value.field, str(value.outcome)) for value in result.values if "class" in value.field
    ]
    assert classes == [
        ("class: force", "found, but kept as reported"),
        ("class: burden", "not found"),
    ]


def test_provision_with_a_text_is_refused(corpus: Corpus) -> None:
    source = REPORTED.replace("{status: not_held}", "{status: excerpt, body: Words}")
    with pytest.raises(NpcompareError, match="the text of utopia-12 is available already"):
        add_text(corpus.codebook, source, "utopia", suggest(corpus.codebook, TEXT), "s.json")


@pytest.mark.slow
def test_every_reported_provision_stays_valid(corpus: Corpus) -> None:
    suggestion = suggest(corpus.codebook, TEXT)
    schema = SchemaChecker(provision_schema(corpus.codebook))
    count = 0
    for file in corpus.files:
        provision = file.provision
        if provision is None or provision.text.status not in {"not_held", "paraphrase"}:
            continue
        count += 1
        source = file.path.read_text(encoding="utf-8")
        result = add_text(corpus.codebook, source, provision.id, suggestion, "s.json")
        text = result.text.replace("  status:  #", "  status: verbatim  #", 1)
        text = text.replace("  # source: {ref: ,", "  source: {ref: background-paper} #", 1)
        assert refusals_of(text, corpus.codebook, schema, {*corpus.documents}) == []
    assert count > 100


def test_command_shows_what_was_found(run: Callable[..., Ran], tmp_path: Path) -> None:
    reported, text = tmp_path / "utopia-12.yaml", tmp_path / "act.html"
    reported.write_text(REPORTED, encoding="utf-8")
    lines = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    text.write_text(f"<html><main>{lines}</main>", encoding="utf-8")
    path = tmp_path / "own.yaml"
    ran = run("new", "own", "--from", reported, "--text", text, "-o", path)
    assert ran.code == 0, ran.err
    assert "Where the text has another value, the reported one is kept" in ran.out
    counts, last_line = ran.err.splitlines()
    assert counts == (
        "8 reported values: 4 confirmed, 1 found, but kept as reported, 2 not found, "
        "1 the text has another value, 4 only in the text"
    )
    assert last_line == (
        f"wrote {path}; next: npcompare code {path}, "
        "which asks what the text is and where it is from"
    )
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["id"] == "own"
    second_run = run("new", "own", "--from", reported, "--text", text, "-o", path)
    assert second_run.code == 2


def test_command_says_what_is_missing(run: Callable[..., Ran]) -> None:
    ran = run("new", "--from", "england-and-wales-s45")
    assert (ran.code, ran.err) == (
        2,
        "npcompare: --from needs a text\n  hint: add --text FILE\n",
    )
    assert "the new provision needs an id" in run("new").err
