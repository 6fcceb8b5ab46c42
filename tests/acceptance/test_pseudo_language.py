"""Every word of a table is translated: outputs in a pseudo-language have no English left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import OUTPUTS
from conftest import TESTS
from pseudo import PseudoCatalogue, untranslated

from npcompare.law import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

#: The outputs of builders.OUTPUTS whose messages are in catalogues, with their format.
TRANSLATED = {
    "state-list": (["stats", "--states"], "html"),
}


@pytest.mark.parametrize("name", TRANSLATED)
def test_no_english_is_left(
    name: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TESTS.parent)
    monkeypatch.setattr(translation, "catalogue_of", lambda *_: PseudoCatalogue())
    arguments, file_format = TRANSLATED[name]
    ran = run(*(arguments or OUTPUTS[name]), "--language", "fr", "--format", file_format)
    assert ran.code == 0
    assert list(dict.fromkeys(untranslated(ran.out))) == []
