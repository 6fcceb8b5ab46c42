"""The drafted provisions of tests/reading: shape, names, manners and words of the codebook."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from conftest import TESTS, yaml_data

from npcompare.text import fold

FILES = (*sorted(path.stem for path in (TESTS / "reading").glob("tune*.yaml")), "figures")
PROOF = ("raised_by", "burden", "standard")
REQUIRED = {"name", "manner", "kind", "language", "text", "limbs"}
KINDS = {"bar", "defence", "guidance", "mixed", "none", "penalty", "petition"} | {
    "records",
    "soft law",
    "treaty",
}

#: The list of words of the codebook for each field of a limb.
VOCABULARY = {
    "offences.extent": "extent",
    "offences.categories": "category",
    "offences.excluded": "category",
    **{
        field: field
        for field in (
            *("persons", "link", "compulsion", "compelled_by", "tests", "relief", "liability"),
            *("force", "duty", "addressee", "conditions", "status_required", "cooperation"),
            "decision",
        )
    },
}


def provisions(file: str) -> list[dict[str, Any]]:
    """Return the drafted provisions of a file."""
    path = TESTS / "reading" / f"{file}.yaml"
    return list(yaml_data(path))


@pytest.fixture(scope="module")
def vocabulary() -> dict[str, Any]:
    path = TESTS.parent / "schemas" / "codebook.yaml"
    return dict(yaml_data(path)["vocabulary"])


@pytest.mark.parametrize("file", FILES)
def test_drafted_provisions_have_the_shape(file: str) -> None:
    for provision in provisions(file):
        name = provision["name"]
        assert set(provision) - {"why", *PROOF} == REQUIRED, name
        assert provision["kind"] in KINDS, name
        assert provision["language"] in {"en", "fr", "es"}, name
        assert (provision["kind"] == "none") == (provision["limbs"] == []), name
        for limb in provision["limbs"]:
            assert set(limb) <= set(VOCABULARY), name
            assert {"link", "relief", "force"} <= set(limb), name


@pytest.mark.parametrize("file", FILES)
def test_drafted_provisions_use_codebook_words(file: str, vocabulary: dict[str, Any]) -> None:
    for provision in provisions(file):
        coded = [(field, provision[field]) for field in PROOF if field in provision]
        coded += [
            (VOCABULARY[field], words)
            for limb in provision["limbs"]
            for field, words in limb.items()
        ]
        for field, words in coded:
            assert isinstance(words, list), provision["name"]
            assert words, provision["name"]
            assert len(words) == len(set(words)), provision["name"]
            assert set(words) <= set(vocabulary[field]), (provision["name"], field)


def test_drafted_names_and_texts_are_unique() -> None:
    drafted = [provision for file in FILES for provision in provisions(file)]
    assert len({provision["name"] for provision in drafted}) == len(drafted)
    assert len({fold(provision["text"]) for provision in drafted}) == len(drafted)


def test_drafted_halves_have_the_same_proportions() -> None:
    tune, figures = (
        Counter(
            (provision["manner"], provision["kind"], provision["language"])
            for provision in provisions(file)
        )
        for file in ("tune", "figures")
    )
    assert tune == figures
    assert len({manner for manner, _, _ in tune}) == 74
    assert Counter(language for _, _, language in tune) == {"en": 50, "fr": 12, "es": 12}


@pytest.mark.parametrize("file", FILES)
def test_drafted_limbs_are_consistent(file: str) -> None:
    for provision in provisions(file):
        for limb in provision["limbs"]:
            name = provision["name"]
            listed = limb.get("offences.extent") == ["listed"]
            assert listed == ("offences.categories" in limb), name
            assert "compulsion" in limb["link"] or not {"compulsion", "compelled_by"} & set(limb), (
                name
            )
            assert "none" not in limb["link"] or limb["link"] == ["none"], name
            if "defence" in limb["relief"]:
                assert limb["force"] == ["mandatory"], name
