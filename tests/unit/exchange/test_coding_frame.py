"""The codebook as a tree of codes: names that differ, identifiers that stay, and definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from npcompare.exchange.coding_frame import coding_frame, write_codebook
from npcompare.law.translation import catalogue_of
from npcompare.messages import using
from npcompare.model.codebook import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from conftest import Ran

    from npcompare.law.corpus import Corpus

CODE = "{urn:QDA-XML:codebook:1.0}Code"


def codes_in(content: bytes) -> dict[str, Element]:
    """Return the codes of a codebook by name."""
    codes = list(ET.fromstring(content).iter(CODE))  # noqa: S314 - it is our own
    by_name = {code.get("name", ""): code for code in codes}
    assert len(by_name) == len(codes)
    return by_name


def test_words_and_classes_are_below_their_question(corpus: Corpus) -> None:
    codes = codes_in(write_codebook(corpus))
    assert [code.get("name") for code in codes["Coded words"].findall(CODE)][:4] == [
        *("Persons", "Offences covered", "Offences named", "Offences excluded")
    ]
    assert [code.get("name") for code in codes["Classes"].findall(CODE)] == [
        *("Scope", "Threshold", "Stage", "Kinds of exclusion")
    ]
    assert [code.get("name") for code in codes["Threshold"].findall(CODE)] == [
        "Threshold: duress- and causation-based",
        "Threshold: duress-based",
        "Threshold: causation-based",
        "Threshold: status-based",
    ]


def test_each_word_and_each_derived_class_has_a_code(corpus: Corpus) -> None:
    book, frame = corpus.codebook, coding_frame(corpus)
    words = {(field, word) for field in FIELDS for word in book.vocabulary[FIELDS[field]]}
    assert frame.words.keys() == words
    assert frame.classes.keys() == {
        (dimension.id, word)
        for dimension in book.dimensions.values()
        for word in dimension.classes
        if not dimension.field
    }


def test_only_headings_are_not_codable(corpus: Corpus) -> None:
    for code in codes_in(write_codebook(corpus)).values():
        has_codes = code.find(CODE) is not None
        assert code.get("isCodable") == ("false" if has_codes else "true")
        assert (code.get("color") is None) is has_codes
        assert has_codes or re.fullmatch("#[0-9A-F]{6}", code.get("color", ""))


def test_names_are_short_and_differ_without_case(corpus: Corpus) -> None:
    names = list(codes_in(write_codebook(corpus)))
    assert len({name.casefold() for name in names}) == len(names) == 200
    assert max(map(len, names)) <= 63


def test_definition_names_its_source_and_the_rule(corpus: Corpus) -> None:
    codes = codes_in(write_codebook(corpus))
    assert codes["Link: direct result"][0].text == (
        "The act was a direct result of being trafficked. "
        "Source: Secretariat background paper, paras.\u00a057–58."
    )
    assert (codes["Threshold: causation-based"][0].text or "").endswith(
        " Source: Secretariat background paper, para.\u00a061. Rule threshold-causation: "
        "Only a link between the act and the trafficking is required."
    )


def test_identifiers_stay_in_every_language(corpus: Corpus) -> None:
    code = codes_in(write_codebook(corpus))["Link: direct result"]
    assert code.get("guid") == "aa93621e-7657-5d5d-abe6-99c34c98c0bc"
    catalogue = catalogue_of("fr")
    with using(catalogue):
        french = coding_frame(corpus.in_language(catalogue))
    assert french.words["link", "direct_result"].guid == code.get("guid")
    assert french.words["link", "direct_result"].name == "Lien\u00a0: résultat direct"


def test_command_writes_the_codebook(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "codebook.qdc"
    ran = run("codebook", "-o", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {path}\n")
    assert run("codebook", "--format", "qdc").out.encode() == path.read_bytes()
