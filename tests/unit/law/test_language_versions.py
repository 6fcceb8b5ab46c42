"""Provisions whose text is available in several languages, each version with its own coding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import TESTS

from npcompare.analysis.classification import classify
from npcompare.law.provision_parser import parse_provision
from npcompare.law.yaml_reader import read_yaml
from npcompare.model.language_versions import in_language, languages
from npcompare.model.languages import language_name
from npcompare.model.provision import Basis
from npcompare.model.version_differences import differences

if TYPE_CHECKING:
    from npcompare.law.corpus import Corpus
    from npcompare.model.provision import Provision


@pytest.fixture
def data() -> dict[str, Any]:
    """Return the data of the made bill in English and French."""
    data: dict[str, Any] = read_yaml(TESTS / "bills" / "ruritania.yaml").data
    return data


def values_of(provision: Provision, field: str) -> list[tuple[str, str]]:
    """Return the values of a field of the only limb, each with its words."""
    (limb,) = provision.limbs
    return [(coded.value, " | ".join(coded.evidence)) for coded in limb.coded[field]]


def test_first_version_is_the_text(data: dict[str, Any]) -> None:
    provision = parse_provision(data)
    assert languages(provision) == ("en", "fr")
    assert (provision.text.language, provision.text.authority) == ("en", "authentic")
    assert (provision.text.status, provision.text.is_whole) == ("verbatim", True)
    assert values_of(provision, "link") == [
        ("direct_consequence", "as a direct consequence of being a victim")
    ]


def test_version_has_the_values_quoted_from_it(data: dict[str, Any]) -> None:
    provision = in_language(parse_provision(data), "fr-BE")
    assert provision.text.language == "fr"
    assert values_of(provision, "link") == [
        ("consequence", "en conséquence du fait qu’elle est une victime")
    ]
    assert values_of(provision, "relief") == [
        ("no_penalty", "ni punie"),
        ("no_prosecution", "n’est ni poursuivie"),
    ]


def test_language_without_a_version_changes_nothing(data: dict[str, Any]) -> None:
    provision = parse_provision(data)
    assert in_language(provision, "ar") is provision
    assert in_language(provision, "ar").text is provision.text
    assert in_language(provision, "fr").text.body.startswith("La victime")


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ({"status": "authentic", "complete": False}, "excerpt"),
        ({"status": "official", "complete": True}, "translation"),
        ({"status": "translation", "complete": True}, "translation"),
        ({"status": "paraphrase", "complete": False}, "paraphrase"),
    ],
)
def test_status_of_a_version(data: dict[str, Any], version: dict[str, Any], expected: str) -> None:
    data["text"][0] |= version
    assert parse_provision(data).text.status == expected


def test_words_without_a_language_hold_for_all(data: dict[str, Any]) -> None:
    data["limbs"][0]["force"]["evidence"] = "shall not be"
    (limb,) = in_language(parse_provision(data), "fr").limbs
    (force,) = limb.coded["force"]
    assert (force.basis, force.evidence, force.language) == (Basis.TEXT, ("shall not be",), "en")


def test_limb_of_another_version_is_left_out(data: dict[str, Any]) -> None:
    data["limbs"][0]["offences"]["evidence"] = {"en": "an offence"}
    provision = parse_provision(data)
    assert in_language(provision, "fr").limbs == ()
    (difference,) = differences(provision)
    assert (difference.limb, difference.field) == ("general", "")
    assert difference.first.words == ("an offence",)
    assert difference.second.words == ()


def test_differences_name_the_words_of_both(data: dict[str, Any]) -> None:
    link, relief = differences(parse_provision(data))
    assert (link.field, link.first.values, link.second.values) == (
        "link",
        ("direct_consequence",),
        ("consequence",),
    )
    assert link.first.words == ("as a direct consequence of being a victim",)
    assert link.second.words == ("en conséquence du fait qu’elle est une victime",)
    assert (relief.field, relief.first.words) == ("relief", ())
    assert (relief.second.language, relief.second.words) == ("fr", ("n’est ni poursuivie",))


def test_other_authentic_version_is_a_doubt(data: dict[str, Any], corpus: Corpus) -> None:
    link = classify(corpus.codebook, parse_provision(data)).dimensions["link"]
    assert [reason.doubt for reason in link.because] == [
        "The French version says “en conséquence du fait qu’elle est une victime”."
    ]


def test_translation_is_no_doubt(data: dict[str, Any], corpus: Corpus) -> None:
    data["text"][1]["status"] = "translation"
    link = classify(corpus.codebook, parse_provision(data)).dimensions["link"]
    assert [reason.doubt for reason in link.because] == [""]


def test_reported_wording_without_a_word_is_a_difference(data: dict[str, Any]) -> None:
    source = {"ref": "background-paper", "paragraph": "1"}
    wording = {"limb": "general", "field": "link", "source": source}
    data["reported_wordings"] = [
        {**wording, "language": "es", "words": "como consecuencia", "lacks": "direct"},
        {**wording, "language": "zh", "words": "直接造成", "value": "direct_consequence"},
    ]
    *_, difference = differences(parse_provision(data))
    assert difference.report is not None
    assert (difference.report.lacks, difference.second.words) == ("direct", ("como consecuencia",))
    assert difference.first.words == ("as a direct consequence of being a victim",)


def test_languages_have_english_names() -> None:
    assert language_name("fr-BE") == "French"
    assert language_name("tlh") == "“tlh”"


def test_further_value_of_a_version_is_a_reading(data: dict[str, Any]) -> None:
    (limb,) = parse_provision(data).limbs
    (relief,) = limb.coded["relief"]
    assert relief.doubt is not None
    assert relief.doubt.values == {"relief": ("no_penalty", "no_prosecution")}
    assert relief.doubt.note == "The French version says “n’est ni poursuivie”."


def test_value_that_a_version_lacks_is_doubtful(data: dict[str, Any]) -> None:
    data["limbs"][0]["graded"] = {"value": "to_the_extent", "evidence": {"fr": "du fait qu’elle"}}
    (limb,) = in_language(parse_provision(data), "fr").limbs
    (graded,) = limb.coded["graded"]
    assert graded.doubt is not None
    assert (graded.doubt.values, graded.doubt.note) == (
        {},
        "The English version has no corresponding words.",
    )
