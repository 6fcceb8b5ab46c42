"""The names of languages in tables."""

from __future__ import annotations

import pytest

from npcompare.messages import Catalogue, using
from npcompare.model.version_notes import language


@pytest.mark.parametrize(("output", "name"), [("en", "English"), ("es", "inglés"), ("zh", "英语")])
def test_language_has_its_name_in_the_output(output: str, name: str) -> None:
    with using(Catalogue(language=output)):
        assert language("en-GB") == name


def test_unknown_language_is_its_tag() -> None:
    with using(Catalogue(language="es")):
        assert language("xx") == "“xx”"
